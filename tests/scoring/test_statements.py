from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.statement_lines import LINES, SHEETS, Identity, Standard, Unit, form, identities, line_name, names, telling
from scoring.statements import Statement, UnknownLine, checks, hints, mismatches, opening_breaks

WHOLE = {
    "cash": 200,
    "receivables": 300,
    "inventory": 100,
    "current_assets": 600,
    "noncurrent_assets": 400,
    "assets": 1000,
    "current_liabilities": 400,
    "noncurrent_liabilities": 100,
    "liabilities": 500,
    "equity": 500,
    "profit_before_tax": 100,
    "income_tax": 20,
    "net_profit": 80,
}


def statement(**lines):
    return Statement(date(2025, 12, 31), {code: value for code, value in lines.items() if value is not None})


def test_sheets_that_tie_have_no_mismatch():
    assert mismatches(statement(**WHOLE)) == ()


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"equity": 499}, {"balance"}),
        ({"current_assets": 601}, {"assets"}),
        ({"inventory": 99}, set()),  # the other lines may make it up
        ({"inventory": 400}, {"current_assets"}),
        ({"net_profit": 81}, {"net_profit"}),
        ({"assets": None}, set()),
        ({"liabilities_and_equity": 1001}, {"liabilities_and_equity"}),
        ({"fixed_assets_cost": 50, "depreciation": 20, "fixed_assets": 29}, {"fixed_assets"}),
        ({"payables": 500}, set()),  # another line may be negative
    ],
)
def test_each_sum_that_does_not_hold_is_named(changed, broken):
    found = mismatches(statement(**WHOLE | changed))
    assert {each.identity.key for each in found} == broken
    assert all(each.difference == each.stated - each.computed != 0 for each in found)


@pytest.mark.parametrize(
    ("lines", "shown", "broken"),
    [
        ({"inventory": 99}, {"prepayments"}, set()),  # others are not on the form at all
        ({"inventory": 99}, {line.code for line in form(Standard.SMALL, "balance")}, {"current_assets"}),
        ({}, {line.code for line in form(Standard.SMALL, "balance")}, set()),
        # a total left blank over stated parts is unknown, not nothing
        ({"noncurrent_assets": None, "fixed_assets": 400}, {"noncurrent_assets", "current_assets"}, set()),
        ({"noncurrent_assets": None}, {"noncurrent_assets", "current_assets"}, {"assets"}),
    ],
)
def test_a_line_left_blank_on_the_form_counts_as_nothing(lines, shown, broken):
    whole = statement(**WHOLE | lines)
    assert {each.identity.key for each in mismatches(whole, shown=shown)} == broken


def test_a_line_that_some_forms_fold_into_another_may_be_counted_or_not():
    lines = {"receivables": 300, "other_receivables": 90, "interest_receivable": 10}
    shown = {line.code for line in form(Standard.GENERAL, "balance")} | lines.keys()
    for total, holds in ((390, True), (400, True), (395, False), (410, False)):
        found = mismatches(statement(**lines, current_assets=total), Standard.GENERAL, shown=shown)
        assert (found == ()) is holds, total
        assert all(abs(each.difference) in {5, 10} for each in found)


@pytest.mark.parametrize(("off", "holds"), [(0, True), (15_000, True), (15_001, False)])
def test_rounded_figures_may_be_off_by_half_a_step_each(off, holds):
    lines = {"liabilities": 30_000_000, "equity": 20_000_000, "assets": 50_000_000 + off}
    assert (mismatches(statement(**lines), grain=10_000) == ()) is holds
    assert (mismatches(statement(**lines)) == ()) is (off == 0)


def test_a_sum_of_which_too_little_is_stated_is_not_decided():
    found = {each.identity.key: each for each in checks({"net_profit": 5, "income_tax": 1}, Standard.SMALL)}
    assert (found["net_profit"].computed, found["net_profit"].decided, found["net_profit"].holds) == (None, False, True)
    assert found["net_profit"].difference == 5


IDENTITIES = [(standard, identity) for standard in Standard for identity in identities(standard)]


@given(st.sampled_from(IDENTITIES), st.data())
def test_any_complete_sum_holds_exactly_or_is_told(which, data):
    standard, identity = which
    parts = {code: data.draw(st.integers(-(10**15), 10**15)) for code in identity.parts}
    total = sum(sign * parts[code] for code, sign in identity.parts.items())
    off = data.draw(st.integers(-2, 2))
    told = [each.identity.key for each in mismatches(statement(**parts | {identity.total: total + off}), standard)]
    assert (identity.key in told) is bool(off)


def test_a_line_nobody_knows_is_refused():
    with pytest.raises(UnknownLine, match="goodwil"):
        statement(goodwil=1)


# --- the registry ----------------------------------------------------------------------------------------------------
#: 会小企01, 02 and 03 of 财会〔2011〕17号: some lines and their numbers, taken from the form itself.
SMALL = {
    "货币资金": 1, "应收账款": 4, "存货": 9, "流动资产合计": 15, "固定资产账面价值": 20, "资产总计": 30, "短期借款": 31, "应付账款": 33,
    "流动负债合计": 41, "负债合计": 47, "未分配利润": 51, "负债和所有者权益（或股东权益）总计": 53,
    "营业收入": 1, "税金及附加": 3, "销售费用": 11, "管理费用": 14, "财务费用": 18, "其中：利息费用": 19, "投资收益": 20, "营业利润": 21,
    "营业外支出": 24, "税收滞纳金": 29, "利润总额": 30, "所得税费用": 31, "净利润": 32, "支付的税费": 5, "经营活动产生的现金流量净额": 7,
    "购建固定资产、无形资产和其他非流动资产支付的现金": 12, "偿还借款利息支付的现金": 17, "筹资活动产生的现金流量净额": 19, "现金净增加额": 20,
    "期末现金余额": 22,
}  # fmt: skip


