"""Offers under seal: who sees what and who may change what, one microsecond before the deadline, at it and after it (I-21)."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.answer_refusals import OffersClosed
from financing.journal import Entry
from financing.money import Fen, Rate
from financing.offers import opening, views
from financing.offers.model import Offer, Opening
from financing.refusals import NotFound, Refusal, WrongState
from tests.financing.offers.test_service import DEADLINE, accepted, declined, offered, opened, sent
from tests.makers import NOW, a_user, writing

TICK = timedelta(microseconds=1)
RATE = Rate.percent("3.77")


def others(stage) -> dict[str, Actor]:
    """Everybody who is not the offering bank."""
    with writing(stage.database) as session:
        auditor, chair, leader = (a_user(session, role).actor for role in (Role.AUDITOR, Role.CHAIR, Role.LEADER))
    return {
        "firm": stage.signatory, "officer": stage.officer, "rival": stage.bankers[1], "auditor": auditor, "chair": chair, "leader": leader,
    }  # fmt: skip


def test_I21_until_they_open_nobody_but_its_own_bank_finds_an_offer_by_any_question(database):
    stage = sent(database, banks=2)
    made = offered(stage, 0, rate=RATE)
    for who, actor in others(stage).items():
        with stage.at(actor) as desk:
            assert desk.all(Offer) == [], who
            assert views.side_by_side(desk, stage.need.id) == [], who
            with pytest.raises(NotFound):
                desk.get(Offer, made.id)
    with stage.at(stage.bankers[0]) as desk:
        assert desk.get(Offer, made.id).rate == RATE


def test_I21_the_journal_tells_no_terms_before_the_opening_and_all_of_them_in_its_line(database):
    stage = sent(database, banks=1)
    offered(stage, 0, rate=RATE)
    assert not re.search(rf"(?<!\d){RATE.ppm}(?!\d)", lines(stage))  # the same figures within an id say nothing
    opened(stage)
    assert f'"rate": {RATE.ppm}' in lines(stage)


def lines(stage) -> str:
    with stage.at(SYSTEM) as desk:
        bodies = desk.session.scalars(select(Entry.body).where(Entry.act.in_([Act.MAKE_OFFER, Act.OPEN_OFFERS])))
        return str([*bodies]).replace("'", '"')


@pytest.mark.parametrize(("at", "found"), [(DEADLINE - TICK, 0), (DEADLINE, 2), (DEADLINE + TICK, 2)])
def test_I21_all_offers_open_together_at_the_deadline_while_one_bank_is_silent(database, at, found):
    stage = sent(database, banks=3)
    for bank in range(2):
        offered(stage, bank)
    assert opened(stage, at) == found
    for actor in (stage.signatory, stage.officer):
        with stage.at(actor, at) as desk:
            assert len(desk.all(Offer)) == found
    assert opened(stage, at + timedelta(days=1)) == 2 - found, "opening twice is opening once"


@pytest.mark.parametrize(("at", "allowed"), [(DEADLINE - TICK, True), (DEADLINE, False), (DEADLINE + TICK, False)])
def test_I21_a_bank_changes_its_own_offer_before_the_deadline_and_never_after(database, at, allowed):
    stage = sent(database, banks=3)
    first = offered(stage, 0)
    try:
        changed = offered(stage, 0, at, rate=RATE)
    except OffersClosed:
        changed = None
    assert (changed is not None) is allowed
    with stage.at(stage.bankers[0], at) as desk:
        assert (desk.get(Offer, first.id).rate == RATE) is allowed
    if not allowed:
        with pytest.raises(OffersClosed):
            offered(stage, 1, at)


def test_I21_nobody_waits_for_the_deadline_once_every_bank_has_answered(database):
    stage = sent(database, banks=3)
    offered(stage, 0)
    assert opened(stage) == 0
    declined(stage, 1)
    assert opened(stage) == 0
    stage.withdraw(2)
    assert opened(stage) == 1, "a bank that may no longer read is not waited for"
    with pytest.raises(WrongState):
        offered(stage, 0, rate=RATE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE offer SET rate = 1",
        "UPDATE offer SET amount = amount - 1",
        "UPDATE offer SET charges = '[{}]'",
        "UPDATE offer SET conditions = 'more'",
        "UPDATE offer SET valid_until = '2027-01-01'",
        "DELETE FROM offer",
        "UPDATE offer_opening SET opened_at = NULL",
        "UPDATE offer_opening SET until = '2027-01-01 00:00:00+00:00'",
        "DELETE FROM offer_opening",
    ],
)
def test_I21_the_database_itself_changes_nothing_of_offers_that_are_open(database, statement):
    stage = sent(database, banks=1)
    offered(stage, 0)
    opened(stage)
    with pytest.raises((IntegrityError, OperationalError)), writing(database) as session:
        session.execute(text(statement))


def test_I21_the_database_takes_no_offer_written_at_or_after_the_deadline(database):
    stage = sent(database, banks=2)
    made = offered(stage, 0)
    for moment, taken in ((DEADLINE - TICK, True), (DEADLINE, False)):

        def late(moment=moment) -> None:
            with writing(database) as session:
                kept = session.get_one(Offer, made.id)
                kept.made_at, kept.rate = moment, RATE

        if taken:
            late()
        else:
            with pytest.raises(IntegrityError):
                late()


def test_I21_of_edits_in_the_last_second_exactly_those_in_time_are_kept(database):
    stage = sent(database, banks=2)
    first = offered(stage, 0)
    moments = [DEADLINE + n * TICK for n in range(-6, 6)]
    kept: list[Rate] = []
    start = threading.Barrier(len(moments))

    def edit(number: int) -> None:
        rate = Rate(40_000 + number)
        start.wait()
        try:
            offered(stage, 0, moments[number], rate=rate)
        except (Refusal, OperationalError):
            return
        kept.append(rate)

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(len(moments))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept
    assert set(kept) <= {Rate(40_000 + number) for number in range(6)}
    with stage.at(stage.bankers[0]) as desk:
        assert desk.get(Offer, first.id).rate in kept


def test_an_offer_still_under_seal_closes_too_when_the_firm_has_chosen(database):
    stage = sent(database, banks=1)
    first = offered(stage, 0)
    opened(stage)
    with writing(database) as session:
        held = Opening(need_id=stage.need.id, firm_id=stage.firm.id, until=DEADLINE)
        session.add(held)
        session.flush()
        assert session.get_one(Opening, first.opening_id).opened_at == NOW
    accepted(stage, first)
    with stage.at(SYSTEM) as desk:
        assert opening.due(desk) == []


def test_costs_and_charges_of_an_opened_offer_are_those_that_were_promised(database):
    stage = sent(database, banks=1)
    made = offered(stage, 0)
    opened(stage)
    with stage.at(stage.signatory) as desk:
        (shown,) = views.side_by_side(desk, stage.need.id)
    assert shown.cost.effective == made.effective_cost
    assert shown.cost.total == Fen.yuan(43_200 + 9_600 + 1_200)
