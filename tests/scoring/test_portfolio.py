from datetime import date
from decimal import Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from scoring.card import card
from scoring.portfolio import table
from scoring.score import score
from scoring.sheet import sheet
from tests.scoring.makers import firms

CREDIT = card("credit", date(2026, 5, 6))


def test_a_table_has_a_typed_column_for_each_fact_that_anybody_has():
    seen = table(
        [{"debt_ratio": Decimal("45.5"), "tax_paid": 10**9}, {"tax_grade": "A", "no_fact": 1, "wage_dispute": False}]
    )
    assert dict(seen.schema) == {
        "debt_ratio": pl.Float64, "tax_paid": pl.Int64, "tax_grade": pl.String, "wage_dispute": pl.Boolean,
    }  # fmt: skip
    assert seen.rows() == [(45.5, 10**9, None, None), (None, None, "A", False)]


def test_nobody_and_nothing_known_are_an_empty_table():
    assert table([]).is_empty()
    assert table([{}, {}]).width == 0


@given(st.lists(firms(CREDIT), min_size=1, max_size=5))
def test_a_table_scores_as_its_rows_do(rows):
    named = table(rows).with_columns(firm=pl.Series(range(len(rows)))) if table(rows).width else None
    if named is not None:
        assert score(CREDIT, named)["total"].to_list() == [sheet(CREDIT, row).total for row in rows]
