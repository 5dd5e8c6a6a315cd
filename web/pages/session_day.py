"""The day of a session: the board on every screen, the clock for the office, the table for the bank, answer sheets typed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent

from financing.acts import Act
from financing.desk import Desk
from financing.forums import clock, day_views, intents, views
from financing.forums.board import Board, watched
from financing.forums.day_model import RoundClock
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession, Talk
from web.fields import Text, Wan
from web.forms import Form
from web.page import Answer, Page, get, post

RETRY = 3_000  # milliseconds after which a browser comes again


class IntentForm(Form):
    said: Said
    amount: Wan | None = None


class SheetForm(IntentForm):
    """An answer sheet as typed by the office."""

    answer_code: Annotated[str, Text(20)]
    signed: Annotated[str, Text(40)]


class SessionDayPages(Controller):
    @get("/sessions/{key:int}/board", name="session.board")
    def board(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            session = watched(desk, key)
            own = views.one(desk, session)
            held = desk.find(RoundClock, RoundClock.session_id == key)
            found = day_views.day(desk, session)
        shown: Board = request.app.state.boards.read(key)  # the platform's own reading, the same for all who may watch
        return request.show(
            "forums/board.html", board=shown, left=shown.left(request.now), own=own, day=found, clock=held,
            clock_acts=day_views.clock_acts(request.actor, held, shown), form=request.sheet(Form), act=Act,
        )  # fmt: skip

    @get("/sessions/{key:int}/live", name="session.live")
    def live(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            watched(desk, key)
        boards = request.app.state.boards
        boards.admit(request.actor.id)
        stream = boards.stream(key, request.actor.id, request.lang, partial(_fragment, request))
        return ServerSentEvent(stream, retry_duration=RETRY)

    @post("/sessions/{key:int}/clock/start", name=Act.START_CLOCK, page=board)
    def start(self, request: Page, key: FromPath[int]) -> Answer:
        return _turned(request, key, clock.start)

    @post("/sessions/{key:int}/clock/stop", name=Act.STOP_CLOCK, page=board)
    def stop(self, request: Page, key: FromPath[int]) -> Answer:
        return _turned(request, key, clock.stop)

    @post("/sessions/{key:int}/clock/next", name=Act.NEXT_ROUND, page=board)
    def next(self, request: Page, key: FromPath[int]) -> Answer:
        return _turned(request, key, clock.next_round)

    @get("/talks/{key:int}", name="talk.show")
    def talk(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = day_views.talk(desk, desk.get(Talk, key))
        form = request.sheet(IntentForm, found.intent)
        return request.show("forums/talk.html", talk=found, form=form, act=Act)

    @post("/talks/{key:int}/intent", name=Act.RECORD_INTENT, page=talk)
    def record(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(IntentForm)
        with request.desk() as desk:
            intents.record(desk, desk.get(Talk, key), intents.Word(form.said, form.amount))
            return request.go("talk.show", key=key)

    @get("/sessions/{key:int}/answers", name="session.answers")
    def answers(self, request: Page, key: FromPath[int], code: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            session = desk.get(ForumSession, key)
            rows = day_views.answers(desk, session)
        form = request.sheet(SheetForm, answer_code=code[:20])
        return request.show("forums/answers.html", session=session, rows=rows, form=form, act=Act)

    @post("/sessions/{key:int}/answers", name=Act.TYPE_ANSWER, page=answers)
    def type_in(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(SheetForm)
        with request.desk() as desk:
            word = intents.Word(form.said, form.amount, form.signed)
            intents.type_in(desk, desk.get(ForumSession, key), form.answer_code, word)
            return request.go("session.answers", key=key)


def _fragment(request: Page, found: Board) -> str:
    words: str = request.app.state.environments[request.lang].get_template("forums/live.html").render(board=found)
    return words


def _turned(request: Page, key: int, turn: Callable[[Desk, RoundClock], None]) -> Answer:
    """One turn of the clock, by an officer who sees how it stands now."""
    form = request.read(Form)
    with request.desk() as desk:
        turn(desk, day_views.clock_of(desk, key, form.version))
        return request.go("session.board", key=key)
