"""Paying a claim, and the parts of those who share it: to the fen, in the ledger and nowhere beside it (F47, F37)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from financing.claim_refusals import NothingClaimable, OwnReceipt
from financing.compensation.model import CompensationPart
from financing.compensation.rules import ClaimState, Outcome, PartState
from financing.compensation.terms import Terms
from financing.guarantees import sharing
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.sharing import Party
from financing.letter_refusals import EvidenceMissing
from financing.letters.rules import EntryKind, GuaranteeState
from financing.money import Fen, Rate
from financing.refusals import OutOfRange, WrongState
from tests.financing.compensation.conftest import DAY, cut, issued
from tests.makers import TODAY, writing

S = ClaimState


def paid(claims, amount: Fen | None = None):
    claim = claims.lodged(amount)
    claims.decides(claim)
    claims.pays(claim)
    claims.books(claim)
    return claim


def test_a_payment_is_in_the_ledger_and_the_claim_is_paid_in_the_same_moment(claims):
    claim = claims.lodged(Fen.wan(96))
    claims.decides(claim, Outcome.REDUCE, cut(Fen.wan(6)))
    claims.accepts(claim)
    claims.pays(claim)
    assert claims.now(claim).state is S.PAYING
    assert claims.room.now(claims.guarantee).balance == Fen.wan(120)
    claims.books(claim)
    here, guarantee = claims.now(claim), claims.room.now(claims.guarantee)
    assert (here.state, here.approved, here.cut, here.over_on) == (S.PAID, Fen.wan(90), Fen.wan(6), TODAY)
    assert (guarantee.state, guarantee.balance, guarantee.unrecovered) == (
        GuaranteeState.COMPENSATED,
        Fen.wan(30),
        Fen.wan(90),
    )
    assert claims.room.ledger(claims.guarantee) == [
        (EntryKind.COMPENSATED, Fen.wan(90).fen),
        (EntryKind.ISSUED, Fen.wan(120).fen),
    ]


def test_a_payment_turned_down_is_put_forward_again(claims):
    claim = claims.lodged()
    claims.decides(claim)
    claims.pays(claim)
    claims.books(claim, down=True)
    assert claims.now(claim).state is S.PAYABLE
    claims.pays(claim)
    claims.books(claim)
    assert claims.now(claim).state is S.PAID


def test_what_the_firm_repays_meanwhile_is_not_paid_any_more(claims):
    share = claims.guarantee.share
    claim = claims.lodged()
    claims.decides(claim)
    claims.room.repays(claims.guarantee, Fen.wan(20))
    claims.pays(claim)
    claims.books(claim)
    here = claims.now(claim)
    assert here.approved == Fen.wan(100).at(share)
    assert here.approved + here.cut + here.repaid == here.claimed
    assert claims.room.now(claims.guarantee).balance == Fen.wan(100) - here.approved


def test_a_firm_that_has_repaid_everything_leaves_nothing_to_pay(alone):
    claim = alone.lodged()
    alone.decides(claim)
    alone.room.repays(alone.guarantee, Fen.wan(120))
    with pytest.raises(NothingClaimable):
        alone.pays(claim)
    alone.withdraws(claim)
    assert alone.now(claim).state is S.WITHDRAWN


def test_a_second_claim_never_takes_a_share_of_the_banks_own_part(alone):
    paid(alone)
    with pytest.raises(NothingClaimable):
        alone.lodges()


def test_the_parts_come_to_the_payment_to_the_fen_and_the_bank_bears_none_of_it(claims):
    paid(claims, Fen.yuan("900000.01"))
    parts = claims.parts()
    # 40 : 20 : 20 of what the guarantor pays: 450000.005, 225000.0025, 225000.0025; the odd fen to the largest remainder
    assert {party: one.amount for party, one in parts.items()} == {
        Party.GUARANTOR: Fen.yuan("450000.01"),
        Party.REGUARANTOR: Fen.yuan("225000.00"),
        Party.FUND: Fen.yuan("225000.00"),
    }
    assert {one.state for one in parts.values()} == {PartState.BORNE, PartState.OWED}
    assert parts[Party.GUARANTOR].state is PartState.BORNE


def test_without_an_agreement_the_guarantor_bears_it_alone(sqlite_database):
    alone = issued(sqlite_database, agreement=False)
    paid(alone, Fen.wan(50))
    assert {party: one.amount for party, one in alone.parts().items()} == {Party.GUARANTOR: Fen.wan(50)}


def test_a_payment_booked_without_a_claim_is_parted_too(alone):
    alone.room.books(alone.guarantee, EntryKind.COMPENSATED, Fen.wan(8))
    parts = alone.parts()
    assert sum(one.amount.fen for one in parts.values()) == Fen.wan(8).fen
    assert {one.claim_id for one in parts.values()} == {None}


def test_a_part_is_asked_by_one_and_received_by_another_with_proof(claims):
    paid(claims)
    fund = claims.parts()[Party.FUND]
    with pytest.raises(WrongState):
        claims.receives(fund)
    claims.asks(fund)
    with pytest.raises(OwnReceipt):
        claims.receives(fund, actor=claims.officer)
    with pytest.raises(EvidenceMissing):
        claims.receives(fund, paper=DocumentKind.AGREEMENT)
    claims.receives(fund)
    here = claims.parts()[Party.FUND]
    assert (here.state, here.asked_on, here.received_on) == (PartState.RECEIVED, TODAY, TODAY)
    with pytest.raises(WrongState):
        claims.asks(claims.parts()[Party.GUARANTOR])
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text(f"UPDATE compensation_part SET amount = 1 WHERE id = {here.id}"))


def test_a_part_does_not_come_before_the_payment_or_tomorrow(alone):
    from financing.compensation import paying
    from tests.financing.letters.conftest import filed

    paid(alone)
    fund = alone.parts()[Party.FUND]
    alone.asks(fund)
    for day in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(OutOfRange), alone.at(alone.fund) as desk:
            paying.receive(desk, desk.get(CompensationPart, fund.id), on=day, filed=filed())


SHARES = st.lists(st.integers(0, 10**6), min_size=6, max_size=6).filter(any)


@given(SHARES, st.integers(1, 10**6), st.integers(1, 10**12))
def test_any_payment_under_any_agreement_and_cover_is_parted_whole_without_the_bank(weights, cover, amount):
    """A second implementation: exact fractions of the shares sealed at the issue, each part within a fen of them."""
    from fractions import Fraction

    total = sum(weights)
    exact = [weight * 10**6 // total for weight in weights]
    exact[0] += 10**6 - sum(exact)
    shares = {party: Rate(ppm) for party, ppm in zip(Party, exact, strict=True) if ppm}
    others = {party: rate for party, rate in shares.items() if party is not Party.BANK}
    if not others:
        return
    sealed = sharing.for_cover(shares, Rate(cover))
    known = {party: rate.ppm for party, rate in sealed.items() if party is not Party.BANK}
    if not sum(known.values()):
        return
    of_payment = Terms(None, 60, 30, sealed).of_payment
    parts = sharing.split(Fen(amount), of_payment)
    assert Party.BANK not in parts
    assert sum(part.fen for part in parts.values()) == amount
    whole = sum(known.values())
    for party, part in parts.items():
        wanted = Fraction(amount * known[party], whole)
        assert abs(part.fen - wanted) <= 1 + Fraction(amount, 10**6)  # the proportions are held to the millionth
