"""One page of a long list (分页): two statements, one for the count and one for the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func

from financing.desk import Desk

SIZE = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The rows of one page, which page of how many it is, and how many rows there are in all."""

    rows: tuple[T, ...]
    page: int
    of: int
    total: int


def listed(desk: Desk, query: Select[Any], page: int, make: Callable[..., T], size: int = SIZE) -> Listed[T]:
    """A page of a query of columns, each row made into a view; a page beyond the last one is the last one."""
    total = desk.session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0
    of = max(1, -(-total // size))
    page = min(max(1, page), of)
    rows = desk.session.execute(query.limit(size).offset((page - 1) * size))
    return Listed(tuple(make(*row) for row in rows), page, of, total)
