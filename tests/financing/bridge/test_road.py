"""F52–F55: a use from its application to the settled fee, and every way in which it is refused; told on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from financing.access import SYSTEM, Role
from financing.bridge import bans, ledger, money, promises, uses
from financing.bridge.model import BridgeMove, BridgePool, BridgePosting, BridgeRelease, BridgeUse
from financing.bridge.promise_model import BankBan, PromiseBreach, RenewalPromise
from financing.bridge.rules import Borrower, Breach, Cause, LoanUse, UseState
from financing.bridge_refusals import (
    AboveKind,
    AboveOwed,
    BankBanned,
    MoveOpen,
    NotBridged,
    NotCollected,
    OtherFee,
    PaidOut,
    PoolMissing,
    PoolShort,
    ReasonOwed,
    SignedAlready,
    UseOpen,
    UsesSpent,
)
from financing.case_refusals import SamePerson
from financing.letter_refusals import TooMuch
from financing.letters import checking
from financing.letters.paper_model import IssuedPaper
from financing.money import Fen, Rate
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.financing.bridge.fund import Fund, a_fund, a_proof
from tests.makers import NOW, TODAY, a_firm, a_user, writing


@pytest.fixture
def here(database) -> Fund:
    return a_fund(database)


def pool(here: Fund) -> dict[str, Fen]:
    """The pool's pots, after holding them against its lines."""
    with here.at(SYSTEM) as desk:
        assert ledger.differences(desk.session) == {}
        row = desk.get(BridgePool, here.pool)
        return {name: getattr(row, name) for name in ("capital", "free", "reserved", "in_use", "lost", "fees")}


def test_money_goes_out_on_the_banks_word_and_comes_back_with_its_fee(here):
    use = here.apply()
    here.promise(use)
    here.deposit(use)
    here.sign(use)
    assert pool(here)["reserved"] == Fen.wan(285)
    here.release(use)
    assert pool(here) == {"capital": Fen.wan(2_000), "free": Fen.wan(1_715), "reserved": Fen(0), "in_use": Fen.wan(285),
                          "lost": Fen(0), "fees": Fen(0)}  # fmt: skip
    stands = here.use(use)
    assert (stands.state, stands.due_on, stands.released_on) == (UseState.OUT, TODAY + timedelta(days=9), TODAY)
    # 100万 back after 4 days, 185万 after 8: by hand 1 000 000×4×0.02 % + 1 850 000×(5×0.02 %+3×0.04 %) = 800 + 4 070 yuan
    here.back(use, Fen.wan(100), TODAY + timedelta(days=4))
    assert pool(here)["in_use"] == Fen.wan(185)
    here.back(use, Fen.wan(185), TODAY + timedelta(days=8))
    stands = here.use(use)
    assert (stands.state, stands.fee) == (UseState.RETURNED, Fen.yuan(4_870))
    here.back(use, Fen.yuan(4_870), TODAY + timedelta(days=8), Cause.FEE)
    assert here.use(use).state is UseState.CLOSED
    assert pool(here) == {"capital": Fen.wan(2_000), "free": Fen.wan(2_000), "reserved": Fen(0), "in_use": Fen(0),
                          "lost": Fen(0), "fees": Fen.yuan(4_870)}  # fmt: skip


def test_what_the_fund_brings_is_bound_by_what_the_bank_promised(here):
    use = here.apply()
    here.promise(use, amount=Fen.wan(200))
    stands = here.use(use)
    assert (stands.amount, stands.own) == (Fen.wan(190), Fen.wan(110))  # 95 % of 200万
    here.sign(use)
    with pytest.raises(NotCollected) as short:
        here.release(use)
    assert short.value.facts["owed"] == Fen.wan(110)
    here.deposit(use, Fen.wan(110))
    here.release(use)


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"loan_use": LoanUse.PROJECT}, NotBridged),
        ({"asked": Fen.wan(301)}, AboveOwed),
        ({"owed": Fen.wan(2_000), "asked": Fen.wan(1_001)}, AboveKind),
        ({"borrower": Borrower.SOLE_TRADER, "asked": Fen.wan(200) + Fen(1)}, AboveKind),
        ({"borrower": Borrower.REPRESENTATIVE, "owed": Fen.wan(600), "asked": Fen.wan(500) + Fen(1)}, AboveKind),
        ({"matures": TODAY + timedelta(days=11)}, ReasonOwed),
    ],
)
def test_an_application_beyond_the_bounds_is_refused(here, other, refusal):
    with pytest.raises(refusal):
        here.apply(**other)


