"""Workbooks taken in for the zone: upload, dry run with its progress, what would change, confirm, stop, take up again."""

from __future__ import annotations

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.acts import Act
from financing.imports import service, views
from financing.imports.model import Import
from financing.imports.rules import Fate, ImportKind, ImportState, may_bring
from financing.papers import rules, store
from financing.refusals import NotFound, Refusal
from reports import importing
from reports.gate import Limits, check
from reports.import_kinds import KINDS
from reports.import_templates import template
from reports.intake_faults import place
from reports.marked import marked
from reports.sheets import read_book
from web import import_words
from web.fields import Upload, one_of
from web.forms import Form
from web.page import Answer, Page, get, post

FINDINGS = 50


class ImportForm(Form):
    kind: ImportKind
    file: Upload


class ImportPages(Controller):
    path = "/imports"

    @get("/", name="imports")
    def listed(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = views.imports(desk, min(page, 100_000))
        kinds = tuple(kind for kind in ImportKind if may_bring(request.actor.role, kind))
        return request.show(
            "imports/list.html", found=found, form=request.sheet(ImportForm), kinds=kinds, act=Act,
            mib=request.app.state.settings.upload_mib,
        )  # fmt: skip

    @post("/", name=Act.BEGIN_IMPORT, page=listed, upload=True)
    def begin(self, request: Page) -> Answer:
        form = request.read(ImportForm)
        settings, name, content = request.app.state.settings, form.file.filename or "", form.file.file.read()
        check(content, name, Limits(bytes=settings.upload_mib << 20))
        with store.keeping(settings.uploads, content) as kept, request.desk() as desk:
            job = service.begin(desk, form.kind, name=name, size=kept.size, sha256=kept.sha256, stored=kept.stored)
            return request.go("import.show", key=job.id)

    @get("/templates/{kind:str}", name="import.template")
    def template(self, request: Page, kind: FromPath[str]) -> Answer:
        wanted = one_of(ImportKind, kind)
        if wanted is None:
            raise NotFound(kind=kind)
        return request.download(template(KINDS[wanted]), f"{wording.name(wanted)}模板.xlsx", rules.WORKBOOK)

    @get("/{key:int}", name="import.show")
    def show(
        self, request: Page, key: FromPath[int], page: FromQuery[int] = 1, fate: FromQuery[str] = "", faults: FromQuery[int] = 1
    ) -> Answer:  # fmt: skip
        with request.desk(write=False) as desk:
            job = desk.get(Import, key)
            only = one_of(Fate, fate) or _most_telling(job)
            rows = views.rows(desk, job, min(page, 100_000), fate=only) if _told(job) else None
            acts, earlier = views.acts(desk, job), views.earlier(desk, job)
        found, heads = list(importing.findings(job.findings)), {one.key: one.head for one in KINDS[job.kind].fields}
        of = max(1, -(-len(found) // FINDINGS))
        at = min(max(1, faults), of)
        return request.show(
            "imports/show.html", job=job, rows=rows, only=only, fates=Fate, percent=views.percent(job), acts=acts, earlier=earlier,
            findings=found[(at - 1) * FINDINGS : at * FINDINGS], faults=at, faults_of=of, place=place, told=import_words.told,
            form=request.sheet(Form), refused=_refused(job, request.lang), act=Act, states=ImportState, heads=heads, ordered=partial(_ordered, list(heads)),
        )  # fmt: skip

    @get("/{key:int}/report", name="import.report")
    def report(self, request: Page, key: FromPath[int]) -> Answer:
        settings = request.app.state.settings
        with request.desk(write=False) as desk:
            job = desk.get(Import, key)
        if not job.findings:
            raise NotFound(kind="Report")
        book = read_book(
            store.read(settings.uploads, job), name=job.name, limits=Limits(bytes=settings.upload_mib << 20)
        )
        made = marked(book, importing.findings(job.findings), wording.translate(request.lang), request.lang)
        return request.download(made, f"{wording.name(job.kind)}标错.xlsx", rules.WORKBOOK)

    @post("/{key:int}/confirm", name=Act.CONFIRM_IMPORT, page=show)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.confirm(desk, desk.get(Import, key, lock=True))
            return request.go("import.show", key=key)

    @post("/{key:int}/stop", name=Act.STOP_IMPORT, page=show)
    def stop(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.stop(desk, desk.get(Import, key, lock=True))
            return request.go("import.show", key=key)

    @post("/{key:int}/resume", name=Act.RESUME_IMPORT, page=show)
    def resume(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.resume(desk, desk.get(Import, key, lock=True))
            return request.go("import.show", key=key)


def _refused(job: Import, lang: str) -> str:
    """Why the file itself was not taken, in a sentence."""
    if not job.why:
        return ""
    refusal = Refusal(**job.why_facts)
    refusal.code = job.why
    return wording.sentence(refusal, lang)


def _ordered(keys: list[str], changes: tuple[tuple[str, Any, Any], ...]) -> list[tuple[str, Any, Any]]:
    """What a row says, in the order of its columns; what follows from it by itself at the end."""
    return sorted(changes, key=lambda one: keys.index(one[0]) if one[0] in keys else len(keys))


def _told(job: Import) -> bool:
    return job.state in {ImportState.WAITING, ImportState.DONE}


def _most_telling(job: Import) -> Fate | None:
    """Changes first, for they need the closest look; then what is new."""
    if job.changed:
        return Fate.CHANGED
    return Fate.ADDED if job.added else None
