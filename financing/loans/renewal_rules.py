"""Maturities (到期安排, F46): who is told when, and whether a loan may be renewed without repaying its principal. No database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

#: Days before a maturity on which firm, bank and officer are told.
LEVELS = (60, 30, 15)
SOURCE = "关于做好续贷工作 提高小微企业金融服务水平的通知（金规〔2024〕13号）"


def due_levels(matures: date, today: date, told: Collection[int], levels: Sequence[int] = LEVELS) -> list[int]:
    """The levels whose day has come and that were not told yet, the earliest first; none once the loan has matured."""
    left = (matures - today).days
    return [level for level in sorted(levels, reverse=True) if 0 <= left <= level and level not in told]


class Condition(StrEnum):
    """What is asked of a renewal without repaying principal (金规〔2024〕13号), in the order of the notice."""

    SIZE = "size"  # small or micro; a medium firm's working capital until the day of the notice
    PURPOSE = "purpose"  # working capital, or what a trader borrowed for the business
    BEFORE = "before"  # asked for before the loan matures
    LAWFUL = "lawful"  # lawful operation
    PRODUCING = "producing"  # normal production that can go on
    CREDIT = "credit"  # good credit: nothing past due
    NO_DIVERSION = "no_diversion"
    NO_ARREARS = "no_arrears"  # no unpaid interest
    NO_EVASION = "no_evasion"
    NEED = "need"  # a real need, only short of cash for a while


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    BANK = "bank"  # nobody has said: the bank alone can tell


@dataclass(frozen=True, slots=True)
class Stated:
    """What the firm states itself; the bank checks it."""

    lawful: bool
    producing: bool
    no_diversion: bool
    no_evasion: bool
    need: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the platform knows of a loan that would be renewed.

    `size`: '' while unknown; None where the loan is not on record: whether it is working capital, days past due, fen of interest in arrears.
    """

    size: str
    matures: date
    working_capital: bool | None = None
    days_past_due: int | None = None
    overdue_interest: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Every condition with its answer."""

    answers: Mapping[Condition, Answer]

    @property
    def open(self) -> bool:
        """Nothing known speaks against it."""
        return not self.missing

    @property
    def missing(self) -> tuple[Condition, ...]:
        return self._with(Answer.NO)

    @property
    def known(self) -> tuple[tuple[Condition, Answer], ...]:
        return tuple((one, answer) for one, answer in self.answers.items() if answer is not Answer.BANK)

    @property
    def for_the_bank(self) -> tuple[Condition, ...]:
        return self._with(Answer.BANK)

    def stored(self) -> dict[str, Any]:
        return {"open": self.open, "grounds": {one.value: answer.value for one, answer in self.answers.items()}}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Check:
        """As it was stored."""
        return cls({Condition(one): Answer(answer) for one, answer in stored["grounds"].items()})

    def _with(self, answer: Answer) -> tuple[Condition, ...]:
        return tuple(one for one, found in self.answers.items() if found is answer)


def without_principal(known: Known, stated: Stated | None, today: date, medium_until: date) -> Check:
    """The conditions of 无还本续贷 (金规〔2024〕13号) as far as anybody has told; none missing: the firm should ask its bank for it first.

    `medium_until` is the last maturity for which medium firms are treated alike.
    """
    small = known.size in {"small", "micro"} or (known.size == "medium" and known.matures <= medium_until)
    told = {
        Condition.SIZE: small if known.size else None,
        Condition.PURPOSE: known.working_capital,
        Condition.BEFORE: today <= known.matures,
        Condition.CREDIT: _nothing(known.days_past_due),
        Condition.NO_ARREARS: _nothing(known.overdue_interest),
        **{Condition(field.name): getattr(stated, field.name, None) for field in fields(Stated)},
    }
    return Check({one: _answer(told[one]) for one in Condition})


def _nothing(number: int | None) -> bool | None:
    return None if number is None else number == 0


def _answer(yes: bool | None) -> Answer:  # noqa: FBT001  a truth as an answer
    return Answer.BANK if yes is None else Answer.YES if yes else Answer.NO
