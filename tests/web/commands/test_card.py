"""`yuanrong card`: check, show, diff and print, as an officer at a terminal meets them."""

import pytest

from scoring.card import CARDS, cards
from tests.reports.reading import bare, reader, text
from tests.scoring.rich import TEXT


@pytest.fixture
def draft(home):
    (home / "2026-01-01.toml").write_text(TEXT)
    return home / "2026-01-01.toml"


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def test_a_sound_file_passes_and_its_digest_is_told(run, draft):
    answer = run("card", "check", draft, CARDS / "credit" / "2026-01-01.toml")
    assert answer.code == 0, answer.err
    assert "示例卡 | Example card" in answer.out
    assert cards("credit")[0].digest in answer.out


def test_every_fault_is_listed_in_both_languages(run, draft):
    draft.write_text(TEXT.replace("weight = 60", "weight = 50").replace("line = 60", "line = 160"))
    answer = run("card", "check", draft)
    assert answer.code == 1
    assert "block.finance: 各指标满分合计 60; 应当: 等于板块权重 50" in answer.err
    assert "block.finance: its items can give 60; should be: as much as the block's weight, 50" in answer.err
    assert "准入线 160 超过满分" in answer.err


def test_a_file_under_a_wrong_name_is_told_the_right_one(run, draft):
    draft.rename(draft.with_name("draft.toml"))
    answer = run("card", "check", "draft.toml")
    assert answer.code == 1
    assert "文件名写 2026-01-01.toml" in answer.err


@pytest.mark.parametrize("which", [("credit", "--on", "2026-11-23"), ("credit@2026-01-01",)])
def test_a_card_is_shown_with_every_rule(run, which):
    answer = run("card", "show", *which)
    assert answer.code == 0, answer.err
    found = cards("credit")[0]
    assert found.digest in answer.out
    assert "≤ 50% → 6" in answer.out
    for rule in found.rules:
        assert rule.says in answer.out
        assert rule.english.split()[0] in answer.out


def test_a_draft_is_shown_with_its_industries(run, draft):
    assert "3071: ≤ 70% → 40" in run("card", "show", draft).out


def test_two_cards_are_compared_rule_by_rule(run):
    answer = run("card", "diff", "credit@2026-01-01", "credit@2027-01-01")
    assert answer.code == 0, answer.err
    assert "item.orders" in answer.out
    assert "≥ 2 倍：5 → 4 分" in answer.out
    assert "新增 | added" in answer.out
    assert "规则相同" in run("card", "diff", "credit@2026-01-01", "credit@2026-05-01").out


@pytest.mark.parametrize(
    ("which", "code", "says"),
    [("nothing", 2, "没有这个文件或评分卡"), ("credit@soon", 2, "日期写成"), ("credit@2020-01-01", 1, "尚无适用版本"), ("@", 2, "没有这个文件")],
)  # fmt: skip
def test_a_card_that_is_not_there_gets_one_clear_sentence(run, which, code, says):
    answer = run("card", "show", which)
    assert (answer.code, says in answer.err) == (code, True)


@pytest.mark.parametrize(("lang", "says"), [("zh", "评审委员会主任（签字）"), ("en", "Chair of the committee")])
def test_a_card_is_printed_on_one_page_for_signature(run, home, lang, says):
    for name in ("one.pdf", "two.pdf"):
        assert run("card", "print", "credit@2027-01-01", "--out", name, "--lang", lang).code == 0
    raw = (home / "one.pdf").read_bytes()
    assert raw == (home / "two.pdf").read_bytes()
    assert len(reader(raw).pages) == 1
    assert bare(says) in text(raw)
    assert cards("credit")[1].digest in text(raw)


@pytest.mark.parametrize("name", ["check", "show", "diff", "print"])
def test_every_card_command_explains_itself_in_both_languages(run, name):
    told = run("card", name, "--help").out
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told)
    assert "card" in told.split("|", 1)[1]
