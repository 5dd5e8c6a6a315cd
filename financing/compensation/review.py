"""What a loss teaches (代偿复盘, F112): a review opens with each payment, the office says what is to change, the chair or a leader decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from financing import parameters
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.compensation.model import CompensationPart
from financing.compensation.review_model import CompensationReview
from financing.compensation.review_rules import Change, complete, decides
from financing.desk import Desk
from financing.journal import Private
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.needs.model import Need
from financing.numbers import Series, take_number
from financing.parties.identity import passage
from financing.people.model import User
from financing.recovery_refusals import LessonIncomplete
from financing.refusals import OutOfRange, WrongState


@dataclass(frozen=True, slots=True)
class Learned:
    """What was found, what is changed of which kind by when, and why; `changed` and `by` are empty where nothing is changed."""

    lesson: str
    change: Change
    reason: str
    changed: str = ""
    by: date | None = None


def propose(desk: Desk, review: CompensationReview, said: Learned) -> None:
    """Put forward what was found and what is to change, or that nothing is (提出复盘意见). LessonIncomplete, OutOfRange for a day past."""
    _hold(desk, review)
    if not complete(said.change, said.changed.strip(), said.by):
        raise LessonIncomplete(field="changed")
    if said.by is not None and said.by < desk.today:
        raise OutOfRange(field="change_by", least=desk.today, most=None)
    review.flow.after(review.state, Act.PROPOSE_REVIEW)
    review.lesson, review.reason = passage(said.lesson, "lesson"), passage(said.reason, "reason")
    review.changed = passage(said.changed, "changed") if said.changed.strip() else ""
    review.change, review.change_by = said.change, said.by
    review.proposed_at, review.proposed_by, review.proposer = desk.now, desk.actor.id, desk.actor.name
    facts: dict[str, Any] = {"number": review.number, "change": review.change, "by": review.change_by}
    told = Private(f"{review.lesson}\n{review.changed}\n{review.reason}")
    desk.take(Act.PROPOSE_REVIEW, review, **facts, said=told)
    for role in ("chair", "leader"):
        tell(desk, Act.PROPOSE_REVIEW, review, desk.now.isoformat(), role=role)


def send_back(desk: Desk, review: CompensationReview, answer: str) -> None:
    """Another person wants it looked at again, with the reason (退回复盘). SamePerson."""
    _hold(desk, review)
    _another(desk, review, Act.RETURN_REVIEW)
    review.answer = passage(answer, "reason")
    desk.take(Act.RETURN_REVIEW, review, number=review.number, reason=Private(review.answer))
    tell(desk, Act.RETURN_REVIEW, review, desk.now.isoformat(), user=review.proposed_by)


def decide(desk: Desk, review: CompensationReview, act: Act) -> None:
    """Another person decides as put forward (决定): a change waits for its day, nothing to change ends the review.

    SamePerson; WrongState when `act` decides another thing than was put forward: the button was of another page.
    """
    _hold(desk, review)
    if act is not decides(review.change or Change.NOTHING):
        raise WrongState(state=review.state, act=act)
    _another(desk, review, act)
    review.decided_at, review.decided_by, review.decider = desk.now, desk.actor.id, desk.actor.name
    desk.take(act, review, number=review.number, change=review.change, by=review.change_by)
    tell(desk, act, review, "", user=review.proposed_by)


def finish(desk: Desk, review: CompensationReview, result: str) -> None:
    """What was decided is changed (登记落实), with where it can be found."""
    _hold(desk, review)
    review.flow.after(review.state, Act.FINISH_REVIEW)
    review.result = passage(result, "result")
    review.finished_on, review.finished_by, review.finisher = desk.today, desk.actor.id, desk.actor.name
    desk.take(Act.FINISH_REVIEW, review, number=review.number, result=Private(review.result))
    tell(desk, Act.FINISH_REVIEW, review, "", user=review.decided_by)


def waiting(desk: Desk) -> list[int]:
    """Payments without a review, from before there were reviews."""
    known = select(CompensationReview.entry_id)
    query = select(GuaranteeEntry.id).where(
        GuaranteeEntry.kind == EntryKind.COMPENSATED, GuaranteeEntry.id.not_in(known)
    )
    return list(desk.session.scalars(query.order_by(GuaranteeEntry.at, GuaranteeEntry.id)))


def open_for(desk: Desk, entry_id: int) -> int:
    """Open the review of one payment; 1 unless it is there."""
    if desk.session.scalar(select(CompensationReview.id).where(CompensationReview.entry_id == entry_id)) is not None:
        return 0
    entry = desk.session.get_one(GuaranteeEntry, entry_id)
    guarantee = desk.session.get_one(Guarantee, entry.guarantee_id)
    of_claim = select(CompensationPart.claim_id).where(CompensationPart.entry_id == entry_id).limit(1)
    days = parameters.figure("review_days", desk.today).value
    review = desk.add(
        CompensationReview(
            number=take_number(desk.session, Series.REVIEW, desk.today.year), entry_id=entry_id, claim_id=desk.session.scalar(of_claim),
            guarantee_id=guarantee.id, case_id=guarantee.case_id, need_id=guarantee.need_id, firm_id=guarantee.firm_id,
            bank_id=guarantee.bank_id, amount=entry.amount, paid_on=entry.on, opened_on=desk.today,
            due_on=desk.calendar.after(desk.today, days).day,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.OPEN_REVIEW, review, number=review.number, guarantee=guarantee.number, amount=entry.amount)
    tell(desk, Act.OPEN_REVIEW, review, "", **_handler(desk, guarantee))
    return 1


def tell(desk: Desk, act: Act, review: CompensationReview, which: str, **to: object) -> None:
    """One notice about a review, once for each addressee; nothing of what it says."""
    once = f"{act.value}:{review.id}:{'-'.join(f'{key}={value}' for key, value in to.items())}:{which}"
    desk.later("notice", once, to=to, code=act.value, subject=review.id, number=review.number)


def _handler(desk: Desk, guarantee: Guarantee) -> dict[str, object]:
    """Who handles the need, while in service; otherwise every officer."""
    officer = desk.session.get_one(Need, guarantee.need_id).officer_id
    user = desk.session.get(User, officer) if officer else None
    return {"user": user.id} if user is not None and user.active else {"role": "officer"}


def _hold(desk: Desk, review: CompensationReview) -> None:
    """Lock it until the commit, and see it as it is then."""
    desk.session.refresh(review, with_for_update=True)


def _another(desk: Desk, review: CompensationReview, act: Act) -> None:
    """It waits for the act, of somebody else than who put it forward."""
    review.flow.after(review.state, act)
    if desk.actor.id == review.proposed_by:
        raise SamePerson
