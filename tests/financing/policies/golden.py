"""Firms on both sides of every condition of every shipped clause, with the sums worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

WAN = 1_000_000
MARCH = date(2026, 3, 2)
LAST_YEAR = date(2025, 6, 2)


@dataclass(frozen=True, slots=True)
class Golden:
    """A firm that fits, what it gets (fen; None: no money), a value of each fact that does not fit, and edges that still do."""

    key: str
    place: int
    firm: dict[str, Any]
    fen: int | None
    fails: dict[str, Any]
    holds: dict[str, Any]
    on: date = MARCH


_SMALL_PROFIT = {"taxable_income": 200 * WAN, "employees": 80, "assets": 2_000 * WAN, "restricted_industry": False}
_SMALL_PROFIT_OVER = {
    "taxable_income": 300 * WAN + 1, "employees": 301, "assets": 5_000 * WAN + 1, "restricted_industry": True,
}  # fmt: skip
_SMALL_PROFIT_EDGE = {"taxable_income": 300 * WAN, "employees": 300, "assets": 5_000 * WAN}
_START = {
    "size": "small", "loan_principal": 300 * WAN, "loan_months": 12, "wage_dispute": False, "loan_interest": 105_000_00,
}  # fmt: skip
_START_OVER = {"size": "medium", "loan_principal": 400 * WAN + 1, "loan_months": 25, "wage_dispute": True}
_START_EDGE = {"size": "micro", "loan_principal": 400 * WAN, "loan_months": 24}

GOLDEN = [
    # 3000万 × 1.5% × 2年 = 90万
    Golden("interest-sme-2026", 1,
           {"size": "medium", "private_firm": True, "key_chain": True, "loan_use": "fixed", "loan_principal": 3_000 * WAN, "loan_months": 36},
           90 * WAN, {"size": "large", "private_firm": False, "key_chain": False, "loan_use": "working"}, {"size": "micro"}),
    # 800万 × 1% × 6/12 = 4万
    Golden("interest-services-2026", 1,
           {"industry": "6110", "overdue_loans": 0, "loan_principal": 800 * WAN, "loan_months": 6},
           4 * WAN, {"industry": "3340", "overdue_loans": 1}, {"industry": "5212"}),
    Golden("guarantee-private-2026", 1,
           {"size": "small", "private_firm": True, "abnormal_operation": False, "dishonest_records": 0, "restricted_industry": False,
            "major_accidents": 0, "tax_evasion": False, "guarantee_asked": 1_500 * WAN, "loan_months": 36},
           None, {"size": "large", "private_firm": False, "abnormal_operation": True, "dishonest_records": 1,
                  "restricted_industry": True, "major_accidents": 1, "tax_evasion": True, "guarantee_asked": 2_000 * WAN + 1,
                  "loan_months": 12}, {"guarantee_asked": 2_000 * WAN, "loan_months": 13}),
    Golden("renewal-2024", 1, {"size": "small", "loan_needed": True, "no_arrears": True, "not_operating": False}, None,
           {"size": "medium", "loan_needed": False, "no_arrears": False, "not_operating": True}, {"size": "micro"}),
    Golden("renewal-2024", 2, {"size": "medium", "loan_use": "working", "loan_needed": True, "no_arrears": True}, None,
           {"size": "small", "loan_use": "fixed", "loan_needed": False, "no_arrears": False}, {}),
    # 200万 × (25% − 5%) = 40万
    Golden("tax-small-profit-2023", 1, _SMALL_PROFIT, 40 * WAN, _SMALL_PROFIT_OVER, _SMALL_PROFIT_EDGE),
    # 3.5万 × 50% = 1.75万
    Golden("tax-small-profit-2023", 2, _SMALL_PROFIT | {"six_taxes": 35_000_00}, 17_500_00, _SMALL_PROFIT_OVER, _SMALL_PROFIT_EDGE),
    # 500万 × (25% − 15%) = 50万
    Golden("tax-high-tech", 1, {"high_tech": True, "taxable_income": 500 * WAN}, 50 * WAN, {"high_tech": False}, {}),
    # 160万 × 100% × 25% = 40万
    Golden("tax-research-2023", 1, {"industry": "3340", "high_tech": False, "rd_expense": 160 * WAN}, 40 * WAN,
           {"industry": "1620", "high_tech": True}, {"industry": "I"}),
    # 160万 × 100% × 15% = 24万
    Golden("tax-research-2023", 2, {"industry": "3340", "high_tech": True, "rd_expense": 160 * WAN}, 24 * WAN,
           {"industry": "7010", "high_tech": False}, {"industry": "6513"}),
    # 120万 × 5% = 6万
    Golden("tax-advanced-2023", 1, {"industry": "3340", "high_tech": True, "advanced_list": True, "input_tax": 120 * WAN}, 6 * WAN,
           {"industry": "6513", "high_tech": False, "advanced_list": False}, {"industry": "13"}),
    # 9万 × 1% × 12个月 = 1.08万
    Golden("tax-small-scale-2023", 1, {"small_taxpayer": True, "month_sales": 9 * WAN}, 10_800_00,
           {"small_taxpayer": False, "month_sales": 10 * WAN + 1}, {"month_sales": 10 * WAN}),
    Golden("fund-disabled-2023", 1, {"employees": 22, "disabled_fund": 8_640_00}, 8_640_00, {"employees": 31}, {"employees": 30}),
    # 5人 × 6000元 = 3万
    Golden("jobs-key-groups-2023", 1, {"key_groups_hired": 5}, 3 * WAN, {"key_groups_hired": 0}, {"key_groups_hired": 1}),
    # 4.2万 × 60% = 2.52万
    Golden("jobs-steady-2025", 1,
           {"insured_year": True, "size": "small", "employees": 86, "layoff_rate": 2.0, "insurance_paid": 42_000_00}, 25_200_00,
           {"insured_year": False, "size": "large", "employees": 30, "layoff_rate": 5.51}, {"layoff_rate": 5.5, "employees": 31},
           LAST_YEAR),
    Golden("jobs-steady-2025", 2,
           {"insured_year": True, "size": "micro", "employees": 12, "layoff_rate": 15.0, "insurance_paid": 6_000_00}, 3_600_00,
           {"insured_year": False, "size": "large", "employees": 31, "layoff_rate": 20.01}, {"layoff_rate": 20.0, "employees": 30},
           LAST_YEAR),
    # 90万 × 30% = 27万
    Golden("jobs-steady-2025", 3, {"insured_year": True, "size": "large", "layoff_rate": 1.0, "insurance_paid": 90 * WAN}, 27 * WAN,
           {"insured_year": False, "size": "medium", "layoff_rate": 5.6}, {"layoff_rate": 5.5}, LAST_YEAR),
    # 6人 × 1500元 = 9000元
    Golden("jobs-graduates-2025", 1, {"graduates_hired": 6}, 9_000_00, {"graduates_hired": 0}, {"graduates_hired": 1}, LAST_YEAR),
    # 10.5万 × 50% = 5.25万
    Golden("loan-startup", 1, _START | {"employees": 40, "hired_share": 12.0}, 52_500_00,
           _START_OVER | {"employees": 101, "hired_share": 9.99}, _START_EDGE | {"employees": 100, "hired_share": 10.0}),
    Golden("loan-startup", 2, _START | {"employees": 140, "hired_share": 6.0}, 52_500_00,
           _START_OVER | {"employees": 100, "hired_share": 4.99}, _START_EDGE | {"employees": 101, "hired_share": 5.0}),
    Golden("loan-park-jiangxi", 1,
           {"size": "small", "tax_paid": 30 * WAN, "years_in_business": 6, "dishonest_records": 0, "guarantee_asked": 500 * WAN}, None,
           {"size": "large", "tax_paid": 5 * WAN - 1, "years_in_business": 0, "dishonest_records": 1, "guarantee_asked": 1_000 * WAN + 1},
           {"tax_paid": 5 * WAN, "years_in_business": 1, "guarantee_asked": 1_000 * WAN}),
    Golden("guarantee-fee-2025", 1, {"size": "small", "guarantee_asked": 500 * WAN}, None,
           {"size": "medium", "guarantee_asked": 1_000 * WAN + 1}, {"size": "micro", "guarantee_asked": 1_000 * WAN}),
]  # fmt: skip
