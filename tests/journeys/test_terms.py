"""Two people change the guarantor's terms at two browsers; an officer draws who belongs to whom, on a desk and on a phone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from financing.access import SYSTEM, Role
from financing.desk import opened
from financing.money import Fen, Rate
from financing.parties import service as parties
from financing.parties.rules import GuarantorKind
from tests.journeys.conftest import Site
from tests.journeys.person import NARROW, WIDE
from tests.makers import a_firm, writing


@pytest.fixture(scope="module")
def zone(site: Site) -> Site:
    with opened(site.database, SYSTEM, datetime.now(UTC)) as desk:
        parties.set_guarantor(
            desk, name="示范开发区融资担保有限公司", kind=GuarantorKind.LICENSED, net_assets=Fen.wan(20_000),
            share=Rate.percent(80), fee=Rate.percent(1), licence="赣融担 0001", licence_until=datetime.now(UTC).date().replace(month=12, day=31),
        )  # fmt: skip
    return site


def test_a_change_is_proposed_by_one_and_adopted_by_another(zone, person, tmp_path: Path):
    fund = person(zone.account(Role.FUND, "钱会计"), size=NARROW)
    chair = person(zone.account(Role.CHAIR, "周主任"))
    report = tmp_path / "审计报告.pdf"
    report.write_bytes(b"%PDF-1.7 net assets")
    fund.opens("/guarantor").presses("提出担保条件变更").fills("净资产", "26000").fills("变更理由", "年度审计")
    fund.presses("提出担保条件变更").sees("还缺：审计报告")
    assert fund.overflow <= 0
    fund.uploads("审计报告", report).presses("提出担保条件变更").sees("待决定", "这是您提出的变更").cannot("采纳变更")
    assert fund.overflow <= 0
    chair.opens(f"/guarantor/changes/{fund.key}").sees("年度审计", "20,000.0 万元", "26,000.0 万元", "260,000.0")
    chair.sees("采纳立即生效").presses("采纳变更").sees("已采纳", "周主任")
    assert chair.downloads("下载 审计报告.pdf").read_bytes() == report.read_bytes()
    fund.opens("/guarantor").sees("26,000.0 万元", "已采纳", "钱会计", "周主任")
    assert fund.overflow <= 0


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_an_officer_enters_who_controls_whom_and_reads_the_drawing(zone, person, size):
    with writing(zone.database) as session:
        one, other = a_firm(session), a_firm(session)
    officer = person(zone.account(Role.OFFICER, "吴经办"), size=size)
    for firm in (one, other):
        officer.opens(f"/firms/{firm.id}").follows("关联关系").presses("登记关联关系")
        officer.chooses("对方是它的", "实际控制人").fills("对方名称或姓名", "王强")
        officer.fills("统一社会信用代码或证件号末六位", f"{size[0]:06}").fills("起始日", "2024-01-01")
        officer.chooses("来源", "工商登记").presses("登记关联关系").sees("王强", "构成")
    officer.sees("本组共 2 家园区企业", one.name, other.name, "第16条")
    assert officer.tab.locator("svg.graph rect").count() == 3
    assert officer.tab.locator("svg.graph path.graph-line").count() == 2
    assert officer.overflow <= 0
    officer.presses("终止关联关系 2").sees("已终止的 1 项", "只受单户额度约束")
