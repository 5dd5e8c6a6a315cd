"""The invoice facts worked out the slow and plain way, to hold the fast way against."""

from calendar import monthrange
from collections import defaultdict
from fractions import Fraction
from math import floor, sqrt


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
        (
            "history_months",
            "annual_sales",
            "annual_purchases",
            "average_sales",
            "typical_month",
            "active_months",
            "silent_months",
            "customers",
            "repeat_customers",
            "suppliers",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "sales_growth",
            "sales_variation",
            "purchase_ratio",
            "longest_gap",
            "steady_months",
            "top_customer_share",
            "effective_customers",
            "repeat_share",
            "top_supplier_share",
            "effective_suppliers",
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
        "average_sales": sum(sold[m] for m in window) * 12 // 36,
        "typical_month": floor(median_low_high([sold[m] for m in range(end - 35, end + 1)])),
        "active_months": sum(sold[m] > 0 for m in window),
        "silent_months": len("".join("x" if sold[m] > 0 else "." for m in window).split("x")[-1]),
        "sales_growth": 100 * (annual - before) / before if history > 24 and before > 0 else None,
        "purchase_ratio": 100 * purchases / annual if annual > 0 else None,
        "sales_variation": variation([sold[m] for m in range(max(first + 1, end - 23), end + 1)])
        if history >= 12
        else None,
        "longest_gap": max(map(len, "".join("x" if sold[m] > 0 else "." for m in window).split("x")))
        if history >= 12
        else None,
        "steady_months": steady([sold[m] for m in range(end - 23, end + 1)]) if history >= 12 else None,
        **breadth([r for r in valid if month_of(r["day"]) in year]),
    }


def median_low_high(amounts):
    """The middle of an even number of amounts, exactly."""
    low, high = sorted(amounts)[len(amounts) // 2 - 1 : len(amounts) // 2 + 1]
    return Fraction(low + high, 2)


def steady(amounts):
    half = Fraction(sum(amounts), 2 * len(amounts))
    return sum(amount >= half for amount in amounts) if half > 0 else 0


def variation(amounts):
    mean = Fraction(sum(amounts), len(amounts))
    if mean <= 0:
        return None
    return 100 * sqrt(sum((amount - mean) ** 2 for amount in amounts) / len(amounts)) / float(mean)


def breadth(rows):
    out, into = (nets_of([row for row in rows if row["side"] == side]) for side in ("out", "in"))
    bought = defaultdict(set)
    for row in rows:
        if row["side"] == "out" and row["amount_fen"] > 0:
            bought[row["counterparty"]].add(month_of(row["day"]))
    back = [net for party, net in out.items() if len(bought[party]) > 1]
    return {
        "customers": len(out),
        "suppliers": len(into),
        "top_customer_share": share(max, out),
        "top_supplier_share": share(max, into),
        "effective_customers": effective(out),
        "effective_suppliers": effective(into),
        "repeat_customers": len(back),
        "repeat_share": 100 * sum(back) / sum(out.values()) if out else None,
    }


def nets_of(rows):
    nets = defaultdict(int)
    for row in rows:
        nets[row["counterparty"]] += row["amount_fen"]
    return {party: net for party, net in nets.items() if net > 0}


def share(of, nets):
    return 100 * of(nets.values()) / sum(nets.values()) if nets else None


def effective(nets):
    return sum(nets.values()) ** 2 / sum(net * net for net in nets.values()) if nets else None
