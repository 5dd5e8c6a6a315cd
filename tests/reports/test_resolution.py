from __future__ import annotations

from dataclasses import replace

import pytest

from financing.guarantees.rules import CaseState, Vote
from reports.resolution import Attendance, BallotLine, Member, resolution, tally
from reports.typesetting import wan
from tests.reports.reading import bare, fonts, reader, text
from tests.reports.samples import HOSTILE
from tests.reports.samples_meetings import FINAL, ISSUED, RESOLUTION


@pytest.fixture(scope="module")
def said(printed):
    return text(printed(resolution(ISSUED, RESOLUTION)))


def test_the_resolution_says_what_was_decided_and_on_which_terms(said):
    for words in (
        RESOLUTION.number,
        "决议:附条件同意",
        "2,400,000.00元(贰佰肆拾万元整)",
        "每年0.8%",
        "同意3票,附条件同意1票,不同意1票,弃权0票;通过需要4票。",
        "有表决权的委员出席5人(法定人数4人),回避1人。",
        *RESOLUTION.conditions,
        RESOLUTION.digest,
    ):
        assert bare(words) in said


def test_the_minutes_name_everybody_their_votes_and_why_one_stepped_aside(said):
    for member in RESOLUTION.members:
        assert bare(member.name + member.role) in said
    assert "回避配偶在该企业任财务负责人(本人申报)" in said
    for ballots in RESOLUTION.rounds:
        for ballot in ballots:
            assert bare(ballot.opinion) in said
    assert "何静(不同意):第一大客户流失时不够还" in said


def test_limits_stand_before_and_after(said):
    for line in RESOLUTION.limits:
        assert bare(f"{line.name}{wan(line.cap)}{wan(line.before)}{wan(line.after)}{wan(line.free)}") in said


def test_a_rejection_has_no_terms_and_says_what_is_empty(printed):
    view = replace(
        RESOLUTION, outcome=CaseState.REJECTED, terms=None, conditions=(), dissent=(), limits=(), points=(), rounds=()
    )
    said = text(printed(resolution(ISSUED, view)))
    assert "决议:不予担保" in said
    assert "费率" not in said
    for why in ("本决议不附条件。", "没有不同意见。", "本决议不占用限额。", "没有进行表决。", "没有记录评议要点。"):
        assert why in said


def test_too_few_members_is_said(printed):
    assert "未达到法定人数。" in text(printed(resolution(ISSUED, replace(RESOLUTION, quorum=6))))


def test_every_vote_is_counted_even_at_nought():
    assert tally(FINAL) == {Vote.FOR: 3, Vote.CONDITIONAL: 1, Vote.AGAINST: 1, Vote.ABSTAIN: 0}


def test_the_paper_is_repeatable_archived_and_in_our_faces(press):
    first, second = press.print([resolution(ISSUED, RESOLUTION)] * 2)
    assert first == second
    assert len(reader(first).pages) <= 4
    assert {name[:14] for name in fonts(first)} <= {"Noto-Sans-CJK-", "Noto-Serif-CJK"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_printed_letter_by_letter(printed, hostile):
    hostile = hostile.format(port=9)
    names = ("number", "zone", "committee", "place", "chair", "firm", "purpose", "reason")
    view = replace(RESOLUTION, rounds=((BallotLine(hostile, Vote.FOR, hostile),),), **dict.fromkeys(names, hostile))
    assert text(printed(resolution(ISSUED, view))).count(bare(hostile)) >= 10


def test_a_rehearsal_is_marked(printed):
    for page in reader(printed(resolution(ISSUED, replace(RESOLUTION, rehearsal=True)))).pages:
        assert "演练" in page.extract_text()


def test_the_paper_says_what_the_record_holds_beside_the_votes(said):
    assert bare("审议顺序先于 DB2026-0007 审议，周明远 决定：合同明日到期") in said
    for one in RESOLUTION.opinions:
        assert bare(f"{one.part}{one.name}{one.advice}{one.opinion}") in said
    assert bare(RESOLUTION.afford) in said
    for what, value in RESOLUTION.price:
        assert bare(what + value) in said


def test_the_paper_carries_its_code_and_the_place_where_it_is_checked(said):
    assert bare(f"或打开 {ISSUED.check}，输入核验码 {ISSUED.code}") in said
    assert said.count(bare(f"核验码 {ISSUED.code}")) >= 3  # at the square and at the foot of every page


def test_a_decision_of_two_officers_speaks_of_no_sitting(printed):
    two = (BallotLine("林晓", Vote.FOR, "额度小。"), BallotLine("高峰", Vote.FOR, "同意。"))
    seats = (Member("林晓", "经办", Attendance.PRESENT), Member("高峰", "经办", Attendance.PRESENT))
    view = replace(
        RESOLUTION, by_two=True, rounds=(two,), members=seats, dissent=(), conditions=(), order=(),
        meeting="两位经办授权审批（可提请上会至 2026-11-25）", outcome=CaseState.APPROVED,
    )  # fmt: skip
    said = text(printed(resolution(ISSUED, view)))
    for words in (
        "授权审批决定",
        "授权审批记录",
        "可提请上会至2026-11-25",
        "两位经办(签字)",
        "林晓同意额度小",
        "五、两人意见",
    ):
        assert bare(words) in said
    for word in ("法定人数", "主任委员", "评审纪要", "到会与回避", "第一轮"):
        assert word not in said
