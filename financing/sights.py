"""What may be seen (可见范围): one SQL predicate for each role and table; what is not granted is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.sql.expression import FromClause

from financing.access import Actor, Role
from financing.after_sights import AFTER_SEEN
from financing.basic_sights import everything, not_draft, nothing, of_own_bank, of_own_firm, oneself, still_open
from financing.db import Base
from financing.emergency_sights import EMERGENCY_SEEN
from financing.help_sights import HELP_SEEN
from financing.import_sights import own_imports
from financing.journal_sights import about_a_need, about_own_need
from financing.meeting_sights import called_or_at_a_table, decided_by_two, on_the_committee, sat_on, untied
from financing.office_sights import LEADERS_SEE, OFFICE_SEES, OFFICERS_SEE
from financing.own_sights import OWN, SETTINGS
from financing.paper_sights import (
    Sight,
    both,
    either,
    letters_alone,
    minutes_of_own_sitting,
    permitted,
    statistics_alone,
)
from financing.personal_sights import PERSONAL_SEEN


def own_or_for_the_chair(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """One's own declarations; the chair's are everybody's (F99)."""
    return true() if actor.role is Role.CHAIR else oneself(actor, kind, now)


def in_its_meeting(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Cases on an agenda on which this member sits, never one the member is tied to (I-06)."""
    case, seat, tie = _table("guarantee_case"), _table("seat"), _table("tie")
    own = kind.case_id == case.c.id if hasattr(kind, "case_id") else _linked(kind, case)
    tied = exists().where(tie.c.case_id == case.c.id, tie.c.user_id == actor.id).correlate(case)
    return exists().where(own, seat.c.meeting_id == case.c.meeting_id, seat.c.user_id == actor.id, ~tied)


def consented(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """A firm's effective consent to this bank for this need, now: the one predicate behind every bank read (I-09)."""
    if actor.bank_id is None or not hasattr(kind, "need_id"):
        return false()
    consent, match = _always("consent"), _always("match")
    sent = exists().where(match.c.need_id == kind.need_id, match.c.bank_id == actor.bank_id, match.c.state.in_(AT_BANK))
    given = exists().where(
        consent.c.need_id == kind.need_id,
        consent.c.bank_id == actor.bank_id,
        consent.c.withdrawn_at.is_(None),
        consent.c.valid_from <= now,
        consent.c.valid_until > now,
    )
    return and_(sent.correlate_except(match), given.correlate_except(consent))


def of_firm_open_to_bank(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """What belongs to firms whose dossier this bank may read now."""
    dossier = _table("dossier")
    return exists().where(dossier.c.firm_id == kind.firm_id, consented(actor, _Need(dossier.c.need_id), now))


def of_own_bank_and_consented(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    return and_(of_own_bank(actor, kind, now), consented(actor, kind, now))


def agreed_with_own_bank(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Adopted agreements with this bank or with every bank; what is only proposed is the zone's own matter."""
    if actor.bank_id is None:
        return false()
    return and_(kind.state == "adopted", or_(kind.bank_id == actor.bank_id, kind.bank_id.is_(None)))


def of_the_zone(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Documents about no firm in particular."""
    return and_(kind.firm_id.is_(None))


def of_zone_or_in_its_meeting(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Documents about no firm, and those about the firms whose cases this member may read."""
    return or_(of_the_zone(actor, kind, now), in_its_meeting(actor, kind, now))


def about_its_groups(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Relations of the firms whose cases this member may read, and of the firms in one group with them."""
    firm, other = _table("firm"), _table("firm")
    together = or_(firm.c.id == other.c.id, firm.c.group_id == other.c.group_id)
    readable = in_its_meeting(actor, _Of(other.c.id), now)
    return exists().where(kind.firm_id == firm.c.id, together, readable)


def own_or_sealed(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """One's own ballot, first votes once they are discussed, everybody's once sealed: before that nobody sees a tally (I-07)."""
    shown = or_(kind.user_id == actor.id, discussed(kind), once_sealed(actor, kind, now))
    return and_(in_its_meeting(actor, kind, now), shown)


def discussed(kind: Any) -> ColumnElement[bool]:
    """Votes of a first round that is over (F13)."""
    case = _table("guarantee_case")
    here = (case.c.id == kind.case_id, case.c.meeting_id == kind.meeting_id, case.c.round == "final")
    return and_(kind.round == "first", exists().where(*here))


def once_sealed(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    resolution = _table("resolution")
    return exists().where(resolution.c.case_id == kind.case_id)


def issued_to_own_firm(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Guarantees of the firm's own, from the day they are issued."""
    return and_(of_own_firm(actor, kind, now), kind.state.not_in(UNISSUED))


def issued_to_own_bank(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Guarantees towards this bank, its own contracts, whatever became of the consent to the dossier since."""
    return and_(of_own_bank(actor, kind, now), kind.state.not_in(UNISSUED))


def opened(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Offers that have been opened, all of a need together: before that only their banks see them (I-21)."""
    return exists().where(
        (opening := _table("offer_opening")).c.id == kind.opening_id, opening.c.opened_at.is_not(None)
    )


def opened_to_own_firm(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    return and_(of_own_firm(actor, kind, now), opened(actor, kind, now))


def adopted(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Scorecards that are in force or will be: the rules of the house are for everybody to read."""
    return and_(kind.state.in_(ADOPTED))


#: States of a scorecard in which it counts from its day on.
ADOPTED = ("adopted", "recalled")
#: States of a guarantee in which it is the zone's own business alone.
UNISSUED = ("prepared", "dropped")
#: States of a match in which the dossier lies with the bank.
AT_BANK = ("sent", "offered", "declined", "chosen", "passed_over")


@cache
def _always(name: str) -> FromClause:
    """One name for a table wherever a bank asks: it is put together once, and each EXISTS names it for itself (`correlate_except`)."""
    return _table(name)


def _table(name: str) -> FromClause:
    """A table by name, for this file stands below the slices; as an alias, so that no query around a sight mixes with it."""
    return Base.metadata.tables[name].alias()


@dataclass(frozen=True, slots=True)
class _Of:
    """A thing known by the column of its firm alone."""

    firm_id: Any


@dataclass(frozen=True, slots=True)
class _Need:
    """A thing known by the column of its need alone."""

    need_id: Any


def _linked(kind: Any, case: Any) -> ColumnElement[bool]:
    return and_(case.c.need_id == kind.need_id if hasattr(kind, "need_id") else case.c.firm_id == kind.firm_id)


_FIRM_SEES: dict[str, Sight] = dict.fromkeys(
    ("firm", "paper", "invoice", "statement_line", "need", "assessment", "guarantee_case", "case_condition", "match", "consent", "dossier", "viewing", "offer_opening", "claim", "silence", "drawdown", "reversal", "decline", "talk", "guest", "intent", "outcome", "guarantee_entry", "issued_paper"),
    of_own_firm,
) | {"offer": opened_to_own_firm, "guarantee": issued_to_own_firm, "journal": about_own_need, "bank_table": everything}  # fmt: skip
#: Guarantees, their ledgers, and entries that wait for a second person.
LEDGER = ("guarantee", "guarantee_entry", "entry_proposal", "issued_paper")
#: What the guarantor reports each month, and alarms of its ratios.
REPORTED = ("return_figure", "ratio_alarm")
#: The day of a session and what followed from it.
SESSION = ("guest", "round_clock", "intent", "outcome", "follow_up")
#: What banks keep of themselves on the platform.
AT_BANKS = ("offer_right", "api_key", "offer_release", "appetite", "consent_request", "score_comment")
#: Questions of banks to firms, and how long clocks stood still for them.
ASKED_ITEMS = ("item_ask", "clock_pause", "contest")
#: How long steps of needs may take, what firms promised to hand in, and which papers lay before whom.
TIMED = ("behalf", "clock", "clock_halt", "clock_extension", "escalation", "owed_paper", "paper_use")
#: Limits with the ledger of their movements, and the guarantor's own decisions on them and on the sharing of losses.
LIMITS = ("exposure_limit", "limit_movement", "limit_term", "terms_change", "sharing_agreement")
#: What figures rest on and what was published of them.
FIGURES = ("loan_statement", "plan_target")
_FIRM_SEES |= dict.fromkeys(
    (*ASKED_ITEMS, *TIMED, "loan_statement", "counter_guarantee", "consent_request", "life_ask", "rating"), of_own_firm
)
#: What firms were asked for in return, and what banks keep of themselves.
_ASKED: dict[str, Sight] = dict.fromkeys(
    ("counter_guarantee", "list_file", "list_row", "import_job", "import_row", *AT_BANKS, *ASKED_ITEMS, *TIMED),
    everything,
)
_RULES: dict[str, Sight] = {"card_version": adopted, "public_figure": everything}
_OPEN: dict[str, Sight] = _RULES | dict.fromkeys(("bank", "product", "guarantor", "forum_session"), everything)
_EXPERTS: dict[str, Sight] = dict.fromkeys(("expert", "expert_draw"), everything)
_COMMITTEE_SEES: dict[str, Sight] = {
    **dict.fromkeys(
        (
            "firm",
            "need",
            "assessment",
            "raised_flag",
            "survey",
            "guarantee_case",
            "case_condition",
            "clock",
            "owed_paper",
        ),
        in_its_meeting,
    ),
    "counter_guarantee": in_its_meeting,
    "paper": both(in_its_meeting, permitted),
    "permit": in_its_meeting,
    "ballot": own_or_sealed,
    **dict.fromkeys(("meeting", "seat", "agenda_jump"), sat_on),
    "expert_draw": sat_on,
    "interest_declaration": own_or_for_the_chair,
    "deferral": in_its_meeting,
    "expert": everything,
    "delegation": decided_by_two,
    **dict.fromkeys((*LIMITS, "card_version"), everything),
    "document": of_zone_or_in_its_meeting,
    "objection": in_its_meeting,
    "relation": about_its_groups,
    "tie": oneself,
    **dict.fromkeys(("resolution", *LEDGER), in_its_meeting),
    "issued_paper": either(in_its_meeting, minutes_of_own_sitting),
}

#: What each role may see, table by table; a table that is not named is not seen.
_ROAD: Mapping[Role, Mapping[str, Sight]] = {
    Role.VISITOR: _RULES,
    Role.CLERK: _FIRM_SEES | _OPEN,
    Role.SIGNATORY: _FIRM_SEES | _OPEN,
    Role.OFFICER: _OPEN | _ASKED | _EXPERTS | OFFICERS_SEE | dict.fromkeys(
        ("firm", "paper", "invoice", "statement_line", "assessment", "raised_flag", "survey", "guarantee_case", "case_condition", "meeting", "seat", "agenda_jump", "deferral", "delegation", "resolution", *LIMITS, "document", "relation", "match", "match_round",
         "consent", "dossier", "viewing", "offer_opening", "claim", "silence", "drawdown", "reversal", "decline", "talk", "bank_table", "closed_round", *SESSION, "card_version", *LEDGER, *REPORTED, *FIGURES), everything) | {"offer": opened, "need": not_draft, "account": called_or_at_a_table, "journal": about_a_need, "interest_declaration": oneself},
    Role.MEMBER: _OPEN | _COMMITTEE_SEES,
    Role.CHAIR: _OPEN | _COMMITTEE_SEES | dict.fromkeys(SETTINGS, everything) | {"account": on_the_committee} | dict.fromkeys(LEDGER, untied) | {"issued_paper": either(both(untied, letters_alone), in_its_meeting, minutes_of_own_sitting)},
    Role.BANKER: _OPEN | {
        **dict.fromkeys((*AT_BANKS, "consent", "offer", "talk", "bank_table", "viewing"), of_own_bank),
        **dict.fromkeys(("match", "release_request", *ASKED_ITEMS), of_own_bank_and_consented),
        **dict.fromkeys(("need", "dossier", "offer_opening"), consented),
        "objection": both(of_firm_open_to_bank, still_open),
        "permit": of_firm_open_to_bank,
        **dict.fromkeys(("decline", "claim", "silence", "drawdown", "reversal"), of_own_bank),
        "guarantee": issued_to_own_bank,
        **dict.fromkeys(("guarantee_entry", "issued_paper", "guest", "intent", "outcome", "follow_up"), of_own_bank),
        "sharing_agreement": agreed_with_own_bank,
        **own_imports("repayments"),
    },
    Role.BANK_ADMIN: _OPEN | {"sharing_agreement": agreed_with_own_bank} | dict.fromkeys(("offer_right", "api_key", "appetite", "score_comment", "account"), of_own_bank) | own_imports("products"),
    Role.FUND: _OPEN | dict.fromkeys(LIMITS, everything) | {"document": of_the_zone},
    Role.LEADER: _OPEN | LEADERS_SEE | dict.fromkeys((*LIMITS, *REPORTED, *SETTINGS, "plan_target", "meeting", "score_comment"), everything) | {"issued_paper": statistics_alone},
    Role.AUDITOR: _OPEN | _ASKED | _EXPERTS | OFFICE_SEES | {"interest_declaration": everything} | dict.fromkeys(
        ("firm", "paper", "assessment", "raised_flag", "survey", "guarantee_case", "case_condition", "meeting", "seat", "agenda_jump", "deferral", "delegation", "tie", "resolution", *LIMITS, "document", "relation", "match", "match_round", "consent",
         "dossier", "viewing", "offer_opening", "claim", "silence", "drawdown", "reversal", "decline", "talk", "bank_table", "closed_round", *SESSION, "card_version", "journal", "checkpoint", *LEDGER, *REPORTED, *SETTINGS, *FIGURES), everything) | {"offer": opened, "need": not_draft, "ballot": once_sealed},
    Role.ADMIN: _RULES | dict.fromkeys(("account", "invitation", "bank", "notice_parcel", "post", *SETTINGS), everything),
    Role.SYSTEM: {},
}  # fmt: skip
#: Role -> table -> sight: the road of a case, and what comes after the signature.
SEEN: Mapping[Role, Mapping[str, Sight]] = {
    role: {
        **_ROAD[role],
        **AFTER_SEEN[role],
        **HELP_SEEN[role],
        **EMERGENCY_SEEN.get(role, {}),
        **PERSONAL_SEEN.get(role, {}),
    }
    for role in Role
}


def seen_by(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """The rows of a table that an actor may see now, as one SQL predicate; what is not granted is not there."""
    if actor.role is Role.SYSTEM:
        return true()
    sight = oneself if kind.__tablename__ in OWN else SEEN[actor.role].get(kind.__tablename__, nothing)
    return or_(sight(actor, kind, now))
