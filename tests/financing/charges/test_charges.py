"""The list of charges on any day, its history, and what the database holds; the examples shipped name where they come from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from financing.access import VISITOR, Role
from financing.charge_refusals import ChargeEnded, ChargeStands
from financing.charges import examples, service, views
from financing.charges.model import Charge
from financing.charges.rules import Nature, Setting
from financing.charges.service import Terms
from financing.refusals import NotAllowed, OutOfRange
from tests.makers import NOW, TODAY, a_user, at, writing

DAY = timedelta(days=1)


def terms(**facts) -> Terms:
    return Terms(**{
        "item": "水土保持补偿费", "authority": "水利局", "nature": Nature.ADMINISTRATIVE, "basis": "水土保持法第三十二条", "setting": Setting.PROVINCE,
        "standard": "每平方米 1 元", "lower": "每平方米 0.8 元", "unit": "每平方米", "since": date(2026, 1, 1), "source": "省发改委网站，2025-12-20",
        **facts,
    })  # fmt: skip


@pytest.fixture
def officer(database):
    with writing(database) as session:
        return a_user(session, Role.OFFICER).actor


def lists(database, officer, **facts):
    with at(database, officer) as desk:
        return service.list_charge(desk, terms(**facts)).id


def shown(database, on, asked="", nature=None):
    with at(database, VISITOR, write=False) as desk:
        return [(one.item, one.lower) for one in views.shown(desk, on, asked, nature).rows]


def test_a_new_standard_ends_the_former_and_every_day_has_one(database, officer):
    first = lists(database, officer)
    lists(database, officer, since=date(2026, 7, 1), lower="每平方米 0.5 元")
    assert shown(database, date(2025, 12, 31)) == []
    for day, lower in ((date(2026, 1, 1), "0.8"), (date(2026, 6, 30), "0.8"), (date(2026, 7, 1), "0.5")):
        assert shown(database, day) == [("水土保持补偿费", f"每平方米 {lower} 元")]
    with at(database, VISITOR, write=False) as desk:
        assert [one.until for one in views.history(desk, desk.get(Charge, first))] == [None, date(2026, 6, 30)]
    for since in (date(2026, 7, 1), date(2026, 3, 1)):
        with pytest.raises(ChargeStands):
            lists(database, officer, since=since)


def test_anybody_searches_and_only_officers_change(database, officer):
    lists(database, officer)
    lists(database, officer, item="诉讼费_%", authority="法院", nature=Nature.SERVICE)
    assert [item for item, _ in shown(database, TODAY, "水利")] == ["水土保持补偿费"]
    assert [item for item, _ in shown(database, TODAY, "_%")] == ["诉讼费_%"]  # signs of a pattern are plain text
    assert [item for item, _ in shown(database, TODAY, "", Nature.SERVICE)] == ["诉讼费_%"]
    with at(database, VISITOR) as desk, pytest.raises(NotAllowed):
        service.list_charge(desk, terms(item="别的"))


def test_a_charge_is_taken_off_once_and_stays_in_the_history(database, officer):
    key = lists(database, officer)
    with at(database, officer) as desk, pytest.raises(OutOfRange):
        service.end(desk, desk.get(Charge, key), date(2025, 12, 31), "停征")
    with at(database, officer) as desk:
        service.end(desk, desk.get(Charge, key), TODAY, "停征")
    with at(database, officer) as desk, pytest.raises(ChargeEnded):
        service.end(desk, desk.get(Charge, key), TODAY, "停征")
    assert (len(shown(database, TODAY)), shown(database, TODAY + DAY)) == (1, [])


@pytest.mark.parametrize(
    "change", [update(Charge).values(lower="0 元"), update(Charge).values(since=TODAY), delete(Charge)]
)
def test_what_was_published_stays(database, officer, change):
    lists(database, officer)
    with pytest.raises(IntegrityError), writing(database) as session:
        session.execute(change)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_on_no_day_are_there_two_standards_of_one_item(sqlite_database, starts):
    with writing(sqlite_database) as session:
        officer = a_user(session, Role.OFFICER).actor
        item = f"项目{officer.id}"
    taken = []
    for days in starts:
        try:
            lists(sqlite_database, officer, item=item, since=date(2026, 1, 1) + days * DAY)
            taken.append(days)
        except ChargeStands:
            assert days <= taken[-1]
    for days in {0, 150, *starts, *(one - 1 for one in starts)}:
        assert len(shown(sqlite_database, date(2026, 1, 1) + days * DAY, item)) == (days >= taken[0])


def test_the_examples_are_marked_and_say_where_they_come_from(database, officer):
    with at(database, officer, NOW) as desk:
        assert examples.put(desk) == len(examples.shipped())
    with at(database, officer, NOW) as desk:
        assert examples.put(desk) == 0  # a second time adds nothing
    with at(database, VISITOR, write=False) as desk:
        rows = desk.all(Charge)
    assert rows
    assert all(
        (row.example and row.source and row.basis and "待核对" in row.source) or "确认" in row.source for row in rows
    )
