"""Learned cards on invented firms: they find what is there, keep their signs, and say plainly when nothing is."""

import tomllib
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from scoring.card import read
from scoring.facts import FACTS, Fact, Kind, Source
from scoring.fit import Trait, fit, folds, learn, shared, total
from scoring.fit_bins import BINS, MISSING, Cuts, between, cut
from scoring.fit_card import bounds, card_text
from scoring.fit_steps import climb
from scoring.judge import JudgeFault
from scoring.score import sheet

DAY = date(2026, 11, 27)


def own(place, better=None):
    return Fact(f"own_{place}", f"指标“{place}”", f"column {place}", Kind.NUMBER, "", Source.DOCUMENT, better=better)


def traits(columns, better=None):
    return [Trait(own(at), column, better) for at, column in enumerate(columns.T)]


def made(firms, columns=8, *, weights=(1.5, 1.0), rate=0.1, seed=0):
    """Firms whose first columns lower their risk; the others are noise."""
    chance = np.random.default_rng(seed)
    values = chance.normal(size=(firms, columns))
    risk = -values[:, : len(weights)] @ np.array(weights) + chance.logistic(size=firms)
    return values, risk > np.quantile(risk, 1 - rate)


def test_what_is_there_is_found_and_holds_for_firms_not_seen():
    values, bad = made(4_000)
    found = fit(traits(values[:2_000]), bad[:2_000])
    fresh = total(found.scales, list(values[2_000:].T), 2_000)
    truth = roc_auc_score(~bad[2_000:], values[2_000:] @ np.array([1.5, 1, *[0] * 6]))
    assert roc_auc_score(~bad[2_000:], fresh) > truth - 0.03
    assert found.measure.low < roc_auc_score(~bad[2_000:], fresh) < found.measure.high
    assert {scale.column for scale in found.scales[:2]} == {0, 1}
    assert sum(scale.points[0] for scale in found.scales) == 100


def test_the_same_firms_give_the_same_card_in_any_unit():
    values, bad = made(600, rate=0.2)
    first = fit(traits(values), bad)
    again = fit(traits(np.exp(values) * 1e6), bad)
    assert [(scale.column, scale.points) for scale in first.scales] == [(s.column, s.points) for s in again.scales]
    assert fit(traits(values), bad).unseen.tolist() == first.unseen.tolist()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("better", ["higher", "lower", None])
def test_no_card_goes_against_a_sign(seed, better):
    values, bad = made(300, weights=(1, -1, 0.5), rate=0.25, seed=seed)
    for scale in learn(traits(values, better), bad, 12, 100):
        assert better in {None, scale.cuts.better}
        assert list(scale.points) == sorted(scale.points, reverse=True)
        assert scale.points[-1] == 0
        assert 0 <= scale.missing <= scale.points[0]


@pytest.mark.parametrize("seed", range(6))
def test_noise_gives_no_card_but_a_plain_sentence(seed):
    chance = np.random.default_rng(100 + seed)
    bad = np.arange(200) < 40
    with pytest.raises(JudgeFault, match="没有学到可用的规律") as fault:
        fit(traits(chance.normal(size=(200, 10))), bad, seed=seed)
    assert fault.value.code == "nothing_learned"


EDGES = {
    "14 of 61": lambda: made(61, 15, weights=(3, 2), rate=14 / 61),
    "rare": lambda: made(4_000, rate=0.02),
    "perfectly apart": lambda: (made(500)[0], made(500)[0][:, 0] < -1),
    "whole numbers": lambda: (np.round(made(500)[0]), made(500, rate=0.2)[1]),
    "one column": lambda: (made(300)[0][:, :1], made(300, rate=0.2)[1]),
    "half missing": lambda: (np.where(np.random.default_rng(1).random((800, 8)) < 0.5, np.nan, made(800)[0]), made(800, rate=0.3)[1]),
    "columns of nothing": lambda: (np.column_stack([made(400)[0], np.ones(400), np.full((400, 2), np.nan), np.full(400, np.inf)]), made(400, rate=0.2)[1]),
    "huge and tiny": lambda: (made(400)[0] * np.logspace(-12, 12, 8), made(400, rate=0.2)[1]),
    "many firms": lambda: made(100_000, 4),
}  # fmt: skip


