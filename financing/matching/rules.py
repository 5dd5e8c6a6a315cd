"""Matching (对接): how one need's way to one bank moves, and what a consent covers. No database here."""

from __future__ import annotations

from datetime import timedelta
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


S = MatchState
FLOW = Flow(
    start=S.PROPOSED,
    steps={
        (S.PROPOSED, Act.GRANT_CONSENT): S.CONSENTED,
        (S.WITHDRAWN, Act.GRANT_CONSENT): S.CONSENTED,
        (S.CONSENTED, Act.SEND_DOSSIER): S.SENT,
        (S.CONSENTED, Act.WITHDRAW_CONSENT): S.WITHDRAWN,
        (S.SENT, Act.WITHDRAW_CONSENT): S.WITHDRAWN,
        (S.OFFERED, Act.WITHDRAW_CONSENT): S.WITHDRAWN,
        (S.SENT, Act.MAKE_OFFER): S.OFFERED,
        (S.SENT, Act.DECLINE_NEED): S.DECLINED,
        (S.OFFERED, Act.DECLINE_NEED): S.DECLINED,
        (S.OFFERED, Act.ACCEPT_OFFER): S.CHOSEN,
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


#: A consent runs 60 days unless the firm says less, never over twelve months (product default, SECURITY of the consent row).
CONSENT_DAYS = timedelta(days=60)
TEXT_VERSION = "2026-01"
