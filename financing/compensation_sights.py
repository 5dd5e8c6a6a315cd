"""Who may see claims for compensation (代偿): the bank its own, and of decisions on them only what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from financing.basic_sights import everything, of_own_bank
from financing.db import Base
from financing.meeting_sights import untied
from financing.paper_sights import Sight
from financing.roles import Actor, Role


def decided_of_own_bank(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Decisions on the bank's own claims, once they are taken: what is put forward before is the guarantor's own matter."""
    return and_(of_own_bank(actor, kind, now), kind.state == "decided")


def cut_from_own_bank(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """The reductions of decisions that are taken."""
    decision = Base.metadata.tables["compensation_decision"].alias()
    taken = exists().where(decision.c.id == kind.decision_id, decision.c.state == "decided")
    return and_(of_own_bank(actor, kind, now), taken)


def of_own_file(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Documents that lie in the file of a guarantee of this bank."""
    item = Base.metadata.tables["compensation_item"].alias()
    return exists().where(item.c.document_id == kind.id, item.c.bank_id == actor.bank_id)


def in_place_of_the_chair(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Claims that a member decides because the chair is tied to the case, and what lies around them."""
    claim = Base.metadata.tables["compensation_claim"].alias()
    aside = exists().where(claim.c.guarantee_id == kind.guarantee_id, claim.c.chair_aside)
    return and_(aside, untied(actor, kind, now))


_CLAIMS = (
    "compensation_claim",
    "compensation_item",
    "compensation_promise",
    "compensation_pause",
    "compensation_answer",
)
_DECIDED = ("compensation_decision", "compensation_cut")
_ALL: dict[str, Sight] = dict.fromkeys((*_CLAIMS, *_DECIDED, "compensation_part", "bank_stop"), everything)
_AROUND = (*_CLAIMS, *_DECIDED, "compensation_part")
CLAIMS_SEEN: Mapping[Role, Mapping[str, Sight]] = {
    **dict.fromkeys((Role.OFFICER, Role.FUND, Role.LEADER, Role.AUDITOR), _ALL),
    Role.CHAIR: dict.fromkeys(_AROUND, untied) | {"bank_stop": everything},
    Role.MEMBER: dict.fromkeys(_AROUND, in_place_of_the_chair) | {"bank_stop": everything},
    Role.BANKER: {
        **dict.fromkeys((*_CLAIMS, "bank_stop"), of_own_bank),
        "compensation_decision": decided_of_own_bank,
        "compensation_cut": cut_from_own_bank,
        "document": of_own_file,
    },
}
