"""I-08: no SQL of the application's account changes or removes a record, in any column of any table of record, on both databases.

On PostgreSQL the statements are run as an account that owns the tables and is no superuser, as docs/operate.md sets one up.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Date, Enum, Text, create_engine, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing.credit.rules import CardState
from financing.db import FenColumn, Instant, RateColumn
from financing.diligence.rules import SurveyState
from financing.engines import engine_for
from financing.guarantees.change_rules import ChangeState
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.rules import ConditionState, Pot
from financing.models import metadata
from financing.money import Fen, Rate
from financing.row_walls import READER
from financing.sealing import SealedColumn
from financing.side_walls import SIDE
from financing.walls import WRITTEN_ONCE
from tests.makers import NOW, TODAY

#: Tables of which a row, once it stands as told, is a record: what must be in it, and the columns that may still change.
RECORDS: dict[str, tuple[dict, set[str]]] = {
    #: A task that is done keeps what was asked and what was shown.
    "help_task": ({"state": "done", "proof": "已办", "done_at": NOW, "done_by": 2, "owner_id": 1, "paper_id": 3}, set()),
    **dict.fromkeys(("help_escalation", "help_goal_note", "help_visit", "help_word", "help_rating", "help_survey"), ({}, set())),
    **dict.fromkeys(("help_survey_answer", "help_survey_reminder"), ({}, set())),
    "emergency": ({"state": "ended", "proposed_by": 1, "decided_by": 2, "opened_at": NOW, "until": NOW + timedelta(hours=1), "ended_at": NOW}, set()),
    "emergency_look": ({}, set()),
    "permit": ({"item": "person_credit", "whose": "controller", "scan_id": 1, "ended": "withdrawn", "ended_by": 1, "ended_at": NOW + timedelta(days=1), "given_at": NOW, "valid_until": NOW + timedelta(days=2)}, {"person", "mark", "giver", "why"}),
    "incident": ({"state": "closed", "began_at": NOW, "ended_at": NOW, "found_at": NOW, "closed_at": NOW, "learned": "教训"}, set()),
    "incident_party": ({"firm_id": 1, "user_id": None, "told_at": NOW, "left_at": None, "why": ""}, set()),
    "help_pairing": ({"until": TODAY, "helper_id": 1, "deputy_id": 2}, set()),
    "help_visit_plan": ({"state": "kept", "ended_on": TODAY}, set()),
    "help_goal": ({"state": "reached", "ended_on": TODAY}, set()),
    "help_request": (
        {"state": "closed", "span": "usual", "signed_at": NOW, "due_on": TODAY, "answer": "已办", "ended_at": NOW, "source_id": 1}, set()
    ),
    "help_appointment": ({"state": "held", "minutes": "纪要", "ended_at": NOW, "slot_id": 1}, set()),
    "policy": ({"state": "repealed", "ended_on": TODAY, "level": "zone", "confidence": "A", "proposed_by": 1, "decided_by": 2}, set()),
    "policy_clause": (
        {"state": "in_force", "benefit": "award", "route": "quick", "proposed_by": 1, "decided_by": 2, "budget": Fen(10), "granted": Fen(1)},
        {"id", "version", "state", "until", "granted", "written_by", "written_at", "proposer", "decided_at", "decider", "answer"},
    ),
    "policy_claim": (
        {"state": "paid", "granted": Fen(1), "applied": Fen(1), "paid": Fen(1), "asked_by": 1, "confirmed_by": 2, "public_until": TODAY},
        set(),
    ),
    "policy_question": ({"state": "published", "answered_at": NOW}, set()),
    "policy_line": ({"entry": "granted", "amount": Fen(1), "confirmed_by": None}, set()),
    "policy_alert": ({"level": 3}, set()),
    #: A claim keeps what was lodged; a decision, a part and a stop what they rested on.
    "compensation_claim": ({"state": "paid", "due_on": TODAY, "approved": Fen(1), "cut": Fen(0), "repaid": Fen(0)}, set()),
    "compensation_pause": ({"until": TODAY, "due_after": TODAY}, set()),
    "compensation_decision": ({"outcome": "grant", "decided_by": 2, "state": "decided"}, set()),
    "compensation_part": ({"party": "fund", "state": "received", "asked_by": 1, "received_by": 2, "document_id": 4}, set()),
    "recovery_case": ({"state": "closed", "closed_by": 1}, set()),
    "compensation_review": ({"state": "done", "change": "nothing", "change_by": None, "changed": "", "amount": Fen(1), "proposed_by": 1, "decided_by": 2}, set()),
    "recovery_step": ({"step": "talk", "cost": Fen(0)}, set()),
    "recovery_share": ({"party": "fund", "for_costs": False, "state": "paid", "ordered_by": 1, "paid_by": 2, "document_id": 4}, set()),
    "bank_stop": ({"state": "lifted", "proposed_by": 1, "decided_by": 2}, set()),
    **dict.fromkeys(("compensation_item", "compensation_promise", "compensation_cut", "compensation_answer"), ({}, set())),
    **{table: ({}, set()) for table in ("journal", "checkpoint", "assessment", "dossier", "viewing", "decline", "document", "agenda_jump", "deferral", "match_round", "expert_draw", "interest_declaration")},
    "guarantee_entry": ({"amount": Fen(1), "document_id": 4, "confirmed_by": 2}, set()),
    "printed_copy": ({}, set()),
    "follow_up": ({}, set()),
    "outcome": ({"stage": "contract", "amount": Fen(1)}, set()),
    "issued_paper": ({"superseded_at": NOW}, set()),
    "entry_proposal": ({"kind": "lost", "amount": Fen(1), "decided_by": 2, "state": "confirmed"}, set()),
    #: A letter that is issued keeps its words; its balances and what becomes of it move on.
    "guarantee": (
        {"state": "in_force", "issued_by": 2, "issued_on": TODAY, "type": "joint", "matures": TODAY + timedelta(days=1),
         "until": TODAY + timedelta(days=1), "unrecovered": Fen(0)},
        {"id", "version", "state", "preparer", "issuer", "released_on", "chair_aside", "balance", "unrecovered"},
    ),
    **dict.fromkeys(("offer_right", "offer_release"), ({"most": Fen(1)}, set())),
    "appetite": ({"ends": TODAY + timedelta(days=90), "most": Fen(10**9), "longest": 10**6, "volume": Fen(1), "needs": 1}, set()),
    "consent_request": ({}, set()),
    **dict.fromkeys(("score_comment", "list_file"), ({}, set())),
    "contest": ({"kind": "decline", "bank_id": 4, "state": "decided", "reviewer_id": 5, "outcome": "upheld", "next_step": "none"}, set()),
    "release_request": ({"amount": Fen(1), "ended_at": NOW, "state": "returned"}, set()),
    "item_ask": ({"ended_at": NOW, "state": "answered", "paper_id": 3}, set()),
    **dict.fromkeys(("escalation", "post", "paper_use"), ({}, set())),
    "clock": ({"stopped_on": TODAY}, set()),
    "clock_halt": ({"until": TODAY, "due_after": TODAY}, set()),
    "clock_extension": ({"decided_by": 2, "state": "agreed"}, set()),
    "owed_paper": ({"ended_on": TODAY, "paper_id": 3, "state": "supplied"}, set()),
    "clock_pause": ({"until": TODAY, "due_after": TODAY}, set()),
    #: A product keeps its terms; it is taken off the shelf once.
    "product": ({"least": Fen(1), "most": Fen(1), "shortest": 1, "longest": 1}, {"id", "version", "withdrawn_at", "withdrawn_by", "withdrawn_why"}),
    **dict.fromkeys(("bulk_run", "call_draw", "loan_statement", "planned_step", "rating"), ({}, set())),
    "setting_entry": ({"confirmed_by": 2}, set()),
    **dict.fromkeys(("reporter", "conduct_evidence", "conduct_note", "forbidden_try"), ({}, set())),
    "handler_post": ({"proposed_by": 1, "decided_by": 2, "state": "adopted"}, set()),
    "conduct_letter": ({"answer": "已退费", "answered_at": NOW}, set()),
    "plan_target": ({"until": TODAY + timedelta(days=90), "value": 1}, set()),
    "public_figure": ({"until": TODAY + timedelta(days=90), "firms": 5, "count": 5, "amount": Fen(1)}, set()),
    "loan": ({"interest_day": 20, "every": 1, "matures": TODAY + timedelta(days=1)}, set()),
    **dict.fromkeys(("loan_plan", "renewal_call", "renewal_choice"), ({}, set())),
    "loan_repayment": ({"drawn": Fen(2)}, set()),
    "loan_change": (
        {"state": "agreed", "decided_by": 2, "document_id": 3, "rate": None, "until": TODAY + timedelta(days=1), "kind": "extension",
         "guarantee_until": TODAY + timedelta(days=1)},
        set(),
    ),
    "repayment_reversal": ({"state": "taken_back", "decided_by": 2}, set()),
    "loan_class": ({"state": "confirmed", "decided_by": 2}, set()),
    "bridge_posting": ({"cause": "paid_in", "source": "owner", "target": "free", "amount": Fen(1), "confirmed_by": 2, "by": 1}, set()),
    "bridge_release": (
        {"standing": True, "amount": Fen(1), "deposit": Fen(1), "owed": Fen(1), "promised": Fen(2_000_000), "share": Rate(1), "fund_by": 1,
         "office_by": 2, "two_bound": Fen(1)},
        set(),
    ),
    **dict.fromkeys(("bridge_renewal", "bridge_alert", "bridge_breach"), ({}, set())),
    "bridge_move": ({"cause": "paid_in", "amount": Fen(1), "decided_by": 2, "proposed_by": 1, "state": "confirmed"}, set()),
    "bridge_ban": ({"asked_by": 1, "lifted_by": 2, "state": "lifted"}, set()),
    #: A pool keeps its name and its account; its pots move with its book.
    "bridge_pool": (
        {"capital": Fen(1), "free": Fen(1), **dict.fromkeys(("reserved", "in_use", "lost", "fees"), Fen(0))},
        {"id", "version", "opener", "capital", "free", "reserved", "in_use", "lost", "fees"},
    ),
    "bridge_promise": ({"standing": False, "withdrawn_at": NOW}, set()),
    "bridge_use": (
        {"loan_use": "working_capital", "state": "closed", "amount": Fen(1), "asked": Fen(1), "owed": Fen(1), "kind_cap": Fen(1),
         "two_bound": Fen(1), "returned": Fen(1), "fee": Fen(0), "fund_by": 2, "office_by": 3, "pool_id": 4, "released_on": TODAY,
         "due_on": TODAY, "entered_by": 1},
        set(),
    ),
    "limit_movement": ({"source": Pot.FREE, "target": Pot.USED}, set()),
    "resolution": ({}, set()),
    "inspection": (
        {"state": "done", "kind": "inspection", "urgent": None, "booked_by": 1, "decided_by": 2, "found": "fine", "mend_by": None, "recorded_by": 1, "recorded_on": TODAY},
        set(),
    ),
    "objection": ({"state": "withdrawn", "answered_by": None}, set()),
    "erasure": ({"state": "withdrawn", "done_at": None}, set()),
    "expired": ({}, set()),
    "impact": ({"review_on": TODAY + timedelta(days=1), "assessed_on": TODAY}, set()),
    "inspection_party": ({"counts": False}, set()),
    "unannounced_word": ({"inspection_id": 3, "state": "answered", "answered_by": 1, "answered_on": TODAY}, set()),
    "charge": ({"until": TODAY + timedelta(days=1), "ended_by": 2}, set()),
    "event": ({"state": "held", "places": 2, "most": 1, "taken": 1, "ends": NOW + timedelta(hours=1), "audience": "all", "branch": "", "closed_at": NOW}, set()),
    "event_place": ({"state": "left", "people": 1}, set()),
    "event_rating": ({}, set()),
    "watch_visit": ({"second_id": 2, "staff": 1}, set()),
    "watch_escalation": ({}, set()),
    "outside_fact": ({"kind": "registration", "security_id": 5, "until": TODAY}, set()),
    "watch_check": ({"ended_on": TODAY, "state": "done"}, set()),
    "warning": ({"closed_on": TODAY, "state": "closed", "decided_by": 2, "proposed_by": 1, "closing": "gone"}, set()),
    "return_figure": ({"state": "confirmed", "decided_by": 2}, set()),
    "reserve_posting": ({"state": "confirmed", "decided_by": 2}, set()),
    "dispatch": ({"state": "closed", "proposed_by": 1, "decided_by": 2}, set()),
    "bulletin": ({"state": "published", "proposed_by": 1, "decided_by": 2, "send_at": NOW}, set()),
    **dict.fromkeys(("dispatch_decision", "bulletin_delivery"), ({}, set())),
    "ratio_alarm": ({"until": TODAY}, set()),
    "tie": ({"user_id": 5}, set()),  # a tied member has no ballot that counts
    "ballot": ({}, set()),
    "survey": ({"second_id": 2, "state": SurveyState.REVIEWED}, set()),
    "delegation": ({"decided_by": 2, "number": "JY2026-0001", "state": DelegationState.IN_FORCE}, set()),
    "terms_change": ({"decided_by": 2, "state": ChangeState.ADOPTED}, set()),
    "case_condition": ({"met_by": 2, "shown_by": 3, "proof_id": 4, "state": ConditionState.MET}, set()),
    #: What the decision rested on stays; where the case goes from there does not lie in it.
    "guarantee_case": (
        {},
        {
            "id", "version", "state", "gates", "officer_name", "survey_id", "affordability", "chair_aside", "report_by",
            "reported_on", "set_back_for", "set_back_at", "return_by",
        },
    ),
    #: A scorecard is adopted by one person and later withdrawn by others.
    "card_version": (
        {"state": CardState.ADOPTED, "proposed_by": 1, "adopted_by": 2, "adopted_on": TODAY - timedelta(days=9)},
        {"id", "version", "state", "recalled_by", "recaller", "recalled_for", "withdrawn_by", "withdrawer", "withdrawn_on"},
    ),
}  # fmt: skip
CELL = b"\xa1" + bytes(40) + b"1"  # looks sealed, which is all that the database knows of it
#: By the type of a column: what a first row has in it, and what somebody would rather see there.
VALUES = (
    (Instant, NOW, NOW + timedelta(hours=1)),
    (FenColumn, Fen(1), Fen(987_654)),
    (RateColumn, Rate(1), Rate(987_654)),
    (Date, TODAY, date(1999, 1, 1)),
    (Boolean, False, True),
    (JSON, {"was": 1}, {"was": 2}),
    (BigInteger, 1, 987_654),
    (Text, "原来的话", "另写的话"),
    (SealedColumn, CELL, CELL[:-1] + b"2"),
)


def value(column, *, other=False):
    if isinstance(column.type, Enum):
        return list(column.type.enum_class)[-1 if other else 0]
    return next(pair[other] for kind, *pair in VALUES if isinstance(column.type, kind))


def a_row(connection, table, known):
    columns = metadata.tables[table].columns
    row = {column.name: value(column) for column in columns if not column.nullable} | known
    connection.execute(insert(metadata.tables[table]).values(row))


def filled(url):
    """A row in every table of record, without those it points at; the seal comes last, as it does in life."""
    engine = create_engine(url)
    off = "PRAGMA foreign_keys = OFF" if url.startswith("sqlite") else "SET session_replication_role = replica"
    with engine.begin() as connection:
        connection.exec_driver_sql(off)
        for table in sorted(RECORDS, key=lambda name: name == "resolution"):
            a_row(connection, table, RECORDS[table][0])
    engine.dispose()


def as_the_application(url):
    """The engine of the account the service runs under."""
    if url.startswith("sqlite"):
        return engine_for(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        known = connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = 'yuanrong'"))
        if not known:
            connection.execute(text("CREATE ROLE yuanrong LOGIN"))
            for word in (READER, SIDE):  # the walls of rows have tests of their own
                connection.execute(text(f"ALTER ROLE yuanrong SET {word} = 'platform'"))
        for table in inspect(connection).get_table_names():
            connection.execute(text(f"ALTER TABLE {table} OWNER TO yuanrong"))
    engine.dispose()
    return engine_for(url.replace("postgres@", "yuanrong@"))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def account(request, tmp_path_factory):
    """The account before one filled database of each kind: whatever is tried on it must leave it as it was."""
    if request.param == "sqlite":
        copy = shutil.copyfile(request.getfixturevalue("migrated_file"), tmp_path_factory.mktemp("records") / "zone.db")
        url = f"sqlite:///{copy}"
    else:
        server = request.getfixturevalue("postgres")
        url = server.url(server.clone(request.getfixturevalue("migrated_database")))
    filled(url)
    engine = as_the_application(url)
    yield engine
    engine.dispose()


def walled(engine, statement):
    """The wall itself said no, not some constraint that happened to be in the way."""
    with pytest.raises(IntegrityError, match="wall"), engine.begin() as connection:
        connection.execute(statement)
    return True


@pytest.mark.parametrize("table", RECORDS)
def test_I08_no_column_of_a_record_is_changed_and_no_record_removed_by_the_applications_account(account, table):
    rows = metadata.tables[table]
    with account.connect() as connection:
        (before,) = connection.execute(select(rows)).mappings()
    fixed = [column for column in rows.columns if column.name not in RECORDS[table][1]]
    assert fixed
    for column in fixed:
        other = value(column, other=True)
        if other != before[column.name]:  # some enumerations know one word only
            walled(account, update(rows).values({column.name: other}))
    walled(account, rows.delete())
    if account.dialect.name == "postgresql":
        walled(account, text(f"TRUNCATE {table} CASCADE"))
    with account.connect() as connection:
        assert connection.execute(select(rows)).mappings().all() == [before]


def test_I08_every_table_that_is_written_once_is_among_those_tried():
    assert set(WRITTEN_ONCE) - RECORDS.keys() == set()


def test_I08_the_applications_account_cannot_put_the_walls_aside(account):
    """A superuser can run without triggers; the account of the service is none."""
    if account.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="permission denied"), account.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
    else:
        with account.begin() as connection:
            connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        walled(account, text("DELETE FROM resolution"))
