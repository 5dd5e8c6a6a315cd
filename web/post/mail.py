"""Mail by the operator's own server (SMTP): headers that cannot be broken out of, TLS that is checked, time limits."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from financing.notices.parcels import Outbound
from financing.notices.rules import Parceled, Trouble
from financing.settings import Settings
from web.post.message import Message

#: Seconds for each step of the conversation.
PATIENCE = 10.0


class NotSent(Exception):
    """A message did not go out; `trouble` says why, as far as an operator can act on it."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def mail(out: Outbound, message: Message, settings: Settings, stop: str) -> EmailMessage:
    """The message as mail. Its id is the parcel's, so that sent again it is the same message; the date is the parcel's too."""
    made = EmailMessage(policy=SMTP)
    made["Subject"] = message.subject
    made["From"] = Address(display_name=settings.zone_name, addr_spec=settings.mail_from)
    made["To"] = Address(addr_spec=out.target)
    made["Date"] = format_datetime(out.made_at.astimezone(UTC))
    made["Message-ID"] = f"<notice.{out.parcel_id}@{urlsplit(settings.site).hostname}>"
    made["Auto-Submitted"] = "auto-generated"
    if out.kind is not Parceled.CODE:
        made["List-Unsubscribe"] = f"<{stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    made.set_content(message.text)
    made.add_alternative(message.html, subtype="html")
    return made


def send(made: EmailMessage, settings: Settings, *, trust: ssl.SSLContext | None = None) -> None:
    """Hand one mail over; NotSent with its reason. After this returns the server has taken it."""
    if not settings.smtp_host:
        raise NotSent(Trouble.NOT_SET_UP)
    try:
        with _server(settings, trust or ssl.create_default_context()) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(made, settings.mail_from, [str(made["To"])])
    except (smtplib.SMTPException, OSError) as fault:
        raise NotSent(why(fault)) from None


def _server(settings: Settings, trust: ssl.SSLContext) -> smtplib.SMTP:
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=trust)
    server = smtplib.SMTP(host, port, timeout=PATIENCE)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=trust)
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def why(fault: Exception) -> Trouble:
    """The reason class of what went wrong; the other side's own words may hold an address and are not kept."""
    match fault:
        case ssl.SSLError():
            return Trouble.NOT_TRUSTED
        case TimeoutError():
            return Trouble.TIMED_OUT
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _said in fault.recipients.values()]
            return Trouble.REFUSED if all(500 <= code < 600 for code in codes) else Trouble.PUT_OFF
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError():
            return Trouble.REFUSED if 500 <= fault.smtp_code < 600 else Trouble.PUT_OFF
        case smtplib.SMTPResponseException():
            return Trouble.PUT_OFF
    return Trouble.UNREACHABLE
