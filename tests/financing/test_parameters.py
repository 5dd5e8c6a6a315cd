"""Every figure of law and business has its day, its source and how sure we are of it."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from financing import parameters
from financing.parameters import figure, figures
from financing.setting_words import FIGURE_NAMES
from web import figure_words

HOUSE = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("found", figures(), ids=lambda found: f"{found.key}-{found.since}")
def test_a_figure_is_whole_dated_and_sourced(found):
    assert type(found.value) is int
    assert isinstance(found.since, date)
    assert found.confidence in {"A", "B", "C"}
    assert len(found.source) >= 5
    assert found.unit
    assert found.confidence == "C" or re.search(r"〔\d{4}〕|第[\d.]+条|令", found.source), (
        "a figure of law names its text"
    )


def test_no_figure_has_two_values_from_the_same_day():
    starts = [(found.key, found.since) for found in figures()]
    assert len(starts) == len(set(starts))


def test_the_figure_in_force_is_the_latest_before_the_day():
    for found in figures():
        later = [f.since for f in figures() if f.key == found.key and f.since > found.since]
        last = min(later) - timedelta(days=1) if later else date.max
        assert figure(found.key, found.since) == figure(found.key, last) == found


@pytest.mark.parametrize("key", sorted({found.key for found in figures()}))
def test_no_figure_is_in_force_before_its_first_day(key):
    first = min(found.since for found in figures() if found.key == key)
    with pytest.raises(LookupError, match=key):
        figure(key, first - timedelta(days=1))


def test_an_unknown_figure_is_named():
    with pytest.raises(LookupError, match="phlogiston"):
        figure("phlogiston", TODAY)


def test_a_new_value_leaves_the_former_one_for_its_days(tmp_path, monkeypatch):
    entry = '[[figure]]\nkey = "k"\nvalue = {}\nunit = "个"\nfrom = {}\nsource = "示例"\nconfidence = "C"\n'
    (tmp_path / "p.toml").write_text(entry.format(9, "2026-03-01") + entry.format(4, "2020-01-01"), encoding="utf-8")
    monkeypatch.setattr(parameters, "FILE", tmp_path / "p.toml")
    parameters.figures.cache_clear()
    try:
        assert [figure("k", date(2026, month, 1)).value for month in (2, 3, 12)] == [4, 9, 9]
    finally:
        parameters.figures.cache_clear()


def test_every_figure_on_file_is_asked_for_and_every_one_asked_for_is_on_file():
    on_file = {row["key"] for row in tomllib.loads(parameters.FILE.read_text(encoding="utf-8"))["figure"]}
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for package in ("financing", "web", "reports")
        for path in (HOUSE / package).rglob("*.py")
    )
    assert set(re.findall(r'figure\(\s*"(\w+)"', code)) <= on_file
    assert {key for key in on_file if f'"{key}"' not in code} == set()


@pytest.mark.parametrize("found", figures(), ids=lambda found: f"{found.key}-{found.since}")
def test_every_figure_has_its_name_and_its_unit_in_both_languages(found):
    chinese = re.compile("[\u4e00-\u9fff]")
    for said in (figure_words.figure_name, lambda key, lang: figure_words.unit(figure(key, found.since), lang)):
        assert said(found.key, "zh")
        assert said(found.key, "en")
        assert not chinese.search(said(found.key, "en"))
    assert figure_words.figure_name(found.key) != found.key


def test_no_name_is_of_a_figure_that_is_not_on_file():
    assert set(FIGURE_NAMES) == {found.key for found in figures()}
