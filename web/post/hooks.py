"""Calls out of the house (外呼): https only, to listed hosts at public addresses, never redirected, within time limits (F-22).

The name is resolved once, every address it has is looked at, and the call goes to the very address that was looked at: a name that
answers differently the second time changes nothing.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from financing.notices.rules import Robot, Trouble
from web.post.mail import NotSent
from web.post.robots import Call, said_yes

#: Seconds for each step, seconds for the whole answer, and bytes of it that are read.
STEP, WHOLE, MOST = 5.0, 10.0, 64 * 1024


def is_public(address: str) -> bool:
    """Whether an address is out on the internet: no private, loopback, link-local, shared, multicast or mapped one."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


def resolved(host: str, port: int) -> list[str]:
    """Every address of a name, as the system resolves it."""
    return list(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True, slots=True)
class Line:
    """How calls leave: to which hosts, at which addresses, and whose certificates count."""

    hosts: Collection[str]
    reachable: Callable[[str], bool] = is_public
    resolve: Callable[[str, int], list[str]] = resolved
    trust: ssl.SSLContext | bool = True

    def send(self, robot: Robot, call: Call) -> None:
        """One POST, answered with yes; NotSent with its reason. The answer is read no further than it needs."""
        parts = urlsplit(call.url)
        if parts.scheme != "https" or parts.netloc not in self.hosts or not parts.hostname:
            raise NotSent(Trouble.NOT_ALLOWED)
        address = self._address(parts.hostname, parts.port or 443)
        try:
            status, body = self._post(call, parts.hostname, address)
        except httpx.TimeoutException:
            raise NotSent(Trouble.TIMED_OUT) from None
        except httpx.HTTPError as fault:
            raise NotSent(_why(fault)) from None
        if not said_yes(robot, status, body):
            raise NotSent(Trouble.PUT_OFF if status == 429 or status >= 500 else Trouble.REFUSED)

    def _address(self, host: str, port: int) -> str:
        """The address to call, once every address of the name has been looked at."""
        try:
            found = self.resolve(host, port)
        except OSError:
            raise NotSent(Trouble.UNREACHABLE) from None
        if not found or not all(map(self.reachable, found)):
            raise NotSent(Trouble.NOT_ALLOWED)
        return found[0]

    def _post(self, call: Call, host: str, address: str) -> tuple[int, bytes]:
        """To the address itself, with the name in TLS and in the Host header; no proxy of the environment, no redirect."""
        url = httpx.URL(call.url)
        headers = {"host": url.netloc.decode(), "content-type": "application/json; charset=utf-8", **call.headers}
        begun = time.monotonic()
        with (
            httpx.Client(verify=self.trust, trust_env=False, follow_redirects=False, timeout=STEP) as client,
            client.stream(
                "POST",
                url.copy_with(host=address),
                content=call.body,
                headers=headers,
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            body = b""
            for piece in answer.iter_raw(4096):
                body += piece
                if len(body) > MOST or time.monotonic() - begun > WHOLE:
                    raise NotSent(Trouble.TIMED_OUT)
            return answer.status_code, body


def _why(fault: Exception) -> Trouble:
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return Trouble.NOT_TRUSTED
        cause = cause.__cause__ or cause.__context__
    return Trouble.UNREACHABLE
