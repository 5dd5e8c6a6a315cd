"""One act on many rows (批量办理): each row under its own rules, so that one that cannot be done keeps no other back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.hygiene import service as hygiene
from financing.journal import Entry
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import OPEN, TURNS, Turn
from financing.offers.ask_model import ItemAsk
from financing.offers.ask_rules import AskState
from financing.office import handover
from financing.office.model import BulkRun
from financing.office.rules import MOST_ROWS, Cause, Deed
from financing.office_refusals import NoReceiver, NothingTicked, NotTheFirmsTurn, RemindedToday
from financing.parties.model import Firm
from financing.refusals import NotFound, Refusal

#: A refusal in the words of each language, for the page that tells what came of a row.
Say = Callable[[Refusal], dict[str, str]]


def run(desk: Desk, deed: Deed, keys: Sequence[int], say: Say, *, to: int | None = None, note: str = "") -> BulkRun:
    """Do one thing with each of some needs; what came of each row is kept. NothingTicked, NoReceiver."""
    keys = list(dict.fromkeys(keys))[:MOST_ROWS]
    if not keys:
        raise NothingTicked
    if deed is Deed.HAND_OVER and to is None:
        raise NoReceiver
    act = {Deed.ACCEPT: needs.accept, Deed.REMIND: remind, Deed.HAND_OVER: _offer(to or 0, note)}[deed]
    rows = [_row(desk, key, act, say) for key in keys]
    made = desk.add(BulkRun(user_id=desk.actor.id, deed=deed, at=desk.now, rows=rows))
    desk.session.flush()
    desk.note(Act.HANDLE_MANY, made, deed=deed, done=sum(row["done"] for row in rows), of=len(rows))
    return made


def remind(desk: Desk, need: Need) -> None:
    """Tell the firm once more that something is waited for from it; NotTheFirmsTurn, RemindedToday."""
    asked = desk.find(ItemAsk, ItemAsk.need_id == need.id, ItemAsk.state == AskState.OPEN)
    waits = need.state in OPEN and (TURNS[need.state] is Turn.FIRM or asked or hygiene.standing(desk, need.id))
    if not waits:
        raise NotTheFirmsTurn
    since = datetime.combine(desk.today, time(0), tzinfo=BEIJING)
    if desk.find(Entry, Entry.subject_id == need.id, Entry.act == Act.REMIND_FIRM, Entry.at >= since):
        raise RemindedToday
    desk.note(Act.REMIND_FIRM, need)
    told = {"to": {"firm": need.firm_id}, "code": Act.REMIND_FIRM.value, "subject": need.id, "number": need.number}
    desk.later("notice", f"remind:{need.id}:{desk.today}", **told)


def _offer(to: int, note: str) -> Callable[[Desk, Need], object]:
    return lambda desk, need: handover.offer(desk, [need], to, cause=Cause.LOAD, note=note)


def _row(desk: Desk, key: int, act: Callable[[Desk, Need], object], say: Say) -> dict[str, Any]:
    """One row, done or left as it was with its lines of the journal taken back."""
    written = len(desk.lines)
    try:
        need = desk.get(Need, key)
    except NotFound as no:
        return {"need": None, "number": "", "firm": "", "done": False, "why": say(no)}
    told = {"need": need.id, "number": need.number, "firm": desk.get(Firm, need.firm_id).name}
    try:
        with desk.session.begin_nested():
            act(desk, need)
    except Refusal as no:
        del desk.lines[written:]
        return {**told, "done": False, "why": say(no)}
    return {**told, "done": True, "why": {}}