def test_the_small_standards_lines_bear_the_numbers_of_its_forms():
    lines = {
        line.places[Standard.SMALL].term: line.places[Standard.SMALL]
        for sheet in SHEETS
        for line in form(Standard.SMALL, sheet)
    }
    assert {term: lines[term].number for term in SMALL} == SMALL
    assert [len(form(Standard.SMALL, sheet)) for sheet in SHEETS] == [53, 32, 22]


def test_the_general_standards_lines_are_those_of_2019():
    terms = {line.places[Standard.GENERAL].term for sheet in SHEETS for line in form(Standard.GENERAL, sheet)}
    assert {"应收票据", "应收账款", "应收款项融资", "合同资产", "使用权资产", "租赁负债", "合同负债", "研发费用", "信用减值损失",
            "资产减值损失", "资产处置收益", "其他收益", "专项储备"} <= terms  # fmt: skip
    assert not terms & {"应收票据及应收账款", "应收利息", "应付股利", "工程物资"}


@pytest.mark.parametrize("standard", Standard)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_form_is_numbered_without_a_gap_and_every_part_goes_into_a_line_of_its_sheet(standard, sheet):
    lines = form(standard, sheet)
    assert [line.places[standard].number for line in lines] == list(range(1, len(lines) + 1))
    codes = {line.code for line in lines}
    roots = [line for line in lines if not line.places[standard].into]
    assert len(roots) == {"balance": 2, "income": 1, "cash": 1}[sheet]  # assets, and debts with equity
    assert all(line.places[standard].into in codes for line in lines if line not in roots)


def test_a_name_leads_to_one_line_of_a_sheet_and_standard():
    for sheet in SHEETS:
        for name, codes in names(sheet).items():
            for one, other in combinations(codes, 2):
                places = [LINES[code].places for code in (one, other)]
                shared = places[0].keys() & places[1].keys()
                # the same words twice only under two different wholes (优先股、永续债)
                assert all(places[0][s].into != places[1][s].into for s in shared), name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("一、营业收入", "营业收入"),
        (" 减：营业成本", "营业成本"),
        ("　　其中：利息费用（收入以“-”号填列）", "利息费用"),
        ("（一）持续经营净利润", "持续经营净利润"),
        ("应收帐款", "应收账款"),
        ("实收资本（或股本）", "实收资本"),
        ("减:  所 得 税 费 用", "所得税费用"),
        ("△拆入资金", "拆入资金"),
        ("加：其中：政府补助", "政府补助"),
        (None, ""),
    ],
)
def test_a_name_is_compared_without_its_ornaments(written, name):
    assert line_name(written) == name


def test_the_standards_are_told_apart_by_their_own_names():
    assert {"短期投资", "应付利润", "现金净增加额"} <= telling(Standard.SMALL)
    assert {"使用权资产", "研发费用", "信用减值损失"} <= telling(Standard.GENERAL)
    assert not telling(Standard.SMALL) & telling(Standard.GENERAL)


def test_an_identity_is_said_in_both_languages():
    said = {identity.key: identity for identity in identities(Standard.SMALL)}
    assert said["net_profit"].says == "净利润 = 利润总额 − 所得税费用"
    assert said["net_profit"].english == "Net profit = Profit before tax − Income tax"
    assert said["current_assets"].says == "流动资产合计 = 各项加减之和"


def test_up_to_four_parts_are_named_and_more_are_summed_up():
    total, *parts = ["cash", "notes_receivable", "receivables", "inventory", "prepayments", "other_receivables"]
    named = Identity(total, dict.fromkeys(parts[:4], 1)).says
    assert named == "货币资金 = " + " + ".join(LINES[code].term for code in parts[:4])
    assert Identity(total, dict.fromkeys(parts, 1)).says == "货币资金 = 各项加减之和"


@pytest.mark.parametrize(
    ("unit", "term", "fen"), [("yuan", "元", 100), ("thousand", "千元", 100_000), ("wan", "万元", 1_000_000)]
)
def test_a_unit_has_a_name_and_a_worth(unit, term, fen):
    assert (Unit(unit).term, Unit(unit).fen) == (term, fen)


# --- from year to year -----------------------------------------------------------------------------------------------
def test_an_opening_balance_is_the_closing_balance_of_the_year_before():
    opening, closing = {"cash": 5, "inventory": 7, "revenue": 1}, {"cash": 5, "inventory": 6, "assets": 9, "revenue": 2}
    assert [(step.code, step.difference) for step in opening_breaks(opening, closing)] == [("inventory", 1)]


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ({"equity": 130, "net_profit": 30}, {"equity": 100}, {}),
        ({"equity": 130, "net_profit": 50}, {"equity": 100}, {"equity": -20}),
        ({"equity": 130, "net_profit": 50}, {}, {}),
        ({"opening_cash": 9}, {"closing_cash": 8}, {"opening_cash": 1}),
        ({"closing_cash": 9, "cash": 12}, {}, {"closing_cash": -3}),
    ],
)
def test_what_usually_ties_and_may_not_is_a_hint(now, before, told):
    assert {step.code: step.difference for step in hints(now, before)} == told
