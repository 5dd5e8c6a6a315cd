"""Walls of rows (行级安全): on PostgreSQL a connection that has not said who reads finds no row of who reported a bank (I-26).

`yuanrong.reader` is said for one transaction by the conduct slice alone: the platform itself, or the number of an account. Only
positive words open a row: a setting that was never made is NULL, one from an earlier transaction is '', and neither is anybody.
The owner of the tables is held too; a superuser is not, so the service never runs as one (docs/operate.md).
"""

from __future__ import annotations

from sqlalchemy import Connection

from financing.side_walls import SIDE

READER = "yuanrong.reader"
#: Tables that tell who reported; the code reads them through `conduct.wall.enter`.
GUARDED_ROWS = ("reporter", "conduct_evidence", "conduct_note")
_ON_A_SEAT = f"""EXISTS (SELECT 1 FROM handler_post p WHERE p.state = 'adopted' AND p.user_id::text = current_setting('{READER}', true)
  AND NOT EXISTS (SELECT 1 FROM handler_post q WHERE q.seat = p.seat AND q.state = 'adopted'
    AND q.since <= (now() AT TIME ZONE 'Asia/Shanghai')::date AND (q.since, q.decided_at) > (p.since, p.decided_at)))"""  # noqa: S608  words of our own
_OPEN = f"current_setting('{READER}', true) = 'platform'"

#: Reading: the platform and the two on the seats; writing: the platform, and the two what they write themselves.
ROW_WALLS = [
    statement
    for table in GUARDED_ROWS
    for statement in (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS reader ON {table}",
        f"CREATE POLICY reader ON {table} USING ({_OPEN} OR {_ON_A_SEAT}) WITH CHECK ({_OPEN} OR {_ON_A_SEAT})",
    )
]


def let_in(connection: Connection) -> None:
    """The platform itself reads and writes every row in this transaction: for backup, restore, upgrades and new keys."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL {READER} = 'platform'")
        connection.exec_driver_sql(f"SET LOCAL {SIDE} = 'platform'")
