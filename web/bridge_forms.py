"""Forms of the bridge fund: each stands on the page of its use or its pool, so each has a tag of its own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from financing.bridge.promises import Terms
from financing.bridge.rules import OF_POOL, Borrower, Cause, LoanUse
from financing.bridge.uses import Asked
from web.fields import Among, CreditCode, Day, Percent, Text, Upload, Wan, Whole, Yuan
from web.forms import Form

Reason = Annotated[str, Text(500, lines=True)]


class ApplyForm(Form):
    """What a firm asks for; an officer types the firm's code too."""

    code: CreditCode | None = None
    loan: Annotated[int, Whole(1, 10**16, "")] | None = None
    lender: Annotated[int, Whole(1, 10**16, "")]
    contract: Annotated[str, Text(60)]
    loan_use: LoanUse
    borrower: Borrower
    borrower_name: Annotated[str, Text(60)]
    owed: Wan
    matures: Day
    asked: Wan
    reason: Reason
    late_reason: Reason = ""
    bridge_proof: Upload | None = None

    def said(self) -> Asked:
        return Asked(
            self.lender, self.contract, self.loan_use, self.borrower, self.borrower_name, self.owed, self.matures, self.asked,
            self.reason, self.late_reason, self.loan,
        )  # fmt: skip


class AskForm(Form):
    """Which bank is asked to renew without repaying principal."""

    tag: ClassVar[str] = "ask-"
    lender: Annotated[int, Whole(1, 10**16, "")]


class PromiseForm(Form):
    tag: ClassVar[str] = "promise-"
    promised: Wan
    new_rate: Percent
    new_months: Annotated[int, Whole(1, 36, "个月")]
    planned_on: Day
    repay_account: Annotated[str, Text(60)]
    account_name: Annotated[str, Text(100)]

    def terms(self) -> Terms:
        return Terms(
            self.promised, self.new_rate, self.new_months, self.planned_on, self.repay_account, self.account_name
        )


class WithdrawForm(Form):
    tag: ClassVar[str] = "withdraw-"
    reason: Reason


class RefuseForm(WithdrawForm):
    tag: ClassVar[str] = "refuse-"


class TakeBackForm(WithdrawForm):
    tag: ClassVar[str] = "back-"


class TurnDownForm(WithdrawForm):
    tag: ClassVar[str] = "down-"


class LiftForm(WithdrawForm):
    tag: ClassVar[str] = "lift-"


class DepositForm(Form):
    tag: ClassVar[str] = "deposit-"
    own_part: Wan
    on: Day
    bridge_proof: Upload


class ReleaseForm(Form):
    tag: ClassVar[str] = "release-"
    on: Day
    bridge_proof: Upload


class RenewedForm(Form):
    tag: ClassVar[str] = "renewed-"
    renewed: Wan
    new_rate: Percent
    paid_on: Day


class ReturnForm(Form):
    tag: ClassVar[str] = "return-"
    amount: Yuan
    on: Day
    reason: Reason
    bridge_proof: Upload


class FeeForm(ReturnForm):
    tag: ClassVar[str] = "fee-"


class LossForm(ReturnForm):
    tag: ClassVar[str] = "loss-"


class RecoveryForm(ReturnForm):
    tag: ClassVar[str] = "recovery-"


class PoolForm(Form):
    pool_name: Annotated[str, Text(60)]
    custodian: Annotated[str, Text(100)]
    custody_account: Annotated[str, Text(60)]


class MoveForm(Form):
    tag: ClassVar[str] = "move-"
    movement: Annotated[Cause, Among(OF_POOL)]
    amount: Wan
    on: Day
    reason: Reason
    bridge_proof: Upload


class PresetForm(Form):
    since: Day
    reason: Reason
