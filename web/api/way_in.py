"""The way in for a bank's own system: a key in the header, a JSON body, and nothing that a browser sends by itself."""

from __future__ import annotations

from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection, Request
from litestar.exceptions import HTTPException

from financing.access import VISITOR
from financing.journal import Clue
from financing.people import keys
from financing.people.keys import Bearer
from web.cookies import Visit

SCHEME = "bearer "


async def let_in(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """The officer behind the key, and the body as it was sent; KeyUnknown, TooManyTries, 415."""
    bearer: Bearer = await sync_to_thread(_bearer, connection)
    connection.scope["user"] = bearer.actor
    connection.scope["auth"] = Visit(f"key:{bearer.actor.key_id}", fresh=False)
    connection.scope["state"]["bearer"] = bearer
    if isinstance(connection, Request) and connection.method == "POST":
        if connection.content_type[0] != "application/json":
            raise HTTPException(status_code=415)
        connection.scope["state"]["body"] = await connection.body()


def _bearer(connection: ASGIConnection[Any, Any, Any, Any]) -> Bearer:
    state, said = connection.app.state, connection.headers.get("authorization", "")
    secret = said[len(SCHEME) :].strip() if said.lower().startswith(SCHEME) else ""
    address = connection.client.host if connection.client else ""
    clue = Clue("", address, str(connection.scope["state"].get("request_id", "")))
    return keys.who(state.database, secret, address, state.clock(), clue)


def nobody() -> tuple[Any, Visit]:
    """Who asks before the key has been looked at: nobody, whatever cookie came along."""
    return VISITOR, Visit("", fresh=False)
