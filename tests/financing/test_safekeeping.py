"""A backup holds everything, a restore brings back exactly that, and a damaged backup brings back nothing."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Enum, LargeBinary, func, insert, select
from sqlalchemy.orm import Session

from financing import journal, journal_check, safekeeping
from financing.access import SYSTEM
from financing.acts import Act
from financing.db import Database, FenColumn, Instant, RateColumn
from financing.diligence.rules import SurveyState
from financing.guarantees.change_rules import ChangeState
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.rules import ConditionState, Pot
from financing.guarantees.security_rules import SecurityState
from financing.models import metadata
from financing.money import Fen, Rate
from financing.papers import store
from financing.papers.model import Invoice
from financing.papers.rules import Side
from financing.parties.model import Bank
from financing.parties.rules import BankKind, RelationKind
from financing.refusals import BackupDamaged, BackupOfOtherVersion, NotEmpty
from tests.makers import NOW, TODAY, a_firm, a_paper, at, writing

JOURNAL = {"journal", "journal_head", "subject_key"}
PAPERS = {"a1b2": b"%PDF-1.7", "c3d4": bytes(range(256))}


def plain_value(column: Column[Any]) -> Any:
    """Some value of the column's type, of the kind that is easily lost on the way."""
    kinds = {
        FenColumn: Fen(-12_345_678_901),
        RateColumn: Rate(34_500),
        Instant: datetime(2026, 11, 23, 1, 2, 3, 4, tzinfo=UTC),
    }
    if type(column.type) in kinds:
        return kinds[type(column.type)]
    match column.type:
        case JSON():
            return {"中文": [1, None, True, "\u2028"], "a": {"b": 2**52 + 1}}
        case Enum():
            return next(iter(column.type.enum_class))
        case LargeBinary():
            return b"\x00\xff\n"
        case Boolean():
            return True
    return {int: 1, str: "铜材“一”\n\t'\\ ", date: date(2024, 2, 29)}[column.type.python_type]


def fill(database: Database) -> None:
    """A row in every table; the journal gets its lines from acts."""
    with writing(database) as session:
        for table in metadata.sorted_tables:
            if table.name not in JOURNAL:
                told = COUNTED.get(table.name, {})
                values = told | {c.name: plain_value(c) for c in table.columns if c.name not in told}
                session.execute(insert(table).values(values))
                if table.name == "account":  # where two people are wanted
                    session.execute(insert(table).values(values | {"id": 2, "login": "second", "identity": None}))
    with at(database, SYSTEM) as desk:
        for name in ("甲", "乙", "丙"):
            bank = desk.add(Bank(name=name, kind=BankKind.CITY))
            desk.note(Act.ADD_BANK, bank, name=journal.Private(name), on=date(2026, 11, 23), limit=Fen.wan(3))


