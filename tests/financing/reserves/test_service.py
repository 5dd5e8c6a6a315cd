"""Reserves set aside by two people and held against the ledger; who may read what; what became of decisions. On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing.access import SYSTEM, Role
from financing.case_refusals import SamePerson
from financing.guarantees.rules import Vote
from financing.guarantees.sharing import Party
from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, NotFound, OutOfRange
from financing.register import service as register
from financing.reserve_refusals import ReservesMoved, ReservesOpen, ReturnMissing
from financing.reserves import reading, service, views, yearly
from financing.reserves.model import ReservePosting
from financing.reserves.returns import By, Period
from financing.reserves.rules import PostingState, Proof, Reserve
from financing.reserves.stress import Scenario
from tests.financing.letters.conftest import chosen
from tests.makers import NOW, TODAY, a_user, at, writing

OCTOBER = date(2026, 10, 31)
LATER = NOW + timedelta(days=45)  # November and December are over
DECEMBER = date(2026, 12, 31)


@pytest.fixture
def letters(database):
    return chosen(database)


@pytest.fixture
def people(database):
    with writing(database) as session:
        known = {
            role: a_user(session, role).actor for role in Role if role in reading.READERS and role is not Role.SYSTEM
        }
        return known | {"second": a_user(session, Role.OFFICER).actor}


def proposed(database, actor, month=OCTOBER, now=NOW):
    with at(database, actor, now) as desk:
        return service.propose(desk, month).id


def decided(database, actor, key, now=NOW, answer=""):
    with at(database, actor, now) as desk:
        posting = desk.get(ReservePosting, key)
        service.turn_down(desk, posting, answer) if answer else service.confirm(desk, posting)


def typed(database, people, month, now, **figures):
    with at(database, people[Role.OFFICER], now) as desk:
        made = register.type_figures(desk, month, figures, nothing_outside=False).id
    with at(database, people["second"], now) as desk:
        register.confirm(desk, desk.get(register.ReturnFigures, made))


def test_two_people_set_aside_and_nothing_stands_before_the_second(database, people):
    officer, chair = people[Role.OFFICER], people[Role.CHAIR]
    key = proposed(database, officer)
    with pytest.raises(SamePerson):
        decided(database, officer, key)
    with pytest.raises(ReservesOpen):
        proposed(database, people["second"])
    with pytest.raises(NotAllowed):
        decided(database, people[Role.LEADER], key)
    decided(database, chair, key)
    with at(database, officer, write=False) as desk:
        found = yearly.year(desk, OCTOBER)
        assert found.confirmed
        assert found.posting.decider == chair.name
    with writing(database) as session:
        told = [(row.payload["code"], row.payload["to"]) for row in session.query(Outgoing).filter_by(kind="notice")]
    assert ("reserves.propose", {"role": "chair"}) in told
    assert ("reserves.confirm", {"user": officer.id}) in told
    with pytest.raises((DBAPIError, IntegrityError)), writing(database) as session:
        session.execute(text("UPDATE reserve_posting SET general_added = general_added + 1"))
    with pytest.raises((DBAPIError, IntegrityError)), writing(database) as session:
        session.execute(text("DELETE FROM reserve_posting"))


def test_what_was_turned_down_may_be_put_forward_anew(database, people):
    key = proposed(database, people[Role.OFFICER])
    decided(database, people["second"], key, answer="净利润有误")
    with at(database, people[Role.OFFICER], write=False) as desk:
        assert yearly.year(desk, OCTOBER).posting is None
        assert desk.get(ReservePosting, key).state is PostingState.TURNED_DOWN
    assert proposed(database, people[Role.OFFICER]) != key


def test_no_month_before_its_end_and_no_december_without_its_return(database, people):
    with pytest.raises(OutOfRange):
        proposed(database, people[Role.OFFICER], TODAY)
    with pytest.raises(ReturnMissing):
        proposed(database, people[Role.OFFICER], DECEMBER, LATER)
    typed(database, people, DECEMBER, LATER, income=900_00, fee_income=800_01, net_profit=-5)
    key = proposed(database, people[Role.OFFICER], DECEMBER, LATER)
    with at(database, SYSTEM, LATER) as desk:
        lines = {line.reserve: line for line in desk.session.get_one(ReservePosting, key).lines}
    assert lines[Reserve.UNEARNED].added == Fen(400_01)  # half of 800.01, half up
    assert lines[Reserve.GENERAL].added == Fen(0)


def test_what_moved_since_it_was_put_forward_is_not_confirmed(database, people):
    key = proposed(database, people[Role.OFFICER])
    typed(database, people, OCTOBER, NOW, income=900_00, fee_income=800_00)
    with pytest.raises(ReservesMoved):
        decided(database, people[Role.CHAIR], key)


def test_reserves_follow_the_ledger_and_every_reconciliation_is_nought(letters, people):
    made, database = letters.issued(), letters.database
    letters.books(made, EntryKind.COMPENSATED, Fen(made.amount.fen // 4))
    letters.books(made, EntryKind.LOST, Fen(1_003))
    november = date(2026, 11, 30)
    with at(database, people[Role.OFFICER], LATER, write=False) as desk:
        found = yearly.year(desk, november)
        deal = reading.deals(desk)[made.id]
        register_now = reading.book(desk).on(november)
    whole = -(-(2 * made.amount.fen * made.fee.ppm * deal.months - 12_000_000) // 24_000_000)
    assert found.fees.written == Fen(whole)
    assert found.fees.earned + found.fees.unearned == found.fees.written
    assert found.basis.liability == register_now.weighted
    own, others = deal.shares[Party.GUARANTOR].ppm, 1_000_000 - deal.shares.get(Party.BANK, Rate(0)).ppm
    assert abs(found.basis.losses.fen - 1_003 * own / others) <= 1
    assert {(held.proof, held.gap) for held in found.held} == {
        (proof, Fen(0)) for proof in (Proof.BALANCE, Proof.UNRECOVERED, Proof.GROUPS)
    }
    key = proposed(database, people[Role.OFFICER], november, LATER)
    decided(database, people[Role.CHAIR], key, LATER)
    with at(database, people[Role.OFFICER], LATER, write=False) as desk:
        again, suggested = yearly.year(desk, november), yearly.suggested(desk, november)
    assert [held.gap for held in again.held if held.proof is Proof.POSTING] == [Fen(0)] * 3
    assert suggested == {f"reserve_{line.reserve.value}": line.closing.fen for line in found.lines}
    typed(database, people, november, LATER, reserve_compensation=suggested["reserve_compensation"] + 7)
    with at(database, people[Role.OFFICER], LATER, write=False) as desk:
        said = [held.gap for held in yearly.year(desk, november).held if held.proof is Proof.RETURN]
    assert said == [Fen(-7)]


def test_a_year_opens_with_what_the_year_before_closed_with(database, people):
    typed(database, people, DECEMBER, LATER, income=900_00, fee_income=800_00, net_profit=1_000)
    key = proposed(database, people[Role.OFFICER], DECEMBER, LATER)
    decided(database, people["second"], key, LATER)
    with at(database, people[Role.OFFICER], LATER + timedelta(days=60), write=False) as desk:
        lines = {line.reserve: line for line in yearly.year(desk, date(2027, 1, 31)).lines}
    assert (lines[Reserve.UNEARNED].opening, lines[Reserve.UNEARNED].back) == (Fen(400_00), Fen(400_00))
    assert lines[Reserve.GENERAL].closing == Fen(100)


def test_ratios_of_every_group_open_their_lines(letters, people):
    made, database = letters.issued(), letters.database
    letters.repays(made, Fen(300))
    letters.books(made, EntryKind.COMPENSATED, Fen(100))
    letters.books(made, EntryKind.RECOVERED, Fen(25))
    for role in (Role.FUND, Role.MEMBER, Role.LEADER):
        with at(database, people[role], write=False) as desk:
            for by in By:
                found = views.ratios(desk, TODAY, Period.YEAR, by)
                assert (found.whole.compensation_rate, found.whole.recovery_rate) == (Rate(250_000), Rate(250_000))
                (group,) = found.groups
                behind = views.lines(desk, TODAY, Period.YEAR, by, group.key)
                assert {line.kind.value for _, line in behind} == {"issued", "repaid", "compensated", "recovered"}
                assert views.lines(desk, TODAY, Period.YEAR, by, "nobody") == []
            assert found.unrecovered == Fen(75)
            assert found.coverage is not None


def test_nobody_else_reads_any_of_it(letters):
    letters.issued()
    with pytest.raises(NotFound), letters.stage.at(letters.stage.bankers[0]) as desk:
        yearly.year(desk, OCTOBER)
    with pytest.raises(NotFound), letters.stage.at(letters.stage.bankers[0]) as desk:
        views.calibrated(desk)


def test_stress_takes_shares_as_the_committee_sealed_them(letters, people):
    made = letters.issued()
    with at(letters.database, people[Role.FUND], write=False) as desk:
        found = views.stressed(desk)
        deal = reading.deals(desk)[made.id]
    of = {outcome.scenario: outcome for outcome, _ in found.outcomes}
    assert set(of) == set(Scenario)
    assert of[Scenario.LARGEST].defaulted == made.amount
    lost = Fen(made.amount.fen * 7 // 10)
    assert of[Scenario.LARGEST].loss in {lost, lost + Fen(1)}
    assert abs(of[Scenario.LARGEST].own.fen - lost.fen * deal.shares[Party.GUARANTOR].ppm / 10**6) <= 2


def test_F78_the_vote_of_the_final_round_counts_and_a_void_one_never():
    cast = [("for", "first", False), ("against", "final", False), ("conditional", "final", True)]
    ballots = [{"user": 7, "vote": vote, "round": when, "void": void} for vote, when, void in cast]
    assert list(reading._votes(ballots)) == [(7, Vote.AGAINST)]
    assert list(reading._votes(ballots[:1])) == [(7, Vote.FOR)]


def test_F78_what_became_of_a_decision_counts_after_twelve_months(letters, people):
    made, database = letters.issued(), letters.database
    for days, count in ((364, 0), (366, 1)):
        with at(database, people[Role.CHAIR], NOW + timedelta(days=days), write=False) as desk:
            assert [one.bad for one in views.closed(desk, 12, 90)] == [False] * count
            assert views.calibrated(desk).grades.rows == ()  # one case is too few to be told
    letters.books(made, EntryKind.COMPENSATED, Fen(5))
    with at(database, people[Role.CHAIR], NOW + timedelta(days=366), write=False) as desk:
        assert [one.bad for one in views.closed(desk, 12, 90)] == [True]
