"""Who may see issued papers of the committee: minutes are for whoever sat and is tied to nothing that they tell of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from financing.access import Actor
from financing.db import Base

Sight = Callable[[Actor, Any, datetime], ColumnElement[bool]]
#: Where a case stands that the minutes of its meeting tell of.
TOLD = ("resolution", "deferral", "agenda_jump")


def either(*sights: Sight) -> Sight:
    """What any of several sights lets see."""
    return lambda actor, kind, now: or_(*(sight(actor, kind, now) for sight in sights))


def both(*sights: Sight) -> Sight:
    """What all of several sights let see."""
    return lambda actor, kind, now: and_(*(sight(actor, kind, now) for sight in sights))


def letters_alone(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Papers without votes: those and minutes are for who sat."""
    return and_(kind.kind.not_in(("resolution", "minutes")))


def statistics_alone(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Statistics and minutes of dispatch meetings name no firm: of all issued papers they are for whoever has figures."""
    return and_(kind.kind.in_(("statistics", "dispatch")))


def minutes_of_own_sitting(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """A tied member gets them not at all: parts left out would still tell by their size what was left out (I-06)."""
    seat, tie = _table("seat"), _table("tie")
    sat = exists().where(seat.c.meeting_id == kind.subject_id, seat.c.user_id == actor.id)
    own = tie.c.user_id == actor.id
    tied = [
        exists().where(own, told.c.meeting_id == kind.subject_id, told.c.case_id == tie.c.case_id)
        for told in map(_table, TOLD)
    ]
    return and_(kind.kind == "minutes", sat, *(~one for one in tied))


#: Kinds of paper that are shown to banks and to the committee under a separate consent alone (papers.rules.NEEDS), by its item.
SHOWN_UNDER: dict[str, tuple[str, ...]] = {
    "sensitive": ("flow", "identity", "person_credit"),
    "credit": ("firm_credit",),
    "person_credit": ("person_credit",),
}
#: What a person signed by hand to allow a look at their report: for the office alone.
OFFICE_ONLY = "signed"


def permitted(_actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Papers that need no separate consent of their firm, and those of which every one that they need is in force."""
    return and_(
        kind.kind != OFFICE_ONLY, *(_free_or_given(kind, item, kinds, now) for item, kinds in SHOWN_UNDER.items())
    )


def _free_or_given(kind: Any, item: str, kinds: tuple[str, ...], now: datetime) -> ColumnElement[bool]:
    permit = _table("permit")
    given = (permit.c.firm_id == kind.firm_id, permit.c.item == item, permit.c.ended_at.is_(None))
    return or_(kind.kind.not_in(kinds), exists().where(*given, permit.c.given_at <= now, permit.c.valid_until > now))


def _table(name: str) -> Any:
    """As an alias, so that no query around a sight mixes with it."""
    return Base.metadata.tables[name].alias()
