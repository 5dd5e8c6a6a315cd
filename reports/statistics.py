"""A periodic statistic in words: one view for the paper and the workbook, from the record as it was sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from financing.figures.plan import BY_MONEY
from financing.figures.ratio_rules import Key, Ratio
from financing.figures.rules import Figure, Step, Volume
from financing.figures.spans import Span
from financing.figures.views import MONTHS, month_starts
from financing.figures.volumes import Amount
from financing.money import Fen, divide_half_up
from financing.wording import name
from financing.words import _
from reports import figures
from reports.issued import Issued, issued_paper
from reports.pdf import Job
from reports.sheets import Column, Kind, Sheet
from reports.typesetting import SOURCE, wan, words

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Compared:
    """One volume of the period beside the period before, last year and the plan; every cell in words."""

    label: str
    unit: str
    now: str
    money: str
    former: str
    change: str
    year: str
    change_of_year: str
    plan: str
    reached: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything one statistic says."""

    title: str
    since: str
    until: str
    correction: str
    replaces: str
    volumes: list[Compared]
    steps: list[tuple[figures.StepShown, str, str]]  # with the counts of the former period and of last year
    keys: list[figures.KeyShown]
    picture: Markup
    months: figures.MonthsShown
    former: str
    year: str


def told(record: Mapping[str, Any], lang: str = SOURCE) -> Told:
    """A sealed record in words."""
    steps = [_figure(row) for row in record["steps"]]
    earlier = [[_figure(row) for row in record[side]["steps"]] for side in ("former", "year")]
    found = {Volume(code): [row and Amount(*row) for row in rows] for code, rows in record["months"].items()}
    months = figures.month_names(month_starts(date.fromisoformat(record["until"]), MONTHS))
    return Told(
        title=titled(record, lang),
        since=record["since"],
        until=record["until"],
        correction=record.get("correction", ""),
        replaces=record.get("replaces", ""),
        volumes=[_compared(record, volume, lang) for volume in Volume],
        steps=[
            (one, _count(earlier[0][n]), _count(earlier[1][n]))
            for n, one in enumerate(figures.steps_shown(steps, lang))
        ],
        keys=figures.keys_shown([Key(Ratio(row[0]), *row[1:]) for row in record["keys"]], lang),
        picture=figures.funnel_chart(steps, lang),
        months=figures.months_shown(months, found, lang),
        former=f"{record['former']['since']} – {record['former']['until']}",
        year=f"{record['year']['since']} – {record['year']['until']}",
    )


def titled(record: Mapping[str, Any], lang: str = SOURCE) -> str:
    """What the paper is called: the kind of period and the period."""
    end, say = date.fromisoformat(record["until"]), words(lang)
    return {
        Span.MONTH: say(_("{year} 年 {month} 月统计")),
        Span.QUARTER: say(_("{year} 年第 {quarter} 季度统计")),
        Span.HALF: say(_("{year} 年半年统计（截至 {month} 月）")),
        Span.YEAR: say(_("{year} 年全年统计")),
    }[Span(record["span"])].format(year=end.year, month=end.month, quarter=end.month // 3)


def statistic(issued: Issued, record: Mapping[str, Any], lang: str = SOURCE) -> Job:
    """The printing job of a statistic."""
    return issued_paper("statistics.html", issued, lang, s=told(record, lang))


def statistic_sheets(record: Mapping[str, Any], lang: str = SOURCE) -> list[Sheet]:
    """The same as a workbook: what happened, how far needs came, ratios with definitions, months."""
    one, say = told(record, lang), words(lang)
    heads = [say(_("项目")), say(_("单位")), say(_("本期")), say(_("金额（万元）")), say(_("上期")), say(_("比上期")), say(_("上年同期")), say(_("比上年同期")), say(_("计划")), say(_("完成"))]  # fmt: skip
    volumes = [
        [v.label, v.unit, v.now, v.money, v.former, v.change, v.year, v.change_of_year, v.plan, v.reached]
        for v in one.volumes
    ]
    steps = [
        [s.label, s.count, s.firms, s.of_first, s.of_before, s.sum, s.days, former, year]
        for s, former, year in one.steps
    ]
    step_heads = [say(_("环节")), say(_("数量")), say(_("企业（家）")), say(_("占提交")), say(_("占上一步")), say(_("金额（万元）")), say(_("距上一步中位数（天）")), say(_("上期")), say(_("上年同期"))]  # fmt: skip
    keys = [[k.label, k.value, k.sides, k.how, k.sense, k.source] for k in one.keys]
    key_heads = [
        say(_("指标")),
        say(_("数值")),
        say(_("分子 ÷ 分母")),
        say(_("算法")),
        say(_("含义")),
        say(_("口径来源")),
    ]
    months = [[month, *cells] for month, cells in one.months.rows]
    month_heads = [say(_("月份")), *(f"{head[0]}（{head[1]}）" for head in one.months.heads)]
    span = f"{one.since} – {one.until}"
    return [
        _sheet(say(_("本期发生")), heads, volumes, f"{one.title}　{span}"),
        _sheet(say(_("漏斗")), step_heads, steps, span),
        _sheet(say(_("指标")), key_heads, keys, span),
        _sheet(say(_("近十三个月")), month_heads, months, span),
    ]


def _sheet(title: str, heads: list[str], rows: list[list[Any]], note: str) -> Sheet:
    return Sheet(title, [Column(head, Kind.TEXT) for head in heads], rows, note)


def _figure(row: list[Any]) -> Figure:
    step, count, firms, fen, days, hidden = row
    return Figure(Step(step), count, firms, Fen(fen), None if days is None else Decimal(days), hidden)


def _count(one: Figure) -> str:
    return NOTHING if one.hidden else f"{one.count:,}"


def _compared(record: Mapping[str, Any], volume: Volume, lang: str) -> Compared:
    now, former, year = (side["volumes"][volume.value] for side in (record, record["former"], record["year"]))
    target = (record["plan"].get(volume.value) or [None])[0]
    of_money = volume in BY_MONEY
    done = None if now is None else now[2 if of_money else 0]
    return Compared(
        label=name(volume, lang),
        unit=figures.unit_of(volume, lang),
        now=_number(now),
        money=NOTHING if now is None or not now[2] else wan(now[2]),
        former=_number(former),
        change=_change(now, former),
        year=_number(year),
        change_of_year=_change(now, year),
        plan=words(lang)(_("尚无计划")) if target is None else _planned(target, lang, of_money=of_money),
        reached=NOTHING if not target or done is None else figures.percent(done, target),
    )


def _planned(target: int, lang: str, *, of_money: bool) -> str:
    return words(lang)(_("{amount} 万元")).format(amount=wan(target)) if of_money else f"{target:,}"


def _number(row: list[int] | None) -> str:
    return NOTHING if row is None else f"{row[0]:,}"


def _change(now: list[int] | None, then: list[int] | None) -> str:
    """By how much more or less, in percent of then; nothing where then was nothing or either is not shown."""
    if now is None or then is None or not then[0]:
        return NOTHING
    tenths = divide_half_up(1_000 * (now[0] - then[0]), then[0])
    return f"{'+' if tenths > 0 else ''}{Decimal(tenths) / 10:.1f}%"
