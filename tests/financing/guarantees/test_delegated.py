"""Small cases that two officers decide (F41): who may, up to how much, who may call one in, and when it is in force."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from financing.access import SYSTEM, Role
from financing.case_refusals import LimitReached, NotEligible, Tied
from financing.guarantees import delegated, ledger, securities, security_views, service
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.delegation_rules import DelegationState, may_call_in, small
from financing.guarantees.interest_rules import Ground, Interest
from financing.guarantees.model import GuaranteeCase, Limit, Resolution
from financing.guarantees.record import digest
from financing.guarantees.rules import CaseState, Scope
from financing.guarantees.security_rules import SecurityKind
from financing.interest_refusals import NotDeclared
from financing.money import Fen
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties import stated
from financing.parties.model import Firm, Guarantor
from financing.price_refusals import SecurityFixed
from financing.refusals import NotAllowed, NotFound, WrongState
from financing.sitting_refusals import CommitteesOwn, NotFinal, NotSmall, TooLateToCall, TwoOfficers
from tests.makers import NOW, TODAY, a_declaration, a_scored_need, a_user, at, writing

#: Decided on a Monday: the second working day is Wednesday, and Wednesday ends at midnight in Beijing.
LAST = date(2026, 11, 25)
LAST_MOMENT = datetime(2026, 11, 25, 15, 59, 59, 999_999, tzinfo=UTC)
AFTER = LAST_MOMENT + timedelta(microseconds=1)


@dataclass
class Two:
    zone: object
    second: object

    def case(self, wan=40, **facts):
        return self.zone.case(self.zone.need(amount=Fen.wan(wan), **facts))

    def proposed(self, case=None, by=None) -> Delegation:
        case = case or self.case()
        with at(self.zone.database, (by or self.zone.officer).actor) as desk:
            return delegated.propose(desk, desk.get(GuaranteeCase, case.id), "额度小，建议同意")

    def decides(self, one, by=None, now=NOW):
        with at(self.zone.database, (by or self.second).actor, now) as desk:
            delegated.decide(desk, desk.get(Delegation, one.id), "同意")

    def decided(self, case=None) -> Delegation:
        one = self.proposed(case)
        self.decides(one)
        return self.zone.get(Delegation, one.id)

    def calls_in(self, one, by=None, now=NOW):
        with at(self.zone.database, (by or self.zone.members[0]).actor, now) as desk:
            delegated.call_in(desk, desk.get(Delegation, one.id), "行业风险上升")

    def take_effect(self, one, now=AFTER):
        with at(self.zone.database, SYSTEM, now) as desk:
            return delegated.take_effect(desk, one.id)

    def state(self, one):
        return self.zone.get(Delegation, one.id).state, self.zone.get(GuaranteeCase, one.case_id).state

    def reserved(self, one):
        with writing(self.zone.database) as session:
            here = (Limit.scope == Scope.FIRM, Limit.owner_id == one.firm_id)
            assert ledger.differences(session) == {}
            return session.scalar(select(Limit.reserved).where(*here)) or Fen(0)


@pytest.fixture
def two(zone) -> Two:
    with writing(zone.database) as session:
        return Two(zone, a_user(session, Role.OFFICER))


@pytest.mark.parametrize(
    ("line", "borne", "most", "may"),
    [
        (50, 0, 50, True),
        (51, 0, 50, False),
        (30, 20, 50, True),
        (30, 21, 50, False),
        (1, 0, 0, False),
        (0, 0, 0, False),
    ],
)
def test_small_is_the_line_with_all_the_firm_has_already(line, borne, most, may):
    assert small(Fen.wan(line), Fen.wan(borne), Fen.wan(most)) is may


@pytest.mark.parametrize(("day", "may"), [(TODAY, True), (LAST, True), (LAST + timedelta(days=1), False)])
def test_calling_in_ends_with_the_last_day(day, may):
    assert may_call_in(day, LAST) is may


def test_two_officers_decide_and_after_two_working_days_it_is_a_resolution_with_the_same_seal(two):
    one = two.decided()
    assert (two.state(one), one.call_in_until) == ((DelegationState.DECIDED, CaseState.DELEGATED), LAST)
    assert two.reserved(one) == Fen.wan(40)
    assert two.zone.get(Need, one.need_id).state is NeedState.COMMITTEE
    assert two.take_effect(one) == 1
    with writing(two.zone.database) as session:
        sealed = session.scalars(select(Resolution)).one()
    assert (sealed.number, sealed.digest, sealed.meeting_id) == (one.number, digest(one.record), None)
    assert sealed.record == one.record and sealed.record["outcome"] == "approved"
    assert [seat["name"] for seat in sealed.record["seats"]] == [two.zone.officer.name, two.second.name]
    assert [rule["key"] for rule in sealed.record["rules"]] == ["delegated_amount", "call_in_days"]
    assert two.state(one) == (DelegationState.IN_FORCE, CaseState.APPROVED)
    assert two.zone.get(Need, one.need_id).state is NeedState.APPROVED
    assert two.reserved(one) == Fen.wan(40)
    assert two.take_effect(one) == 0


def test_I07_an_officer_with_a_tie_or_without_a_declaration_neither_puts_a_case_forward_nor_decides_it(two):
    case = two.case()
    with writing(two.zone.database) as session:
        undeclared, tied = a_user(session, Role.OFFICER, declared=False), a_user(session, Role.OFFICER, declared=False)
        firm = session.get_one(Firm, case.firm_id)
        a_declaration(session, tied, Interest(Ground.FAMILY, firm.name, code=firm.code, person="章某"))
    for person, refusal in ((undeclared, NotDeclared), (tied, Tied)):
        with pytest.raises(refusal):
            two.proposed(case, by=person)
    one = two.proposed(case)
    for person, refusal in ((undeclared, NotDeclared), (tied, Tied)):
        with pytest.raises(refusal):
            two.decides(one, by=person)
    two.decides(one)
    assert two.state(one) == (DelegationState.DECIDED, CaseState.DELEGATED)


def test_I20_neither_who_brought_it_nor_who_put_it_forward_decides_and_the_database_says_so_too(two):
    with writing(two.zone.database) as session:
        third = a_user(session, Role.OFFICER)
    one = two.proposed(by=two.second)  # brought by the first, put forward by the second
    for same in (two.zone.officer, two.second):
        with pytest.raises(TwoOfficers):
            two.decides(one, by=same)
        with pytest.raises(DBAPIError), writing(two.zone.database) as session:
            session.execute(
                update(Delegation).values(decided_by=same.id, number="JY2026-0099", state=DelegationState.DECIDED)
            )
    two.decides(one, by=third)
    assert two.state(one)[0] is DelegationState.DECIDED


def test_only_an_officer_puts_forward_and_decides_and_only_a_member_calls_in(two):
    one, case = two.proposed(), two.case()
    with pytest.raises((NotAllowed, NotFound)), at(two.zone.database, two.zone.chair.actor) as desk:
        delegated.propose(desk, desk.session.get_one(GuaranteeCase, case.id), "同意")
    with pytest.raises((NotAllowed, NotFound)):
        two.decides(one, by=two.zone.chair)
    two.decides(one)
    with pytest.raises(NotAllowed):
        two.calls_in(one, by=two.second)


def test_a_large_case_and_a_large_one_cut_up_go_to_the_committee(two):
    with pytest.raises(NotSmall) as refusal:
        two.proposed(two.case(51))
    assert refusal.value.facts == {"line": Fen.wan(51), "borne": Fen(0), "most": Fen.wan(50)}
    first = two.decided(two.case(30))
    with writing(two.zone.database) as session:
        need = a_scored_need(session, session.get_one(Firm, first.firm_id), amount=Fen.wan(30))
    with pytest.raises(NotSmall) as refusal:
        two.proposed(two.zone.case(need))
    assert refusal.value.facts["borne"] == Fen.wan(30)


def test_a_case_the_committee_has_had_or_that_was_called_in_is_not_delegated(two):
    case = two.case()
    two.zone.meeting(case)
    with pytest.raises(WrongState):
        two.proposed(case)
    two.zone.defers(case)
    with pytest.raises(WrongState):
        two.proposed(case)
    one = two.decided()
    two.calls_in(one)
    with pytest.raises(CommitteesOwn):
        two.proposed(two.zone.get(GuaranteeCase, one.case_id))


def test_what_the_second_officer_does_not_agree_on_is_the_committees_and_nobody_is_refused(two):
    one = two.proposed()
    with at(two.zone.database, two.second.actor) as desk:
        delegated.refer(desk, desk.get(Delegation, one.id), "请评审会看")
    assert two.state(one) == (DelegationState.REFERRED, CaseState.IN_REVIEW)
    with pytest.raises(WrongState):
        two.decides(one)
    two.zone.meeting(two.zone.get(GuaranteeCase, one.case_id))


def test_the_gates_are_examined_again_on_the_day_of_the_decision(two):
    one = two.proposed()
    with writing(two.zone.database) as session:
        session.get_one(Guarantor, two.zone.guarantor.id).licence_until = TODAY - timedelta(days=1)
    with pytest.raises(NotEligible):
        two.decides(one)
    assert two.reserved(one) == Fen(0)


def test_I03_two_officers_are_held_by_the_same_limits(two):
    with writing(two.zone.database) as session:
        session.get_one(Guarantor, two.zone.guarantor.id).net_assets = Fen.wan(1_000)
        full = Fen.wan(10_000) - Fen.wan(10)
        session.add(Limit(scope=Scope.FACILITY, owner_id=two.zone.guarantor.id, cap=Fen.wan(10_000), used=full))
    with pytest.raises((LimitReached, NotEligible)):
        two.decided()
    with writing(two.zone.database) as session:
        assert session.scalars(select(Delegation.state)).all() in ([], [DelegationState.PROPOSED])


def test_any_member_calls_a_case_in_to_the_last_moment_and_its_room_is_free(two):
    one = two.decided()
    two.calls_in(one, by=two.zone.members[3], now=LAST_MOMENT)
    assert two.state(one) == (DelegationState.CALLED_IN, CaseState.IN_REVIEW)
    assert two.reserved(one) == Fen(0)
    kept = two.zone.get(Delegation, one.id)
    assert (kept.caller, kept.reason) == (two.zone.members[3].name, "行业风险上升")
    assert two.take_effect(one) == 0
    case = two.zone.get(GuaranteeCase, one.case_id)
    two.zone.meeting(case)
    for user in two.zone.everybody:
        two.zone.votes(case, user)
    assert two.zone.seals(case).outcome is CaseState.APPROVED


def test_after_the_last_moment_nobody_calls_in_and_before_it_nothing_is_in_force(two):
    one = two.decided()
    assert two.take_effect(one, LAST_MOMENT) == 0
    with pytest.raises(TooLateToCall):
        two.calls_in(one, now=AFTER)
    assert two.state(one)[0] is DelegationState.DECIDED
    assert two.take_effect(one, AFTER) == 1


def test_nothing_is_issued_while_a_decision_may_be_called_in(two):
    one = two.decided()
    with pytest.raises(NotFinal) as refusal, at(two.zone.database, two.zone.officer.actor) as desk:
        delegated.require_final(desk, desk.get(GuaranteeCase, one.case_id))
    assert refusal.value.facts == {"until": LAST}
    two.take_effect(one)
    with at(two.zone.database, two.zone.officer.actor) as desk:
        delegated.require_final(desk, desk.get(GuaranteeCase, one.case_id))


@pytest.mark.usefixtures("again")
def test_calling_in_and_taking_effect_at_once_never_both_happen(two):
    for _ in range(8):
        one = two.decided()

        def called(one=one):
            try:
                two.calls_in(one, now=LAST_MOMENT)
            except (WrongState, TooLateToCall):
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            off, on = pool.submit(called), pool.submit(two.take_effect, one, AFTER)
            off, on = off.result(60), bool(on.result(60))
        assert off is not on
        assert two.state(one)[1] is (CaseState.IN_REVIEW if off else CaseState.APPROVED)
        assert two.reserved(one) == (Fen(0) if off else Fen.wan(40))


def test_a_changed_file_ends_a_decision_that_is_not_in_force_and_frees_its_room(two):
    one = two.decided()
    with at(two.zone.database, two.second.actor) as desk:
        stated.record(desk, desk.get(Firm, one.firm_id), {"tax_grade": "A"}, as_of=TODAY)
    assert two.state(one) == (DelegationState.VOID, CaseState.IN_REVIEW)
    assert two.reserved(one) == Fen(0)
    assert two.take_effect(one) == 0


def test_a_firm_that_withdraws_frees_the_room_of_a_decision_of_two(two):
    one = two.decided()
    with writing(two.zone.database) as session:
        signatory = a_user(session, Role.SIGNATORY, firm_id=one.firm_id)
    with at(two.zone.database, signatory.actor) as desk:
        need = desk.get(Need, one.need_id)
        needs.withdraw(desk, need)
        service.drop(desk, need)
    assert two.state(one) == (DelegationState.VOID, CaseState.DROPPED)
    assert two.reserved(one) == Fen(0)
    assert two.take_effect(one) == 0


def test_every_member_sees_what_was_decided_and_nobody_what_is_only_put_forward(two):
    one, other = two.decided(), two.proposed()
    for user, seen in ((two.zone.members[1], {one.id}), (two.zone.chair, {one.id}), (two.second, {one.id, other.id})):
        with at(two.zone.database, user.actor, write=False) as desk:
            assert {row.id for row in desk.all(Delegation)} == seen


def test_I08_a_sealed_decision_of_two_is_not_changed_and_none_is_removed(two):
    one = two.decided()
    for column, value in (("digest", "x"), ("decided_by", 7), ("opinion", "另写"), ("call_in_until", TODAY)):
        with pytest.raises(DBAPIError), writing(two.zone.database) as session:
            session.execute(update(Delegation).where(Delegation.id == one.id).values(**{column: value}))
    with pytest.raises(DBAPIError), writing(two.zone.database) as session:
        session.execute(text("DELETE FROM delegation"))


def asks(two, case):
    with at(two.zone.database, two.zone.officer.actor) as desk:
        here = desk.get(GuaranteeCase, case.id)
        return securities.ask(desk, here, SecurityKind.EQUITY, Fen.wan(1), "张明持有的股权")


def test_what_is_asked_in_return_is_fixed_while_a_second_officer_reads_and_stands_in_the_record(two):
    case, other = two.case(), two.case()
    asks(two, case)
    one = two.proposed(case)
    with pytest.raises(SecurityFixed):
        asks(two, case)
    with at(two.zone.database, two.zone.officer.actor) as desk:
        found = security_views.of_case(desk, desk.get(GuaranteeCase, case.id))
        assert not (found.may_ask or found.may_forgo)
    asks(two, other)  # nobody has put that one forward
    two.decides(one)
    record = two.zone.get(Delegation, one.id).record
    assert [(line["kind"], line["value"], line["state"]) for line in record["securities"]] == [
        ("equity", 1_000_000, "asked")
    ]
    assert record["price"]["grade"] == "A" and record["sharing"]["agreement"] is None


def test_what_is_asked_may_grow_again_once_the_case_goes_to_the_committee(two):
    one = two.proposed()
    with at(two.zone.database, two.second.actor) as desk:
        delegated.refer(desk, desk.get(Delegation, one.id), "请评审会看")
    assert asks(two, two.zone.get(GuaranteeCase, one.case_id)).number == 1
