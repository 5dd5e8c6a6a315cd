"""The search box: on every page of whoever has it, and from a number straight to the matter."""

from __future__ import annotations

from financing.access import Role
from financing.needs.rules import NeedState
from tests.makers import a_firm, a_need, writing


def test_the_box_leads_from_a_part_of_a_name_to_the_firm_and_its_needs(site):
    with writing(site.database) as session:
        firm = a_firm(session, name="章贡瑞源陶瓷有限公司")
        need = a_need(session, firm, number="XQ2026-0012", state=NeedState.SUBMITTED)
    officer = site.person(Role.OFFICER)
    assert 'action="/search"' in officer.get("/work").text
    for typed in ("源陶", "ruiyuan", "RYTC", firm.code[:6]):
        page = officer.get("/search", params={"q": typed}).text
        assert f'href="/firms/{firm.id}"' in page, typed
        assert f'href="/needs/{need.id}"' in page, typed


def test_a_number_alone_leads_to_its_matter_at_once(quick_site):
    with writing(quick_site.database) as session:
        need = a_need(session, a_firm(session), number="XQ2026-0012", state=NeedState.SUBMITTED)
    answer = quick_site.person(Role.OFFICER).get("/search", params={"q": "xq2026-12"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/needs/{need.id}")


def test_nothing_found_says_what_else_to_try_and_an_empty_question_says_what_may_be_asked(quick_site):
    officer = quick_site.person(Role.OFFICER)
    assert "没有找到“&lt;b&gt;”" in officer.get("/search", params={"q": "<b>"}).text
    assert "首字母" in officer.get("/search").text


def test_whoever_has_no_box_has_no_page_either(quick_site):
    admin = quick_site.person(Role.ADMIN)
    assert 'action="/search"' not in admin.get("/account").text
    assert admin.get("/search", params={"q": "x"}).status_code == 404
