"""One statement that both databases know: insert unless the key is there already."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from financing.db import Base


def put_if_absent(session: Session, kind: type[Base], /, **values: Any) -> bool:
    """Whether this call wrote the row; a rival transaction with the same key is waited for, not raced."""
    return session.execute(_statement(kind, session.get_bind().dialect.name), values).first() is not None


@cache
def _statement(kind: type[Base], database: str) -> Any:
    """Put together once: it is asked for with every notice."""
    table = cast("Table", kind.__table__)
    dialect = postgresql if database == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
