"""What people see of small cases that two officers decide: the list for the office and the committee, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.acts import Act
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.guarantees import delegated
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.delegation_rules import DelegationState, may_call_in
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import CaseState
from financing.listed import Listed, listed
from financing.money import Fen
from financing.needs.model import Need
from financing.parameters import figure
from financing.parties.model import Firm


@dataclass(frozen=True, slots=True)
class Small:
    """One small case as listed; what is decided is told from its sealed record, so that members need not see the file."""

    one: Delegation
    case: str
    firm: str
    amount: Fen
    months: int
    grade: str
    use: str
    left: int | None  # working days in which it may still be called in
    acts: frozenset[Act]

    @property
    def id(self) -> int:
        return self.one.id


@dataclass(frozen=True, slots=True)
class Bounds:
    """Up to how much, how long it may be called in, and where that comes from."""

    most: Fen
    days: int
    source: str


def bounds(desk: Desk) -> Bounds:
    rule = figure("delegated_amount", desk.today)
    return Bounds(delegated.amount(desk), figure("call_in_days", desk.today).value, rule.source)


def decisions(desk: Desk, page: int = 1) -> Listed[Small]:
    """One page of the small cases in sight, the newest first."""
    return listed(
        desk, desk.select(Delegation).order_by(Delegation.proposed_at.desc()), page, lambda row: shown(desk, row)
    )


def waiting(desk: Desk) -> list[Small]:
    """Put forward by somebody else and not decided: what the officer at the desk can decide."""
    here = (Delegation.state == DelegationState.PROPOSED, Delegation.proposed_by != desk.actor.id)
    found = desk.all(Delegation, *here, Delegation.officer_id != desk.actor.id, by=Delegation.proposed_at)
    return [small for one in found if Act.DECIDE_SMALL in (small := shown(desk, one)).acts]


def shown(desk: Desk, one: Delegation) -> Small:
    told = one.record if one.number else _live(desk, one)
    return Small(
        one,
        told["case"]["number"],
        told["firm"]["name"],
        Fen(told["case"]["line"]),
        told["case"]["months"],
        told["assessment"]["grade"],
        told["need"]["use"],
        _left(desk, one),
        _acts(desk, one),
    )


def offered(desk: Desk, case: GuaranteeCase) -> bool:
    """Whether the page of a case offers the way of two officers: small, and never before the committee."""
    if case.state is not CaseState.IN_REVIEW or case.meeting_id is not None or not desk.may(Act.DELEGATE_CASE, case):
        return False
    been = desk.find(Delegation, Delegation.case_id == case.id)
    return been is None and case.report_by is None and case.line <= delegated.amount(desk)


def _live(desk: Desk, one: Delegation) -> dict[str, Any]:
    """Before it is sealed: only officers and auditors come here, and they see the file itself."""
    case = desk.get(GuaranteeCase, one.case_id)
    score, firm = desk.get(Assessment, case.assessment_id), desk.get(Firm, case.firm_id)
    return {
        "case": {"number": case.number, "line": case.line.fen, "months": case.months},
        "firm": {"name": firm.name},
        "assessment": {"grade": score.grade},
        "need": {"use": desk.get(Need, case.need_id).use},
    }


def _left(desk: Desk, one: Delegation) -> int | None:
    until: date | None = one.call_in_until
    return desk.calendar.left(desk.today, until) if until and one.state is DelegationState.DECIDED else None


def _acts(desk: Desk, one: Delegation) -> frozenset[Act]:
    """What can succeed now: deciding for another officer, calling in for a member while the days last."""
    allowed = set(desk.acts(one))
    if desk.actor.id in (one.proposed_by, one.officer_id):
        allowed -= {Act.DECIDE_SMALL, Act.REFER_CASE}
    if one.call_in_until is None or not may_call_in(desk.today, one.call_in_until):
        allowed -= {Act.CALL_IN}
    return frozenset(allowed & {Act.DECIDE_SMALL, Act.REFER_CASE, Act.CALL_IN})
