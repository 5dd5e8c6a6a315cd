from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from financing.matching.snapshot import Absent
from reports.dossier import Copy, dossier
from reports.square import square
from reports.typesetting import fine, grouped, percent, tenth, wan, yuan
from tests.reports.reading import bare, fonts, reader, text
from tests.reports.samples import BARE, BY_INVOICES, DOSSIER, HOSTILE, LONG, NEED, PAPERS, changed, full, with_texts

COPY = Copy(
    "信江农商银行", "李敏", datetime(2026, 11, 23, 7, 2, tzinfo=UTC), 3, "K7QM-4T2P-9XWD", "https://zone.example/check"
)
SOURCES = {"declared": "企业申报", "document": "票据凭证", "registry": "登记查询", "site": "现场核验"}


@pytest.fixture(scope="module")
def said(printed):
    return text(printed(dossier(DOSSIER, COPY)))


def test_every_word_of_the_snapshot_is_on_the_paper(said):
    s = DOSSIER
    words = [s.number, s.zone.name, s.zone.phone, s.need.number, s.need.purpose.says, s.need.use, s.firm.name.value]
    words += [s.firm.address.value, s.firm.business.value, s.firm.representative.value, s.plan.source, s.consent.number]
    words += [s.consent.scope, s.score.card, s.score.basis, s.guarantee.resolution, s.guarantee.licence.number]
    words += [part for licence in s.firm.licences for part in (licence.name, licence.number, str(licence.until))]
    words += [part for debt in s.firm.debts for part in (debt.lender, debt.security, str(debt.due))]
    words += [part for owner in s.owners for part in (owner.name, f"持股{percent(owner.share)}%")]
    words += [part for party in s.related for part in (party.name, party.relation)]
    words += [partner.name for partner in (*s.business.customers, *s.business.suppliers)]
    words += [one.says for one in (*s.strengths, *s.risks, *s.guarantee.conditions, *s.score.missing)]
    words += [part for item in s.open_items for part in (item.what, item.note)]
    words += [part for paper in s.papers for part in (paper.name, str(paper.on), paper.digest[:12])]
    assert [word for word in words if bare(word) not in said] == []


def test_every_number_of_the_snapshot_is_on_the_paper(said):
    s = DOSSIER
    rows = [(one.month, wan(one.sales), wan(one.purchases)) for one in s.business.months]
    rows += [(str(one.on), wan(one.principal), fine(one.interest)) for one in s.plan.instalments]
    rows += [(one.name, wan(one.amount), tenth(one.share)) for one in (*s.business.customers, *s.business.suppliers)]
    rows += [(line.says, *(wan(value) for value in line.values)) for line in s.statements.lines]
    rows += [
        (line.says, line.unit, *(value or "缺" for value in line.values), line.usual) for line in s.statements.ratios
    ]
    rows += [(one.says, grouped(one.value), one.unit, SOURCES[one.source], str(one.on)) for one in s.business.figures]
    rows += [(use.what, use.payee, wan(use.amount)) for use in s.plan.uses]
    rows += [(debt.lender, wan(debt.balance)) for debt in s.firm.debts]
    rows += [
        ("金额(元)", yuan(s.need.amount)),
        ("金额(元)", yuan(s.guarantee.amount)),
        (f"每年{percent(s.guarantee.fee)}%",),
    ]
    rows += [(case.says, case.cover) for case in s.plan.stress]
    assert [row for row in rows if bare("".join(row)) not in said] == []


def test_every_line_of_the_score_shows_value_source_day_and_points(said):
    for line in DOSSIER.score.lines:
        source = f"{SOURCES[line.origin.source]}{line.origin.on}" if line.origin else "未提供"
        row = f"{line.says}{line.value or '缺'}{line.unit}{source}{line.points}{line.most}"
        assert bare(row) in said
    assert f"得分{DOSSIER.score.total}/{DOSSIER.score.full},等级A,准入线60分" in said


