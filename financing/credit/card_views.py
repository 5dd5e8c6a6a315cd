"""What people see of scorecards: the shelf of versions, one card to read, a draft beside the card it would replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from financing.acts import Act
from financing.credit import laboratory, register
from financing.credit.laboratory import Trial
from financing.credit.model import CardVersion
from financing.credit.register import Version
from financing.credit.rules import COUNTING, CardName
from financing.desk import Desk
from financing.money import Fen
from financing.parties.model import Firm
from financing.refusals import NotFound
from scoring.card import CARDS, Card
from scoring.card_diff import Difference, differences
from scoring.replay import Effect, Why
from scoring.replay_figures import Migration, Moved, migration, missing, moved

#: In the order in which people ask: who comes in, who drops out, whose sum or points move.
ASKED_FIRST = tuple(Effect)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All versions of one card as of a day; `waiting` are those before the committee, as far as the reader may see them."""

    name: CardName
    current: Version | None
    upcoming: tuple[Version, ...]
    past: tuple[Version, ...]
    waiting: tuple[CardVersion, ...]


def shelves(desk: Desk) -> tuple[Shelf, ...]:
    """Every card the zone scores by, with its versions and drafts."""
    return tuple(_shelf(desk, name) for name in CardName)


def _shelf(desk: Desk, name: CardName) -> Shelf:
    known = register.versions(desk, name)
    begun = [version for version in known if version.card.since <= desk.today]
    waiting = desk.all(CardVersion, CardVersion.name == name, CardVersion.state.not_in(COUNTING),
                       by=CardVersion.drafted_at.desc())  # fmt: skip
    return Shelf(
        name=name,
        current=begun[-1] if begun else None,
        upcoming=tuple(version for version in known if version.card.since > desk.today),
        past=tuple(reversed(begun[:-1])),
        waiting=tuple(waiting),
    )


def card(desk: Desk, digest: str) -> Card:
    """The card with this digest, of whatever name; NotFound when the reader knows none."""
    for name in CardName:
        try:
            return register.by_digest(desk, name, digest)
        except NotFound:
            continue
    raise NotFound(kind="Card")


def file(desk: Desk, digest: str) -> tuple[Card, bytes]:
    """A card with the very bytes of its file."""
    found = card(desk, digest)
    row = desk.find(CardVersion, CardVersion.digest == digest)
    shipped = CARDS / found.name / f"{found.since}.toml"
    return found, shipped.read_bytes() if row is None else row.document.encode()


@dataclass(frozen=True, slots=True)
class FirmLine:
    """What the change does to one firm; `firm` is None where the reader may not see whose line it is."""

    firm: str | None
    effect: Effect
    totals: tuple[int, int]
    grades: tuple[str, str]
    sums: tuple[Fen, Fen]
    why: tuple[Why, ...]
    moves: tuple[tuple[str, int], ...]  # items by key with the marks they moved, greatest first
    missing: tuple[str, ...]
    hits: tuple[str, ...]  # keys of the red lines hit under the new card

    @property
    def change(self) -> int:
        return self.totals[1] - self.totals[0]


@dataclass(frozen=True)
class TrialView:
    """A draft beside the card it would replace: what differs, and what that does to the zone's firms."""

    version: CardVersion
    trial: Trial
    acts: tuple[Act, ...]
    late: bool  # its day has come: it can no longer be adopted, or withdrawn
    names: Mapping[int, str]

    @property
    def old(self) -> Card:
        return self.trial.replay.old

    @property
    def new(self) -> Card:
        return self.trial.replay.new

    @cached_property
    def changes(self) -> tuple[Difference, ...]:
        return differences(self.old, self.new)

    @cached_property
    def migration(self) -> Migration:
        return migration(self.trial.replay)

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """Items that moved any firm's marks."""
        return tuple(one for one in moved(self.trial.replay) if one.up or one.down)

    @cached_property
    def missing(self) -> Mapping[str, int]:
        return missing(self.trial.replay)

    @cached_property
    def items(self) -> Mapping[str, tuple[str, str]]:
        """The words of every item and red line of either card, by key: Chinese, English."""
        return {rule.key: (rule.says, rule.english) for card in (self.old, self.new) for rule in card.rules}

    @cached_property
    def lines(self) -> tuple[FirmLine, ...]:
        """Firms that the change touches, those first whose judgement or sum it moves most; then the unchanged ones."""
        replay = self.trial.replay
        rows = zip(replay.firms.iter_rows(named=True), replay.moves.iter_rows(named=True), strict=True)
        found = [self._line(row, moves) for row, moves in rows]
        return tuple(sorted(found, key=_weight))

    @property
    def effects(self) -> tuple[Effect, ...]:
        return tuple(Effect)

    def touched(self, *effects: Effect) -> Sequence[FirmLine]:
        return [line for line in self.lines if line.effect in effects]

    @property
    def lacking(self) -> Sequence[FirmLine]:
        """Firms that lack facts the new card gives marks for."""
        return [line for line in self.lines if line.missing]

    def _line(self, row: Mapping[str, Any], moves: Mapping[str, Any]) -> FirmLine:
        told = {key: marks for key, marks in moves.items() if key != "firm" and marks}
        return FirmLine(
            firm=self.names.get(row["firm"]),
            effect=Effect(row["effect"]),
            totals=(row["total_old"], row["total_new"]),
            grades=(row["grade_old"], row["grade_new"]),
            sums=(Fen(row["sum_fen_old"]), Fen(row["sum_fen_new"])),
            why=tuple(Why(word) for word in row["why"]),
            moves=tuple(sorted(told.items(), key=lambda move: (-abs(move[1]), move[0]))),
            missing=tuple(row["missing"]),
            hits=tuple(row["hits_new"]),
        )


def _weight(line: FirmLine) -> tuple[int, int, int]:
    moved_fen = abs(line.sums[1].fen - line.sums[0].fen)
    return ASKED_FIRST.index(line.effect), -moved_fen, -abs(line.change)


def trial(desk: Desk, version: CardVersion) -> TrialView:
    """A draft as it would do today; once proposed or decided, as it was when that was done."""
    seen = laboratory.sealed(desk, version) if version.against else laboratory.now(desk, version)
    late = version.since <= desk.today
    return TrialView(version, seen, _acts(desk, version, late=late), late, _names(desk))


def _acts(desk: Desk, version: CardVersion, *, late: bool) -> tuple[Act, ...]:
    """What the reader may do; after its day a card is neither adopted nor withdrawn."""
    return tuple(act for act in desk.acts(version) if not late or act is Act.DROP_CARD)


def _names(desk: Desk) -> Mapping[int, str]:
    """The firms whose names the reader may know."""
    return {row.id: row.name for row in desk.session.execute(desk.select(Firm, Firm.id, Firm.name))}
