"""The kept last scores of the pool against the scores themselves, read again by a window over all of them."""

from __future__ import annotations

import random
from datetime import timedelta
from importlib import import_module

from sqlalchemy import select, text

from financing.credit import places
from financing.credit.model import PoolNeed
from tests.makers import NOW, a_firm, a_need, an_assessment, writing

FILL = import_module("financing.migrations.versions.0037_pool_letters_and_dossiers_of_a_large_zone").POOL
OTHERWISE = text("""
    SELECT a.need_id, a.id, a.total, (SELECT b.total FROM assessment b WHERE b.need_id = a.need_id ORDER BY b.assessed_at LIMIT 1)
    FROM assessment a WHERE NOT EXISTS (SELECT 1 FROM assessment l WHERE l.need_id = a.need_id AND l.assessed_at > a.assessed_at)
    AND EXISTS (SELECT 1 FROM assessment f WHERE f.need_id = a.need_id AND NOT f.qualified)""")


def scored(database, seed):
    """Twelve needs with up to four scores each, on either side of the line, some written later than a later one."""
    drawn = random.Random(seed)
    with writing(database) as session:
        for _ in range(12):
            need = a_need(session, a_firm(session))
            for day in drawn.sample(range(9), drawn.randrange(5)):
                total = drawn.randrange(40, 80)
                an_assessment(session, need, total=total, qualified=total >= 60, assessed_at=NOW - timedelta(days=day))
                session.flush()


def kept(database):
    query = select(PoolNeed.need_id, PoolNeed.score_id, PoolNeed.total, PoolNeed.first)
    with database.reader.connect() as connection:
        return sorted(map(tuple, connection.execute(query)))


def otherwise(database):
    with database.reader.connect() as connection:
        return sorted(map(tuple, connection.execute(OTHERWISE)))


def test_every_score_leaves_the_need_at_its_last_one_if_it_was_ever_below_the_line(database):
    for seed in range(3):
        scored(database, seed)
        assert kept(database) == otherwise(database)
    assert len(kept(database)) > 10


def test_an_older_zone_and_one_written_in_bulk_get_the_same_rows(database):
    scored(database, 7)
    rows = kept(database)
    with database.writer.begin() as connection:
        connection.execute(text("DELETE FROM pool_need"))
        connection.execute(text(FILL))
    assert kept(database) == rows != []
    with database.writer.begin() as connection:
        assert places.rebuild(connection) == len(rows)
    assert kept(database) == rows
