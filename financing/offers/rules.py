"""Bank offers (报价) and coded declines: what an offer costs in a year, what it may not ask. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from scoring.repayment import Repayment

#: What a bank may offer here; a line drawn at will and a plan of one's own have no fixed cost to compare.
OFFERED = (
    Repayment.EQUAL_INSTALMENTS,
    Repayment.EQUAL_PRINCIPAL,
    Repayment.INTEREST_ONLY,
    Repayment.BULLET,
)


class OfferState(StrEnum):
    MADE = "made"
    ACCEPTED = "accepted"
    NOT_CHOSEN = "not_chosen"


FLOW = Flow(
    start=OfferState.MADE,
    steps={
        (OfferState.MADE, Act.MAKE_OFFER): OfferState.MADE,  # anew, once its validity is over
        (OfferState.MADE, Act.ACCEPT_OFFER): OfferState.ACCEPTED,
        (OfferState.MADE, Act.PASS_OVER): OfferState.NOT_CHOSEN,
    },
)


class DeclineCode(StrEnum):
    """Why a bank says no; each has plain words for the firm."""

    SECTOR = "sector"
    AMOUNT = "amount"
    CASH_FLOW = "cash_flow"
    DEBT = "debt"
    HISTORY = "history"
    PAPERS = "papers"
    VOLUME = "volume"
    OTHER = "other"
