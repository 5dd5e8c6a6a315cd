from __future__ import annotations

from enum import StrEnum

import pytest

from financing.acts import Act
from financing.flow import Flow
from financing.refusals import WrongState


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


FLOW = Flow(
    start=Light.RED,
    steps={(Light.RED, Act.OPEN_MEETING): Light.GREEN, (Light.GREEN, Act.CLOSE_MEETING): Light.RED},
    follows={(Light.GREEN, Act.WITHDRAW_NEED): Light.RED},
)


def test_a_listed_step_leads_to_its_state():
    assert FLOW.after(Light.RED, Act.OPEN_MEETING) is Light.GREEN


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (Light.RED, Act.CLOSE_MEETING),
        (Light.GREEN, Act.OPEN_MEETING),
        (Light.RED, Act.JOIN),
        (Light.GREEN, Act.WITHDRAW_NEED),
    ],
)
def test_any_other_step_is_refused_with_state_and_act(state, act):
    with pytest.raises(WrongState) as refusal:
        FLOW.after(state, act)
    assert refusal.value.facts == {"state": state, "act": act}
    assert refusal.value.status == 409


def test_the_acts_of_a_state_are_those_listed():
    assert FLOW.acts_from(Light.RED) == (Act.OPEN_MEETING,)
    assert FLOW.acts_from(Light.GREEN) == (Act.CLOSE_MEETING,)


def test_what_only_follows_is_nobodys_to_do_and_happens_with_what_was_done():
    assert FLOW.following(Light.GREEN, Act.WITHDRAW_NEED) is Light.RED
    assert FLOW.following(Light.RED, Act.OPEN_MEETING) is Light.GREEN
    with pytest.raises(WrongState):
        FLOW.following(Light.RED, Act.WITHDRAW_NEED)
    assert set(FLOW.moves) == {*FLOW.steps, *FLOW.follows}
