"""Whoever wishes the site ill: requests that no browser would send, drawn by a seed, and byte streams that are hardly requests.

`Attacker.draw` takes a request as it should be and spoils one to three things of it; most of what it sends still carries a session
and a form key that count, so that it gets as far as a request can.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote, quote_from_bytes

HERE = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds until an answer counts as hanging

NUMBERS = ("0", "-1", "9007199254740993", str(2**63 - 1), str(2**63), str(-(2**63) - 1), "9" * 400, "1e999999", "1e3", "NaN", "Infinity",
           "-Infinity", "０.１", "٣", "1,000", "1_000", "0x10", "1.005", "1.0000000000000000000001", ".5", "5.", "--1", "+1", "1e-999999")  # fmt: skip
DATES = ("2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-13-01", "2026-11-23T00:00", "2026-W48", "20261123",
         "２０２６-11-23", "1900-02-29", "2026-1-1", "month:2026-13-01", "month:9999-12-01", "year:0")  # fmt: skip
TEXTS = ("\0", "a\0b", "\u202egnp.exe", "\u200b", "\u2066x", "\ufeff", "\U000e0001", "\ud800", "⼀⼆", "e\u0301" * 400, "\x1b[31m", "\r\nset-cookie: a=b",
         "\u2028", "' OR 1=1 --", '" ; DROP TABLE need; --', "%' ESCAPE '\\", "\\", "%", "_", "{{7*7}}", "{% include 'x' %}", "${7*7}", "%s%n%x",
         "<script>alert(1)</script>", "</textarea><img src=x onerror=1>", "=cmd|'/c calc'!A0", "../../etc/passwd", "..\\..\\x", "file:///etc/passwd",
         "CON", "x" * 4_000, "长" * 20_000, "😀" * 500, "null", "true", "[]", "{}", "[object Object]", "//evil.example", "/\\evil.example", "javascript:1",
         "sector:", "sector:" + "9" * 30, "bank:-1", ":", "::", "a:b:c", "score.1:whole", "officer,officer", ",", " ", "\t", "\u3000")  # fmt: skip
RAW = ("%ff%fe", "%c0%ae", "%ed%a0%80", "%f5%80%80%80", "%", "%zz", "%u4e00", "+", "%00", "%0d%0a")
VALUES = (*NUMBERS, *DATES, *TEXTS)

DEEP = b"[" * 100_000
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", DEEP), ("application/json", DEEP + b"]" * 100_000), ("application/json", b'{"a":' * 50_000), ("application/json", b"\xff\xfe"),
    ("application/json", b'{"a":NaN}'), ("application/json", b'{"a":1e999999}'), ("application/json", b'{"a":' + b"9" * 50_000 + b"}"),
    ("application/json", b'{"a":1,"a":2}'), ("application/json", b'"\\ud800"'), ("application/json", b""), ("application/json", b"null"),
    ("application/json; charset=utf-7", b"+AHs-"), ("application/json", "{}".encode("utf-16")),
    ("text/plain", b"a=b"), ("", b"a=b"), ("application/xml", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=b"), ("application/x-www-form-urlencoded", b"&" * 5_000),
    ("application/x-www-form-urlencoded", b"=" * 5_000), ("application/x-www-form-urlencoded", b"a=%"), ("application/x-www-form-urlencoded", b"\0\xff="),
    ("application/x-www-form-urlencoded", b"a=1&" * 5_000), ("multipart/form-data", b"--x--"), ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x\r\n"), ("multipart/form-data; boundary=x", (b'--x\r\nContent-Disposition: form-data; name="f"; '
     b'filename="\xff"\r\nContent-Type: \xff\r\n\r\n\xff\r\n--x--\r\n')), ("multipart/form-data; boundary=x", b"--x\r\n" * 1_000),
    ("multipart/form-data; boundary=x", b"--x\r\nA: " + b"b" * 60_000 + b"\r\n\r\n1\r\n--x--\r\n"), ("multipart/form-data; boundary=\xe4", b"--\xe4"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name*=utf-8''%ff\r\n\r\n1\r\n--x--\r\n"), ("a" * 3_000, b"a"),
)  # fmt: skip
HEADERS: tuple[tuple[str, str], ...] = (
    ("Cookie", "sid=" + "a" * 43 + "; sid=b"), ("Cookie", "sid=\xff\xfe"), ("Cookie", ";=;=;" * 200), ("Cookie", 'lang="\\'), ("Cookie", "lang=../../x"),
    ("Cookie", "$Version=1; sid"), ("Host", "evil.example"), ("Host", ""), ("Host", "127.0.0.1"), ("Host", "a@b"), ("Origin", "null"),
    ("Origin", "http://[::1"), ("Origin", "http://a:99999999"), ("Origin", "\xff"), ("Sec-Fetch-Site", "cross-site"), ("Referer", "http://[x"),
    ("Accept-Language", "x" * 5_000), ("Accept-Language", ";q=NaN"), ("Accept", "\xff/*"), ("Accept-Encoding", "gzip;q=x, br;q=1e999"), ("Range", "bytes=-1-"),
    ("Range", "bytes=0-" + "9" * 40), ("If-None-Match", '"' * 99), ("If-Modified-Since", "Thu, 99 Foo 99999"), ("Authorization", "Bearer \xff"),
    ("Authorization", "Bearer yrt_" + "a" * 9_000), ("Authorization", "Basic !!!"), ("Idempotency-Key", "x"), ("Idempotency-Key", "\xff" * 40),
    ("X-Forwarded-For", "1.2.3.4, \xff"), ("X-Forwarded-Host", "evil.example"), ("X-HTTP-Method-Override", "DELETE"), ("Content-Encoding", "gzip"),
    ("Content-Encoding", "bogus"), ("Expect", "nonsense"), ("Upgrade", "websocket"), ("Upgrade", "h2c"), ("Last-Event-ID", "9" * 99), ("User-Agent", "\x7f"),
    ("Content-Length", "-1"), ("Content-Length", "9" * 30), ("Content-Length", "1, 2"), ("Transfer-Encoding", "gzip, chunked"), ("X" * 3_000, "y"),
)  # fmt: skip
METHODS = (
    "GET",
    "POST",
    "HEAD",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "BREW",
    "get",
    "PRI",
    "G\xcbT",
)


@dataclass(frozen=True)
class Visit:
    """Somebody's browser: their session and the key of its forms; or a bank's system with its key."""

    sid: str = ""
    csrf: str = ""
    bearer: str = ""


@dataclass
class Request:
    """A request in parts, each of which can be spoilt."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    body: tuple[str, bytes] | None = None

    def raw(self, host: str) -> bytes:
        """The bytes on the wire; a header that stands among `headers` takes the place of the usual one."""
        query = "&".join(f"{spoken(name)}={spoken(value)}" for name, value in self.query)
        kind, body = self.body or self._form()
        usual = {
            "Host": host,
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Origin": f"http://{host}",
            "Connection": "close",
        }
        if self.method in {"GET", "HEAD"} and not body:
            usual = {"Host": host, "Connection": "close"}
        said = {name.lower() for name, _ in self.headers}
        lines = [(n, v) for n, v in usual.items() if n.lower() not in said and v] + self.headers
        head = f"{self.method} {self.path}{'?' + query if query else ''} HTTP/1.1\r\n" + "".join(
            f"{n}: {v}\r\n" for n, v in lines
        )
        return head.encode("latin-1", "replace") + b"\r\n" + body

    def _form(self) -> tuple[str, bytes]:
        if not self.fields:
            return "", b""
        return "application/x-www-form-urlencoded", "&".join(
            f"{spoken(n)}={spoken(v)}" for n, v in self.fields
        ).encode()


