"""New keys in batches, taken up where they stopped, beside everything else; old ones go when nothing lies under them (C-45, C-46)."""

from __future__ import annotations

import hashlib
from itertools import islice

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from financing import resealing, sealing
from financing.access import Role
from financing.ciphers import NATIONAL
from financing.conduct.model import ConductEvidence, Reporter
from financing.conduct.reports import CELL, FILE
from financing.conduct_refusals import KeysAway, KeyUsed
from financing.papers import store
from financing.people.factors import PLACE
from financing.people.model import User
from financing.sealing import Ring, number_of
from tests.makers import TODAY, a_user, writing


@pytest.fixture
def zone(database, tmp_path):
    """Seven reports, one with a file, and a second factor, under one key; the ring and where files lie."""
    ring, uploads = Ring(tmp_path / "sealing.key"), tmp_path / "uploads"
    database.ring = ring
    with writing(database) as session:
        for at in range(7):
            row = Reporter(mark=ring.mark(f"user\n{at}"), firm_mark=ring.mark("firm\n1"), once=f"o{at}", code=ring.mark(f"code\n{at}"),
                           waits_until=TODAY, told=b"")  # fmt: skip
            row.told = ring.write(CELL, row.id, {"user": at, "firm": 1})
            session.add(row)
        session.flush()
        file = ConductEvidence(report_id=row.id, stored="", sha256="", told=b"")
        cell = ring.seal(FILE, file.id, b"a receipt")
        file.stored, file.sha256 = store.keep_quietly(uploads, cell), hashlib.sha256(cell).hexdigest()
        file.told = ring.write("conduct_evidence.told", file.id, {"name": "单据.png"})
        person = a_user(session, Role.OFFICER)
        person.second_factor = ring.seal(PLACE, person.id, b"secret")
        session.add(file)
    return database, ring, uploads


def told(database, ring, uploads):
    """Everything that is sealed, opened."""
    with writing(database) as session:
        reports = sorted(ring.read(CELL, row.id, row.told)["user"] for row in session.scalars(select(Reporter)))
        (file,) = session.scalars(select(ConductEvidence)).all()
        content = (uploads / file.stored).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file.sha256
        person = session.scalars(select(User).where(User.second_factor.is_not(None))).one()
        return reports, ring.open(FILE, file.id, content), ring.open(PLACE, person.id, person.second_factor)


def test_C46_a_rotation_that_was_cut_off_goes_on_and_nothing_is_lost(zone):
    database, ring, uploads = zone
    before, first = told(database, ring, uploads), ring.numbers()[-1]
    second = ring.rotate()
    assert resealing.old(database, ring, uploads) == 10
    cut = list(islice(resealing.anew(database, ring, uploads, batch=2), 3))  # the process ends after three batches
    assert 0 < cut[-1].cells < 10
    assert told(database, ring, uploads) == before  # cells of both keys open meanwhile
    counted = resealing.cells(database, uploads)
    assert set(counted) == {first, second} and counted.total() == 10
    with pytest.raises(KeyUsed):
        resealing.drop(database, ring, first, uploads)
    with pytest.raises(DBAPIError, match="wall"), database.writer.begin() as connection:  # walls stand between batches
        connection.execute(text("UPDATE reporter SET told = told"))
    rest = list(resealing.anew(database, ring, uploads, batch=2))
    assert rest[-1].cells == 10 - cut[-1].cells == rest[-1].of
    assert resealing.cells(database, uploads) == {second: 10}
    assert told(database, ring, uploads) == before
    assert len(list(uploads.iterdir())) == 1  # the old bytes of the file are gone
    for number in (second, "00000000"):
        with pytest.raises(KeyUsed):
            resealing.drop(database, ring, number, uploads)
    resealing.drop(database, ring, first, uploads)
    assert ring.numbers() == [second] and told(database, ring, uploads) == before
    with pytest.raises(DBAPIError, match="wall"), database.writer.begin() as connection:
        connection.execute(text("DELETE FROM reporter"))


def test_C46_going_over_to_the_national_suite_seals_all_anew(zone):
    database, ring, uploads = zone
    before, national = told(database, ring, uploads), Ring(ring.path, NATIONAL)
    assert list(resealing.anew(database, national, uploads))[-1].cells == 10
    with writing(database) as session:
        assert {row.told[:1] for row in session.scalars(select(Reporter))} == {NATIONAL.mark}
    assert told(database, national, uploads) == before
    assert resealing.old(database, national, uploads) == 0


def test_C46_marks_are_made_anew_and_old_ones_are_still_found(zone):
    database, ring, _uploads = zone
    old = ring.keys.marking()[-1].number.hex()
    ring.keys.grow("mark")
    assert len(ring.marks("user\n3")) == 2
    assert resealing.mark_anew(database, ring) == 7
    with writing(database) as session:
        rows = session.scalars(select(Reporter)).all()
        assert {row.mark for row in rows} == {ring.mark(f"user\n{at}") for at in range(7)}
        assert {row.firm_mark for row in rows} == {ring.mark("firm\n1")}  # one firm stays one firm
        assert {row.code for row in rows} == {
            ring.marks(f"code\n{at}")[0] for at in range(7)
        }  # found under the former key
    with pytest.raises(KeyUsed):
        resealing.drop(database, ring, old, _uploads)


def test_C46_a_change_of_suite_alone_leaves_the_key_of_marks(zone):
    _database, ring, _uploads = zone
    national = Ring(ring.path, NATIONAL)
    national.keys.grow("mark")
    assert ring.mark("firm\n1") == national.mark("firm\n1") == national.marks("firm\n1")[-1]
    assert len(ring.marks("firm\n1")) == 2


def test_C46_a_cell_changed_meanwhile_is_not_overwritten_and_a_lost_key_stops_the_batch(zone):
    database, ring, uploads = zone
    kept = ring.numbers()[-1]
    ring.rotate()
    steps = resealing.anew(database, ring, uploads, batch=3)
    next(steps)
    with writing(database) as session:  # somebody sets their factor anew between two batches
        person = session.scalars(select(User).where(User.second_factor.is_not(None))).one()
        person.second_factor = sealing.Ring(ring.path).seal(PLACE, person.id, b"newer")
    list(steps)
    assert told(database, ring, uploads)[2] == b"newer"
    again = ring.rotate()
    ring.keys.drop(ring.numbers()[-2])  # by hand: the key that everything lies under
    with pytest.raises(KeysAway):
        list(resealing.anew(database, ring, uploads))
    with writing(database) as session:
        assert again not in {number_of(row.told) for row in session.scalars(select(Reporter))}
    assert kept in ring.numbers()
