"""The journal: what is written, in what order, and that its texts can be proved yet not read."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from financing import journal, journal_check
from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.journal import Clue, Entry, Head, Line, Private, SubjectKey
from financing.money import Fen, Rate
from tests.makers import NOW, writing

ACTOR = Actor(7, Role.OFFICER)
CLUE = Clue("sess", "10.0.0.1", "req")


def write(database, *lines, now=NOW, actor=ACTOR):
    with writing(database) as session:
        journal.append(session, actor, now, CLUE, lines)


def line(subject=1, act=Act.ACCEPT_NEED, firm=None, **facts):
    return Line(act, "Need", subject, firm_id=firm, facts=facts)


def entries(database):
    with writing(database) as session:
        return list(session.scalars(select(Entry).order_by(Entry.seq)))


def test_numbers_run_without_a_gap_and_each_line_hangs_on_the_former(database):
    write(database, line(1), line(2))
    write(database, line(3))
    found = entries(database)
    assert [entry.seq for entry in found] == [1, 2, 3]
    former = bytes(32)
    for entry in found:
        body = json.dumps(entry.body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        leaf = hashlib.sha256(b"\0" + body).digest()
        former = hashlib.sha256(b"\1" + former + leaf).digest()
        assert entry.link == former.hex()
    with writing(database) as session:
        head = session.get_one(Head, 1)
    assert (head.seq, head.link) == (3, former.hex())


def test_a_line_says_who_when_where_and_what(database):
    write(database, line(5, firm=9, amount=Fen(120), rate=Rate(34_500), state=Role.CHAIR, day=date(2026, 11, 23), none=None,
                         flag=True, at=NOW, list=[1, Fen(2)], map={"a": {Role.CHAIR}}, code="JY2026-0001"))  # fmt: skip
    body = entries(database)[0].body
    assert body["facts"] == {
        "amount": {"fen": 120}, "rate": {"ppm": 34_500}, "state": "chair", "day": "2026-11-23", "none": None, "flag": True,
        "at": NOW.isoformat(), "list": [1, {"fen": 2}], "map": {"a": ["chair"]}, "code": "JY2026-0001",
    }  # fmt: skip
    del body["facts"]
    assert body == {
        "at": "2026-11-23T01:30:00.000000+00:00", "actor": 7, "role": "officer", "of_firm": None, "of_bank": None,
        "session": "sess", "address": "10.0.0.1", "request": "req", "act": "need.accept", "kind": "Need", "subject": 5,
        "firm": 9, "bank": None, "decision": "allow", "algorithm": "sha256", "seq": 1,
    }  # fmt: skip


@pytest.mark.parametrize("value", ["中文", "x" * 65, 1.5, b"bytes", object()])
def test_a_text_that_people_typed_must_come_wrapped(database, value):
    with pytest.raises(TypeError):
        write(database, line(reason=value))
    assert entries(database) == []


def test_a_committed_text_can_be_proved_with_the_key_and_is_nowhere_else(database):
    write(database, line(firm=9, reason=Private("近亲属任职")), line(firm=9, reason=Private("近亲属任职")))
    write(database, line(firm=8, reason=Private("近亲属任职")))
    committed = [entry.body["facts"]["reason"]["committed"] for entry in entries(database)]
    with writing(database) as session:
        key = session.get_one(SubjectKey, 9).key
    assert committed[0] == committed[1] == hmac.new(key, "近亲属任职".encode(), "sha256").hexdigest()
    assert committed[2] != committed[0]
    exported = StringIO()
    with writing(database) as session:
        journal.export(session, exported)
    assert "近亲属" not in exported.getvalue()


def test_when_a_key_is_destroyed_the_chain_still_holds(database):
    write(database, line(firm=9, reason=Private("近亲属任职")))
    with writing(database) as session:
        session.delete(session.get_one(SubjectKey, 9))
    with writing(database) as session:
        assert journal_check.check(journal.exported(session))[0] == 1


def test_time_never_goes_back(database):
    write(database, line())
    write(database, line(), now=NOW - timedelta(hours=1))
    write(database, line(), now=NOW + timedelta(days=1))
    assert [entry.at for entry in entries(database)] == [NOW, NOW, NOW + timedelta(days=1)]


def test_nothing_to_say_writes_nothing(database):
    write(database)
    assert entries(database) == []


def test_the_export_is_what_the_stand_alone_check_reads(database):
    write(database, *(line(n) for n in range(20)))
    exported = StringIO()
    with writing(database) as session:
        assert journal.export(session, exported) == 21
        head = session.get_one(Head, 1)
    assert journal_check.check(exported.getvalue().splitlines()) == (20, head.link)


def test_denials_get_a_line_each_until_there_are_too_many_in_an_hour(database):
    def denied(now, actor=ACTOR):
        with writing(database) as session:
            return journal.denied(session, actor, now, most=3)

    early, noon = datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 23, 4, tzinfo=UTC)
    write(database, line(act=Act.DENIED), now=early)
    write(database, line(act=Act.DENIED), line(act=Act.DENIED), line(), now=noon)
    assert denied(noon)  # the early one is over an hour ago
    assert entries(database)[0].body["decision"] == "deny"
    write(database, line(act=Act.DENIED), now=noon)
    assert not denied(noon)
    assert denied(noon, Actor(8, Role.OFFICER))
    assert denied(noon + timedelta(hours=1, seconds=1))
    assert not denied(noon, Actor(0, Role.VISITOR))
    assert denied(noon, SYSTEM)