def spoken(value: str) -> str:
    """As it stands in an address or a form; what is raw already goes as it is, and halves of characters go as their bytes."""
    return value if value in RAW else quote_from_bytes(value.encode("utf-8", "surrogatepass"), safe="")


@dataclass
class Attacker:
    """Draws requests; `routes` are path and methods by name, `filled` forms as they should be, `things` what addresses may name."""

    random: Random
    routes: dict[str, tuple[str, frozenset[str]]]
    filled: dict[str, dict[str, object]]
    examples: dict[str, dict[str, object]]
    things: list[str]
    names: list[str]
    open_doors: list[
        tuple[str, str, str]
    ]  # role, route, and what its address names: what is let in when nothing is wrong with it

    def draw(self, visits: dict[str, Visit]) -> tuple[str, Request]:
        """Who asks, and what; three times in four at a door that is theirs."""
        pick = self.random.choice
        role, name, thing = pick(self.open_doors)
        if self.random.random() < 0.25:
            role, name, thing = pick(list(visits)), pick(list(self.routes)), pick(self.things)
        request = self.sound(name, thing, visits[role])
        for _ in range(pick((1, 1, 1, 2, 3))):
            self.random.choices(
                [self.field, self.query, self.key, self.header, self.whole, self.method], [9, 5, 2, 2, 2, 1]
            )[0](request)
        return role, request

    def sound(self, name: str, thing: str, visit: Visit) -> Request:
        """Nothing is wrong with it."""
        path, methods = self.routes[name]
        method = next(iter(methods - {"OPTIONS"}))
        request = Request(method, re.sub(r"{\w+[^}]*}", quote(thing, safe=""), path))
        if visit.sid:
            request.headers.append(("Cookie", f"sid={visit.sid}"))
        if visit.bearer:
            request.headers += [
                ("Authorization", f"Bearer {visit.bearer}"),
                ("Idempotency-Key", f"{self.random.getrandbits(128):032x}"),
            ]
        if method == "POST" and name in self.examples:
            request.body = ("application/json", json.dumps(self.spoilt(self.examples[name])).encode())
        elif method == "POST":
            form = {"csrf": visit.csrf, "once": f"{self.random.getrandbits(64):016x}", **self.filled.get(name, {})}
            request.fields = [(key, str(value)) for key, value in form.items()]
        return request

    def spoilt(self, body: dict[str, object]) -> dict[str, object]:
        """A body of the interface with one value that is none."""
        odd: list[object] = [*VALUES, 2**63, -(2**70), 1.5, True, None, [], {}, [[]], {"a": {}}, 10**400]
        return body | {self.random.choice([*body, *self.names[:3]]): self.random.choice(odd)}

    # --- what can be wrong ------------------------------------------------------------------------------------------
    def value(self) -> str:
        return self.random.choice(RAW) if self.random.random() < 0.1 else self.random.choice(VALUES)

    def field(self, request: Request) -> None:
        """A field with another value, twice, missing, or one that nobody asked for."""
        fields, at = request.fields, self.random.randrange(2, max(3, len(request.fields)))
        what = self.random.random()
        if what < 0.5 and at < len(fields):
            fields[at] = (fields[at][0], self.value())
        elif what < 0.6 and at < len(fields):
            del fields[at]
        elif what < 0.65 and fields:
            fields[self.random.randrange(len(fields))] = (fields[0][0], self.value())
        else:
            fields.append((self.random.choice([*self.names, *(n for n, _ in fields)]), self.value()))

    def query(self, request: Request) -> None:
        request.query.append((self.random.choice([*self.names, *TEXTS[:4]]), self.value()))

    def key(self, request: Request) -> None:
        """Another key in the address: of a stranger, or one that nothing can have."""
        last = self.random.choice([*self.things, *NUMBERS, *TEXTS])
        request.path = request.path.rpartition("/")[0] + "/" + spoken(last)

    def header(self, request: Request) -> None:
        request.headers.append(self.random.choice(HEADERS))

    def whole(self, request: Request) -> None:
        request.body = self.random.choice(BODIES)

    def method(self, request: Request) -> None:
        request.method = self.random.choice(METHODS)


