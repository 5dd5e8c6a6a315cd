"""The register on any day: sums, weights and states against a plain reckoning, and days past that stay as they were."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from financing.register import ledger
from financing.register.rules import Book, Line, RegisterState, mean_fee
from tests.financing.register.books import END, read, the_year

START = date(2026, 1, 1)
DAYS = st.integers(0, 300).map(lambda n: START + timedelta(days=n))
SIZES = ("micro", "small", "medium", "large")


@st.composite
def ledgers(draw):
    """Some guarantees of few firms, each with a ledger that never falls below nothing, in any order of recording."""
    rows = []
    for number in range(draw(st.integers(1, 7))):
        firm = draw(st.integers(0, 2))
        issued, left = draw(DAYS), draw(st.integers(1, 400))
        day = issued
        told = [("issued", issued, left)]
        for _ in range(draw(st.integers(0, 4))):
            day += timedelta(days=draw(st.integers(0, 60)))
            part = draw(st.integers(0, left))
            if part:
                told.append((draw(st.sampled_from(["repaid", "compensated"])), day, part))
                left -= part
        if draw(st.booleans()):
            told.append(("released", day + timedelta(days=1), left))
        rows += [
            {
                "number": f"BH2026-{number:04d}", "firm": f"企业{firm}", "size": SIZES[firm], "division": "33", "share": "80", "fee": "1",
                "matures": "2026-06-30", "kind": kind, "on": on.isoformat(), "amount": f"{wan}.000001" if kind == "issued" else str(wan),
                "recorded": (on + timedelta(days=draw(st.integers(0, 9)))).isoformat(),
            }
            for kind, on, wan in told
        ]  # fmt: skip
    return rows


def plain(rows, day):
    """Balance by guarantee on a day, by adding and taking away; a released one is gone."""
    held, gone = defaultdict(int), set()
    for row in rows:
        if date.fromisoformat(row["on"]) <= day:
            fen = Fen.wan(row["amount"]).fen
            held[row["number"]] += fen if row["kind"] == "issued" else -fen
            gone |= {row["number"]} if row["kind"] == "released" else set()
    return {number: fen for number, fen in held.items() if number not in gone}


@given(ledgers(), DAYS)
def test_the_register_of_any_day_is_the_sum_of_what_is_live_then(rows, day):
    register, expected = read(rows).on(day), plain(rows, day)
    assert {row.letter.number: row.balance.fen for row in register.rows} == expected
    assert register.balance.fen == sum(expected.values())


@given(ledgers(), DAYS)
def test_every_firm_is_weighed_as_a_whole_and_its_guarantees_add_up_to_it(rows, day):
    register, of = read(rows).on(day), {row["number"]: (row["firm"], row["size"]) for row in rows}
    firms = defaultdict(int)
    for number, fen in plain(rows, day).items():
        firms[of[number]] += fen
    weighed = {
        firm: (3 * fen + 2) // 4 if size in {"small", "micro"} and fen <= 500_000_000 else fen
        for (firm, size), fen in firms.items()
    }
    found = defaultdict(int)
    for row in register.rows:
        found[row.letter.firm] += row.weighted.fen
        assert row.weighted <= row.balance
    assert dict(found) == weighed


@given(ledgers(), DAYS, st.integers(1, 50))
def test_what_is_written_later_with_a_later_day_changes_no_day_before_it(rows, day, later):
    before = read(rows)
    letter = before.letters[0]
    more = Line(letter.id, EntryKind.REPAID, day + timedelta(days=later), Fen(1), day + timedelta(days=later))
    after = Book(before.letters, [*before.lines, more], ledger.weighing)
    assert after.on(day) == before.on(day)


def test_a_line_written_down_after_the_day_counts_on_its_day_and_is_marked():
    repaid, told = date(2026, 5, 9), date(2026, 5, 12)  # repaid on the 8th, written down on the 12th
    first = next(row for row in the_year().on(repaid).rows if row.letter.number == "BH2025-0001")
    assert (first.balance, first.late, first.state) == (Fen(0), True, RegisterState.REPAID)
    assert not next(row for row in the_year().on(told).rows if row.letter.number == "BH2025-0001").late


@pytest.mark.parametrize(
    ("day", "number", "state"),
    [
        (date(2026, 11, 10), "BH2026-0001", RegisterState.IN_FORCE),  # due today is not overdue
        (date(2026, 11, 11), "BH2026-0001", RegisterState.OVERDUE),
        (date(2026, 9, 14), "BH2025-0002", RegisterState.OVERDUE),
        (date(2026, 9, 15), "BH2025-0002", RegisterState.PAID_FOR),
    ],
)
def test_the_state_of_a_day_follows_from_the_ledger_and_the_day(day, number, state):
    assert next(row.state for row in the_year().on(day).rows if row.letter.number == number) is state


def test_released_guarantees_leave_the_register_and_totals_are_those_of_the_rows():
    register = the_year().on(END)
    assert [row.letter.number for row in register.rows] == [f"BH2026-000{n}" for n in (1, 2, 3, 4)]
    assert (register.balance, register.weighted, register.customers) == (Fen.wan(850), Fen.wan("837.5"), 3)
    assert register.own == Fen.wan(40 + 320 + 120 + 160)
    assert register.overdue == Fen.wan(50)
    assert mean_fee([]) is None
    assert register.mean_fee == Rate(11_588)  # (400×1 + 200×1.2 + 200×1.5 + 50×0.9) ÷ 850
