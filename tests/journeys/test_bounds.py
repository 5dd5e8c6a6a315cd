"""What lies beyond the bounds of the day is said at its field as it is left, in the server's own words."""

from __future__ import annotations

from datetime import datetime

from financing.access import Role
from financing.desk import BEIJING
from tests.makers import a_firm, writing


def test_an_answer_beyond_a_bound_is_said_at_once_and_unsaid_when_mended(person, site):
    with writing(site.database) as session:
        firm = a_firm(session).id
    clerk = person(site.account(Role.CLERK, "赵敏", firm_id=firm)).opens("/needs/new/money")
    shown = clerk.tab.locator("p.error:visible")
    for label, wrong, right, words in (
        ("金额", "99,999", "80", "单户最多"),
        ("期限", "61", "12", "期限须为 1 至 60 个月"),
        ("最迟用款日", datetime.now(BEIJING).date().isoformat(), "2099-03-31", "没有营业日"),
    ):
        clerk.fills(label, wrong)
        clerk.tab.keyboard.press("Tab")
        assert shown.count() == 1 and words in shown.inner_text()
        clerk.fills(label, right)
        clerk.tab.keyboard.press("Tab")
        assert shown.count() == 0
