"""Who may do what, and who may see what. These two tables are the whole authorisation policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.sql.expression import FromClause

from financing.acts import Act
from financing.db import Base
from financing.refusals import NotAllowed


class Role(StrEnum):
    """The thirteen kinds of actor; two letters in the brackets are the matrix's."""

    VISITOR = "visitor"  # ANON
    CLERK = "clerk"  # EU, fills in for the firm
    SIGNATORY = "signatory"  # EF, binds the firm
    OFFICER = "officer"  # CO, zone case officer
    MEMBER = "member"  # GM, guarantee committee
    CHAIR = "chair"  # GC
    BANKER = "banker"  # BO
    BANK_ADMIN = "bank_admin"  # BA
    FUND = "fund"  # FM
    LEADER = "leader"  # PL
    AUDITOR = "auditor"  # AU
    ADMIN = "admin"  # PA
    SYSTEM = "system"  # SYS


FIRM = frozenset({Role.CLERK, Role.SIGNATORY})
COMMITTEE = frozenset({Role.MEMBER, Role.CHAIR})
BANK = frozenset({Role.BANKER, Role.BANK_ADMIN})


@dataclass(frozen=True, slots=True)
class Actor:
    id: int
    role: Role
    firm_id: int | None = None
    bank_id: int | None = None
    name: str = ""


