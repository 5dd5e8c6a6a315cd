"""The demo zone (演示园区): half a year of a zone's life, told scene by scene in the order of time, by the real rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from financing import desk
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.calendar import published
from financing.db import Database
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import IN_FAVOUR
from financing.matching.snapshot import Zone
from financing.money import Fen
from financing.parties.service import the_guarantor
from financing.people.model import User
from web.jobs import work_off
from web.stage import after, answers, bank_desks, experts, helped, letters, looking, session_day, shares
from web.stage.cast import engage
from web.stage.firms import troupe
from web.stage.player import Player
from web.stage.road import Stage, at

FIRMS = 64
#: Firms in the order of their numbers, and how far each group gets.
FIRST, SECOND, WAITING = range(30), range(30, 48), range(48, 58)
STARTED = 170  # days ago
#: Days before today on which things happened; the planned session lies ahead.
FIRST_MEETING, FIRST_SESSION, SECOND_MEETING, NEXT_MEETING, NEXT_SESSION = 80, 45, 8, -5, -12


@dataclass(frozen=True, slots=True)
class Scene:
    when: datetime
    play: Callable[[datetime], object]


def fill(
    database: Database, uploads: Path, today: date, zone: Zone, password_hash: str, told: Callable[[int, int], None]
) -> None:
    """Play half a year up to today into an empty database; `told` hears how many scenes of how many are done."""
    begin = at(today - timedelta(days=STARTED))
    stage = Stage(database, engage(database, begin, today, password_hash), zone, begin, uploads)
    with desk.opened(database, SYSTEM, begin) as here:
        here.note(Act.FILL_DEMO, the_guarantor(here))
    scenes = sorted(Story(stage, today, password_hash).scenes(), key=lambda scene: scene.when)
    for count, scene in enumerate(scenes, 1):
        scene.play(scene.when)
        told(count, len(scenes))
    with desk.opened(database, SYSTEM, at(today, 0)) as here:
        for user in here.all(User):
            user.used_at = here.now  # whoever tries the zone finds nobody asleep
    work_off(database, at(today, 0), most=100_000)


@dataclass(slots=True)
class Story:
    """Who does what on which day."""

    stage: Stage
    today: date
    password_hash: str
    random: Random = field(default_factory=lambda: Random(7))
    players: list[Player] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)

    def scenes(self) -> list[Scene]:
        self.players = [Player(firm) for firm in troupe(FIRMS, self.today)]
        year = date(self.today.year + 1, 12, 31)
        first = Scene(self._day(STARTED, 16), partial(shares.agree, self.stage, year))
        return [
            first,
            *self._surroundings(),
            *self._arrivals(),
            *self._round_one(),
            *self._round_two(),
            *self._waiting(),
            *(Scene(*one) for one in after.scenes(self.stage, self.players, self._day, self.today, self.password_hash)),
            *(Scene(*one) for one in helped.scenes(self.stage, self.players, self._day)),
        ]

    def _surroundings(self) -> Iterable[Scene]:
        """What banks and experts keep of themselves."""
        yield Scene(self._day(STARTED - 5, 10), lambda now: bank_desks.settle(self.stage, now, self.password_hash))
        yield Scene(self._day(2, 10), lambda now: experts.register(self.stage, now, self.password_hash))
        yield Scene(self._day(1, 18), partial(bank_desks.look, self.stage))

    def _day(self, ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment so many days ago, on that day or the last one before it on which offices were open."""
        day = self.today - timedelta(days=ago)
        while not published().works(day):
            day -= timedelta(days=1)
        return at(day, hour, minute)

    def _ahead(self, ago: int) -> date:
        """A day so many days ago, or ahead when negative, on which offices are open."""
        return published().next_open(self.today - timedelta(days=ago))

    def _arrivals(self) -> Iterable[Scene]:
        for n, player in enumerate(self.players):
            ago = STARTED - 1 - n * 2 if n < len(FIRST) + len(SECOND) else 20 - (n - 48)
            yield Scene(self._day(ago, 9, n % 60), partial(self._arrive, player))
            if n < FIRMS - 2:
                yield Scene(self._day(ago, 14, n % 60), partial(self._settle_in, player))

    def _arrive(self, player: Player, now: datetime) -> None:
        player.actor = self.stage.register(now, player.firm.registration, player.firm.login, self.password_hash)
        if player.firm.number == 1:
            self._clerk(player, now)

    def _clerk(self, player: Player, now: datetime) -> None:
        with self.stage.desk(SYSTEM, now) as here:
            here.add(
                User(login="jingban01", name=str(player.firm.registration["contact"]), role=Role.CLERK, password_hash=self.password_hash,
                     joined_at=now, firm_id=player.actor.firm_id)
            )  # fmt: skip

    def _settle_in(self, player: Player, now: datetime) -> None:
        """Confirmed by the office, books handed in, registers looked up."""
        self.stage.confirm(now, [player.actor])
        if player.firm.statements:
            self.stage.keep_statements(now, player.actor, player.firm.years(now.year - 1))
        else:
            self.stage.keep_invoices(now, player.actor, "发票明细.xlsx", player.firm.invoices(now.date()))
        self.stage.state(now, player.actor, player.firm.stated)

    def _round_one(self) -> Iterable[Scene]:
        """The first group: a meeting, a session, answers, choices."""
        players = [self.players[n] for n in FIRST]
        yield from self._asks(players, 105, 1)
        yield Scene(self._day(FIRST_MEETING, 15), partial(self._meet, players))
        yield Scene(self._day(FIRST_MEETING - 1, 10), partial(letters.after_meeting, self.stage))
        yield from self._to_banks(players, FIRST_MEETING - 4, everybody=True)
        yield from (
            Scene(self._day(FIRST_MEETING - 9, 15, n), partial(self._prove, player)) for n, player in enumerate(players)
        )
        yield Scene(self._day(FIRST_SESSION + 10), partial(self._plan, "第一期银企对接会", FIRST_SESSION))
        yield Scene(self._day(FIRST_SESSION + 9, 10), partial(self._invite, True))
        yield Scene(self._day(FIRST_SESSION, 9), self._hold)
        for ago in (FIRST_SESSION - 8, FIRST_SESSION - 31):
            yield Scene(self._day(ago, 17), self._follow)
        yield Scene(self._day(3, 17), self._slip)
        for n, player in enumerate(players):
            yield Scene(self._day(FIRST_SESSION - 2 - n % 9, 10, n), partial(self._answer, player))
            yield Scene(self._day(FIRST_SESSION - 14 - n % 12, 16, n), partial(self._choose, player))
            yield Scene(self._day(FIRST_SESSION - 27, 9, n), partial(self._letter, player))
            yield Scene(self._day(FIRST_SESSION - 30, 9, n), partial(self._pay_out, player))
            yield Scene(self._day(FIRST_SESSION - 37, 9, n), partial(self._repay, player))

    def _round_two(self) -> Iterable[Scene]:
        """The second group: decided last week, dossiers out, a session ahead."""
        players = [self.players[n] for n in SECOND]
        yield from self._asks(players, 26, 1)
        yield Scene(self._day(SECOND_MEETING, 15), partial(self._meet, players))
        yield from self._to_banks(players, SECOND_MEETING - 2, everybody=False)
        yield Scene(self._day(2, 15), partial(self._plan, "第二期银企对接会", NEXT_SESSION))
        yield Scene(self._day(2, 16), partial(self._invite, False))
        for n, player in enumerate(players[:6]):
            yield Scene(self._day(1, 10, n), partial(self._claim if n % 2 else self._bid, player))

    def _waiting(self) -> Iterable[Scene]:
        """The third group: drafts, needs in hand, and cases for the next meeting."""
        for n in WAITING:
            player, left = self.players[n], n - WAITING.start
            yield Scene(self._day(6 - left // 2, 10, n), partial(self._ask, player))
            if left < 6:
                yield Scene(self._day(3, 11, n), partial(self._take_on, player))
            if left < 6:
                yield Scene(self._day(2, 11, n), partial(self._open if left < 3 else self._visit, player))
        for player in self.players[WAITING.stop : FIRMS - 2]:
            yield Scene(self._day(1, 16, player.firm.number % 60), partial(self._draft, player))
        yield Scene(self._day(1, 17), self._call)

    def _asks(self, players: Sequence[Player], ago: int, pause: int) -> Iterable[Scene]:
        for n, player in enumerate(players):
            when = ago - n // 2 * pause
            yield Scene(self._day(when, 10, n), partial(self._ask, player))
            yield Scene(self._day(when - 2, 10, n), partial(self._take_on, player))
            yield Scene(self._day(when - 3, 10, n), partial(self._open, player))

    def _ask(self, player: Player, now: datetime) -> None:
        player.need = self.stage.ask(now, player.actor, **player.terms(now))

    def _draft(self, player: Player, now: datetime) -> None:
        player.need = self.stage.draft(now, player.actor, **player.terms(now))

    def _take_on(self, player: Player, now: datetime) -> None:
        self.stage.assess(now, player.need)

    def _visit(self, player: Player, now: datetime) -> None:
        """Seen by one officer, not yet read by the other."""
        looking.visit(self.stage, now, player.need)

    def _prove(self, player: Player, now: datetime) -> None:
        """What the committee asked for: most firms have shown it by now, one in three waits to be looked at."""
        if player.case is not None and self._approved(player, now):
            looking.prove(self.stage, now, player.actor, player.case, accepted=bool(player.firm.number % 3))

    def _open(self, player: Player, now: datetime) -> None:
        owed = Fen.wan(player.firm.revenue // 40) if player.firm.number % 2 else None
        looking.survey(self.stage, now, player.need, owed, agrees=bool(player.firm.number % 7))
        opened = self.stage.open_case(now, player.need)
        player.case = opened if isinstance(opened, int) else None
        if player.case is not None:
            shares.ask(self.stage, now, player.case, player.firm.number)
        if player.case is None and player.firm.number <= WAITING.start:
            self.stage.refuse(now, player.need)

    def _meet(self, players: Sequence[Player], now: datetime) -> None:
        self.stage.decide(now, now.date(), [player.case for player in players if player.case is not None])

    def _call(self, now: datetime) -> None:
        """The next meeting, with its agenda."""
        cases = [self.players[n].case for n in WAITING]
        called = self.stage.call(now, self._ahead(NEXT_MEETING), [case for case in cases if case is not None])
        experts.draw(self.stage, now, called)

    def _to_banks(self, players: Sequence[Player], ago: int, *, everybody: bool) -> Iterable[Scene]:
        """In the late afternoon: where a weekend lies between, it is still after the meeting of that day."""
        for n, player in enumerate(players):
            yield Scene(self._day(ago, 16, n), partial(self._propose, player))
            if everybody or n % 4:
                yield Scene(self._day(ago - 1, 17, n), partial(self._consent, player))
                yield Scene(self._day(ago - 2, 18, n), partial(self._send, player))

    def _approved(self, player: Player, now: datetime) -> bool:
        if player.case is None:
            return False
        with self.stage.desk(self.stage.cast.officer, now) as here:
            return here.get(GuaranteeCase, player.case).state in IN_FAVOUR

    def _propose(self, player: Player, now: datetime) -> None:
        found = self.stage.match(now, player.need) if self._approved(player, now) else []
        player.matches = found if isinstance(found, list) else []

    def _consent(self, player: Player, now: datetime) -> None:
        """A firm lets in the three or four banks it likes best."""
        self.stage.consent(now, player.actor, player.matches[: 3 + player.firm.number % 2])

    def _send(self, player: Player, now: datetime) -> None:
        if player.matches:
            self.stage.send(now, player.need)

    def _answer(self, player: Player, now: datetime) -> None:
        answers.answer(self.stage, player.matches, self.random, now)

    def _choose(self, player: Player, now: datetime) -> None:
        answers.choose(self.stage, player.actor, player.matches, player.firm.number, now)

    def _letter(self, player: Player, now: datetime) -> None:
        """A letter where everything is there."""
        if player.case is not None:
            shares.sign(self.stage, now, player.case)
        player.letter = letters.letter(self.stage, now, player.need) if player.need else None

    def _repay(self, player: Player, now: datetime) -> None:
        if player.letter is not None and player.firm.number % 3 == 0:
            letters.repay(self.stage, now, player.letter, 5)

    def _pay_out(self, player: Player, now: datetime) -> None:
        if player.letter is not None:
            session_day.pay_out(self.stage, now, player.matches, player.firm.number)

    def _claim(self, player: Player, now: datetime) -> None:
        session_day.claim(self.stage, now, player.matches)

    def _bid(self, player: Player, now: datetime) -> None:
        session_day.bid(self.stage, now, player.matches, self.random)

    def _plan(self, title: str, ago: int, now: datetime) -> None:
        self.sessions.append(self.stage.plan_session(now, self._ahead(ago), title, 8))

    def _invite(self, whole: bool, now: datetime) -> None:  # noqa: FBT001  of a partial
        firms = {player.actor.firm_id: player.actor for player in self.players if player.actor.firm_id}
        session_day.invite(self.stage, now, self.sessions[-1], firms, whole=whole)

    def _hold(self, now: datetime) -> None:
        session_day.hold(self.stage, now, self.sessions[0], self.random)

    def _follow(self, now: datetime) -> None:
        session_day.follow(self.stage, now, self.sessions[0])

    def _slip(self, now: datetime) -> None:
        session_day.slip(self.stage, now, self.sessions[0])
