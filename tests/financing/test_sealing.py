"""Sealed cells: only at their own place, only with their key, never plain; keys grow and old cells still open (I-26)."""

from __future__ import annotations

import json
import stat
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from financing import resealing
from financing.conduct.model import Reporter
from financing.conduct_refusals import KeysAway, SealBroken
from financing.sealing import BLOCK, Ring, SealedColumn, number_of
from tests.makers import TODAY, writing

#: Opens a cell with the library alone, by the written format: mark 1, key number 4, nonce 12, then AES-256-GCM over head and place.
APART = """
import hashlib, sys
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
path, place, row, cell = sys.argv[1], sys.argv[2], sys.argv[3], bytes.fromhex(sys.argv[4])
lines = [line.split(":") for line in open(path).read().split()]
keys = [bytes.fromhex(key) for kind, key in lines if kind == "seal-international"]
key = next(k for k in keys if hashlib.sha256(b"number\\n" + k).digest()[:4] == cell[1:5])
print(AESGCM(key).decrypt(cell[5:17], cell[17:], cell[:17] + f"{place}\\n{row}".encode()).decode())
"""


@pytest.fixture
def ring(tmp_path):
    return Ring(tmp_path / "keys" / "sealing.key")


@given(text=st.text(max_size=900), row=st.integers(1, 2**53), other=st.integers(1, 2**53))
def test_a_cell_opens_at_its_own_place_alone(ring, text, row, other):
    cell = ring.write("a.told", row, {"text": text})
    assert ring.read("a.told", row, cell) == {"text": text}
    with pytest.raises(SealBroken):
        ring.open("b.told", row, cell)
    if other != row:
        with pytest.raises(SealBroken):
            ring.open("a.told", other, cell)


def test_another_program_opens_a_cell_by_the_written_format(ring):
    cell = ring.write("reporter.told", 77, {"firm": "示范铜材"})
    said = subprocess.run(
        [sys.executable, "-c", APART, str(ring.path), "reporter.told", "77", cell.hex()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(said.stdout) == {"firm": "示范铜材"}


@given(at=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_no_byte_of_a_cell_can_be_changed(ring, at, flip):
    cell = bytearray(ring.seal("a.told", 7, b"who reported"))
    cell[at % len(cell)] ^= flip
    if at % len(cell) == 0:
        return  # the mark says that it is a cell at all
    with pytest.raises((SealBroken, KeysAway)):
        ring.open("a.told", 7, bytes(cell))


def test_the_length_of_a_text_and_its_twin_tell_nothing(ring):
    short, long = (ring.write("a.told", 7, {"text": "是" * length}) for length in (1, 100))
    assert len(short) == len(long)
    assert (len(short) - 33) % BLOCK == 0
    assert ring.write("a.told", 7, {"text": "是"}) != short


def test_keys_are_their_owners_alone_and_grow(ring):
    old = ring.write("a.told", 7, {"text": "一"})
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    new = ring.rotate()
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    assert ring.numbers() == [number_of(old), new]
    assert ring.read("a.told", 7, old) == {"text": "一"}
    assert number_of(ring.write("a.told", 7, {"text": "二"})) == new
    assert [path.name for path in ring.path.parent.iterdir()] == ["sealing.key"]


def test_marks_stay_when_keys_change_and_differ_from_file_to_file(ring, tmp_path):
    before = ring.mark("user\n7")
    ring.rotate()
    assert ring.mark("user\n7") == before != ring.mark("user\n8")
    assert Ring(tmp_path / "other.key").mark("user\n7") != before


def test_without_its_key_a_cell_stays_shut(ring, tmp_path):
    cell = ring.write("a.told", 7, {"text": "一"})
    with pytest.raises(KeysAway) as refused:
        Ring(tmp_path / "other.key").read("a.told", 7, cell)
    assert refused.value.facts["number"] == number_of(cell)


def test_a_sealed_column_takes_cells_alone(ring):
    dialect = create_engine("sqlite://").dialect
    column = SealedColumn()
    cell = ring.seal("a.told", 7, b"x")
    assert column.process_bind_param(cell, dialect) == cell
    assert column.process_bind_param(None, dialect) is None
    for plain in (b"", "张明".encode(), cell[:20]):
        with pytest.raises(TypeError):
            column.process_bind_param(plain, dialect)
    assert isinstance(Reporter.__table__.c.told.type, SealedColumn)


def test_a_new_key_seals_everything_anew_and_nothing_else_changes(database, tmp_path):
    ring = database.ring = Ring(tmp_path / "sealing.key")
    with writing(database) as session:
        rows = [a_reporter(ring, at) for at in (1, 2, 3)]
        session.add_all(rows)
        session.flush()
        before = [(row.id, ring.read("reporter.told", row.id, row.told), row.once, row.version) for row in rows]
        old = {row.id: row.told for row in rows}
    number, count = ring.rotate(), [done.cells for done in resealing.anew(database, ring)][-1]
    assert (count, resealing.cells(database)) == (3, {number: 3})
    with writing(database) as session:
        found = {row.id: row for row in session.scalars(select(Reporter))}
        assert all(found[key].told != cell and number_of(found[key].told) == number for key, cell in old.items())
        after = [
            (row.id, ring.read("reporter.told", row.id, row.told), row.once, row.version) for row in found.values()
        ]
    assert sorted(after) == sorted(before)
    assert all(ring.read("reporter.told", key, cell) for key, cell in old.items())  # a backup from before still opens
    with pytest.raises(DBAPIError, match="wall"), database.writer.begin() as connection:  # the walls stand again
        connection.execute(text("UPDATE reporter SET once = 'x'"))


def a_reporter(ring: Ring, number: int) -> Reporter:
    row = Reporter(mark="m", firm_mark="f", once=f"o{number}", code=f"c{number}", waits_until=TODAY, told=b"")
    row.told = ring.write("reporter.told", row.id, {"number": number})
    return row
