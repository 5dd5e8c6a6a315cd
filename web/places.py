"""Addresses of our own pages, made from route names; nothing else is ever redirected to."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Response


def to(place: str) -> Response[Any]:
    """A redirect within the house; `place` comes from `address` alone."""
    return Redirect(place, status_code=303)


def address(app: Litestar, name: str, **params: object) -> str:
    """The path of a route; parameters that its path does not take stand after the question mark."""
    index = app.get_handler_index_by_name(name)
    if index is None:
        raise LookupError(f"没有名为 {name} 的路由 | no route of the name {name}")
    wanted = set(re.findall(r"{(\w+)", index["paths"][0]))
    path = app.route_reverse(name, **{key: value for key, value in params.items() if key in wanted})
    rest = {key: value for key, value in params.items() if key not in wanted and value is not None}
    return path + (f"?{urlencode(rest, doseq=True)}" if rest else "")


def internal(app: Litestar, path: str) -> str | None:
    """The path itself when it is a page of ours, written so that no browser reads it as another site; else None."""
    if not re.fullmatch(r"/[A-Za-z0-9][A-Za-z0-9/_-]*|/", path):
        return None
    try:
        _app, handler, *_rest = app.asgi_router.handle_routing(path=path, method="GET")
    except HTTPException:
        return None
    return quote(path) if handler.name != "static" else None
