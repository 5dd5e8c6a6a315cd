"""Pages of how helpers have served: everybody's line beside each other, and the cases behind one number."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.desk import Desk
from financing.helping import people, scores
from financing.helping.scores import Measure
from financing.ratings import periods
from financing.ratings.periods import Period
from financing.refusals import NotFound
from financing.roles import Role
from web.fields import one_of
from web.page import Answer, Page, get


class ScorePages(Controller):
    @get("/helping/scores", name="helping.scores")
    def listed(self, request: Page, period: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            chosen, choices = _period(desk, period)
            found, over = scores.scores(desk, chosen), chosen.until < desk.today
        return request.show(
            "helping/scores.html",
            found=found,
            units=scores.units(found),
            period=chosen,
            choices=choices,
            measures=Measure,
            over=over,
        )

    @get("/helping/scores/{key:int}", name="helping.score")
    def one(
        self, request: Page, key: FromPath[int], measure: FromQuery[str] = "", period: FromQuery[str] = ""
    ) -> Answer:
        if request.actor.role is Role.OFFICER and key != request.actor.id:
            raise NotFound(kind="User")
        shown = one_of(Measure, measure)
        with request.desk(write=False) as desk:
            user, (chosen, _) = people.colleague(desk, key), _period(desk, period)
            rows = scores.cases(desk, key, shown, chosen) if shown else []
            went = [] if shown else scores.visits(desk, key, chosen)
        return request.show("helping/score.html", user=user, measure=shown, rows=rows, went=went, period=chosen)


def _period(desk: Desk, key: str) -> tuple[Period, list[Period]]:
    """The period asked for, else the year that runs; and those there are to choose from."""
    running = Period(desk.today.replace(month=1, day=1), 12)
    choices = [running, *periods.over(desk.today)[:20]]
    asked = periods.named(key)
    return (asked if asked and asked.since <= desk.today else running), choices
