from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.dated import DatedFault, table
from scoring.industries import UnknownIndustry, industries
from scoring.sizes import Size, indicators, size

TODAY = date(2026, 5, 6)
WAN = 1_000_000


def sized(code, employees=None, revenue=None, assets=None):
    return size(
        code,
        TODAY,
        employees=employees,
        revenue_fen=None if revenue is None else revenue * WAN,
        assets_fen=None if assets is None else assets * WAN,
    )


@pytest.mark.parametrize(
    ("employees", "revenue", "wanted"),
    [
        (320, 1999, "small"),
        (300, 2000, "medium"),
        (19, 5000, "micro"),
        (20, 300, "small"),
        (1000, 40000, "large"),
        (999, 40000, "medium"),
        (None, 40000, "undetermined"),
        (19, None, "undetermined"),
    ],
)
def test_an_industrial_firm(employees, revenue, wanted):
    assert sized("3071", employees, revenue) == wanted


@pytest.mark.parametrize(
    ("code", "employees", "revenue", "assets", "wanted"),
    [
        ("0111", None, 50, None, "small"),
        ("0111", None, 49, None, "micro"),
        ("47", None, 6000, 5000, "medium"),
        ("47", None, 80000, 79999, "medium"),
        ("51", 5, 1000, None, "small"),
        ("5910", 20, 200, None, "small"),  # handling counts as transport
        ("5920", 20, 199, None, "small"),  # warehousing
        ("65", 10, 50, None, "small"),
        ("7010", None, 1000, 5000, "medium"),
        ("7020", 99, 5000, None, "micro"),
        ("72", 100, None, 8000, "medium"),
        ("7030", 100, None, None, "medium"),
        ("73", 9, None, None, "micro"),
        ("85", 300, None, None, "large"),
        ("53", 300, 30000, 30000, "undetermined"),  # railways stand outside
        ("66", 300, 30000, 30000, "undetermined"),
        ("70", 300, 30000, 30000, "undetermined"),  # too coarse to tell development from management
    ],
)
def test_every_trade_goes_by_its_own_bounds(code, employees, revenue, assets, wanted):
    assert sized(code, employees, revenue, assets) == wanted


def test_the_firm_is_asked_only_for_what_its_trade_needs():
    assert indicators("C3071", TODAY) == ("employees", "revenue")
    assert indicators("73", TODAY) == ("employees",)
    assert indicators("66", TODAY) == ()


@given(
    st.sampled_from(sorted(industries())),
    st.lists(st.integers(0, 300_000), min_size=3, max_size=3),
    st.integers(0, 2),
    st.integers(0, 9_999),
)
def test_growing_never_makes_a_firm_smaller(code, figures, which, more):
    order = list(reversed(list(Size)[:4]))
    bigger = [value + more * (place == which) for place, value in enumerate(figures)]
    before, after = sized(code, *figures), sized(code, *bigger)
    assert (before == after == Size.UNDETERMINED) or order.index(before) <= order.index(after)


def test_a_code_outside_the_list_is_refused():
    with pytest.raises(UnknownIndustry, match="9999"):
        sized("9999", 1, 1, 1)


def test_the_standard_has_a_first_day():
    with pytest.raises(DatedFault):
        table("sizes", date(2011, 6, 17))
