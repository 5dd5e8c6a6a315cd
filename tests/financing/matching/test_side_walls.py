"""I-09, I-30: on PostgreSQL a bank's transaction finds its own rows and no others, with every sight of the code put aside.

Statements are raw and run as the service's account. What each side should find is reckoned in plain Python over random consents around the clock
of the database; the words of the walls are not used for it.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from financing.access import Actor, Role
from financing.needs.model import Need
from financing.refusals import NotFound
from financing.row_walls import GUARDED_ROWS
from financing.side_walls import SIDE, SIDED, WITHIN, on_the_platforms_side, side_of
from tests.engines import lent
from tests.financing.matching import test_reading_rights as plain
from tests.makers import NOW, at
from tests.postgres import SERVICE

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "2"))


@pytest.fixture
def walled(postgres_url, service_url):
    """The database as the service opens it, its own clock in force; the owner has laid the rows out."""
    with lent(postgres_url) as owner:
        with owner.writer.begin() as connection:
            connection.exec_driver_sql(WITHIN)
            connection.exec_driver_sql(f"ALTER ROLE {SERVICE} RESET {SIDE}")
        with lent(service_url) as database:
            yield owner, database
        with owner.writer.begin() as connection:
            connection.exec_driver_sql(f"ALTER ROLE {SERVICE} SET {SIDE} = 'platform'")


def found(database, side: str | None, query: str) -> set:
    """What a raw statement finds in a transaction that has said where it stands, or nothing."""
    with database.writer.connect() as connection:
        if side is not None:
            connection.exec_driver_sql(f"SET LOCAL {SIDE} = '{side}'")
        rows = {tuple(row) if len(row) > 1 else row[0] for row in connection.exec_driver_sql(query)}
        connection.rollback()
        return rows


def around(now: datetime, given: list[plain.Given]) -> list[plain.Given]:
    """The same consents about the moment at hand: some over, some to come, none within a minute of an edge."""
    middle = NOW + timedelta(days=20, seconds=30)
    moved = [
        plain.Given(
            one.id, one.need, one.bank, now + (one.since - middle), now + (one.until - middle), one.back and now
        )
        for one in given
    ]
    assert all(abs(edge - now) > timedelta(seconds=20) for one in moved for edge in (one.since, one.until))
    return moved


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_I09_I30_with_no_sight_at_all_a_bank_finds_what_was_consented_and_its_own(walled, seed):
    owner, database = walled
    now = datetime.now(UTC)
    needs, banks, given, states = plain.laid_out(owner, Random(seed))
    given = around(now, given)
    with owner.writer.begin() as connection:
        for one in given:
            connection.execute(
                text("UPDATE consent SET valid_from = :a, valid_until = :b, withdrawn_at = :c WHERE id = :id"),
                {"a": one.since, "b": one.until, "c": one.back, "id": one.id},
            )
    leave = {(one.need, one.bank) for one in given if one.back is None and one.since <= now < one.until}
    assert leave
    for bank in banks:
        side = f"bank:{bank}"
        read = {need for need in needs if (need, bank) in leave and states.get((need, bank)) in plain.READING}
        assert found(database, side, "SELECT need_id FROM dossier") == read
        assert found(database, side, "SELECT DISTINCT bank_id FROM match") == {bank}
        assert found(database, side, "SELECT id FROM consent") == {one.id for one in given if one.bank == bank}
        assert found(database, side, "SELECT id FROM need") == {need for need in needs if (need, bank) in states}
    firms = found(database, "platform", "SELECT id, firm_id FROM need")
    for firm in {firm for _, firm in firms}:
        own = {need for need, its in firms if its == firm}
        assert found(database, f"firm:{firm}", "SELECT need_id FROM dossier") == own
        assert found(database, f"firm:{firm}", "SELECT DISTINCT firm_id FROM consent") <= {firm}
    for nobody in (None, "", "visitor", "bank:", "bank:0", "bank", "firm:", f"bank:{banks[0]} ", f"BANK:{banks[0]}", f"bank:{banks[0]}x", "Staff"):  # fmt: skip
        for table in SIDED:
            assert found(database, nobody, f"SELECT 1 FROM {table}") == set(), (nobody, table)
    for side in ("platform", "staff"):
        assert found(database, side, "SELECT id FROM consent") == {one.id for one in given}
    _nothing_foreign_is_written(database, banks)
    _a_desk_says_where_it_stands(database, banks[0])


def _nothing_foreign_is_written(database, banks: list[int]) -> None:
    with database.writer.connect() as connection:
        connection.exec_driver_sql(f"SET LOCAL {SIDE} = 'bank:{banks[0]}'")
        others = connection.exec_driver_sql(f"UPDATE match SET fit = 99 WHERE bank_id <> {banks[0]}")
        assert others.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.exec_driver_sql(f"UPDATE match SET bank_id = {banks[1]}")


def _a_desk_says_where_it_stands(database, bank: int) -> None:
    """Whoever opens a desk; the platform's eyes close again, and the next transaction of the connection starts anew."""
    banker = Actor(7, Role.BANKER, bank_id=bank, name="某")
    count = select(func.count()).select_from(Need)
    for write in (False, True):
        with at(database, banker, write=write) as desk:
            own = desk.session.scalar(count)
            with on_the_platforms_side(desk.session, banker):
                assert desk.session.scalar(count) == plain.DOSSIERS > own
            assert desk.session.scalar(count) == own
            with pytest.raises(NotFound), desk.all_seeing():
                raise NotFound(kind="Need")
            assert desk.session.scalar(count) == own


def test_I30_every_sided_table_is_walled_against_its_owner_too(walled):
    owner, _ = walled
    with owner.reader.connect() as connection:
        held = set(
            connection.scalars(text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"))
        )
    assert held == {*SIDED, *GUARDED_ROWS}


@pytest.mark.parametrize(
    ("role", "facts", "side"),
    [
        (Role.VISITOR, {}, "visitor"), (Role.SYSTEM, {}, "platform"), (Role.OFFICER, {}, "staff"), (Role.AUDITOR, {}, "staff"),
        (Role.ADMIN, {}, "staff"), (Role.BANKER, {"bank_id": 5}, "bank:5"), (Role.BANK_ADMIN, {"bank_id": None}, "bank:0"),
        (Role.CLERK, {"firm_id": 6}, "firm:6"), (Role.SIGNATORY, {"firm_id": None}, "firm:0"),
    ],
)  # fmt: skip
def test_I30_on_which_side_each_role_stands(role, facts, side):
    assert side_of(Actor(1, role, **facts)) == side
