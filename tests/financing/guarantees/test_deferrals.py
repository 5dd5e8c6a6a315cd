"""Putting a case off: a reason, a day that fits, and a reminder once it has passed (F11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from financing.access import SYSTEM
from financing.case_refusals import PastDay
from financing.guarantees import deferrals, meeting_views
from financing.guarantees.agenda_model import Deferral
from financing.guarantees.model import GuaranteeCase
from financing.needs import views as needs
from financing.needs.model import Need
from financing.outbox import Outgoing
from financing.refusals import NotText
from financing.sitting_refusals import TooLate
from tests.makers import NOW, TODAY, at, writing

MONTH = timedelta(days=30)  # the product's default, written down by hand


def sitting(zone):
    case = zone.case()
    zone.meeting(case)
    return case


@pytest.mark.parametrize(
    ("until", "refused"),
    [
        (TODAY - timedelta(days=1), PastDay),
        (TODAY, None),
        (TODAY + MONTH, None),
        (TODAY + MONTH + timedelta(days=1), TooLate),
    ],
)
def test_the_day_named_is_neither_past_nor_beyond_a_month(zone, until, refused):
    case = sitting(zone)
    if refused:
        with pytest.raises(refused):
            zone.defers(case, until=until)
    else:
        zone.defers(case, until=until)
        assert zone.get(GuaranteeCase, case.id).return_by == until


def test_a_case_is_not_put_off_without_a_reason(zone):
    case = sitting(zone)
    with pytest.raises(NotText), at(zone.database, zone.chair.actor) as desk:
        deferrals.defer(desk, desk.get(GuaranteeCase, case.id), reason="  ", until=TODAY)


def test_the_day_is_the_clock_of_the_firm_and_of_the_office_until_the_case_is_tabled_again(zone):
    case = sitting(zone)
    zone.defers(case, until=TODAY + timedelta(days=4))  # Friday of the same week
    with at(zone.database, zone.officer.actor, write=False) as desk:
        clock = needs.one(desk, desk.get(Need, case.need_id)).clock
        assert (clock.due, clock.left) == (TODAY + timedelta(days=4), 4)
        assert [(one.number, one.left) for one in meeting_views.deferred(desk)] == [(case.number, 4)]
    zone.meeting(case)
    with at(zone.database, zone.officer.actor, write=False) as desk:
        assert needs.one(desk, desk.get(Need, case.need_id)).clock is None
        assert meeting_views.deferred(desk) == []


def test_officers_hear_once_of_a_day_that_has_passed(zone):
    case = sitting(zone)
    zone.defers(case, until=TODAY + timedelta(days=1))

    def told(days):
        with at(zone.database, SYSTEM, NOW + timedelta(days=days)) as desk:
            deferrals.remind(desk)
        with writing(zone.database) as session:
            return len(session.scalars(select(Outgoing).where(Outgoing.once.startswith("overdue:"))).all())

    assert [told(0), told(1), told(2), told(3)] == [0, 0, 1, 1]
    with at(zone.database, zone.officer.actor, NOW + timedelta(days=3), write=False) as desk:
        assert meeting_views.deferred(desk)[0].left < 0


def test_every_deferral_stands_in_the_record_of_the_decision(zone):
    case = sitting(zone)
    zone.defers(case)
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    put_off = zone.seals(case).record["order"]["put_off"]
    assert [(one["reason"], one["by"]) for one in put_off] == [("到会人数不足", zone.chair.name)]
    with writing(zone.database) as session:
        assert session.query(Deferral).count() == 1
