"""State machines as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from financing.acts import Act
from financing.refusals import WrongState

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Flow(Generic[S]):
    """`steps`: what is done with the thing itself. `follows`: what only comes of an act done with another thing, and is nobody's to do here."""

    start: S
    steps: Mapping[tuple[S, Act], S]
    follows: Mapping[tuple[S, Act], S] = field(default_factory=dict)

    @property
    def moves(self) -> dict[tuple[S, Act], S]:
        """Both."""
        return {**self.steps, **self.follows}

    def after(self, state: S, act: Act) -> S:
        """The state that the act leads to when it is done with the thing itself; WrongState when it is not to be had from here."""
        return _to(self.steps, state, act)

    def following(self, state: S, act: Act) -> S:
        """The state that comes of an act already taken at the desk, of this thing or another; WrongState when nothing comes of it here."""
        return _to(self.moves, state, act)

    def acts_from(self, state: S) -> tuple[Act, ...]:
        """What may be done with the thing itself."""
        return tuple(act for (at, act) in self.steps if at == state)


def _to(steps: Mapping[tuple[S, Act], S], state: S, act: Act) -> S:
    try:
        return steps[state, act]
    except KeyError:
        raise WrongState(state=state, act=act) from None
