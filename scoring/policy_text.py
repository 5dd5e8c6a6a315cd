"""Conditions, windows and steps as people write them (条件文字), one a line, and read back: “企业规模 属于 小型、微型”."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from pydantic import ValidationError

from scoring.card import Operator
from scoring.facts import FEN_PER_WAN, UNITS, Fact, Kind
from scoring.industries import industries, industry
from scoring.policy import Condition, Misstated, Window
from scoring.policy_facts import POLICY_FACTS

OPERATORS: dict[Operator, tuple[str, str]] = {
    "at_least": ("不少于", "at least"),
    "at_most": ("不超过", "at most"),
    "equals": ("为", "is"),
    "one_of": ("属于", "one of"),
}
SOFT = ("（由经办部门认定）", " (judged by the department)")
BETWEEN = "、"
_TO = re.compile(r"\s*(?:至|到|to|~|—|-(?=\s*\d{4}-))\s*")
#: Between two options, never inside the brackets that hold a name.
_APART = re.compile(r"[、,，;；](?![^（(]*[）)])")
_PLAIN = re.compile(r"[+-]?\d{1,16}(\.\d{1,6})?", re.ASCII)


def condition_words(condition: Condition, language: str = "zh") -> str:
    """A condition as a line, in the form in which it is read back."""
    english = language == "en"
    fact, word = condition.held, OPERATORS[condition.operator][english]
    soft = SOFT[english] if condition.soft else ""
    return f"{fact.english if english else fact.term} {word} {_value_words(condition, fact, language)}{soft}"


def _value_words(condition: Condition, fact: Fact, language: str) -> str:
    value = condition.value
    if isinstance(value, bool):
        return fact.shown(value, language)
    if isinstance(value, Decimal):
        figure = f"{value.normalize():f}"
        return f"{figure} {UNITS.get(fact.unit, fact.unit) if language == 'en' else fact.unit}".rstrip()
    codes = value if isinstance(value, tuple) else (value,)
    told = [_industry(code) if fact.name == "industry" else fact.shown(code, language) for code in codes]
    return (", " if language == "en" else BETWEEN).join(told)


def _industry(code: str) -> str:
    found = industry(code)
    return f"{found.code}（{found.name}）"


def read_conditions(text: str) -> tuple[Condition, ...]:
    """Conditions from lines; Misstated names the line."""
    return tuple(_read(number, line) for number, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if stripped := line.strip():
            yield number, stripped


@cache
def _terms() -> tuple[tuple[str, Fact], ...]:
    """Facts by their words, the longest first, so that none hides behind another's beginning."""
    both = [(words, fact) for fact in POLICY_FACTS.values() for words in (fact.term, fact.english)]
    return tuple(sorted(both, key=lambda each: -len(each[0])))


def _read(number: int, line: str) -> Condition:
    plain = line.removesuffix(SOFT[0]).removesuffix(SOFT[1].strip()).strip()
    soft = plain != line
    term, fact = next(((term, fact) for term, fact in _terms() if plain.startswith(term)), ("", None))
    if fact is None:
        raise Misstated("line_fact", line=number, given=line[:60])
    rest = plain.removeprefix(term).strip()
    found = next(((code, word) for code, words in OPERATORS.items() for word in words if rest.startswith(word)), None)
    if found is None:
        raise Misstated("line_operator", line=number, given=line[:60])
    operator, word = found
    value = _read_value(fact, rest.removeprefix(word).strip(), operator)
    try:
        return Condition.model_validate({"fact": fact.name, "is": operator, "value": value, "soft": soft})
    except ValidationError:
        raise Misstated("line_value", line=number, given=line[:60], fact=fact.term) from None


def _read_value(fact: Fact, text: str, operator: Operator) -> object:
    """The value in the unit of the fact; what cannot be read is left for the refusal to name."""
    if fact.kind is Kind.FLAG:
        return {"是": True, "否": False, "Yes": True, "No": False}.get(text, text)
    if fact.kind is Kind.CHOICE:
        codes = tuple(_code(fact, word.strip()) for word in _APART.split(text))
        return codes if operator == "one_of" else codes[0]
    unit = unicodedata.normalize("NFKC", UNITS.get(fact.unit, fact.unit))
    figure = unicodedata.normalize("NFKC", text).removesuffix(fact.unit).removesuffix(unit).replace(",", "").strip()
    return Decimal(figure) if _PLAIN.fullmatch(figure) else text


def _code(fact: Fact, word: str) -> str:
    """The code of an option, given by its words or its code; of an industry what stands before the brackets counts."""
    if fact.name == "industry":
        word = re.sub(r"\s*[（(].*$", "", word)
        try:
            return industry(word).code
        except ValueError:
            return next((code for code, each in industries().items() if each.name == word), word)
    return next((code for code, words in fact.choices.items() if word in {*words, code}), word)


def window_words(window: Window) -> str:
    return f"{window.opens.isoformat()} 至 {window.closes.isoformat()}"


def read_windows(text: str) -> tuple[Window, ...]:
    """Windows from lines “2026-03-01 至 2026-06-30”; Misstated names the line."""
    found = []
    for number, line in _lines(text):
        days = _TO.split(line)
        try:
            opens, closes = (date.fromisoformat(day.strip()) for day in days)
            found.append(Window(opens=opens, closes=closes))
        except ValueError:
            raise Misstated("line_window", line=number, given=line[:60]) from None
    return tuple(found)


def step_words(steps: Sequence[tuple[Decimal, int]]) -> str:
    """Steps as lines “1000：5”: from so much, so many 万元."""
    return "\n".join(f"{start.normalize():f}：{Decimal(fen) / FEN_PER_WAN:f}" for start, fen in steps)


def read_steps(text: str) -> tuple[tuple[Decimal, int], ...]:
    """Steps from lines; the sum in 万元. Misstated names the line."""
    found = []
    for number, line in _lines(text):
        parts = [part.strip() for part in re.split(r"[：:]", unicodedata.normalize("NFKC", line))]
        if len(parts) != 2 or not all(_PLAIN.fullmatch(part) for part in parts):
            raise Misstated("line_step", line=number, given=line[:60])
        found.append((Decimal(parts[0]), int(Decimal(parts[1]) * FEN_PER_WAN)))
    return tuple(found)
