from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.industries import covers
from scoring.match import ColumnsMissing, match, rejections
from scoring.match_rules import GRADES, NEEDS, PRODUCTS
from scoring.match_words import FIRM_REASONS, LIMITS, REASONS, WORDS

MARKS = {
    "sector_sought": 25,
    "purpose_sought": 15,
    "size_sought": 10,
    "grade_above": 10,
    "guaranteed": 10,
    "rate_within_wish": 20,
    "quick_answer": 10,
}
DAYS = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2)]
SECTORS = ["C", "30", "307", "3071", "51", "A", "73"]


def few(values):
    return st.lists(st.sampled_from(values), max_size=2, unique=True)


needs = st.fixed_dictionaries(
    {
        "amount_fen": st.none() | st.integers(1, 6),
        "months": st.integers(1, 4),
        "sector": st.sampled_from([None, "3071", "3072", "5111", "0111", "9999"]),
        "size": st.sampled_from([None, "small", "micro", "undetermined"]),
        "grade": st.sampled_from([None, "C", "BBB", "AAA"]),
        "guaranteed": st.sampled_from([None, True, False]),
        "purpose": st.sampled_from([None, "stock", "wages"]),
        "rate_wish_ppm": st.none() | st.integers(1, 4),
        "day": st.sampled_from(DAYS),
    }
)
products = st.fixed_dictionaries(
    {
        "bank": st.sampled_from(["工", "农", "中"]),
        "least_fen": st.none() | st.integers(1, 3),
        "most_fen": st.none() | st.integers(2, 6),
        "least_months": st.none() | st.integers(1, 2),
        "most_months": st.none() | st.integers(2, 4),
        "sectors": few(SECTORS),
        "no_go": few(SECTORS),
        "sizes": few(["small", "micro"]),
        "lowest_grade": st.none() | st.sampled_from(["C", "BBB", "AA"]),
        "guarantee_required": st.booleans(),
        "purposes": few(["stock", "wages"]),
        "valid_from": st.none() | st.sampled_from(DAYS),
        "valid_until": st.none() | st.sampled_from(DAYS),
        "rate_ppm": st.none() | st.integers(1, 4),
        "answer_days": st.none() | st.integers(4, 6),
    }
)


def frame(rows, schema, key):
    return pl.DataFrame([row | {key: f"{key}{place}"} for place, row in enumerate(rows)], schema=dict(schema))


def within(own, codes):
    return own not in {None, "9999"} and any(covers(code, own) for code in codes)


def plain_limits(n, p):
    known = n["sector"] not in {None, "9999"}
    low, high = p["least_fen"] or 0, p["most_fen"] or 10**15
    broken = {
        "amount": n["amount_fen"] is None or not low <= n["amount_fen"] <= high,
        "months": not (p["least_months"] or 0) <= n["months"] <= (p["most_months"] or 999),
        "sector": bool(p["sectors"]) and not within(n["sector"], p["sectors"]),
        "no_go": bool(p["no_go"]) and (not known or within(n["sector"], p["no_go"])),
        "size": bool(p["sizes"]) and n["size"] not in p["sizes"],
        "grade": p["lowest_grade"] is not None
        and (n["grade"] is None or GRADES.index(n["grade"]) < GRADES.index(p["lowest_grade"])),
        "guarantee": p["guarantee_required"] and not n["guaranteed"],
        "purpose": bool(p["purposes"]) and n["purpose"] not in p["purposes"],
        "validity": n["day"] < (p["valid_from"] or n["day"]) or n["day"] > (p["valid_until"] or n["day"]),
    }
    return [code for code in LIMITS if broken[code]]


def plain_reasons(n, p):
    fits = {
        "sector_sought": within(n["sector"], p["sectors"]),
        "purpose_sought": n["purpose"] in p["purposes"],
        "size_sought": n["size"] in p["sizes"],
        "grade_above": None not in {n["grade"], p["lowest_grade"]}
        and GRADES.index(n["grade"]) > GRADES.index(p["lowest_grade"]),
        "guaranteed": bool(n["guaranteed"]) and not p["guarantee_required"],
        "rate_within_wish": None not in {n["rate_wish_ppm"], p["rate_ppm"]} and p["rate_ppm"] <= n["rate_wish_ppm"],
        "quick_answer": p["answer_days"] is not None and p["answer_days"] <= 5,
    }
    return [code for code in REASONS if fits[code]]