def test_ten_working_days_ahead_or_with_a_reason(here):
    here.apply(matures=TODAY + timedelta(days=14))  # Monday to Monday: ten working days
    with writing(here.database) as session:
        other = a_firm(session)
        signatory = a_user(session, Role.SIGNATORY, firm_id=other.id).actor
    late = here.apply(firm=other, actor=signatory, matures=TODAY + timedelta(days=11), late_reason="银行上周才通知")
    assert here.use(late).days_ahead == 9


def test_one_open_use_and_two_in_a_year(here):
    first = here.apply()
    with pytest.raises(UseOpen):
        here.apply()
    with here.at(here.signatory) as desk:
        uses.withdraw(desk, desk.get(BridgeUse, first), "资金已自筹")
    for _ in range(2):
        use = here.out()
        here.back(use, Fen.wan(285), TODAY)
        assert here.use(use).state is UseState.CLOSED  # back on the same day: no day, no fee
    with pytest.raises(UsesSpent):
        here.apply()


def test_above_the_bound_a_third_person_signs_and_nobody_twice(here):
    use = here.apply(owed=Fen.wan(800), asked=Fen.wan(700))
    here.promise(use, amount=Fen.wan(800))
    here.sign(use, here.fund, here.officer)
    assert here.use(use).state is UseState.PROMISED
    for again in (here.fund2, here.officer2):
        with pytest.raises(SignedAlready):
            here.sign(use, again)
    here.sign(use, here.chair)
    assert here.use(use).state is UseState.APPROVED
    small = a_fund_use(here)
    here.sign(small, here.fund)
    with pytest.raises(SignedAlready):
        here.sign(small, here.leader)  # two are enough, and they are the fund's and the office's
    with pytest.raises(NotAllowed):
        here.sign(small, here.banker)


def a_fund_use(here: Fund) -> int:
    with writing(here.database) as session:
        other = a_firm(session)
        signatory = a_user(session, Role.SIGNATORY, firm_id=other.id).actor
    use = here.apply(firm=other, actor=signatory)
    here.promise(use)
    return use


def test_whoever_typed_it_never_signs_it(here):
    use = here.apply(actor=here.officer)
    here.promise(use)
    with pytest.raises(SamePerson):
        here.sign(use, here.officer)
    here.sign(use, here.fund, here.officer2)
    assert here.use(use).state is UseState.APPROVED


def test_a_promise_is_taken_back_before_the_money_goes_and_never_after(here):
    use = here.apply()
    here.promise(use)
    here.sign(use)
    with here.at(here.banker) as desk:
        promises.take_back(desk, desk.get(BridgeUse, use), "企业经营有变")
    stands = here.use(use)
    assert (stands.state, stands.signed_by, pool(here)["reserved"]) == (UseState.APPLIED, (), Fen(0))
    here.promise(use)
    here.deposit(use)
    here.sign(use)
    here.release(use)
    with pytest.raises(PaidOut), here.at(here.banker) as desk:
        promises.take_back(desk, desk.get(BridgeUse, use), "反悔")


def test_the_database_itself_releases_nothing_without_the_promise(here):
    use = here.apply()
    here.promise(use)
    here.deposit(use)
    here.sign(use)
    with here.at(SYSTEM) as desk:
        said = uses.promise_of(desk, desk.get(BridgeUse, use))
    row = {
        "use_id": use, "firm_id": here.firm.id, "bank_id": here.bank.id, "pool_id": here.pool, "promise_id": said.id,
        "promised": said.amount, "account": said.account, "standing": True, "amount": Fen.wan(285), "deposit": Fen.wan(15),
        "owed": Fen.wan(300), "share": Rate.percent(95), "on": TODAY, "due_on": TODAY, "first_days": 5, "first": Rate(200),
        "later": Rate(400), "counts_out": True, "counts_return": False, "document_id": a_document(here), "two_bound": Fen.wan(500),
        "fund_by": here.fund.id, "office_by": here.officer.id, "leader_by": None, "by": here.fund.id, "name": "x", "at": NOW,
        "id": 7, "version": 1,
    }  # fmt: skip
    wrong = {
        "no promise": {"promise_id": 1}, "another account": {"account": "6222"}, "another sum": {"promised": Fen.wan(900)},
        "another use": {"use_id": 1}, "above the share": {"amount": Fen.wan(286)}, "own part": {"deposit": Fen.wan(14)},
        "not standing": {"standing": False}, "one person": {"office_by": here.fund.id},
        "no third": {"two_bound": Fen.wan(100)},
    }  # fmt: skip
    for change in wrong.values():
        with pytest.raises(DBAPIError, match=r"(?i)constraint|violates"), writing(here.database) as session:
            session.execute(insert(BridgeRelease).values(**(row | change)))
    with writing(here.database) as session:
        session.execute(insert(BridgeRelease).values(**row))
    with pytest.raises(DBAPIError), writing(here.database) as session:
        session.execute(update(RenewalPromise).values(standing=False, withdrawn_at=NOW, why="x"))


