"""What a bank still needs from the firm (补充事项): asked from a list, answered once for all banks; meanwhile the bank's clock stands still."""

from __future__ import annotations

from sqlalchemy import Select, select

from financing import desk as desks
from financing import parameters
from financing.acts import Act
from financing.answer_refusals import (
    AlreadyOnFile,
    AskedStill,
    AskOver,
    FigureMissing,
    NoteMissing,
    OldPaper,
    OtherPaper,
)
from financing.desk import Desk
from financing.journal import Private
from financing.matching.model import Match
from financing.matching.rules import MatchState
from financing.matching.service import effective
from financing.needs.model import Need
from financing.offers.ask_model import ClockPause, ItemAsk
from financing.offers.ask_rules import ENDING, AskState, Item, fresh
from financing.offers.claim_model import Claim
from financing.offers.held import held
from financing.papers.model import Paper
from financing.refusals import NotFound, WrongState


def ask(desk: Desk, match: Match, item: Item, note: str = "") -> ItemAsk:
    """Ask the firm for one item (请企业补充); AlreadyOnFile for what the vault holds, unless it came as this bank's own answer."""
    _locked(desk, match)
    if match.state is not MatchState.SENT or effective(desk, match) is None:
        raise WrongState(state=match.state, act=Act.ASK_ITEM)
    _lacking(desk, match, item, note)
    days = parameters.figure("ask_answer_days", desk.today).value
    asked = desk.add(
        ItemAsk(
            **{name: getattr(match, name) for name in ("need_id", "firm_id", "bank_id")}, match_id=match.id, item=item, note=note,
            asked_at=desk.now, asked_by=desk.actor.id, asked_by_name=desk.actor.name, due_on=desk.calendar.after(desk.today, days).day,
            again=_asked_before(desk, match, item),
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.ASK_ITEM, asked, item=item, again=asked.again, due=asked.due_on, note=Private(note))
    _stand_still(desk, match, asked)
    _tell(desk, asked, Act.ASK_ITEM, firm=asked.firm_id)
    return asked


def answer(desk: Desk, asked: ItemAsk, *, paper: Paper | None = None, figure: int | None = None) -> None:
    """Answer with a paper of the kind that was asked for, or with a figure (答复补充事项); it is on file for every bank from now on."""
    match = _match(desk, asked)
    if effective(desk, match) is None or match.state is not MatchState.SENT:
        raise AskOver
    _fits(desk, asked, paper, figure)
    asked.paper_id, asked.figure = (paper.id, None) if paper else (None, figure)
    asked.answered_by_name = desk.actor.name
    _end(desk, asked, match, Act.ANSWER_ITEM, paper=paper.sha256 if paper else None, figure=Private(str(asked.figure)))
    _tell(desk, asked, Act.ANSWER_ITEM, bank=asked.bank_id)


def drop(desk: Desk, asked: ItemAsk) -> None:
    """The bank no longer needs it (不再需要)."""
    _end(desk, asked, _match(desk, asked), Act.DROP_ITEM)
    _tell(desk, asked, Act.DROP_ITEM, firm=asked.firm_id)


def waiting(desk: Desk) -> list[int]:
    """The questions that firms have not answered, the oldest first."""
    return [asked.id for asked in desk.all(ItemAsk, ItemAsk.state == AskState.OPEN, by=ItemAsk.due_on)]


def look_at(desk: Desk, key: int) -> int:
    """Remind the firm on its last day; after it, or once the bank may no longer read, the question is over. How many ended."""
    asked = desk.get(ItemAsk, key)
    match = _match(desk, asked)
    if asked.state is not AskState.OPEN:
        return 0
    if effective(desk, match) is not None and desk.today <= asked.due_on:
        if desk.today == asked.due_on:
            _tell(desk, asked, Act.ASK_ITEM, "last_day", firm=asked.firm_id)
        return 0
    _end(desk, asked, match, Act.LAPSE_ITEM, due=asked.due_on)
    for to in ({"firm": asked.firm_id}, {"bank": asked.bank_id}):
        _tell(desk, asked, Act.LAPSE_ITEM, next(iter(to)), **to)
    return 1


def pause(desk: Desk, match_id: int) -> ClockPause | None:
    """The standstill of this bank's clock, if the firm owes it something now; whoever looks."""
    running = (ClockPause.match_id == match_id, ClockPause.until.is_(None))
    found: ClockPause | None = desk.session.scalar(select(ClockPause).where(*running))
    return found


def pauses(desk: Desk, *matches: int) -> dict[int, ClockPause]:
    """The standstills of now that the actor may see, by match."""
    running = desk.all(ClockPause, ClockPause.match_id.in_(matches), ClockPause.until.is_(None))
    return {one.match_id: one for one in running}


def end_with(desk: Desk) -> None:
    """Whatever ended a bank's way ends its questions in the same transaction, and its clock with them."""
    for line in [line for line in desk.lines if line.act in ENDING and line.kind == "Match"]:
        match = desk.session.get_one(Match, line.subject_id)
        for asked in desk.session.scalars(_open(match.id)).all():
            asked.ended_at = desk.now
            desk.follow(line.act, asked)
        desk.session.flush()
        _go_on(desk, match)


def _lacking(desk: Desk, match: Match, item: Item, note: str) -> None:
    """Stop what the vault holds and what is being asked already; to send this bank's own answer back takes a word on what is wrong."""
    own = desk.all(ItemAsk, ItemAsk.match_id == match.id, ItemAsk.item == item, by=ItemAsk.asked_at)
    if own and own[-1].state is AskState.OPEN:
        raise AskedStill(item=item, until=own[-1].due_on)
    on_file = held(desk, match).get(item)
    if on_file is None or not on_file.good:
        return
    answered = [one for one in own if one.state is AskState.ANSWERED]
    if not any((one.paper_id, one.figure) == (on_file.paper_id, on_file.figure) for one in answered):
        raise AlreadyOnFile(field="item", item=item, on=on_file.on)
    if not note:
        raise NoteMissing(field="note", item=item)


def _asked_before(desk: Desk, match: Match, item: Item) -> bool:
    """Whether this bank has asked this firm for the item before, for whichever need (F90)."""
    same = (ItemAsk.bank_id == match.bank_id, ItemAsk.firm_id == match.firm_id, ItemAsk.item == item)
    return desk.session.scalar(select(ItemAsk.id).where(*same).limit(1)) is not None


def _fits(desk: Desk, asked: ItemAsk, paper: Paper | None, figure: int | None) -> None:
    """A paper of the kind that was asked for and not too old, or a figure."""
    if paper is None:
        if asked.item.paper is not None:
            raise OtherPaper(field="paper", item=asked.item)
        if figure is None:
            raise FigureMissing(field="amount" if asked.item.money else "number", item=asked.item)
        return
    if paper.firm_id != asked.firm_id:
        raise NotFound(kind="Paper")
    if paper.kind is not asked.item.paper:
        raise OtherPaper(field="paper", item=asked.item)
    days, on = parameters.figure("ask_fresh_days", desk.today).value, paper.added_at.astimezone(desks.BEIJING).date()
    if not fresh(asked.item, on, desk.today, days):
        raise OldPaper(field="paper", on=on, days=days)


def _end(desk: Desk, asked: ItemAsk, match: Match, act: Act, **facts: object) -> None:
    """One question is over; with the last one the bank's clock goes on."""
    asked.ended_at = desk.now
    desk.take(act, asked, item=asked.item, **facts)
    desk.session.flush()
    _go_on(desk, match)


def _stand_still(desk: Desk, match: Match, asked: ItemAsk) -> None:
    if pause(desk, match.id) is None and match.due_on is not None:
        owner = {name: getattr(match, name) for name in ("need_id", "firm_id", "bank_id")}
        desk.add(ClockPause(**owner, match_id=match.id, ask_id=asked.id, since=desk.today, due_before=match.due_on))


def _go_on(desk: Desk, match: Match) -> None:
    """Give back the days, to the claim as to the answer, once the firm owes this bank nothing more."""
    stood = pause(desk, match.id)
    if stood is None or desk.session.scalars(_open(match.id)).first() is not None:
        return
    days = desk.today - stood.since
    stood.until, stood.due_after = desk.today, stood.due_before + days
    match.due_on = stood.due_after
    for claim in desk.session.scalars(select(Claim).where(Claim.match_id == match.id, Claim.ended_at.is_(None))):
        claim.until = desk.calendar.after(claim.until, desk.calendar.left(stood.since, desk.today)).day


def _open(match_id: int) -> Select[ItemAsk]:
    return select(ItemAsk).where(ItemAsk.match_id == match_id, ItemAsk.state == AskState.OPEN)


def _match(desk: Desk, asked: ItemAsk) -> Match:
    match = desk.session.get_one(Match, asked.match_id)
    _locked(desk, match)
    desk.session.refresh(asked)
    return match


def _locked(desk: Desk, match: Match) -> None:
    """The need first, as every answer does, then the match: questions and answers come one after the other."""
    desk.session.refresh(desk.session.get_one(Need, match.need_id), with_for_update=True)
    desk.session.refresh(match)


def _tell(desk: Desk, asked: ItemAsk, act: Act, which: str = "", **to: object) -> None:
    number = desk.session.get_one(Need, asked.need_id).number
    once = f"{act.value}:{asked.id}:{which}"
    desk.later("notice", once, to=to, code=act.value, subject=asked.need_id, number=number)


desks.CONSEQUENCES.append(end_with)
