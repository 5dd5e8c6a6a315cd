"""Pay-outs against the accepted offer, to the fen, and terms that turned out worse (F30, I-22)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.access import SYSTEM
from financing.answer_refusals import MoreThanOffered, NotChosen, NotYetPaid
from financing.money import Fen, Rate
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer
from tests.financing.offers.test_service import accepted, offered, opened, sent
from tests.makers import NOW, TODAY, writing

WHOLE, RATE = Fen.wan(120), Rate.percent("3.6")


def chosen(database):
    stage = sent(database, banks=1)
    made = offered(stage, 0)
    opened(stage)
    accepted(stage, made)
    return stage, made


def paid(stage, made, amount: Fen, rate=RATE, added="", paid_on=TODAY) -> Drawdown:
    with stage.at(stage.bankers[0]) as desk:
        return drawdowns.report(desk, desk.get(Offer, made.id), paid_on=paid_on, amount=amount, rate=rate, added=added)


@pytest.mark.parametrize(("second", "allowed"), [(Fen(-1), True), (Fen(0), True), (Fen(1), False)])
def test_I22_pay_outs_reach_the_accepted_offer_and_not_one_fen_more(database, second, allowed):
    stage, made = chosen(database)
    paid(stage, made, Fen.wan(100))
    rest = Fen.wan(20) + second
    if allowed:
        assert paid(stage, made, rest).number == 2
        return
    with pytest.raises(MoreThanOffered) as refused:
        paid(stage, made, rest)
    assert refused.value.facts["most"] == Fen.wan(20)


@pytest.mark.parametrize(("amount", "before"), [(0, 0), (1, -1), (WHOLE.fen, 1), (WHOLE.fen + 1, 0)])
def test_I22_the_database_itself_keeps_pay_outs_within_the_offer(database, amount, before):
    _stage, made = chosen(database)
    with pytest.raises(IntegrityError), writing(database) as session:
        session.add(
            Drawdown(
                offer_id=made.id, need_id=made.need_id, firm_id=made.firm_id, bank_id=made.bank_id, number=1, paid_on=TODAY,
                amount=Fen(amount), before=Fen(before), offered=WHOLE, rate=Rate(0), offered_rate=Rate(0), added="", worse=False, by=1, at=NOW,
            )
        )  # fmt: skip


@given(parts=st.lists(st.integers(1, WHOLE.fen), min_size=1, max_size=6))
def test_I22_whatever_is_reported_in_turn_the_sum_is_what_a_plain_count_allows(sqlite_database, parts):
    stage, made = chosen(sqlite_database)
    counted = 0
    for part in parts:
        try:
            paid(stage, made, Fen(part))
        except MoreThanOffered:
            assert counted + part > WHOLE.fen
        else:
            counted += part
    with stage.at(stage.signatory) as desk:
        (loan,) = drawdowns.loans(desk, Offer.id == made.id)
    assert (loan.paid, loan.left) == (Fen(counted), Fen(WHOLE.fen - counted))


def test_nothing_is_paid_before_the_choice_nor_tomorrow(database):
    stage = sent(database, banks=1)
    made = offered(stage, 0)
    with pytest.raises(NotChosen):
        paid(stage, made, Fen.wan(1))
    opened(stage)
    accepted(stage, made)
    with pytest.raises(NotYetPaid):
        paid(stage, made, Fen.wan(1), paid_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("rate", "added", "worse"),
    [
        (Rate.percent("3.6"), "", False),
        (Rate.percent("3.5"), "", False),
        (Rate(36_001), "", True),
        (Rate.percent("3.6"), "追加存款", True),
    ],
)
def test_terms_worse_than_the_offer_are_recorded_as_a_re_trade(database, rate, added, worse):
    stage, made = chosen(database)
    paid(stage, made, Fen.wan(50), rate, added)
    with stage.at(stage.officer) as desk:
        assert [(each.worse, each.offered_rate) for each in desk.all(Drawdown)] == [(worse, made.rate)]


@pytest.mark.parametrize(
    "statement", ["UPDATE drawdown SET amount = 1", "UPDATE drawdown SET worse = NOT worse", "DELETE FROM drawdown"]
)
def test_a_pay_out_stays_as_it_was_reported(database, statement):
    stage, made = chosen(database)
    paid(stage, made, Fen.wan(50))
    with pytest.raises((IntegrityError, OperationalError)), writing(database) as session:
        session.execute(text(statement))
    with stage.at(SYSTEM) as desk:
        assert desk.all(Drawdown)[0].amount == Fen.wan(50)
