"""What officers do before a case is opened: the first visits and records, the second reads it and gives an own opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.case_refusals import NoPhotos, SameOfficer
from financing.desk import BEIJING, Desk
from financing.diligence.model import Survey
from financing.diligence.rules import SURVEYABLE, Advice, Finding, SurveyState, checks
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties import stated
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.parties.stated import Known
from financing.refusals import Incomplete, OutOfRange, WrongState
from scoring.facts import Source
from scoring.repayment import Repayment

#: More surveys than any desk has waiting.
MOST = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """What the first officer brings back: the day and place, every check, the loan as assumed, and an opinion.

    `other` is what existing loans ask in a year; None when the firm has not stated it.
    """

    on: date
    place: str
    found: Sequence[Finding]
    rate: Rate
    repayment: Repayment
    other: Fen | None
    advice: Advice
    opinion: str


def record(desk: Desk, need: Need, visit: Visit) -> Survey:
    """Keep a visit (现场核查) with its photos; facts that are other than on file go there, once.

    WrongState before the need is accepted and after it is decided; OutOfRange, Incomplete, NoPhotos for what is wrong with the visit.
    """
    if need.state not in SURVEYABLE:
        raise WrongState(state=need.state, act=Act.RECORD_SURVEY)
    _check(desk, need, visit)
    firm = desk.get(Firm, need.firm_id, lock=True)
    pictures = photos(desk, firm, visit.on)
    if len(pictures) < (least := parameters.figure("survey_photos", desk.today).value):
        raise NoPhotos(least=least)
    changed = _facts(desk, firm, visit)
    survey = desk.add(
        Survey(
            need_id=need.id, firm_id=firm.id, officer_id=desk.actor.id, officer_name=desk.actor.name, visited_on=visit.on,
            place=line(visit.place, "place"), found=[_plain(one) for one in visit.found],
            photos=[{"id": paper.id, "name": paper.name, "sha256": paper.sha256} for paper in pictures], changed=changed,
            rate=visit.rate, repayment=visit.repayment, other=visit.other, advice=visit.advice,
            opinion=passage(visit.opinion, "opinion"), at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.RECORD_SURVEY, survey, need=need.id, visited_on=visit.on, advice=visit.advice, photos=len(pictures))
    _tell(desk, Act.RECORD_SURVEY, survey, need, {"role": "officer"})
    return survey


def review(desk: Desk, survey: Survey, *, advice: Advice, opinion: str) -> None:
    """The second officer's own opinion (B角复核); SameOfficer to whoever made the visit. It may differ, and nothing changes after it."""
    if desk.actor.id == survey.officer_id:
        raise SameOfficer(name=survey.officer_name)
    require(desk.actor, Act.REVIEW_SURVEY, survey)
    desk.session.refresh(survey, with_for_update=True)
    opinion = passage(opinion, "opinion")
    desk.take(Act.REVIEW_SURVEY, survey, advice=advice, agrees=advice is survey.advice)
    survey.second_id, survey.second_name = desk.actor.id, desk.actor.name
    survey.second_advice, survey.second_opinion, survey.second_at = advice, opinion, desk.now
    _tell(desk, Act.REVIEW_SURVEY, survey, desk.get(Need, survey.need_id), {"user": survey.officer_id})


def latest(desk: Desk, need_id: int) -> Survey | None:
    """The newest survey of a need, reviewed or not."""
    query = desk.select(Survey).where(Survey.need_id == need_id).order_by(Survey.at.desc(), Survey.id.desc()).limit(1)
    found: Survey | None = desk.session.scalar(query)
    return found


def complete(desk: Desk, need_id: int) -> Survey | None:
    """The newest survey of a need once both officers have spoken; a new visit asks for a new second opinion."""
    found = latest(desk, need_id)
    return found if found is not None and found.state is SurveyState.REVIEWED else None


def waiting(desk: Desk) -> list[Survey]:
    """Visits of others that wait for a second opinion, the oldest first."""
    query = desk.select(Survey).where(Survey.state == SurveyState.VISITED, Survey.officer_id != desk.actor.id)
    found = desk.session.scalars(query.order_by(Survey.at).limit(MOST))
    return [one for one in found if (newest := latest(desk, one.need_id)) is not None and newest.id == one.id]


def photos(desk: Desk, firm: Firm, since: date) -> list[Paper]:
    """The pictures of a firm that were put on file on a day or after it."""
    begin = datetime.combine(since, time(0), tzinfo=BEIJING)
    taken = Paper.firm_id == firm.id, Paper.kind == PaperKind.PHOTO, Paper.added_at >= begin
    return desk.all(Paper, *taken, by=Paper.added_at)


def _check(desk: Desk, need: Need, visit: Visit) -> None:
    first = need.submitted_on or need.drafted_on
    if not first <= visit.on <= desk.today:
        raise OutOfRange(field="visited_on", least=first, most=desk.today)
    missing = {check.key for check in checks(desk.today).check} ^ {one.key for one in visit.found}
    if missing:
        raise Incomplete(papers=tuple(sorted(missing)))
    if any(one.on > desk.today for one in visit.found):
        raise OutOfRange(field="on", least=first, most=desk.today)
    if not Rate(0) <= visit.rate <= Rate.percent(24):
        raise OutOfRange(field="rate", least=Rate(0), most=Rate.percent(24))


def _facts(desk: Desk, firm: Firm, visit: Visit) -> list[str]:
    """What is other than on file is recorded, each fact once; their names. What was seen on the spot says so."""
    known = stated.stated(firm)
    seen = {name: value for one in visit.found for name, value in one.facts.items() if value is not None}
    changed = {name: value for name, value in seen.items() if _news(known.get(name), value)}
    if changed:
        stated.record(desk, firm, changed, as_of=visit.on, on_site=checks(desk.today).on_site)
    return sorted(changed)


def _news(known: Known | None, value: object) -> bool:
    """Not on file, otherwise on file, or so far only the firm's own word."""
    return known is None or known.value != value or known.source is Source.DECLARED


def _plain(one: Finding) -> dict[str, Any]:
    facts: Mapping[str, Any] = {name: Known.plain(value) for name, value in one.facts.items() if value is not None}
    said = {"key": one.key, "result": one.result.value, "value": passage(one.value, "value", 200)}
    return {**said, "on": one.on.isoformat(), "facts": facts}


def _tell(desk: Desk, act: Act, survey: Survey, need: Need, to: dict[str, Any]) -> None:
    desk.later("notice", f"{act}:{survey.id}", to=to, code=act.value, subject=survey.id, number=need.number)
