"""Who is asking (认证), whether they may call the route (授权), and whether the form came from our own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection, Request
from litestar.exceptions import HTTPException
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from financing.access import VISITOR, Actor, Role
from financing.people.sessions import coming
from financing.refusals import ForgedForm, NotFound, NotSignedIn, Refusal
from financing.sign_refusals import HalfwayIn
from web import denials
from web.api import way_in
from web.below import below, signed
from web.cookies import believable, visit
from web.forms import Value
from web.proving import HALFWAY
from web.routes import ROUTES

MOST_FIELDS = 1_000


class SignedIn(AbstractAuthenticationMiddleware):
    """The actor of the request, read anew from the database each time, so that a role taken away is gone at once."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        if below(connection.url.path):
            user, auth = way_in.nobody()
            return AuthenticationResult(user=user, auth=auth)
        state = connection.app.state
        browser = visit(state.settings, connection.cookies)
        if browser.fresh:
            return AuthenticationResult(user=VISITOR, auth=browser)
        found = await sync_to_thread(coming, state.database, browser.sid, state.clock())
        if found is None:
            return AuthenticationResult(user=VISITOR, auth=browser)
        return AuthenticationResult(
            user=found.actor,
            auth=replace(browser, waits=found.waits, proved_at=found.proved_at, factored=found.factored),
        )


async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every route: first that the session waits for nothing, then the role, then, for a form, that it is ours."""
    keyed = below(connection.url.path)
    proved = keyed or signed(connection.url.path)
    if keyed:
        await way_in.let_in(connection)
    waits = getattr(connection.scope.get("auth"), "waits", None)
    if waits is not None and handler.name not in HALFWAY[waits]:
        raise HalfwayIn(waits=waits)
    actor: Actor = connection.scope.get("user") or VISITOR
    if actor.role not in ROUTES.get(str(handler.name), frozenset()):
        await _turn_away(connection, actor)
    if isinstance(connection, Request) and connection.method == "POST" and not proved:
        fields = connection.scope["state"]["fields"] = await _fields(connection)
        key = next((value for name, value in fields if name == "csrf" and isinstance(value, str)), "")
        if not believable(connection.app.state.settings, connection.auth.sid, key):
            raise ForgedForm


async def _turn_away(connection: ASGIConnection[Any, Any, Any, Any], actor: Actor) -> None:
    refusal: Refusal = NotSignedIn() if actor.role is Role.VISITOR else NotFound()
    await sync_to_thread(denials.note, connection, refusal)
    raise refusal


async def _fields(request: Request[Any, Any, Any]) -> Sequence[tuple[str, Value]]:
    """The fields as sent; a body that is no form, or is not in UTF-8, is refused."""
    kind, _options = request.content_type
    if kind == "application/x-www-form-urlencoded":
        body = await request.body()
        try:
            return parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        except ValueError:  # not UTF-8, or more fields than any form of ours has
            raise HTTPException(status_code=400) from None
    if kind == "multipart/form-data":
        return list((await request.form()).multi_items())
    raise HTTPException(status_code=415)
