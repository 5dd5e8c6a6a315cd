from datetime import date

import pytest

from financing.acts import Act
from financing.money import Fen, Rate
from financing.needs.rules import FLOW, ROAD, TURNS, NeedState, Turn, Wrong, impossible, passed

TODAY = date(2026, 11, 23)
SOUND = {"amount": Fen.wan(100), "months": 12, "latest": TODAY, "use": "采购", "wish": None}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ()),
        ({"amount": Fen(0)}, (Wrong.AMOUNT,)),
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
    assert (
        impossible(given["amount"], given["months"], given["latest"], TODAY, use=given["use"], wish=given["wish"])
        == wrong
    )


#: What takes a need from where it stood: withdrawn by the firm, sent back, ended, or brought back by a second look.
OFF_THE_ROAD = {Act.WITHDRAW_NEED, Act.RETURN_NEED, Act.REVIEW_CONTEST, Act.BREAK_PROMISE, Act.CLOSE_NEED}


def test_every_state_has_somebody_whose_turn_it_is_or_is_the_end():
    assert set(TURNS) == set(NeedState)
    for state, turn in TURNS.items():
        moves = {
            act
            for act in FLOW.acts_from(state)
            if act not in {Act.WITHDRAW_NEED, Act.CLOSE_NEED, Act.REVIEW_CONTEST}
            and FLOW.after(state, act) is not state
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
