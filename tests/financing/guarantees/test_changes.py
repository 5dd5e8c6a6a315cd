"""Terms of the guarantor change by two people on documents (I-20), act at once, and break no promise (I-03)."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from financing.access import Role
from financing.acts import Act
from financing.case_refusals import ChangeOpen, LimitReached, NothingChanged, SamePerson, TermsMoved
from financing.guarantees import change_views, changes, documents, effects, ledger, limits
from financing.guarantees.change_model import TermsChange
from financing.guarantees.change_rules import ChangeState, DocumentKind, owed
from financing.guarantees.documents import Document, Filed
from financing.guarantees.model import GuaranteeCase, Limit, LimitTerm
from financing.guarantees.rules import Scope
from financing.journal import Entry
from financing.money import Fen, Rate
from financing.outbox import Outgoing
from financing.parties import service as parties
from financing.parties.model import Firm, Guarantor
from financing.parties.rules import GuarantorKind
from financing.refusals import Incomplete, NotAllowed, NotFound, OrganAsGuarantor, WrongState
from tests.makers import a_bank, a_firm, a_user, at, writing

D, K = DocumentKind, GuarantorKind
_number = itertools.count(1)


def filed(*kinds):
    return [Filed(kind, f"{kind}.pdf", "application/pdf", 10, "0" * 64, f"{next(_number):064x}") for kind in kinds]


@pytest.fixture
def fund(database):
    with writing(database) as session:
        return a_user(session, Role.FUND)


def proposes(zone, who, *kinds, **new):
    with at(zone.database, who.actor) as desk:
        terms = parties.terms_of(parties.the_guarantor(desk)) | new
        return changes.propose(desk, terms, reason="上年度审计", filed=filed(*kinds))


def limits_to(zone, who, scope, owner, cap):
    with at(zone.database, who.actor) as desk:
        return changes.propose_limit(desk, scope, owner, cap, reason="集中度", filed=filed(D.CORPORATE_RESOLUTION))


def decides(zone, who, change, act=changes.adopt, *more):
    with at(zone.database, who.actor) as desk:
        act(desk, desk.get(TermsChange, change.id), *more)


def standing(zone):
    return zone.get(Guarantor, zone.guarantor.id)


def counters(zone):
    with writing(zone.database) as session:
        return {(one.scope, one.owner_id): one for one in session.scalars(select(Limit))}


def sealed(zone):
    """A case decided in favour: 120万元 lie in every limit of its firm."""
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    zone.seals(case)
    return case


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FUND])
def test_I20_one_proposes_and_another_adopts_and_both_stand_in_the_journal(zone, role):
    with writing(zone.database) as session:
        proposer = a_user(session, role)
    change = proposes(zone, proposer, D.AUDIT_REPORT, net_assets=Fen.wan(30_000))
    assert standing(zone).net_assets == Fen.wan(20_000)  # nothing has happened yet
    decides(zone, zone.chair, change)
    assert standing(zone).net_assets == Fen.wan(30_000)
    with writing(zone.database) as session:
        lines = session.scalars(select(Entry).where(Entry.subject_id == change.id).order_by(Entry.seq)).all()
        told = [row.payload["to"] for row in session.scalars(select(Outgoing).order_by(Outgoing.id)) if row.payload["number"] == change.number]  # fmt: skip
    assert [(line.act, line.actor_id) for line in lines] == [
        (Act.PROPOSE_TERMS, proposer.id),
        (Act.ADOPT_TERMS, zone.chair.id),
    ]
    assert sorted(map(str, told)) == sorted(map(str, [{"role": "chair"}, {"user": proposer.id}]))


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.CHAIR, Role.SYSTEM, Role.VISITOR}])
def test_I20_nobody_but_the_chair_decides(zone, role):
    change = proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen(1))
    with writing(zone.database) as session:
        other = a_user(session, role)
    with at(zone.database, other.actor) as desk, pytest.raises((NotAllowed, NotFound)):
        changes.adopt(desk, desk.get(TermsChange, change.id))
    assert standing(zone).net_assets == Fen.wan(20_000)


def test_I20_who_proposed_and_became_chair_is_refused_in_words_and_by_the_database(zone):
    change = proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen(1))
    turned = replace(zone.officer.actor, role=Role.CHAIR)
    for act in (changes.adopt, lambda desk, it: changes.turn_down(desk, it, "不")):
        with at(zone.database, turned) as desk, pytest.raises(SamePerson):
            act(desk, desk.get(TermsChange, change.id))
    with pytest.raises(IntegrityError, match=r"two_people|CHECK"), writing(zone.database) as session:
        session.execute(
            update(TermsChange).where(TermsChange.id == change.id).values(decided_by=zone.officer.id, state="adopted")
        )


def test_a_decision_is_final_whoever_asks(zone):
    adopted = proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen.wan(30_000))
    decides(zone, zone.chair, adopted)
    refused = proposes(zone, zone.officer, D.CORPORATE_RESOLUTION, fee=Rate.percent(2))
    decides(zone, zone.chair, refused, changes.turn_down, "先核实成本")
    assert standing(zone).fee == Rate.percent(1)
    for change in (adopted, refused):
        with at(zone.database, zone.chair.actor) as desk, pytest.raises(WrongState):
            changes.adopt(desk, desk.get(TermsChange, change.id))
    for statement in ("UPDATE terms_change SET reason = ''", "DELETE FROM terms_change", "DELETE FROM document",
                      "UPDATE document SET name = ''"):  # fmt: skip
        with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
            session.execute(text(statement))


def test_a_change_needs_something_new_its_documents_and_its_turn(zone):
    with pytest.raises(NothingChanged):
        proposes(zone, zone.officer, D.AUDIT_REPORT)
    with pytest.raises(Incomplete) as missing:
        proposes(zone, zone.officer, D.PROOF, net_assets=Fen(1), kind=K.RISK_POOL, name="示范投资有限公司", pool=Fen(1))
    assert set(missing.value.facts["papers"]) == {D.AUDIT_REPORT, D.AGREEMENT, D.CORPORATE_RESOLUTION}
    with pytest.raises(OrganAsGuarantor):
        proposes(zone, zone.officer, D.CORPORATE_RESOLUTION, name="示范经开区管委会")
    first = proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen(1))
    with pytest.raises(ChangeOpen) as waiting:
        proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen(2))
    assert waiting.value.facts["number"] == first.number
    limits_to(zone, zone.officer, Scope.SECTOR, 33, Fen(5))  # about something else: does not wait


@pytest.mark.parametrize(
    ("new", "documents"),
    [
        ({"net_assets": Fen(1)}, {D.AUDIT_REPORT}),
        ({"pool": Fen(1)}, {D.PROOF}),
        ({"pool": Fen(0)}, {D.CORPORATE_RESOLUTION}),
        ({"licence_until": date(2030, 1, 1)}, {D.LICENCE}),
        ({"kind": K.LICENSED, "licence": "1"}, {D.LICENCE}),
        ({"kind": K.REINSURED_PRODUCT, "licence": "", "licence_until": None}, {D.AGREEMENT}),
        ({"kind": K.RISK_POOL, "pool": Fen(1)}, {D.AGREEMENT, D.PROOF}),
        ({"kind": K.CORPORATE_ONE_OFF}, {D.CORPORATE_RESOLUTION}),
        ({"share": Rate(0), "fee": Rate(0)}, {D.CORPORATE_RESOLUTION}),
        ({"cap": None}, {D.CORPORATE_RESOLUTION}),
    ],
)
def test_each_term_rests_on_its_document(new, documents):
    assert set(owed(new, ())) == documents
    assert owed(new, documents) == ()


def test_the_first_guarantor_comes_by_two_people_too(database):
    with writing(database) as session:
        officer, chair = a_user(session, Role.OFFICER), a_user(session, Role.CHAIR)
    terms = {"name": "示范投资有限公司", "kind": K.RISK_POOL, "net_assets": Fen.wan(9_000), "pool": Fen.wan(500),
             "share": Rate.percent(50), "fee": Rate(0)}  # fmt: skip
    with at(database, officer.actor) as desk:
        papers = filed(D.AUDIT_REPORT, D.PROOF, D.AGREEMENT, D.CORPORATE_RESOLUTION)
        change = changes.propose(desk, terms, reason="设立", filed=papers)
        assert parties.the_guarantor(desk) is None
    with at(database, chair.actor) as desk:
        found = change_views.proposal(desk, desk.get(TermsChange, change.id))
        shown = {one.scope: (one.before, one.after) for one in found.effects}
        changes.adopt(desk, desk.get(TermsChange, change.id))
        assert parties.the_guarantor(desk).pool == Fen.wan(500)
    assert shown[Scope.FACILITY] == (Fen(0), Fen.wan(90_000)) and shown[Scope.FIRM] == (Fen(0), Fen.wan(900))


def test_smaller_net_assets_break_no_promise_and_let_nothing_be_added(zone):
    case = sealed(zone)
    change = proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen.wan(9))
    with at(zone.database, zone.chair.actor) as desk:
        shown = {
            (one.scope, one.taken): one for one in change_views.proposal(desk, desk.get(TermsChange, change.id)).effects
        }
    firm = shown[Scope.FIRM, Fen.wan(120)]
    assert (firm.before, firm.after, firm.free, firm.over) == (Fen.wan(2_000), Fen.wan("0.9"), Fen(0), True)
    decides(zone, zone.chair, change)
    limit = counters(zone)[Scope.FIRM, case.firm_id]
    assert limit.cap == limit.reserved == Fen.wan(120)  # stands, and nothing fits on top
    assert counters(zone)[Scope.FACILITY, zone.guarantor.id].cap == Fen.wan(90)  # weighs three quarters
    kept = effects.read(zone.get(TermsChange, change.id).effects)
    assert {(one.scope, one.before, one.after) for one in kept} == {
        (one.scope, one.before, one.after) for one in shown.values()
    }
    with writing(zone.database) as session:
        assert ledger.differences(session) == {}


def test_a_case_promised_before_the_form_changed_is_used_and_released_to_the_fen(zone):
    """The pool came after the promise: what was never reserved there is neither used nor given back."""
    case = sealed(zone)
    change = proposes(
        zone, zone.officer, D.AGREEMENT, D.PROOF, D.CORPORATE_RESOLUTION,
        kind=K.RISK_POOL, pool=Fen.wan(500), name="示范投资有限公司", licence="", licence_until=None,
    )  # fmt: skip
    decides(zone, zone.chair, change)
    with writing(zone.database) as session:
        bank = a_bank(session).id
    with at(zone.database, zone.officer.actor) as desk:
        limits.use(desk, desk.get(GuaranteeCase, case.id), Fen.wan(100), bank)
    found = counters(zone)
    assert found[Scope.POOL, zone.guarantor.id].used == Fen(0)
    assert found[Scope.FIRM, case.firm_id].used == Fen.wan(100)
    with at(zone.database, zone.officer.actor) as desk:
        limits.release(desk, desk.get(GuaranteeCase, case.id))
    assert {one.used + one.reserved for one in counters(zone).values()} == {Fen(0)}


def test_a_limit_of_ones_own_acts_at_once_names_its_source_and_goes_back_to_the_usual_share(zone):
    with writing(zone.database) as session:
        bank = a_bank(session).id
        firm = a_firm(session).id
    for scope, owner in ((Scope.BANK, bank), (Scope.SECTOR, 33)):
        change = limits_to(zone, zone.officer, scope, owner, Fen.wan(77))
        decides(zone, zone.chair, change)
        with writing(zone.database) as session:
            term = session.scalars(select(LimitTerm).where(LimitTerm.scope == scope)).one()
        assert term.cap == Fen.wan(77) and change.number in term.basis
    with at(zone.database, zone.officer.actor) as desk:
        rooms = limits.taken(limits.rooms(desk, desk.find(Guarantor), desk.get(Firm, firm), Fen.wan(78)))
        assert not rooms[Scope.SECTOR].enough and rooms[Scope.SECTOR].source.startswith("担保人自定限额")
    decides(zone, zone.chair, limits_to(zone, zone.officer, Scope.SECTOR, 33, None))
    with writing(zone.database) as session:
        assert [term.scope for term in session.scalars(select(LimitTerm))] == [Scope.BANK]


def test_terms_that_moved_on_are_not_overwritten(zone):
    change = proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen.wan(30_000))
    with writing(zone.database) as session:
        session.get_one(Guarantor, zone.guarantor.id).fee = Rate.percent(3)
    with pytest.raises(TermsMoved):
        decides(zone, zone.chair, change)
    assert standing(zone).net_assets == Fen.wan(20_000)
    decides(zone, zone.chair, change, changes.turn_down, "按现行条件重新提出")


def test_I03_a_decision_that_waits_for_an_adoption_meets_the_new_caps(zone):
    """The seal has read the old net assets; what it reserves is held to the new ones all the same."""
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    change = proposes(zone, zone.officer, D.AUDIT_REPORT, net_assets=Fen.wan(9))
    adopting, answer = threading.Event(), []

    def seal():
        adopting.wait(20)
        try:
            zone.seals(case)
        except LimitReached as refusal:
            answer.append(refusal.facts["scope"])

    with ThreadPoolExecutor(1) as pool:
        sealing = pool.submit(seal)
        with at(zone.database, zone.chair.actor) as desk:
            changes.adopt(desk, desk.get(TermsChange, change.id))
            adopting.set()  # the adoption holds the facility; the seal begins now and must wait
        sealing.result(30)
    assert len(answer) == 1
    assert all(limit.reserved == Fen(0) for limit in counters(zone).values())


def test_I03_adoptions_and_decisions_at_once_keep_every_cap(zone):
    cases = [zone.case() for _ in range(4)]
    for case in cases:
        zone.meeting(case)  # sittings of their own: one sitting decides in its order
        for user in zone.everybody:
            zone.votes(case, user)
    change = limits_to(zone, zone.officer, Scope.SECTOR, 33, Fen.wan(250))

    def tries(case):
        try:
            return zone.seals(case) and True
        except LimitReached:
            return False

    with ThreadPoolExecutor(5) as pool:
        sealing = [pool.submit(tries, case) for case in cases]
        pool.submit(decides, zone, zone.chair, change).result(60)
        granted = sum(one.result(60) for one in sealing)
    sector = counters(zone)[Scope.SECTOR, 33]
    assert sector.reserved == Fen.wan(120 * granted) <= sector.cap
    assert sector.cap == max(Fen.wan(250), sector.reserved) and granted >= 2
    with writing(zone.database) as session:
        assert ledger.differences(session) == {}


def test_documents_open_on_record_and_only_to_those_concerned(zone, fund):
    case = zone.case()
    with at(zone.database, zone.officer.actor) as desk:
        ours = documents.add(desk, filed(D.LICENCE)[0], subject_id=zone.guarantor.id).id
        theirs = documents.add(desk, filed(D.PROOF)[0], subject_id=case.id, firm_id=case.firm_id).id
    with at(zone.database, fund.actor) as desk:
        documents.opened(desk, desk.get(Document, ours))
        with pytest.raises(NotFound):
            desk.get(Document, theirs)
    with at(zone.database, zone.members[0].actor) as desk, pytest.raises(NotFound):
        desk.get(Document, theirs)
    zone.meeting(case)
    with at(zone.database, zone.members[0].actor) as desk:
        assert desk.get(Document, theirs).kind is D.PROOF
    zone.steps_aside(case, zone.members[0])
    with at(zone.database, zone.members[0].actor) as desk, pytest.raises(NotFound):
        desk.get(Document, theirs)
    with writing(zone.database) as session:
        opened = select(Entry).where(Entry.act == Act.OPEN_DOCUMENT)
        assert [(line.subject_id, line.actor_id) for line in session.scalars(opened)] == [(ours, fund.id)]


def test_the_history_says_who_when_why_and_the_scan_is_the_licence_in_force(zone):
    refused = proposes(zone, zone.officer, D.LICENCE, licence_until=date(2031, 1, 1))
    decides(zone, zone.chair, refused, changes.turn_down, "扫描件不清")
    adopted = proposes(zone, zone.officer, D.LICENCE, licence_until=date(2031, 1, 1))
    decides(zone, zone.chair, adopted)
    with at(zone.database, zone.chair.actor) as desk:
        found = change_views.standing(desk)
        assert [(row.change.number, row.change.state) for row in found.history.rows] == [
            (adopted.number, ChangeState.ADOPTED), (refused.number, ChangeState.TURNED_DOWN),
        ]  # fmt: skip
        assert found.scan.subject_id == adopted.id
        first = found.history.rows[1].change
        assert (first.proposer, first.decider, first.answer) == (zone.officer.name, zone.chair.name, "扫描件不清")
