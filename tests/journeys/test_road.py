"""The whole road of one loan: from an empty zone to an accepted offer, by ten people at ten browsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from financing.diligence.rules import checks
from tests.journeys.conftest import PASSWORD
from tests.journeys.person import NARROW, Person
from tests.journeys.workbooks import statements
from tests.makers import a_code
from tests.served import Installation
from web.stage.photo import photo

TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()
SOON, LATER = (TODAY + timedelta(days=30)).isoformat(), (TODAY + timedelta(days=700)).isoformat()
STAFF = {
    "officer": ("周经办", "经开区经办"), "second": ("孙复核", "经开区经办"), "chair": ("吴主任", "评审委主任"), "zheng": ("郑委员", "评审委员"), "wang": ("王委员", "评审委员"),
    "leader": ("褚书记", "园区领导"), "auditor": ("卫审计", "审计"),
}  # fmt: skip
BANK = "示范农商银行高新支行"
FIRM = {
    "企业名称": "示范铜材有限公司", "行业": "3340", "所在园区": "高新园区", "地址": "工业大道 1 号", "成立日期": "2012-03-01",
    "法定代表人": "张明",
}  # fmt: skip
SIZE = {"从业人员": "86", "上年营业收入": "3600", "资产总额": "2400"}
ACCOUNT = {"联系人姓名": "李芳", "电话": "13800000000"}
#: What the officer finds in registers and on site.
FOUND = {
    "纳税信用等级": "A级", "环境信用等级": "绿（诚信）", "实际控制人个人信用": "近24个月无逾期", "前五大客户付款记录": "按期付款",
    "现有贷款最差五级分类": "正常",
    **dict.fromkeys(("专精特新、高新技术等资质", "自有厂房或租期覆盖贷款期", "园区租金水电按时缴纳"), "是"),
    **dict.fromkeys(
        ("列入严重违法失信名单", "列入经营异常名录未移出", "欠税公告在列", "重大税收违法", "实际控制人涉刑事案件", "属淘汰或限制类产业",
         "欠薪争议未解决", "涉嫌挪用贷款、高息民间借贷或非法集资", "空壳、僵尸或停业", "申请材料虚假", "用于政府融资平台或偿债"), "否"),
}  # fmt: skip
COUNTED = {
    "近三个月用电量与上年同期之比": "112", "参保人数增长率": "6", "在手订单与申请金额之比": "3", "上年纳税额": "120", "近两年行政处罚": "0",
    "失信被执行人记录": "0", "限制高消费令": "0", "当前逾期贷款": "0", "近三年重大安全环保质量事故": "0", "被执行未结金额与净资产之比": "0",
}  # fmt: skip
Come = Callable[..., Person]
BY_TWO = ("评审委主任", "评审委员", "应急资金管理人", "园区领导", "系统管理员")


@pytest.fixture(scope="module")
def first_links(installation: Installation) -> list[str]:
    """What the operator gets from the command line before the site is ever started: two, for a role that decides is given by two."""
    said = [installation.runs("invite", "--name", name) for name in ("蒋管理", "沈管理")]
    return [one[one.index("http") :].strip() for one in said]


def test_from_an_empty_zone_to_an_accepted_offer(first_links: list[str], person: Come, tmp_path: Path) -> None:
    admin, second = (joins(person(), link, login) for link, login in zip(first_links, ("admin", "admin2"), strict=True))
    staff = {
        login: invited(admin, person, login, name, role, second=second if role in BY_TWO else None)
        for login, (name, role) in STAFF.items()
    }
    officer, committee = staff["officer"], [staff[login] for login in ("chair", "zheng", "wang")]
    the_zone_is_set_up(officer, staff["chair"], tmp_path)
    they_declare_their_interests(committee)
    banker = invited(admin, person, "banker", "沈经理", "银行客户经理", BANK)

    firm = person(size=NARROW)
    the_firm_registers_and_hands_in_its_books(firm, tmp_path)
    need = the_firm_asks(firm, officer)
    the_officer_scores(officer, firm, need)
    two_officers_look(officer, staff["second"], need, tmp_path)
    case = the_committee_decides(officer, committee, need)
    the_resolution_is_on_paper(officer, case)

    dossier = the_bank_gets_the_dossier(officer, firm, banker, need)
    the_bank_offers(banker, dossier)
    the_firm_chooses(firm, need)
    everybody_looks_back(staff["leader"], staff["auditor"], officer, need)


def joins(someone: Person, link: str, login: str) -> Person:
    """Whoever holds the link chooses a login and a password, and signs in."""
    someone.opens(link).sees("启用账号").fills("登录名", login).fills("密码", PASSWORD).presses("启用账号").is_at(
        "/sign-in"
    )
    someone.fills("登录名", login).fills("密码", PASSWORD).presses("登录")
    return someone.is_away_from("/sign-in")


def a_pdf(folder: Path, name: str) -> Path:
    """A scan, as far as its first bytes tell."""
    path = folder / f"{name}.pdf"
    path.write_bytes(f"%PDF-1.7 {name}".encode())
    return path


def invited(
    admin: Person, come: Come, login: str, name: str, role: str, bank: str = "", second: Person | None = None
) -> Person:
    admin.opens("/people/invite").fills("姓名", name).chooses("角色", role)
    if bank:
        admin.chooses("所属银行", bank)
    admin.presses("邀请用户").sees("邀请已生成", name)
    link = admin.tab.locator("code.once").inner_text()
    if second:
        come().opens(link).fills("登录名", login).fills("密码", PASSWORD).presses("启用账号").sees("另一位管理员确认")
        second.opens("/people").presses(f"确认邀请 {name}")
    return joins(come(), link, login)


def the_zone_is_set_up(officer: Person, chair: Person, folder: Path) -> None:
    """The guarantor by two people on documents, a bank and its product."""
    officer.opens("/banks").sees("还没有设定担保人").opens("/guarantor").presses("提出担保条件变更")
    officer.fills("公司名称", "示范开发区融资担保有限公司").chooses("法律形式", "持牌融资担保公司")
    officer.fills("净资产", "20000").fills("担保责任比例", "80").fills("年担保费率", "1")
    officer.fills("融资担保业务经营许可证号", "赣融担 0001").fills("许可证有效期至", LATER).fills("变更理由", "设立")
    for field in ("许可证扫描件", "审计报告", "公司决议"):
        officer.uploads(field, a_pdf(folder, field))
    officer.presses("提出担保条件变更").sees("待决定", "对每项额度的影响").cannot("采纳变更")
    chair.opens(f"/guarantor/changes/{officer.key}").presses("采纳变更").sees("已采纳")
    chair.opens("/guarantor").sees("示范开发区融资担保有限公司")
    officer.opens("/banks")
    officer.presses("登记银行").fills("银行名称（到支行）", BANK).chooses("类别", "农商行、农信社").presses(
        "登记银行"
    ).sees(BANK)
    officer.presses("上架产品").fills("产品名称", "园区担保贷").fills("最低金额", "10").fills("最高金额", "500")
    officer.fills("最短期限", "6").fills("最长期限", "36").fills("在一年期 LPR 上加", "0.45").fills("有效期至", LATER)
    officer.presses("上架产品").sees("园区担保贷", "0.45 %")


def the_firm_registers_and_hands_in_its_books(firm: Person, folder: Path) -> None:
    firm.opens("/").presses("登记企业").fills("登录名", "zhangming").fills("密码", PASSWORD)
    for label, value in ACCOUNT.items():
        firm.fills(label, value)
    firm.presses("开立账号并继续").fills("统一社会信用代码", a_code())
    for label, value in FIRM.items():
        firm.fills(label, value)
    firm.presses("保存并继续")
    for label, value in SIZE.items():
        firm.fills(label, value)
    firm.presses("登记企业并继续").is_at("/needs/new/use").opens("/my-needs").sees("等待经开区确认企业登记")
    firm.follows("上传财务报表或发票明细")
    book = statements(firm.downloads("财务报表模板（小企业会计准则）"), folder / "财务报表.xlsx")
    firm.chooses("材料种类", "财务报表").fills("报表年度", str(TODAY.year - 1)).uploads("文件", book).presses(
        "上传材料"
    )
    firm.sees("财务报表.xlsx").misses("提交需求前还需要", "错误")
    for number, kind in enumerate(("公司章程", "纳税证明"), 2):
        scan = folder / f"{kind}.png"
        scan.write_bytes(photo(number))
        firm.opens("/papers").chooses("材料种类", kind).uploads("文件", scan).presses("上传材料").sees(
            scan.name
        ).misses("错误")
    firm.opens("/firm").presses("修改企业资料").fills("实际控制人从业年限", "12").presses("保存企业资料").is_at(
        "/firm"
    ).sees("12")
    it_agrees_item_by_item(firm, folder)


def it_agrees_item_by_item(firm: Person, folder: Path) -> None:
    """Each is read and agreed to by itself; a person's report needs that person's hand."""
    signed = folder / "授权书.png"
    signed.write_bytes(photo(5))
    firm.opens("/papers").chooses("材料种类", "本人签名的授权书").uploads("文件", signed).presses("上传材料")
    firm.opens("/consents").sees("没有同意").misses("同意有效")
    for item in ("sensitive", "credit"):
        firm.opens(f"/permits/new?item={item}").fills("法定代表人身份证号后四位", "123X").presses("生成同意书")
        firm.sees("123X").presses("单独同意").is_at("/consents").sees("同意有效")
    firm.opens("/permits/new?item=person_credit").chooses("是谁的信用报告", "实际控制人").fills("本人姓名", "赵实控")
    firm.chooses("本人签名的授权书", signed.name).fills("本人身份证号后四位", "0427").presses("生成同意书")
    firm.sees("赵实控", "0427").presses("单独同意").is_at("/consents").sees("赵实控")


def the_firm_asks(firm: Person, officer: Person) -> int:
    """Drafted before the registration is confirmed, handed in after; the officer finds it among the work to do."""
    firm.opens("/needs/new").fills("金额", "120").fills("期限", "12").fills("最迟用款日", SOON).fills(
        "期望年利率", "4.5"
    )
    firm.chooses("用途", "补充流动资金").fills("具体用途", "采购铜材，分三个月支付").chooses("可提供的担保", "无抵押物")
    firm.ticks("我确认：没有通过中介办理，也没有人以办理贷款为名收费").presses("保存并核对").sees(
        "企业登记还没有确认，不用等"
    )
    need = firm.key
    officer.opens("/firms").follows("示范铜材有限公司").presses("确认企业").sees("已确认")
    the_officer_looks_things_up(officer)
    firm.opens(f"/needs/{need}/check").presses("提交需求").is_at(f"/needs/{need}").sees("待受理", "个工作日")
    assert firm.overflow <= 0
    officer.opens("/work").sees("示范铜材有限公司", "受理")
    return need


def the_officer_looks_things_up(officer: Person) -> None:
    officer.presses("记录核验结果")
    for label, word in FOUND.items():
        officer.chooses(label, word)
    for label, value in COUNTED.items():
        officer.fills(label, value)
    officer.presses("记录核验结果").misses("需要修改").sees("近24个月无逾期", "112")


def they_declare_their_interests(committee: list[Person]) -> None:
    """Nobody votes before having declared for the year."""
    for member in committee:
        member.opens("/interests").sees("待申报").ticks("没有需要申报的利益").presses("申报利益").sees("已申报")


def the_officer_scores(officer: Person, firm: Person, need: int) -> None:
    officer.opens(f"/needs/{need}").presses("受理").sees("已受理").presses("评分").sees("达到准入线")
    firm.opens(f"/needs/{need}").sees("达到准入线", "经办：周经办").presses("逐项查看").sees(
        "资产负债率", "纳税信用等级"
    )
    assert firm.overflow <= 0


def two_officers_look(officer: Person, second: Person, need: int, folder: Path) -> None:
    """One goes there with a camera, the other reads it: without both there is no case, and nobody is both."""
    officer.opens(f"/needs/{need}").follows("立担保项目").sees("A、B 角尽调意见齐全", "不能立项")
    picture = folder / "厂门.png"
    picture.write_bytes(photo(1))
    officer.opens(f"/needs/{need}").follows("记录现场核查").uploads("照片", picture).presses("上传照片").sees(
        "厂门.png"
    )
    for check in checks(TODAY).check:
        officer.chooses(f"{check.says}：结果", "正常").fills(f"{check.says}：看到的情况", "与材料一致")
    officer.chooses("还款方式", "等额本息").chooses("意见结论", "建议担保").fills("意见", "账实相符。")
    officer.presses("记录现场核查").sees("待 B 角复核", "偿债备付率", "企业未说明，未计入").cannot("复核尽调")
    second.opens("/work").presses("复核尽调").chooses("意见结论", "建议担保")
    second.fills("意见", "同意。").presses("复核尽调").sees("已复核", "孙复核")


def the_committee_decides(officer: Person, committee: list[Person], need: int) -> int:
    """Opened, called, tabled, voted, sealed; whoever has not voted is waited for."""
    officer.opens(f"/needs/{need}").follows("立担保项目").fills("经办意见", "订单充足，建议同意担保。").presses(
        "立担保项目"
    )
    officer.sees("待上会")
    case = officer.key
    officer.opens("/meetings/new").fills("地点", "三楼会议室").presses("召集评审会").presses(
        f"上会 DB{TODAY.year}-0001"
    ).sees("示范铜材有限公司")
    chair = committee[0]
    chair.opens("/meetings").follows("PS").presses("开始评审会").sees("进行中")
    officer.cannot("表决")
    chair.opens(f"/cases/{case}").sees("尽职调查", "孙复核", "偿债能力", "销售下降 20 %")
    for member in committee:
        member.opens(f"/cases/{case}").ticks("同意").fills("意见", "经营稳定，同意。").presses("表决").sees("您已表决")
    chair.opens(f"/cases/{case}").sees("已达到法定人数").presses("封存决议").sees("决议 JY", "同意担保")
    return case


def the_resolution_is_on_paper(officer: Person, case: int) -> None:
    officer.opens(f"/cases/{case}")
    paper = text(officer.downloads("下载决议").read_bytes())
    assert f"JY{TODAY.year}-0001" in paper
    assert "示范铜材有限公司" in paper


def the_bank_gets_the_dossier(officer: Person, firm: Person, banker: Person, need: int) -> int:
    """Proposed by the officer, let in by the firm, sent; before the firm's consent the bank finds nothing."""
    officer.opens(f"/needs/{need}").follows("对接银行").presses("提出对接").sees(BANK, "待授权")
    banker.opens("/inbox").misses("示范铜材有限公司")
    firm.opens(f"/needs/{need}").follows("对接的银行与授权").follows("授权查看")
    for part in ("财务与发票", "评分", "担保", "联系人"):
        firm.ticks(part)
    firm.presses("生成授权书").sees("第二步", BANK).presses("授权查看").sees("已授权")
    assert firm.overflow <= 0
    officer.opens(f"/matching/{need}").presses("发送档案").sees("待答复")
    return banker.opens("/inbox").follows("示范铜材有限公司").sees("依据授权书", "李芳").key


