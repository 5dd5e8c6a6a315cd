"""The dossier (融资档案) on paper: at most eight pages that let a credit officer decide whether to look closer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from financing.matching.snapshot import Guarantee, ScoreSheet, Snapshot
from reports.dossier_view import shown
from reports.pdf import Job
from reports.square import square
from reports.typesetting import SOURCE, moment, paper

DIGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Copy:
    """One numbered copy for one officer of one bank; `address` is the public page that checks `code`."""

    bank: str
    officer: str
    at: datetime
    number: int
    code: str
    address: str
    disputed: tuple[str, ...] = ()  # what the firm says is wrong and nobody has answered yet, in words

    @property
    def watermark(self) -> str:
        """What is written across every page, so that a photograph still names its reader."""
        return f"{self.bank} · {self.officer} · {moment(self.at)} · No. {self.number}"


def dossier(snapshot: Snapshot, copy: Copy | None = None, lang: str = SOURCE) -> Job:
    """The printing job of a dossier: for a bank's officer (with watermark and code) or, without a copy, for the vault.

    The vault's paper is PDF/A-3u and carries the snapshot itself, so that it can be read back and checked.
    """
    html = paper(
        "dossier.html",
        lang,
        s=snapshot,
        copy=copy,
        view=shown(snapshot, lang),
        square=square(f"{copy.address}?code={copy.code}") if copy else None,
        granted=isinstance(snapshot.guarantee, Guarantee),
        scored=isinstance(snapshot.score, ScoreSheet),
        digest=snapshot.digest()[:DIGEST_SHOWN],
        rehearsal=snapshot.rehearsal,
    )
    if copy:
        return Job(html, f"{snapshot.digest()}-{copy.code}-{lang}")
    return Job(html, f"{snapshot.digest()}-{lang}", archive=True, attachments={"snapshot.json": snapshot.canonical()})
