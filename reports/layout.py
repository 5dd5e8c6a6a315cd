"""Lay a paper out: HTML in, PDF bytes out. Runs only inside a limited child, one paper at a time.

Two documents in two threads of one process corrupt Pango's memory, and layout may take for ever: neither may
happen in the process that serves people.
"""

from __future__ import annotations

import gc
import json
import logging
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from weasyprint import CSS, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.faces import FACES, FOLDER, Face
from reports.hypertext import Hypertext

PRINT = Path(__file__).parent / "print"
ARCHIVE = "pdf/a-3u"
SELDOM = (200_000, 5, 20)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

logging.getLogger("weasyprint").addHandler(logging.NullHandler())


class Assets(URLFetcher):  # type: ignore[misc] # the library carries no types
    """Serve a fixed list from memory; any other address, of whatever scheme, ends the paper."""

    def __init__(self, table: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols={"res"}, allow_redirects=False)
        self._table = table

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes behind a `res:` address of the list."""
        if url not in self._table:
            blocked()
        body, kind = self._table[url]
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def blocked() -> NoReturn:
    """Stop the whole paper: an address in it that is not ours means somebody put it there."""
    raise FatalURLFetchingError("blocked")


@cache
def desk() -> tuple[Assets, FontConfiguration, CSS, dict[str, Any]]:
    """What is made once per process: assets, fonts, the parsed style sheet, decoded pictures.

    A paper makes and drops hundreds of thousands of small objects; sweeping seldom saves a fifth of its time.
    """
    gc.freeze()
    gc.set_threshold(*SELDOM)
    cut = {f"res:{face.name}": (FOLDER / face.name, face) for face in FACES if (FOLDER / face.name).exists()}
    table = {"res:emblem.svg": ((PRINT / "emblem.svg").read_bytes(), "image/svg+xml")}
    table |= {url: (path.read_bytes(), "font/otf") for url, (path, _) in cut.items()}
    rules = [rule(face, url) for url, (_, face) in cut.items()]
    assets, fonts = Assets(table), FontConfiguration()
    style = "\n".join([*rules, (PRINT / "print.css").read_text("utf-8")])
    return assets, fonts, CSS(string=style, font_config=fonts, url_fetcher=assets), {}


def rule(face: Face, url: str) -> str:
    """The style rule that makes a cut face known; where the file is missing, the whole face stands in by its own name."""
    return f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url({url}) }}'


def render(
    html: str, *, identifier: str, archive: bool = False, attachments: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a page of HTML; the same input gives the same bytes.

    `archive` makes it PDF/A-3u, with the attachments (name to content) inside as the data the paper is made from.
    """
    assets, fonts, sheet, pictures = desk()
    pdf: bytes = Hypertext(html, assets).write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        cache=pictures,
        pdf_identifier=identifier.encode(),
        pdf_variant=ARCHIVE if archive else None,
        presentational_hints=False,
        attachments=[attached(name, content) for name, content in (attachments or {}).items()],
    )
    return pdf


def attached(name: str, content: bytes) -> Attachment:
    """A file inside the PDF, with a fixed date so that the bytes stay the same."""
    return Attachment(
        file_obj=BytesIO(content), name=name, description=name, created=EPOCH, modified=EPOCH, relationship="Data"
    )


def work(payload: bytes) -> bytes:
    """Answer the parent: JSON with html, identifier, archive, attachments (base64) in, PDF out."""
    asked = json.loads(payload)
    files = {name: b64decode(content) for name, content in asked.pop("attachments").items()}
    return render(asked.pop("html"), attachments=files, **asked)
