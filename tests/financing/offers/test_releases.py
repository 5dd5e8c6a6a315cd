"""An officer beyond the own right asks the head once, is answered either way, and nobody offers more meanwhile (F85)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.answer_refusals import NoHead, ReleaseAsked, WithinRight
from financing.bank_refusals import BeyondRight, NoRight, NotTheHead
from financing.matching import release
from financing.money import Fen
from financing.notices.model import Notice
from financing.offers import releases
from financing.offers.release_model import ReleaseRequest
from financing.offers.release_rules import ReleaseState
from financing.parties import rights
from financing.people.model import User
from financing.refusals import NotFound, Refusal
from tests.financing.offers.test_service import DEADLINE, accepted, declined, offered, opened, sent
from tests.makers import NOW, TODAY, a_user, writing
from web.jobs import run_daily, work_off

HALF, WHOLE = Fen.wan(50), Fen.wan(120)  # of what the need asks for


class Branch:
    """A need at two banks; at the first one officer with a right, another without one, and a head without bound."""

    def __init__(self, database, right: Fen | None = HALF, head: Fen | None = None):
        self.stage = sent(database, banks=2)
        self.officer, bank = self.stage.bankers[0], self.stage.banks[0].id
        with writing(database) as session:
            self.head, self.other = (a_user(session, Role.BANKER, bank_id=bank).actor for _ in range(2))
            self.admin = a_user(session, Role.BANK_ADMIN, bank_id=bank).actor
        self.give(self.officer, right)
        self.give(self.head, head, heads=True)

    def give(self, to, most, *, heads=False):
        with self.stage.at(self.admin) as desk:
            rights.give(desk, desk.get(User, to.id), most=most, heads=heads)

    def asks(self, who=None, now=NOW):
        with self.stage.at(who or self.officer, now) as desk:
            return releases.ask(desk, self.stage.match(desk, 0))

    def releases(self, most=WHOLE, who=None):
        with self.stage.at(who or self.head) as desk:
            release.release(desk, self.stage.match(desk, 0), most)

    def returns(self, why="先补授信批复", who=None):
        with self.stage.at(who or self.head) as desk:
            releases.give_back(desk, self.stage.match(desk, 0), why)

    def all(self, who=SYSTEM, now=NOW):
        with self.stage.at(who, now) as desk:
            return desk.all(ReleaseRequest, by=ReleaseRequest.asked_at)

    def told(self, who, act) -> int:
        work_off(self.stage.database, NOW)
        with self.stage.at(who) as desk:
            return len(desk.all(Notice, Notice.act == act))


def test_a_request_tells_the_head_the_amount_the_right_and_the_day_and_nobody_else(database):
    here = Branch(database)
    one = here.asks()
    assert (one.amount, one.own_most, one.asked_by) == (Fen.wan(120), Fen.wan(50), here.officer.id)
    assert here.told(here.head, Act.ASK_RELEASE) == 1
    nobody = (here.other, here.officer, here.admin, here.stage.bankers[1], here.stage.signatory, here.stage.officer)
    assert [here.told(who, Act.ASK_RELEASE) for who in nobody] == [0] * 6
    assert [len(here.all(who)) for who in nobody] == [1, 1, 0, 0, 0, 0], "its own officers alone read it"


def test_asked_twice_is_refused_with_who_asked_and_when_also_for_a_colleague(database):
    here = Branch(database)
    here.asks()
    for who in (here.officer, here.other):
        with pytest.raises(ReleaseAsked) as no:
            here.asks(who)
        assert no.value.facts == {"on": TODAY, "who": here.officer.name}
    assert len(here.all()) == 1


def test_a_release_answers_the_request_and_the_officer_is_told_and_may_offer(database):
    here = Branch(database)
    here.asks()
    with pytest.raises(BeyondRight):
        offered(here.stage, 0, amount=Fen.wan(120))
    here.releases()
    (one,) = here.all()
    assert (one.state, one.answered_by_name, one.ended_at) == (ReleaseState.RELEASED, here.head.name, NOW)
    assert here.told(here.officer, Act.RELEASE_OFFER) == 1
    offered(here.stage, 0, amount=Fen.wan(120))


def test_a_return_has_its_reason_and_leaves_the_right_as_it_was_and_one_may_ask_again(database):
    here = Branch(database)
    here.asks()
    for who in (here.officer, here.other):
        with pytest.raises(NotTheHead):
            here.returns(who=who)
    here.returns()
    with pytest.raises(NotFound):
        here.returns()
    (one,) = here.all()
    assert (one.state, one.why, one.answered_by_name) == (ReleaseState.RETURNED, "先补授信批复", here.head.name)
    assert here.told(here.officer, Act.RETURN_RELEASE) == 1
    with pytest.raises(BeyondRight):
        offered(here.stage, 0, amount=Fen.wan(120))
    here.asks(now=NOW + timedelta(hours=1))
    assert [one.state for one in here.all()] == [ReleaseState.RETURNED, ReleaseState.OPEN]


def test_who_needs_no_release_or_has_nobody_to_ask_is_told_so(database):
    here = Branch(database, right=None)
    with pytest.raises(WithinRight):
        here.asks()
    here.give(here.officer, Fen.wan(50))
    here.give(here.head, Fen.wan(119), heads=True)
    with pytest.raises(NoHead):
        here.asks()
    here.give(here.head, Fen.wan(120), heads=True)
    with writing(database) as session:
        session.get_one(User, here.head.id).active = False
    with pytest.raises(NoHead):
        here.asks()
    assert here.all() == []


@pytest.mark.parametrize("end", ["withdrawn", "declined", "offered", "chosen", "silent", "expired"])
def test_I10_what_ends_the_bank_s_way_ends_the_request_by_itself(database, end):
    here = Branch(database)
    here.asks()
    stage, then = here.stage, NOW
    if end == "withdrawn":
        stage.withdraw(0)
    elif end == "declined":
        declined(stage, 0)
    elif end == "offered":
        offered(stage, 0, amount=Fen.wan(50))
    elif end == "chosen":
        then, other = DEADLINE, offered(stage, 1)
        opened(stage, then)
        accepted(stage, other, then)
    else:
        then = NOW + timedelta(days=31 if end == "silent" else 61)
        with stage.at(here.officer, then) as desk:
            visible = bool(desk.all(ReleaseRequest))
        assert visible is (end == "silent"), "with the consent the request is out of sight at once"
        run_daily(database, then)
    assert [one.state for one in here.all()] == [ReleaseState.ENDED]
    with pytest.raises((NotFound, IndexError)), stage.at(here.head, then) as desk:
        releases.give_back(desk, stage.match(desk, 0), "迟了")


def test_the_clock_of_the_bank_goes_on_while_the_head_is_asked(database):
    here = Branch(database)
    with here.stage.at(SYSTEM) as desk:
        before = here.stage.match(desk, 0).due_on
    here.asks()
    here.returns()
    with here.stage.at(SYSTEM) as desk:
        assert here.stage.match(desk, 0).due_on == before


def test_a_request_is_never_rewritten_nor_removed_in_the_table_itself(database):
    here = Branch(database)
    one = here.asks()
    for column, value in (("amount", Fen.wan(1)), ("asked_by_name", "别人")):
        with pytest.raises(DBAPIError), writing(database) as session:
            setattr(session.get(ReleaseRequest, one.id), column, value)
    here.returns()
    for change in (lambda row, session: setattr(row, "why", "另写"), lambda row, session: session.delete(row)):
        with pytest.raises(DBAPIError), writing(database) as session:
            change(session.get(ReleaseRequest, one.id), session)


wan = st.integers(1, 120).map(Fen.wan)
steps = st.lists(
    st.tuples(st.sampled_from(("ask", "return")), st.none())
    | st.tuples(st.just("give"), st.none() | wan)
    | st.tuples(st.just("release"), wan)
    | st.tuples(st.just("offer"), wan),
    max_size=8,
)


def outcome(here: Branch, step: str, amount: Fen | None) -> str | None:
    """Take one step; the code of the refusal, if it is refused."""
    todo = {
        "give": lambda: here.give(here.officer, amount),
        "release": lambda: here.releases(amount),
        "ask": here.asks,
        "return": here.returns,
        "offer": lambda: offered(here.stage, 0, amount=amount),
    }
    try:
        todo[step]()
    except Refusal as no:
        return no.code
    return None


@settings(max_examples=12)
@given(steps)
def test_nobody_above_the_right_ever_offers_without_a_release_and_the_other_bank_sees_nothing(database, taken):
    """Beside it a plain reference: the right held last, the furthest release, and whether a request waits."""
    here = Branch(database, right=Fen.wan(40))
    right, let, waits = Fen.wan(40), Fen(0), False
    for step, amount in taken:
        room = Fen.wan(120) if right is None else max(right, let)
        expected = {
            "ask": not waits and room < Fen.wan(120),
            "return": waits,
            "offer": amount is None or amount <= room,
        }
        assert (outcome(here, step, amount) is None) is expected.get(step, True), (step, amount)
        if step == "give":
            right = amount
        elif step == "release":
            let = max(let, amount)
        if expected.get(step, True) and step != "give":
            waits = step == "ask"
        with here.stage.at(here.stage.bankers[1]) as desk:
            assert desk.all(ReleaseRequest) == []
        mine = (ReleaseRequest.bank_id == here.stage.banks[0].id, ReleaseRequest.state == ReleaseState.OPEN)
        with here.stage.at(SYSTEM) as desk:
            assert len(desk.all(ReleaseRequest, *mine)) == waits


def test_an_officer_without_any_right_asks_too(database):
    here = Branch(database)
    with pytest.raises(NoRight), here.stage.at(here.other) as desk:
        release.check(desk, here.stage.match(desk, 0), Fen(1))
    assert here.asks(here.other).own_most is None
