"""Issued papers on paper: letters as they were written, and the minutes of a sitting (评审纪要), ready to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.pdf import Job
from reports.resolution import DIGEST_SHOWN, ResolutionView
from reports.typesetting import SOURCE, paper


@dataclass(frozen=True, slots=True)
class Issued:
    """What every issued paper carries beside its text: number, code, digest, the place to check it, moment of issue."""

    zone: str
    number: str
    code: str
    digest: str
    check: str
    at: datetime
    over: datetime | None = None  # since when it holds no more


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes of a sitting: the record, and each sealed decision as its resolution prints it."""

    committee: str
    meeting: Mapping[str, Any]
    seats: Sequence[Mapping[str, Any]]
    cases: Sequence[ResolutionView]
    jumps: Sequence[Mapping[str, Any]]
    deferrals: Sequence[Mapping[str, Any]]


def letter(issued: Issued, record: Mapping[str, Any]) -> Job:
    """The printing job of a letter: its words are Chinese whatever the reader's language, for they are what binds."""
    return _job("letter.html", issued, SOURCE, record=record)


def minutes(issued: Issued, view: MinutesView, lang: str = SOURCE) -> Job:
    """The printing job of the minutes of a sitting."""
    return _job("minutes.html", issued, lang, m=view)


def _job(template: str, issued: Issued, lang: str, **content: object) -> Job:
    html = paper(template, lang, i=issued, digest=issued.digest[:DIGEST_SHOWN], rehearsal=False, **content)
    over = issued.over.isoformat() if issued.over else ""
    return Job(html, f"{issued.code}-{issued.digest}-{lang}{over}", archive=True)
