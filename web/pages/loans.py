"""First loans (首贷户): what a firm says of its earlier loans, what an officer verified, and who counts."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import Role
from financing.acts import Act
from financing.desk import Desk
from financing.figures import first, views
from financing.figures.rules import LEAST_FIRMS, Asked, Before, LoanSource
from financing.parties.model import Firm
from web.fields import Among, Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post
from web.pages.figures import period

SEEN = tuple(one for one in LoanSource if one is not LoanSource.FIRM)


class StatementForm(Form):
    before: Before
    note: Annotated[str, Text(200, lines=True)] | None = None


class VerificationForm(Form):
    before: Before
    source: Annotated[LoanSource, Among(SEEN)]
    seen_on: Day
    note: Annotated[str, Text(200, lines=True)]


class LoanPages(Controller):
    @get("/first-loans", name="first_loans")
    def listed(
        self, request: Page, since: FromQuery[str] = "", until: FromQuery[str] = "", every: FromQuery[str] = "", page: FromQuery[int] = 1
    ) -> Answer:  # fmt: skip
        with request.desk() as desk:
            views.admit(desk)
            asked = _asked(desk, since, until)
            named = desk.actor.role in views.NAMED
            rows = first.borrowers(desk, asked, page, only=not every, named=named)
        hidden = not named and 0 < rows.total < LEAST_FIRMS
        return request.show(
            "figures/first.html", rows=rows, hidden=hidden, asked=asked, every=bool(every), named=named, before=Before
        )

    @get("/firms/{key:int}/loans", name="loans")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            firm = desk.get(Firm, key)
            said, standing = first.said(desk, firm.id), first.standing(desk, firm.id)
            acts = [act for act in (Act.STATE_LOANS, Act.VERIFY_LOANS) if desk.may(act, firm)]
        kind = VerificationForm if request.actor.role is Role.OFFICER else StatementForm
        return request.show(
            "figures/loans.html",
            firm=firm,
            said=said,
            standing=standing,
            acts=acts,
            act=Act,
            before=Before,
            form=request.sheet(kind),
        )

    @post("/firms/{key:int}/loans/state", name=Act.STATE_LOANS, page=show)
    def state(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(StatementForm)
        with request.desk() as desk:
            first.state(desk, desk.get(Firm, key), earlier=form.before is Before.SOME, note=form.note or "")
            return request.go("loans", key=key)

    @post("/firms/{key:int}/loans/verify", name=Act.VERIFY_LOANS, page=show)
    def verify(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(VerificationForm)
        said: dict[str, Any] = {"source": form.source, "seen_on": form.seen_on, "note": form.note}
        with request.desk() as desk:
            first.verify(desk, desk.get(Firm, key), earlier=form.before is Before.SOME, **said)
            return request.go("loans", key=key)


def _asked(desk: Desk, since: str, until: str) -> Asked:
    first_day, last = period(desk, since, until)
    return Asked(first_day, min(last, desk.today), desk.today)
