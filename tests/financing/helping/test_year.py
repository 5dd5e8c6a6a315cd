"""A year of helping with random downtime: every reminder, alert and escalation exactly once, none before its day, none skipped.

What has to have been told is worked out here from the deadlines and a list of working days of its own, never from the ladder's code.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.calendar import published
from financing.db import Database
from financing.helping import appointments, requests, surveys, tasks
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.ladder_model import HelpEscalation
from financing.helping.request_model import HelpRequest
from financing.helping.rules import Span, Topic
from financing.helping.survey_model import SurveyReminder, YearlySurvey
from financing.helping.survey_rules import Wish, asked
from financing.helping.surveys import Said
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource
from financing.outbox import Outgoing
from tests.financing.helping.conftest import Zone, moment
from tests.makers import a_firm, a_user, at, writing

#: Working days past the deadline, by rung.
LADDER = {"helper": 0, "section": 3, "director": 5, "leader": 10}
#: Working days after the opening, by mark.
MARKS = {0: 0, 1: 7, 2: 15}
BEGIN = date(2026, 1, 1)
CAMPAIGN = os.environ.get("HYPOTHESIS_PROFILE") == "campaign"


def working(first: date, last: date) -> int:
    """Working days after the first day up to the last, counted one by one."""
    return sum(published().works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def a_zone(database: Database) -> Zone:
    with writing(database) as session:
        firm = a_firm(session, registered_at=moment(date(2025, 6, 2)))
        officers = [a_user(session, Role.OFFICER) for _ in range(3)]
        leaders = [a_user(session, Role.LEADER) for _ in range(2)]
        signatory = a_user(session, Role.SIGNATORY, firm_id=firm.id)
    return Zone(database, firm, signatory, *officers, *leaders)


class Year(RuleBasedStateMachine):
    """Days go by; on some of them the platform runs, on some it is down; people act in between."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.database = Database(self.url)
        self.zone = a_zone(self.database)
        self.day, self.ran = BEGIN, None
        self.owed: Counter[tuple[int, date, str]] = Counter()  # matter, deadline, rung
        self.marks: Counter[tuple[int, int]] = Counter()  # year, mark

    def teardown(self) -> None:
        self.database.close()

    @initialize()
    def begins(self) -> None:
        self.runs()

    @rule(days=st.integers(1, 40), up=st.booleans())
    def days_go_by(self, days: int, up: bool) -> None:
        """With the platform up every day, or down for all of them."""
        for _ in range(days if up else 1):
            self.day += timedelta(days=1 if up else days)
            if up:
                self.runs()

    @rule()
    def runs(self) -> None:
        """Twice, as after a crash; what should be told by now is reckoned first."""
        for one in self._late():
            matter, due = one
            gone = working(due, self.day)
            self.owed |= Counter({(matter, due, rung): 1 for rung, days in LADDER.items() if gone >= days})
        for _ in range(2):
            self.zone.runs(self.day, 1)
        self._note_marks()

    @rule(span=st.sampled_from(list(Span)), sign=st.booleans())
    def raises(self, span: Span, sign: bool) -> None:
        with self.zone.at(self.zone.signatory, self.day, 9) as desk:
            one = requests.raise_(desk, self.zone.firm, Topic.ENERGY, "供电", "容量不足")
            key = one.id
        if sign:
            with self.zone.at(self.zone.officer, self.day, 10) as desk:
                requests.sign(desk, desk.get(HelpRequest, key), span)

    @rule()
    def answers_one(self) -> None:
        for one in self.zone.read(HelpRequest):
            if one.state.value in {"signed", "reopened"}:
                with self.zone.at(self.zone.officer, self.day, 10) as desk:
                    requests.answer(desk, desk.get(HelpRequest, one.id), "已办")
                return

    @rule()
    def opens_one_again(self) -> None:
        for one in self.zone.read(HelpRequest):
            if one.state.value == "answered":
                with self.zone.at(self.zone.signatory, self.day, 10) as desk:
                    requests.reopen(desk, desk.get(HelpRequest, one.id), "没有解决")
                return

    @rule(days=st.integers(0, 12))
    def sets_a_task(self, days: int) -> None:
        with self.zone.at(self.zone.leader, self.day) as desk:
            tasks.set_task(desk, title="核实", owner=self.zone.officer, due_on=self.day + timedelta(days=days),
                           source=TaskSource.DISPATCH, source_id=1)  # fmt: skip

    @rule(days=st.integers(1, 9))
    def books(self, days: int) -> None:
        hour = 8 + len(self.zone.read(Slot)) % 10
        with self.zone.at(self.zone.leader, self.day, 7) as desk:
            taken = {slot.starts_at for slot in desk.all(Slot)}
            start = moment(self.day + timedelta(days=days), hour)
            if start in taken:
                return
            slot = appointments.publish(desk, self.zone.leader.id, start, 30, "管委会")
        with self.zone.at(self.zone.signatory, self.day, 7) as desk:
            if slot.id in {one.id for one in appointments.bookable(desk)}:
                appointments.book(desk, self.zone.firm, desk.get(Slot, slot.id), Topic.LAND, "厂房")

    @precondition(lambda self: self.ran is not None)
    @rule()
    def answers_the_survey(self) -> None:
        survey = next((one for one in self.zone.read(YearlySurvey) if one.year == self.day.year), None)
        if survey is not None and self.day <= survey.due_on:
            said = [Said(one.topic, Wish.FINE, "") for one in asked(survey.year).questions]
            with self.zone.at(self.zone.signatory, self.day) as desk:
                if not desk.all(surveys.SurveyAnswer, surveys.SurveyAnswer.survey_id == survey.id):
                    surveys.answer(desk, desk.get(YearlySurvey, survey.id), self.zone.firm, said)

    @invariant()
    def every_rung_was_told_exactly_once(self) -> None:
        told = Counter((one.matter_id, one.due_on, one.rung.value) for one in self.zone.read(HelpEscalation))
        assert told == self.owed

    @invariant()
    def every_reminder_was_told_exactly_once(self) -> None:
        told = Counter((one.mark, one.told_on.year) for one in self.zone.read(SurveyReminder))
        assert all(count == 1 for count in told.values())
        assert Counter((year, mark) for mark, year in told) == self.marks

    @invariant()
    def no_notice_went_out_without_its_row_nor_twice(self) -> None:
        with writing(self.database) as session:
            once = list(session.scalars(select(Outgoing.once)))
        assert len(set(once)) == len(once)
        rungs = [one for one in once if ".escalate:" in one]
        assert len(rungs) == sum(self.owed.values())
        assert len([one for one in once if one.startswith("yearly.remind:")]) == sum(self.marks.values())

    def _late(self) -> list[tuple[int, date]]:
        """Matters past their time at one in the morning of this day, by plain comparison."""
        found = []
        for one in self.zone.read(HelpRequest):
            if one.state.value == "raised" and one.sign_by < moment(self.day, 1):
                found.append((one.id, one.sign_by.astimezone(moment(self.day).tzinfo).date()))
            elif one.state.value in {"signed", "reopened"} and one.due_on < self.day:
                found.append((one.id, one.due_on))
        found += [
            (one.id, one.due_on) for one in self.zone.read(Task) if one.state.value == "open" and one.due_on < self.day
        ]
        return found + [
            (one.id, one.answer_by)
            for one in self.zone.read(Appointment)
            if one.state.value == "asked" and one.answer_by < self.day
        ]

    def _note_marks(self) -> None:
        """What of this year's survey must have been told by now: the opening is found, the days are counted here."""
        self.ran = self.day
        survey = next((one for one in self.zone.read(YearlySurvey) if one.year == self.day.year), None)
        opens = next(d for n in range(5, 20) if published().works(d := date(self.day.year, 1, n)))
        assert (survey is not None) == (self.day >= opens and (self.day.month <= 3 or survey is not None))
        if survey is None or self.day > survey.due_on:
            return
        with at(self.database, SYSTEM, write=False) as desk:
            if desk.all(surveys.SurveyAnswer, surveys.SurveyAnswer.survey_id == survey.id):
                return
        for mark, days in MARKS.items():
            if working(survey.opened_on, self.day) >= days:
                self.marks[self.day.year, mark] = 1


def test_a_year_with_downtime(sqlite_url):
    """The machine makes databases of its own from one that is empty and migrated."""
    import shutil
    from itertools import count
    from pathlib import Path

    made, source = count(), Path(sqlite_url.removeprefix("sqlite:///"))

    class Here(Year):
        def __init__(self) -> None:
            copy = source.with_name(f"{source.name}-year{next(made)}")
            shutil.copyfile(source, copy)
            type(self).url = f"sqlite:///{copy}"
            self.file = copy
            super().__init__()

        def teardown(self) -> None:
            super().teardown()
            for left in self.file.parent.glob(f"{self.file.name}*"):
                left.unlink()

    from hypothesis.stateful import run_state_machine_as_test

    examples, steps = (200, 50) if CAMPAIGN else (6, 25)
    run_state_machine_as_test(Here, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None))
