"""A backup holds everything, a restore brings back exactly that, and a damaged backup brings back nothing."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from financing import journal, journal_check, safekeeping
from financing.access import SYSTEM
from financing.acts import Act
from financing.db import Database
from financing.models import metadata
from financing.papers import store
from financing.papers.model import Invoice
from financing.papers.rules import Side
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.refusals import BackupDamaged, BackupOfOtherVersion, NotEmpty
from tests.financing.every_row import fill
from tests.makers import NOW, a_firm, a_paper, at, writing

PAPERS = {"a1b2": b"%PDF-1.7", "c3d4": bytes(range(256))}


def content(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.reader.connect() as connection:
        return {t.name: sorted(map(tuple, connection.execute(select(t))), key=repr) for t in metadata.sorted_tables}


def papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "from" / "uploads"
    folder.mkdir(parents=True)
    for name, content in PAPERS.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def zone(a_copy: Path) -> Iterator[Database]:
    """A whole zone on SQLite."""
    with closing(Database(f"sqlite:///{a_copy}")) as database:
        fill(database)
        yield database


@pytest.fixture
def kept(zone: Database, uploads: Path, tmp_path: Path) -> Path:
    """Its backup."""
    safekeeping.backup(zone, uploads, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


@pytest.fixture
def other(database_url: str) -> Iterator[Database]:
    """A second, empty database: of the same kind and of the other, in turn."""
    with closing(Database(database_url)) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgres"])
def source(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The database that is backed up."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").url(request.getfixturevalue("a_clone"))
    else:
        url = f"sqlite:///{request.getfixturevalue('a_copy')}"
    with closing(Database(url)) as database:
        yield database


@pytest.fixture
def a_clone(postgres: Any, migrated_database: str) -> Iterator[str]:
    name = postgres.clone(migrated_database)
    yield name
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def a_copy(migrated_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "source.db"
    path.write_bytes(migrated_file.read_bytes())
    return path


def test_a_zone_moves_between_databases_without_losing_a_fen_a_file_or_a_link(source, other, uploads, tmp_path):
    fill(source)
    manifest = safekeeping.backup(source, uploads, tmp_path / "kept.zip")
    restored = safekeeping.restore(other, tmp_path / "to" / "uploads", tmp_path / "kept.zip")
    assert restored == manifest
    here, there = content(source), content(other)
    assert there.pop("login_session") == []
    assert here.pop("login_session")
    assert there == here
    assert papers(tmp_path / "to" / "uploads") == PAPERS
    with Session(other.reader) as session:
        assert journal_check.check(journal.exported(session))[0] == 3


def test_a_restored_zone_backs_up_to_the_same_totals(source, other, uploads, tmp_path):
    fill(source)
    first = safekeeping.backup(source, uploads, tmp_path / "one.zip")
    safekeeping.restore(other, tmp_path / "to" / "uploads", tmp_path / "one.zip")
    second = safekeeping.backup(other, tmp_path / "to" / "uploads", tmp_path / "two.zip")
    assert {**second, "tables": without_sessions(second)} == {**first, "tables": without_sessions(first)}


def without_sessions(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: total for name, total in manifest["tables"].items() if name != "login_session"}


def test_work_goes_on_after_a_restore(kept, other, tmp_path):
    safekeeping.restore(other, tmp_path / "to" / "uploads", kept)
    with writing(other) as session:
        firm = a_firm(session)
        paper = a_paper(session, firm)
        session.add(Invoice(firm_id=firm.id, paper_id=paper.id, side=Side.SALES, number="1", counterparty="乙", day=NOW.date(),
                            amount_fen=1, tax_fen=0, total_fen=1, void=False))  # fmt: skip
    with at(other, SYSTEM) as desk:
        bank = desk.add(Bank(name="丁", kind=BankKind.CITY))
        desk.note(Act.ADD_BANK, bank)
    with Session(other.reader) as session:
        assert journal_check.check(journal.exported(session))[0] == 4


def test_a_backup_is_private_and_leaves_nothing_beside_it(kept, tmp_path):
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.zip"]


def test_a_backup_that_fails_leaves_the_former_one(kept, zone, uploads):
    before = kept.read_bytes()
    (uploads / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        safekeeping.backup(zone, uploads, kept)
    assert kept.read_bytes() == before
    assert not kept.with_name("kept.zip.part").exists()


# --- damage --------------------------------------------------------------------------------------------------------
def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bag:
        return {name: bag.read(name) for name in bag.namelist()}


def write(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bag:
        for name, content in parts.items():
            bag.writestr(name, content)
    return path


def refused(database: Database, folder: Path, source: Path) -> str:
    """The restore is refused and has kept nothing; which part was named."""
    with pytest.raises(BackupDamaged) as refusal:
        safekeeping.restore(database, folder / "uploads", source)
    with database.reader.connect() as connection:
        rows = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in metadata.sorted_tables}
    assert {name: count for name, count in rows.items() if count} == {"journal_head": 1}
    assert papers(folder / "uploads") == {}
    assert not (folder / "uploads.part").exists()
    return str(refusal.value.facts["part"])


def test_a_change_in_any_member_is_found_and_nothing_is_kept(kept, other, tmp_path):
    parts = members(kept)
    for name, content in parts.items():
        changed = bytes([content[0] ^ 1]) + content[1:] if content else b"{}\n"
        damaged = write(tmp_path / "damaged.zip", parts | {name: changed})
        assert refused(other, tmp_path / "to", damaged) in {name, "damaged.zip"}


def test_a_member_too_few_or_too_many_is_found(kept, tmp_path, migrated_file):
    parts = members(kept)
    with closing(empty_database(tmp_path, migrated_file)) as empty:
        for name in parts:
            left = {key: value for key, value in parts.items() if key != name}
            assert refused(empty, tmp_path / "to", write(tmp_path / "fewer.zip", left)) in {
                "manifest.json",
                "fewer.zip",
            }
        more = write(tmp_path / "more.zip", parts | {"uploads/../../evil": b"x"})
        assert refused(empty, tmp_path / "to", more) == "manifest.json"


def test_a_flipped_bit_anywhere_in_the_file_is_found_or_changes_nothing(kept, zone, tmp_path, migrated_file):
    """Some bits of an archive nobody reads, such as a time of day: whoever flips one of those has changed nothing."""
    whole, harmless = kept.read_bytes(), []
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        damaged = tmp_path / "bit.zip"
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with closing(empty_database(tmp_path, migrated_file)) as empty:
            try:
                safekeeping.restore(empty, tmp_path / str(place), damaged)
            except BackupDamaged:
                assert not (tmp_path / str(place)).exists()
                continue
            assert content(empty) == content(zone) | {"login_session": []}
            assert papers(tmp_path / str(place)) == PAPERS
            harmless.append(place)
    assert len(harmless) < 20


def empty_database(folder: Path, migrated: Path) -> Database:
    path = folder / "empty.db"
    path.write_bytes(migrated.read_bytes())
    return Database(f"sqlite:///{path}")


def sealed_anew(parts: dict[str, bytes]) -> dict[str, bytes]:
    """What a forger would do: the digests of the manifest made right again."""
    manifest = json.loads(parts["manifest.json"])
    for name in manifest["tables"]:
        manifest["tables"][name]["sha256"] = hashlib.sha256(parts[f"tables/{name}.jsonl"]).hexdigest()
    return parts | {"manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(b'"act":"bank.add"', b'"act":"bank.bad"'), (b'"seq": 2', b'"seq": 9'), (b'"fen": 3000000', b'"fen": 9000000')],
)
def test_a_journal_forged_with_its_digests_breaks_the_chain(kept, tmp_path, migrated_file, was, becomes):
    parts = members(kept)
    lines = parts["tables/journal.jsonl"].replace(b'"act": "bank.add", "actor"', b'"act":"bank.add","actor"')
    forged = sealed_anew(parts | {"tables/journal.jsonl": lines.replace(was, becomes, 1)})
    assert forged["tables/journal.jsonl"] != parts["tables/journal.jsonl"]
    with closing(empty_database(tmp_path, migrated_file)) as empty:
        assert refused(empty, tmp_path / "to", write(tmp_path / "forged.zip", forged)).startswith("journal")


@pytest.mark.parametrize("wrong", [b"", b"PK\x03\x04", b"not a backup at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused(sqlite_database, tmp_path, wrong):
    (tmp_path / "wrong.zip").write_bytes(wrong)
    assert refused(sqlite_database, tmp_path / "to", tmp_path / "wrong.zip") == "wrong.zip"


@pytest.mark.parametrize("manifest", [b"[]", b"{}", b"null", b"{", b"\xff", b'{"tables": []}'])
def test_a_manifest_that_says_nothing_is_refused(kept, tmp_path, migrated_file, manifest):
    with closing(empty_database(tmp_path, migrated_file)) as empty:
        damaged = write(tmp_path / "mute.zip", members(kept) | {"manifest.json": manifest})
        assert refused(empty, tmp_path / "to", damaged) == "mute.zip"


def test_a_backup_of_another_version_says_which(kept, tmp_path, migrated_file):
    parts = members(kept)
    manifest = json.loads(parts["manifest.json"]) | {"version": "0000"}
    older = write(tmp_path / "older.zip", parts | {"manifest.json": json.dumps(manifest).encode()})
    with closing(empty_database(tmp_path, migrated_file)) as empty, pytest.raises(BackupOfOtherVersion) as refusal:
        safekeeping.restore(empty, tmp_path / "to", older)
    assert refusal.value.facts["found"] == "0000"


def test_nothing_is_mixed_with_what_is_there(kept, zone, other, tmp_path):
    with pytest.raises(NotEmpty):
        safekeeping.restore(zone, tmp_path / "to", kept)
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "file").touch()
    with pytest.raises(NotEmpty) as refusal:
        safekeeping.restore(other, tmp_path / "to", kept)
    assert refusal.value.facts["table"] == "to"


# --- beside writers ------------------------------------------------------------------------------------------------
def test_a_backup_beside_writers_is_one_picture(source, other, tmp_path):
    """Every act writes one bank and one line; a picture that mixes two moments has more of one than of the other."""
    stop, wrote = threading.Event(), threading.Event()
    uploads = tmp_path / "from" / "uploads"
    uploads.mkdir(parents=True)
    writers = [threading.Thread(target=keep_writing, args=(source, uploads, stop, wrote)) for _ in range(2)]
    for writer in writers:
        writer.start()
    assert wrote.wait(20)
    manifests = [safekeeping.backup(source, uploads, tmp_path / f"{n}.zip") for n in range(3)]
    stop.set()
    for writer in writers:
        writer.join()
    for manifest in manifests:
        assert manifest["tables"]["bank"]["rows"] == manifest["tables"]["journal"]["rows"] == manifest["head"]["seq"]
    safekeeping.restore(other, tmp_path / "to" / "uploads", tmp_path / "2.zip")
    with other.reader.connect() as connection:
        named = set(connection.scalars(select(metadata.tables["bank"].c.name)))
    assert named <= set(papers(tmp_path / "to" / "uploads"))


def keep_writing(database: Database, uploads: Path, stop: threading.Event, wrote: threading.Event) -> None:
    now = NOW
    while not stop.is_set():
        now += timedelta(seconds=1)
        name = hashlib.sha256(f"{now}{threading.get_ident()}".encode()).hexdigest()
        (uploads / name).write_text(name)
        with at(database, SYSTEM, now) as desk:
            bank = desk.add(Bank(name=name, kind=BankKind.CITY))
            desk.note(Act.ADD_BANK, bank)
        wrote.set()


def test_only_sessions_stay_behind():
    assert {table.name for table in metadata.sorted_tables} - {table.name for table in safekeeping.tables()} == {
        "login_session"
    }


def test_what_the_store_keeps_is_in_the_backup_and_comes_back_under_its_name(zone, other, tmp_path):
    folder = tmp_path / "store"
    with store.keeping(folder, b"%PDF-1.7 one") as one, store.keeping(folder, b"%PDF-1.7 two") as two:
        pass
    safekeeping.backup(zone, folder, tmp_path / "kept.zip")
    safekeeping.restore(other, tmp_path / "back", tmp_path / "kept.zip")
    assert papers(tmp_path / "back") == {one.stored: b"%PDF-1.7 one", two.stored: b"%PDF-1.7 two"}
