"""The outermost layer (安全外壳): refuses what no page should see, and puts the same headers on every answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from financing.settings import Settings
from web import violations
from web.below import below, signed, told
from web.log import log

METHODS = {"GET", "HEAD", "POST"}
LONGEST_URL, MOST_HEADER = 4_096, 16_384
#: Bytes between two strokes: what no file system takes for a name.
LONGEST_NAME = 255
HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        f"form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; report-uri {violations.REPORTS}"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
HSTS = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
KEEP = "public, max-age=31536000, immutable"
REFUSED = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{status}</title>
<p>{chinese}</p><p lang="en">{english}</p><p>{request_id}</p></html>"""
SAID: Mapping[int, tuple[str, str]] = {
    400: ("请求有误，没有处理。", "This request is malformed and was not handled."),
    403: ("这个请求来自别的网站，没有处理。", "This request comes from another site and was not handled."),
    405: ("不支持这种请求方式。", "This method is not supported."),
    414: ("地址太长。", "The address is too long."),
    431: ("请求头太大。", "The request headers are too large."),
    500: ("系统出了意外，您的操作没有生效。请稍后再试；如仍不行，请把下面的编号告诉管理员。",
          "Something unexpected happened and nothing was changed. Please try again; if it persists, give the administrator this number."),
}  # fmt: skip


class Shield:
    """Wraps the whole application, so that even its 404 and 500 carry the headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings, self.hosts = app, settings, settings.hosts
        self.headers = {**HEADERS, **(HSTS if settings.secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        came = time.perf_counter()
        asked = _Asked(scope, self.settings, self.hosts)
        scope["state"]["request_id"] = asked.request_id
        answer = _Answer(send, {**self.headers, "x-request-id": asked.request_id}, asked)
        if status := asked.refusal:
            await answer.plain(status)
        elif asked.report:
            await violations.take(receive, asked.request_id)
            await answer.nothing()
        else:
            await self._pass_on(scope, receive, answer)
        _line(scope, asked, answer.status, time.perf_counter() - came)

    async def _pass_on(self, scope: Any, receive: Receive, answer: _Answer) -> None:
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
        if self.settings.trusted_proxy:
            scope["client"] = _client(scope, self.settings.trusted_proxy)
        try:
            await self.app(scope, receive, answer.send)
        except Exception:
            log.exception("unhandled", request=answer.headers["x-request-id"])
            if answer.status:
                raise  # begun and not whole: the server cuts the connection, so that nobody takes the part for the whole
            await answer.plain(500)


class _Asked:
    """What of a request can be judged before it is read."""

    def __init__(self, scope: Any, settings: Settings, ours: Collection[str]) -> None:
        self.request_id = secrets.token_hex(8)
        self.method, self.path, self.query = scope["method"], scope["path"], scope.get("query_string", b"")
        pairs = scope["headers"]
        self.size = sum(len(name) + len(value) for name, value in pairs)
        self.said = {name.decode("latin-1"): value.decode("latin-1") for name, value in pairs}
        self.hosts = [value.decode("latin-1") for name, value in pairs if name == b"host"]
        self.settings, self.ours = settings, ours

    @property
    def refusal(self) -> int:
        """The status of the refusal, or 0."""
        if len(self.hosts) != 1 or self.hosts[0] not in self.ours or "\0" in self.path:
            return 400
        if len(self.path) + len(self.query) > LONGEST_URL or self._longest > LONGEST_NAME:
            return 414
        if self.size > MOST_HEADER:
            return 431
        if self.method not in METHODS:
            return 405
        proved = self.keyed or self.report or signed(self.path) or self.from_here
        return 403 if self.method == "POST" and not proved else 0

    @property
    def _longest(self) -> int:
        return max(len(name.encode("utf-8", "surrogatepass")) for name in self.path.split("/"))

    @property
    def report(self) -> bool:
        """A browser tells of a page that did what our policy forbids."""
        return bool(self.method == "POST" and self.path == violations.REPORTS)

    @property
    def keyed(self) -> bool:
        """The interface takes a key that no browser sends by itself, and no cookie: there another site has nothing to forge."""
        return below(self.path)

    @property
    def from_here(self) -> bool:
        """The browser says that our own page sent the form: in Sec-Fetch-Site or Origin, and against neither."""
        site, origin = self.said.get("sec-fetch-site"), self.said.get("origin")
        if origin is not None and not self._our_own(origin):
            return False
        return site == "same-origin" or (site is None and origin is not None)

    def _our_own(self, origin: str) -> bool:
        """Compared as it stands and never taken apart: some origins are no addresses at all."""
        scheme = urlsplit(self.settings.site).scheme
        return origin in {f"{scheme}://{host}" for host in self.ours}

    @property
    def keeps(self) -> bool:
        """A static file whose address changes with its content."""
        return self.path.startswith("/static/") and (b"v=" in self.query or "/pictures/" in self.path)


class _Answer:
    """Adds the headers on the way out and remembers the status."""

    def __init__(self, send: Send, headers: dict[str, str], asked: _Asked) -> None:
        self.out, self.headers, self.asked, self.status = send, headers, asked, 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = self._all(message.get("headers", []))
        elif message["type"] == "http.response.body" and self.asked.method == "HEAD":
            message["body"] = b""
        await self.out(message)

    def _all(self, given: Any) -> list[tuple[bytes, bytes]]:
        """An answer's own word comes first (a download is stricter), save for what is cached."""
        own = {name.lower() for name, _ in given}
        extra = dict(self.headers)
        if self.asked.keeps and self.status == 200:
            extra["cache-control"] = KEEP
        ours = [(n.encode(), v.encode()) for n, v in extra.items() if n.encode() not in own or n == "cache-control"]
        return [*((n, v) for n, v in given if n.lower() not in {b"cache-control", b"server"}), *ours]

    async def nothing(self) -> None:
        """The head alone: what was sent is taken note of."""
        await self.send({"type": "http.response.start", "status": 204, "headers": []})
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def plain(self, status: int) -> None:
        """A small page without the application's help."""
        chinese, english = SAID[status]
        if self.asked.keyed:
            kind, sent = b"application/json", told(f"http_{status}", chinese, english)
        else:
            kind, number = b"text/html; charset=utf-8", self.headers["x-request-id"]
            sent = REFUSED.format(status=status, chinese=chinese, english=english, request_id=number).encode()
        head = [(b"content-type", kind), (b"content-length", str(len(sent)).encode())]
        if status == 405:
            head.append((b"allow", b"GET, HEAD, POST"))
        await self.send({"type": "http.response.start", "status": status, "headers": head})
        await self.send({"type": "http.response.body", "body": sent, "more_body": False})


def _client(scope: Any, proxy: str) -> Any:
    """The address that our own proxy saw; what others say of themselves does not count."""
    client = scope.get("client")
    if not client or client[0] != proxy:
        return client
    said = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return (said[-1].rsplit(",", 1)[-1].strip()[:64], 0) if said else client


def _line(scope: Any, asked: _Asked, status: int, seconds: float) -> None:
    """One line for each request, with the code of what was refused and of a sign-in the account tried: never a query, a cookie or a body."""
    actor, refused = getattr(scope.get("user"), "id", 0), scope["state"].get("refused", {})
    log.info("request", request=asked.request_id, method=asked.method, path=asked.path[:200], status=status,
             milliseconds=round(seconds * 1000, 1), actor=actor, address=(scope.get("client") or [""])[0], **refused)  # fmt: skip
