"""Telling once (一次性告知, 行政许可法 32): everything that is missing is named at the first return; a later one names only what is new.

The text of former returns is not kept; the journal holds a commitment to each of their points, so a point said before is recognised.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func

from financing.acts import Act
from financing.clocks import promises
from financing.clocks.promise_rules import Tolerable
from financing.desk import Desk
from financing.journal import RETURNED, Entry, Private, commitments
from financing.needs.model import Need
from financing.papers import service as papers
from financing.papers.rules import Owed, owed

ENDINGS = "。；;.，, "


def points(reason: str) -> tuple[str, ...]:
    """The points of a reason, one a line, without what only separates them; each once."""
    lines = ("".join(line.split()).strip(ENDINGS) for line in reason.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def noted(reason: str) -> list[Private]:
    """The points as the journal takes them."""
    return [Private(point) for point in points(reason)]


def repeated(desk: Desk, need: Need, reason: str) -> str | None:
    """The first point that a former return of this need named already."""
    told = {one["committed"] for line in _former(desk, need) for one in line.body["facts"].get("points", ())}
    return next((point for point in points(reason) if told & commitments(desk.session, need.firm_id, point)), None)


def times(desk: Desk, need: Need) -> int:
    """How often the need was returned before."""
    return len(_former(desk, need))


def missing(desk: Desk, need: Need) -> tuple[tuple[Owed, ...], tuple[Tolerable, ...]]:
    """What the office can name by itself: figures that are not on file, and lesser papers neither on file nor promised."""
    held = papers.kinds(desk, need.firm_id)
    later = {one.kind for one in promises.open_of(desk, need.id)}
    return owed(held), tuple(one for one in promises.missing(desk, need.firm_id) if one.kind not in later)


def unsaid(desk: Desk, need: Need, lines: Iterable[str]) -> list[str]:
    """Of some points those that no former return named."""
    return [line for line in lines if repeated(desk, need, line) is None]


def repeats(desk: Desk) -> int:
    """How many needs the officer at the desk has returned more than once."""
    own = desk.select(Entry, Entry.subject_id).where(RETURNED, Entry.actor_id == desk.actor.id)
    return len(desk.session.execute(own.group_by(Entry.subject_id).having(func.count() > 1)).all())


def _former(desk: Desk, need: Need) -> list[Entry]:
    return desk.all(Entry, Entry.act == Act.RETURN_NEED, Entry.subject_id == need.id, by=Entry.seq)
