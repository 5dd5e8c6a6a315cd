"""A mistyped repayment is taken back by two people: nothing is deleted, plan, guarantee and limits stand as if it had never been recorded."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.model import Limit
from financing.journal import Entry
from financing.letters.rules import EntryKind as K
from financing.loan_refusals import RepaymentDiffers, TakenBack
from financing.loans import reversing
from financing.loans.change_rules import BackState
from financing.loans.model import LoanRepayment
from financing.loans.reversal_model import RepaymentReversal
from financing.loans.rules import Change
from financing.money import Fen
from financing.outbox import Outgoing
from financing.parties.model import Guarantor
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.financing.loans.conftest import ALL, Lent, pays_out, records
from tests.makers import TODAY, writing

SLIP = Filed(DocumentKind.PROOF, "更正.pdf", "application/pdf", 3, "a" * 64, "b" * 64)


def asks(lent: Lent, paid: LoanRepayment, actor=None, day=TODAY) -> int:
    with lent.at(day, actor) as desk:
        return reversing.ask(desk, desk.get(LoanRepayment, paid.id), "金额多写一个零", SLIP).id


def decides(lent: Lent, key: int, actor=None, day=TODAY, answer="") -> None:
    with lent.at(day, actor or lent.stage.officer) as desk:
        found = desk.get(RepaymentReversal, key)
        reversing.keep(desk, found, answer) if answer else reversing.take_back(desk, found)


def takes_back(lent: Lent, paid: LoanRepayment) -> None:
    decides(lent, asks(lent, paid))


def limits(lent: Lent) -> dict[tuple[str, int], tuple[int, int]]:
    with writing(lent.database) as session:
        return {
            (one.scope.value, one.owner_id): (one.used.fen, one.reserved.fen) for one in session.scalars(select(Limit))
        }


@pytest.fixture
def backed(signed) -> Lent:
    """A loan of 120万元 with a guarantee over all of it."""
    behind = signed.issued()
    pays_out(signed)
    lent = records(signed)
    lent.behind = behind
    return lent


def balance(lent: Lent) -> Fen:
    return lent.desk.now(lent.behind).balance


def test_everything_stands_as_if_it_had_never_been_recorded_and_the_row_stays(backed):
    before, plan, room = backed.stands(), backed.plans()[-1].rows, limits(backed)
    wrong = backed.pays(TODAY, Fen.wan(50), reference="LS1")
    assert (balance(backed), limits(backed) == room) == (Fen.wan(70), False)
    takes_back(backed, wrong)
    assert backed.stands() == before
    assert (backed.plans()[-1].rows, backed.plans()[-1].why) == (plan, Change.TAKEN_BACK)
    assert (balance(backed), limits(backed)) == (ALL, room)
    assert [row.id for row in backed.repayments()] == [wrong.id]
    assert backed.desk.ledger(backed.behind) == [
        (K.ISSUED, ALL.fen), (K.REPAID, Fen.wan(50).fen), (K.RESTORED, Fen.wan(50).fen),
    ]  # fmt: skip
    (back,) = backed.rows(RepaymentReversal)
    assert (back.state, back.restored) == (BackState.TAKEN_BACK, Fen.wan(50))


def test_the_right_sum_follows_under_the_same_reference_of_the_bank_and_is_then_there_once(backed):
    wrong = backed.pays(TODAY, Fen.wan(50), reference="LS1")
    with pytest.raises(RepaymentDiffers):
        backed.pays(TODAY, Fen.wan(5), reference="LS1")
    takes_back(backed, wrong)
    assert backed.pays(TODAY, Fen.wan(5), reference="LS1") is not None
    assert backed.pays(TODAY, Fen.wan(5), reference="LS1") is None
    assert (balance(backed), backed.stands().repaid) == (Fen.wan(115), Fen.wan(5))


def test_nothing_changes_before_an_officer_who_did_not_ask_has_confirmed(backed):
    paid, officer = backed.pays(TODAY, Fen.wan(50)), backed.stage.officer
    key = asks(backed, paid, officer)
    assert balance(backed) == Fen.wan(70)
    with pytest.raises(SamePerson):
        decides(backed, key)
    with pytest.raises(NotAllowed):
        decides(backed, key, backed.stage.bankers[0])  # the bank's own person never raises what the guarantor bears
    with pytest.raises(TakenBack):
        asks(backed, paid)
    with pytest.raises(NotFound):
        decides(backed, key, backed.stage.bankers[1])
    assert balance(backed) == Fen.wan(70)


def test_what_is_turned_down_counts_on_and_may_be_asked_for_again(backed):
    paid = backed.pays(TODAY, Fen.wan(50))
    key = asks(backed, paid)
    decides(backed, key, answer="流水无误")
    assert (balance(backed), backed.stands().repaid) == (Fen.wan(70), Fen.wan(50))
    with pytest.raises(WrongState):
        decides(backed, key)
    takes_back(backed, paid)
    with pytest.raises(TakenBack):
        asks(backed, paid)


def test_what_was_booked_by_hand_before_stays_booked(signed):
    behind = signed.issued()
    pays_out(signed)
    signed.repays(behind, Fen.wan(50))
    lent = records(signed)
    known, later = lent.pays(TODAY, Fen.wan(50)), lent.pays(TODAY, Fen.wan(20))
    takes_back(lent, known)
    assert signed.now(behind).balance == Fen.wan(70)  # of the 50 nothing had been freed, of the 20 all was
    takes_back(lent, later)
    assert signed.now(behind).balance == Fen.wan(70)


def test_nothing_is_guaranteed_again_under_a_guarantee_that_was_released(backed):
    paid = backed.pays(TODAY, ALL)
    backed.desk.releases(backed.behind)
    takes_back(backed, paid)
    assert (balance(backed), backed.stands().balance) == (Fen(0), ALL)


def test_a_loan_that_nobody_stands_behind_has_its_plan_again(lent):
    before = lent.stands()
    takes_back(lent, lent.pays(TODAY, Fen.wan(50)))
    assert lent.stands() == before


def test_in_whatever_order_they_are_recorded_and_taken_back_no_more_is_guaranteed_than_is_owed(backed):
    """By chance, against the plain sum: of 120 nothing but what still counts is repaid."""
    chance, standing = Random(20_261_128), []
    for step in range(24):
        owed = 120 - sum(amount for _, amount in standing)
        if standing and (chance.random() < 0.45 or owed == 0):
            paid, _amount = standing.pop(chance.randrange(len(standing)))
            takes_back(backed, paid)
        else:
            amount = chance.randint(1, owed)
            standing.append((backed.pays(TODAY, Fen.wan(amount), reference=f"R{step}"), amount))
        left = Fen.wan(120 - sum(amount for _, amount in standing))
        assert (balance(backed), backed.stands().balance) == (left, left)
    assert limits(backed)["firm", backed.loan.firm_id][0] == balance(backed).fen


def test_it_is_guaranteed_again_even_where_no_room_is_left_since(backed):
    paid = backed.pays(TODAY, Fen.wan(50))
    with writing(backed.database) as session:
        session.scalars(select(Guarantor)).one().net_assets = Fen.wan(1)
    takes_back(backed, paid)
    assert balance(backed) == ALL


def test_both_acts_are_on_record_and_firm_and_bank_hear_of_it(backed):
    takes_back(backed, backed.pays(TODAY, Fen.wan(50)))
    with writing(backed.database) as session:
        acts = set(session.scalars(select(Entry.act)))
        told = [
            row.payload["to"] for row in session.query(Outgoing) if row.payload.get("code") == Act.TAKE_REPAYMENT_BACK
        ]
    assert {Act.ASK_REPAYMENT_BACK, Act.TAKE_REPAYMENT_BACK} <= acts
    assert sorted(next(iter(to)) for to in told) == ["bank", "firm"]


def test_the_database_holds_two_people_one_standing_request_and_what_was_decided(backed):
    paid = backed.pays(TODAY, Fen.wan(50))
    key = asks(backed, paid)
    for change in ("decided_by = asked_by, state = 'taken_back'", "why = '另写'", "restored = 1"):
        with pytest.raises((DBAPIError, IntegrityError)), writing(backed.database) as session:
            session.execute(text(f"UPDATE repayment_reversal SET {change}"))
    decides(backed, key)
    for change in ("state = 'kept'", "restored = 0"):
        with pytest.raises((DBAPIError, IntegrityError)), writing(backed.database) as session:
            session.execute(text(f"UPDATE repayment_reversal SET {change}"))
    with pytest.raises((DBAPIError, IntegrityError)), writing(backed.database) as session:
        session.execute(text("DELETE FROM repayment_reversal"))
