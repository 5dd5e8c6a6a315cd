"""A bank whose loans are paid for too often (F50): told, sent to the committee, stopped, lifted by two people."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Role
from financing.case_refusals import SamePerson
from financing.compensation import breaker
from financing.compensation.rules import Level, StopState
from financing.compensation.stop_model import BankStop
from financing.letter_refusals import NotIssuable
from financing.letters.checks import checks
from financing.letters.model import GuaranteeEntry
from financing.letters.rules import EntryKind, Ground
from financing.money import Fen, Rate
from financing.offers.model import Offer
from financing.outbox import Outgoing
from financing.refusals import NotAllowed
from tests.financing.compensation.conftest import DAY, agreed, issued, moment
from tests.financing.letters.conftest import chosen
from tests.makers import NOW, TODAY, a_user, writing

K = EntryKind


def ended(claims, repaid: Fen, paid: Fen, on: date = TODAY) -> None:
    """The ledger of earlier guarantees of this bank, as it would stand after they ended."""
    g = claims.guarantee
    with writing(claims.database) as session:
        for kind, amount in ((K.REPAID, repaid), (K.COMPENSATED, paid)):
            if amount:
                session.add(
                    GuaranteeEntry(
                        guarantee_id=g.id, case_id=g.case_id, firm_id=g.firm_id, bank_id=g.bank_id, kind=kind, on=on, amount=amount, by=1,
                        at=NOW, document_id=None if kind is K.REPAID else document(session), confirmed_by=None if kind is K.REPAID else 2,
                    )
                )  # fmt: skip


def document(session) -> int:
    from financing.guarantees.documents import Document

    return session.scalars(select(Document.id).limit(1)).first()


def looks(claims, now=NOW) -> int:
    with claims.at(SYSTEM, now) as desk:
        return sum(breaker.look_at(desk, key) for key in breaker.waiting(desk))


def grounds_of_a_letter(claims, now=NOW) -> dict[Ground, bool]:
    with claims.at(claims.officer, now) as desk:
        offer = desk.session.get_one(Offer, claims.room.offer.id)
        case = desk.session.get_one(type(claims.room.case), claims.room.case.id)
        return {one.key: one.passed for one in checks(desk, case, offer, Fen.wan(10))}


def asks(claims, stop, actor=None) -> None:
    with claims.at(actor or claims.officer) as desk:
        breaker.ask_lift(desk, desk.get(BankStop, stop.id), "已换分管行长，逐户复查")


def lifts(claims, stop, actor=None) -> None:
    with claims.at(actor or claims.chair) as desk:
        breaker.lift(desk, desk.get(BankStop, stop.id))


@pytest.mark.parametrize(
    ("paid", "stands"),
    [(31, Level.CALM), (32, Level.NEAR), (40, Level.COMMITTEE), (49, Level.COMMITTEE), (50, Level.STOPPED)],
)
def test_where_a_bank_stands_by_its_ledger(alone, paid, stands):
    ended(alone, Fen.wan(1_000 - paid), Fen.wan(paid))
    found = alone.standing()
    assert (found.rate, found.level) == (Rate(paid * 1_000), stands)
    assert (found.compensated, found.ended) == (Fen.wan(paid), Fen.wan(1_000))


def test_only_the_months_of_the_rate_count(alone):
    ended(alone, Fen.wan(1_000), Fen.wan(500), on=date(2026, 11, 23))
    assert alone.standing().ended == Fen.wan(1_500)
    with alone.at(alone.officer, moment(date(2027, 11, 22))) as desk:
        assert breaker.of(desk, alone.guarantee.bank_id).ended == Fen.wan(1_500)
    with alone.at(alone.officer, moment(date(2027, 11, 23))) as desk:
        assert breaker.of(desk, alone.guarantee.bank_id).ended == Fen(0)


def test_a_warning_is_told_once_a_month(alone):
    ended(alone, Fen.wan(965), Fen.wan(35))
    assert [looks(alone), looks(alone), looks(alone, moment(date(2026, 12, 1)))] == [1, 0, 1]
    with writing(alone.database) as session:
        told = [row.payload for row in session.scalars(select(Outgoing)) if row.payload.get("code") == "breaker.warn"]
    assert len(told) == 6
    assert {one["number"] for one in told} == {"2026-11", "2026-12"}


def test_what_was_told_this_month_is_not_told_again_once_the_outbox_is_swept(alone):
    ended(alone, Fen.wan(965), Fen.wan(35))
    assert looks(alone, moment(date(2026, 12, 1))) == 1
    with writing(alone.database) as session:
        session.execute(delete(Outgoing))
    assert looks(alone, moment(date(2026, 12, 31))) == 0


def test_beyond_the_line_a_letter_that_two_officers_decided_is_not_issued(alone):
    ended(alone, Fen.wan(955), Fen.wan(45))
    assert grounds_of_a_letter(alone)[Ground.BREAKER] is True  # a meeting decided it
    with writing(alone.database) as session:
        session.execute(text("DROP TRIGGER wall_resolution_update"))
        session.execute(text("UPDATE resolution SET meeting_id = NULL"))
    assert grounds_of_a_letter(alone)[Ground.BREAKER] is False


def test_a_calm_bank_is_not_even_asked_about(alone):
    assert Ground.BREAKER not in grounds_of_a_letter(alone)


def test_beyond_the_agreed_line_no_letter_at_all_until_two_people_lift_it(database):
    room = chosen(database)
    agreed(room)
    claims = dataclasses.replace(issued_beside(room))
    ended(claims, Fen.wan(900), Fen.wan(100))
    assert looks(claims) == 1
    [stop] = claims.stops()
    assert (stop.rate, stop.line, stop.compensated, stop.ended, stop.state) == (
        Rate.percent(10), Rate.percent(5), Fen.wan(100), Fen.wan(1_000), StopState.STANDING,
    )  # fmt: skip
    claims.room.releases(claims.guarantee)
    with pytest.raises(NotIssuable) as refused:
        claims.room.prepares(now=moment(TODAY))
    assert Ground.BREAKER in refused.value.facts["grounds"]
    asks(claims, stop)
    with pytest.raises(NotAllowed):
        lifts(claims, stop, claims.room.second)
    both = dataclasses.replace(claims.chair, id=claims.officer.id)
    with pytest.raises(SamePerson):
        lifts(claims, stop, both)
    lifts(claims, stop)
    assert claims.standing().level is Level.COMMITTEE
    assert looks(claims) == 1  # it is told that small cases go to the committee
    assert len(claims.stops()) == 1  # and does not come back by itself
    later = NOW + DAY
    with writing(claims.database) as session:
        g = claims.guarantee
        session.add(
            GuaranteeEntry(
                guarantee_id=g.id, case_id=g.case_id, firm_id=g.firm_id, bank_id=g.bank_id, kind=K.COMPENSATED, on=TODAY, amount=Fen(1),
                by=1, at=later, document_id=document(session), confirmed_by=2,
            )
        )  # fmt: skip
    assert looks(claims, later + DAY) == 1
    assert len(claims.stops()) == 2  # something was paid since


def issued_beside(room):
    from tests.financing.compensation.conftest import Claims

    guarantee = room.issued()
    with writing(room.database) as session:
        fund = a_user(session, Role.FUND).actor
    return Claims(room, guarantee, room.stage.bankers[0], fund)


def test_a_stop_that_is_kept_may_be_asked_again(alone):
    ended(alone, Fen.wan(900), Fen.wan(100))
    looks(alone)
    [stop] = alone.stops()
    asks(alone, stop)
    with alone.at(alone.chair) as desk:
        breaker.keep(desk, desk.get(BankStop, stop.id), "复查还没有结果")
    [here] = alone.stops()
    assert (here.state, here.answer, here.proposed_by) == (StopState.STANDING, "复查还没有结果", None)
    asks(alone, stop)
    lifts(alone, stop)
    with pytest.raises(IntegrityError), writing(alone.database) as session:
        session.execute(text(f"UPDATE bank_stop SET state = 'standing', decided_by = NULL WHERE id = {stop.id}"))


def test_the_payment_itself_stops_the_bank_whoever_confirms_it(sqlite_database):
    alone = issued(sqlite_database)
    ended(alone, Fen.wan(400), Fen(0))
    claim = alone.lodged()
    alone.decides(claim)
    alone.pays(claim)
    alone.books(claim)
    [stop] = alone.stops()
    assert stop.compensated == claim.claimed
    assert stop.ended == Fen.wan(400) + claim.claimed
    with alone.at(alone.banker) as desk:
        assert [one.id for one in desk.all(BankStop)] == [stop.id]
    with alone.at(alone.room.stage.bankers[1]) as desk:
        assert desk.all(BankStop) == []


def test_the_agreed_rate_is_the_line_and_the_committees_line_is_never_above_it(alone):
    for agreed_rate, committee, stop in ((5, 4, 5), (3, 3, 3), (0, 4, 6)):
        with writing(alone.database) as session:
            session.execute(text("DROP TRIGGER IF EXISTS wall_sharing_agreement_decided"))
            session.execute(text(f"UPDATE sharing_agreement SET stop_rate = {agreed_rate * 10_000}"))
        found = alone.standing().lines
        assert (found.committee, found.stop) == (Rate.percent(committee), Rate.percent(stop))
        assert found.near.ppm == committee * 8_000
