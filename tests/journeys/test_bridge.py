"""Four people bridge a loan at four browsers, from the pool's first fen to the settled use; another bank breaks its promise (F52–F55)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from financing.access import Role
from financing.desk import BEIJING
from financing.money import Fen
from tests.financing.bridge.fund import a_fund
from tests.journeys.conftest import Site
from tests.journeys.person import NARROW, Person
from tests.makers import a_bank, a_firm, writing


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    made = tmp_path / "回单.pdf"
    made.write_bytes(b"%PDF-1.7 slip")
    return made


def files(who: Person, path: str, proof: Path | None = None, **fields: str) -> Person:
    """One act of the fund with its slip, where it has one."""
    return who.sends(path, **fields, **({"bridge_proof": proof} if proof else {}))


def test_a_loan_is_bridged_by_four_people(site: Site, person, proof):
    with writing(site.database) as session:
        firm, bank = a_firm(session), a_bank(session)
    today = datetime.now(UTC).astimezone(BEIJING).date()
    fund, officer = person(site.account(Role.FUND, "钱管理")), person(site.account(Role.OFFICER, "周经办"))
    signatory = person(site.account(Role.SIGNATORY, "张总", firm_id=firm.id), size=NARROW)
    banker = person(site.account(Role.BANKER, "沈经理", bank_id=bank.id))

    fund.opens("/bridge").sees("还没有设立资金池").presses("设立资金池")
    fund.fills("资金池名称", "转贷资金池").fills("托管银行", "园区农商行").fills("托管账号", "8001 2233").presses(
        "设立资金池"
    )
    files(fund, "move", proof, movement="paid_in", amount="2000", on=f"{today}", reason="区财政拨入").sees(
        "这是您登记的"
    )
    officer.opens("/bridge").sees("资金拨入", "20,000,000.00 元").presses("确认到账")
    officer.sees("2,000.0 万元", "相差 0 分")

    signatory.opens("/bridge").sees("先问银行能否无还本续贷").presses("申请应急转贷").sees(
        "先看能不能无还本续贷", "可以向银行申请"
    )
    assert signatory.overflow <= 0
    last = today + timedelta(days=35)
    files(
        signatory, "apply", proof, lender=f"{bank.id}", contract="流贷 2025-031", owed="300", matures=f"{last}", asked="290",
        reason="续贷审批还需一周",
    ).sees("出具续贷承诺函")  # fmt: skip
    use = f"/bridge/{signatory.key}"

    banker.opens(use)
    planned = today + timedelta(days=9)
    files(banker, "promise", new_rate="3.65", new_months="12", planned_on=f"{planned}", repay_account="1506 0088").sees(
        "待会签", "285.0 万元"
    )
    fund.opens(use).presses("会签")
    fund.sees("已签 1 人").cannot("会签")
    officer.opens(use).presses("会签")
    officer.sees("待放款")
    files(fund.opens(use), "release", proof).sees("企业自有资金还差 15.0 万元")
    files(banker.opens(use), "deposit", proof).sees("待放款")
    files(fund.opens(use), "release", proof).sees("使用中", "1506 0088")
    signatory.opens(use).sees("285.0 万元 应在", f"{planned}")
    assert signatory.overflow <= 0
    banker.opens(use).cannot("撤回续贷承诺")

    files(banker, "renewed", paid_on=f"{today}").sees("实际续贷")
    files(banker, "return", proof, reason="续贷发放，扣划归还").sees("待确认")
    fund.opens(use).presses("确认到账").is_at("/bridge")
    fund.opens(use).sees("已结清")  # out and back on one day costs nothing
    fund.opens("/bridge").sees("相差 0 分", "累计归还")


def test_a_bank_that_renews_dearer_is_suspended_and_the_fee_is_paid(site: Site, person, proof):
    here, then = a_fund(site.database), datetime.now(UTC) - timedelta(days=6)
    today, began = datetime.now(UTC).astimezone(BEIJING).date(), then.astimezone(BEIJING).date()
    use = here.apply(then, matures=began + timedelta(days=40))
    here.promise(use, then, planned_on=today + timedelta(days=3))
    here.deposit(use, now=then)
    here.sign(use, now=then)
    here.release(use, then)
    fund, officer = person(site.account(Role.FUND, "李管理")), person(site.account(Role.OFFICER, "孙经办"))
    banker = person(site.account(Role.BANKER, "韩经理", bank_id=here.bank.id), size=NARROW)
    page = f"/bridge/{use}"

    files(banker.opens(page), "renewed", new_rate="4.10", paid_on=f"{today}").sees("续贷利率高于承诺")
    assert banker.overflow <= 0
    banker.opens("/bridge").sees("暂停合作")
    files(banker.opens(page), "return", proof, reason="续贷发放，扣划归还").sees("待确认")
    officer.opens(page).presses("确认到账").is_at("/bridge")
    fee = Fen.yuan("3990")  # 2 850 000 × (5 × 0.02 % + 1 × 0.04 %)
    assert here.use(use).fee == fee
    fund.opens(page).sees("还须缴纳使用费 3,990.00 元")
    files(fund, "fee", proof, reason="企业转账").sees("待确认")
    officer.opens(page).presses("确认到账").is_at("/bridge")
    officer.opens(page).sees("已结清")
    files(officer.opens("/bridge"), "ask-lift", reason="银行已书面说明").sees("已申请恢复")
    officer.cannot("恢复合作")
    fund.opens("/bridge").presses("恢复合作")
    expect(fund.tab.locator("body")).not_to_contain_text("已申请恢复")
