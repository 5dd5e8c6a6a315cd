from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.card import card
from scoring.facts import FACTS
from scoring.invoices import CELLS, COLUMNS, TooLarge, facts, monthly, partners
from scoring.score import score
from tests.scoring.plain_invoices import month_of, plain_facts

SHARED = next(
    (found for at in Path(__file__).parents if (found := at / "shared/data/cumcm2020c").exists()), Path("absent")
)
START = date(2022, 1, 20)

rows = st.fixed_dictionaries(
    {
        "firm": st.sampled_from(["甲", "乙", "丙"]),
        "side": st.sampled_from(["out", "in"]),
        "number": st.sampled_from(["0001", "1"]),
        "counterparty": st.sampled_from("ABCD"),
        "day": st.integers(0, 1500).map(lambda days: START + timedelta(days))
        | st.sampled_from([date(2023, 1, 31), date(2024, 2, 29), date(2024, 12, 31)]),
        "amount_fen": st.integers(-50_000, 10**13),
        "tax_fen": st.integers(-3, 3),
        "total_fen": st.integers(-3, 3),
        "void": st.booleans() | st.just(value=False),
    }
).map(lambda row: row | {"total_fen": row["amount_fen"] + row["total_fen"]})
books = st.tuples(st.lists(rows, max_size=60), st.integers(0, 5)).map(lambda book: book[0] + book[0][: book[1]])


def table(book):
    return pl.DataFrame(book, schema=COLUMNS)


def row(day, amount=10_000, *, firm="甲", side="out", counterparty="A", number="1", void=False):
    return {
        "firm": firm,
        "side": side,
        "number": number,
        "counterparty": counterparty,
        "day": day,
        "amount_fen": amount,
        "tax_fen": 0,
        "total_fen": amount,
        "void": void,
    }


