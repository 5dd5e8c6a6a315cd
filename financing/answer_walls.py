"""Walls around what banks answer: an offer that is open is as it was, an opening is never moved (I-21), a silence stays counted."""

from __future__ import annotations

from collections.abc import Mapping

#: What a bank has put into an offer; the state alone moves after the opening.
OFFERED = (
    "match_id", "need_id", "firm_id", "bank_id", "amount", "months", "rate", "repayment", "guarantee_fee", "fees", "conditions",
    "valid_until", "simple_cost", "nominal_cost", "effective_cost", "made_at", "made_by", "opening_id", "base", "points", "lpr",
    "drawdown_on", "secured_by", "prepayment", "deposit",
)  # fmt: skip
#: The charges are JSON, which PostgreSQL compares as JSONB and SQLite as text; both say IS DISTINCT.
CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in (*OFFERED, "charges"))
#: Written into an opening that is over, or after its deadline.
TOO_LATE = "EXISTS (SELECT 1 FROM offer_opening o WHERE o.id = NEW.opening_id AND (o.opened_at IS NOT NULL OR o.until <= NEW.made_at))"
#: What a bank asked for stays as it was asked, and once it is over nothing of it changes.
ASKED = (
    "match_id", "need_id", "firm_id", "bank_id", "item", "note", "asked_at", "asked_by", "asked_by_name", "due_on", "again",
)  # fmt: skip
REWRITTEN = "OLD.ended_at IS NOT NULL OR " + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in ASKED)
#: What an officer put before the head stays as it was, and once it is over nothing of it changes.
REQUESTED = ("match_id", "need_id", "bank_id", "amount", "own_most", "asked_at", "asked_by", "asked_by_name")
ANSWERED = "OLD.ended_at IS NOT NULL OR " + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in REQUESTED)
#: What a firm contested stays as it was written, and a second look is given once.
CONTESTED = (
    "kind", "subject_id", "need_id", "firm_id", "bank_id", "rests_on", "why", "decided_on", "made_at", "made_by", "due_on",
)  # fmt: skip
LOOKED = "OLD.next_step IS NOT NULL OR " + " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in (*CONTESTED, "deciders")
)
#: What an officer typed from a signed form stays on record as it was, and the firm answers it once.
TYPED = (
    "need_id", "firm_id", "scan_id", "edition", "signed_by", "signed_on", "typed_at", "typed_by", "typed_by_name", "until",
)  # fmt: skip
TYPED_OVER = "OLD.answered_at IS NOT NULL OR " + " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in TYPED
)
#: A standstill ends once.
RUN_OUT = "OLD.until IS NOT NULL"
#: The deadline never moves, and what is open never closes.
MOVED = (
    "OLD.opened_at IS NOT NULL OR OLD.until <> NEW.until OR OLD.need_id <> NEW.need_id OR OLD.firm_id <> NEW.firm_id"
)


#: Rows that move on once: what their wall is called, and the change it forbids.
FIXED = {
    "item_ask": ("rewritten", REWRITTEN),
    "release_request": ("rewritten", ANSWERED),
    "contest": ("rewritten", LOOKED),
    "clock_pause": ("ended", RUN_OUT),
    "behalf": ("rewritten", TYPED_OVER),
}


def _sqlite(name: str, event: str, table: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER IF NOT EXISTS wall_{name} BEFORE {event} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, 'wall: {name}'); END"
    )


def _same_id(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} w WHERE w.id = NEW.id)"  # noqa: S608  a table of ours


SQLITE = [
    _sqlite("offer_late", "INSERT", "offer", TOO_LATE),
    _sqlite("offer_changed", "UPDATE", "offer", f"({CHANGED}) AND {TOO_LATE}"),
    _sqlite("offer_delete", "DELETE", "offer"),
    _sqlite("offer_replace", "INSERT", "offer", _same_id("offer")),
    _sqlite("offer_opening_moved", "UPDATE", "offer_opening", MOVED),
    _sqlite("offer_opening_delete", "DELETE", "offer_opening"),
    _sqlite("offer_opening_replace", "INSERT", "offer_opening", _same_id("offer_opening")),
    *(_sqlite(f"{table}_{name}", "UPDATE", table, fixed) for table, (name, fixed) in FIXED.items()),
    *(_sqlite(f"{table}_delete", "DELETE", table) for table in FIXED),
    *(_sqlite(f"{table}_replace", "INSERT", table, _same_id(table)) for table in FIXED),
    _sqlite("claim_delete", "DELETE", "claim"),
    _sqlite("silence_delete", "DELETE", "silence"),
    _sqlite("silence_update", "UPDATE", "silence"),
    _sqlite("silence_replace", "INSERT", "silence", _same_id("silence")),
    _sqlite("drawdown_delete", "DELETE", "drawdown"),
    _sqlite("drawdown_update", "UPDATE", "drawdown"),
    _sqlite("drawdown_replace", "INSERT", "drawdown", _same_id("drawdown")),
]

_FUNCTION = f"""CREATE OR REPLACE FUNCTION wall_of_offers() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF NOT ({CHANGED}) THEN RETURN NEW; END IF;
      END IF;
      PERFORM 1 FROM offer_opening o WHERE o.id = NEW.opening_id FOR UPDATE;
      IF {TOO_LATE} THEN
        RAISE EXCEPTION 'wall: an offer after the opening' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$"""


def _postgres(name: str, events: str, table: str, function: str = "wall", each: str = "ROW", when: str = "") -> str:
    condition = f" WHEN ({when})" if when else ""
    return (
        f"CREATE OR REPLACE TRIGGER wall_{name} BEFORE {events} ON {table} FOR EACH {each}{condition} "
        f"EXECUTE FUNCTION {function}()"
    )


POSTGRES = [
    _FUNCTION,
    _postgres("offer_late", "INSERT OR UPDATE", "offer", "wall_of_offers"),
    _postgres("offer_delete", "DELETE", "offer"),
    _postgres("offer_truncate", "TRUNCATE", "offer", each="STATEMENT"),
    _postgres("offer_opening_moved", "UPDATE", "offer_opening", when=MOVED),
    _postgres("offer_opening_delete", "DELETE", "offer_opening"),
    _postgres("offer_opening_truncate", "TRUNCATE", "offer_opening", each="STATEMENT"),
    *(_postgres(f"{table}_{name}", "UPDATE", table, when=fixed) for table, (name, fixed) in FIXED.items()),
    *(_postgres(f"{table}_delete", "DELETE", table) for table in FIXED),
    _postgres("claim_delete", "DELETE", "claim"),
    *(_postgres(f"{table}_change", "UPDATE OR DELETE", table) for table in ("silence", "drawdown")),
    *(
        _postgres(f"{table}_truncate", "TRUNCATE", table, each="STATEMENT")
        for table in ("claim", "silence", "drawdown", *FIXED)
    ),
]

ANSWER_WALLS: Mapping[str, list[str]] = {"sqlite": SQLITE, "postgresql": POSTGRES}
