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


class ReversalState(StrEnum):
    """Where the taking back of a wrong report stands (撤回填报)."""

    ASKED = "asked"
    CONFIRMED = "confirmed"


REVERSAL = Flow(start=ReversalState.ASKED, steps={(ReversalState.ASKED, Act.CONFIRM_REVERSAL): ReversalState.CONFIRMED})


class RateBase(StrEnum):
    """What a rate rests on: a figure of its own, or the loan prime rate (LPR) of the day with points added."""

    FIXED = "fixed"
    LPR_1Y = "lpr_1y"
    LPR_5Y = "lpr_5y"


class Charge(StrEnum):
    """What a loan may cost beside interest and the guarantee fee, in the order of the cost list (贷款明白纸)."""

    VALUATION = "valuation"
    REGISTRATION = "registration"
    NOTARY = "notary"
    INSURANCE = "insurance"
    LEGAL = "legal"
    BRIDGE = "bridge"
    ACCOUNT = "account"
    COMMITMENT = "commitment"
    MANAGEMENT = "management"
    DILIGENCE = "diligence"
    OTHER = "other"


class Bearer(StrEnum):
    """Who bears a charge."""

    FIRM = "firm"
    BANK = "bank"
    PARK = "park"


class Every(StrEnum):
    """When a charge is paid: once when the money comes, every month, at the start of every year, once at the end."""

    START = "start"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    END = "end"


class Ground(StrEnum):
    """What a decline rests on: a field or a paper of the dossier, or the bank itself."""

    AMOUNT = "amount"
    MONTHS = "months"
    USE = "use"
    INDUSTRY = "industry"
    SCORE = "score"
    GUARANTEE = "guarantee"
    RATIO = "ratio"
    PAPER = "paper"
    OPEN = "open"
    OWN = "own"


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
