from dataclasses import replace
from datetime import date

import pytest

from financing.credit.rules import CardName, CardState
from reports.laboratory import Change, Firm, LaboratoryView, Moved, Pair, laboratory, signed
from reports.replay_charts import Shift, migrated, shifted
from scoring.replay import Effect
from scoring.replay_figures import Migration
from tests.reports.reading import bare, reader, text
from tests.reports.samples import HOSTILE

MATRIX = Migration(("AAA", "A", "C"), ("AAA", "BBB", "C"), ((3, 1, 0), (0, 0, 12), (0, 0, 7)))
FIRMS = [
    Firm(f"示范铜材有限公司{n:02}", effect, (60, 58), ("BBB", "BB"), (120_000_000, 0), ("总分与准入线", "资产负债率 −2"), ("速动比率",))
    for n, effect in enumerate([Effect.OUT] * 30 + [Effect.GAINED] * 40)
]  # fmt: skip
VIEW = LaboratoryView(
    zone="示范经济开发区", card=CardName.CREDIT, title="园区无抵押企业信用评分表", state=CardState.PROPOSED, since=date(2027, 1, 1),
    basis="经开区担保委〔2026〕5号", digest="ab" * 32, replaced="园区无抵押企业信用评分表（2026-01-01）", on=date(2026, 11, 23),
    people=[("起草", "赵明　2026-11-23 09:30")], figures=[Pair("达到准入线", "31 家", "24 家")],
    effects=[(Effect.OUT, 30), (Effect.GAINED, 40)], changes=[Change("整卡", "准入线", "60", "65")], migration=MATRIX,
    moved=[Moved("资产负债率", (6, 6), 0, 10, 0, -15), Moved("流动比率", (5, 6), 4, 0, 9, 0)], firms=FIRMS,
    missing=[("速动比率", 70)], rates="按产品默认代偿率估算",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_firm_rule_and_figure_is_on_the_paper(printed, lang):
    said = text(printed(laboratory(VIEW, lang)))
    for firm in FIRMS:
        assert bare(firm.name) in said
    for word in ("60→58", "BBB→BB", "准入线6065", "31家24家", VIEW.digest, "赵明"):
        assert bare(word) in said, word


def test_table_heads_are_repeated_on_every_page(printed):
    sheets = [bare(page.extract_text()) for page in reader(printed(laboratory(VIEW))).pages]
    listing = [sheet for sheet in sheets if "示范铜材有限公司5" in sheet or "示范铜材有限公司3" in sheet]
    assert listing and all("企业" in sheet for sheet in listing)


def test_the_same_comparison_gives_the_same_bytes(press):
    assert press.one(laboratory(VIEW)) == press.one(laboratory(VIEW))


def test_a_zone_without_scores_still_gets_its_paper(printed):
    said = text(printed(laboratory(replace(VIEW, firms=[], moved=[], figures=[]))))
    assert bare("还没有企业按这一种评分表评过分") in said


def test_what_people_typed_is_text_and_nothing_else(printed):
    typed = replace(VIEW, basis="".join(HOSTILE), title=HOSTILE[0], firms=[replace(FIRMS[0], name=HOSTILE[1])])
    said = text(printed(laboratory(typed)))
    assert all(bare(words) in said for words in HOSTILE)


def test_the_matrix_shows_every_count_and_the_bars_every_mark():
    assert [n for n in ("3", "1", "12", "7") if f">{n}<" not in migrated(MATRIX)] == []
    drawn = shifted([Shift("资产负债率", 0, -15), Shift("流动比率", 9, 0)])
    assert "−15" in drawn and "+9" in drawn and "资产负债率" in drawn


@pytest.mark.parametrize(("points", "said"), [(3, "+3"), (-2, "−2"), (0, "0")])
def test_points_carry_their_sign(points, said):
    assert signed(points) == said


def test_touched_firms_are_those_of_the_effects_asked_for():
    assert len(VIEW.touched(Effect.OUT)) == 30
    assert VIEW.touched(Effect.IN) == []
    assert VIEW.size == len(VIEW.lacking) == 70
