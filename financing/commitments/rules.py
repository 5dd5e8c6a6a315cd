"""What comes of an intent (履约): contract, money, or nothing; and how many a bank kept by each mark. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from financing.money import Fen


class Stage(StrEnum):
    """One report of a bank on what it intended."""

    PENDING = "pending"
    CONTRACT = "contract"
    PAID = "paid"
    DROPPED = "dropped"


class Standing(StrEnum):
    """Where an intent stands by all reports on it."""

    INTENDED = "intended"
    CONTRACTED = "contracted"
    PAYING = "paying"
    KEPT = "kept"
    DROPPED = "dropped"


#: Nothing more comes of these.
OVER = (Standing.KEPT, Standing.DROPPED)


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it counts: its stage, the day it speaks of, and the sum where there is one."""

    stage: Stage
    on: date
    amount: Fen | None = None


def with_payouts(reports: Sequence[Report], payouts: Sequence[Report], lent: Fen) -> tuple[Report, ...]:
    """The reports on an intent with the pay-outs of its loan: what was paid is read from there alone, never added to what was typed.

    Where money went out there is a contract: if nobody reported it, it counts from the first pay-out's day at the sum `lent`. Nor was the
    intent dropped.
    """
    if not payouts:
        return tuple(reports)
    typed = [one for one in reports if one.stage not in {Stage.PAID, Stage.DROPPED}]
    if all(one.stage is not Stage.CONTRACT for one in typed):
        typed.append(Report(Stage.CONTRACT, min(one.on for one in payouts), lent))
    return (*typed, *payouts)


@dataclass(frozen=True, slots=True)
class Course:
    """One intent from the day of its session on."""

    day: date
    amount: Fen
    reports: tuple[Report, ...] = ()

    @property
    def contract(self) -> Report | None:
        return next((one for one in self.reports if one.stage is Stage.CONTRACT), None)

    @property
    def contracted(self) -> Fen:
        """What the contract says, nothing before there is one."""
        return (self.contract.amount or Fen(0)) if self.contract else Fen(0)

    @property
    def paid(self) -> Fen:
        """All money reported: what no report names was not paid out."""
        return sum((one.amount or Fen(0) for one in self.reports if one.stage is Stage.PAID), Fen(0))

    @property
    def standing(self) -> Standing:
        if any(one.stage is Stage.DROPPED for one in self.reports):
            return Standing.DROPPED
        if self.contract is None:
            return Standing.INTENDED
        if not self.paid:
            return Standing.CONTRACTED
        return Standing.KEPT if self.paid >= self.contracted else Standing.PAYING

    def first(self, stage: Stage) -> date | None:
        """The first day of a stage."""
        return min((one.on for one in self.reports if one.stage is stage), default=None)


@dataclass(frozen=True, slots=True)
class Mark:
    """What had come, so many days after their sessions, of the intents that are that old."""

    days: int
    due: int
    contracts: int
    paid: int


@dataclass(frozen=True, slots=True)
class Kept:
    """All intents of one bank: counts and sums to date, and the same at each mark (履约率 with its denominators)."""

    intents: int
    amount: Fen
    contracts: int
    contracted: Fen
    with_money: int
    paid: Fen
    dropped: int
    marks: tuple[Mark, ...]


def kept(courses: Sequence[Course], today: date, marks: Iterable[int]) -> Kept:
    """The figures of one bank's intents, from the reports alone."""
    return Kept(
        intents=len(courses),
        amount=sum((one.amount for one in courses), Fen(0)),
        contracts=sum(one.contract is not None for one in courses),
        contracted=sum((one.contracted for one in courses), Fen(0)),
        with_money=sum(bool(one.paid) for one in courses),
        paid=sum((one.paid for one in courses), Fen(0)),
        dropped=sum(one.standing is Standing.DROPPED for one in courses),
        marks=tuple(_mark(courses, today, days) for days in marks),
    )


def _mark(courses: Sequence[Course], today: date, days: int) -> Mark:
    """An intent counts at a mark from the day after which nothing that happened before it can still be missing."""
    after = timedelta(days=days)
    old = [one for one in courses if one.day + after <= today]

    def by_then(stage: Stage) -> int:
        return sum((first := one.first(stage)) is not None and first <= one.day + after for one in old)

    return Mark(days, len(old), by_then(Stage.CONTRACT), by_then(Stage.PAID))
