from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from financing.access import Role
from financing.acts import Act
from financing.money import Fen
from financing.needs import service, views
from financing.needs.model import Need
from financing.needs.rules import NeedState, Turn
from financing.papers.rules import PaperKind
from tests.makers import TODAY, a_firm, a_need, a_paper, a_user, at, writing


@pytest.fixture
def people(database):
    with writing(database) as session:
        firm = a_firm(session, name="示范铜材有限公司")
        a_paper(session, firm, kind=PaperKind.INVOICES)
        need = a_need(session, firm)
        return (
            need.id,
            a_user(session, Role.SIGNATORY, firm_id=firm.id).actor,
            a_user(session, Role.OFFICER, name="陈经办").actor,
        )


def seen(database, actor, need):
    with at(database, actor, write=False) as desk:
        return views.one(desk, desk.get(Need, need))


def test_the_road_is_the_journal(database, people):
    need, owner, officer = people
    assert [step.state for step in seen(database, owner, need).road] == ["now"] + ["later"] * 7
    with at(database, owner) as desk:
        service.submit(desk, desk.get(Need, need))
    with at(database, officer, datetime(2026, 11, 25, 17, tzinfo=UTC)) as desk:  # the 26th in Beijing
        service.accept(desk, desk.get(Need, need))
    shown = seen(database, owner, need)
    assert [(s.label, s.state, s.day) for s in shown.road[:4]] == [
        (Act.SUBMIT_NEED, "done", TODAY),
        (Act.ACCEPT_NEED, "done", date(2026, 11, 26)),
        (Act.ASSESS_NEED, "now", None),
        (Act.OPEN_CASE, "later", None),
    ]
    assert shown.road[2].whose is Turn.OFFICER and shown.road[2].clock.due == date(2026, 12, 3)
    assert [line.act for line in shown.lines] == [Act.ACCEPT_NEED, Act.SUBMIT_NEED]
    assert (shown.officer, shown.turn, shown.acts) == ("陈经办", Turn.OFFICER, (Act.WITHDRAW_NEED,))


def test_a_returned_need_stands_at_the_beginning_again(database, people):
    need, owner, officer = people
    with at(database, owner) as desk:
        service.submit(desk, desk.get(Need, need))
    with at(database, officer) as desk:
        service.give_back(desk, desk.get(Need, need), "请补充用途")
    shown = seen(database, owner, need)
    assert shown.road[0].state == "now" and shown.road[0].whose is Turn.FIRM
    assert shown.clock is None and shown.reason == "请补充用途"
    assert shown.acts == (Act.SUBMIT_NEED, Act.EDIT_NEED, Act.WITHDRAW_NEED)


@pytest.mark.parametrize(
    ("state", "label", "behind"),
    [
        (NeedState.CONDITIONAL, NeedState.CONDITIONAL, 5),
        (NeedState.REJECTED, NeedState.REJECTED, 5),
        (NeedState.SETTLED, Act.ACCEPT_OFFER, 8),
    ],
)
def test_a_decision_is_called_by_its_name(database, people, state, label, behind):
    need, owner, _ = people
    with writing(database) as session:
        session.get(Need, need).state = state
    road = seen(database, owner, need).road
    assert [step.state == "done" for step in road].count(True) == behind and road[behind - 1].label is label
    assert ("now" in [step.state for step in road]) == (state is NeedState.CONDITIONAL)


def test_a_withdrawn_need_shows_how_far_it_came(database, people):
    need, owner, _ = people
    with at(database, owner) as desk:
        service.submit(desk, desk.get(Need, need))
    with at(database, owner) as desk:
        service.withdraw(desk, desk.get(Need, need))
    road = seen(database, owner, need).road
    assert [step.state for step in road] == ["done"] + ["later"] * 7 and road[0].day == TODAY


def test_work_is_sorted_by_the_day_it_is_due_and_leaves_drafts_out(database):
    with writing(database) as session:
        firm, officer = a_firm(session), a_user(session, Role.OFFICER).actor
        kept = {
            due: a_need(session, firm, state=state, due_on=due, submitted_on=TODAY).id
            for due, state in [
                (date(2026, 11, 27), NeedState.SUBMITTED),
                (date(2026, 11, 24), NeedState.ACCEPTED),
                (None, NeedState.APPROVED),
                (date(2026, 11, 20), NeedState.SCORED),
            ]
        }
        for state in (NeedState.DRAFT, NeedState.RETURNED, NeedState.COMMITTEE, NeedState.WITHDRAWN):
            a_need(session, firm, state=state)
    with at(database, officer, write=False) as desk:
        rows = views.work(desk).rows
    order = [date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 27), None]
    assert [row.id for row in rows] == [kept[due] for due in order]
    assert [row.clock and row.clock.left for row in rows] == [-1, 1, 4, None]


def test_a_list_is_searched_filtered_and_paged_in_two_statements(sqlite_database):
    with writing(sqlite_database) as session:
        one, other = a_firm(session, name="铜材甲公司"), a_firm(session, name="电子100%乙公司")
        officer = a_user(session, Role.OFFICER).actor
        for n in range(60):
            a_need(session, one, number=f"XQ2026-{n + 5000:04d}", state=NeedState.SUBMITTED, amount=Fen.wan(n + 1))
        a_need(session, other, number="XQ2026-9999", state=NeedState.REJECTED)
    with at(sqlite_database, officer, write=False) as desk:
        statements = []
        event.listen(sqlite_database.reader, "before_cursor_execute", lambda *a: statements.append(a[2]))
        first = views.every(desk)
        assert (len(first.rows), first.page, first.of, first.total) == (50, 1, 2, 61) and sum(
            s.startswith("SELECT") for s in statements
        ) == 2
        assert len(views.every(desk, 9).rows) == 11
        assert [row.number for row in views.every(desk, words="100%").rows] == ["XQ2026-9999"]
        assert views.every(desk, words="9999 电子").total == 1
        assert views.every(desk, state=NeedState.REJECTED).total == 1
        assert views.every(desk, words="没有").rows == ()


def test_a_firm_sees_its_own_needs_and_journal_alone(database, people):
    need, owner, _ = people
    with writing(database) as session:
        stranger = a_firm(session)
        other = a_need(session, stranger).id
        rival = a_user(session, Role.SIGNATORY, firm_id=stranger.id).actor
        a_paper(session, stranger)
    with at(database, rival) as desk:
        service.submit(desk, desk.get(Need, other))
    with at(database, owner, write=False) as desk:
        assert [row.id for row in views.mine(desk).rows] == [need]
        assert views.one(desk, desk.get(Need, need)).lines == ()
    assert [line.act for line in seen(database, rival, other).lines] == [Act.SUBMIT_NEED]
