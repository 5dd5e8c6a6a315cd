"""The cover of a file of duty done (尽职免责材料): what is inside with its digest, and who did or saw what, when, by the journal."""

from __future__ import annotations

from financing.compensation.duty import DutyFile
from financing.compensation.duty_rules import Holder
from reports.pdf import Job
from reports.typesetting import SOURCE, paper


def cover(made: DutyFile, zone: str, lang: str = SOURCE, *, rehearsal: bool = False) -> Job:
    """The printing job of the cover; the same file gives the same bytes."""
    link = made.head[1] if made.head else made.number
    html = paper("duty.html", lang, d=made, zone=zone, guarantor=made.holder is Holder.GUARANTOR, rehearsal=rehearsal)
    return Job(html, f"duty-{made.holder.value}-{made.number}-{link}-{lang}", archive=True)
