from datetime import date

import pytest

from scoring.dated import DatedFault, in_force, series, table, versions


@pytest.mark.parametrize(
    ("day", "one_year", "five_years"),
    [
        (date(2019, 8, 20), 42_500, 48_500),
        (date(2024, 10, 20), 33_500, 38_500),
        (date(2024, 10, 21), 31_000, 36_000),
        (date(2025, 5, 20), 30_000, 35_000),
        (date(2026, 4, 20), 30_000, 35_000),
    ],
)
def test_the_loan_prime_rate_holds_from_its_day_of_publication(day, one_year, five_years):
    assert series("lpr").on(day) == {"one_year": one_year, "five_years": five_years}
    assert series("lpr").confirmed(day)


def test_a_later_rate_is_used_but_known_to_be_unconfirmed():
    assert series("lpr").on(date(2026, 11, 1))["one_year"] == 30_000
    assert not series("lpr").confirmed(date(2026, 11, 1))


def test_before_the_first_figure_there_is_none():
    with pytest.raises(DatedFault, match="2019-08-20") as caught:
        series("lpr").on(date(2019, 8, 19))
    assert caught.value.code == "before_first"


def test_the_latest_file_on_or_before_the_day_is_in_force(tmp_path):
    for name in ("2025-01-01", "2026-01-01", "2024-02-29"):
        (tmp_path / f"{name}.toml").touch()
    assert in_force(tmp_path, date(2025, 12, 31)).stem == "2025-01-01"
    assert list(versions(tmp_path)) == [date(2024, 2, 29), date(2025, 1, 1), date(2026, 1, 1)]


@pytest.mark.parametrize("name", ["2026-1-1", "2026-02-30", "new"])
def test_a_name_that_is_no_day_is_refused(tmp_path, name):
    (tmp_path / f"{name}.toml").touch()
    with pytest.raises(DatedFault, match="YYYY-MM-DD") as caught:
        versions(tmp_path)
    assert caught.value.code == "bad_name"


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(DatedFault) as caught:
        in_force(tmp_path, date(2026, 1, 1))
    assert caught.value.code == "no_version"


@pytest.mark.parametrize("name", ["sizes", "working_capital", "matching"])
def test_every_shipped_table_names_source_and_confidence(name):
    figures = table(name, date(2026, 1, 1))
    assert figures["source"]
    assert figures["confidence"]
