"""Sending what is due (发送): take a message, send it outside of any transaction, write down what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from financing.access import SYSTEM
from financing.db import Database
from financing.desk import opened
from financing.notices import parcels, rules
from financing.notices.parcels import Outbound
from financing.notices.rules import Medium, Parceled, Trouble
from financing.settings import Settings
from web.post import mail, robots
from web.post.hooks import Line
from web.post.mail import NotSent
from web.post.message import Message, written

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """The ways out of one installation."""

    settings: Settings
    line: Line = field(default_factory=lambda: Line(()))

    @classmethod
    def of(cls, settings: Settings) -> Post:
        return cls(settings, Line(settings.robots))

    @property
    def secret(self) -> bytes:
        return self.settings.secret.get_secret_value().encode()

    def stop_link(self, address_id: int) -> str:
        """Where whoever holds a message stops all of them, without signing in."""
        return f"{self.settings.site}/stop/{rules.stop_token(self.secret, address_id)}"

    def code(self, address_id: int, asked_at: datetime) -> str:
        return rules.code(self.secret, address_id, asked_at)

    def send(self, out: Outbound, now: datetime) -> None:
        """One message by its way; NotSent with its reason."""
        stop = "" if out.kind is Parceled.CODE else self.stop_link(out.address_id)
        code = self.code(out.address_id, out.asked_at) if out.kind is Parceled.CODE else ""
        message = written(out, self.settings, code=code, stop=stop)
        if out.medium is Medium.EMAIL:
            mail.send(mail.mail(out, message, self.settings, stop), self.settings)
        else:
            self._say(out, message, now)

    def _say(self, out: Outbound, message: Message, now: datetime) -> None:
        if out.robot is None:
            raise NotSent(Trouble.NOT_SET_UP)
        text = f"{message.subject}\n{message.text}".strip()
        seconds = int(now.timestamp())
        self.line.send(out.robot, robots.call(out.robot, out.target, out.secret, text, seconds, str(out.parcel_id)))


def send_due(database: Database, post: Post, clock: Callable[[], datetime], most: int = 200) -> int:
    """Send what is due, one after the other; how many went out. What does not is tried again, and never keeps the others back."""
    sent = 0
    for _ in range(most):
        with opened(database, SYSTEM, clock()) as desk:
            out = parcels.take(desk)
        if out is None:
            return sent
        sent += _one(database, post, out, clock)
    return sent


def _one(database: Database, post: Post, out: Outbound, clock: Callable[[], datetime]) -> bool:
    trouble = _tried(post, out, clock())
    with opened(database, SYSTEM, clock()) as desk:
        if trouble is None:
            parcels.went_out(desk, out.parcel_id)
        else:
            parcels.did_not(desk, out.parcel_id, trouble)
    return trouble is None


def _tried(post: Post, out: Outbound, now: datetime) -> Trouble | None:
    try:
        post.send(out, now)
    except NotSent as fault:
        log.warning("post.not_sent", parcel=out.parcel_id, medium=out.medium, why=fault.trouble)
        return fault.trouble
    except Exception as fault:  # noqa: BLE001  a message nobody foresaw must not end the sender, and is seen on its row
        log.warning("post.failed", parcel=out.parcel_id, why=type(fault).__name__)
        return Trouble.REFUSED
    return None
