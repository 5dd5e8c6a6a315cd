"""How a fact that a score misses can be supplied (补齐办法). No database here."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

from financing.parties.rules import FROM_INVOICES, FROM_STATEMENTS
from scoring.facts import FACTS, Source


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


def supply(fact: str) -> Supply:
    """The way a fact gets here."""
    if fact == "invoice_gap":
        return Supply.BOTH
    if fact in FROM_STATEMENTS:
        return Supply.STATEMENTS
    if fact in FROM_INVOICES:
        return Supply.INVOICES
    return {Source.DECLARED: Supply.DECLARED, Source.DOCUMENT: Supply.DOCUMENT, Source.SITE: Supply.SITE}.get(
        FACTS[fact].source, Supply.REGISTRY
    )
