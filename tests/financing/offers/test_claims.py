"""Claims that lapse and silences that are counted: on the day, after the day, and once also when the platform was down (F21, F22)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.access import SYSTEM, Role
from financing.answer_refusals import ClaimedOnce, ClaimTaken
from financing.journal import Entry
from financing.matching.model import Dossier, Match
from financing.matching.rules import MatchState
from financing.needs.model import Need
from financing.notices.model import Notice
from financing.offers import claims, silence
from financing.offers.claim_model import Claim, Silence
from financing.refusals import NotFound, WrongState
from tests.financing.offers.test_service import declined, offered, sent
from tests.makers import NOW, a_user, writing
from web.jobs import run_daily

DAY = timedelta(days=1)


def claimed(stage, bank: int, now=NOW) -> Claim:
    with stage.at(stage.bankers[bank], now) as desk:
        return claims.claim(desk, stage.match(desk, bank))


def lapsed(stage, now) -> int:
    with stage.at(SYSTEM, now) as desk:
        return sum(claims.lapse(desk, key) for key in claims.due(desk))


def count(stage, kind) -> int:
    with stage.at(SYSTEM) as desk:
        return len(desk.all(kind))


@pytest.mark.parametrize(("days", "free"), [(0, False), (3, False), (4, True), (7, True)])
def test_a_claim_holds_three_working_days_and_then_the_need_is_free_again(database, days, free):
    stage = sent(database, banks=2)
    first = claimed(stage, 0)
    assert first.until == (NOW + 3 * DAY).date(), "Monday to Thursday"
    assert lapsed(stage, NOW + days * DAY) == int(free)
    if free:
        claimed(stage, 1, NOW + days * DAY)
        assert lapsed(stage, NOW + days * DAY) == 0, "counted once"
        return
    with pytest.raises(ClaimTaken):
        claimed(stage, 1, NOW + days * DAY)


def test_a_weekend_does_not_count(database):
    stage = sent(database, banks=1)
    assert claimed(stage, 0, NOW + 3 * DAY).until == (NOW + 8 * DAY).date(), "Thursday to the next Tuesday"


def test_a_bank_claims_a_need_once_and_only_while_it_has_it_to_answer(database):
    stage = sent(database, banks=2)
    claimed(stage, 0)
    with pytest.raises(ClaimedOnce):
        claimed(stage, 0)
    lapsed(stage, NOW + 4 * DAY)
    with pytest.raises(ClaimedOnce):
        claimed(stage, 0, NOW + 4 * DAY)
    declined(stage, 1)
    with pytest.raises(WrongState):
        claimed(stage, 1)


@pytest.mark.parametrize("answer", [offered, declined])
def test_an_answer_ends_the_claim_without_a_lapse_and_a_claim_keeps_nobody_from_answering(database, answer):
    stage = sent(database, banks=3)
    claimed(stage, 0)
    offered(stage, 1)
    answer(stage, 0)
    assert lapsed(stage, NOW + 9 * DAY) == 0
    claimed(stage, 2)
    with stage.at(SYSTEM) as desk:
        assert [each.lapsed for each in desk.all(Claim)] == [False, False]


def test_a_claim_of_a_bank_that_may_no_longer_read_ends_at_once(database):
    stage = sent(database, banks=2)
    claimed(stage, 0)
    stage.withdraw(0)
    assert lapsed(stage, NOW) == 0
    claimed(stage, 1)


def test_the_database_itself_knows_one_standing_claim_a_need(database):
    stage = sent(database, banks=2)
    first = claimed(stage, 0)
    with stage.at(SYSTEM) as desk:
        other = stage.match(desk, 1)
    with pytest.raises(IntegrityError), writing(database) as session:
        session.add(Claim(match_id=other.id, need_id=first.need_id, firm_id=first.firm_id, bank_id=other.bank_id, by=1, by_name="x",
                          at=NOW, until=first.until))  # fmt: skip


def notices(stage, act: str) -> int:
    with stage.at(SYSTEM) as desk:
        return len(desk.all(Notice, Notice.act == act))


@pytest.mark.parametrize(
    "days", [list(range(33)), [0, 14, 15, 30, 31], [16, 40], [45]], ids=["daily", "on the days", "down for a while", "down throughout"]
)  # fmt: skip
def test_silence_is_reminded_at_half_and_ends_after_the_limit_once_each_whatever_days_the_platform_ran(database, days):
    stage = sent(database, banks=2)
    with writing(database) as session:
        a_user(session, Role.BANK_ADMIN, bank_id=stage.banks[0].id)
        a_user(session, Role.BANK_ADMIN, bank_id=stage.banks[1].id)
    offered(stage, 1)
    for day in days:
        run_daily(database, NOW + day * DAY)
        early = day <= 30
        assert count(stage, Silence) == (0 if early else 1)
        assert notices(stage, "match.silent") == (0 if early else 3), (
            "the head of that bank, one officer, one of the firm"
        )
    with stage.at(stage.officer) as desk:
        assert [stage.match(desk, bank).state for bank in range(2)] == [MatchState.SILENT, MatchState.OFFERED]
    assert notices(stage, "match.remind") == (2 if any(15 <= day <= 30 for day in days) else 0), "banker and head"
    with stage.at(SYSTEM) as desk:
        lines = desk.session.scalars(select(Entry.act).where(Entry.act == "match.silent")).all()
    assert len(lines) == 1


def test_a_silent_bank_reads_nothing_any_more_and_may_be_asked_again(database):
    stage = sent(database, banks=1)
    late = NOW + 31 * DAY
    run_daily(database, late)
    with stage.at(stage.bankers[0], late) as desk:
        assert (desk.all(Match), desk.all(Dossier), desk.all(Need)) == ([], [], [])
        with pytest.raises(NotFound):
            desk.get(Need, stage.need.id)
    stage.grant(0, now=late)
    stage.send(now=late)
    with stage.at(SYSTEM, late) as desk:
        assert silence.waiting(desk) == [stage.match(desk, 0).id]


@pytest.mark.parametrize(
    "statement", ["UPDATE silence SET due_on = '2027-01-01'", "DELETE FROM silence", "DELETE FROM claim"]
)
def test_a_silence_stays_counted(database, statement):
    stage = sent(database, banks=1)
    claimed(stage, 0)
    run_daily(database, NOW + 31 * DAY)
    with pytest.raises((IntegrityError, OperationalError)), writing(database) as session:
        session.execute(text(statement))
