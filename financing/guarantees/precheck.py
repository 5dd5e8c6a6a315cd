"""The instant pre-check (快速预检): a stranger's few answers against the gates and both cards; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from financing.guarantees.caps import SMALL
from financing.guarantees.rules import Hurdle
from financing.money import Fen
from financing.parameters import figure
from financing.refusals import Contradiction
from scoring.card import Card, Veto, card
from scoring.links import BONDS
from scoring.precheck import Answer, Interval, Within, interval
from scoring.sizes import Size, size

CARDS = ("invoices", "credit")
YEARS = 3
ROUNDING = Decimal("0.000001")


class Verdict(StrEnum):
    """The answer at one gate."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class RedLines(StrEnum):
    """What the firm says of the red lines as a whole."""

    NONE = "none"
    SOME = "some"


class DebtBand(StrEnum):
    """The debt ratio, roughly."""

    TO_50 = "to_50"
    TO_60 = "to_60"
    TO_70 = "to_70"
    TO_80 = "to_80"
    OVER_80 = "over_80"


class TaxGrade(StrEnum):
    """The tax credit grade."""

    A = "A"
    B = "B"
    M = "M"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class Told:
    """What the stranger tells; None is not known."""

    industry: str | None = None
    employees: int | None = None
    sales: Fen | None = None
    active_months: int | None = None
    debt: DebtBand | None = None
    red_lines: RedLines | None = None
    years: int | None = None
    average: Fen | None = None
    typical: Fen | None = None
    longest_gap: int | None = None
    customers: int | None = None
    top_share: Decimal | None = None
    tax_grade: TaxGrade | None = None
    amount: Fen | None = None

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The facts of the cards as far as they are told."""
        return {
            "annual_sales": None if self.sales is None else self.sales.fen,
            "average_sales": self._average,
            "typical_month": None if self.typical is None else self.typical.fen,
            "effective_customers": self._effective,
            "active_months": self.active_months,
            "debt_ratio": None if self.debt is None else _bounds(self.debt),
            "years_in_business": self.years,
            "longest_gap": self.longest_gap,
            "customers": self.customers,
            "top_customer_share": self.top_share,
            "tax_grade": None if self.tax_grade is None else self.tax_grade.value,
        }

    @property
    def _average(self) -> Answer:
        """A third of three years' sales; of twelve months alone only that it is a third of them at least."""
        if self.average is not None:
            return self.average.fen
        return None if self.sales is None else Within(Decimal(self.sales.fen // YEARS - 1), None)

    @property
    def _effective(self) -> Answer:
        """The inverse of the sum of squared shares lies between the inverse of the largest and that of its square."""
        if not self.top_share:
            return None
        least, most = 100 / self.top_share, (100 / self.top_share) ** 2
        return Within(least - ROUNDING, most + ROUNDING)


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: the answer, what was told, what is asked, and the rule it rests on."""

    key: Hurdle
    verdict: Verdict
    found: str | int | Fen | None
    asked: int | Fen | None
    source: str

    @property
    def unasked(self) -> bool:
        """No amount was told, so there is nothing to compare with the cap."""
        return self.key is Hurdle.PRODUCT_CAP and self.found is None


@dataclass(frozen=True, slots=True)
class Road:
    """One of the two cards: the interval of the score and the ceiling of the guarantee, at worst and at best."""

    interval: Interval
    least: Fen
    most: Fen


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a pre-check: gates in the order people read them, and the two roads."""

    gates: tuple[Gate, ...]
    roads: tuple[Road, ...]

    @property
    def hit(self) -> tuple[Veto, ...]:
        """The red lines that are crossed by what was told, once each."""
        return tuple({veto.key: veto for road in self.roads for veto in road.interval.hit}.values())

    @property
    def verdict(self) -> Verdict:
        """No where one gate says no, yes where all that can be told beforehand say yes, else open."""
        told = {gate.verdict for gate in self.gates if gate.key not in LATER and not gate.unasked}
        return Verdict.NO if Verdict.NO in told else Verdict.OPEN if Verdict.OPEN in told else Verdict.YES


LATER = (Hurdle.CONFIRMED, Hurdle.PURPOSE, Hurdle.CHECKED)
"""Gates that nobody can answer before the firm is registered."""


def check(told: Told, on: date, cards: Sequence[Card] = ()) -> Found:
    """Every gate and both intervals by the rules of a day; Contradiction where two answers cannot both be true.

    `cards` are those in force, in the order of `CARDS`; those shipped where none are given.
    """
    _agree(told)
    roads = tuple(_road(rules, told, on) for rules in cards or [card(name, on) for name in CARDS])
    return Found((*_firm(told, on), *_red_lines(told, roads), *_score(roads), *_amount(told, roads, on)), roads)


def _agree(told: Told) -> None:
    """Answers that arithmetic ties to each other must fit."""
    for bond in BONDS:
        driver, follower = told.answers.get(bond.driver), told.answers.get(bond.follower)
        if not bond.holds(_plain(driver), _plain(follower)):
            raise Contradiction(field=FIELDS[bond.follower], other=FIELDS[bond.driver])
    if not _average_fits(told):
        raise Contradiction(field="average", other="sales")


def _average_fits(told: Told) -> bool:
    """Three years hold the last one."""
    return told.average is None or told.sales is None or told.average.fen * YEARS + YEARS > told.sales.fen


def _plain(answer: Answer) -> Decimal | int | None:
    return answer if isinstance(answer, (Decimal, int)) else None


FIELDS = {
    "customers": "customers",
    "top_customer_share": "top_share",
    "longest_gap": "longest_gap",
    "active_months": "active_months",
}


def _bounds(debt: DebtBand) -> Within:
    """The bounds of a band in per cent."""
    steps = [None, *(Decimal(edge) for edge in (50, 60, 70, 80)), None]
    place = list(DebtBand).index(debt)
    return Within(steps[place], steps[place + 1])


def _road(rules: Card, told: Told, on: date) -> Road:
    found = interval(rules, told.answers, told.industry)
    cap = figure("product_cap_fen", on).value
    least, most = (Fen(0 if told.red_lines is RedLines.SOME else min(cap, ceiling)) for ceiling in found.ceilings_fen)
    return Road(found, least, most)


def _firm(told: Told, on: date) -> tuple[Gate, ...]:
    confirmed, small, purposes = (
        figure(key, on) for key in ("confirmed_firms_only", "small_firms_only", "listed_purposes_only")
    )
    found = _size(told, on)
    fits = (
        Verdict.OPEN if found is Size.UNDETERMINED else Verdict.YES if found in SMALL or not small.value else Verdict.NO
    )
    return (
        Gate(Hurdle.SIZE, fits, found, None, small.source),
        Gate(Hurdle.CONFIRMED, Verdict.OPEN, None, None, confirmed.source),
        Gate(Hurdle.PURPOSE, Verdict.OPEN, None, None, purposes.source),
    )


def _size(told: Told, on: date) -> Size:
    """The size class, the sales of twelve months standing for the yearly revenue."""
    if told.industry is None:
        return Size.UNDETERMINED
    sales = None if told.sales is None else told.sales.fen
    return size(told.industry, on, employees=told.employees, revenue_fen=sales, assets_fen=None)


def _red_lines(told: Told, roads: tuple[Road, ...]) -> tuple[Gate, ...]:
    hit = any(road.interval.hit for road in roads)
    source = "；".join(dict.fromkeys(f"{road.interval.card.title}（{road.interval.card.since}）" for road in roads))
    verdict = Verdict.NO if hit or told.red_lines is RedLines.SOME else Verdict.OPEN
    if told.red_lines is RedLines.NONE and not hit:
        verdict = Verdict.YES
    return (Gate(Hurdle.VETO, verdict, None, None, source),)


def _score(roads: tuple[Road, ...]) -> tuple[Gate, ...]:
    """Yes where one road is certain, no where neither can reach the line."""
    reached = [road.interval.reaches_line for road in roads]
    verdict = Verdict.YES if True in reached else Verdict.OPEN if None in reached else Verdict.NO
    first = roads[reached.index(True) if True in reached else 0].interval
    return (Gate(Hurdle.SCORE, verdict, None, first.card.line, f"{first.card.title}（{first.card.since}）"),)


def _amount(told: Told, roads: tuple[Road, ...], on: date) -> tuple[Gate, ...]:
    cap = figure("product_cap_fen", on)
    least, most = max(road.least for road in roads), max(road.most for road in roads)
    if told.amount is None:
        return (Gate(Hurdle.PRODUCT_CAP, Verdict.OPEN, None, Fen(cap.value), cap.source),)
    within = Verdict.YES if told.amount <= Fen(cap.value) else Verdict.NO
    graded = Verdict.YES if told.amount <= least else Verdict.NO if told.amount > most else Verdict.OPEN
    grades = f"{roads[0].interval.card.title}（{roads[0].interval.card.since}）"
    return (
        Gate(Hurdle.PRODUCT_CAP, within, told.amount, Fen(cap.value), cap.source),
        Gate(Hurdle.GRADE_CEILING, graded, told.amount, most, grades),
    )
