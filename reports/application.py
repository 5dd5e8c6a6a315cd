"""The paper form (纸质申请表): the same questions as the page asks, in the same order, with a code for its edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.pdf import Job
from reports.square import square
from reports.typesetting import SOURCE, paper


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words, its unit, the words to tick, and how many lines to write on."""

    label: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Application:
    """A blank form: `link` leads to the newest edition; groups are (title, questions)."""

    zone: str
    edition: str
    link: str
    objection: int  # working days
    groups: Sequence[tuple[str, Sequence[Question]]]


def application(form: Application, lang: str = SOURCE) -> Job:
    """The printing job; the same edition gives the same bytes."""
    html = paper("application.html", lang, f=form, square=square(form.link, 1.6), rehearsal=False)
    return Job(html, f"application-{form.edition}-{lang}")
