"""The one list of facts a score may rest on (评分事实): name, words, kind, unit, origin, and which way is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from scoring.dated import table

FEN_PER_WAN = 1_000_000
"""Whole fen in one 万元: money facts are held in fen, cards write their edges in 万元."""

UNLIMITED = Decimal(999)
"""Stands for a ratio without bound (nothing to cover, nothing outstanding); shown as “≥999”."""


class Kind(StrEnum):
    NUMBER = "number"  # a ratio or multiple, in the unit of the fact
    COUNT = "count"  # whole numbers
    MONEY = "money"  # whole fen
    CHOICE = "choice"  # one of `choices`
    FLAG = "flag"  # yes or no


class Source(StrEnum):
    DECLARED = "declared"  # 企业申报
    DOCUMENT = "document"  # 票据凭证
    REGISTRY = "registry"  # 登记查询
    SITE = "site"  # 现场核验


Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be known about a firm; `choices` gives code -> (Chinese, English).

    `better` is the sign every card must respect (None: either way may be good); of a flag "higher" means that yes is good,
    of a choice that the codes stand best first. `changeable` is the least number of months in which a firm can lawfully
    change the fact, None where only time or somebody else can.
    """

    name: str
    term: str
    english: str
    kind: Kind
    unit: str
    source: Source
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    better: Better | None = None
    changeable: int | None = None

    @property
    def step(self) -> Decimal | None:
        """The smallest change worth advising, in the unit in which the fact is held (money in fen); None off a scale."""
        if self.kind in {Kind.CHOICE, Kind.FLAG}:
            return None
        if self.kind is Kind.NUMBER:
            return Decimal(1) if self.unit == "%" else Decimal("0.1")
        return Decimal(FEN_PER_WAN if self.kind is Kind.MONEY else 1)

    def fresh_days(self, on: date) -> int:
        """For how many days a value may be relied on without a mark (有效天数), by the table in force on a day."""
        rules = table("freshness", on)
        days: int = rules["fact"].get(self.name, rules["origin"][self.source])
        return days

    def stale(self, as_of: date, on: date) -> bool:
        """Whether a value of one day is out of date (陈旧) on another."""
        return (on - as_of).days > self.fresh_days(on)

    def shown(self, value: object, language: str = "zh") -> str:
        """The value in words for a page or a paper, with its unit; a missing one is a dash."""
        if value is None:
            return "—"
        english = language == "en"
        if self.kind is Kind.FLAG:
            return ("Yes" if value else "No") if english else ("是" if value else "否")
        if self.kind is Kind.CHOICE:
            return self.choices[str(value)][english]
        unit = UNITS.get(self.unit, self.unit) if english else self.unit
        return f"{self._figure(Decimal(str(value)))}{'' if unit == '%' else ' '}{unit}".rstrip()

    def _figure(self, number: Decimal) -> str:
        if self.kind is Kind.COUNT:
            return f"{number:,.0f}"
        if self.kind is Kind.MONEY:
            return f"{number / FEN_PER_WAN:,.2f}"
        bound = {UNLIMITED: "≥", -UNLIMITED: "≤"}.get(number)
        return f"{bound}{number:.0f}" if bound else f"{number:,.2f}"


UNITS: Mapping[str, str] = MappingProxyType({
    "万元": "×10k CNY", "倍": "×", "次": "times", "个月": "months", "年": "years",
    "户": "parties", "张": "invoices", "百分点": "points", "件": "items", "项": "items",
})  # fmt: skip

_TAX = {grade: (f"{grade}级", f"Grade {grade}") for grade in "ABMCD"}
_COLOUR = {
    "green": ("绿（诚信）", "Green"),
    "blue": ("蓝（良好）", "Blue"),
    "yellow": ("黄（警示）", "Yellow"),
    "red": ("红（不良）", "Red"),
    "black": ("黑（严重失信）", "Black"),
}
_PERSON = {
    "clean": ("近24个月无逾期", "Clean for 24 months"),
    "minor": ("有轻微逾期，已结清", "Minor arrears, settled"),
    "poor": ("有较重逾期", "Serious arrears"),
}
_BUYERS = {
    "good": ("按期付款", "Pay on time"),
    "fair": ("偶有拖延", "Sometimes late"),
    "poor": ("经常拖欠", "Often in arrears"),
}
_CLASSES = {
    "normal": ("正常", "Pass"),
    "mention": ("关注", "Special mention"),
    "substandard": ("次级", "Substandard"),
    "doubtful": ("可疑", "Doubtful"),
    "loss": ("损失", "Loss"),
}