def exchange(port: int, raw: bytes, *, half: bool = False) -> bytes:
    """Send bytes, and all that comes back until the line is closed; `half` says at the end that no more will come. TimeoutError when it hangs."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as line:
        with suppress(OSError):  # it was told no before it had said all
            line.sendall(raw)
            if half:
                line.shutdown(socket.SHUT_WR)
        return b"".join(_pieces(line))


def _pieces(line: socket.socket) -> Iterator[bytes]:
    with suppress(ConnectionResetError):
        while piece := line.recv(65_536):
            yield piece


def status(answer: bytes) -> int:
    """0 where the line was closed without a word."""
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


def streams(host: str) -> dict[str, tuple[Callable[[], bytes], int]]:
    """Byte streams that are hardly requests, and how many answers each may have at most."""
    good = f"GET /health HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    post = f"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    chunked = (post + "Transfer-Encoding: chunked\r\n").encode()
    plain, hidden = post.encode(), good.decode()

    def body(length: str, text: str = "") -> bytes:
        return plain + f"Content-Length: {length}\r\n\r\n{text}".encode()

    def head(line: str) -> bytes:
        return f"GET /health HTTP/1.1\r\nHost: {host}\r\n{line}\r\n\r\n".encode("latin-1")

    return {
        "a chunk without a size": (lambda: chunked + b"\r\nzz\r\nabc\r\n0\r\n\r\n", 1),
        "a chunk of less than nothing": (lambda: chunked + b"\r\n-1\r\nabc\r\n0\r\n\r\n", 1),
        "a chunk of 16 EiB": (lambda: chunked + b"\r\nFFFFFFFFFFFFFFFF\r\nabc", 1),
        "a chunk of more digits than fit": (lambda: chunked + b"\r\n1" + b"0" * 40 + b"\r\nabc", 1),
        "a chunk with a word of 64 KiB beside its size": (lambda: chunked + b"\r\n1;" + b"a" * 65_536 + b"\r\na\r\n0\r\n\r\n", 1),
        "a chunk that does not end": (lambda: chunked + b"\r\n5\r\nabcdefgh\r\n0\r\n\r\n", 1),
        "trailers without end": (lambda: chunked + b"\r\n1\r\na\r\n0\r\n" + b"a: b\r\n" * 50_000 + b"\r\n", 1),
        "length and chunks at once": (lambda: chunked + b"Content-Length: 4\r\n\r\n0\r\n\r\n" + good, 2),
        "chunks in disguise": (lambda: plain + b"Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + good, 1),
        "chunks twice": (lambda: plain + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + good, 1),
        "chunks with a blank before the colon": (lambda: plain + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + good, 1),
        "two lengths": (lambda: plain + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + good, 1),
        "a length with a sign": (lambda: body("+3", "a=b"), 1), "a length of less than nothing": (lambda: body("-3", "a=b"), 1),
        "a length that is no number": (lambda: body("three", "a=b"), 1), "a length of 30 digits": (lambda: body("9" * 30, "a=b"), 1),
        "a length and no body": (lambda: body("1000000", "a=b"), 1), "a length that says less": (lambda: body("1", "a" + hidden), 2),
        "a header of 1 MiB": (lambda: head("X: " + "a" * 2**20), 1), "ten thousand headers": (lambda: head("X: a\r\n" * 10_000 + "Y: b"), 1),
        "an address of 1 MiB": (lambda: b"GET /" + b"a" * 2**20 + b" HTTP/1.1\r\n\r\n", 1), "a header continued": (lambda: head("X: a\r\n b"), 1),
        "a header without a colon": (lambda: head("X"), 1), "a header with NUL": (lambda: head("X: a\0b"), 1), "a name with a blank": (lambda: head("X Y: a"), 1),
        "a lone line feed": (lambda: good.replace(b"\r\n", b"\n"), 1), "a lone return": (lambda: good.replace(b"\r\n", b"\r"), 1),
        "no host": (lambda: b"GET / HTTP/1.1\r\n\r\n", 1), "two hosts": (lambda: head("Host: evil.example"), 1), "an old protocol": (lambda: b"GET /\r\n\r\n", 1),
        "HTTP/1.0": (lambda: b"GET / HTTP/1.0\r\n\r\n", 1), "a protocol to come": (lambda: b"GET / HTTP/9.9\r\n\r\n", 1), "no protocol": (lambda: b"\r\n" * 9_000, 1),
        "somebody else's address": (lambda: b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 1),
        "our address with another host": (f"GET http://{host}/ HTTP/1.1\r\nHost: evil.example\r\n\r\n".encode, 1),
        "a tunnel": (lambda: b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 1), "a star": (lambda: b"OPTIONS * HTTP/1.1\r\n\r\n", 1),
        "the hello of TLS": (lambda: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), 1),
        "the preface of HTTP/2": (lambda: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00", 1),
        "fifty in one piece": (lambda: good * 50, 50), "a socket asked for": (lambda: head("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: x"), 1), "a promise that is waited for": (lambda: body("3\r\nExpect: 100-continue", "a=b"), 2),
        "half a request": (lambda: good[:20], 0), "nothing": (bytes, 0), "noise": (lambda: Random(7).randbytes(100_000), 1),
    }  # fmt: skip