def test_every_red_line_stands_under_its_outcome_and_its_origin(said):
    for veto in DOSSIER.score.vetoes:
        assert bare(veto.says) in said
    assert "?未查(1项)评分时没有查询,请银行自行核实涉及非法集资或民间高利借贷" in said
    assert "✓未触及(1项)登记查询2026-11-06当前有逾期贷款" in said
    assert "✓未触及(1项)现场核验2026-11-12近两年有重大安全或环保事故" in said


def test_what_nobody_provided_is_named_with_the_reason_and_never_as_a_fact(printed):
    said = text(printed(dossier(BY_INVOICES)))
    assert "未提供行业、成立日期、注册资本(万元)、职工(人)、地址、所在园区、法定代表人、主营业务" in said
    assert "演练不用真实代码统一社会信用代码" in said
    assert "演练按小型企业假定划型" in said
    assert "成立于" not in said


def test_a_rehearsal_says_that_nobody_looked_the_red_lines_up(printed):
    said = text(printed(dossier(BY_INVOICES)))
    assert "✓未触及(20项)演练假定,没有向登记机关查询" in said


def test_the_summary_says_which_twelve_months_it_means(said):
    assert "近12个月开票销售" in said
    year = DOSSIER.business.months[-12:]
    assert f"{wan(sum(month.sales for month in year))}万元{year[0].month}至{year[-1].month}" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("copy", [None, COPY], ids=["vault", "bank"])
def test_the_dossier_of_a_firm_known_by_invoices_has_four_pages_none_of_them_nearly_empty(printed, lang, copy):
    pages = reader(printed(dossier(BY_INVOICES, copy, lang))).pages
    assert len(pages) == 4
    assert min(len(page.extract_text().splitlines()) for page in pages) > 15


def test_the_charts_and_figures_of_an_english_dossier_are_english(printed):
    job = dossier(BY_INVOICES, COPY, "en")
    drawn = "".join(re.findall(r"<svg.*?</svg>", job.html, re.DOTALL))
    assert "Sales" in drawn
    assert not re.search(r"[\u4e00-\u9fff]", drawn)
    assert "1,811.20×10kCNY" in text(printed(job))


def test_a_stale_fact_is_marked(said):
    assert "社保参保人数58人登记查询2026-03-31(已旧)" in said


