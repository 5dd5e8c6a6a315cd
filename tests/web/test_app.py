"""The application as a whole: what it answers to whom, and that it starts only when it is certain of that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from financing.access import Role
from tests.makers import a_bank, a_firm, writing
from web import routes
from web.jobs import run_daily
from web.routes import RoutesDiffer


def test_the_front_page_answers_everybody(quick_site):
    page = quick_site.visitor().get("/")
    assert page.status_code == 200
    assert "没有抵押" in page.text


def test_the_front_page_tells_results_of_months_that_are_over_once_they_name_nobody(site):
    def shown():
        run_daily(site.database, site.clock.now)
        return site.visitor().get("/").text

    with writing(site.database) as session:
        for _ in range(4):
            a_firm(session)
    site.clock.now = datetime(2026, 12, 2, 1, tzinfo=UTC)
    assert "已登记企业" not in shown()
    with writing(site.database) as session:
        a_firm(session, registered_at=site.clock.now)
    assert "已登记企业" not in shown()
    site.clock.now = datetime(2027, 1, 4, 1, tzinfo=UTC)
    assert '已登记企业（家）</span><span class="tile-number">5<' in shown()


def test_health_says_on_what_it_runs_and_nothing_secret(site):
    said = site.visitor().get("/health").json()
    assert said["ok"] is True
    assert said.pop("second_factor") == "off"  # as these tests run; tests/web/test_second.py has it on
    assert (said.pop("database"), said.pop("mode").upper()) in {
        ("sqlite", "WAL"),
        ("sqlite", "DELETE"),
        ("sqlite", "TRUNCATE"),
        ("postgresql", "ON"),
    }
    assert len(said.pop("link")) == 64
    assert set(said.pop("alarms")) <= {"disk_filling", "disk_full"}  # whatever else lies on the disk of the test
    assert {type(value) for value in said.values()} <= {int, bool, type(None)}


def test_each_role_begins_at_its_own_desk(quick_site):
    with writing(quick_site.database) as session:
        firm, bank = a_firm(session).id, a_bank(session).id
    for role in Role:
        if role not in {Role.VISITOR, Role.SYSTEM}:
            browser = quick_site.person(role, firm_id=firm, bank_id=bank)
            place = browser.get("/home").headers["location"]
            page = browser.get(place)
            assert page.status_code == 200, role
            assert 'action="/sign-out"' in page.text, role  # and from each the way out is one press


def test_a_page_is_in_the_language_that_was_chosen_and_stays_so(quick_site):
    browser = quick_site.visitor()
    assert 'lang="zh-CN"' in browser.get("/sign-in").text
    assert 'lang="en"' in browser.get("/sign-in?lang=en").text
    assert 'lang="en"' in browser.get("/join").text
    assert 'lang="zh-CN"' in browser.get("/join?lang=klingon").text  # not a language of ours, so Chinese


def test_the_language_switch_keeps_the_page_and_its_filters(quick_site):
    assert 'href="/sign-in?next=%2Faccount&amp;lang=en"' in quick_site.visitor().get("/sign-in?next=/account").text


def test_a_route_without_a_row_keeps_the_site_from_starting(quick_site, made):
    del routes.ROUTES["front"]
    with pytest.raises(RoutesDiffer, match="front"):
        made(quick_site.database)


def test_a_row_without_a_route_keeps_the_site_from_starting(quick_site, made):
    routes.ROUTES["nowhere"] = routes.EVERYONE
    with pytest.raises(RoutesDiffer, match="nowhere"):
        made(quick_site.database)


@pytest.mark.parametrize("path", ["vendor/tabler.min.css", "theme.css", "page.js", "vendor/icons.svg", "mark.svg"])
def test_a_static_file_is_kept_for_a_year_because_its_address_changes_with_it(quick_site, path):
    from web.render import static_url

    kept = quick_site.visitor().get(static_url(path))
    assert kept.status_code == 200
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert quick_site.visitor().get(f"/static/{path}").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["../app.py", "%2e%2e/app.py", "..%2f..%2fpyproject.toml", "/etc/passwd", "templates/layout.html"]
)
def test_nothing_outside_the_static_folder_is_served(quick_site, path):
    assert quick_site.visitor().get(f"/static/{path}").status_code == 404