@pytest.mark.parametrize("firms", EDGES.values(), ids=EDGES)
def test_whatever_is_learned_is_an_ordinary_card_that_scores_alike(firms):
    values, bad = firms()
    found = fit(traits(values), bad)
    card = read(card_text(found, DAY).encode(), "learned")
    assert card.full_marks == 100
    names = [trait.fact.name for trait in found.traits]
    places = {name: int(name.removeprefix("own_")) for name in names}
    points = total(found.scales, [trait.values for trait in found.traits], len(bad))
    for firm in range(0, len(bad), max(1, len(bad) // 200)):
        facts = {name: None if np.isnan(cell := values[firm, place]) else float(cell) for name, place in places.items()}
        assert sheet(card, facts).total == points[firm]


def test_few_failures_earn_few_items():
    values, bad = made(61, 15, weights=(3, 2), rate=14 / 61)
    assert len(fit(traits(values), bad).scales) <= 4
    assert len(fit(traits(made(600)[0]), made(600)[1], items=2).scales) <= 2


@pytest.mark.parametrize("bad", [np.arange(100) < 4, np.arange(100) < 97, np.zeros(0, bool)])
def test_too_few_of_either_kind_teach_nothing(bad):
    with pytest.raises(JudgeFault) as fault:
        fit(traits(np.random.default_rng(0).normal(size=(len(bad), 3))), bad)
    assert fault.value.code == "too_few_outcomes"


@pytest.mark.parametrize("columns", [np.ones((100, 2)), np.full((100, 2), np.nan), np.ones((100, 0))])
def test_columns_without_content_teach_nothing(columns):
    with pytest.raises(JudgeFault) as fault:
        fit(traits(columns), np.arange(100) < 30)
    assert fault.value.code == "nothing_learned"


@pytest.mark.parametrize(("rate", "least", "most"), [(0.01, 0.6, 1), (0.9, 0, 0.1)])
def test_a_missing_value_earns_what_missing_firms_deserve(rate, least, most):
    chance = np.random.default_rng(4)
    values = chance.normal(size=(3_000, 1))
    gone = chance.random(3_000) < 0.3
    bad = np.where(gone, chance.random(3_000) < rate, chance.random(3_000) < 1 / (1 + np.exp(1 + 2 * values[:, 0])))
    (scale,) = learn(traits(np.where(gone[:, None], np.nan, values), "higher"), bad.astype(bool), 12, 100)
    assert least <= scale.missing / scale.points[0] <= most


def test_a_value_never_seen_missing_earns_nothing_when_it_is():
    values, bad = made(600, rate=0.2)
    assert {scale.missing for scale in fit(traits(values), bad).scales} == {0}


@given(st.floats(-1e15, 1e15), st.floats(1e-12, 1e6), st.sampled_from(["higher", "lower"]))
def test_an_edge_parts_two_neighbours_and_is_round(low, gap, better):
    high = low + gap
    if not low < high:
        return
    edge = between(low, high, better)
    assert (low < float(edge) <= high) if better == "higher" else (low <= float(edge) < high)
    assert isinstance(edge, Decimal)


@pytest.mark.parametrize(
    ("low", "high", "better", "edge"),
    [
        (0.1234, 0.1301, "higher", "0.13"),
        (0.1234, 0.1301, "lower", "0.13"),
        (3, 4, "higher", "4"),
        (3, 4, "lower", "3"),
        (-0.2, 0.3, "higher", "0"),
        (1234, 2345, "higher", "2000"),
        (12_345_678, 12_345_679, "lower", "12345678"),
        (1e-9, 2e-9, "higher", "0.000000002"),
    ],
)
def test_edges_a_person_would_write(low, high, better, edge):
    assert between(low, high, better) == Decimal(edge)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.integers(-3, 3), st.floats(-10, 10), st.just(float("nan"))), min_size=12, max_size=80))
