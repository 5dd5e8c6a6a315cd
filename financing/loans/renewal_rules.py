"""Maturities (到期安排, F46): who is told when, and whether a loan may be renewed without repaying its principal. No database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

#: Days before a maturity on which firm, bank and officer are told.
LEVELS = (60, 30, 15)


def due_levels(matures: date, today: date, told: Collection[int], levels: Sequence[int] = LEVELS) -> list[int]:
    """The levels whose day has come and that were not told yet, the earliest first; none once the loan has matured."""
    left = (matures - today).days
    return [level for level in sorted(levels, reverse=True) if 0 <= left <= level and level not in told]


class Condition(StrEnum):
    """What is asked of a renewal without repaying principal (金规〔2024〕13号), in the order of the notice."""

    SIZE = "size"  # small or micro; a medium firm's working capital until the day of the notice
    BEFORE = "before"  # asked for before the loan matures
    LAWFUL = "lawful"  # lawful operation
    PRODUCING = "producing"  # normal production that can go on
    CREDIT = "credit"  # good credit: nothing past due
    NO_DIVERSION = "no_diversion"
    NO_ARREARS = "no_arrears"  # no unpaid interest
    NO_EVASION = "no_evasion"
    NEED = "need"  # a real need, only short of cash for a while


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
    """What the platform knows: size of the firm, days past due, arrears of interest in fen, maturity."""

    size: str
    days_past_due: int
    overdue_interest: int
    matures: date


def without_principal(known: Known, stated: Stated, today: date, medium_until: date) -> tuple[Condition, ...]:
    """The conditions of 无还本续贷 that are not met (金规〔2024〕13号); none: the firm should ask its bank for it before anything else.

    `medium_until` is the last maturity for which medium firms are treated alike.
    """
    small = known.size in {"small", "micro"} or (known.size == "medium" and known.matures <= medium_until)
    met = {
        Condition.SIZE: small,
        Condition.BEFORE: today <= known.matures,
        Condition.CREDIT: known.days_past_due == 0,
        Condition.NO_ARREARS: known.overdue_interest == 0,
        **{Condition(field.name): getattr(stated, field.name) for field in fields(Stated)},
    }
    return tuple(one for one in Condition if not met[one])
