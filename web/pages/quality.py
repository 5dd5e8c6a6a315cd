"""Data quality: what is wrong with what is on file, how many of each kind, and the way to put each right."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.acts import Act
from financing.office_words import FAULT_SAYS
from financing.parties.model import Firm
from financing.quality import service, views
from financing.quality.model import Finding
from financing.quality.rules import RULES, Fault
from financing.quality.views import Standing
from web.fields import Text, one_of
from web.forms import Form
from web.page import Answer, Page, get, post


class AcceptForm(Form):
    accept_reason: Annotated[str, Text(300, lines=True)]


class QualityPages(Controller):
    @get("/quality", name="quality")
    def listed(
        self, request: Page, fault: FromQuery[str] = "", standing: FromQuery[str] = "", page: FromQuery[int] = 1
    ) -> Answer:
        which, kind = one_of(Standing, standing) or Standing.OPEN, one_of(Fault, fault)
        with request.desk(write=False) as desk:
            found = views.findings(desk, min(page, 10_000), standing=which, fault=kind)
            counts = views.counts(desk)
        return request.show(
            "office/quality.html", found=found, counts=counts, fault=kind, standing=which, standings=Standing, rules=RULES,
            says=says, act=Act,
        )  # fmt: skip

    @get("/quality/{key:int}", name="finding.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = desk.get(Finding, key)
            firm = desk.get(Firm, found.firm_id)
        return request.show(
            "office/finding.html", found=found, firm=firm, mend=RULES[found.fault].mend, says=says,
            form=request.sheet(AcceptForm), act=Act,
        )  # fmt: skip

    @post("/quality/{key:int}/accept", name=Act.ACCEPT_FINDING, page=show)
    def accept(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AcceptForm)
        with request.desk() as desk:
            service.accept(desk, desk.get(Finding, key), form.accept_reason)
            return request.go("finding.show", key=key)


def says(fault: Fault, figures: dict[str, str], lang: str) -> str:
    """What one rule found, in a sentence that says what to do."""
    return wording.translate(lang)(FAULT_SAYS[fault]).format_map(figures)
