"""One page of a long list (分页): two statements, one for the count and one for the rows; what is beyond `MOST` is not counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, literal_column, select

from financing.desk import Desk
from financing.import_refusals import TooManyRows

SIZE = 50
#: Rows that are counted and can be leafed through: a longer list says so, and is narrowed by its filters.
MOST = 10_000
#: Rows that a list may give out as a file.
MOST_GIVEN = 20_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The rows of one page, which page of how many it is, and how many rows there are; with `more` at least so many."""

    rows: tuple[T, ...]
    page: int
    of: int
    total: int
    more: bool = False


def counted(desk: Desk, query: Select[Any], most: int = MOST) -> tuple[int, bool]:
    """How many rows a query has, as far as `most`, and whether there are more."""
    rows = query.with_only_columns(literal_column("1")).order_by(None).limit(most + 1).subquery()
    total = desk.session.scalar(select(func.count()).select_from(rows)) or 0
    return min(total, most), total > most


def listed(
    desk: Desk, query: Select[Any], page: int, make: Callable[..., T], size: int = SIZE,
    *, count: Select[Any] | None = None, keys: Select[Any] | None = None,
) -> Listed[T]:  # fmt: skip
    """A page of a query of columns, each row made into a view; a page beyond the last one is the last one.

    Names beside a row are columns of their own (`parties.names`) rather than joins: then neither the count nor the rows
    that are leafed over ask for them. The same rows may be put in another way for the count, and as their keys alone, in
    order, where an index holds all that these ask for: then only the rows of the page are looked up.
    """
    if desk.whole:
        found = desk.session.execute(query.limit(MOST_GIVEN + 1)).all()
        given(len(found))
        return Listed(tuple(make(*row) for row in found), 1, 1, len(found))
    total, more = counted(desk, query if count is None else count)
    of = max(1, -(-total // size))
    page = min(max(1, page), of)
    shown = (query if keys is None else keys).limit(size).offset((page - 1) * size)
    if keys is not None:
        shown = query.where(next(iter(keys.selected_columns)).in_(shown))
    return Listed(tuple(make(*row) for row in desk.session.execute(shown)), page, of, total, more)


def leafed(rows: Sequence[T], page: int, size: int = SIZE) -> Listed[T]:
    """A page of rows that are at hand already; a page beyond the last one is the last one."""
    of = max(1, -(-len(rows) // size))
    page = min(max(1, page), of)
    return Listed(tuple(rows[(page - 1) * size : page * size]), page, of, len(rows))


def given(rows: int) -> None:
    """Refuse to give out a list of so many rows: TooManyRows beyond what a file may hold, so that none is silently cut."""
    if rows > MOST_GIVEN:
        raise TooManyRows(most=MOST_GIVEN, found=rows)
