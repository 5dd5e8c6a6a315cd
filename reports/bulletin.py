"""An issue of the bulletin as a paper (企业手机报): what its reader may see, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from financing.bulletins.model import Bulletin
from financing.bulletins.rules import Section
from reports.pdf import Job
from reports.typesetting import SOURCE, paper


def issue(bulletin: Bulletin, sections: Sequence[Section], zone: str, place: str, lang: str = SOURCE) -> Job:
    """The printing job of an issue; `place` is where it stands on the site. The same issue for the same reader gives the same bytes."""
    html = paper("bulletin.html", lang, b=bulletin, sections=sections, zone=zone, place=place, rehearsal=False)
    known = bulletin.digest or f"{bulletin.version}"
    return Job(html, f"bulletin-{bulletin.number}-{known}-{len(sections)}-{lang}")
