"""The register of guarantees and the monthly return (在保台账、监管月报): one view for the page, the paper and the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from markupsafe import Markup

from financing.money import Fen
from financing.register.lines import LINES, Cell, Filled, Origin, Unit
from financing.register.policy import AT_LEAST, BELOW, Alarm, Ratio, Watched
from financing.register.rules import Row
from financing.register.views import Return
from financing.register_words import RETURN_LINES, RETURN_NOTES
from financing.wording import name
from financing.words import _
from reports.charts import Bar, bars
from reports.pdf import Job
from reports.sheets import Column, Kind, Sheet
from reports.typesetting import SOURCE, fine, paper, words

MONTHS = 12
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of the return in words: its number, name, unit, three columns, and where it comes from."""

    number: str
    name: str
    depth: int
    unit: str
    now: str
    start: str
    before: str
    origin: Origin
    missing: bool


@dataclass(frozen=True, slots=True)
class RatioShown:
    """One ratio in words: its value, what is asked, how it is kept, and by which rule."""

    ratio: Ratio
    value: str
    sides: str
    bar: str
    alarm: Alarm
    source: str


@dataclass(frozen=True, slots=True)
class ReturnView:
    """Everything one return says on paper."""

    zone: str
    company: str
    month: date
    lines: Sequence[LineShown]
    notes: Sequence[str]
    missing: int
    typed_by: str
    confirmed_by: str
    rehearsal: bool = False


# --- the return ---------------------------------------------------------------------------------------------------------
def return_lines(found: Return, lang: str = SOURCE) -> list[LineShown]:
    """The lines as they are read; a figure that nobody typed is said to be missing, never nought."""
    say = words(lang)
    return [
        LineShown(
            number=one.line.number,
            name=say(RETURN_LINES[one.line.key]),
            depth=one.line.depth,
            unit=name(one.line.unit, lang),
            now=written(one.line.unit, one.now, say(_("待填"))),
            start=written(one.line.unit, one.start, say(_("待填"))),
            before=written(one.line.unit, one.before, say(_("待填"))),
            origin=one.line.origin,
            missing=bool(one.now.missing),
        )
        for one in found.lines
    ]


def written(unit: Unit, cell: Cell, missing: str) -> str:
    """万元 with two decimals, or a whole number."""
    if cell.blank:
        return NOTHING
    if cell.value is None:
        return missing
    return fine(cell.value) if unit is Unit.WAN else f"{cell.value:,}"


def typed_line(key: str, value: int, lang: str = SOURCE) -> tuple[str, str, str]:
    """One figure as somebody typed it: the line's number, its name, the figure with its unit."""
    line, say = LINES[key], words(lang)
    return line.number, say(RETURN_LINES[key]), f"{written(line.unit, Cell(value), '')} {name(line.unit, lang)}"


def notes(lang: str = SOURCE) -> list[str]:
    """How the form counts, with its sources."""
    return [words(lang)(note) for note in RETURN_NOTES]


def return_paper(view: ReturnView, lang: str = SOURCE) -> Job:
    """The printing job of a return, A4 landscape."""
    html = paper("return.html", lang, r=view, rehearsal=view.rehearsal)
    return Job(html, sha256(html.encode()).hexdigest())


def return_sheets(found: Return, lang: str = SOURCE) -> list[Sheet]:
    """The return as a workbook: money in 万元, numbers of customers and people, and how it counts."""
    say = words(lang)
    money = [one for one in found.lines if one.line.unit is Unit.WAN]
    counts = [one for one in found.lines if one.line.unit is not Unit.WAN]
    title = say(_("监管月报 {month}")).format(month=f"{found.month:%Y-%m}")
    money_name, counts_name = say(_("金额")), say(_("户数和人数"))
    notes_sheet = Sheet(say(_("填报说明")), [Column(say(_("说明")), width=48)], [[note] for note in notes(lang)])
    return [
        Sheet(f"{title} {money_name}", _columns(Kind.WAN, say), list(_rows(money, lang)), say(_("金额单位：万元"))),
        Sheet(
            f"{title} {counts_name}",
            _columns(Kind.WHOLE, say),
            list(_rows(counts, lang)),
            say(_("单位：户、人")),
        ),
        notes_sheet,
    ]


def _columns(kind: Kind, say: Callable[[str], str]) -> list[Column]:
    unit = say(_("万元")) if kind is Kind.WAN else ""
    heads = [say(_("本月末")), say(_("年初")), say(_("上年同期"))]
    return [
        Column(say(_("行次"))),
        Column(say(_("项目"))),
        *(Column(head, kind, unit) for head in heads),
        Column(say(_("来源"))),
    ]


