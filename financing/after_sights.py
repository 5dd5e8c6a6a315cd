"""Who may see what of the time after the signature (保后): role by role, table by table; what is not named is not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from financing.basic_sights import everything, of_own_bank, of_own_firm
from financing.compensation_sights import CLAIMS_SEEN
from financing.conduct_sights import HANDLED, on_a_seat
from financing.db import Base
from financing.loan_sights import in_place_of_the_chair, of_untied_firms
from financing.paper_sights import Sight
from financing.recovery_sights import RECOVERIES_SEEN
from financing.roles import FIRM, Actor, Role

Seen = Mapping[Role, Mapping[str, Sight]]

#: What firm and bank both know of a loan, and what the guarantor alone thinks of it.
_OF_BOTH = (
    "loan",
    "loan_plan",
    "loan_repayment",
    "repayment_reversal",
    "loan_change",
    "renewal_call",
    "renewal_choice",
)
_OF_THE_ZONE = (*_OF_BOTH, "loan_class")
LOANS: Seen = {
    **dict.fromkeys((Role.CLERK, Role.SIGNATORY), dict.fromkeys(_OF_BOTH, of_own_firm)),
    Role.BANKER: dict.fromkeys(_OF_BOTH, of_own_bank),
    **dict.fromkeys((Role.OFFICER, Role.AUDITOR), dict.fromkeys(_OF_THE_ZONE, everything)),
    Role.CHAIR: dict.fromkeys(_OF_THE_ZONE, of_untied_firms),
    Role.MEMBER: {"loan_change": in_place_of_the_chair},
}

_CHECKED = ("watch_check", "watch_visit", "warning", "outside_fact", "watch_escalation")
#: The firm sees when it is visited, a bank what is found of its own loans; notes of visits and sources are the zone's own.
WATCH: Seen = {
    **dict.fromkeys((Role.OFFICER, Role.AUDITOR), dict.fromkeys(_CHECKED, everything)),
    Role.CLERK: {"watch_check": of_own_firm},
    Role.SIGNATORY: {"watch_check": of_own_firm},
    Role.BANKER: {"watch_check": of_own_bank, "warning": of_own_bank},
}

COMPENSATION: Seen = {role: {**CLAIMS_SEEN.get(role, {}), **RECOVERIES_SEEN.get(role, {})} for role in Role}

#: Sums of the guarantor's books; no firm stands in them.
RESERVES: Seen = {
    role: {"reserve_posting": everything}
    for role in (Role.OFFICER, Role.MEMBER, Role.CHAIR, Role.FUND, Role.LEADER, Role.AUDITOR)
}


def of_the_fund(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Documents about no firm, and those that a use of the fund rests on."""
    use = Base.metadata.tables["bridge_use"].alias()
    return or_(kind.firm_id.is_(None), exists().where(use.c.id == kind.subject_id))


def promises_alone(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Of all issued papers the promises of banks to the fund."""
    return and_(kind.kind == "renewal_promise")


#: A use of the fund with all that happened to it; what the bank broke is the bank's and the zone's.
_USES = (
    "bridge_use", "bridge_promise", "bridge_release", "bridge_renewal", "bridge_alert", "bridge_move", "bridge_posting",
)  # fmt: skip
_BROKEN = ("bridge_breach", "bridge_ban")
BRIDGE: Seen = {
    **dict.fromkeys((Role.CLERK, Role.SIGNATORY), dict.fromkeys(_USES, of_own_firm)),
    **dict.fromkeys((Role.BANKER, Role.BANK_ADMIN), dict.fromkeys((*_USES, *_BROKEN), of_own_bank)),
    **dict.fromkeys(
        (Role.OFFICER, Role.LEADER, Role.CHAIR, Role.AUDITOR),
        dict.fromkeys((*_USES, *_BROKEN, "bridge_pool"), everything),
    ),
    Role.FUND: {
        **dict.fromkeys((*_USES, *_BROKEN, "bridge_pool"), everything),
        "document": of_the_fund,
        "issued_paper": promises_alone,
    },
}

CONDUCT: Seen = {
    **{role: {"payout_check": of_own_firm} for role in FIRM},
    Role.OFFICER: dict.fromkeys(HANDLED, on_a_seat),
    Role.LEADER: dict.fromkeys(HANDLED, on_a_seat),
    Role.BANK_ADMIN: {"conduct_letter": of_own_bank},
    **{role: {"handler_post": everything} for role in (Role.ADMIN, Role.CHAIR, Role.AUDITOR)},
}

SLICES = (LOANS, WATCH, COMPENSATION, RESERVES, BRIDGE, CONDUCT)
#: All slices together.
AFTER_SEEN: Mapping[Role, dict[str, Sight]] = {
    role: {table: sight for each in SLICES for table, sight in each.get(role, {}).items()} for role in Role
}