UP: Better = "higher"
DOWN: Better = "lower"
Row = tuple[str, str, str, str, Better | None, int | None]


def _rows(kind: Kind, source: Source, *rows: Row) -> list[Fact]:
    return [
        Fact(name, term, english, kind, unit, source, better=better, changeable=months)
        for name, term, english, unit, better, months in rows
    ]


def _choice(
    name: str, term: str, english: str, source: Source, choices: Mapping[str, tuple[str, str]], months: int | None
) -> Fact:
    """A fact whose codes stand best first."""
    return Fact(name, term, english, Kind.CHOICE, "", source, choices, UP, months)


# Twelve months: the next yearly statements must show it.
_STATEMENTS = _rows(
    Kind.NUMBER, Source.DOCUMENT,
    ("debt_ratio", "资产负债率", "Debt ratio", "%", DOWN, 12),
    ("current_ratio", "流动比率", "Current ratio", "倍", UP, 12),
    ("quick_ratio", "速动比率", "Quick ratio", "倍", UP, 12),
    ("interest_cover", "利息保障倍数", "Interest cover", "倍", UP, 12),
    ("gross_margin", "销售毛利率", "Gross margin", "%", UP, 12),
    ("net_margin", "销售净利率", "Net margin", "%", UP, 12),
    ("return_on_equity", "净资产收益率", "Return on equity", "%", UP, 12),
    ("receivable_turnover", "应收账款周转率", "Receivable turnover", "次", UP, 12),
    ("inventory_turnover", "存货周转率", "Inventory turnover", "次", UP, 12),
    ("asset_turnover", "总资产周转率", "Total asset turnover", "次", UP, 12),
    ("operating_cash_ratio", "经营现金流与营业收入之比", "Operating cash flow to revenue", "%", UP, 12),
    ("revenue_growth", "营业收入增长率", "Revenue growth", "%", UP, 12),
    ("profit_growth", "净利润增长率", "Net profit growth", "%", UP, 12),
    ("cash_ratio", "现金比率", "Cash ratio", "%", UP, 12),
    ("return_on_assets", "总资产报酬率", "Return on assets", "%", UP, 12),
    ("return_on_capital", "资本收益率", "Return on capital", "%", UP, 12),
    ("sales_cash_ratio", "销售现金含量", "Cash content of sales", "%", UP, 12),
    ("fixed_assets_growth", "固定资产净值增长率", "Growth of net fixed assets", "%", UP, 12),
    ("revenue_trend", "营业收入三年平均增长率", "Revenue, yearly growth over three years", "%", UP, 12),
    ("profit_trend", "净利润三年平均增长率", "Net profit, yearly growth over three years", "%", UP, 12),
    ("debt_ratio_change", "资产负债率比上年变动", "Debt ratio, change on the year", "百分点", DOWN, 12),
    ("gross_margin_change", "销售毛利率比上年变动", "Gross margin, change on the year", "百分点", UP, 12),
)  # fmt: skip
_LOSSES = _rows(
    Kind.COUNT, Source.DOCUMENT, ("loss_years", "连续亏损年数", "Years of loss running", "年", DOWN, 12)
)  # fmt: skip

