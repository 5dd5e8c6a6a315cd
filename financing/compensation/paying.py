"""How a claim is paid (代偿支付): booked in the ledger by two people with proof; then the other parties' parts are claimed (先代偿、后分险)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, select

from financing import desk as desks
from financing.access import require
from financing.acts import Act
from financing.claim_refusals import NothingClaimable, OwnReceipt, PayByClaim
from financing.compensation import review, terms
from financing.compensation.model import CompensationClaim, CompensationPart
from financing.compensation.rules import ClaimState, PartState
from financing.compensation.service import hold, standing, tell
from financing.desk import Desk
from financing.guarantees import documents, sharing
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.sharing import Party
from financing.letter_refusals import EvidenceMissing
from financing.letters import entries
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.refusals import OutOfRange


def pay(desk: Desk, claim: CompensationClaim, *, on: date, filed: Filed) -> None:
    """Put the payment forward with its proof (登记支付); the chair confirms it in the ledger, and the claim is paid.

    What the firm has repaid since the claim was lodged is not paid any more. NothingClaimable when nothing is left.
    """
    guarantee = hold(desk, claim)
    require(desk.actor, Act.PAY_COMPENSATION, claim)
    claim.flow.after(claim.state, Act.PAY_COMPENSATION)
    now = min(claim.approved, terms.most(desk, guarantee))
    if not now:
        raise NothingClaimable
    claim.repaid += claim.approved - now
    claim.approved = now
    reason = f"{claim.number}"
    made = entries.propose(desk, guarantee, EntryKind.COMPENSATED, on=on, amount=now, reason=reason, filed=filed)
    claim.proposal_id = made.id
    desk.take(Act.PAY_COMPENSATION, claim, number=claim.number, amount=now, repaid=claim.repaid, on=on)
    tell(desk, Act.PAY_COMPENSATION, claim, str(made.id), role="chair")


def ask(desk: Desk, part: CompensationPart) -> None:
    """Claim the part of a re-guarantor, fund, treasury or other party (申请分担)."""
    desk.session.refresh(part, with_for_update=True)
    desk.take(Act.ASK_PART, part, party=part.party, amount=part.amount)
    part.asked_on, part.asked_by, part.asker = desk.today, desk.actor.id, desk.actor.name


def receive(desk: Desk, part: CompensationPart, *, on: date, filed: Filed) -> None:
    """The part has come (登记到账): another person than who asked says so, with the proof. OwnReceipt, EvidenceMissing, OutOfRange."""
    desk.session.refresh(part, with_for_update=True)
    part.flow.after(part.state, Act.RECEIVE_PART)
    if desk.actor.id == part.asked_by:
        raise OwnReceipt
    if filed.kind is not DocumentKind.PROOF:
        raise EvidenceMissing(paper=DocumentKind.PROOF)
    if part.asked_on is None or not part.since <= on <= desk.today:
        raise OutOfRange(field="on", least=part.since, most=desk.today)
    document = documents.add(desk, filed, subject_id=part.guarantee_id, firm_id=part.firm_id)
    desk.session.flush()
    part.received_on, part.received_by, part.receiver = on, desk.actor.id, desk.actor.name
    part.document_id = document.id
    desk.take(Act.RECEIVE_PART, part, party=part.party, amount=part.amount, on=on)


def follow(desk: Desk) -> None:
    """What the ledger of a guarantee means for its claim: a payment confirmed or turned down, and none beside an open claim."""
    for line in tuple(desk.lines):
        if line.act is Act.PROPOSE_ENTRY and line.facts.get("kind") is EntryKind.COMPENSATED:
            _by_claim_alone(desk, line.subject_id)
        elif line.act is Act.TURN_DOWN_ENTRY:
            for claim in _of(desk, CompensationClaim.proposal_id == line.subject_id):
                desk.follow(Act.TURN_DOWN_ENTRY, claim)
        elif line.act is Act.COMPENSATE and line.kind == Guarantee.__name__:
            _paid(desk, desk.session.get_one(Guarantee, line.subject_id))


def _by_claim_alone(desk: Desk, guarantee_id: int) -> None:
    found = standing(desk, guarantee_id)
    if found is not None and found.state is not ClaimState.PAYING:
        raise PayByClaim(number=found.number)


def _paid(desk: Desk, guarantee: Guarantee) -> None:
    claims = _of(desk, CompensationClaim.guarantee_id == guarantee.id)
    claim = next(iter(claims), None)
    if claim is not None:
        desk.follow(Act.COMPENSATE, claim)
        claim.over_on = desk.today
        tell(desk, Act.COMPENSATE, claim, "", bank=claim.bank_id)
    known = select(CompensationPart.entry_id)
    booked = (GuaranteeEntry.guarantee_id == guarantee.id, GuaranteeEntry.kind == EntryKind.COMPENSATED)
    for entry in desk.session.scalars(select(GuaranteeEntry).where(*booked, GuaranteeEntry.id.not_in(known))):
        _part(desk, guarantee, entry, claim)
        review.open_for(desk, entry.id)
    desk.session.flush()


def _part(desk: Desk, guarantee: Guarantee, entry: GuaranteeEntry, claim: CompensationClaim | None) -> None:
    """Who bears which part of one payment, to the fen, by the shares sealed at the letter's issue."""
    agreed = terms.of(desk, guarantee)
    shares = agreed.of_payment
    for party, amount in sharing.split(entry.amount, shares).items():
        if amount > Fen(0):
            desk.add(
                CompensationPart(
                    entry_id=entry.id, claim_id=claim.id if claim else None, guarantee_id=guarantee.id, case_id=guarantee.case_id,
                    firm_id=guarantee.firm_id, bank_id=guarantee.bank_id, agreement_id=agreed.agreement.id if agreed.agreement else None,
                    party=party, name=agreed.agreement.other_name if agreed.agreement and party is Party.OTHER else "",
                    share=shares[party], amount=amount, since=entry.on,
                    state=PartState.BORNE if party is Party.GUARANTOR else PartState.OWED,
                )
            )  # fmt: skip


def _of(desk: Desk, *where: ColumnElement[bool]) -> list[CompensationClaim]:
    desk.session.flush()
    query = select(CompensationClaim).where(*where, CompensationClaim.state == ClaimState.PAYING)
    return list(desk.session.scalars(query))


desks.CONSEQUENCES.append(follow)
