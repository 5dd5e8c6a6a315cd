"""The lines of the small-enterprise statements (小企业会计准则报表项目) and the sums that must hold between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line: its code, its name in the standard, its English name and the sheet it stands on."""

    code: str
    term: str
    english: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A total and its parts with their signs; `no_part_negative` lets a partial list be checked for excess."""

    key: str
    says: str
    english: str
    total: str
    parts: Mapping[str, int]
    no_part_negative: bool = False


def _sheet(sheet: str, *rows: tuple[str, str, str]) -> dict[str, StatementLine]:
    return {code: StatementLine(code, term, english, sheet) for code, term, english in rows}


_BALANCE = _sheet(
    "balance",
    ("cash", "货币资金", "Cash"),
    ("short_investments", "短期投资", "Short-term investments"),
    ("notes_receivable", "应收票据", "Notes receivable"),
    ("receivables", "应收账款", "Accounts receivable"),
    ("prepayments", "预付账款", "Prepayments"),
    ("other_receivables", "其他应收款", "Other receivables"),
    ("inventory", "存货", "Inventory"),
    ("other_current_assets", "其他流动资产", "Other current assets"),
    ("current_assets", "流动资产合计", "Total current assets"),
    ("fixed_assets", "固定资产账面价值", "Fixed assets, net"),
    ("intangible_assets", "无形资产", "Intangible assets"),
    ("other_noncurrent_assets", "其他非流动资产", "Other non-current assets"),
    ("noncurrent_assets", "非流动资产合计", "Total non-current assets"),
    ("assets", "资产总计", "Total assets"),
    ("short_loans", "短期借款", "Short-term loans"),
    ("notes_payable", "应付票据", "Notes payable"),
    ("payables", "应付账款", "Accounts payable"),
    ("advances", "预收账款", "Advances received"),
    ("wages_payable", "应付职工薪酬", "Wages payable"),
    ("taxes_payable", "应交税费", "Taxes payable"),
    ("other_payables", "其他应付款", "Other payables"),
    ("other_current_liabilities", "其他流动负债", "Other current liabilities"),
    ("current_liabilities", "流动负债合计", "Total current liabilities"),
    ("long_loans", "长期借款", "Long-term loans"),
    ("other_noncurrent_liabilities", "其他非流动负债", "Other non-current liabilities"),
    ("noncurrent_liabilities", "非流动负债合计", "Total non-current liabilities"),
    ("liabilities", "负债合计", "Total liabilities"),
    ("capital", "实收资本（或股本）", "Paid-in capital"),
    ("capital_reserve", "资本公积", "Capital reserve"),
    ("surplus_reserve", "盈余公积", "Surplus reserve"),
    ("retained_profit", "未分配利润", "Retained profit"),
    ("equity", "所有者权益（或股东权益）合计", "Total equity"),
    ("liabilities_and_equity", "负债和所有者权益（或股东权益）总计", "Total liabilities and equity"),
)

_INCOME = _sheet(
    "income",
    ("revenue", "营业收入", "Revenue"),
    ("cost", "营业成本", "Cost of sales"),
    ("taxes_and_surcharges", "税金及附加", "Taxes and surcharges"),
    ("selling_expense", "销售费用", "Selling expense"),
    ("administrative_expense", "管理费用", "Administrative expense"),
    ("finance_expense", "财务费用", "Finance expense"),
    ("interest", "其中：利息费用", "of which interest"),
    ("investment_income", "投资收益", "Investment income"),
    ("operating_profit", "营业利润", "Operating profit"),
    ("nonoperating_income", "营业外收入", "Non-operating income"),
    ("nonoperating_expense", "营业外支出", "Non-operating expense"),
    ("profit_before_tax", "利润总额", "Profit before tax"),
    ("income_tax", "所得税费用", "Income tax"),
    ("net_profit", "净利润", "Net profit"),
)

_CASH = _sheet(
    "cash",
    ("operating_cash_flow", "经营活动产生的现金流量净额", "Operating cash flow"),
    ("investing_cash_flow", "投资活动产生的现金流量净额", "Investing cash flow"),
    ("financing_cash_flow", "筹资活动产生的现金流量净额", "Financing cash flow"),
    ("cash_increase", "现金净增加额", "Net increase in cash"),
    ("opening_cash", "期初现金余额", "Opening cash"),
    ("closing_cash", "期末现金余额", "Closing cash"),
)

LINES: Mapping[str, StatementLine] = MappingProxyType({**_BALANCE, **_INCOME, **_CASH})


def _plus(*codes: str) -> dict[str, int]:
    return dict.fromkeys(codes, 1)


def _minus(*codes: str) -> dict[str, int]:
    return dict.fromkeys(codes, -1)


IDENTITIES: tuple[Identity, ...] = (
    Identity(
        "balance",
        "资产总计 = 负债合计 + 所有者权益合计",
        "Assets = liabilities + equity",
        "assets",
        _plus("liabilities", "equity"),
    ),
    Identity(
        "both_sides",
        "负债和所有者权益总计 = 负债合计 + 所有者权益合计",
        "Total of the right side = liabilities + equity",
        "liabilities_and_equity",
        _plus("liabilities", "equity"),
    ),
    Identity(
        "assets",
        "资产总计 = 流动资产合计 + 非流动资产合计",
        "Assets = current + non-current assets",
        "assets",
        _plus("current_assets", "noncurrent_assets"),
        no_part_negative=True,
    ),
    Identity(
        "current_assets",
        "流动资产合计 = 各项流动资产之和",
        "Current assets = sum of their lines",
        "current_assets",
        _plus(*list(_BALANCE)[:8]),
        no_part_negative=True,
    ),
    Identity(
        "noncurrent_assets",
        "非流动资产合计 = 各项非流动资产之和",
        "Non-current assets = sum of their lines",
        "noncurrent_assets",
        _plus("fixed_assets", "intangible_assets", "other_noncurrent_assets"),
        no_part_negative=True,
    ),
    Identity(
        "liabilities",
        "负债合计 = 流动负债合计 + 非流动负债合计",
        "Liabilities = current + non-current liabilities",
        "liabilities",
        _plus("current_liabilities", "noncurrent_liabilities"),
        no_part_negative=True,
    ),
    Identity(
        "current_liabilities",
        "流动负债合计 = 各项流动负债之和",
        "Current liabilities = sum of their lines",
        "current_liabilities",
        _plus(*list(_BALANCE)[14:22]),
    ),
    Identity(
        "noncurrent_liabilities",
        "非流动负债合计 = 各项非流动负债之和",
        "Non-current liabilities = sum of their lines",
        "noncurrent_liabilities",
        _plus("long_loans", "other_noncurrent_liabilities"),
        no_part_negative=True,
    ),
    Identity(
        "equity",
        "所有者权益合计 = 各项权益之和",
        "Equity = sum of its lines",
        "equity",
        _plus("capital", "capital_reserve", "surplus_reserve", "retained_profit"),
    ),
    Identity(
        "operating_profit",
        "营业利润 = 营业收入 − 成本、税费、三项费用 + 投资收益",
        "Operating profit = revenue − costs and expenses + investment income",
        "operating_profit",
        {
            **_plus("revenue", "investment_income"),
            **_minus("cost", "taxes_and_surcharges", "selling_expense", "administrative_expense", "finance_expense"),
        },
    ),
    Identity(
        "profit_before_tax",
        "利润总额 = 营业利润 + 营业外收入 − 营业外支出",
        "Profit before tax = operating profit + non-operating income − expense",
        "profit_before_tax",
        {**_plus("operating_profit", "nonoperating_income"), **_minus("nonoperating_expense")},
    ),
    Identity(
        "net_profit",
        "净利润 = 利润总额 − 所得税费用",
        "Net profit = profit before tax − income tax",
        "net_profit",
        {**_plus("profit_before_tax"), **_minus("income_tax")},
    ),
    Identity(
        "cash_increase",
        "现金净增加额 = 三类活动现金流量净额之和",
        "Increase in cash = sum of the three flows",
        "cash_increase",
        _plus("operating_cash_flow", "investing_cash_flow", "financing_cash_flow"),
    ),
    Identity(
        "closing_cash",
        "期末现金余额 = 期初现金余额 + 现金净增加额",
        "Closing cash = opening cash + increase",
        "closing_cash",
        _plus("opening_cash", "cash_increase"),
    ),
)
