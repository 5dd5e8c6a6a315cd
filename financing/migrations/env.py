"""How alembic runs here: always on a connection that is handed in, always inside its transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, BigInteger, Enum, Text

from financing.db import FenColumn, Instant, RateColumn
from financing.models import metadata


def render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Migrations name plain types: history must not change when our classes do."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        autogen.imports.add("from financing.db import Instant")
        return "Instant()"
    if isinstance(item, JSON):
        autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    if isinstance(item, (FenColumn, RateColumn, BigInteger)):
        return "sa.BigInteger()"
    return "sa.Text()" if isinstance(item, (Enum, Text)) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_item=render,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
