"""Matching (对接): how one need's way to one bank moves, and what a consent covers. No database here."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class MatchState(StrEnum):
    PROPOSED = "proposed"
    CONSENTED = "consented"
    SENT = "sent"
    OFFERED = "offered"
    DECLINED = "declined"
    CHOSEN = "chosen"
    PASSED_OVER = "passed_over"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"


S = MatchState
_ROAD = {
    (S.PROPOSED, Act.GRANT_CONSENT): S.CONSENTED,
    (S.WITHDRAWN, Act.GRANT_CONSENT): S.CONSENTED,
    (S.CONSENTED, Act.GRANT_CONSENT): S.CONSENTED,
    (S.SENT, Act.GRANT_CONSENT): S.SENT,
    (S.OFFERED, Act.GRANT_CONSENT): S.OFFERED,
    (S.CHOSEN, Act.GRANT_CONSENT): S.CHOSEN,
    (S.CONSENTED, Act.SEND_DOSSIER): S.SENT,
    (S.CONSENTED, Act.PASS_ON): S.SENT,
    (S.CONSENTED, Act.WITHDRAW_CONSENT): S.WITHDRAWN,
    (S.SENT, Act.WITHDRAW_CONSENT): S.WITHDRAWN,
    # An answer stands, though the bank can no longer read: its offer binds it, its decline is on record.
    (S.OFFERED, Act.WITHDRAW_CONSENT): S.OFFERED,
    (S.DECLINED, Act.WITHDRAW_CONSENT): S.DECLINED,
    (S.CHOSEN, Act.WITHDRAW_CONSENT): S.CHOSEN,
    (S.PASSED_OVER, Act.WITHDRAW_CONSENT): S.PASSED_OVER,
    (S.SENT, Act.MAKE_OFFER): S.OFFERED,
    (S.OFFERED, Act.MAKE_OFFER): S.OFFERED,  # once the former offer is over
    (S.SENT, Act.DECLINE_NEED): S.DECLINED,
    (S.SENT, Act.SILENT_BANK): S.SILENT,  # its limit is over: it reads no more, and may be asked again
    (S.SILENT, Act.GRANT_CONSENT): S.CONSENTED,
    (S.SILENT, Act.WITHDRAW_CONSENT): S.SILENT,
    (S.PROPOSED, Act.PASS_OVER): S.PASSED_OVER,
    (S.CONSENTED, Act.PASS_OVER): S.PASSED_OVER,
    (S.SENT, Act.PASS_OVER): S.PASSED_OVER,
    (S.OFFERED, Act.PASS_OVER): S.PASSED_OVER,
}

#: A need that is withdrawn ends every way that has not been answered for good.
FLOW = Flow(
    start=S.PROPOSED,
    steps=_ROAD,
    follows={
        (S.DECLINED, Act.REVIEW_CONTEST): S.SENT,  # the bank's own second look overturned its no
        (S.OFFERED, Act.ACCEPT_OFFER): S.CHOSEN,
    }
    | {
        (state, act): S.WITHDRAWN
        for state in frozenset(S) - {S.WITHDRAWN, S.DECLINED}
        for act in (Act.WITHDRAW_NEED, Act.CLOSE_NEED)
    },
)


class Part(StrEnum):
    """A part of the dossier that a firm lets a bank see (scope)."""

    BASIC = "basic"
    STATEMENTS = "statements"
    SCORE = "score"
    GUARANTEE = "guarantee"
    CONTACT = "contact"


class Consented(StrEnum):
    """The purpose a consent was given for."""

    FINANCING = "financing"


class Assigning(StrEnum):
    """How a round assigns its needs to banks; the names of scoring.assign."""

    STABLE = "stable"
    TOTAL = "total"


class Limit(StrEnum):
    """What excludes a bank's product; the codes of scoring.match, and the volume a bank declared."""

    AMOUNT = "amount"
    MONTHS = "months"
    SECTOR = "sector"
    NO_GO = "no_go"
    SIZE = "size"
    GRADE = "grade"
    GUARANTEE = "guarantee"
    PURPOSE = "purpose"
    VALIDITY = "validity"
    VOLUME = "volume"


class Reason(StrEnum):
    """Why a product fits; the codes of scoring.match."""

    SECTOR_SOUGHT = "sector_sought"
    PURPOSE_SOUGHT = "purpose_sought"
    SIZE_SOUGHT = "size_sought"
    GRADE_ABOVE = "grade_above"
    GUARANTEED = "guaranteed"
    RATE_WITHIN_WISH = "rate_within_wish"
    QUICK_ANSWER = "quick_answer"


#: States after which the firm passes the same dossier on to another bank by itself.
REFUSED = (S.DECLINED, S.SILENT, S.WITHDRAWN)
#: States in which a need is on its way to a bank, or has found one.
LIVE = (S.PROPOSED, S.CONSENTED, S.SENT, S.OFFERED, S.CHOSEN)
#: Without these a bank cannot know whom and what it is asked about, so every consent covers them.
ALWAYS = frozenset({Part.BASIC})
#: A consent runs 60 days unless the firm says otherwise, never over twelve months (product default).
CONSENT_DAYS = 60
LONGEST_CONSENT = 365
TEXT_VERSION = "2026-11"


def open_to_bank(scope: Iterable[str], part: Part) -> bool:
    """Whether a consent of this scope lets the bank see the part."""
    return part in ALWAYS or part.value in scope
