"""A deadline that reached into a year nobody knew is counted again as soon as that year's arrangement is taken over."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from financing.access import Role
from financing.calendar import Kind
from financing.dated import service
from financing.needs import service as needs
from financing.needs.model import Need
from financing.papers.rules import PaperKind
from tests.makers import a_firm, a_need, a_paper, a_user, at, writing
from web.jobs import work_off

HANDED_IN = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)  # a Wednesday
NOTICE = {"why": "年度安排", "source": "国务院办公厅通知"}


@pytest.fixture
def zone(database):
    with writing(database) as session:
        firm = a_firm(session)
        for kind in (PaperKind.INVOICES, PaperKind.TAX, PaperKind.ARTICLES):
            a_paper(session, firm, kind=kind)
        need = a_need(session, firm, latest=date(2027, 6, 30)).id
        owner, admin = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor, a_user(session, Role.ADMIN).actor
    with at(database, owner, HANDED_IN) as desk:
        needs.submit(desk, desk.get(Need, need))
    return database, need, admin


def stands(database, need):
    with writing(database) as session:
        found = session.get_one(Need, need)
        return found.due_on, found.provisional


def test_an_arrangement_makes_it_certain_and_later_by_the_days_off(zone):
    database, need, admin = zone
    assert stands(database, need) == (
        date(2027, 1, 7),
        True,
    )  # 31, then 4, 5, 6, 7: New Year's Day is off in every year
    with at(database, admin, HANDED_IN) as desk:
        service.set_year(desk, {date(2027, 1, 1): Kind.OFF, date(2027, 1, 4): Kind.OFF}, 2027, **NOTICE)
    assert stands(database, need) == (date(2027, 1, 7), True), "not in the administrator's own transaction"
    work_off(database, HANDED_IN)
    assert stands(database, need) == (date(2027, 1, 8), False)


def test_what_a_firm_was_told_never_moves_to_an_earlier_day(zone):
    database, need, admin = zone
    with at(database, admin, HANDED_IN) as desk:
        service.set_year(
            desk, {date(2027, 1, 1): Kind.OFF, date(2027, 1, 2): Kind.WORK, date(2027, 1, 3): Kind.WORK}, 2027, **NOTICE
        )
    work_off(database, HANDED_IN)
    assert stands(database, need) == (date(2027, 1, 7), False)
