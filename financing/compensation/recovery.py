"""Recovery (追偿, F49): a case opens with each payment, always has a next step with a day, and closes when nothing is left to recover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from financing import desk as desks
from financing import parameters
from financing.acts import Act
from financing.compensation import payables
from financing.compensation.recovery_model import RecoveryCase, RecoveryStep
from financing.compensation.recovery_rules import NEEDS_PAPER, Limit, Periods, RecoveryState, Step, at_first, limit
from financing.desk import Desk
from financing.guarantees import documents
from financing.guarantees.documents import Filed
from financing.journal import Private
from financing.letter_refusals import EvidenceMissing
from financing.letters import entries
from financing.letters.model import EntryProposal, Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.needs.model import Need
from financing.numbers import Series, take_number
from financing.parties.identity import passage
from financing.people.model import User
from financing.recovery_refusals import AfterLimit, SharesUnpaid, StillOwed
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Done:
    """What was done on a day, what it cost, and what comes next by when."""

    step: Step
    on: date
    what: str
    cost: Fen
    next_step: Step
    next_on: date
    next_what: str
    filed: Filed | None = None


def record(desk: Desk, case: RecoveryCase, done: Done) -> RecoveryStep:
    """Write down what was done (登记追偿措施), with its paper, and what is next by when.

    EvidenceMissing without the paper the step rests on, OutOfRange for its day or cost, AfterLimit for a next step that would be too late.
    """
    hold(desk, case)
    _possible(desk, case, done)
    document = None
    if done.filed is not None:
        document = documents.add(desk, done.filed, subject_id=case.guarantee_id, firm_id=case.firm_id)
        desk.session.flush()
    what, then = passage(done.what, "what"), passage(done.next_what, "next_what")
    made = desk.add(
        RecoveryStep(
            **_about(case), step=done.step, on=done.on, what=what, cost=done.cost, document_id=document.id if document else None,
            next_step=done.next_step, next_on=done.next_on, at=desk.now, by=desk.actor.id, by_name=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    found = running(desk, case)
    if found is not None and desk.today <= found.until < done.next_on:
        raise AfterLimit(until=found.until)
    case.limit_kind, case.limit_on = (found.kind, found.until) if found else (None, None)
    case.next_step, case.next_on, case.next_what, case.told = done.next_step, done.next_on, then, 0
    facts: dict[str, Any] = {"number": case.number, "step": done.step, "on": done.on, "cost": done.cost}
    desk.take(Act.RECORD_RECOVERY_STEP, case, **facts, next=done.next_step, by=done.next_on, what=Private(what))
    return made


def take_over(desk: Desk, case: RecoveryCase) -> None:
    """Whoever is at the desk answers for it from now on (接手追偿)."""
    hold(desk, case)
    before = case.owner_id
    desk.take(Act.TAKE_RECOVERY, case, number=case.number, before=before)
    case.owner_id, case.owner = desk.actor.id, desk.actor.name
    if before != desk.actor.id:
        tell(desk, Act.TAKE_RECOVERY, case, desk.now.isoformat(), user=before)


def close(desk: Desk, case: RecoveryCase, result: str) -> None:
    """Nothing is left to recover and every part is paid on (办结追偿). StillOwed, SharesUnpaid."""
    guarantee = hold(desk, case)
    if guarantee.unrecovered > Fen(0):
        raise StillOwed(amount=guarantee.unrecovered)
    if (left := payables.unpaid(desk, guarantee.id)) > Fen(0):
        raise SharesUnpaid(amount=left)
    result = passage(result, "result")
    case.closed_on, case.closed_by, case.closer, case.result = desk.today, desk.actor.id, desk.actor.name, result
    case.next_step = case.next_on = case.limit_kind = case.limit_on = None
    case.next_what = ""
    desk.take(Act.CLOSE_RECOVERY, case, number=case.number, result=Private(result))


def follow(desk: Desk) -> None:
    """What the ledger means for recovery: a payment opens a case, a recovery is parted."""
    for line in tuple(desk.lines):
        if line.kind == Guarantee.__name__ and line.act in (Act.COMPENSATE, Act.RECOVER):
            open_for(desk, line.subject_id)
            if line.act is Act.RECOVER:
                payables.part_all(desk, desk.session.get_one(Guarantee, line.subject_id))


def waiting(desk: Desk) -> list[int]:
    """Guarantees under which something is to be recovered and no case is open, say from before there were cases."""
    known = select(RecoveryCase.guarantee_id).where(RecoveryCase.state == RecoveryState.OPEN)
    owed = (Guarantee.unrecovered > Fen(0), Guarantee.id.not_in(known))
    return sorted(desk.session.scalars(select(Guarantee.id).where(*owed)))


def open_for(desk: Desk, guarantee_id: int) -> int:
    """Open a case for what was paid under a guarantee, unless one is open or nothing is owed; 1 when one was opened."""
    desk.session.flush()
    guarantee = desk.session.get_one(Guarantee, guarantee_id)
    if guarantee.unrecovered <= Fen(0) or standing(desk, guarantee_id) is not None:
        return 0
    booked = (GuaranteeEntry.guarantee_id == guarantee_id, GuaranteeEntry.kind == EntryKind.COMPENSATED)
    entry = desk.session.scalars(
        select(GuaranteeEntry).where(*booked).order_by(GuaranteeEntry.at.desc(), GuaranteeEntry.id.desc()).limit(1)
    ).one()
    case = _opened(desk, guarantee, entry)
    desk.note(Act.OPEN_RECOVERY, case, number=case.number, guarantee=guarantee.number, amount=guarantee.unrecovered)
    tell(desk, Act.OPEN_RECOVERY, case, "", user=case.owner_id)
    return 1


def standing(desk: Desk, guarantee_id: int) -> RecoveryCase | None:
    """The open case of a guarantee, whoever asks."""
    one = (RecoveryCase.guarantee_id == guarantee_id, RecoveryCase.state == RecoveryState.OPEN)
    return desk.session.scalar(select(RecoveryCase).where(*one))


def running(desk: Desk, case: RecoveryCase) -> Limit | None:
    """The period that runs for a case by what is on record, with the lengths of today."""
    done = select(RecoveryStep.on, RecoveryStep.step).where(RecoveryStep.guarantee_id == case.guarantee_id)
    steps = [(on, step) for on, step in desk.session.execute(done) if on >= case.paid_on]
    return limit(case.paid_on, steps, periods(desk.today))


def periods(on: date) -> Periods:
    return Periods(_figure("recovery_suit_months", on), _figure("recovery_enforcement_months", on))


def hold(desk: Desk, case: RecoveryCase) -> Guarantee:
    """Lock the guarantee and then the case until the commit, and see both as they are then."""
    guarantee = desk.session.get_one(Guarantee, case.guarantee_id)
    entries.hold(desk, guarantee)
    desk.session.refresh(case, with_for_update=True)
    return guarantee


def tell(desk: Desk, act: Act, case: RecoveryCase, which: str, **to: object) -> None:
    """One notice about a case, once for each addressee; nothing of what it says."""
    once = f"{act.value}:{case.id}:{'-'.join(f'{key}={value}' for key, value in to.items())}:{which}"
    desk.later("notice", once, to=to, code=act.value, subject=case.id, number=case.number)


def _possible(desk: Desk, case: RecoveryCase, done: Done) -> None:
    case.flow.after(case.state, Act.RECORD_RECOVERY_STEP)
    if not case.paid_on <= done.on <= desk.today:
        raise OutOfRange(field="on", least=case.paid_on, most=desk.today)
    if done.next_on < desk.today:
        raise OutOfRange(field="next_on", least=desk.today, most=None)
    if done.cost < Fen(0):
        raise OutOfRange(field="cost", least=Fen(0), most=None)
    paper = NEEDS_PAPER.get(done.step)
    if paper is not None and (done.filed is None or done.filed.kind is not paper):
        raise EvidenceMissing(paper=paper)


def _opened(desk: Desk, guarantee: Guarantee, entry: GuaranteeEntry) -> RecoveryCase:
    owner_id, owner = _owner(desk, guarantee, entry)
    first = desk.calendar.after(desk.today, _figure("recovery_first_days", desk.today)).day
    found = at_first(entry.on, periods(desk.today))
    case = desk.add(
        RecoveryCase(
            number=take_number(desk.session, Series.RECOVERY, desk.today.year), guarantee_id=guarantee.id, case_id=guarantee.case_id,
            firm_id=guarantee.firm_id, bank_id=guarantee.bank_id, entry_id=entry.id, paid_on=entry.on, opened_on=desk.today,
            opened_at=desk.now, owner_id=owner_id, owner=owner, next_step=Step.DEMAND, next_on=first, next_what="",
            limit_kind=found.kind, limit_on=found.until,
        )
    )  # fmt: skip
    desk.session.flush()
    return case


def _owner(desk: Desk, guarantee: Guarantee, entry: GuaranteeEntry) -> tuple[int, str]:
    """Who handles the need, while in service; otherwise whoever put the payment forward."""
    need = desk.session.get_one(Need, guarantee.need_id)
    user = desk.session.get(User, need.officer_id) if need.officer_id else None
    if user is not None and user.active:
        return user.id, user.name
    by = select(EntryProposal.proposer).where(
        EntryProposal.guarantee_id == guarantee.id, EntryProposal.proposed_by == entry.by
    )
    return entry.by, desk.session.scalar(by.limit(1)) or ""


def _about(case: RecoveryCase) -> dict[str, Any]:
    return {"recovery_id": case.id} | {name: getattr(case, name) for name in ("guarantee_id", "case_id", "firm_id")}


def _figure(key: str, on: date) -> int:
    return parameters.figure(key, on).value


desks.CONSEQUENCES.append(follow)
