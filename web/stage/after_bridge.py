"""The bridge fund on stage: a pool with capital, a bridge that is over, one that runs, one that is late with its bank suspended, two that wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from financing.access import SYSTEM, Actor, Role
from financing.bridge import alerts, money, promises, uses
from financing.bridge.model import BridgeMove, BridgePool, BridgeUse
from financing.bridge.promises import Terms
from financing.bridge.rules import Borrower, Cause, LoanUse
from financing.bridge.uses import Asked
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.money import Fen, Rate
from financing.parties.model import Firm
from financing.people.model import User
from web.stage.letters import scan
from web.stage.player import Player
from web.stage.road import Stage

CAPITAL = Fen.wan(2_000)
DAY = timedelta(days=1)


#: Of each bridge: the old loan in 万元, the place of its bank, days until the promised renewal, and how many days ago each step was.
BRIDGES = (
    (300, 0, 18, (58, 56, 52, 46)),
    (200, 1, 11, (10, 9, 7)),
    (400, 4, 9, (24, 22, 20)),
    (500, 2, 10, (3, 2)),
    (150, 0, 9, (1,)),
)
Step = tuple[int, int, int, Callable[[datetime], object]]


def steps(stage: Stage, players: Sequence[Player], password_hash: str) -> Iterator[Step]:
    """One use that is over, one that runs, one that is late, two that wait: days ago, hour, minute, and what happens."""
    yield 61, 9, 0, partial(found, stage, password_hash)
    for n, (wan, place, days, ago) in enumerate(BRIDGES):
        uses_: list[int] = []
        plays = (
            partial(_ask, stage, players[30 + n], wan, place, uses_),
            partial(_with, uses_, partial(promise, stage, days)),
            partial(_with, uses_, partial(pay_out, stage)),
            partial(_with, uses_, partial(bring_back, stage)),
        )
        yield from ((back, 13, n, play) for back, play in zip(ago, plays, strict=False))
    yield from ((back, 8, 0, partial(look, stage)) for back in (11, 8, 6, 5, 0))


def _ask(stage: Stage, player: Player, wan: int, place: int, made: list[int], now: datetime) -> None:
    made.append(apply(stage, player.actor, wan, place, now))


def _with(made: list[int], do: Callable[[int, datetime], object], now: datetime) -> None:
    do(made[0], now)


def found(stage: Stage, password_hash: str, now: datetime) -> None:
    """The fund gets its manager, its pool and its capital."""
    with stage.desk(SYSTEM, now) as here:
        here.add(User(login="zijin", name="钱管理", role=Role.FUND, password_hash=password_hash, joined_at=now))
    fund = _fund(stage, now)
    with stage.desk(fund, now) as here:
        pool = money.open_pool(here, name="应急专项资金", custodian="园区农商行营业部", account="8001 2233 4455")
    with ExitStack() as kept, stage.desk(fund, now) as here:
        slip, pool = _proof(stage, kept, 31), here.get(BridgePool, pool.id)
        move = money.propose(
            here, pool, Cause.PAID_IN, amount=CAPITAL, on=here.today, reason="区财政首期拨入", filed=slip
        )
    with stage.desk(stage.cast.officer, now) as here:
        money.confirm(here, here.get(BridgeMove, move.id))


def apply(stage: Stage, actor: Actor, wan: int, place: int, now: datetime) -> int:
    """A firm asks for 95 of 100 of a loan that ends in three weeks, at one of the banks."""
    with ExitStack() as kept, stage.desk(actor, now) as here:
        firm, bank = here.get(Firm, actor.firm_id or 0), list(stage.cast.banks)[place]
        asked = Asked(
            bank, f"流贷 {now:%Y}-{place + 1:03d}", LoanUse.WORKING_CAPITAL, Borrower.FIRM, firm.name, Fen.wan(wan),
            here.today + 21 * DAY, Fen.wan(wan * 95 // 100), "货款月底回笼，续贷审批还需一周",
        )  # fmt: skip
        return uses.apply(here, firm, asked, _proof(stage, kept, 32)).id


def promise(stage: Stage, days: int, use: int, now: datetime) -> None:
    """Its bank promises to renew in so many days."""
    bank = _see(stage, use, now).bank_id
    with stage.desk(stage.cast.bankers[bank], now) as here:
        one = here.get(BridgeUse, use)
        terms = Terms(
            one.owed, Rate.percent("3.65"), 12, here.today + days * DAY, f"1506 0088 {one.number[-4:]}", one.firm
        )
        promises.promise(here, one, terms)


def pay_out(stage: Stage, use: int, now: datetime) -> None:
    """Own part in, two signatures, money out, all on one day."""
    fund, one = _fund(stage, now), _see(stage, use, now)
    with ExitStack() as kept, stage.desk(stage.cast.bankers[one.bank_id], now) as here:
        uses.deposit(here, here.get(BridgeUse, use), amount=one.own, on=here.today, filed=_proof(stage, kept, 33))
    for signer in (fund, stage.cast.officer):
        with stage.desk(signer, now) as here:
            uses.sign(here, here.get(BridgeUse, use))
    with ExitStack() as kept, stage.desk(fund, now) as here:
        money.release(here, here.get(BridgeUse, use), on=here.today, filed=_proof(stage, kept, 34))


def bring_back(stage: Stage, use: int, now: datetime) -> None:
    """Renewed as promised, everything back, the fee paid: over."""
    one, fund = _see(stage, use, now), _fund(stage, now)
    banker = stage.cast.bankers[one.bank_id]
    with stage.desk(banker, now) as here:
        promises.report(here, here.get(BridgeUse, use), amount=one.owed, rate=Rate.percent("3.65"), paid_on=here.today)
    _money(stage, use, banker, Cause.RETURNED, lambda use: use.left, now)
    _money(stage, use, fund, Cause.FEE, lambda use: use.fee or Fen(0), now)


def look(stage: Stage, now: datetime) -> None:
    """What the daily run does about late money."""
    with stage.desk(SYSTEM, now) as here:
        for key in alerts.overdue(here):
            alerts.look_at(here, key)


def _money(stage: Stage, use: int, by: Actor, cause: Cause, amount: Callable[[BridgeUse], Fen], now: datetime) -> None:
    with ExitStack() as kept, stage.desk(by, now) as here:
        one, slip = here.get(BridgeUse, use), _proof(stage, kept, 35)
        move = money.report(here, one, cause, amount=amount(one), on=here.today, reason="回单见附件", filed=slip)
    with stage.desk(stage.cast.officer, now) as here:
        money.confirm(here, here.get(BridgeMove, move.id))


def _proof(stage: Stage, kept: ExitStack, number: int) -> Filed:
    return replace(scan(stage, kept, number), kind=DocumentKind.PROOF, name="银行回单.png")


def _fund(stage: Stage, now: datetime) -> Actor:
    with stage.desk(SYSTEM, now) as here:
        return here.all(User, User.login == "zijin")[0].actor


def _see(stage: Stage, use: int, now: datetime) -> BridgeUse:
    with stage.desk(SYSTEM, now) as here:
        return here.get(BridgeUse, use)
