"""Incidents (个人信息安全事件): recorded, whom they concern drawn and confirmed, the authority and everybody concerned told, closed with a learned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from financing import outbox
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.incident_refusals import NobodyFound, PartiesUntold, PartyTold, ReportFirst, SpanWrong
from financing.incidents import concerned
from financing.incidents.model import Incident, IncidentParty
from financing.incidents.rules import Clock, IncidentState, Way, due
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.parameters import figure
from financing.parties.identity import line, passage
from financing.personal.rules import Held

#: What waits for the hour by which somebody is to be told.
LATE = "incident_late"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an incident; the parts 个人信息保护法 第五十七条 asks for."""

    title: str
    kinds: Collection[Held]
    began_at: datetime
    ended_at: datetime
    found_at: datetime
    cause: str
    harm: str
    measures: str
    can_do: str
    reach_us: str


def record(desk: Desk, said: Said) -> Incident:
    """Put an incident on record (登记事件); both clocks run from when it was found. SpanWrong."""
    hours = {clock: figure(f"incident_{clock.value}_hours", desk.today).value for clock in Clock}
    times = {clock: due(said.found_at, hours[clock]) for clock in Clock}
    incident = desk.add(
        Incident(
            number=take_number(desk.session, Series.INCIDENT, desk.today.year), **_plain(desk, said), report_by=times[Clock.REPORT],
            tell_by=times[Clock.TELL], due_on=min(times.values()).astimezone(BEIJING).date(), recorded_at=desk.now,
            recorded_by=desk.actor.id, recorder=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(
        Act.RECORD_INCIDENT, incident, number=incident.number, kinds=incident.kinds, cause=Private(incident.cause)
    )
    for clock, at in times.items():
        outbox.put(
            desk.session,
            LATE,
            f"{LATE}:{incident.id}:{clock.value}",
            at,
            {"incident": incident.id, "clock": clock.value},
        )
    for role in ("auditor", "leader"):
        _tell(desk, incident, Act.RECORD_INCIDENT, role, role=role)
    return incident


def edit(desk: Desk, incident: Incident, said: Said) -> None:
    """Say more, as more is known; when it was found stays as it was recorded. SpanWrong."""
    for name, value in _plain(desk, said).items():
        if name != "found_at":
            setattr(incident, name, value)
    desk.take(Act.EDIT_INCIDENT, incident, kinds=incident.kinds, cause=Private(incident.cause))


def draw(desk: Desk, incident: Incident, way: Way, of: str) -> int:
    """Draw whom it concerns in one more way (提取名单); how many are new. NobodyKnown, NobodyFound."""
    found = concerned.find(desk, incident, way, of)
    if not found.firms and not found.people:
        raise NobodyFound(field="of")
    desk.take(Act.DRAW_PARTIES, incident, way=way, of=Private(of), firms=len(found.firms), people=len(found.people))
    known = {(one.firm_id, one.user_id): one for one in parties(desk, incident)}
    rows = list(concerned.names(desk, found))
    for firm_id, user_id, name, count in rows:
        how = [way.value, of, count]
        if (one := known.get((firm_id, user_id))) is None:
            _add(desk, incident, firm_id, user_id, name, how)
        elif one.told_at is None and one.left_at is None:
            one.how = [*(each for each in one.how if each[:2] != how[:2]), how]
    return sum((row[0], row[1]) not in known for row in rows)


def leave_out(desk: Desk, incident: Incident, party: IncidentParty, why: str) -> None:
    """This one is not concerned after all (移出名单), with the reason. PartyTold once it was told."""
    if party.told_at is not None or party.left_at is not None:
        raise PartyTold(name=party.party)
    party.left_at, party.left_by, party.why = desk.now, desk.actor.id, passage(why, "why")
    desk.take(Act.LEAVE_OUT_PARTY, incident, party=party.id, why=Private(party.why))


def tell(desk: Desk, incident: Incident) -> int:
    """The list is confirmed: everybody on it who was not told yet is told now (确认名单并告知); how many. NobodyFound."""
    waiting = [one for one in parties(desk, incident) if one.told_at is None and one.left_at is None]
    if not waiting:
        raise NobodyFound(field="of")
    desk.take(Act.TELL_PARTIES, incident, number=incident.number, told=len(waiting))
    incident.told_at = desk.now
    for one in waiting:
        one.told_at = desk.now
        to = {"firm": one.firm_id} if one.firm_id else {"user": one.user_id}
        _tell(desk, incident, Act.TELL_PARTIES, str(one.id), **to)
    return len(waiting)


def report(desk: Desk, incident: Incident, reported_to: str) -> None:
    """The authority was told (已报告主管部门): which one, and how it can be found there. A later report takes the place of the former."""
    incident.reported_to = passage(reported_to, "reported_to")
    incident.reported_at, incident.reported_by = desk.now, desk.actor.id
    desk.take(Act.REPORT_INCIDENT, incident, number=incident.number, to=Private(incident.reported_to))


def close(desk: Desk, incident: Incident, learned: str) -> None:
    """Nothing more is to be done (结案), with what was learned. PartiesUntold, ReportFirst."""
    waiting = [one for one in parties(desk, incident) if one.told_at is None and one.left_at is None]
    if waiting:
        raise PartiesUntold(count=len(waiting))
    if incident.reported_at is None:
        raise ReportFirst
    incident.learned = passage(learned, "learned", 2_000)
    incident.closed_at, incident.closed_by, incident.closer = desk.now, desk.actor.id, desk.actor.name
    desk.take(Act.CLOSE_INCIDENT, incident, number=incident.number, learned=Private(incident.learned))


def remind_in_time(desk: Desk, _once: str, payload: dict[str, str]) -> None:
    """The hour has come: leaders, auditors and whoever recorded it hear once what was not done; nothing where it was."""
    incident = desk.get(Incident, int(payload["incident"]), lock=True)
    done = incident.reported_at if payload["clock"] == Clock.REPORT else incident.told_at
    if incident.state is IncidentState.CLOSED or done is not None:
        return
    desk.note(Act.REMIND_INCIDENT, incident, number=incident.number, clock=payload["clock"])
    for role in ("leader", "auditor"):
        _tell(desk, incident, Act.REMIND_INCIDENT, f"{payload['clock']}:{role}", role=role)
    _tell(desk, incident, Act.REMIND_INCIDENT, f"{payload['clock']}:recorder", user=incident.recorded_by)


def parties(desk: Desk, incident: Incident) -> list[IncidentParty]:
    """Everybody on the list whom the person at the desk may see, by name."""
    return desk.all(IncidentParty, IncidentParty.incident_id == incident.id, by=(IncidentParty.party))


def _plain(desk: Desk, said: Said) -> dict[str, Any]:
    if not said.began_at <= said.found_at <= desk.now or said.ended_at < said.began_at:
        raise SpanWrong(field="began_at")
    texts = {
        name: passage(getattr(said, name), name, 2_000) for name in ("cause", "harm", "measures", "can_do", "reach_us")
    }
    kinds = [one.value for one in Held if one in said.kinds]
    times = {"began_at": said.began_at, "ended_at": said.ended_at, "found_at": said.found_at}
    return {"title": line(said.title, "incident_title", 80), "kinds": kinds, **times, **texts}


def _add(desk: Desk, incident: Incident, firm_id: int | None, user_id: int | None, name: str, how: list[Any]) -> None:
    one = IncidentParty(
        incident_id=incident.id, firm_id=firm_id, user_id=user_id, party=name, how=[how], added_at=desk.now, added_by=desk.actor.id
    )  # fmt: skip
    desk.add(one)


def _tell(desk: Desk, incident: Incident, act: Act, which: str, **to: object) -> None:
    once = f"{act.value}:{incident.id}:{which}"
    desk.later("notice", once, to=to, code=act.value, subject=incident.id, number=incident.number)
