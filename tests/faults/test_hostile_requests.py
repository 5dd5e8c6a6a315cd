"""G-07 / F-36: whatever is sent to the real server, by anybody, is answered without a fault of ours; it neither falls nor swells.

`YUANRONG_ROUNDS` says how many requests (300 on each change, 50,000 in a campaign), `YUANRONG_SEED` which; both are told with a failure.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from financing.access import Role
from financing.db import Database
from financing.entries import Setting, SettingEntry
from financing.people import keys
from financing.people.key_model import ApiKey
from financing.people.key_rules import KeyScope
from financing.people.model import User
from tests.faults.attackers import Attacker, Request, Visit, exchange, status, streams
from tests.makers import NOW, TODAY, at, writing
from tests.served import Installation
from tests.web.filled_forms import FILLED
from tests.web.filled_zone import Filled
from tests.web.populated import ABSENT, PASSWORD
from tests.web.test_access_matrix import ROLES, TABLE, _named, table
from web.api.document import examples
from web.app import assembled

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "300"))
MANY = 10_000  # requests of a campaign at least
SEED = int(os.environ.get("YUANRONG_SEED", "7"))
MIB = 2**20
#: What a campaign may add once every door was opened and a tenth of it is over; on each change things are loaded meanwhile.
SWOLLEN = 50 * MIB if ROUNDS >= MANY else 400 * MIB
#: Names that our sources give to what stands in an address after the question mark, and to fields of forms.
NAMED = re.compile(r"(\w+): (?:FromQuery|Annotated\[FromQuery)")
#: Printing takes seconds: once in a while in a campaign, not on each change.
PRINTED = {case.route for case in table(printed=True)} - {case.route for case in table() if case.expected == "yes"}


#: What is asked of each answer to a call made from the description.
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance",
    "negative_data_rejection", "missing_required_header", "unsupported_method", "ignored_auth",
)  # fmt: skip


@dataclass
class Siege:
    """The site in a process of its own, somebody of each role signed in, and the way back to the zone as it was."""

    installation: Installation
    file: Path
    kept: Path
    visits: dict[str, Visit] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.installation.port}"

    def asks(self, request: Request) -> bytes:
        return exchange(self.installation.port, request.raw(self.host))

    def answered(self, role: str, request: Request) -> int:
        """The status of the answer; whoever signed out or was turned out by it is signed in again afterwards."""
        found = status(self.asks(request))
        self.answers[found] += 1
        if found in {303, 401} and role in ROLES and role != Role.VISITOR and not self.knows(role):
            self.restore()
        return found

    def comes_in(self, role: str) -> Visit:
        """Sign in as a person does."""
        page = self.asks(Request("GET", "/sign-in"))
        visit = Visit(_sid(page), _key(page))
        if role == Role.VISITOR:
            return visit
        fields = [("csrf", visit.csrf), ("once", role), ("login", role), ("password", PASSWORD)]
        sid = _sid(self.asks(Request("POST", "/sign-in", headers=[("Cookie", f"sid={visit.sid}")], fields=fields)))
        return Visit(sid, _key(self.asks(Request("GET", "/account", headers=[("Cookie", f"sid={sid}")]))))

    def knows(self, role: str) -> bool:
        """Whether somebody of this role is still signed in."""
        return (
            status(self.asks(Request("HEAD", "/account", headers=[("Cookie", f"sid={self.visits[role].sid}")]))) == 200
        )

    def keeps(self) -> None:
        _copy(self.file, self.kept)

    def restore(self) -> None:
        """The zone as it was, with everybody signed in."""
        _copy(self.kept, self.file)

    def swollen(self) -> int:
        """Bytes of memory that are the server's own now."""
        pages = int(Path(f"/proc/{self.installation.server.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=60)) as here, closing(sqlite3.connect(target, timeout=60)) as there:
        here.backup(there)


def _sid(answer: bytes) -> str:
    return re.search(rb"(?i)set-cookie: sid=([^;]+)", answer)[1].decode()


def _key(answer: bytes) -> str:
    return re.search(rb'name="csrf" value="([^"]+)"', answer)[1].decode()


def a_key(filled: Filled, database: Database) -> str:
    """What the system of a bank carries."""
    zone = filled.zone
    with writing(database) as session:  # not held up by the count of calls, which is no matter here
        often = {
            "kind": Setting.FIGURE,
            "key": "api_requests_per_minute",
            "value": 10**6,
            "since": TODAY,
            "why": "",
            "source": "",
            "confidence": "C",
        }
        session.add(
            SettingEntry(seq=10**6, entered_at=NOW, entered_by=1, enterer="甲", confirmed_by=2, confirmer="乙", **often)
        )
    with at(database, zone.users[Role.BANK_ADMIN].actor) as desk:
        banker = desk.get(User, zone.bankers[zone.bank.id].id)
        key = keys.give(desk, banker, name="信贷", scopes=(KeyScope.READ, KeyScope.ANSWER), days=90).id
    with at(database, zone.bankers[zone.bank.id]) as desk:
        return keys.take(desk, desk.get(ApiKey, key))


@pytest.fixture(scope="module")
def siege(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    tmp_path = tmp_path_factory.mktemp("siege")
    url = filled.copied(tmp_path)
    with closing(Database(url)) as database:
        bearer = a_key(filled, database)
    installation = Installation(tmp_path, url, LOG_LEVEL="ERROR")
    installation.serves = ("tests.faults.serving",)
    installation.start()
    found = Siege(installation, tmp_path / "zone.db", tmp_path / "kept.db")
    found.visits = {role: found.comes_in(role) for role in ROLES} | {"system": Visit(bearer=bearer)}
    found.keeps()
    yield found
    installation.stop()


@pytest.fixture
def attacker(filled: Filled) -> Attacker:
    app = assembled()
    routes = {str(handler.name): (path, frozenset(handler.http_methods)) for path, handler in _named(app)}
    if ROUNDS < MANY:
        routes = {name: route for name, route in routes.items() if name not in PRINTED}
    things = {(kind, str(thing)) for (kind, _whose), thing in filled.zone.things.items()}
    doors = [
        (case.role, case.route, str(filled.zone.thing(case.thing, case.whose)) if case.thing else "")
        for case in table(printed=True) if case.expected == "yes" and case.route in routes
    ]  # fmt: skip
    doors += [
        ("system", name, t)
        for name in routes
        if name.startswith("api.")
        for k, t in sorted(things)
        if k in {"dossier", "offer"}
    ]
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(TABLE.parents[2].glob("web/**/*.py")))
    columns = [name for form in FILLED.values() for name in form]
    names = sorted(
        {
            *NAMED.findall(sources),
            *columns,
            "page",
            "q",
            "as",
            "status",
            "lang",
            "done",
            "next",
            "sort",
            "cursor",
            "version",
        }
    )
    bodies = {name: example["body"] for name, example in examples().items() if "body" in example}
    return Attacker(Random(SEED), routes, FILLED, bodies, sorted({t for _, t in things} | {str(ABSENT)}), names, doors)


def opens_everything(siege: Siege, attacker: Attacker) -> None:
    """Each door once as it should be: whatever is loaded at first use, compiled once and kept is there from here on."""
    for role, name, thing in attacker.open_doors:
        siege.answered(role, attacker.sound(name, thing, siege.visits[role]))
    siege.restore()
    siege.answers.clear()


def test_F36_no_request_is_answered_by_a_fault_and_the_server_neither_falls_nor_swells(siege, attacker):
    if ROUNDS >= MANY:
        opens_everything(siege, attacker)
    before, faults = siege.swollen(), []
    for number in range(ROUNDS):
        if number == ROUNDS // 10 and ROUNDS >= MANY:
            before = siege.swollen()
        role, request = attacker.draw(siege.visits)
        if siege.answered(role, request) >= 500:
            faults.append((role, request.raw(siege.host)[:1_500], siege.installation.said[-3_000:]))
    swollen = siege.swollen() - before
    told = json.dumps(
        {"seed": SEED, "requests": ROUNDS, "answers": siege.answers, "grown_mib": round(swollen / MIB, 1)}
    )
    print(told)  # noqa: T201  shown with -rP
    assert faults == [], f"{told}\n{faults}"
    assert siege.installation.server.poll() is None
    assert swollen <= SWOLLEN, told
    assert siege.answers[200] + siege.answers[303] + siege.answers[422] > ROUNDS // 3, (
        told
    )  # many get as far as a request can


def test_F36_no_stream_of_bytes_is_more_than_its_requests_and_none_is_a_fault(siege):
    for what, (make, most) in streams(siege.host).items():
        told = exchange(siege.installation.port, make(), half=True)
        found = [int(code) for code in re.findall(rb"(?m)^HTTP/1\.[01] (\d{3})", told)]
        assert len(found) <= most, (what, found)
        assert all(code < 500 for code in found), (what, found, siege.installation.said[-3_000:])
        assert b"evil.example" not in told, what
    assert siege.asks(Request("GET", "/health")).startswith(b"HTTP/1.1 200")
    assert siege.installation.server.poll() is None


def test_F36_calls_made_from_our_own_description_are_answered_as_it_says(siege, tmp_path):
    """Right and wrong ones, by a program that knows nothing of us but the description (schemathesis)."""
    siege.restore()
    bearer = f"Bearer {siege.visits['system'].bearer}"
    told = siege.asks(Request("GET", "/api/v1/openapi.json", headers=[("Authorization", bearer)]))
    (tmp_path / "openapi.json").write_bytes(told.partition(b"\r\n\r\n")[2])
    often = ["--phases=examples,coverage,fuzzing,stateful", f"--max-examples={ROUNDS // 50}"]
    few = ["--phases=examples,fuzzing", "--max-examples=4", "--no-shrink", "--exclude-operation-id=api.dossier.pdf"]
    ended = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", "openapi.json", f"--url=http://{siege.host}", f"--header=Authorization: {bearer}",
         f"--seed={SEED}", f"--checks={','.join(CHECKS)}", "--warnings=off", *(often if ROUNDS >= MANY else few)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, f"seed {SEED}\n{ended.stdout[-8_000:]}\n{ended.stderr[-2_000:]}"
    assert siege.installation.server.poll() is None


def test_F14_who_sends_slowly_keeps_nobody_waiting(siege):
    """A hundred lines that send a byte and no more: the site answers others meanwhile."""
    lines = [socket.create_connection(("127.0.0.1", siege.installation.port)) for _ in range(100)]
    try:
        for line in lines:
            line.sendall(b"P")
        for _ in range(3):
            assert status(siege.asks(Request("GET", "/sign-in"))) == 200
            for line in lines:
                with suppress(OSError):
                    line.sendall(b"O")
    finally:
        for line in lines:
            line.close()
