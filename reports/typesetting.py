"""Set values as people read them on paper: amounts, shares, days, and the templates that hold them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from financing.desk import BEIJING
from financing.matching.snapshot import Absent
from financing.money import divide_half_up
from financing.wording import credit_code, name, translations

TEMPLATES = Path(__file__).parent / "print" / "templates"
SOURCE = "zh"


class Bilingual(Protocol):
    """Anything with words in both languages."""

    @property
    def says(self) -> str: ...
    @property
    def english(self) -> str: ...


def wan(fen: int) -> str:
    """Ten thousand yuan (万元) with one decimal, half up, without the unit: the head of the table names it."""
    tenths = divide_half_up(fen, 100_000)
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10:,}.{abs(tenths) % 10}"


def fine(fen: int) -> str:
    """Ten thousand yuan (万元) with two decimals, half up: for interest, whose tenths would not add up."""
    return yuan(divide_half_up(fen, 10_000))


def yuan(fen: int) -> str:
    """Full yuan with separators and both decimals, without the unit."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def percent(ppm: int) -> str:
    """Parts per million as percent, exact, without the sign: 38 500 is 3.85."""
    return f"{(Decimal(ppm) / 10_000).normalize():f}"


def tenth(ppm: int) -> str:
    """Parts per million as percent with one decimal, half up, for tables."""
    return f"{Decimal(divide_half_up(ppm, 1_000)) / 10:.1f}"


def grouped(ratio: str) -> str:
    """Decimal text with separators, its digits untouched."""
    return f"{Decimal(ratio):,f}"


def covers(ratio: str) -> bool:
    """Whether a cover ratio reaches one."""
    return Decimal(ratio) >= 1


def moment(at: datetime) -> str:
    """A moment in Beijing time, to the minute."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def beijing_day(at: datetime) -> date:
    """The day in Beijing."""
    return at.astimezone(BEIJING).date()


def told(said: Bilingual, lang: str) -> str:
    """The words in the language of the paper."""
    return said.says if lang == SOURCE else said.english


class Measured(Protocol):
    """Anything with a unit in both languages; an English unit left out is written as in Chinese (%)."""

    @property
    def unit(self) -> str: ...
    @property
    def english_unit(self) -> str | None: ...


def unit(measured: Measured, lang: str) -> str:
    """The unit in the language of the paper."""
    return measured.unit if lang == SOURCE else measured.english_unit or measured.unit


class Valued(Protocol):
    """Anything with a value in words of both languages; an English one left out is written as in Chinese."""

    @property
    def value(self) -> str | None: ...
    @property
    def english_value(self) -> str | None: ...


def figure(valued: Valued, lang: str) -> str:
    """The value in the language of the paper."""
    return (valued.value if lang == SOURCE else valued.english_value or valued.value) or ""


def because(absent: Absent, lang: str) -> str:
    """Why a part is not there, in the language of the paper."""
    return absent.why if lang == SOURCE else absent.english


FILTERS: tuple[Callable[..., object], ...] = (
    wan,
    fine,
    yuan,
    percent,
    tenth,
    grouped,
    covers,
    moment,
    beijing_day,
    credit_code,
)


def words(lang: str) -> Callable[[str], str]:
    """The function that says a Chinese word in the language of the paper."""
    return translations(lang).gettext


@cache
def environment(lang: str) -> Environment:
    """The templates of papers: everything escaped, nothing undefined, in one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(translations(lang), newstyle=False)  # type: ignore[attr-defined]  # by the extension
    made.filters.update({plain.__name__: plain for plain in FILTERS})
    made.filters.update({spoken.__name__: partial(spoken, lang=lang) for spoken in (told, because, unit, figure, name)})
    made.globals.update(lang=lang, gap="" if lang == SOURCE else " ")  # Chinese sentences stand without a space
    return made


def paper(template: str, lang: str, **values: object) -> str:
    """The HTML of one paper."""
    return environment(lang).get_template(template).render(**values)