_ACTIVITY = [
    *_rows(
        Kind.NUMBER, Source.DOCUMENT,
        ("invoice_gap", "开票收入与申报收入的偏差", "Gap between invoiced and declared sales", "%", DOWN, 12),
        ("electricity_ratio", "近三个月用电量与上年同期之比", "Electricity against the same months last year", "%", UP, 3),
        ("headcount_growth", "参保人数增长率", "Growth of insured headcount", "%", UP, 3),
        ("order_cover", "在手订单与申请金额之比", "Signed orders to amount asked", "倍", UP, 3),
    ),
    *_rows(Kind.MONEY, Source.DOCUMENT, ("tax_paid", "上年纳税额", "Tax paid last year", "万元", UP, 12)),
    # Penalties lapse with time; years pass by themselves.
    *_rows(
        Kind.COUNT, Source.REGISTRY,
        ("penalties", "近两年行政处罚", "Penalties within two years", "次", DOWN, None),
        ("years_in_business", "经营年限", "Years in business", "年", UP, None),
    ),
    *_rows(Kind.COUNT, Source.DECLARED, ("owner_years", "实际控制人从业年限", "Owner's years in the trade", "年", UP, None)),
    _choice("tax_grade", "纳税信用等级", "Tax credit grade", Source.REGISTRY, _TAX, 12),
    _choice("environment_grade", "环境信用等级", "Environmental grade", Source.REGISTRY, _COLOUR, 12),
    _choice("owner_credit", "实际控制人个人信用", "Owner's credit record", Source.DOCUMENT, _PERSON, 24),
    _choice("buyer_record", "前五大客户付款记录", "Payment record of top five buyers", Source.SITE, _BUYERS, 6),
    *_rows(
        Kind.FLAG, Source.REGISTRY,
        ("qualified_enterprise", "专精特新、高新技术等资质", "Recognised qualification", "", UP, 12),
    ),
    *_rows(
        Kind.FLAG, Source.SITE,
        ("secure_premises", "自有厂房或租期覆盖贷款期", "Own plant or lease beyond the loan", "", UP, 1),
        ("park_bills_paid", "园区租金水电按时缴纳", "Rent and utilities paid on time", "", UP, 3),
    ),
]  # fmt: skip

# What a firm owns though no balance sheet shows it (软资产); it states them itself, with proof.
_ASSETS = [
    *_rows(
        Kind.MONEY, Source.DOCUMENT,
        ("receivables_confirmed", "已确权应收账款", "Receivables the buyers have confirmed", "万元", UP, 1),
    ),
    *_rows(Kind.COUNT, Source.REGISTRY, ("patents", "有效专利和软件著作权", "Patents and software rights in force", "件", UP, 12)),
    *_rows(Kind.COUNT, Source.DOCUMENT, ("certificates", "有效体系和产品认证", "System and product certificates in force", "项", UP, 6)),
]  # fmt: skip

SOFT = ("order_cover", "receivables_confirmed", "patents", "certificates", "qualified_enterprise", "park_bills_paid")
"""Soft assets (软资产): orders, receivables, rights, certificates, bills paid on time."""

# A month where paying or applying is enough to be taken off a list; None where a court, an authority or time decides.
_VETOES = [
    *_rows(
        Kind.COUNT, Source.REGISTRY,
        ("dishonest_records", "失信被执行人记录", "Records of dishonest judgment debtor", "次", DOWN, 1),
        ("spending_bans", "限制高消费令", "Orders restricting high spending", "次", DOWN, 1),
        ("overdue_loans", "当前逾期贷款", "Loans now overdue", "次", DOWN, 1),
        ("major_accidents", "近三年重大安全环保质量事故", "Major accidents within three years", "次", DOWN, None),
    ),
    *_rows(
        Kind.FLAG, Source.REGISTRY,
        ("seriously_unlawful", "列入严重违法失信名单", "Listed as seriously unlawful", "", DOWN, None),
        ("abnormal_operation", "列入经营异常名录未移出", "Listed as operating abnormally", "", DOWN, 1),
        ("tax_arrears", "欠税公告在列", "Announced tax arrears", "", DOWN, 1),
        ("tax_evasion", "重大税收违法", "Serious tax offence", "", DOWN, None),
        ("controller_prosecuted", "实际控制人涉刑事案件", "Controller in a criminal case", "", DOWN, None),
        ("restricted_industry", "属淘汰或限制类产业", "Eliminated or restricted industry", "", DOWN, None),
        ("wage_dispute", "欠薪争议未解决", "Unresolved wage arrears", "", DOWN, 1),
    ),
    *_rows(
        Kind.FLAG, Source.SITE,
        ("loan_diverted", "涉嫌挪用贷款、高息民间借贷或非法集资", "Suspected diversion or illegal lending", "", DOWN, None),
        ("not_operating", "空壳、僵尸或停业", "Shell or not operating", "", DOWN, None),
        ("false_material", "申请材料虚假", "False material in the application", "", DOWN, None),
        ("government_platform", "用于政府融资平台或偿债", "For a government platform or its debt", "", DOWN, None),
    ),
    _choice("loan_class", "现有贷款最差五级分类", "Worst class of present loans", Source.DOCUMENT, _CLASSES, 6),
    *_rows(
        Kind.NUMBER, Source.REGISTRY,
        ("enforcement_ratio", "被执行未结金额与净资产之比", "Enforcement pending to equity", "%", DOWN, 1),
    ),
]  # fmt: skip

