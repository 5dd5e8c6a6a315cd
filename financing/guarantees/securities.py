"""What people do about counter-guarantees (反担保): ask within the grade's cap, forgo, take, register, let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from financing.access import require
from financing.acts import Act
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.guarantees import documents, ledger, price
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.documents import Filed
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import CaseState
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import LIVE, REGISTRABLE, UNVALUED, SecurityCap, SecurityKind, SecurityState
from financing.journal import Private
from financing.money import Fen
from financing.parties.identity import line, passage
from financing.price_refusals import AboveSecurityCap, GuaranteeStands, NotRegistrable, SecurityFixed, SecurityStands
from financing.refusals import OutOfRange

#: While a case is in one of these, what is asked may still change; on an agenda it is what the members decide upon.
OPEN = frozenset({CaseState.IN_REVIEW, CaseState.DEFERRED})
#: What else still rests on the securities of a case, as later steps know it: a sum paid for the firm and not yet recovered.
OWED: list[Callable[[Desk, GuaranteeCase], bool]] = []


def of_case(desk: Desk, case: GuaranteeCase) -> list[CounterGuarantee]:
    """What the firm was asked for, in the order of asking, as far as the person at the desk may see it."""
    return desk.all(CounterGuarantee, CounterGuarantee.case_id == case.id, by=CounterGuarantee.number)


def cap(desk: Desk, case: GuaranteeCase) -> SecurityCap:
    """The most this case's firm may be asked for: its grade in the table of the day the case was opened. NoPrice."""
    grade = case.price.get("grade") or desk.get(Assessment, case.assessment_id).grade
    return price.published(case.opened_on).row(grade).security


def ask(desk: Desk, case: GuaranteeCase, kind: SecurityKind, value: Fen, about: str) -> CounterGuarantee:
    """Ask for one thing more (要求反担保); AboveSecurityCap, SecurityStands once all was forgone, SecurityFixed on an agenda."""
    require(desk.actor, Act.ASK_SECURITY, case)
    standing, most = _open(desk, case), cap(desk, case)
    if any(one.kind is SecurityKind.NOTHING for one in standing):
        raise SecurityStands
    value = Fen(0) if kind in UNVALUED else value
    if kind not in UNVALUED and value <= Fen(0):
        raise OutOfRange(field="value", least=Fen(1), most=None)
    if not most.allows(kind, value, [one.value for one in standing if one.state in LIVE], case.line):
        raise AboveSecurityCap(grade=most.grade, kinds=most.kinds, most=most.most(case.line))
    asked = _row(desk, case, len(standing) + 1, kind, value, line(about, "about", 100))
    desk.session.flush()
    desk.note(Act.ASK_SECURITY, asked, case=case.id, kind=kind, value=value, about=Private(asked.about))
    return asked


def forgo(desk: Desk, case: GuaranteeCase, why: str) -> CounterGuarantee:
    """Say that this firm is asked for nothing, and why (不要求反担保); SecurityStands while something is asked."""
    require(desk.actor, Act.FORGO_SECURITY, case)
    standing, why = _open(desk, case), passage(why, "reason")
    if any(one.state in LIVE or one.kind is SecurityKind.NOTHING for one in standing):
        raise SecurityStands
    said = _row(desk, case, len(standing) + 1, SecurityKind.NOTHING, Fen(0), "")
    said.state, said.why, said.ended_at, said.ended_by = SecurityState.WAIVED, why, desk.now, desk.actor.id
    desk.session.flush()
    desk.note(Act.FORGO_SECURITY, said, case=case.id, why=Private(why))
    return said


def waive(desk: Desk, one: CounterGuarantee, why: str) -> None:
    """Let the firm off one thing it was asked for, and say why (免除)."""
    why = passage(why, "reason")
    _take(desk, Act.WAIVE_SECURITY, one)
    one.why, one.ended_at, one.ended_by = why, desk.now, desk.actor.id


def give(desk: Desk, one: CounterGuarantee, filed: Filed) -> None:
    """The firm has signed: the contract goes on file (收到)."""
    _locked(desk, one)
    one.flow.after(one.state, Act.GIVE_SECURITY)
    one.document_id = documents.add(desk, filed, subject_id=one.id, firm_id=one.firm_id).id
    desk.session.flush()
    _take(desk, Act.GIVE_SECURITY, one)
    one.given_on = desk.today


def register(desk: Desk, one: CounterGuarantee, number: str, on: date) -> None:
    """It stands in the public register under this number since that day; NotRegistrable, OutOfRange for a day to come."""
    number = line(number, "number", 60)
    if one.kind not in REGISTRABLE:
        raise NotRegistrable(kind=one.kind)
    if on > desk.today:
        raise OutOfRange(field="on", least=one.asked_at.date(), most=desk.today)
    _take(desk, Act.REGISTER_SECURITY, one, number=Private(number))
    one.register_no, one.registered_on = number, on


def release(desk: Desk, case: GuaranteeCase) -> None:
    """Let go of everything that stands for a case (随担保解除); GuaranteeStands while something still rests on it.

    Whoever ends a guarantee gives the limits back first and calls this at the same desk.
    """
    if stands(desk, case):
        raise GuaranteeStands(number=case.number)
    for one in of_case(desk, case):
        if one.state in LIVE:
            _take(desk, Act.RELEASE_SECURITY, one)
            one.ended_at, one.ended_by = desk.now, desk.actor.id


def stands(desk: Desk, case: GuaranteeCase) -> bool:
    """Whether a case still takes up limits, or its firm still owes what was paid for it."""
    return ledger.takes_up(desk.session, case.id) or any(owed(desk, case) for owed in OWED)


def fixed(desk: Desk, case: GuaranteeCase) -> bool:
    """Whether the list can no longer grow: on an agenda, before a second officer, or decided."""
    waits = (Delegation.case_id == case.id, Delegation.state == DelegationState.PROPOSED)
    return case.state not in OPEN or desk.find(Delegation, *waits) is not None


def _open(desk: Desk, case: GuaranteeCase) -> Sequence[CounterGuarantee]:
    """The list as it stands, with the case held so that two people never ask past the cap together."""
    desk.session.refresh(case, with_for_update=True)
    if fixed(desk, case):
        raise SecurityFixed(number=case.number)
    return of_case(desk, case)


def _row(desk: Desk, case: GuaranteeCase, number: int, kind: SecurityKind, value: Fen, about: str) -> CounterGuarantee:
    return desk.add(
        CounterGuarantee(
            case_id=case.id, need_id=case.need_id, firm_id=case.firm_id, number=number, kind=kind, about=about, value=value,
            asked_at=desk.now, asked_by=desk.actor.id, asker=desk.actor.name,
        )
    )  # fmt: skip


def _take(desk: Desk, act: Act, one: CounterGuarantee, **facts: object) -> None:
    _locked(desk, one)
    desk.take(act, one, case=one.case_id, kind=one.kind, **facts)


def _locked(desk: Desk, one: CounterGuarantee) -> None:
    """See the row as it is now and hold it: whoever comes second finds it moved."""
    desk.session.flush()
    desk.session.refresh(one, with_for_update=True)
