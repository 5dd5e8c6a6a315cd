"""Sending what is due (发送): take a message, send it outside of any transaction, write down what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from financing.access import SYSTEM
from financing.bulletins.delivering import Issue, issue_of
from financing.db import Database
from financing.desk import Desk, opened
from financing.notices import parcels, rules
from financing.notices.parcels import Outbound
from financing.notices.rules import Medium, Parceled, Trouble
from financing.settings import Settings
from web.post import mail, robots
from web.post.hooks import Line
from web.post.mail import NotSent
from web.post.message import Message, bulletin, written

#: What the signature of a link that stops the bulletin is about.
BULLETINS = "bulletins"

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

    def stop_bulletins(self, subscription_id: int) -> str:
        """The same for the bulletin alone."""
        return f"{self.settings.site}/stop/bulletins/{rules.stop_token(self.secret, subscription_id, BULLETINS)}"

    def code(self, address_id: int, asked_at: datetime) -> str:
        return rules.code(self.secret, address_id, asked_at)

    def send(self, out: Outbound, now: datetime, issue: Issue | None = None) -> None:
        """One message by its way, an issue of the bulletin with what it says; NotSent with its reason."""
        message, stop = self._written(out, issue)
        if out.medium is Medium.EMAIL:
            mail.send(mail.mail(out, message, self.settings, stop), self.settings)
        else:
            self._say(out, message, now)

    def _written(self, out: Outbound, issue: Issue | None) -> tuple[Message, str]:
        """The words of a message, and the link in it that stops what it is about."""
        if issue is not None:
            stop = self.stop_bulletins(issue.subscription_id)
            return bulletin(issue, out.lang, self.settings, stop), stop
        if out.kind is Parceled.CODE:
            return written(out, self.settings, code=self.code(out.address_id, out.asked_at)), ""
        stop = self.stop_link(out.address_id)
        return written(out, self.settings, stop=stop), stop

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
            issue = _issue(desk, out)
        if out is None:
            return sent
        if issue is not None or out.kind is not Parceled.BULLETIN:
            sent += _one(database, post, out, issue, clock)
    return sent


def _issue(desk: Desk, out: Outbound | None) -> Issue | None:
    """What a message of the bulletin says; one whose reader has stopped it goes nowhere."""
    if out is None or out.kind is not Parceled.BULLETIN:
        return None
    found = issue_of(desk, out.parcel_id)
    if found is None:
        parcels.not_wanted(desk, out.parcel_id)
    return found


def _one(database: Database, post: Post, out: Outbound, issue: Issue | None, clock: Callable[[], datetime]) -> bool:
    trouble = _tried(post, out, issue, clock())
    with opened(database, SYSTEM, clock()) as desk:
        if trouble is None:
            parcels.went_out(desk, out.parcel_id)
        else:
            parcels.did_not(desk, out.parcel_id, trouble)
    return trouble is None


def _tried(post: Post, out: Outbound, issue: Issue | None, now: datetime) -> Trouble | None:
    try:
        post.send(out, now, issue)
    except NotSent as fault:
        log.warning("post.not_sent", parcel=out.parcel_id, medium=out.medium, why=fault.trouble)
        return fault.trouble
    except Exception as fault:  # noqa: BLE001  a message nobody foresaw must not end the sender, and is seen on its row
        log.warning("post.failed", parcel=out.parcel_id, why=type(fault).__name__)
        return Trouble.REFUSED
    return None
