"""Pages of the guarantor's terms and limits: how they stand, proposing, deciding, and the documents they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Controller
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import change_views, changes, documents
from financing.guarantees.change_model import TermsChange
from financing.guarantees.change_rules import FORM_RESTS_ON, DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.rules import Scope
from financing.money import Fen
from financing.papers import store
from financing.parties import service as parties
from financing.parties import shelf_views as banks
from financing.parties.rules import GuarantorKind
from web.fields import Day, Percent, Text, Upload, Wan
from web.filing import filing
from web.forms import Form
from web.industries import divisions
from web.page import Answer, Page, get, post

#: The field in which each kind of document is handed in.
FIELDS = {
    "licence_scan": DocumentKind.LICENCE,
    "audit_report": DocumentKind.AUDIT_REPORT,
    "corporate_resolution": DocumentKind.CORPORATE_RESOLUTION,
    "agreement": DocumentKind.AGREEMENT,
    "proof": DocumentKind.PROOF,
}


class TermsForm(Form):
    name: Annotated[str, Text(120)]
    kind: GuarantorKind
    net_assets: Wan
    pool: Wan | None = None
    share: Percent
    fee: Percent
    licence: Annotated[str, Text(60)] | None = None
    licence_until: Day | None = None
    reason: Annotated[str, Text(500, lines=True)]
    licence_scan: Upload | None = None
    audit_report: Upload | None = None
    corporate_resolution: Upload | None = None
    agreement: Upload | None = None
    proof: Upload | None = None

    def terms(self) -> dict[str, Any]:
        """All terms as they shall be; what was left empty is nothing."""
        return {
            "name": self.name, "kind": self.kind, "net_assets": self.net_assets, "pool": self.pool or Fen(0), "share": self.share,
            "fee": self.fee, "licence": self.licence or "", "licence_until": self.licence_until,
        }  # fmt: skip

    def files(self) -> Mapping[DocumentKind, UploadFile | None]:
        return {kind: getattr(self, field) for field, kind in FIELDS.items()}


class LimitForm(Form):
    about: Annotated[str, Field(pattern=r"^(sector|bank):[0-9]{1,16}$")]
    cap: Wan | None = None
    reason: Annotated[str, Text(500, lines=True)]
    corporate_resolution: Upload


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class TermsPages(Controller):
    @get("/guarantor", name="guarantor")
    def standing(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found = change_views.standing(desk, min(page, 100_000))
        return request.show("terms/standing.html", found=found, act=Act, kinds=FORM_RESTS_ON)

    @get("/guarantor/propose", name="terms.form")
    def form(self, request: Page) -> Answer:
        with request.desk() as desk:
            guarantor = parties.the_guarantor(desk)
        form = request.sheet(TermsForm, guarantor)
        mib = request.app.state.settings.upload_mib
        return request.show("terms/form.html", form=form, guarantor=guarantor, mib=mib, act=Act)

    @post("/guarantor/propose", name=Act.PROPOSE_TERMS, page=form, upload=True)
    def propose(self, request: Page) -> Answer:
        form = request.read(TermsForm)
        with filing(request.app.state.settings, form.files()) as filed, request.desk() as desk:
            change = changes.propose(desk, form.terms(), reason=form.reason, filed=filed)
            return request.go("terms.show", key=change.id)

    @get("/guarantor/limits/propose", name="limit.form")
    def limit_form(self, request: Page) -> Answer:
        with request.desk() as desk:
            options = _owners(desk)
        mib = request.app.state.settings.upload_mib
        return request.show("terms/limit.html", form=request.sheet(LimitForm), options=options, mib=mib, act=Act)

    @post("/guarantor/limits/propose", name=Act.PROPOSE_LIMIT, page=limit_form, upload=True)
    def propose_limit(self, request: Page) -> Answer:
        form = request.read(LimitForm)
        scope, _, owner = form.about.partition(":")
        files = {DocumentKind.CORPORATE_RESOLUTION: form.corporate_resolution}
        with filing(request.app.state.settings, files) as filed, request.desk() as desk:
            change = changes.propose_limit(desk, Scope(scope), int(owner), form.cap, reason=form.reason, filed=filed)
            return request.go("terms.show", key=change.id)

    @get("/guarantor/changes/{key:int}", name="terms.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = change_views.proposal(desk, desk.get(TermsChange, key))
        return request.show("terms/show.html", found=found, form=request.sheet(AnswerForm), act=Act)

    @post("/guarantor/changes/{key:int}/adopt", name=Act.ADOPT_TERMS, page=show)
    def adopt(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            changes.adopt(desk, desk.get(TermsChange, key, version=form.version))
            return request.go("terms.show", key=key)

    @post("/guarantor/changes/{key:int}/turn-down", name=Act.TURN_DOWN_TERMS, page=show)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            changes.turn_down(desk, desk.get(TermsChange, key), form.reason)
            return request.go("terms.show", key=key)

    @get("/documents/{key:int}/file", name=Act.OPEN_DOCUMENT)
    def open(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            document = documents.opened(desk, desk.get(Document, key))
        content = store.read(request.app.state.settings.uploads, document)
        return request.download(content, document.name, document.media)


def _owners(desk: Desk) -> list[tuple[str, str]]:
    """Whose limit may be set: every bank on the list, every division of GB/T 4754."""
    listed = [(f"{Scope.BANK}:{bank.id}", bank.name) for bank in banks.banks(desk)]
    return [*listed, *((f"{Scope.SECTOR}:{int(code)}", f"{code} {name}") for code, name in divisions())]
