from __future__ import annotations

import pytest
from sqlalchemy import select

from financing.acts import Act
from financing.forums import mending, service
from financing.forums.mending import Change
from financing.forums.model import ClosedRound, ForumSession, Talk
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, WrongState
from financing.round_refusals import NobodyMissing, SeatsChanged
from tests.financing.forums.test_service import grown, planned, seated
from tests.financing.matching.stage import Stage


@pytest.fixture
def stage(database) -> Stage:
    return grown(database, needs=2)


def mended(stage: Stage, session: ForumSession, change: Change, seen: str = "") -> mending.Preview:
    with stage.at(stage.officer) as desk:
        here = desk.get(ForumSession, session.id)
        seen = seen or mending.preview(desk, here, change).digest
        return mending.mend(desk, here, change, seen=seen)


def talks(stage: Stage, session: ForumSession) -> set[tuple[int, int, int]]:
    with stage.at(stage.officer) as desk:
        return {(talk.round, talk.bank_id, talk.firm_id) for talk in desk.all(Talk, Talk.session_id == session.id)}


def test_the_talks_of_a_bank_that_stays_away_fall_out_and_all_others_stay(stage):
    session = planned(stage)
    seated(stage, session)
    before = talks(stage, session)
    away = stage.banks[1].id
    found = mended(stage, session, Change(1, 4, bank_id=away))
    assert talks(stage, session) == {talk for talk in before if talk[1] != away}
    assert {(move.bank, move.after) for move in found.moved} == {(stage.banks[1].name, None)}
    assert found.kept == 4


def test_a_preview_moves_nothing(stage):
    session = planned(stage)
    seated(stage, session)
    before = talks(stage, session)
    with stage.at(stage.officer) as desk:
        told = mending.preview(desk, desk.get(ForumSession, session.id), Change(1, 1))
        assert told.moved
        assert desk.all(ClosedRound) == []
    assert talks(stage, session) == before


def test_a_firm_that_comes_late_and_a_lost_round_move_only_what_stands_in_the_way(stage):
    session = planned(stage)
    seated(stage, session)
    before = talks(stage, session)
    mended(stage, session, Change(1, 1, firm_id=stage.firm.id))
    late = talks(stage, session)
    assert all(talk[0] > 1 for talk in late if talk[2] == stage.firm.id)
    assert len(before - late) == len({talk for talk in before if talk[0] == 1 and talk[2] == stage.firm.id})
    mended(stage, session, Change(1, 1))
    assert all(talk[0] > 1 for talk in talks(stage, session))
    assert len(talks(stage, session)) == len(before)


def test_what_has_been_held_in_an_open_session_stays(stage):
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        service.open_session(desk, desk.get(ForumSession, session.id))
    before = talks(stage, session)
    mended(stage, session, Change(2, 4, bank_id=stage.banks[0].id, past=1))
    after = talks(stage, session)
    assert {talk for talk in before if talk[0] == 1} == {talk for talk in after if talk[0] == 1}
    assert not {talk for talk in after if talk[0] > 1 and talk[1] == stage.banks[0].id}


def test_who_was_away_stays_away_when_seats_change_again(stage):
    session = planned(stage)
    seated(stage, session)
    away = stage.banks[0].id
    mended(stage, session, Change(1, 4, bank_id=away))
    mended(stage, session, Change(1, 0))
    assert away not in {talk[1] for talk in talks(stage, session)}
    seated(stage, session)
    assert away not in {talk[1] for talk in talks(stage, session)}


def test_a_talk_whose_consent_was_taken_back_falls_out(stage):
    session = planned(stage)
    seated(stage, session)
    stage.withdraw(0)
    found = mended(stage, session, Change(1, 0))
    assert [(move.bank, move.after) for move in found.moved] == [(stage.banks[0].name, None)]


def test_what_is_no_longer_so_is_not_done(stage):
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        seen = mending.preview(desk, desk.get(ForumSession, session.id), Change(1, 1)).digest
    mended(stage, session, Change(1, 1), seen)
    before = talks(stage, session)
    with pytest.raises(SeatsChanged):
        mended(stage, session, Change(1, 1), seen)
    assert talks(stage, session) == before


@pytest.mark.parametrize(
    "change", [Change(1, 4, bank_id=1), Change(1, 4, firm_id=1), Change(5, 5), Change(1, 5), Change(0, 1)]
)
def test_nobody_of_another_session_is_missing(stage, change):
    session = planned(stage)
    seated(stage, session)
    with pytest.raises(NobodyMissing):
        mended(stage, session, change)


def test_those_whose_talks_move_are_told_and_a_closed_session_moves_no_more(stage):
    session = planned(stage)
    seated(stage, session)
    mended(stage, session, Change(1, 4, bank_id=stage.banks[1].id))
    with stage.at(stage.officer) as desk:
        told = desk.session.scalars(select(Outgoing).where(Outgoing.kind == "notice"))
        to = [row.payload["to"] for row in told if row.payload.get("code") == Act.MEND_SESSION.value]
        assert {"firm": stage.firm.id} in to
        assert {"bank": stage.banks[1].id} in to
        assert {"bank": stage.banks[0].id} not in to
        here = desk.get(ForumSession, session.id)
        service.open_session(desk, here)
        service.close_session(desk, here)
    with pytest.raises(WrongState):
        mended(stage, session, Change(1, 1))


def test_only_officers_move_talks(stage):
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        seen = mending.preview(desk, desk.get(ForumSession, session.id), Change(1, 1)).digest
    with pytest.raises(NotAllowed), stage.at(stage.bankers[0]) as desk:
        mending.mend(desk, desk.get(ForumSession, session.id), Change(1, 1), seen=seen)
