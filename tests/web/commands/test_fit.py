"""From outcomes to a card, from the card to scores, from the scores to their judgement: the road on any plain table."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scoring.card import CARDS, read
from tests.web.commands.test_sheets import book

TAIWAN = next(
    (
        place
        for parent in Path(__file__).parents
        if (place := parent / "shared/data/taiwan/taiwan_f32.parquet").exists()
    ),
    None,
)


@pytest.fixture
def table(home):
    chance = np.random.default_rng(6)
    margin, debt, noise = chance.normal(size=(3, 500))
    risk = debt - margin + 0.7 * chance.logistic(size=500)
    columns = {"毛利": margin, "资产负债率（%）": 50 + 10 * debt, "noise": noise, "same": [1] * 500}
    fates = ["是" if one else "否" for one in risk > np.quantile(risk, 0.8)]
    pl.DataFrame({**columns, "违约": fates}).write_csv(home / "t.csv")
    return home / "t.csv"


def test_the_whole_road_can_be_walked(run, home, table):
    answer = run("fit", "t.csv", "--outcome", "违约", "--out", "card.toml", "--on", "2026-01-01")
    assert answer.code == 0, answer.err
    assert "资产负债率（越低越好）" in answer.out
    assert "same" in answer.err
    card = read((home / "card.toml").read_bytes(), "own")
    assert {"debt_ratio", "own_1"} <= {item.fact for item in card.item}
    assert run("score", "t.csv", "--card", "card.toml", "--out", "scores.xlsx").code == 0
    answer = run("judge", "scores.xlsx", "t.csv", "--outcome", "违约")
    assert answer.code == 0, answer.err
    told = json.loads(answer.out)
    assert (told["n"], told["events"]) == (500, 100)
    assert told["auc"] > 0.8
    assert told["baselines"]["资产负债率（%）"]["difference_low"] > 0


def test_the_same_table_gives_the_same_card(run, home, table):
    for name in ("one.toml", "two.toml"):
        assert run("fit", "t.csv", "--outcome", "违约", "--out", name, "--on", "2026-01-01").code == 0
    assert (home / "one.toml").read_bytes() == (home / "two.toml").read_bytes()


def test_wishes_are_kept(run, home, table):
    words = ["--items", 1, "--full-marks", 1000, "--sign", "毛利=lower", "--on", "2026-02-03"]
    assert run("fit", "t.csv", "--outcome", "违约", "--out", "card.toml", *words).code == 0
    card = read((home / "card.toml").read_bytes(), "own")
    assert (len(card.item), card.full_marks, card.since.isoformat()) == (1, 1000, "2026-02-03")
    assert card.item[0].fact == "debt_ratio"


def test_a_card_from_a_file_scores_invoices_too(run, home):
    (home / "book.xlsx").write_bytes(book())
    (home / "card.toml").write_bytes((CARDS / "invoices/2026-01-01.toml").read_bytes())
    assert run("score", "book.xlsx", "--card", "card.toml", "--out", "scores.xlsx").code == 0
    assert (home / "scores.xlsx").exists()


def test_rows_without_an_outcome_are_told(run, home, table):
    table.write_text(table.read_text("utf-8").replace(",是\n", ",\n", 3), "utf-8")
    answer = run("fit", "t.csv", "--outcome", "违约", "--out", "card.toml")
    assert "3 rows without an outcome" in answer.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--outcome", "违约"], 2),
        (["--outcome", "违约", "--out", "card.xlsx"], 2),
        (["--outcome", "违约", "--out", "card.toml", "--items", "0"], 2),
        (["--outcome", "违约", "--out", "card.toml", "--sign", "毛利"], 2),
        (["--outcome", "违约", "--out", "card.toml", "--sign", "毛利=up"], 2),
        (["--outcome", "倒闭", "--out", "card.toml"], 1),
        (["--outcome", "毛利", "--out", "card.toml"], 1),
        (["--outcome", "违约", "--out", "card.toml", "--sign", "税负=lower"], 1),
        (["--outcome", "违约", "--out", "nowhere/card.toml"], 1),
    ],
)
def test_a_wrong_wish_is_one_clear_sentence_and_leaves_nothing(run, home, table, words, code):
    answer = run("fit", "t.csv", *words)
    assert answer.code == code, answer.err
    assert answer.err
    assert [path.name for path in home.iterdir()] == ["t.csv"]


def test_noise_is_said_plainly_and_nothing_written(run, home):
    chance = np.random.default_rng(1)
    pl.DataFrame({"a": chance.normal(size=100), "y": [1, 0, 0, 0] * 25}).write_csv(home / "t.csv")
    answer = run("fit", "t.csv", "--outcome", "y", "--out", "card.toml")
    assert answer.code == 1
    assert "没有学到可用的规律" in answer.err
    assert "nothing was learned" in answer.err
    assert [path.name for path in home.iterdir()] == ["t.csv"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("absent.toml", None), ("card.toml", b"title = 1"), ("card.toml", b"\xff")],
)
def test_a_card_file_that_will_not_do_is_refused(run, home, table, name, content):
    if content is not None:
        (home / name).write_bytes(content)
    answer = run("score", "t.csv", "--card", name, "--out", "scores.xlsx")
    assert answer.code == 1
    assert "✗ " in answer.err
    assert not (home / "scores.xlsx").exists()


@pytest.mark.skipif(TAIWAN is None, reason="the data set is not beside the checkout")
def test_ninety_five_ratios_become_twelve_items_that_hold_out_of_fold(run, home):
    answer = run("fit", TAIWAN, "--outcome", "Bankrupt?", "--out", "card.toml")
    assert answer.code == 0, answer.err
    card = read((home / "card.toml").read_bytes(), "own")
    assert len(card.item) <= 12
    assert card.full_marks == 100
