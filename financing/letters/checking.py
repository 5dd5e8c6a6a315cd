"""Does a paper in somebody's hand equal the record (核验, F84)? The answer reveals nothing that the paper does not say itself."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime

from financing.desk import Desk
from financing.letters.paper_model import IssuedPaper, PrintedCopy
from financing.letters.rules import LetterKind

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """A paper that was issued: its kind and number, when, and since when it holds no more; whether what was shown is the same."""

    kind: LetterKind
    number: str
    issued_at: datetime
    superseded_at: datetime | None
    replaced: bool
    same: bool | None  # None: only the code was given


def tidy(code: str) -> str:
    """A code as it was printed, however it was typed: signs in groups of four."""
    signs = re.sub(r"[^0-9A-Z]", "", code.upper())
    return "-".join(signs[n : n + 4] for n in range(0, len(signs), 4))


def standing(desk: Desk, code: str, digest: str = "", sha256: str = "") -> Standing | None:
    """What the record says of this code; None alike for codes that are wrong, unknown or badly typed."""
    paper = desk.find(IssuedPaper, IssuedPaper.code == tidy(code))
    if paper is None:
        return None
    same = _same_digest(paper, digest) if digest else None
    if sha256:
        copies = desk.all(PrintedCopy, PrintedCopy.paper_id == paper.id)
        same = any(hmac.compare_digest(copy.sha256, sha256) for copy in copies)
    return Standing(paper.kind, paper.number, paper.issued_at, paper.superseded_at, _replaced(desk, paper), same)


def _same_digest(paper: IssuedPaper, given: str) -> bool:
    """The beginning of the digest as it is printed; fewer signs than printed prove nothing."""
    typed = re.sub(r"[^0-9a-f]", "", given.lower())
    return len(typed) >= SHOWN and paper.digest.startswith(typed)


def _replaced(desk: Desk, paper: IssuedPaper) -> bool:
    """Another paper about the same thing came after."""
    about = (IssuedPaper.kind == paper.kind, IssuedPaper.subject_id == paper.subject_id, IssuedPaper.id != paper.id)
    return (
        paper.superseded_at is not None
        and desk.find(IssuedPaper, *about, IssuedPaper.superseded_at.is_(None)) is not None
    )
