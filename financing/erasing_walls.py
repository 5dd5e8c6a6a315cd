"""The one change that walls let through (删除): words of people becoming the mark of what was erased, and not a sign beside it.

A record that is written once keeps who acted by number, when, and every figure; what somebody's name was, or what they wrote, need not be
known for ever (个人信息保护法 第四十七条). The columns beside these are read from the database itself, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, inspect

from financing.fixed_rows import FIXED_ROWS
from financing.report_walls import REPORTED

#: What stands where something was erased.
ERASED = "〔已删除〕"
#: Tables with walls -> their columns that may become the mark; of JSON the empty list or object.
LETS_ERASE: Mapping[str, tuple[str, ...]] = {
    "help_visit": ("met", "found"),
    "help_word": ("text", "by_name"),
    "help_goal_note": ("text",),
    "help_survey_answer": ("answers", "by_name"),
    "help_rating": ("says",),
    "event_rating": ("says",),
    "event_place": ("names", "phone"),
    "rating": ("says",),
    "loan_statement": ("note", "by_name"),
    "planned_step": ("what",),
    "consent_request": ("why",),
    "owed_paper": ("promised_by",),
    "unannounced_word": ("says", "answer"),
    "help_request": ("title", "says", "answer", "raiser"),
    "help_appointment": ("matter", "minutes", "why", "asker"),
    "policy_question": ("question", "shown", "answer"),
    "policy_claim": ("note", "answer"),
    "dossier": ("contact", "phone"),
    "objection": ("why", "answer", "held"),
    "permit": ("person", "mark", "giver", "why"),
}
JSON = frozenset({("help_survey_answer", "answers"), ("event_place", "names"), ("objection", "held")})


def opening(connection: Connection) -> list[str]:
    """The walls of these tables, put up again with their one opening."""
    found = {name: _others(connection, name) for name in LETS_ERASE if inspect(connection).has_table(name)}
    return [wall for table, others in found.items() for wall in _walls(connection.dialect.name, table, others)]


def _others(connection: Connection, table: str) -> list[str]:
    return [one["name"] for one in inspect(connection).get_columns(table) if one["name"] not in LETS_ERASE[table]]


def _walls(dialect: str, table: str, others: list[str]) -> list[str]:
    fixed = FIXED_ROWS.get(table) or REPORTED.get(table)
    wall = f"({fixed}) AND ({_more(table, others)})" if fixed else _more(table, others)
    if dialect == "sqlite":
        name = f"wall_{table}_{'decided' if fixed else 'update'}"
        made = (
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {wall} BEGIN SELECT RAISE(ABORT, 'wall: {name}'); END"
        )
        return [f"DROP TRIGGER IF EXISTS {name}", made]
    name = f"wall_{table}_{'fixed' if table in FIXED_ROWS else 'decided' if fixed else 'update'}"
    walls = [_postgres(name, "UPDATE", table, f" WHEN ({wall})")]
    # Of what is written once one wall stood against both; what is removed is refused as ever.
    return walls if fixed else [*walls, _postgres(f"wall_{table}_change", "DELETE", table)]


def _postgres(name: str, event: str, table: str, when: str = "") -> str:
    return f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION wall()"


def _more(table: str, others: list[str]) -> str:
    """Anything else than erasing: another column, or a value that is not the mark."""
    changed = [f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in others]
    return " OR ".join([*changed, *(_unlike(table, name) for name in LETS_ERASE[table])])


def _unlike(table: str, name: str) -> str:
    marks = ("'{}'", "'[]'") if (table, name) in JSON else (f"'{ERASED}'",)
    same = " AND ".join(f'NEW."{name}" IS DISTINCT FROM {mark}' for mark in marks)
    return f'(NEW."{name}" IS DISTINCT FROM OLD."{name}" AND {same})'
