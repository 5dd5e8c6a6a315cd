"""Two assignments side by side (两种分配对照): who goes where under each, who gains and who loses; kept as it was when a round is chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import TypeAdapter

from financing.matching.rules import Assigning, Reason


@dataclass(frozen=True, slots=True)
class Placed:
    """One bank that a need goes to, with the reasons for either side."""

    bank_id: int
    product_id: int
    bank: str
    points: int
    for_firm: tuple[Reason, ...]
    for_bank: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need under both assignments; amounts in fen."""

    need_id: int
    number: str
    firm: str
    amount_fen: int
    stable: tuple[Placed, ...]
    total: tuple[Placed, ...]

    @property
    def change(self) -> int:
        """Points gained where the best total is chosen."""
        return sum(placed.points for placed in self.total) - sum(placed.points for placed in self.stable)

    @property
    def moves(self) -> bool:
        return {placed.bank_id for placed in self.stable} != {placed.bank_id for placed in self.total}

    def under(self, way: Assigning) -> tuple[Placed, ...]:
        return self.stable if way is Assigning.STABLE else self.total


@dataclass(frozen=True, slots=True)
class BankLine:
    """What one bank is given under both assignments, within its limits."""

    bank_id: int
    bank: str
    most: int
    stable_needs: int
    total_needs: int
    stable_fen: int
    total_fen: int
    stable: int  # points
    total: int

    @property
    def change(self) -> int:
        return self.total - self.stable


@dataclass(frozen=True, slots=True)
class Side:
    """One assignment in figures; `gap` is the share by which it may be short of the best, None where that is not asked."""

    pairs: int
    placed: int
    points: int
    blocking: int
    gap: float | None


@dataclass(frozen=True)
class Comparison:
    """Both assignments of the needs that are ready; `each` is to how many banks a need goes at most."""

    each: int
    needs: tuple[NeedLine, ...]
    banks: tuple[BankLine, ...]
    stable: Side
    total: Side

    @cached_property
    def gainers(self) -> tuple[NeedLine, ...]:
        """Needs that the best total serves better, the greatest gain first."""
        return tuple(sorted((line for line in self.needs if line.change > 0), key=lambda line: -line.change))

    @cached_property
    def losers(self) -> tuple[NeedLine, ...]:
        """Needs that the best total serves worse, the greatest loss first."""
        return tuple(sorted((line for line in self.needs if line.change < 0), key=lambda line: line.change))

    @cached_property
    def same(self) -> bool:
        """Whether both send every need to the same banks."""
        return not any(line.moves for line in self.needs)

    def side(self, way: Assigning) -> Side:
        return self.stable if way is Assigning.STABLE else self.total

    def unplaced(self, way: Assigning) -> tuple[NeedLine, ...]:
        return tuple(line for line in self.needs if not line.under(way))

    @cached_property
    def text(self) -> str:
        """What is kept of it, always the same for the same comparison."""
        return KEPT.dump_json(self).decode()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


KEPT: TypeAdapter[Comparison] = TypeAdapter(Comparison)


def kept(text: str) -> Comparison:
    """A comparison as it was when somebody chose."""
    return KEPT.validate_json(text)


def side(needs: Iterable[NeedLine], way: Assigning, blocking: int, gap: float | None) -> Side:
    """The figures of one assignment."""
    under = [line.under(way) for line in needs]
    every = [placed for line in under for placed in line]
    return Side(len(every), sum(bool(line) for line in under), sum(placed.points for placed in every), blocking, gap)
