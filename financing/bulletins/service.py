"""What is done about issues of the bulletin (企业手机报): drafted by the platform, edited, published by two, sent on its hour."""

from __future__ import annotations

from datetime import date, datetime

from financing import outbox
from financing.access import require
from financing.acts import Act
from financing.bulletins import naming, sections
from financing.bulletins.model import Bulletin
from financing.bulletins.rules import LONGEST_HEADING, LONGEST_TEXT, MOST_SECTIONS, Section
from financing.bulletins.sections import Period
from financing.cadence.rules import periods
from financing.cadence.service import begun, hold
from financing.cadence_refusals import BulletinEmpty, BulletinFull, NoSuchSection, SendTooEarly
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.figures.spans import Span, started
from financing.figures.statistics import period_of, subject
from financing.guarantees.record import digest
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.parameters import figure
from financing.parties.identity import line, passage

#: How often there is a regular issue.
REGULAR = Span.MONTH


def due(desk: Desk) -> list[int]:
    """The periods whose issue is to be drafted by today and is not, as subjects, the earliest first."""
    first = begun(desk)
    if first is None:
        return []
    made = {
        until
        for (until,) in desk.session.execute(desk.select(Bulletin, Bulletin.until).where(Bulletin.span == REGULAR))
    }
    days = figure("bulletin_draft_days", desk.today).value
    return [
        subject(span, until)
        for span, until in periods(first, desk.today)
        if span is REGULAR and until not in made and desk.calendar.after(until, days).day <= desk.today
    ]


def draft(desk: Desk, about: int) -> int:
    """Draft the issue of one period from its records (起草); nought when it is there already. The office is told."""
    require(desk.actor, Act.DRAFT_BULLETIN, None)
    span, until = period_of(about)
    if desk.find(Bulletin, Bulletin.span == span, Bulletin.until == until):
        return 0
    found = sections.drafted(desk, Period(started(span, until), until))
    title = sections.texts()["title"].format(year=until.year, month=until.month)
    made = _add(desk, title, found, span=span, until=until)
    tell(desk, Act.DRAFT_BULLETIN, made, "officer", role="officer")
    return 1


def begin(desk: Desk, title: str) -> Bulletin:
    """Begin an issue of its own, for something that cannot wait for the month's end."""
    require(desk.actor, Act.DRAFT_BULLETIN, None)
    return _add(desk, line(title, "bulletin_title", LONGEST_HEADING), [])


def write(desk: Desk, bulletin: Bulletin, place: int, section: Section | None) -> None:
    """Put a section at its place (from 1; one more than there are: a new one), or take the one there away."""
    hold(desk, bulletin)
    there = list(bulletin.sections)
    if not 1 <= place <= len(there) + (section is not None):
        raise NoSuchSection
    if place > MOST_SECTIONS:
        raise BulletinFull(most=MOST_SECTIONS)
    there[place - 1 : place] = [_checked(section).plain] if section else []
    bulletin.sections = there
    desk.take(Act.EDIT_BULLETIN, bulletin, place=place, text=Private(section.text if section else ""))


def retitle(desk: Desk, bulletin: Bulletin, title: str) -> None:
    """Another title."""
    hold(desk, bulletin)
    bulletin.title = line(title, "bulletin_title", LONGEST_HEADING)
    desk.take(Act.EDIT_BULLETIN, bulletin, title=bulletin.title)


def propose(desk: Desk, bulletin: Bulletin, wanted_at: datetime | None) -> None:
    """Put an issue forward (提交发布), to go out at a moment or at once; from now on its text stands still. BulletinEmpty, FirmNamed, SendTooEarly."""
    hold(desk, bulletin)
    if not bulletin.sections:
        raise BulletinEmpty
    naming.require_leave(desk, bulletin.title, bulletin.told)
    if wanted_at is not None and wanted_at <= desk.now:
        raise SendTooEarly(field="send_on")
    bulletin.wanted_at = wanted_at
    bulletin.proposed_at, bulletin.proposed_by, bulletin.proposer = desk.now, desk.actor.id, desk.actor.name
    desk.take(Act.PROPOSE_BULLETIN, bulletin, number=bulletin.number, wanted=wanted_at)
    for role in ("leader", "officer"):
        tell(desk, Act.PROPOSE_BULLETIN, bulletin, f"{role}:{desk.now.isoformat()}", role=role)


def publish(desk: Desk, bulletin: Bulletin) -> None:
    """Another person publishes it (发布): it is out, and goes to its readers, at its moment or at once. SamePerson, FirmNamed."""
    _second(desk, Act.PUBLISH_BULLETIN, bulletin)
    naming.require_leave(desk, bulletin.title, bulletin.told)
    desk.take(Act.PUBLISH_BULLETIN, bulletin, number=bulletin.number)
    bulletin.decided_at, bulletin.decided_by, bulletin.decider = desk.now, desk.actor.id, desk.actor.name
    bulletin.send_at = max(bulletin.wanted_at or desk.now, desk.now)
    bulletin.digest = digest({"number": bulletin.number, "title": bulletin.title, "sections": bulletin.sections})
    outbox.put(desk.session, "bulletin", f"bulletin:{bulletin.id}", bulletin.send_at, {"bulletin": bulletin.id})


def send_back(desk: Desk, bulletin: Bulletin, why: str) -> None:
    """Another person sends it back with a reason (退回): it can be edited again. SamePerson."""
    _second(desk, Act.RETURN_BULLETIN, bulletin)
    bulletin.answer = passage(why, "reason")
    desk.take(Act.RETURN_BULLETIN, bulletin, why=Private(bulletin.answer))
    tell(desk, Act.RETURN_BULLETIN, bulletin, desk.now.isoformat(), user=bulletin.proposed_by)


def drop(desk: Desk, bulletin: Bulletin, why: str) -> None:
    """Do without this issue (不发), with a reason."""
    hold(desk, bulletin)
    bulletin.answer = passage(why, "reason")
    desk.take(Act.DROP_BULLETIN, bulletin, why=Private(bulletin.answer))


def tell(desk: Desk, act: Act, bulletin: Bulletin, which: str, **to: object) -> None:
    desk.later(
        "notice", f"{act}:{bulletin.id}:{which}", to=to, code=act.value, subject=bulletin.id, number=bulletin.number
    )


def _add(desk: Desk, title: str, found: list[Section], span: Span | None = None, until: date | None = None) -> Bulletin:
    days = figure("bulletin_publish_days", desk.today).value
    made = desk.add(
        Bulletin(
            number=take_number(desk.session, Series.BULLETIN, desk.today.year), span=span, until=until,
            title=title, sections=[one.plain for one in found], drafted_at=desk.now,
            publish_by=desk.calendar.after(desk.today, days).day,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.DRAFT_BULLETIN, made, number=made.number, sections=len(found))
    return made


def _checked(section: Section) -> Section:
    heading = line(section.heading, "section_heading", LONGEST_HEADING)
    return Section(section.topic, heading, passage(section.text, "section_text", LONGEST_TEXT), section.source)


def _second(desk: Desk, act: Act, bulletin: Bulletin) -> None:
    """Whoever publishes or sends back is not who put it forward."""
    hold(desk, bulletin)
    if desk.actor.id == bulletin.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, bulletin)
