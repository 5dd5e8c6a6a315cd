"""The conduct of banks as others meet it: the two on the seats, the bank that is asked, who puts people on the seats, and the figures."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.conduct import cases, evidence, figures, posts, views
from financing.conduct.model import ConductLetter, HandlerPost
from financing.conduct.rules import OUTCOMES, ConductOutcome, Seat
from financing.people.model import User
from financing.refusals import NotFound
from web.fields import Day, Text, Whole
from web.forms import Form
from web.page import Answer, Page, get, post

LINES = Text(2_000, lines=True)


class NoteForm(Form):
    happened: Annotated[str, LINES]


class AskForm(Form):
    asks: Annotated[str, LINES]


class CloseForm(Form):
    outcome: ConductOutcome
    answer: Annotated[str, LINES]


class LetterForm(Form):
    answer: Annotated[str, LINES]


class SeatForm(Form):
    seat: Seat
    person: Annotated[int | None, Whole(1, 2**53)] = None
    since: Day


#: The form of each step of a case.
FORMS: dict[Act, type[Form]] = {
    **dict.fromkeys((Act.LOOK_INTO, Act.FIND_BREACH, Act.FIND_NOTHING, Act.REFER_CONDUCT), NoteForm),
    Act.ASK_BANK: AskForm,
    Act.CLOSE_CONDUCT: CloseForm,
}


class HandlerPages(Controller):
    @get("/conduct/cases", name="conduct")
    def listed(self, request: Page, closed: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            if not views.sits(desk):
                raise NotFound(kind="ConductCase")
            rows = views.listed(desk, closed=bool(closed))
        return request.show("conduct/list.html", rows=rows, closed=bool(closed))

    @get("/conduct/cases/{key:int}", name="conduct.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        return _case(request, key)

    @post("/conduct/cases/{key:int}/reporter", name=Act.OPEN_REPORTER, page=show)
    def reporter(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(claim=False) as desk:
            facts = cases.opened(desk, cases.held(desk, key))
        return _case(request, key, facts)

    @post("/conduct/cases/{key:int}/evidence/{file:int}", name=Act.OPEN_EVIDENCE, page=show)
    def file(self, request: Page, key: FromPath[int], file: FromPath[int]) -> Answer:
        with request.desk(claim=False) as desk:
            held = evidence.opened(desk, cases.held(desk, key), file, request.app.state.settings.uploads)
        return request.download(held.content, held.name, "application/octet-stream")

    @post("/conduct/cases/{key:int}/look", name=Act.LOOK_INTO, page=show)
    def look(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(NoteForm)
        with request.desk() as desk:
            cases.look_into(desk, cases.held(desk, key, lock=True), form.happened)
            return request.go("conduct.show", key=key)

    @post("/conduct/cases/{key:int}/ask", name=Act.ASK_BANK, page=show)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AskForm)
        with request.desk() as desk:
            cases.ask_bank(desk, cases.held(desk, key, lock=True), form.asks)
            return request.go("conduct.show", key=key)

    @post("/conduct/cases/{key:int}/breach", name=Act.FIND_BREACH, page=show)
    def breach(self, request: Page, key: FromPath[int]) -> Answer:
        return _find(request, key, Act.FIND_BREACH)

    @post("/conduct/cases/{key:int}/nothing", name=Act.FIND_NOTHING, page=show)
    def nothing(self, request: Page, key: FromPath[int]) -> Answer:
        return _find(request, key, Act.FIND_NOTHING)

    @post("/conduct/cases/{key:int}/refer", name=Act.REFER_CONDUCT, page=show)
    def refer(self, request: Page, key: FromPath[int]) -> Answer:
        return _find(request, key, Act.REFER_CONDUCT)

    @post("/conduct/cases/{key:int}/close", name=Act.CLOSE_CONDUCT, page=show)
    def close(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CloseForm)
        with request.desk() as desk:
            cases.close(desk, cases.held(desk, key, lock=True), form.outcome, form.answer)
            return request.go("conduct.show", key=key)

    @get("/conduct/figures", name="conduct.figures")
    def figures(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            sits = views.sits(desk)
        told = figures.figures(request.app.state.database, request.now)
        return request.show("conduct/figures.html", told=told, sits=sits)


class LetterPages(Controller):
    @get("/conduct/letters", name="conduct.letters")
    def listed(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows = [(one, desk.calendar.left(desk.today, one.due_on)) for one in views.letters(desk)]
        return request.show("conduct/letters.html", rows=rows)

    @get("/conduct/letters/{key:int}", name="conduct.letter")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            letter = desk.get(ConductLetter, key)
            left = desk.calendar.left(desk.today, letter.due_on)
        return request.show("conduct/letter.html", letter=letter, left=left, form=request.sheet(LetterForm), act=Act)

    @post("/conduct/letters/{key:int}", name=Act.ANSWER_LETTER, page=show)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(LetterForm)
        with request.desk() as desk:
            cases.answer_letter(desk, desk.get(ConductLetter, key), form.answer)
            return request.go("conduct.letter", key=key)


class SeatPages(Controller):
    @get("/conduct/handlers", name="handlers")
    def show(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            lines = posts.history(desk)
            people = [(one.id, one.name) for one in posts.people(desk)]
        return request.show("conduct/handlers.html", lines=lines, people=people, form=request.sheet(SeatForm), act=Act)

    @post("/conduct/handlers", name=Act.PROPOSE_HANDLER, page=show)
    def propose(self, request: Page) -> Answer:
        form = request.read(SeatForm)
        with request.desk() as desk:
            posts.propose(desk, form.seat, desk.get(User, form.person) if form.person else None, form.since)
            return request.go("handlers")

    @post("/conduct/handlers/{key:int}/adopt", name=Act.ADOPT_HANDLER, page=show)
    def adopt(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            posts.adopt(desk, desk.get(HandlerPost, key))
            return request.go("handlers")

    @post("/conduct/handlers/{key:int}/turn-down", name=Act.TURN_DOWN_HANDLER, page=show)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            posts.turn_down(desk, desk.get(HandlerPost, key))
            return request.go("handlers")


def _case(request: Page, key: int, facts: dict[str, object] | None = None) -> Answer:
    """A case with the form of each step that is open; `facts` once who reported has been opened."""
    with request.desk(write=False) as desk:
        case = views.shown(desk, key)
    forms = {act: request.sheet(kind) for act, kind in FORMS.items() if act in case.acts}
    outcomes = OUTCOMES.get(case.row.case.state, ())
    return request.show("conduct/case.html", case=case, facts=facts, forms=forms, outcomes=outcomes, act=Act)


def _find(request: Page, key: int, finding: Act) -> Answer:
    form = request.read(NoteForm)
    with request.desk() as desk:
        cases.find(desk, cases.held(desk, key, lock=True), finding, form.happened)
        return request.go("conduct.show", key=key)
