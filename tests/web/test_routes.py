"""Who may call what, held to the table and to the acts' own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from financing.access import RULES, Role
from financing.acts import Act
from web import routes
from web.routes import ROUTES, permissions

ROOT = Path(__file__).parents[2]
PEOPLE = [role for role in Role if role is not Role.SYSTEM]
PAGES = {"/people": {Role.ADMIN}, "/people/invite": {Role.ADMIN}, "/account": set(PEOPLE) - {Role.VISITOR}}


def test_the_page_of_permissions_is_current():
    assert (ROOT / "docs/permissions.md").read_text(encoding="utf-8") == permissions(), "run: python -m web.routes"


def test_a_route_named_by_an_act_is_open_to_those_who_can_pass_its_rule():
    for route, roles in ROUTES.items():
        if route in set(Act):
            assert roles - {Role.SYSTEM} == RULES[Act(route)].roles - {Role.SYSTEM}, route


@pytest.mark.parametrize("role", PEOPLE)
def test_a_role_opens_its_own_pages_and_finds_nothing_elsewhere(quick_site, role):
    browser = quick_site.visitor() if role is Role.VISITOR else quick_site.person(role, firm_id=1, bank_id=1)
    for path, roles in PAGES.items():
        expected = 200 if role in roles else 303 if role is Role.VISITOR else 404
        assert browser.get(path).status_code == expected, path


def test_a_route_without_a_row_admits_nobody(quick_site):
    browser = quick_site.visitor()
    del routes.ROUTES["front"]
    assert browser.get("/").status_code == 303


def test_what_is_absent_and_what_is_forbidden_look_the_same(quick_kitchen):
    officer = quick_kitchen.person(Role.OFFICER)
    admin = quick_kitchen.person(Role.ADMIN)
    absent, forbidden, unknown, other_role = (
        officer.get("/kitchen/bank/123"), officer.get("/people"), officer.get("/no/such/page"), admin.get("/kitchen/bank/123"),
    )  # fmt: skip
    assert {page.status_code for page in (absent, forbidden, unknown, other_role)} == {404}
    assert absent.text.replace("/kitchen/bank/123", "X") == forbidden.text.replace("/people", "X")
    assert unknown.text.replace("/no/such/page", "X") == other_role.text.replace("/kitchen/bank/123", "X")
    assert absent.text == other_role.text


def test_refused_attempts_of_people_are_in_the_journal_and_stop_at_a_hundred_an_hour(quick_kitchen):
    officer = quick_kitchen.person(Role.OFFICER)
    for _ in range(105):
        officer.get("/people")
    with quick_kitchen.database.reader.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM journal WHERE act = 'denied'").scalar()
    assert count == 100
