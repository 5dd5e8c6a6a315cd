"""Letters of refusal: after a vote and at the gates, with coded reasons, values, rules and the way to a second look (F10, F56)."""

from __future__ import annotations

import pytest

from financing.case_refusals import Eligible
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.record import digest
from financing.guarantees.rules import OURS, Gate, Hurdle, Vote
from financing.letter_refusals import NothingToWrite
from financing.letters import papers, reasons
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.money import Fen
from financing.needs.model import Need
from tests.financing.guarantees.conftest import zone
from tests.makers import at

__all__ = ["zone"]
OFFICE = "企业服务中心，电话 0000-0000000"


def test_a_letter_of_refusal_gives_the_members_reasons_without_their_names_and_the_way_to_a_second_look(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user, Vote.AGAINST, "订单不足")
    with pytest.raises(NothingToWrite), at(zone.database, zone.officer.actor) as desk:
        papers.write(desk, desk.get(GuaranteeCase, case.id), OFFICE)
    with pytest.raises(NothingToWrite), at(zone.database, zone.officer.actor) as desk:
        papers.minutes(desk, desk.get(Meeting, meeting.id))
    zone.seals(case)
    with at(zone.database, zone.officer.actor) as desk:
        paper = papers.write(desk, desk.get(GuaranteeCase, case.id), OFFICE)
    said = "".join(paper.record["after"])
    assert paper.kind is LetterKind.REFUSAL
    assert dict(paper.record["rows"])["理由代码"] == "评审 01"
    assert (
        "（1）[评审 01] 评审委员会表决达到通过票数：未达到（查到 同意 0 票、附条件同意 0 票，要求 合计 4 票），依据：产品默认"
        in said
    )
    assert "委员的意见：（1）订单不足" in said
    assert OFFICE in said
    assert "10 个工作日内" in said and "5 个工作日内" in said
    assert not any(user.name in said for user in zone.everybody)


def refused_at_the_gates(zone, **facts):
    need = zone.need(**facts)
    with at(zone.database, zone.officer.actor) as desk:
        return need, papers.refuse(desk, desk.get(Need, need.id), OFFICE)


def test_a_need_stopped_at_the_gates_ends_with_a_letter_of_coded_reasons_and_what_would_change_them(zone):
    need, paper = refused_at_the_gates(zone, amount=Fen.wan(1_500))
    after = zone.get(Need, need.id)
    assert (paper.kind, paper.subject_id, paper.firm_id, paper.case_id) == (
        LetterKind.REFUSAL,
        need.id,
        need.firm_id,
        None,
    )
    codes = dict(paper.record["rows"])["理由代码"].split("、")
    assert codes == [reasons.entries()[gate].code for gate in after.missed]
    assert reasons.entries()["product_cap"].code in codes
    said = "".join(paper.record["after"])
    first = "[准入 08] 金额不超过等级对应的上限：未达到（查到 15,000,000.00 元，要求 不超过 3,000,000.00 元），依据：园区无抵押企业信用评分表（A）"
    assert first in said
    assert "把申请金额降到上限以内" in said and OFFICE in said
    assert "10 个工作日内" in said and "5 个工作日内" in said
    assert "决议" not in "".join(paper.record["before"]) + said
    assert digest(paper.record) == paper.digest


def test_nobody_is_turned_away_at_gates_that_are_all_met_and_no_letter_is_left_behind(zone):
    with pytest.raises(Eligible):
        refused_at_the_gates(zone)
    with at(zone.database, zone.officer.actor, write=False) as desk:
        assert desk.all(IssuedPaper) == []


def test_the_list_of_reasons_is_closed_every_gate_that_can_stop_a_firm_has_its_code_and_no_two_share_one():
    listed = reasons.entries()
    assert set(listed) == {gate.value for gate in Hurdle if gate not in OURS} | {"votes", "cover"}
    assert len({one.code for one in listed.values()}) == len(listed)
    assert all(one.says and one.way.endswith("。") for one in listed.values())


@pytest.mark.parametrize(
    ("found", "asked", "told"),
    [
        (None, None, "未达到，依据：表"),
        ("large", None, "未达到（查到 大型企业），依据：表"),
        (42, 60, "未达到（查到 42 分，要求 不低于 60 分），依据：表"),
        (Fen.wan(3), Fen.wan(2), "未达到（查到 30,000.00 元，要求 不超过 20,000.00 元），依据：表"),
    ],
)
def test_a_reason_gives_the_value_found_the_value_asked_and_the_rule(found, asked, told):
    (one,) = reasons.of_gates([Gate(Hurdle.SCORE, False, found, asked, "表")])
    assert one.told == f"[准入 07] 评分达到准入线：{told}"
