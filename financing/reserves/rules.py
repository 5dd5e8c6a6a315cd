"""What is kept for losses (准备金): how much a year asks for, what losses use up, and when a fee is earned. No database.

Rates are dated figures (融资性担保公司管理暂行办法 第三十一条): half of the year's fee income is kept as unearned and the year before's taken
back; a hundredth of the liability balance is added a year for compensation, until a tenth of it is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate, divide_half_up

NONE = Fen(0)


class PostingState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"


POSTING_FLOW = Flow(
    start=PostingState.PROPOSED,
    steps={
        (PostingState.PROPOSED, Act.CONFIRM_RESERVES): PostingState.CONFIRMED,
        (PostingState.PROPOSED, Act.TURN_DOWN_RESERVES): PostingState.TURNED_DOWN,
    },
)


class Reserve(StrEnum):
    """The three reserves, in the order of line 21 of the monthly return."""

    COMPENSATION = "compensation"  # 担保赔偿准备金
    UNEARNED = "unearned"  # 未到期责任准备金
    GENERAL = "general"  # 一般风险准备金


class Proof(StrEnum):
    """What is held against what."""

    BALANCE = "balance"  # register / what guarantees keep
    UNRECOVERED = "unrecovered"  # lines of the ledger / what guarantees keep
    GROUPS = "groups"  # the sum of all banks / the whole
    POSTING = "posting"  # the confirmed posting / worked out again today
    RETURN = "return"  # the confirmed posting / line 21 of the confirmed return


@dataclass(frozen=True, slots=True)
class Rates:
    """What is kept: of fee income, of the liability balance a year and at most, of the profit after tax."""

    unearned: Rate
    compensation: Rate
    most: Rate
    general: Rate


@dataclass(frozen=True, slots=True)
class Basis:
    """What a year's reserves follow from, from the first of January to the day; `profit` is None where nobody typed it.

    `losses` are the guarantor's own part of what was written off; `fee_typed` says that the fee income is that of the confirmed
    return and not the sum of the letters of the year.
    """

    fee_income: Fen
    fee_typed: bool
    liability: Fen
    losses: Fen
    profit: Fen | None


@dataclass(frozen=True, slots=True)
class Line:
    """One reserve over the year: what there was, what is added, taken back to income and used by losses."""

    reserve: Reserve
    opening: Fen
    added: Fen
    back: Fen
    used: Fen

    @property
    def closing(self) -> Fen:
        return self.opening + self.added - self.back - self.used


def of_year(opening: Mapping[Reserve, Fen], basis: Basis, rates: Rates) -> tuple[Line, ...]:
    """The three reserves at the end of the time, each step rounded once to the fen.

    Losses use up the compensation reserve of the year's beginning, then the general one; the addition comes after them.
    """
    had = {reserve: opening.get(reserve, NONE) for reserve in Reserve}
    first = min(basis.losses, had[Reserve.COMPENSATION])
    second = min(basis.losses - first, had[Reserve.GENERAL])
    added = top_up(had[Reserve.COMPENSATION] - first, basis.liability, rates)
    profit = max(basis.profit or NONE, NONE)
    return (
        Line(Reserve.COMPENSATION, had[Reserve.COMPENSATION], added, NONE, first),
        Line(Reserve.UNEARNED, had[Reserve.UNEARNED], basis.fee_income.at(rates.unearned), had[Reserve.UNEARNED], NONE),
        Line(Reserve.GENERAL, had[Reserve.GENERAL], profit.at(rates.general), NONE, second),
    )


def top_up(there: Fen, liability: Fen, rates: Rates) -> Fen:
    """What is added for compensation: the year's part of the liability balance, never more than is missing to the most (差额提取)."""
    return min(liability.at(rates.compensation), max(NONE, liability.at(rates.most) - there))


def uncovered(lines: tuple[Line, ...], losses: Fen) -> Fen:
    """What no reserve bore of the losses: it falls on the profit of the year."""
    return losses - sum((line.used for line in lines), NONE)


def fee(amount: Fen, rate: Rate, months: int) -> Fen:
    """The fee of the whole term as the fee note states it: amount × yearly rate × months ÷ 12, half up to the fen."""
    return Fen(divide_half_up(amount.fen * rate.ppm * months, 12_000_000))


def earned(whole: Fen, starts: date, matures: date, day: date) -> Fen:
    """What of a fee is earned by the end of a day: by days from the first to the last of the loan, half up to the fen."""
    days = (matures - starts).days
    gone = min(max((day - starts).days + 1, 0), days)
    return Fen(divide_half_up(whole.fen * gone, days)) if days > 0 else whole
