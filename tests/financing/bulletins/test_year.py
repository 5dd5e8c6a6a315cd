"""A year with downtime: every issue is drafted once and reaches each reader once, against a calendar worked out anew."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import settings

from financing.bulletins import service
from financing.bulletins.model import Bulletin, BulletinDelivery
from financing.bulletins.rules import BulletinState
from financing.notices.rules import Medium
from tests.financing.bulletins.test_bulletins import NEWS, drafts, everything, noon, takes, zone
from tests.financing.cadence import days
from tests.makers import at
from web.jobs import work_off

__all__ = ["zone"]
SIMULATED = max(1, settings.default.max_examples // 50)


@pytest.mark.parametrize("seed", range(SIMULATED))
def test_in_a_year_with_downtime_every_issue_is_drafted_and_reaches_each_reader_exactly_once(database, zone, seed):
    random, first, last = Random(seed), date(2026, 9, 15), date(2027, 9, 10)
    takes(database, zone["head"])
    day = first
    while day < last:
        day = min(last, day + timedelta(days=random.choice((1, 3, 8, 35))))
        moment = noon(day)
        for _ in range(random.choice((1, 2))):
            drafts(database, moment)
        for key in [
            one.id
            for one in everything(database, Bulletin)
            if one.state is BulletinState.DRAFT and random.random() < 0.6
        ]:
            with at(database, zone["officer"].actor, moment) as desk:
                service.write(desk, desk.get(Bulletin, key), 1, NEWS)
                wanted = moment + timedelta(days=random.choice((1, 9))) if random.random() < 0.5 else None
                service.propose(desk, desk.get(Bulletin, key), wanted)
            with at(database, zone["second"].actor, moment) as desk:
                service.publish(desk, desk.get(Bulletin, key))
        for _ in range(random.choice((0, 1, 2))):
            work_off(database, moment)
    work_off(database, noon(last + timedelta(days=30)))
    found = everything(database, Bulletin)
    assert sorted(one.until for one in found) == sorted(days.issues(first, last, 2))
    out = sorted((one.id, medium) for one in found if one.state is BulletinState.PUBLISHED for medium in Medium)
    assert sorted((one.bulletin_id, one.medium) for one in everything(database, BulletinDelivery)) == out
