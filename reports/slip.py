"""Slips (回执、通知书): the receipt of one paper, and the notice of what a firm may hand in later; one page each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from financing.clocks.rules import Step
from financing.papers.rules import PaperKind
from reports.pdf import Job
from reports.typesetting import SOURCE, paper


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says of one paper; `size` in bytes, `sha256` in hex."""

    zone: str
    number: str
    firm: str
    code: str
    kind: PaperKind
    name: str
    size: int
    sha256: str
    edition: int
    added_at: datetime
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One paper of the notice: what, in what form, until when, and the step that waits for it."""

    kind: PaperKind
    form: str
    due_on: date
    step: Step


@dataclass(frozen=True, slots=True)
class PromiseNotice:
    """What a notice of accepting first says (容缺受理通知书)."""

    zone: str
    number: str
    firm: str
    code: str
    signatory: str
    officer: str
    promised_on: date
    told_on: date
    lines: Sequence[OwedLine]


def receipt(told: Receipt, lang: str = SOURCE) -> Job:
    """The printing job of a receipt; the same paper gives the same bytes."""
    return Job(paper("receipt.html", lang, r=told, rehearsal=False), f"receipt-{told.number}-{lang}")


def promise_notice(told: PromiseNotice, lang: str = SOURCE) -> Job:
    """The printing job of a notice, both copies; the same promise gives the same bytes."""
    return Job(paper("promise.html", lang, n=told, rehearsal=False), f"promise-{told.number}-{lang}")
