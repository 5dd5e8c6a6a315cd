"""One column among many keys, given as one value: a thousand of them are then neither a thousand parameters nor another statement."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Among(FunctionElement[bool]):
    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> _Among:
        """A condition as it stands: without this SQLite would be asked whether it equals one, and no index would answer."""
        return self


def among(column: Any, keys: Iterable[int]) -> _Among:
    """Whether a column holds one of these whole numbers; of no numbers none."""
    return _Among(column, literal(json.dumps(list(keys)), Text))


@compiles(_Among, "sqlite")
def _sqlite(element: _Among, compiler: Any, **kw: Any) -> str:
    column, keys = (compiler.process(part, **kw) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608  both are made by the compiler


@compiles(_Among, "postgresql")
def _postgresql(element: _Among, compiler: Any, **kw: Any) -> str:
    column, keys = (compiler.process(part, **kw) for part in element.clauses)
    once = (
        f"SELECT CAST(translate({keys}, '[]', '{{}}') AS BIGINT[])"  # of its own, or every row would read the keys anew
    )
    return f"{column} = ANY (CAST(({once}) AS BIGINT[]))"
