from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.acts import Act
from financing.money import Fen, Rate
from financing.needs.rules import (
    FLOW,
    ROAD,
    TURNS,
    Bounds,
    NeedState,
    Purpose,
    Turn,
    Wrong,
    impossible,
    passed,
)
from financing.refusals import Impossible
from financing.wording import at_fields

TODAY = date(2026, 11, 23)
BOUNDS = Bounds(most=Fen.wan(500), working_capital=36, first=date(2026, 11, 24))
SOUND = {
    "amount": Fen.wan(100), "months": 12, "latest": date(2026, 11, 24), "use": "采购", "wish": None, "purpose": Purpose.UPGRADE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ()),
        ({"amount": Fen(0)}, (Wrong.AMOUNT,)),
        ({"amount": Fen.wan(500)}, ()),
        ({"amount": Fen.wan(500) + Fen(1)}, (Wrong.CEILING,)),
        ({"purpose": Purpose.WORKING_CAPITAL, "months": 36}, ()),
        ({"purpose": Purpose.WORKING_CAPITAL, "months": 37}, (Wrong.TOO_LONG,)),
        ({"purpose": Purpose.WORKING_CAPITAL, "months": 61}, (Wrong.MONTHS,)),
        ({"latest": TODAY}, (Wrong.UNREACHABLE,)),
        ({"purpose": Purpose.EQUIPMENT, "use": "购买设备"}, (Wrong.UNNAMED,)),
        ({"purpose": Purpose.EQUIPMENT, "use": "采购生产设备一批，分三次付款"}, ()),
        ({"purpose": Purpose.EQUIPMENT, "use": "购置全自动压砖机两台"}, ()),
        ({"months": 0}, (Wrong.MONTHS,)),
        ({"months": 60}, ()),
        ({"months": 61}, (Wrong.MONTHS,)),
        ({"latest": date(2026, 11, 22)}, (Wrong.LATEST,)),
        ({"use": " "}, (Wrong.USE,)),
        ({"use": "长" * 501}, (Wrong.USE,)),
        ({"wish": Rate(-1)}, (Wrong.WISH,)),
        ({"wish": Rate.percent(24)}, ()),
        ({"wish": Rate.percent("24.1")}, (Wrong.WISH,)),
        ({"amount": Fen(-1), "months": 99}, (Wrong.AMOUNT, Wrong.MONTHS)),
    ],
)
def test_every_part_that_cannot_be_true_is_named(change, wrong):
    given = SOUND | change
    head = [given.pop(name) for name in ("amount", "months", "latest")]
    assert impossible(*head, TODAY, **given, bounds=BOUNDS) == wrong


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_true_is_said_at_its_field_with_the_figure_it_breaks(lang):
    every = Impossible(fields=tuple(Wrong), **BOUNDS.facts())
    assert set(at_fields(every, lang)) == {wrong.field for wrong in Wrong}
    for wrong, figure in ((Wrong.CEILING, "500.0"), (Wrong.TOO_LONG, "36"), (Wrong.UNREACHABLE, "2026-11-24")):
        assert figure in at_fields(Impossible(fields=(wrong,), **BOUNDS.facts()), lang)[wrong.field]


@given(
    amount=st.integers(-1, 700), months=st.integers(-1, 70), days=st.integers(-3, 5), purpose=st.sampled_from(Purpose),
    use=st.sampled_from(["", "设备", "购买设备一批", "压砖机两台", "采购高岭土"]),
)  # fmt: skip
def test_a_need_is_possible_exactly_when_none_of_its_parts_is_wrong(amount, months, days, purpose, use):
    """The rule beside its plain reading, at and around every border."""
    latest = TODAY + timedelta(days=days)
    found = impossible(Fen.wan(amount), months, latest, TODAY, use=use, wish=None, purpose=purpose, bounds=BOUNDS)
    possible = (
        1 <= amount <= 500 and 1 <= months <= (36 if purpose is Purpose.WORKING_CAPITAL else 60) and days >= 1 and use != ""
        and (purpose is not Purpose.EQUIPMENT or use in {"压砖机两台", "采购高岭土"})
    )  # fmt: skip
    assert (found == ()) == possible
    assert len({wrong.field for wrong in found}) == len(found)  # one complaint a field


#: What takes a need from where it stood: withdrawn by the firm, sent back, ended, or brought back by a second look.
#: A second look or an upheld objection opens what was decided.
ANEW = {Act.REVIEW_CONTEST, Act.UPHOLD_OBJECTION}
OFF_THE_ROAD = {Act.WITHDRAW_NEED, Act.RETURN_NEED, Act.BREAK_PROMISE, Act.CLOSE_NEED, *ANEW}


def test_every_state_has_somebody_whose_turn_it_is_or_is_the_end():
    assert set(TURNS) == set(NeedState)
    for state, turn in TURNS.items():
        moves = {
            act
            for (at, act), then in FLOW.moves.items()
            if at is state and act not in {Act.WITHDRAW_NEED, Act.CLOSE_NEED, *ANEW} and then is not state
        }
        assert (turn is Turn.NOBODY) == (not moves)


def test_every_state_stands_at_one_place_of_the_road():
    steps = [state for _, states in ROAD for state in states]
    assert len(steps) == len(set(steps))
    assert set(steps) == set(NeedState) - {
        NeedState.DRAFT,
        NeedState.RETURNED,
        NeedState.WITHDRAWN,
        NeedState.TERMINATED,
        NeedState.CLOSED,
    }
    assert [passed(state) for state in (NeedState.RETURNED, NeedState.SUBMITTED, NeedState.SETTLED)] == [0, 1, 8]
    assert passed(NeedState.WITHDRAWN) is None


def test_every_forward_act_of_the_flow_goes_one_step_further_or_stays():
    for (before, act), after in FLOW.steps.items():
        if act not in OFF_THE_ROAD:
            assert passed(before) <= passed(after) <= passed(before) + 1
