"""Issued papers on paper: letters as they were written, and the minutes of a sitting (评审纪要), ready to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.issued import Issued, issued_paper
from reports.pdf import Job
from reports.resolution import ResolutionView
from reports.typesetting import SOURCE


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes of a sitting: the record, and each sealed decision as its resolution prints it."""

    committee: str
    meeting: Mapping[str, Any]
    seats: Sequence[Mapping[str, Any]]
    cases: Sequence[ResolutionView]
    jumps: Sequence[Mapping[str, Any]]
    deferrals: Sequence[Mapping[str, Any]]
    lots: Sequence[Mapping[str, Any]] = ()  # as sealed: pool, seed, who was drawn


def letter(issued: Issued, record: Mapping[str, Any]) -> Job:
    """The printing job of a letter: its words are Chinese whatever the reader's language, for they are what binds."""
    return issued_paper("letter.html", issued, SOURCE, record=record)


def minutes(issued: Issued, view: MinutesView, lang: str = SOURCE) -> Job:
    """The printing job of the minutes of a sitting."""
    return issued_paper("minutes.html", issued, lang, m=view)
