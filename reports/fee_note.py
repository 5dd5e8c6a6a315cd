"""The fee note (担保费说明) of one case on one page: every step of the computation, so that a firm can do it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.pdf import Job
from reports.typesetting import SOURCE, paper


@dataclass(frozen=True, slots=True)
class FeeNote:
    """What a fee note says; each line is (what, value, how, source) in the words of its language."""

    zone: str
    case: str
    need: str
    firm: str
    code: str
    guarantor: str
    opened: date
    source: str  # of the table
    only: str  # the rule against any other fee
    lines: Sequence[tuple[str, str, str, str]]


def fee_note(note: FeeNote, lang: str = SOURCE) -> Job:
    """The printing job of a fee note; the same case gives the same bytes."""
    return Job(paper("fee_note.html", lang, n=note, rehearsal=False), f"fee-{note.case}-{lang}")