def each_month(first, months, amount=10_000, **more):
    return [row(date((m := month_of(first) + n) // 12, m % 12 + 1, 28), amount, **more) for n in range(months)]


def alike(found, wanted):
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        if isinstance(value, float):
            assert found[name] == pytest.approx(value, rel=1e-9, abs=1e-9), name
        else:
            assert found[name] == value, name


@settings(max_examples=150)
@given(books, st.none() | st.integers(0, 1600).map(lambda days: START + timedelta(days)))
def test_the_facts_equal_those_worked_out_the_plain_way(book, through):
    found = facts(table(book), through).to_dicts()
    wanted = plain_facts(book, through)
    assert [firm["firm"] for firm in found] == [firm["firm"] for firm in wanted]
    for one, other in zip(found, wanted, strict=True):
        alike(one, other)


@given(books, st.randoms())
def test_neither_the_order_of_rows_nor_company_changes_a_firm(book, random):
    mixed = random.sample(book, len(book))
    assert facts(table(mixed)).equals(facts(table(book)))
    alone = [row for row in book if row["firm"] == "甲"]
    assert facts(table(alone)).equals(facts(table(book)).filter(pl.col("firm") == "甲"))


@given(books)
def test_months_and_partners_tie_to_the_rows(book):
    distinct = [dict(pairs) for pairs in {tuple(row.items()) for row in book}]
    valid = [row for row in distinct if not row["void"]]
    months = monthly(table(book))
    for side, column in (("out", "sales_fen"), ("in", "purchases_fen")):
        assert months[column].sum() == sum(row["amount_fen"] for row in valid if row["side"] == side)
    for firm in months["firm"].unique():
        days = months.filter(pl.col("firm") == firm)["month"].to_list()
        assert [month_of(day) for day in days] == list(range(month_of(days[0]), month_of(days[-1]) + 1))
        assert days[0].day == 1
    top = partners(table(book), top=2)
    assert top["rank"].is_in([1, 2]).all()
    assert (top["amount_fen"] > 0).all()
    first = top.filter((pl.col("side") == "out") & (pl.col("rank") == 1)).select("firm", top_customer_share="share")
    known = facts(table(book)).select("firm", "top_customer_share").drop_nulls()
    assert first.sort("firm").equals(known)


@given(books, st.integers(0, 1600).map(lambda days: START + timedelta(days)))
def test_the_last_twelve_months_of_a_covered_export_are_the_annual_facts(book, through):
    months = monthly(table(book), through)
    for known in facts(table(book), through).to_dicts():
        year = months.filter(pl.col("firm") == known["firm"]).tail(12)
        assert (year["sales_fen"].sum(), year["purchases_fen"].sum()) == (
            known["annual_sales"],
            known["annual_purchases"],
        )


@given(books)
def test_every_fact_is_registered_and_fits_the_card(book):
    found = facts(table(book))
    assert set(found.columns) - {"firm"} <= FACTS.keys()
    assert score(card("invoices", date(2026, 1, 1)), found).height == found.height


def test_a_steady_firm_of_three_years():
    book = each_month(date(2023, 1, 1), 36) + each_month(date(2023, 1, 1), 36, 5_000, side="in")
    found = facts(table(book), date(2025, 12, 31)).row(0, named=True)
    assert (found["history_months"], found["active_months"], found["longest_gap"]) == (36, 36, 0)
    assert (found["annual_sales"], found["annual_purchases"], found["purchase_ratio"]) == (120_000, 60_000, 50.0)
    assert (found["sales_variation"], found["sales_growth"], found["customers"]) == (0.0, 0.0, 1)


def test_a_last_month_that_is_not_over_does_not_count():
    book = [*each_month(date(2024, 1, 1), 13), row(date(2025, 2, 3), 99)]
    assert facts(table(book))["annual_sales"][0] == 120_000


@pytest.mark.parametrize(
    ("through", "enough"), [(date(2024, 11, 30), False), (date(2024, 12, 31), True), (date(2025, 1, 31), True)]
)
def test_what_needs_a_year_is_known_from_the_twelfth_month_on(through, enough):
    months = month_of(through) - month_of(date(2024, 1, 1)) + 1
    known = facts(table(each_month(date(2024, 1, 1), months)), through).row(0, named=True)
    assert known["history_months"] == months
    assert [known[name] is not None for name in ("sales_variation", "longest_gap", "steady_months")] == [enough] * 3


def test_shares_of_customers_are_per_cent_of_what_was_sold():
    book = [row(date(2025, 1, 5)), row(date(2025, 2, 5)), row(date(2025, 3, 5), 5_000, counterparty="B")]
    found = facts(table(book), date(2025, 3, 31)).row(0, named=True)
    assert (found["repeat_customers"], found["repeat_share"], found["top_customer_share"]) == (1, 80.0, 80.0)


def test_partners_are_those_of_the_last_complete_year_by_amount():
    book = [row(date(2025, 1, 5), 1_000, counterparty="旧"), row(date(2026, 2, 3), 9_000, counterparty="未满月")]
    book += [row(date(2025, 6, 5), 3_000, counterparty="B"), row(date(2026, 1, 31), 1_000, counterparty="A")]
    found = partners(table(book), through=date(2026, 2, 10)).to_dicts()
    assert [(one["rank"], one["counterparty"], one["amount_fen"], one["share"]) for one in found] == [
        (1, "B", 3_000, 75.0), (2, "A", 1_000, 25.0),
    ]  # fmt: skip


def test_the_typical_month_lies_halfway_between_the_two_in_the_middle():
    book = each_month(date(2023, 1, 1), 18, 4_000) + each_month(date(2024, 7, 1), 18, 10_000)
    assert facts(table(book), date(2025, 12, 31))["typical_month"][0] == 7_000


def test_silence_at_the_end_shows_when_the_day_of_the_export_is_known():
    book = [*each_month(date(2024, 1, 1), 12), row(date(2024, 12, 31))]
    assert facts(table(book))["longest_gap"][0] == 0
    assert facts(table(book), date(2025, 6, 30))["longest_gap"][0] == 6


def test_imported_twice_counts_once_but_a_shared_number_is_no_duplicate():
    book = [row(date(2025, 1, 5)), row(date(2025, 1, 5)), row(date(2025, 1, 5), counterparty="B")]
    found = facts(table(book)).row(0, named=True)
    assert (found["invoice_rows"], found["duplicate_rows"], found["annual_sales"]) == (2, 1, 20_000)


def test_void_invoices_count_as_a_share_and_red_ones_are_netted():
    book = [
        row(date(2025, 1, 5), 10_000),
        row(date(2025, 1, 6), -4_000),
        row(date(2025, 1, 7), 777, void=True),
        row(date(2025, 1, 8), 888, void=True),
    ]
    found = facts(table(book)).row(0, named=True)
    assert (found["annual_sales"], found["void_share"], found["negative_share"]) == (6_000, 50.0, 50.0)


def test_a_red_invoice_with_the_wrong_sign_of_tax_is_counted():
    wrong = row(date(2025, 1, 5), -10_000) | {"tax_fen": 1_300, "total_fen": -11_300}
    assert facts(table([wrong]))["unbalanced_rows"][0] == 1


@pytest.mark.parametrize("book", [[row(date(2025, 1, 5), side="in")], [row(date(2025, 1, 5), void=True)]])
def test_a_firm_without_a_sale_has_outcomes_for_everything(book):
    found = facts(table(book)).row(0, named=True)
    assert (found["annual_sales"], found["active_months"], found["customers"]) == (0, 0, 0)
    assert (found["sales_variation"], found["top_customer_share"], found["sales_growth"]) == (None, None, None)


def test_sums_beyond_the_doubles_stay_exact():
    book = [row(date(2025, 1, day), 9_007_199_254_740_993, number=str(day)) for day in range(1, 31)]
    assert facts(table(book))["annual_sales"][0] == 30 * 9_007_199_254_740_993


def test_amounts_that_no_sum_could_hold_are_refused_not_wrapped():
    huge = [row(date(2025, 1, day), 2**61, number=str(day)) for day in (1, 2, 3)]
    with pytest.raises(TooLarge):
        facts(table(huge))
    one = [
        row(date(2025, 1, 1), 2**61),
        *(row(date(2025, 1, day), 5) for day in range(2, 29)),
        row(date(2025, 1, 31), 1),
    ]
    assert facts(table(one))["annual_sales"][0] == 2**61 + 27 * 5 + 1


def test_more_firms_than_are_held_at_once_come_out_the_same():
    old = pl.DataFrame([row(date(1994, 1, 5))], schema=COLUMNS)
    some = pl.DataFrame([row(date(2025, 1, 31)), row(date(2025, 12, 31), 7)], schema=COLUMNS)
    many = pl.concat([old, *(some.with_columns(firm=pl.lit(f"企{n}")) for n in range(22_000))])
    found = facts(many, date(2025, 12, 31))
    assert found.height * 384 > CELLS
    assert found["firm"].to_list() == sorted(many["firm"].unique())
    assert found.filter(firm="甲").equals(facts(old, date(2025, 12, 31)))
    assert found.filter(pl.col("firm") != "甲").drop("firm").unique().height == 1
    assert found.filter(firm="企7").equals(facts(some.with_columns(firm=pl.lit("企7")), date(2025, 12, 31)))


@pytest.mark.skipif(not SHARED.exists(), reason="the real invoices are not on this machine")
def test_the_real_firms_come_out_as_the_plain_way_says():
    def side(file, name, partner):
        return pl.read_parquet(SHARED / file).select(
            firm="企业代号",
            side=pl.lit(name),
            number=pl.col("发票号码").cast(pl.String),
            counterparty=pl.col(partner).cast(pl.String),
            day="开票日期",
            amount_fen="金额_分",
            tax_fen="税额_分",
            total_fen="价税合计_分",
            void=~pl.col("有效"),
        )

    invoices = pl.concat(
        [side("a2_进项发票信息.parquet", "in", "销方单位代号"), side("a2_销项发票信息.parquet", "out", "购方单位代号")]
    )
    found = facts(invoices)
    assert found.height == 302
    small = found.sort("invoice_rows")["firm"][:40].to_list()
    chosen = invoices.filter(pl.col("firm").is_in(small))
    for one, other in zip(facts(chosen).to_dicts(), plain_facts(chosen.to_dicts()), strict=True):
        alike(one, other)
