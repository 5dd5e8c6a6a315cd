"""What becomes of each need of the big zone, and when: drawn from the seed alone, so that any batch can be drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from financing.acts import Act
from financing.needs.rules import Purpose
from web.stage.firms import WAN

BATCH = 2_000
DAYS = 730
A = Act
#: The whole road with the hours that pass before each step, from and to.
ROAD = (
    (A.DRAFT_NEED, 0, 0), (A.SUBMIT_NEED, 1, 40), (A.ACCEPT_NEED, 4, 70), (A.ASSESS_NEED, 8, 140), (A.OPEN_CASE, 10, 110),
    (A.APPROVE_CASE, 48, 460), (A.PROPOSE_MATCH, 2, 60), (A.GRANT_CONSENT, 2, 90), (A.SEND_DOSSIER, 1, 24),
    (A.MAKE_OFFER, 20, 230), (A.ACCEPT_OFFER, 20, 330),
    (A.REPORT_DRAWDOWN, 40, 400),
)  # fmt: skip
#: One in so many: how a road ends otherwise, in per cent of all needs.
REFUSED, REJECTED, DECLINED, GIVEN_UP, RETURNED, CONDITIONAL = 16, 9, 9, 6, 5, 12
#: A need that every bank declined is taken back by its firm some weeks later.
LATER = (24 * 20, 24 * 45)


@dataclass(frozen=True, slots=True)
class Fate:
    """One need: whose it is, what it asks, and every act that has happened until today, in order."""

    number: int
    firm: int
    amount: int  # fen
    months: int
    purpose: Purpose
    bank: int  # place of the bank in the cast
    pattern: int  # which of the worked-out scores is its own
    acts: tuple[tuple[Act, datetime], ...]

    def at(self, *acts: Act) -> datetime | None:
        """When the last of these happened, if any has."""
        return next((moment for act, moment in reversed(self.acts) if act in acts), None)


def fates(batch: int, firms: int, needs: int, now: datetime, seed: int) -> Iterator[Fate]:
    """The needs of one batch, in the order in which they were drafted."""
    random = Random(f"{seed}:need:{batch}")
    start = now - timedelta(days=DAYS)
    for number in range(batch * BATCH, min(needs, (batch + 1) * BATCH)):
        drafted = start + timedelta(seconds=int(DAYS * 86_400 * (number + random.random()) / needs))
        road = _road(random, drafted)
        yield Fate(
            number=number,
            firm=int(firms * random.random() ** 1.6),
            amount=random.randint(20, 60 if random.random() < 0.4 else 500) * 5 * WAN // 5,
            months=random.choice((6, 12, 12, 12, 18, 24, 36)),
            purpose=random.choice(
                (Purpose.WORKING_CAPITAL, Purpose.WORKING_CAPITAL, Purpose.EQUIPMENT, Purpose.UPGRADE)
            ),
            bank=random.randrange(8),
            pattern=random.randrange(1_000),
            acts=tuple((act, moment) for act, moment in road if moment < now),
        )


def _road(random: Random, moment: datetime) -> Iterator[tuple[Act, datetime]]:
    fate, returned = random.randrange(100), random.randrange(100) < RETURNED
    given_up = random.randrange(2, 9) if random.randrange(100) < GIVEN_UP else 99
    for place, (act, least, most) in enumerate(ROAD):
        moment = _office_hours(moment, least, most, random) if most else moment
        if place == given_up:
            yield A.WITHDRAW_NEED, moment
            return
        if act is A.REPORT_DRAWDOWN and fate % 5 == 0:  # the firm has not drawn it
            return
        if act is A.ACCEPT_NEED and returned:
            yield A.RETURN_NEED, moment
            moment = _office_hours(moment, 20, 120, random)
            yield A.SUBMIT_NEED, moment
            moment = _office_hours(moment, 4, 40, random)
        if end := _otherwise(act, fate):
            yield end, moment
            if end is A.DECLINE_NEED:
                yield A.WITHDRAW_NEED, _office_hours(moment, *LATER, random)
            return
        yield (A.CONDITION_CASE if act is A.APPROVE_CASE and fate > 100 - CONDITIONAL else act), moment


def _otherwise(act: Act, fate: int) -> Act | None:
    """The act that ends this road here instead of the next one on the way."""
    if act is A.OPEN_CASE and fate < REFUSED:
        return A.REFUSE_NEED
    if act is A.APPROVE_CASE and fate < REFUSED + REJECTED:
        return A.REJECT_CASE
    return A.DECLINE_NEED if act is A.MAKE_OFFER and fate < REFUSED + REJECTED + DECLINED else None


def _office_hours(moment: datetime, least: int, most: int, random: Random) -> datetime:
    """Later by some hours, moved into the day from nine to half past five in Beijing and off the weekend."""
    later = moment + timedelta(minutes=random.randint(least * 60, most * 60))
    later = later.replace(hour=1 + later.hour % 8)
    later += timedelta(days=later <= moment)
    return later + timedelta(days=max(0, 7 - later.weekday())) if later.weekday() > 4 else later
