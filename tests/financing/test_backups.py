"""Locked files hold what was written and nothing that was changed; backups of days are thinned out; health tells ages by hand-set clocks."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from financing import backups, health, outbox, safekeeping
from financing.access import SYSTEM
from financing.acts import Act
from financing.locked_file import CHUNK, HEAD, KeyFile, Passphrase, Spoilt, Unlocking, locked
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.proof.against import require_whole
from financing.proof.making import bring_out, make
from financing.proof.places import Folder, Signer
from financing.proof_refusals import CheckpointDoubted, WrongLock
from financing.settings import Settings
from financing.still import still
from tests.makers import NOW, at, writing
from web.keeping import Keeper, reserve

DAY = timedelta(days=1)


def written(path: Path, content: bytes, lock) -> bytes:
    with locked(path, lock) as out:
        for at_ in range(0, len(content), 50_001):
            out.write(content[at_ : at_ + 50_001])
    return path.read_bytes()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5])
def test_a_locked_file_is_read_at_any_place_and_no_two_are_alike(tmp_path, size):
    random, lock = Random(size), KeyFile(tmp_path / "backup.key")
    content = random.randbytes(size)
    stored = written(tmp_path / "one", content, lock)
    assert written(tmp_path / "two", content, lock) != stored
    assert len(stored) == HEAD + size + 16 * max(1, -(-size // CHUNK))
    assert size < 16 or content[:16] not in stored
    assert (tmp_path / "backup.key").stat().st_mode & 0o777 == 0o600
    with (tmp_path / "one").open("rb") as file:
        opened = io.BufferedReader(Unlocking(file, lock), 1_000)
        assert opened.read() == content
        for _ in range(20):
            place, most = random.randrange(size + 1), random.randrange(CHUNK)
            opened.seek(place)
            assert opened.read(most) == content[place : place + most]


def test_nothing_that_was_changed_cut_or_moved_opens(tmp_path):
    random, lock = Random(1), KeyFile(tmp_path / "backup.key")
    stored = written(tmp_path / "one", random.randbytes(3 * CHUNK + 5), lock)
    size = CHUNK + 16
    chunks = [stored[HEAD + n * size : HEAD + (n + 1) * size] for n in range(4)]
    spoilt = [
        stored[:-1], stored[: HEAD + 3 * size], stored[: HEAD + size], stored[:HEAD] + b"".join([chunks[0], chunks[2], chunks[1], chunks[3]]),
        stored[:HEAD] + b"".join(chunks[1:]), stored + b"x", stored[:HEAD], stored[:10],
    ]  # fmt: skip
    for _ in range(40):
        changed = bytearray(stored)
        changed[random.randrange(4, len(stored))] ^= 1 << random.randrange(8)
        spoilt.append(bytes(changed))
    for content in spoilt:
        with pytest.raises((WrongLock, Spoilt)):
            io.BufferedReader(Unlocking(io.BytesIO(content), lock)).read()
    with pytest.raises(WrongLock):
        Unlocking(io.BytesIO(stored), KeyFile(tmp_path / "other.key"))
    with pytest.raises(WrongLock):
        Unlocking(io.BytesIO(stored), Passphrase("七月的港口"))


def bank(database, name: str, now=NOW) -> None:
    with at(database, SYSTEM, now) as desk:
        desk.note(Act.ADD_BANK, desk.add(Bank(name=name, kind=BankKind.CITY)))


def test_a_backup_under_a_passphrase_comes_back_with_it_alone(database, tmp_path):
    bank(database, "甲银行")
    lock = Passphrase("七月的港口很安静")
    manifest = safekeeping.backup(database, tmp_path / "uploads", tmp_path / "kept", lock=lock)
    assert not zipfile.is_zipfile(tmp_path / "kept")
    assert "甲银行".encode() not in (tmp_path / "kept").read_bytes()
    assert safekeeping._manifest(tmp_path / "kept", lock) == manifest
    for wrong in (None, Passphrase("七月的港口"), KeyFile(tmp_path / "key")):
        with pytest.raises(WrongLock):
            safekeeping._manifest(tmp_path / "kept", wrong)


def test_a_picture_stands_still_while_others_write_and_leaves_no_copy(database, tmp_path):
    bank(database, "甲银行")
    with still(database) as connection:
        count = text("SELECT count(*) FROM bank")
        assert connection.scalar(count) == 1
        writer = threading.Thread(target=bank, args=(database, "乙银行"))
        writer.start()
        writer.join(10)
        assert not writer.is_alive()
        assert connection.scalar(count) == 1
    with still(database) as connection:
        assert connection.scalar(count) == 2
    if database.reader.dialect.name == "sqlite":
        assert list(Path(database.reader.url.database).parent.glob("*.copy-*")) == []


@given(st.sets(st.integers(0, 4_000), max_size=60), st.integers(1, 40), st.integers(1, 15), st.integers(1, 12))
def test_what_is_kept_is_the_newest_and_the_first_of_each_month_and_year(offsets, daily, monthly, yearly):
    there = sorted(date(2020, 1, 1) + n * DAY for n in offsets)
    plain = set(there[max(0, len(there) - daily) :])
    for most, span in ((monthly, 7), (yearly, 4)):
        names = sorted({day.isoformat()[:span] for day in there})[-most:]
        plain |= {min(day for day in there if day.isoformat().startswith(name)) for name in names}
    assert backups.kept(there, daily, monthly, yearly) == plain


def test_one_backup_a_day_and_the_old_ones_go(sqlite_database, tmp_path):
    keeper = Keeper(sqlite_database, Settings(data_dir=tmp_path / "var", backups=str(tmp_path / "kept")))
    bank(sqlite_database, "甲银行")
    old = [date(2025, 1, 5) + 3 * n * DAY for n in range(220)]
    (tmp_path / "kept").mkdir()
    for day in old:
        (tmp_path / "kept" / f"{day}.backup").touch()
    assert keeper.look(NOW) == 0
    keeper.ran = date(2026, 11, 23)
    assert (keeper.look(NOW), keeper.look(NOW)) == (2, 0)  # a checkpoint and a backup
    there = {path.name for path in (tmp_path / "kept").glob("*.backup")}
    assert "2026-11-23.backup" in there
    assert there == {f"{day}.backup" for day in backups.kept({*old, date(2026, 11, 23)}, 30, 12, 10)}
    assert keeper.back_up(NOW) is None
    assert keeper.back_up(NOW + DAY).name == "2026-11-24.backup"
    made = safekeeping._manifest(tmp_path / "kept" / "2026-11-23.backup", KeyFile(tmp_path / "var" / "backup.key"))
    assert made["tables"]["bank"]["rows"] == 1


def test_health_tells_ages_and_calls_when_they_are_too_great(sqlite_database, tmp_path):
    settings = Settings(data_dir=tmp_path, backups=str(tmp_path / "kept"))

    def told(now):
        with at(sqlite_database, SYSTEM, now, write=False) as desk:
            return health.measured(desk.session, settings, now)

    quiet = told(NOW)
    assert (quiet["seq"], quiet["checkpoint_seconds"], quiet["outbox_seconds"], quiet["backup_seconds"]) == (
        0,
        None,
        None,
        None,
    )
    assert "backup_old" in quiet["alarms"]
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "2026-11-23.backup").touch()
    os.utime(tmp_path / "kept" / "2026-11-23.backup", (NOW.timestamp(), NOW.timestamp()))
    bank(sqlite_database, "甲银行")
    with writing(sqlite_database) as session:
        outbox.put(session, "notice", "a", NOW, {})
        outbox.put(session, "notice", "b", NOW + 9 * DAY, {})
    later = told(NOW + timedelta(seconds=901))
    assert (later["outbox_seconds"], later["unsealed"], later["unsealed_seconds"], later["backup_seconds"]) == (
        901,
        1,
        901,
        901,
    )
    assert set(later["alarms"]) - {"disk_filling", "disk_full"} == {"outbox_old", "drill_old"}
    make(sqlite_database, Signer(tmp_path / "key"), Folder(tmp_path / "out"), NOW)
    with writing(sqlite_database) as session:
        session.execute(text("UPDATE outbox SET tries = 6 WHERE once = 'a'"))
    tomorrow = told(NOW + timedelta(hours=27))
    assert (tomorrow["unsealed"], tomorrow["unsealed_seconds"], tomorrow["checkpoint_seconds"]) == (0, None, 27 * 3600)
    assert tomorrow["checkpoints_behind"] == 1
    calls = {"drill_old", "backup_old", "outbox_failed", "checkpoint_not_outside"}
    assert set(tomorrow["alarms"]) - {"disk_filling", "disk_full"} == calls
    (tmp_path / "checkpoints").mkdir()
    for torn in ("[]\n", "no line of ours\n", '{"checkpoint": 1}\n'):
        (tmp_path / "checkpoints" / "checkpoints.jsonl").write_text(torn)
        assert told(NOW)["checkpoints_behind"] == 1
        with pytest.raises(CheckpointDoubted):
            require_whole(sqlite_database, Folder(settings.checkpoint_folder))
    (tmp_path / "checkpoints" / "checkpoints.jsonl").unlink()
    bring_out(sqlite_database, Folder(settings.checkpoint_folder), Signer(tmp_path / "key"))
    assert set(told(NOW + timedelta(hours=27))["alarms"]) - {"disk_filling", "disk_full"} == calls - {
        "checkpoint_not_outside"
    }


@pytest.mark.parametrize(
    ("percent", "names"), [(79, []), (80, ["disk_filling"]), (89, ["disk_filling"]), (90, ["disk_full"])]
)
def test_the_disk_calls_at_eighty_and_at_ninety(percent, names):
    found = {
        "disk_percent": percent,
        "checkpoints_behind": 0,
        "checkpoint_seconds": None,
        "backup_seconds": None,
        "drill_seconds": None,
        "drill_failed": False,
        "replica": False,
        "replica_behind": None,
        "replica_seconds": None,
        "drill_red_days": 35,
        "unsealed_seconds": None,
        "outbox_seconds": None,
        "outbox_failed": 0,
    }
    assert list(health.alarms(found, backed_up=False)) == names


def test_a_reserve_is_set_aside_once_and_may_be_deleted(tmp_path):
    settings = Settings(data_dir=tmp_path, reserve_mib=1)
    assert reserve(settings)
    assert (tmp_path / "reserve").stat().st_size == 2**20
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= 2**20
    (tmp_path / "reserve").unlink()
    assert not reserve(Settings(data_dir=tmp_path, reserve_mib=0))


def test_the_archive_itself_reads_through_the_lock(tmp_path):
    lock, random = KeyFile(tmp_path / "key"), Random(3)
    parts = {f"{n}": random.randbytes(40_000 * n) for n in range(5)}
    with locked(tmp_path / "bag", lock) as out, zipfile.ZipFile(out, "w") as bag:
        for name, content in parts.items():
            bag.writestr(name, content)
    with (
        (tmp_path / "bag").open("rb") as file,
        closing(zipfile.ZipFile(io.BufferedReader(Unlocking(file, lock)))) as bag,
    ):
        assert {name: bag.read(name) for name in reversed(bag.namelist())} == parts
