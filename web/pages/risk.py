"""The risk of the portfolio: classes, age of arrears, warnings, checks, their course, and the lists behind every figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from litestar import Controller
from litestar.params import FromQuery
from markupsafe import Markup

from financing import wording
from financing.loans.rules import Bucket, FiveClass
from financing.watch import risk
from financing.watch.risk import Month
from financing.watch.rules import Level
from financing.watch.warning_rules import every_rule
from financing.words import _
from reports.charts import Bar, bars
from reports.typesetting import fine
from web.fields import one_of
from web.page import Answer, Page, get


class RiskPages(Controller):
    @get("/risk", name="risk")
    def show(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found = risk.portfolio(desk)
            course = risk.course(desk, risk.ends(desk.today))
        return request.show(
            "watch/risk.html", found=found, course=course, pictures=_pictures(course, request.lang), rules=every_rule(),
            levels=Level, two=lambda amount: fine(amount.fen),
        )  # fmt: skip

    @get("/risk/list", name="risk.list")
    def listed(
        self, request: Page, risk_class: FromQuery[str] = "", bucket: FromQuery[str] = "", late: FromQuery[str] = "",
        page: FromQuery[int] = 1,
    ) -> Answer:  # fmt: skip
        which, age = one_of(FiveClass, risk_class), one_of(Bucket, bucket)
        with request.desk(write=False) as desk:
            found = risk.listed(desk, risk=which, bucket=age, late=bool(late), page=min(page, 10_000))
        return request.show(
            "watch/risk_list.html", found=found, which=which, bucket=age, late=late, classes=FiveClass, buckets=Bucket
        )


def _pictures(course: Sequence[Month], lang: str) -> list[tuple[str, Markup]]:
    """What grew or fell over the months, each with its unit; what was always nothing has no picture."""
    say = wording.translate(lang)
    asked: list[tuple[str, Callable[[Month], int], Callable[[Month], str]]] = [
        (
            say(_("逾期贷款的在保余额（万元）")),
            lambda one: one.past_due.fen // 10_000,
            lambda one: fine(one.past_due.fen),
        ),
        (say(_("待处置预警（件）")), lambda one: one.warnings, lambda one: str(one.warnings)),
        (say(_("逾期检查（件）")), lambda one: one.late, lambda one: str(one.late)),
    ]
    return [(title, _picture(title, course, value, label)) for title, value, label in asked if any(map(value, course))]


def _picture(
    title: str, course: Sequence[Month], value: Callable[[Month], int], label: Callable[[Month], str]
) -> Markup:
    most = max(map(value, course))
    names = [f"{one.day:%Y-%m}" for one in course[:-1]] + [course[-1].day.isoformat()]
    rows = [Bar(name, value(one), most, label(one)) for name, one in zip(names, course, strict=True)]
    return bars(rows, title, letters=12)
