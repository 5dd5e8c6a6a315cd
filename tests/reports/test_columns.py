from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.columns import columns, split

HEADS = ("月份", "销售", "采购")
MONTHS = [(f"2025-{n:02d}", "1.0", "2.0") for n in range(1, 13)]


@pytest.mark.parametrize(
    ("count", "heights"),
    [(0, []), (1, [1]), (3, [1, 1, 1]), (4, [2, 2]), (12, [4, 4, 4]), (36, [12, 12, 12]), (37, [13, 13, 11])],
)
def test_rows_fill_three_columns_downwards(count, heights):
    groups = split([str(n) for n in range(count)], 3)
    assert [len(group) for group in groups] == heights
    assert [row for group in groups for row in group] == [str(n) for n in range(count)]


@pytest.mark.parametrize(
    ("amount", "across"),
    [
        ("1.0", 4),
        ("9,999.9", 4),
        ("99,999.9", 3),
        ("999,999.9", 3),
        ("999,999,999,999.9", 3),
        ("9,999,999,999,999.9", 2),
    ],
)
def test_the_longer_the_cells_the_fewer_the_columns(amount, across):
    assert len(columns([(month, amount, "1,234.5") for month, *_ in MONTHS], HEADS).groups) == across


@given(st.lists(st.tuples(*[st.text("0123456789", min_size=1, max_size=12)] * 3), min_size=1))
def test_the_widths_of_a_column_share_the_page_by_their_longest_cells(rows):
    made = columns(rows, ("a", "b", "c"))
    across = {made: count for count, made in ((4, 25), (3, 33.33), (2, 50))}
    assert min(abs(sum(made.widths) - whole) for whole in across) < 0.1
    longest = [max(len(row[n]) for row in rows) for n in range(3)]
    assert made.widths[0] > 0 and (made.widths[1] <= made.widths[2]) is (longest[1] <= longest[2])
    assert [row for group in made.groups for row in group] == rows


def test_no_rows_make_no_columns():
    assert columns([], HEADS).groups == []


@pytest.mark.parametrize(
    ("heads", "across"),
    [(HEADS, 4), (("Month of the year", "Sales", "Purchases made"), 4), (("Month", "Uninterruptedly", "Purchases"), 3)],
)
def test_a_head_may_break_between_words_but_not_within_one(heads, across):
    assert len(columns(MONTHS, heads).groups) == across
