"""Balance sheet, income and cash flow of one year (财务报表): what must add up, within a year and from year to year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from scoring.statement_lines import LINES, Identity, Standard, identities

#: Totals whose parts are never negative: parts left out may make up what is missing, but can never exceed the whole.
NEVER_NEGATIVE = frozenset({"current_assets", "noncurrent_assets", "liabilities", "noncurrent_liabilities"})


class UnknownLine(ValueError):
    """A statement names a line that the registry does not know."""

    def __init__(self, code: str) -> None:
        super().__init__(f"报表项目“{code}”不在项目表中")
        self.code = "unknown_line"
        self.facts = {"line": code}


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines by code in whole fen for the period ending on a day; a line not stated is absent, never zero."""

    ends: date
    lines: Mapping[str, int]

    def __post_init__(self) -> None:
        for code in self.lines:
            if code not in LINES:
                raise UnknownLine(code)

    def get(self, code: str) -> int | None:
        return self.lines.get(code)


@dataclass(frozen=True, slots=True)
class Check:
    """One sum tried: fen as stated and as its parts add up, how far rounding may carry it (fen), and the parts left blank.

    `computed` is None where too little is stated to add up, `stated` None where the total itself was left blank.
    """

    identity: Identity
    stated: int | None
    computed: int | None
    slack: int
    blank: tuple[str, ...]
    excess_only: bool = False

    @property
    def difference(self) -> int:
        return (self.stated or 0) - (self.computed or 0)

    @property
    def decided(self) -> bool:
        """Whether both sides are known, so that the sum holds or does not."""
        return self.stated is not None and self.computed is not None

    @property
    def holds(self) -> bool:
        if not self.decided:
            return True
        return self.difference >= -self.slack if self.excess_only else abs(self.difference) <= self.slack


def checks(
    lines: Mapping[str, int], standard: Standard, *, shown: Collection[str] = (), grain: int = 1
) -> Iterator[Check]:
    """Every sum of the standard of which the total or a part is stated.

    lines: fen by code. shown: lines that stand on the form; one left blank there counts as nothing, unless it is itself
    the total of stated parts. grain: the smallest step in fen of the figures, of which each may be off by half.
    """
    totals = {each.total: each.parts for each in identities(standard)}
    nothing = {code for code in shown if code not in lines and not any(part in lines for part in totals.get(code, ()))}
    for identity in identities(standard):
        given = [code for code in identity.parts if code in lines]
        if given or (identity.total in lines and identity.key == "balance"):
            yield _check(identity, lines, given, nothing, grain)


def _check(identity: Identity, lines: Mapping[str, int], given: list[str], nothing: set[str], grain: int) -> Check:
    stated = lines.get(identity.total)
    missing = [code for code in identity.parts if code not in lines]
    computed = _nearest(identity, lines, stated)
    slack = 0 if grain <= 1 else grain * (len(given) + 1) // 2
    blank = tuple(code for code in missing if code in nothing)
    if len(blank) == len(missing):
        return Check(identity, stated, computed, slack, blank)
    if identity.total in NEVER_NEGATIVE or identity.key == "assets":
        return Check(identity, stated, computed, slack, blank, excess_only=True)
    return Check(identity, stated, None, slack, blank)


def _nearest(identity: Identity, lines: Mapping[str, int], stated: int | None) -> int:
    """The parts added up; of lines that a form may or may not count, whichever brings the sum nearest to the total."""
    sure = sum(sign * lines[code] for code, sign in identity.parts.items() if code in lines)
    perhaps = [lines[code] for code in identity.perhaps if code in lines]
    sums = [sure + sum(some) for size in range(len(perhaps) + 1) for some in combinations(perhaps, size)]
    return sure if stated is None else min(sums, key=lambda found: abs(stated - found))


def mismatches(
    statement: Statement, standard: Standard = Standard.SMALL, *, shown: Collection[str] = (), grain: int = 1
) -> tuple[Check, ...]:
    """Every sum of the statement that fails; an empty tuple means the sheets tie."""
    return tuple(each for each in checks(statement.lines, standard, shown=shown, grain=grain) if not each.holds)


@dataclass(frozen=True, slots=True)
class Step:
    """One figure against the year before: the line now, what it is compared with, and both amounts in fen."""

    code: str
    now: int
    against: str
    before: int

    @property
    def difference(self) -> int:
        return self.now - self.before


def opening_breaks(opening: Mapping[str, int], closing: Mapping[str, int]) -> tuple[Step, ...]:
    """Balance-sheet lines whose opening amount is not the closing amount stated for the year before (期初不等于上年期末)."""
    both = [code for code, line in LINES.items() if line.sheet == "balance" and code in opening and code in closing]
    return tuple(Step(code, opening[code], code, closing[code]) for code in both if opening[code] != closing[code])


def hints(now: Mapping[str, int], before: Mapping[str, int]) -> tuple[Step, ...]:
    """What usually ties from one year to the next and may rightly not: worth a question, never a refusal.

    Growth of equity against net profit (a dividend or new capital lies between), closing against opening cash, and the
    closing cash of the cash flow against the cash of the balance sheet.
    """
    found: list[Step] = []
    if {"equity", "net_profit"} <= now.keys() and "equity" in before:
        found.append(Step("equity", now["equity"] - before["equity"], "net_profit", now["net_profit"]))
    if "opening_cash" in now and "closing_cash" in before:
        found.append(Step("opening_cash", now["opening_cash"], "closing_cash", before["closing_cash"]))
    if {"closing_cash", "cash"} <= now.keys():
        found.append(Step("closing_cash", now["closing_cash"], "cash", now["cash"]))
    return tuple(step for step in found if step.difference)
