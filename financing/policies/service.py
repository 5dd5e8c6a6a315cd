"""What the office does about policies (惠企政策): enter, write clauses, put in force by two people, replace, repeal, let expire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import BEIJING, Desk
from financing.money import Fen
from financing.numbers import Series, take_number
from financing.parameters import figure
from financing.parties.identity import line, passage
from financing.policies import guides
from financing.policies.lines import checked
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import Benefit, ClauseState, Level, PolicyState, Route
from financing.policy_refusals import ClauseFixed, GroupOwed, NoClauses
from financing.refusals import OutOfRange, WrongState

#: Working days until the money is there, by how a firm gets it.
PAY_DAYS = {
    Route.AUTOMATIC: "policy_automatic_pay_days", Route.QUICK: "policy_quick_pay_days", Route.ORDINARY: "policy_pay_days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says of itself."""

    title: str
    doc_no: str
    level: Level
    issuer: str
    department: str
    phone: str
    issued_on: date | None
    since: date
    until: date | None
    source: str
    confidence: str
    summary: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One clause as written; `terms` are conditions, amount and windows as `scoring.policy.Clause` reads them."""

    title: str
    says: str
    benefit: Benefit
    route: Route
    papers: tuple[str, ...]
    terms: dict[str, Any]
    exclusive: str = ""
    per_loan: bool = False
    since: date | None = None  # None: with the policy
    until: date | None = None
    pay_days: int | None = None  # None: as the way to it asks
    budget: Fen | None = None


def enter(desk: Desk, told: Told) -> Policy:
    """Enter a policy as a draft (登记政策). OutOfRange for days in disorder, NotText."""
    require(desk.actor, Act.ENTER_POLICY, None)
    by = None if told.example else guides.due(desk, told.issued_on, desk.today)
    policy = desk.add(
        Policy(
            number=take_number(desk.session, Series.POLICY, desk.today.year), entered_at=desk.now, entered_by=desk.actor.id,
            guide_by=by, **_said(told),
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.ENTER_POLICY, policy, number=policy.number)
    return policy


def edit(desk: Desk, policy: Policy, told: Told) -> None:
    """Correct a draft; what is in force keeps its words (WrongState)."""
    if policy.state is not PolicyState.DRAFT:
        raise WrongState(state=policy.state, act=Act.EDIT_POLICY)
    if told.issued_on != policy.issued_on and not policy.example:
        policy.guide_by = guides.due(desk, told.issued_on, policy.entered_at.astimezone(BEIJING).date())
    for name, value in _said(told).items():
        setattr(policy, name, value)
    desk.note(Act.EDIT_POLICY, policy, number=policy.number)


def _said(told: Told) -> dict[str, Any]:
    if told.until and told.until < told.since:
        raise OutOfRange(field="until", least=told.since, most="—")
    lines = {name: line(getattr(told, name), name, 200) for name in ("title", "issuer", "department", "source")}
    return lines | {
        "doc_no": told.doc_no and line(told.doc_no, "doc_no", 60), "phone": told.phone and line(told.phone, "phone", 40),
        "level": told.level, "issued_on": told.issued_on, "since": told.since, "until": told.until,
        "confidence": told.confidence, "summary": passage(told.summary, "summary", 1000), "example": told.example,
    }  # fmt: skip


def write(desk: Desk, policy: Policy, written: Written, *, place: int | None = None) -> PolicyClause:
    """Write a clause, or the next edition of the one at `place` (编写条款): a draft is changed, one in force gets a successor.

    ClauseMisstated says which line cannot be read; ClauseFixed for a successor that would begin today or earlier.
    """
    require(desk.actor, Act.WRITE_CLAUSE, policy)
    editions = desk.all(PolicyClause, PolicyClause.policy_id == policy.id, by=PolicyClause.edition)
    same = [one for one in editions if one.place == place]
    fields = _clause_fields(desk, policy, written)
    _in_time(desk, policy, same, fields["since"])
    if same and same[-1].state is ClauseState.DRAFT:
        clause = same[-1]
        for name, value in fields.items():
            setattr(clause, name, value)
        clause.written_by, clause.written_at = desk.actor.id, desk.now
    else:
        last = max((one.place for one in editions), default=0)
        clause = desk.add(
            PolicyClause(
                policy_id=policy.id, place=place if same and place else last + 1, edition=len(same) + 1,
                written_at=desk.now, written_by=desk.actor.id, **fields,
            )
        )  # fmt: skip
    desk.session.flush()
    desk.note(Act.WRITE_CLAUSE, clause, policy=policy.number, place=clause.place, edition=clause.edition)
    return clause


def _in_time(desk: Desk, policy: Policy, same: list[PolicyClause], since: date) -> None:
    """A clause of a policy in force begins after today, and after the edition that it takes the place of."""
    if policy.state is PolicyState.DRAFT:
        return
    if policy.state is not PolicyState.IN_FORCE or (same and same[-1].state is ClauseState.PROPOSED):
        raise WrongState(state=same[-1].state if same else policy.state, act=Act.WRITE_CLAUSE)
    standing = [one for one in same if one.state is not ClauseState.DRAFT]
    if since <= max([desk.today, *(one.since for one in standing)]):
        raise ClauseFixed(field="since", on=since)


def _clause_fields(desk: Desk, policy: Policy, written: Written) -> dict[str, Any]:
    since, until = written.since or policy.since, written.until or policy.until
    if until and until < since:
        raise OutOfRange(field="until", least=since, most="—")
    if written.per_loan and not written.exclusive:
        raise GroupOwed
    return {
        "title": line(written.title, "title", 120), "says": passage(written.says, "says", 1000), "benefit": written.benefit,
        "route": written.route, "papers": [line(one, "papers", 120) for one in written.papers],
        "terms": checked(written.terms, since, until), "exclusive": written.exclusive and line(written.exclusive, "exclusive", 60),
        "per_loan": written.per_loan, "since": since, "until": until, "budget": written.budget,
        "pay_days": written.pay_days or figure(PAY_DAYS[written.route], desk.today).value,
    }  # fmt: skip


def propose(desk: Desk, policy: Policy) -> None:
    """Put a policy with its clauses forward (提请发布). NoClauses."""
    desk.session.refresh(policy, with_for_update=True)
    if not _drafts(desk, policy):
        raise NoClauses(number=policy.number)
    desk.take(Act.PROPOSE_POLICY, policy, number=policy.number)
    policy.proposed_at, policy.proposed_by, policy.proposer = desk.now, desk.actor.id, desk.actor.name
    policy.decided_by, policy.decided_at, policy.decider, policy.answer = None, None, "", ""
    _tell(desk, Act.PROPOSE_POLICY, policy, policy.number, {"role": "officer"})


def adopt(desk: Desk, policy: Policy) -> None:
    """Another person puts it in force, clause by clause (发布政策). SamePerson."""
    _by_another(desk, Act.ADOPT_POLICY, policy)
    desk.take(Act.ADOPT_POLICY, policy, number=policy.number)
    _decided(desk, policy)
    for clause in _drafts(desk, policy):
        clause.proposed_by, clause.proposer = policy.proposed_by, policy.proposer
        desk.follow(Act.ADOPT_POLICY, clause, policy=policy.number, place=clause.place)
        _decided(desk, clause)


def turn_down(desk: Desk, policy: Policy, answer: str) -> None:
    """Back to its writer with a reason (退回政策). SamePerson."""
    _by_another(desk, Act.TURN_DOWN_POLICY, policy)
    desk.take(Act.TURN_DOWN_POLICY, policy, number=policy.number)
    policy.answer = passage(answer, "reason")
    assert policy.proposed_by is not None  # noqa: S101  it was put forward
    _tell(desk, Act.TURN_DOWN_POLICY, policy, policy.number, {"user": policy.proposed_by})


def repeal(desk: Desk, policy: Policy, why: str) -> None:
    """The document no longer holds (废止政策): from today nobody is matched with it; claims that are on their way go on."""
    desk.session.refresh(policy, with_for_update=True)
    desk.take(Act.REPEAL_POLICY, policy, number=policy.number)
    policy.answer, policy.ended_on = passage(why, "reason"), desk.today


def expired(desk: Desk) -> list[int]:
    """Policies in force whose last day is over, by id."""
    return [one.id for one in desk.all(Policy, Policy.state == PolicyState.IN_FORCE, Policy.until < desk.today)]


def expire(desk: Desk, key: int) -> int:
    """What is over by its own words is marked so; matching has left it out since its last day."""
    policy = desk.get(Policy, key)
    desk.session.refresh(policy, with_for_update=True)
    if policy.state is not PolicyState.IN_FORCE or policy.until is None or policy.until >= desk.today:
        return 0
    desk.take(Act.EXPIRE_POLICY, policy, number=policy.number)
    policy.ended_on = policy.until
    return 1


def propose_clause(desk: Desk, clause: PolicyClause) -> None:
    """Put another edition of a clause of a policy in force forward (提请更新条款). ClauseFixed when its day has come meanwhile."""
    desk.session.refresh(clause, with_for_update=True)
    policy = desk.get(Policy, clause.policy_id)
    if policy.state is not PolicyState.IN_FORCE:
        raise WrongState(state=policy.state, act=Act.PROPOSE_CLAUSE)
    _still_ahead(desk, clause)
    desk.take(Act.PROPOSE_CLAUSE, clause, policy=policy.number, place=clause.place)
    clause.proposed_by, clause.proposer, clause.answer = desk.actor.id, desk.actor.name, ""
    _tell(desk, Act.PROPOSE_CLAUSE, clause, policy.number, {"role": "officer"})


def adopt_clause(desk: Desk, clause: PolicyClause) -> None:
    """Another person adopts it (更新条款): the edition before counts until the day before. SamePerson, ClauseFixed."""
    _by_another(desk, Act.ADOPT_CLAUSE, clause)
    _still_ahead(desk, clause)
    desk.take(Act.ADOPT_CLAUSE, clause, place=clause.place, edition=clause.edition, since=clause.since)
    _decided(desk, clause)
    same = (PolicyClause.policy_id == clause.policy_id, PolicyClause.place == clause.place)
    for before in desk.all(
        PolicyClause, *same, PolicyClause.state == ClauseState.IN_FORCE, PolicyClause.id != clause.id
    ):
        before.until = clause.since - timedelta(days=1)
        desk.follow(Act.ADOPT_CLAUSE, before, until=before.until)


def turn_down_clause(desk: Desk, clause: PolicyClause, answer: str) -> None:
    """Back to its writer with a reason (退回条款). SamePerson."""
    _by_another(desk, Act.TURN_DOWN_CLAUSE, clause)
    desk.take(Act.TURN_DOWN_CLAUSE, clause, place=clause.place)
    clause.answer = passage(answer, "reason")


def _still_ahead(desk: Desk, clause: PolicyClause) -> None:
    if clause.since <= desk.today:
        raise ClauseFixed(field="since", on=clause.since)


def _drafts(desk: Desk, policy: Policy) -> list[PolicyClause]:
    mine = (PolicyClause.policy_id == policy.id, PolicyClause.state == ClauseState.DRAFT)
    return desk.all(PolicyClause, *mine, by=PolicyClause.place)


def _by_another(desk: Desk, act: Act, thing: Policy | PolicyClause) -> None:
    desk.session.refresh(thing, with_for_update=True)
    if desk.actor.id == thing.proposed_by:
        raise SamePerson(act=act)


def _decided(desk: Desk, thing: Policy | PolicyClause) -> None:
    thing.decided_at, thing.decided_by, thing.decider = desk.now, desk.actor.id, desk.actor.name


def _tell(desk: Desk, act: Act, thing: Policy | PolicyClause, number: str, to: dict[str, object]) -> None:
    desk.later(
        "notice", f"{act}:{thing.id}:{desk.now.isoformat()}", to=to, code=act.value, subject=thing.id, number=number
    )
