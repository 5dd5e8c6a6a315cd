"""What is done about the return and the ratios: figures typed by one and confirmed by another, alarms raised and ended each day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.parties import service as parties
from financing.parties.identity import passage
from financing.refusals import Incomplete, NotFound, OutOfRange
from financing.register import views
from financing.register.figure_rules import FiguresState
from financing.register.lines import OUTSIDE, TYPED, contradictions, month_end
from financing.register.model import RatioAlarm, ReturnFigures
from financing.register.policy import Alarm, Watched
from financing.register_refusals import FiguresOpen, FiguresWrong


def type_figures(desk: Desk, month: date, figures: Mapping[str, int], *, nothing_outside: bool) -> ReturnFigures:
    """Type the company's figures of a month (填报): whole fen and numbers by line; what is left out stays missing.

    `nothing_outside` says there was no business beside the platform: every line of it is nought. OutOfRange for a month that is
    not over, FiguresOpen while others wait, FiguresWrong naming the lines that cannot be, Incomplete when nothing was typed.
    """
    require(desk.actor, Act.TYPE_FIGURES, None)
    end = month_end(month)
    if end > desk.today:
        raise OutOfRange(field="month", least=None, most=month_end(date(desk.today.year, desk.today.month, 1)))
    said = (dict.fromkeys(sorted(OUTSIDE), 0) if nothing_outside else {}) | {
        key: figures[key] for key in TYPED if key in figures
    }
    if not said:
        raise Incomplete(missing=())
    if wrong := contradictions(said):
        raise FiguresWrong(lines=wrong)
    if desk.find(ReturnFigures, ReturnFigures.month == end, ReturnFigures.state == FiguresState.PROPOSED):
        raise FiguresOpen(month=end)
    made = desk.add(
        ReturnFigures(
            month=end, figures=said, proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name
        )
    )
    desk.session.flush()
    desk.note(Act.TYPE_FIGURES, made, month=end, figures=said)
    return made


def confirm(desk: Desk, typed: ReturnFigures) -> None:
    """Another person confirms what was typed (复核): from now on it counts. SamePerson, WrongState."""
    _decide(desk, Act.CONFIRM_FIGURES, typed)


def turn_down(desk: Desk, typed: ReturnFigures, answer: str) -> None:
    """Another person turns it down with a reason (退回). SamePerson, WrongState."""
    _decide(desk, Act.TURN_DOWN_FIGURES, typed, passage(answer, "reason"))


def _decide(desk: Desk, act: Act, typed: ReturnFigures, answer: str = "") -> None:
    """Write the decision in one go, for no wall lets a second one through, and tell whoever typed."""
    if desk.actor.id == typed.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, typed)
    desk.session.refresh(typed, with_for_update=True)
    desk.take(act, typed, month=typed.month)
    typed.decided_at, typed.decided_by, typed.decider = desk.now, desk.actor.id, desk.actor.name
    typed.answer = answer
    told = {"to": {"user": typed.proposed_by}, "code": act.value, "subject": typed.id, "number": f"{typed.month:%Y-%m}"}
    desk.later("notice", f"{act}:{typed.id}", **told)


def exported(desk: Desk, what: str, **facts: int) -> str:
    """Write down that the register or a return left the platform as a file; the name of the guarantor it is of."""
    guarantor = parties.the_guarantor(desk)
    if guarantor is None:
        raise NotFound(kind="Guarantor")
    desk.note(Act.PRINT_RETURN, guarantor, what=what, **facts)
    return guarantor.name


def watch(desk: Desk) -> int:
    """Raise an alarm for each ratio that is beyond its bar today and rings not yet, and end those that are kept again.

    Whoever is responsible hears of it once, however long it rings. How many were raised or ended.
    """
    ringing = {alarm.ratio: alarm for alarm in desk.all(RatioAlarm, RatioAlarm.until.is_(None))}
    done = 0
    for one in views.ratios(desk, desk.today):
        known = ringing.get(one.ratio)
        if one.alarm is Alarm.RED and known is None:
            _raise(desk, one)
        elif one.alarm is not Alarm.RED and known is not None:
            known.until = desk.today
            desk.note(Act.END_ALARM, known, ratio=one.ratio, value=one.value)
        else:
            continue
        done += 1
    return done


def _raise(desk: Desk, one: Watched) -> None:
    assert one.value is not None and one.bar is not None  # noqa: S101  red has both
    alarm = desk.add(RatioAlarm(ratio=one.ratio, since=desk.today, value=one.value, bar=one.bar, source=one.source))
    desk.session.flush()
    desk.note(Act.RAISE_ALARM, alarm, ratio=one.ratio, value=one.value, bar=one.bar)
    for role in ("officer", "leader"):
        told = {"to": {"role": role}, "code": Act.RAISE_ALARM.value, "subject": alarm.id, "number": ""}
        desk.later("notice", f"{Act.RAISE_ALARM}:{alarm.id}:{role}", **told)
