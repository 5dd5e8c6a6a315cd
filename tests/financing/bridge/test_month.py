"""The fund's month on paper: the pool at its beginning and end, what moved, and what is still out, from its book alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from financing.bridge import views
from financing.money import Fen
from reports.bridge import month_paper
from tests.financing.bridge.fund import a_fund
from tests.makers import NOW, TODAY

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_month_says_how_the_pool_stood_and_what_moved(sqlite_database, lang):
    here = a_fund(sqlite_database)
    use = here.out()
    here.back(use, Fen.wan(100), TODAY + timedelta(days=4))
    with here.at(here.leader, NOW + timedelta(days=7)) as desk:
        found = views.month(desk, FIRST, FIRST - timedelta(days=1), LAST)
    ((pool, before, after),) = found.rows
    assert (pool.name, before["capital"], after["capital"]) == ("应急专项资金", Fen(0), Fen.wan(2_000))
    assert (after["free"], after["in_use"]) == (Fen.wan(1_815), Fen.wan(185))
    assert {cause.value: row for cause, row in found.moved.items()} == {
        "paid_in": (1, Fen.wan(2_000)), "reserved": (1, Fen.wan(285)), "released": (1, Fen.wan(285)), "returned": (1, Fen.wan(100)),
    }  # fmt: skip
    page = month_paper(found, "示范经济开发区", lang).html
    for said in ("20,000,000.00", "18,150,000.00", "1,850,000.00", "2026-11-30", here.firm.name):
        assert said in page
