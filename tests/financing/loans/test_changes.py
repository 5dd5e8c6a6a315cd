"""Another rate, an extension with the guarantor's consent by two people, classes set by people (F45; 民法典第695条; 贷款通则第12条)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from financing.case_refusals import SamePerson
from financing.guarantees.change_rules import DocumentKind
from financing.letter_refusals import EvidenceMissing
from financing.letters.model import Guarantee
from financing.loan_refusals import ChangeWaits, ClassOpen, ClassTooGood, ExtensionTooLong
from financing.loans import changing, classes, views
from financing.loans.change_model import ClassChange, LoanChange
from financing.loans.change_rules import LoanChangeState, longest_extension
from financing.loans.model import Loan
from financing.loans.rules import Change, FiveClass
from financing.money import Rate
from financing.refusals import NotAllowed, OutOfRange
from scoring.repayment import Repayment, due
from tests.financing.letters.conftest import filed
from tests.financing.loans.conftest import DAY, contract, pays_out, records
from tests.makers import TODAY, writing

END = due(TODAY, 12)


def extends(lent, until=None, day=TODAY):
    with lent.at(day) as desk:
        return changing.extend(desk, desk.get(Loan, lent.loan.id), until=until or due(TODAY, 18), why="回款延后")


@pytest.fixture
def backed(signed):
    """A loan with a guarantee behind it."""
    behind = signed.issued()
    pays_out(signed)
    lent = records(signed, contract(repayment=Repayment.INTEREST_ONLY))
    return lent, behind


def test_another_rate_makes_another_version_from_its_day(lent):
    with lent.at() as desk:
        changing.set_rate(
            desk, desk.get(Loan, lent.loan.id), on=due(TODAY, 1), rate=Rate.percent("3.0"), why="LPR 下调"
        )
    old, new = lent.plans()
    assert (new.why, new.rate, new.rows[0]) == (Change.RATE, Rate.percent("3.0"), old.rows[0])
    assert new.rows[1][2] < old.rows[1][2]
    with pytest.raises(OutOfRange), lent.at() as desk:
        changing.set_rate(desk, desk.get(Loan, lent.loan.id), on=END, rate=Rate(1), why="太晚")


def test_an_extension_without_a_guarantee_holds_as_recorded(lent):
    made = extends(lent)
    assert (made.state, lent.plans()[-1].matures, lent.stands().matures) == (
        LoanChangeState.RECORDED,
        due(TODAY, 18),
        due(TODAY, 18),
    )
    assert sum(row[1] for row in lent.plans()[-1].rows) == lent.loan.amount.fen


@pytest.mark.parametrize(
    ("until", "fits"), [(END, False), (END + DAY, True), (due(TODAY, 24), True), (due(TODAY, 24) + DAY, False)]
)
def test_a_loan_of_a_year_is_extended_by_a_year_at_most(lent, until, fits):
    if fits:
        extends(lent, until)
    else:
        with pytest.raises(ExtensionTooLong):
            extends(lent, until)


@pytest.mark.parametrize(("months", "most"), [(6, 12), (12, 24), (13, 19), (36, 54), (60, 90), (61, 97), (120, 156)])
def test_the_longest_extension_is_that_of_the_general_rules(months, most):
    first = date(2026, 1, 15)
    assert longest_extension(first, due(first, months), 500_000, 36) == due(first, most)


def test_the_guarantee_moves_only_with_written_consent_by_two_people(backed):
    lent, behind = backed
    desk_of = lent.desk
    made, before = extends(lent), desk_of.now(behind)
    assert (made.state, desk_of.now(behind).matures) == (LoanChangeState.ASKED, before.matures)
    with pytest.raises(ChangeWaits):
        extends(lent, due(TODAY, 20))
    until = before.until.replace(year=before.until.year + 1)
    officer = lent.stage.officer
    with pytest.raises(EvidenceMissing), lent.at(actor=officer) as desk:
        changing.propose_consent(desk, desk.get(LoanChange, made.id), until=until, filed=filed(DocumentKind.PROOF))
    with lent.at(actor=officer) as desk:
        changing.propose_consent(desk, desk.get(LoanChange, made.id), until=until, filed=filed(DocumentKind.AGREEMENT))
    for actor in (officer, desk_of.second):
        with pytest.raises((SamePerson, NotAllowed)), lent.at(actor=actor) as desk:
            changing.agree(desk, desk.get(LoanChange, made.id))
    with lent.at(actor=desk_of.chair) as desk:
        changing.agree(desk, desk.get(LoanChange, made.id))
    here = desk_of.now(behind)
    assert (here.matures, here.until) == (due(TODAY, 18), until)


def test_a_refused_extension_holds_between_bank_and_firm_and_leaves_the_guarantee(backed):
    lent, behind = backed
    made, before = extends(lent), lent.desk.now(behind)
    with lent.at(actor=lent.desk.chair) as desk:
        changing.refuse(desk, desk.get(LoanChange, made.id), "经营恶化")
    here = lent.desk.now(behind)
    assert (here.matures, here.until, lent.stands().matures) == (before.matures, before.until, due(TODAY, 18))


@pytest.mark.parametrize("column", ["matures", "until"])
def test_no_sql_moves_the_days_of_an_issued_guarantee_back(backed, column):
    _lent, behind = backed
    with pytest.raises(IntegrityError, match="wall"), writing(_lent.database) as session:
        session.execute(text(f"UPDATE guarantee SET {column} = '2026-11-24' WHERE id = :key").bindparams(key=behind.id))
    assert _lent.desk.now(behind).until == behind.until
    assert isinstance(behind, Guarantee)


def proposes(lent, to, actor=None, day=TODAY):
    with lent.at(day, actor or lent.stage.officer) as desk:
        return classes.propose(desk, desk.get(Loan, lent.loan.id), to, "停产一周")


def test_a_class_is_set_by_two_people_and_is_never_better_than_the_days(lent):
    made = proposes(lent, FiveClass.SUBSTANDARD)
    with pytest.raises(ClassOpen):
        proposes(lent, FiveClass.LOSS)
    assert lent.stands().by_class is FiveClass.NORMAL
    with pytest.raises(SamePerson), lent.at(actor=lent.stage.officer) as desk:
        classes.confirm(desk, desk.get(ClassChange, made.id))
    with lent.at(actor=lent.desk.second) as desk:
        classes.confirm(desk, desk.get(ClassChange, made.id))
    assert lent.stands().by_class is FiveClass.SUBSTANDARD
    late = due(TODAY, 1) + 300 * DAY
    assert lent.stands(late).by_class is FiveClass.DOUBTFUL
    with pytest.raises(ClassTooGood):
        proposes(lent, FiveClass.ATTENTION, day=late)


def test_a_class_is_given_back_to_the_days_and_the_history_stays(lent):
    for day, to in enumerate((FiveClass.LOSS, None)):
        made = proposes(lent, to, day=TODAY + day * DAY)
        with lent.at(TODAY + day * DAY, lent.desk.second) as desk:
            classes.confirm(desk, desk.get(ClassChange, made.id))
    made = proposes(lent, FiveClass.DOUBTFUL, day=TODAY + 2 * DAY)
    with lent.at(TODAY + 2 * DAY, lent.desk.second) as desk:
        classes.turn_down(desk, desk.get(ClassChange, made.id), "证据不足")
    assert lent.stands(TODAY + 2 * DAY).by_class is FiveClass.NORMAL
    assert len(lent.rows(ClassChange)) == 3


def test_warnings_of_other_rooms_worsen_a_class_until_people_set_one(lent, monkeypatch):
    monkeypatch.setattr(views, "WARNED", [lambda _desk, loans: {loan.id: FiveClass.ATTENTION for loan in loans}])
    assert lent.stands().by_class is FiveClass.ATTENTION
