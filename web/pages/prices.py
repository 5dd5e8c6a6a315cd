"""Pages of what a guarantee covers and costs: the published table, and the computation of one case as a paper."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.guarantees import price, pricing
from financing.guarantees.model import GuaranteeCase
from financing.needs.model import Need
from financing.parties.model import Firm, Guarantor
from financing.refusals import NotFound
from reports.fee_note import FeeNote, fee_note
from web.fee_lines import fee_lines
from web.page import Answer, Page, get


class PricePages(Controller):
    @get("/prices", name="prices")
    def show(self, request: Page) -> Answer:
        """The table is for everybody, and so are the guarantor's own rates, which bound it."""
        with request.desk() as desk:
            table = price.published(desk.today)
            guarantor = pricing.own(desk)
        return request.show("guarantees/prices.html", table=table, guarantor=guarantor, act=Act)

    @get("/cases/{key:int}/fee-note", name="case.fee_note")
    def note(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            case = desk.get(GuaranteeCase, key)
            cost = pricing.of_case(case)
            if cost is None:
                raise NotFound(kind="Price")
            need, firm, guarantor = (
                desk.get(Need, case.need_id),
                desk.get(Firm, case.firm_id),
                desk.get(Guarantor, case.guarantor_id),
            )
            only = price.published(desk.today).only
        lines = [(one.what, one.value, one.how, one.source) for one in fee_lines(cost, request.lang)]
        view = FeeNote(
            zone=request.app.state.settings.zone_name, case=case.number, need=need.number, firm=firm.name, code=firm.code,
            guarantor=guarantor.name, opened=case.opened_on, source=cost.source, only=only.source, lines=lines,
        )  # fmt: skip
        return request.paper(fee_note(view, request.lang), f"{case.number}-fee")
