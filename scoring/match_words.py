"""What the codes of matching mean (匹配理由用语): code -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

LIMITS: Mapping[str, tuple[str, str]] = {
    "amount": ("申请金额不在产品额度范围内", "The amount is outside the product's range"),
    "months": ("期限不在产品期限范围内", "The term is outside the product's range"),
    "sector": ("行业不在产品支持范围内", "The sector is not among those served"),
    "no_go": ("行业属于银行不介入范围", "The sector is one the bank does not enter"),
    "size": ("企业规模不在产品支持范围内", "The size class is not among those served"),
    "grade": ("信用等级低于产品要求", "The grade is below what the product asks"),
    "guarantee": ("产品要求担保，本笔需求没有担保", "The product asks for a guarantee and there is none"),
    "purpose": ("用途不在产品支持范围内", "The purpose is not among those served"),
    "validity": ("产品当日不在有效期内", "The product is not on offer on that day"),
}
"""Why a product is excluded."""

REASONS: Mapping[str, tuple[str, str]] = {
    "sector_sought": ("行业是银行点名支持的方向", "The bank names this sector as one it seeks"),
    "purpose_sought": ("用途是产品点名支持的用途", "The product names this purpose"),
    "size_sought": ("企业规模是产品的服务对象", "The product is made for firms of this size"),
    "grade_above": ("信用等级高于产品要求", "The grade is above what the product asks"),
    "guaranteed": ("有担保，而产品并不要求担保", "Guaranteed, though the product does not ask for it"),
    "rate_within_wish": ("产品利率不高于企业期望", "The rate is within the firm's wish"),
    "quick_answer": ("银行承诺较快答复", "The bank promises a quick answer"),
}
"""Why a product fits."""

FIRM_REASONS = ("rate_within_wish", "quick_answer")
"""Reasons that count for the firm; the others count for the bank."""

WORDS: Mapping[str, tuple[str, str]] = {**LIMITS, **REASONS}
