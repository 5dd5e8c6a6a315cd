"""A guaranteed loan falls overdue: bank, office, chair and fund see the claim through to the last fen, each at a browser (F47–F49, F112)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from financing.access import Role
from financing.compensation.grounds import Item
from financing.desk import BEIJING
from financing.letters.model import Guarantee
from scoring.repayment import DayCount, Repayment
from tests.financing.compensation.conftest import BANKS, Claims, issued
from tests.financing.loans.conftest import contract, pays_out, records
from tests.journeys.conftest import Site
from tests.journeys.person import NARROW, Person
from tests.makers import TODAY

NEXT = datetime.now(UTC).astimezone(BEIJING).date()
SOON = f"{NEXT + timedelta(days=10)}"


@pytest.fixture(scope="module")
def overdue(site: Site) -> Claims:
    """120万元, guaranteed at 80 %; 4-2-2-2 without the bank is 2-1-1. The first interest day has passed unpaid; one day overdue is enough here."""
    claims = issued(site.database, trigger_days=1)
    pays_out(claims.room)
    asked = contract(repayment=Repayment.INTEREST_ONLY, days=DayCount.ACTUAL_360, interest_day=first_interest().day)
    records(claims.room, asked)
    return claims


def first_interest() -> date:
    """The day after the pay-out: by now it has passed."""
    return TODAY + timedelta(days=1)


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    made = tmp_path / "凭证.pdf"
    made.write_bytes(b"%PDF-1.7 slip")
    return made


def text(paper: bytes) -> str:
    assert paper.startswith(b"%PDF")
    return "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).replace("\n", "").replace(" ", "")


def test_a_claim_is_seen_through_to_its_end(overdue: Claims, site: Site, person, slip: Path) -> None:
    guarantee = overdue.guarantee
    office, chair = person(site.account(Role.OFFICER, "周经办")), person(site.account(Role.CHAIR, "吴主任"))
    banker = person(site.account(Role.BANKER, "沈经理", bank_id=guarantee.bank_id), size=NARROW)
    fund, leader = person(site.account(Role.FUND, "钱管理")), person(site.account(Role.LEADER, "褚书记"))
    firm = person(site.account(Role.SIGNATORY, "张明", firm_id=guarantee.firm_id), size=NARROW)

    claim = the_bank_claims(overdue, banker, slip)
    the_zone_reduces(office, chair, banker, leader, claim)
    the_bank_answers_once(office, chair, banker, claim, slip)
    two_people_pay(office, chair, banker, firm, guarantee, claim, slip)
    the_others_bear_their_parts(office, fund, claim, slip)
    case = money_comes_back(office, chair, guarantee, slip)
    it_is_parted_to_the_fen(office, fund, banker, case, slip)
    nothing_is_left(office, chair, leader, guarantee, case, slip)
    it_is_looked_back_upon(office, leader, banker, claim)


def the_bank_claims(overdue: Claims, banker: Person, slip: Path) -> int:
    """The file has filled itself as far as the platform knows; the bank adds the rest and states its sum."""
    file = f"/guarantees/{overdue.guarantee.id}/file"
    banker.opens(f"/guarantees/{overdue.guarantee.id}").presses("代偿材料").is_at(file)
    banker.sees("（平台记录）", "960,000.00 元", "评审决议", "平台自填", "材料 6 / 13")
    banker.sends("claim", account="6222 0000 1111 示范支行", why="借款人停产").sees("材料不齐，还缺")
    banker.opens(file).sends("file", item=Item.CONTRACT.value, dated=f"{TODAY}", paper=slip).sees("材料 7 / 13")
    overdue.puts(*(item for item in BANKS if item is not Item.CONTRACT))
    banker.opens(file).sees("材料 13 / 13")
    assert banker.overflow <= 0
    banker.sends("claim", claimed="970000", account="6222 0000 1111 示范支行", why="借款人停产").sees(
        "超过担保人应承担的"
    )
    banker.opens(file).sends("claim", account="6222 0000 1111 示范支行", why="借款人停产，付息日未付利息").sees(
        "审核中", "960,000.00 元"
    )
    assert banker.overflow <= 0
    return banker.key


def the_zone_reduces(office: Person, chair: Person, banker: Person, leader: Person, claim: int) -> None:
    """Duty, loss and sum are named; whoever puts it forward cannot decide it; the bank reads nothing before."""
    page = f"/compensations/{claim}"
    office.opens("/work").sees("审核代偿申请").opens(page)
    office.sends(
        "propose", outcome="reduce", lapse_1="check", loss_1="50000", cut_1="60000", ground_1="没有记录", opinion="减额"
    )
    office.sees("超过它所写的损失")
    office.opens(page).sends(
        "propose", outcome="reduce", lapse_1="check", loss_1="50000", cut_1="30000.01", ground_1="放款后没有贷后检查记录",
        opinion="材料齐全，检查缺失，建议减额。",
    ).sees("待决定", "由评审委主任决定").cannot("决定减额代偿")  # fmt: skip
    banker.opens(page).sees("待决定").misses("没有贷后检查记录", "30,000.01")
    leader.opens(page).sees("929,999.99").misses("退回重审")
    chair.opens(page).sees("申请 960,000.00 元 − 减额 30,000.01 元 = 代偿 929,999.99 元").presses("决定减额代偿")
    chair.sees("已决定减额，待银行答复")


def the_bank_answers_once(office: Person, chair: Person, banker: Person, claim: int, slip: Path) -> None:
    """It reads the paper with the ground, objects, and the final decision is no worse."""
    page = f"/compensations/{claim}"
    banker.opens(page).sees("放款后没有贷后检查记录", "前答复一次")
    assert banker.overflow <= 0
    paper = text(the_paper(banker))
    assert all(said in paper for said in ("代偿决定书", "929,999.99元", "30,000.01元", "未按约定进行贷后检查"))
    banker.sends("object", objection="检查记录见附件，请重新核定。", proof=slip).sees("银行有异议").cannot(
        "接受代偿决定"
    )
    office.opens(page).sees("附件", "金额不能低于原决定的")
    office.sends(
        "propose", outcome="reduce", lapse_1="check", loss_1="50000", cut_1="40000", ground_1="仍不足", opinion="维持"
    )
    office.sees("最终决定不能低于原决定")
    office.opens(page).sends(
        "propose", outcome="reduce", lapse_1="check", loss_1="50000", cut_1="20000", ground_1="记录只到十月", opinion="部分采纳异议。",
    )  # fmt: skip
    chair.opens(page).sees("最终决定").presses("决定减额代偿")
    chair.sees("待支付")
    banker.opens(page).sees("940,000.00 元", "已失效").cannot("对代偿决定提出异议")
    assert "940,000.00元" in text(the_paper(banker))


def two_people_pay(
    office: Person, chair: Person, banker: Person, firm: Person, guarantee: Guarantee, claim: int, slip: Path
) -> None:
    office.opens(f"/compensations/{claim}").sees("应付 940,000.00 元 至 6222 0000 1111 示范支行")
    office.sends("pay", proof=slip).sees("支付待确认")
    office.opens(f"/guarantees/{guarantee.id}").cannot("确认入账")
    chair.opens(f"/guarantees/{guarantee.id}").sends("confirm").sees("已代偿", "940,000.00")
    banker.opens(f"/compensations/{claim}").sees("已代偿").misses("各方分担")
    for who in (banker, firm):
        who.hears("/notices", "代偿")
        assert who.overflow <= 0


def the_others_bear_their_parts(office: Person, fund: Person, claim: int, slip: Path) -> None:
    """940 000 without the bank's part: a half, a quarter, a quarter."""
    page = f"/compensations/{claim}"
    office.opens(page).sees("470,000.00", "235,000.00")
    for party in ("省级再担保机构", "国家融资担保基金"):
        office.opens(page).follows(party).presses("申请分担")
        office.sees("已申请").cannot("登记分担到账")
        fund.opens(page).follows(party).sends("receive", proof=slip).sees("已到账")
    office.opens(page).sees("已到账").misses("待申请")


