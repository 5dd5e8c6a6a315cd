"""The first visit: a firm registers, comes back, and reads the site in the other language, on a desk and on a phone."""

from __future__ import annotations

import pytest

from financing.access import Role
from tests.journeys.conftest import PASSWORD
from tests.journeys.person import NARROW, WIDE
from tests.makers import a_code

BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])


@BOTH
def test_a_visitor_registers_a_firm_signs_out_and_comes_back(person, size):
    visitor, login = person(size=size), f"zhangming{size[0]}"
    visitor.opens("/").sees("没有抵押，也能把贷款需求送到银行").presses("登记企业").sees("第 1 步，共 7 步")
    assert visitor.overflow <= 0
    for label, value in {"联系人姓名": "李芳", "电话": "13800000000", "登录名": login, "密码": PASSWORD}.items():
        visitor.fills(label, value)
    visitor.presses("开立账号并继续").is_at("/apply/firm")
    for label, value in {
        "统一社会信用代码": a_code(), "企业名称": "示范铜材有限公司", "行业": "3340", "所在园区": "高新园区", "地址": "工业大道 1 号",
        "成立日期": "2015-03-01", "法定代表人": "张明",
    }.items():  # fmt: skip
        visitor.fills(label, value)
    visitor.presses("保存并继续").is_at("/apply/size").presses("登记企业并继续").is_at("/needs/new/use")
    visitor.opens("/my-needs").misses("需要修改").sees("我的需求", "李芳")
    assert visitor.overflow <= 0
    signs_out(visitor)
    visitor.opens("/account").is_at("/sign-in").sees("登录")
    visitor.fills("登录名", login).fills("密码", PASSWORD).presses("登录").is_at("/account").sees("我的账号")
    assert visitor.overflow <= 0


@BOTH
def test_the_other_language_is_one_press_away_and_back(person, site, size):
    admin = person(site.account(Role.ADMIN, "王洋"), size=size)
    admin.opens("/account").sees("我的账号", "系统管理员")
    admin.follows("English").is_at("/account").sees("My account").misses("我的账号")
    assert admin.tab.locator("html").get_attribute("lang") == "en"
    admin.opens("/account").sees("My account")
    assert admin.overflow <= 0
    admin.follows("中文").is_at("/account").sees("我的账号").misses("My account")


def test_a_wrong_password_is_answered_in_words_and_what_was_typed_stays(person, site):
    login, visitor = site.account(Role.ADMIN, "王洋"), person()
    visitor.opens("/sign-in").fills("登录名", login).fills("密码", "not the harbour at all").presses("登录")
    visitor.sees("账号或密码不对")
    assert visitor.tab.get_by_label("登录名").input_value() == login


def signs_out(visitor) -> None:
    visitor.tab.locator("summary").first.click()
    visitor.presses("退出").is_at("/")
