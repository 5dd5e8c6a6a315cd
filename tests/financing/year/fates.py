"""What becomes of each firm in the year, drawn from the seed: it pays in time, late, early, with the help of the fund, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from financing.bridge.promises import Terms
from financing.bridge.rules import Cause
from financing.compensation.rules import Outcome, Reason
from financing.letters.rules import EntryKind
from financing.loans.rules import FiveClass
from financing.money import Fen, Rate
from financing.watch.rules import Outside
from tests.financing.year import deeds, fund, trials
from tests.financing.year.claimed import Claim, Recovery, claimable
from tests.financing.year.days import DAY
from tests.financing.year.expected import Expected
from tests.makers import TODAY

if TYPE_CHECKING:
    from tests.financing.year.walk import Script, Walk


def fates(walk: Walk, x: Expected) -> Iterator[Script]:
    """The script of the firm's money, and those of what else may happen to it."""
    place, chance = x.number, walk.chance
    if place % 13 == 7 and (x.owed.matures - TODAY).days < 300 and x.bank not in walk.fund.banks:
        walk.fund.banks.add(x.bank)  # whose promise is broken may not promise again: one firm of each bank
        yield _bridged(walk, x)
    else:
        roads = (_in_time, _late, _early, _fails)
        yield chance.choices(roads, (50, 20, 10, 20))[0](walk, x)
    if place % 4 == 1:
        yield _visited(walk, x)
    if place % 8 == 3:
        yield _talked_of(walk, x)
    if place % 10 == 4:
        yield _asked(walk, x)


def _in_time(walk: Walk, x: Expected, until: int = 99) -> Script:
    """So many instalments, each on its day or a day or two before."""
    for day, principal, interest in x.owed.rows[:until]:
        on = max(x.owed.starts + DAY, walk.days.opens(day) - walk.chance.randint(0, 2) * DAY)
        yield on
        deeds.pays(walk, x, on, principal, interest)
    yield from _let_go(walk, x)


def _let_go(walk: Walk, x: Expected) -> Script:
    if not x.balance and walk.chance.random() < 0.5:
        yield walk.today + walk.chance.randint(3, 15) * DAY
        deeds.releases(walk, x)


def _late(walk: Walk, x: Expected) -> Script:
    """One instalment days or weeks late; what was warned of is closed soon afterwards, or nobody thinks of it."""
    missed = walk.chance.randrange(len(x.owed.rows))
    for n, (day, principal, interest) in enumerate(x.owed.rows):
        on = walk.days.opens(day) + (walk.chance.choice((1, 3, 8, 20, 35, 50, 80)) * DAY if n == missed else 0 * DAY)
        yield on
        deeds.pays(walk, x, on, principal, interest)
        if n == missed and walk.chance.random() < 0.6:
            yield walk.today + walk.chance.randint(1, 12) * DAY
            for one in x.open():
                deeds.closes(walk, x, one)
    yield from _let_go(walk, x)


def _early(walk: Walk, x: Expected) -> Script:
    """The whole of it on some day long before it must."""
    last = (x.owed.matures - x.owed.starts).days
    until = x.owed.starts + walk.chance.randint(20, last - 20) * DAY
    for day, principal, interest in [row for row in x.owed.rows if row[0] <= until]:
        yield walk.days.opens(day)
        deeds.pays(walk, x, day, principal, interest)
    yield until
    deeds.pays(walk, x, until, x.owed.left, x.owed.accrued(until))
    yield from _let_go(walk, x)


