"""What may change about a loan, and who has to agree (展期、利率调整、分类调整、到期安排). No database."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from scoring.repayment import due


class Kind(StrEnum):
    RATE = "rate"
    EXTENSION = "extension"


class LoanChangeState(StrEnum):
    """Where a change stands with the guarantor; between bank and firm it holds as recorded."""

    RECORDED = "recorded"  # nobody else has to agree
    ASKED = "asked"
    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"


class ClassState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"


class BackState(StrEnum):
    """Where the taking back of a repayment stands."""

    ASKED = "asked"
    TAKEN_BACK = "taken_back"
    KEPT = "kept"


class Choice(StrEnum):
    """What the firm wants to do when its loan matures."""

    REPAY = "repay"  # 到期还清
    WITHOUT_PRINCIPAL = "without_principal"  # 无还本续贷
    BRIDGE = "bridge"  # 应急转贷
    TALK = "talk"  # 想先商量


S = LoanChangeState
CHANGE_FLOW = Flow(
    start=S.RECORDED,
    steps={
        (S.ASKED, Act.PROPOSE_LOAN_CONSENT): S.PROPOSED,
        (S.PROPOSED, Act.AGREE_LOAN_EXTENSION): S.AGREED,
        (S.PROPOSED, Act.REFUSE_LOAN_EXTENSION): S.REFUSED,
        (S.ASKED, Act.REFUSE_LOAN_EXTENSION): S.REFUSED,
    },
)
CLASS_FLOW = Flow(
    start=ClassState.PROPOSED,
    steps={
        (ClassState.PROPOSED, Act.CONFIRM_LOAN_CLASS): ClassState.CONFIRMED,
        (ClassState.PROPOSED, Act.TURN_DOWN_LOAN_CLASS): ClassState.TURNED_DOWN,
    },
)

BACK_FLOW = Flow(
    start=BackState.ASKED,
    steps={
        (BackState.ASKED, Act.TAKE_REPAYMENT_BACK): BackState.TAKEN_BACK,
        (BackState.ASKED, Act.KEEP_REPAYMENT): BackState.KEPT,
    },
)


def longest_extension(starts: date, matures: date, medium: int, long: int) -> date:
    """The latest day to which a loan may be extended in all (贷款通则第12条).

    Loans of up to a year by as long again; up to five years by `medium` ppm of their months; longer ones by `long` months.
    """
    months = (matures.year - starts.year) * 12 + matures.month - starts.month
    months += due(starts, months) < matures
    if months <= 12:
        return due(matures, months)
    return due(matures, months * medium // 1_000_000 if months <= 60 else long)
