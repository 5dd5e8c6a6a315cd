"""The description of the interface (OpenAPI 3.1), made from the very models that read and answer, with examples that tests send."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

EXAMPLES = Path(__file__).parent / "examples.json"
PLACE = "#/components/schemas/{model}"
REFUSAL: dict[str, Any] = {
    "type": "object",
    "required": ["code", "message_zh", "message_en", "facts"],
    "properties": {
        "code": {"type": "string"}, "message_zh": {"type": "string"}, "message_en": {"type": "string"},
        "facts": {"type": "object"},
    },
}  # fmt: skip
_SAID = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
_WHY = {
    400: "no JSON object, or no sound Idempotency-Key",
    401: "no key, or one that is unknown, over or revoked",
    403: "the key was not given for this",
    404: "not there, or not open to this bank: the answer is the same",
    409: "it has moved on since",
    413: "larger than a call may be",
    415: "the body does not say that it is application/json",
    422: "not as it is asked for; `facts` says where",
    429: "too many calls in this minute",
    503: "busy; nothing was done",
}
NOES = {str(status): {"description": why, "content": _SAID} for status, why in _WHY.items()}
HEADER = {
    "name": "Idempotency-Key", "in": "header", "required": True,
    "description": "one for each act; the same for its repetitions, which are answered with the first answer",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,80}$"},
}  # fmt: skip
INTRODUCTION = (
    "Money in whole fen, rates in parts per million, days as YYYY-MM-DD. A key acts for the officer who answers for it, "
    "under the same rules as the pages. Numbers have no fractions; names that are not listed are refused."
)
PAGING = [
    {
        "name": "limit", "in": "query", "description": "1 to 100; beyond counts as the nearest of them",
        "schema": {"type": "integer", "default": 20},
    },
    {"name": "cursor", "in": "query", "description": "`next` of the page before", "schema": {"type": "string"}},
]  # fmt: skip


def document(app: Litestar) -> Response[bytes]:
    """The whole description as one JSON document."""
    text = json.dumps(described(app), ensure_ascii=False, indent=1).encode()
    return Response(text, media_type="application/json", status_code=200)


def described(app: Litestar) -> dict[str, Any]:
    handlers = _handlers(app)
    models = {model for _path, one in handlers for key in ("body", "answer") if (model := one.opt.get(key))}
    paths: dict[str, dict[str, Any]] = {}
    for path, one in handlers:
        paths.setdefault(re.sub(r"{(\w+):\w+}", r"{\1}", path), {})[_method(one)] = _operation(path, one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "园融通 Yuanrongtong · banks", "version": "1", "description": INTRODUCTION},
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": {"Refusal": REFUSAL, **_schemas(frozenset(models))},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _handlers(app: Litestar) -> list[tuple[str, HTTPRouteHandler]]:
    """Every call of the interface with its path, in order."""
    found = [
        (route.path, one) for route in app.routes for one in getattr(route, "route_handlers", ()) if one.opt.get("api")
    ]
    return sorted(found, key=lambda pair: (pair[0], _method(pair[1])))


def _method(handler: HTTPRouteHandler) -> str:
    return "post" if "POST" in handler.http_methods else "get"


def _operation(path: str, handler: HTTPRouteHandler) -> dict[str, Any]:
    body, scope, name = handler.opt.get("body"), handler.opt.get("scope"), str(handler.name)
    given = examples().get(name, {})
    keyed = [{"name": "key", "in": "path", "required": True, "schema": {"type": "integer"}}] if "{key" in path else []
    asked = [HEADER] if body else PAGING if handler.opt.get("paged") else []
    return {
        "operationId": name,
        "summary": handler.opt["says"],
        "description": f"scope: {scope.value}" if scope else "any key",
        "parameters": keyed + asked,
        **({"requestBody": _sent(body, given)} if body else {}),
        "responses": {"200": _answer(handler.opt.get("answer"), name, given), **NOES},
    }


def _sent(body: type[BaseModel], given: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": _ref(body), "example": given["body"]}}}


def _answer(model: type[BaseModel] | None, name: str, given: dict[str, Any]) -> dict[str, Any]:
    if model is None:
        kind = "application/pdf" if name.endswith("pdf") else "application/json"
        return {"description": "the file itself", "content": {kind: {}}}
    example = {"example": given["answer"]} if "answer" in given else {}
    return {
        "description": (model.__doc__ or "").strip(),
        "content": {"application/json": {"schema": _ref(model), **example}},
    }


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": PLACE.format(model=model.__name__)}


def _schemas(models: frozenset[type[BaseModel]]) -> dict[str, Any]:
    ordered = sorted(models, key=lambda model: model.__name__)
    _keys, found = models_json_schema([(model, "validation") for model in ordered], ref_template=PLACE)
    return dict(found["$defs"])


@cache
def examples() -> dict[str, Any]:
    """A body and an answer for each call, as tests/web/test_api.py sends and gets them."""
    found: dict[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return found
