"""The rule laboratory (规则实验室): a draft over the zone's own scored firms, beside the card that it would replace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import polars as pl
from sqlalchemy import Row, select

from financing.credit import register
from financing.credit.model import Assessment, CardVersion
from financing.desk import BEIJING, Desk
from financing.needs.model import Need
from financing.parties.model import Firm, Guarantor
from financing.parties.stated import Known
from scoring.facts import FACTS
from scoring.losses import PPM, Loss, expected, given
from scoring.portfolio import table
from scoring.replay import ASKED, Replay, replay
from scoring.replay_figures import effects, sides, stability

Figures: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """A draft as replayed: the scores it ran over, by id, and what came of it on a day; `share_ppm` is the guarantor's part."""

    replay: Replay
    portfolio: Sequence[int]
    on: date
    share_ppm: int

    @cached_property
    def losses(self) -> tuple[Loss, Loss]:
        """Expected and stressed compensation under the old card and the new one, by the rates in force on the day."""
        firms, rates = self.replay.firms, given(self.on)
        old, new = (
            expected(firms[f"grade_{side}"], firms[f"sum_fen_{side}"], rates, self.share_ppm) for side in ("old", "new")
        )
        return old, new

    @cached_property
    def figures(self) -> Figures:
        """What is sealed and journalled; pairs are before and after, sums in fen."""
        firms, granted = self.replay.firms, sides(self.replay)
        return {
            "on": self.on.isoformat(),
            "against": self.replay.old.digest,
            "firms": firms.height,
            "qualified": [side.qualified for side in granted],
            "sum_fen": [side.sum_fen for side in granted],
            "expected_fen": [loss.expected_fen for loss in self.losses],
            "stressed_fen": [loss.stressed_fen for loss in self.losses],
            "effects": {effect.value: count for effect, count in effects(self.replay).items()},
            "insufficient": int(firms["insufficient_new"].sum()),
            "marks": int(firms["change"].sum()),
            "stability": f"{stability(self.replay):.4f}",
            "share_ppm": self.share_ppm,
        }


def now(desk: Desk, version: CardVersion) -> Trial:
    """A draft over every firm's latest score under the same kind of card, beside the card it would replace."""
    draft = register.document(version)
    old = register.in_force(desk, version.name, version.since)
    guarantor = desk.find(Guarantor)
    share = guarantor.share.ppm if guarantor else PPM
    rows = _latest(desk, version.name)
    seen = replay(old, draft, facts(rows, desk.today), on=desk.today)
    return Trial(seen, [row.id for row in rows], desk.today, share)


def sealed(desk: Desk, version: CardVersion) -> Trial:
    """The replay a proposal was made with, again from the very scores: the same figures whenever it is asked for."""
    old = register.by_digest(desk, version.name, version.against)
    on, share = date.fromisoformat(version.figures["on"]), version.figures["share_ppm"]
    seen = replay(old, register.document(version), facts(_these(desk, version.portfolio), on), on=on)
    return Trial(seen, version.portfolio, on, share)


AT_ONCE = 10_000
"""Scores fetched by one statement: a database takes only so many values."""

#: Facts as scored, the trade, and the amount asked for: asked of the database itself, for a card is tried on every firm of the
#: zone, whoever looks; names are shown only to those who may see the firm.
_SCORED = (
    select(Assessment.id, Assessment.firm_id, Assessment.facts, Assessment.assessed_at, Firm.industry, Need.amount)
    .join(Firm, Firm.id == Assessment.firm_id)
    .join(Need, Need.id == Assessment.need_id)
    .order_by(Assessment.assessed_at.desc(), Assessment.id)
)


def _latest(desk: Desk, name: str) -> list[Row[Any]]:
    """The newest score of each firm under cards of this name."""
    newest: dict[int, Row[Any]] = {}
    for row in desk.session.execute(_SCORED.where(Assessment.card == name)):
        newest.setdefault(row.firm_id, row)
    return list(newest.values())


def _these(desk: Desk, ids: Sequence[int]) -> list[Row[Any]]:
    batches = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    return [row for batch in batches for row in desk.session.execute(_SCORED.where(Assessment.id.in_(batch)))]


def facts(rows: Sequence[Row[Any]], on: date) -> pl.DataFrame:
    """Stored facts as a table of firms, in the columns of `scoring.score` with the trade and the amount asked for.

    The days of facts are moved so that on `on` each fact is as old as it was when the firm was scored.
    """
    known = [_recalled(row) for row in rows]
    firms = {
        "firm": pl.Series([row.firm_id for row in rows], dtype=pl.Int64),
        "industry": pl.Series([row.industry for row in rows], dtype=pl.String),
        ASKED: pl.Series([row.amount.fen for row in rows], dtype=pl.Int64),
    }
    values = table([{name: fact.value for name, fact in of.items()} for of in known])
    moved = [on - row.assessed_at.astimezone(BEIJING).date() for row in rows]
    days = {
        f"{name}_as_of": [of[name].as_of + more if name in of else None for of, more in zip(known, moved, strict=True)]
        for name in values.columns
    }
    return (
        pl.DataFrame(firms).with_columns(values).with_columns(pl.DataFrame(days, schema=dict.fromkeys(days, pl.Date)))
    )


def _recalled(row: Row[Any]) -> dict[str, Known]:
    return {name: Known.from_json(FACTS[name], plain) for name, plain in row.facts.items() if name in FACTS}
