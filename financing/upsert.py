"""One statement that both databases know: insert unless the key is there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from financing.db import Base


def put_if_absent(session: Session, kind: type[Base], /, **values: Any) -> bool:
    """Whether this call wrote the row; a rival transaction with the same key is waited for, not raced."""
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101  every class of ours is mapped to a table
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    written = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return session.execute(written).first() is not None
