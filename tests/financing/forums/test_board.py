"""The board against what the banks did: claims and offers as facts, never their terms, and nothing from before or after the session."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.access import SYSTEM
from financing.forums import service
from financing.forums.board import LINES, Board, board
from financing.forums.day_rules import Deed, Said
from financing.forums.intents import Word, record
from financing.forums.model import ForumSession, Talk
from financing.matching.model import Match
from financing.money import Fen, Rate
from financing.offers import claims
from financing.offers.model import Offer
from tests.financing.forums.test_service import grown, planned, seated
from tests.financing.offers.test_service import accepted, offered, opened
from tests.makers import NOW, at

HOURS = itertools.count(1)


def opened_session(stage) -> ForumSession:
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        service.open_session(desk, desk.get(ForumSession, session.id))
    return session


def shown(stage, session) -> Board:
    with at(stage.database, SYSTEM, write=False) as desk:
        return board(desk, desk.get(ForumSession, session.id))


def claimed(stage, bank, now=NOW):
    with stage.at(stage.bankers[bank], now) as desk:
        return claims.claim(desk, stage.match(desk, bank))


def test_a_claim_and_an_offer_are_lines_of_the_board_with_the_table_and_the_dossier(database):
    stage = grown(database, needs=2)
    session = opened_session(stage)
    claimed(stage, 1)
    offered(stage, 2, now=NOW + timedelta(minutes=1))
    found = shown(stage, session)
    assert [(one.table, one.said) for one in found.events] == [(3, Deed.OFFERED), (2, Deed.CLAIMED)]
    assert all(one.label.startswith("DA2026-") for one in found.events)
    assert (found.claims, found.offers, found.intends) == (1, 1, 0)


def test_I21_the_board_is_the_same_whatever_a_sealed_offer_says(database):
    stage = grown(database, needs=1)
    session = opened_session(stage)
    offered(stage, 0, amount=Fen.wan(117), rate=Rate.percent("3.11"))
    before = shown(stage, session)
    offered(stage, 0, amount=Fen.wan(93), rate=Rate.percent("2.97"))
    assert shown(stage, session) == before
    told = repr(asdict(before))
    assert not any(word in told for word in ("1170000", "117", "31100", "3.11", "Fen", "Rate"))


def test_I19_what_was_done_before_the_session_or_after_it_is_not_on_the_board(database):
    stage = grown(database, needs=1)
    offered(stage, 0)
    claimed(stage, 1)
    session = opened_session(stage)
    assert (shown(stage, session).events, shown(stage, session).offers) == ((), 0)
    with stage.at(stage.officer) as desk:
        service.close_session(desk, desk.get(ForumSession, session.id))
    offered(stage, 2)
    after = shown(stage, session)
    assert (after.events, after.claims, after.offers) == ((), 0, 0)
    assert all(table.deeds == () for table in after.places)


def test_an_offer_that_has_opened_and_was_chosen_still_shows_no_term(database):
    stage = grown(database, needs=1)
    session = opened_session(stage)
    made = [offered(stage, bank) for bank in range(3)]
    opened(stage)
    accepted(stage, made[0])
    found = shown(stage, session)
    assert found.offers == 3 and {one.said for one in found.events} == {Deed.OFFERED}
    with stage.at(stage.officer, NOW) as desk:
        assert len(desk.all(Offer)) == 3


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_the_lines_are_the_last_of_everything_said_and_done_in_its_order(sqlite_database, data):
    """Against a plain list of what happened, each bank's last word on a talk counting once."""
    stage = grown(sqlite_database, needs=2)
    session = opened_session(stage)
    start = NOW + timedelta(hours=next(HOURS))  # the journal's time never goes back, whatever the example
    with stage.at(stage.officer) as desk:
        talks = [(talk.id, talk.match_id, talk.bank_id) for talk in desk.all(Talk, Talk.session_id == session.id)]
    bankers = {bank.id: banker for bank, banker in zip(stage.banks, stage.bankers, strict=True)}
    plain: dict[tuple[str, int], tuple[int, object]] = {}
    for step in range(data.draw(st.integers(0, 12))):
        talk, match, bank = data.draw(st.sampled_from(talks))
        now = start + timedelta(minutes=step)
        if data.draw(st.booleans()):
            said = data.draw(st.sampled_from([Said.WANTS_PAPERS, Said.NOT]))
            with at(stage.database, bankers[bank], now) as desk:
                record(desk, desk.get(Talk, talk), Word(said))
            if plain.get(("said", match), (0, None))[1] != said:
                plain["said", match] = (step, said)
        elif ("claim", match) not in plain and not _taken(plain, stage, match):
            with at(stage.database, bankers[bank], now) as desk:
                claims.claim(desk, desk.get(Match, match))
            plain["claim", match] = (step, Deed.CLAIMED)
    found = shown(stage, session)
    told = sorted(plain.values(), key=lambda one: one[0], reverse=True)[:LINES]
    assert [(one.at, one.said) for one in found.events] == [(start + timedelta(minutes=n), said) for n, said in told]


def _taken(plain, stage, match) -> bool:
    """Whether another bank has claimed the same need."""
    with at(stage.database, SYSTEM, write=False) as desk:
        need = {row.id: row.need_id for row in desk.all(Match)}
    return any(kind == "claim" and need[other] == need[match] for kind, other in plain)


@pytest.mark.parametrize("said", list(Said))
def test_the_table_shows_what_was_said_and_done_of_the_talk_now(database, said):
    stage = grown(database, needs=1)
    session = opened_session(stage)
    with stage.at(stage.officer) as desk:
        clock = desk.find(service.clock.RoundClock, service.clock.RoundClock.session_id == session.id)
        service.clock.start(desk, clock)
        (talk,) = [one for one in desk.all(Talk) if one.round == 1][:1]
    bank = [one.id for one in stage.banks].index(talk.bank_id)
    claimed(stage, bank)
    with stage.at(stage.bankers[bank]) as desk:
        record(desk, desk.get(Talk, talk.id), Word(said, Fen.wan(50) if said is Said.INTENDS else None))
    (table,) = [one for one in shown(stage, session).places if one.number == bank + 1]
    assert (table.said, table.deeds) == (said, (Deed.CLAIMED,))