def money_comes_back(office: Person, chair: Person, guarantee: Guarantee, slip: Path) -> int:
    """A letter that has cost money, then a first sum: costs first, the rest by the shares of the payment."""
    office.opens("/recoveries").sees("催收函").follows("ZC")
    case = office.key
    office.sends(
        "record",
        step="demand",
        what="挂号送达",
        cost="1000.01",
        paper=slip,
        next_step="sue",
        next_on=SOON,
        next_what="准备起诉",
    )
    office.sees("挂号送达", "1,000.01", "起诉立案")
    books(office, chair, guarantee, "recovered", "10", slip)
    return case


def books(office: Person, chair: Person, guarantee: Guarantee, kind: str, wan: str, slip: Path) -> None:
    office.opens(f"/guarantees/{guarantee.id}").sends(
        "entries", kind=kind, on=f"{NEXT}", amount=wan, reason="见附件", evidence=slip
    )
    chair.opens(f"/guarantees/{guarantee.id}").sends("confirm")


def it_is_parted_to_the_fen(office: Person, fund: Person, banker: Person, case: int, slip: Path) -> None:
    """98 999.99 in turns of guarantor, re-guarantor, guarantor, fund: of the last three fen the fund has none."""
    page = f"/recoveries/{case}"
    office.opens(page).sees("1,000.01", "49,500.00", "24,750.00", "24,749.99")
    banker.opens(page).misses("追偿措施")
    for party in ("省级再担保机构", "国家融资担保基金"):
        office.opens(page).tab.locator("table").get_by_role("link", name=party).first.click()
        office.sends("order", proof=slip).sees("划付待确认").cannot("确认划付")
        fund.opens(page).tab.locator("table").get_by_role("link", name=party).first.click()
        fund.presses("确认划付").sees("已划付")


