"""Where a database stands, asked without the tool that moves it."""

from __future__ import annotations

import subprocess
import sys

from alembic.script import ScriptDirectory

from financing.migrations import HERE, newest, standing
from financing.walls import put_up


def test_the_newest_revision_by_its_file_is_the_one_head_of_the_history():
    history = ScriptDirectory(str(HERE))
    assert history.get_heads() == [newest()]
    assert all(each.path.rsplit("/", 1)[1].startswith(f"{each.revision}_") for each in history.walk_revisions())


def test_a_migrated_database_stands_at_the_newest_and_a_bare_file_nowhere(engine, tmp_path):
    from financing.engines import engine_for

    assert standing(engine) == (newest(), newest())
    bare = engine_for(f"sqlite:///{tmp_path}/bare.db")
    assert standing(bare) == (None, newest())
    bare.dispose()


def test_votes_of_the_time_of_one_round_are_final_ones_after_the_upgrade(tmp_path):
    """A database with walls and a vote in it, brought from before the two rounds to now (F13)."""
    from alembic import command
    from sqlalchemy import text

    from financing.engines import engine_for
    from financing.migrations import _config

    old = engine_for(f"sqlite:///{tmp_path}/old.db")
    with old.begin() as connection:
        command.upgrade(_config(connection), "0005")
        connection.execute(
            text(
                "CREATE TRIGGER wall_tie_voted BEFORE INSERT ON tie WHEN EXISTS (SELECT 1 FROM ballot b) BEGIN SELECT RAISE(ABORT, 'wall'); END"
            )
        )
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(
            text(
                "INSERT INTO ballot (case_id, meeting_id, user_id, vote, opinion, at, void, id, version) VALUES (1, 2, 3, 'for', '同意', '2026-11-23T01:30:00.000000+00:00', 0, 4, 1)"
            )
        )
        command.upgrade(_config(connection), "head")
        put_up(connection)
        assert connection.execute(text("SELECT round, vote, void FROM ballot")).all() == [("final", "for", 0)]
        walls = {name for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))}
        connection.execute(text("DROP TRIGGER wall_ballot_delete"))
        connection.execute(text("DELETE FROM ballot"))
    assert {"wall_tie_voted", "wall_ballot_sealed", "wall_ballot_tied", "wall_ballot_delete"} <= walls
    old.dispose()


def test_a_start_loads_neither_the_migration_tool_nor_the_solver_of_timetables():
    program = "import sys; from web import asgi, pages; pages.controllers(); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "'litestar'" in loaded
    assert "'alembic" not in loaded
    assert "'scipy" not in loaded
