"""What people do about inspections and visits (入企检查与走访): book, join, approve, record; a firm says who came unannounced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.inspection_refusals import (
    ClosedDay,
    DayTaken,
    InspectedThisYear,
    JoinedAlready,
    NotYetThere,
    PurposeOwed,
    QuietDay,
    WrongTopic,
)
from financing.inspections import rules
from financing.inspections.model import Inspection, InspectionParty
from financing.inspections.rules import Authority, Found, InspectionState, Kind, Quiet, Topic, Urgent
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange

#: Nothing is booked further ahead, and no word is about anything longer ago.
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Booking:
    """Who wants to come on a day, what about and by which law; `why` what is urgent or what a visit is for."""

    kind: Kind
    authority: Authority
    topic: Topic
    basis: str
    day: date
    urgent: Urgent | None = None
    why: str = ""


def quiet(on: date) -> Quiet:
    """The quiet days in force on a day."""
    return Quiet(parameters.figure("quiet_first_day", on).value, parameters.figure("quiet_last_day", on).value)


def book(desk: Desk, firm: Firm, said: Booking) -> Inspection:
    """Put a day into a firm's calendar (登记入企检查); visits and what is urgent wait for a leader.

    OutOfRange, WrongTopic, PurposeOwed; for what can wait also ClosedDay, QuietDay, DayTaken, InspectedThisYear.
    """
    desk.session.refresh(firm, with_for_update=True)
    _proper(desk, said)
    if said.urgent is None:
        fits(desk, firm.id, said.day)
        _once_a_year(desk, firm.id, said.kind, said.topic, said.day.year)
    asked = rules.approved_first(said.kind, said.urgent)
    made = desk.add(
        Inspection(
            number=take_number(desk.session, Series.INSPECTION, desk.today.year), firm_id=firm.id, kind=said.kind, urgent=said.urgent,
            day=said.day, why=passage(said.why, "urgent_reason", 300) if said.why.strip() else "", booked_by=desk.actor.id,
            booker=desk.actor.name, booked_at=desk.now, state=InspectionState.ASKED if asked else InspectionState.BOOKED,
        )
    )  # fmt: skip
    desk.session.flush()
    _takes_part(desk, made, said.authority, said.topic, said.basis, lead=True)
    desk.note(
        Act.BOOK_INSPECTION,
        made,
        number=made.number,
        day=said.day,
        authority=said.authority,
        topic=said.topic,
        state=made.state,
    )
    _tell(desk, Act.BOOK_INSPECTION, made, **({"role": "leader"} if asked else {"firm": firm.id}))
    return made


def _proper(desk: Desk, said: Booking) -> None:
    if not desk.today <= said.day <= desk.today + FURTHEST:
        raise OutOfRange(field="day", least=desk.today, most=desk.today + FURTHEST)
    if said.topic not in (rules.INSPECTED if said.kind is Kind.INSPECTION else rules.VISITED):
        raise WrongTopic(field="topic", topic=said.topic, kind=said.kind)
    if said.kind is Kind.VISIT and said.urgent is not None:
        raise WrongTopic(field="urgent", topic=said.urgent, kind=said.kind)
    if rules.approved_first(said.kind, said.urgent) and not said.why.strip():
        raise PurposeOwed(field="urgent_reason")


def fits(desk: Desk, firm: int, day: date, field: str = "day") -> None:
    """The day is a working day, not a quiet one, and nobody else goes there; what is next is said with the refusal."""
    still, standing = (
        quiet(day),
        desk.all(
            Inspection, Inspection.firm_id == firm, Inspection.state.in_(rules.STANDING), Inspection.urgent.is_(None)
        ),
    )
    taken = {one.day: one.number for one in standing}
    free = rules.next_free(day, taken, still, desk.calendar.works)
    if not desk.calendar.works(day):
        raise ClosedDay(field=field, day=day, free=free)
    if day in still:
        raise QuietDay(field=field, day=day, first=still.first, last=still.last, free=free)
    if day in taken:
        raise DayTaken(field=field, number=taken[day], day=day, free=free)


def _once_a_year(desk: Desk, firm: int, kind: Kind, topic: Topic, year: int) -> None:
    if kind is not Kind.INSPECTION:
        return
    counts = (InspectionParty.kind == Kind.INSPECTION, InspectionParty.urgent.is_(None), InspectionParty.counts)
    same = desk.find(
        InspectionParty,
        InspectionParty.firm_id == firm,
        InspectionParty.topic == topic,
        InspectionParty.year == year,
        *counts,
    )
    if same is not None:
        there = desk.get(Inspection, same.inspection_id)
        raise InspectedThisYear(field="topic", topic=topic, number=there.number, on=there.day)


def _takes_part(
    desk: Desk, matter: Inspection, authority: Authority, topic: Topic, basis: str, *, lead: bool
) -> InspectionParty:
    return desk.add(
        InspectionParty(
            inspection_id=matter.id, firm_id=matter.firm_id, authority=authority, topic=topic, basis=line(basis, "basis", 200), lead=lead,
            kind=matter.kind, urgent=matter.urgent, year=matter.day.year, by=desk.actor.id, name=desk.actor.name, at=desk.now,
        )
    )  # fmt: skip


def join(desk: Desk, matter: Inspection, authority: Authority, topic: Topic, basis: str) -> InspectionParty:
    """Come along on a day that is booked already (联合检查) instead of on another one; WrongTopic, JoinedAlready, InspectedThisYear."""
    firm = desk.get(Firm, matter.firm_id, lock=True)
    desk.session.refresh(matter, with_for_update=True)
    if topic not in (rules.INSPECTED if matter.kind is Kind.INSPECTION else rules.VISITED):
        raise WrongTopic(field="topic", topic=topic, kind=matter.kind)
    if desk.find(
        InspectionParty,
        InspectionParty.inspection_id == matter.id,
        InspectionParty.authority == authority,
        InspectionParty.topic == topic,
    ):
        raise JoinedAlready(field="inspector", authority=authority)
    if matter.urgent is None:
        _once_a_year(desk, firm.id, matter.kind, topic, matter.day.year)
    desk.take(Act.JOIN_INSPECTION, matter, number=matter.number, authority=authority, topic=topic)
    party = _takes_part(desk, matter, authority, topic, basis, lead=False)
    if matter.state is InspectionState.BOOKED and matter.urgent is None:
        _tell(desk, Act.JOIN_INSPECTION, matter, f":{party.id}", firm=matter.firm_id)
    return party


def approve(desk: Desk, matter: Inspection) -> None:
    """A leader agrees (同意入企); the firm is told, unless what is urgent comes without a word before."""
    desk.take(Act.APPROVE_INSPECTION, matter, number=matter.number)
    matter.decided_by, matter.decider = desk.actor.id, desk.actor.name
    _tell(desk, Act.APPROVE_INSPECTION, matter, user=matter.booked_by)
    if matter.urgent is None:
        _tell(desk, Act.BOOK_INSPECTION, matter, ":firm", firm=matter.firm_id)


def refuse(desk: Desk, matter: Inspection, why: str) -> None:
    """A leader does not agree (不同意入企); day and topic are free again."""
    why = passage(why, "reason", 300)
    desk.take(Act.REFUSE_INSPECTION, matter, number=matter.number, why=Private(why))
    matter.decided_by, matter.decider, matter.answer = desk.actor.id, desk.actor.name, why
    _free(desk, matter)
    _tell(desk, Act.REFUSE_INSPECTION, matter, user=matter.booked_by)


def cancel(desk: Desk, matter: Inspection, why: str) -> None:
    """Nobody comes (取消入企); day and topic are free again, and a firm that knew of it is told."""
    why, known = passage(why, "reason", 300), matter.state is InspectionState.BOOKED and matter.urgent is None
    desk.take(Act.CANCEL_INSPECTION, matter, number=matter.number, why=Private(why))
    matter.answer = why
    _free(desk, matter)
    if known:
        _tell(desk, Act.CANCEL_INSPECTION, matter, firm=matter.firm_id)


def _free(desk: Desk, matter: Inspection) -> None:
    for party in desk.all(InspectionParty, InspectionParty.inspection_id == matter.id):
        party.counts = False


def record(desk: Desk, matter: Inspection, found: Found, report: str, mend_by: date | None = None) -> None:
    """Write down what was found (登记检查结果), once, for every authority and the firm; NotYetThere, OutOfRange."""
    if matter.day > desk.today:
        raise NotYetThere(day=matter.day)
    owed = found in {Found.FAULT, Found.OFFENCE}
    if owed and (mend_by is None or not desk.today <= mend_by <= desk.today + FURTHEST):
        raise OutOfRange(field="mend_by", least=desk.today, most=desk.today + FURTHEST)
    report = passage(report, "result_report", 1_000)
    desk.take(Act.RECORD_INSPECTION, matter, number=matter.number, found=found, report=Private(report))
    matter.found, matter.report, matter.mend_by = found, report, mend_by if owed else None
    matter.recorded_by, matter.recorder, matter.recorded_on = desk.actor.id, desk.actor.name, desk.today
    _tell(desk, Act.RECORD_INSPECTION, matter, firm=matter.firm_id)


def _tell(desk: Desk, act: Act, matter: Inspection, mark: str = "", **to: object) -> None:
    desk.later("notice", f"{act}:{matter.id}{mark}", to=to, code=act.value, subject=matter.id, number=matter.number)
