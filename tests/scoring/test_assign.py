import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from scoring.assign import best_total, blocking, difference, stable
from scoring.market import LIMITS, PAIRS, TURNS, Market, NotAMarket
from tests.scoring.markets import Plain, markets


def chosen(assignment):
    return set(assignment.pairs.select("need", "bank").iter_rows())


@settings(max_examples=200)
@given(markets(needs=7))
def test_the_stable_assignment_is_that_of_needs_asking_one_at_a_time(market):
    found, plain = stable(*market), Plain(*market)
    assert chosen(found) == plain.deferred()
    assert plain.allowed(chosen(found))
    assert plain.blocking(chosen(found)) == set()
    assert found.blocking == 0


@settings(max_examples=60)
@given(markets(needs=4, each=1))
def test_no_need_could_do_better_in_another_stable_assignment(market):
    plain, own = Plain(*market), chosen(stable(*market))
    for other in plain.every():
        if not plain.blocking(other):
            for need, wished in plain.wishes.items():
                mine, theirs = (plain.of(some, need) for some in (own, other))
                assert not theirs or (mine and wished.index(mine[0]) <= wished.index(theirs[0]))


@settings(max_examples=100)
@given(markets(needs=4))
def test_no_assignment_within_the_limits_is_worth_more_than_the_best_total(market):
    found, plain = best_total(*market), Plain(*market)
    assert plain.allowed(chosen(found))
    assert found.worth == plain.worth(chosen(found)) == max(map(plain.worth, plain.every()))
    assert found.bound == found.worth
    assert found.gap == 0


@settings(max_examples=100)
@given(markets(needs=4), st.randoms())
def test_blocking_pairs_of_any_assignment_are_counted_as_by_hand(market, random):
    plain, packed = Plain(*market), Market.of(*market)
    some = random.choice(list(plain.every()))
    names = [(packed.needs[int(n)], packed.banks[int(b)]) for n, b in zip(packed.need, packed.bank, strict=True)]
    places = np.array([place for place, name in enumerate(names) if name in some], dtype=np.int64)
    assert {names[place] for place in blocking(packed, places)} == plain.blocking(some)


@settings(max_examples=60)
@given(markets(needs=3))
def test_of_equal_totals_the_one_with_most_pairs_of_the_stable_assignment_is_given(market):
    plain, first, second = Plain(*market), chosen(stable(*market)), chosen(best_total(*market))
    best = plain.worth(second)
    assert len(first & second) == max(len(first & other) for other in plain.every() if plain.worth(other) == best)


