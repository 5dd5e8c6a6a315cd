"""Why the answer is no about loans and repayments."""

from __future__ import annotations

from financing.refusals import Refusal


class LoanOnRecord(Refusal):
    """The accepted offer has its loan contract already; `contract` names it."""

    code = "loan_on_record"
    status = 409


class ContractTaken(Refusal):
    """Another loan of this bank bears the same `contract` number."""

    code = "contract_taken"
    status = 409


class ContractMissing(Refusal):
    """Typed by an officer without the contract as a document."""

    code = "contract_missing"


class StepsDiffer(Refusal):
    """An agreed plan that does not fit: `why` is sum (it comes to `sum`, not to the amount), day or line (`given`)."""

    code = "steps_differ"


class MoreThanOwed(Refusal):
    """Principal repaid beyond what is owed; `most` is left."""

    code = "more_than_owed"


class RepaymentDiffers(Refusal):
    """The same `reference` of the bank is on record with another day or other amounts (`on`, `amount`)."""

    code = "repayment_differs"
    status = 409


class NothingRepaid(Refusal):
    """A repayment without principal, interest and penalty."""

    code = "nothing_repaid"


class PlanDoesNotFit(Refusal):
    """What was recorded makes no repayment plan; `why` is the fault."""

    code = "plan_does_not_fit"


class ExtensionTooLong(Refusal):
    """An extension beyond the `most` that is allowed in all, or not later than now (`least`)."""

    code = "extension_too_long"


class ClassOpen(Refusal):
    """A change of class waits for its confirmation already."""

    code = "class_open"
    status = 409


class ClassTooGood(Refusal):
    """A class better than the days past due allow; `least` is that of the days."""

    code = "class_too_good"


class ChangeWaits(Refusal):
    """An extension waits for the guarantor already."""

    code = "change_waits"
    status = 409


class TakenBack(Refusal):
    """The repayment `reference` was taken back, or somebody has asked for it: `state`."""

    code = "taken_back"
    status = 409