def a_document(here: Fund) -> int:
    from financing.guarantees.documents import Document

    with here.at(SYSTEM) as desk:
        return desk.session.scalars(select(Document.id)).first()


def test_a_promise_is_a_paper_that_everybody_can_check(here):
    use = here.apply()
    here.promise(use)
    with here.at(SYSTEM) as desk:
        said = uses.promise_of(desk, desk.get(BridgeUse, use))
        paper = desk.find(IssuedPaper, IssuedPaper.subject_id == said.id)
        assert (paper.number, paper.digest) == (said.number, said.digest)
        assert checking.standing(desk, paper.code, paper.digest[:12]).same
    with here.at(here.banker) as desk:
        promises.take_back(desk, desk.get(BridgeUse, use), "额度调整")
    with here.at(SYSTEM) as desk:
        assert checking.standing(desk, paper.code).superseded_at is not None


def test_no_pool_holds_enough(here):
    with writing(here.database) as session:
        other = a_firm(session)
        signatory = a_user(session, Role.SIGNATORY, firm_id=other.id).actor
    for firm, actor in ((here.firm, here.signatory), (other, signatory)):
        use = here.apply(firm=firm, actor=actor, owed=Fen.wan(1_000), asked=Fen.wan(1_000))
        here.promise(use, amount=Fen.wan(2_000))
        here.sign(use, here.fund, here.officer, *(() if firm is other else (here.leader,)))
    with here.at(here.fund) as desk:
        money.propose(
            desk,
            desk.get(BridgePool, here.pool),
            Cause.WITHDRAWN,
            amount=Fen.wan(500),
            on=TODAY,
            reason="收回",
            filed=a_proof(),
        )
    with here.at(here.leader) as desk:
        money.confirm(desk, desk.find(BridgeMove, BridgeMove.cause == Cause.WITHDRAWN))
    assert pool(here)["capital"] == Fen.wan(1_500)
    with pytest.raises(PoolMissing):
        here.sign(use, here.leader)
    assert here.use(use).leader_by is None


def test_money_moves_by_two_people(here):
    with here.at(here.fund) as desk:
        move = money.propose(
            desk,
            desk.get(BridgePool, here.pool),
            Cause.WITHDRAWN,
            amount=Fen.wan(1),
            on=TODAY,
            reason="收回",
            filed=a_proof(),
        )
    with pytest.raises(SamePerson), here.at(here.fund) as desk:
        money.confirm(desk, desk.get(BridgeMove, move.id))
    with pytest.raises(MoveOpen), here.at(here.fund) as desk:
        money.propose(
            desk,
            desk.get(BridgePool, here.pool),
            Cause.WITHDRAWN,
            amount=Fen.wan(1),
            on=TODAY,
            reason="收回",
            filed=a_proof(),
        )
    with here.at(here.fund2) as desk:
        money.turn_down(desk, desk.get(BridgeMove, move.id), "没有批文")
    with pytest.raises(WrongState), here.at(here.leader) as desk:
        money.confirm(desk, desk.get(BridgeMove, move.id))
    with pytest.raises(PoolShort), here.at(here.fund) as desk:
        money.propose(
            desk,
            desk.get(BridgePool, here.pool),
            Cause.WITHDRAWN,
            amount=Fen.wan(2_001),
            on=TODAY,
            reason="收回",
            filed=a_proof(),
        )
    assert pool(here)["free"] == Fen.wan(2_000)


