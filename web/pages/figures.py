"""The leader's page: how far needs come, key ratios with their definitions, months, the guarantor's room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.contests import views as contests
from financing.desk import BEIJING, Desk
from financing.figures import views
from financing.figures.ratio_rules import DIVIDED, Ratio
from financing.figures.rules import REACHED, Asked, Band, Step
from financing.refusals import NotFound
from reports import figures as shown
from reports.register import size
from scoring.sizes import Size
from web.industries import sections
from web.page import Answer, Page, get
from web.places import address

NARROW = ("park", "section", "size", "band")


class FigurePages(Controller):
    path = "/figures"

    @get("/", name="figures")
    def figures(
        self, request: Page, since: FromQuery[str] = "", until: FromQuery[str] = "", park: FromQuery[str] = "",
        section: FromQuery[str] = "", size: FromQuery[str] = "", band: FromQuery[str] = "",
    ) -> Answer:  # fmt: skip
        database = request.app.state.database
        with request.desk() as desk:
            asked = _asked(desk, since, until, park, section, size, band)
            looks, room = contests.tallies(desk), views.facility(desk)[0]
        report = views.report(database, desk, asked)  # it may write, so nothing is being read meanwhile
        months = shown.month_names(views.month_starts(asked.seen, views.MONTHS))
        return request.show(
            "figures/show.html",
            report=report,
            parks=[(park, park) for park in report.parks],
            at=report.at.astimezone(BEIJING),
            steps=shown.steps_shown(report.steps, request.lang),
            picture=shown.funnel_chart(report.steps, request.lang),
            keys=shown.keys_shown(report.keys, request.lang),
            months=shown.months_shown(months, report.months, request.lang),
            room=room,
            looks=looks,
            opens=query(asked),
            open_keys=_behind_keys(request, asked),
            **choices(request.lang),
        )

    @get("/{key:str}", name="figures.list")
    def behind(
        self, request: Page, key: FromPath[str], since: FromQuery[str] = "", until: FromQuery[str] = "",
        park: FromQuery[str] = "", section: FromQuery[str] = "", size: FromQuery[str] = "", band: FromQuery[str] = "",
        page: FromQuery[int] = 1,
    ) -> Answer:  # fmt: skip
        if key not in set(REACHED):
            raise NotFound(kind="Step")
        step = Step(key)
        with request.desk() as desk:
            asked = _asked(desk, since, until, park, section, size, band)
            lines = views.behind(desk, step, asked, page)
        return request.show("figures/list.html", step=step, lines=lines, asked=asked, opens=query(asked))


def _behind_keys(request: Page, asked: Asked) -> dict[Ratio, str]:
    """Where the list behind each ratio is: its numerator's, or the register that it is worked out in."""
    opens = query(asked)
    lists = {
        ratio: address(request.app, "figures.list", key=part.value, **opens)
        for ratio, (part, _whole) in DIVIDED.items()
    }
    lists[Ratio.FIRST_ANSWER] = address(request.app, "figures.list", key=Step.ANSWERED.value, **opens)
    lists[Ratio.RATE] = address(request.app, "figures.list", key=Step.CHOSEN.value, **opens)
    lists[Ratio.UNSECURED] = address(request.app, "figures.list", key=Step.PAID.value, **opens)
    lists[Ratio.FIRST_LOANS] = address(request.app, "first_loans", since=asked.since, until=asked.until)
    return lists | dict.fromkeys((Ratio.COMPENSATION, Ratio.LEVERAGE), address(request.app, "register", on=asked.seen))


def choices(lang: str) -> dict[str, Any]:
    """What the figures can be narrowed down to, in words."""
    named = [(one.value, size(one.value, lang)) for one in Size]
    return {"sections": sections(), "sizes": named, "bands": tuple(Band)}


def query(asked: Asked) -> dict[str, str]:
    """The question as the end of an address, without what was not asked."""
    days = {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
    return days | {name: value for name in NARROW if (value := getattr(asked, name))}


def _asked(desk: Desk, since: str, until: str, park: str, section: str, size: str, band: str) -> Asked:
    """The question as it was typed; what there is not narrows nothing down."""
    views.admit(desk)
    first, last = period(desk, since, until)
    asked = Asked(first, min(last, desk.today), desk.today, park=park[:60])
    return replace(
        asked,
        section=section if section in {code for code, _name in sections()} else "",
        size=size if size in set(Size) else "",
        band=band if band in set(Band) else "",
    )


def period(desk: Desk, since: str, until: str) -> tuple[date, date]:
    """The days asked for; this year so far when they are missing, no days, or the wrong way round."""
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        return date(desk.today.year, 1, 1), desk.today
    return (first, last) if first <= last else (date(desk.today.year, 1, 1), desk.today)
