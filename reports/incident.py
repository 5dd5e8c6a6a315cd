"""The notice of an incident with personal data to the authority (个人信息安全事件报告), as 个人信息保护法 第五十七条 asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from financing.incidents.model import Incident
from reports.pdf import Job
from reports.typesetting import SOURCE, paper


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice says: who reports, what happened, and how many it concerns."""

    zone: str
    office: str
    phone: str
    incident: Incident
    firms: int
    people: int


def notice(told: Notice, lang: str = SOURCE) -> Job:
    """The printing job of a notice; the same incident as far as it is known gives the same bytes."""
    one = told.incident
    known = f"{one.number}-{one.version}-{told.firms}-{told.people}"
    return Job(paper("incident.html", lang, n=told, one=one, rehearsal=False), f"incident-{known}-{lang}")
