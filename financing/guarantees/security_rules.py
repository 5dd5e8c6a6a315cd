"""Counter-guarantees (反担保): what there is, how one goes, and how much of it a grade may be asked for. No database here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate


class SecurityKind(StrEnum):
    """What stands behind a firm's promise to pay the guarantor back; the order is that of the published table."""

    LIABILITY = "liability"  # personal joint liability of controller and spouse (连带责任保证)
    EQUITY = "equity"
    EQUIPMENT = "equipment"
    RECEIVABLES = "receivables"
    INTELLECTUAL = "intellectual"
    ORDERS = "orders"  # orders or export tax refund
    RENT = "rent"  # the park's priority over rent or land use
    NOTHING = "nothing"  # waived as a whole


#: Kinds that take effect, or hold against others, only by registration.
REGISTRABLE = frozenset(
    {SecurityKind.EQUITY, SecurityKind.EQUIPMENT, SecurityKind.RECEIVABLES, SecurityKind.INTELLECTUAL}
)
#: Kinds without a value of their own: a promise, not a thing.
UNVALUED = frozenset({SecurityKind.LIABILITY, SecurityKind.NOTHING})


class SecurityState(StrEnum):
    ASKED = "asked"
    GIVEN = "given"
    REGISTERED = "registered"
    RELEASED = "released"
    WAIVED = "waived"


S = SecurityState
SECURITY_FLOW = Flow(
    start=S.ASKED,
    steps={
        (S.ASKED, Act.WAIVE_SECURITY): S.WAIVED,
        (S.ASKED, Act.GIVE_SECURITY): S.GIVEN,
        (S.ASKED, Act.RELEASE_SECURITY): S.RELEASED,
        (S.GIVEN, Act.REGISTER_SECURITY): S.REGISTERED,
        (S.GIVEN, Act.RELEASE_SECURITY): S.RELEASED,
        (S.REGISTERED, Act.RELEASE_SECURITY): S.RELEASED,
    },
)
#: What still binds the firm, or shall.
LIVE = frozenset({S.ASKED, S.GIVEN, S.REGISTERED})


@dataclass(frozen=True, slots=True)
class SecurityCap:
    """The most that a grade may be asked for: these kinds, and things worth at most this share of the amount guaranteed."""

    grade: str
    kinds: tuple[SecurityKind, ...]
    share: Rate

    def most(self, amount: Fen) -> Fen:
        return amount.at(self.share)

    def allows(self, kind: SecurityKind, value: Fen, others: Collection[Fen], amount: Fen) -> bool:
        """Whether one more of this kind and value may be asked beside what is asked already."""
        whole = sum(others, value)
        return kind in self.kinds and (kind in UNVALUED or whole <= self.most(amount))
