"""An invitation as a calendar file (RFC 5545). Times are in UTC, so that no calendar needs to know a time zone's rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

WIDEST = 75  # octets in a line, without its end


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be put into a calendar; `uid` and `sequence` make a later file replace an earlier one."""

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    title: str
    place: str
    words: Sequence[str] = ()


def calendar_file(event: Event) -> bytes:
    """The file: one event, lines ended by CR LF and folded, text escaped."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yuanrongtong//Session//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "BEGIN:VEVENT", f"UID:{event.uid}", f"SEQUENCE:{event.sequence}", f"DTSTAMP:{_utc(event.stamp)}",
        f"DTSTART:{_utc(event.starts)}", f"DTEND:{_utc(event.ends)}", f"SUMMARY:{_text(event.title)}",
        f"LOCATION:{_text(event.place)}", f"DESCRIPTION:{_text(chr(10).join(event.words))}",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.title)}", "TRIGGER:-P1D", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(part + "\r\n" for line in lines for part in _folded(line)).encode()


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Text as a value: backslash, semicolon, comma and line break are written with a backslash."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        words = words.replace(sign, written)
    return words


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, never within a character; a later part begins with a blank."""
    part, room = "", WIDEST
    for sign in line:
        if len(sign.encode()) > room:
            yield part
            part, room = " ", WIDEST - 1
        part, room = part + sign, room - len(sign.encode())
    yield part
