"""Amounts in the characters of bills (大写金额), as cheques and letters of guarantee carry them. No database here."""

from __future__ import annotations

from financing.money import Fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


def capitals(amount: Fen) -> str:
    """An amount in the characters of bills (大写金额): 壹佰贰拾万元整."""
    yuan_part, rest = divmod(abs(amount.fen), 100)
    jiao, fen = divmod(rest, 10)
    words = (_in_capitals(yuan_part) + "元") if yuan_part else ("" if rest else "零元")
    words += (_DIGITS[jiao] + "角") if jiao else ("零" if fen and yuan_part else "")
    words += (_DIGITS[fen] + "分") if fen else "整"
    return ("负" if amount.fen < 0 else "") + words


def _in_capitals(number: int) -> str:
    """Read as 亿, 万 and four places, each part like the whole; an empty place between two parts is said once."""
    for unit, word in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            return _in_capitals(high) + word + ("零" if 0 < low < unit // 10 else "") + _in_capitals(low)
    return _group(number)


def _group(group: int) -> str:
    words, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return words