@pytest.mark.parametrize(("snapshot", "most"), [(DOSSIER, 5), (BARE, 3), (full(), 8)], ids=["ordinary", "bare", "full"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_dossier_is_longer_than_eight_pages(printed, snapshot, most, lang):
    assert len(reader(printed(dossier(snapshot, COPY, lang))).pages) <= (most if lang == "zh" else 8)


def test_page_one_is_the_summary_and_page_two_begins_the_file(printed):
    pages = [bare(page.extract_text()) for page in reader(printed(dossier(DOSSIER, COPY))).pages]
    assert "请贵行在2026-12-04前(10个工作日内)答复" in pages[0]
    assert "一、企业与人员" not in pages[0]
    assert "一、企业与人员" in pages[1]


def test_each_page_carries_number_code_digest_zone_and_reader(printed):
    pages = reader(printed(dossier(DOSSIER, COPY))).pages
    for number, page in enumerate(pages, 1):
        said = bare(page.extract_text())
        for mark in (
            f"{number}/{len(pages)}",
            f"验证码{COPY.code}",
            f"摘要{DOSSIER.digest()[:12]}",
            "信江经济开发区",
            bare(COPY.watermark),
        ):
            assert mark in said


def test_a_table_over_two_pages_repeats_its_head(printed):
    pages = [bare(page.extract_text()) for page in reader(printed(dossier(full(), COPY))).pages]
    heads = ("评分项取值来源与日期得分满分", "状态事项说明期限")
    assert max(sum(head in page for page in pages) for head in heads) == 2


def test_a_rehearsal_is_marked_on_every_page_and_the_real_thing_on_none(printed):
    for page in reader(printed(dossier(BARE, COPY))).pages:
        said = bare(page.extract_text())
        assert "演练·不作真实业务使用" in said
        assert said.count("演练") >= 2
    assert "演练" not in text(printed(dossier(DOSSIER, COPY)))


def test_what_is_missing_says_why(printed):
    said = text(printed(dossier(BARE, COPY)))
    for why in (
        "企业成立未满一年,尚无年度报表。",
        "企业未申请增信",
        "企业声明没有借款。",
        "没有开票记录",
        "没有待补或有争议的事项。",
        "资料不足",
    ):
        assert why in said


def test_what_two_officers_found_stands_with_its_doubts_and_what_enough_means(said):
    visit = DOSSIER.visit
    assert "2026-11-06现场查看;两位经办:建议担保、建议担保" in said
    for one in visit.checks:
        assert bare(one.says) in said
        assert one.seen is None or bare(one.seen) in said
    assert "有疑点(1项)查工资社保:十月社保迟缴九日,已补缴" in said
    assert "未能查到(1项)查征信" in said
    assert "现金取自经营活动现金流量净额(截至2025-12-31),不低于1.20倍为足够" in said


def test_risks_and_what_stands_against_them_are_counted_from_the_snapshot(said):
    customers = DOSSIER.business.customers
    first, all_three = tenth(customers[0].share), tenth(sum(one.share for one in customers[:3]))
    assert f"第一大客户占销售{first}%,前3大占{all_three}%" in said
    assert "1种情形下现金不够还款,最差:第一大客户流失,覆盖0.94倍" in said
    assert "尽调有疑点1项" in said and "尽调未能查到1项" in said
    part = tenth(DOSSIER.guarantee.amount * 10**6 // DOSSIER.need.amount)
    assert f"增信{wan(DOSSIER.guarantee.amount)}万元,为本笔的{part}%" in said


def test_a_dossier_without_a_complete_survey_says_so_and_an_old_one_says_nothing(printed):
    assert "没有两位经办都签署的尽职调查。" in text(printed(dossier(BARE)))
    assert "现场尽职调查" not in text(printed(dossier(BY_INVOICES)))
    assert "按现状1.92" in text(printed(dossier(changed(DOSSIER, visit=BARE.visit))))


def test_a_consent_without_the_score_says_so_instead_of_looking_empty(printed):
    hidden = Absent(why="企业没有授权查看评分。", english="The firm did not consent to show the score.")
    said = text(printed(dossier(changed(DOSSIER, score=hidden, strengths=(), risks=()), COPY)))
    assert said.count("企业没有授权查看评分。") >= 4
    assert "逐项得分" not in said


def test_the_same_copy_is_the_same_bytes(press):
    first, second = press.print([dossier(DOSSIER, COPY)] * 2)
    assert first == second


def test_the_vault_keeps_the_snapshot_inside_the_paper(printed):
    paper = printed(dossier(DOSSIER))
    assert reader(paper).attachments["snapshot.json"] == [DOSSIER.canonical()]
    assert "验证码" not in text(paper)


def test_only_noto_faces_are_embedded(printed):
    for job in (dossier(DOSSIER, COPY), dossier(BARE), dossier(DOSSIER, COPY, "en")):
        assert {name[:14] for name in fonts(printed(job))} <= {"Noto-Sans-CJK-", "Noto-Serif-CJK"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_firm_is_printed_letter_by_letter(printed, hostile):
    hostile = hostile.format(port=9)
    snapshot = with_texts(DOSSIER, hostile[:32])
    said = text(printed(dossier(snapshot, Copy(hostile, hostile, COPY.at, 1, "X", "https://zone.example/check"))))
    assert said.count(bare(hostile[:32])) > 40
    assert bare(hostile) in said


def test_a_rare_name_prints(printed):
    snapshot = changed(DOSSIER, need=changed(NEED, use=LONG + "龘䶮赟翀"))
    assert "龘䶮赟翀" in text(printed(dossier(snapshot, COPY)))


def test_the_square_is_drawn_without_any_text():
    assert "<text" not in square("https://zone.example/check?code=X")
    assert len(PAPERS) > 0
