"""Everything of one's own in one archive (查阅、复制): lines of JSON by table, the files as they were handed in, and a page that says what is what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from financing.file_refusals import PaperDamaged
from financing.papers import store
from financing.papers.model import Paper
from financing.personal.holdings import Sheet
from reports.bundle import Archive
from web.page import Answer, Page
from web.streaming import streamed

CONTENTS = "contents.html"


def given(request: Page, name: str, whose: str, sheets: Sequence[Sheet], papers: Sequence[Paper] = ()) -> Answer:
    """The archive, written as it leaves and never held whole; it is on record before its first byte."""
    template = request.app.state.environments[request.lang].get_template("personal/contents.html")
    page = template.render(whose=whose, sheets=sheets, papers=papers, at=request.now, lang=request.lang, file=file_of)
    return streamed(request, _pieces(request, page, sheets, papers), f"{name}.zip", "application/zip")


def file_of(paper: Paper) -> str:
    """What a paper is called inside: its number before its name, so that two of one name stay two."""
    plain = "".join("_" if sign in '/\\:*?"<>|' else sign for sign in paper.name)
    return f"files/{paper.id}-{plain}"


def _pieces(request: Page, page: str, sheets: Iterable[Sheet], papers: Iterable[Paper]) -> Iterator[bytes]:
    archive = Archive()
    yield archive.add(CONTENTS, page.encode())
    for sheet in sheets:
        yield archive.add(f"data/{sheet.name}.jsonl", "".join(f"{line}\n" for line in sheet.lines).encode())
    for paper in papers:
        try:
            content = store.read(request.app.state.settings.uploads, paper)
        except PaperDamaged:
            yield archive.add(f"{file_of(paper)}.missing", b"")
        else:
            yield archive.add(file_of(paper), content)
    yield archive.close()
