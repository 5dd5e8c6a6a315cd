"""Walls (触发器): what no SQL of the application can do, whatever its code asks. The database itself refuses.

What is written once stays: the journal, scores, the limit ledger, resolutions, dossiers, viewings and declines are never changed or
removed, nor the ledger of a guarantee or of commitments, nor is a document of the zone's side; a ballot is never removed and never changed once its case is sealed, and a tied member has no valid ballot. What a sealed decision rested on stays with its case, and no case is removed. A scorecard put forward keeps its document, and once adopted everything that was adopted with it; so does a change of terms once it is decided. What a visit found stays as it was written, and a condition that is met stays met.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from financing.after_walls import AFTER_ONCE
from financing.answer_walls import ANSWER_WALLS
from financing.erasing_walls import opening
from financing.fixed_rows import FIXED_ROWS, LETTER, PAPER, UNIQUE, differ
from financing.help_walls import HELP_ONCE
from financing.import_walls import IMPORT_WALLS
from financing.office_walls import OFFICE_ONCE
from financing.report_walls import GUARDED, REPORTED
from financing.row_walls import ROW_WALLS
from financing.side_walls import SIDE_WALLS

#: Tables that only grow, each with its unique keys: replacing a row would be changing it.
WRITTEN_ONCE: Mapping[str, tuple[str, ...]] = {
    "journal": ("seq",),
    "checkpoint": ("number", "digest"),
    "assessment": ("id",),
    "limit_movement": ("id",),
    "resolution": ("id", "number"),
    "dossier": ("id", "number", "need_id"),
    "viewing": ("id",),
    "decline": ("id",),
    "match_round": ("id", "number"),
    "setting_entry": ("id", "seq"),
    **dict.fromkeys(
        ("offer_right", "offer_release", "appetite", "consent_request", "score_comment", "list_file"), ("id",)
    ),
    **dict.fromkeys(("tie", "interest_declaration", "expert_draw", "escalation", "post", "paper_use"), ("id",)),
    **OFFICE_ONCE | AFTER_ONCE | HELP_ONCE,
    **dict.fromkeys(("agenda_jump", "deferral", "document", "guarantee_entry", "printed_copy", "outcome"), ("id",)),
    **dict.fromkeys(("follow_up", "loan_statement", "plan_target", "public_figure"), ("id",)),
}
DECIDED = "OLD.decided_by IS NOT NULL"
SEALED = "EXISTS (SELECT 1 FROM resolution r WHERE r.case_id = OLD.case_id)"
RESOLVED = "EXISTS (SELECT 1 FROM resolution r WHERE r.case_id = OLD.id)"
#: What a decision rested on: of a sealed case none of it changes.
RESOLVED_ON = (
    "number", "need_id", "firm_id", "assessment_id", "guarantor_id", "officer_id", "line", "months", "support", "share",
    "fee", "price", "opened_on", "opinion", "meeting_id", "round",
)  # fmt: skip
TIED = "EXISTS (SELECT 1 FROM tie t WHERE t.case_id = NEW.case_id AND t.user_id = NEW.user_id)"
VOTED = "EXISTS (SELECT 1 FROM ballot b WHERE b.case_id = NEW.case_id AND b.user_id = NEW.user_id AND {valid})"
DRAFTED = ("name", "since", "title", "basis", "document", "digest", "drafted_by", "drafter", "drafted_at")
ADOPTED = (
    "proposed_by", "proposer", "proposed_at", "against", "portfolio", "figures",
    "adopted_by", "adopter", "adopted_at", "adopted_on", "votes",
)  # fmt: skip
#: What no change of a scorecard may do: touch its document; once adopted touch what was adopted, or be anything but withdrawn;
#: be adopted without having been proposed; move at all once it is over.
FIXED = f"""{differ(DRAFTED)} OR OLD.state IN ('withdrawn', 'dropped')
  OR (OLD.state IN ('adopted', 'recalled') AND ({differ(ADOPTED)} OR NEW.state NOT IN ('adopted', 'recalled', 'withdrawn')))
  OR (OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'proposed', 'dropped'))"""

#: What two officers decided stays as it was sealed, and what has come of it stays so.
DELEGATED = (
    "OLD.state IN ('referred', 'in_force', 'called_in', 'void') OR (OLD.number IS NOT NULL AND ("
    + differ(("case_id", "officer_id", "proposed_by", "proposal", "decided_by", "decided_at", "opinion", "number",
               "record", "digest", "until", "call_in_until"))
    + "))"
)  # fmt: skip

#: What the first officer wrote of a visit; only the second one's part may still be added.
VISITED = (
    "need_id", "firm_id", "officer_id", "visited_on", "place", "found", "photos", "rate", "repayment",
    "other", "advice", "opinion", "at",
)  # fmt: skip
SAME_VISIT = " AND ".join(f"NEW.{name} {{same}} OLD.{name}" for name in VISITED)
#: A condition's words stay as they were sealed, and one that is met stays met.
MET = "OLD.met_by IS NOT NULL OR NEW.says <> OLD.says OR NEW.case_id <> OLD.case_id"


def _sqlite(name: str, event: str, table: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER IF NOT EXISTS wall_{name} BEFORE {event} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, 'wall: {name}'); END"
    )


def _sqlite_walls() -> list[str]:
    walls = [
        wall
        for table, keys in WRITTEN_ONCE.items()
        for wall in (
            _sqlite(f"{table}_update", "UPDATE", table),
            _sqlite(f"{table}_delete", "DELETE", table),
            _sqlite(f"{table}_replace", "INSERT", table, _same_key(table, keys)),
        )
    ]
    return [
        *walls,
        *_sqlite_letters(),
        _sqlite("survey_delete", "DELETE", "survey"),
        _sqlite("survey_spoken", "UPDATE", "survey", "OLD.second_id IS NOT NULL"),
        _sqlite("survey_written", "UPDATE", "survey", f"NOT ({SAME_VISIT.format(same='IS')})"),
        _sqlite("survey_replace", "INSERT", "survey", _same_key("survey", ("id",))),
        _sqlite("condition_delete", "DELETE", "case_condition"),
        _sqlite("condition_met", "UPDATE", "case_condition", MET),
        _sqlite("condition_replace", "INSERT", "case_condition", _same_key("case_condition", ("id",))),
        _sqlite("ballot_delete", "DELETE", "ballot"),
        _sqlite("ballot_sealed", "UPDATE", "ballot", SEALED),
        _sqlite("ballot_late", "INSERT", "ballot", SEALED.replace("OLD", "NEW")),
        _sqlite("tie_late", "INSERT", "tie", SEALED.replace("OLD", "NEW")),
        _sqlite("case_sealed", "UPDATE", "guarantee_case", f"{RESOLVED} AND ({differ(RESOLVED_ON)})"),
        _sqlite("case_delete", "DELETE", "guarantee_case"),
        _sqlite("ballot_tied", "INSERT", "ballot", f"NOT NEW.void AND {TIED}"),
        _sqlite("ballot_revived", "UPDATE", "ballot", f"NOT NEW.void AND {TIED}"),
        *(_sqlite(f"{table}_delete", "DELETE", table) for table in ("relation", "expert")),
        *_sqlite_decided("delegation", DELEGATED, ("id", "case_id")),
        *_sqlite_fixed(),
        *_sqlite_decided("terms_change", DECIDED, ("id", "number")),
        _sqlite("ballot_replace", "INSERT", "ballot", _same_key("ballot", ("id",))),
        _sqlite("tie_voted", "INSERT", "tie", VOTED.format(valid="NOT b.void")),
        _sqlite("card_delete", "DELETE", "card_version"),
        _sqlite("card_fixed", "UPDATE", "card_version", FIXED),
        _sqlite("card_replace", "INSERT", "card_version", _same_key("card_version", ("id",))),
    ]


def _sqlite_letters() -> list[str]:
    return [
        _sqlite("guarantee_delete", "DELETE", "guarantee"),
        _sqlite("guarantee_issued", "UPDATE", "guarantee", LETTER),
        _sqlite("guarantee_replace", "INSERT", "guarantee", _same_key("guarantee", ("id", "number"))),
        _sqlite("issued_paper_delete", "DELETE", "issued_paper"),
        _sqlite("issued_paper_fixed", "UPDATE", "issued_paper", PAPER),
        _sqlite("issued_paper_replace", "INSERT", "issued_paper", _same_key("issued_paper", ("id", "number", "code"))),
        *_sqlite_decided("entry_proposal", DECIDED, ("id",)),
    ]


def _sqlite_decided(table: str, decided: str, keys: tuple[str, ...]) -> list[str]:
    """What somebody puts forward and somebody else decides: never removed, and once decided never changed."""
    return [
        _sqlite(f"{table}_delete", "DELETE", table),
        _sqlite(f"{table}_decided", "UPDATE", table, decided),
        _sqlite(f"{table}_replace", "INSERT", table, _same_key(table, keys)),
    ]


def _sqlite_fixed() -> list[str]:
    keys = {table: UNIQUE.get(table, ("id",)) for table in FIXED_ROWS}
    return [wall for table, fixed in FIXED_ROWS.items() for wall in _sqlite_decided(table, fixed, keys[table])]


def _same_key(table: str, keys: tuple[str, ...]) -> str:
    same = " OR ".join(f"w.{key} = NEW.{key}" for key in keys)
    return f"EXISTS (SELECT 1 FROM {table} w WHERE {same})"  # noqa: S608  both words stand in the table above


#: One function says no to everything; two hold the case while they look, so that a vote and a tie never pass each other.
_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION wall() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING
        MESSAGE = 'wall: ' || TG_OP || ' on ' || TG_TABLE_NAME, ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE OR REPLACE FUNCTION wall_of_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM 1 FROM guarantee_case c WHERE c.id = NEW.case_id FOR UPDATE;
      IF {SEALED.replace("OLD", "NEW")} THEN
        RAISE EXCEPTION 'wall: ballot of a sealed case' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF NOT NEW.void AND {TIED} THEN
        RAISE EXCEPTION 'wall: ballot of a tied member' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION wall_of_ties() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM 1 FROM guarantee_case c WHERE c.id = NEW.case_id FOR UPDATE;
      IF {SEALED.replace("OLD", "NEW")} OR {VOTED.format(valid="NOT b.void")} THEN
        RAISE EXCEPTION 'wall: tie beside a valid ballot' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION wall_of_surveys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.second_id IS NOT NULL OR NOT ({SAME_VISIT.format(same="IS NOT DISTINCT FROM")}) THEN
        RAISE EXCEPTION 'wall: what a visit found' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION wall_of_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {MET} THEN
        RAISE EXCEPTION 'wall: a condition that is met' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION wall_of_cases() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {RESOLVED} AND ({differ(RESOLVED_ON)}) THEN
        RAISE EXCEPTION 'wall: a sealed case' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION wall_of_seals() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {SEALED} THEN
        RAISE EXCEPTION 'wall: ballot of a sealed case' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
)


def _postgres(name: str, events: str, table: str, function: str, each: str = "ROW", when: str = "") -> str:
    condition = f" WHEN ({when})" if when else ""
    return (
        f"CREATE OR REPLACE TRIGGER wall_{name} BEFORE {events} ON {table} FOR EACH {each}{condition} "
        f"EXECUTE FUNCTION {function}()"
    )


def _postgres_letters() -> list[str]:
    return [
        _postgres("guarantee_issued", "UPDATE", "guarantee", "wall", when=LETTER),
        _postgres("issued_paper_fixed", "UPDATE", "issued_paper", "wall", when=PAPER),
        _postgres("entry_proposal_decided", "UPDATE", "entry_proposal", "wall", when=DECIDED),
    ]


def _postgres_fixed() -> list[str]:
    return [
        wall
        for table, fixed in FIXED_ROWS.items()
        for wall in (
            _postgres(f"{table}_truncate", "TRUNCATE", table, "wall", "STATEMENT"),
            _postgres(f"{table}_delete", "DELETE", table, "wall"),
            _postgres(f"{table}_fixed", "UPDATE", table, "wall", when=fixed),
        )
    ]


#: Beside the tables that are written once, those of which no row goes.
CHANGES_ONCE = (
    "ballot", "card_version", "terms_change", "survey", "case_condition", "guarantee", "entry_proposal", "delegation",
)  # fmt: skip


def _postgres_walls() -> list[str]:
    walls = [_postgres(f"{table}_change", "UPDATE OR DELETE", table, "wall") for table in WRITTEN_ONCE]
    return [
        *_FUNCTIONS,
        *walls,
        *_postgres_letters(),
        *(
            _postgres(f"{name}_truncate", "TRUNCATE", name, "wall", "STATEMENT")
            for name in (*WRITTEN_ONCE, *CHANGES_ONCE)
        ),
        *(_postgres(f"{table}_delete", "DELETE", table, "wall") for table in ("relation", "expert")),
        _postgres("delegation_delete", "DELETE", "delegation", "wall"),
        _postgres("delegation_decided", "UPDATE", "delegation", "wall", when=DELEGATED),
        _postgres("terms_change_delete", "DELETE", "terms_change", "wall"),
        _postgres("terms_change_decided", "UPDATE", "terms_change", "wall", when=DECIDED),
        *(
            _postgres(f"{table}_delete", "DELETE", table, "wall")
            for table in ("ballot", "survey", "case_condition", "guarantee", "entry_proposal", "issued_paper")
        ),
        *_postgres_fixed(),
        _postgres("survey_written", "UPDATE", "survey", "wall_of_surveys"),
        _postgres("condition_met", "UPDATE", "case_condition", "wall_of_conditions"),
        _postgres("ballot_sealed", "UPDATE", "ballot", "wall_of_seals"),
        _postgres("ballot_tied", "INSERT OR UPDATE", "ballot", "wall_of_ballots"),
        _postgres("case_sealed", "UPDATE", "guarantee_case", "wall_of_cases"),
        _postgres("case_delete", "DELETE", "guarantee_case", "wall"),
        _postgres("tie_voted", "INSERT", "tie", "wall_of_ties"),
        _postgres("card_delete", "DELETE", "card_version", "wall"),
        _postgres("card_fixed", "UPDATE", "card_version", "wall", when=FIXED),
    ]


WALLS: Mapping[str, list[str]] = {
    "sqlite": _sqlite_walls()
    + ANSWER_WALLS["sqlite"]
    + IMPORT_WALLS["sqlite"]
    + [one for name, end in REPORTED.items() for one in _sqlite_decided(name, end, ("id",))],
    "postgresql": _postgres_walls()
    + ANSWER_WALLS["postgresql"]
    + IMPORT_WALLS["postgresql"]
    + [*(_postgres(*one) for one in GUARDED), *ROW_WALLS, *SIDE_WALLS],
}


def put_up(connection: Connection) -> None:
    """Put up every wall of this kind of database; putting up twice is putting up once."""
    for statement in [*WALLS[connection.dialect.name], *opening(connection)]:
        connection.exec_driver_sql(statement)