VISITOR = Actor(0, Role.VISITOR)
SYSTEM = Actor(0, Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Who:
    """A readable test of an actor against the thing acted upon; `roles` is who can ever pass it."""

    says: str
    roles: frozenset[Role]
    test: Callable[[Actor, Any], bool]

    def __and__(self, other: Who) -> Who:
        return Who(
            f"{self.says}, {other.says}", self.roles & other.roles, lambda a, s: self.test(a, s) and other.test(a, s)
        )

    def __or__(self, other: Who) -> Who:
        return Who(
            f"{self.says} or {other.says}", self.roles | other.roles, lambda a, s: self.test(a, s) or other.test(a, s)
        )


def role(says: str, *roles: Role) -> Who:
    return Who(says, frozenset(roles), lambda actor, _: actor.role in roles)


EVERYONE = frozenset(Role)
anyone = role("anyone", *Role)
signed_in = role("anyone signed in", *(EVERYONE - {Role.VISITOR, Role.SYSTEM}))
visitor = role("a visitor", Role.VISITOR)
own_firm = Who(
    "the firm itself", FIRM, lambda a, s: a.role in FIRM and a.firm_id is not None and a.firm_id == s.firm_id
)
signatory = role("its signatory", Role.SIGNATORY)
officer = role("a zone officer", Role.OFFICER)
committee = role("a committee member", *COMMITTEE)
chair = role("the chair", Role.CHAIR)
chair_aside = Who(
    "in place of a tied chair", COMMITTEE, lambda a, s: a.role in COMMITTEE and getattr(s, "chair_aside", False)
)
banker = role("a bank officer", Role.BANKER)
own_bank = Who("of the bank it was sent to", BANK, lambda a, s: a.bank_id is not None and a.bank_id == s.bank_id)
not_its_officer = Who("not the one who brought the case", EVERYONE, lambda a, s: a.id != s.officer_id)
admin = role("an administrator", Role.ADMIN)
auditor = role("an auditor", Role.AUDITOR)
system = role("the platform itself", Role.SYSTEM)

RULES: Mapping[Act, Who] = {
    Act.SIGN_IN: anyone,
    Act.SIGN_OUT: signed_in,
    Act.INVITE: admin | system,
    Act.JOIN: visitor | system,
    Act.DISABLE_USER: admin,
    Act.SEE_NOTICES: signed_in,
    Act.REGISTER_FIRM: visitor | system,
    Act.CONFIRM_FIRM: officer,
    Act.EDIT_FIRM: own_firm | officer,
    Act.RECORD_FACTS: officer,
    Act.ADD_BANK: officer | system,
    Act.ADD_PRODUCT: officer | (role("a bank's administrator", Role.BANK_ADMIN) & own_bank) | system,
    Act.SET_GUARANTOR: officer | system,
    Act.ADD_PAPER: own_firm | officer,
    Act.OPEN_PAPER: own_firm | officer | committee | auditor,
    Act.DRAFT_NEED: own_firm,
    Act.EDIT_NEED: own_firm,
    Act.SUBMIT_NEED: own_firm & signatory,
    Act.WITHDRAW_NEED: own_firm & signatory,
    Act.RETURN_NEED: officer,
    Act.ACCEPT_NEED: officer,
    Act.ASSESS_NEED: officer,
    Act.REFUSE_NEED: officer,
    Act.OPEN_CASE: officer,
    Act.CALL_MEETING: officer | chair,
    Act.OPEN_MEETING: chair,
    Act.CLOSE_MEETING: chair,
    Act.TABLE_CASE: officer,
    Act.DECLARE_TIE: committee,
    Act.CAST_VOTE: committee & not_its_officer,
    Act.SEAL_CASE: (chair | chair_aside) & not_its_officer,
    Act.APPROVE_CASE: (chair | chair_aside) & not_its_officer,
    Act.CONDITION_CASE: (chair | chair_aside) & not_its_officer,
    Act.REJECT_CASE: (chair | chair_aside) & not_its_officer,
    Act.DEFER_CASE: (chair | chair_aside) & not_its_officer,
    Act.PRINT_RESOLUTION: officer | committee | auditor,
    Act.PROPOSE_MATCH: officer,
    Act.GRANT_CONSENT: own_firm & signatory,
    Act.WITHDRAW_CONSENT: own_firm & signatory,
    Act.PASS_OVER: own_firm & signatory,
    Act.SEND_DOSSIER: officer,
    Act.OPEN_DOSSIER: own_firm | officer | auditor | banker,
    Act.PRINT_DOSSIER: own_firm | officer | auditor | banker,
    Act.PLAN_SESSION: officer,
    Act.SEAT_SESSION: officer,
    Act.OPEN_SESSION: officer,
    Act.CLOSE_SESSION: officer,
    Act.MAKE_OFFER: banker & own_bank,
    Act.DECLINE_NEED: banker & own_bank,
    Act.ACCEPT_OFFER: own_firm & signatory,
    Act.READ_JOURNAL: auditor,
    Act.DENIED: anyone,
    Act.FILL_DEMO: system,
}


def may(actor: Actor, act: Act, subject: object) -> bool:
    return RULES[act].test(actor, subject)


def require(actor: Actor, act: Act, subject: object) -> None:
    if not may(actor, act, subject):
        raise NotAllowed(act=act, who=RULES[act].says)


# --- what may be seen ----------------------------------------------------------------------------------------------
Sight = Callable[[Actor, Any, datetime], ColumnElement[bool]]


def everything(_actor: Actor, _kind: Any, _now: datetime) -> ColumnElement[bool]:
    return true()


def nothing(_actor: Actor, _kind: Any, _now: datetime) -> ColumnElement[bool]:
    return false()


def of_own_firm(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return _is(kind.firm_id, actor.firm_id)


def of_own_bank(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return _is(kind.bank_id, actor.bank_id)


def oneself(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return _is(kind.user_id, actor.id or None)


def not_draft(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """A draft belongs to the firm alone."""
    return and_(kind.state != "draft")


def in_its_meeting(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Cases on an agenda on which this member sits, never one the member is tied to (I-06)."""
    case, seat, tie = _table("guarantee_case"), _table("seat"), _table("tie")
    own = kind.case_id == case.c.id if hasattr(kind, "case_id") else _linked(kind, case)
    tied = exists().where(tie.c.case_id == case.c.id, tie.c.user_id == actor.id).correlate(case)
    return exists().where(own, seat.c.meeting_id == case.c.meeting_id, seat.c.user_id == actor.id, ~tied)


def consented(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """A firm's effective consent to this bank for this need, now: the one predicate behind every bank read (I-09)."""
    consent, match = _table("consent"), _table("match")
    if not hasattr(kind, "need_id"):
        return false()
    sent = exists().where(match.c.need_id == kind.need_id, match.c.bank_id == actor.bank_id, match.c.state.in_(AT_BANK))
    given = exists().where(
        consent.c.need_id == kind.need_id,
        consent.c.bank_id == actor.bank_id,
        consent.c.withdrawn_at.is_(None),
        consent.c.valid_from <= now,
        consent.c.valid_until > now,
    )
    return and_(sent, given) if actor.bank_id is not None else false()


def of_own_bank_and_consented(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    return and_(of_own_bank(actor, kind, now), consented(actor, kind, now))


def own_or_sealed(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """One's own ballot, and everybody's once the case is sealed: before that nobody sees a tally (I-07)."""
    return and_(in_its_meeting(actor, kind, now), or_(kind.user_id == actor.id, once_sealed(actor, kind, now)))


def once_sealed(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    resolution = _table("resolution")
    return exists().where(resolution.c.case_id == kind.case_id)


def on_the_committee(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The accounts that can be called to a meeting."""
    return and_(kind.role.in_([role.value for role in COMMITTEE]))


def called_or_at_a_table(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The accounts that can be called to a meeting or sit at a bank's table in a session."""
    return and_(kind.role.in_([role.value for role in (*COMMITTEE, Role.BANKER)]))


def about_own_need(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The lines of the journal about the firm's own needs: the status line it is shown is the journal itself (F26)."""
    need = _table("need")
    return exists().where(need.c.id == kind.subject_id, _is(need.c.firm_id, actor.firm_id))


def about_a_need(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The lines of the journal about needs that have been handed in."""
    need = _table("need")
    return exists().where(need.c.id == kind.subject_id, need.c.state != "draft")


def sat_on(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Meetings in which this member has a seat."""
    seat = _table("seat")
    return exists().where(seat.c.meeting_id == kind.meeting_id, seat.c.user_id == actor.id)


#: States of a match in which the dossier lies with the bank.
AT_BANK = ("sent", "offered", "declined", "chosen", "passed_over")


def _is(column: Any, value: int | None) -> ColumnElement[bool]:
    """Equal to a known owner; an actor without one owns nothing, never the rows without an owner."""
    return false() if value is None else and_(column == value)


def _table(name: str) -> FromClause:
    """A table by name, for this file stands below the slices; as an alias, so that no query around a sight mixes with it."""
    return Base.metadata.tables[name].alias()


def _linked(kind: Any, case: Any) -> ColumnElement[bool]:
    return and_(case.c.need_id == kind.need_id if hasattr(kind, "need_id") else case.c.firm_id == kind.firm_id)


_FIRM_SEES: dict[str, Sight] = dict.fromkeys(
    ("firm", "paper", "invoice", "statement_line", "need", "assessment", "guarantee_case", "match", "consent", "dossier", "viewing", "offer", "decline", "talk"),
    of_own_firm,
) | {"journal": about_own_need, "bank_table": everything}  # fmt: skip
_OPEN: dict[str, Sight] = dict.fromkeys(("bank", "product", "guarantor", "forum_session"), everything)
_COMMITTEE_SEES: dict[str, Sight] = {
    **dict.fromkeys(("firm", "need", "assessment", "paper", "guarantee_case"), in_its_meeting),
    "ballot": own_or_sealed,
    **dict.fromkeys(("meeting", "seat"), sat_on),
    **dict.fromkeys(("exposure_limit",), everything),
    "tie": oneself,
    "resolution": in_its_meeting,
}

#: What each role may see, table by table; a table that is not named is not seen.
SEEN: Mapping[Role, Mapping[str, Sight]] = {
    Role.VISITOR: {},
    Role.CLERK: _FIRM_SEES | _OPEN,
    Role.SIGNATORY: _FIRM_SEES | _OPEN,
    Role.OFFICER: _OPEN | dict.fromkeys(
        ("firm", "paper", "invoice", "statement_line", "assessment", "guarantee_case", "meeting", "seat", "resolution", "exposure_limit", "match",
         "consent", "dossier", "viewing", "offer", "decline", "talk", "bank_table"), everything) | {"need": not_draft, "account": called_or_at_a_table, "journal": about_a_need},
    Role.MEMBER: _COMMITTEE_SEES | _OPEN,
    Role.CHAIR: _COMMITTEE_SEES | _OPEN | {"account": on_the_committee},
    Role.BANKER: _OPEN | {
        "match": of_own_bank_and_consented,
        "need": consented,
        "consent": of_own_bank,
        "dossier": consented,
        "offer": of_own_bank,
        "decline": of_own_bank,
        "talk": of_own_bank,
        "bank_table": of_own_bank,
        "viewing": of_own_bank,
    },
    Role.BANK_ADMIN: _OPEN,
    Role.FUND: _OPEN,
    Role.LEADER: _OPEN | dict.fromkeys(("exposure_limit", "meeting"), everything),
    Role.AUDITOR: _OPEN | dict.fromkeys(
        ("firm", "paper", "assessment", "guarantee_case", "meeting", "seat", "tie", "resolution", "exposure_limit", "match", "consent",
         "dossier", "viewing", "offer", "decline", "talk", "bank_table", "journal"), everything) | {"need": not_draft, "ballot": once_sealed},
    Role.ADMIN: {"account": everything, "invitation": everything, "bank": everything},
    Role.SYSTEM: {},
}  # fmt: skip


def seen_by(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """The rows of a table that an actor may see now, as one SQL predicate; what is not granted is not there."""
    if actor.role is Role.SYSTEM:
        return true()
    sight = oneself if kind.__tablename__ == "notice" else SEEN[actor.role].get(kind.__tablename__, nothing)
    return or_(sight(actor, kind, now))
