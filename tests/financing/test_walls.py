"""What no SQL of the application can do, whatever its code asks (I-06, I-08, I-12)."""

from __future__ import annotations

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Date, Enum, Text, insert, select, text
from sqlalchemy.exc import IntegrityError

from financing.credit.model import Assessment
from financing.db import FenColumn, Instant
from financing.guarantees.model import Ballot, GuaranteeCase, Tie
from financing.guarantees.rules import Vote
from financing.journal import Entry
from financing.matching.model import Match
from financing.models import metadata
from financing.money import Fen
from financing.offers.rules import DeclineCode
from financing.walls import WRITTEN_ONCE, put_up
from financing.walls_aside import STANDING, aside
from tests.financing.guarantees.conftest import zone
from tests.makers import NOW, TODAY, a_bank, a_product, writing

__all__ = ["zone"]


@pytest.fixture
def sealed(zone):
    """A case with a tie, a void ballot and a sealed resolution."""
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    zone.steps_aside(case, zone.members[3])
    zone.seals(case)
    return case


def forbidden(zone, statement, **values):
    with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
        session.execute(text(statement), values)


def test_what_is_written_once_is_never_changed_or_removed(zone, sealed):
    for table, change in (
        ("journal", "actor_id = 1"),
        ("journal", "link = ''"),
        ("assessment", "total = 100"),
        ("resolution", "outcome = 'approved'"),
        ("resolution", "digest = ''"),
        ("tie", "reason = ''"),
        ("ballot", "vote = 'for'"),
        ("ballot", "void = (1 = 0)"),
        ("guarantee_case", "line = line + 1"),
        ("guarantee_case", "assessment_id = 0"),
        ("guarantee_case", "opinion = ''"),
        ("guarantee_case", "round = 'first'"),
    ):
        forbidden(zone, f"UPDATE {table} SET {change}")
        forbidden(zone, f"DELETE FROM {table}")


BLANKS = ((Instant, NOW), (FenColumn, Fen(1)), (Date, TODAY), (Boolean, False), (JSON, {}), (BigInteger, 1), (Text, ""))


def blank(column):
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class))
    return next(value for kind, value in BLANKS if isinstance(column.type, kind))


def a_row(session, table, **known):
    """A row with a blank in every column that must hold something."""
    columns = metadata.tables[table].columns
    values = {c.name: blank(c) for c in columns if not c.nullable and c.name not in known}
    session.execute(insert(metadata.tables[table]).values(values | known))


def test_nor_are_the_rows_of_later_stages(zone, sealed):
    with writing(zone.database) as session:
        firm, bank = sealed.firm_id, a_bank(session)
        match = Match(need_id=sealed.need_id, firm_id=firm, bank_id=bank.id, product_id=a_product(session, bank).id,
                      fit=1, reasons=[], proposed_on=TODAY)  # fmt: skip
        session.add(match)
        session.flush()
        links = {"firm_id": firm, "bank_id": bank.id, "need_id": sealed.need_id}
        a_row(session, "dossier", firm_id=firm, need_id=sealed.need_id)
        a_row(session, "viewing", firm_id=firm)
        a_row(session, "decline", **links, match_id=match.id, code=DeclineCode.OTHER)
    for table, change in (("dossier", "digest = 'x'"), ("viewing", "user_id = 2"), ("decline", "code = 'debt'")):
        forbidden(zone, f"UPDATE {table} SET {change}")
        forbidden(zone, f"DELETE FROM {table}")


def test_nothing_is_added_to_a_sealed_case_either(zone, sealed):
    place = {"case_id": sealed.id, "user_id": zone.officer.id, "at": NOW}
    meeting = zone.get(GuaranteeCase, sealed.id).meeting_id
    for late in (
        lambda: Ballot(**place, meeting_id=meeting, opinion="", vote=Vote.AGAINST),
        lambda: Ballot(**place, meeting_id=meeting, opinion="", vote=Vote.AGAINST, void=True),
        lambda: Tie(**place, reason="事后"),
    ):
        with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
            session.add(late())


def test_no_ballot_is_removed_even_before_sealing(zone):
    case = zone.case()
    zone.meeting(case)
    zone.votes(case, zone.chair)
    forbidden(zone, "DELETE FROM ballot")
    with writing(zone.database) as session:
        session.execute(text("UPDATE ballot SET vote = 'against'"))  # voting again is allowed until then


def test_a_tied_member_gets_no_valid_ballot_by_any_way(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    member = zone.members[0]
    zone.votes(case, member)
    zone.steps_aside(case, member)
    forbidden(zone, "UPDATE ballot SET void = (1 = 0)")
    place = {"case_id": case.id, "meeting_id": meeting.id, "opinion": "", "at": NOW}
    other = zone.members[1]
    zone.steps_aside(case, other)
    with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
        session.add(Ballot(**place, user_id=other.id, vote=Vote.FOR))
    zone.votes(case, zone.members[2])
    with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
        session.add(Tie(case_id=case.id, user_id=zone.members[2].id, reason="", at=NOW))


def test_replacing_a_row_is_changing_it(zone):
    """SQLite's REPLACE removes the old row without firing a DELETE trigger; PostgreSQL knows no such word."""
    if zone.database.writer.dialect.name == "postgresql":
        return
    case = zone.case()
    with writing(zone.database) as session:
        score = session.scalars(select(Assessment)).one()
        line = session.scalars(select(Entry)).first()
    assert score.id == case.assessment_id
    for table, key in (("assessment", f"id = {score.id}"), ("journal", f"seq = {line.seq}")):
        forbidden(zone, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {key}")


def test_no_table_of_record_is_emptied_at_once(zone):
    """SQLite knows no such word."""
    if zone.database.writer.dialect.name == "postgresql":
        for table in (*WRITTEN_ONCE, "ballot"):
            forbidden(zone, f"TRUNCATE {table} CASCADE")


def test_walls_are_put_up_once(zone):
    for _ in range(2):
        with writing(zone.database) as session:
            put_up(session.connection())


def test_walls_put_aside_stand_again_as_this_program_builds_them(zone, sealed):
    """An upgrade renews a wall that a former program built otherwise."""
    with writing(zone.database) as session:
        connection = session.connection()
        asked = STANDING[connection.dialect.name]
        before = set(connection.exec_driver_sql(asked).all())
        with aside(connection):
            assert connection.exec_driver_sql(asked).all() == []
        assert set(connection.exec_driver_sql(asked).all()) == before
    assert len(before) > len(WRITTEN_ONCE)
    forbidden(zone, "UPDATE resolution SET digest = ''")
