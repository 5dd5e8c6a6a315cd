"""What anybody may know of the platform's results, and what nobody can work out of it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, VISITOR
from financing.figures.model import PublicFigure
from financing.figures.outcomes import in_force, outcomes, public
from financing.figures.publication import publish, published
from financing.figures.rules import Volume
from financing.money import Fen
from tests.financing.figures.test_recomputed import Raw, by_chance
from tests.financing.figures.zone import Zone
from tests.makers import NOW, TODAY, at, writing

#: The steps of the journal behind the published volumes.
STEPS = {"needs": "submitted", "supported": "supported", "sent": "sent", "offered": "offered", "chosen": "chosen"}


def published_on(database, moment):
    """What everybody can read on a day, after the run of that day."""
    with at(database, SYSTEM, moment) as desk:
        publish(desk)
    with at(database, VISITOR, moment, write=False) as desk:
        return [
            (one.volume.value, one.since, one.until, one.count, one.firms, one.amount.fen) for one in published(desk)
        ]


def test_before_anything_may_be_shown_nothing_is(database):
    assert outcomes(database, NOW) == ()
    zone = Zone(database)
    for _ in range(4):
        zone.need(zone.firm(), 2, [0, 1])
    zone.play()
    published_on(database, NOW)
    assert outcomes(database, NOW) == ()
    assert public(database, NOW).periods == ()


def test_five_firms_of_a_month_that_is_over_are_published_once(database):
    zone = Zone(database)
    for _ in range(5):
        zone.need(zone.firm(), 1, [0], wan=70)
    zone.play()
    first = published_on(database, NOW)
    assert published_on(database, NOW + timedelta(days=1)) == first
    totals = {one.volume: one for one in outcomes(database, NOW)}
    assert (totals[Volume.NEEDS].count, totals[Volume.NEEDS].amount) == (5, Fen.wan(350))
    assert set(totals) == {Volume.REGISTERED, Volume.NEEDS}


def test_the_month_that_runs_is_held_back(database):
    zone = Zone(database)
    for _ in range(6):
        zone.need(zone.firm(), 1, [0], start=NOW - timedelta(days=2))
    zone.play()
    published_on(database, NOW)
    assert Volume.NEEDS not in {one.volume for one in outcomes(database, NOW)}


@pytest.mark.parametrize("seed", range(5))
def test_nobody_works_out_fewer_than_five_firms_by_subtracting_what_was_published(database, seed):
    """Whoever keeps every page of every day, and takes any of its numbers, or totals of any two days, from one another."""
    zone = Zone(database)
    by_chance(zone, seed)
    raw, dice = Raw(database), Random(seed)
    pages = [published_on(database, NOW + timedelta(days=31 * n + dice.randint(0, 20))) for n in range(3)]
    behind = events(raw)
    for volume in STEPS:
        ends = sorted({row[2] for row in pages[-1] if row[0] == volume})
        totals = {end: sum(row[3] for row in pages[-1] if row[0] == volume and row[2] <= end) for end in ends}
        start = datetime(2000, 1, 1).date()  # noqa: DTZ001  a day, not a moment
        for early, late in itertools.combinations([start, *ends], 2):
            firms = {firm for day, firm in behind[volume] if early < day <= late}
            assert len(firms) >= 5, (volume, early, late)
            assert totals[late] - totals.get(early, 0) == sum(early < day <= late for day, _ in behind[volume])
    for early, late in itertools.pairwise(pages):
        assert late[: len(early)] == early or set(early) <= set(late), "what was published never changes"


def test_periods_lie_side_by_side(database):
    zone = Zone(database)
    for seed in range(3):
        by_chance(zone, seed)
    rows = defaultdict(list)
    for volume, since, until, *_ in published_on(database, NOW):
        rows[volume].append((since, until))
    assert rows["needs"]
    for spans in rows.values():
        for (_, until), (since, _) in itertools.pairwise(sorted(spans)):
            assert since == until + timedelta(days=1)


def test_the_database_itself_publishes_no_group_under_five_firms(database):
    row = {"volume": Volume.NEEDS, "since": TODAY, "until": TODAY, "amount": Fen(0), "at": NOW}
    with pytest.raises(IntegrityError), writing(database) as session:
        session.add(PublicFigure(**row, count=9, firms=4))


def test_limits_in_force_are_those_of_the_day_with_their_sources():
    known = {one.key: one for one in in_force(TODAY)}
    assert known["teaser_least_firms"].value == 5
    assert all(one.source and one.since <= TODAY for one in known.values())


def events(raw):
    found = defaultdict(list)
    for volume, step in STEPS.items():
        for need, days in raw.days.items():
            if step in days:
                found[volume].append((days[step], raw.needs[need]["firm_id"]))
    return found
