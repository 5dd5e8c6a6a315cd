"""A draft card against the card in force on a table or a workbook, from the command line."""

from __future__ import annotations

import pytest

from reports.sheets import read_book
from scoring.card import CARDS
from tests.web.commands.test_sheets import book

TABLE = """企业代号,企业名称,资产负债率,流动比率,上年纳税额（万元）,纳税信用等级,经营年限,租金按时,申请金额（万元）,园区租金水电按时缴纳,是否代偿
F1,甲厂,45,1.6,30,A级,9,是,120,是,否
F2,乙厂,62.5 ,1.1,6,b,3,否,"1,080",否,是
F3,丙厂,,0.9,,M,1,,50,,
"""


def a_draft(home, **changes):
    text = (CARDS / "credit" / "2026-01-01.toml").read_text(encoding="utf-8")
    for old, new in {"line          = 60": "line = 20", "missing_limit = 0.25": "missing_limit = 1", **changes}.items():
        assert old in text
        text = text.replace(old, new)
    (home / "draft.toml").write_text(text, encoding="utf-8")
    return home / "draft.toml"


@pytest.fixture
def table(home):
    (home / "firms.csv").write_text(TABLE, encoding="utf-8")
    return home / "firms.csv"


def sheet(path, name):
    """The rows under the header of one sheet, by the first cell."""
    rows = [row[1:] for row in read_book(path).sheets[name].iter_rows()]
    return {row[0]: row for row in rows[3:]}


def test_a_table_is_replayed_and_every_firm_is_in_the_book(run, home, table):
    answer = run("replay", table, "--card", a_draft(home), "--out", "out.xlsx", "--on", "2026-11-23")
    assert answer.code == 0, answer.err
    assert "3 家企业：新达标 1，不再达标 0" in answer.out
    firms = sheet(home / "out.xlsx", "企业对照")
    assert [firms[code][2] for code in ("F1", "F2", "F3")] == ["新达标", "不变", "不变"]
    # 45 % → 6, 1.6 → 5, 30万元 → 6, A → 8, nine years → 4, rent paid → 3
    assert firms["F1"][3:5] == ("32", "32")
    assert firms["F2"][3] == str(3 + 2 + 4 + 6 + 3 + 0)
    assert "资产负债率" in firms["F3"][12]
    assert "var" not in {path.name for path in home.iterdir()}, "no database is needed"


def test_a_card_against_itself_by_file_changes_nothing(run, home, table):
    draft = a_draft(home)
    assert run("replay", table, "--card", draft, "--against", draft, "--out", "out.xlsx").code == 0
    assert {row[2] for row in sheet(home / "out.xlsx", "企业对照").values()} == {"不变"}
    assert sheet(home / "out.xlsx", "规则对照") == {}


def test_outcomes_give_the_expected_compensation(run, home, table):
    draft = a_draft(
        home,
        **{
            "C   = 0\n\n[ceilings]": "C   = 0\n\n[ceilings]\nC = 100",
            "AAA = 500": "AAA = 500",
            "BBB = 200": "BBB = 200\nBB = 150\nB = 120",
        },
    )
    assert run("replay", table, "--card", draft, "--outcome", "是否代偿", "--out", "out.xlsx").code == 0
    rows = sheet(home / "out.xlsx", "汇总")
    assert rows["可担保金额合计"][4] == "100"  # F1 alone qualifies; grade C is good for 100万元, it asks for 120万元
    assert rows["预计代偿"][4] == "50"  # of the two C firms whose outcome is known one failed
    assert 50 < float(rows["压力情形代偿"][4]) < 100


def test_a_workbook_of_invoices_is_replayed_with_the_invoice_card(run, home):
    (home / "book.xlsx").write_bytes(book())
    draft = home / "draft.toml"
    draft.write_bytes((CARDS / "invoices" / "2026-01-01.toml").read_bytes())
    answer = run("replay", "book.xlsx", "--card", draft, "--out", "out.xlsx", "--on", "2026-11-23")
    assert answer.code == 0, answer.err
    assert set(sheet(home / "out.xlsx", "企业对照")) == {"E1", "E2"}


def test_the_same_input_gives_the_same_bytes(run, home, table):
    draft = a_draft(home)
    for name in ("one.xlsx", "two.xlsx"):
        assert run("replay", table, "--card", draft, "--out", name, "--on", "2026-11-23").code == 0
    assert (home / "one.xlsx").read_bytes() == (home / "two.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("企业代号,资产负债率\nF1,很高\n", "资产负债率（F1）”的内容“很高”"),
        ("企业代号,纳税信用等级\nF1,E级\n", "纳税信用等级（F1）”的内容“E级”"),
        ("企业代号,经营年限\nF1,2.5\n", "经营年限（F1）”的内容“2.5”"),
        ("企业代号,园区租金水电按时缴纳\nF1,大概\n", "的内容“大概”"),
        ("企业代号,上年纳税额（万元）\nF1,nan\n", "的内容“nan”"),
        ("企业代号,别的\nF1,1\n", "没有“评分数据”列"),
        ("资产负债率,流动比率\n45,1\n", "没有“企业代号”列"),
        ("企业代号,资产负债率\nF1,45\nF1,46\n", "F1 在组合中出现不止一次"),
    ],
)
def test_a_table_that_means_nothing_is_refused_with_one_sentence(run, home, content, says):
    (home / "bad.csv").write_text(content, encoding="utf-8")
    answer = run("replay", "bad.csv", "--card", a_draft(home), "--out", "out.xlsx")
    assert answer.code == 1
    assert says in answer.err
    assert not (home / "out.xlsx").exists()


def test_a_faulty_draft_is_refused_with_its_key(run, home, table):
    answer = run("replay", table, "--card", a_draft(home, **{"AA  = 80": "AA = 101"}), "--out", "out.xlsx")
    assert answer.code == 1
    assert "draft.toml" in answer.err and "grades" in answer.err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--against", "nobody", "--out", "out.xlsx"), "credit、invoices"),
        (("--out", "firms.csv"), "must not be one of the inputs"),
        (("--out", "draft.toml"), "must not be one of the inputs"),
    ],
)
def test_wrong_use_says_what_is_right(run, home, table, more, says):
    answer = run("replay", table, "--card", a_draft(home), *more)
    assert answer.code == 2
    assert says in answer.err


def test_an_outcome_that_is_no_column_is_refused(run, home, table):
    answer = run("replay", table, "--card", a_draft(home), "--outcome", "逾期", "--out", "out.xlsx")
    assert answer.code == 1 and "没有“逾期”列" in answer.err
