"""Who helps which firm (帮扶指定): profiles, loads, a proposal that says why, and the person who decides; changed with a hand-over note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_

from financing import parameters
from financing.access import Role, require
from financing.acts import Act
from financing.desk import Desk
from financing.helping import fit, people
from financing.helping.fit import Candidate, Fit, Load
from financing.helping.model import Goal, HelperProfile, Pairing
from financing.helping.request_model import HelpRequest
from financing.helping.rules import OPEN, GoalState, Topic
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskState
from financing.helping_refusals import HandNoteOwed, SameHelpers
from financing.journal import Private
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody's profile before there is one."""

    user_id: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is proposed for a firm and why: its open problems, every candidate in order, and a team for what the first does not cover."""

    problems: Counter[Topic]
    fits: tuple[Fit, ...]
    team: tuple[Fit, ...]


def set_profile(
    desk: Desk, user: User, *, unit: str, phone: str, skills: Collection[Topic], takes: bool
) -> HelperProfile:
    """What somebody is good at and whether they take firms (设置帮扶人员); NotInService, NotText."""
    owner = people.in_service(desk, user.id, "help_helper")
    one = desk.find(HelperProfile, HelperProfile.user_id == owner.id)
    said: dict[str, Any] = {
        "name": owner.name, "unit": line(unit, "help_unit", 60), "phone": line(phone, "phone", 20),
        "skills": sorted({topic.value for topic in skills}), "takes": takes, "set_at": desk.now, "set_by": desk.actor.id,
    }  # fmt: skip
    if one is None:
        one = desk.add(HelperProfile(user_id=owner.id, **said))
    for name, value in said.items():
        setattr(one, name, value)
    desk.session.flush()
    desk.note(Act.SET_HELPER, one, skills=one.skills, takes=takes)
    return one


def standing(desk: Desk, firm_id: int) -> Pairing | None:
    """Who helps a firm now."""
    return desk.find(Pairing, Pairing.firm_id == firm_id, Pairing.until.is_(None))


def problems(desk: Desk, firm_id: int) -> Counter[Topic]:
    """What a firm's open requests and open goals are about."""
    asked = desk.select(HelpRequest, HelpRequest.topic).where(
        HelpRequest.firm_id == firm_id, HelpRequest.state.in_(OPEN)
    )
    aims = desk.select(Goal, Goal.topic).where(Goal.firm_id == firm_id, Goal.state == GoalState.OPEN)
    return Counter([*desk.session.scalars(asked), *desk.session.scalars(aims)])


def loads(desk: Desk) -> dict[int, Load]:
    """What everybody has in hand."""
    firms = _count(desk, Pairing, Pairing.helper_id, Pairing.until.is_(None))
    asked = _count(desk, HelpRequest, HelpRequest.helper_id, HelpRequest.state.in_(OPEN))
    given = _count(desk, Task, Task.owner_id, Task.state == TaskState.OPEN)
    every = {*firms, *asked, *given}
    return {key: Load(firms[key], asked[key], given[key]) for key in every}


def _count(desk: Desk, kind: Any, owner: Any, *where: Any) -> Counter[int]:
    rows = desk.session.execute(desk.select(kind, owner, func.count()).where(*where).group_by(owner))
    return Counter({key: count for key, count in rows if key is not None})


def candidates(desk: Desk) -> list[Candidate]:
    """Everybody in service who takes firms."""
    there, held = {one.id for one in people.helpers(desk)}, loads(desk)
    profiles = desk.all(HelperProfile, HelperProfile.takes, by=HelperProfile.name)
    return [
        Candidate(one.user_id, one.name, one.unit, frozenset(map(Topic, one.skills)), held.get(one.user_id, Load()))
        for one in profiles
        if one.user_id in there
    ]


def propose(desk: Desk, firm_id: int) -> Proposal:
    """Who fits this firm, worked out anew each time it is looked at."""
    found, there = problems(desk, firm_id), candidates(desk)
    fits = fit.ranked(found, there)
    most = parameters.figure("help_team_most", desk.today).value
    beside = fit.team(found, fits[0].candidate, there, most) if fits else []
    return Proposal(found, tuple(fits), tuple(beside))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is to help a firm: accounts by id."""

    leader: int
    helper: int
    deputy: int
    team: Sequence[int] = ()
    note: str = ""


def pair(desk: Desk, firm: Firm, chosen: Chosen) -> Pairing:
    """Decide who helps a firm (指定帮扶): everybody concerned and the firm are told; what is open moves to the new helper.

    SameHelpers when one person is helper and deputy, HandNoteOwed where somebody helped before, NotInService.
    """
    require(desk.actor, Act.PAIR_FIRM, firm)
    if chosen.deputy == chosen.helper:
        raise SameHelpers(field="help_deputy")
    former = standing(desk, firm.id)
    note = passage(chosen.note, "hand_note", 300) if chosen.note.strip() else ""
    if former is not None and not note:
        raise HandNoteOwed(field="hand_note")
    made = _made(desk, firm, chosen, note)
    _end(desk, former)
    desk.add(made)
    desk.session.flush()
    desk.note(Act.PAIR_FIRM, made, helper=made.helper_id, deputy=made.deputy_id, leader=made.leader_id,
              before=former.helper_id if former else None, note=Private(note))  # fmt: skip
    _move(desk, former, made)
    _tell(desk, made)
    return made


def _made(desk: Desk, firm: Firm, chosen: Chosen, note: str) -> Pairing:
    leader = people.in_service(desk, chosen.leader, "help_leader", Role.LEADER)
    helper = people.in_service(desk, chosen.helper, "help_helper")
    deputy = people.in_service(desk, chosen.deputy, "help_deputy")
    beside = [people.in_service(desk, key, "help_team").name for key in dict.fromkeys(chosen.team)]
    told = propose(desk, firm.id)
    return Pairing(
        firm_id=firm.id, leader_id=leader.id, leader=leader.name, helper_id=helper.id, helper=helper.name, deputy_id=deputy.id,
        deputy=deputy.name, team=beside, reasons=fit.reasons(told.problems, told.fits, helper.id), note=note, since=desk.today,
        at=desk.now, by=desk.actor.id, by_name=desk.actor.name,
    )  # fmt: skip


def _end(desk: Desk, former: Pairing | None) -> None:
    if former is not None:
        former.until = desk.today
        desk.session.flush()


def _move(desk: Desk, former: Pairing | None, now: Pairing) -> None:
    """Open requests, and goals of the former helper or of nobody, go to the new one with the firm."""
    for one in desk.all(HelpRequest, HelpRequest.firm_id == now.firm_id, HelpRequest.state.in_(OPEN)):
        one.helper_id, one.helper = now.helper_id, now.helper
    whose = or_(Goal.owner_id.is_(None), Goal.owner_id == (former.helper_id if former else None))
    for goal in desk.all(Goal, Goal.firm_id == now.firm_id, Goal.state == GoalState.OPEN, whose):
        goal.owner_id, goal.owner = now.helper_id, now.helper


def _tell(desk: Desk, made: Pairing) -> None:
    to: list[dict[str, object]] = [{"user": key} for key in (made.helper_id, made.deputy_id, made.leader_id)]
    for which, one in enumerate((*to, {"firm": made.firm_id})):
        desk.later(
            "notice", f"{Act.PAIR_FIRM}:{made.id}:{which}", to=one, code=Act.PAIR_FIRM.value, subject=made.id, number=""
        )
