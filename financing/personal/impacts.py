"""Impact assessments (个人信息保护影响评估): filed once, replaced by a newer one, due again by a day; drafts to adopt come with the product."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import exists
from sqlalchemy.orm import aliased

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.personal.holds import later
from financing.personal.model import Impact
from financing.personal.rules import ASSESSED, Processing
from financing.personal_refusals import ImpactNewer
from financing.refusals import OutOfRange

FILE = Path(__file__).parent / "impacts.toml"


@dataclass(frozen=True, slots=True)
class Said:
    """What an assessment says; the parts 个人信息保护法 第五十六条 asks for."""

    processing: Processing
    title: str
    what: str
    why: str
    risks: str
    measures: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One kind of processing with the assessment that counts, if there is one; `kept_until` the day it may go at the earliest."""

    processing: Processing
    one: Impact | None
    owed: bool
    kept_until: date | None


@cache
def drafts() -> dict[Processing, Said]:
    """The product's own assessments, each a draft until somebody answers for it."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {Processing(name): Said(Processing(name), **row) for name, row in rows.items()}


def file(desk: Desk, said: Said, *, assessed_on: date, review_on: date, replaces: Impact | None = None) -> Impact:
    """Put an assessment on file (登记评估); OutOfRange for days that do not follow each other, ImpactNewer when it was replaced."""
    if assessed_on > desk.today:
        raise OutOfRange(field="assessed_on", least=None, most=desk.today)
    if review_on <= assessed_on:
        raise OutOfRange(field="review_on", least=assessed_on, most=None)
    newer = desk.find(Impact, Impact.replaces_id == replaces.id) if replaces else None
    if newer is not None:
        raise ImpactNewer(number=newer.number)
    one = desk.add(
        Impact(
            number=take_number(desk.session, Series.IMPACT, desk.today.year), processing=said.processing, title=said.title,
            what=said.what, why=said.why, risks=said.risks, measures=said.measures, assessed_on=assessed_on, review_on=review_on,
            filed_at=desk.now, filed_by=desk.actor.id, filer=desk.actor.name, replaces_id=replaces.id if replaces else None,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.FILE_IMPACT, one, processing=said.processing, measures=Private(said.measures), review=review_on)
    return one


def in_force(desk: Desk) -> list[Impact]:
    """Assessments that no newer one has replaced."""
    newer = aliased(Impact)
    return desk.all(Impact, ~exists().where(newer.replaces_id == Impact.id), by=Impact.filed_at.desc())


def standing(desk: Desk) -> list[Standing]:
    """Every kind that must be assessed, and whatever else was; owed where there is none, or its day of review has come."""
    found = in_force(desk)
    years = parameters.figure("personal_impact_years", desk.today).value
    missing = [one for one in ASSESSED if one not in {each.processing for each in found}]
    rows = [Standing(one, None, owed=True, kept_until=None) for one in missing]
    return rows + [
        Standing(one.processing, one, one.review_on <= desk.today, later(one.assessed_on, years)) for one in found
    ]


def usual_review(desk: Desk) -> date:
    """When an assessment made today is looked at again."""
    return later(desk.today, parameters.figure("personal_review_years", desk.today).value)
