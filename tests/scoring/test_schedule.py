"""What falls due on which day, against the table of months and against a second reckoning that walks every single day of the contract."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from scoring.repayment import DayCount, Loan, PlanFault, Repayment, due, plan
from scoring.schedule import Due, Event, Terms, Turn, schedule
from tests.scoring.test_repayment import loans, rounded

EPI, EP, IO, BUL, REV, STEP = Repayment
DAY = timedelta(days=1)
MILLION = 100_000_000  # fen
FIRST = date(2026, 3, 1)


def terms(repayment=EPI, **changes) -> Terms:
    return Terms(**{"rate": 36_000, "starts": FIRST, "matures": due(FIRST, 12), "repayment": repayment, **changes})


def drawn(fen=MILLION, on=FIRST) -> Event:
    return Event(on, Turn.DRAW, fen)


def interest(rows) -> int:
    return sum(row.interest for row in rows)


@given(loans())
def test_a_contract_paid_out_at_once_and_never_changed_is_the_table_of_months(asked):
    steps = tuple((due(asked.starts, n), fen) for n, fen in enumerate(asked.steps, 1))
    said = Terms(asked.rate, asked.starts, due(asked.starts, asked.months), asked.repayment, asked.days, steps=steps)
    table = [
        Due(due(asked.starts, n), one.principal, one.interest) for n, one in enumerate(plan(asked), 1) if one.payment
    ]
    assert list(schedule(said, [drawn(asked.principal, asked.starts)])) == table


@pytest.mark.parametrize(("repayment", "fen"), [(EPI, 1_960_709), (EP, 1_950_000), (IO, 3_600_000), (BUL, 3_600_000)])
def test_a_million_over_a_year_at_3_60_costs_what_the_textbook_says(repayment, fen):
    assert interest(schedule(terms(repayment), [drawn()])) == fen


def test_half_repaid_early_halves_the_instalments_that_are_left():
    """Half of what is left after three level months: 84,967.26 becomes the level payment of 376,418.02 over nine months."""
    rows = schedule(terms(), [drawn(), Event(due(FIRST, 3), Turn.EARLY, 37_713_890)])
    assert [row.payment for row in rows[:3]] == [8_496_726] * 3
    left = MILLION - sum(row.principal for row in rows[:4])
    again = plan(Loan(left, 9, 36_000, EPI))
    assert [(row.principal, row.interest) for row in rows[4:]] == [(one.principal, one.interest) for one in again]


def test_interest_on_the_twentieth_of_each_quarter_by_actual_days():
    said = terms(IO, days=DayCount.ACTUAL_360, interest_day=20, every=3, matures=date(2026, 10, 1))
    rows = schedule(said, [drawn()])
    assert rows == (
        Due(date(2026, 3, 20), 0, 190_000),  # 19 days of 100 yuan
        Due(date(2026, 6, 20), 0, 920_000),
        Due(date(2026, 9, 20), 0, 920_000),
        Due(date(2026, 10, 1), MILLION, 110_000),
    )


def test_a_loan_repaid_to_the_last_fen_owes_the_interest_of_the_days_until_then():
    rows = schedule(terms(BUL, days=DayCount.ACTUAL_360), [drawn(), Event(date(2026, 4, 10), Turn.EARLY, MILLION)])
    assert rows == (Due(date(2026, 4, 10), MILLION, 400_000),)


def test_an_extension_moves_the_principal_and_keeps_the_interest_days():
    rows = schedule(terms(IO), [drawn(), Event(due(FIRST, 12), Turn.EXTEND, until=due(FIRST, 18))])
    assert len(rows) == 18
    assert {row.interest for row in rows} == {300_000}
    assert [row.principal for row in rows] == [0] * 17 + [MILLION]


def test_another_rate_counts_from_its_day():
    rows = schedule(terms(IO, days=DayCount.ACTUAL_360), [drawn(), Event(date(2026, 3, 11), Turn.RATE, 30_000)])
    assert rows[0] == Due(date(2026, 4, 1), 0, 275_000)  # ten days of 100 yuan, twenty-one of 83.33


@pytest.mark.parametrize(
    ("said", "events"),
    [
        (terms(starts=due(FIRST, 12)), []),
        (terms(every=2), []),
        (terms(rate=-1), []),
        (terms(), [drawn(), Event(FIRST, Turn.EARLY, MILLION + 1)]),
        (terms(), [drawn(on=FIRST - DAY)]),
        (terms(), [drawn(on=due(FIRST, 12) + DAY)]),
        (terms(), [drawn(), Event(FIRST, Turn.EXTEND, until=due(FIRST, 12))]),
    ],
)
def test_what_cannot_be_is_refused(said, events):
    with pytest.raises(PlanFault):
        schedule(said, events)


# --- a second reckoning: day by day, in fractions -----------------------------------------------------------------------
@st.composite
def contracts(draw: st.DrawFn) -> tuple[Terms, list[Event]]:
    """A contract of any method with interest days of its own, part payments, early repayments, another rate and an extension."""
    starts = draw(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
    matures = starts + timedelta(days=draw(st.integers(2, 1500)))
    repayment = draw(st.sampled_from(Repayment))
    interest_day = draw(st.one_of(st.none(), st.integers(1, 28)))
    every = draw(st.sampled_from((1, 1, 3, 6, 12)))
    principal = draw(st.integers(1, 5 * 10**9))
    length = (matures - starts).days
    days = [starts + timedelta(days=n) for n in sorted(draw(st.lists(st.integers(0, length - 1), max_size=4)))]
    events, owed = [Event(starts, Turn.DRAW, principal)], principal
    until = matures
    for day in days:
        turn = draw(st.sampled_from(Turn))
        if turn is Turn.EXTEND:
            until += timedelta(days=draw(st.integers(1, 400)))
            events.append(Event(day, turn, until=until))
        elif turn is Turn.EARLY:
            events.append(Event(day, turn, draw(st.integers(1, max(1, owed // 3)))))
        elif turn is Turn.RATE:
            events.append(Event(day, turn, draw(st.integers(0, 240_000))))
        else:
            events.append(Event(day, turn, draw(st.integers(1, 10**8))))
    plain = Terms(
        draw(st.integers(0, 240_000)), starts, matures, repayment, draw(st.sampled_from(DayCount)), interest_day, every
    )
    if repayment is STEP:
        marks = draw(st.lists(st.integers(1, length), max_size=5, unique=True))
        plain = Terms(**{name: getattr(plain, name) for name in Terms.__slots__} | {
            "steps": tuple((starts + timedelta(days=n), max(1, principal // 7)) for n in sorted(marks))
        })  # fmt: skip
    return plain, events


def month_before(day: date) -> tuple[int, int]:
    return (day.year - (day.month == 1), 12 if day.month == 1 else day.month - 1)


def ends_period(said: Terms, day: date, matures: date) -> bool:
    """Whether a period ends on this very day, asked of the day alone."""
    if day == matures:
        return True
    if said.repayment is BUL or day <= said.starts:
        return False
    tomorrow_is_first = (day + DAY).day == 1
    months = (day.year - said.starts.year) * 12 + day.month - said.starts.month
    if said.interest_day is not None:
        return day.day == said.interest_day and day.month % said.every == 0
    anchor = day.day == said.starts.day or (tomorrow_is_first and said.starts.day > day.day)
    return anchor and months % said.every == 0


def one_day(said: Terms, day: date) -> int:
    """The days that the night from this day to the next counts: of a month of 30 days the 31st is left out, a short month's end makes up."""
    if said.days is not DayCount.THIRTY_360:
        return 1

    def position(when: date) -> int:
        months = (when.year - said.starts.year) * 12 + when.month - said.starts.month
        last = (when.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY
        turn = min(said.starts.day, last.day)  # the day of this month on which a whole month is full
        if when.day >= turn:
            return 30 * months + min(29, when.day - turn)
        before = when.replace(day=1) - DAY
        return 30 * (months - 1) + min(29, (when - before.replace(day=min(said.starts.day, before.day))).days)

    return position(day + DAY) - position(day)


def day_by_day(said: Terms, events: list[Event]):  # noqa: PLR0912  plainly, one day after the other
    """The same contract walked day by day with exact fractions, rounded once a period."""
    rate, matures, steps, owed = said.rate, said.matures, list(said.steps), 0
    accrued, begun, share, formula, rows = Fraction(0), said.starts, 0, None, []
    basis = 365 if said.days is DayCount.ACTUAL_365 else 360
    day = said.starts
    while day <= matures:
        for event in events:
            if event.on == day and event.turn is Turn.EXTEND:
                steps = [step for step in steps if step[0] < matures]
                matures, share, formula = (
                    event.until,
                    *levelled(said, owed, rate, day, begun, event.until, accrued, again=True),
                )
        if day > said.starts and ends_period(said, day, matures):
            charged = rounded(accrued)
            if day == matures and formula is not None:
                charged = max(0, formula)
            wanted = {
                EPI: share - charged,
                EP: share,
                STEP: sum(fen for when, fen in steps if begun < when <= day),
            }.get(said.repayment, 0)
            back = owed if day == matures else min(owed, max(0, wanted))
            if charged or back:
                rows.append(Due(day, back, charged))
            owed, accrued, begun = owed - back, Fraction(0), day
            formula = None if formula is None else formula - charged
        for event in events:
            if event.on != day or event.turn is Turn.EXTEND:
                continue
            if event.turn is Turn.DRAW:
                owed += event.value
            if event.turn is Turn.RATE:
                rate = event.value
            if event.turn is Turn.EARLY:
                owed -= event.value
                over = owed == 0 and said.repayment is not REV
                rows.append(Due(day, event.value, rounded(accrued) if over else 0))
                accrued = Fraction(0) if over else accrued
            if day < matures:
                share, formula = levelled(said, owed, rate, day, begun, matures, accrued)
        if day < matures:
            accrued += Fraction(owed * rate * one_day(said, day), 1_000_000 * basis)
        day += DAY
    return rows


def levelled(said, owed, rate, day, begun, matures, accrued, again=False):
    """The share of each period left, and the interest of even months by the formula."""
    left = [
        when
        for when in (day + n * DAY for n in range(0 if again and day > begun else 1, (matures - day).days + 1))
        if ends_period(said, when, matures) and when > said.starts
    ]
    if said.repayment is EP:
        return rounded(Fraction(owed, len(left))), None
    if said.repayment is not EPI:
        return 0, None
    twelfth = Fraction(rate * said.every, 12_000_000)
    growth = (1 + twelfth) ** len(left)
    level = Fraction(owed) * twelfth * growth / (growth - 1) if twelfth else Fraction(owed, len(left))
    if not rate or accrued or said.days is not DayCount.THIRTY_360:
        return rounded(level), None
    days, at = [], day
    for end in left:
        days.append(sum(one_day(said, at + n * DAY) for n in range((end - at).days)))
        at = end
    even = all(n == 30 * said.every for n in days)
    return rounded(level), rounded(len(left) * level) - owed if even else None


def planned(said: Terms, events: list[Event]) -> tuple[Due, ...]:
    """The plan; what repays more than is owed by then is no contract, and is drawn again."""
    try:
        return schedule(said, events)
    except PlanFault as fault:
        if fault.code != "beyond_the_loan":
            raise
        reject()


@given(contracts())
def test_whatever_happens_to_a_contract_every_sum_is_what_a_walk_day_by_day_says(contract):
    said, events = contract
    assert list(planned(said, events)) == day_by_day(said, sorted(events, key=lambda one: one.on))


@given(contracts())
def test_what_was_paid_out_comes_back_to_the_fen(contract):
    said, events = contract
    rows = planned(said, events)
    assert sum(row.principal for row in rows) == sum(one.value for one in events if one.turn is Turn.DRAW)
    assert all(row.principal >= 0 and row.interest >= 0 for row in rows)
    assert [row.day for row in rows] == sorted(row.day for row in rows)
