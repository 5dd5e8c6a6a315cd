"""The calendar file, read back by a small reader of RFC 5545 of its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from financing.forums.calendar_file import Event, calendar_file

BEIJING = timezone(timedelta(hours=8))
STARTS = datetime(2026, 11, 27, 9, 30, tzinfo=BEIJING)


def event(**facts):
    own = {"uid": "DJ2026-01-7@zone", "sequence": 2, "stamp": STARTS, "starts": STARTS, "ends": STARTS + timedelta(hours=2),
           "title": "对接会", "place": "企业服务中心", "words": ("签到",)}  # fmt: skip
    return Event(**{**own, **facts})


def parsed(content: bytes) -> dict[str, str]:
    """The properties of the one event: unfolded by octets, split at the first colon, text without its backslashes."""
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = content.replace(b"\r\n ", b"").decode().split("\r\n")
    body = whole[whole.index("BEGIN:VEVENT") + 1 : whole.index("BEGIN:VALARM")]
    pairs = dict(line.split(":", 1) for line in body)
    return {name: re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value) for name, value in pairs.items()}


def moment(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def test_the_hour_is_the_same_moment_wherever_the_calendar_is():
    found = parsed(calendar_file(event()))
    assert found["DTSTART"] == "20261127T013000Z"
    assert moment(found["DTSTART"]) == STARTS
    assert moment(found["DTEND"]) - moment(found["DTSTART"]) == timedelta(hours=2)
    assert (found["UID"], found["SEQUENCE"]) == ("DJ2026-01-7@zone", "2")


@given(
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029"), max_size=200),
    st.lists(st.text("甲乙;,\\: n", max_size=90), max_size=4),
)
def test_any_title_and_any_words_come_back_as_they_went_in(title, words):
    found = parsed(calendar_file(event(title=title, words=words)))
    assert (found["SUMMARY"], found["DESCRIPTION"]) == (title, "\n".join(words))
