"""Settings by date: two people for a figure, never for a day that has begun, seen by every desk, and never rewritten (F110)."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import DatabaseError

from financing import parameters
from financing.access import SYSTEM, Role
from financing.calendar import Kind, published
from financing.case_refusals import SamePerson
from financing.dated import rules, service, views
from financing.dated.model import SettingProposal
from financing.dated.rules import Certainty, ProposalState
from financing.db import Database
from financing.entries import Setting, SettingEntry
from financing.outbox import Outgoing
from financing.parameters import figure
from financing.refusals import NotFound, OutOfRange, WrongState
from financing.setting_refusals import NotHolidays, OtherYear, SettingBegun, SettingSame, SettingWaits
from tests.makers import NOW, TODAY, a_user, at, writing

TOMORROW = TODAY + timedelta(days=1)
KEY = "deferral_days"
SAYS = {"why": "试行一年", "source": "园区办公会纪要第3号", "confidence": Certainty.OWN}


@pytest.fixture
def people(database):
    with writing(database) as session:
        return {
            "admin": a_user(session, Role.ADMIN).actor,
            "second": a_user(session, Role.ADMIN).actor,
            "chair": a_user(session, Role.CHAIR).actor,
        }


def proposed(database, who, value=45, since=TOMORROW, key=KEY, now=NOW):
    with at(database, who, now) as desk:
        return service.propose(desk, key, value=value, since=since, **SAYS).id


def adopted(database, who, key, now=NOW):
    with at(database, who, now) as desk:
        service.adopt(desk, desk.get(SettingProposal, key))


def seen(database, on, key=KEY):
    with at(database, SYSTEM, write=False):
        return figure(key, on).value


def test_a_figure_counts_from_its_day_on_once_another_person_has_confirmed_it(database, people):
    before = figure(KEY, TODAY).value
    proposal = proposed(database, people["admin"])
    assert seen(database, TOMORROW) == before, "nothing changes while it waits"
    adopted(database, people["chair"], proposal)
    assert [seen(database, day) for day in (TODAY, TOMORROW, date(2040, 1, 1))] == [before, 45, 45]
    assert figure(KEY, TOMORROW).value == before, "outside of a desk there is no zone"


def test_I20_nobody_confirms_the_figure_they_proposed(database, people):
    proposal = proposed(database, people["admin"])
    for decide in (service.adopt, lambda desk, one: service.turn_down(desk, one, "不妥")):
        with pytest.raises(SamePerson), at(database, people["admin"]) as desk:
            decide(desk, desk.get(SettingProposal, proposal))
    adopted(database, people["second"], proposal)
    with pytest.raises(WrongState), at(database, people["chair"]) as desk:
        service.turn_down(desk, desk.get(SettingProposal, proposal), "晚了")


def test_a_day_that_has_begun_is_never_touched_by_proposal_or_by_a_late_confirmation(database, people):
    for since in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(SettingBegun):
            proposed(database, people["admin"], since=since)
    proposal = proposed(database, people["admin"])
    with pytest.raises(SettingBegun):
        adopted(database, people["chair"], proposal, NOW + timedelta(days=1))
    assert seen(database, TOMORROW) == figure(KEY, TOMORROW).value


@pytest.mark.parametrize(
    ("key", "value", "refusal"),
    [
        ("phlogiston", 3, NotFound),
        (KEY, 0, OutOfRange),
        ("sector_ppm", 1_000_001, OutOfRange),
        ("survey_photos", rules.MOST + 1, OutOfRange),
        ("two_officers_survey", 2, OutOfRange),
        (KEY, 30, SettingSame),
    ],
)
def test_what_cannot_be_is_refused_at_once(sqlite_database, key, value, refusal):
    with writing(sqlite_database) as session:
        admin = a_user(session, Role.ADMIN).actor
    with pytest.raises(refusal):
        proposed(sqlite_database, admin, value, key=key)


def test_one_proposal_of_a_figure_waits_at_a_time(database, people):
    first = proposed(database, people["admin"])
    with pytest.raises(SettingWaits):
        proposed(database, people["second"], 50)
    with at(database, people["chair"]) as desk:
        service.turn_down(desk, desk.get(SettingProposal, first), "依据不足")
    proposed(database, people["second"], 50)


def test_of_two_values_for_one_day_the_later_one_counts_and_both_stay_on_record(database, people):
    for value in (45, 60):
        adopted(database, people["chair"], proposed(database, people["admin"], value))
    assert seen(database, TOMORROW) == 60
    with at(database, people["admin"], write=False) as desk:
        steps = views.history(desk, KEY).steps
    assert [(s.figure.value, s.overruled, s.confirmer != "") for s in steps if s.enterer] == [
        (45, True, True),
        (60, False, True),
    ]


def test_a_value_of_a_later_law_follows_the_zones_own():
    own = parameters.Figure(KEY, 99, "日", date(2019, 1, 1), "本区决定第1号", "C")
    token = parameters.ZONE.set(lambda: (own,))
    try:
        assert figure(KEY, date(2019, 6, 1)).value == 99
        assert figure("fee_cap_ppm", TODAY) == max(
            (f for f in parameters.figures() if f.key == "fee_cap_ppm" and f.since <= TODAY), key=lambda f: f.since
        )
    finally:
        parameters.ZONE.reset(token)


def test_another_process_sees_a_new_entry_with_its_next_desk(database, people):
    with closing(Database(database.url)) as elsewhere:
        assert seen(elsewhere, TOMORROW) == 30
        adopted(database, people["chair"], proposed(database, people["admin"], 45))
        assert seen(elsewhere, TOMORROW) == 45
        adopted(elsewhere, people["chair"], proposed(elsewhere, people["admin"], 50))
        assert seen(database, TOMORROW) == 50


def test_an_entry_that_was_rolled_back_is_never_seen(database, people):
    proposal = proposed(database, people["admin"], 45)

    def adopts_and_fails():
        with at(database, people["chair"]) as desk:
            service.adopt(desk, desk.get(SettingProposal, proposal))
            assert figure(KEY, TOMORROW).value == 45, "one's own desk sees it"
            raise InterruptedError

    with pytest.raises(InterruptedError):
        adopts_and_fails()
    assert seen(database, TOMORROW) == 30
    with at(database, people["chair"]) as desk:
        service.turn_down(desk, desk.get(SettingProposal, proposal), "重提")
    adopted(database, people["chair"], proposed(database, people["admin"], 50))
    assert seen(database, TOMORROW) == 50


def test_a_desk_asks_at_most_once_and_not_at_all_when_nothing_is_asked(database, people):
    adopted(database, people["chair"], proposed(database, people["admin"]))
    seen(database, TOMORROW)  # this process knows the last entry
    said: list[str] = []
    event.listen(database.reader, "before_cursor_execute", lambda *given: said.append(given[2]))
    with at(database, SYSTEM, write=False):
        pass
    assert [one for one in said if "setting_entry" in one] == []
    with at(database, SYSTEM, write=False) as desk:
        for _ in range(5):
            assert figure(KEY, TOMORROW).value == 45
            assert desk.calendar is published()
    (asked,) = [one for one in said if "setting_entry" in one]
    assert "LIMIT" in asked


@pytest.mark.parametrize("change", ["UPDATE setting_entry SET value = 1", "DELETE FROM setting_entry"])
def test_no_statement_rewrites_what_was_set(database, people, change):
    adopted(database, people["chair"], proposed(database, people["admin"]))
    with pytest.raises(DatabaseError, match="wall"), writing(database) as session:
        session.execute(text(change))


def test_no_statement_reopens_a_decided_proposal_or_changes_what_was_proposed(database, people):
    proposal = proposed(database, people["admin"])
    with pytest.raises(DatabaseError, match="wall"), writing(database) as session:
        session.execute(text("UPDATE setting_proposal SET value = 1"))
    adopted(database, people["chair"], proposal)
    with pytest.raises(DatabaseError, match="wall"), writing(database) as session:
        session.execute(text("UPDATE setting_proposal SET answer = 'x'"))


def test_no_row_makes_a_figure_of_one_person_alone(database):
    alone = SettingEntry(
        seq=1, kind=Setting.FIGURE, key=KEY, value=1, since=TOMORROW, why="x", source="x", confidence="C", entered_at=NOW,
        entered_by=1, enterer="x", confirmed_by=1,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="two"), writing(database) as session:
        session.add(alone)


# --- the calendar -----------------------------------------------------------------------------------------------------
NEXT = {
    date(2027, 1, 1): Kind.OFF,
    date(2027, 2, 5): Kind.OFF,
    date(2027, 2, 6): Kind.OFF,
    date(2027, 2, 14): Kind.WORK,
}
NOTICE = {"why": "年度安排", "source": "国务院办公厅通知"}


def test_a_years_arrangement_makes_deadlines_certain_and_leaves_word_for_those_already_told(database, people):
    with at(database, SYSTEM, write=False) as desk:
        assert desk.calendar.after(date(2027, 2, 4), 1).provisional
    with at(database, people["admin"]) as desk:
        service.set_year(desk, NEXT, 2027, **NOTICE)
    with at(database, SYSTEM, write=False) as desk:
        found = desk.calendar
        (left,) = desk.all(Outgoing, Outgoing.kind == "calendar_changed")
        due = found.after(date(2027, 2, 4), 1)
    assert (due.day, due.provisional) == (date(2027, 2, 8), False)
    assert [found.works(day) for day in NEXT] == [kind is Kind.WORK for kind in NEXT.values()]
    assert left.payload["first"] == "2027-01-01" and left.payload["years"] == [2027]


def test_days_that_have_begun_stay_as_they_were_whatever_is_imported(database, people):
    past = {date(2026, 10, 1): Kind.WORK, TODAY: Kind.OFF, date(2026, 12, 25): Kind.OFF}
    with at(database, people["admin"]) as desk:
        service.set_year(desk, past, 2026, **NOTICE)
    with at(database, SYSTEM, write=False) as desk:
        assert [desk.calendar.works(day) for day in past] == [False, True, False]


def test_a_corrected_arrangement_takes_back_the_days_it_no_longer_names(database, people):
    wrong = {**NEXT, date(2027, 3, 3): Kind.OFF, date(2027, 3, 6): Kind.WORK}
    for given_days in (wrong, NEXT):
        with at(database, people["admin"]) as desk:
            service.set_year(desk, given_days, 2027, **NOTICE)
    with at(database, SYSTEM, write=False) as desk:
        assert desk.calendar.works(date(2027, 3, 3))
        assert not desk.calendar.works(date(2027, 3, 6))
    with pytest.raises(SettingSame), at(database, people["admin"]) as desk:
        service.set_year(desk, NEXT, 2027, **NOTICE)


def test_one_day_is_set_with_its_reason_and_never_one_that_has_begun(database, people):
    with at(database, people["admin"]) as desk:
        service.set_day(desk, TOMORROW, open=False, **NOTICE)
    with pytest.raises(SettingBegun), at(database, people["admin"]) as desk:
        service.set_day(desk, TODAY, open=False, **NOTICE)
    with at(database, people["admin"], write=False) as desk:
        assert not desk.calendar.works(TOMORROW)
        (entry,) = views.year(desk, 2026).history
    assert (entry.enterer, entry.why, entry.source) == (people["admin"].name, "年度安排", "国务院办公厅通知")


@pytest.mark.parametrize(("days", "refusal"), [({}, NotHolidays), ({date(2026, 12, 31): Kind.OFF}, NotHolidays),
                                               ({date(2027, 1, 1): Kind.OFF, date(2028, 5, 1): Kind.OFF}, OtherYear)])  # fmt: skip
def test_an_arrangement_of_another_year_is_refused(sqlite_database, days, refusal):
    with writing(sqlite_database) as session:
        admin = a_user(session, Role.ADMIN).actor
    with pytest.raises(refusal), at(sqlite_database, admin) as desk:
        service.set_year(desk, days, 2027, **NOTICE)


@given(st.dictionaries(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.sampled_from(Kind), min_size=1, max_size=30))
def test_after_an_import_the_calendar_says_what_the_arrangement_says_and_else_the_plain_week(given_days):
    calendar = published().amended(given_days, frozenset({2027}))
    for number in range(365):
        day = date(2027, 1, 1) + timedelta(days=number)
        assert calendar.works(day) == (given_days[day] is Kind.WORK if day in given_days else day.weekday() < 5)


def test_a_proposal_tells_those_who_may_confirm_it_and_its_decision_tells_who_proposed(database, people):
    proposal = proposed(database, people["admin"])
    adopted(database, people["chair"], proposal)
    with at(database, SYSTEM, write=False) as desk:
        told = [row.payload["to"] for row in desk.all(Outgoing, by=Outgoing.once)]
        assert desk.get(SettingProposal, proposal).state is ProposalState.ADOPTED
    assert {"role": "chair"} in told and {"role": "admin"} in told and {"user": people["admin"].id} in told
