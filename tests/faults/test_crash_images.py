"""F-02, F-06: what the disk held at any moment is a sound database with all that was acknowledged, and one that is damaged or gone is never taken for a new one.

The server is stopped in the middle of work, what lies in the files is copied, and it goes on; `YUANRONG_ROUNDS` says how often.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from random import SystemRandom

import pytest

from tests.faults.test_power_fails import HANDS, Hand, Work, installation
from tests.served import Installation

__all__ = ["installation"]
IMAGES = 5 * int(os.environ.get("YUANRONG_ROUNDS", "1"))


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_F02_a_picture_of_the_disk_at_any_moment_is_sound_and_holds_what_was_acknowledged(
    installation: Installation, tmp_path: Path
) -> None:
    work, chance, images = Work(), SystemRandom(), []
    installation.start()
    hands = [Hand(installation.port, f"hand{number}") for number in range(HANDS)]
    threads = [threading.Thread(target=work.goes_on, args=(hand, f"{n}")) for n, hand in enumerate(hands)]
    for thread in threads:
        thread.start()
    for number in range(IMAGES):
        before = len(work.done)
        while len(work.done) < before + chance.randint(1, 3):
            time.sleep(0.002)
        os.killpg(installation.server.pid, signal.SIGSTOP)
        done = set(work.done)  # nothing more is acknowledged while it stands still
        images.append((picture(tmp_path, tmp_path / f"image{number}"), done))
        os.killpg(installation.server.pid, signal.SIGCONT)
    installation.kill()
    for thread in threads:
        thread.join()
    assert work.wrong == []
    for file, done in images:
        with closing(sqlite3.connect(file)) as line:
            assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            uses = [use for (use,) in line.execute("SELECT use FROM need")]
        assert done <= set(uses)
        assert len(uses) == len(set(uses))


def picture(folder: Path, there: Path) -> Path:
    """Database and journal as they lie now."""
    there.mkdir()
    for path in sorted(folder.glob("yuanrong.db*")):
        if not path.name.endswith("-shm"):
            shutil.copyfile(path, there / path.name)
    return there / "yuanrong.db"


@pytest.mark.parametrize("harm", ["gone", "cut", "noise"])
def test_F06_a_database_that_is_damaged_or_gone_is_not_started_on_and_never_made_anew(
    filled, tmp_path: Path, harm: str
) -> None:
    url = filled.copied(tmp_path)
    file = tmp_path / "zone.db"
    whole = file.read_bytes()
    match harm:
        case "gone":
            file.unlink()
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "noise":
            file.write_bytes(whole[:4_096] + os.urandom(len(whole) - 4_096))
    harmed = file.read_bytes() if file.exists() else None
    said = Installation(tmp_path, url).runs("serve", fails=True)
    assert "Traceback" not in said
    assert ("yuanrong migrate" if harm == "gone" else "yuanrong restore") in said
    assert (file.read_bytes() if file.exists() and file.stat().st_size else None) == (harmed or None)