# Twelve months: the windows are a year; what covers 36 months, only time mends.
_INVOICES = [
    *_rows(
        Kind.MONEY, Source.DOCUMENT,
        ("annual_sales", "近12个月开票销售额", "Invoiced sales, last 12 months", "万元", UP, 12),
        ("annual_purchases", "近12个月进项采购额", "Invoiced purchases, last 12 months", "万元", None, 12),
        ("average_sales", "近36个月年均开票销售额", "Invoiced sales a year, average of the last 36 months", "万元", UP, 12),
        ("typical_month", "近36个月典型月开票销售额", "Invoiced sales of the typical month, median of the last 36", "万元", UP, 12),
    ),
    *_rows(
        Kind.COUNT, Source.DOCUMENT,
        ("history_months", "发票记录时长", "Months on record", "个月", UP, None),
        ("active_months", "近36个月有销售的月数", "Months with sales, of the last 36", "个月", UP, 12),
        ("longest_gap", "最长连续无销售", "Longest run without sales", "个月", DOWN, None),
        ("silent_months", "截至期末连续无销售", "Months without sales up to the end", "个月", DOWN, 1),
        ("steady_months", "近24个月达到月均一半的月数", "Months of the last 24 that reach half of the average month", "个月", UP, 12),
        ("customers", "近12个月客户数", "Customers, last 12 months", "户", UP, 12),
        ("repeat_customers", "近12个月复购客户数", "Customers that came back, last 12 months", "户", UP, 12),
        ("suppliers", "近12个月供应商数", "Suppliers, last 12 months", "户", None, 12),
        ("invoice_rows", "发票行数（去重后）", "Invoice rows without duplicates", "张", None, None),
        ("duplicate_rows", "重复导入行数", "Duplicate rows dropped", "张", None, None),
        ("void_rows", "作废发票", "Void invoices", "张", None, None),
        ("unbalanced_rows", "金额与税额之和不符的发票", "Invoices whose sums disagree", "张", DOWN, None),
    ),
    *_rows(
        Kind.NUMBER, Source.DOCUMENT,
        ("sales_variation", "月销售额变异系数", "Variation of monthly sales", "%", DOWN, 12),
        ("sales_growth", "开票销售额增长率", "Growth of invoiced sales", "%", UP, 12),
        ("purchase_ratio", "进项与销项之比", "Purchases to sales", "%", None, 12),
        ("top_customer_share", "第一大客户占比", "Share of the largest customer", "%", DOWN, 12),
        ("top_supplier_share", "第一大供应商占比", "Share of the largest supplier", "%", None, 12),
        ("repeat_share", "复购客户销售占比", "Share of customers that came back", "%", UP, 12),
        ("effective_customers", "有效客户数（集中度倒数）", "Effective number of customers", "户", UP, 12),
        ("effective_suppliers", "有效供应商数（集中度倒数）", "Effective number of suppliers", "户", None, 12),
        ("void_share", "作废发票占比", "Share of void invoices", "%", DOWN, 12),
        ("negative_share", "红字销项发票占比", "Share of red-letter sales invoices", "%", DOWN, 12),
    ),
]  # fmt: skip

FACTS: Mapping[str, Fact] = MappingProxyType(
    {fact.name: fact for fact in [*_STATEMENTS, *_LOSSES, *_ACTIVITY, *_ASSETS, *_VETOES, *_INVOICES]}
)
