"""The computation of a guarantee's cover and fee, line by line (费用说明): each can be done again by hand from the line alone."""

from __future__ import annotations

from dataclasses import dataclass

from financing import wording
from financing.guarantees import pricing
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.price import Price
from financing.money import Fen, Rate
from financing.words import _
from reports.typesetting import percent, yuan


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One step: what it is, its value, how it comes about, and the rule it rests on."""

    what: str
    value: str
    how: str
    source: str = ""


def fee_lines(price: Price, lang: str) -> tuple[FeeLine, ...]:
    """From the grade to the fee of the whole term; a recommendation covers and costs nothing."""
    say = wording.translate(lang)
    table = say(_("费率表（{since} 起施行）")).format(since=price.since)
    first = (
        FeeLine(say(_("评分等级")), price.grade, say(_("最近一次评分")), ""),
        FeeLine(
            say(_("累计使用担保")),
            say(_("{years} 年")).format(years=price.years),
            say(_("在保天数合计 ÷ 365，取整年")),
            "",
        ),
    )
    if not price.binding:
        nothing = say(_("推荐函不承担责任，不收担保费"))
        return (*first, FeeLine(say(_("全期担保费")), _yuan(Fen(0), lang), nothing, table))
    return (*first, *_cover(price, lang, table), *_fee(price, lang, table))


def fees_of(case: GuaranteeCase, lang: str) -> tuple[FeeLine, ...]:
    """The lines of a case; none where it was opened before the table."""
    price = pricing.of_case(case)
    return fee_lines(price, lang) if price else ()


def _cover(price: Price, lang: str, table: str) -> tuple[FeeLine, ...]:
    say = wording.translate(lang)
    lower = say(_("取低者：费率表 {table}，担保人条件 {own}"))
    return (
        FeeLine(
            say(_("担保责任比例")), _percent(price.share),
            lower.format(table=_percent(price.table_share), own=_percent(price.own_share)), table,
        ),
        FeeLine(say(_("承担责任")), _yuan(price.covered, lang), f"{_yuan(price.amount, lang)} × {_percent(price.share)}"),
    )  # fmt: skip


def _fee(price: Price, lang: str, table: str) -> tuple[FeeLine, ...]:
    say, rate = wording.translate(lang), _percent(price.fee)
    lowest = say(_("取低者：费率表 {table}，担保人条件 {own}，上限 {cap}"))
    amount = _yuan(price.amount, lang)
    return (
        FeeLine(
            say(_("年担保费率")), rate,
            lowest.format(table=_percent(price.table_fee), own=_percent(price.own_fee), cap=_percent(price.cap)),
            say(_("{table}；{cap}")).format(table=table, cap=price.cap_source),
        ),
        FeeLine(say(_("每年担保费")), _yuan(price.yearly, lang), f"{amount} × {rate}"),
        FeeLine(
            say(_("全期担保费")), _yuan(price.whole, lang),
            say(_("{amount} × {rate} × {months} 个月 ÷ 12，四舍五入到分")).format(amount=amount, rate=rate, months=price.months),
        ),
    )  # fmt: skip


def _yuan(amount: Fen, lang: str) -> str:
    return wording.translate(lang)(_("{amount} 元")).format(amount=yuan(amount.fen))


def _percent(rate: Rate) -> str:
    """Exact: a rate that is rounded cannot be reckoned with."""
    return f"{percent(rate.ppm)} %"
