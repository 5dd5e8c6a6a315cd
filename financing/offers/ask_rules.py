"""What a bank may ask a firm for (补充事项): the coded list, how an ask moves, and when what is on file is too old. No database here."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.papers.rules import PaperKind


class Item(StrEnum):
    """The papers and figures a bank may ask for; a paper's code is its kind in the vault."""

    LICENCE = "licence"
    STATEMENTS = "statements"
    INVOICES = "invoices"
    TAX = "tax"
    ORDERS = "orders"
    AUDIT = "audit"
    FLOW = "flow"
    PREMISES = "premises"
    ARTICLES = "articles"
    RESOLUTION = "resolution"
    DEBT = "debt"
    GUARANTEED = "guaranteed"
    ORDERS_WORTH = "orders_worth"
    STAFF = "staff"
    POWER = "power"

    @property
    def paper(self) -> PaperKind | None:
        """The kind of paper that answers it; None for a figure."""
        return PaperKind(self.value) if self.value in set(PaperKind) else None

    @property
    def money(self) -> bool:
        """Whether its figure is an amount, kept in fen."""
        return self in MONEY


#: Figures in fen; the others are counted in people and in kWh.
MONEY = frozenset({Item.DEBT, Item.GUARANTEED, Item.ORDERS_WORTH})
FIGURES = tuple(item for item in Item if item.paper is None)
#: What describes a state of things that soon passes; all else on file stays good until the firm replaces it.
AGEING = frozenset({Item.STATEMENTS, Item.INVOICES, Item.TAX, Item.FLOW, *FIGURES})


class AskState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    DROPPED = "dropped"
    ENDED = "ended"


#: What ends every question of a bank on a need: its answer, the firm's choice, the loss of leave to read.
ENDING = (
    Act.MAKE_OFFER, Act.DECLINE_NEED, Act.PASS_OVER, Act.SILENT_BANK, Act.WITHDRAW_CONSENT, Act.WITHDRAW_NEED, Act.CLOSE_NEED,
)  # fmt: skip
S = AskState
FLOW = Flow(
    start=S.OPEN,
    steps={
        (S.OPEN, Act.ANSWER_ITEM): S.ANSWERED,
        (S.OPEN, Act.DROP_ITEM): S.DROPPED,
        (S.OPEN, Act.LAPSE_ITEM): S.LAPSED,
    },
    follows={(S.OPEN, act): S.ENDED for act in ENDING},
)


def fresh(item: Item, on: date, today: date, days: int) -> bool:
    """Whether what is on file since `on` still answers the item; `days` is how long an ageing one does."""
    return item not in AGEING or on + timedelta(days=days) >= today


def due(due_on: date, since: date | None, today: date) -> date:
    """A bank's last day as it stands: while the firm owes it something since a day, it moves on with the days."""
    return due_on + (today - since) if since else due_on
