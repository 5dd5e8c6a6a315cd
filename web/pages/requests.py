"""Pages of requests: raise one, follow it, sign, answer, open again, close; the office's list by urgency."""

from __future__ import annotations

from typing import Annotated, ClassVar

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.helping import people, requests, views
from financing.helping.request_model import HelpRequest
from financing.helping.rules import Span, Topic
from financing.helping.views import Which
from financing.papers.rules import PaperKind
from financing.ratings.rules import Grade
from web.attached import attached
from web.fields import Text, Upload, one_of
from web.forms import Form
from web.page import Answer, Page, get, post


class RaiseForm(Form):
    help_topic: Topic
    request_title: Annotated[str, Text(80)]
    request_says: Annotated[str, Text(1000, lines=True)]
    request_paper: Upload | None = None


class SignForm(Form):
    help_span: Span


class AnswerForm(Form):
    request_answer: Annotated[str, Text(1000, lines=True)]


class ReopenForm(Form):
    tag: ClassVar[str] = "reopen-"
    reason: Annotated[str, Text(500, lines=True)]


class CloseForm(Form):
    tag: ClassVar[str] = "close-"
    request_grade: Grade
    request_rating: Annotated[str, Text(300, lines=True)] = ""


class WordForm(Form):
    tag: ClassVar[str] = "word-"
    help_word: Annotated[str, Text(1000, lines=True)]
    request_paper: Upload | None = None


FORMS: dict[Act, type[Form]] = {
    Act.SIGN_REQUEST: SignForm,
    Act.ANSWER_REQUEST: AnswerForm,
    Act.REOPEN_REQUEST: ReopenForm,
    Act.CLOSE_REQUEST: CloseForm,
    Act.ADD_HELP_WORD: WordForm,
}


class RequestPages(Controller):
    @get("/requests", name="requests")
    def listed(self, request: Page, which: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        shown = one_of(Which, which) or Which.ZONE
        with request.desk(write=False) as desk:
            found = views.requests(desk, shown, min(page, 10_000))
        return request.show("helping/requests.html", found=found, which=shown, whiches=Which)

    @get("/requests/new", name="request.form")
    def form(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            by = views.helped(desk, request.actor.firm_id or 0, desk.today.year)
            until = requests.sign_by(desk)
        return request.show("helping/raise.html", form=request.sheet(RaiseForm), by=by, until=until, act=Act)

    @post("/requests", name=Act.RAISE_REQUEST, page=form, upload=True)
    def raise_(self, request: Page) -> Answer:
        form = request.read(RaiseForm)
        with attached(request.app.state.settings, form.request_paper, PaperKind.OTHER) as put, request.desk() as desk:
            firm = people.firm(desk, request.actor.firm_id or 0)
            asked = requests.raise_(desk, firm, form.help_topic, form.request_title, form.request_says, put(desk, firm))
            return request.go("request.show", key=asked.id)

    @get("/requests/{key:int}", name="request.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.request(desk, desk.get(HelpRequest, key))
        sheets = {step: request.sheet(kind) for step, kind in FORMS.items()}
        return request.show("helping/request.html", found=found, forms=sheets, act=Act)

    @post("/requests/{key:int}/sign", name=Act.SIGN_REQUEST, page=show)
    def sign(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(SignForm)
        with request.desk() as desk:
            requests.sign(desk, desk.get(HelpRequest, key), form.help_span)
            return request.go("request.show", key=key)

    @post("/requests/{key:int}/answer", name=Act.ANSWER_REQUEST, page=show)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            requests.answer(desk, desk.get(HelpRequest, key), form.request_answer)
            return request.go("request.show", key=key)

    @post("/requests/{key:int}/reopen", name=Act.REOPEN_REQUEST, page=show)
    def reopen(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReopenForm)
        with request.desk() as desk:
            requests.reopen(desk, desk.get(HelpRequest, key), form.reason)
            return request.go("request.show", key=key)

    @post("/requests/{key:int}/close", name=Act.CLOSE_REQUEST, page=show)
    def close(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CloseForm)
        with request.desk() as desk:
            requests.close(desk, desk.get(HelpRequest, key), form.request_grade, form.request_rating)
            return request.go("request.show", key=key)

    @post("/requests/{key:int}/withdraw", name=Act.WITHDRAW_REQUEST, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            requests.withdraw(desk, desk.get(HelpRequest, key))
            return request.go("request.show", key=key)

    @post("/requests/{key:int}/word", name=Act.ADD_HELP_WORD, page=show, upload=True)
    def word(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(WordForm)
        with attached(request.app.state.settings, form.request_paper, PaperKind.OTHER) as put, request.desk() as desk:
            asked = desk.get(HelpRequest, key)
            requests.add_word(desk, asked, form.help_word, put(desk, people.firm(desk, asked.firm_id)))
            return request.go("request.show", key=key)
