"""Pay-outs of a chosen offer flow into the ledger by themselves; wrong reports are taken back by two people and stay to be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.access import SYSTEM
from financing.commitments import reversals, service, views
from financing.commitments.model import Outcome
from financing.commitments.rules import Course, Report, Stage, Standing, with_payouts
from financing.commitments.service import News
from financing.forums.day_model import Intent
from financing.money import Fen, Rate
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer
from financing.offers.reversal_model import Reversal
from financing.refusals import NotAllowed, NotFound, WrongState
from financing.session_refusals import MoneyFirst, NothingIntended, PaidAtLoan, TakenBack
from tests.financing.commitments.test_ledger import AFTER, C, D, P, X, asked, closed, intent_of, line, on, reports
from tests.financing.forums.test_service import DAY
from tests.financing.offers.test_service import accepted, offered, opened
from tests.makers import NOW, at, writing

__all__ = ["closed"]  # the fixture

RATE = Rate.percent("3.6")


def paid_out(stage, offer, amount: Fen, day=DAY + timedelta(days=2), now=AFTER) -> Drawdown:
    with stage.at(stage.bankers[0], now) as desk:
        return drawdowns.report(desk, desk.get(Offer, offer.id), paid_on=day, amount=amount, rate=RATE)


@pytest.fixture
def lent(closed):
    """The same after the firm chose the first bank's offer."""
    made = offered(closed, 0, now=NOW)
    opened(closed, now=NOW + timedelta(days=40))
    accepted(closed, made, now=NOW + timedelta(days=10))
    return closed, made


def asked_back(stage, report, bank=0, why="金额多填了一位"):
    with stage.at(stage.bankers[bank], AFTER) as desk:
        return reversals.ask(desk, reversals.reported(desk, report.id), why)


def confirmed(stage, reversal, who=None):
    with stage.at(who or stage.officer, AFTER) as desk:
        reversals.confirm(desk, desk.get(Reversal, reversal.id))


def test_F30_a_pay_out_reported_at_the_loan_stands_in_the_ledger_without_being_typed_again(lent):
    stage, made = lent
    assert line(stage).standing is Standing.INTENDED
    paid_out(stage, made, Fen.wan(50))
    found = line(stage)
    assert (found.standing, found.course.paid, found.course.contracted) == (Standing.PAYING, Fen.wan(50), Fen.wan(120))
    assert found.course.first(Stage.CONTRACT) == DAY + timedelta(days=2)
    paid_out(stage, made, Fen.wan(70), day=DAY + timedelta(days=9))
    assert line(stage).standing is Standing.KEPT


def test_F30_an_accepted_offer_alone_is_neither_contract_nor_money(lent):
    stage, _made = lent
    assert (line(stage).course.contract, line(stage).course.paid) == (None, Fen(0))


def test_money_of_a_chosen_offer_is_not_reported_a_second_time_in_the_ledger(lent):
    stage, made = lent
    reports(stage, News(Stage.CONTRACT, DAY + timedelta(days=1), Fen.wan(120), "HT-9"))
    with pytest.raises(PaidAtLoan):
        reports(stage, News(Stage.PAID, DAY + timedelta(days=1), Fen.wan(10)))
    paid_out(stage, made, Fen.wan(20))
    with pytest.raises(NothingIntended):
        reports(stage, News(Stage.DROPPED, DAY + timedelta(days=3), said="企业不要了"))
    assert line(stage).course.first(Stage.CONTRACT) == DAY + timedelta(days=1)


def test_what_was_typed_before_the_choice_is_not_added_to_the_pay_outs(closed):
    made = offered(closed, 0, now=NOW)
    reports(closed, News(Stage.CONTRACT, DAY + timedelta(days=1), Fen.wan(120)))
    reports(closed, News(Stage.PAID, DAY + timedelta(days=2), Fen.wan(50)))
    opened(closed, now=NOW + timedelta(days=40))
    accepted(closed, made, now=NOW + timedelta(days=10))
    assert line(closed).course.paid == Fen.wan(50)
    paid_out(closed, made, Fen.wan(50))
    assert line(closed).course.paid == Fen.wan(50)


def test_money_from_before_the_session_did_not_come_from_it(lent):
    stage, made = lent
    paid_out(stage, made, Fen.wan(20), day=DAY - timedelta(days=1))
    assert line(stage).standing is Standing.INTENDED


def test_a_pay_out_answers_the_mark_at_which_the_bank_was_asked(lent):
    stage, made = lent
    asked(stage, 7)
    assert line(stage).waits == 7
    paid_out(stage, made, Fen.wan(20))
    assert line(stage).waits is None


