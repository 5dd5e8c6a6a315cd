"""How a fact that a score misses can be supplied (补齐办法), and how a scorecard is adopted (评分表采纳). No database here."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.parameters import figure
from financing.parties.rules import FROM_INVOICES, FROM_STATEMENTS
from scoring.facts import Fact, Source


class Supply(StrEnum):
    """Who can supply a fact, and how."""

    STATEMENTS = "statements"  # hand in statements of two years
    INVOICES = "invoices"  # hand in invoices
    BOTH = "both"  # needs statements and invoices of the same year
    DECLARED = "declared"  # the firm fills it in
    DOCUMENT = "document"  # hand in the proof, an officer records it
    REGISTRY = "registry"  # an officer looks it up
    SITE = "site"  # an officer sees for himself


def months_after(start: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def supply(fact: Fact) -> Supply:
    """The way a fact gets here."""
    if fact.name == "invoice_gap":
        return Supply.BOTH
    if fact.name in FROM_STATEMENTS:
        return Supply.STATEMENTS
    if fact.name in FROM_INVOICES:
        return Supply.INVOICES
    return {Source.DECLARED: Supply.DECLARED, Source.DOCUMENT: Supply.DOCUMENT, Source.SITE: Supply.SITE}.get(
        fact.source, Supply.REGISTRY
    )


class CardName(StrEnum):
    """The cards that a need may be scored by."""

    CREDIT = "credit"  # with statements
    INVOICES = "invoices"  # with invoices alone


class CardState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    RECALLED = "recalled"  # one person wants it back before its day; without a second one it takes effect all the same
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


C = CardState
#: From its day on, a card in one of these states counts.
COUNTING = (C.ADOPTED, C.RECALLED)
CARD_FLOW = Flow(
    start=C.DRAFT,
    steps={
        (C.DRAFT, Act.PROPOSE_CARD): C.PROPOSED,
        (C.DRAFT, Act.DROP_CARD): C.DROPPED,
        (C.PROPOSED, Act.ADOPT_CARD): C.ADOPTED,
        (C.PROPOSED, Act.DROP_CARD): C.DROPPED,
        (C.ADOPTED, Act.RECALL_CARD): C.RECALLED,
        (C.RECALLED, Act.WITHDRAW_CARD): C.WITHDRAWN,
    },
)


def carried(in_favour: int, cast: int, on: date) -> bool:
    """Whether the committee's votes adopt a card: enough of them cast, and the majority of those that guarantees need too."""
    part, whole = (figure(f"majority_{side}", on).value for side in ("part", "whole"))
    return cast >= figure("card_votes", on).value and in_favour * whole >= cast * part
