"""The leader's page: how far needs come, key ratios with their definitions, the guarantor's room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.contests import views as contests
from financing.desk import Desk
from financing.figures import views
from financing.figures.rules import RATIOS, REACHED, Figure, Step
from financing.money import divide_half_up
from financing.refusals import NotFound
from financing.words import _
from reports.charts import funnel
from web.page import Answer, Page, get
from web.places import address


@dataclass(frozen=True, slots=True)
class Shown:
    """One step as the table shows it; shares in whole percent, empty where there is nothing to divide by."""

    label: str
    count: int
    sum: str
    days: str
    of_first: str
    of_before: str
    url: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Key:
    """One key ratio: its name, its value and how it is worked out."""

    label: str
    value: str
    how: str


class FigurePages(Controller):
    path = "/figures"

    @get("/", name="figures")
    def figures(self, request: Page, since: FromQuery[str] = "", until: FromQuery[str] = "") -> Answer:
        with request.desk() as desk:
            report, looks = views.report(desk, *period(desk, since, until)), contests.tallies(desk)
        steps = _shown(request, report)
        say = wording.translate(request.lang)
        picture = funnel([(step.label, step.count) for step in steps if not step.hidden], say(_("从登记到选定")), say)
        return request.show(
            "figures/show.html",
            report=report,
            steps=steps,
            picture=picture,
            ratios=_ratios(report, request.lang),
            looks=looks,
        )

    @get("/{key:str}", name="figures.list")
    def behind(
        self, request: Page, key: FromPath[str], since: FromQuery[str] = "", until: FromQuery[str] = ""
    ) -> Answer:
        if key not in set(REACHED):
            raise NotFound(kind="Step")
        step = Step(key)
        with request.desk() as desk:
            first, last = period(desk, since, until)
            lines = views.behind(desk, step, first, last)
        return request.show("figures/list.html", step=step, lines=lines, since=first, until=last, most=views.MOST)


def _shown(request: Page, report: views.Report) -> list[Shown]:
    first = report.steps[0]
    return [
        Shown(
            label=wording.name(figure.step, request.lang),
            count=figure.count,
            sum=wording.wan(figure.sum, request.lang).split(" ")[0] if figure.step in REACHED else "",
            days="" if figure.days is None else str(figure.days),
            of_first=_share(figure, first),
            of_before=_share(figure, before) if before else "",
            url=_list(request, figure, report),
            hidden=figure.hidden,
        )
        for before, figure in zip((None, *report.steps), report.steps, strict=False)
    ]


def _share(part: Figure, whole: Figure) -> str:
    return "" if part.hidden or whole.hidden or not whole.count else _percent(part.count, whole.count)


def _percent(part: int, whole: int) -> str:
    """With one decimal, rounded half up like every figure on the page."""
    return f"{Decimal(divide_half_up(1000 * part, whole)) / 10:.1f}%"


def _list(request: Page, figure: Figure, report: views.Report) -> str:
    if figure.step not in REACHED or figure.hidden or not figure.count:
        return ""
    return address(request.app, "figures.list", key=figure.step.value, since=report.since, until=report.until)


def _ratios(report: views.Report, lang: str) -> list[Key]:
    say, name = wording.translate(lang), partial(wording.name, lang=lang)
    hidden, none = say(_("不足 5 家企业，不显示")), "—"
    divided = [
        Key(name(ratio), hidden if parts is None else _percent(*parts) if parts[1] else none,
            f"{name(RATIOS[ratio][0])} ÷ {name(RATIOS[ratio][1])}")
        for ratio, parts in report.ratios.items()
    ]  # fmt: skip
    days = next(figure.days for figure in report.steps if figure.step is Step.ANSWERED)
    return [
        *divided,
        Key(say(_("首答时间")), none if days is None else say(_("{days} 天")).format(days=days),
            say(_("从发送档案到银行第一次答复的中位天数"))),
        Key(say(_("平均利率")), wording.percent(report.rate) if report.rate else none, say(_("企业接受的报价年利率，按金额加权"))),
        Key(say(_("放大倍数")), _times(report, say), say(_("担保责任余额（含已预留）÷ 净资产"))),
    ]  # fmt: skip


def _times(report: views.Report, say: Callable[[str], str]) -> str:
    """Exposure over net assets with two decimals, rounded half up."""
    if report.leverage is None:
        return "—"
    exposure, assets = report.leverage
    return say(_("{times} 倍")).format(times=Decimal(divide_half_up(100 * exposure.fen, assets.fen)) / 100)


def period(desk: Desk, since: str, until: str) -> tuple[date, date]:
    """The days asked for; this year so far when they are missing, no days, or the wrong way round."""
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        return date(desk.today.year, 1, 1), desk.today
    return (first, last) if first <= last else (date(desk.today.year, 1, 1), desk.today)
