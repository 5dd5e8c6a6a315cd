"""Pages of the paper path: the blank form, an officer who types a signed one in, and the firm that confirms it or objects."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.clocks import promises
from financing.form_refusals import EditionUnknown
from financing.guarantees import service as guarantees
from financing.matching import service as matching
from financing.needs import behalf, views
from financing.needs import service as needs
from financing.needs.behalf_model import Behalf
from financing.needs.model import Need
from financing.papers import service as papers
from financing.papers import store
from financing.papers import views as vaults
from financing.papers.rules import PaperKind
from financing.parameters import figure
from financing.parties import known
from financing.parties import service as parties
from financing.parties.identity import credit_code
from financing.parties.model import Firm
from financing.parties.rules import Origin
from financing.refusals import NotACode
from reports.application import Application, application
from web import intake
from web.fields import Day, Text, Upload, Yes
from web.forms import Form
from web.industries import suggestions
from web.page import Answer, Page, get, post
from web.pages.needs import NeedForm
from web.pages.parties import RegisterForm, WithCode
from web.paper_form import EDITION, EDITIONS, questions
from web.places import address


class TypedForm(NeedForm):
    """What stands on the signed form beside the questions."""

    edition: Annotated[str, Text(20)]
    signed_by: Annotated[str, Text(60)]
    signed_on: Day
    scan: Upload
    promises: Yes = False

    def need(self) -> dict[str, object]:
        return {key: value for key, value in self.asked().items() if key in NeedForm.model_fields}


class ObjectForm(Form):
    why: Annotated[str, Text(500, lines=True)]


class BehalfPages(Controller):
    @get("/paper-form", name="paper_form")
    def blank(self, request: Page) -> Answer:
        settings = request.app.state.settings
        with request.desk(write=False) as desk:
            days = figure("behalf_days", desk.today).value
        form = Application(
            zone=settings.zone_name, edition=EDITION, link=settings.site + address(request.app, "paper_form"), objection=days,
            groups=questions(request.lang),
        )  # fmt: skip
        return request.paper(application(form, request.lang), f"application-{EDITION}")

    @get("/typing", name="typing")
    def begin(self, request: Page, code: FromQuery[str] = "") -> Answer:
        """By its code first: a firm that is known is not typed again."""
        here: Firm | None = None
        wrong: NotACode | None = None
        if code:
            try:
                with request.desk() as desk:
                    here = parties.by_code(desk, credit_code(code[:40]))
            except NotACode as refusal:
                wrong = refusal
        if here is not None:
            return request.go("behalf.form", key=here.id)
        form = request.sheet(RegisterForm, code="" if wrong else code.strip().upper())
        asked = bool(request.refusal) or bool(code and not wrong)
        return request.show(
            "behalf/firm.html", form=form, asked=asked, sought=code[:40], wrong=wrong, search=request.sheet(WithCode),
            industries=suggestions(), act=Act,
        )  # fmt: skip

    @post("/typing", name=Act.TYPE_FIRM, page=begin)
    def type_firm(self, request: Page) -> Answer:
        form = request.read(RegisterForm)
        with request.desk() as desk:
            firm = parties.register(desk, code=form.code, **form.of_firm(), origin=Origin.PAPER)
            return request.go("behalf.form", key=firm.id)

    @get("/firms/{key:int}/typing", name="behalf.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            firm = desk.get(Firm, key)
            answers, vault, allowed = known.answers(firm, request.actor), vaults.vault(desk, firm), needs.bounds(desk)
            lacking = promises.missing(desk, key)
        return request.show(
            "behalf/need.html", firm=firm, answers=answers, vault=vault, bounds=allowed, lacking=lacking,
            form=request.sheet(TypedForm, edition=EDITION), mib=request.app.state.settings.upload_mib, act=Act,
        )  # fmt: skip

    @post("/firms/{key:int}/typing", name=Act.TYPE_NEED, page=form, upload=True)
    def type_need(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(TypedForm)
        if form.edition not in EDITIONS:
            raise EditionUnknown(field="edition", given=form.edition)
        settings, name, content = request.app.state.settings, form.scan.filename or "", form.scan.file.read()
        media = intake.unread(content, name, settings.upload_mib)
        with store.keeping(settings.uploads, content) as kept:
            with request.desk() as desk:
                firm = desk.get(Firm, key)
                scan = papers.add(
                    desk,
                    firm,
                    kind=PaperKind.OTHER,
                    name=name,
                    media=media,
                    size=kept.size,
                    sha256=kept.sha256,
                    stored=kept.stored,
                )
                typed = behalf.type_in(
                    desk,
                    firm,
                    scan,
                    edition=form.edition,
                    signed_by=form.signed_by,
                    signed_on=form.signed_on,
                    promises=form.promises,
                    **form.need(),
                )
                new, answer = scan.stored == kept.stored, request.go("need.show", key=typed.need_id)
            if not new:
                store.forget(settings.uploads, kept.stored)
        return answer

    @post("/typed-needs/{key:int}/confirm", name=Act.CONFIRM_BEHALF)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            one = desk.get(Behalf, key, lock=True)
            behalf.confirm(desk, one)
            return request.go("need.show", key=one.need_id)

    @get("/typed-needs/{key:int}/object", name="behalf.object.form")
    def object_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            need = views.one(desk, desk.get(Need, desk.get(Behalf, key).need_id))
        return request.show("behalf/object.html", need=need, key=key, form=request.sheet(ObjectForm), act=Act)

    @post("/typed-needs/{key:int}/object", name=Act.OBJECT_BEHALF, page=object_form)
    def object_to(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ObjectForm)
        with request.desk() as desk:
            need = behalf.object_to(desk, desk.get(Behalf, key, lock=True), form.why)
            guarantees.drop(desk, need)
            matching.drop(desk, need)
            return request.go("need.show", key=need.id)