REPORT = st.builds(
    Report, st.sampled_from([C, P, X, Stage.PENDING]), st.integers(0, 60).map(on), st.integers(1, 90).map(Fen.wan)
)
PAYOUT = st.builds(Report, st.just(P), st.integers(0, 60).map(on), st.integers(1, 90).map(Fen.wan))


@given(typed=st.lists(REPORT, max_size=6), payouts=st.lists(PAYOUT, max_size=4), lent=st.integers(90, 400))
def test_F30_money_counts_from_pay_outs_alone_where_there_are_any(typed, payouts, lent):
    found = Course(D, Fen.wan(100), with_payouts(typed, payouts, Fen.wan(lent)))
    if not payouts:
        assert list(found.reports) == typed
        return
    assert found.paid.fen == sum(one.amount.fen for one in payouts)
    assert found.standing in {Standing.PAYING, Standing.KEPT}
    contracts = [one for one in typed if one.stage is C]
    assert found.contract == (contracts[0] if contracts else Report(C, min(p.on for p in payouts), Fen.wan(lent)))


def test_a_wrong_report_counts_until_a_second_person_confirms_and_stays_to_be_read(closed):
    wrong = reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(700), "HT-1"))
    reversal = asked_back(closed, wrong)
    assert line(closed).course.contracted == Fen.wan(700)
    confirmed(closed, reversal)
    assert line(closed).standing is Standing.INTENDED
    right = reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(70), "HT-1"), now=AFTER + timedelta(hours=1))
    assert (line(closed).course.contracted, right.turn) == (Fen.wan(70), 2)
    key = intent_of(closed).id
    with closed.at(closed.officer, AFTER) as desk:
        _line, entries = views.one(desk, desk.get(Intent, key))
        assert [(one.amount, bool(one.reversal)) for one in entries] == [(Fen.wan(700), True), (Fen.wan(70), False)]


def test_a_pay_out_taken_back_frees_its_sum_at_the_loan_and_in_the_ledger(lent):
    stage, made = lent
    wrong = paid_out(stage, made, Fen.wan(100))
    confirmed(stage, asked_back(stage, wrong))
    assert line(stage).course.paid == Fen(0)
    again = paid_out(stage, made, Fen.wan(120))
    assert (again.number, again.before) == (2, Fen(0))
    for reader in (stage.officer, stage.bankers[0], stage.signatory):
        with stage.at(reader, AFTER) as desk:
            (loan,) = drawdowns.loans(desk)
            assert (loan.paid, loan.left, len(loan.drawdowns)) == (Fen.wan(120), Fen(0), 2)


def test_who_asked_cannot_confirm_and_another_bank_cannot_ask(closed):
    wrong = reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(70)))
    with pytest.raises(NotFound):
        asked_back(closed, wrong, bank=1)
    reversal = asked_back(closed, wrong)
    with pytest.raises(NotAllowed):
        confirmed(closed, reversal, closed.bankers[0])
    with pytest.raises(TakenBack):
        asked_back(closed, wrong)
    confirmed(closed, reversal)
    with pytest.raises(WrongState):
        confirmed(closed, reversal)


def test_a_contract_stays_while_payments_typed_on_it_count(closed):
    contract = reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(70)))
    early = asked_back(closed, contract)
    money = reports(closed, News(Stage.PAID, DAY, Fen.wan(10)))
    with pytest.raises(MoneyFirst):
        confirmed(closed, early)
    confirmed(closed, asked_back(closed, money))
    confirmed(closed, early)
    assert line(closed).standing is Standing.INTENDED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reversal SET why = '别的'",
        "UPDATE reversal SET outcome_id = NULL",
        "DELETE FROM reversal",
        "UPDATE reversal SET state = 'confirmed'",
        "UPDATE reversal SET state = 'confirmed', confirmed_by = asked_by",
    ],
)
def test_the_database_keeps_a_reversal_as_it_was_asked_and_for_two_people(closed, statement):
    wrong = reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(70)))
    asked_back(closed, wrong)
    with pytest.raises((IntegrityError, OperationalError)), writing(closed.database) as session:
        session.execute(text(statement))


def test_what_was_taken_back_counts_nowhere_and_nothing_confirmed_is_undone(closed):
    wrong = reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(70)))
    confirmed(closed, asked_back(closed, wrong))
    with pytest.raises((IntegrityError, OperationalError)), writing(closed.database) as session:
        session.execute(text("UPDATE reversal SET state = 'asked', confirmed_by = NULL"))
    key = intent_of(closed).id
    with at(closed.database, SYSTEM, AFTER, write=False) as desk:
        assert service.counting(desk, [key]) == [] and len(desk.all(Outcome)) == 1
