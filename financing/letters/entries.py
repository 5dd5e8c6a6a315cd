"""The ledger of a guarantee (在保台账): repayments and release by one person, payment, recovery and loss by two; limits follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.guarantees import documents, limits, securities
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document, Filed
from financing.guarantees.model import GuaranteeCase
from financing.journal import Private
from financing.letter_refusals import EvidenceMissing, LoanRecorded, ProposalOpen, TooMuch
from financing.letters import papers
from financing.letters.model import EntryProposal, Guarantee, GuaranteeEntry
from financing.letters.rules import BY_TWO, EntryKind, LetterKind, ProposalState, most, on_balance, on_unrecovered
from financing.money import Fen
from financing.parties.identity import passage
from financing.refusals import OutOfRange

#: The document that an entry rests on; of a payment and a recovery the proof that the money has moved.
RESTS_ON = {
    EntryKind.RELEASED: DocumentKind.BANK_CONFIRMATION,
    EntryKind.COMPENSATED: DocumentKind.PROOF,
    EntryKind.RECOVERED: DocumentKind.PROOF,
    EntryKind.LOST: DocumentKind.JUDGMENT,
}


#: Later rooms that book repayments of a guarantee themselves: whether they do for this one.
BOOKED: list[Callable[[Desk, Guarantee], bool]] = []


def repay(
    desk: Desk, guarantee: Guarantee, *, on: date, amount: Fen, filed: Filed | None = None,
    act: Act = Act.RECORD_REPAYMENT,
) -> GuaranteeEntry:  # fmt: skip
    """The firm has repaid a part or the whole of the loan (登记还款): the balance and the limits fall by as much.

    OutOfRange for the day, TooMuch beyond the balance; LoanRecorded where the loan's own record books it (`act` is then its act).
    """
    hold(desk, guarantee)
    if act is Act.RECORD_REPAYMENT and any(booked(desk, guarantee) for booked in BOOKED):
        raise LoanRecorded(number=guarantee.number)
    desk.take(act, guarantee, amount=amount, on=on)
    _in_time(desk, guarantee, on)
    _within(guarantee, EntryKind.REPAID, amount)
    document = documents.add(desk, filed, subject_id=guarantee.id, firm_id=guarantee.firm_id) if filed else None
    entry = write(desk, guarantee, EntryKind.REPAID, on, amount, document)
    tell(desk, guarantee, act)
    return entry


def restore(desk: Desk, guarantee: Guarantee, amount: Fen, *, document_id: int, asked_by: int) -> GuaranteeEntry:
    """A repayment was booked by mistake (还款更正): as much is guaranteed again from today, and taken up in the limits above their caps if need be.

    By two people, as a consequence of the loan's record: `asked_by` put it forward with the document, the person at the desk confirms.
    """
    desk.take(Act.TAKE_REPAYMENT_BACK, guarantee, amount=amount)
    document = desk.session.get_one(Document, document_id)
    return write(desk, guarantee, EntryKind.RESTORED, desk.today, amount, document, asked_by)


def release(desk: Desk, guarantee: Guarantee, filed: Filed) -> GuaranteeEntry:
    """The bank has confirmed that nobody is bound any more (解保): what is left of the balance and of the limits is free again.

    What the firm gave in return is let go too, unless it still owes what was paid for it.
    """
    hold(desk, guarantee)
    _rests_on(EntryKind.RELEASED, filed)
    desk.take(Act.RELEASE_LETTER, guarantee, amount=guarantee.balance)
    guarantee.released_on = desk.today
    document = documents.add(desk, filed, subject_id=guarantee.id, firm_id=guarantee.firm_id)
    entry = write(desk, guarantee, EntryKind.RELEASED, desk.today, guarantee.balance, document)
    if (paper := papers.standing_for(desk, LetterKind(guarantee.form.value), guarantee.id)) is not None:
        papers.end(desk, paper)
    case = desk.session.get_one(GuaranteeCase, guarantee.case_id)
    if not securities.stands(desk, case):
        securities.release(desk, case)
    tell(desk, guarantee, Act.RELEASE_LETTER)
    return entry


def propose(
    desk: Desk, guarantee: Guarantee, kind: EntryKind, *, on: date, amount: Fen, reason: str, filed: Filed
) -> EntryProposal:
    """Put a payment, a recovery or a loss forward with its document (提出代偿、追偿或损失); nothing is booked yet.

    ProposalOpen while another waits, EvidenceMissing for the wrong document, WrongState, OutOfRange, TooMuch.
    """
    hold(desk, guarantee)
    reason = passage(reason, "reason")
    guarantee.flow.after(guarantee.state, BY_TWO[kind])
    _rests_on(kind, filed)
    _in_time(desk, guarantee, on, kind)
    _within(guarantee, kind, amount)
    if desk.find(EntryProposal, _of(guarantee), EntryProposal.state == ProposalState.PROPOSED):
        raise ProposalOpen(number=guarantee.number)
    desk.take(Act.PROPOSE_ENTRY, guarantee, kind=kind, amount=amount, on=on, reason=Private(reason))
    document = documents.add(desk, filed, subject_id=guarantee.id, firm_id=guarantee.firm_id)
    desk.session.flush()
    made = desk.add(
        EntryProposal(
            guarantee_id=guarantee.id, case_id=guarantee.case_id, firm_id=guarantee.firm_id, bank_id=guarantee.bank_id,
            kind=kind, on=on, amount=amount, document_id=document.id, reason=reason, proposed_at=desk.now,
            proposed_by=desk.actor.id, proposer=desk.actor.name, chair_aside=guarantee.chair_aside,
        )
    )  # fmt: skip
    desk.session.flush()
    told = {
        "to": {"role": "chair"},
        "code": Act.PROPOSE_ENTRY.value,
        "subject": guarantee.id,
        "number": guarantee.number,
    }
    desk.later("notice", f"{Act.PROPOSE_ENTRY}:{made.id}", **told)
    return made


def confirm(desk: Desk, proposal: EntryProposal) -> GuaranteeEntry:
    """Another person confirms what was put forward (确认): it is booked as of its day. SamePerson, TooMuch."""
    guarantee = _decide(desk, proposal, Act.CONFIRM_ENTRY)
    _within(guarantee, proposal.kind, proposal.amount)
    desk.take(BY_TWO[proposal.kind], guarantee, amount=proposal.amount, on=proposal.on)
    document = desk.session.get_one(Document, proposal.document_id)
    entry = write(desk, guarantee, proposal.kind, proposal.on, proposal.amount, document, proposal.proposed_by)
    tell(desk, guarantee, BY_TWO[proposal.kind])
    return entry


def turn_down(desk: Desk, proposal: EntryProposal, answer: str) -> None:
    """Another person turns it down with a reason (不予确认); nothing is booked."""
    answer = passage(answer, "reason")
    _decide(desk, proposal, Act.TURN_DOWN_ENTRY)
    proposal.answer = answer


def write(
    desk: Desk, guarantee: Guarantee, kind: EntryKind, on: date, amount: Fen, document: Document | None = None,
    put_forward_by: int | None = None,
) -> GuaranteeEntry:  # fmt: skip
    """Book one line: the guarantee's two balances move with it, and the limits; by one person, or put forward by one and confirmed here."""
    change = on_balance(kind, amount)
    guarantee.balance += change
    guarantee.unrecovered += on_unrecovered(kind, amount)
    if change < Fen(0):
        limits.release_part(desk, desk.session.get_one(GuaranteeCase, guarantee.case_id), -change)
    if kind is EntryKind.RESTORED:
        limits.take_again(desk, desk.session.get_one(GuaranteeCase, guarantee.case_id), change)
    entry = desk.add(
        GuaranteeEntry(
            guarantee_id=guarantee.id, case_id=guarantee.case_id, firm_id=guarantee.firm_id, bank_id=guarantee.bank_id,
            kind=kind, on=on, amount=amount, document_id=document.id if document else None,
            by=put_forward_by or desk.actor.id, confirmed_by=desk.actor.id if put_forward_by else None, at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()  # the CHECKs have the last word, and they speak here
    return entry


def hold(desk: Desk, guarantee: Guarantee) -> None:
    """Lock the guarantee until the commit, and see it as it is then: entries come one after the other."""
    desk.session.flush()
    desk.session.refresh(guarantee, with_for_update=True)


def tell(desk: Desk, guarantee: Guarantee, act: Act) -> None:
    """The firm and the bank hear of everything that happens to their guarantee."""
    for to in ({"firm": guarantee.firm_id}, {"bank": guarantee.bank_id}):
        once = f"{act}:{guarantee.id}:{next(iter(to))}:{desk.now.isoformat()}"
        desk.later("notice", once, to=to, code=act.value, subject=guarantee.id, number=guarantee.number)


def _decide(desk: Desk, proposal: EntryProposal, act: Act) -> Guarantee:
    guarantee = desk.session.get_one(Guarantee, proposal.guarantee_id)
    hold(desk, guarantee)
    desk.session.refresh(proposal)
    proposal.flow.after(proposal.state, act)
    if desk.actor.id == proposal.proposed_by:
        raise SamePerson
    require(desk.actor, act, proposal)
    proposal.decided_by, proposal.decider, proposal.decided_at = desk.actor.id, desk.actor.name, desk.now
    desk.take(act, proposal, kind=proposal.kind, amount=proposal.amount)
    return guarantee


def _in_time(desk: Desk, guarantee: Guarantee, on: date, kind: EntryKind = EntryKind.REPAID) -> None:
    """Not before the guarantee, a recovery or loss not before the first payment, nothing in the future."""
    since = guarantee.issued_on
    if kind in {EntryKind.RECOVERED, EntryKind.LOST}:
        paid = select(func.min(GuaranteeEntry.on)).where(GuaranteeEntry.kind == EntryKind.COMPENSATED)
        since = desk.session.scalar(paid.where(GuaranteeEntry.guarantee_id == guarantee.id))
    if since is None or not since <= on <= desk.today:
        raise OutOfRange(field="on", least=since, most=desk.today)


def _within(guarantee: Guarantee, kind: EntryKind, amount: Fen) -> None:
    limit = most(kind, guarantee.balance, guarantee.unrecovered, guarantee.share)
    if not Fen(0) < amount <= limit:
        raise TooMuch(kind=kind, asked=amount, most=limit)


def _rests_on(kind: EntryKind, filed: Filed) -> None:
    if filed.kind is not RESTS_ON[kind]:
        raise EvidenceMissing(paper=RESTS_ON[kind])


def _of(guarantee: Guarantee) -> object:
    return EntryProposal.guarantee_id == guarantee.id


def _owes(desk: Desk, case: GuaranteeCase) -> bool:
    """Whether a sum paid under a guarantee of this case is not recovered yet."""
    unpaid = (Guarantee.case_id == case.id, Guarantee.unrecovered > Fen(0))
    return desk.session.query(Guarantee).filter(*unpaid).first() is not None


securities.OWED.append(_owes)
