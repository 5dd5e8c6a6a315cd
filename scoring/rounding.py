"""Rounding as bills are rounded (四舍五入), in whole numbers only."""

from __future__ import annotations


def divide_half_up(numerator: int, denominator: int) -> int:
    """Whole-number division, half away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    return sign * ((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))