def plain_match(wanted, shelf, top):
    for place, n in enumerate(wanted):
        best = {}
        for number, p in enumerate(shelf):
            if plain_limits(n, p):
                continue
            points = sum(MARKS[code] for code in plain_reasons(n, p))
            last = 10**9
            order = (
                -points,
                last if p["rate_ppm"] is None else p["rate_ppm"],
                last if p["answer_days"] is None else p["answer_days"],
                f"product{number}",
            )
            best[p["bank"]] = min(best.get(p["bank"], (order, p, points)), (order, p, points), key=lambda each: each[0])
        for rank, (order, p, points) in enumerate(sorted(best.values(), key=lambda each: each[0])[:top], 1):
            reasons = plain_reasons(n, p)
            yield {
                "need": f"need{place}",
                "rank": rank,
                "product": order[3],
                "bank": p["bank"],
                "points": points,
                "firm_reasons": [code for code in reasons if code in FIRM_REASONS],
                "bank_reasons": [code for code in reasons if code not in FIRM_REASONS],
            }


@settings(max_examples=200)
@given(st.lists(needs, max_size=5), st.lists(products, max_size=8), st.integers(1, 3))
def test_the_ranking_equals_the_one_worked_out_pair_by_pair(wanted, shelf, top):
    found = match(frame(wanted, NEEDS, "need"), frame(shelf, PRODUCTS, "product"), top)
    assert found.to_dicts() == list(plain_match(wanted, shelf, top))


@given(needs, st.lists(products, max_size=8))
def test_a_product_is_either_open_or_told_why_not(need, shelf):
    told = rejections(need | {"need": "need0"}, frame(shelf, PRODUCTS, "product"))
    wanted = {f"product{n}": limits for n, p in enumerate(shelf) if (limits := plain_limits(need, p))}
    assert dict(zip(told["product"], told["limits"].to_list(), strict=True)) == wanted


def test_many_needs_go_through_in_blocks_as_one_by_one():
    shelf = frame(SHELF, PRODUCTS, "product")
    wanted = frame([NEED | {"amount_fen": 1 + n % 7, "months": 1 + n % 5} for n in range(5_000)], NEEDS, "need")
    together = match(wanted, shelf)
    for place in (0, 2_047, 2_048, 4_999):
        assert match(wanted[place], shelf).equals(together.filter(pl.col("need") == f"need{place}"))


NEED = {
    "amount_fen": 3,
    "months": 2,
    "sector": "3071",
    "size": "small",
    "grade": "A",
    "guaranteed": True,
    "purpose": "stock",
    "rate_wish_ppm": 4,
    "day": DAYS[1],
}
OPEN = dict.fromkeys(PRODUCTS) | {"sectors": [], "no_go": [], "sizes": [], "purposes": [], "guarantee_required": False}
SHELF = [
    OPEN | {"bank": "工", "rate_ppm": 3, "most_fen": 5},
    OPEN | {"bank": "农", "rate_ppm": 3, "sectors": ["C"], "most_months": 3},
    OPEN | {"bank": "中", "rate_ppm": 2, "lowest_grade": "BBB", "least_fen": 2},
]


def test_what_a_bank_names_counts_for_the_bank_and_a_low_rate_for_the_firm():
    found = match(frame([NEED], NEEDS, "need"), frame(SHELF, PRODUCTS, "product"))
    assert found["bank"].to_list() == ["农", "中", "工"]
    assert found["points"].to_list() == [55, 40, 30]
    assert found["bank_reasons"].to_list() == [
        ["sector_sought", "guaranteed"],
        ["grade_above", "guaranteed"],
        ["guaranteed"],
    ]
    assert found["firm_reasons"].to_list() == [["rate_within_wish"]] * 3


def test_every_code_has_words_in_both_languages():
    assert WORDS.keys() == LIMITS.keys() | REASONS.keys()
    assert MARKS.keys() == REASONS.keys()
    assert sum(MARKS.values()) == 100
    assert all(not zh.isascii() and en.isascii() for zh, en in WORDS.values())


def test_a_table_without_a_column_is_refused_by_name():
    with pytest.raises(ColumnsMissing, match="no_go"):
        match(frame([NEED], NEEDS, "need"), frame(SHELF, PRODUCTS, "product").drop("no_go"))
