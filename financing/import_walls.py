"""Walls around imports: what was put on file stays as it was compared and confirmed, row by row."""

from __future__ import annotations

from collections.abc import Mapping

SEALED = "EXISTS (SELECT 1 FROM import_job j WHERE j.id = {row}.job_id AND j.state = 'done')"
#: The file that was uploaded stays that file, and an import that is done stays as it is.
UPLOADED = ("kind", "name", "size", "sha256", "stored", "bank_id", "made_at", "made_by", "made_by_name")
REWRITTEN = "OLD.state = 'done' OR " + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in UPLOADED)


def _sqlite(name: str, event: str, table: str, when: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS wall_{name} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, 'wall: {name}'); END"
    )


SQLITE = [
    _sqlite("import_job_delete", "DELETE", "import_job", "OLD.state = 'done'"),
    _sqlite("import_job_rewritten", "UPDATE", "import_job", REWRITTEN),
    _sqlite("import_job_replace", "INSERT", "import_job", "EXISTS (SELECT 1 FROM import_job w WHERE w.id = NEW.id)"),
    _sqlite("import_row_delete", "DELETE", "import_row", SEALED.format(row="OLD")),
    _sqlite("import_row_update", "UPDATE", "import_row", SEALED.format(row="OLD")),
    _sqlite("import_row_late", "INSERT", "import_row", SEALED.format(row="NEW")),
]
_FUNCTION = f"""CREATE OR REPLACE FUNCTION wall_of_imports() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF {SEALED.format(row="NEW")} THEN
          RAISE EXCEPTION 'wall: a row of an import that is done' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
      END IF;
      IF {SEALED.format(row="OLD")} THEN
        RAISE EXCEPTION 'wall: a row of an import that is done' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$"""


def _postgres(name: str, events: str, table: str, function: str, each: str = "ROW", when: str = "") -> str:
    condition = f" WHEN ({when})" if when else ""
    return (
        f"CREATE OR REPLACE TRIGGER wall_{name} BEFORE {events} ON {table} FOR EACH {each}{condition} "
        f"EXECUTE FUNCTION {function}()"
    )


IMPORT_WALLS: Mapping[str, list[str]] = {
    "sqlite": SQLITE,
    "postgresql": [
        _FUNCTION,
        _postgres("import_job_delete", "DELETE", "import_job", "wall", when="OLD.state = 'done'"),
        _postgres("import_job_rewritten", "UPDATE", "import_job", "wall", when=REWRITTEN),
        _postgres("import_row_sealed", "INSERT OR UPDATE OR DELETE", "import_row", "wall_of_imports"),
        *(
            _postgres(f"{table}_truncate", "TRUNCATE", table, "wall", "STATEMENT")
            for table in ("import_job", "import_row")
        ),
    ],
}
