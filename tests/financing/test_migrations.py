"""Where a database stands, asked without the tool that moves it."""

from __future__ import annotations

import subprocess
import sys

from alembic.script import ScriptDirectory

from financing.migrations import HERE, newest, standing


def test_the_newest_revision_by_its_file_is_the_one_head_of_the_history():
    history = ScriptDirectory(str(HERE))
    assert history.get_heads() == [newest()]
    assert all(each.path.rsplit("/", 1)[1].startswith(f"{each.revision}_") for each in history.walk_revisions())


def test_a_migrated_database_stands_at_the_newest_and_a_bare_file_nowhere(engine, tmp_path):
    from financing.db import engine_for

    assert standing(engine) == (newest(), newest())
    bare = engine_for(f"sqlite:///{tmp_path}/bare.db")
    assert standing(bare) == (None, newest())
    bare.dispose()


def test_a_start_loads_neither_the_migration_tool_nor_the_solver_of_timetables():
    program = "import sys; from web import asgi, pages; pages.controllers(); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "'litestar'" in loaded
    assert "'alembic" not in loaded
    assert "'scipy" not in loaded
