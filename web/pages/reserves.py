"""Reserves, ratios, stress and votes against outcomes: pages for the guarantor's people, the committee, leaders and audit."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing import given_sheets
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees.rules import Vote
from financing.money import Fen
from financing.register.lines import month_end
from financing.reserves import reading, service, views, yearly
from financing.reserves.model import ReservePosting
from financing.reserves.returns import By, Period
from reports import stress as shown
from reports.typesetting import fine
from scoring.industries import industries
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post

MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
E = TypeVar("E", bound=StrEnum)


class MonthForm(Form):
    month: Annotated[str, Field(pattern=MONTH)]


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class ReservePages(Controller):
    @get("/reserves", name="reserves")
    def show(self, request: Page, month: FromQuery[str] = "") -> Answer:
        with request.desk() as desk:
            found = yearly.year(desk, _month(desk, month))
            acts = desk.acts(found.posting) if found.posting else ()
            may = desk.may(Act.PROPOSE_RESERVES, None) and found.until <= desk.today and found.posting is None
        return request.show(
            "reserves/show.html", found=found, acts=acts, may=may, act=Act, two=_two, form=request.sheet(AnswerForm)
        )

    @post("/reserves", name=Act.PROPOSE_RESERVES, page=show)
    def propose(self, request: Page) -> Answer:
        form = request.read(MonthForm)
        with request.desk() as desk:
            service.propose(desk, date.fromisoformat(f"{form.month}-01"))
            return request.go("reserves", month=form.month)

    @post("/reserves/{key:int}/confirm", name=Act.CONFIRM_RESERVES, page=show)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            posting = desk.get(ReservePosting, key, version=form.version)
            service.confirm(desk, posting)
            return request.go("reserves", month=f"{posting.until:%Y-%m}")

    @post("/reserves/{key:int}/turn-down", name=Act.TURN_DOWN_RESERVES, page=show)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            posting = desk.get(ReservePosting, key)
            service.turn_down(desk, posting, form.reason)
            return request.go("reserves", month=f"{posting.until:%Y-%m}")

    @get("/reserves/ratios", name="reserves.ratios")
    def ratios(self, request: Page, period: FromQuery[str] = "", by: FromQuery[str] = "") -> Answer:
        with request.desk() as desk:
            found = views.ratios(desk, desk.today, _of(Period, period), _of(By, by))
        return request.show(
            "reserves/ratios.html", found=found, two=_two, periods=list(Period), bys=list(By), called=_called
        )

    @get("/reserves/lines", name="reserves.lines")
    def lines(
        self, request: Page, period: FromQuery[str] = "", by: FromQuery[str] = "", of: FromQuery[str] = ""
    ) -> Answer:
        with request.desk() as desk:
            chosen, group = _of(Period, period), _of(By, by)
            found = views.lines(desk, desk.today, chosen, group, of)
        named = request.actor.role in reading.NAMED
        return request.show("reserves/lines.html", lines=found, named=named, two=_two, period=chosen, by=group)

    @get("/reserves/stress", name="stress")
    def stress(self, request: Page) -> Answer:
        with request.desk() as desk:
            found = views.stressed(desk)
        drawn = shown.picture(found, request.lang)
        return request.show("reserves/stress.html", found=found, picture=drawn, two=_two, times=shown.times)

    @get("/reserves/stress/paper", name="stress.paper")
    def stress_paper(self, request: Page) -> Answer:
        """On record as every list that leaves, before it is printed."""
        with request.desk(write=True, claim=False) as desk:
            found = views.stressed(desk)
            given_sheets.given(desk, "stress", "pdf", len(found.outcomes), "")
        job = shown.stress_paper(found, request.app.state.settings.zone_name, request.lang)
        return request.paper(job, f"YL{found.day}")

    @get("/reserves/outcomes", name="calibration")
    def calibration(self, request: Page) -> Answer:
        with request.desk() as desk:
            found = views.calibrated(desk)
        return request.show("reserves/outcomes.html", found=found, called=_group)


def _two(amount: Fen) -> str:
    return fine(amount.fen)


def _of(kind: type[E], text: str) -> E:
    """The one asked for, the first where it is missing or no such."""
    return next((one for one in kind if one.value == text), next(iter(kind)))


def _called(by: By, text: str) -> str:
    """A division by its name, everything else as it is."""
    known = industries().get(text) if by is By.INDUSTRY else None
    return f"{text} {known.name}" if known else text or "—"


def _group(key: str) -> StrEnum | str:
    """A vote, which has a name, or a grade, which is one."""
    return next((vote for vote in Vote if vote.value == key), key)


def _month(desk: Desk, text: str) -> date:
    """The end of the month asked for; of the last month that is over when it is missing, no month, or still to come."""
    end = month_end(desk.today)
    last = end if end == desk.today else desk.today.replace(day=1) - date.resolution
    try:
        asked = month_end(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return last
    return min(asked, last)
