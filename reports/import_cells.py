"""How a cell of a workbook is read (单元格): each reader turns what was typed into a plain value, or says by a code what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from financing.money import LARGEST
from financing.parties.identity import credit_code, line, passage
from financing.refusals import Refusal
from scoring.industries import UnknownIndustry, industry

PHONE = re.compile(r"\+?\d[\d -]{5,18}\d")
DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T][\d:.]*)?")


class Wrong(ValueError):
    """A cell that cannot be read; its code names the sentence that says so, with these words."""

    def __init__(self, code: str, **more: str) -> None:
        super().__init__(code)
        self.code, self.more = code, more


def a_line(longest: int = 120) -> Callable[[str], str]:
    @lru_cache(4096)
    def read(text: str) -> str:
        try:
            return line(text, "", longest)
        except Refusal:
            raise Wrong("import_text") from None

    return read


def a_code(text: str) -> str:
    try:
        return credit_code(text)
    except Refusal:
        raise Wrong("list_code_wrong") from None


@lru_cache(4096)
def an_industry(text: str) -> str:
    try:
        return industry(text.strip()).code
    except UnknownIndustry:
        raise Wrong("unknown_industry") from None


def a_phone(text: str) -> str:
    number = unicodedata.normalize("NFKC", text).strip()
    if not PHONE.fullmatch(number):
        raise Wrong("import_phone")
    return number


def read_day(text: str) -> str:
    """A day as people write it, as 2026-03-31."""
    parts = DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if parts is None:
        raise Wrong("not_a_day")
    year, month, day, month2, day2 = parts.groups()
    try:
        return date(int(year), int(month or month2), int(day or day2)).isoformat()
    except ValueError:
        raise Wrong("not_a_day") from None


def a_number(text: str, code: str) -> Decimal:
    plain = re.sub(r"[\s,¥元万%]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,18})?(E[+-]?\d{1,3})?", plain, re.ASCII | re.IGNORECASE):
        raise Wrong(code)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise Wrong(code) from None


def whole(least: int, most: int, code: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = a_number(text, code)
        if number != int(number) or not least <= number <= most:
            raise Wrong(code)
        return int(number)

    return read


def wan(*, positive: bool) -> Callable[[str], int]:
    def read(text: str) -> int:
        fen = a_number(text, "not_an_amount") * 1_000_000
        if abs(fen) > LARGEST or fen != fen.to_integral_value():
            raise Wrong("not_an_amount")
        if fen < 0 or (positive and fen == 0):
            raise Wrong("not_positive")
        return int(fen)

    return read


def yuan(text: str) -> int:
    fen = a_number(text, "not_an_amount") * 100
    if not 0 <= fen <= LARGEST or fen != fen.to_integral_value():
        raise Wrong("not_an_amount")
    return int(fen)


def percent(most: int, code: str = "not_a_rate") -> Callable[[str], int]:
    def read(text: str) -> int:
        ppm = a_number(text, code) * 10_000
        if not 0 <= ppm <= most or ppm != ppm.to_integral_value():
            raise Wrong(code)
        return int(ppm)

    return read


def among(words: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return words[text.strip()]
        except KeyError:
            raise Wrong("import_not_a_choice") from None

    return read


def some(words: Mapping[str, str]) -> Callable[[str], list[str]]:
    one = among(words)
    return lambda text: [one(part) for part in re.split(r"[、,，;；\s]+", text.strip()) if part]


def a_passage(longest: int = 500) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            raise Wrong("import_too_long", longest=str(longest))
        try:
            return passage(text, "", longest)
        except Refusal:
            raise Wrong("import_text") from None

    return read
