"""What every issued paper carries beside its text: number, code, digest, and a square that leads to the page that checks it (F84)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from reports.pdf import Job
from reports.square import square
from reports.typesetting import paper

DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Issued:
    """One paper as issued; `check` is the address of the page that checks it, without the code."""

    zone: str
    number: str
    code: str
    digest: str
    check: str
    at: datetime
    over: datetime | None = None  # since when it holds no more
    checkpoint: str = ""  # short code of the journal's newest checkpoint when it was issued

    @property
    def link(self) -> str:
        """The check page with the code typed in."""
        return f"{self.check}?{urlencode({'code': self.code})}"


def issued_paper(template: str, issued: Issued, lang: str, *, rehearsal: bool = False, **content: object) -> Job:
    """The printing job of an issued paper: PDF/A-3u; the same record, standing and language give the same bytes."""
    html = paper(
        template,
        lang,
        i=issued,
        square=square(issued.link),
        digest=issued.digest[:DIGEST_SHOWN],
        rehearsal=rehearsal,
        **content,
    )
    over = issued.over.isoformat() if issued.over else ""
    return Job(html, f"{issued.code}-{issued.digest}-{lang}{over}", archive=True)
