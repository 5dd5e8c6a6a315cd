"""What happens to a guarantee in force: repayment, release, payment, recovery and loss (F36, I-08, I-20)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from financing.case_refusals import SamePerson
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.letter_refusals import EvidenceMissing, ProposalOpen, TooMuch
from financing.letters import entries
from financing.letters.model import EntryProposal, Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind, GuaranteeState, ProposalState
from financing.money import Fen
from financing.refusals import NotAllowed, OutOfRange, WrongState
from tests.financing.letters.conftest import chosen
from tests.makers import NOW, TODAY, writing

DAY = timedelta(days=1)
K = EntryKind
ALL = Fen.wan(120)


def used(ready, scope=Scope.FIRM) -> Fen:
    with writing(ready.database) as session:
        return session.query(Limit).filter_by(scope=scope).one().used


def test_a_repayment_lowers_the_balance_and_every_limit(ready):
    made = ready.issued()
    ready.repays(made, Fen.wan(50))
    assert ready.now(made).balance == Fen.wan(70)
    assert [used(ready, scope) for scope in (Scope.FIRM, Scope.BANK, Scope.SECTOR)] == [Fen.wan(70)] * 3
    assert used(ready, Scope.FACILITY) == Fen.wan("52.5")  # a small firm's 70万元 weighs three quarters


@pytest.mark.parametrize(("over", "fits"), [(-1, True), (0, True), (1, False)])
def test_a_repayment_never_passes_the_balance_to_the_fen(ready, over, fits):
    made = ready.issued()
    ready.repays(made, Fen.wan(1))
    rest = Fen.wan(119) + Fen(over)
    if fits:
        ready.repays(made, rest)
    else:
        with pytest.raises(TooMuch):
            ready.repays(made, rest)
    assert ready.now(made).balance == (Fen(-over) if fits else Fen.wan(119))


@pytest.mark.parametrize("amount", [Fen(0), Fen(-1)])
def test_nothing_is_no_repayment(ready, amount):
    with pytest.raises(TooMuch):
        ready.repays(ready.issued(), amount)


@pytest.mark.parametrize("on", [TODAY - DAY, TODAY + DAY])
def test_a_repayment_lies_between_the_issue_and_today(ready, on):
    with pytest.raises(OutOfRange):
        ready.repays(ready.issued(), Fen.wan(1), on=on)


def test_release_needs_the_banks_confirmation_and_frees_all_that_is_left(ready):
    made = ready.issued()
    ready.repays(made, Fen.wan(100))
    with pytest.raises(EvidenceMissing):
        ready.releases(made, DocumentKind.PROOF)
    ready.releases(made)
    here = ready.now(made)
    assert (here.state, here.balance, here.released_on) == (GuaranteeState.RELEASED, Fen(0), TODAY)
    assert used(ready) == Fen(0)
    assert ready.ledger(made) == [(K.ISSUED, ALL.fen), (K.RELEASED, Fen.wan(20).fen), (K.REPAID, Fen.wan(100).fen)]
    with pytest.raises(WrongState):
        ready.repays(made, Fen(1))


def test_I20_a_payment_is_put_forward_by_one_and_booked_by_another(ready):
    made = ready.issued()
    waiting = ready.proposes(made, K.COMPENSATED, Fen.wan(96))
    assert ready.now(made).balance == ALL
    for actor in (ready.stage.officer, ready.second):
        with pytest.raises((SamePerson, NotAllowed)):
            ready.confirms(waiting, actor=actor)
    ready.confirms(waiting)
    here = ready.now(made)
    assert (here.state, here.balance, here.unrecovered) == (GuaranteeState.COMPENSATED, Fen.wan(24), Fen.wan(96))
    assert used(ready) == Fen.wan(24)
    with writing(ready.database) as session:
        entry = session.query(GuaranteeEntry).filter_by(kind=K.COMPENSATED).one()
    assert (entry.by, entry.confirmed_by) == (ready.stage.officer.id, ready.chair.id)


@pytest.mark.parametrize(("over", "fits"), [(0, True), (1, False)])
def test_the_guarantor_pays_no_more_than_its_share(ready, over, fits):
    made = ready.issued()
    amount = Fen.wan(96) + Fen(over)  # 80 per cent of 120万元
    if fits:
        ready.books(made, K.COMPENSATED, amount)
    else:
        with pytest.raises(TooMuch):
            ready.proposes(made, K.COMPENSATED, amount)


def test_only_what_was_paid_is_recovered_or_lost_and_a_loss_needs_a_judgment(ready):
    made = ready.issued()
    with pytest.raises(WrongState):
        ready.proposes(made, K.RECOVERED, Fen(1))
    ready.books(made, K.COMPENSATED, Fen.wan(96))
    ready.books(made, K.RECOVERED, Fen.wan(40))
    with pytest.raises(TooMuch):
        ready.proposes(made, K.LOST, Fen.wan(56) + Fen(1))
    with pytest.raises(EvidenceMissing):
        ready.proposes(made, K.LOST, Fen.wan(56), paper=DocumentKind.PROOF)
    ready.books(made, K.LOST, Fen.wan(56))
    assert (ready.now(made).unrecovered, ready.now(made).balance) == (Fen(0), Fen.wan(24))


def test_recovery_goes_on_after_the_release(ready):
    made = ready.issued()
    ready.books(made, K.COMPENSATED, Fen.wan(96))
    ready.releases(made)
    ready.books(made, K.RECOVERED, Fen.wan(96))
    assert (ready.now(made).state, ready.now(made).unrecovered) == (GuaranteeState.RELEASED, Fen(0))


def test_one_entry_waits_at_a_time_and_a_turned_down_one_makes_room(ready):
    made = ready.issued()
    waiting = ready.proposes(made, K.COMPENSATED, Fen.wan(10))
    with pytest.raises(ProposalOpen):
        ready.proposes(made, K.COMPENSATED, Fen.wan(20))
    with ready.stage.at(ready.chair) as desk:
        entries.turn_down(desk, desk.get(EntryProposal, waiting.id), "金额与来函不符")
    assert ready.get(EntryProposal, waiting.id).state is ProposalState.TURNED_DOWN
    with pytest.raises(WrongState):
        ready.confirms(waiting)
    ready.proposes(made, K.COMPENSATED, Fen.wan(20))


def test_what_waits_is_measured_again_when_it_is_booked(ready):
    made = ready.issued()
    waiting = ready.proposes(made, K.COMPENSATED, Fen.wan(96))
    ready.repays(made, Fen.wan(60))
    with pytest.raises(TooMuch):
        ready.confirms(waiting)
    assert ready.now(made).balance == Fen.wan(60)


def test_the_firm_and_the_bank_book_nothing(ready):
    made = ready.issued()
    for actor in (ready.stage.signatory, ready.stage.bankers[0], ready.chair):
        with pytest.raises(NotAllowed), ready.stage.at(actor) as desk:
            entries.repay(desk, desk.get(Guarantee, made.id), on=TODAY, amount=Fen(1))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE guarantee_entry SET amount = amount + 1",
        "DELETE FROM guarantee_entry",
        "DELETE FROM guarantee",
        "UPDATE guarantee SET amount = amount - 1",
        "UPDATE guarantee SET share = 0",
        "UPDATE guarantee SET state = 'prepared', issued_by = NULL",
        "UPDATE entry_proposal SET amount = 1",
        "DELETE FROM entry_proposal",
    ],
)
def test_I08_no_statement_changes_or_removes_what_is_booked_or_issued(ready, statement):
    ready.books(ready.issued(), K.COMPENSATED, Fen.wan(1))
    with pytest.raises(IntegrityError, match="wall"), writing(ready.database) as session:
        session.execute(text(statement))


def test_I08_a_released_guarantee_stays_released(ready):
    made = ready.issued()
    ready.releases(made)
    with pytest.raises(IntegrityError, match="wall"), writing(ready.database) as session:
        session.execute(text("UPDATE guarantee SET state = 'in_force'"))


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"kind": K.REPAID, "amount": Fen(0)}, "amount"),
        ({"kind": K.REPAID, "amount": Fen(-1)}, "amount"),
        ({"kind": K.RELEASED, "amount": Fen(1)}, "document"),
        ({"kind": K.LOST, "amount": Fen(1), "document_id": True}, "confirmed"),
        ({"kind": K.LOST, "amount": Fen(1), "document_id": True, "confirmed_by": 1}, "two_people"),
    ],
)
def test_the_database_itself_asks_for_amount_document_and_two_people(database, facts, constraint):
    ready = chosen(database)
    made = ready.issued()
    with writing(database) as session:
        paper = session.query(Document).first().id
    if facts.get("document_id"):
        facts = facts | {"document_id": paper}
    row = {"id": 7, "version": 1, "guarantee_id": made.id, "case_id": made.case_id, "firm_id": made.firm_id, "bank_id": made.bank_id,
           "on": TODAY, "by": 1, "at": NOW}  # fmt: skip
    with (
        pytest.raises(IntegrityError, match=f"ck_guarantee_entry_{constraint}|{constraint}"),
        writing(database) as session,
    ):
        session.execute(insert(GuaranteeEntry).values(**row | facts))
