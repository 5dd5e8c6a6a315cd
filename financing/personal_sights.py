"""Who may see what about personal data (个人信息)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from financing.basic_sights import everything, of_own_firm, oneself
from financing.paper_sights import Sight
from financing.roles import FIRM, Actor, Role


def asked_oneself(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """One's own request, and those of one's firm as a whole; a colleague's is the colleague's."""
    return or_(oneself(actor, kind, now), and_(of_own_firm(actor, kind, now), kind.user_id.is_(None)))


_OF_FIRM: dict[str, Sight] = {"erasure": asked_oneself, "objection": of_own_firm}
_ALL: dict[str, Sight] = dict.fromkeys(("objection", "erasure", "expired", "impact"), everything)
_OWN: dict[str, Sight] = {"erasure": asked_oneself}

PERSONAL_SEEN: Mapping[Role, Mapping[str, Sight]] = {
    **{role: _OWN for role in Role if role not in (Role.VISITOR, Role.SYSTEM)},
    **dict.fromkeys(FIRM, _OF_FIRM),
    **dict.fromkeys((Role.OFFICER, Role.AUDITOR), _ALL),
    Role.LEADER: {"erasure": asked_oneself, **dict.fromkeys(("objection", "impact"), everything)},
    Role.ADMIN: dict.fromkeys(("erasure", "expired", "impact"), everything),
}
