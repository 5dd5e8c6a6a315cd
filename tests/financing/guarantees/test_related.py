"""Relations keep groups and their limits, bar the guarantor's controller and put a report on the officers' desk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import Role
from financing.acts import Act
from financing.case_refusals import NoDuty, NotEligible, RelationKnown, ToItself
from financing.guarantees import ledger, limits, related, related_views, service, views
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document, Filed
from financing.guarantees.model import GuaranteeCase, Limit
from financing.guarantees.rules import Hurdle, Scope
from financing.journal import Entry
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.outbox import Outgoing
from financing.parties.model import Firm, Guarantor, Relation
from financing.parties.rules import RelationKind, RelationSource
from financing.refusals import Incomplete, NotAllowed, NotFound, OutOfRange
from tests.makers import TODAY, a_code, a_firm, a_scored_need, a_user, at, writing

K = RelationKind


def enters(zone, firm, kind, name="王强", mark="", share=None, who=None):
    with at(zone.database, (who or zone.officer).actor) as desk:
        subject = desk.get(Firm, firm.id) if firm else None
        return related.enter(
            desk, subject, kind=kind, name=name, mark=mark, share=share, since=TODAY, source=RelationSource.REGISTRY
        )


def ends(zone, relation):
    with at(zone.database, zone.officer.actor) as desk:
        related.end(desk, desk.get(Relation, relation.id))


def firms(zone, count=2, **facts):
    with writing(zone.database) as session:
        return [a_firm(session, **facts) for _ in range(count)]


def group(zone, firm):
    return zone.get(Firm, firm.id).group_id


def decided(zone, firm):
    """120万元 decided in favour of this firm."""
    with writing(zone.database) as session:
        need = a_scored_need(session, firm)
    case = zone.case(need)
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    zone.seals(case)
    return case


def counter(zone, scope, owner):
    with writing(zone.database) as session:
        return session.scalar(select(Limit).where(Limit.scope == scope, Limit.owner_id == owner))


def unbalanced(zone):
    with writing(zone.database) as session:
        return ledger.differences(session)


def test_one_controller_makes_a_group_and_what_each_takes_up_goes_into_its_limit_and_back(zone):
    one, other = firms(zone)
    for firm in (one, other):
        decided(zone, firm)
    first = enters(zone, one, K.CONTROLLER, mark="123456")
    assert group(zone, one) is None
    enters(zone, other, K.CONTROLLER, mark="123456")
    key = min(one.id, other.id)
    assert group(zone, one) == group(zone, other) == key
    assert counter(zone, Scope.GROUP, key).reserved == Fen.wan(240)
    with at(zone.database, zone.officer.actor) as desk:
        room = related_views.of_firm(desk, desk.get(Firm, one.id)).room
        assert (room.taken, room.cap) == (Fen.wan(240), Fen.wan(3_000))  # 15 per cent of the net assets
    ends(zone, first)
    assert group(zone, one) is None and group(zone, other) is None
    assert counter(zone, Scope.GROUP, key).reserved == Fen(0)
    assert unbalanced(zone) == {}


@pytest.mark.parametrize(
    ("share", "together"), [(Rate.percent(25), True), (Rate(249_999), False), (Rate.percent(100), True)]
)
def test_a_holding_binds_from_the_dated_share_on(zone, share, together):
    one, other = firms(zone)
    enters(zone, one, K.SHAREHOLDER, name="不论怎么写", mark=other.code, share=share)
    assert (group(zone, one) is not None) is together
    with at(zone.database, zone.officer.actor) as desk:
        assert related_views.of_firm(desk, desk.get(Firm, one.id)).ties[0].relation.name == other.name  # by its code


def test_a_company_outside_that_registers_later_is_recognised_by_its_code(zone):
    (one,), code = firms(zone, 1), a_code()
    enters(zone, one, K.CONTROLLER, name="示范控股有限公司", mark=code)
    (late,) = firms(zone, 1, code=code)
    enters(zone, late, K.OFFICER, name="李芳")
    assert group(zone, one) == group(zone, late) == min(one.id, late.id)


def test_what_cannot_be_is_refused_and_only_officers_enter(zone):
    one, other = firms(zone)
    enters(zone, one, K.CONTROLLER, mark="1")
    with pytest.raises(RelationKnown):
        enters(zone, one, K.CONTROLLER, mark="1")
    with pytest.raises(ToItself):
        enters(zone, one, K.CONTROLLER, mark=one.code)
    with pytest.raises(Incomplete):
        enters(zone, one, K.SHAREHOLDER, mark="2")
    for share in (Rate(0), Rate.percent(101)):
        with pytest.raises(OutOfRange):
            enters(zone, one, K.SHAREHOLDER, mark="2", share=share)
    with writing(zone.database) as session:
        fund = a_user(session, Role.FUND)
    for who in (zone.chair, fund):
        with pytest.raises((NotAllowed, NotFound)):
            enters(zone, other, K.CONTROLLER, who=who)
    with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
        session.execute(text("DELETE FROM relation"))


def test_both_entries_and_ends_stand_in_the_journal_without_a_name(zone):
    (one,) = firms(zone, 1)
    relation = enters(zone, one, K.CONTROLLER, name="王强", mark="123456")
    ends(zone, relation)
    with writing(zone.database) as session:
        lines = session.scalars(select(Entry).where(Entry.subject_id == relation.id).order_by(Entry.seq)).all()
    assert [line.act for line in lines] == [Act.ADD_RELATION, Act.END_RELATION]
    assert "王强" not in str([line.body for line in lines]) and "123456" not in str([line.body for line in lines])


def test_I03_entries_at_once_by_several_officers_end_in_one_group_with_balanced_counters(zone):
    these = firms(zone, 4)
    for firm in these[:2]:
        decided(zone, firm)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda firm: enters(zone, firm, K.CONTROLLER, mark="123456"), these))
    key = min(firm.id for firm in these)
    assert {group(zone, firm) for firm in these} == {key}
    assert counter(zone, Scope.GROUP, key).reserved == Fen.wan(240)
    assert unbalanced(zone) == {}


def test_the_controller_of_the_guarantor_gets_no_case(zone):
    need = zone.need()
    with writing(zone.database) as session:
        firm = session.get_one(Firm, need.firm_id)
    enters(zone, None, K.SHAREHOLDER, mark=firm.code, share=Rate.percent(51))
    with pytest.raises(NotEligible) as refusal:
        zone.case(need)
    assert refusal.value.facts["gates"] == (Hurdle.CONTROLS_GUARANTOR,)
    with at(zone.database, zone.officer.actor) as desk:
        gate = next(
            g for g in views.prospect(desk, desk.get(Need, need.id)).gates if g.key is Hurdle.CONTROLS_GUARANTOR
        )
        assert "第17条" in gate.source


def test_another_related_party_is_decided_like_any_and_reported_within_thirty_days(zone):
    (firm,) = firms(zone, 1)
    enters(zone, None, K.CONTROLLER, name="示范城投集团", mark="C1")
    enters(zone, firm, K.CONTROLLER, name="示范城投集团", mark="C1")
    case = decided(zone, firm)
    stored = zone.get(GuaranteeCase, case.id)
    assert (stored.report_by, stored.reported_on) == (TODAY + timedelta(days=30), None)
    gate = next(g for g in views.read_gates(stored.gates) if g.key is Hurdle.RELATED_TO_GUARANTOR)
    assert gate.passed and gate.found == "30"
    with writing(zone.database) as session:
        rows = session.scalars(select(Outgoing)).all()
        told = [row.payload["to"] for row in rows if row.payload.get("code") == Act.REPORT_CASE]
    assert told == [{"role": "officer"}]
    filed = Filed(DocumentKind.PROOF, "回执.pdf", "application/pdf", 9, "0" * 64, "1" * 64)
    with at(zone.database, zone.officer.actor) as desk:
        related.report(desk, desk.get(GuaranteeCase, case.id), filed)
    assert zone.get(GuaranteeCase, case.id).reported_on == TODAY
    with at(zone.database, zone.officer.actor) as desk, pytest.raises(NoDuty):
        related.report(desk, desk.get(GuaranteeCase, case.id), filed)
    with writing(zone.database) as session:
        assert [one.firm_id for one in session.scalars(select(Document))] == [firm.id]


def test_a_firm_that_is_not_related_owes_no_report(zone):
    (firm,) = firms(zone, 1)
    case = decided(zone, firm)
    assert zone.get(GuaranteeCase, case.id).report_by is None
    filed = Filed(DocumentKind.PROOF, "回执.pdf", "application/pdf", 9, "0" * 64, "1" * 64)
    with at(zone.database, zone.officer.actor) as desk, pytest.raises(NoDuty):
        related.report(desk, desk.get(GuaranteeCase, case.id), filed)


def test_a_member_sees_the_whole_group_of_a_firm_on_the_agenda_and_nothing_else(zone):
    one, other, stranger = firms(zone, 3)
    for firm in (one, other):
        enters(zone, firm, K.CONTROLLER, mark="123456")
    enters(zone, stranger, K.CONTROLLER, mark="654321")
    with writing(zone.database) as session:
        need = a_scored_need(session, one)
    case = zone.case(need)
    with at(zone.database, zone.members[0].actor) as desk:
        assert desk.all(Relation) == []
    zone.meeting(case)
    with at(zone.database, zone.members[0].actor) as desk:
        picture = related_views.of_firm(desk, desk.get(Firm, one.id))
        assert {name for _, name in picture.members} == {one.name, other.name}
        assert {row.firm_id for row in desk.all(Relation)} == {one.id, other.id}
    zone.steps_aside(case, zone.members[0])
    with at(zone.database, zone.members[0].actor) as desk:
        assert desk.all(Relation) == []


def test_a_group_that_grew_above_its_cap_lets_nothing_be_added(zone):
    one, other = firms(zone)
    for firm in (one, other):
        decided(zone, firm)
    with writing(zone.database) as session:
        session.execute(
            text("UPDATE guarantor SET net_assets = :fen"), {"fen": Fen.wan(1_500).fen}
        )  # group cap 225万元
    for firm in (one, other):
        enters(zone, firm, K.CONTROLLER, mark="123456")
    with at(zone.database, zone.officer.actor) as desk:
        rooms = limits.taken(limits.rooms(desk, desk.find(Guarantor), desk.get(Firm, one.id), Fen(1)))
        assert rooms[Scope.GROUP].taken == Fen.wan(240) and not rooms[Scope.GROUP].enough
    with writing(zone.database) as session:
        need = a_scored_need(session, one, amount=Fen.wan(1))
    with at(zone.database, zone.officer.actor) as desk:
        gates = {gate.key: gate for gate in service.examine(desk, desk.get(Need, need.id))[2]}
        assert not gates[Hurdle.GROUP_LIMIT].passed and "第16条" in gates[Hurdle.GROUP_LIMIT].source
