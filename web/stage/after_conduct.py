"""Conduct of banks on stage: both seats taken, one report asked of its bank, one just taken up, questions after pay-outs answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from financing.access import SYSTEM, Actor
from financing.conduct import cases, checks, posts, reports
from financing.conduct.checks import Answer
from financing.conduct.model import ConductCase, HandlerPost, PayoutCheck
from financing.conduct.reports import Handed, Told
from financing.conduct.rules import ConductState, Cost, Practice, Seat
from financing.money import Fen
from financing.people.model import User
from web.stage.photo import photo
from web.stage.player import Player
from web.stage.road import Stage

Play = Callable[[datetime], None]
ASKS = "请说明贵行在发放小微企业贷款时推介保险产品的做法，并附近三个月推介与贷款发放日期的对照清单。"


def scenes(stage: Stage, players: Sequence[Player], day: Callable[..., datetime]) -> Iterator[tuple[datetime, Play]]:
    """Nothing without keys to seal it with: a rehearsal has none."""
    if stage.database.ring is None or stage.uploads is None:
        return
    yield day(150, 8), partial(seat, stage)
    yield day(40, 16), partial(report, stage, players[2], Practice.BUNDLED)
    yield day(24, 9), partial(register, stage)
    yield day(21, 10), partial(look_into, stage)
    yield day(19, 11), partial(ask_bank, stage)
    yield day(18, 16), partial(report, stage, players[5], Practice.FEE_FOR_LOAN)
    yield day(4, 8), partial(ask_firms, stage)
    yield day(3, 9), partial(register, stage)
    yield day(3, 16), partial(answer, stage, players)
    yield day(2, 17), partial(look_into, stage)


def seat(stage: Stage, now: datetime) -> None:
    """The leader and the second officer, put forward by the administrator and confirmed by the chair."""
    with stage.desk(SYSTEM, now) as here:
        admin = here.all(User, User.login == "guanliyuan")[0].actor
    for place, actor in ((Seat.LEADING, stage.cast.leader), (Seat.SECOND, stage.cast.second)):
        with stage.desk(admin, now) as here:
            made = posts.propose(here, place, here.get(User, actor.id), here.today)
        with stage.desk(stage.cast.chair, now + timedelta(hours=1)) as here:
            posts.adopt(here, here.get(HandlerPost, made.id))


def report(stage: Stage, player: Player, practice: Practice, now: datetime) -> None:
    """A firm tells, by name, of the first bank; what it hands in is sealed."""
    bank = next(iter(stage.cast.banks))
    text = {
        Practice.BUNDLED: "签合同当天要求同时买一份意外险，说不买就排不上放款。",
        Practice.FEE_FOR_LOAN: "放款后另收“资料整理费”，没有发票。",
    }[practice]
    told = Told(bank, practice, text, now.date() - timedelta(days=3), Fen.yuan(6_800), named=True)
    handed = Handed("单据.png", photo(61))
    with stage.desk(SYSTEM, now) as here:
        if stage.uploads is not None:
            reports.report(here, player.actor, told, once=f"demo {practice}", uploads=stage.uploads, files=(handed,))


def register(stage: Stage, now: datetime) -> None:
    with stage.desk(SYSTEM, now) as here:
        keys = reports.pending(here)
    for key in keys:
        with stage.desk(SYSTEM, now) as here:
            reports.register(here, key)


def look_into(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.leader, now) as here:
        for one in here.all(ConductCase, ConductCase.state == ConductState.RECEIVED):
            cases.look_into(here, cases.held(here, one.id), "已与反映人核对时间和单据，拟向银行核实。")


def ask_bank(stage: Stage, now: datetime) -> None:
    """A letter that says nothing of who reported."""
    with stage.desk(stage.cast.leader, now) as here:
        for one in here.all(ConductCase, ConductCase.state == ConductState.LOOKING):
            cases.ask_bank(here, cases.held(here, one.id), ASKS)


def ask_firms(stage: Stage, now: datetime) -> None:
    """The question after every pay-out that is old enough."""
    with stage.desk(SYSTEM, now) as here:
        due = checks.due(here)
    for key in due:
        with stage.desk(SYSTEM, now) as here:
            checks.ask(here, key)


def answer(stage: Stage, players: Sequence[Player], now: datetime) -> None:
    """Of three firms two answer: nothing was asked for, or an insurance was."""
    signs: dict[int, Actor] = {one.actor.firm_id: one.actor for one in players if one.actor.firm_id}
    with stage.desk(SYSTEM, now) as here:
        asked = [one for one in here.all(PayoutCheck, by=PayoutCheck.paid_on) if one.firm_id in signs]
        order = sorted(asked, key=lambda one: signs[one.firm_id].name)
    for n, one in enumerate(order):
        if n % 3 < 2:
            with stage.desk(signs[one.firm_id], now + timedelta(minutes=n)) as here:
                checks.answer(here, here.get(PayoutCheck, one.id), _said(n, one.paid_on))


def _said(n: int, paid_on: date) -> Answer:
    if n % 3:
        return Answer(yes=True, costs=(Cost.INSURANCE,), amount=Fen.yuan(1_200), on=paid_on, text="意外险一份")
    return Answer(yes=False)
