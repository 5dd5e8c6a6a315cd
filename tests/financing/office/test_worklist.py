"""The work list: red first, then by day, each row once, and the counts above it add up to the rows below (F81, S14)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from financing.access import Role
from financing.calendar import published
from financing.clocks.rules import borders, colour
from financing.diligence.rules import SurveyState
from financing.needs.rules import NeedState
from financing.office import bulk, duties, handover, kept, worklist
from financing.office.model import KeptView
from financing.office.rules import Deed, Duty, Heat, Whose
from financing.office.worklist import Asked
from financing.office_refusals import NoReceiver, NothingTicked, ViewNamed
from financing.parties.rules import FirmState
from financing.refusals import NotAllowed, NotFound
from tests.makers import NOW, TODAY, a_firm, a_flag, a_need, a_survey, a_user, at, writing

LATE = [
    (NeedState.SUBMITTED, -1), (NeedState.SUBMITTED, 0), (NeedState.SUBMITTED, 2), (NeedState.ACCEPTED, 1),
    (NeedState.SCORED, 9), (NeedState.SUBMITTED, 8), (NeedState.APPROVED, None), (NeedState.LISTED, None),
]  # fmt: skip


@pytest.fixture
def zone(database):
    with writing(database) as session:
        me, other = a_user(session, Role.OFFICER), a_user(session, Role.OFFICER)
        firm = a_firm(session)
        needs = {}
        for place, (state, ahead) in enumerate(LATE):
            due = None if ahead is None else TODAY + timedelta(days=ahead)
            who = (me, other, None)[place % 3]
            needs[place] = a_need(
                session, firm, state=state, submitted_on=TODAY, due_on=due, officer_id=who.id if who else None,
                officer_name=who.name if who else "",
            )  # fmt: skip
        a_firm(session, state=FirmState.REGISTERED)
        a_survey(session, needs[4], officer_id=other.id, second_id=None, second_advice=None, second_at=None, second_name="",
                 second_opinion="", state=SurveyState.VISITED)  # fmt: skip
        a_survey(session, needs[3], officer_id=me.id, second_id=None, second_advice=None, second_at=None, second_name="",
                 second_opinion="", state=SurveyState.VISITED)  # fmt: skip
        a_flag(session, needs[4])
        return {"me": me.actor, "other": other.actor, "needs": needs, "firm": firm.id}


def listed(database, who, **asked):
    with at(database, who, write=False) as desk:
        return worklist.tasks(desk, Asked(**asked))


def test_red_comes_first_then_the_nearest_day_and_what_has_no_day_last(database, zone):
    found, _ = listed(database, zone["me"])
    order = {Heat.RED: 0, Heat.AMBER: 1, Heat.GREEN: 2, Heat.GREY: 3}
    keys = [(order[row.heat], row.due is None, row.due or TODAY) for row in found.rows]
    assert keys == sorted(keys)
    assert found.rows[0].heat is Heat.RED and found.rows[-1].heat is Heat.GREY
    for row in found.rows:
        assert row.heat is (Heat.GREY if row.left is None else Heat(colour(row.left, row.whole)))
    assert [
        row.duty for row in found.rows if row.duty in (Duty.SURVEY, Duty.CONFIRM_FIRM, Duty.LOOK_AT_FLAG)
    ].__len__() == 3


def test_counts_are_the_rows_they_stand_above(database, zone):
    everything, counts = listed(database, zone["me"])
    assert (
        counts.total
        == everything.total
        == len(everything.rows)
        == sum(counts.duty.values())
        == sum(counts.heat.values())
    )
    for whose in Whose:
        found, those = listed(database, zone["me"], whose=whose)
        assert len(found.rows) == counts.whose[whose] == those.total
    for one in Heat:
        assert len(listed(database, zone["me"], heat=one)[0].rows) == counts.heat[one]
    for duty, many in counts.duty.items():
        assert len(listed(database, zone["me"], duty=duty)[0].rows) == many


def test_the_section_holds_what_some_officer_has_and_nothing_else(database, zone):
    found, counts = listed(database, zone["me"], whose=Whose.SECTION)
    assert found.total == counts.whose[Whose.MINE] + counts.whose[Whose.OTHERS] > 0
    assert found.total == counts.whose[Whose.ALL] - counts.whose[Whose.NOBODYS]


def test_mine_holds_what_is_of_a_colleague_i_stand_in_for(database, zone):
    before = listed(database, zone["me"], whose=Whose.MINE)[0].total
    with at(database, zone["other"]) as desk:
        handover.set_deputy(desk, zone["other"].id, zone["me"].id, TODAY, TODAY, "外出")
    after = listed(database, zone["me"], whose=Whose.MINE)[0]
    assert after.total > before
    assert zone["other"].name in {row.who for row in after.rows}


def test_the_list_takes_few_statements(sqlite_database):
    with writing(sqlite_database) as session:
        me = a_user(session, Role.OFFICER).actor
        a_need(session, a_firm(session), state=NeedState.SUBMITTED, submitted_on=TODAY)
    said: list[str] = []
    with at(sqlite_database, me, write=False) as desk:
        event.listen(sqlite_database.reader, "before_cursor_execute", lambda *args: said.append(args[2]))
        assert worklist.tasks(desk, Asked())[0].total == 1
    ours = [one for one in said if one.startswith("SELECT") and "setting_entry" not in one]
    assert len(ours) == 4  # the mark of the journal, for whom the person stands in, the counts, the rows


@given(
    st.integers(1, 40),
    st.dates(min_value=TODAY, max_value=TODAY.replace(year=2026, month=12, day=31)),
    st.integers(0, 30),
)
def test_the_borders_of_the_colours_are_the_colours(whole, today, ahead):
    calendar = published()
    due = today + timedelta(days=ahead)
    red, amber = borders(calendar, today, whole)
    by_border = Heat.RED if due <= red else Heat.AMBER if due <= amber else Heat.GREEN
    assert by_border is Heat(colour(calendar.left(today, due), whole))


def said(refusal):
    return {"zh": refusal.code, "en": refusal.code}


def test_each_row_is_done_under_its_own_rules_and_told(database, zone):
    needs = zone["needs"]
    keys = [needs[0].id, needs[3].id, 1, needs[0].id]
    with at(database, zone["me"]) as desk:
        made = bulk.run(desk, Deed.ACCEPT, keys, said)
    assert [(row["done"], row["why"].get("zh")) for row in made.rows] == [
        (True, None),
        (False, "wrong_state"),
        (False, "not_found"),
    ]
    with at(database, zone["me"], write=False) as desk:
        found = {need.id: need.state for need in desk.all(type(needs[0]))}
        assert (found[needs[0].id], found[needs[3].id]) == (NeedState.ACCEPTED, NeedState.ACCEPTED)
        assert desk.find(type(needs[0]), type(needs[0]).id == needs[0].id).officer_id == zone["me"].id


def test_a_row_that_fails_leaves_no_line_in_the_journal(sqlite_database):
    with writing(sqlite_database) as session:
        me, firm = a_user(session, Role.OFFICER).actor, a_firm(session)
        waits = a_need(session, firm, state=NeedState.RETURNED, submitted_on=TODAY).id
        mine = a_need(session, firm, state=NeedState.SCORED, submitted_on=TODAY).id
    with at(sqlite_database, me) as desk:
        made = bulk.run(desk, Deed.REMIND, [waits, mine], said)
        assert [line.act.value for line in desk.lines] == ["need.remind", "work.many"]
    assert [row["done"] for row in made.rows] == [True, False]
    with at(sqlite_database, me) as desk:
        assert bulk.run(desk, Deed.REMIND, [waits], said).rows[0]["why"]["zh"] == "reminded_today"
    with at(sqlite_database, me, NOW + timedelta(days=1)) as desk:
        assert bulk.run(desk, Deed.REMIND, [waits], said).rows[0]["done"]


def test_nothing_ticked_or_nobody_named_is_refused(sqlite_database):
    with writing(sqlite_database) as session:
        me, leader = a_user(session, Role.OFFICER).actor, a_user(session, Role.LEADER).actor
    with pytest.raises(NothingTicked), at(sqlite_database, me) as desk:
        bulk.run(desk, Deed.ACCEPT, [], said)
    with pytest.raises(NoReceiver), at(sqlite_database, me) as desk:
        bulk.run(desk, Deed.HAND_OVER, [1], said)
    with pytest.raises(NotAllowed), at(sqlite_database, leader) as desk:
        bulk.run(desk, Deed.ACCEPT, [1], said)


def test_a_view_is_its_owners_until_it_is_shared_and_only_its_owner_drops_it(database, zone):
    with at(database, zone["me"]) as desk:
        own = kept.keep(desk, "needs", "本周", "status=submitted", shared=False)
        common = kept.keep(desk, "needs", "全办", "status=scored", shared=True)
        with pytest.raises(ViewNamed):
            kept.keep(desk, "needs", " 本周 ", "q=x", shared=False)
    with at(database, zone["other"]) as desk:
        assert [view.name for view in kept.kept(desk, "needs")] == ["全办"]
        assert kept.kept(desk, "firms") == []
        with pytest.raises(NotFound):
            desk.get(KeptView, own.id)
        with pytest.raises(NotAllowed):
            kept.drop(desk, desk.get(KeptView, common.id))
    with at(database, zone["me"]) as desk:
        kept.drop(desk, desk.get(KeptView, common.id))
    with at(database, zone["other"], write=False) as desk:
        assert kept.kept(desk, "needs") == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FUND, Role.LEADER])
def test_a_name_is_asked_by_an_id_that_its_part_has(database, role):
    """Of another table it would be as many names as that has rows: PostgreSQL refuses the whole list, SQLite takes any of them."""
    with writing(database) as session:
        person = a_user(session, role)
    with at(database, person.actor, write=False) as desk:
        for part in duties.parts(desk):
            asked = str(part.query.add_columns(part.firm, part.number, part.who))
            named = re.findall(r"\(SELECT (\w+)\.name\s+FROM (.*?)\s+WHERE", asked)
            assert [one for one in named if one[0] != one[1]] == [], part.duty
