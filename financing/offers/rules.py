"""Bank offers (报价) and coded declines: what an offer costs in a year, what it may not ask. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


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


class Repayment(StrEnum):
    """How the loan is paid back (还款方式)."""

    EQUAL_INSTALMENTS = "EPI"  # 等额本息
    EQUAL_PRINCIPAL = "EP"  # 等额本金
    INTEREST_ONLY = "IO"  # 先息后本
    BULLET = "BUL"  # 到期一次还本付息


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
