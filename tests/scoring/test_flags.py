import itertools
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.card import card
from scoring.dated import table as dated
from scoring.flags import Evidence, Flag, flags, raised, tenths, wan
from scoring.flags_across import ALIKE, alike, cycles
from scoring.invoices import COLUMNS, facts
from scoring.score import score
from tests.scoring.test_invoices import books, each_month, row, table

LAST = date(2025, 12, 31)
ON = date(2026, 6, 1)
BUYER, SELLER = "91330100MA2ABCDE1X", "91330100MA2ABCDE2Y"
REAL = next((at / "shared/data/cumcm2020c" for at in Path(__file__).parents if (at / "shared/data").exists()), None)


def steady(**more):
    """Two years of ten sales a month to ten customers, none of them round."""
    return [
        one
        for party in range(10)
        for one in each_month(date(2024, 1, 1), 24, 1_234_567, counterparty=f"B{party}", number=f"{party}", **more)
    ]


def codes(book, **more):
    return [flag.code for flag in flags(table(book), LAST, on=ON, **more)]


def only(book, code, **more):
    return next(flag for flag in flags(table(book), LAST, on=ON, **more) if flag.code == code)


def test_a_steady_firm_raises_nothing():
    assert codes(steady()) == []
    assert codes(steady(), declared={2025: 12 * 10 * 1_234_567, 2024: 0}) == []
    assert codes([]) == []


@pytest.mark.parametrize(("again", "raises"), [(9, False), (10, True)])
def test_doubles_count_from_ten_rows(again, raises):
    book = steady() + steady()[:again]
    assert ("doubles" in codes(book)) is raises


def test_a_few_doubles_in_a_large_book_are_no_sign():
    book = [one | {"number": f"{n}-{one['number']}"} for n in range(5) for one in steady()]
    assert codes(book + book[:11]) == []
    assert codes(book + book[:13]) == ["doubles"]


def test_doubles_tell_their_months_and_sum():
    flag = only(steady() + steady()[:12], "doubles")
    assert flag.facts == {"count": "12", "share": "4.8", "sum": "14.81"}
    assert {one.what for one in flag.evidence} <= {f"2024-{month:02d}" for month in range(1, 13)}
    assert flag.told() == "12 行与其他行完全相同（占 4.8%），涉及金额 14.81 万元；计算时各只计一次。"
    assert flag.told("en").startswith("12 rows equal another row in every column (4.8%)")


@pytest.mark.parametrize(("even", "raises"), [(216, True), (215, False)])
def test_round_sums_from_nine_in_ten(even, raises):
    book = [
        one | ({"total_fen": 1_000_000 * (1 + n % 9)} if n < even else {"total_fen": 1_234_567})
        for n, one in enumerate(steady())
    ]
    assert ("round_sums" in codes(book)) is raises


def test_round_sums_in_a_handful_of_invoices_are_no_sign():
    book = each_month(date(2023, 7, 1), 29, 5_000_000)
    assert "round_sums" not in codes(book)
    assert "round_sums" in codes(each_month(date(2023, 7, 1), 30, 5_000_000))


def test_a_party_on_both_sides_counts_where_its_code_names_it():
    def traded(party, bought):
        return steady() + [
            one | {"counterparty": party}
            for one in each_month(date(2025, 1, 1), 12, 9_999_999) + each_month(date(2025, 1, 1), 12, bought, side="in")
        ]

    flag = only(traded(BUYER, 3_000_000), "both_sides")
    sales = 12 * (10 * 1_234_567 + 9_999_999)
    assert flag.facts["share"] == tenths(36_000_000, sales)
    assert flag.evidence == (Evidence(BUYER, 24, 36_000_000),)
    assert codes(traded(BUYER, 1_000_000)) == []
    assert codes(traded("D00017", 3_000_000)) == []


def test_both_sides_with_net_returns_has_no_share():
    book = [row(date(2025, 5, 5), 100, counterparty=BUYER), row(date(2025, 5, 6), 100, counterparty=BUYER, side="in")]
    flag = only([*book, row(date(2025, 5, 7), -900, counterparty="B2")], "both_sides")
    assert flag.facts["share"] == "—"


