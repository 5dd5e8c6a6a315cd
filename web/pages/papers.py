"""Pages of papers: the firm's vault, handing in, taking out, and the empty workbooks to fill in."""

from __future__ import annotations

from typing import Annotated, cast

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.credit import books
from financing.papers import rules, service, store, views
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.refusals import NotFound
from reports.intake import Asked, Finding, Gravity, template
from reports.intake_faults import place
from reports.intake_templates import Kind
from scoring.statement_lines import Unit
from web import intake, reading
from web.fields import Upload, Whole
from web.forms import Form
from web.page import Answer, Page, get, post

TEMPLATES: dict[str, tuple[Kind, str]] = {
    "statements": ("statements", "财务报表模板（小企业会计准则）.xlsx"),
    "general": ("general", "财务报表模板（企业会计准则）.xlsx"),
    "invoices": ("invoices", "发票明细模板.xlsx"),
}


class PaperForm(Form):
    kind: PaperKind
    year: Annotated[int | None, Whole(2001, 2100)] = None
    unit: Unit | None = None
    file: Upload


class PaperPages(Controller):
    @get("/papers", name="papers.mine")
    def mine(self, request: Page) -> Answer:
        return _vault(request, request.actor.firm_id or 0)

    @get("/firms/{key:int}/papers", name="papers.of")
    def of(self, request: Page, key: FromPath[int]) -> Answer:
        return _vault(request, key)

    @post("/firms/{key:int}/papers", name=Act.ADD_PAPER, page=of, upload=True)
    def add(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(PaperForm)
        settings, name, content = request.app.state.settings, form.file.filename or "", form.file.file.read()
        with request.desk(write=False) as desk:
            firm, today = desk.get(Firm, key), desk.today
            filed = {year: dict(told.lines) for year, told in books.statements(desk, firm).items()}
            asked = Asked(form.year, form.unit, firm.code, today.year, filed)
        taken = intake.take(form.kind, content, name, asked=asked, today=today, mib=settings.upload_mib)
        with store.keeping(settings.uploads, content) as kept:
            with request.desk() as desk:
                firm = desk.get(Firm, key)
                paper = service.add(
                    desk, firm, kind=form.kind, name=name, media=taken.media, size=kept.size, sha256=kept.sha256,
                    stored=kept.stored, finding=taken.finding,
                )  # fmt: skip
                if new := paper.stored == kept.stored:
                    intake.keep(desk, firm, paper, taken)
                if paper.kind is PaperKind.STATEMENTS:
                    answer = request.go("papers.reading", key=paper.id)
                else:
                    answer = request.go("papers.of", key=key, paper=paper.id)
            if not new:
                store.forget(settings.uploads, kept.stored)
        return answer

    @get("/papers/{key:int}/reading", name="papers.reading")
    def reading(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            paper = desk.get(Paper, key)
            read = reading.of(desk, paper)
        return request.show("papers/reading.html", reading=read, noticed=intake.notices(paper.finding, request.lang))

    @get("/papers/{key:int}/file", name=Act.OPEN_PAPER)
    def open(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            paper = service.opened(desk, desk.get(Paper, key))
        return request.download(store.read(request.app.state.settings.uploads, paper), paper.name, paper.media)

    @get("/templates/{kind:str}", name="papers.template")
    def template(self, request: Page, kind: FromPath[str]) -> Answer:
        if kind not in TEMPLATES:
            raise NotFound(kind=kind)
        wanted, name = TEMPLATES[kind]
        return request.download(template(wanted), name, rules.WORKBOOK)


def _vault(request: Page, key: int) -> Answer:
    with request.desk() as desk:
        firm = desk.get(Firm, key)
        vault, may_add = views.vault(desk, firm), desk.may(Act.ADD_PAPER, firm)
    noticed = {paper.id: intake.notices(paper.finding, request.lang) for paper in vault.papers}
    readable = {paper.id for paper in vault.papers if intake.reading(paper.finding)}
    found = _found(request)
    findings = [one for one in found if one.gravity is Gravity.ERROR]
    return request.show(
        "papers/vault.html", vault=vault, readable=readable, may_add=may_add, form=request.sheet(PaperForm), noticed=noticed, findings=findings,
        fault_file=intake.fault_file(found, request.lang) if findings else "", place=place, act=Act,
        mib=request.app.state.settings.upload_mib,
    )  # fmt: skip


def _found(request: Page) -> tuple[Finding, ...]:
    """What the reader found wrong in the workbook just sent."""
    return cast("tuple[Finding, ...]", request.refusal.facts.get("findings", ())) if request.refusal else ()