def nothing_is_left(office: Person, chair: Person, leader: Person, guarantee: Guarantee, case: int, slip: Path) -> None:
    page = f"/recoveries/{case}"
    office.opens(page).cannot("办结追偿")
    books(office, chair, guarantee, "lost", "84", slip)
    office.opens(page).sees("840,000.00 元").sends("close", result="无财产可供执行，其余核销").sees("追偿办结")
    leader.opens("/recoveries?only=closed").sees("追偿办结")
    leader.opens(page).sees("100,000.00 元", "无财产可供执行").cannot("办结追偿")


def it_is_looked_back_upon(office: Person, leader: Person, banker: Person, claim: int) -> None:
    """What it cost, what was seen and when; the office says what is to change, a leader decides, and the change is made."""
    office.opens("/work").sees("代偿复盘").opens(f"/compensations/{claim}").follows("FP")
    office.sees("840,000.00", "银行申请代偿", "核销损失", "841,000.01 元")  # paid, and spent, less what came back
    review = office.key
    office.sends("propose", lesson="检查缺失", change="watch", reason="没有人去看").sees("须写明调整什么、何时完成")
    office.opens(f"/reviews/{review}").sends(
        "propose", lesson="检查缺失", change="watch", changed="逾期即查", change_by=SOON, reason="没有人去看"
    ).sees("复盘待决定").cannot("决定调整")
    leader.opens("/reviews").sees("逾期即查").follows("FP").presses("决定调整").sees("调整待落实")
    banker.opens(f"/reviews/{review}").misses("逾期即查")
    office.opens(f"/reviews/{review}").sends("finish", result="预警规则第 3 条").sees("复盘办结")
    leader.opens(f"/reviews/{review}")
    paper = text(leader.downloads("下载复盘").read_bytes())
    assert all(said in paper for said in ("代偿复盘", "841,000.01", "逾期即查", "预警规则第3条"))


def the_paper(who: Person) -> bytes:
    """The decision that stands, as the bank fetches it."""
    row = who.tab.locator("tr", has_text="代偿决定书").filter(has_not_text="已失效")
    with who.tab.expect_download() as coming:
        row.get_by_role("link").first.click()
    return coming.value.path().read_bytes()
