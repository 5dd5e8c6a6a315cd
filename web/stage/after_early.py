"""The first firms of the zone on stage: decided and lent to half a year ago, so that some of it has had the time to go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from random import Random

from financing.access import SYSTEM
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import IN_FAVOUR
from financing.letters.model import Guarantee
from financing.loans import service
from financing.loans.service import Contract
from financing.offers.model import Offer
from scoring.repayment import DayCount, Repayment, due
from web.stage import answers, letters, looking, session_day, shares
from web.stage.firms import troupe
from web.stage.player import Player
from web.stage.road import Stage

#: Firms behind those of the two rounds; more than enough of them are lent to.
FIRST, LAST = 64, 74
Scene = tuple[datetime, Callable[[datetime], object]]
Day = Callable[..., datetime]


@dataclass(slots=True)
class Early:
    """The firms of the first months, and the guarantees under which a loan was paid out, in the order of the firms."""

    stage: Stage
    password_hash: str
    today: date
    players: list[Player] = field(default_factory=list)
    lent: list[int] = field(default_factory=list)
    random: Random = field(default_factory=lambda: Random(11))

    def scenes(self, day: Day) -> Iterator[Scene]:
        self.players = [Player(firm) for firm in troupe(LAST, self.today)[FIRST:]]
        plays = (  # each later in the day than the one before it, for holidays bring days together
            (168, 8, self._arrive), (167, 9, self._settle_in), (164, 10, self._ask), (162, 11, self._take_on), (161, 12, self._open),
            (157, 14, self._propose), (156, 15, self._consent), (155, 16, self._send), (153, 17, self._answer), (151, 18, self._choose),
            (146, 19, self._letter), (145, 20, self._pay_out),
        )  # fmt: skip
        for ago, hour, play in plays:
            yield from ((day(ago, hour, n), partial(play, player)) for n, player in enumerate(self.players))
        yield day(158, 13), self._meet

    def guarantee(self, place: int, now: datetime) -> Guarantee:
        """One of those lent to."""
        with self.stage.desk(SYSTEM, now) as here:
            return here.get(Guarantee, self.lent[place])

    def _arrive(self, player: Player, now: datetime) -> None:
        player.actor = self.stage.register(now, player.firm.registration, player.firm.login, self.password_hash)

    def _settle_in(self, player: Player, now: datetime) -> None:
        self.stage.confirm(now, [player.actor])
        self.stage.keep_statements(now, player.actor, player.firm.years(now.year - 1))
        self.stage.state(now, player.actor, player.firm.stated)

    def _ask(self, player: Player, now: datetime) -> None:
        player.need = self.stage.ask(now, player.actor, **player.terms(now))

    def _take_on(self, player: Player, now: datetime) -> None:
        self.stage.assess(now, player.need)

    def _open(self, player: Player, now: datetime) -> None:
        looking.survey(self.stage, now, player.need)
        opened = self.stage.open_case(now, player.need)
        if isinstance(opened, int):
            player.case = opened
            shares.ask(self.stage, now, opened, 1)
        else:
            self.stage.refuse(now, player.need)

    def _meet(self, now: datetime) -> None:
        self.stage.decide(now, now.date(), [player.case for player in self.players if player.case is not None])
        letters.after_meeting(self.stage, now)

    def _propose(self, player: Player, now: datetime) -> None:
        if player.case is None:
            return
        with self.stage.desk(self.stage.cast.officer, now) as here:
            approved = here.get(GuaranteeCase, player.case).state in IN_FAVOUR
        found = self.stage.match(now, player.need) if approved else []
        player.matches = found if isinstance(found, list) else []
        if player.matches:
            looking.prove(self.stage, now, player.actor, player.case, accepted=True)

    def _consent(self, player: Player, now: datetime) -> None:
        self.stage.consent(now, player.actor, player.matches[:3])

    def _send(self, player: Player, now: datetime) -> None:
        if player.matches:
            self.stage.send(now, player.need)

    def _answer(self, player: Player, now: datetime) -> None:
        answers.answer(self.stage, player.matches, self.random, now)

    def _choose(self, player: Player, now: datetime) -> None:
        answers.choose(self.stage, player.actor, player.matches, 0, now)

    def _letter(self, player: Player, now: datetime) -> None:
        if player.case is not None:
            shares.sign(self.stage, now, player.case)
            player.letter = letters.letter(self.stage, now, player.need)

    def _pay_out(self, player: Player, now: datetime) -> None:
        """Paid out in full, and the contract on record: interest by the month, the principal at the end."""
        if player.letter is None:
            return
        session_day.pay_out(self.stage, now, player.matches, 1)
        self.lent.append(player.letter)
        with self.stage.desk(SYSTEM, now) as here:
            guarantee = here.get(Guarantee, player.letter)
            offer = here.get(Offer, guarantee.offer_id)
        contract = Contract(
            f"JK{now.year}-{900 + len(self.lent)}", offer.amount, offer.rate, now.date(), due(now.date(), offer.months),
            Repayment.INTEREST_ONLY, DayCount.ACTUAL_360,
        )  # fmt: skip
        with self.stage.desk(self.stage.cast.bankers[offer.bank_id], now) as here:
            service.record(here, here.get(Offer, offer.id), contract)
