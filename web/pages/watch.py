"""Pages of watch: checks and their visits, warnings and how they are closed, what is learned of a firm from others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import create_model

from financing.acts import Act
from financing.diligence.service import photos
from financing.loans.rules import FiveClass
from financing.papers import service as papers
from financing.papers import store
from financing.papers.rules import PaperKind, picture_of
from financing.parties.model import Firm
from financing.watch import service, views, visits
from financing.watch.model import Check, EarlyWarning
from financing.watch.rules import UNITS, Closing, Item, Level, Origin, Outside, Seen, Unit
from financing.watch.views import Which
from financing.watch.visits import Learned, Looked, Report
from financing.watch.warning_rules import every_rule
from web.fields import Day, Text, Upload, Whole, one_of
from web.forms import Form
from web.page import Answer, Page, get, post

FEN = 100


class VisitFields(Form):
    visited_on: Day
    place: Annotated[str, Text(120)]
    met: Annotated[str, Text(100)]
    second: int | None = None
    at_work: Annotated[int, Whole(0, 100_000, "人")] | None = None
    risk: FiveClass
    opinion: Annotated[str, Text(500, lines=True)]


class PhotoForm(Form):
    file: Upload


class CloseForm(Form):
    closing: Closing
    reason: Annotated[str, Text(500, lines=True)]


class ReturnForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class OutsideForm(Form):
    outside: Outside
    on: Day
    outside_value: Annotated[int, Whole(0, 10_000_000_000, "")] = 0
    origin: Origin
    outside_text: Annotated[str, Text(300, lines=True)]
    security_id: int | None = None
    register_until: Day | None = None


@cache
def visit_form(lang: str) -> type[VisitFields]:
    """A result and a word for each thing looked at."""
    fields: dict[str, Any] = {}
    for item in Item:
        fields |= {f"{item.value}_seen": (Seen, ...), f"{item.value}_note": (Annotated[str, Text(200)], "")}
    made: type[VisitFields] = create_model(f"VisitForm_{lang}", __base__=VisitFields, **fields)
    return made


class WatchPages(Controller):
    @get("/checks", name="checks")
    def checks(
        self,
        request: Page,
        which: FromQuery[str] = "",
        guarantee: FromQuery[int | None] = None,
        page: FromQuery[int] = 1,
    ) -> Answer:
        shown = one_of(Which, which) or Which.OPEN
        with request.desk(write=False) as desk:
            found = views.checks(desk, shown, guarantee, min(page, 10_000))
        return request.show("watch/checks.html", found=found, which=shown, whiches=Which, guarantee=guarantee)

    @get("/checks/{key:int}", name="check.show")
    def check(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.check(desk, desk.get(Check, key))
        return request.show("watch/check.html", found=found, act=Act)

    @get("/checks/{key:int}/visit", name="check.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found, today = views.check(desk, desk.get(Check, key)), desk.today
            pictures = photos(desk, desk.get(Firm, found.check.firm_id), found.check.since)
            others = [(one.id, one.name) for one in visits.colleagues(desk)]
        sheet = request.sheet(visit_form(request.lang), visited_on=today, place=found.address)
        return request.show(
            "watch/form.html", found=found, form=sheet, photo=request.sheet(PhotoForm), photos=pictures, others=others,
            items=Item, today=today, act=Act,
        )  # fmt: skip

    @post("/checks/{key:int}/visit", name=Act.RECORD_VISIT, page=form)
    def visit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(visit_form(request.lang))
        with request.desk() as desk:
            visits.record(desk, desk.get(Check, key), _report(form))
            return request.go("check.show", key=key)

    @post("/checks/{key:int}/photo", name="check.photo", page=form, upload=True)
    def photo(self, request: Page, key: FromPath[int]) -> Answer:
        filled = request.read(PhotoForm)
        name, content = filled.file.filename or "", filled.file.file.read()
        media, uploads = picture_of(content), request.app.state.settings.uploads
        with store.keeping(uploads, content) as kept:
            with request.desk() as desk:
                firm = desk.get(Firm, desk.get(Check, key).firm_id)
                paper = papers.add(
                    desk, firm, kind=PaperKind.PHOTO, name=name, media=media, size=kept.size, sha256=kept.sha256, stored=kept.stored
                )  # fmt: skip
                new = paper.stored == kept.stored
                answer = request.go("check.form", key=key)
            if not new:
                store.forget(uploads, kept.stored)
        return answer

    @get("/warnings", name="warnings")
    def warnings(
        self, request: Page, which: FromQuery[str] = "", rule: FromQuery[str] = "", level: FromQuery[str] = "",
        guarantee: FromQuery[int | None] = None, page: FromQuery[int] = 1,
    ) -> Answer:  # fmt: skip
        shown, grave, asked = (
            one_of(Which, which) or Which.OPEN,
            one_of(Level, level),
            rule if rule in every_rule() else "",
        )
        with request.desk(write=False) as desk:
            found = views.warnings(desk, shown, rule=asked, level=grave, guarantee=guarantee, page=min(page, 10_000))
            counts = views.by_rule(desk, shown)
        return request.show(
            "watch/warnings.html", found=found, counts=counts, which=shown, whiches=Which, rule=asked, level=grave,
            levels=Level, rules=every_rule(), guarantee=guarantee,
        )  # fmt: skip

    @get("/warnings/{key:int}", name="warning.show")
    def warning(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.warning(desk, desk.get(EarlyWarning, key))
        return request.show(
            "watch/warning.html", found=found, act=Act, form=request.sheet(CloseForm), back=request.sheet(ReturnForm)
        )

    @post("/warnings/{key:int}/close", name=Act.CLOSE_WARNING, page=warning)
    def close(self, request: Page, key: FromPath[int]) -> Answer:
        return _close(request, key)

    @post("/warnings/{key:int}/ask", name=Act.ASK_CLOSING, page=warning)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        return _close(request, key)

    @post("/warnings/{key:int}/confirm", name=Act.CONFIRM_CLOSING, page=warning)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            service.confirm(desk, desk.get(EarlyWarning, key))
            return request.go("warning.show", key=key)

    @post("/warnings/{key:int}/return", name=Act.RETURN_CLOSING, page=warning)
    def send_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReturnForm)
        with request.desk() as desk:
            service.send_back(desk, desk.get(EarlyWarning, key), form.reason)
            return request.go("warning.show", key=key)

    @get("/firms/{key:int}/outside", name="outside")
    def outside(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found, today = views.learned(desk, desk.get(Firm, key)), desk.today
            may = desk.may(Act.RECORD_OUTSIDE, found.firm)
        return request.show(
            "watch/outside.html", found=found, may=may, form=request.sheet(OutsideForm, on=today, outside_value=0), act=Act,
            units=UNITS, fen_unit=Unit.FEN, none_unit=Unit.NONE,
        )  # fmt: skip

    @post("/firms/{key:int}/outside", name=Act.RECORD_OUTSIDE, page=outside)
    def learn(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(OutsideForm)
        with request.desk() as desk:
            visits.learn(desk, desk.get(Firm, key), _learned(form))
            return request.go("outside", key=key)


def _close(request: Page, key: int) -> Answer:
    form = request.read(CloseForm)
    with request.desk() as desk:
        service.close(desk, desk.get(EarlyWarning, key), form.closing, form.reason)
        return request.go("warning.show", key=key)


def _report(form: VisitFields) -> Report:
    said: Mapping[str, Any] = form.model_dump()
    found = [Looked(item, said[f"{item.value}_seen"], said[f"{item.value}_note"]) for item in Item]
    on: date = form.visited_on
    return Report(on, form.place, form.met, found, form.at_work, form.opinion, form.risk, form.second)


def _learned(form: OutsideForm) -> Learned:
    """Yuan become fen; what has no figure of its own counts as one."""
    unit = UNITS[form.outside]
    value = {Unit.FEN: form.outside_value * FEN, Unit.NONE: 1}.get(unit, form.outside_value)
    return Learned(form.outside, form.on, value, form.outside_text, form.origin, form.security_id, form.register_until)
