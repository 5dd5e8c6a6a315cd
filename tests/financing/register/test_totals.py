"""The page of the register against the register whole, on a zone of some hundred needs: the same rows, sums, ratios and course, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from financing.access import SYSTEM, Actor, Role
from financing.figures import stands
from financing.import_refusals import TooManyRows
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.refusals import NotFound
from financing.register import ledger, totals, views
from tests.financing.letters.conftest import chosen
from tests.makers import NOW, TODAY, at
from web.stage.big import zone
from web.stage.big.cast import Plan

#: Another seed than that of other tests: batches that were drawn are remembered by plan.
PLAN = Plan(firms=60, needs=900, seed=23, now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
DAYS = [PLAN.now.date() - timedelta(days=back) for back in (0, 1, 40, 200, 500, 4_000)]


@pytest.fixture
def filled(database):
    zone.begin(database, PLAN)
    zone.go_on(database, PLAN, lambda _done, _total: None)
    return database


def test_I02_pages_and_kept_totals_are_the_register_whole(filled, monkeypatch):
    monkeypatch.setattr(totals, "SIZE", 7)
    with at(filled, SYSTEM, PLAN.now, write=False) as desk:
        book = ledger.book(desk)
        assert len(book.on(DAYS[0]).rows) > 3 * 7
        for day in DAYS:
            whole, found = views.standing(desk, day), totals.totals(desk, day, DAYS)
            register = whole.register
            assert (found.count, found.customers) == (len(register.rows), register.customers)
            for key in ("amount", "balance", "weighted", "own", "overdue", "mean_fee"):
                assert getattr(found, key) == getattr(register, key), (day, key)
            assert (found.ratios, found.proof) == (whole.ratios, whole.proof)
            assert found.course == tuple((one, book.on(one).balance) for one in DAYS)
            assert totals.read(json.loads(json.dumps(totals.plain(found)))) == found
            pages = [totals.rows(desk, day, page, found.count) for page in range(1, -(-found.count // 7) + 1)]
            assert [row for page in pages for row in page.rows] == list(register.rows), day
            assert {(page.of, page.total) for page in pages} <= {(len(pages), found.count)}


def test_the_page_beyond_the_last_is_the_last_and_a_file_has_every_row(filled, monkeypatch):
    monkeypatch.setattr(totals, "SIZE", 7)
    with at(filled, SYSTEM, PLAN.now, write=False) as desk:
        every = ledger.book(desk).on(DAYS[0]).rows
        last = totals.rows(desk, DAYS[0], 10_000, len(every))
        assert (last.page, last.rows) == (last.of, every[7 * (last.of - 1) :])
        file = replace(desk, whole=True)
        assert totals.rows(file, DAYS[0], 3, len(every)).rows == every
        monkeypatch.setattr("financing.listed.MOST_GIVEN", len(every) - 1)
        with pytest.raises(TooManyRows):
            totals.rows(file, DAYS[0], 1, len(every))


def test_every_line_of_the_ledger_asks_for_new_totals_at_once(database):
    """A stand may be minutes old while others act; that of the register never is."""
    letters, seen = chosen(database), []

    def balance() -> Fen:
        with at(database, SYSTEM, write=False) as desk:
            question = totals.question(desk, TODAY)
        seen.append(question)
        stand = stands.kept(database, NOW, question, lambda own: totals.plain(totals.totals(own, TODAY, [TODAY])))
        return totals.read(stand.body).balance

    assert balance() == Fen(0)
    made = letters.issued()
    assert balance() == made.amount
    steps = [
        lambda: letters.repays(made, Fen(100)),
        lambda: letters.books(made, EntryKind.COMPENSATED, Fen(500)),
        lambda: letters.books(made, EntryKind.RECOVERED, Fen(7)),
        lambda: letters.books(made, EntryKind.LOST, Fen(11)),
        lambda: letters.releases(made),
    ]
    for step in steps:
        step()
        left = letters.now(made)
        assert balance() == left.balance
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("role", [Role.BANKER, Role.SIGNATORY, Role.CLERK])
def test_nobody_else_reads_rows_or_totals(database, role):
    day = date(2026, 11, 23)
    with at(database, Actor(5, role, firm_id=6, bank_id=1), write=False) as desk:
        for read in (
            lambda: totals.question(desk, day),
            lambda: totals.totals(desk, day),
            lambda: totals.rows(desk, day, 1, 0),
        ):
            with pytest.raises(NotFound):
                read()
