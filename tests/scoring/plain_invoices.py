"""The invoice facts worked out the slow and plain way, to hold the fast way against."""

from calendar import monthrange
from collections import defaultdict
from fractions import Fraction
from math import sqrt


def month_of(day):
    return day.year * 12 + day.month - 1


def plain_facts(rows, through=None):
    rows = [row for row in rows if through is None or row["day"] <= through]
    return [
        plain_firm(firm, [row for row in rows if row["firm"] == firm], through)
        for firm in sorted({row["firm"] for row in rows})
    ]


def plain_firm(firm, rows, through):
    distinct = [dict(pairs) for pairs in {tuple(row.items()) for row in rows}]
    valid = [row for row in distinct if not row["void"]]
    sales = [row for row in valid if row["side"] == "out"]
    found = {
        "firm": firm,
        "invoice_rows": len(distinct),
        "duplicate_rows": len(rows) - len(distinct),
        "void_rows": len(distinct) - len(valid),
        "unbalanced_rows": sum(abs(r["amount_fen"] + r["tax_fen"] - r["total_fen"]) > 1 for r in distinct),
        "void_share": 100 * (len(distinct) - len(valid)) / len(distinct),
        "negative_share": 100 * sum(r["amount_fen"] < 0 for r in sales) / len(sales) if sales else None,
    }
    return found | (plain_series(valid, through) if valid else NOTHING)


NOTHING = {
    **dict.fromkeys(
        ("history_months", "annual_sales", "annual_purchases", "active_months", "customers", "suppliers"), 0
    ),
    **dict.fromkeys(
        (
            "sales_growth",
            "sales_variation",
            "purchase_ratio",
            "longest_gap",
            "top_customer_share",
            "effective_customers",
            "top_supplier_share",
        )
    ),
}


def plain_series(valid, through):
    first = min(month_of(row["day"]) for row in valid)
    last_day = through or max(row["day"] for row in valid)
    whole = last_day.day == monthrange(last_day.year, last_day.month)[1]
    end = max(first, month_of(last_day) - (not whole))
    sold, bought = defaultdict(int), defaultdict(int)
    for row in valid:
        (sold if row["side"] == "out" else bought)[month_of(row["day"])] += row["amount_fen"]
    history = end - first + 1
    year = range(end - 11, end + 1)
    annual, before = sum(sold[m] for m in year), sum(sold[m - 12] for m in year)
    purchases = sum(bought[m] for m in year)
    window = range(max(first, end - 35), end + 1)
    return {
        "history_months": history,
        "annual_sales": annual,
        "annual_purchases": purchases,
        "active_months": sum(sold[m] > 0 for m in window),
        "sales_growth": 100 * (annual - before) / before if history > 24 and before > 0 else None,
        "purchase_ratio": 100 * purchases / annual if annual > 0 else None,
        "sales_variation": variation([sold[m] for m in range(max(first + 1, end - 23), end + 1)])
        if history >= 12
        else None,
        "longest_gap": max(map(len, "".join("x" if sold[m] > 0 else "." for m in window).split("x")))
        if history >= 12
        else None,
        **breadth([r for r in valid if month_of(r["day"]) in year]),
    }


def variation(amounts):
    mean = Fraction(sum(amounts), len(amounts))
    if mean <= 0:
        return None
    return 100 * sqrt(sum((amount - mean) ** 2 for amount in amounts) / len(amounts)) / float(mean)


def breadth(rows):
    nets = {"out": defaultdict(int), "in": defaultdict(int)}
    for row in rows:
        nets[row["side"]][row["counterparty"]] += row["amount_fen"]
    out, into = ([net for net in nets[side].values() if net > 0] for side in ("out", "in"))
    return {
        "customers": len(out),
        "suppliers": len(into),
        "top_customer_share": 100 * max(out) / sum(out) if out else None,
        "top_supplier_share": 100 * max(into) / sum(into) if into else None,
        "effective_customers": sum(out) ** 2 / sum(net * net for net in out) if out else None,
    }
