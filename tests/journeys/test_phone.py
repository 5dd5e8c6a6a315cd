"""The one form on a phone, counted: fields that a person types or chooses, pages that load, and nothing asked twice.

The bars (一表受理): a firm that is new here needs at most 25 fields and 14 pages from the front page to the need handed in, one that
comes back at most 5 fields. Breaking off in the middle loses nothing, and another browser goes on where the first one stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from financing.calendar import published
from tests.journeys.conftest import PASSWORD
from tests.journeys.person import NARROW, Person
from tests.journeys.workbooks import statements
from tests.makers import a_code

TODAY = datetime.now(UTC).date()
SOON = published().next_open(TODAY + timedelta(days=60)).isoformat()
LATER = published().next_open(TODAY + timedelta(days=90)).isoformat()
NO_BROKER = "我确认：没有通过中介办理，也没有人以办理贷款为名收费"
MOST_FIELDS, MOST_AGAIN, MOST_PAGES = 25, 5, 14


@dataclass
class Counted:
    """A person at a phone whose every answer and every page is counted; an answer asked for twice is a fault."""

    person: Person
    answers: list[str] = field(default_factory=list)
    pages: int = 0

    def __post_init__(self) -> None:
        self.person.tab.on("load", lambda _tab: self._loaded())

    def _loaded(self) -> None:
        self.pages += 1

    def answer(self, given: dict[str, str]) -> None:
        for label, value in given.items():
            self.answers.append(label)
            self.person.fills(label, value)

    def choose(self, given: dict[str, str]) -> None:
        for label, option in given.items():
            self.answers.append(label)
            self.person.chooses(label, option)

    def tick(self, label: str) -> None:
        self.answers.append(label)
        self.person.ticks(label)

    def asked_twice(self) -> list[str]:
        return sorted({label for label in self.answers if self.answers.count(label) > 1})


@pytest.fixture
def phone(person):
    """Somebody with a phone, nobody's account yet."""

    def phone(login: str = "") -> Counted:
        return Counted(person(login, size=NARROW) if login else person(size=NARROW))

    return phone


def goes_on(counted: Counted, button: str, path: str) -> None:
    """The button leads on, and the page before it was not wider than the phone."""
    assert counted.person.overflow <= 0
    counted.person.presses(button).is_at(path)


def the_account(firm: Counted, login: str) -> None:
    firm.person.opens("/").presses("登记企业")
    firm.answer({"联系人姓名": "李芳", "电话": "13800000000", "登录名": login, "密码": PASSWORD})
    firm.person.sees("第 1 步，共 7 步")
    goes_on(firm, "开立账号并继续", "/apply/firm")


def the_firm(firm: Counted) -> None:
    firm.answer({
        "统一社会信用代码": a_code(), "企业名称": "示范陶瓷有限公司", "法定代表人": "张明", "行业": "3074", "成立日期": "2016-03-01",
        "所在园区": "高新园区", "地址": "工业大道 1 号",
    })  # fmt: skip
    goes_on(firm, "保存并继续", "/apply/size")
    firm.answer({"从业人员": "30", "上年营业收入": "1800", "资产总额": "1200"})


def the_need(firm: Counted) -> None:
    firm.choose({"用途": "补充流动资金"})
    firm.answer({"具体用途": "采购高岭土，按月付给供货商"})
    goes_on(firm, "保存并继续", "/needs/new/money")
    firm.answer({"金额": "120", "期限": "12", "最迟用款日": SOON, "期望年利率": "4.5"})
    goes_on(firm, "保存并继续", "/needs/new/security")
    firm.choose({"可提供的担保": "无抵押物"})


def comes_back(phone, login: str) -> Counted:
    """Another browser, the same account."""
    again = phone()
    again.person.opens("/sign-in").fills("登录名", login).fills("密码", PASSWORD).presses("登录")
    return again