#: Looks sealed, which is all that a table knows of it.
CELL = b"\xa1" + bytes(40)
#: Where a constraint asks for more than a value of the type.
COUNTED: dict[str, dict[str, Any]] = {
    "account": {"second_factor": CELL},
    "invitation": {"confirmed_by": 2},
    "help_pairing": {"deputy_id": 2},
    "help_goal": {"state": "reached"},
    "help_visit_plan": {"state": "kept"},
    "help_slot": {"minutes": 30},
    "help_request": {"state": "closed"},
    "policy": {"state": "repealed", "confidence": "A", "proposed_by": 1, "decided_by": 2},
    "policy_clause": {"granted": Fen(1), "budget": Fen(10), "proposed_by": 1, "decided_by": 2},
    "policy_claim": {
        **dict.fromkeys(("entitled", "applied", "granted", "paid"), Fen(1)),
        "state": "paid",
        "asked_by": 1,
        "confirmed_by": 2,
    },
    "policy_line": {"entry": "paid", "amount": Fen(1), "by": 1, "confirmed_by": 2},
    "policy_question": {"state": "published"},
    "compensation_claim": {
        **dict.fromkeys(("claimed", "most", "principal", "approved"), Fen(1)),
        **dict.fromkeys(("interest", "cut", "repaid"), Fen(0)),
        "share": Rate(1),
        "state": "paid",
        "paused_on": None,
    },
    "compensation_decision": {
        "outcome": "grant",
        "reason": None,
        "state": "decided",
        "decided_by": 2,
        "claimed": Fen(1),
        "amount": Fen(1),
    },
    "compensation_cut": {"loss": Fen(1), "amount": Fen(1)},
    "compensation_part": {
        "party": "fund",
        "state": "received",
        "asked_by": 1,
        "received_by": 2,
        "share": Rate(1),
        "amount": Fen(1),
    },
    "bank_stop": {
        "state": "lifted",
        "proposed_by": 1,
        "decided_by": 2,
        "rate": Rate(1),
        "line": Rate(1),
        "compensated": Fen(1),
        "ended": Fen(1),
    },
    **{table: {"told": CELL} for table in ("reporter", "conduct_evidence", "conduct_note")},
    "payout_check": {"answer": CELL, "amount": Fen(1)},
    "handler_post": {"state": "adopted", "proposed_by": 1, "decided_by": 2},
    "conduct_case": {"source": "bridge", "report_id": None, "state": "received", "outcome": None, "closed_on": None},
    "recovery_case": {"state": "closed"},
    "compensation_review": {
        "state": "done",
        "change": "nothing",
        "change_by": None,
        "changed": "",
        "amount": Fen(1),
        "proposed_by": 1,
        "decided_by": 2,
    },
    "recovery_step": {"cost": Fen(1)},
    "recovery_share": {
        "party": "fund",
        "state": "paid",
        "for_costs": False,
        "ordered_by": 1,
        "paid_by": 2,
        "share": Rate(1),
        "amount": Fen(1),
    },
    "firm": {"code": "91360000MA35ABCD0L"},
    "outside_fact": {"security_id": None, "until": None},
    "watch_check": {"ended_on": None},
    "watch_visit": {"second_id": 2},
    "warning": {"closed_on": None, "decided_by": None},
    "setting_entry": {"kind": "figure", "confirmed_by": 2},
    "setting_proposal": {"state": "adopted", "decided_by": 2},
    "emergency": {
        "state": "ended",
        "proposed_by": 1,
        "decided_by": 2,
        "opened_at": NOW,
        "until": NOW + timedelta(hours=1),
        "ended_at": NOW,
    },
    "permit": {"item": "person_credit", "ended": "withdrawn", "valid_until": NOW + timedelta(days=1), "given_at": NOW},
    "incident": {"state": "closed", "began_at": NOW, "ended_at": NOW, "found_at": NOW},
    "incident_party": {"user_id": None, "told_at": None},
    "notice_address": {"medium": "email", "robot": None, "sealed": CELL, "secret": ""},
    "notice_parcel": {"fate": "sent"},
    "exposure_limit": {"cap": Fen(9), "used": Fen(1), "reserved": Fen(2)},
    "inspection": {
        "kind": "inspection",
        "urgent": None,
        "state": "done",
        "found": "fine",
        "mend_by": None,
        "decided_by": 2,
        "recorded_by": 1,
    },
    "inspection_party": {"kind": "inspection", "urgent": None},
    "objection": {"state": "withdrawn", "answered_by": None},
    "erasure": {"state": "withdrawn", "done_at": None},
    "impact": {"review_on": date(2027, 1, 1), "assessed_on": date(2026, 1, 1)},
    "unannounced_word": {"inspection_id": None, "state": "answered"},
    "event": {
        **dict.fromkeys(("places", "most", "taken"), 1),
        "ends": datetime(2026, 11, 24, tzinfo=UTC),
        "audience": "all",
        "branch": "",
        "closed_at": None,
    },
    "bridge_pool": {"capital": Fen(1), "free": Fen(1), **dict.fromkeys(("reserved", "in_use", "lost", "fees"), Fen(0))},
    "bridge_use": {
        **dict.fromkeys(("amount", "asked", "owed", "kind_cap", "two_bound", "returned", "fee", "deposit"), Fen(1)),
        "loan_use": "working_capital",
        "state": "closed",
        "fund_by": 2,
        "office_by": 3,
        "leader_by": 4,
        "entered_by": 1,
    },
    "bridge_promise": {"standing": True, "withdrawn_at": None, "amount": Fen(2_000_000), "rate": Rate(1), "months": 1},
    "bridge_release": {
        "standing": True,
        "first_days": 1,
        "first": Rate(1),
        "later": Rate(1),
        "promised": Fen(2_000_000),
        "share": Rate(1),
        **dict.fromkeys(("amount", "deposit", "owed", "two_bound"), Fen(1)),
        "fund_by": 1,
        "office_by": 2,
        "leader_by": 3,
    },
    "bridge_move": {
        "cause": "paid_in",
        "amount": Fen(1),
        "proposed_by": 1,
        "decided_by": 2,
        "state": "confirmed",
        "use_id": None,
    },
    "bridge_posting": {
        "cause": "paid_in",
        "source": "owner",
        "target": "free",
        "amount": Fen(1),
        "by": 1,
        "confirmed_by": 2,
    },
    "bridge_ban": {"asked_by": 1, "lifted_by": 2, "state": "lifted"},
    "bridge_renewal": {"amount": Fen(1), "rate": Rate(1)},
    "bridge_alert": {"level": 1},
    "limit_movement": {"target": Pot.USED, "amount": Fen(1)},
    "guarantee_case": {"line": Fen(1)},
    "track": {"amount": Fen(1)},
    "public_figure": {"count": 5, "firms": 5, "amount": Fen(1)},
    "relation": {"kind": RelationKind.SHAREHOLDER, "other_id": None},
    "survey": {"state": SurveyState.REVIEWED, "second_id": 2},
    "case_condition": {"state": ConditionState.MET, "met_by": 2},
    "delegation": {"state": DelegationState.IN_FORCE, "decided_by": 2, "called_by": None},
    "terms_change": {"state": ChangeState.ADOPTED, "decided_by": 2},
    "loan": {
        "amount": Fen(1),
        "offered": Fen(1),
        "line": Fen(1),
        "asked": Fen(1),
        "rate": Rate(1),
        "surcharge": Rate(1),
        "interest_day": 1,
        "every": 1,
        "starts": date(2026, 11, 22),
        "matures": date(2026, 11, 23),
    },
    "loan_repayment": {"principal": Fen(1), "interest": Fen(1), "penalty": Fen(1), "repaid": Fen(0), "drawn": Fen(1)},
    "loan_change": {"kind": "rate", "until": None, "guarantee_until": None, "decided_by": 2, "state": "refused"},
    "loan_class": {"decided_by": 2, "state": "confirmed"},
    "repayment_reversal": {"decided_by": None, "decided_at": None, "state": "asked", "restored": Fen(0)},
    "guarantee": {
        **dict.fromkeys(("amount", "offered", "line", "asked", "balance"), Fen(1)),
        "unrecovered": Fen(0),
        "starts": TODAY,
        "matures": TODAY + timedelta(days=1),
        "until": TODAY + timedelta(days=1),
        "state": "in_force",
        "issued_by": 2,
    },
    "guarantee_entry": {"amount": Fen(1), "confirmed_by": 2},
    "entry_proposal": {"kind": "lost", "amount": Fen(1), "state": "confirmed", "decided_by": 2},
    "sharing_agreement": {
        "guarantor_share": Rate(400_000),
        "bank_share": Rate(200_000),
        "reguarantor_share": Rate(200_000),
        "fund_share": Rate(200_000),
        "treasury_share": Rate(0),
        "other_share": Rate(0),
        "other_name": "",
        "state": ChangeState.ADOPTED,
        "decided_by": 2,
    },
    "counter_guarantee": {"state": SecurityState.REGISTERED, "why": "", "value": Fen(3)},
    "help_task": {"state": "done", "done_by": 2},
    "dispatch": {"state": "closed", "proposed_by": 1, "decided_by": 2, "joined_id": None},
    "bulletin": {"span": "month", "state": "published", "proposed_by": 1, "decided_by": 2},
    "reserve_posting": {"state": "confirmed", "decided_by": 2}
    | {
        f"{reserve}_{part}": Fen(1)
        for reserve in ("compensation", "unearned", "general")
        for part in ("opening", "added", "back", "used")
    },
    "return_figure": {"state": "confirmed", "decided_by": 2},
    "card_version": {
        "state": "adopted",
        "since": date(2026, 12, 3),
        "proposed_by": 1,
        "adopted_by": 2,
        "adopted_on": date(2026, 11, 23),
    },
    "need": {"amount": Fen(1)},
    "clock_extension": {"state": "agreed", "proposed_by": 1, "decided_by": 2},
    "owed_paper": {"state": "supplied"},
    "life_ask": {"asked_on": TODAY, "closes_on": TODAY + timedelta(days=10), "last_sign": TODAY, "answer": "still"},
    "hand_over": {"from_id": 1, "to_id": 2, "state": "taken"},
    "deputy": {"deputy_id": 2, "since": TODAY, "until": TODAY},
    "quality_finding": {"accepted_by": 2},
    "call_back": {"reason": "drawn", "rating_id": None, "request_id": None, "inspection_id": None, "state": "called"},
    "guest": {"reply": "coming", "firm_id": None, "power": Fen(1)},
    "intent": {"said": "intends", "amount": Fen(1)},
    "outcome": {"stage": "contract", "amount": Fen(1)},
    "product": {"least": Fen(1), "most": Fen(1), "withdrawn_at": None},
    "score_comment": {"since": TODAY, "until": TODAY},
    "list_row": {"kind": "applied", "bank": "", "amount": Fen(1), "status": None, "answered_on": None},
    "api_key": {
        "given_at": NOW,
        "until": NOW + timedelta(days=1),
        "digest": None,
        "taken_at": None,
        "revoked_at": None,
        "revoked_by": None,
    },
    "offer_release": {"most": Fen(1)},
    "appetite": {"starts": TODAY - timedelta(days=1), "ends": TODAY, "volume": Fen(1), "needs": 1},
    "offer_right": {"most": Fen(1)},
    "consent": {"valid_from": NOW - timedelta(days=1), "valid_until": NOW},
    "contest": {"kind": "decline", "state": "decided"},
    "release_request": {"amount": Fen(1), "state": "returned"},
    "behalf": {"state": "objected"},
    "item_ask": {"state": "answered", "figure": None},
    "clock_pause": {"due_before": TODAY, "due_after": TODAY, "since": TODAY, "until": TODAY},
    "reversal": {"outcome_id": None, "state": "confirmed", "confirmed_by": 2},
    "drawdown": {"amount": Fen(1), "before": Fen(0), "offered": Fen(1)},
    "offer_opening": {"until": NOW + timedelta(days=1), "opened_at": None},
    "offer": {"amount": Fen(1), "fees": Fen(0), "deposit": Fen(0)},
}


