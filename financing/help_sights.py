"""Who may see what of helping firms (帮扶): role by role, table by table; what is not named is not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_

from financing.basic_sights import everything, of_own_firm
from financing.db import Base
from financing.paper_sights import Sight, either
from financing.roles import FIRM, Actor, Role

BEIJING = ZoneInfo("Asia/Shanghai")


def handled_by_others(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """What firms say of how they were served, never to who served them."""
    return and_(kind.helper_id.is_distinct_from(actor.id))


Seen = Mapping[Role, Mapping[str, Sight]]


def put_in_force(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Policies that are, or were, in force; drafts are the office's own."""
    return and_(kind.state.not_in(("draft", "proposed")))


def of_policy_in_force(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Clauses that were adopted, of such policies."""
    policy = Base.metadata.tables["policy"].alias()
    stands = policy.c.state.not_in(("draft", "proposed"))
    return and_(kind.state.not_in(("draft", "proposed")), exists().where(policy.c.id == kind.policy_id, stands))


def answered(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return and_(kind.state == "published")


def made_public(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Claims that are being shown to everybody (公示), or were and are paid."""
    return and_(kind.state.in_(("publicised", "paying", "paid")))


_READ_BY_ALL: Mapping[str, Sight] = {
    "policy": put_in_force, "policy_clause": of_policy_in_force, "policy_question": answered, "policy_claim": made_public,
}  # fmt: skip
_LEDGER = ("policy", "policy_clause", "policy_claim", "policy_line")
#: Policies: everybody reads what is in force and what was answered; a firm its own claims; the office all of it.
POLICIES: Seen = {
    **{role: _READ_BY_ALL for role in Role if role is not Role.SYSTEM},
    **{
        role: {
            **_READ_BY_ALL,
            "policy_question": either(answered, of_own_firm),
            "policy_claim": either(made_public, of_own_firm),
            **dict.fromkeys(("policy_facts", "policy_line", "policy_alert"), of_own_firm),
        }
        for role in FIRM
    },
    **{
        role: dict.fromkeys((*_LEDGER, "policy_facts", "policy_alert", "policy_question"), everything)
        for role in (Role.OFFICER, Role.AUDITOR)
    },
    Role.LEADER: {**dict.fromkeys(_LEDGER, everything), "policy_question": answered},
}

#: Helpers: assignments, plans, surveys, requests, appointments, tasks.
#: What a firm sees of its own.
_HELPED = (
    "help_task", "help_escalation", "help_pairing", "help_goal", "help_goal_note", "help_visit", "help_visit_plan", "help_request", "help_word",
    "help_appointment", "help_survey_answer",
)  # fmt: skip
#: What everybody sees who helps or is helped.
_OFFERED = ("help_helper", "help_slot", "help_survey")
HELPING: Seen = {
    **{
        role: {
            **dict.fromkeys((*_HELPED, *_OFFERED, "help_survey_reminder"), everything),
            "help_rating": handled_by_others,
        }
        for role in (Role.OFFICER, Role.LEADER, Role.AUDITOR)
    },
    **{
        role: {**dict.fromkeys((*_HELPED, "help_rating"), of_own_firm), **dict.fromkeys(_OFFERED, everything)}
        for role in FIRM
    },
}


#: Cadence: dispatch meetings, bulletins and who takes them.
def published(_actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Issues that are out: anybody's to read."""
    return and_(kind.state == "published", kind.send_at <= now)


_MEETINGS = dict.fromkeys(("dispatch", "dispatch_decision", "bulletin"), everything)
CADENCE: Seen = {
    **{role: {"bulletin": published} for role in Role if role is not Role.SYSTEM},
    Role.LEADER: _MEETINGS,
    **{role: {**_MEETINGS, "bulletin_delivery": everything} for role in (Role.OFFICER, Role.AUDITOR)},
}


#: Events, inspections and visits, charges.
def of_own_firm_and_told(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """What a firm knows of who comes to it: once it is settled, and of what is urgent from its day on."""
    matter = kind if kind.__tablename__ == "inspection" else Base.metadata.tables["inspection"].alias()
    columns = matter if matter is kind else matter.c
    today = now.astimezone(BEIJING).date()
    told = and_(columns.state.not_in(("asked", "refused")), or_(columns.urgent.is_(None), columns.day <= today))
    return and_(
        of_own_firm(actor, kind, now),
        told if matter is kind else exists().where(columns.id == kind.inspection_id, told),
    )


_VISITED = ("inspection", "inspection_party")
#: What is to come is public; who signed up is the firm's and the office's, what a firm said of it the firm's alone.
_PUBLIC: dict[str, Sight] = {"event": everything, "charge": everything}
_OF_FIRMS = (
    _PUBLIC
    | dict.fromkeys(("event_place", "event_rating", "unannounced_word"), of_own_firm)
    | dict.fromkeys(_VISITED, of_own_firm_and_told)
)
_OF_LEADERS = _PUBLIC | dict.fromkeys(("unannounced_word", *_VISITED), everything)
_OF_OFFICE = _OF_LEADERS | dict.fromkeys(("event_place",), everything)
_OWN = {
    **dict.fromkeys(FIRM, _OF_FIRMS),
    **dict.fromkeys((Role.OFFICER, Role.AUDITOR), _OF_OFFICE),
    Role.LEADER: _OF_LEADERS,
}
EVENTS: Seen = {role: _OWN.get(role, _PUBLIC) for role in Role if role is not Role.SYSTEM}

SLICES = (POLICIES, HELPING, CADENCE, EVENTS)
#: All slices together.
HELP_SEEN: Mapping[Role, dict[str, Sight]] = {
    role: {table: sight for each in SLICES for table, sight in each.get(role, {}).items()} for role in Role
}
