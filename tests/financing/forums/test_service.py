from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from financing.case_refusals import NoTable
from financing.forums import service, views
from financing.forums.model import ForumSession, Talk
from financing.forums.rules import SessionState
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.financing.matching.stage import Stage, staged
from tests.makers import NOW

DAY = date(2026, 11, 27)


def planned(stage: Stage, rounds: int = 4, banks=(0, 1, 2)) -> ForumSession:
    with stage.at(stage.officer) as desk:
        return service.plan(
            desk, title="十一月对接会", day=DAY, place="企业服务中心", starts="09:30", rounds=rounds, minutes=20,
            banks=[stage.banks[bank].id for bank in banks],
        )  # fmt: skip


def seated(stage: Stage, session: ForumSession):
    with stage.at(stage.officer) as desk:
        return service.seat(desk, desk.get(ForumSession, session.id))


def grown(database, needs: int = 3) -> Stage:
    """Several firms with needs before the same banks, all consented."""
    first = staged(database)
    stages = [first] + [others(first) for _ in range(needs - 1)]
    for stage in stages:
        stage.proposed()
        for bank in range(3):
            stage.grant(bank)
        stage.send()
    return first


def others(stage: Stage) -> Stage:
    """Another firm with a need of its own before the banks of this stage."""
    more = staged(stage.database, banks=0)
    return Stage(stage.database, more.firm, more.need, stage.banks, more.signatory, more.officer, stage.bankers)


def test_everybody_who_consented_talks_once_with_each_bank_and_sits_in_one_place(database):
    stage = grown(database)
    session = planned(stage)
    found = seated(stage, session)
    assert (len(found.seats), found.left_out) == (9, ())
    with stage.at(stage.officer) as desk:
        talks = desk.all(Talk, Talk.session_id == session.id)
    for key in ("bank_id", "firm_id"):
        assert max(Counter((getattr(talk, key), talk.round) for talk in talks).values()) == 1


def test_a_new_seating_takes_the_place_of_the_former_one(database):
    stage = grown(database)
    session = planned(stage)
    seated(stage, session)
    stage.withdraw(0)
    assert len(seated(stage, session).seats) == 8
    with stage.at(stage.officer) as desk:
        assert len(desk.all(Talk)) == 8


def test_nobody_is_seated_without_a_consent_or_a_bank(database):
    stage = staged(database)
    with pytest.raises(NoTable):
        planned(stage, banks=())
    session = planned(stage)
    stage.proposed()
    with pytest.raises(NoTable):
        seated(stage, session)


def test_an_open_session_is_not_seated_again(database):
    stage = grown(database, needs=1)
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        service.open_session(desk, desk.get(ForumSession, session.id))
    with pytest.raises(WrongState):
        seated(stage, session)
    with stage.at(stage.officer) as desk:
        held = desk.get(ForumSession, session.id)
        service.close_session(desk, held)
        assert held.state is SessionState.CLOSED


def test_only_officers_run_a_session(database):
    stage = grown(database, needs=1)
    session = planned(stage)
    with pytest.raises(NotAllowed), stage.at(stage.bankers[0]) as desk:
        service.open_session(desk, desk.get(ForumSession, session.id))


def test_each_reader_sees_as_much_of_the_timetable_as_is_theirs(database):
    stage = grown(database)
    session = planned(stage)
    seated(stage, session)
    seen = {}
    for who in (stage.officer, stage.bankers[0], stage.signatory):
        with stage.at(who) as desk:
            seen[who.role] = views.one(desk, desk.get(ForumSession, session.id))
            found = views.sessions(desk)
            assert (found.total, found.rows[0].talks) == (1, seen[who.role].talks)
    assert [(len(view.tables), view.talks, view.firms) for view in seen.values()] == [(3, 9, 3), (1, 3, 3), (3, 3, 1)]
    assert [(r.starts, r.ends) for r in seen["officer"].rounds][:2] == [("09:30", "09:50"), ("09:50", "10:10")]
    assert {cell.firm for table in seen["signatory"].tables for cell in table.cells if cell} == {stage.firm.name}


def test_a_bank_no_longer_reads_the_name_of_a_firm_that_took_its_consent_back(database):
    stage = grown(database, needs=1)
    session = planned(stage)
    seated(stage, session)
    stage.withdraw(0)
    with stage.at(stage.bankers[0], NOW) as desk:
        (cell,) = [cell for cell in views.one(desk, desk.get(ForumSession, session.id)).tables[0].cells if cell]
    assert (cell.firm, cell.amount) == ("", None)


def test_a_session_that_is_not_there_is_not_found(database):
    stage = staged(database)
    with pytest.raises(NotFound), stage.at(stage.officer) as desk:
        desk.get(ForumSession, 1)
