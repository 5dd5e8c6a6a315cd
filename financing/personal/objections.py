"""Objections (异议与更正): the firm says what is wrong, it carries a mark from that moment, and it is answered with a reason or corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from financing import parameters
from financing.acts import Act
from financing.credit import service as credit
from financing.credit import views as scores
from financing.desk import BEIJING, Desk
from financing.journal import Private
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.numbers import Series, take_number
from financing.parties import service as parties
from financing.parties import stated
from financing.parties.model import Firm
from financing.parties.rules import CHECKED
from financing.parties.stated import RECORDED, Known
from financing.personal.model import Objection
from financing.personal.rules import Disputed, ObjectionState
from financing.personal_refusals import CorrectionOwed, NotDisputable
from financing.personal_refusals import Disputed as AlreadyDisputed
from scoring.facts import Source

#: Needs whose score rests on what is corrected: counted anew at once.
SCORED = (NeedState.SCORED, NeedState.INELIGIBLE, NeedState.COMMITTEE)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing a firm may object to, with what the platform holds of it."""

    kind: Disputed
    item: str
    value: object
    source: str
    as_of: date

    @property
    def code(self) -> str:
        """As a form names it."""
        return f"{self.kind.value}.{self.item}"

    def as_json(self) -> dict[str, object]:
        return {"value": Known.plain(self.value), "source": self.source, "as_of": self.as_of.isoformat()}


def disputable(desk: Desk, firm: Firm) -> list[Thing]:
    """What the firm did not type itself, or cannot change any more: recorded and counted facts, fields compared with the licence."""
    facts = sorted(credit.facts(desk, firm).items())
    found = [
        Thing(Disputed.FACT, name, one.value, one.source.value, one.as_of)
        for name, one in facts
        if one.source is not Source.DECLARED
    ]
    if firm.confirmed:
        on = firm.registered_at.astimezone(BEIJING).date()
        found += [
            Thing(Disputed.FIELD, field, _plain(getattr(firm, field)), Source.REGISTRY.value, on)
            for field in sorted(CHECKED)
        ]
    return found


def raise_objection(desk: Desk, firm: Firm, *, code: str, why: str) -> Objection:
    """Say that something is wrong (提出异议): marked from now on. NotDisputable, or Disputed while the former one waits."""
    desk.session.refresh(firm, with_for_update=True)
    thing = next((one for one in disputable(desk, firm) if one.code == code), None)
    if thing is None:
        raise NotDisputable(field="what")
    open_one = desk.find(
        Objection, Objection.firm_id == firm.id, Objection.kind == thing.kind, Objection.item == thing.item,
        Objection.state == ObjectionState.OPEN,
    )  # fmt: skip
    if open_one is not None:
        raise AlreadyDisputed(field="what", number=open_one.number, due=open_one.due_on)
    days = parameters.figure("personal_objection_days", desk.today).value
    said = desk.add(
        Objection(
            number=take_number(desk.session, Series.OBJECTION, desk.today.year), firm_id=firm.id, kind=thing.kind, item=thing.item,
            held=thing.as_json(), why=why, made_at=desk.now, made_by=desk.actor.id, due_on=desk.today + timedelta(days=days),
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.RAISE_OBJECTION, said, kind=said.kind, item=said.item, why=Private(why), due=said.due_on)
    _tell(desk, said, Act.RAISE_OBJECTION, "asked", role="officer")
    return said


def uphold(desk: Desk, said: Objection, *, answer: str, value: object = None, as_of: date | None = None) -> int:
    """The firm is right (异议成立): corrected by the act that keeps the fact, and every open score counted anew; how many were.

    What is counted from papers is corrected by a new paper alone and takes no `value`; CorrectionOwed where one is needed.
    """
    firm = desk.get(Firm, said.firm_id, lock=True)
    desk.take(Act.UPHOLD_OBJECTION, said, kind=said.kind, item=said.item, answer=Private(answer))
    _answered(desk, said, answer)
    _correct(desk, firm, said, value, as_of or desk.today)
    _tell(desk, said, Act.UPHOLD_OBJECTION, "firm", firm=said.firm_id)
    return _count_anew(desk, firm.id)


def refuse(desk: Desk, said: Objection, *, answer: str) -> None:
    """What is held is right (异议不成立): the mark goes, and the reason stays on record for the firm."""
    desk.take(Act.REFUSE_OBJECTION, said, kind=said.kind, item=said.item, answer=Private(answer))
    _answered(desk, said, answer)
    _tell(desk, said, Act.REFUSE_OBJECTION, "firm", firm=said.firm_id)


def withdraw(desk: Desk, said: Objection) -> None:
    """The firm takes it back, and the mark goes."""
    desk.take(Act.WITHDRAW_OBJECTION, said)


def by_value(said: Objection) -> bool:
    """Whether an officer corrects it by typing the right value, and not the firm by a new paper."""
    return said.kind is Disputed.FIELD or said.item in RECORDED


def waiting(desk: Desk) -> list[int]:
    """Objections that nobody has answered, the most urgent first."""
    return [one.id for one in desk.all(Objection, Objection.state == ObjectionState.OPEN, by=Objection.due_on)]


def look_at(desk: Desk, key: int) -> int:
    """Remind officers on the last day; once it has passed tell the leaders and the firm, once. How many are late."""
    said = desk.get(Objection, key)
    if said.state is not ObjectionState.OPEN or desk.today < said.due_on:
        return 0
    if desk.today == said.due_on:
        _tell(desk, said, Act.REMIND_OBJECTION, "last_day", role="officer")
        return 0
    _tell(desk, said, Act.REMIND_OBJECTION, "leader", role="leader")
    _tell(desk, said, Act.REMIND_OBJECTION, "firm", firm=said.firm_id)
    return 1


def _answered(desk: Desk, said: Objection, answer: str) -> None:
    said.answered_at, said.answered_by, said.answerer, said.answer = desk.now, desk.actor.id, desk.actor.name, answer


def _correct(desk: Desk, firm: Firm, said: Objection, value: object, as_of: date) -> None:
    if not by_value(said):
        return
    if value is None and said.kind is Disputed.FIELD:
        raise CorrectionOwed(field="value")
    if said.kind is Disputed.FIELD:
        parties.edit(desk, firm, **{said.item: value})
        return
    seen: Mapping[str, object] = said.held
    on_site = frozenset({said.item}) if seen["source"] == Source.SITE else frozenset[str]()
    stated.record(desk, firm, {said.item: value}, as_of=as_of, on_site=on_site)


def _count_anew(desk: Desk, firm_id: int) -> int:
    """Score again whatever was scored and is not decided yet; what was sealed stands."""
    found = desk.all(Need, Need.firm_id == firm_id, Need.state.in_(SCORED), by=Need.id)
    scored = [need for need in found if scores.latest(desk, need) is not None]
    for need in scored:
        if need.state is NeedState.INELIGIBLE:
            desk.follow(Act.UPHOLD_OBJECTION, need)
            needs.back_to_scoring(desk, need)
        credit.assess(desk, need)
    return len(scored)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _tell(desk: Desk, said: Objection, act: Act, which: str, **to: object) -> None:
    desk.later("notice", f"{act.value}:{said.id}:{which}", to=to, code=act.value, subject=said.id, number=said.number)
