from __future__ import annotations

from datetime import date

import pytest

from financing.case_refusals import Eligible, NoFacts, NoGuarantor, NotEligible
from financing.guarantees import service
from financing.guarantees.rules import Hurdle
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Guarantor
from financing.parties.rules import FirmState, GuarantorKind, Support
from financing.refusals import WrongState
from financing.wording import sentence
from tests.makers import a_firm, a_guarantor, a_need, a_survey, an_assessment, at, writing

RED_LINE = {
    "title": "评分表", "line": 60, "vetoes": [{"says": "失信被执行人", "hit": True, "checked": True}, {"says": "欠税公告", "hit": False, "checked": True}],
}  # fmt: skip
UNSEEN = {"title": "评分表", "line": 60, "vetoes": [{"says": "欠税公告", "hit": False, "checked": False}]}


def set_up(zone, *, firm=(), need=(), score=()):
    """A scored need with one thing about it that differs from the sound one."""
    with writing(zone.database) as session:
        made = a_need(session, a_firm(session, **dict(firm)), state=NeedState.SCORED, **dict(need))
        an_assessment(session, made, **dict(score))
        a_survey(session, made)
        return made


def opened(zone, need):
    with at(zone.database, zone.officer.actor) as desk:
        return service.open_case(desk, desk.get(Need, need.id), opinion="建议同意")


def change_guarantor(zone, **facts):
    with writing(zone.database) as session:
        guarantor = session.get_one(Guarantor, zone.guarantor.id)
        for name, value in facts.items():
            setattr(guarantor, name, value)


@pytest.mark.parametrize(
    ("facts", "missed"),
    [
        ({"firm": {"size": "medium"}}, [Hurdle.SIZE]),
        ({"firm": {"size": "large"}}, [Hurdle.SIZE]),
        ({"firm": {"size": "undetermined"}}, [Hurdle.SIZE]),
        ({"firm": {"state": FirmState.REGISTERED}}, [Hurdle.CONFIRMED]),
        ({"score": {"vetoed": True, "sheet": RED_LINE}}, [Hurdle.VETO]),
        ({"score": {"sheet": UNSEEN}}, [Hurdle.CHECKED]),  # nobody looked: not hit is not clear
        ({"score": {"insufficient": True}}, [Hurdle.FACTS]),
        ({"score": {"total": 59, "ceiling": Fen.wan(200)}}, [Hurdle.SCORE]),
        ({"need": {"amount": Fen(Fen.wan(300).fen + 1)}}, [Hurdle.GRADE_CEILING]),
        ({"need": {"amount": Fen(Fen.wan(500).fen + 1)}, "score": {"ceiling": Fen.wan(600)}}, [Hurdle.PRODUCT_CAP]),
        (
            {"firm": {"size": "large"}, "score": {"total": 10, "ceiling": Fen(0), "insufficient": True}},
            [Hurdle.SIZE, Hurdle.FACTS, Hurdle.SCORE, Hurdle.GRADE_CEILING],
        ),
    ],
)
def test_a_failed_gate_stops_the_case_and_is_named(zone, facts, missed):
    with pytest.raises(NotEligible) as refusal:
        opened(zone, set_up(zone, **facts))
    assert list(refusal.value.facts["gates"]) == missed


@pytest.mark.parametrize(
    "facts",
    [
        {"firm": {"size": "micro"}},
        {"need": {"amount": Fen.wan(300)}},  # the ceiling itself is allowed
        {"score": {"total": 60}},  # the line itself is enough
        {"need": {"amount": Fen.wan(500)}, "score": {"ceiling": Fen.wan(500)}},
    ],
)
def test_a_bound_is_on_the_good_side(zone, facts):
    assert opened(zone, set_up(zone, **facts)).state == "in_review"


def test_the_refusal_names_every_gate_in_words(zone):
    with pytest.raises(NotEligible) as refusal:
        opened(zone, set_up(zone, firm={"size": "large"}, score={"insufficient": True}))
    said = sentence(refusal.value)
    assert "小型或微型企业" in said
    assert "评分资料足够" in said


def refused(zone, need):
    with at(zone.database, zone.officer.actor) as desk:
        service.refuse(desk, desk.get(Need, need.id))


def test_a_need_that_misses_a_gate_ends_with_its_reasons(zone):
    need = set_up(zone, score={"total": 59, "insufficient": True})
    refused(zone, need)
    after = zone.get(Need, need.id)
    assert after.state is NeedState.INELIGIBLE and after.due_on is None
    assert after.missed == [Hurdle.FACTS, Hurdle.SCORE]
    with pytest.raises(WrongState):
        refused(zone, need)


