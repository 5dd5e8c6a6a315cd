"""One fact of many firms as numbers (事实列): checked against its kind, and read where Arrow keeps it, without a copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.facts import Fact, Kind
from scoring.held import UnknownValue

Array = NDArray[Any]
DataType = pl.DataType | type[pl.DataType]

DTYPES = {Kind.NUMBER: pl.Float64, Kind.COUNT: pl.Int64, Kind.MONEY: pl.Int64, Kind.FLAG: pl.Boolean}


class Held(NamedTuple):
    """Values by row: doubles, whole numbers, or places among the options of the fact (of a flag: yes 0, no 1).

    `known` is False where nothing usable is known and the value means nothing; None where every value is known.
    """

    values: Array
    known: Array | None


def reader(fact: Fact, column: pl.Series | None) -> Callable[[slice], Held]:
    """What gives some rows of a fact; a number that is no number, or infinite, is missing.

    Raises `UnknownValue`, at once or while reading, where the column holds what the fact does not allow. No column: missing.
    """
    if column is None or column.dtype == pl.Null:
        return _nothing
    match fact.kind:
        case Kind.NUMBER:
            doubles = parts(_numeric(fact, column), pl.Float64, lambda rows: rows.cast(pl.Float64))
            return lambda rows: _finite(doubles(rows))
        case Kind.CHOICE:
            coded = _coded(fact, column).to_physical()
            return parts(coded, coded.dtype)
        case Kind.FLAG:
            if column.dtype != pl.Boolean:
                raise UnknownValue(fact, column.dtype)
            flags = parts(column, pl.Boolean)
            return lambda rows: _yes_first(flags(rows))
    return parts(_numeric(fact, column), pl.Int64, partial(_whole, fact))


def parts(
    column: pl.Series, kind: DataType, make: Callable[[pl.Series], pl.Series] = lambda rows: rows
) -> Callable[[slice], Held]:
    """What gives some rows of a column. Only what lies there in one piece and as its kind wants it is opened as a whole."""
    if column.n_chunks() == 1 and column.dtype == kind:
        return _opened(column)
    return lambda rows: buffers(make(column[rows]))


def buffers(column: pl.Series) -> Held:
    """A column as Arrow keeps it: its values, and which of them stand for anything."""
    return _opened(column)(slice(0, len(column)))


def _opened(column: pl.Series) -> Callable[[slice], Held]:
    array = column.to_arrow()
    bitmap, values = array.buffers()
    from_bits = partial(_bits, array.offset)
    known = partial(from_bits, bitmap) if array.null_count else lambda _: None
    if column.dtype == pl.Boolean:
        return lambda rows: Held(from_bits(values, rows), known(rows))
    numbers = np.frombuffer(values, array.type.to_pandas_dtype())[array.offset :]
    return lambda rows: Held(numbers[rows], known(rows))


def _bits(offset: int, buffer: Any, rows: slice) -> Array:
    start, end = offset + rows.start, offset + rows.stop
    first = start // 8
    bits = np.unpackbits(np.frombuffer(buffer, np.uint8)[first : (end + 7) // 8], bitorder="little")
    return bits[start - 8 * first : end - 8 * first].view(np.bool_)


def _nothing(rows: slice) -> Held:
    return Held(np.zeros(rows.stop - rows.start, np.uint8), np.zeros(rows.stop - rows.start, np.bool_))


def _finite(held: Held) -> Held:
    finite = np.isfinite(held.values)
    if held.known is not None:
        np.logical_and(finite, held.known, out=finite)
    return Held(held.values, None if finite.all() else finite)


def _yes_first(held: Held) -> Held:
    return Held(np.logical_not(held.values).view(np.uint8), held.known)


def _coded(fact: Fact, column: pl.Series) -> pl.Series:
    """The column as an enumeration of exactly the options of the fact."""
    kind = pl.Enum(list(fact.choices))
    if column.dtype == kind:
        return column
    words = column.cast(pl.String)
    coded = words.cast(kind, strict=False)
    if coded.null_count() > words.null_count():
        raise UnknownValue(fact, words.filter(coded.is_null() & words.is_not_null())[0])
    return coded


def _numeric(fact: Fact, column: pl.Series) -> pl.Series:
    if not column.dtype.is_numeric():
        raise UnknownValue(fact, column.dtype)
    return column


def _whole(fact: Fact, column: pl.Series) -> pl.Series:
    """Whole numbers of 64 bits; what has a fraction or does not fit is refused."""
    if column.dtype == pl.Int64:
        return column
    if column.dtype.is_float():
        column = column.to_frame().select(pl.when(pl.first().is_finite()).then(pl.first())).to_series()
    whole = column.cast(pl.Int64, strict=False)
    if (broken := column.filter(column.is_not_null() & (whole.is_null() | (whole != column)))).len():
        raise UnknownValue(fact, broken[0])
    return whole
