"""Addresses of our own pages, made from route names; nothing else is ever redirected to."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    shape = _shape(app, name)
    taken = {key: params[key] for key in shape.taken if key in params}
    rest = {key: value for key, value in params.items() if key not in shape.taken and value is not None}
    simple = len(taken) == len(shape.taken) and all(type(value) is int for value in taken.values())
    path = shape.path.format_map(taken) if simple else app.route_reverse(name, **taken)
    return path + (f"?{urlencode(rest, doseq=True)}" if rest else "")


def keyed(app: Litestar, name: str) -> bool:
    """Whether the path of a route names one thing."""
    return "key" in _shape(app, name).taken


@dataclass(frozen=True, slots=True)
class _Shape:
    """The path of a route with the names of what it takes in braces."""

    path: str
    taken: frozenset[str]


def _shape(app: Litestar, name: str) -> _Shape:
    """Looked up once in the life of an application: a list of fifty rows asks for its links more than a hundred times."""
    known: dict[str, _Shape] = app.state.setdefault("shapes", {})
    if name not in known:
        index = app.get_handler_index_by_name(name)
        if index is None:
            raise LookupError(f"没有名为 {name} 的路由 | no route of the name {name}")
        path = index["paths"][0]
        known[name] = _Shape(re.sub(r"{(\w+)[^}]*}", r"{\1}", path), frozenset(re.findall(r"{(\w+)", path)))
    return known[name]


def internal(app: Litestar, path: str) -> str | None:
    """The path itself when it is a page of ours, written so that no browser reads it as another site; else None."""
    if not re.fullmatch(r"/[A-Za-z0-9][A-Za-z0-9/_-]*|/", path):
        return None
    try:
        _app, handler, *_rest = app.asgi_router.handle_routing(path=path, method="GET")
    except HTTPException:
        return None
    return quote(path) if handler.name != "static" else None
