"""Maturities: everybody is told at 60, 30 and 15 days, each exactly once, and the firm says what it wants (F46, I-14; 金规〔2024〕13号)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.access import SYSTEM
from financing.acts import Act
from financing.loans import changing, renewal
from financing.loans.change_model import RenewalCall, RenewalChoice
from financing.loans.change_rules import Choice
from financing.loans.model import Loan
from financing.loans.renewal_rules import Answer, Check, Condition, Known, Stated, due_levels, without_principal
from financing.outbox import Outgoing
from financing.parties.model import Firm
from financing.refusals import NotAllowed, OutOfRange
from scoring.repayment import due
from tests.financing.loans.conftest import ALL, DAY, contract, on, pays_out, records
from tests.makers import TODAY, at, writing

END = due(TODAY, 12)
ALL_TRUE = Stated(lawful=True, producing=True, no_diversion=True, no_evasion=True, need=True)


def runs(database, day) -> int:
    """What the daily run does about maturities on a day."""
    with at(database, SYSTEM, on(day), write=False) as desk:
        keys = renewal.waiting(desk)
    done = 0
    for key in keys:
        with at(database, SYSTEM, on(day)) as desk:
            done += renewal.call(desk, [key])
    return done


def told(database) -> Counter:
    with writing(database) as session:
        rows = [row for row in session.query(Outgoing) if row.payload.get("code") == Act.CALL_RENEWAL]
    return Counter(next(iter(row.payload["to"])) for row in rows)


def test_each_level_is_told_on_its_day_and_never_again(lent):
    days = [END - n * DAY for n in (61, 60, 59, 31, 30, 16, 15, 1, 0, -1)]
    assert [runs(lent.database, day) for day in days] == [0, 1, 0, 0, 1, 0, 1, 0, 0, 0]
    assert runs(lent.database, END) == 0
    assert told(lent.database) == {"firm": 3, "bank": 3, "role": 3}
    assert sorted(call.days for call in lent.rows(RenewalCall)) == [15, 30, 60]


def test_after_downtime_every_level_that_was_missed_is_told_once(lent):
    assert [runs(lent.database, END - n * DAY) for n in (20, 20, 10, 10)] == [2, 0, 1, 0]
    assert told(lent.database) == {"firm": 3, "bank": 3, "role": 3}


def test_an_extended_loan_is_told_of_by_its_new_maturity_alone(lent):
    with lent.at() as desk:
        changing.extend(desk, desk.get(Loan, lent.loan.id), until=due(TODAY, 18), why="回款延后")
    assert [runs(lent.database, END - n * DAY) for n in (60, 15, 0)] == [0, 0, 0]
    assert [runs(lent.database, due(TODAY, 18) - n * DAY) for n in (61, 60, 30, 15)] == [0, 1, 1, 1]


def test_a_settled_loan_is_not_told_of(lent):
    lent.pays(TODAY + DAY, ALL)
    lent.pays(TODAY + DAY, interest=lent.stands(TODAY + DAY).next_interest)
    assert lent.stands(TODAY + DAY).settled
    assert runs(lent.database, END - 60 * DAY) == 0


@settings(max_examples=200)
@given(up=st.lists(st.booleans(), min_size=80, max_size=80))
def test_I14_whatever_days_the_platform_was_down_no_level_is_missed_or_told_twice(up):
    """A model of the daily run: a level is told on the first day that it runs from its day on, until the maturity."""
    told, first = [], date(2026, 1, 1)
    matures = first + timedelta(days=70)
    for day, runs in enumerate(up):
        if runs:
            told += due_levels(matures, first + timedelta(days=day), set(told))
    due = [level for level in (60, 30, 15) if any(up[70 - level : 71])]
    assert sorted(told, reverse=True) == due
    assert len(told) == len(set(told))


def test_the_firm_chooses_and_may_choose_again(lent):
    with pytest.raises(NotAllowed), lent.at() as desk:
        renewal.choose(desk, desk.get(Loan, lent.loan.id), Choice.REPAY)
    for day, choice in enumerate((Choice.TALK, Choice.WITHOUT_PRINCIPAL)):
        with lent.at(TODAY + day * DAY, lent.stage.signatory) as desk:
            renewal.choose(desk, desk.get(Loan, lent.loan.id), choice, stated=ALL_TRUE)
    with lent.at(actor=lent.stage.signatory) as desk:
        newest = renewal.chosen(desk, [lent.loan.id])[lent.loan.id]
    assert (newest.choice, newest.stated["missing"]) == (Choice.WITHOUT_PRINCIPAL, [])
    assert len(lent.rows(RenewalChoice)) == 2
    with pytest.raises(OutOfRange), lent.at(END + DAY, lent.stage.signatory) as desk:
        renewal.choose(desk, desk.get(Loan, lent.loan.id), Choice.REPAY)


LATEST = date(2027, 9, 30)


def known(**changes) -> Known:
    return Known(**{"size": "small", "days_past_due": 0, "overdue_interest": 0, "matures": END, **changes})


@pytest.mark.parametrize(
    ("facts", "stated", "missing"),
    [
        ({}, {}, ()),
        ({"size": "micro"}, {}, ()),
        ({"size": "large"}, {}, (Condition.SIZE,)),
        ({"size": "medium", "matures": LATEST}, {}, ()),
        ({"size": "medium", "matures": LATEST + DAY}, {}, (Condition.SIZE,)),
        ({"days_past_due": 1}, {}, (Condition.CREDIT,)),
        ({"overdue_interest": 1}, {}, (Condition.NO_ARREARS,)),
        ({"matures": TODAY - DAY}, {}, (Condition.BEFORE,)),
        ({"working_capital": False}, {}, (Condition.PURPOSE,)),
        ({}, {"lawful": False}, (Condition.LAWFUL,)),
        ({}, {"producing": False, "need": False}, (Condition.PRODUCING, Condition.NEED)),
        ({}, {"no_diversion": False, "no_evasion": False}, (Condition.NO_DIVERSION, Condition.NO_EVASION)),
    ],
)
def test_a_renewal_without_principal_asks_what_the_notice_of_2024_asks(facts, stated, missing):
    said = Stated(**{name: stated.get(name, True) for name in Stated.__slots__})
    assert without_principal(known(**facts), said, TODAY, LATEST).missing == missing


def test_what_nobody_has_told_is_for_the_bank_and_speaks_against_nothing():
    check = without_principal(Known("", END), None, TODAY, LATEST)
    assert check.open
    assert check.known == ((Condition.BEFORE, Answer.YES),)
    assert check.for_the_bank == tuple(one for one in Condition if one is not Condition.BEFORE)
    assert Check.read(check.stored()) == check


def test_the_bridge_room_asks_the_same_of_a_loan_at_hand(signed):
    pays_out(signed)
    lent = records(signed, contract())
    now, late = lent.stands(), lent.stands(due(TODAY, 2))
    with lent.at(actor=signed.stage.officer) as desk:
        assert renewal.without_principal(desk, now, ALL_TRUE).missing == ()
        found = renewal.without_principal(desk, late, ALL_TRUE)
        bridging = renewal.before_a_bridge(desk, desk.get(Firm, lent.loan.firm_id), lent.loan, TODAY)
    assert found.missing == (Condition.CREDIT, Condition.NO_ARREARS)
    assert bridging.known == tuple((one, Answer.YES) for one in (
        Condition.SIZE, Condition.PURPOSE, Condition.BEFORE, Condition.CREDIT, Condition.NO_ARREARS
    ))  # fmt: skip
