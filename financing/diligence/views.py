"""What people see of a survey: the checks in their words with what was found, both opinions, what the loan asks of the firm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from financing.acts import Act
from financing.desk import Desk
from financing.diligence import affording, service
from financing.diligence.affordability import Affordability
from financing.diligence.model import Survey
from financing.diligence.rules import Check, Checks, Result, checks, every_check
from financing.needs.model import Need
from financing.papers.model import Paper
from financing.parties.model import Firm
from financing.parties.stated import Known, stated
from scoring.facts import FACTS


@dataclass(frozen=True, slots=True)
class Line:
    """One check as it came out; `facts` by name with their values."""

    check: Check
    result: Result
    value: str
    on: date
    facts: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One survey as a page shows it."""

    survey: Survey
    lines: tuple[Line, ...]
    may_review: bool

    @property
    def id(self) -> int:
        return self.survey.id

    @property
    def doubts(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.result is not Result.FINE)


@dataclass(frozen=True, slots=True)
class Before:
    """What stands on the page before a visit is recorded."""

    need: Need
    firm: Firm
    checks: Checks
    known: dict[str, Known]
    photos: list[Paper]
    survey: Survey | None


def before(desk: Desk, need: Need) -> Before:
    """The checks of today, what is on file, pictures since the need was handed in, and an earlier survey."""
    firm = desk.get(Firm, need.firm_id)
    taken = service.photos(desk, firm, need.submitted_on or need.drafted_on)
    return Before(need, firm, checks(desk.today), stated(firm), taken, service.latest(desk, need.id))


def one(desk: Desk, survey: Survey) -> Seen:
    """One survey with its checks in words."""
    words = {check.key: check for check in every_check()}
    lines = tuple(
        Line(words[row["key"]], Result(row["result"]), row["value"], date.fromisoformat(row["on"]), _facts(row["facts"]))
        for row in survey.found
    )  # fmt: skip
    return Seen(survey, lines, Act.REVIEW_SURVEY in desk.acts(survey))


def of_need(desk: Desk, need: Need) -> tuple[Seen | None, Affordability | None]:
    """The newest survey of a need, and what the loan asks as things stand."""
    survey = service.latest(desk, need.id)
    return (None, None) if survey is None else (one(desk, survey), affording.affordability(desk, need, survey))


def _facts(plain: dict[str, object]) -> tuple[tuple[str, object], ...]:
    return tuple((name, value) for name, value in plain.items() if name in FACTS)
