"""The monthly draw of closed needs, requests and inspections to be called back (回访抽取): its seed comes from the journal, so that anybody draws it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from financing import parameters
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.helping.request_model import HelpRequest
from financing.helping.rules import RequestState
from financing.inspections.model import Inspection, InspectionParty
from financing.inspections.rules import InspectionState
from financing.journal import Entry
from financing.journal_check import START
from financing.needs.model import Need
from financing.ratings import rules
from financing.ratings.model import CallBack, CallDraw
from financing.ratings.rules import ENDING, HANDLED, CallReason, CallState, first_of, month_after

#: Months that a server which was off for long still catches up with.
MOST_MONTHS = 12
Matter = Need | HelpRequest | Inspection
#: The column of a call for each kind of matter, and who handled one of it.
MATTERS: Mapping[str, tuple[type[Matter], str]] = {
    "need_id": (Need, "officer_id"), "request_id": (HelpRequest, "helper_id"), "inspection_id": (Inspection, "recorded_by"),
}  # fmt: skip


def undrawn(desk: Desk) -> list[int]:
    """The months that are over and not drawn yet, as year * 12 + month, from the first line of the journal on."""
    first = desk.session.scalar(select(Entry.at).order_by(Entry.seq).limit(1))
    if first is None:
        return []
    done = {draw.month for draw in desk.all(CallDraw)}
    month, months = first_of(first.astimezone(BEIJING).date()), []
    while month_after(month) <= desk.today:
        months += [month] if month not in done else []
        month = month_after(month)
    return [one.year * 12 + one.month - 1 for one in months[-MOST_MONTHS:]]


def draw(desk: Desk, key: int) -> int:
    """Draw a month's share of closed matters and open a call for each; how many were drawn. A month is drawn once."""
    month = date(key // 12, key % 12 + 1, 1)
    if desk.find(CallDraw, CallDraw.month == month):
        return 0
    line, link = _last_line(desk, month)
    seed, pool = rules.seed(month, link), closed(desk, month)
    share = parameters.figure("call_back_ppm", desk.today).value
    numbers = rules.drawn(seed, sorted(pool), share)
    made = desk.add(
        CallDraw(month=month, seed=seed, line=line, share=share, pool=sorted(pool), drawn=list(numbers), at=desk.now)
    )
    desk.session.flush()
    desk.note(
        Act.DRAW_CALLS,
        made,
        month=f"{month:%Y-%m}",
        seed=seed,
        line=line,
        share=share,
        pool=sorted(pool),
        drawn=list(numbers),
    )
    for number in numbers:
        _open(desk, pool[number], month)
    if numbers:
        told = {"code": Act.DRAW_CALLS.value, "subject": made.id, "number": f"{month:%Y-%m}"}
        desk.later("notice", f"calls:{month:%Y-%m}", to={"role": "officer"}, **told)
    return len(numbers)


def closed(desk: Desk, month: date) -> dict[str, Matter]:
    """The needs, requests and inspections that came to their end in a month, by number."""
    pool: list[tuple[type[Any], tuple[Act, ...], tuple[Any, ...]]] = [
        (Need, ENDING, (Need.state.in_(HANDLED), Need.submitted_on.is_not(None))),
        (HelpRequest, (Act.CLOSE_REQUEST,), (HelpRequest.state == RequestState.CLOSED,)),
        (Inspection, (Act.RECORD_INSPECTION,), (Inspection.state == InspectionState.DONE,)),
    ]
    begin, end = _begin(month), _begin(month_after(month))
    found: dict[str, Matter] = {}
    for kind, acts, where in pool:
        lines = select(Entry.subject_id).where(Entry.act.in_(acts), Entry.at >= begin, Entry.at < end)
        found |= {one.number: one for one in desk.all(kind, kind.id.in_(lines), *where)}
    return found


def _last_line(desk: Desk, month: date) -> tuple[int, str]:
    """The last line of the journal before the next month: its number and its link."""
    query = select(Entry.seq, Entry.link).where(Entry.at < _begin(month_after(month))).order_by(Entry.seq.desc())
    found = desk.session.execute(query.limit(1)).first()
    return (found.seq, found.link) if found else (0, START.hex())


def _open(desk: Desk, matter: Matter, month: date) -> None:
    days = parameters.figure("call_back_days", desk.today).value
    ids: dict[str, Any] = {name: matter.id if isinstance(matter, kind) else None for name, (kind, _) in MATTERS.items()}
    who = next(getattr(matter, handler) for kind, handler in MATTERS.values() if isinstance(matter, kind))
    desk.add(
        CallBack(
            number=matter.number, **ids, firm_id=matter.firm_id, officer_id=who, reason=CallReason.DRAWN, month=month,
            rating_id=None, opened_on=desk.today, due_on=desk.calendar.after(desk.today, days).day, state=CallState.CALL,
        )
    )  # fmt: skip


def about(desk: Desk, call: CallBack) -> tuple[StrEnum | str, ...]:
    """What a call in sight is about, in words of the platform and of the firm."""
    if call.request_id is not None:
        request = desk.get(HelpRequest, call.request_id)
        return request.topic, request.title
    if call.inspection_id is not None:
        inspection = desk.get(Inspection, call.inspection_id)
        topics = desk.all(InspectionParty, InspectionParty.inspection_id == inspection.id, by=InspectionParty.at)
        return inspection.kind, *dict.fromkeys(one.topic for one in topics)
    return (desk.session.get_one(Need, call.need_id).purpose,)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=BEIJING).astimezone(UTC)
