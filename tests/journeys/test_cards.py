"""A scorecard changes hands at browsers: an officer drafts it, the committee adopts it, and only later needs are scored by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from financing.access import Role
from financing.needs.rules import NeedState
from financing.papers.model import Invoice
from financing.papers.rules import Side
from tests.financing.credit.drafts import a_document
from tests.journeys.person import NARROW
from tests.makers import a_firm, a_need, a_paper

TITLE = "园区企业发票信用评分表（新版）"


def test_an_officer_drafts_a_member_adopts_and_a_need_keeps_the_card_of_its_day(person, site, tmp_path):
    since = datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=2)
    earlier, later = a_need_of(site, since - timedelta(days=2)), a_need_of(site, since)
    officer = person(site.account(Role.OFFICER, "赵明"))
    officer.opens(f"/needs/{earlier}").presses("评分").sees("准入线 60")

    wrong, right = tmp_path / "wrong.toml", tmp_path / "draft.toml"
    wrong.write_bytes(a_document(since, "invoices", line="601"))
    right.write_bytes(a_document(since, "invoices", line="99", title=f'"{TITLE}"'))
    officer.opens("/cards").presses("提交评分表草案").chooses("评分表", "发票评分表（只有发票）")
    officer.uploads("文件", wrong).presses("提交评分表草案").sees("wrong.toml", "line", "准入线 601 超过满分")
    officer.chooses("评分表", "发票评分表（只有发票）").uploads("文件", right).presses("提交评分表草案")
    officer.sees("规则实验室", TITLE, "草案", "准入线", "99")
    assert officer.downloads("下载对照报告（PDF）").read_bytes().startswith(b"%PDF")
    place = f"/laboratory/{officer.key}"
    officer.sees("您本人不能采纳").presses("提请采纳").sees("待采纳", "赵明").cannot("采纳评分表")

    member = person(site.account(Role.MEMBER, "钱芳"), size=NARROW)
    member.opens(place).sees(TITLE, "名称不对您开放", "此前提交的仍按原评分表")
    for label, votes in (("同意（票）", "1"), ("反对（票）", "2"), ("弃权（票）", "0")):
        member.fills(label, votes)
    member.presses("采纳评分表").sees("表决没有通过").fills("同意（票）", "4").presses("采纳评分表")
    member.sees("已采纳", "同意 4 票，反对 2 票，弃权 0 票")
    assert member.overflow <= 0

    officer.opens(f"/needs/{later}").presses("评分").sees("准入线 99", TITLE)
    officer.opens(f"/needs/{earlier}").presses("评分").sees("准入线 60").misses(TITLE)
    person().opens("/cards").sees(TITLE, "即将生效").follows(TITLE).sees("评分指标", "99 分")


def a_need_of(site, submitted_on: date) -> int:
    """An accepted need of a firm that has invoiced every month."""
    with Session(site.database.writer, expire_on_commit=False) as session, session.begin():
        firm = a_firm(session)
        paper = a_paper(session, firm)
        for n in range(30):
            day = date(2024 + n // 12, n % 12 + 1, 15)
            session.add(Invoice(paper_id=paper.id, firm_id=firm.id, side=Side.SALES, number=f"{n:08}", counterparty=f"B{n % 10}",
                                day=day, amount_fen=10**8, tax_fen=0, total_fen=10**8, void=False))  # fmt: skip
        return a_need(session, firm, state=NeedState.ACCEPTED, submitted_on=submitted_on, officer_id=1).id
