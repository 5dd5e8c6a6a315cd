"""The figures of the fund on a day (参数), as the rules take them."""

from __future__ import annotations

from datetime import date

from financing.bridge.rules import Borrower, Fees
from financing.money import Fen, Rate
from financing.parameters import figure

CAPS = {
    Borrower.FIRM: "bridge_firm_cap_fen",
    Borrower.REPRESENTATIVE: "bridge_representative_cap_fen",
    Borrower.SOLE_TRADER: "bridge_trader_cap_fen",
}
#: Days past due on which somebody is told, and on which of them the money is called back and the bank suspended.
ALERTS = ("bridge_alert_first_days", "bridge_alert_second_days", "bridge_recall_days", "bridge_alarm_days")


def cap(borrower: Borrower, day: date) -> Fen:
    """The most a borrower of this kind may use at once."""
    return Fen(figure(CAPS[borrower], day).value)


def share(day: date) -> Rate:
    """The part of what the bank promised that the fund may bring."""
    return Rate(figure("bridge_renewal_ppm", day).value)


def two_bound(day: date) -> Fen:
    """Up to this amount two people sign, above it three."""
    return Fen(figure("bridge_two_amount_fen", day).value)


def fees(day: date) -> Fees:
    """The tiers of the fee."""
    return Fees(
        figure("bridge_fee_first_days", day).value,
        Rate(figure("bridge_fee_first_ppm", day).value),
        Rate(figure("bridge_fee_later_ppm", day).value),
        counts_out=bool(figure("bridge_counts_out", day).value),
        counts_return=bool(figure("bridge_counts_return", day).value),
    )


def levels(day: date) -> tuple[int, ...]:
    """Days past due on which an alert goes out, in order."""
    return tuple(sorted({figure(key, day).value for key in ALERTS}))


def days(key: str, day: date) -> int:
    return figure(key, day).value