def test_only_the_committee_says_no_to_an_eligible_need(zone):
    need = set_up(zone)
    with pytest.raises(Eligible):
        refused(zone, need)
    assert zone.get(Need, need.id).state is NeedState.SCORED


def test_points_never_buy_a_red_line(zone):
    need = set_up(zone, score={"total": 100, "vetoed": True, "sheet": RED_LINE, "ceiling": Fen.wan(500)})
    with pytest.raises(NotEligible):
        opened(zone, need)
    with at(zone.database, zone.officer.actor) as desk:
        checked = {gate.key: gate for gate in service.examine(desk, desk.get(Need, need.id))[2]}
    assert checked[Hurdle.VETO].found == "失信被执行人"


def test_a_firm_and_the_facility_have_only_the_room_that_is_left(zone):
    change_guarantor(zone, net_assets=Fen.wan(1_000))  # one firm: 100万元
    with pytest.raises(NotEligible) as refusal:
        opened(zone, set_up(zone, need={"amount": Fen(Fen.wan(100).fen + 1)}))
    assert refusal.value.facts["gates"] == (Hurdle.SINGLE_LIMIT,)
    change_guarantor(zone, net_assets=Fen(0))
    with pytest.raises(NotEligible) as refusal:
        opened(zone, set_up(zone))
    assert refusal.value.facts["gates"] == (Hurdle.SINGLE_LIMIT, Hurdle.SECTOR_LIMIT, Hurdle.FACILITY_LIMIT)


@pytest.mark.parametrize(
    ("kind", "licence", "until", "support"),
    [
        (GuarantorKind.LICENSED, "赣融担 0001", date(2026, 11, 23), Support.LETTER),
        (GuarantorKind.LICENSED, "赣融担 0001", date(2026, 11, 22), None),
        (GuarantorKind.LICENSED, "", None, None),
        (GuarantorKind.REINSURED_PRODUCT, "", None, None),
        (GuarantorKind.RISK_POOL, "", None, Support.RISK_SHARING),
        (GuarantorKind.CORPORATE_ONE_OFF, "", None, Support.RECOMMENDATION),
    ],
)
def test_no_letter_without_a_valid_licence(zone, kind, licence, until, support):
    change_guarantor(zone, kind=kind, licence=licence, licence_until=until, pool=Fen.wan(100))
    need = set_up(zone)
    if support is None:
        with pytest.raises(NotEligible) as refusal:
            opened(zone, need)
        assert refusal.value.facts["gates"] == (Hurdle.LICENCE,)
    else:
        assert opened(zone, need).support is support


def test_a_management_committee_guarantees_nothing(zone):
    change_guarantor(zone, name="示范经济开发区管理委员会")
    with pytest.raises(NotEligible) as refusal:
        opened(zone, set_up(zone))
    assert refusal.value.facts["gates"] == (Hurdle.GUARANTOR,)


def test_every_gate_is_kept_with_what_was_found_asked_and_its_source(zone):
    case = opened(zone, set_up(zone))
    rare = {Hurdle.GROUP_LIMIT, Hurdle.POOL_LIMIT}  # only with related parties, only with a pool
    assert [gate["key"] for gate in case.gates] == [hurdle.value for hurdle in Hurdle if hurdle not in rare]
    assert all(gate["passed"] and gate["source"] for gate in case.gates)
    by_key = {gate["key"]: gate for gate in case.gates}
    assert by_key["single_limit"]["asked"] == {"fen": Fen.wan(2_000).fen}
    assert by_key["score"] == {
        "key": "score", "passed": True, "found": 78, "asked": 60, "source": "园区无抵押企业信用评分表（2026-01-01）",
    }  # fmt: skip


def test_a_case_needs_a_guarantor_a_score_and_a_scored_need(zone):
    with writing(zone.database) as session:
        bare = a_need(session, a_firm(session), state=NeedState.SCORED)
        early = a_need(session, a_firm(session), state=NeedState.ACCEPTED)
    with pytest.raises(NoFacts):
        opened(zone, bare)
    with pytest.raises(WrongState):
        opened(zone, early)
    with writing(zone.database) as session:
        session.delete(session.get_one(Guarantor, zone.guarantor.id))
    with pytest.raises(NoGuarantor):
        opened(zone, bare)
    with writing(zone.database) as session:
        a_guarantor(session)


def test_a_need_has_one_case(zone):
    need = set_up(zone)
    opened(zone, need)
    with pytest.raises(WrongState):
        opened(zone, need)
