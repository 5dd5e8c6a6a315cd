"""Marks between published grades, and the table they come from."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.benchmarks import Benchmark, BenchmarkFaults, find, read_table

HIGH = Benchmark(tuple(map(Decimal, ("10", "8", "5", "1", "-3"))))
LOW = Benchmark(tuple(map(Decimal, ("40", "50", "60", "70", "90"))))
FLAT = Benchmark(tuple(map(Decimal, ("9", "5", "5", "5", "1"))))
HEAD = "年度,行业,规模,指标,优秀,良好,平均,较低,较差\n"


@pytest.mark.parametrize(
    ("benchmark", "value", "share"),
    [
        (HIGH, "12", "1"), (HIGH, "10", "1"), (HIGH, "9", "0.9"), (HIGH, "8", "0.8"), (HIGH, "6.5", "0.7"), (HIGH, "5", "0.6"),
        (HIGH, "2", "0.45"), (HIGH, "1", "0.4"), (HIGH, "-1", "0.3"), (HIGH, "-3", "0.2"), (HIGH, "-3.01", "0"),
        (LOW, "30", "1"), (LOW, "45", "0.9"), (LOW, "60", "0.6"), (LOW, "80", "0.3"), (LOW, "90", "0.2"), (LOW, "90.1", "0"),
        (FLAT, "5", "0.8"), (FLAT, "7", "0.9"), (FLAT, "3", "0.3"),
    ],
)  # fmt: skip
def test_a_value_between_two_grades_earns_a_part_of_the_step(benchmark, value, share):
    assert benchmark.share(Decimal(value)) == Fraction(share)


@pytest.mark.parametrize(("value", "points"), [("9", 5), ("8", 5), ("5", 4), ("-9", 0), (None, 0)])
def test_points_are_whole_and_halves_go_up(value, points):
    assert HIGH.points(None if value is None else Decimal(value), 6) == points


NUMBERS = st.decimals(-1000, 1000, places=3)


@given(st.lists(NUMBERS, min_size=5, max_size=5, unique=True), st.booleans(), NUMBERS, NUMBERS)
def test_better_never_earns_less(anchors, high, one, other):
    benchmark = Benchmark(tuple(sorted(anchors, reverse=high)))
    worse, better = sorted((one, other), reverse=not high)
    assert 0 <= benchmark.share(worse) <= benchmark.share(better) <= 1


def test_a_table_is_found_by_the_latest_year_not_after_the_statements():
    rows = "2023,建材,小型,debt_ratio,40,50,60,70,90\n\n2025,建材,小型,debt_ratio,41,50,60,70,90\n"
    table = read_table("\ufeff" + HEAD + rows)
    assert [find(table, year, "建材", "小型", "debt_ratio") for year in (2022, 2024)] == [None, LOW]
    assert find(table, 2030, "建材", "小型", "debt_ratio").anchors[0] == 41
    assert find(table, 2030, "建材", "大型", "debt_ratio") is None
    english = "year,industry,size,indicator,excellent,good,average,low,poor\n2023,建材,小型,debt_ratio,40,50,60,70,90\n"
    assert read_table(english) == {(2023, "建材", "小型", "debt_ratio"): LOW}


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("二〇,建材,小型,debt_ratio,40,50,60,70,90", ["年度"]),
        ("1999,建材,小型,debt_ratio,40,50,60,70,90", ["年度"]),
        ("2023,,,debt_ratio,40,50,60,70,90", ["行业", "规模"]),
        ("2023,建材,小型,负债率,40,50,60,70,90", ["指标"]),
        ("2023,建材,小型,debt_ratio,40,x,60,70,Infinity", ["良好", "较差"]),
        ("2023,建材,小型,debt_ratio,40,50,60,55,90", ["优秀"]),
        ("2023,建材,小型,debt_ratio,40,40,40,40,40", ["优秀"]),
        ("2023,建材,小型,debt_ratio,40,50", ["平均", "较低", "较差"]),
        ("2023,建材,小型,net_margin,9,8,7,6,5\n2023,建材,小型,net_margin,9,8,7,6,5", ["指标"]),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_by_line_and_column(row, columns):
    with pytest.raises(BenchmarkFaults) as refused:
        read_table(HEAD + row)
    faults = refused.value.facts["faults"]
    assert [one.column for one in faults] == columns
    assert {one.line for one in faults} == {row.count("\n") + 2}


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_a_table_without_its_columns_is_refused(text):
    with pytest.raises(BenchmarkFaults, match="表头"):
        read_table(text)
