"""What the database knows of its own rows after it was told to count them."""

from __future__ import annotations

from sqlalchemy import text

from tests.makers import a_firm, writing


def test_after_many_rows_came_in_the_planner_knows_them_and_a_transaction_still_writes(database):
    with writing(database) as session:
        for _ in range(40):
            a_firm(session)
    database.learn(many=True)
    known = {
        "sqlite": "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = 'firm'",
        "postgresql": "SELECT CAST(reltuples AS INTEGER) FROM pg_class WHERE relname = 'firm'",
    }
    with database.reader.connect() as connection:
        assert connection.scalar(text(known[connection.dialect.name])) == 40
    with writing(database) as session:
        a_firm(session)


def test_sqlite_counts_every_day_and_keeps_its_settings(sqlite_database):
    with writing(sqlite_database) as session:
        a_firm(session)
    sqlite_database.learn()
    with sqlite_database.writer.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'firm'")) > 0
        assert connection.scalar(text("PRAGMA analysis_limit")) == 0