def the_bank_offers(banker: Person, dossier: int) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(banker.downloads("下载档案 PDF").read_bytes())).pages]
    for page in pages:
        assert BANK in page.replace("\n", "")
        assert "沈经理" in page
    banker.opens(f"/dossiers/{dossier}").presses("报价").fills("年利率", "3.6").fills("预计放款日", SOON).fills(
        "担保与增信要求", "园区担保公司保证"
    ).fills("提前还款约定", "可随时提前还款").chooses("还款方式", "先息后本")
    banker.fills("有效期至", SOON).fills("放款条件", "受托支付").presses("核算成本").sees(
        "企业实际承担的成本", "综合年化成本"
    )
    banker.presses("报价").is_at("/inbox").sees("已报价")


def opened(firm: Person) -> Person:
    """The offers, once the worker has opened them: the only bank has answered, so nobody is waited for."""
    for _ in range(200):
        if "看明细并选择" in firm.opens("/offers").tab.content():
            break
    return firm


def the_firm_chooses(firm: Person, need: int) -> None:
    """What it would cost, who has looked, and the choice."""
    opened(firm).sees(BANK, "综合年化成本（复利）", "利息与费用合计")
    assert firm.overflow <= 0
    firm.follows("看明细并选择").sees("还款计划").presses("接受报价").is_at(f"/needs/{need}/banks").sees("已选定")
    firm.opens("/consents").sees("沈经理", "查看 DA", "下载 DA")
    assert firm.overflow <= 0


def everybody_looks_back(leader: Person, auditor: Person, officer: Person, need: int) -> None:
    """The leader sees figures, the auditor that nothing was touched, the officer that the need is settled."""
    leader.opens("/figures").sees("提交需求", "企业选定", "担保总额度")
    auditor.opens("/journal").sees("接受报价").presses("核验日志链").sees("链完整")
    officer.opens(f"/matching/{need}").sees("已选定", "沈经理")


def text(paper: bytes) -> str:
    assert paper.startswith(b"%PDF")
    return "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).replace("\n", "").replace(" ", "")
