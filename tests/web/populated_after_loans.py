"""A loan with each bank of the populated zone, an extension that waits for the guarantor, a class that waits for somebody else."""

from __future__ import annotations

from typing import Any

from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document
from financing.loans.change_model import ClassChange, LoanChange
from financing.loans.change_rules import Kind, LoanChangeState
from financing.loans.model import Loan, LoanRepayment
from financing.loans.reversal_model import RepaymentReversal
from financing.loans.rules import FiveClass, Source
from financing.money import Fen, Rate
from financing.offers.model import Offer
from scoring.repayment import DayCount, due
from tests.makers import NOW, TODAY, writing


def lent(zone: Any) -> dict[tuple[str, str], int]:
    """Things by kind and owner, on the offers that are there."""
    found: dict[tuple[str, str], int] = {}
    for whose in ("ours", "others"):
        with writing(zone.database) as session:
            offer = session.get_one(Offer, zone.things["offer", whose])
            loan = Loan(
                offer_id=offer.id, need_id=offer.need_id, firm_id=offer.firm_id, bank_id=offer.bank_id, contract=f"JK-{whose}",
                amount=offer.amount, offered=offer.amount, line=None, asked=offer.amount, rate=offer.rate, offered_rate=offer.rate,
                starts=TODAY, matures=due(TODAY, 12), repayment=offer.repayment, days=DayCount.ACTUAL_360, interest_day=None, every=1,
                surcharge=Rate(500_000), steps=[], recorded_at=NOW, recorded_by=1, recorder="沈经理",
            )  # fmt: skip
            session.add(loan)
            session.flush()
            owner = {"loan_id": loan.id, "firm_id": loan.firm_id, "bank_id": loan.bank_id}
            change = LoanChange(
                **owner, kind=Kind.EXTENSION, on=TODAY, rate=None, until=due(TODAY, 15), was_until=loan.matures, why="回款延后", recorded_at=NOW,
                recorded_by=1, recorder="沈经理", state=LoanChangeState.ASKED,
            )  # fmt: skip
            put = ClassChange(
                **owner,
                before=FiveClass.NORMAL,
                to=FiveClass.ATTENTION,
                reason="停产一周",
                proposed_at=NOW,
                proposed_by=1,
                proposer="周经办",
            )
            session.add_all((change, put))
            session.flush()
            found["repayment", whose] = _mistyped(session, owner)
            found |= {("loan", whose): loan.id, ("loanchange", whose): change.id, ("loanclass", whose): put.id}
    return found


def _mistyped(session: Any, owner: dict[str, int]) -> int:
    """A repayment that the bank asks to take back."""
    slip = Document(
        kind=DocumentKind.PROOF, name="更正.pdf", media="application/pdf", size=1, sha256="0" * 64, stored="0" * 64, added_at=NOW,
        added_by=1, subject_id=owner["loan_id"], firm_id=owner["firm_id"],
    )  # fmt: skip
    paid = LoanRepayment(
        **owner, on=TODAY, principal=Fen(1), interest=Fen(0), penalty=Fen(0), repaid=Fen(0), drawn=Fen(1), reference="HK-1",
        source=Source.TYPED, by=1, by_name="沈经理", at=NOW,
    )  # fmt: skip
    session.add_all((slip, paid))
    session.flush()
    asked = RepaymentReversal(
        **owner,
        repayment_id=paid.id,
        why="金额多写一个零",
        document_id=slip.id,
        asked_at=NOW,
        asked_by=1,
        asker="沈经理",
    )
    session.add(asked)
    session.flush()
    return paid.id
