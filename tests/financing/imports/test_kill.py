"""The power fails in the middle of a dry run: the next process goes on after the last whole batch, and nothing comes twice."""

from __future__ import annotations

import subprocess
import sys

from financing.access import SYSTEM
from financing.imports import service
from financing.imports.model import Import
from financing.imports.rules import ImportKind, ImportState
from financing.papers import store
from financing.parties.model import Firm
from reports.gate import Limits
from tests.financing.imports.books import a_book, a_row
from tests.financing.imports.test_imports import OFFICER
from tests.makers import NOW, at
from web.importing import Importer

WORKER = """
import sys
from datetime import datetime
from pathlib import Path
import web.importing
from financing.db import Database
from reports.gate import Limits
web.importing.BATCH = 5
worker = web.importing.Importer(Database(sys.argv[1]), Path(sys.argv[2]), Limits(), lambda: datetime.fromisoformat(sys.argv[3]))
while worker.step():
    print("part", flush=True)
"""


def test_a_process_killed_between_two_batches_is_followed_by_another(database, database_url, tmp_path):
    content = a_book(ImportKind.FIRMS, [a_row(ImportKind.FIRMS) for _ in range(400)])
    with store.keeping(tmp_path, content) as kept, at(database, OFFICER) as desk:
        key = service.begin(
            desk, ImportKind.FIRMS, name="a.xlsx", size=kept.size, sha256=kept.sha256, stored=kept.stored
        ).id
    command = [sys.executable, "-c", WORKER, database_url, str(tmp_path), NOW.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        for _ in range(4):
            assert worker.stdout.readline() == "part\n"
        worker.kill()
    with at(database, SYSTEM, write=False) as desk:
        broken = desk.get(Import, key)
        assert broken.state is ImportState.CHECKING
        assert 0 < broken.staged < 400
        assert broken.staged % 5 == 0
    Importer(database, tmp_path, Limits(), lambda: NOW).run()
    with at(database, OFFICER) as desk:
        job = desk.get(Import, key)
        assert (job.state, job.staged, job.added) == (ImportState.WAITING, 400, 400)
        service.confirm(desk, job)
    with at(database, SYSTEM, write=False) as desk:
        assert len(desk.all(Firm)) == 400
