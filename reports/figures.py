"""Figures in words (统计): one way of saying them for the page, the paper and the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from financing.figure_words import DEFINITIONS
from financing.figures.ratio_rules import OF_MONEY, Key, Ratio, Unit
from financing.figures.rules import Figure, Step, Volume
from financing.figures.volumes import FIRMS_ONLY, Amount
from financing.money import divide_half_up
from financing.wording import name
from financing.words import _
from reports.charts import funnel
from reports.trends import Series, columns, lines
from reports.typesetting import SOURCE, wan, words

NOTHING = "—"
#: The lines of the first chart, and what the columns of the second are.
DRAWN = (Volume.NEEDS, Volume.OFFERED, Volume.PAID)


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as a table shows it; shares with one decimal, a dash where there is nothing to divide by."""

    step: Step
    label: str
    count: str
    firms: str
    sum: str
    days: str
    of_first: str
    of_before: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class KeyShown:
    """One ratio in words: its value, what was divided by what, its definition and where that comes from."""

    ratio: Ratio
    label: str
    value: str
    sides: str
    how: str
    sense: str
    source: str


def steps_shown(steps: Sequence[Figure], lang: str = SOURCE) -> list[StepShown]:
    """The funnel in words; the first step counts firms, every share after it is of needs handed in."""
    needs = steps[1] if len(steps) > 1 else steps[0]
    return [
        StepShown(
            step=one.step,
            label=name(one.step, lang),
            count=f"{one.count:,}",
            firms=f"{one.firms:,}",
            sum=NOTHING if one.step is Step.REGISTERED else wan(one.sum.fen),
            days=NOTHING if one.days is None else str(one.days),
            of_first=NOTHING if one.step is Step.REGISTERED else share(one, needs),
            of_before=NOTHING if one.step in {Step.REGISTERED, Step.SUBMITTED} else share(one, steps[n - 1]),
            hidden=one.hidden,
        )
        for n, one in enumerate(steps)
    ]


def share(part: Figure, whole: Figure) -> str:
    return NOTHING if part.hidden or whole.hidden or not whole.count else percent(part.count, whole.count)


def percent(part: int, whole: int) -> str:
    """With one decimal, rounded half up."""
    return f"{Decimal(divide_half_up(1_000 * part, whole)) / 10:.1f}%"


def keys_shown(keys: Sequence[Key], lang: str = SOURCE) -> list[KeyShown]:
    """The ratios in words; nothing on record is said, never nought."""
    say = words(lang)
    found = []
    for key in keys:
        about = DEFINITIONS[key.ratio]
        how = f"{say(about.part)} ÷ {say(about.whole)}" if about.whole else say(about.part)
        value = say(_("不足 5 家企业，不显示")) if key.hidden else valued(key, lang)
        found.append(
            KeyShown(
                key.ratio, name(key.ratio, lang), value, _sides(key, lang), how, say(about.sense), say(about.source)
            )
        )
    return found


def valued(key: Key, lang: str = SOURCE) -> str:
    """A value with its unit: percent with two decimals, times with two, days as they are."""
    say = words(lang)
    if key.value is None:
        return say(_("尚无数据"))
    if key.unit is Unit.DAYS:
        return say(_("{days} 天")).format(days=(Decimal(key.value) / 1_000_000).normalize() + 0)
    if key.unit is Unit.TIMES:
        return say(_("{times} 倍")).format(times=f"{Decimal(divide_half_up(key.value, 10_000)) / 100:.2f}")
    return f"{Decimal(divide_half_up(key.value, 100)) / 100:.2f}%"


def _sides(key: Key, lang: str) -> str:
    """What was divided by what, as numbers."""
    if key.part is None or key.whole is None:
        return ""
    if key.ratio in OF_MONEY:
        return words(lang)(_("{part} ÷ {whole} 万元")).format(part=wan(key.part), whole=wan(key.whole))
    return f"{key.part:,} ÷ {key.whole:,}"


def funnel_chart(steps: Sequence[Figure], lang: str = SOURCE) -> Markup:
    """How far needs came, without firms, which are another thing; what is hidden is not drawn."""
    say = words(lang)
    rows = [(name(one.step, lang), one.count) for one in steps if one.step is not Step.REGISTERED and not one.hidden]
    return funnel(rows, say(_("从提交需求到放款")), say)


@dataclass(frozen=True, slots=True)
class MonthsShown:
    """The last months: two charts and the table that says the same."""

    needs: Markup
    money: Markup
    heads: list[tuple[str, str, str]]  # word, unit, kind of cell
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def months_shown(
    months: Sequence[str], found: Mapping[Volume, Sequence[Amount | None]], lang: str = SOURCE
) -> MonthsShown:
    """Months as year-month, the earliest first; a month of too few firms is a dash in table and chart alike."""
    say = words(lang)
    series = [Series(name(one, lang), [None if row is None else row.count for row in found[one]]) for one in DRAWN]
    paid = [None if row is None else (row.fen, wan(row.fen)) for row in found[Volume.PAID]]
    heads = [(name(one, lang), unit_of(one, lang), "figure") for one in Volume]
    heads.append((say(_("放款金额")), say(_("万元")), "figure"))
    rows = tuple(
        (month, (*(_count(found[one][n]) for one in Volume), _money(found[Volume.PAID][n])))
        for n, month in enumerate(months)
    )
    return MonthsShown(
        lines(months, series, say(_("每月提交、报价和放款的笔数"))),
        columns(months, paid, say(_("每月放款金额（万元）"))),
        heads,
        rows,
    )


def _count(row: Amount | None) -> str:
    return NOTHING if row is None else f"{row.count:,}"


def _money(row: Amount | None) -> str:
    return NOTHING if row is None else wan(row.fen)


def month_names(starts: Sequence[date]) -> list[str]:
    """Year-month of each period that begins on one of these days but the last."""
    return [f"{start:%Y-%m}" for start in starts[:-1]]


def unit_of(volume: Volume, lang: str = SOURCE) -> str:
    return words(lang)(_("家") if volume in FIRMS_ONLY else _("笔"))