def _fails(walk: Walk, x: Expected) -> Script:
    """Nothing more is paid from one instalment on; the bank asks the guarantor for it."""
    chance, rows = walk.chance, list(x.owed.rows)
    stops = chance.randrange(2) if len(rows) > 2 else 0
    for day, principal, interest in rows[:stops]:
        yield walk.days.opens(day)
        deeds.pays(walk, x, day, principal, interest)
    yield walk.days.opens(rows[stops][0]) + chance.randint(60, 80) * DAY
    trials.puts(walk, x)
    claim = trials.lodges(walk, x, claimable(x) if chance.random() < 0.7 else claimable(x) * 3 // 4)
    yield from _examined(walk, claim)
    if claim.state == "refused" and claim.x.balance and chance.random() < 0.5:
        yield walk.today + chance.randint(5, 20) * DAY
        if most := claimable(x, claim.cut if claim.final else 0):
            claim = trials.lodges(walk, x, most, claim.cut if claim.final else 0)
            yield from _granted(walk, claim)
    if claim.state == "payable":
        yield from _paid(walk, claim)


def _examined(walk: Walk, claim: Claim) -> Script:
    """From the day it was lodged until it is decided for good."""
    chance = walk.chance
    if chance.random() < 0.3:
        yield walk.today + chance.randint(1, 10) * DAY
        trials.halts(walk, claim)
        yield walk.today + chance.randint(1, 20) * DAY
        trials.resumes(walk, claim)
    if chance.random() < 0.2:
        yield walk.today + DAY
        part = claim.x.balance // chance.choice((3, 7, 20))
        deeds.pays(walk, claim.x, walk.today, part, 0)
    if chance.random() < 0.1:
        yield walk.today + DAY
        trials.withdraws(walk, claim)
        return
    roads = (_granted, _reduced, _refused)
    yield from chance.choices(roads, (50, 35, 15))[0](walk, claim)


def _granted(walk: Walk, claim: Claim) -> Script:
    yield from _decided(walk, claim, Outcome.GRANT)


def _reduced(walk: Walk, claim: Claim) -> Script:
    one, other = claim.claimed // 10, claim.claimed // 33 + 1
    yield from _decided(walk, claim, Outcome.REDUCE, (one, other))
    yield from _answered(walk, claim)
    if claim.state == "objected":
        yield from _decided(walk, claim, walk.chance.choice((Outcome.REDUCE, Outcome.GRANT)), (one,))


def _refused(walk: Walk, claim: Claim) -> Script:
    reason = walk.chance.choice((Reason.FRAUD, Reason.PAPERS))
    claim.final = reason is Reason.FRAUD
    yield from _decided(walk, claim, Outcome.REFUSE, reason=reason)
    yield from _answered(walk, claim)
    if claim.state == "objected":
        yield from _decided(walk, claim, Outcome.REFUSE, reason=reason)


def _decided(
    walk: Walk, claim: Claim, outcome: Outcome, cuts: tuple[int, ...] = (), reason: Reason | None = None
) -> Script:
    cuts = cuts if outcome is Outcome.REDUCE else ()
    yield walk.today + walk.chance.randint(2, 30) * DAY
    made = trials.examined(walk, claim, outcome, cuts, reason)
    yield walk.today + walk.chance.randint(1, 6) * DAY
    trials.decided(walk, claim, made, outcome, claim.claimed if outcome is Outcome.REFUSE else sum(cuts))


def _answered(walk: Walk, claim: Claim) -> Script:
    """The bank agrees, objects, or says nothing until its days are over."""
    answer = walk.chance.choice((trials.accepts, trials.objects, None))
    if answer is not None:
        yield walk.today + walk.chance.randint(1, 8) * DAY
        if claim.state in {"reduced", "denied"}:  # otherwise an outage took longer than the days of the answer
            answer(walk, claim)
    while claim.state in {"reduced", "denied"}:
        yield walk.today + DAY


def _paid(walk: Walk, claim: Claim) -> Script:
    """Paid by two people, the others' parts are fetched, and the firm is asked for all of it."""
    chance, x = walk.chance, claim.x
    yield walk.today + chance.randint(1, 25) * DAY
    if min(claim.approved, claimable(x, claim.settled)) <= 0:
        return
    down = chance.random() < 0.15
    waits = trials.pays(walk, claim)
    yield walk.today + chance.randint(1, 5) * DAY
    trials.books(walk, claim, waits, down=down)
    if down:
        yield walk.today + DAY
        waits = trials.pays(walk, claim)
        yield walk.today + DAY
        trials.books(walk, claim, waits)
    yield walk.today + chance.randint(3, 20) * DAY
    trials.parts_asked(walk, x)
    yield walk.today + chance.randint(3, 20) * DAY
    trials.parts_received(walk, x)
    yield from _recovered(walk, next(case for case in walk.recoveries.values() if case.x is x))


def _recovered(walk: Walk, case: Recovery) -> Script:
    chance, x = walk.chance, case.x
    for _turn in range(chance.randint(0, 3)):
        yield walk.today + chance.randint(2, 25) * DAY
        trials.demands(walk, case, chance.choice((0, 80_000, 1_234_567)), chance.randint(3, 40))
        if chance.random() < 0.7:
            yield walk.today + chance.randint(1, 15) * DAY
            amount = x.unrecovered if chance.random() < 0.2 else chance.randint(1, x.unrecovered)
            deeds.booked(walk, x, EntryKind.RECOVERED, amount)
            case.came(amount)
        if not x.unrecovered:
            break
    if x.unrecovered and chance.random() < 0.5:
        yield walk.today + chance.randint(5, 30) * DAY
        deeds.booked(walk, x, EntryKind.LOST, x.unrecovered)
    yield walk.today + chance.randint(1, 5) * DAY
    trials.shares_paid(walk, x)
    if not x.unrecovered:
        yield walk.today + DAY
        trials.over(walk, case)


def _visited(walk: Walk, x: Expected) -> Script:
    """Somebody goes there, a few days before the check is due or long after; not once nothing is guaranteed any more."""
    yield x.owed.starts + 5 * DAY
    while x.live:
        if x.checks and x.checks[-1].ended is None:
            yield x.checks[-1].due + walk.chance.choice((-3, 0, 0, 5, 20)) * DAY
            if x.live:
                risk = FiveClass.ATTENTION if walk.chance.random() < 0.2 else FiveClass.NORMAL
                deeds.visited(walk, x, risk)
        yield walk.today + 10 * DAY


def _talked_of(walk: Walk, x: Expected) -> Script:
    """Wages unpaid or no taxes for a while; later it is over, and somebody says so or not."""
    kind = walk.chance.choice((Outside.WAGES, Outside.TAX_STOP))
    yield walk.today + walk.chance.randint(10, 150) * DAY
    deeds.learns(walk, x, kind, walk.chance.choice((1, 3, 2_000_000)))
    yield walk.today + walk.chance.randint(5, 40) * DAY
    deeds.learns(walk, x, kind, 0)
    if walk.chance.random() < 0.6:
        yield walk.today + DAY
        for one in x.open():
            if one.rule == kind.value:
                deeds.closes(walk, x, one)


def _asked(walk: Walk, x: Expected) -> Script:
    """The firm answers the question after the pay-out, days or weeks later."""
    while x.asked is None:
        yield walk.today + 5 * DAY
    yield walk.today + walk.chance.randint(1, 30) * DAY
    deeds.answers(walk, x, yes=walk.chance.random() < 0.3)


def _bridged(walk: Walk, x: Expected) -> Script:
    """The fund repays the old loan; the bank lends again as promised, dearer and late, or not at all."""
    chance = walk.chance
    *rows, (last, _principal, interest) = x.owed.rows
    for day, principal, cost in rows:
        yield walk.days.opens(day)
        deeds.pays(walk, x, day, principal, cost)
    yield last - 20 * DAY
    asked = x.owed.left * 9 // 10
    terms = Terms(Fen(x.owed.left), Rate.percent("3.65"), 12, walk.days.opens(last + DAY), "1506 0088", "示范铜业")
    key = fund.bridged(walk, x, asked, terms)
    yield last - 2 * DAY
    use = fund.released(walk, x, key, asked, terms.planned_on)
    deeds.pays(walk, x, walk.today, x.owed.left, interest)
    fate = chance.choice(("kept", "kept", "broken", "lost"))
    yield use.due if fate == "kept" else use.due + chance.randint(2, 14) * DAY
    if fate == "lost":
        yield from _lost(walk, use)
        return
    fund.renewed(walk, use, terms, terms.rate if fate == "kept" else Rate.percent(4))
    fund.moved(walk, use, Cause.RETURNED, asked, (walk.banker(x), walk.zone.officer))
    use.back, fee = True, use.fee(walk.today)
    yield walk.today + 2 * DAY
    if fee:
        fund.moved(walk, use, Cause.FEE, fee, (walk.zone.fund, walk.zone.officer))


def _lost(walk: Walk, use: fund.Use) -> Script:
    pair = (walk.zone.fund, walk.zone.officer)
    fund.moved(walk, use, Cause.LOST, use.amount, pair)
    use.back = True
    yield walk.today + 10 * DAY
    fund.moved(walk, use, Cause.RECOVERED, use.amount // 3, pair)