@pytest.mark.parametrize(("stated", "raises"), [(100, False), (83, True), (84, False), (125, True), (124, False)])
def test_invoices_are_held_against_declared_revenue(stated, raises):
    invoiced = 12 * 10 * 1_234_567
    declared = {2025: invoiced * stated // 100, 2024: invoiced}
    assert ("declared_gap" in codes(steady(), declared=declared)) is raises


def test_a_year_half_covered_is_not_compared():
    book = [one for one in steady() if one["day"] >= date(2025, 2, 1)]
    assert codes(book, declared={2025: 1}) == []


def test_the_gap_names_the_year_and_its_largest_months():
    flag = only(steady(), "declared_gap", declared={2025: 10**8, 2024: 1, 2023: 5})
    assert flag.facts == {"year": "2025", "sum": "148.15", "declared": "100.00", "share": "48.1"}
    assert len(flag.evidence) == dated("flags", ON)["limits"]["evidence_rows"]


def spiking(times, season=1):
    """The last three months sell `times` the usual, the same months a year before `season` times."""
    factor = dict.fromkeys((10, 11, 12), times)
    return [
        one | {"amount_fen": one["amount_fen"] * (factor.get(one["day"].month, 1) if one["day"].year == 2025 else
                                                  season if one["day"].month in factor else 1)}
        for one in steady()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("times", "season", "raises"),
    [
        (3, 1, True),
        (2, 1, False),
        (4, 1, True),
        (6, 4, False),
        (9, 4, True),
    ],  # season: the year before includes its own peak
)
def test_a_spike_is_three_times_the_year_and_twice_the_season(times, season, raises):
    assert ("spike" in codes(spiking(times, season))) is raises


def test_a_young_firm_has_no_spike_and_no_new_customers():
    young = [one | {"counterparty": f"N{one['day'].month}"} for one in spiking(9) if one["day"] >= date(2024, 11, 1)]
    assert codes(young) == []


def test_a_spike_without_a_season_before_says_so():
    quiet = [one for one in spiking(9) if not (one["day"].year == 2024 and one["day"].month >= 10)]
    assert only(quiet, "spike").facts["season"] == "—"


def test_sales_after_a_year_of_nothing_are_no_spike():
    assert codes([*each_month(date(2024, 1, 1), 6), *each_month(date(2025, 10, 1), 3)]) == []


@pytest.mark.parametrize(("new", "raises"), [(15, True), (14, False)])
def test_new_customers_that_carry_most_of_a_quarter(new, raises):
    fresh = [
        one | {"counterparty": f"N{n}"}
        for n in range(new)
        for one in each_month(date(2025, 10, 1), 3, 1_234_567, number=f"n{n}")
    ]
    assert ("new_parties" in codes(steady() + fresh)) is raises


def test_new_customers_are_counted_and_named():
    fresh = each_month(date(2025, 10, 1), 3, 99_999_999, counterparty="N1", number="n")
    flag = only(steady() + fresh, "new_parties")
    assert flag.facts["count"] == "1" and flag.evidence == (Evidence("N1", 3, 299_999_997),)


def test_the_month_that_is_not_over_does_not_count():
    late = [row(date(2026, 1, 5), 10**12, counterparty="N1")]
    assert flags(table(steady() + late), date(2026, 1, 10), on=ON) == ()


@given(books)
def test_a_score_is_the_same_with_and_without_flags(book):
    rules = card("invoices", ON)
    before = score(rules, facts(table(book), LAST))
    for firm in {one["firm"] for one in book}:
        flags(table([one for one in book if one["firm"] == firm]), LAST, {2024: 1}, ON)
    assert score(rules, facts(table(book), LAST)).equals(before)
    assert not {item.fact for item in rules.item} & dated("flags", ON).keys()


@given(books, st.randoms())
def test_flags_do_not_depend_on_the_order_of_rows(book, random):
    own = [one for one in book if one["firm"] == "甲"]
    mixed = random.sample(own, len(own))
    assert flags(table(own), LAST, {2024: 10**9}, ON) == flags(table(mixed), LAST, {2024: 10**9}, ON)


def test_a_flag_comes_back_from_storage_word_for_word():
    flag = only(spiking(9), "spike")
    again = Flag.from_json(json.loads(json.dumps(flag.as_json())))
    assert again == flag and again.digest == flag.digest
    assert again.title() == "申请前开票突增" and again.title("en") == "Sales jump just before the application"
    assert again.ask() != again.ask("en")


def test_every_flag_of_the_table_can_be_said_in_both_languages():
    names = {
        "count",
        "share",
        "sum",
        "total",
        "expected",
        "year",
        "declared",
        "months",
        "times",
        "season",
        "says",
        "english",
    }
    rules = dated("flags", ON)
    entries = {code: entry for code, entry in rules.items() if isinstance(entry, dict) and code != "limits"}
    assert {f"same_{name}" for name in ALIKE} | {"cycle", "doubles"} <= entries.keys()
    for code, entry in entries.items():
        flag = raised(code, ON, (), **dict.fromkeys(names, "1"))
        assert entry["reason"] and entry["severity"] in {"notice", "warning"}
        for language in ("zh", "en"):
            assert flag.title(language) and flag.told(language) and flag.ask(language)


@pytest.mark.parametrize(
    ("fen", "said"), [(0, "0.00"), (4_999, "0.00"), (5_000, "0.01"), (-5_000, "-0.01"), (123_456_789_000, "123,456.79")]
)
def test_sums_in_words(fen, said):
    assert wan(fen) == said


SAID = {
    "a": {"phone": "0571-8888 1234", "address": "一号路 8 号 3 幢", "text": "采购一批原材料用于四季度订单的生产备货"},
    "b": {"phone": "05718888 1234", "address": "一号路8号3幢", "account": "6222 0000 1111"},
    "c": {"phone": "13800000000", "account": "622200001111", "text": "采购一批原材料，用于四季度订单的生产备货。"},
    "d": {"phone": "", "text": ""},
}


@pytest.mark.parametrize(
    ("firm", "found"),
    [
        ("a", {"same_phone": ["b"], "same_address": ["b"]}),
        ("b", {"same_phone": ["a"], "same_account": ["c"], "same_address": ["a"]}),
        ("c", {"same_account": ["b"]}),
        ("d", {}),
    ],
)
def test_what_firms_share_is_named(firm, found):
    told = alike(firm, SAID, ON)
    assert {flag.code: [one.what for one in flag.evidence] for flag in told} == found


def test_the_same_wording_counts_from_twenty_characters():
    long = "采购一批原材料，用于第四季度已签订单的生产备货和工资"
    said = {
        "a": {"text": long},
        "b": {"text": long + "。 "},
        "c": {"text": "补充流动资金"},
        "d": {"text": "补充流动资金"},
    }
    assert [flag.code for flag in alike("a", said, ON)] == ["same_text"]
    assert alike("c", said, ON) == ()


def edges(*pairs, fen=10**8):
    return pl.DataFrame(
        [(a, b, 2, fen + n) for n, (a, b) in enumerate(pairs)],
        {"firm": pl.String, "counterparty": pl.String, "count": pl.Int64, "amount_fen": pl.Int64},
        orient="row",
    )


def plain_rings(pairs, longest):
    """Every circle, by walking."""

    def walk(path):
        for a, b in pairs:
            if a == path[-1] and b == path[0] and len(path) > 1:
                yield tuple(path)
            elif a == path[-1] and b > path[0] and b not in path and len(path) < longest:
                yield from walk([*path, b])

    return {ring for start in {a for a, _ in pairs} for ring in walk([start])}


@given(st.sets(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=20))
def test_circles_equal_those_found_by_walking(pairs):
    limits = dated("flags", ON)
    found = cycles(edges(*sorted(pairs)), ON)
    rings = plain_rings({pair for pair in pairs if pair[0] != pair[1]}, limits["cycle"]["longest"])
    assert found.keys() == {firm for ring in rings for firm in ring}
    for firm, flag in found.items():
        own = [ring for ring in rings if firm in ring]
        assert len(flag.evidence) == min(len(own), limits["limits"]["evidence_rows"])
        for one in flag.evidence:
            path = one.what.split(" → ")
            assert path[0] == path[-1] == firm and all(pair in pairs for pair in itertools.pairwise(path))


def test_small_links_and_outsiders_make_no_circle():
    assert cycles(edges(("A", "B"), ("B", "A"), fen=100), ON) == {}
    assert cycles(edges(("A", "B"), ("B", "X")), ON) == {}
    flag = cycles(edges(("A", "B"), ("B", "A")), ON)["B"]
    assert flag.told() == "近12个月与 1 户本区企业形成循环开票，最小一环 100.00 万元。"
    assert flag.evidence == (Evidence("B → A → B", 4, 10**8),)


@pytest.mark.skipif(REAL is None, reason="the real invoices are not on this machine")
def test_flags_on_real_firms_leave_most_alone():
    read = [
        pl.read_parquet(REAL / f"a2_{name}发票信息.parquet").select(
            firm="企业代号", side=pl.lit(side), number=pl.col("发票号码").cast(pl.String),
            counterparty=pl.col(party).cast(pl.String), day="开票日期", amount_fen="金额_分", tax_fen="税额_分",
            total_fen="价税合计_分", void=~pl.col("有效"),
        )
        for name, side, party in (("进项", "in", "销方单位代号"), ("销项", "out", "购方单位代号"))
    ]  # fmt: skip
    firms = pl.concat(read).partition_by("firm")
    flagged = sum(bool(flags(frame.cast(COLUMNS), date(2020, 2, 21), on=ON)) for frame in firms)
    assert 0 < flagged < len(firms) // 2
