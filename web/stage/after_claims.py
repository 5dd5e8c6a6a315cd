"""Claims on stage: one reduced, paid, partly recovered and looked back upon; one refused; one whose clock stands still for papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from financing.access import SYSTEM, Actor
from financing.acts import Act
from financing.compensation import deciding, files, payables, paying, recovery, review, service, terms
from financing.compensation.deciding import Examined
from financing.compensation.grounds import Item
from financing.compensation.model import CompensationClaim, CompensationDecision, CompensationPart
from financing.compensation.recovery import Done
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare
from financing.compensation.recovery_rules import ShareState, Step
from financing.compensation.review import Learned
from financing.compensation.review_model import CompensationReview
from financing.compensation.review_rules import Change
from financing.compensation.rules import Deducted, Lapse, Outcome, PartState, Pause, Reason
from financing.compensation.service import Lodging
from financing.desk import Desk
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.letters import entries
from financing.letters.model import EntryProposal, Guarantee
from financing.letters.rules import EntryKind, ProposalState
from financing.money import Fen
from financing.people.model import User
from web.stage import after_watch
from web.stage.after_early import Day, Early, Scene
from web.stage.letters import scan
from web.stage.road import Stage

#: What a bank puts in before it claims, and what it promises for later.
FIRST = (Item.CONTRACT, Item.DRAWDOWN, Item.ACCOUNT, Item.DUNNING, Item.NOTICE)
LATER = (Item.CREDIT_REVIEW, Item.USE, Item.CHECKS)
PAID, REFUSED, PAUSED = range(3)
LESSON = (
    "借款人首个付息日即未付息，平台次日预警，此后又有两次；保后检查到期未做，预警没有人处置，直到银行申请代偿。"
    "等到发出催收函，借款人已经停产，设备已被其他债权人申请保全。"
)


def scenes(stage: Stage, day: Day, today: date, password_hash: str) -> Iterator[Scene]:
    """The first firms borrow; nobody pays interest; from the second month on the banks claim."""
    here = Claims(Early(stage, password_hash, today))
    yield from here.early.scenes(day)
    yield from ((day(ago, 1), partial(after_watch.night, stage)) for ago in (130, 104, 84, 50))
    yield from _spread(day, (
        (46, here.puts(PAID, *FIRST, *LATER[:2])), (44, here.lodges(PAID, "借款人停产，自首个付息日起未付利息", LATER[2:])),
        (40, here.reduces), (38, here.confirms(PAID, Outcome.REDUCE)), (35, here.accepts(PAID)), (32, here.pays), (31, here.books),
        (29, here.asks), (27, here.demands), (24, here.receives), (20, here.sues), (16, here.learns), (14, here.decides),
        (12, here.recovers), (11, here.books), (9, here.orders), (8, here.pays_on),
    ))  # fmt: skip
    yield from _spread(day, (
        (40, here.puts(REFUSED, *FIRST, *LATER)), (39, here.lodges(REFUSED, "借款人资金链断裂")), (34, here.refuses),
        (32, here.confirms(REFUSED, Outcome.REFUSE)), (26, here.accepts(REFUSED)),
    ))  # fmt: skip
    yield from _spread(day, (
        (10, here.puts(PAUSED, *FIRST)), (9, here.lodges(PAUSED, "借款人外迁，逾期未还", LATER)), (6, here.pauses),
    ))  # fmt: skip


def _spread(day: Day, plays: Sequence[tuple[int, Callable[[datetime], object]]]) -> Iterator[Scene]:
    """Each later in the day than the one before it: holidays bring days together, never out of order."""
    for n, (ago, play) in enumerate(plays):
        hour, minute = divmod(8 * 60 + n * 40, 60)
        yield day(ago, hour, minute), play


@dataclass(frozen=True, slots=True)
class Claims:
    """Everybody who has a part in a claim, each at a desk of their own."""

    early: Early

    @property
    def stage(self) -> Stage:
        return self.early.stage

    def puts(self, place: int, *items: Item) -> Callable[[datetime], None]:
        def play(now: datetime) -> None:
            guarantee = self.early.guarantee(place, now)
            for n, item in enumerate(items):
                with ExitStack() as kept, self._bank(guarantee, now) as here:
                    own, before = here.get(Guarantee, guarantee.id), here.today - timedelta(days=2)
                    files.put(here, own, item, dated=before, note="扫描件", filed=self._proof(kept, 41 + n))

        return play

    def lodges(self, place: int, why: str, promised: tuple[Item, ...] = ()) -> Callable[[datetime], None]:
        def play(now: datetime) -> None:
            guarantee = self.early.guarantee(place, now)
            with self._bank(guarantee, now) as here:
                own = here.get(Guarantee, guarantee.id)
                account = f"{self.stage.cast.banks[guarantee.bank_id]} 6222 0000 1111 2222"
                interest = Fen(own.amount.fen // 100)
                service.lodge(here, own, Lodging(terms.most(here, own), interest, None, account, why, promised))

        return play

    def reduces(self, now: datetime) -> None:
        """Two per cent less, for a check that was not made."""
        with self.stage.desk(self.stage.cast.officer, now) as here:
            claim = self._claim(here, PAID)
            cut = Fen(claim.claimed.fen // 50)
            cuts = (Deducted(Lapse.CHECK, Fen(cut.fen * 2), cut, "放款后三个月没有贷后检查记录"),)
            deciding.propose(
                here,
                claim,
                Examined(Outcome.REDUCE, "材料齐全，欠款清单与平台记录一致；检查缺失一次，按约定减额。", cuts),
            )

    def refuses(self, now: datetime) -> None:
        with self.stage.desk(self.stage.cast.officer, now) as here:
            opinion = "放款后银行与借款人另签补充协议，把还款期限改为一次性到期，没有取得担保人书面同意。"
            deciding.propose(here, self._claim(here, REFUSED), Examined(Outcome.REFUSE, opinion, reason=Reason.ALTERED))

    def confirms(self, place: int, outcome: Outcome) -> Callable[[datetime], None]:
        def play(now: datetime) -> None:
            with self.stage.desk(self.stage.cast.chair, now) as here:
                claim = self._claim(here, place)
                waits = here.find(CompensationDecision, CompensationDecision.claim_id == claim.id)
                if waits is not None:
                    deciding.confirm(here, waits, outcome)

        return play

    def accepts(self, place: int) -> Callable[[datetime], None]:
        def play(now: datetime) -> None:
            with self._bank(self.early.guarantee(place, now), now) as here:
                deciding.accept(here, self._claim(here, place))

        return play

    def pauses(self, now: datetime) -> None:
        with self.stage.desk(self.stage.cast.officer, now) as here:
            wanted = "欠款清单的利息与合同利率不符，请逐日列明计息本金、利率和天数。"
            service.halt(here, self._claim(here, PAUSED), Pause.FIGURE, wanted)

    def pays(self, now: datetime) -> None:
        with ExitStack() as kept, self.stage.desk(self.stage.cast.officer, now) as here:
            paying.pay(here, self._claim(here, PAID), on=here.today, filed=self._proof(kept, 51))

    def books(self, now: datetime) -> None:
        """The chair confirms what waits in the ledger."""
        guarantee = self.early.guarantee(PAID, now)
        with self.stage.desk(self.stage.cast.chair, now) as here:
            mine = (EntryProposal.guarantee_id == guarantee.id, EntryProposal.state == ProposalState.PROPOSED)
            for one in here.all(EntryProposal, *mine):
                entries.confirm(here, one)

    def asks(self, now: datetime) -> None:
        with self.stage.desk(self.stage.cast.officer, now) as here:
            for part in here.all(CompensationPart, CompensationPart.state == PartState.OWED):
                paying.ask(here, part)

    def receives(self, now: datetime) -> None:
        """One of the other parties has paid its part; the other is waited for."""
        with ExitStack() as kept, self.stage.desk(self._fund(now), now) as here:
            part = here.all(CompensationPart, CompensationPart.state == PartState.ASKED, by=CompensationPart.party)[0]
            paying.receive(here, part, on=here.today, filed=self._proof(kept, 52))

    def demands(self, now: datetime) -> None:
        self._does(now, Step.DEMAND, "催收函挂号送达，法定代表人签收", Fen.yuan(36), Step.SUE, "准备起诉材料和财产线索")

    def sues(self, now: datetime) -> None:
        text = "已立案，同时申请保全机器设备"
        self._does(now, Step.SUE, text, Fen.yuan("8240"), Step.JUDGMENT, "开庭，争取调解")

    def recovers(self, now: datetime) -> None:
        """A first sum from a customer of the firm."""
        guarantee = self.early.guarantee(PAID, now)
        with ExitStack() as kept, self.stage.desk(self.stage.cast.officer, now) as here:
            entries.propose(
                here, here.get(Guarantee, guarantee.id), EntryKind.RECOVERED, on=here.today, amount=Fen.yuan("126000.37"),
                reason="应收账款债务人代付", filed=self._proof(kept, 53),
            )  # fmt: skip

    def orders(self, now: datetime) -> None:
        """Paid on to whoever has paid its own part."""
        with ExitStack() as kept, self.stage.desk(self.stage.cast.officer, now) as here:
            in_ = here.all(CompensationPart, CompensationPart.state == PartState.RECEIVED)
            for share in here.all(RecoveryShare, RecoveryShare.party.in_([part.party for part in in_])):
                payables.order(here, share, on=here.today, filed=self._proof(kept, 54))

    def pays_on(self, now: datetime) -> None:
        with self.stage.desk(self._fund(now), now) as here:
            for share in here.all(RecoveryShare, RecoveryShare.state == ShareState.ORDERED):
                payables.pay(here, share)

    def learns(self, now: datetime) -> None:
        with self.stage.desk(self.stage.cast.officer, now) as here:
            said = Learned(
                LESSON, Change.WATCH, "三次预警之后没有一次现场检查，担保人失去了两个月的追偿时间。",
                "贷款逾期预警列入现场检查，五个工作日内完成；未完成的升为红色", here.today + timedelta(days=45),
            )  # fmt: skip
            review.propose(here, here.all(CompensationReview)[0], said)

    def decides(self, now: datetime) -> None:
        with self.stage.desk(self.stage.cast.leader, now) as here:
            review.decide(here, here.all(CompensationReview)[0], Act.CHANGE_SOMETHING)

    def _does(self, now: datetime, step: Step, what: str, cost: Fen, then: Step, next_what: str) -> None:
        with ExitStack() as kept, self.stage.desk(self.stage.cast.officer, now) as here:
            ahead = here.calendar.next_open(here.today + timedelta(days=14 if then is Step.SUE else 35))
            done = Done(step, here.today, what, cost, then, ahead, next_what, self._proof(kept, 55))
            recovery.record(here, here.all(RecoveryCase)[0], done)

    def _claim(self, here: Desk, place: int) -> CompensationClaim:
        of = CompensationClaim.guarantee_id == self.early.lent[place]
        return here.all(CompensationClaim, of)[0]

    def _bank(self, guarantee: Guarantee, now: datetime) -> AbstractContextManager[Desk]:
        return self.stage.desk(self.stage.cast.bankers[guarantee.bank_id], now)

    def _fund(self, now: datetime) -> Actor:
        with self.stage.desk(SYSTEM, now) as here:
            return here.all(User, User.login == "zijin")[0].actor

    def _proof(self, kept: ExitStack, number: int) -> Filed:
        return replace(scan(self.stage, kept, number), kind=DocumentKind.PROOF, name="凭证.png")
