"""What government policy asks of the guarantor's business (政策指标): each ratio with its bar, and whether it is kept. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.letters.rules import EntryKind
from financing.money import Fen, divide_half_up
from financing.parameters import Figure
from financing.register.rules import Book, Letter, Register, mean_fee, total

MILLION = 1_000_000
#: What ends the guarantor's liability for an amount (解除担保额): repaid, released, or paid for.
EVER = date(1, 1, 1)


class Ratio(StrEnum):
    """The ratios that are watched, in the order in which they are shown."""

    SMALL_ISSUED = "small_issued"  # 支小支农占比，本年新增
    SMALL_OUTSTANDING = "small_outstanding"
    LITTLE_ISSUED = "little_issued"  # 其中单户 500 万元及以下
    LITTLE_OUTSTANDING = "little_outstanding"
    FEE_ISSUED = "fee_issued"
    FEE_OUTSTANDING = "fee_outstanding"
    COMPENSATION_YEAR = "compensation_year"
    COMPENSATION_EVER = "compensation_ever"
    LEVERAGE = "leverage"


class Alarm(StrEnum):
    """How a ratio stands to its bar."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"  # nothing to divide by, or no bar on the day


#: The dated figure that is the bar of each ratio.
BARS = {
    Ratio.SMALL_ISSUED: "small_agri_share_ppm",
    Ratio.SMALL_OUTSTANDING: "small_agri_share_ppm",
    Ratio.LITTLE_ISSUED: "little_share_ppm",
    Ratio.LITTLE_OUTSTANDING: "little_share_ppm",
    Ratio.FEE_ISSUED: "mean_fee_ppm",
    Ratio.FEE_OUTSTANDING: "mean_fee_ppm",
    Ratio.COMPENSATION_YEAR: "compensation_rate_ppm",
    Ratio.COMPENSATION_EVER: "compensation_rate_ppm",
    Ratio.LEVERAGE: "leverage_cap",
}
#: At least the bar; below it; and, of the rest, at most the bar.
AT_LEAST = frozenset({Ratio.SMALL_ISSUED, Ratio.SMALL_OUTSTANDING, Ratio.LITTLE_ISSUED, Ratio.LITTLE_OUTSTANDING})
BELOW = frozenset({Ratio.FEE_ISSUED, Ratio.FEE_OUTSTANDING})


@dataclass(frozen=True, slots=True)
class Watched:
    """One ratio on a day: numerator and denominator as counted, the value in millionths, and the bar in millionths."""

    ratio: Ratio
    value: int | None
    bar: int | None
    source: str
    alarm: Alarm
    sides: tuple[Fen, Fen] | None = None


def alarm(ratio: Ratio, value: int | None, bar: int | None, margin: int) -> Alarm:
    """Red beyond the bar, amber within so many millionths of the bar itself, green otherwise; whole numbers only."""
    if value is None or bar is None:
        return Alarm.NONE
    if ratio in AT_LEAST:
        kept, near = value >= bar, value * MILLION < bar * (MILLION + margin)
    else:
        kept, near = value < bar if ratio in BELOW else value <= bar, value * MILLION > bar * (MILLION - margin)
    if not kept:
        return Alarm.RED
    return Alarm.AMBER if near else Alarm.GREEN


@dataclass(frozen=True, slots=True)
class Bars:
    """What is asked on a day: the figure of each ratio (None: nothing asked yet), the margin of amber and the small bound."""

    figures: dict[Ratio, Figure | None]
    margin: int
    bound: Fen


def watched(book: Book, day: date, net_assets: Fen | None, bars: Bars) -> tuple[Watched, ...]:
    """Every ratio as it stood at the end of a day."""
    year = date(day.year, 1, 1)
    register = book.on(day)
    issued = [(letter, line.amount) for letter, line in book.between([EntryKind.ISSUED], year, day)]
    standing = [(row.letter, row.balance) for row in register.rows]
    sides = {
        **_shares(issued, bars.bound, (Ratio.SMALL_ISSUED, Ratio.LITTLE_ISSUED)),
        **_shares(standing, bars.bound, (Ratio.SMALL_OUTSTANDING, Ratio.LITTLE_OUTSTANDING)),
        Ratio.COMPENSATION_YEAR: _compensation(book, year, day),
        Ratio.COMPENSATION_EVER: _compensation(book, EVER, day),
        Ratio.LEVERAGE: None if net_assets is None else (register.weighted, net_assets),
    }
    fees = {Ratio.FEE_ISSUED: issued, Ratio.FEE_OUTSTANDING: standing}
    values = {ratio: None if both is None else _ppm(*both) for ratio, both in sides.items()} | {
        ratio: fee.ppm if (fee := mean_fee((amount, letter.fee) for letter, amount in of)) else None
        for ratio, of in fees.items()
    }
    return tuple(_watched(ratio, values[ratio], sides.get(ratio), bars) for ratio in Ratio)


def _watched(ratio: Ratio, value: int | None, sides: tuple[Fen, Fen] | None, bars: Bars) -> Watched:
    figure = bars.figures[ratio]
    bar = None if figure is None else figure.value * (MILLION if ratio is Ratio.LEVERAGE else 1)
    return Watched(ratio, value, bar, figure.source if figure else "", alarm(ratio, value, bar, bars.margin), sides)


def _shares(
    amounts: Sequence[tuple[Letter, Fen]], bound: Fen, ratios: tuple[Ratio, Ratio]
) -> dict[Ratio, tuple[Fen, Fen]]:
    """The part for small firms and agriculture of all, and of that part what customers within the bound hold."""
    of_firm: dict[int, Fen] = defaultdict(lambda: Fen(0))
    for letter, amount in amounts:
        of_firm[letter.firm_id] += amount
    inclusive = _sum(amounts, lambda letter: letter.inclusive)
    little = _sum(amounts, lambda letter: letter.inclusive and of_firm[letter.firm_id] <= bound)
    return {ratios[0]: (inclusive, total(amount for _, amount in amounts)), ratios[1]: (little, inclusive)}


def _sum(amounts: Iterable[tuple[Letter, Fen]], wanted: Callable[[Letter], bool]) -> Fen:
    return total(amount for letter, amount in amounts if wanted(letter))


def _compensation(book: Book, first: date, last: date) -> tuple[Fen, Fen]:
    """Compensation paid over what ended in the same time (代偿率)."""
    return book.sum_between([EntryKind.COMPENSATED], first, last), book.ended(first, last)


def _ppm(part: Fen, whole: Fen) -> int | None:
    return divide_half_up(part.fen * MILLION, whole.fen) if whole > Fen(0) else None


def leverage_key(register: Register, balance_ppm: int, customers_ppm: int) -> str:
    """Which leverage cap applies: the higher one only while small firms make up the stated parts of balance and customers."""
    small = [row for row in register.rows if row.letter.small and row.balance]
    customers, of_small = register.customers, len({row.letter.firm_id for row in small})
    enough = MILLION * total(row.balance for row in small).fen >= balance_ppm * register.balance.fen
    return (
        "leverage_cap_small"
        if customers and enough and MILLION * of_small >= customers_ppm * customers
        else "leverage_cap"
    )