def content(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.reader.connect() as connection:
        return {t.name: sorted(map(tuple, connection.execute(select(t))), key=repr) for t in metadata.sorted_tables}


def papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "from" / "uploads"
    folder.mkdir(parents=True)
    for name, content in PAPERS.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def zone(a_copy: Path) -> Iterator[Database]:
    """A whole zone on SQLite."""
    with closing(Database(f"sqlite:///{a_copy}")) as database:
        fill(database)
        yield database


@pytest.fixture
def kept(zone: Database, uploads: Path, tmp_path: Path) -> Path:
    """Its backup."""
    safekeeping.backup(zone, uploads, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


@pytest.fixture
def other(database_url: str) -> Iterator[Database]:
    """A second, empty database: of the same kind and of the other, in turn."""
    with closing(Database(database_url)) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgres"])
def source(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The database that is backed up."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").url(request.getfixturevalue("a_clone"))
    else:
        url = f"sqlite:///{request.getfixturevalue('a_copy')}"
    with closing(Database(url)) as database:
        yield database


@pytest.fixture
def a_clone(postgres: Any, migrated_database: str) -> Iterator[str]:
    name = postgres.clone(migrated_database)
    yield name
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def a_copy(migrated_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "source.db"
    path.write_bytes(migrated_file.read_bytes())
    return path


def test_a_zone_moves_between_databases_without_losing_a_fen_a_file_or_a_link(source, other, uploads, tmp_path):
    fill(source)
    manifest = safekeeping.backup(source, uploads, tmp_path / "kept.zip")
    restored = safekeeping.restore(other, tmp_path / "to" / "uploads", tmp_path / "kept.zip")
    assert restored == manifest
    here, there = content(source), content(other)
    assert there.pop("login_session") == []
    assert here.pop("login_session")
    assert there == here
    assert papers(tmp_path / "to" / "uploads") == PAPERS
    with Session(other.reader) as session:
        assert journal_check.check(journal.exported(session))[0] == 3


def test_a_restored_zone_backs_up_to_the_same_totals(source, other, uploads, tmp_path):
    fill(source)
    first = safekeeping.backup(source, uploads, tmp_path / "one.zip")
    safekeeping.restore(other, tmp_path / "to" / "uploads", tmp_path / "one.zip")
    second = safekeeping.backup(other, tmp_path / "to" / "uploads", tmp_path / "two.zip")
    assert {**second, "tables": without_sessions(second)} == {**first, "tables": without_sessions(first)}


def without_sessions(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: total for name, total in manifest["tables"].items() if name != "login_session"}


def test_work_goes_on_after_a_restore(kept, other, tmp_path):
    safekeeping.restore(other, tmp_path / "to" / "uploads", kept)
    with writing(other) as session:
        firm = a_firm(session)
        paper = a_paper(session, firm)
        session.add(Invoice(firm_id=firm.id, paper_id=paper.id, side=Side.SALES, number="1", counterparty="乙", day=NOW.date(),
                            amount_fen=1, tax_fen=0, total_fen=1, void=False))  # fmt: skip
    with at(other, SYSTEM) as desk:
        bank = desk.add(Bank(name="丁", kind=BankKind.CITY))
        desk.note(Act.ADD_BANK, bank)
    with Session(other.reader) as session:
        assert journal_check.check(journal.exported(session))[0] == 4


def test_a_backup_is_private_and_leaves_nothing_beside_it(kept, tmp_path):
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.zip"]


def test_a_backup_that_fails_leaves_the_former_one(kept, zone, uploads):
    before = kept.read_bytes()
    (uploads / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        safekeeping.backup(zone, uploads, kept)
    assert kept.read_bytes() == before
    assert not kept.with_name("kept.zip.part").exists()


# --- damage --------------------------------------------------------------------------------------------------------
def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bag:
        return {name: bag.read(name) for name in bag.namelist()}


def write(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bag:
        for name, content in parts.items():
            bag.writestr(name, content)
    return path


def refused(database: Database, folder: Path, source: Path) -> str:
    """The restore is refused and has kept nothing; which part was named."""
    with pytest.raises(BackupDamaged) as refusal:
        safekeeping.restore(database, folder / "uploads", source)
    with database.reader.connect() as connection:
        rows = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in metadata.sorted_tables}
    assert {name: count for name, count in rows.items() if count} == {"journal_head": 1}
    assert papers(folder / "uploads") == {}
    assert not (folder / "uploads.part").exists()
    return str(refusal.value.facts["part"])


def test_a_change_in_any_member_is_found_and_nothing_is_kept(kept, other, tmp_path):
    parts = members(kept)
    for name, content in parts.items():
        changed = bytes([content[0] ^ 1]) + content[1:] if content else b"{}\n"
        damaged = write(tmp_path / "damaged.zip", parts | {name: changed})
        assert refused(other, tmp_path / "to", damaged) in {name, "damaged.zip"}


def test_a_member_too_few_or_too_many_is_found(kept, tmp_path, migrated_file):
    parts = members(kept)
    with closing(empty_database(tmp_path, migrated_file)) as empty:
        for name in parts:
            left = {key: value for key, value in parts.items() if key != name}
            assert refused(empty, tmp_path / "to", write(tmp_path / "fewer.zip", left)) in {
                "manifest.json",
                "fewer.zip",
            }
        more = write(tmp_path / "more.zip", parts | {"uploads/../../evil": b"x"})
        assert refused(empty, tmp_path / "to", more) == "manifest.json"


def test_a_flipped_bit_anywhere_in_the_file_is_found_or_changes_nothing(kept, zone, tmp_path, migrated_file):
    """Some bits of an archive nobody reads, such as a time of day: whoever flips one of those has changed nothing."""
    whole, harmless = kept.read_bytes(), []
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        damaged = tmp_path / "bit.zip"
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with closing(empty_database(tmp_path, migrated_file)) as empty:
            try:
                safekeeping.restore(empty, tmp_path / str(place), damaged)
            except BackupDamaged:
                assert not (tmp_path / str(place)).exists()
                continue
            assert content(empty) == content(zone) | {"login_session": []}
            assert papers(tmp_path / str(place)) == PAPERS
            harmless.append(place)
    assert len(harmless) < 20


def empty_database(folder: Path, migrated: Path) -> Database:
    path = folder / "empty.db"
    path.write_bytes(migrated.read_bytes())
    return Database(f"sqlite:///{path}")


def sealed_anew(parts: dict[str, bytes]) -> dict[str, bytes]:
    """What a forger would do: the digests of the manifest made right again."""
    manifest = json.loads(parts["manifest.json"])
    for name in manifest["tables"]:
        manifest["tables"][name]["sha256"] = hashlib.sha256(parts[f"tables/{name}.jsonl"]).hexdigest()
    return parts | {"manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(b'"act":"bank.add"', b'"act":"bank.bad"'), (b'"seq": 2', b'"seq": 9'), (b'"fen": 3000000', b'"fen": 9000000')],
)
def test_a_journal_forged_with_its_digests_breaks_the_chain(kept, tmp_path, migrated_file, was, becomes):
    parts = members(kept)
    lines = parts["tables/journal.jsonl"].replace(b'"act": "bank.add", "actor"', b'"act":"bank.add","actor"')
    forged = sealed_anew(parts | {"tables/journal.jsonl": lines.replace(was, becomes, 1)})
    assert forged["tables/journal.jsonl"] != parts["tables/journal.jsonl"]
    with closing(empty_database(tmp_path, migrated_file)) as empty:
        assert refused(empty, tmp_path / "to", write(tmp_path / "forged.zip", forged)).startswith("journal")


@pytest.mark.parametrize("wrong", [b"", b"PK\x03\x04", b"not a backup at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused(sqlite_database, tmp_path, wrong):
    (tmp_path / "wrong.zip").write_bytes(wrong)
    assert refused(sqlite_database, tmp_path / "to", tmp_path / "wrong.zip") == "wrong.zip"


@pytest.mark.parametrize("manifest", [b"[]", b"{}", b"null", b"{", b"\xff", b'{"tables": []}'])
def test_a_manifest_that_says_nothing_is_refused(kept, tmp_path, migrated_file, manifest):
    with closing(empty_database(tmp_path, migrated_file)) as empty:
        damaged = write(tmp_path / "mute.zip", members(kept) | {"manifest.json": manifest})
        assert refused(empty, tmp_path / "to", damaged) == "mute.zip"


def test_a_backup_of_another_version_says_which(kept, tmp_path, migrated_file):
    parts = members(kept)
    manifest = json.loads(parts["manifest.json"]) | {"version": "0000"}
    older = write(tmp_path / "older.zip", parts | {"manifest.json": json.dumps(manifest).encode()})
    with closing(empty_database(tmp_path, migrated_file)) as empty, pytest.raises(BackupOfOtherVersion) as refusal:
        safekeeping.restore(empty, tmp_path / "to", older)
    assert refusal.value.facts["found"] == "0000"


def test_nothing_is_mixed_with_what_is_there(kept, zone, other, tmp_path):
    with pytest.raises(NotEmpty):
        safekeeping.restore(zone, tmp_path / "to", kept)
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "file").touch()
    with pytest.raises(NotEmpty) as refusal:
        safekeeping.restore(other, tmp_path / "to", kept)
    assert refusal.value.facts["table"] == "to"


# --- beside writers ------------------------------------------------------------------------------------------------
def test_a_backup_beside_writers_is_one_picture(source, other, tmp_path):
    """Every act writes one bank and one line; a picture that mixes two moments has more of one than of the other."""
    stop, wrote = threading.Event(), threading.Event()
    uploads = tmp_path / "from" / "uploads"
    uploads.mkdir(parents=True)
    writers = [threading.Thread(target=keep_writing, args=(source, uploads, stop, wrote)) for _ in range(2)]
    for writer in writers:
        writer.start()
    assert wrote.wait(20)
    manifests = [safekeeping.backup(source, uploads, tmp_path / f"{n}.zip") for n in range(3)]
    stop.set()
    for writer in writers:
        writer.join()
    for manifest in manifests:
        assert manifest["tables"]["bank"]["rows"] == manifest["tables"]["journal"]["rows"] == manifest["head"]["seq"]
    safekeeping.restore(other, tmp_path / "to" / "uploads", tmp_path / "2.zip")
    with other.reader.connect() as connection:
        named = set(connection.scalars(select(metadata.tables["bank"].c.name)))
    assert named <= set(papers(tmp_path / "to" / "uploads"))


def keep_writing(database: Database, uploads: Path, stop: threading.Event, wrote: threading.Event) -> None:
    now = NOW
    while not stop.is_set():
        now += timedelta(seconds=1)
        name = hashlib.sha256(f"{now}{threading.get_ident()}".encode()).hexdigest()
        (uploads / name).write_text(name)
        with at(database, SYSTEM, now) as desk:
            bank = desk.add(Bank(name=name, kind=BankKind.CITY))
            desk.note(Act.ADD_BANK, bank)
        wrote.set()


def test_only_sessions_stay_behind():
    assert {table.name for table in metadata.sorted_tables} - {table.name for table in safekeeping.tables()} == {
        "login_session"
    }


def test_what_the_store_keeps_is_in_the_backup_and_comes_back_under_its_name(zone, other, tmp_path):
    folder = tmp_path / "store"
    with store.keeping(folder, b"%PDF-1.7 one") as one, store.keeping(folder, b"%PDF-1.7 two") as two:
        pass
    safekeeping.backup(zone, folder, tmp_path / "kept.zip")
    safekeeping.restore(other, tmp_path / "back", tmp_path / "kept.zip")
    assert papers(tmp_path / "back") == {one.stored: b"%PDF-1.7 one", two.stored: b"%PDF-1.7 two"}
