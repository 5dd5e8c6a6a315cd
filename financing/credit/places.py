"""Which needs were ever below the line, and their last score (培育池): kept by the database session itself with every score."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, delete, event, insert, select

from financing.credit.model import Assessment, PoolNeed


def rebuild(connection: Connection) -> int:
    """Every row anew from the scores, for a zone whose scores were written by something else; how many there are."""
    connection.execute(delete(PoolNeed))
    scores = connection.execute(_scores().order_by(Assessment.need_id, *_in_time())).all()
    grouped = (list(some) for _, some in groupby(scores, key=lambda row: row.need_id))
    rows = [_row(some) for some in grouped if _fell(some)]
    for start in range(0, len(rows), 1_000):
        connection.execute(insert(PoolNeed), rows[start : start + 1_000])
    return len(rows)


def _scores() -> Any:
    a = Assessment
    return select(a.id, a.need_id, a.qualified, a.total, a.assessed_at)


def _in_time() -> tuple[Any, ...]:
    return Assessment.assessed_at, Assessment.id


def _fell(scores: list[Row[Any]]) -> bool:
    return not all(one.qualified for one in scores)


def _row(scores: list[Row[Any]]) -> dict[str, object]:
    """One need from its scores in the order of time."""
    first, last = scores[0], scores[-1]
    told = {name: getattr(last, name) for name in ("need_id", "qualified", "total", "assessed_at")}
    return {**told, "score_id": last.id, "first": first.total}


@event.listens_for(Assessment, "after_insert")
def _scored(_mapper: Any, connection: Connection, made: Assessment) -> None:
    here = _scores().where(Assessment.need_id == made.need_id)
    scores = list(connection.execute(here.order_by(*_in_time())))
    if _fell(scores):
        connection.execute(delete(PoolNeed).where(PoolNeed.need_id == made.need_id))
        connection.execute(insert(PoolNeed), [_row(scores)])
