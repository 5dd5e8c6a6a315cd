"""A real mail server and a real https server on this machine, which behave as badly as a test asks."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text

from financing.access import Role
from financing.notices import addresses
from financing.notices.model import NoticeAddress
from financing.notices.rules import Medium
from financing.settings import Settings
from tests.makers import NOW, a_firm, a_user, at, writing

#: Seconds after which a server of a test has noticed that it is over; without a word it is half a second for each.
ENDS_WITHIN = 0.02


@dataclass
class Mailbox:
    """What arrived, and what the server answers: `says` for each RCPT, then for each DATA."""

    arrived: list[EmailMessage] = field(default_factory=list)
    rcpt: str = "250 OK"
    data: str = "250 OK"
    drops: bool = False  # cut the connection after the message was taken, before saying so
    port: int = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data.startswith("250"):
            self.arrived.append(message_from_bytes(envelope.content, policy=default))
        if self.drops:
            server.transport.abort()
        return self.data


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def post_settings(mailbox: Mailbox, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "var", smtp_host="127.0.0.1", smtp_port=mailbox.port, smtp_security="none",
        mail_from="notice@example.com", log_level="ERROR", hook_hosts=("localhost:1",),
    )  # fmt: skip


@pytest.fixture
def reader(database):
    """Somebody of a firm with a confirmed address."""
    with writing(database) as session:
        return a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id)


def confirmed(database, user, medium=Medium.EMAIL, target="owner@example.com", now=NOW, **given) -> int:
    """A confirmed address of this person; its code counts as sent."""
    with at(database, user.actor, now) as desk:
        address = addresses.add(desk, medium, target, **given)
        assert addresses.confirm(desk, address, "12345678", "12345678") is None
        key = address.id
    with writing(database) as session:
        session.execute(text("DELETE FROM notice_parcel"))
    return key


def address_of(database, user, key) -> NoticeAddress:
    with at(database, user.actor, write=False) as desk:
        return desk.get(NoticeAddress, key)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """A certificate for localhost, made for this run."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@dataclass
class HookServer:
    """What was posted, and how the server answers."""

    port: int = 0
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"errcode":0,"code":0}'
    waits: threading.Event | None = None


@contextmanager
def serving(hook: HookServer, cert: Path, key: Path) -> Iterator[HookServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            hook.got.append((self.path, dict(self.headers), body))
            if hook.waits is not None:
                hook.waits.wait(30)
            self.send_response(hook.status)
            for name, value in {"content-length": str(len(hook.body)), **hook.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(hook.body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(ENDS_WITHIN,), daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hook(certificate) -> Iterator[HookServer]:
    with serving(HookServer(), *certificate) as server:
        yield server
