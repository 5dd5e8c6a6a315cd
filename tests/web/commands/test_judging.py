"""Judging a score from the command line: one JSON object to read on, who was left out, one clear sentence on bad input."""

import json

import numpy as np
import polars as pl
import pytest
from pypdf import PdfReader
from sklearn.metrics import roc_auc_score

from tests.web.commands.test_sheets import book

KEYS = {"auc", "auc_low", "auc_high", "ks", "n", "events", "baselines"}


@pytest.fixture
def files(home):
    chance = np.random.default_rng(2)
    bad = chance.random(80) < 0.3
    scores = np.round(70 - 10 * bad + chance.normal(0, 8, 80))
    firms = [f"E{n}" for n in range(80)]
    sales = chance.lognormal(3, 1, 80)
    pl.DataFrame({"firm": firms, "总分": scores, "annual_sales": sales}).write_csv(home / "s.csv")
    pl.DataFrame({"企业代号": firms, "是否违约": ["是" if one else "否" for one in bad]}).write_parquet(
        home / "o.parquet"
    )
    return scores, sales, bad


def test_the_figures_are_one_json_object_and_right(run, files):
    scores, sales, bad = files
    answer = run("judge", "s.csv", "o.parquet", "--outcome", "是否违约")
    assert answer.code == 0, answer.err
    told = json.loads(answer.out)
    assert set(told) == KEYS
    assert told["auc"] == pytest.approx(roc_auc_score(~bad, scores), abs=1e-6)
    assert told["auc_low"] < told["auc"] < told["auc_high"]
    assert (told["n"], told["events"]) == (80, bad.sum())
    beside = told["baselines"]["annual_sales"]
    assert beside["auc"] == pytest.approx(roc_auc_score(~bad, sales), abs=1e-6)
    assert beside["difference"] == pytest.approx(told["auc"] - beside["auc"], abs=2e-6)
    assert beside["difference_low"] < beside["difference"] < beside["difference_high"]


def test_the_same_seed_gives_the_same_interval(run, files):
    one, two, other = (
        run("judge", "s.csv", "o.parquet", "--outcome", "是否违约", "--seed", seed).out for seed in (1, 1, 2)
    )
    assert one == two != other


def test_who_is_left_out_is_named(run, home, files):
    pl.DataFrame({"firm": ["E0", "E1", "E9999"], "是否违约": ["1", "0", "1"]}).write_csv(home / "few.csv")
    answer = run("judge", "s.csv", "few.csv", "--outcome", "是否违约")
    assert json.loads(answer.out)["n"] == 2
    assert "78 firms have a score but no outcome" in answer.err
    assert "E9999" in answer.err


def test_a_score_file_of_ours_works_as_it_is(run, home):
    (home / "book.xlsx").write_bytes(book())
    assert run("score", "book.xlsx", "--out", "scores.xlsx").code == 0
    (home / "o.csv").write_text("企业代号,是否违约\nE1,是\nE2,否\n", "utf-8")
    answer = run("judge", "scores.xlsx", "o.csv", "--outcome", "是否违约")
    assert answer.code == 0, answer.err
    told = json.loads(answer.out)
    assert told["n"] == 2
    assert [name for name in told["baselines"] if "开票销售额（万元）" in name], "sales alone stand beside the score"


def test_a_report_is_written_beside(run, home, files):
    answer = run("judge", "s.csv", "o.parquet", "--outcome", "是否违约", "--pdf", "report.pdf")
    assert json.loads(answer.out).keys() == KEYS
    said = "".join(page.extract_text() for page in PdfReader(home / "report.pdf").pages)
    assert f"{json.loads(answer.out)['auc']:.3f}" in said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["s.csv", "o.parquet"], 2),
        (["s.csv", "nowhere.csv", "--outcome", "是否违约"], 2),
        (["s.csv", "o.parquet", "--outcome", "是否违约", "--pdf", "s.csv"], 2),
        (["s.csv", "o.parquet", "--outcome", "倒闭"], 1),
        (["s.csv", "o.parquet", "--outcome", "企业代号"], 1),
        (["s.csv", "o.parquet", "--outcome", "是否违约", "--score", "分"], 1),
        (["s.csv", "o.parquet", "--outcome", "是否违约", "--baseline", "负债"], 1),
        (["s.csv", "o.parquet", "--outcome", "是否违约", "--pdf", "nowhere/r.pdf"], 1),
    ],
)
def test_a_wrong_wish_is_one_clear_sentence_and_leaves_nothing(run, home, files, words, code):
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    answer = run("judge", *words)
    assert answer.code == code, answer.err
    assert answer.out == ""
    assert code == 2 or "✗ " in answer.err
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before
