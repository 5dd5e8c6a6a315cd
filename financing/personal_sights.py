"""Who may see what about personal data (个人信息)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from financing.basic_sights import everything, of_own_firm, oneself
from financing.db import Base
from financing.paper_sights import Sight
from financing.roles import FIRM, Actor, Role


def asked_oneself(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """One's own request, and those of one's firm as a whole; a colleague's is the colleague's."""
    return or_(oneself(actor, kind, now), and_(of_own_firm(actor, kind, now), kind.user_id.is_(None)))


def own_and_told(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """One's own line, or one's firm's, on the list of an incident, once it was told."""
    mine = or_(kind.user_id == actor.id, kind.firm_id == actor.firm_id) if actor.firm_id else kind.user_id == actor.id
    return and_(mine, kind.told_at.is_not(None))


def told_of(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Incidents of which one was told."""
    party = Base.metadata.tables["incident_party"].alias()
    return exists().where(party.c.incident_id == kind.id, own_and_told(actor, party.c, now))


_OWN: dict[str, Sight] = {"erasure": asked_oneself, "incident": told_of, "incident_party": own_and_told}
_OF_FIRM: dict[str, Sight] = _OWN | dict.fromkeys(("objection", "permit"), of_own_firm)
_INCIDENTS: dict[str, Sight] = dict.fromkeys(("incident", "incident_party"), everything)
_ALL: dict[str, Sight] = dict.fromkeys(("objection", "erasure", "expired", "impact", "permit"), everything) | _INCIDENTS

PERSONAL_SEEN: Mapping[Role, Mapping[str, Sight]] = {
    **{role: _OWN for role in Role if role not in (Role.VISITOR, Role.SYSTEM)},
    **dict.fromkeys(FIRM, _OF_FIRM),
    **dict.fromkeys((Role.OFFICER, Role.AUDITOR), _ALL),
    Role.LEADER: {"erasure": asked_oneself, **dict.fromkeys(("objection", "impact"), everything), **_INCIDENTS},
    Role.ADMIN: dict.fromkeys(("erasure", "expired", "impact"), everything) | _INCIDENTS,
}
