"""Money and rates, held as whole numbers so that nothing is ever lost to rounding."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from financing.refusals import NotAnAmount, NotARate
from scoring.rounding import divide_half_up

__all__ = ["LARGEST", "Fen", "Rate", "divide_half_up"]

#: No amount on the platform may pass ten trillion yuan (10^15 fen); sums of a thousand of them still fit 64 bits.
LARGEST = 10**15
_PLAIN = re.compile(r"[+-]?\d{1,16}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Fen:
    """An amount of renminbi in whole fen (分)."""

    fen: int

    def __post_init__(self) -> None:
        """Hold to whole numbers within the range of the database."""
        if type(self.fen) is not int or abs(self.fen) > LARGEST:
            raise NotAnAmount(given=str(self.fen))

    @classmethod
    def yuan(cls, amount: int | str | Decimal) -> Fen:
        """Yuan (元) in, at most two decimals when given as text."""
        return cls(_exact(amount, 2))

    @classmethod
    def wan(cls, amount: int | str | Decimal) -> Fen:
        """Ten thousand yuan (万元), the unit people in the zone speak in."""
        return cls(_exact(amount, 6))

    def __add__(self, other: Fen) -> Fen:
        return Fen(self.fen + other.fen)

    def __sub__(self, other: Fen) -> Fen:
        return Fen(self.fen - other.fen)

    def __neg__(self) -> Fen:
        return Fen(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def at(self, rate: Rate) -> Fen:
        """This share of the amount, rounded half up to the fen."""
        return Fen(divide_half_up(self.fen * rate.ppm, 1_000_000))

    def split(self, rate: Rate) -> tuple[Fen, Fen]:
        """Two parts that always add up to the whole."""
        part = self.at(rate)
        return part, self - part


@dataclass(frozen=True, order=True, slots=True)
class Rate:
    """A proportion in parts per million: 3.45% is 34 500."""

    ppm: int

    @classmethod
    def percent(cls, value: int | str | Decimal) -> Rate:
        """Percent in, at most four decimals (a hundredth of a basis point)."""
        try:
            return cls(_exact(value, 4))
        except NotAnAmount:
            raise NotARate(given=str(value)) from None


def _exact(amount: int | str | Decimal, places: int) -> int:
    """Shift by `places` decimals; text that needs more, or is no plain number, is refused."""
    text = unicodedata.normalize("NFKC", str(amount)).replace(",", "").strip()
    if not _PLAIN.fullmatch(text):
        if not isinstance(amount, Decimal) or not amount.is_finite():
            raise NotAnAmount(given=str(amount)[:40])
        return int((amount * 10**places).to_integral_value(ROUND_HALF_UP))
    shifted = Decimal(text).scaleb(places)
    if shifted != shifted.to_integral_value() and not isinstance(amount, Decimal):
        raise NotAnAmount(given=text)
    return int(shifted.to_integral_value(ROUND_HALF_UP))
