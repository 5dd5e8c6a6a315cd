"""Pages of risk-sharing agreements: all of them, one with its split drawn, proposing, deciding."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.acts import Act
from financing.compensation import views as rates
from financing.guarantees import agreement_views, agreements
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.sharing import Party
from financing.money import Fen, Rate
from financing.parameters import figure
from financing.parties import shelf_views as banks
from web.fields import Day, Percent, Text, Upload, Wan, Whole
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post

ALL = "all"


class AgreementForm(Form):
    about: Annotated[str, Field(pattern=r"^(all|[0-9]{1,16})$")]
    guarantor_share: Percent | None = None
    bank_share: Percent | None = None
    reguarantor_share: Percent | None = None
    fund_share: Percent | None = None
    treasury_share: Percent | None = None
    other_share: Percent | None = None
    other_name: Annotated[str, Text(60)] | None = None
    valid_from: Day
    valid_until: Day
    trigger_days: Annotated[int, Whole(0, 3_650, "天")]
    grace_days: Annotated[int, Whole(0, 3_650, "天")]
    deposit: Percent | None = None
    single_cap: Wan
    stop_rate: Percent
    business: Annotated[str, Text(200)]
    reason: Annotated[str, Text(500, lines=True)]
    agreement: Upload

    def terms(self) -> dict[str, Any]:
        """The columns of the agreement; a share left empty is nothing."""
        nothing = {f"{party.value}_share": getattr(self, f"{party.value}_share") or Rate(0) for party in Party}
        plain = ("valid_from", "valid_until", "trigger_days", "grace_days", "single_cap", "stop_rate", "business")
        return {
            **nothing, **{key: getattr(self, key) for key in plain},
            "other_name": self.other_name or "", "deposit": self.deposit or Rate(0),
        }  # fmt: skip


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class AgreementPages(Controller):
    @get("/agreements", name="agreements")
    def every(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found = agreement_views.every(desk, min(page, 100_000))
        return request.show("agreements/list.html", found=found, act=Act)

    @get("/agreements/propose", name="agreement.form")
    def form(self, request: Page) -> Answer:
        with request.desk() as desk:
            options = [(bank.id, bank.name) for bank in banks.banks(desk)]
            least, cap = figure("bank_share_min_ppm", desk.today), Fen(figure("product_cap_fen", desk.today).value)
        mib = request.app.state.settings.upload_mib
        return request.show(
            "agreements/form.html", form=request.sheet(AgreementForm), options=options, least=least, cap=cap, mib=mib, act=Act,
        )  # fmt: skip

    @post("/agreements/propose", name=Act.PROPOSE_AGREEMENT, page=form, upload=True)
    def propose(self, request: Page) -> Answer:
        form = request.read(AgreementForm)
        bank = None if form.about == ALL else int(form.about)
        with (
            filing(request.app.state.settings, {DocumentKind.AGREEMENT: form.agreement}) as filed,
            request.desk() as desk,
        ):
            made = agreements.propose(desk, form.terms(), bank_id=bank, reason=form.reason, filed=filed)
            return request.go("agreement.show", key=made.id)

    @get("/agreements/{key:int}", name="agreement.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = agreement_views.one(desk, desk.get(SharingAgreement, key))
            bank_id = found.agreement.bank_id
            rate = rates.bank(desk, bank_id) if bank_id is not None else None
        return request.show("agreements/show.html", found=found, rate=rate, form=request.sheet(AnswerForm), act=Act)

    @post("/agreements/{key:int}/adopt", name=Act.ADOPT_AGREEMENT, page=show)
    def adopt(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            agreements.adopt(desk, desk.get(SharingAgreement, key, version=form.version))
            return request.go("agreement.show", key=key)

    @post("/agreements/{key:int}/turn-down", name=Act.TURN_DOWN_AGREEMENT, page=show)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            agreements.turn_down(desk, desk.get(SharingAgreement, key), form.reason)
            return request.go("agreement.show", key=key)
