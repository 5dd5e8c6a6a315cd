"""Facts that conditions of policies rest on (惠企政策事实): those of a score, and those that only a policy asks for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scoring.facts import FACTS, Fact, Kind, Source
from scoring.industries import industries
from scoring.sizes import WORDS, Size

#: Which of a firm's loans a policy may speak of.
LOAN_USES = {
    "fixed": ("固定资产贷款", "Fixed assets"),
    "working": ("流动资金贷款", "Working capital"),
}


def _flags(*rows: tuple[str, str, str]) -> list[Fact]:
    return [Fact(name, term, english, Kind.FLAG, "", Source.REGISTRY) for name, term, english in rows]


def _sums(*rows: tuple[str, str, str]) -> list[Fact]:
    return [Fact(name, term, english, Kind.MONEY, "万元", Source.DOCUMENT) for name, term, english in rows]


def _counts(*rows: tuple[str, str, str, str]) -> list[Fact]:
    return [Fact(name, term, english, Kind.COUNT, unit, Source.DOCUMENT) for name, term, english, unit in rows]


def _choice(name: str, term: str, english: str, choices: Mapping[str, tuple[str, str]]) -> Fact:
    return Fact(name, term, english, Kind.CHOICE, "", Source.REGISTRY, MappingProxyType(dict(choices)))


#: Known of every firm from what it registered with, or from its score: nobody is asked again.
OF_THE_FIRM = [
    _choice("industry", "所属行业", "Industry", {code: (each.name, each.name) for code, each in industries().items()}),
    _choice("size", "企业规模", "Size class", {one.value: WORDS[one] for one in Size if one is not Size.UNDETERMINED}),
    *_counts(("employees", "从业人数", "Employees", "人")),
    *_sums(("revenue", "上年营业收入", "Revenue last year"), ("assets", "资产总额", "Total assets")),
]
#: Given by the firm with its evidence, for policies alone.
GIVEN = [
    *_flags(
        ("private_firm", "民营企业", "Privately owned"),
        ("key_chain", "属国家重点产业链及上下游", "In a key national industry chain"),
        ("high_tech", "高新技术企业", "High and new technology enterprise"),
        ("tech_small", "科技型中小企业", "Technology-based small or medium firm"),
        ("specialised", "专精特新中小企业", "Specialised and innovative firm"),
        ("little_giant", "专精特新“小巨人”企业", "Specialised “little giant”"),
        ("small_taxpayer", "增值税小规模纳税人", "Small-scale taxpayer of VAT"),
        ("first_loan", "本笔为首次贷款", "First loan ever"),
        ("loan_needed", "有贷款将到期且需继续用款", "A loan matures and is still needed"),
        ("no_arrears", "未欠贷欠息、无挪用和逃废债", "No arrears, diversion or evasion of debt"),
        ("advanced_list", "列入先进制造业加计抵减名单", "On the list of advanced manufacturers"),
        ("insured_year", "足额缴纳失业保险满12个月", "Unemployment insurance paid in full for 12 months"),
    ),
    _choice("loan_use", "贷款用途", "Use of the loan", LOAN_USES),
    *_counts(
        ("loan_months", "贷款期限", "Term of the loan", "个月"),
        ("graduates_hired", "当年招用毕业生和失业青年", "Graduates and young unemployed hired this year", "人"),
        ("key_groups_hired", "招用重点群体", "Staff hired from key groups", "人"),
    ),
    *_sums(
        ("loan_principal", "符合条件的贷款本金", "Principal of the loan"),
        ("guarantee_asked", "拟申请担保的贷款金额", "Amount to be guaranteed"),
        ("loan_interest", "上年实付的该笔贷款利息", "Interest paid on the loan last year"),
        ("rd_expense", "上年研发费用（可加计扣除）", "Deductible R&D expense last year"),
        ("taxable_income", "上年应纳税所得额", "Taxable income last year"),
        ("input_tax", "当期可抵扣进项税额", "Deductible input VAT of the year"),
        ("six_taxes", "上年缴纳的“六税两费”", "Six taxes and two fees of last year"),
        ("insurance_paid", "上年实缴失业保险费", "Unemployment insurance paid last year"),
        ("month_sales", "月均销售额", "Sales of an average month"),
        ("disabled_fund", "应缴残疾人就业保障金", "Levy for the employment of disabled people"),
    ),
    Fact("layoff_rate", "上年度裁员率", "Layoff rate last year", Kind.NUMBER, "%", Source.DOCUMENT),
    Fact(
        "hired_share",
        "一年内新招用重点人群占在职职工之比",
        "New staff of key groups to all staff",
        Kind.NUMBER,
        "%",
        Source.DOCUMENT,
    ),
]

POLICY_FACTS: Mapping[str, Fact] = MappingProxyType(dict(FACTS) | {fact.name: fact for fact in [*OF_THE_FIRM, *GIVEN]})
ASKED = frozenset(fact.name for fact in GIVEN)
"""What a firm states on the page of its policies."""
