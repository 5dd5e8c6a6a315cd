"""Firms that exist only on stage: names, trades, statements and invoices, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl

from financing.money import Fen
from scoring.invoices import COLUMNS
from web.stage.codes import stage_code

WAN = 1_000_000  # fen
#: The zone's trades: words of a name, class of GB/T 4754-2017, yearly revenue from–to in 万元, revenue a head in 万元.
TRADES = (
    ("电子陶瓷", "3985", 600, 9_000, 45),
    ("特种陶瓷", "3073", 400, 6_000, 38),
    ("日用陶瓷", "3074", 200, 3_000, 26),
    ("精细化工", "2669", 800, 12_000, 90),
    ("香精香料", "2684", 500, 4_000, 60),
    ("粮油食品", "1439", 300, 5_000, 40),
    ("果蔬加工", "1372", 200, 2_500, 30),
    ("茶叶", "1530", 120, 1_500, 25),
    ("包装制品", "2231", 300, 3_500, 42),
    ("机械设备", "3599", 400, 5_000, 48),
    ("模具", "3525", 150, 1_800, 40),
    ("软件信息", "6513", 100, 2_000, 50),
    ("物流", "5439", 200, 3_000, 55),
)
PLACES = (
    "瑞源",
    "宏达",
    "华谷",
    "恒新",
    "丰谷",
    "锦江",
    "金岭",
    "晨曦",
    "润泽",
    "博源",
    "凯越",
    "天润",
    "宝成",
    "盛景",
    "长风",
    "启明",
)
SURNAMES, GIVEN = (
    "李刘张黄邓谢曾肖罗彭胡周徐邹熊万",
    ("建国", "志强", "春兰", "秀英", "伟", "敏", "文斌", "小红", "海燕", "国平", "晓峰", "丽华"),
)
PARKS = ("城南园区", "游家工业园", "特种陶瓷产业园")
STREETS = ("创业路", "工业大道", "兴业路", "科技路")


@dataclass(frozen=True, slots=True)
class StageFirm:
    """One firm with everything it would hand in; `health` from 0 to 1 shapes its figures, nothing else reads it."""

    number: int
    health: float
    statements: bool  # hands in statements; otherwise invoices
    registration: dict[str, Any]
    stated: dict[str, Any]
    revenue: int  # 万元 a year
    seed: int

    @property
    def login(self) -> str:
        return f"qiye{self.number:02d}"

    def years(self, last: int) -> dict[int, dict[str, int]]:
        """Two years of statement lines in fen that tie, the latest `last`."""
        random = Random(self.seed)
        now = _lines(self.revenue, self.health, random)
        before = _lines(round(self.revenue / (0.92 + 0.25 * self.health)), self.health, random)
        return {last - 1: before, last: now}

    def invoices(self, until: date, months: int = 36) -> pl.DataFrame:
        """Sales and purchase invoices of whole months up to the day, in the columns of scoring.invoices."""
        rows = list(_invoices(self, until, months))
        return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def troupe(count: int, today: date, seed: int = 20260101) -> list[StageFirm]:
    """So many firms, the same for the same seed and day."""
    random = Random(seed)
    return [_firm(number, today, random) for number in range(1, count + 1)]


def _firm(number: int, today: date, random: Random) -> StageFirm:
    word, industry, least, most, per_head = TRADES[number % len(TRADES)]
    health = min(1.0, max(0.0, random.betavariate(1.3, 1.3)))
    revenue = round(least * (most / least) ** random.random())
    years = random.randint(2, 14)
    name = (
        f"{PLACES[(number * 5) % len(PLACES)]}{word}有限公司"
        if number % 3
        else f"江右{PLACES[number % len(PLACES)]}{word}科技有限公司"
    )
    person = random.choice(SURNAMES) + random.choice(GIVEN)
    registration = {
        "code": stage_code(number),
        "name": name,
        "industry": industry,
        "park": PARKS[number % len(PARKS)],
        "address": f"{STREETS[number % len(STREETS)]}{number + 5}号",
        "founded_on": today - timedelta(days=365 * years + random.randint(0, 300)),
        "representative": person,
        "contact": random.choice(SURNAMES) + "会计",
        "phone": f"1390797{number:04d}",
        "employees": max(3, round(revenue / per_head)),
        "revenue": Fen(revenue * WAN),
        "assets": Fen(round(revenue * random.uniform(0.6, 1.1)) * WAN),
    }
    return StageFirm(
        number, health, number % 2 == 0, registration, _stated(health, years, random), revenue, random.randrange(2**32)
    )


def _stated(health: float, years: int, random: Random) -> dict[str, Any]:
    """Facts beside the books: tax, environment, owner, orders."""
    good = health > 0.45
    return {
        "tax_grade": "A" if health > 0.75 else "B" if good else random.choice(("B", "M", "C")),
        "tax_paid": round((5 + 60 * health) * WAN),
        "environment_grade": "green" if good else "blue",
        "penalties": 0 if good else random.choice((0, 1)),
        "owner_years": years + random.randint(0, 8),
        "owner_credit": "clean" if health > 0.35 else "minor",
        "qualified_enterprise": health > 0.7,
        "electricity_ratio": Decimal(f"{70 + 45 * health:.1f}"),
        "headcount_growth": Decimal(f"{-8 + 20 * health:.1f}"),
        "order_cover": Decimal(f"{0.6 + 2 * health:.1f}"),
        "buyer_record": "good" if health > 0.4 else "fair",
        "secure_premises": health > 0.3,
        "park_bills_paid": health > 0.2,
        "dishonest_records": 0,
        "overdue_loans": 0,
        "abnormal_operation": False,
    }


def _lines(revenue: int, health: float, random: Random) -> dict[str, int]:
    """One year's balance sheet and income statement; every total is the sum of its parts."""

    def part(share: float, of: int = revenue) -> int:
        return round(of * share * random.uniform(0.9, 1.1)) * WAN

    current = {
        "cash": part(0.06 + 0.06 * health),
        "receivables": part(0.24 - 0.08 * health),
        "inventory": part(0.16 - 0.04 * health),
        "prepayments": part(0.03),
    }
    fixed = {"fixed_assets": part(0.32), "intangible_assets": part(0.03)}
    assets = sum(current.values()) + sum(fixed.values())
    owed = round(assets * (0.78 - 0.4 * health) / WAN) * WAN
    short = {"short_loans": owed * 45 // 100, "payables": owed * 40 // 100, "taxes_payable": owed * 5 // 100}
    short["other_payables"] = owed - sum(short.values())
    income = _income(revenue * WAN, health, part(0.008 + 0.012 * (1 - health)))
    capital = max(assets - owed, WAN) * 6 // 10
    return {
        **current, "current_assets": sum(current.values()), **fixed, "noncurrent_assets": sum(fixed.values()), "assets": assets,
        **short, "current_liabilities": owed, "liabilities": owed, "capital": capital, "retained_profit": assets - owed - capital,
        "equity": assets - owed, "liabilities_and_equity": assets, **income,
        "operating_cash_flow": round(revenue * (0.09 * health - 0.01)) * WAN,
    }  # fmt: skip


def _income(revenue: int, health: float, interest: int) -> dict[str, int]:
    cost = round(revenue * (0.86 - 0.08 * health) / WAN) * WAN
    expenses = {
        "taxes_and_surcharges": revenue // 200,
        "selling_expense": revenue * 3 // 100,
        "administrative_expense": revenue * 4 // 100,
        "finance_expense": interest,
    }
    profit = revenue - cost - sum(expenses.values())
    tax = max(0, profit // 20)
    return {
        "revenue": revenue, "cost": cost, **expenses, "interest": interest, "operating_profit": profit, "profit_before_tax": profit,
        "income_tax": tax, "net_profit": profit - tax,
    }  # fmt: skip


def _invoices(firm: StageFirm, until: date, months: int) -> Iterator[tuple[Any, ...]]:
    random = Random(firm.seed)
    customers = [f"客户{n:02d}" for n in range(1, 4 + round(28 * firm.health))]
    suppliers = [f"供应商{n:02d}" for n in range(1, 4 + round(9 * firm.health))]
    first = until.year * 12 + until.month - 1 - months
    for month in range(first, first + months):
        if random.random() < 0.35 * (0.6 - firm.health):
            continue  # a month without business
        swing = random.uniform(0.5 * firm.health, 2 - 0.5 * firm.health) ** (2 - firm.health)
        total = firm.revenue * WAN / 12 * swing
        yield from _month(firm, month, "out", total, customers, random)
        yield from _month(firm, month, "in", total * 0.7, suppliers, random)


def _month(
    firm: StageFirm, month: int, side: str, total: float, partners: list[str], random: Random
) -> Iterator[tuple[Any, ...]]:
    """One month's invoices of one side; now and then a void or a red-letter one."""
    weights = [1 / (1 + rank) ** (1.1 - 0.6 * firm.health) for rank in range(len(partners))]
    count = random.randint(5, 12)
    for n in range(count):
        amount = round(total / count * random.uniform(0.5, 1.5) / 100) * 100
        day = date(month // 12, month % 12 + 1, random.randint(1, 28))
        partner = random.choices(partners, weights)[0]
        sign = -1 if random.random() < 0.01 else 1
        tax = amount * 13 // 100
        number = f"{month:05d}{firm.number:03d}{n:02d}{'0' if side == 'out' else '1'}"
        yield ("", side, number, partner, day, sign * amount, sign * tax, sign * (amount + tax), random.random() < 0.02)