def random_market(seed, needs=400, banks=12, amounts=False):
    """More needs than places, few different points: many ties, and prices that have to rise together."""
    chance = np.random.default_rng(seed)
    rows = [
        {
            "need": f"n{need}",
            "bank": f"b{bank}",
            "rank": rank,
            "points": int(chance.choice([0, 10, 15, 25, 30, 55, 80, 100])),
        }
        for need in range(needs)
        for rank, bank in enumerate(chance.permutation(banks)[: chance.integers(0, 7)], 1)
    ]
    turns = chance.permutation(needs)
    return (
        pl.DataFrame(rows, schema=dict(PAIRS)),
        pl.DataFrame(
            {"need": [f"n{n}" for n in range(needs)], "amount_fen": chance.integers(1, 50, needs), "turn": turns},
            schema=dict(TURNS),
        ),
        pl.DataFrame(
            {
                "bank": [f"b{n}" for n in range(banks)],
                "most_fen": chance.integers(100, 900, banks) if amounts else [None] * banks,
                "most": chance.integers(0, 2 * needs // banks, banks),
            },
            schema=dict(LIMITS),
        ),
    )


def optimum(pairs, needs, banks, each):
    """What a linear programme says; its vertices are whole where banks limit numbers only."""
    rows = {
        name: {key: place for place, key in enumerate(table[name])}
        for name, table in (("need", needs), ("bank", banks))
    }
    matrix = np.zeros((len(needs) + len(banks), len(pairs)))
    for place, pair in enumerate(pairs.to_dicts()):
        matrix[rows["need"][pair["need"]], place] = matrix[len(needs) + rows["bank"][pair["bank"]], place] = 1
    limits = [each] * len(needs) + banks["most"].to_list()
    return round(-linprog(-(pairs["points"].to_numpy() + 1.0), A_ub=matrix, b_ub=limits, bounds=(0, 1)).fun)


@pytest.mark.parametrize("each", [1, 2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_the_best_total_is_the_optimum_of_a_linear_programme(seed, each):
    market = random_market(seed, needs=150 + 40 * seed, banks=4 + 2 * seed)
    found = best_total(*market, each)
    assert found.worth == found.bound == optimum(*market, each)
    assert Plain(*market, each).allowed(chosen(found))
    assert found.worth >= stable(*market, each).worth


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_prices_and_flow_agree_on_the_worth(seed, each):
    found = best_total(*random_market(seed, needs=40, banks=5), each)
    assert found.worth == found.bound


def test_where_amounts_are_limited_the_search_stays_within_them_and_tells_its_gap():
    market = random_market(5, needs=60, banks=5, amounts=True)
    found = best_total(*market, 2)
    assert Plain(*market, 2).allowed(chosen(found))
    assert stable(*market, 2).worth <= found.worth <= found.bound
    assert 0 <= found.gap < 0.05


@pytest.mark.parametrize("amounts", [False, True])
@pytest.mark.parametrize("solve", [stable, best_total])
def test_the_order_of_rows_counts_for_nothing(solve, amounts):
    market = random_market(3, needs=60, banks=5, amounts=amounts)
    shuffled = [table.sample(fraction=1, shuffle=True, seed=9) for table in market]
    assert solve(*shuffled, 2).pairs.equals(solve(*market, 2).pairs)


def small(points, most=1):
    needs = sorted({need for need, _ in points})
    rank = {}
    rows = []
    for (need, bank), mark in points.items():
        rank[need] = rank.get(need, 0) + 1
        rows.append({"need": need, "bank": bank, "rank": rank[need], "points": mark})
    banks = sorted({bank for _, bank in points})
    return (
        pl.DataFrame(rows, schema=dict(PAIRS)),
        pl.DataFrame([{"need": n, "amount_fen": 100, "turn": t} for t, n in enumerate(needs)], schema=dict(TURNS)),
        pl.DataFrame([{"bank": b, "most_fen": None, "most": most} for b in banks], schema=dict(LIMITS)),
    )


def test_the_best_total_passes_a_bank_s_first_choice_on_where_two_are_better_served():
    pairs, needs, banks = small({("甲", "工行"): 50, ("甲", "农行"): 45, ("乙", "工行"): 40})
    first, second = stable(pairs, needs, banks), best_total(pairs, needs, banks)
    assert chosen(first) == {("甲", "工行")}
    assert chosen(second) == {("甲", "农行"), ("乙", "工行")}
    assert (first.points, first.blocking, second.points, second.blocking) == (50, 0, 85, 1)
    found = difference(needs, banks, first, second)
    assert found.needs.rows() == [("乙", 0, 40, 40), ("甲", 50, 45, -5)]
    assert found.banks.select("bank", "stable", "total", "change").rows() == [
        ("农行", 0, 45, 45),
        ("工行", 50, 40, -10),
    ]
    assert found.banks.select("stable_needs", "total_needs", "stable_fen", "total_fen").rows() == [
        (0, 1, 0, 100),
        (1, 1, 100, 100),
    ]


def test_of_equal_needs_the_one_that_has_waited_longest_is_served():
    pairs, needs, banks = small({("乙", "工行"): 40, ("甲", "工行"): 40})
    needs = needs.with_columns(turn=pl.when(pl.col("need") == "甲").then(1).otherwise(2))
    assert chosen(stable(pairs, needs, banks)) == {("甲", "工行")}


def test_nobody_behind_an_amount_that_does_not_fit_is_served_before_it():
    pairs, needs, banks = small({("甲", "工行"): 50, ("乙", "工行"): 40, ("丙", "工行"): 30}, most=9)
    needs = needs.with_columns(amount_fen=pl.Series([60, 10, 50]))  # 丙 10? keys sort 丙, 乙, 甲
    banks = banks.with_columns(most_fen=pl.Series([60]))
    amounts = dict(zip(needs["need"], needs["amount_fen"], strict=True))
    assert amounts == {"丙": 60, "乙": 10, "甲": 50}
    assert chosen(stable(pairs, needs, banks)) == {("甲", "工行"), ("乙", "工行")}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p, n, b: (pl.concat([p, p]), n, b), "pair_repeated"),
        (lambda p, n, b: (p.with_columns(points=pl.lit(-1)), n, b), "points_out_of_range"),
        (lambda p, n, b: (p.with_columns(points=pl.lit(10_001)), n, b), "points_out_of_range"),
        (lambda p, n, b: (p, n.head(1), b), "key_unknown"),
        (lambda p, n, b: (p, n, pl.concat([b, b])), "key_repeated"),
    ],
)
def test_tables_that_do_not_fit_together_make_no_market(change, code):
    tables = change(*small({("甲", "工行"): 50, ("乙", "工行"): 40}))
    with pytest.raises(NotAMarket) as refused:
        stable(*tables)
    assert refused.value.code == code


@pytest.mark.parametrize("solve", [stable, best_total])
def test_without_pairs_nobody_is_assigned(solve):
    pairs, needs, banks = small({("甲", "工行"): 50})
    found = solve(pairs.head(0), needs, banks)
    assert (found.pairs.height, found.points, found.blocking) == (0, 0, 0)
