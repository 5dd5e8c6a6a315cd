"""G-20: the newest backup comes back in a drill, whole and in time; a damaged one is refused, and the report says so under a signature that holds.

On each change one drill of a small zone on each database; with YUANRONG_ROUNDS so many drills of a zone of 300 firms with years behind it,
their seconds printed.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from financing import backups, drills, health
from financing.access import SYSTEM
from financing.acts import Act
from financing.locked_file import KeyFile, locked, unlocked
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.proof.making import make
from financing.proof.places import Folder, Signer
from financing.proof_refusals import NoBackup, NotClean, TotalsDiffer, WrongLock
from financing.refusals import BackupDamaged
from financing.settings import Settings
from tests.engines import lent
from tests.financing.offers.test_service import sent
from tests.makers import NOW, at

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "0"))
#: Seconds a drill may take (G-20).
MOST = {"sqlite": 15 * 60, "postgresql": 60 * 60}
DAY = timedelta(days=1)
WEEK = 7


class Kept:
    """Where a zone keeps its backups, keys and checkpoints, and the address of a clean database of its kind."""

    def __init__(self, root: Path, into: str) -> None:
        self.settings = Settings(data_dir=root / "var", backups=str(root / "kept"), checkpoints=str(root / "outside"))
        self.folder, self.lock = Path(self.settings.backups), KeyFile(self.settings.backup_key_file)
        self.outside, self.signer, self.into = (
            Folder(self.settings.checkpoint_folder),
            Signer(self.settings.checkpoint_key),
            into,
        )

    def keep(self, database, now: datetime) -> None:
        make(database, self.signer, self.outside, now)
        assert backups.daily(database, self.settings.uploads, self.folder, self.lock, now)

    def drill(self, now: datetime, **more) -> dict:
        return drills.run(
            self.folder, self.lock, self.outside, self.signer, self.settings.data_dir, self.into, now, **more
        )

    def last(self) -> dict:
        return json.loads(max(self.folder.glob("drill-*.json")).read_text())["drill"]


@pytest.fixture
def kept(database_url, postgres, tmp_path):
    if database_url.startswith("sqlite"):
        yield Kept(tmp_path, "")
        return
    clean = postgres.clone()
    yield Kept(tmp_path, postgres.url(clean))
    postgres.execute(f"DROP DATABASE {clean} WITH (FORCE)")


def nothing_is_left(kept: Kept) -> None:
    assert list(kept.settings.data_dir.glob("drill-*")) == []
    if kept.into:
        with lent(kept.into) as database, database.reader.connect() as connection:
            assert (
                connection.scalar(text("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                == 0
            )


def test_G20_the_newest_backup_comes_back_and_a_damaged_one_is_refused(database, kept, postgres_url):
    with pytest.raises(NoBackup):
        kept.drill(NOW)
    sent(database, banks=1)
    kept.keep(database, NOW)
    keys = kept.outside.keys()
    assert drills.due(kept.folder, keys, WEEK, NOW)
    with at(database, SYSTEM, NOW + DAY) as desk:  # what came after the backup, and was sealed, is not asked of it
        desk.note(Act.ADD_BANK, desk.add(Bank(name="后来的银行", kind=BankKind.CITY)))
    make(database, kept.signer, kept.outside, NOW + DAY)
    said = kept.drill(NOW)
    with database.reader.connect() as connection:
        count, fen = connection.execute(text("SELECT count(*), sum(amount) FROM need")).one()
        number, head = (
            connection.scalar(text("SELECT number FROM dossier")),
            connection.scalar(text("SELECT seq - 1 FROM journal_head")),
        )
    assert (said["ok"], said["dossier"], said["head"]["seq"], said["fen"]["need.amount"]) == (True, number, head, fen)
    assert (said["database"], said["covered"], count) == (database.writer.dialect.name, head, 1)
    nothing_is_left(kept)
    assert not drills.due(kept.folder, keys, WEEK, NOW + timedelta(days=6.9))
    assert drills.due(kept.folder, keys, WEEK, NOW + WEEK * DAY)
    assert (drills.age(kept.folder, keys, NOW + DAY), drills.failed(kept.folder, keys)) == (86_400, False)
    _told_by_health(database, kept)
    _refused(kept, postgres_url)


def _told_by_health(database, kept: Kept) -> None:
    """Red after thirty-five days, and when what lies there is not what was signed."""

    def alarms(now):
        with at(database, SYSTEM, now, write=False) as desk:
            return {name for name in health.measured(desk.session, kept.settings, now)["alarms"] if "drill" in name}

    assert alarms(NOW + 35 * DAY) == set()
    assert alarms(NOW + 35 * DAY + timedelta(seconds=1)) == {"drill_old"}
    path = max(kept.folder.glob("drill-*.json"))
    signed = path.read_text()
    path.write_text(signed.replace('"ok":true', '"ok":false').replace('"rows":', '"rows":1'))
    assert alarms(NOW) == {"drill_old", "drill_failed"}
    path.write_text(signed)
    assert alarms(NOW) == set()


def _refused(kept: Kept, other: str) -> None:
    """Another key, a byte changed, totals that do not agree, a database that is not clean: no, and nothing is left."""
    source = next(kept.folder.glob("*.backup"))
    rotten = kept.folder.parent / "rotten"
    content = bytearray(source.read_bytes())
    content[len(content) // 2] ^= 1
    rotten.write_bytes(content)
    with pytest.raises(BackupDamaged):
        kept.drill(NOW + DAY, source=rotten)
    assert (kept.last()["ok"], kept.last()["why"]) == (False, "backup_damaged")
    assert drills.failed(kept.folder, kept.outside.keys())
    assert not drills.due(kept.folder, kept.outside.keys(), WEEK, NOW + DAY + timedelta(hours=23))
    lock, kept.lock = kept.lock, KeyFile(kept.folder.parent / "other.key")
    with pytest.raises(WrongLock):
        kept.drill(NOW + 2 * DAY)
    kept.lock = lock
    with pytest.raises(TotalsDiffer):
        kept.drill(NOW + 3 * DAY, source=_other_totals(source, lock, kept.folder.parent / "other"))
    into, kept.into = kept.into, other
    with pytest.raises(NotClean):
        kept.drill(NOW + 4 * DAY)
    with lent(other) as database, database.reader.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    kept.into = into
    nothing_is_left(kept)
    if into:  # a drill that was killed leaves its mark; the next one sweeps
        with lent(into) as database, database.writer.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE half (id int)")
            connection.exec_driver_sql(f"COMMENT ON SCHEMA public IS '{drills.MARK}'")
    assert kept.drill(NOW + 5 * DAY)["ok"]
    nothing_is_left(kept)


def _other_totals(source: Path, lock, out: Path) -> Path:
    """The same backup with another sum noted, as if a row had been changed on its way in."""
    with (
        unlocked(source, lock) as file,
        zipfile.ZipFile(file) as bag,
        locked(out, lock) as into,
        zipfile.ZipFile(into, "w") as copy,
    ):
        for name in bag.namelist():
            content = bag.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["tables"]["need"]["fen"]["amount"] += 1
                content = json.dumps(manifest).encode()
            copy.writestr(name, content)
    return out


@pytest.mark.skipif(not ROUNDS, reason="a campaign: YUANRONG_ROUNDS says how many drills")
def test_G20_every_drill_of_a_zone_of_300_firms_ends_well_and_in_time(database, kept, capsys):
    from web.stage.big import zone
    from web.stage.big.cast import Plan

    plan = Plan(300, 900, zone.SEED, NOW - 2 * DAY)
    zone.begin(database, plan)
    zone.go_on(database, plan, lambda *_: None)
    zone.finish(database, "!")
    sent(database, banks=1, number="XQ2099-0001")  # the made-up dossiers are empty; the newest one is a real one
    kept.keep(database, NOW)
    took = []
    for number in range(ROUNDS):
        said = kept.drill(NOW + number * DAY)
        assert said["ok"] and said["dossier"]
        took.append(said["seconds"])
    told = f"{said['rows']} rows, {ROUNDS} drills, seconds {min(took)}–{max(took)}"
    with capsys.disabled():
        sys.stdout.write(f"\n{database.writer.dialect.name}: {told}\n")
    assert max(took) < MOST[database.writer.dialect.name]
