"""One part of the work list: a query and the columns of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from financing.db import Thing
from financing.desk import Desk
from financing.needs.model import Need
from financing.office.rules import Duty
from financing.parties import names

#: Working days against which a planned step is coloured, and one that has no limit of its own.
PLANNED, LATE = 5, 5
#: Working days before its day from which a check stands on the list.
AHEAD = 10
#: The name of a need's firm, asked for the rows alone and not for their count.
FIRM = names.of_firm(Need.firm_id)


@dataclass(frozen=True, slots=True)
class Part:
    """One query with the columns of its rows; `officer` None: nobody's in particular; `due` None: no date."""

    duty: Duty
    query: Select[Any]
    key: Any
    number: Any = Need.number
    firm: Any = FIRM
    due: Any = None
    whole: int = LATE
    officer: Any = None
    who: Any = Need.officer_name
    need: Any = None


def about(desk: Desk, kind: type[Thing], *where: Any) -> Select[Any]:
    """Rows of a table about needs, with the need beside them."""
    thing: Any = kind
    query = desk.select(kind, thing.id).join(Need, Need.id == thing.need_id)
    return query.where(*where).with_only_columns()
