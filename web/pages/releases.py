"""Offers beyond an officer's own right: the officer asks, the branch head releases one need up to an amount or returns it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.desk import Desk
from financing.listed import MOST_GIVEN
from financing.matching import release, views
from financing.matching.model import Match
from financing.matching.views import Received
from financing.offers import asks, releases
from financing.offers.ask_model import ClockPause
from financing.offers.release_model import ReleaseRequest
from financing.offers.release_rules import ReleaseState
from financing.parties import rights
from financing.refusals import NotFound
from web.fields import Text, Wan
from web.forms import Form
from web.page import Answer, Page, get, post

MOST = 50


class ReleaseForm(Form):
    most: Wan


class ReturnForm(Form):
    reason: Annotated[str, Text(300, lines=True)]


@dataclass(frozen=True, slots=True)
class Row:
    """A request with its dossier and the bank's clock."""

    asked: ReleaseRequest
    line: Received
    pause: ClockPause | None


class ReleasePages(Controller):
    @get("/releases", name="releases")
    def waiting(self, request: Page, answered: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            rows, heads = _rows(desk, answered=bool(answered)), rights.heads(desk)
        return request.show("offers/releases.html", rows=rows, heads=heads, answered=bool(answered), act=Act)

    @post("/matches/{key:int}/release/ask", name=Act.ASK_RELEASE)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            releases.ask(desk, desk.get(Match, key))
            return request.go("releases")

    @get("/matches/{key:int}/release", name="release.form")
    def release_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            match, line = desk.get(Match, key), _line(desk, key)
            before, asked = release.released(desk, match), releases.waiting_for(desk, match)
            pause = asks.pause(desk, key)
        form = request.sheet(ReleaseForm, most=asked.amount if asked else None)
        return request.show(
            "offers/release.html", line=line, before=before, asked=asked, pause=pause, form=form, act=Act
        )

    @post("/matches/{key:int}/release", name=Act.RELEASE_OFFER, page=release_form)
    def release(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReleaseForm)
        with request.desk() as desk:
            release.release(desk, desk.get(Match, key), form.most)
            return request.go("releases")

    @get("/matches/{key:int}/release/return", name="release.return.form")
    def return_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            line, asked = _line(desk, key), releases.waiting_for(desk, desk.get(Match, key))
        if asked is None:
            raise NotFound(kind="ReleaseRequest")
        return request.show(
            "offers/release_return.html", line=line, asked=asked, form=request.sheet(ReturnForm), act=Act
        )

    @post("/matches/{key:int}/release/return", name=Act.RETURN_RELEASE, page=return_form)
    def give_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReturnForm)
        with request.desk() as desk:
            releases.give_back(desk, desk.get(Match, key), form.reason)
            return request.go("releases")


def _rows(desk: Desk, *, answered: bool) -> list[Row]:
    """What waits, the bank's last day first; or what is over, the newest first."""
    kind = ReleaseRequest
    where = kind.state != ReleaseState.OPEN if answered else kind.state == ReleaseState.OPEN
    found = desk.all(kind, where, by=kind.asked_at.desc())[: MOST_GIVEN + 1 if desk.whole else MOST]
    pauses = asks.pauses(desk, *(one.match_id for one in found))
    lines = [(one, views.received(desk, one.match_id)) for one in found]
    rows = [Row(one, line, pauses.get(one.match_id)) for one, line in lines if line is not None]
    return rows if answered else sorted(rows, key=lambda row: row.line.due_on)


def _line(desk: Desk, key: int) -> Received:
    line = views.received(desk, key)
    if line is None:
        raise NotFound(kind="Match")
    return line
