"""The account of the service on PostgreSQL (应用账号, C-26): what it may do to which table, given by the owner after each upgrade.

The tables belong to another account, which runs `yuanrong migrate`, backup and restore and no server. What is written once (`walls.WRITTEN_ONCE`) the
service may read and add to; to change or remove a row of it is not refused by a trigger alone: the account has no right to.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

from financing.erasing_walls import LETS_ERASE
from financing.models import metadata
from financing.walls import WRITTEN_ONCE

#: Names that need no quoting, so that nothing else can stand in them.
NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
#: The version of the tables is the owner's to write.
READ_ONLY = ("alembic_version",)
#: What may become the mark of what was erased, and nothing else, as the wall of the table sees to.
ERASED = {table: columns for table, columns in LETS_ERASE.items() if table in WRITTEN_ONCE}
#: A row may be held while something is added to it, and a lock asks for the right to change some column: it is that of the number, which the
#: trigger keeps as it is.
HELD = tuple(table for table in WRITTEN_ONCE if "id" in metadata.tables[table].columns)


def give(connection: Connection, account: str) -> None:
    """Give the account its rights to every table there is, and take all others from it. PostgreSQL only, as the owner; ValueError for an odd name."""
    if not NAME.fullmatch(account):
        raise ValueError(account)
    for statement in _statements(account):
        connection.exec_driver_sql(statement)


def _statements(account: str) -> list[str]:
    once, fixed = ", ".join(WRITTEN_ONCE), ", ".join(READ_ONLY)
    return [
        f"GRANT USAGE ON SCHEMA public TO {account}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {account}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {account}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {account}",
        f"REVOKE UPDATE, DELETE ON {once} FROM {account}",
        *(f"GRANT UPDATE (id) ON {table} TO {account}" for table in HELD),
        *(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {account}" for table, columns in ERASED.items()),
        f"REVOKE INSERT, UPDATE, DELETE ON {fixed} FROM {account}",
    ]
