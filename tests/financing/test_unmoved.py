"""A view is kept while nobody acts, and read anew after every act; whoever writes reads for themselves."""

from __future__ import annotations

from functools import partial
from threading import Barrier, Thread

from financing import unmoved
from financing.access import Role
from financing.needs import service
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.office import worklist
from financing.office.rules import Duty
from tests.makers import TODAY, a_firm, a_need, a_user, at, writing


def a_zone(database):
    with writing(database) as session:
        me, firm = a_user(session, Role.OFFICER), a_firm(session)
        needs = [a_need(session, firm, state=NeedState.SUBMITTED, submitted_on=TODAY).id for _ in range(3)]
        return me.actor, needs


def test_what_was_read_is_given_again_until_somebody_acts(database):
    me, needs = a_zone(database)
    made: list[int] = []

    def ask():
        with at(database, me, write=False) as desk:
            return unmoved.kept(desk, "how many", lambda: made.append(len(made)) or len(made))

    assert [ask(), ask(), ask()] == [1, 1, 1]
    with at(database, me) as desk:
        service.accept(desk, desk.get(Need, needs[0]))
    assert [ask(), ask()] == [2, 2]


def test_a_desk_that_writes_reads_for_itself(database):
    me, _needs = a_zone(database)
    with at(database, me) as desk:
        assert [unmoved.kept(desk, "mine", partial(int, value)) for value in (1, 2)] == [1, 2]
    with at(database, me, write=False) as desk:
        assert [unmoved.kept(desk, "mine", partial(int, value)) for value in (3, 4)] == [3, 3]


def test_many_who_ask_the_same_at_once_have_it_read_once(sqlite_database):
    me, _needs = a_zone(sqlite_database)
    made, start = [], Barrier(8)

    def ask():
        with at(sqlite_database, me, write=False) as desk:
            start.wait()
            unmoved.kept(desk, "together", lambda: made.append(1))

    people = [Thread(target=ask) for _ in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert made == [1]


def test_the_worklist_is_the_rows_after_every_act(database):
    me, needs = a_zone(database)
    for done, key in enumerate(needs):
        for _ in range(2):
            with at(database, me, write=False) as desk:
                found, counts = worklist.tasks(desk, worklist.Asked(duty=Duty.ACCEPT))
            assert len(found.rows) == counts.duty[Duty.ACCEPT] == len(needs) - done
        with at(database, me) as desk:
            service.accept(desk, desk.get(Need, key))
