"""One call of a bank's own system: its body, its repetition, its answer; handlers receive it as `request`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import litestar
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response
from pydantic import BaseModel, ConfigDict, ValidationError

from financing import once
from financing.key_refusals import NotJson, OnceMissing, OnceReused, ScopeMissing
from financing.people.key_rules import KeyScope
from financing.refusals import FormReused, Refusal
from web import denials
from web.api import said
from web.forms import FormErrors
from web.handling import Answered, Handler, again
from web.page import Answer, Page

ONCE = re.compile(r"[A-Za-z0-9_-]{16,80}")
Decorator = Callable[[Handler], HTTPRouteHandler]


class Body(BaseModel):
    """What a bank's system sends: only what is named, each of its own type, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True)


B = TypeVar("B", bound=Body)


class Call(Page):
    """A request with a key; it has no cookie, no form and no page."""

    def needs(self, scope: KeyScope) -> None:
        if scope not in self.scope["state"]["bearer"].scopes:
            raise ScopeMissing(scope=scope)

    def read_body(self, kind: type[B]) -> B:
        """The body as values of the domain; NotJson, or FormErrors naming each field."""
        raw = self.scope["state"]["body"]
        _plain(raw)
        try:
            return kind.model_validate_json(raw)
        except ValidationError as wrong:
            errors = {".".join(map(str, error["loc"])): error for error in wrong.errors(include_url=False)}
            raise FormErrors(errors) from None

    def _new_ticket(self) -> once.Ticket | None:
        """The same key, route and body in other words is the same call; the header says which repetition of it."""
        if self.method != "POST":
            return None
        token = self.headers.get("idempotency-key", "")
        if not ONCE.fullmatch(token):
            raise OnceMissing
        body = json.dumps(_plain(self.scope["state"]["body"]), sort_keys=True)
        return once.Ticket(self.visit.sid, token, self.url.path, once.digest(body))

    def gives(self, answer: BaseModel) -> Answer:
        """An answer as JSON; inside the desk of a post, so that a repetition is answered with the same."""
        text = answer.model_dump_json()
        self._place = text
        return Response(text.encode(), media_type="application/json", status_code=200)


def get(path: str, *, name: str, scope: KeyScope | None, answer: type[BaseModel] | None = None) -> Decorator:
    """A reading call; `scope` is what the key must have been given for, None for any key."""

    def decorate(handler: Handler) -> HTTPRouteHandler:
        opt = {"api": True, "scope": scope, "answer": answer, "says": handler.__doc__}
        opt["paged"] = "cursor" in handler.__annotations__
        return litestar.get(path, name=name, sync_to_thread=True, opt=opt)(_answered(handler, scope))

    return decorate


def post(path: str, *, name: str, body: type[Body], answer: type[BaseModel]) -> Decorator:
    """A call that does something, once for each Idempotency-Key."""
    scope = KeyScope.ANSWER

    def decorate(handler: Handler) -> HTTPRouteHandler:
        opt = {"api": True, "scope": scope, "body": body, "answer": answer, "says": handler.__doc__}
        return litestar.post(path, name=name, sync_to_thread=True, opt=opt, status_code=200)(
            _answered(again(handler), scope)
        )

    return decorate


def _answered(handler: Handler, scope: KeyScope | None) -> Handler:
    """The same handler, its refusals noted and told as JSON."""

    @wraps(handler)
    def run(*owner: Any, request: Any, **given: Any) -> Any:
        try:
            if scope is not None:
                request.needs(scope)
            return handler(*owner, request=request, **given)
        except Answered as earlier:
            return Response(earlier.location.encode(), media_type="application/json", status_code=200)
        except FormReused:
            return said.refusal(OnceReused())
        except Refusal as refusal:
            denials.note(request, refusal, given.get("key"))
            return said.refusal(refusal)

    return run


def _plain(raw: bytes) -> dict[str, Any]:
    """The body as one JSON object in which no name stands twice and no number has a fraction (I-27)."""
    try:
        found = json.loads(raw, object_pairs_hook=_single, parse_float=_refused, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise NotJson from None
    if not isinstance(found, dict):
        raise NotJson
    return found


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson
    return found


def _refused(_number: str) -> Any:
    raise NotJson
