"""An issued paper on its way to the press: the record as stored, with number, code and the place where it is checked."""

from __future__ import annotations

from types import SimpleNamespace

from financing import wording
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.words import _
from reports import dispatch
from reports.bridge import promise_letter
from reports.issued import Issued
from reports.letter import MinutesView, letter, minutes
from reports.pdf import Job
from reports.resolution import resolution
from reports.statistics import statistic
from web.minutes import printed
from web.page import Page, address


def issued_job(request: Page, paper: IssuedPaper) -> Job:
    """The printing job of a paper, from its record alone; the same record and the same standing give the same bytes."""
    settings = request.app.state.settings
    place = settings.site + address(request.app, "check")
    issued = Issued(
        settings.zone_name,
        paper.number,
        paper.code,
        paper.digest,
        place,
        paper.issued_at,
        paper.superseded_at,
        paper.checkpoint,
    )
    match paper.kind:
        case LetterKind.MINUTES:
            return minutes(issued, _minutes(paper, settings.zone_name, request.lang), request.lang)
        case LetterKind.STATISTICS:
            return statistic(issued, paper.record, request.lang)
        case LetterKind.DISPATCH:
            return dispatch.minutes(issued, paper.record, request.lang)
        case LetterKind.RENEWAL_PROMISE:
            return promise_letter(issued, paper.record)
        case LetterKind.RESOLUTION:
            return resolution(issued, printed(paper, settings.zone_name, request.lang), request.lang)
    return letter(issued, paper.record)


def _minutes(paper: IssuedPaper, zone: str, lang: str) -> MinutesView:
    record = paper.record
    sealed = [SimpleNamespace(record=one, digest=one["digest"]) for one in record["resolutions"]]
    committee = wording.translate(lang)(_("{zone}融资担保评审委员会")).format(zone=zone)
    return MinutesView(
        committee, record["meeting"], record["seats"], [printed(one, zone, lang) for one in sealed], record["jumps"],
        record["deferrals"], record.get("lots", ()),
    )  # fmt: skip