def hands_in(firm: Counted) -> None:
    """From the last group to the need with the office."""
    firm.tick(NO_BROKER)
    firm.person.presses("保存并核对").is_away_from("/needs/new/security").sees("核对并提交")
    assert firm.person.overflow <= 0


def sends(firm: Counted) -> None:
    firm.tick("本企业自愿申请容缺受理，承诺按期补齐上列材料，知晓逾期的后果")
    firm.person.presses("提交需求").sees("待受理", "个工作日")
    assert firm.person.overflow <= 0


def a_book(phone, login: str, folder: Path) -> Path:
    """Statements in the product's own template, fetched at another device so that no page of the phone is counted for it."""
    desk = comes_back(phone, login)
    desk.person.opens("/papers")
    return statements(desk.person.downloads("财务报表模板（小企业会计准则）"), folder / "财务报表.xlsx")


def told(capsys, what: str, counted: Counted) -> None:
    with capsys.disabled():
        print(f"\n{what}: {len(counted.answers)} fields, {counted.pages} pages")  # noqa: T201  the figures are there to be read


def test_a_new_firm_and_the_same_firm_again(phone, tmp_path, capsys):
    firm, login = phone(), "zhaoqian"
    the_account(firm, login)
    the_firm(firm)
    goes_on(firm, "登记企业并继续", "/needs/new/use")
    the_need(firm)
    hands_in(firm)
    firm.person.sees("1,200,000", "补充流动资金", "高岭土")
    book = a_book(phone, login, tmp_path)
    firm.choose({"材料种类": "财务报表"})
    firm.answer({"报表年度": str(TODAY.year - 1)})
    firm.person.uploads("文件", book).presses("上传材料").sees("报表读取结果").follows("回到需求").sees("提交以后")
    sends(firm)
    told(capsys, "a new firm", firm)
    assert firm.asked_twice() == []
    assert len(firm.answers) <= MOST_FIELDS
    assert firm.pages <= MOST_PAGES
    again = phone()
    again.person = comes_back(phone, login).person
    again.__post_init__()
    again.person.opens("/needs/new/use").sees("请核对并改动")
    goes_on(again, "保存并继续", "/needs/new/money")
    again.answer({"金额": "80", "最迟用款日": LATER})
    goes_on(again, "保存并继续", "/needs/new/security")
    hands_in(again)
    again.person.sees("800,000", "高岭土")
    sends(again)
    told(capsys, "the same firm again", again)
    assert len(again.answers) <= MOST_AGAIN


def test_breaking_off_loses_nothing_and_another_browser_goes_on(phone, capsys):
    firm, login = phone(), "sunli"
    the_account(firm, login)
    firm.answer({"统一社会信用代码": a_code(), "企业名称": "示范瓷业有限公司", "法定代表人": "孙立"})
    with firm.person.tab.expect_response(lambda answer: "/typed/" in answer.url and answer.status == 204):
        firm.answer({"行业": "3074"})
        firm.person.tab.get_by_label("地址").focus()
    again = comes_back(phone, login)
    again.person.opens("/apply").is_at("/apply/firm")
    standing = {
        label: again.person.tab.get_by_label(label).first.input_value() for label in ("企业名称", "法定代表人", "行业")
    }
    assert standing == {"企业名称": "示范瓷业有限公司", "法定代表人": "孙立", "行业": "3074"}
    again.answer({"成立日期": "2016-03-01", "所在园区": "高新园区", "地址": "工业大道 2 号"})
    goes_on(again, "保存并继续", "/apply/size")


def test_without_a_script_the_same_form_is_handed_on(browser, site):
    """Answers are kept as a group is left; only what is typed into a group that is never left needs the script."""
    person = Person.at(browser, site.address, NARROW, java_script=False)
    firm = Counted(person)
    the_account(firm, "zhouwu")
    the_firm(firm)
    goes_on(firm, "登记企业并继续", "/needs/new/use")
    the_need(firm)
    hands_in(firm)
    person.leaves()
