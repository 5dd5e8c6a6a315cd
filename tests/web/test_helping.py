"""The page of who helps a firm: a warning stands in the form that it is about, and what is meant all the same goes into the calendar."""

from __future__ import annotations

from datetime import date

from financing.access import Role
from tests.makers import a_firm, writing

QUIET = date(2026, 12, 8)


def test_a_visit_on_a_quiet_day_is_warned_of_in_its_own_form_and_stands_in_the_calendar_once_it_is_meant(quick_site):
    with writing(quick_site.database) as session:
        firm = a_firm(session)
    officer = quick_site.person(Role.OFFICER)
    page = f"/helping/firms/{firm.id}"
    told = {"visit_day": QUIET.isoformat(), "visit_purpose": "看看订单和用工"}
    refused = officer.sends(f"{page}/plan-visit", told, opened=page)
    before, _, form = refused.text.partition('/plan-visit"')
    assert refused.status_code == 409
    assert "宁静日（每月" not in before and "宁静日（每月" in form and "看看订单和用工" in form
    assert officer.sends(f"{page}/plan-visit", {**told, "anyway": "true"}, opened=page).status_code == 303
    assert "看看订单和用工" in officer.get(page).text
    calendar = officer.get("/inspections?month=2026-12").text
    assert (firm.name in calendar, "帮扶走访" in calendar, "已安排" in calendar) == (True, True, True)
