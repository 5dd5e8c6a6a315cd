"""The register, the monthly return and the policy ratios as pages, papers and workbooks show them; all from the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from financing.access import Role
from financing.desk import Desk
from financing.money import Fen
from financing.parameters import Figure
from financing.parties import service as parties
from financing.register import policy
from financing.register.figure_rules import FiguresState
from financing.register.ledger import READERS, Proof, book, figure, proof, weighing
from financing.register.lines import Filled, filled
from financing.register.model import RatioAlarm, ReturnFigures
from financing.register.policy import BARS, Bars, Ratio, Watched, leverage_key
from financing.register.rules import Register

NAMED = READERS - {Role.LEADER}  # who may know which firm stands behind a number
MARGIN = "alarm_margin_ppm"


@dataclass(frozen=True, slots=True)
class Standing:
    """The register whole, as a file shows it: the day, its rows, the ratios and the proof (today only)."""

    register: Register
    ratios: tuple[Watched, ...]
    proof: Proof | None
    named: bool


@dataclass(frozen=True, slots=True)
class Return:
    """The return of one month: its last day, its lines, what was typed for it, and what is still missing of it."""

    month: date
    lines: tuple[Filled, ...]
    typed: ReturnFigures | None
    waiting: ReturnFigures | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Lines of this month that nobody has typed, each once, in the order of the form."""
        return tuple(dict.fromkeys(key for line in self.lines for key in line.now.missing))


def standing(desk: Desk, day: date) -> Standing:
    """The register at the end of a day, and what policy asks of it."""
    found = book(desk)
    register = found.on(day)
    return Standing(
        register=register,
        ratios=policy.watched(found, day, net_assets(desk, day), bars(register)),
        proof=proof(desk, register) if day == desk.today else None,
        named=desk.actor.role in NAMED,
    )


def ringing(desk: Desk, day: date) -> dict[Ratio, date]:
    """Since when each alarm rings; today alone."""
    if day != desk.today:
        return {}
    return {alarm.ratio: alarm.since for alarm in desk.all(RatioAlarm, RatioAlarm.until.is_(None))}


def ratios(desk: Desk, day: date) -> tuple[Watched, ...]:
    """Every policy ratio at the end of a day."""
    found = book(desk)
    return policy.watched(found, day, net_assets(desk, day), bars(found.on(day)))


def monthly(desk: Desk, end: date) -> Return:
    """The return for the month that ends on a day."""
    known = {one.month: one for one in _confirmed(desk)}
    waiting = desk.find(ReturnFigures, ReturnFigures.month == end, ReturnFigures.state == FiguresState.PROPOSED)

    def typed(day: date) -> dict[str, int]:
        return known[day].figures if day in known else {}

    return Return(end, filled(book(desk), end, typed), known.get(end), waiting)


def net_assets(desk: Desk, day: date) -> Fen | None:
    """The newest confirmed figure of a month until the day; before the first one, the guarantor's terms of today."""
    for one in reversed(_confirmed(desk)):
        if one.month <= day and "net_assets_typed" in one.figures:
            return Fen(one.figures["net_assets_typed"])
    guarantor = parties.the_guarantor(desk)
    return guarantor.net_assets if guarantor else None


def bars(register: Register) -> Bars:
    """What is asked on the register's day, each figure with its source."""
    figures: dict[Ratio, Figure | None] = {ratio: figure(key, register.day) for ratio, key in BARS.items()}
    parts = [figure(key, register.day) for key in ("mainly_small_balance_ppm", "mainly_small_customers_ppm")]
    if all(parts):
        key = leverage_key(register, *(part.value for part in parts if part))
        figures[Ratio.LEVERAGE] = figure(key, register.day)
    margin = figure(MARGIN, register.day)
    return Bars(figures, margin.value if margin else 0, weighing(register.day).bound)


def _confirmed(desk: Desk) -> list[ReturnFigures]:
    """Everything that counts, in the order of the months; of one month the newest comes last."""
    found = desk.all(ReturnFigures, ReturnFigures.state == FiguresState.CONFIRMED, by=ReturnFigures.decided_at)
    return sorted(found, key=lambda one: one.month)
