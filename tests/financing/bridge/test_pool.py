"""F52: whatever is done to a pool, its pots add up to its capital, none is below nothing, and they are the sums of its lines."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from financing.access import SYSTEM
from financing.bridge import ledger
from financing.bridge.ledger import For
from financing.bridge.model import BridgePool, BridgePosting, BridgeUse
from financing.bridge.rules import Cause
from financing.bridge_refusals import PoolShort
from financing.money import Fen
from tests.financing.bridge.fund import a_fund
from tests.makers import NOW, TODAY, writing

#: Draws that race for one pool; the campaign profile runs ten thousand.
DRAWS = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 80


def test_draws_that_race_never_take_more_than_there_is(database):
    """Twice as much is asked for as there is: exactly as many draws pass as fit, and every pot is right afterwards."""
    here = a_fund(database, Fen(DRAWS // 2))
    use = here.apply()

    def draw(_number: int) -> int:
        try:
            with here.at(SYSTEM) as desk:
                pool, of = desk.session.get_one(BridgePool, here.pool), desk.session.get_one(BridgeUse, use)
                ledger.post(desk, pool, Cause.RESERVED, Fen(1), on=TODAY, by=1, confirmed_by=2, of=For(of))
        except PoolShort:
            return 0
        return 1

    with ThreadPoolExecutor(8) as racers:
        passed = sum(racers.map(draw, range(DRAWS)))
    assert passed == DRAWS // 2
    with here.at(SYSTEM) as desk:
        pool = desk.get(BridgePool, here.pool)
        assert (pool.free, pool.reserved, pool.capital) == (Fen(0), Fen(passed), Fen(passed))
        assert ledger.differences(desk.session) == {}


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_movements_reconciles_on_every_day(sqlite_database, seed):
    """Sixty movements by chance over twenty days, against a second book kept by hand."""
    here, chance = a_fund(sqlite_database, Fen(10_000)), Random(seed)
    use = here.apply()
    book = {"capital": 10_000, "free": 10_000, "reserved": 0, "in_use": 0, "lost": 0, "fees": 0}
    takes = {
        Cause.PAID_IN: (None, "free"), Cause.WITHDRAWN: ("free", None), Cause.RESERVED: ("free", "reserved"),
        Cause.FREED: ("reserved", "free"), Cause.RELEASED: ("reserved", "in_use"), Cause.RETURNED: ("in_use", "free"),
        Cause.LOST: ("in_use", "lost"), Cause.RECOVERED: ("lost", "free"), Cause.FEE: (None, "fees"), Cause.FEE_OUT: ("fees", None),
    }  # fmt: skip
    days = {}
    for number in range(60):
        cause, amount, day = chance.choice(list(Cause)), chance.randint(1, 6_000), TODAY + timedelta(days=number // 3)
        source, target = takes[cause]
        fits = source is None or book[source] >= amount
        try:
            with here.at(SYSTEM) as desk:
                of = For(desk.session.get_one(BridgeUse, use))
                pool = desk.session.get_one(BridgePool, here.pool)
                ledger.post(desk, pool, cause, Fen(amount), on=day, by=1, confirmed_by=2, of=of)
        except PoolShort:
            assert not fits
            continue
        assert fits
        for pot, change in ((source, -amount), (target, amount)):
            if pot:
                book[pot] += change
        if cause in {Cause.PAID_IN, Cause.WITHDRAWN}:
            book["capital"] += amount if cause is Cause.PAID_IN else -amount
        days[day] = dict(book)
    with here.at(SYSTEM) as desk:
        assert ledger.differences(desk.session) == {}
        for day, stood in days.items():
            assert {name: fen.fen for name, fen in ledger.balances(desk.session, day)[here.pool].items()} == stood


@pytest.mark.parametrize(
    "change",
    [{"free": Fen(1)}, {"in_use": Fen(-1), "free": Fen.wan(2_000) + Fen(1)}, {"capital": Fen(0)}, {"fees": Fen(-1)}],
)
def test_no_statement_makes_a_pool_that_does_not_add_up(database, change):
    here = a_fund(database)
    with pytest.raises(DBAPIError, match=r"(?i)constraint|violates"), writing(database) as session:
        session.execute(update(BridgePool).where(BridgePool.id == here.pool).values(**change))


def test_lines_stay_as_they_were_written(database):
    here = a_fund(database)
    with writing(database) as session:
        first = session.scalars(select(BridgePosting)).one()
    for statement in (
        update(BridgePosting).values(amount=Fen(1)),
        BridgePosting.__table__.delete(),
        BridgePool.__table__.delete(),
    ):
        with pytest.raises(DBAPIError), writing(database) as session:
            session.execute(statement)
    row = {
        "id": 1,
        "version": 1,
        "pool_id": here.pool,
        "on": TODAY,
        "at": NOW,
        "by": 1,
        "confirmed_by": 2,
        "amount": Fen(1),
    }
    wrong = (
        {"cause": "paid_in", "source": "free", "target": "owner"},  # money does not go that way
        {"cause": "paid_in", "source": "owner", "target": "free", "confirmed_by": 1},  # one person
        {"cause": "returned", "source": "in_use", "target": "free"},  # of no use
    )
    for each in wrong:
        with pytest.raises(DBAPIError, match=r"(?i)constraint|violates"), writing(database) as session:
            session.execute(insert(BridgePosting).values(**(row | each)))
    assert first.amount == Fen.wan(2_000)
