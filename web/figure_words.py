"""Figures as people read and type them: a part of a whole in percent, money in ten thousands, a yes or no in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from financing import wording
from financing.dated.rules import bounds, measured
from financing.money import Fen, Rate
from financing.parameters import Figure
from financing.refusals import NotAnAmount
from financing.setting_words import FIGURE_NAMES
from financing.words import _

#: Units as they begin in parameters.toml; what comes after a comma or a bracket there explains them.
UNITS = (
    _("倍净资产"), _("倍资金池本金"), _("分子"), _("分母"), _("日"), _("个工作日"), _("个办公小时"), _("个自然日"), _("个月"), _("个银行营业日"), _("万元"), _("票"), _("笔"), _("处"),
    _("张"), _("年"), _("人"), _("家"), _("次"), _("份"), _("分钟"), _("小时"), _("秒"), _("个"), _("条"), _("八位数字的日期"),
)  # fmt: skip

#: Parts of a fraction: the figure's name says which part it is.
BARE = ("分子", "分母")


def figure_name(key: str, lang: str = "zh") -> str:
    """What a figure is called."""
    return wording.translate(lang)(FIGURE_NAMES[key])


def figure_value(figure: Figure, lang: str = "zh", value: int | None = None) -> str:
    """A figure's value with its unit, or another value in the same unit."""
    number, say = figure.value if value is None else value, wording.translate(lang)
    if bounds(figure) == (0, 1):
        return say(_("是")) if number else say(_("否"))
    match measured(figure.key, number):
        case Rate() as rate:
            return exact(rate)
        case Fen() as amount:
            return wording.wan(amount, lang)
    return f"{number:,}" if figure.unit.startswith(BARE) else f"{number:,} {unit(figure, lang)}"


def told(lang: str) -> dict[str, Callable[..., str]]:
    """What templates call to tell a figure."""
    return {"figure_name": partial(figure_name, lang=lang), "figure_value": partial(figure_value, lang=lang)}


def exact(rate: Rate) -> str:
    """A rate with every decimal it has, two at least: what a day costs is told to the third."""
    return wording.percent(rate) if rate.ppm % 100 == 0 else f"{Decimal(rate.ppm) / 10_000:f} %"


def unit(figure: Figure, lang: str = "zh") -> str:
    """In what a figure is typed."""
    if bounds(figure) == (0, 1):
        return wording.translate(lang)(_("是或否"))
    if figure.key.endswith("_ppm"):
        return "%"
    if figure.key.endswith("_fen"):
        return wording.translate(lang)(_("万元"))
    return wording.translate(lang)(re.split(r"[，（]", figure.unit)[0])


def typed(figure: Figure, text: str) -> int:
    """What somebody typed, in the figure's own unit; NotAnAmount, NotARate."""
    if figure.key.endswith("_ppm"):
        return Rate.percent(text).ppm
    if figure.key.endswith("_fen"):
        return Fen.wan(text).fen
    plain = text.replace(",", "").strip()
    if not re.fullmatch(r"\d{1,13}", plain, re.ASCII):
        raise NotAnAmount(given=text[:20])
    return int(plain)


def as_typed(figure: Figure) -> str:
    """The value in force as it would be typed."""
    match measured(figure.key, figure.value):
        case Rate() as rate:
            return f"{rate.ppm // 10_000}.{rate.ppm % 10_000:04d}".rstrip("0").rstrip(".")
        case Fen() as amount:
            return f"{amount.fen // 1_000_000}.{amount.fen % 1_000_000:06d}".rstrip("0").rstrip(".")
    return str(figure.value)
