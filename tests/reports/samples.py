"""Convincing papers to print: one ordinary firm, one that fills every field to the brim, one with hardly anything."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from financing.diligence.affordability import Basis
from financing.diligence.rules import Advice, Result
from financing.matching.snapshot import (
    Absent,
    Asked,
    Block,
    Business,
    Checked,
    Consent,
    Debt,
    Fact,
    Figure,
    Firm,
    Gap,
    Guarantee,
    Instalment,
    Licence,
    Month,
    Need,
    OpenItem,
    Origin,
    Owner,
    Paper,
    Partner,
    Plan,
    RatioLine,
    Related,
    RiskShare,
    Said,
    ScoreLine,
    ScoreSheet,
    SizeClass,
    Snapshot,
    Source,
    StatementLine,
    Statements,
    Stress,
    UseLine,
    Veto,
    Visit,
    Zone,
)
from financing.parties.rules import Support

WAN = 1_000_000
DECLARED, DOCUMENT, REGISTRY, SITE = Source
LONG = "江西省赣东北经济技术开发区新能源汽车关键零部件智能制造与高性能铜基新材料联合研发中试产业化发展股份有限公司"
RARE = "\U00020b9f\u9fa6龘\U00030edd\u4dae赟翀"
HOSTILE = (
    "<script>alert(1)</script>",
    '<img src="http://127.0.0.1:{port}/a.png">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "<style>@import url(http://127.0.0.1:{port}/b.css);*{{display:none}}</style>",
    "</td></table><h1 style='font-size:99pt'>大</h1>",
    "{{{{ 7*7 }}}} {{% raise %}} ${{7*7}}",
    "<svg><image href='file:///etc/hostname'/></svg>",
    "');}} body{{display:none}} /* \\0041 */",
    "&lt;b&gt; &amp; &#x41; ]]> <!-- --> <?xml ?>",
    '<base href="http://127.0.0.1:{port}/"><object data="res:secret">',
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def on(month: int, day: int = 15, year: int = 2026) -> date:
    return date(year, month, day)


CHECKED = on(11, 9)


def known(value: Any, source: Source = REGISTRY, day: date = CHECKED, *, stale: bool = False) -> Fact[Any]:
    return Fact(value=value, source=source, on=day, stale=stale)


def origin(source: Source, day: date = CHECKED, *, stale: bool = False) -> Origin:
    return Origin(source=source, on=day, stale=stale)


def said(says: str, english: str) -> Said:
    return Said(says=says, english=english)


def months_back(count: int, last: tuple[int, int] = (2026, 10)) -> list[str]:
    ends = last[0] * 12 + last[1] - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(ends - count + 1, ends + 1)]


def monthly(count: int) -> tuple[Month, ...]:
    wave = [92, 61, 118, 126, 131, 140, 133, 127, 142, 151, 158, 149]
    return tuple(
        Month(
            month=name,
            sales=(wave[n % 12] + n) * 12_345_67,
            purchases=(wave[(n + 3) % 12] + n) * 8_765_43,
        )
        for n, name in enumerate(months_back(count))
    )


def instalments(amount: int, count: int, ppm: int = 38_500) -> tuple[Instalment, ...]:
    """Equal principal each month, interest on what is left; the last month takes the rest."""
    left, rows = amount, []
    for n in range(count):
        principal = left if n == count - 1 else amount // count
        year, month = divmod(2026 * 12 + 12 + n, 12)
        rows.append(
            Instalment(on=date(year, month + 1, 20), principal=principal, interest=left * ppm // 12 // 1_000_000)
        )
        left -= principal
    return tuple(rows)


ZONE = Zone(
    name="信江经济开发区",
    english="Xinjiang River Economic Development Zone",
    office="开发区金融办",
    phone="0793-0000000",
)
NEED = Need(
    number="XJ-2026-0137",
    amount=300 * WAN,
    months=12,
    purpose=said("流动资金：采购原料", "Working capital: raw materials"),
    use="按已签的三份年度框架合同备料，采购电解铜和锡锭，旺季订单前置两个月的原料款。",
    latest=on(12, 20),
    rate_wish=39_000,
    first_loan=False,
)
FIRM = Firm(
    name=known("信江市锐丰精密铜材有限公司"),
    uscc=known("91361100MA35XK8B4R"),
    industry=known("C3251 铜压延加工"),
    size=known(SizeClass.SMALL, DOCUMENT, on(10, 31)),
    founded=known(on(4, 18, 2016)),
    capital=known(1_200 * WAN),
    employees=known(64, DOCUMENT, on(10, 31)),
    address=known("信江经济开发区滨江产业园三期 7 号厂房", SITE, on(11, 12)),
    park=known("滨江产业园", SITE, on(11, 12)),
    representative=known("陈立群"),
    business=known(
        "精密铜带、铜排的压延与分切，主要供给周边线束和低压电器企业；现有轧机两台，年产能约 2,600 吨。",
        SITE,
        on(11, 12),
    ),
    licences=(
        Licence(
            name="排污许可证",
            number="91361100MA35XK8B4R001U",
            until=on(6, 30, 2029),
            source=REGISTRY,
            on=on(11, 9),
        ),
        Licence(
            name="高新技术企业证书", number="GR202436001234", until=on(11, 30, 2027), source=DOCUMENT, on=on(11, 9)
        ),
    ),
    debts=(
        Debt(
            lender="信江农商银行",
            balance=180 * WAN,
            due=on(3, 15, 2027),
            security="设备抵押",
            source=REGISTRY,
            on=on(11, 6),
        ),
        Debt(
            lender="某融资租赁公司",
            balance=42 * WAN + 35_000_00,
            due=on(9, 1, 2027),
            security="回租设备",
            source=DECLARED,
            on=on(11, 2),
        ),
    ),
)
OWNERS = (
    Owner(name="陈立群", share=650_000, controller=True, source=REGISTRY, on=on(11, 9)),
    Owner(name="王素珍", share=200_000, source=REGISTRY, on=on(11, 9)),
    Owner(name="信江锐新投资合伙企业（有限合伙）", share=150_000, source=REGISTRY, on=on(11, 9)),
)
RELATED = (
    Related(name="信江市锐兴再生资源有限公司", relation="同一控制人", source=REGISTRY, on=on(11, 9)),
    Related(name="陈立新", relation="控制人之弟，销售负责人", source=DECLARED, on=on(11, 2)),
)
CUSTOMERS = (
    Partner(name="华东某线束科技有限公司", amount=612 * WAN, share=338_000),
    Partner(name="浙江某低压电器股份有限公司", amount=385 * WAN, share=212_600),
    Partner(name="信江市宏达电子有限公司", amount=204 * WAN, share=112_700),
    Partner(name="上饶某汽配有限公司", amount=131 * WAN, share=72_300),
    Partner(name="其余 23 家", amount=479 * WAN, share=264_400),
)
SUPPLIERS = (
    Partner(name="江西某铜业贸易有限公司", amount=702 * WAN, share=541_000),
    Partner(name="鹰潭某再生金属有限公司", amount=318 * WAN, share=245_100),
    Partner(name="其余 11 家", amount=277 * WAN, share=213_900),
)


def figure(
    says: str, english: str, value: str, unit: tuple[str, str], source: Source, *, stale: bool = False
) -> Figure:
    day = on(10, 31) if not stale else on(3, 31)
    return Figure(
        says=says, english=english, value=value, unit=unit[0], english_unit=unit[1], source=source, on=day, stale=stale
    )


PERCENT = ("%", "%")
FIGURES = (
    figure("近 12 个月开票销售额", "Invoiced sales, 12 months", "1811.2", ("万元", "CNY 10,000"), DOCUMENT),
    figure("同比增长", "Growth on the year before", "14.6", PERCENT, DOCUMENT),
    figure("作废发票占比", "Share of voided invoices", "1.8", PERCENT, DOCUMENT),
    figure("有销售的月份", "Months with sales", "24", ("个月", "months"), DOCUMENT),
    figure("在手订单", "Orders in hand", "860", ("万元", "CNY 10,000"), DECLARED),
    figure("近 12 个月用电", "Electricity, 12 months", "1264000", ("千瓦时", "kWh"), DOCUMENT),
    figure("社保参保人数", "Staff with social insurance", "58", ("人", "people"), REGISTRY, stale=True),
)
STATEMENT_LINES = (
    ("资产总计", "Total assets", 2_316_40, 2_684_75),
    ("流动资产", "Current assets", 1_402_12, 1_688_30),
    ("货币资金", "Cash", 186_05, 214_66),
    ("应收账款", "Receivables", 512_90, 640_18),
    ("存货", "Inventory", 488_71, 569_02),
    ("负债合计", "Total liabilities", 1_286_33, 1_452_90),
    ("流动负债", "Current liabilities", 1_046_33, 1_190_40),
    ("所有者权益", "Equity", 1_030_07, 1_231_85),
    ("营业收入", "Revenue", 1_580_44, 1_811_20),
    ("净利润", "Net profit", 96_18, 121_43),
    ("经营活动现金流净额", "Operating cash flow", 58_20, -12_75),
)
RATIO_LINES = (
    ("资产负债率", "Debt to assets", "%", "55.5", "54.1", "60.0"),
    ("流动比率", "Current ratio", "倍", "1.34", "1.42", "1.20"),
    ("速动比率", "Quick ratio", "倍", "0.87", "0.94", "0.75"),
    ("净利率", "Net margin", "%", "6.1", "6.7", "3.9"),
    ("应收账款周转", "Receivables turnover", "次", "3.3", "3.1", "4.8"),
    ("利息保障倍数", "Interest cover", "倍", None, "6.2", "3.0"),
)
STATEMENTS = Statements(
    origin=origin(DOCUMENT, on(5, 31)),
    years=("2024", "2025"),
    audited=False,
    lines=tuple(
        StatementLine(says=says, english=english, values=(before * 10_000, now * 10_000))
        for says, english, before, now in STATEMENT_LINES
    ),
    ratios=tuple(
        RatioLine(says=says, english=english, unit=unit, values=(before, now), usual=usual)
        for says, english, unit, before, now, usual in RATIO_LINES
    ),
    usual_source=said(
        "企业绩效评价标准值（有色金属压延，平均值），示例", "Standard values, rolled metals, mean (sample)"
    ),
)
BLOCKS = (
    ("finance", "财务状况", "Finances"),
    ("trade", "经营与订单", "Business and orders"),
    ("credit", "信用记录", "Credit record"),
    ("people", "企业与实控人", "Firm and owner"),
    ("zone", "园区贡献", "Contribution to the zone"),
)
SCORE_LINES = (
    ("finance", "资产负债率", "Debt to assets", "54.1", "%", DOCUMENT, 6, 8),
    ("finance", "流动比率", "Current ratio", "1.42", "倍", DOCUMENT, 5, 6),
    ("finance", "净利率", "Net margin", "6.7", "%", DOCUMENT, 5, 6),
    ("finance", "利息保障倍数", "Interest cover", "6.2", "倍", DOCUMENT, 5, 5),
    ("finance", "经营现金流", "Operating cash flow", "-12.75", "万元", DOCUMENT, 0, 5),
    ("trade", "开票销售增长", "Growth of sales", "14.6", "%", DOCUMENT, 6, 8),
    ("trade", "第一大客户占比", "Share of first customer", "33.8", "%", DOCUMENT, 3, 6),
    ("trade", "有销售的月份", "Months with sales", "24", "个月", DOCUMENT, 6, 6),
    ("credit", "纳税信用等级", "Tax credit grade", "A", "", REGISTRY, 8, 8),
    ("credit", "贷款逾期次数", "Loans overdue", "0", "次", REGISTRY, 8, 8),
    ("credit", "行政处罚", "Penalties", "1", "次", REGISTRY, 2, 4),
    ("people", "成立年限", "Years since founding", "10", "年", REGISTRY, 5, 5),
    ("people", "实控人从业年限", "Owner's years in trade", "18", "年", DECLARED, 4, 5),
    ("people", "股权稳定", "Stable ownership", None, "", None, 0, 5),
    ("zone", "亩均税收", "Tax per mu", "18.2", "万元", SITE, 6, 8),
    ("zone", "社保参保人数", "Insured staff", "58", "人", REGISTRY, 5, 7),
)
VETOES = (
    Veto(
        says="企业或实际控制人被列为失信被执行人",
        english="Firm or owner listed as dishonest debtor",
        hit=False,
        origin=origin(REGISTRY),
    ),
    Veto(
        says="近两年有重大安全或环保事故",
        english="Grave accident within two years",
        hit=False,
        origin=origin(SITE, on(11, 12)),
    ),
    Veto(says="当前有逾期贷款", english="A loan is overdue now", hit=False, origin=origin(REGISTRY, on(11, 6))),
    Veto(says="涉及非法集资或民间高利借贷", english="Illegal fund raising", hit=None, origin=None),
)


def score_line(*row: Any) -> ScoreLine:
    block, says, english, value, unit, source, points, most = row
    return ScoreLine(
        block=block,
        says=says,
        english=english,
        value=value,
        unit=unit,
        origin=origin(source) if source else None,
        points=points,
        most=most,
    )


LINES = tuple(score_line(*row) for row in SCORE_LINES)
SCORE = ScoreSheet(
    card="园区小微企业信用评分表",
    basis="信江经开区担保委〔2026〕3号",
    since=on(1, 1),
    digest=digest("card"),
    total=sum(line.points for line in LINES),
    full=sum(line.most for line in LINES),
    admission=60,
    grade="A",
    ceiling=300 * WAN,
    qualified=True,
    blocks=tuple(Block(key=key, says=says, english=english) for key, says, english in BLOCKS),
    lines=LINES,
    vetoes=VETOES,
    missing=(said("近三年工商变更记录（股权稳定）", "Changes of shareholders over three years"),),
)
GUARANTEE = Guarantee(
    form=Support.LETTER,
    guarantor="信江融资担保有限公司",
    licence=Licence(
        name="融资担保业务经营许可证", number="赣（饶）融保 0007", until=on(12, 31, 2028), source=REGISTRY, on=on(11, 3)
    ),
    amount=240 * WAN,
    shares=(
        RiskShare(who="信江融资担保有限公司", share=400_000),
        RiskShare(who="江西省再担保", share=400_000),
        RiskShare(who="贷款银行", share=200_000),
    ),
    fee=8_000,
    conditions=(
        said("放款前结清一笔民间借款并交结清证明", "Repay one private loan before payout and show the receipt"),
        said("贷款资金受托支付给供应商", "The bank pays the suppliers directly"),
    ),
    counter=("实际控制人陈立群、王素珍连带责任保证", "应收账款质押登记（线束客户）"),
    resolution="信江担保决〔2026〕21号",
    decided=on(11, 18),
    until=on(2, 18, 2027),
)
PLAN = Plan(
    uses=(
        UseLine(what="电解铜", payee="江西某铜业贸易有限公司", amount=220 * WAN),
        UseLine(what="锡锭及辅料", payee="鹰潭某再生金属有限公司", amount=80 * WAN),
    ),
    source="第一还款来源为销售回款：近 12 个月平均每月回款约 150 万元；第二还款来源为应收账款质押与保证。",
    rate_assumed=38_500,
    instalments=instalments(300 * WAN, 12),
    stress=(
        Stress(says="按现状", english="As things stand", cover="1.92"),
        Stress(says="销售下降 20 %", english="Sales down 20 %", cover="1.31"),
        Stress(says="第一大客户流失", english="First customer lost", cover="0.94"),
    ),
)
VISIT = Visit(
    on=on(11, 6),
    advice=(Advice.SUPPORT, Advice.SUPPORT),
    checks=tuple(
        Checked(says=says, english=english, result=result, seen=seen, on=on(11, 6))
        for says, english, result, seen in (
            ("查水电费", "Water and electricity bills", Result.FINE, None),
            ("查纳税", "Tax payments", Result.FINE, None),
            ("查工资社保", "Wages and social insurance", Result.DOUBTFUL, "十月社保迟缴九日，已补缴"),
            ("查存货与设备", "Stock and equipment", Result.FINE, None),
            ("查征信", "Credit report", Result.UNSEEN, None),
        )
    ),
    basis=Basis.CASH_FLOW,
    basis_on=on(12, 31, 2025),
    least="1.20",
    others_known=True,
)
OPEN = (
    OpenItem(gap=Gap.MISSING, what="2026 年 10 月银行流水", note="企业承诺补交", due=on(11, 30)),
    OpenItem(
        gap=Gap.DISPUTED, what="环保处罚一次（2025 年 3 月）", note="企业已整改并申请信用修复，结果未出", due=None
    ),
)
PAPERS = tuple(
    Paper(name=name, on=on(10, 1 + n), digest=digest(name))
    for n, name in enumerate(
        (
            "营业执照",
            "公司章程",
            "法定代表人身份证明",
            "2024 年度财务报表",
            "2025 年度财务报表",
            "增值税发票明细（24 个月）",
            "纳税信用等级证明",
            "企业信用报告（授权查询）",
            "年度框架合同三份",
            "排污许可证",
            "现场核验记录",
        )
    )
)

DOSSIER = Snapshot(
    number="XJ-2026-0137-01",
    frozen=datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
    zone=ZONE,
    need=NEED,
    firm=FIRM,
    owners=OWNERS,
    related=RELATED,
    business=Business(
        origin=origin(DOCUMENT, on(10, 31)),
        months=monthly(24),
        customers=CUSTOMERS,
        suppliers=SUPPLIERS,
        figures=FIGURES,
    ),
    statements=STATEMENTS,
    score=SCORE,
    strengths=(
        said("24 个月连续开票，近 12 个月增长 14.6 %", "Invoices in every one of 24 months, growth of 14.6 %"),
        said("纳税信用 A 级，贷款无逾期", "Tax grade A, no loan ever overdue"),
        said("同一主业 10 年，实际控制人从业 18 年", "Ten years in one trade, owner eighteen"),
    ),
    risks=(
        said("2025 年经营现金流为负（-12.75 万元）", "Operating cash flow of 2025 negative (CNY -127,500)"),
        said("第一大客户占 33.8 %，流失时偿债覆盖 0.94 倍", "First customer 33.8 %; without it cover is 0.94"),
        said("铜价波动直接影响毛利，没有套期保值", "Margin follows the copper price, no hedge"),
    ),
    guarantee=GUARANTEE,
    visit=VISIT,
    plan=PLAN,
    open_items=OPEN,
    papers=PAPERS,
    consent=Consent(
        number="XJ-SQ-2026-0137-02",
        scope="向匹配的银行提供本档案全部内容，仅用于本次融资需求的授信审查。",
        given=on(11, 19),
        until=on(2, 19, 2027),
    ),
    asked=Asked(by=on(12, 4), working_days=10),
)


def changed(model: BaseModel, **parts: Any) -> Any:
    """The same model with some parts replaced, validated again."""
    return type(model).model_validate({**{name: getattr(model, name) for name in type(model).model_fields}, **parts})


NOT_THERE = Absent(
    why="企业成立未满一年，尚无年度报表。", english="Founded less than a year ago: no yearly statements."
)
BARE = changed(
    DOSSIER,
    number="XJ-2026-0138-01",
    rehearsal=True,
    need=changed(NEED, rate_wish=None, first_loan=None, months=1),
    firm=changed(
        FIRM, licences=(), debts=Absent(why="企业声明没有借款。", english="The firm states that it has no debt.")
    ),
    owners=OWNERS[:1],
    related=(),
    business=Business(origin=origin(DOCUMENT), months=(), customers=(), suppliers=(), figures=()),
    statements=NOT_THERE,
    score=changed(SCORE, qualified=False, ceiling=None, vetoes=(), missing=(), lines=(), total=0, grade="C"),
    strengths=(),
    risks=(),
    guarantee=Absent(why="企业未申请增信，银行可按信用方式审查。", english="The firm asked for no guarantee."),
    visit=Absent(why="没有两位经办都签署的尽职调查。", english="No due diligence signed by two officers."),
    plan=changed(PLAN, uses=(), instalments=(), stress=()),
    open_items=(),
    papers=(),
)


def _only_invoices() -> Snapshot:
    """A firm of which a rehearsal knows its name and its invoices, and nothing else."""
    nothing = Absent(why="未提供", english="Not provided")
    rows = (
        ("经营规模", "Scale", "近12个月开票销售额", "Invoiced sales", "1,811.20 万元", "1,811.20 ×10k CNY", 20, 30),
        ("经营稳定性", "Regularity", "月销售额变异系数", "Variation of sales", "60.76%", "60.76%", 11, 20),
        ("经营持续性", "Continuity", "近36个月有销售的月数", "Months with sales", "36 个月", "36 months", 18, 18),
        ("经营持续性", "Continuity", "最长连续无销售月数", "Longest run without", "0 个月", "0 months", 12, 12),
        ("客户广度", "Breadth", "近12个月客户数", "Customers", "62 户", "62 parties", 10, 10),
        ("客户广度", "Breadth", "第一大客户占比", "Largest customer", "9.58%", "9.58%", 10, 10),
    )
    lines = tuple(
        ScoreLine(block=english, says=says, english=term, value=value, english_value=told, origin=origin(DOCUMENT), points=points, most=most)
        for _, english, says, term, value, told, points, most in rows
    )  # fmt: skip
    blocks = {english: Block(key=english, says=says, english=english) for says, english, *_ in rows}
    gates = tuple(
        Veto(says=f"第{n + 1}条红线的名称", english=f"Red line {n + 1}", hit=False, origin=None) for n in range(20)
    )
    unknown = ("industry", "founded", "capital", "employees", "address", "park", "representative", "business")
    firm = changed(
        FIRM, licences=(), debts=nothing, **dict.fromkeys(unknown, nothing),
        uscc=Absent(why="演练不用真实代码", english="A rehearsal uses no real code"),
        size=Absent(why="演练按小型企业假定", english="Taken as small for the rehearsal"),
    )  # fmt: skip
    partners = tuple(Partner(name=f"B0{n}745", amount=90 * WAN, share=110_000) for n in range(5))
    figures = tuple(figure(f"指标{n}", f"Figure {n}", f"{n}1.20", ("%", "%"), DOCUMENT) for n in range(10))
    total = sum(line.points for line in lines)
    return changed(
        DOSSIER, edition=1, visit=None, number="DA2026-0015", rehearsal=True, need=changed(NEED, rate_wish=None, first_loan=None), firm=firm,
        owners=(), related=(), business=changed(DOSSIER.business, months=monthly(36), customers=partners, suppliers=partners, figures=figures),
        statements=nothing, open_items=(), papers=PAPERS[:1], plan=changed(PLAN, uses=(), stress=()),
        score=changed(SCORE, lines=lines, blocks=tuple(blocks.values()), total=total, full=100, vetoes=gates, missing=()),
        guarantee=changed(GUARANTEE, conditions=GUARANTEE.conditions[:1], counter=()),
    )  # fmt: skip


BY_INVOICES = _only_invoices()


def full() -> Snapshot:
    """Every list at its longest and every field long: the paper must still fit."""
    passage = (LONG + "；" + RARE) * 5
    passage = passage[:240]
    line = (LONG + RARE + LONG)[:60]
    rows = tuple(
        score_line(
            BLOCKS[n % 5][0], f"{LONG[:24]}{n}", "A rule with a long name in English", line[:8], "万元", SITE, 3, 4
        )
        for n in range(25)
    )
    long = said(
        passage[:56],
        "A long sentence that says a thing at length, twice over, and then again, see. " + "More follows. " * 2,
    )
    later = date(2026, 12, 20)
    return changed(
        DOSSIER,
        number="XJ-2026-0139-01",
        need=changed(NEED, months=36, use=passage, amount=10**15, purpose=long),
        firm=changed(
            FIRM,
            name=known(line),
            address=known(passage[:100]),
            business=known(passage),
            licences=FIRM.licences * 3,
            debts=FIRM.debts * 3,
        ),
        owners=tuple(changed(OWNERS[2], name=line[:-1] + str(n)) for n in range(8)),
        related=tuple(changed(RELATED[0], name=LONG + str(n)) for n in range(4)),
        business=changed(
            DOSSIER.business,
            months=monthly(36),
            customers=tuple(Partner(name=LONG + str(n), amount=10**14, share=125_000) for n in range(6)),
            suppliers=tuple(Partner(name=LONG + str(n), amount=10**14, share=125_000) for n in range(6)),
            figures=(FIGURES * 2)[:10],
        ),
        score=changed(
            SCORE,
            lines=rows,
            total=75,
            vetoes=tuple(
                changed(VETOES[n % 4], says=f"{line[:58]}{n:02d}", english=f"{long.english[:98]}{n:02d}")
                for n in range(24)
            ),
            missing=(long,) * 6,
        ),
        strengths=(long,) * 3,
        risks=(long,) * 3,
        guarantee=changed(GUARANTEE, conditions=(long,) * 5, counter=(line,) * 4, amount=10**15),
        plan=changed(
            PLAN,
            uses=tuple(UseLine(what=line[:32], payee=LONG, amount=10**14) for _ in range(6)),
            source=passage,
            instalments=instalments(10**15, 36),
            stress=PLAN.stress,
        ),
        visit=changed(
            VISIT,
            checks=tuple(
                Checked(
                    says=f"{line[:31]}{n}", english=long.english[:100], result=Result.DOUBTFUL, seen=line[:32], on=later
                )
                for n in range(8)
            ),
        ),
        open_items=tuple(OpenItem(gap=Gap.MISSING, what=line[:32], note=line, due=later) for _ in range(8)),
        papers=tuple(
            Paper(name=line[:30] + f"{n:02d}", on=later - timedelta(days=n), digest=digest(str(n))) for n in range(24)
        ),
        consent=changed(DOSSIER.consent, scope=passage),
    )


KEPT_FIELDS = {"uscc", "digest", "block", "key"}
KEPT_WORDS = {*Advice, *Basis, *Result, *Source, *SizeClass, *Support, *Gap}
NUMERAL = re.compile(r"-?\d[\d.:TZ+-]*")


def with_texts(model: Any, text: str) -> Any:
    """The same values with every free text replaced: a hostile firm fills in the form."""

    def walk(part: Any, name: str = "") -> Any:
        if isinstance(part, dict):
            return {key: walk(value, name if key == "value" else key) for key, value in part.items()}
        if isinstance(part, list):
            return [walk(value, name) for value in part]
        free = isinstance(part, str) and name not in KEPT_FIELDS and part not in KEPT_WORDS
        if not free or NUMERAL.fullmatch(part):
            return part
        return text[:10] if name in {"unit", "english_unit"} else text

    return type(model).model_validate_json(json.dumps(walk(model.model_dump(mode="json"))))
