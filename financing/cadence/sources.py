"""What is open and late when a meeting is convened (未了事项): one small question to each room; a new room adds its own here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Select, literal

from financing.bridge.model import BridgeUse
from financing.bridge.rules import UseState
from financing.cadence.rules import Matter
from financing.clocks.model import Clock
from financing.commitments.model import FollowUp
from financing.commitments.rules import OVER
from financing.commitments.tracks import tracks
from financing.compensation.model import CompensationClaim
from financing.compensation.recovery_model import RecoveryCase
from financing.compensation.recovery_rules import RecoveryState
from financing.compensation.rules import RUNNING
from financing.contests.model import Contest
from financing.contests.rules import ContestState
from financing.desk import BEIJING, Desk
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.helping.request_model import HelpRequest
from financing.helping.rules import RequestState
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskState
from financing.letters.model import Guarantee
from financing.needs.model import Need
from financing.parties import names
from financing.parties.model import Bank
from financing.ratings.model import CallBack
from financing.ratings.rules import CallState
from financing.watch.lent import LIVE
from financing.watch.model import Check, EarlyWarning
from financing.watch.rules import CheckState, WarningState

#: The row it is about, number, what about it, who answers for it (account and name), last day.
Row: TypeAlias = tuple[int, str | None, str, int | None, str | None, date]
NOTHING, NOBODY = literal(""), literal(None)


def steps(desk: Desk) -> Iterable[Row]:
    """Steps of needs whose clock runs past its day."""
    columns = (Clock.id, Need.number, Clock.step, Need.officer_id, Need.officer_name, Clock.due_on)
    late = (Clock.stopped_on.is_(None), Clock.paused_on.is_(None), Clock.due_on < desk.today)
    return _rows(desk, desk.select(Clock, *columns).join(Need, Need.id == Clock.need_id).where(*late))


def checks(desk: Desk) -> Iterable[Row]:
    """Checks of guarantees in force that were not made."""
    columns = (Check.id, Guarantee.number, NOTHING, Need.officer_id, Need.officer_name, Check.due_on)
    query = desk.select(Check, *columns).join(Guarantee, Guarantee.id == Check.guarantee_id)
    query = query.join(Need, Need.id == Check.need_id)
    return _rows(desk, query.where(Check.state == CheckState.DUE, Check.due_on < desk.today, *LIVE))


def warnings(desk: Desk) -> Iterable[Row]:
    """Warnings that nobody has dealt with in time."""
    one = EarlyWarning
    columns = (one.id, Guarantee.number, one.level, Need.officer_id, Need.officer_name, one.due_on)
    query = desk.select(one, *columns).outerjoin(Guarantee, Guarantee.id == one.guarantee_id)
    query = query.outerjoin(Need, Need.id == one.need_id)
    return _rows(desk, query.where(one.state != WarningState.CLOSED, one.due_on < desk.today))


def claims(desk: Desk) -> Iterable[Row]:
    """Claims of banks whose time to be paid is over."""
    one = CompensationClaim
    columns = (one.id, one.number, NOTHING, Need.officer_id, Need.officer_name, one.due_on)
    query = desk.select(one, *columns).join(Need, Need.id == one.need_id)
    return _rows(desk, query.where(one.state.in_(RUNNING), one.due_on < desk.today))


def recoveries(desk: Desk) -> Iterable[Row]:
    """Recoveries whose next step is late."""
    one = RecoveryCase
    columns = (one.id, one.number, NOTHING, one.owner_id, one.owner, one.next_on)
    late = (one.state == RecoveryState.OPEN, one.next_on < desk.today)
    return _rows(desk, desk.select(one, *columns).where(*late))


def contests(desk: Desk) -> Iterable[Row]:
    """Second looks that are late: a bank's, or the zone's."""
    columns = (Contest.id, Need.number, NOTHING, NOBODY, Bank.name, Contest.due_on)
    query = desk.select(Contest, *columns).join(Need, Need.id == Contest.need_id)
    query = query.outerjoin(Bank, Bank.id == Contest.bank_id)
    return _rows(desk, query.where(Contest.state == ContestState.OPEN, Contest.due_on < desk.today))


def calls(desk: Desk) -> Iterable[Row]:
    """Calls back and matters to be put right that are late."""
    columns = (CallBack.id, CallBack.number, CallBack.state, NOBODY, NOTHING, CallBack.due_on)
    query = desk.select(CallBack, *columns)
    return _rows(desk, query.where(CallBack.state != CallState.CALLED, CallBack.due_on < desk.today))


def bridges(desk: Desk) -> Iterable[Row]:
    """Money of the bridge fund that is not back on its day; the bank that promised the renewal answers for it."""
    one = BridgeUse
    columns = (one.id, one.number, NOTHING, NOBODY, names.of_bank(one.bank_id), one.due_on)
    return _rows(desk, desk.select(one, *columns).where(one.state == UseState.OUT, one.due_on < desk.today))


def tasks(desk: Desk) -> Iterable[Row]:
    """What a former meeting or an appointment gave somebody to do, and is not done."""
    columns = (Task.id, Task.number, Task.title, Task.owner_id, Task.owner, Task.due_on)
    late = (Task.state.in_((TaskState.OPEN, TaskState.PROVED)), Task.due_on < desk.today)
    return _rows(desk, desk.select(Task, *columns).where(*late))


def requests(desk: Desk) -> Iterable[Row]:
    """Requests of firms whose answer is late, and those that nobody has signed in time."""
    one = HelpRequest
    columns = (one.id, one.number, one.title, one.helper_id, one.helper, one.due_on)
    late = (one.state.in_((RequestState.SIGNED, RequestState.REOPENED)), one.due_on < desk.today)
    yield from _rows(desk, desk.select(one, *columns).where(*late))
    for raised in desk.all(one, one.state == RequestState.RAISED, one.sign_by < desk.now):
        if (day := raised.sign_by.astimezone(BEIJING).date()) < desk.today:
            yield raised.id, raised.number, raised.title, raised.helper_id, raised.helper, day


def commitments(desk: Desk) -> Iterable[Row]:
    """Intents of a session of which a bank was asked and said nothing since: one matter for each bank and session."""
    asked = {(one.session_id, one.bank_id): one for one in desk.all(FollowUp, by=FollowUp.at)}
    open_ones = [one for one in tracks(desk, Intent.said == Said.INTENDS) if one.course.standing not in OVER]
    silent: Counter[tuple[int, int, str]] = Counter()
    for one in open_ones:
        mark = asked.get((one.session_id, one.bank_id))
        if mark is not None and (one.told is None or one.told < mark.at):
            silent[one.session_id, one.bank_id, one.session] += 1
    banks = {bank.id: bank.name for bank in desk.all(Bank)} if silent else {}
    for (session, bank, number), count in silent.items():
        mark = asked[session, bank]
        yield mark.id, number, str(count), None, banks[bank], mark.at.astimezone(BEIJING).date()


#: Each kind of matter with its question.
SOURCES: dict[Matter, Callable[[Desk], Iterable[Row]]] = {
    Matter.STEP: steps,
    Matter.REQUEST: requests,
    Matter.TASK: tasks,
    Matter.COMMITMENT: commitments,
    Matter.CHECK: checks,
    Matter.WARNING: warnings,
    Matter.CLAIM: claims,
    Matter.RECOVERY: recoveries,
    Matter.CONTEST: contests,
    Matter.CALL: calls,
    Matter.BRIDGE: bridges,
}


def _rows(desk: Desk, query: Select[Any]) -> Iterable[Row]:
    return (tuple(row) for row in desk.session.execute(query))
