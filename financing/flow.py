"""State machines as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from financing.acts import Act
from financing.refusals import WrongState

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Flow(Generic[S]):
    start: S
    steps: Mapping[tuple[S, Act], S]

    def after(self, state: S, act: Act) -> S:
        """The state that the act leads to; WrongState when it is not to be had from here."""
        try:
            return self.steps[state, act]
        except KeyError:
            raise WrongState(state=state, act=act) from None

    def acts_from(self, state: S) -> tuple[Act, ...]:
        return tuple(act for (at, act) in self.steps if at == state)
