"""Firms, banks and the guarantor: kinds and how a firm's registration moves. No database here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen


class FirmState(StrEnum):
    REGISTERED = "registered"
    CONFIRMED = "confirmed"


FIRM_FLOW = Flow(
    start=FirmState.REGISTERED,
    steps={
        (FirmState.REGISTERED, Act.CONFIRM_FIRM): FirmState.CONFIRMED,
        (FirmState.REGISTERED, Act.EDIT_FIRM): FirmState.REGISTERED,
        (FirmState.CONFIRMED, Act.EDIT_FIRM): FirmState.CONFIRMED,
    },
)


class Origin(StrEnum):
    """Where an answer of a firm's registration comes from (政务数据共享条例): what is known is not asked for again."""

    DECLARED = "declared"  # typed by the firm
    SHARED = "shared"  # brought in by the office from what the zone already had
    REGISTER = "register"  # compared with the licence
    PAPER = "paper"  # typed by an officer from a signed form


class BankKind(StrEnum):
    STATE_OWNED = "state_owned"
    JOINT_STOCK = "joint_stock"
    POLICY = "policy"
    CITY = "city"
    RURAL = "rural"
    VILLAGE = "village"
    PRIVATE = "private"
    FOREIGN = "foreign"


class Shelved(StrEnum):
    """Where a product stands on a bank's shelf."""

    OFFERED = "offered"
    TO_COME = "to_come"
    EXPIRED = "expired"
    TAKEN_OFF = "taken_off"


def standing(day: date, since: date, until: date, *, withdrawn: bool) -> Shelved:
    """Where a product stands on a day, by its validity (both days included) and whether it was taken off."""
    if withdrawn:
        return Shelved.TAKEN_OFF
    if until < day:
        return Shelved.EXPIRED
    return Shelved.TO_COME if day < since else Shelved.OFFERED


def within_right(amount: Fen, *, kept: bool, held: bool, most: Fen | None, released: Fen | None) -> bool:
    """Whether an offer of `amount` lies within an officer's right.

    `kept`: the bank gives rights at all; `held`: this officer has one; `most`: its bound, None for none; `released`: how
    far the branch head let this one need go, None where nothing was.
    """
    if not kept or (released is not None and amount <= released):
        return True
    return held and (most is None or amount <= most)


class GuarantorKind(StrEnum):
    """What the investment company legally is decides what it may issue (国令683号 第6、36条)."""

    LICENSED = "licensed"
    REINSURED_PRODUCT = "reinsured_product"
    RISK_POOL = "risk_pool"
    CORPORATE_ONE_OFF = "corporate_one_off"


class Support(StrEnum):
    """The form in which the guarantor stands behind a loan."""

    LETTER = "letter"  # 担保函, only with a valid licence
    RISK_SHARING = "risk_sharing"  # 风险补偿
    RECOMMENDATION = "recommendation"  # 推荐函, no liability


class RelationKind(StrEnum):
    """What another party is to a firm (关联关系)."""

    CONTROLLER = "controller"  # 实际控制人
    SHAREHOLDER = "shareholder"
    OFFICER = "officer"  # director, supervisor, senior manager
    FAMILY = "family"  # near relative of the controller
    GUARANTOR = "guarantor"  # stands behind the firm's debts; shown, binds nobody


class RelationSource(StrEnum):
    """Where a relation is known from."""

    REGISTRY = "registry"
    DECLARED = "declared"
    AUDIT = "audit"
    ON_SITE = "on_site"


SUPPORT_BY_KIND = {
    GuarantorKind.LICENSED: Support.LETTER,
    GuarantorKind.REINSURED_PRODUCT: Support.LETTER,
    GuarantorKind.RISK_POOL: Support.RISK_SHARING,
    GuarantorKind.CORPORATE_ONE_OFF: Support.RECOMMENDATION,
}

#: Fields of a firm that are one line of text.
LINES = frozenset({"name", "park", "address", "representative", "contact", "phone"})
#: What an officer compares with the licence; once confirmed the firm itself no longer changes it.
CHECKED = frozenset({"name", "industry", "founded_on", "representative"})
FIRST_FOUNDED = date(1949, 10, 1)
MOST_EMPLOYEES = 1_000_000
#: What a guarantor's terms are, by column.
TERMS = ("name", "kind", "net_assets", "pool", "share", "fee", "licence", "licence_until")
HIGHEST_FEE = 10  # per cent a year; anything above is a slip of the pen

#: Facts worked out from papers or the registration, never typed by anybody (I-15).
FROM_STATEMENTS = frozenset({
    "debt_ratio", "current_ratio", "quick_ratio", "interest_cover", "gross_margin", "net_margin", "return_on_equity",
    "receivable_turnover", "inventory_turnover", "asset_turnover", "operating_cash_ratio", "revenue_growth", "profit_growth",
    "cash_ratio", "return_on_assets", "return_on_capital", "sales_cash_ratio", "fixed_assets_growth", "revenue_trend", "profit_trend",
    "debt_ratio_change", "gross_margin_change", "loss_years",
})  # fmt: skip
FROM_INVOICES = frozenset({
    "annual_sales", "annual_purchases", "history_months", "active_months", "longest_gap", "customers", "suppliers", "invoice_rows",
    "duplicate_rows", "void_rows", "unbalanced_rows", "sales_variation", "sales_growth", "purchase_ratio", "top_customer_share",
    "top_supplier_share", "effective_customers", "void_share", "negative_share", "average_sales", "typical_month", "steady_months",
    "silent_months", "repeat_customers", "repeat_share", "effective_suppliers",
})  # fmt: skip
COMPUTED = FROM_STATEMENTS | FROM_INVOICES | {"invoice_gap", "years_in_business"}
