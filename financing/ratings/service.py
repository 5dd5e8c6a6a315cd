"""Ratings of handled needs (好差评, F98): given once by the firm; a bad one is verified, put right within its days, and called back."""

from __future__ import annotations

from collections.abc import Mapping

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.journal import Private
from financing.needs.model import Need
from financing.office_refusals import NotHandled, RatedAlready
from financing.parties.identity import passage
from financing.ratings.model import CallBack, Rating
from financing.ratings.rules import BAD, HANDLED, CallReason, CallState, Grade, first_of


def may_rate(desk: Desk, need: Need) -> bool:
    """Whether the firm at the desk can rate this need now."""
    handled = need.state in HANDLED and need.submitted_on is not None
    return handled and desk.may(Act.RATE, need) and of_need(desk, need.id) is None


def of_need(desk: Desk, need: int) -> Rating | None:
    return desk.find(Rating, Rating.need_id == need)


def rate(desk: Desk, need: Need, grade: Grade, aspects: Mapping[str, Grade | None], says: str = "") -> Rating:
    """Rate how a need was handled (评价); NotHandled while it is on its way, RatedAlready."""
    desk.session.refresh(need, with_for_update=True)
    if need.state not in HANDLED or need.submitted_on is None:
        raise NotHandled
    if of_need(desk, need.id):
        raise RatedAlready
    made = desk.add(
        Rating(
            need_id=need.id, firm_id=need.firm_id, officer_id=need.officer_id, grade=grade, efficiency=aspects.get("efficiency"),
            guidance=aspects.get("guidance"), convenience=aspects.get("convenience"), usability=aspects.get("usability"),
            says=passage(says, "rating_says") if says.strip() else "", given_on=desk.today, given_at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.RATE, made, said=Private(f"{grade.value} {made.says}"))
    if grade in BAD:
        _look_into(desk, need, made)
    return made


def _look_into(desk: Desk, need: Need, rating: Rating) -> None:
    days = parameters.figure("bad_rating_days", desk.today).value
    desk.add(
        CallBack(
            number=need.number, need_id=need.id, request_id=None, inspection_id=None, firm_id=rating.firm_id, officer_id=rating.officer_id, reason=CallReason.BAD,
            month=first_of(desk.today), rating_id=rating.id, opened_on=desk.today,
            due_on=desk.calendar.after(desk.today, days).day, state=CallState.VERIFY,
        )
    )  # fmt: skip
    told = {"code": Act.RATE.value, "subject": rating.id, "number": ""}
    desk.later("notice", f"rating:{rating.id}", to={"role": "leader"}, **told)


def verify(desk: Desk, call: CallBack, *, true: bool, found: str) -> None:
    """Say whether what the firm complains of is so (核实差评)."""
    found = passage(found, "complaint_found")
    desk.take(Act.VERIFY_RATING, call, true=true, found=Private(found))
    call.true, call.found, call.verified_at, call.verified_by = true, found, desk.now, desk.actor.id


def rectify(desk: Desk, call: CallBack, done: str) -> None:
    """Say what was put right, or explained where nothing was wrong (登记整改)."""
    done = passage(done, "rectified")
    desk.take(Act.RECTIFY, call, done=Private(done), in_time=desk.today <= call.due_on)
    call.rectified, call.rectified_on = done, desk.today


def called(desk: Desk, call: CallBack, grade: Grade, heard: str = "") -> None:
    """The firm was reached and said how content it is (登记回访)."""
    heard = passage(heard, "heard") if heard.strip() else ""
    desk.take(Act.CALL_BACK, call, reason=call.reason, heard=Private(f"{grade.value} {heard}"))
    call.grade, call.heard, call.called_at, call.called_by = grade, heard, desk.now, desk.actor.id


def missed(desk: Desk, call: CallBack) -> None:
    """Nobody took the call; it is tried again."""
    desk.take(Act.MISS_CALL, call)
    call.missed += 1
