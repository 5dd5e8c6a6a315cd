"""An auditor's kit of a real zone: checked by its own program, and tampered with in every way that somebody might try (F115, I-12)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from financing import journal
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.audit_check import kit_told
from financing.checkpoint_check import Doubted, digest, key_number, sealed
from financing.db import Database
from financing.guarantees import record
from financing.guarantees.model import Resolution
from financing.guarantees.rules import Vote
from financing.journal import Clue, Line
from financing.journal_check import Broken, canonical
from financing.kit_check import MOVES, Contradicted
from financing.letters.rules import MOVING, EntryKind
from financing.money import Fen
from financing.proof.kit import write
from financing.proof.making import make
from financing.proof.places import Folder, Signer
from tests.engines import lent
from tests.financing.compensation import conftest as compensation
from tests.financing.guarantees.conftest import Committee
from tests.makers import NOW, a_guarantor, a_user, writing

FOUND = (Broken, Doubted, Contradicted)
#: A campaign tries 10,000.
ROUNDS = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 60


def lives(database: Database, seal: Callable[[], object]) -> None:
    """Votes with one who steps aside and one against, a letter repaid in part, paid for, and recovered in part."""
    claims = compensation.issued(database)
    decided(database)
    seal()
    with writing(database) as session:
        officer, chair = a_user(session, Role.OFFICER), a_user(session, Role.CHAIR)
        zone = Committee(
            database, officer, chair, [a_user(session, Role.MEMBER) for _ in range(4)], a_guarantor(session)
        )
    cases = [zone.case(), zone.case()]
    zone.meeting(*cases)
    seal()
    zone.steps_aside(cases[0], zone.members[0])
    for user, vote in zip(zone.everybody, (Vote.FOR, None, Vote.FOR, Vote.CONDITIONAL, Vote.FOR), strict=True):
        if vote:
            zone.votes(cases[0], user, vote)
    for user in zone.everybody:
        zone.votes(cases[1], user, Vote.AGAINST if user.id != zone.chair.id else Vote.FOR)
    for case in cases:
        zone.seals(case)
    seal()
    claims.room.repays(claims.guarantee, Fen.wan(10))
    for kind, amount in ((EntryKind.COMPENSATED, Fen.wan(33) + Fen(1)), (EntryKind.RECOVERED, Fen(1_234_567)), (EntryKind.RECOVERED, Fen(89)), (EntryKind.LOST, Fen(7))):  # fmt: skip
        claims.room.books(claims.guarantee, kind, amount)
    seal()
    claims.room.repays(claims.guarantee, Fen.wan(1))


def decided(database: Database) -> None:
    """The decision the stage laid out in short, as one that was sealed: a whole record, and its line in the journal."""
    seat = {"user": 7, "name": "甲", "chair": True, "expert": False, "votes": True}
    ballot = {
        "user": 7,
        "name": "甲",
        "round": "final",
        "vote": "for",
        "opinion": "同意",
        "at": NOW.isoformat(),
        "void": False,
    }
    count = {"seats": 1, "cast": 1, "votes": {"for": 1}, "quorum": [2, 3], "majority": [2, 3]}
    with database.turn(), Session(database.writer) as session, session.begin():
        walls = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'resolution'"
        if session.get_bind().dialect.name == "sqlite":
            for name in session.scalars(text(walls)).all():
                session.execute(text(f"DROP TRIGGER {name}"))
        else:
            session.execute(text("ALTER TABLE resolution DISABLE TRIGGER USER"))
        (one,) = session.scalars(select(Resolution)).all()
        whole = {
            "number": one.number,
            "outcome": "approved",
            "seats": [seat],
            "ties": [],
            "ballots": [ballot],
            "count": count,
        }
        one.record = one.record | whole
        one.digest = record.digest(one.record)
        facts = {"number": one.number, "digest": one.digest}
        journal.append(session, SYSTEM, NOW, Clue(), [Line(Act.SEAL_CASE, "GuaranteeCase", one.case_id, facts=facts)])


@dataclass
class Kit:
    path: Path
    members: dict[str, bytes]
    signer: Signer

    def with_(self, **members: bytes) -> dict[str, bytes]:
        """These files changed and the list signed anew by the one who holds the key: the worst that can happen."""
        return self.signed(self.members | {name.replace("__", "."): content for name, content in members.items()})

    def signed(self, files: dict[str, bytes]) -> dict[str, bytes]:
        said = json.loads(self.members["manifest.json"])["kit"]
        said["files"] = {
            name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
        }
        record = {"kit": said, "signature": self.signer.sign(sealed("kit", said))}
        return files | {"manifest.json": canonical(record)}


def packed(files: dict[str, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as bag:
        for name, content in files.items():
            bag.writestr(name, content)
    made.seek(0)
    return made


def made_of(database: Database, folder: Path) -> Kit:
    signer, outside = Signer(folder / "checkpoint.key"), Folder(folder / "outside")
    lives(database, lambda: make(database, signer, outside, NOW))
    path = write(database, outside, signer, folder / "kits", NOW)
    with zipfile.ZipFile(path) as bag:
        return Kit(path, {name: bag.read(name) for name in bag.namelist()}, signer)


@pytest.fixture(scope="module")
def kit(migrated_file: Path, tmp_path_factory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("kit")
    (folder / "zone.db").write_bytes(migrated_file.read_bytes())
    with closing(Database(f"sqlite:///{folder / 'zone.db'}")) as database:
        yield made_of(database, folder)


def judged(files: dict[str, bytes]) -> list[str]:
    return kit_told(packed(files))


def test_the_acts_that_move_a_ledger_are_those_of_the_platform():
    assert set(MOVES) == {act.value for act in MOVING}


def test_an_untouched_kit_is_never_doubted_and_its_own_program_says_what_it_checked(kit):
    said = judged(kit.members)
    told = "\n".join(said)
    for words in ("4 checkpoints", "3 resolutions", "7 ledger lines", "signed"):
        assert words in told, told
    assert judged(kit.with_()) == said
    (kit.path.parent / "check.py").write_bytes(kit.members["check.py"])
    alone = [sys.executable, "-I", "-S", "check.py", kit.path.name]
    done = subprocess.run(
        alone, capture_output=True, text=True, check=False, cwd=kit.path.parent, env={"PYTHONUTF8": "1"}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("✓") == len(said)
    assert "by Python" in done.stdout
    spoilt = kit.path.with_name("spoilt.zip")
    spoilt.write_bytes(packed(kit.with_(ledger__csv=kit.members["ledger.csv"].replace(b"1234567", b"1234568"))).read())
    found = subprocess.run([*alone[:-1], spoilt.name], capture_output=True, text=True, check=False, cwd=kit.path.parent, env={"PYTHONUTF8": "1"})  # fmt: skip
    assert (found.returncode, "台账与日志不符" in found.stderr) == (1, True)


def test_the_kit_holds_on_postgresql_too(postgres_url, tmp_path):
    with lent(postgres_url) as database:
        assert judged(made_of(database, tmp_path).members)


# --- what somebody might try -----------------------------------------------------------------------------------------
def lines(kit, name):
    return kit.members[name].decode().splitlines(keepends=True)


def rows(kit, name):
    return list(csv.DictReader(io.StringIO(kit.members[name].decode())))


def table(found):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue().encode()


def a_bit_anywhere(kit, random):
    """In any file at all, and nobody can sign the list anew."""
    name = random.choice(list(kit.members))
    content = bytearray(kit.members[name])
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    return kit.members | {name: bytes(content)}


def a_bit_of_the_journal(kit, random):
    content = bytearray(kit.members["journal.jsonl"])
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    return kit.with_(journal__jsonl=bytes(content))


def lines_moved(kit, random):
    name = random.choice(["journal.jsonl", "checkpoints.jsonl", "resolutions.jsonl", "ledger.csv", "votes.csv"])
    found = lines(kit, name)
    first = 1 if name.endswith("csv") else 0
    at, other = random.sample(range(first, len(found)), 2)
    match random.choice(["removed", "doubled", "swapped"]):
        case "removed":
            del found[at]
        case "doubled":
            found.insert(at, found[at])
        case "swapped" if name in {"journal.jsonl", "checkpoints.jsonl"}:
            found[at], found[other] = found[other], found[at]
        case _:
            del found[at]
    if (
        name == "checkpoints.jsonl" and found == lines(kit, name)[:-1]
    ):  # who has the key could do that: the auditor's own copy tells
        return kit.members | {name: "".join(found).encode()}
    return kit.with_(**{name.replace(".", "__"): "".join(found).encode()})


def a_fen(kit, random):
    name = random.choice(["ledger.csv", "splits.csv", "totals.csv"])
    found = rows(kit, name)
    row = random.choice(found)
    row["fen"] = str(int(row["fen"]) + random.choice([-1, 1]))
    return kit.with_(**{name.replace(".", "__"): table(found)})


def a_fen_from_one_entry_to_another(kit, random):
    """Every total stays what it was."""
    found = rows(kit, "ledger.csv")
    kind = "recovered" if random.random() < 0.5 else "repaid"
    one, other = random.sample([row for row in found if row["kind"] == kind], 2)
    one["fen"], other["fen"] = str(int(one["fen"]) + 1), str(int(other["fen"]) - 1)
    return kit.with_(ledger__csv=table(found))


def a_vote_flipped(kit, random):
    """In the list of votes, in the record, and in its digest: only the journal knows better."""
    found, ballots = [json.loads(line) for line in lines(kit, "resolutions.jsonl")], rows(kit, "votes.csv")
    one = random.choice(found)
    ballot = random.choice(one["record"]["ballots"])
    row = next(row for row in ballots if (row["resolution"], row["user"], row["at"], row["round"]) == (one["number"], str(ballot["user"]), ballot["at"], ballot["round"]))  # fmt: skip
    ballot["vote"] = row["vote"] = random.choice(
        [vote for vote in ("for", "against", "abstain") if vote != ballot["vote"]]
    )
    changed = {"votes__csv": table(ballots)}
    if random.random() < 0.7:
        plain = json.dumps(one["record"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        one["digest"] = hashlib.sha256(plain.encode()).hexdigest()
        changed["resolutions__jsonl"] = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found).encode()
    return kit.with_(**changed)


def a_confirmation_dropped(kit, random):
    found = rows(kit, "ledger.csv")
    row = random.choice([row for row in found if row["confirmed_by"]])
    row["confirmed_by"] = random.choice(["", row["by"]])
    return kit.with_(ledger__csv=table(found))


def a_checkpoint_forged(kit, random):
    """By somebody with a key of their own, who puts it among the public keys or not."""
    found, key = [json.loads(line) for line in lines(kit, "checkpoints.jsonl")], Ed25519PrivateKey.generate()
    at = random.randrange(len(found))
    said = found[at]["checkpoint"]
    said[random.choice(["link", "root", "all"])] = random.randbytes(32).hex()
    if random.random() < 0.5:
        said["key"] = key_number(key.public_key().public_bytes_raw())
    found[at]["signature"] = key.sign(sealed("checkpoint", said)).hex()
    keys = sorted([*json.loads(kit.members["keys.json"]), key.public_key().public_bytes_raw().hex()])
    text = "".join(json.dumps(one) + "\n" for one in found)
    return kit.with_(checkpoints__jsonl=text.encode(), keys__json=json.dumps(keys).encode())


def a_history_reckoned_anew(kit, random):
    """A line changed and every link after it put right: what a database administrator can do, who cannot sign checkpoints."""
    found = [json.loads(line) for line in lines(kit, "journal.jsonl")]
    covered = json.loads(lines(kit, "checkpoints.jsonl")[-1])["checkpoint"]["seq"]
    at = random.randrange(covered)
    found[at]["body"]["actor"] += 1
    former = bytes.fromhex(found[at - 1]["link"]) if at else bytes(32)
    for one in found[at:-1]:
        plain = json.dumps(one["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        former = hashlib.sha256(b"\1" + former + hashlib.sha256(b"\0" + plain).digest()).digest()
        one["link"] = former.hex()
    found[-1]["head"]["link"] = former.hex()
    return kit.with_(journal__jsonl="".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found).encode())


def a_file_more_or_less(kit, random):
    name = random.choice(list(kit.members))
    if random.random() < 0.5:
        return {key: content for key, content in kit.members.items() if key != name}
    return kit.members | {"more.csv": b"a,b\n"}


TAMPERINGS = (
    a_bit_anywhere, a_bit_of_the_journal, lines_moved, a_fen, a_fen_from_one_entry_to_another, a_vote_flipped, a_confirmation_dropped,
    a_checkpoint_forged, a_history_reckoned_anew, a_file_more_or_less,
)  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_every_tampering_is_found(kit, tamper):
    random = Random(tamper.__name__)
    for _ in range(ROUNDS // len(TAMPERINGS)):
        files = tamper(kit, random)
        with pytest.raises(FOUND):
            judged(files)


def test_the_kit_begins_with_the_digest_of_its_newest_checkpoint(kit):
    newest = json.loads(lines(kit, "checkpoints.jsonl")[-1])["checkpoint"]
    assert judged(kit.members)[-1].endswith(sealed_code(newest))


def sealed_code(said):
    value = int(digest(said), 16) >> 176
    signs = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[value >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))
