"""Checks by class and their visits, warnings with their evidence, and how both worsen a class (F43, F44)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM
from financing.case_refusals import SamePerson
from financing.journal import Entry
from financing.letters.model import Guarantee
from financing.loans.rules import FiveClass
from financing.money import Fen, Rate
from financing.outbox import Outgoing
from financing.parties import service as parties
from financing.parties.model import Firm
from financing.refusals import NotAllowed, OutOfRange, WrongState
from financing.watch import service
from financing.watch.classes import risks
from financing.watch.model import Check, EarlyWarning, OutsideFact, Visit
from financing.watch.rules import CheckState, Closing, Item, Level, Outside, WarningState
from financing.watch.visits import Looked
from financing.watch.warning_rules import Sign, every_rule
from financing.watch_refusals import FewPapers, ItemsOwed, NoSecondVisitor, NotItsSecurity
from tests.financing.watch.conftest import DAY, looked
from tests.makers import TODAY, a_user, writing

FIRST = date(2026, 12, 23)  # thirty days after the pay-out, a Wednesday


def class_of(watched) -> FiveClass:
    with watched.at(SYSTEM) as desk:
        return risks(desk, Guarantee.id == watched.guarantee.id)[watched.guarantee.id]


# --- checks -------------------------------------------------------------------------------------------------------------
def test_no_check_before_money_is_paid_out_and_one_however_often_the_day_runs(watched):
    watched.runs(TODAY)
    assert watched.checks() == []
    watched.paid_out()
    assert [watched.runs(TODAY + DAY)[1] for _ in range(3)] == [1, 0, 0]
    (check,) = watched.checks()
    assert (check.number, check.since, check.due_on, check.risk) == (1, TODAY, FIRST, FiveClass.NORMAL)


def test_downtime_moves_no_day(watched):
    watched.paid_out()
    watched.runs(TODAY + 20 * DAY)
    assert watched.checks()[0].due_on == FIRST


def test_a_day_off_moves_to_the_next_open_one(watched):
    watched.paid_out(TODAY - 4 * DAY)  # thirty days on it is Saturday
    watched.runs(TODAY)
    assert watched.checks()[0].due_on == date(2026, 12, 21)


def test_a_visit_dates_the_next_check_at_once_and_the_firm_is_told_of_the_day_alone(twice):
    twice.paid_out()
    twice.runs(TODAY)
    twice.visits(TODAY + 7 * DAY)
    first, second = twice.checks()
    assert (first.state, first.ended_on) == (CheckState.DONE, TODAY + 7 * DAY)
    assert (second.since, second.due_on) == (TODAY + 7 * DAY, date(2027, 3, 1))  # ninety days on it is Sunday
    with writing(twice.database) as session:
        told = [row.payload for row in session.query(Outgoing) if row.payload.get("code") == "check.plan"]
    assert [row["to"] for row in told] == [{"firm": twice.guarantee.firm_id}] * 2
    assert all(row["number"] == twice.guarantee.number and len(row) == 4 for row in told)


@pytest.mark.parametrize(
    ("risk", "days"),
    [(FiveClass.ATTENTION, 60), (FiveClass.SUBSTANDARD, 30), (FiveClass.DOUBTFUL, 15), (FiveClass.LOSS, 30)],
)
def test_the_class_sets_the_pace(watched, risk, days):
    watched.paid_out()
    watched.runs(TODAY)
    watched.visits(TODAY, risk)
    with watched.at(SYSTEM) as desk:
        wanted = desk.calendar.next_open(TODAY + timedelta(days=days))
    assert watched.checks()[1].due_on == wanted


def test_a_worse_class_brings_an_open_check_forward_with_notice_and_never_back(watched):
    watched.paid_out()
    watched.runs(TODAY)
    watched.visits(TODAY)  # next in ninety days
    watched.learns(Outside.ENFORCEMENT, 500_00, TODAY + 58 * DAY)
    day = TODAY + 59 * DAY  # a Thursday; sixty days after the visit is tomorrow
    watched.runs(day)
    with watched.at(SYSTEM, day) as desk:
        soonest = desk.calendar.after(day, 5).day
    assert watched.checks()[1].due_on == soonest
    watched.closes("enforcement", day)
    watched.confirms("enforcement", day)
    watched.runs(day + DAY)
    assert watched.checks()[1].due_on < TODAY + 90 * DAY


def test_nobody_has_to_go_once_nothing_is_guaranteed(watched):
    watched.paid_out()
    watched.runs(TODAY)
    watched.letters.repays(watched.guarantee, Fen.wan(120))
    assert watched.runs(TODAY + DAY)[1] == 1
    assert watched.checks()[0].state is CheckState.ENDED
    assert watched.runs(TODAY + 60 * DAY) == (0, 0, 0)


def test_a_visit_asks_for_two_people_photos_and_a_word_on_all_that_is_not_fine(watched):
    watched.paid_out()
    watched.runs(TODAY)
    with writing(watched.database) as session:
        banker = a_user(session, watched.letters.stage.bankers[0].role).actor
    for second in (None, watched.officer.id, banker.id, 1):
        with pytest.raises(NoSecondVisitor):
            watched.visits(TODAY, second=second)
    with pytest.raises(ItemsOwed) as owed:
        watched.visits(TODAY, found=[one for one in looked() if one.item is not Item.STOCK])
    assert owed.value.facts == {"items": (Item.STOCK,)}
    with pytest.raises(ItemsOwed):
        watched.visits(TODAY, found=[Looked(one.item, one.seen, "") for one in looked(Item.USE)])
    for day in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(OutOfRange):
            watched.visits(TODAY, on=day)
    watched.visits(TODAY)


def test_a_visit_without_a_photo_of_its_day_is_no_visit(watched, monkeypatch):
    watched.paid_out()
    watched.runs(TODAY)
    monkeypatch.setattr(type(watched), "pictured", lambda *_: None)
    with pytest.raises(FewPapers):
        watched.visits(TODAY)


def test_a_check_is_done_once_and_a_visit_never_changes(twice):
    twice.paid_out()
    twice.runs(TODAY)
    visit = twice.visits(TODAY)
    done = twice.checks()[0]
    for statement in (
        f"UPDATE watch_visit SET opinion = '好' WHERE id = {visit.id}",
        f"DELETE FROM watch_visit WHERE id = {visit.id}",
        f"UPDATE watch_check SET due_on = '2026-12-01' WHERE id = {done.id}",
        f"UPDATE watch_check SET due_on = '2099-12-01' WHERE id = {twice.checks()[1].id}",
        f"DELETE FROM watch_check WHERE id = {done.id}",
    ):
        with pytest.raises(IntegrityError), writing(twice.database) as session:
            session.execute(text(statement))
    assert len(twice.all(Visit)) == 1


def test_one_visit_alone_never_betters_a_class(twice):
    twice.paid_out()
    twice.runs(TODAY)
    twice.visits(TODAY, FiveClass.SUBSTANDARD)
    assert class_of(twice) is FiveClass.SUBSTANDARD
    twice.visits(TODAY + DAY)
    assert class_of(twice) is FiveClass.SUBSTANDARD
    twice.visits(TODAY + 2 * DAY)
    assert class_of(twice) is FiveClass.NORMAL


# --- warnings -----------------------------------------------------------------------------------------------------------
def test_a_warning_keeps_its_evidence_and_comes_once(twice):
    fact = twice.learns(Outside.TAX_STOP, 3, TODAY)
    assert [twice.runs(TODAY + DAY)[0] for _ in range(2)] == [1, 0]
    (warning,) = twice.warnings()["tax_stop"]
    assert warning.evidence == {"stopped_months": 3, "as_of_on": "2026-11-23", "origin": "court", "text": "情况说明"}
    assert (warning.level, warning.mark, warning.state) == (Level.RED, str(fact.id), WarningState.OPEN)
    assert (warning.found_on, warning.due_on) == (TODAY + DAY, date(2026, 11, 27))  # three working days
    assert warning.source == every_rule()["tax_stop"].source
    assert class_of(twice) is FiveClass.ATTENTION


@pytest.mark.parametrize(
    ("kind", "below", "at"),
    [(Outside.TAX_STOP, 1, 2), (Outside.LAWSUIT, 9_999_999, 10_000_000), (Outside.ENFORCEMENT, 0, 1),
     (Outside.WAGES, 0, 1), (Outside.DISHONEST, 0, 1)],
)  # fmt: skip
def test_a_figure_warns_from_its_threshold_on(watched, kind, below, at):
    watched.learns(kind, below, TODAY)
    watched.runs(TODAY)
    assert kind.value not in watched.warnings()
    watched.learns(kind, at, TODAY)
    watched.runs(TODAY)
    assert len(watched.warnings()[kind.value]) == 1


def test_what_is_over_warns_no_more_and_found_again_warns_anew(watched):
    watched.learns(Outside.LAWSUIT, 200_000_00, TODAY)
    watched.runs(TODAY)
    watched.closes("lawsuit", TODAY)
    assert watched.runs(TODAY + DAY)[0] == 0  # the same occurrence was dealt with
    watched.learns(Outside.LAWSUIT, 0, TODAY + 2 * DAY)
    assert watched.runs(TODAY + 2 * DAY)[0] == 0
    watched.learns(Outside.LAWSUIT, 300_000_00, TODAY + 3 * DAY)
    watched.runs(TODAY + 3 * DAY)
    first, again = watched.warnings()["lawsuit"]
    assert (first.state, again.state) == (WarningState.CLOSED, WarningState.OPEN)
    assert again.evidence["sum_fen"] == 300_000_00


def test_electricity_is_held_against_the_same_months_of_the_year_before(watched):
    for month in (7, 8, 9):
        watched.learns(Outside.POWER, 1_000, TODAY, date(2025, month, 15))
    for month, used in ((7, 800), (8, 700), (9, 601)):
        watched.learns(Outside.POWER, used, TODAY, date(2026, month, 28))
    watched.runs(TODAY)
    assert "power_drop" not in watched.warnings()  # 2,101 of 3,000 is less than three tenths down
    watched.learns(Outside.POWER, 600, TODAY, date(2026, 9, 1))  # corrected
    watched.runs(TODAY)
    (warning,) = watched.warnings()["power_drop"]
    assert (warning.evidence["power_kwh"], warning.evidence["drop_percent"]) == (2_100, 30)


def test_a_new_representative_after_the_letter_warns(twice):
    with twice.at(twice.officer) as desk:
        parties.edit(desk, desk.get(Firm, twice.guarantee.firm_id), representative="王强")
    twice.runs(TODAY + DAY)
    assert "owner_change" not in twice.warnings()  # of the day of the letter: the committee's own file
    with twice.at(twice.officer, TODAY + DAY) as desk:
        parties.edit(desk, desk.get(Firm, twice.guarantee.firm_id), representative="李强")
    twice.runs(TODAY + DAY)
    (warning,) = twice.warnings()["owner_change"]
    assert warning.evidence == {"change": "representative", "changed_on": "2026-11-24"}


def test_the_list_is_looked_into_again_after_a_month(watched):
    watched.runs(TODAY + 31 * DAY)
    assert "dishonest_due" not in watched.warnings()
    watched.runs(TODAY + 32 * DAY)
    (warning,) = watched.warnings()["dishonest_due"]
    assert warning.evidence == {"checked_on": "2026-11-23"}
    watched.learns(Outside.DISHONEST, 0, TODAY + 33 * DAY)
    watched.closes("dishonest_due", TODAY + 33 * DAY)
    assert watched.runs(TODAY + 64 * DAY)[0] == 0
    watched.runs(TODAY + 65 * DAY)
    assert len(watched.warnings()["dishonest_due"]) == 2


def test_worse_terms_and_a_bad_visit_warn(twice):
    twice.paid_out(rate=twice.letters.offer.rate)
    twice.runs(TODAY)
    assert twice.warnings() == {}
    twice.visits(TODAY, FiveClass.NORMAL, looked(Item.USE, doubtful=(Item.STOCK,)))
    twice.runs(TODAY)
    (warning,) = twice.warnings()["visit"]
    assert warning.evidence == {"visited_on": "2026-11-23", "items": ["use"]}


def test_a_higher_rate_at_the_pay_out_warns(watched):
    watched.paid_out(rate=Rate(watched.letters.offer.rate.ppm + 1_000))
    watched.runs(TODAY)
    evidence = watched.warnings()["worse_terms"][0].evidence
    assert evidence[Sign.RATE] - evidence[Sign.OFFERED_RATE] == 1_000


def test_a_loan_past_its_last_day_warns_in_steps(watched):
    matures = watched.guarantee.matures
    found = {}
    for days in (0, 1, 29, 30, 60):
        watched.runs(matures + days * DAY)
        found[days] = {rule for rule in watched.warnings() if rule.startswith("arrears")}
    assert found == {
        0: set(), 1: {"arrears"}, 29: {"arrears"}, 30: {"arrears", "arrears_30"}, 60: {"arrears", "arrears_30", "arrears_60"},
    }  # fmt: skip
    assert watched.warnings()["arrears_30"][0].evidence == {
        "since_on": (matures + DAY).isoformat(), "past_due_days": 30, "overdue_fen": Fen.wan(120).fen,
    }  # fmt: skip


def test_an_amber_warning_is_closed_by_one_and_a_red_one_by_two(twice):
    twice.learns(Outside.LAWSUIT, 200_000_00, TODAY)
    twice.learns(Outside.WAGES, 1, TODAY)
    twice.runs(TODAY)
    twice.closes("lawsuit", TODAY, Closing.UNFOUNDED)
    assert twice.warnings()["lawsuit"][0].closed_on == TODAY
    twice.closes("wages", TODAY)
    asked = twice.warnings()["wages"][0]
    assert (asked.state, asked.closed_on) == (WarningState.CLOSING, None)
    with pytest.raises(SamePerson), twice.at(twice.officer) as desk:
        service.confirm(desk, twice.standing(desk, "wages"))
    with twice.at(twice.second) as desk:
        service.send_back(desk, twice.standing(desk, "wages"), "请附工资发放流水")
    assert twice.warnings()["wages"][0].state is WarningState.OPEN
    twice.closes("wages", TODAY)
    twice.confirms("wages", TODAY)
    done = twice.warnings()["wages"][0]
    assert (done.state, done.decided_by, done.closing) == (WarningState.CLOSED, twice.second.id, Closing.GONE)


def test_a_closed_warning_stays_closed_and_evidence_never_changes(twice):
    twice.learns(Outside.LAWSUIT, 200_000_00, TODAY)
    twice.learns(Outside.WAGES, 1, TODAY)
    twice.runs(TODAY)
    twice.closes("lawsuit", TODAY)
    one, red = twice.warnings()["lawsuit"][0], twice.warnings()["wages"][0]
    with pytest.raises(WrongState), twice.at(twice.officer) as desk:
        service.close(desk, desk.get(EarlyWarning, one.id), Closing.GONE, "再关")
    closed = "state = 'closed', closed_on = '2026-11-23', closing = 'gone', why = 'x', proposed_by = 7"
    for statement in (
        f"UPDATE warning SET state = 'open', closed_on = NULL WHERE id = {one.id}",
        f"UPDATE warning SET evidence = '{{}}' WHERE id = {red.id}",
        f"UPDATE warning SET due_on = '2099-01-01' WHERE id = {red.id}",
        f"UPDATE warning SET {closed} WHERE id = {red.id}",
        f"DELETE FROM warning WHERE id = {red.id}",
        f"UPDATE outside_fact SET value = 0 WHERE firm_id = {red.firm_id}",
    ):
        with pytest.raises(IntegrityError), writing(twice.database) as session:
            session.execute(text(statement))


def test_a_room_raises_a_warning_once_while_it_stands(watched):
    said = {"guarantee_id": watched.guarantee.id, "firm_id": watched.guarantee.firm_id, "rule": "bridge_breach"}
    with watched.at(SYSTEM) as desk:
        first = service.raise_warning(desk, **said, evidence={Sign.TEXT: "未按期归还"}, found_on=TODAY)
        again = service.raise_warning(desk, **said, evidence={Sign.TEXT: "仍未归还"}, found_on=TODAY)
    assert first is not None and again is None
    with watched.at(SYSTEM) as desk:
        about = service.raise_warning(
            desk, firm_id=watched.guarantee.firm_id, guarantee_id=None, rule="told", evidence={}, found_on=TODAY
        )
        assert about is not None and about.bank_id is None


def test_the_bank_sees_what_is_found_of_its_own_loan_and_the_firm_nothing(twice):
    twice.paid_out()
    twice.learns(Outside.LAWSUIT, 200_000_00, TODAY)
    twice.runs(TODAY)
    stage = twice.letters.stage
    with twice.at(stage.bankers[0]) as desk:
        assert len(desk.all(EarlyWarning)) == 1 and desk.all(OutsideFact) == []
    for other in (stage.bankers[1], stage.signatory):
        with twice.at(other) as desk:
            assert desk.all(EarlyWarning) == [] and desk.all(Visit) == []
    with twice.at(stage.signatory) as desk:
        assert len(desk.all(Check)) == 1
    with pytest.raises(NotAllowed), twice.at(stage.bankers[0]) as desk:
        service.close(desk, desk.find(EarlyWarning), Closing.GONE, "不再有")


def test_what_is_learned_has_its_day_and_a_register_entry_its_security(watched):
    for on in (TODAY + DAY, date(2020, 1, 1)):
        with pytest.raises(OutOfRange):
            watched.learns(Outside.LAWSUIT, 1, TODAY, on)
    with pytest.raises(NotItsSecurity):
        watched.learns(Outside.REGISTRATION, 0, TODAY, security=1, until=TODAY)


# --- the ladder and the journal -------------------------------------------------------------------------------------------
def test_late_checks_and_warnings_climb_the_ladder_once_each(twice):
    twice.paid_out()
    twice.learns(Outside.LAWSUIT, 200_000_00, TODAY)
    twice.runs(TODAY)
    assert twice.runs(FIRST)[2] == 4  # the warning was due on 7 December: after twelve working days all four know
    assert twice.runs(FIRST)[2] == 0
    assert twice.runs(FIRST + DAY)[2] == 1  # now the check too, and so far its officer alone
    told = {(one.matter_id, one.rung) for one in twice.told()}
    assert len(told) == len(twice.told())


def test_nothing_confidential_stands_in_journal_or_notice(watched):
    watched.paid_out()
    watched.learns(Outside.LAWSUIT, 200_000_00, TODAY)
    watched.runs(TODAY)
    watched.visits(TODAY, opinion="存货积压严重")
    watched.closes("lawsuit", TODAY)
    with writing(watched.database) as session:
        said = " ".join(str(row.body) for row in session.query(Entry))
        sent = " ".join(str(row.payload) for row in session.query(Outgoing))
    for word in ("存货积压严重", "情况说明", "已核实"):
        assert word not in said and word not in sent
