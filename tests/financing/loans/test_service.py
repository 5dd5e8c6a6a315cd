"""A loan on record, what is repaid on it, and the guarantee's ledger that follows (F45, I-22)."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from financing.answer_refusals import MoreThanOffered
from financing.guarantees.change_rules import DocumentKind
from financing.letter_refusals import LoanRecorded
from financing.letters.rules import EntryKind
from financing.loan_refusals import (
    ContractMissing,
    LoanOnRecord,
    MoreThanOwed,
    NothingRepaid,
    RepaymentDiffers,
    StepsDiffer,
)
from financing.loans import service, views
from financing.loans.model import Loan
from financing.loans.rules import Change
from financing.money import Fen, Rate
from financing.refusals import NotAllowed, NotFound, OutOfRange
from scoring.repayment import Repayment, due
from tests.financing.letters.conftest import filed
from tests.financing.loans.conftest import ALL, DAY, contract, pays_out, records
from tests.makers import TODAY, writing

K = EntryKind
FIRST = due(TODAY, 1)


def test_the_plan_is_that_of_the_contract_once_it_is_paid_out(signed):
    lent = records(signed)
    assert (lent.plans(), lent.stands().balance) == ([], Fen(0))
    pays_out(signed)
    (plan,) = lent.plans()
    assert len(plan.rows) == 12
    assert plan.rows[0] == [
        FIRST.isoformat(),
        9_836_071,
        360_000,
    ]  # 101,960.71 a month, the first month's interest 3,600
    assert sum(row[1] for row in plan.rows) == ALL.fen
    stands = lent.stands()
    assert (stands.balance, stands.next_due, stands.next_amount) == (ALL, FIRST, Fen(10_196_071))
    assert (stands.days_past_due, stands.by_class) == (0, "normal")


def test_each_pay_out_makes_another_version_and_the_former_ones_stay(signed):
    lent = records(signed)
    pays_out(signed, Fen.wan(100))
    pays_out(signed, Fen.wan(20), TODAY + DAY)
    assert [(plan.number, plan.why, sum(row[1] for row in plan.rows)) for plan in lent.plans()] == [
        (1, Change.DRAWN, Fen.wan(100).fen), (2, Change.DRAWN, ALL.fen),
    ]  # fmt: skip


@pytest.mark.parametrize(("over", "fits"), [(-1, True), (0, True), (1, False)])
def test_I22_a_contract_never_passes_the_accepted_offer_to_the_fen(signed, over, fits):
    said = contract(amount=ALL + Fen(over))
    if fits:
        assert records(signed, said).loan.amount == said.amount
    else:
        with pytest.raises(MoreThanOffered):
            records(signed, said)


@pytest.mark.parametrize(
    "change", ["amount = offered + 1", "offered = asked + 1", "line = offered - 1", "matures = starts", "every = 2"]
)
def test_I22_the_database_itself_keeps_the_amounts_of_a_loan_in_order(lent, change):
    with writing(lent.database) as session:
        session.execute(
            text(
                "DROP TRIGGER wall_loan_update"
                if "sqlite" in lent.database.url
                else "DROP TRIGGER wall_loan_change ON loan"
            )
        )
    with pytest.raises(IntegrityError, match=r"(?i)check"), writing(lent.database) as session:
        session.execute(text(f"UPDATE loan SET {change}"))


def test_one_loan_an_offer_recorded_by_its_bank_or_with_the_document_by_an_officer(signed):
    officer = signed.stage.officer
    with pytest.raises(NotFound):
        records(signed, actor=signed.stage.bankers[1])
    with pytest.raises(NotAllowed):
        records(signed, actor=signed.stage.signatory)
    with pytest.raises(ContractMissing):
        records(signed, actor=officer)
    made = records(signed, actor=officer, filed=filed(DocumentKind.AGREEMENT)).loan
    assert made.document_id is not None
    with pytest.raises(LoanOnRecord):
        records(signed, contract(number="另一份"))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"matures": TODAY}, OutOfRange),
        ({"interest_day": 29}, OutOfRange),
        ({"surcharge": Rate.percent(51)}, OutOfRange),
        ({"repayment": Repayment.STEPPED, "steps": ((FIRST, ALL - Fen(1)),)}, StepsDiffer),
        ({"repayment": Repayment.STEPPED, "steps": ((FIRST + DAY, ALL),)}, StepsDiffer),
    ],
)
def test_a_contract_that_cannot_be_is_refused(signed, changes, refusal):
    with pytest.raises(refusal):
        records(signed, contract(**changes))


def test_what_is_paid_on_its_day_leaves_the_plan_as_it_is(lent):
    lent.pays(FIRST, Fen(9_836_071), Fen(360_000))
    assert [plan.number for plan in lent.plans()] == [1]
    stands = lent.stands(FIRST)
    assert (stands.balance, stands.next_due, stands.days_past_due) == (ALL - Fen(9_836_071), due(TODAY, 2), 0)


def test_what_is_paid_a_few_days_before_is_that_instalment_and_no_early_repayment(lent):
    lent.pays(FIRST - 3 * DAY, Fen(9_836_071), Fen(360_000))
    assert len(lent.plans()) == 1
    assert lent.stands(FIRST + DAY).days_past_due == 0


def test_early_repayment_makes_another_version_and_lower_instalments(lent):
    lent.pays(FIRST, Fen(9_836_071) + Fen.wan(50), Fen(360_000))
    old, new = lent.plans()
    assert (new.why, new.since, len(new.rows)) == (Change.EARLY, FIRST, 13)
    assert sum(row[1] for row in new.rows) == ALL.fen
    assert new.rows[2][1] < old.rows[1][1]
    assert lent.stands(FIRST).balance == ALL - Fen(9_836_071) - Fen.wan(50)


def test_days_past_due_count_from_the_due_day_and_from_the_next_open_one_on_a_holiday(lent):
    second = due(TODAY, 2)  # 2027-01-23, a Saturday
    assert second.weekday() == 5
    lent.pays(FIRST, Fen(9_836_071), Fen(360_000))
    monday = second + 2 * DAY
    assert [lent.stands(day).days_past_due for day in (second, monday, monday + DAY, monday + 9 * DAY)] == [0, 0, 1, 9]
    late = lent.stands(monday + DAY)
    assert (late.overdue_principal, late.overdue_interest, late.since) == (Fen(9_865_579), Fen(330_492), monday)
    lent.pays(monday + 9 * DAY, Fen(9_865_579), Fen(330_492))
    assert lent.stands(monday + 9 * DAY).days_past_due == 0


@pytest.mark.parametrize(
    ("days", "named"),
    [
        (0, "normal"),
        (1, "attention"),
        (90, "attention"),
        (91, "substandard"),
        (270, "substandard"),
        (271, "doubtful"),
        (360, "doubtful"),
        (361, "loss"),
    ],
)
def test_the_five_classes_by_days_past_due(lent, days, named):
    assert lent.stands(FIRST + days * DAY).by_class == named


def test_the_same_line_of_the_bank_twice_is_once_and_with_other_words_refused(lent):
    first = lent.pays(FIRST, Fen.wan(1), reference="A1")
    assert (first is None, lent.pays(FIRST, Fen.wan(1), reference="A1")) == (False, None)
    with pytest.raises(RepaymentDiffers):
        lent.pays(FIRST, Fen.wan(2), reference="A1")
    assert len(lent.repayments()) == 1


def test_nothing_and_too_much_and_tomorrow_are_no_repayment(lent):
    with pytest.raises(NothingRepaid):
        lent.pays(TODAY)
    with pytest.raises(MoreThanOwed):
        lent.pays(TODAY, ALL + Fen(1))
    with pytest.raises(OutOfRange):
        lent.pays(TODAY + DAY, Fen.wan(1), now=TODAY)
    with pytest.raises(OutOfRange):
        lent.pays(TODAY - DAY, Fen.wan(1), now=TODAY)


def test_a_repayment_is_booked_in_the_guarantees_ledger_by_the_same_act_and_never_twice(signed):
    behind = signed.issued()
    pays_out(signed)
    lent = records(signed)
    lent.pays(TODAY, Fen.wan(50))
    assert (signed.now(behind).balance, lent.stands().guarantee_id) == (Fen.wan(70), behind.id)
    with pytest.raises(LoanRecorded):
        signed.repays(behind, Fen.wan(50))
    lent.pays(FIRST, Fen.wan(70))
    assert signed.ledger(behind) == [(K.ISSUED, ALL.fen), (K.REPAID, Fen.wan(50).fen), (K.REPAID, Fen.wan(70).fen)]
    assert lent.stands(FIRST).settled is False  # the interest is still owed
    lent.pays(FIRST, interest=lent.stands(FIRST).next_interest)
    assert lent.stands(FIRST).settled


def test_what_an_officer_booked_before_the_loan_was_on_record_is_not_booked_again(signed):
    behind = signed.issued()
    pays_out(signed)
    signed.repays(behind, Fen.wan(50))
    lent = records(signed)
    lent.pays(TODAY, Fen.wan(50))
    assert signed.now(behind).balance == Fen.wan(70)
    lent.pays(TODAY, Fen.wan(20))
    assert signed.now(behind).balance == Fen.wan(50)


def test_what_the_guarantor_paid_is_no_longer_owed_to_the_bank(signed):
    behind = signed.issued()
    pays_out(signed)
    lent = records(signed)
    signed.books(behind, K.COMPENSATED, Fen.wan(96))
    stands = lent.stands()
    assert (stands.balance, stands.compensated) == (Fen.wan(24), Fen.wan(96))
    lent.pays(TODAY, Fen.wan(4))
    assert signed.now(behind).balance == Fen.wan(20)


def test_a_refusal_leaves_nothing_behind(signed):
    lent = records(signed)
    pays_out(signed)

    def two_at_one_desk():
        with lent.at() as desk:
            for reference, amount in (("X1", Fen.wan(1)), ("X2", ALL)):
                service.repay(desk, desk.get(Loan, lent.loan.id), service.Payment(reference, TODAY, amount, Fen(0)))

    with pytest.raises(MoreThanOwed):
        two_at_one_desk()
    assert (lent.repayments(), len(lent.plans())) == ([], 1)


def test_standings_of_many_loans_take_the_same_number_of_statements_as_of_one(lent):
    seen: list[str] = []
    with lent.at() as desk:
        engine = desk.session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *facts: seen.append(facts[2]))
        loans = desk.all(Loan)
        seen.clear()
        views.of(desk, loans)
        one = len(seen)
        seen.clear()
        views.of(desk, loans * 5)
        assert len(seen) <= one <= 10
