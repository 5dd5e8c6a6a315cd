"""Who gets which part of what was recovered (追偿款分配, F49): by the shares of the payment, to the fen over all recoveries; paid on by two people."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnExpressionArgument, select

from financing import parameters
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.compensation import terms
from financing.compensation.model import CompensationPart
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare, RecoveryStep
from financing.compensation.recovery_rules import ShareState, part, withheld
from financing.compensation.rules import PartState
from financing.db import fen_sum
from financing.desk import Desk
from financing.guarantees import documents
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.sharing import Party
from financing.letter_refusals import EvidenceMissing
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from financing.recovery_refusals import PartNotIn
from financing.refusals import OutOfRange


def order(desk: Desk, share: RecoveryShare, *, on: date, filed: Filed) -> None:
    """Put forward that a part was paid on, with its proof (登记划付). PartNotIn while the party owes its part of the payment."""
    desk.session.refresh(share, with_for_update=True)
    share.flow.after(share.state, Act.ORDER_SHARE)
    if filed.kind is not DocumentKind.PROOF:
        raise EvidenceMissing(paper=DocumentKind.PROOF)
    if not share.since <= on <= desk.today:
        raise OutOfRange(field="on", least=share.since, most=desk.today)
    if (left := _not_in(desk, share)) > Fen(0):
        raise PartNotIn(amount=left)
    document = documents.add(desk, filed, subject_id=share.guarantee_id, firm_id=share.firm_id)
    desk.session.flush()
    share.ordered_on, share.ordered_by, share.orderer = on, desk.actor.id, desk.actor.name
    share.document_id = document.id
    desk.take(Act.ORDER_SHARE, share, party=share.party, amount=share.amount, on=on)


def pay(desk: Desk, share: RecoveryShare) -> None:
    """Another person confirms it (确认划付). SamePerson."""
    _second(desk, share, Act.PAY_SHARE)
    share.paid_on, share.paid_by, share.payer = share.ordered_on, desk.actor.id, desk.actor.name
    desk.take(Act.PAY_SHARE, share, party=share.party, amount=share.amount, on=share.paid_on)


def send_back(desk: Desk, share: RecoveryShare) -> None:
    """The proof does not show it: it is owed again (退回划付). SamePerson."""
    _second(desk, share, Act.RETURN_SHARE)
    desk.take(Act.RETURN_SHARE, share, party=share.party, amount=share.amount, ordered_by=share.ordered_by)
    share.ordered_on = share.ordered_by = share.document_id = None
    share.orderer = ""


def part_all(desk: Desk, guarantee: Guarantee) -> None:
    """Part every recovery of a guarantee that is not parted yet, the earliest first; costs first where the figure says so."""
    desk.session.flush()
    known = select(RecoveryShare.entry_id)
    booked = (GuaranteeEntry.guarantee_id == guarantee.id, GuaranteeEntry.kind == EntryKind.RECOVERED)
    query = select(GuaranteeEntry).where(*booked, GuaranteeEntry.id.not_in(known)).order_by(GuaranteeEntry.at)
    case = desk.session.scalars(
        select(RecoveryCase).where(RecoveryCase.guarantee_id == guarantee.id).order_by(RecoveryCase.opened_at.desc())
    ).first()
    if case is None:
        return
    for entry in desk.session.scalars(query).all():
        _part(desk, guarantee, entry, case)
        desk.session.flush()


def unpaid(desk: Desk, guarantee_id: int) -> Fen:
    """What is owed to others of what was recovered under a guarantee."""
    open_ones = RecoveryShare.state.in_((ShareState.OWED, ShareState.ORDERED))
    return _sum(desk, RecoveryShare.guarantee_id == guarantee_id, open_ones)


def _part(desk: Desk, guarantee: Guarantee, entry: GuaranteeEntry, case: RecoveryCase) -> None:
    agreed, mine = terms.of(desk, guarantee), RecoveryShare.guarantee_id == guarantee.id
    first = bool(parameters.figure("recovery_costs_first", entry.on).value)
    costs = withheld(entry.amount, _costs(desk, guarantee.id), _sum(desk, mine, RecoveryShare.for_costs), first=first)
    shares = agreed.of_payment
    before = _sum(desk, mine, ~RecoveryShare.for_costs)
    rows = [(Party.GUARANTOR, costs, True)]
    rows += [(party, amount, False) for party, amount in part(before, entry.amount - costs, shares).items()]
    other = agreed.agreement.other_name if agreed.agreement else ""
    for party, amount, for_costs in rows:
        if amount > Fen(0):
            desk.add(
                RecoveryShare(
                    entry_id=entry.id, recovery_id=case.id, guarantee_id=guarantee.id, case_id=guarantee.case_id,
                    firm_id=guarantee.firm_id, party=party, name=other if party is Party.OTHER else "",
                    share=Rate(0) if for_costs else shares[party], amount=amount, for_costs=for_costs, since=entry.on,
                    state=ShareState.KEPT if party is Party.GUARANTOR else ShareState.OWED,
                )
            )  # fmt: skip


def _costs(desk: Desk, guarantee_id: int) -> Fen:
    return desk.session.scalar(
        select(fen_sum(RecoveryStep.cost)).where(RecoveryStep.guarantee_id == guarantee_id)
    ) or Fen(0)


def _sum(desk: Desk, *where: ColumnExpressionArgument[bool]) -> Fen:
    return desk.session.scalar(select(fen_sum(RecoveryShare.amount)).where(*where)) or Fen(0)


def _not_in(desk: Desk, share: RecoveryShare) -> Fen:
    """What the party itself still owes of the payments under this guarantee."""
    mine = (CompensationPart.guarantee_id == share.guarantee_id, CompensationPart.party == share.party)
    query = select(fen_sum(CompensationPart.amount)).where(*mine, CompensationPart.state != PartState.RECEIVED)
    return desk.session.scalar(query) or Fen(0)


def _second(desk: Desk, share: RecoveryShare, act: Act) -> None:
    desk.session.refresh(share, with_for_update=True)
    share.flow.after(share.state, act)
    if desk.actor.id == share.ordered_by:
        raise SamePerson
