"""Two clocks that differ: a warning at two seconds, and nothing with a deadline is done at more than sixty (C-60)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.desk import opened
from financing.parties.model import Firm
from financing.sign_refusals import ClocksApart
from financing.two_clocks import TIMED, seconds_apart, watch
from tests.makers import NOW, TODAY, a_firm, writing


class Vote:
    """Something that is voted on, as far as the rules ask."""

    id, firm_id, bank_id, officer_id, chair_aside = 1, None, None, 9, False


def shifted(seconds: float) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + timedelta(seconds=seconds)


#: Seconds that the own clock is wrong by, whether that is warned of, and whether it is too much.
DIFFERENCES = ((0, False, False), (1, False, False), (4, True, False), (-4, True, False), (57, True, False), (70, True, True), (-70, True, True))  # fmt: skip


def test_C60_votes_wait_until_the_clocks_agree_and_all_else_goes_on(database):
    two = database.writer.dialect.name == "postgresql"  # SQLite is on the same machine: there is one clock
    with writing(database) as session:
        firm = a_firm(session)
    for seconds, warned, refused in DIFFERENCES:
        watch(database, shifted(seconds))
        with opened(database, SYSTEM, NOW, write=False) as desk:
            assert bool(seconds_apart(desk.session, TODAY)) is (warned and two)
        found = None
        try:
            with opened(database, Actor(7, Role.MEMBER), NOW) as desk:
                desk.note(Act.CAST_VOTE, Vote())
        except ClocksApart as apart:
            found = apart
        watch(database, shifted(0))
        assert (found is not None) is (refused and two)
        if found is not None:
            assert abs(found.facts["seconds"] - abs(seconds)) <= 2
        with opened(database, Actor(8, Role.OFFICER), NOW) as desk:  # no deadline hangs on it
            desk.note(Act.EDIT_FIRM, desk.get(Firm, firm.id))
    watch(database, shifted(0))  # engines are lent from test to test


def test_C60_the_table_names_votes_seals_and_deadlines():
    assert {Act.CAST_VOTE, Act.SEAL_CASE, Act.MAKE_OFFER, Act.OPEN_OFFERS, Act.GRANT_CONSENT} <= TIMED
    assert Act.WITHDRAW_CONSENT not in TIMED  # taking back is never held up
