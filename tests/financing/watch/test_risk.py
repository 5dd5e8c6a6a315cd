"""The figures of the portfolio against the raw rows of the database, and the lists behind them (F45)."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from sqlalchemy import text

from financing.access import SYSTEM
from financing.loans.rules import Bucket, FiveClass
from financing.money import Fen
from financing.watch import risk
from financing.watch.rules import Level, Outside
from tests.financing.watch.conftest import DAY, watched_over
from tests.makers import TODAY, writing

ORDER = ["normal", "attention", "substandard", "doubtful", "loss"]
SIGNS = {"issued": 1, "repaid": -1, "released": -1, "compensated": -1}


@pytest.fixture
def zone(sqlite_database):
    """Three guarantees: one past due and warned of red, one repaid in part with a warning that is closed, one quiet."""
    found = [watched_over(sqlite_database) for _ in range(3)]
    for each in found:
        each.paid_out()
    found[0].learns(Outside.DISHONEST, 1, TODAY)
    found[1].learns(Outside.LAWSUIT, 200_000_00, TODAY)
    found[0].runs(TODAY)
    found[1].closes("lawsuit", TODAY + 40 * DAY)
    found[1].letters.repays(found[1].guarantee, Fen.wan(30))
    found[2].letters.repays(found[2].guarantee, Fen.wan(120))
    found[0].runs(TODAY + 41 * DAY)
    return found


def rows(zone, query: str) -> list:
    with writing(zone[0].database) as session:
        return [tuple(row) for row in session.execute(text(query))]


def asked(zone, day: date) -> tuple:
    with zone[0].at(SYSTEM, day) as desk:
        lists = {one: risk.listed(desk, risk=one) for one in FiveClass}
        ages = {one: risk.listed(desk, bucket=one) for one in Bucket}
        return risk.portfolio(desk), risk.course(desk, risk.ends(day)), lists, ages, risk.listed(desk, late=True)


@pytest.mark.parametrize("after", [41, 365 + 40])
def test_every_figure_is_what_the_raw_rows_add_up_to_and_opens_the_list_behind_it(zone, after):
    day = TODAY + after * DAY
    found, course, lists, ages, late = asked(zone, day)
    raw = rows(
        zone, "SELECT id, balance, matures FROM guarantee WHERE state IN ('in_force', 'compensated') AND balance > 0"
    )
    warned = rows(zone, "SELECT guarantee_id, worsens, rule, level, due_on FROM warning WHERE state <> 'closed'")
    classes, sums, past = Counter(), defaultdict(int), 0
    for key, balance, matures in raw:
        overdue = date.fromisoformat(matures) < day
        held = [worsens for of, worsens, *_ in warned if of == key] + (["attention"] if overdue else [])
        worst = max(held, key=ORDER.index, default="normal")
        classes[worst] += 1
        sums[worst] += balance
        past += balance if overdue else 0
    assert {one.value: (part.count, part.balance.fen) for one, part in found.by_class.items()} == {
        name: (classes[name], sums[name]) for name in ORDER
    }
    assert (found.whole.count, found.whole.balance.fen) == (len(raw), sum(balance for _key, balance, _day in raw))
    assert found.past_due.balance.fen == past
    assert sum(part.count for part in found.by_bucket.values()) == len(raw)
    assert found.warnings == Counter((rule, Level(level)) for _key, _worsens, rule, level, _due in warned)
    assert found.late_warnings == sum(date.fromisoformat(due) < day for *_, due in warned)
    checks = rows(zone, "SELECT due_on FROM watch_check WHERE state = 'due'")
    assert (found.checks, found.late_checks) == (len(checks), sum(date.fromisoformat(due) < day for (due,) in checks))
    for one, listed in {**lists, **ages}.items():
        part = found.by_class[one] if isinstance(one, FiveClass) else found.by_bucket[one]
        assert (listed.total, sum(row.balance.fen for row in listed.rows)) == (part.count, part.balance.fen)
    assert (late.total, sum(row.balance.fen for row in late.rows)) == (found.past_due.count, found.past_due.balance.fen)
    the_months(zone, course, day)


def the_months(zone, course, day) -> None:
    """The ends of twelve months, each added up again from the ledger and from the days of warnings and checks."""
    entries = rows(zone, 'SELECT guarantee_id, kind, "on", amount FROM guarantee_entry')
    warned = rows(zone, "SELECT found_on, coalesce(closed_on, '9999') FROM warning")
    checks = rows(zone, "SELECT planned_on, due_on, coalesce(ended_on, '9999') FROM watch_check")
    assert [one.day for one in course][-1] == day and len(course) == 12
    for one in course:
        until = one.day.isoformat()
        left = sum(SIGNS.get(kind, 0) * amount for _key, kind, on, amount in entries if on <= until)
        stood = sum(found <= until < closed for found, closed in warned)
        missed = sum(planned <= until and due < until < ended for planned, due, ended in checks)
        assert (one.balance.fen, one.warnings, one.late) == (left, stood, missed)


def test_a_month_ends_on_its_last_day_and_the_course_with_today():
    assert risk.ends(date(2028, 3, 15))[-3:] == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 15)]
    assert len(set(risk.ends(date(2027, 1, 1)))) == 12
