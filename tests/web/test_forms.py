"""Forms on pages: shown again with what was typed, sent twice with one effect, and never over somebody's newer words."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from financing.access import Role
from financing.money import Fen
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from tests.makers import writing
from tests.web.conftest import OURS
from web.fields import Wan, Yuan
from web.forms import Form, read, standing

RIGHT = {
    "amount": "120.5",
    "months": "12",
    "purpose": "turnover",
    "use": "采购铜材",
    "latest": "2026-12-31",
    "code": "91110000600037341L",
}


@pytest.fixture(autouse=True)
def purposes():
    from financing.needs.rules import Purpose

    RIGHT["purpose"] = next(iter(Purpose)).value


def count(site):
    with site.database.reader.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM bank").scalar()


def cook(browser, **fields):
    return browser.sends("/kitchen", {**RIGHT, **fields}, opened="/kitchen")


def test_a_right_form_acts_and_leads_on(kitchen):
    answer = cook(kitchen.visitor())
    assert (answer.status_code, answer.headers["location"]) == (303, "/kitchen?done=kitchen.cook")
    assert count(kitchen) == 1


def test_a_wrong_form_is_shown_again_with_everything_typed(kitchen):
    page = cook(
        kitchen.visitor(),
        amount="一百",
        months="",
        use="",
        code="91110000600037341A",
        security=["receivable", "owner"],
        no_broker="true",
    )
    assert page.status_code == 422
    for kept in ('value="一百"', 'value="91110000600037341A"', 'value="2026-12-31"'):
        assert kept in page.text
    assert len(re.findall(r'type="checkbox"[^>]* checked', page.text)) >= 2
    assert count(kitchen) == 0


def test_the_summary_on_top_leads_to_each_field_and_the_field_names_its_fault(quick_kitchen):
    page = cook(quick_kitchen.visitor(), amount="一百", months="").text
    linked = re.findall(r'<a href="#(field-\w+)">', page)
    assert linked == ["field-amount", "field-months"]
    for name in linked:
        assert f'id="{name}"' in page
    assert re.search(r'id="field-amount"[^>]*aria-describedby="error-amount"[^>]*aria-invalid="true"', page)
    assert "不是有效金额" in page


def test_the_complaints_speak_the_readers_language(quick_kitchen):
    browser = quick_kitchen.visitor()
    browser.get("/kitchen?lang=en")
    assert 'lang="en"' in cook(browser, months="99").text


def test_a_refusal_of_the_matter_is_shown_on_the_form_too(kitchen):
    page = cook(kitchen.visitor(), months="36")
    assert page.status_code == 409
    assert 'value="采购铜材"' in page.text or "采购铜材</textarea>" in page.text
    assert "剩余" in page.text
    assert count(kitchen) == 0


def resend(browser, form, **more):
    """The very form once more, its tokens included."""
    return browser.client.post("/kitchen", data=form | more, headers=OURS, follow_redirects=False)


def test_after_a_refusal_the_same_form_may_be_sent_again(kitchen):
    browser = kitchen.visitor()
    form = browser.token("/kitchen", "/kitchen") | RIGHT
    tries = ({"months": "36"}, {"months": "99"}, {}, {})
    assert [resend(browser, form, **more).status_code for more in tries] == [409, 422, 303, 303]
    assert count(kitchen) == 1


@pytest.mark.parametrize(
    "name", ["id", "firm_id", "bank_id", "state", "role", "kind", "password_hash", "officer_id", "Amount", "__class__"]
)
def test_a_field_that_the_form_does_not_have_is_refused(quick_kitchen, name):
    assert cook(quick_kitchen.visitor(), **{name: "1"}).status_code == 422
    assert count(quick_kitchen) == 0


def test_a_field_that_takes_one_value_and_comes_twice_is_refused(quick_kitchen):
    visitor = quick_kitchen.visitor()
    assert cook(visitor, amount=["100", "200"]).status_code == 400
    assert count(quick_kitchen) == 0


def test_fifty_clicks_have_one_effect_and_one_answer(kitchen):
    browser = kitchen.visitor()
    form = browser.token("/kitchen", "/kitchen") | RIGHT
    sid = browser.client.cookies.get("sid")

    def click(_):
        client = kitchen.visitor().client
        client.cookies.set("sid", sid)
        answer = client.post("/kitchen", data=form, headers=OURS, follow_redirects=False)
        return answer.status_code, answer.headers.get("location")

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(click, range(50)))
    assert answers == {(303, "/kitchen?done=kitchen.cook")}
    assert count(kitchen) == 1


def test_the_same_form_with_other_words_is_refused(kitchen):
    browser = kitchen.visitor()
    form = browser.token("/kitchen", "/kitchen") | RIGHT
    assert resend(browser, form).status_code == 303
    again = resend(browser, form, use="别的用途")
    assert again.status_code == 422
    assert "已经用不同的内容提交过一次" in again.text
    assert count(kitchen) == 1


@pytest.fixture
def bank(kitchen):
    with writing(kitchen.database) as session:
        session.add(bank := Bank(name="甲银行", kind=BankKind.CITY, phone="1"))
        session.flush()
        return f"/kitchen/bank/{bank.id}"


def save(browser, bank, fields, token=None):
    token = token or browser.token(bank)
    return browser.client.post(bank, data=token | fields, headers=OURS, follow_redirects=False)


def test_two_people_at_one_form_see_what_differs_and_lose_nothing(kitchen, bank):
    first, second = kitchen.person(Role.OFFICER, "first"), kitchen.person(Role.OFFICER, "second")
    opened = second.token(bank)
    assert opened["version"] == "1"
    assert save(first, bank, {"name": "甲银行高新支行", "phone": "2"}).status_code == 303
    page = save(second, bank, {"name": "乙银行", "phone": "2"}, opened)
    assert page.status_code == 409
    rows = re.findall(r'<tr( class="differs")?>\s*<th scope="row">', page.text)
    assert [bool(differs) for differs in rows] == [True, False]
    for shown in ("乙银行", "甲银行高新支行", 'name="version" value="2"', 'name="name" value="乙银行"'):
        assert shown in page.text


def test_what_was_typed_can_be_saved_over_the_newer_version(kitchen, bank):
    first, second = kitchen.person(Role.OFFICER, "first"), kitchen.person(Role.OFFICER, "second")
    opened = second.token(bank)
    save(first, bank, {"name": "甲银行高新支行"})
    page = save(second, bank, {"name": "乙银行", "phone": "3"}, opened).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page[page.index("<table") :]))
    assert second.client.post(bank, data=form, headers=OURS, follow_redirects=False).status_code == 303
    with kitchen.database.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT name, phone, version FROM bank").one() == ("乙银行", "3", 3)


def test_a_person_without_the_right_learns_nothing_and_leaves_a_line(kitchen):
    officer = kitchen.person(Role.OFFICER)
    page = officer.sends("/kitchen", RIGHT | {"months": "35"}, opened="/kitchen")
    assert page.status_code == 403
    assert "您的账号不能办理此事项" in page.text
    with kitchen.database.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM journal WHERE act = 'denied'").scalar() == 1


def test_an_upload_comes_back_as_a_file_to_keep_with_its_own_name(quick_kitchen):
    answer = quick_kitchen.visitor().sends(
        "/kitchen/upload", opened="/kitchen/upload", files={"file": ('发票 "1".xlsx', b"x" * 3_000_000)}
    )
    assert answer.status_code == 200
    assert len(answer.content) == 3_000_000
    said = answer.headers["content-disposition"]
    assert said.isascii() and "\r" not in said and "\n" not in said
    assert said.startswith('attachment; filename="')
    assert "filename*=UTF-8''%E5%9B%9E%E6%89%A7%20" in said
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_upload_above_the_set_size_is_refused_with_the_limit(quick_kitchen):
    body = quick_kitchen.visitor().sends(
        "/kitchen/upload", opened="/kitchen/upload", files={"file": ("a.bin", b"x" * 22 * 1024 * 1024)}
    )
    assert body.status_code == 413
    assert "20 MiB" in body.text


def test_an_upload_without_a_file_asks_for_one(quick_kitchen):
    answer = quick_kitchen.visitor().sends("/kitchen/upload", opened="/kitchen/upload", files={"file": ("", b"")})
    assert answer.status_code == 422


PAYLOADS = [
    '"><script>alert(1)</script>',
    "'\"><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "</textarea><svg onload=alert(1)>",
    "&lt;b&gt;",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_type_is_shown_as_text(quick_kitchen, payload):
    page = cook(quick_kitchen.visitor(), amount=payload, use=payload, phone=payload).text
    assert "<script>alert" not in page and "<img src=x" not in page and "<svg onload" not in page
    assert "&lt;script&gt;" in page or "<" not in payload or "&lt;" in page


def test_an_amount_stands_in_the_unit_of_its_field():
    """Sent back as it stands, it is the same amount."""

    class Asked(Form):
        pool: Wan
        claimed: Yuan
        fee: Yuan | None = None

    amount = Fen(96_000_001)
    stands = standing(Asked, None, dict.fromkeys(("pool", "claimed", "fee"), amount))
    assert stands == {"pool": ("96.000001",), "claimed": ("960000.01",), "fee": ("960000.01",)}
    again = read(Asked, [(name, text) for name, (text,) in stands.items()])
    assert (again.pool, again.claimed, again.fee) == (amount, amount, amount)
