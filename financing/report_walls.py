"""Walls around what is reported: figures confirmed for a return stay, and so does an alarm that has ended."""

from __future__ import annotations

from financing.after_walls import AFTER_DECIDED
from financing.help_walls import HELP_DECIDED

#: Each table with what ends every change of a row; an alarm that rings only ends.
REPORTED = {
    "return_figure": "OLD.decided_by IS NOT NULL",
    "ratio_alarm": "OLD.until IS NOT NULL OR "
    + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in ("ratio", "since", "value", "bar", "source")),
    **AFTER_DECIDED,
    **HELP_DECIDED,
}
#: The same for PostgreSQL: name, events, table, function, for each row or statement, condition.
GUARDED = [
    wall
    for table, end in REPORTED.items()
    for wall in (
        (f"{table}_delete", "DELETE", table, "wall", "ROW", ""),
        (f"{table}_truncate", "TRUNCATE", table, "wall", "STATEMENT", ""),
        (f"{table}_decided", "UPDATE", table, "wall", "ROW", end),
    )
]
