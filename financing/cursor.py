"""Cursors (翻页标记) of lists that are read by machines: the place of the last row, so that nothing is told twice or left out."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_

from financing.key_refusals import BadCursor

FORM = re.compile(r"(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?\+00:00)?)~(\d{1,19})")


def cursor(moment: date, key: int) -> str:
    """The place of a row: its day or moment (UTC), and its id."""
    return f"{moment.isoformat()}~{key}"


def after(query: Select[Any], moment: Any, key: Any, place: str) -> Select[Any]:
    """The rows behind a place, in order of two columns; BadCursor for a place that is none."""
    ordered = query.order_by(moment, key)
    if not place:
        return ordered
    found = FORM.fullmatch(place)
    try:
        if found:
            at: date = datetime.fromisoformat(found[1]) if "T" in found[1] else date.fromisoformat(found[1])
            return ordered.where(or_(moment > at, and_(moment == at, key > int(found[2]))))
    except ValueError:
        pass
    raise BadCursor
