"""A draft of a scorecard as the committee reads it (评分表对照报告): what differs, and what that does to the zone's firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from financing.credit.rules import CardName, CardState
from reports.pdf import Job
from reports.replay_charts import Shift, migrated, shifted
from reports.typesetting import SOURCE, paper, words
from scoring.replay import Effect
from scoring.replay_figures import Migration

DIGEST_SHOWN = 12


def signed(points: int) -> str:
    """Points with their sign, the minus as wide as the plus."""
    return f"+{points}" if points > 0 else f"−{-points}" if points else "0"


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure before and after, as it is read aloud with its unit."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the cards: the rule, the field of it, what stood there, what stands there now."""

    rule: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What one rule did over all firms: its full marks before and after, firms lifted and lowered, marks won and lost."""

    rule: str
    most: tuple[int, int]
    up: int
    down: int
    won: int
    lost: int


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm; sums in fen, `because` the tests that turned and the rules that moved most."""

    name: str
    effect: Effect
    totals: tuple[int, int]
    grades: tuple[str, str]
    sums: tuple[int, int]
    because: Sequence[str]
    lacks: Sequence[str]

    @property
    def change(self) -> str:
        """Points won or lost, with their sign."""
        return signed(self.totals[1] - self.totals[0])


@dataclass(frozen=True, slots=True)
class LaboratoryView:
    """One draft beside the card it would replace, in the words of one language; page and paper show the same."""

    zone: str
    card: CardName
    title: str
    state: CardState
    since: date
    basis: str
    digest: str
    replaced: str
    on: date
    people: Sequence[tuple[str, str]]
    figures: Sequence[Pair]
    effects: Sequence[tuple[Effect, int]]
    changes: Sequence[Change]
    migration: Migration
    moved: Sequence[Moved]
    firms: Sequence[Firm]
    missing: Sequence[tuple[str, int]]
    rates: str

    @property
    def size(self) -> int:
        """How many firms the draft was tried on."""
        return len(self.firms)

    def touched(self, *effects: Effect) -> Sequence[Firm]:
        """Firms that fare so, those first whose sum or points move most."""
        return [firm for firm in self.firms if firm.effect in effects]

    @property
    def lacking(self) -> Sequence[Firm]:
        """Firms that lack facts the new card gives marks for."""
        return [firm for firm in self.firms if firm.lacks]

    def pictures(self, lang: str = SOURCE) -> tuple[str, str]:
        """The matrix of grades and the marks by rule, drawn."""
        say = words(lang)
        rows = [Shift(one.rule, one.won, one.lost) for one in self.moved]
        return migrated(self.migration, say), shifted(rows, say)


def laboratory(view: LaboratoryView, lang: str = SOURCE) -> Job:
    """The printing job of the comparison."""
    matrix, marks = view.pictures(lang)
    html = paper("laboratory.html", lang, v=view, effect=Effect, matrix=matrix, marks=marks,
                 digest=view.digest[:DIGEST_SHOWN], rehearsal=False)  # fmt: skip
    return Job(html, f"{view.digest}-{view.on}-{view.state}-{lang}")
