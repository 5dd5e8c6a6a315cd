"""A replay in figures (回放汇总): how grades moved, which rules moved the marks, how much the totals shifted, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from scoring.card import Item
from scoring.judge import psi
from scoring.replay import Effect, Replay


@dataclass(frozen=True, slots=True)
class Migration:
    """Firms by grade before (rows) and after (columns), both best first (等级迁移)."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What one item did: its full marks under each card (0: not in it), how many firms it lifted and lowered, and by how many marks."""

    key: str
    says: str
    english: str
    most_old: int
    most_new: int
    up: int
    down: int
    won: int
    lost: int  # marks, not positive

    @property
    def marks(self) -> int:
        return self.won + self.lost


@dataclass(frozen=True, slots=True)
class Side:
    """What a card grants: firms that qualify and the sums they may be guaranteed for (fen)."""

    qualified: int
    sum_fen: int


def sides(replay: Replay) -> tuple[Side, Side]:
    """The portfolio under the old card and under the new one."""
    firms = replay.firms
    old, new = (Side(int(firms[f"qualified_{side}"].sum()), int(firms[f"sum_fen_{side}"].sum())) for side in SIDES)
    return old, new


def effects(replay: Replay) -> Mapping[Effect, int]:
    """How many firms each effect befalls, those that befall nobody included."""
    found = dict(replay.firms["effect"].value_counts().iter_rows())
    return {effect: found.get(effect.value, 0) for effect in Effect}


def migration(replay: Replay) -> Migration:
    """The matrix of grades; every firm stands in exactly one field."""
    counted = replay.firms.group_by("grade_old", "grade_new").len()
    found = {(was, now): count for was, now, count in counted.iter_rows()}
    old, new = (tuple(grade for grade, _ in card.falling) for card in (replay.old, replay.new))
    return Migration(old, new, tuple(tuple(found.get((was, now), 0) for now in new) for was in old))


def moved(replay: Replay) -> tuple[Moved, ...]:
    """Every item of either card, in the order of the new one; the marks of all items add up to the change of all totals."""
    old, new = ({item.key: item for item in card.item} for card in (replay.old, replay.new))
    named: Mapping[str, Item] = {**old, **new}
    most = tuple({key: item.most for key, item in items.items()} for items in (old, new))
    return tuple(_moved(named[key], most, replay.moves[key]) for key in replay.moves.columns[1:])


def _moved(item: Item, most: tuple[Mapping[str, int], ...], change: pl.Series) -> Moved:
    return Moved(
        key=item.key,
        says=item.says,
        english=item.english,
        most_old=most[0].get(item.key, 0),
        most_new=most[1].get(item.key, 0),
        up=int((change > 0).sum()),
        down=int((change < 0).sum()),
        won=int(change.clip(lower_bound=0).sum()),
        lost=int(change.clip(upper_bound=0).sum()),
    )


def missing(replay: Replay) -> Mapping[str, int]:
    """Facts that the new card reads for points and that some firms lack, with how many; most first, then by name."""
    counted = replay.firms["missing"].explode().drop_nulls().value_counts()
    return dict(sorted(counted.iter_rows(), key=lambda row: (-row[1], row[0])))


def stability(replay: Replay) -> float:
    """How far the totals moved (PSI), each as a share of its card's full marks; 0 for no firms or no change."""
    if replay.firms.is_empty():
        return 0.0
    old, new = (
        (replay.firms[f"total_{side}"] / card.full_marks).to_numpy()
        for card, side in zip((replay.old, replay.new), SIDES, strict=True)
    )
    return round(psi(old, new), 6)


SIDES = ("old", "new")