def test_returns_and_fees_are_exact(here):
    use = here.out()
    with pytest.raises(TooMuch):
        here.back(use, Fen.wan(285) + Fen(1), TODAY)
    here.back(use, Fen.wan(285), TODAY + timedelta(days=3))
    fee = here.use(use).fee
    assert fee == Fen.yuan(1_710)  # 2 850 000 × 3 × 0.02 %
    with pytest.raises(OtherFee):
        here.back(use, fee - Fen(1), TODAY + timedelta(days=3), Cause.FEE)


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ({}, set()),
        ({"amount": Fen.wan(299)}, {Breach.LESS}),
        ({"rate": Rate.percent("3.66")}, {Breach.DEARER}),
        ({"paid_on": TODAY + timedelta(days=10)}, {Breach.LATER}),
        ({"amount": Fen.wan(1), "rate": Rate.percent(9), "paid_on": TODAY + timedelta(days=11)}, set(Breach) - {Breach.NOT_RENEWED}),
    ],
)  # fmt: skip
def test_a_promise_not_kept_is_found_and_the_bank_suspended(here, kept, found):
    use = here.out()
    later = NOW + timedelta(days=12)
    terms = {"amount": Fen.wan(300), "rate": Rate.percent("3.65"), "paid_on": TODAY + timedelta(days=9)}
    with here.at(here.banker, later) as desk:
        promises.report(desk, desk.get(BridgeUse, use), **(terms | kept))
    with here.at(SYSTEM) as desk:
        assert {one.breach for one in desk.all(PromiseBreach)} == found
        assert len(desk.all(BankBan)) == bool(found)
    with pytest.raises(MoveOpen), here.at(here.banker, later) as desk:
        promises.report(desk, desk.get(BridgeUse, use), **terms)


def test_a_suspended_bank_promises_nothing_until_two_people_lift_it(here):
    use = here.out()
    with here.at(here.banker, NOW + timedelta(days=12)) as desk:
        promises.report(
            desk, desk.get(BridgeUse, use), amount=Fen.wan(1), rate=Rate(1), paid_on=TODAY + timedelta(days=9)
        )
    with writing(here.database) as session:
        other = a_firm(session)
        signatory = a_user(session, Role.SIGNATORY, firm_id=other.id).actor
    with pytest.raises(BankBanned):
        here.apply(firm=other, actor=signatory)
    with here.at(here.fund) as desk:
        ban = desk.find(BankBan)
        bans.ask_lift(desk, ban, "银行已整改并书面承诺")
    with pytest.raises(SamePerson), here.at(here.fund) as desk:
        bans.lift(desk, desk.get(BankBan, ban.id))
    with here.at(here.officer) as desk:
        bans.keep(desk, desk.get(BankBan, ban.id))
    with here.at(here.officer) as desk:
        bans.ask_lift(desk, desk.get(BankBan, ban.id), "分行负责人到园区说明")
    with here.at(here.leader) as desk:
        bans.lift(desk, desk.get(BankBan, ban.id))
    here.apply(firm=other, actor=signatory)


def test_a_loss_and_what_is_got_back_of_it(here):
    use = here.out()
    here.back(use, Fen.wan(85), TODAY + timedelta(days=2))
    with pytest.raises(TooMuch):
        here.back(use, Fen.wan(1), TODAY + timedelta(days=3), Cause.LOST)
    here.back(use, Fen.wan(200), TODAY + timedelta(days=3), Cause.LOST)
    assert (here.use(use).state, pool(here)["lost"], pool(here)["capital"]) == (
        UseState.LOST,
        Fen.wan(200),
        Fen.wan(2_000),
    )
    here.back(use, Fen.wan(50), TODAY + timedelta(days=4), Cause.RECOVERED)
    with pytest.raises(TooMuch):
        here.back(use, Fen.wan(151), TODAY + timedelta(days=5), Cause.RECOVERED)
    assert pool(here)["lost"] == Fen.wan(150)


def test_who_sees_it(here):
    use = here.out()
    with writing(here.database) as session:
        stranger = a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id).actor
        member = a_user(session, Role.MEMBER).actor
    for nobody in (stranger, member):
        with pytest.raises(NotFound), here.at(nobody) as desk:
            desk.get(BridgeUse, use)
    with here.at(here.signatory) as desk:
        assert desk.all(BridgePool) == []
        assert len(desk.all(BridgePosting)) == 2
