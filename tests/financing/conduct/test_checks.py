"""After a pay-out: one question, once, whatever the downtime; answers sealed, a big deposit near the day raises a flag (F61)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.calendar import published
from financing.conduct import checks, reports
from financing.conduct.checks import Answer
from financing.conduct.model import ConductCase, PayoutCheck
from financing.conduct.rules import Cost, Practice, Source
from financing.conduct_refusals import Answered, NothingAsked
from financing.journal import Entry
from financing.money import Fen
from financing.offers import drawdowns
from financing.offers.model import Offer
from financing.offers.reversal_model import Reversal
from financing.offers.rules import ReversalState
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, NotFound
from financing.sealing import Ring
from tests.financing.conduct.test_reports import everything
from tests.financing.offers.test_drawdowns import RATE, chosen, paid
from tests.makers import NOW, TODAY, a_user, at, writing
from web.jobs import run_daily


@pytest.fixture
def stage(database, tmp_path):
    database.ring = Ring(tmp_path / "sealing.key")
    stage, made = chosen(database)
    with writing(database) as session:
        clerk = a_user(session, Role.CLERK, firm_id=made.firm_id)
    return SimpleNamespace(database=database, at=stage.at, bankers=stage.bankers, made=made, clerk=clerk)


def asked(stage, when):
    """What the daily run does about questions."""
    with at(stage.database, SYSTEM, when) as desk:
        return sum(checks.ask(desk, key) for key in checks.due(desk))


def questions(stage):
    with at(stage.database, SYSTEM, write=False) as desk:
        return desk.all(PayoutCheck, by=PayoutCheck.paid_on)


def day(when: date) -> datetime:
    return datetime(when.year, when.month, when.day, 2, tzinfo=UTC)


def test_the_question_comes_on_the_tenth_day_or_the_next_working_day(stage):
    # Paid on Thursday 19 November 2026: the tenth day is Sunday 29 November, so Monday the 30th.
    paid(stage, stage.made, Fen.wan(100), paid_on=date(2026, 11, 19))
    assert [asked(stage, day(date(2026, 11, at))) for at in (28, 29, 30, 30)] == [0, 0, 1, 0]
    (check,) = questions(stage)
    assert (check.asked_on, check.amount) == (date(2026, 11, 30), Fen.wan(100))


def test_each_pay_out_is_asked_about_exactly_once_however_long_the_run_was_down(stage):
    """Four pay-outs and a run that is down for days and runs twice; against a plain second count."""
    calendar, paid_on = published(), [TODAY - timedelta(days=back) for back in (20, 13, 12, 0)]
    for when in paid_on:
        paid(stage, stage.made, Fen.wan(5), paid_on=when)
    ran = [TODAY + timedelta(days=on) for on in (-11, -10, -2, 1, 9, 13, 14)]
    for on in ran:
        asked(stage, day(on))
        asked(stage, day(on))
    expected = []
    for when in paid_on:
        first = when + timedelta(days=10)
        while not calendar.works(first):
            first += timedelta(days=1)
        expected.append(next(on for on in ran if on >= first))
    assert [check.asked_on for check in questions(stage)] == expected


def test_a_pay_out_that_was_taken_back_is_not_asked_about(stage):
    row = paid(stage, stage.made, Fen.wan(100))
    with at(stage.database, SYSTEM, day(TODAY + timedelta(days=20))) as desk:
        assert checks.due(desk) == [row.id]
    with writing(stage.database) as session:
        session.add(
            Reversal(drawdown_id=row.id, outcome_id=None, firm_id=row.firm_id, bank_id=row.bank_id, why="记错", asked_at=NOW, asked_by=1,
                     asker="甲", confirmed_at=NOW, confirmed_by=2, state=ReversalState.CONFIRMED)
        )  # fmt: skip
    assert asked(stage, day(TODAY + timedelta(days=20))) == 0


def an_answer(stage, said: Answer, when=None):
    paid(stage, stage.made, Fen.wan(100))
    when = when or day(TODAY + timedelta(days=14))
    asked(stage, when)
    (check,) = questions(stage)
    with at(stage.database, stage.clerk.actor, when) as desk:
        checks.answer(desk, desk.get(PayoutCheck, check.id), said)
    return check, when


DEPOSIT = Answer(True, (Cost.DEPOSIT,), Fen.wan(5), TODAY + timedelta(days=7), "要求存五万元的机密标记")


def test_I26_an_answer_is_sealed_whether_yes_or_no_and_both_look_alike(stage):
    check, _when = an_answer(stage, DEPOSIT)
    assert "机密标记" not in everything(stage.database)
    with writing(stage.database) as session:
        line = session.scalars(select(Entry).where(Entry.act == Act.ANSWER_CHECK)).one()
        ring = stage.database.ring
        row = session.get_one(PayoutCheck, check.id)
        no = ring.write(
            checks.CELL,
            check.id,
            {"yes": False, "costs": [], "text": "", "fen": None, "on": None, "user": 1, "user_name": ""},
        )
        assert len(row.answer or b"") == len(no)
    assert line.body["facts"] == {}


def test_a_question_is_answered_once_and_by_its_own_firm(stage):
    check, when = an_answer(stage, Answer(False))
    with at(stage.database, stage.clerk.actor, when) as desk, pytest.raises(Answered):
        checks.answer(desk, desk.get(PayoutCheck, check.id), Answer(False))
    with at(stage.database, stage.bankers[0], when) as desk, pytest.raises(NotFound):
        desk.get(PayoutCheck, check.id)
    with at(stage.database, stage.bankers[0], when) as desk, pytest.raises((NotAllowed, Answered)):
        checks.answer(desk, desk.session.get_one(PayoutCheck, check.id), Answer(False))


def test_a_yes_says_what_and_how_much(stage):
    for said in (Answer(True), Answer(True, (Cost.FEE,)), Answer(True, (), Fen.wan(1))):
        paid(stage, stage.made, Fen.wan(10))
        when = day(TODAY + timedelta(days=14))
        asked(stage, when)
        check = next(one for one in questions(stage) if one.answered_on is None)
        with at(stage.database, stage.clerk.actor, when) as desk, pytest.raises(NothingAsked):
            checks.answer(desk, desk.get(PayoutCheck, check.id), said)


def test_a_flagged_answer_reaches_the_two_days_later_and_once(stage):
    check, when = an_answer(stage, DEPOSIT)
    with at(stage.database, SYSTEM, when) as desk:
        assert checks.unseen(desk) == []  # not on the day itself
    for later in (1, 1, 2, 5, 6):
        run_daily(stage.database, when + timedelta(days=later))
    with at(stage.database, SYSTEM, write=False) as desk:
        (case,) = desk.all(ConductCase)
        assert (case.source, case.practice, case.against_id) == (
            Source.CHECK,
            Practice.TURNED_INTO_DEPOSIT,
            check.bank_id,
        )
        assert case.firm_id is None
        assert checks.is_reported(desk, check)
        assert len(reports.of(desk, stage.clerk.actor)) == 1  # the author finds it too
    with at(stage.database, SYSTEM, write=False) as desk:
        told = desk.all(Outgoing, Outgoing.kind == "notice", Outgoing.once == f"payout_check:{check.drawdown_id}")
    assert len(told) == 1


@pytest.mark.parametrize(
    "said",
    [
        Answer(False),
        Answer(True, (Cost.DEPOSIT,), Fen(4_999_999), TODAY, "不足百分之五"),
        Answer(True, (Cost.DEPOSIT,), Fen.wan(50), TODAY + timedelta(days=8), "超过七天"),
        Answer(True, (Cost.FEE,), Fen.wan(50), TODAY, "是费用"),
    ],
)
def test_what_is_no_sign_raises_no_flag(stage, said):
    _check, when = an_answer(stage, said)
    run_daily(stage.database, when + timedelta(days=1))
    with at(stage.database, SYSTEM, when + timedelta(days=9)) as desk:
        assert reports.pending(desk) == []


def test_a_report_made_of_the_answer_is_the_only_one(stage, tmp_path):
    check, when = an_answer(stage, DEPOSIT)
    told = reports.Told(check.bank_id, Practice.TURNED_INTO_DEPOSIT, "存五万元", TODAY, Fen.wan(5))
    with at(stage.database, SYSTEM, when) as desk:
        reports.report(desk, stage.clerk.actor, told, once=checks.once(check), uploads=tmp_path)
    for later in range(1, 7):
        run_daily(stage.database, when + timedelta(days=later))
    with at(stage.database, SYSTEM, write=False) as desk:
        (case,) = desk.all(ConductCase)
        assert case.source is Source.REPORT


def test_pay_outs_are_reported_as_before(stage):
    with at(stage.database, stage.bankers[0]) as desk:
        drawdowns.report(desk, desk.get(Offer, stage.made.id), paid_on=TODAY, amount=Fen.wan(1), rate=RATE)
