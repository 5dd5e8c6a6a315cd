"""Answers when something cannot be done: one page in the reader's language, the same 404 for absent and forbidden."""

from __future__ import annotations

from typing import Any

from litestar.exceptions import HTTPException
from litestar.response import Redirect, Response
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as OutOfReach

from financing import wording
from financing.access import VISITOR
from financing.people.rules import Waits
from financing.refusals import Busy, NotFound, NotSignedIn, Refusal, TooLarge
from financing.sign_refusals import HalfwayIn
from financing.words import _
from web import denials
from web.api import said
from web.below import below
from web.handling import why
from web.log import log
from web.page import Page
from web.places import address, internal
from web.proving import next_step
from web.shield import SAID

MALFORMED = _("请求有误，没有处理。请返回上一页，刷新后重试。")


def refuse(request: Any, refusal: Refusal) -> Response[Any]:
    """The page of a refusal; who is not signed in goes to sign in and comes back to where they wanted to be."""
    denials.told(request, refusal)
    if below(request.url.path):
        return said.refusal(refusal)
    page = _page(request)
    wanted = internal(page.app, page.url.path)
    if isinstance(refusal, HalfwayIn) and page.method == "GET":
        return Redirect(address(page.app, next_step(Waits(str(refusal.facts["waits"]))), next=wanted), status_code=303)
    if isinstance(refusal, NotSignedIn) and page.method == "GET":
        return Redirect(address(page.app, "sign_in", next=wanted), status_code=303)
    return _answer(page, refusal.status, wording.sentence(refusal, page.lang))


def refuse_http(request: Any, error: HTTPException) -> Response[Any]:
    """What the framework itself refuses, in our words."""
    page = _page(request)
    if error.status_code == 404:
        return refuse(request, NotFound())
    if error.status_code == 413:
        return refuse(request, TooLarge(mib=page.app.state.settings.upload_mib))
    if error.status_code >= 500:
        return unexpected(request, error)
    answer = _answer(page, error.status_code, wording.translate(page.lang)(MALFORMED))
    if error.status_code == 405:  # an address is looked at, or sent to; where it is both, neither is refused
        answer.headers["allow"] = "GET, HEAD" if page.method == "POST" else "POST"
    return answer


def broken_off(request: Any, error: SQLAlchemyError) -> Response[Any]:
    """The database is away, full or too slow: nobody's fault who asks, and it passes."""
    return refuse(request, why(error))


def malformed(request: Any, _error: Exception) -> Response[Any]:
    """Bytes, numbers and nesting that no value of ours can have."""
    page = _page(request)
    return _answer(page, 400, wording.translate(page.lang)(MALFORMED))


def unexpected(request: Any, error: Exception) -> Response[Any]:
    """The last page: it says nothing of the cause but the number under which the log has it."""
    page = _page(request)
    log.error("unexpected", request=page.scope["state"].get("request_id"), exc_info=error)
    return _answer(page, 500, SAID[500][0 if page.lang == "zh" else 1])


def _both(status: int) -> tuple[str, str]:
    """What the framework or nobody of ours refuses, in both languages."""
    return SAID[status] if status in SAID else (MALFORMED, wording.translate("en")(MALFORMED))


def _page(request: Any) -> Page:
    return request if isinstance(request, Page) else Page(request.scope)


def _answer(page: Page, status: int, sentence: str) -> Response[Any]:
    if below(page.url.path):
        return said.sentence(status, f"http_{status}", *_both(status), {})
    if status == 404:
        page.scope["user"] = VISITOR  # the same bytes, whoever asks and whatever is behind it
    number = page.scope["state"].get("request_id", "") if status == 500 else ""
    answer = page.show("refused.html", status=status, sentence=sentence, request_id=number, code=status)
    if status == Busy.status:
        answer.headers["retry-after"] = "3"
    return answer


HANDLERS: ExceptionHandlersMap = {
    Refusal: refuse,
    HTTPException: refuse_http,
    **dict.fromkeys((UnicodeError, RecursionError, OverflowError, DataError), malformed),
    **dict.fromkeys((OperationalError, InterfaceError, OutOfReach), broken_off),
    500: unexpected,
}
