"""Pages of papers: the firm's vault, handing in, taking out, and the empty workbooks to fill in."""

from __future__ import annotations

from typing import Annotated, cast

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.clock_refusals import FileMissing
from financing.clocks import promises
from financing.credit import books
from financing.needs import beginnings as needs
from financing.needs.model import Need
from financing.papers import rules, service, store, versions, views
from financing.papers.model import Paper
from financing.papers.rules import PaperKind, Unfit
from financing.parties.model import Firm
from financing.refusals import NotFound
from financing.wording import name
from reports.intake import Asked, Finding, Gravity, template
from reports.intake_faults import place
from reports.intake_templates import Kind
from reports.slip import OwedLine, PromiseNotice, Receipt, promise_notice, receipt
from reports.typesetting import beijing_day
from scoring.statement_lines import Unit
from web import intake, reading
from web.fields import Day, Upload, Whole
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
    expires_on: Day | None = None
    replaces: Annotated[int | None, Whole(1, 2**53)] = None
    file: Upload | None = None
    photo: Upload | None = None


class RejectForm(Form):
    reason: Unfit


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
        settings, (called, content) = request.app.state.settings, _sent(form)
        with request.desk(write=False) as desk:
            firm, today = desk.get(Firm, key), desk.today
            versions.require_version(desk, key, form.kind, form.expires_on, form.replaces)
            filed = {year: dict(told.lines) for year, told in books.statements(desk, firm).items()}
            asked = Asked(form.year, form.unit, firm.code, today.year, filed)
        taken = intake.take(form.kind, content, called, asked=asked, today=today, mib=settings.upload_mib)
        with store.keeping(settings.uploads, content) as kept:
            with request.desk() as desk:
                firm = desk.get(Firm, key)
                former = versions.require_version(desk, key, form.kind, form.expires_on, form.replaces)
                paper = service.add(
                    desk, firm, kind=form.kind, name=called, media=taken.media, size=kept.size, sha256=kept.sha256,
                    stored=kept.stored, finding=taken.finding, expires_on=form.expires_on,
                    replaces_id=former.id if former else None,
                )  # fmt: skip
                if new := paper.stored == kept.stored:
                    intake.keep(desk, firm, paper, taken)
                if paper.kind is PaperKind.STATEMENTS:
                    answer = request.go("papers.reading", key=paper.id)
                else:
                    answer = request.go("paper.show", key=paper.id)
            if not new:
                store.forget(settings.uploads, kept.stored)
        return answer

    @get("/papers/{key:int}", name="paper.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            kept, today = views.one(desk, desk.get(Paper, key)), desk.today
            may_reject = desk.may(Act.REJECT_PAPER, kept.paper) and kept.paper.unfit is None
        return request.show(
            "papers/show.html", kept=kept, today=today, may_reject=may_reject, form=request.sheet(RejectForm), act=Act
        )

    @post("/papers/{key:int}/reject", name=Act.REJECT_PAPER, page=show)
    def reject(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RejectForm)
        with request.desk() as desk:
            versions.reject(desk, desk.get(Paper, key), form.reason)
            return request.go("paper.show", key=key)

    @get("/papers/{key:int}/receipt", name="paper.receipt")
    def receipt(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            kept = views.one(desk, desk.get(Paper, key))
        row, number = kept.row, f"HZ-{kept.row.sha256[:12].upper()}"
        told = Receipt(
            request.app.state.settings.zone_name, number, kept.firm.name, kept.firm.code, row.kind, row.name, row.size,
            row.sha256, row.edition, row.added_at, row.expires_on,
        )  # fmt: skip
        return request.paper(receipt(told, request.lang), number)

    @get("/needs/{key:int}/promise", name="promise.paper")
    def promise(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            need = desk.get(Need, key)
            firm, owed = desk.get(Firm, need.firm_id), promises.of_need(desk, key)
        told = [one for one in owed if one.due_on is not None and one.told_on is not None]
        if not told:
            raise NotFound(kind="OwedPaper")
        lines = [OwedLine(one.kind, one.form, one.due_on, one.step) for one in told if one.due_on]
        first = told[0]
        notice = PromiseNotice(
            request.app.state.settings.zone_name, f"RQ-{need.number}", firm.name, firm.code, first.promised_by,
            first.accepted_by, beijing_day(first.promised_at), first.told_on or beijing_day(first.promised_at), lines,
        )  # fmt: skip
        return request.paper(promise_notice(notice, request.lang), f"RQ-{need.number}")

    @get("/papers/{key:int}/reading", name="papers.reading")
    def reading(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            paper = desk.get(Paper, key)
            read, back = reading.of(desk, paper), needs.to_hand_in(desk)
        return request.show(
            "papers/reading.html", reading=read, back_to=back, noticed=intake.notices(paper.finding, request.lang)
        )

    @get("/papers/{key:int}/file", name=Act.OPEN_PAPER)
    def open(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            paper = service.opened(desk, desk.get(Paper, key))
        return request.download(store.read(request.app.state.settings.uploads, paper), paper.name, paper.media)

    @get("/templates/{kind:str}", name="papers.template")
    def template(self, request: Page, kind: FromPath[str]) -> Answer:
        if kind not in TEMPLATES:
            raise NotFound(kind=kind)
        wanted, called = TEMPLATES[kind]
        return request.download(template(wanted), called, rules.WORKBOOK)


def _sent(form: PaperForm) -> tuple[str, bytes]:
    """The file, or the photo taken just now."""
    sent = form.file or form.photo
    if sent is None:
        raise FileMissing(field="file")
    return sent.filename or "", sent.file.read()


def _vault(request: Page, key: int) -> Answer:
    with request.desk() as desk:
        firm = desk.get(Firm, key)
        vault, may_add, today = views.vault(desk, firm), desk.may(Act.ADD_PAPER, firm), desk.today
        back = needs.to_hand_in(desk)
    noticed = {paper.id: intake.notices(paper.finding, request.lang) for paper in vault.papers}
    readable = {paper.id for paper in vault.papers if intake.reading(paper.finding)}
    found = _found(request)
    findings = [one for one in found if one.gravity is Gravity.ERROR]
    return request.show(
        "papers/vault.html", vault=vault, back_to=None if vault.owed else back, readable=readable, may_add=may_add, form=request.sheet(PaperForm), noticed=noticed, findings=findings,
        fault_file=intake.fault_file(found, request.lang) if findings else "", place=place, act=Act,
        mib=request.app.state.settings.upload_mib, today=today, expiring=sorted(rules.EXPIRING),
        former=[(row.id, f"{name(row.kind, request.lang)} · {row.name}") for row in views.replaceable(vault)],
    )  # fmt: skip


def _found(request: Page) -> tuple[Finding, ...]:
    """What the reader found wrong in the workbook just sent."""
    return cast("tuple[Finding, ...]", request.refusal.facts.get("findings", ())) if request.refusal else ()