def test_codes_rank_every_value_from_best_to_worst(values):
    column = np.array(values, float)
    bad = np.arange(len(column)) % 3 == 0
    for better in ("higher", "lower"):
        cuts = cut(column, bad, better)
        codes = cuts.codes(column)
        known = np.isfinite(column)
        assert set(codes[~known]) <= {MISSING}
        assert cuts.bins <= BINS
        for one in np.flatnonzero(known):
            for other in np.flatnonzero(known):
                if (column[one] > column[other]) if better == "higher" else (column[one] < column[other]):
                    assert codes[one] <= codes[other]


def test_a_sign_the_outcomes_cannot_show_is_higher():
    assert cut(np.array([1.0, 2.0]), np.array([False, False]), None) == Cuts((Decimal(2),), "higher")


def test_stairs_of_a_column_that_explains_nothing_stay_flat():
    seen = np.zeros((100, 1), int)
    assert not climb(seen, np.arange(100) < 30).risk.any()


@given(st.lists(st.floats(0, 100), min_size=1, max_size=15), st.integers(1, 500))
def test_parts_are_whole_and_add_up(weights, whole):
    parts = shared(weights, whole)
    assert sum(parts) == (whole if sum(weights) > 0 else 0)
    if sum(weights) > 0:
        assert all(
            abs(part - weight * whole / sum(weights)) < 1 + 1e-9 for part, weight in zip(parts, weights, strict=True)
        )


@given(st.lists(st.booleans(), min_size=5, max_size=200), st.integers(0, 9))
def test_folds_hold_every_firm_once_and_share_failures_evenly(flags, seed):
    bad = np.array(flags)
    parts = folds(bad, seed)
    assert np.sum(parts, axis=0).tolist() == [1] * len(bad)
    failed = [int(bad[part].sum()) for part in parts]
    assert max(failed) - min(failed) <= 1


def test_grades_fall_with_their_default_rates_seen_out_of_fold():
    values, bad = made(1_500, rate=0.15)
    found = fit(traits(values), bad)
    grades = bounds(found.unseen, found)
    rates = [group.rate for _, group in grades]
    assert rates == sorted(rates)
    assert len(set(rates)) == len(rates) > 2
    assert sum(group.firms for _, group in grades) == len(bad)
    lows = [low for low, _ in grades]
    assert lows == sorted(lows, reverse=True)
    assert lows[-1] == 0


def test_a_card_of_registered_facts_keeps_their_words_units_and_choices():
    chance = np.random.default_rng(8)
    sales, grade, flag = (
        chance.lognormal(20, 1, 900).round(),
        chance.integers(0, 5, 900).astype(float),
        chance.random(900) < 0.5,
    )
    risk = -np.log(sales) + 0.8 * grade - 1.0 * flag + chance.logistic(size=900)
    bad = risk > np.quantile(risk, 0.8)
    found = fit(
        [
            Trait(FACTS["annual_sales"], sales, "higher"),
            Trait(FACTS["tax_grade"], grade, "lower"),
            Trait(FACTS["secure_premises"], flag.astype(float), "higher"),
        ],
        bad,
    )
    text = card_text(found, DAY)
    card = read(text.encode(), "learned")
    assert "fact" not in tomllib.loads(text)
    assert {item.fact for item in card.item} == {"annual_sales", "tax_grade", "secure_premises"}
    assert {block.key for block in card.block} == {"document", "registry", "site"}
    points = total(found.scales, [trait.values for trait in found.traits], 900)
    for firm in range(0, 900, 7):
        facts = {
            "annual_sales": int(sales[firm]),
            "tax_grade": "ABMCD"[int(grade[firm])],
            "secure_premises": bool(flag[firm]),
        }
        assert sheet(card, facts).total == points[firm]


def test_every_item_says_what_it_measures_which_way_and_what_its_bands_saw():
    values, bad = made(900, rate=0.2)
    values[:100, 0] = np.nan
    found = fit(traits(values), bad)
    text = card_text(found, DAY)
    first = text[text.index("# 指标") :]
    assert "越高越好" in first
    assert "单独使用 AUC" in first
    assert text.count("[[item]]") == text.count("[[fact]]") == len(found.scales)
    assert f"{len(bad)} 家企业（其中 {bad.sum()} 家违约）" in text
    assert "：100 家，违约" in text  # the firms without the value
