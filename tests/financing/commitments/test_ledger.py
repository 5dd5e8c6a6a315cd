"""The ledger of commitments against figures worked out by hand, and its marks: each asked once, however late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM
from financing.commitments import views
from financing.commitments.model import FollowUp, Outcome
from financing.commitments.rules import Course, Mark, Report, Stage, Standing, kept
from financing.commitments.service import News, follow_up, report
from financing.forums import inviting, service
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.intents import Word, record
from financing.forums.model import ForumSession, Talk
from financing.money import Fen
from financing.outbox import Outgoing
from financing.refusals import NotFound
from financing.session_refusals import DroppedWhy, NothingIntended, OutcomeDay, OutcomeSum
from tests.financing.forums.test_service import DAY, grown, planned, seated
from tests.makers import NOW, at

D = date(2026, 11, 27)
AFTER = NOW + timedelta(days=20)


def on(days: int) -> date:
    return D + timedelta(days=days)


def course(*reports: tuple[Stage, int, int | None], amount: int = 100) -> Course:
    return Course(
        D, Fen.wan(amount), tuple(Report(stage, on(days), wan and Fen.wan(wan)) for stage, days, wan in reports)
    )


C, P, X = Stage.CONTRACT, Stage.PAID, Stage.DROPPED
#: Five intents of one bank: kept early, kept late, in part, dropped, and nothing at all.
COURSES = (
    course((C, 3, 80), (P, 20, 80)), course((C, 9, 100), (P, 31, 40), (P, 95, 60)), course((C, 30, 50), (P, 90, 20), amount=60),
    course((X, 5, None)), course(amount=200),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "marks"),
    [
        (0, [(7, 0, 0, 0), (30, 0, 0, 0), (90, 0, 0, 0)]),
        (6, [(7, 0, 0, 0), (30, 0, 0, 0), (90, 0, 0, 0)]),
        (7, [(7, 5, 1, 0), (30, 0, 0, 0), (90, 0, 0, 0)]),
        (30, [(7, 5, 1, 0), (30, 5, 3, 1), (90, 0, 0, 0)]),
        (120, [(7, 5, 1, 0), (30, 5, 3, 1), (90, 5, 3, 3)]),
    ],
)
def test_what_a_bank_kept_by_each_mark_with_its_denominator(day, marks):
    assert kept(COURSES, on(day), (7, 30, 90)).marks == tuple(Mark(*mark) for mark in marks)


def test_counts_and_sums_to_date_follow_from_the_reports_alone():
    found = kept(COURSES, on(120), (7,))
    assert (found.intents, found.contracts, found.with_money, found.dropped) == (5, 3, 3, 1)
    assert (found.amount, found.contracted, found.paid) == (Fen.wan(560), Fen.wan(230), Fen.wan(200))
    assert [one.standing for one in COURSES] == [
        Standing.KEPT,
        Standing.KEPT,
        Standing.PAYING,
        Standing.DROPPED,
        Standing.INTENDED,
    ]
    assert course((C, 3, 80)).standing is Standing.CONTRACTED
    assert kept((), on(9), (7,)).marks == (Mark(7, 0, 0, 0),)


@pytest.fixture
def closed(database):
    """A session that is over, on which the first bank intended 80万元 and the second nothing."""
    stage = grown(database, needs=1)
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        inviting.invite(desk, desk.get(ForumSession, session.id))
    with stage.at(stage.officer) as desk:
        service.open_session(desk, desk.get(ForumSession, session.id))
        talks = {talk.bank_id: talk.id for talk in desk.all(Talk)}
    for bank, word in ((0, Word(Said.INTENDS, Fen.wan(80))), (1, Word(Said.NOT))):
        with stage.at(stage.bankers[bank]) as desk:
            record(desk, desk.get(Talk, talks[stage.banks[bank].id]), word)
    with stage.at(stage.officer) as desk:
        service.close_session(desk, desk.get(ForumSession, session.id))
    return stage


def intent_of(stage, bank=0):
    with stage.at(stage.officer) as desk:
        return desk.all(Intent, Intent.bank_id == stage.banks[bank].id)[0]


def reports(stage, news, bank=0, now=AFTER):
    key = intent_of(stage, bank).id
    with stage.at(stage.bankers[bank], now) as desk:
        return report(desk, desk.get(Intent, key), news)


def line(stage, who=None, now=AFTER):
    with stage.at(who or stage.officer, now) as desk:
        (found,) = views.ledger(desk).lines
        return found


def test_an_intent_goes_from_contract_to_money_and_stands_by_what_is_reported(closed):
    assert line(closed).standing is Standing.INTENDED
    reports(closed, News(Stage.PENDING, DAY + timedelta(days=1), said="等待抵押登记"))
    reports(closed, News(Stage.CONTRACT, DAY + timedelta(days=3), Fen.wan(70), "HT-1"))
    assert line(closed).standing is Standing.CONTRACTED
    reports(closed, News(Stage.PAID, DAY + timedelta(days=4), Fen.wan(30)))
    assert (line(closed).standing, line(closed).course.paid) == (Standing.PAYING, Fen.wan(30))
    with pytest.raises(OutcomeSum):
        reports(closed, News(Stage.PAID, DAY + timedelta(days=5), Fen.wan(41)))
    reports(closed, News(Stage.PAID, DAY + timedelta(days=5), Fen.wan(40)))
    assert line(closed).standing is Standing.KEPT
    with pytest.raises(NothingIntended):
        reports(closed, News(Stage.PENDING, DAY + timedelta(days=6)))


@pytest.mark.parametrize(
    ("news", "why"),
    [
        (News(Stage.PAID, DAY, Fen.wan(1)), NothingIntended),
        (News(Stage.CONTRACT, DAY - timedelta(days=1), Fen.wan(1)), OutcomeDay),
        (News(Stage.CONTRACT, AFTER.date() + timedelta(days=1), Fen.wan(1)), OutcomeDay),
        (News(Stage.CONTRACT, DAY), OutcomeSum),
        (News(Stage.DROPPED, DAY), DroppedWhy),
    ],
)
def test_a_report_that_cannot_be_is_refused(closed, news, why):
    with pytest.raises(why):
        reports(closed, news)


def test_only_what_was_intended_is_followed_and_only_by_the_bank_itself(closed):
    with pytest.raises(NothingIntended):
        reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(1)), bank=1)
    key = intent_of(closed).id
    with pytest.raises(NotFound), closed.at(closed.bankers[1], AFTER) as desk:
        desk.get(Intent, key)
    with closed.at(closed.bankers[1], AFTER) as desk:
        assert views.ledger(desk).banks == ()


def asked(stage, days):
    with at(stage.database, SYSTEM, NOW + timedelta(days=4 + days)) as desk:
        return follow_up(desk)


def told(stage):
    with at(stage.database, SYSTEM) as desk:
        rows = [row for row in desk.session.scalars(select(Outgoing)) if row.payload.get("code") == "commitment.follow"]
        return sorted(row.once.rsplit(":", 1)[-1] for row in rows if "bank" in row.payload["to"])


def test_each_mark_is_asked_once_on_its_day(closed):
    assert [asked(closed, days) for days in (6, 7, 7, 8, 29, 30, 31, 89, 90, 91)] == [0, 1, 0, 0, 0, 1, 0, 0, 1, 0]
    assert told(closed) == ["30", "7", "90"]


def test_after_a_standstill_each_mark_that_passed_is_asked_once(closed):
    assert (asked(closed, 45), asked(closed, 45), asked(closed, 400), asked(closed, 401)) == (2, 0, 1, 0)
    assert told(closed) == ["30", "7", "90"]
    with at(closed.database, SYSTEM) as desk:
        assert len(desk.all(FollowUp)) == 3


def test_who_has_nothing_open_is_not_bothered_and_a_report_answers_the_mark(closed):
    asked(closed, 7)
    assert line(closed).waits == 7
    reports(closed, News(Stage.PENDING, DAY + timedelta(days=8), said="审批中"))
    assert line(closed).waits is None
    reports(closed, News(Stage.DROPPED, DAY + timedelta(days=9), said="企业改用自有资金"))
    assert (asked(closed, 30), told(closed)) == (0, ["7"])


def test_a_report_is_never_changed_or_taken_away(closed):
    key = reports(closed, News(Stage.CONTRACT, DAY, Fen.wan(70))).id
    with pytest.raises(IntegrityError), at(closed.database, SYSTEM) as desk:
        desk.get(Outcome, key).amount = Fen.wan(99)
    with pytest.raises(IntegrityError), at(closed.database, SYSTEM) as desk:
        desk.session.delete(desk.get(Outcome, key))
