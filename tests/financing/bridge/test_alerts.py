"""F54: money that is not back is told of on day 1, 3, 5 and 10, once each, whatever days the platform stood still (I-14)."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from financing.access import SYSTEM
from financing.acts import Act
from financing.bridge import alerts
from financing.bridge.promise_model import BankBan, BridgeAlert, PromiseBreach
from financing.bridge.rules import Breach
from financing.money import Fen
from financing.outbox import Outgoing
from tests.financing.bridge.fund import a_fund
from tests.makers import NOW, TODAY

DUE = 9  # days from the pay-out to the planned renewal


def day_of(here, number: int) -> int:
    """One daily run, so many days after the pay-out."""
    sent = 0
    with here.at(SYSTEM, NOW + timedelta(days=number)) as desk:
        for key in alerts.overdue(desk):
            sent += alerts.look_at(desk, key)
    return sent


def sent_levels(here) -> list[int]:
    with here.at(SYSTEM) as desk:
        return sorted(desk.session.scalars(select(BridgeAlert.level)))


def notices(here, act: Act) -> list:
    with here.at(SYSTEM) as desk:
        return [row.payload["to"] for row in desk.session.scalars(select(Outgoing)) if row.payload.get("code") == act]


@pytest.mark.parametrize("seed", range(4))
def test_each_level_once_with_any_days_of_standstill(sqlite_database, seed):
    here, chance = a_fund(sqlite_database), Random(seed)
    here.out()
    ran = sorted({day for day in range(DUE - 1, DUE + 14) if chance.random() < 0.5} | {DUE + 14})
    for day in ran:
        for _twice in range(2):
            day_of(here, day)
        past = day - DUE
        assert sent_levels(here) == [level for level in (1, 3, 5, 10) if level <= past]
    told = notices(here, Act.ALERT_BRIDGE)
    assert len(told) == 3 + 4 + 5 + 6  # firm, bank, fund; the officer; a leader; the chair
    assert told.count({"role": "chair"}) == 1


def test_nobody_is_told_before_the_day_nor_once_the_money_is_back(sqlite_database):
    here = a_fund(sqlite_database)
    use = here.out()
    assert day_of(here, DUE) == 0
    here.back(use, Fen.wan(285), TODAY + timedelta(days=DUE))
    assert day_of(here, DUE + 20) == 0


def test_on_the_day_of_recall_the_breach_is_on_record_and_the_bank_suspended(database):
    here = a_fund(database)
    here.out()
    day_of(here, DUE + 4)
    with here.at(SYSTEM) as desk:
        assert desk.all(BankBan) == []
    day_of(here, DUE + 5)
    day_of(here, DUE + 6)
    with here.at(SYSTEM) as desk:
        assert [one.breach for one in desk.all(PromiseBreach)] == [Breach.NOT_RENEWED]
        assert [ban.since for ban in desk.all(BankBan)] == [TODAY + timedelta(days=DUE + 5)]
    assert len(notices(here, Act.SUSPEND_BANK)) == 4
