"""The lists of the national mechanism: taken in whole, given out with the banks' answers, and whose month runs out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import cast

from litestar import Controller
from litestar.params import FromPath

from financing import wording
from financing.acts import Act
from financing.file_refusals import WorkbookRefused
from financing.lists import rules, service
from financing.lists.model import ListFile
from financing.lists.rules import ListKind, ListStatus
from financing.offers.rules import DeclineCode
from financing.refusals import NotFound
from reports.gate import Limits
from reports.intake_faults import place
from reports.intake_findings import Finding, Gravity
from reports.intake_lists import Words, read_lists
from reports.lists import list_sheet
from reports.sheets import book_bytes, read_book
from web import intake
from web.fields import Upload, one_of
from web.forms import Form
from web.page import Answer, Page, get, post

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50


class ListForm(Form):
    file: Upload


class ListPages(Controller):
    @get("/lists", name="lists")
    def show(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            days, today, form = service.days(desk), desk.today, rules.template(desk.today)
            both = {kind: service.given(desk, kind) for kind in ListKind}
            files = desk.all(ListFile, by=ListFile.at.desc())[: request.rows(10)]
        recommended = both[ListKind.RECOMMENDED]
        stands = [(row, rules.status(row, today, days.value), rules.due(row.day, days.value)) for row in recommended]
        counts = {one: sum(state is one for _row, state, _due in stands) for one in ListStatus}
        waiting = sorted((one for one in stands if one[0].answer is None), key=lambda one: one[2])
        refused = request.refusal if isinstance(request.refusal, WorkbookRefused) else None
        told = cast("Sequence[Finding]", refused.facts["findings"]) if refused else ()
        findings = [one for one in told if one.gravity is Gravity.ERROR]
        return request.show(
            "lists/show.html", both=both, counts=counts, waiting=waiting[: request.rows(SHOWN)], files=files, days=days, heads=form, kinds=ListKind,
            form=request.sheet(ListForm), findings=findings, place=place, act=Act, today=today, states=ListStatus,
            fault_file=intake.fault_file(findings, request.lang) if findings else "",
        )  # fmt: skip

    @post("/lists", name=Act.TAKE_LIST, page=show, upload=True)
    def take(self, request: Page) -> Answer:
        form = request.read(ListForm)
        name, content = form.file.filename or "", form.file.file.read()
        book = read_book(content, name=name, limits=Limits(bytes=request.app.state.settings.upload_mib << 20))
        with request.desk(write=False) as desk:
            today, heads = desk.today, rules.template(desk.today)
        rows, report = read_lists(book, heads, words(), today=today)
        report.settle()
        with request.desk() as desk:
            for clash in service.clashes(desk, rows):
                sheet, column = heads.sheets[clash.row.kind], heads.heads[clash.column]
                report.refuse(sheet, clash.row.row, column, clash.on_file, "list_clash", {"code": clash.row.code})
            report.settle()
            service.take(desk, rows, name=name[:120], sha256=hashlib.sha256(content).hexdigest())
            return request.go("lists")

    @get("/lists/{kind:str}/sheet", name=Act.GIVE_LIST)
    def sheet(self, request: Page, kind: FromPath[str]) -> Answer:
        wanted = one_of(ListKind, kind)
        if wanted is None:
            raise NotFound(kind="List")
        with request.desk(write=True, claim=False) as desk:
            rows, today, days = service.given(desk, wanted), desk.today, service.days(desk).value
            service.exported(desk, wanted, len(rows))
        made = list_sheet(wanted, rows, rules.template(today), today=today, days=days)
        return request.download(book_bytes([made]), f"{made.title}{today.isoformat()}.xlsx", MEDIA)


@cache
def words() -> Words:
    """What people write in a list, and the code it stands for: the platform's words in both languages, and the codes."""
    told = {"status": ListStatus, "reason": DeclineCode}
    read = {
        key: {
            said: word.value
            for word in kind
            for said in (word.value, *(wording.name(word, lang) for lang in ("zh", "en")))
        }
        for key, kind in told.items()
    }
    return {**read, "yes": dict.fromkeys(("是", "√", "yes", "Yes", "Y"), "yes")}
