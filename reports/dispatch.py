"""A meeting of the rhythm in words (调度会): one telling for the screen, the paper and the workbook, from the record as it was sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.cadence.rules import Item, Matter
from financing.clocks.rules import Step
from financing.figures.spans import Span
from financing.helping.task_rules import TaskState
from financing.ratings.rules import CallState
from financing.watch.rules import Level
from financing.wording import name
from financing.words import _
from reports.issued import Issued, issued_paper
from reports.pdf import Job
from reports.sheets import Column, Kind, Sheet
from reports.statistics import Told as Figures
from reports.statistics import told as figures_told
from reports.typesetting import SOURCE, paper, words

#: What a matter is called by its code, where it has one.
CODES = {Matter.STEP: Step, Matter.WARNING: Level, Matter.CALL: CallState}


@dataclass(frozen=True, slots=True)
class Shown:
    """One open matter in words."""

    place: int
    matter: str
    number: str
    about: str
    owner: str
    due: date
    late: int
    times: int
    ask: str
    decided: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything one meeting says."""

    title: str
    head: Mapping[str, Any]
    made_up: bool
    items: tuple[Shown, ...]
    further: int
    former: tuple[Mapping[str, Any], ...]
    general: tuple[Mapping[str, Any], ...]
    figures: Figures | None
    joined: tuple[str, ...]
    minutes: str
    writer: str
    closer: str


def titled(span: Span, until: date, lang: str = SOURCE) -> str:
    """What a meeting is called: 2026 年 11 月调度会."""
    say = words(lang)
    return {
        Span.MONTH: say(_("{year} 年 {month} 月调度会")),
        Span.QUARTER: say(_("{year} 年第 {quarter} 季度推进会")),
        Span.HALF: say(_("{year} 年{half}半年小结会")),
        Span.YEAR: say(_("{year} 年总账会")),
    }[span].format(
        year=until.year, month=until.month, quarter=until.month // 3,
        half=say(_("上")) if until.month <= 6 else say(_("下")),
    )  # fmt: skip


def about(item: Item, lang: str = SOURCE) -> str:
    """What a matter is about, in words."""
    if item.matter is Matter.COMMITMENT:
        return words(lang)(_("{count} 笔意向未报进展")).format(count=item.about)
    return name(CODES[item.matter](item.about), lang) if item.matter in CODES else item.about


def told(record: Mapping[str, Any], lang: str = SOURCE) -> Told:
    """A record of `service.minuted` in words; before the meeting is closed its decisions and minutes may be missing."""
    decisions = record.get("decisions", ())
    return Told(
        title=titled(Span(record["span"]), date.fromisoformat(record["until"]), lang),
        head=record,
        made_up=record["as_of"] > record["held_on"],
        items=tuple(_shown(place, Item.read(one), decisions, lang) for place, one in enumerate(record["items"], 1)),
        further=record["further"],
        former=tuple({**one, "state": name(TaskState(one["state"]), lang)} for one in record["former"]),
        general=tuple(one for one in decisions if not one["item"]),
        figures=figures_told(record["figures"], lang) if record["figures"] else None,
        joined=tuple(one["number"] for one in record.get("joined", ())),
        minutes=record.get("minutes", ""),
        writer=record.get("writer", ""),
        closer=record.get("closer", ""),
    )


def agenda(record: Mapping[str, Any], digest: str, zone: str, lang: str = SOURCE) -> Job:
    """The printing job of what a meeting that is not closed was convened on."""
    html = paper(
        "dispatch.html", lang, m=told(record, lang), zone=zone, i=None, square="", digest=digest[:12], rehearsal=False
    )
    return Job(html, f"dispatch-{record['number']}-{digest}-{len(record.get('decisions', ()))}-{lang}")


def minutes(issued: Issued, record: Mapping[str, Any], lang: str = SOURCE) -> Job:
    """The printing job of the minutes of a meeting, an issued paper."""
    return issued_paper("dispatch.html", issued, lang, m=told(record, lang), zone=issued.zone)


def meeting_sheets(record: Mapping[str, Any], lang: str = SOURCE) -> list[Sheet]:
    """The same as a workbook: open matters, decisions, what became of the former ones."""
    one, say = told(record, lang), words(lang)
    note = f"{record['number']}　{one.title}　{record['as_of']}"
    items = [
        Column(say(_("序号")), Kind.WHOLE), Column(say(_("事项"))), Column(say(_("编号"))), Column(say(_("内容"))),
        Column(say(_("责任人"))), Column(say(_("到期日")), Kind.DAY), Column(say(_("已逾期")), Kind.WHOLE, say(_("个工作日"))),
        Column(say(_("此前上会")), Kind.WHOLE, say(_("次"))), Column(say(_("请会议决定"))),
    ]  # fmt: skip
    rows = [(i.place, i.matter, i.number, i.about, i.owner, i.due, i.late, i.times, i.ask) for i in one.items]
    heads = [
        Column(say(_("事项序号")), Kind.WHOLE),
        Column(say(_("决定"))),
        Column(say(_("责任人"))),
        Column(say(_("完成期限")), Kind.DAY),
    ]
    decided = [
        (d["item"], d["said"], d["owner"], date.fromisoformat(d["due"]))
        for d in (*one.general, *(d for i in one.items for d in i.decided))
    ]
    former = [
        Column(say(_("会议"))), Column(say(_("决定"))), Column(say(_("责任人"))), Column(say(_("完成期限")), Kind.DAY),
        Column(say(_("任务"))), Column(say(_("状态"))), Column(say(_("已逾期")), Kind.WHOLE, say(_("个工作日"))),
    ]  # fmt: skip
    became = [
        (f["dispatch"], f["said"], f["owner"], date.fromisoformat(f["due"]), f["task"], f["state"], f["late"])
        for f in one.former
    ]
    return [
        Sheet(say(_("未了事项")), items, rows, note),
        Sheet(say(_("会议决定")), heads, decided, note),
        Sheet(say(_("上次决定的落实")), former, became, note),
        *_figures(one, say(_("本期数字")), lang),
    ]


def _figures(one: Told, title: str, lang: str) -> Iterable[Sheet]:
    if one.figures is None:
        return
    say, f = words(lang), one.figures
    heads = [say(_("项目")), say(_("单位")), say(_("本期")), say(_("金额（万元）")), say(_("上期")), say(_("比上期")), say(_("上年同期")), say(_("比上年同期")), say(_("计划")), say(_("完成"))]  # fmt: skip
    rows = [
        [v.label, v.unit, v.now, v.money, v.former, v.change, v.year, v.change_of_year, v.plan, v.reached]
        for v in f.volumes
    ]
    yield Sheet(title, [Column(head) for head in heads], rows, f"{f.since} – {f.until}")


def _shown(place: int, item: Item, decisions: Iterable[Mapping[str, Any]], lang: str) -> Shown:
    return Shown(
        place, name(item.matter, lang), item.number, about(item, lang), item.owner, item.due, item.late, item.times,
        name(item.ask, lang), tuple(one for one in decisions if one["item"] == place),
    )  # fmt: skip