def _rows(lines: Sequence[Filled], lang: str) -> Iterator[list[object]]:
    say = words(lang)
    for one in lines:
        cells = [
            NOTHING if cell.blank else say(_("待填")) if cell.value is None else cell.value
            for cell in (one.now, one.start, one.before)
        ]
        label = "　" * one.line.depth + say(RETURN_LINES[one.line.key])
        yield [one.line.number, label, *cells, name(one.line.origin, lang)]


# --- the register -------------------------------------------------------------------------------------------------------
def ratio_lines(ratios: Sequence[Watched], lang: str = SOURCE) -> list[RatioShown]:
    """The policy ratios in words."""
    return [_ratio(one, lang) for one in ratios]


def _ratio(one: Watched, lang: str) -> RatioShown:
    say = words(lang)
    asks = _("不低于 {bar}") if one.ratio in AT_LEAST else _("低于 {bar}") if one.ratio in BELOW else _("不高于 {bar}")
    sides = (
        say(_("{part} ÷ {whole} 万元")).format(part=fine(one.sides[0].fen), whole=fine(one.sides[1].fen))
        if one.sides
        else ""
    )
    return RatioShown(
        ratio=one.ratio,
        value=NOTHING if one.value is None else spelled(one.ratio, one.value, lang),
        sides=sides,
        bar=NOTHING if one.bar is None else say(asks).format(bar=spelled(one.ratio, one.bar, lang)),
        alarm=one.alarm,
        source=one.source,
    )


def spelled(ratio: Ratio, ppm: int, lang: str) -> str:
    """A leverage in times of net assets, every other ratio in percent, both with two decimals rounded half up."""
    if ratio is Ratio.LEVERAGE:
        return words(lang)(_("{times} 倍")).format(times=fine(ppm))
    return f"{fine(ppm * 100)}%"


def course_days(day: date) -> list[date]:
    """The days of the chart: the last twelve ends of months, this day last."""
    return [*month_ends(day, MONTHS - 1), day]


def outstanding_chart(course: Sequence[tuple[date, Fen]], lang: str = SOURCE) -> Markup | None:
    """The balance at the end of each of some days, the day of the register last; None while there never was any."""
    most, day = max(balance.fen for _end, balance in course), course[-1][0]
    if not most:
        return None
    rows = [
        Bar(
            f"{end:%Y-%m}" if end != day else f"{end:%Y-%m-%d}",
            balance.fen // 10_000,
            most // 10_000,
            fine(balance.fen),
        )
        for end, balance in course
    ]
    return bars(rows, words(lang)(_("在保余额（万元）")), letters=12)


def month_ends(day: date, count: int) -> list[date]:
    """The last days of so many months before a day's own month, the earliest first."""
    ends, first = [], day.replace(day=1)
    for _step in range(count):
        ends.append(first - date.resolution)
        first = ends[-1].replace(day=1)
    return ends[::-1]


def register_sheet(rows: Sequence[Row], day: date, *, named: bool, lang: str = SOURCE) -> Sheet:
    """The register as a list, money in 万元."""
    say, wan = words(lang), words(lang)(_("万元"))
    heads = [
        Column(say(_("担保编号"))), *([Column(say(_("企业")))] if named else []), Column(say(_("银行"))), Column(say(_("规模"))),
        Column(say(_("行业大类"))), Column(say(_("形式"))), Column(say(_("担保金额")), Kind.WAN, wan),
        Column(say(_("在保余额")), Kind.WAN, wan), Column(say(_("担保责任余额")), Kind.WAN, wan), Column(say(_("责任比例")), Kind.PERCENT, "%"),
        Column(say(_("年担保费率")), Kind.PERCENT, "%"), Column(say(_("代偿余额")), Kind.WAN, wan), Column(say(_("出具日")), Kind.DAY),
        Column(say(_("借款到期")), Kind.DAY), Column(say(_("保证期间至")), Kind.DAY), Column(say(_("状态"))), Column(say(_("补登"))),
    ]  # fmt: skip
    lines = [
        [
            row.letter.number, *([row.letter.firm] if named else []), row.letter.bank, size(row.letter.size, lang), row.letter.division,
            name(row.letter.form, lang), row.letter.amount, row.balance, row.weighted, row.letter.share, row.letter.fee, row.unrecovered,
            row.issued, row.letter.matures, row.letter.until, name(row.state, lang), say(_("补登")) if row.late else "",
        ]
        for row in rows
    ]  # fmt: skip
    title = say(_("在保台账 {day}")).format(day=day.isoformat())
    return Sheet(title, heads, lines, say(_("截至当日日终；补登：该笔有截至当日的事项在当日之后才登记。")))


def size(key: str, lang: str) -> str:
    """The class of a firm's size, as scoring.sizes has it."""
    return words(lang)(
        {"micro": _("微型"), "small": _("小型"), "medium": _("中型"), "large": _("大型")}.get(key, _("未定"))
    )
