"""Every list, search and figure page of a big zone, opened by fifty people at once, on both databases; and the list of needs beside its peers.

PostgreSQL runs with two workers, SQLite with one process. A person opens a page, reads for a second on average and opens the next
(`pause_s`); `load_cpu` is the share of a core that the asking process took, which must stay well below one. Peers and we show the same twenty rows of
the same database in the same template, behind one process each, asked without a pause by 32 clients; ours by the product's own desk, list and server.

YUANRONG_BENCH_FIRMS=2000 makes a smaller zone (needs: three a firm), YUANRONG_BENCH_ON=sqlite measures one database.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE))
SIZES = {"sqlite": 20_000, "postgresql": 100_000}
CLIENTS, PAUSE, SECONDS = 50, 1.0, float(os.environ.get("YUANRONG_BENCH_SECONDS", "8"))
PEER_CLIENTS, ROUNDS = 32, 3
PAGES = {
    "officer": {
        "work": "/work", "needs": "/needs", "needs_state": "/needs?status=settled", "needs_deep": "/needs?page=200",
        "needs_search": "/needs?q=科技", "firms": "/firms", "firms_search": "/firms?q=瑞源", "cases": "/cases",
        "cases_state": "/cases?status=approved", "guarantees": "/guarantees", "matching": "/matching", "pool": "/pool",
        "delegated": "/delegated", "securities": "/securities", "contests": "/second-looks", "banks": "/banks",
        "sessions": "/sessions", "register": "/ledger", "search_name": "/search?q=瑞源", "search_common": "/search?q=科技",
        "search_pinyin": "/search?q=ruiyuan", "search_initials": "/search?q=rykj", "search_code": "/search?q=91369900MB0",
        "search_phone": "/search?q=1234", "search_number": "/search?q=12", "scoreboard": "/scoreboard", "commitments": "/commitments",
    },
    "leader": {"figures": "/figures", "meetings": "/meetings"},
    "auditor": {"journal": "/journal", "journal_act": "/journal?act=need.submit"},
    "banker": {"inbox": "/inbox", "search_bank": "/search?q=瑞源"},
    "signatory": {"needs_mine": "/my-needs"},
}  # fmt: skip


def tell(figure: str, value: float, unit: str, **more: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit, **more}), flush=True)


def filled(url: str, firms: int) -> dict[str, list[str]]:
    """A zone of so many firms behind this address, and some people of each role signed in: their tokens."""
    from financing.db import Database
    from financing.migrations import upgrade
    from web.stage.big import zone
    from web.stage.big.cast import Plan

    upgrade(url)
    with closing(Database(url)) as database:
        plan = Plan(firms, 3 * firms, zone.SEED, datetime.now(UTC).replace(minute=0, second=0, microsecond=0))
        start = time.perf_counter()
        zone.begin(database, plan)
        zone.go_on(database, plan, lambda _done, _total: None)
        zone.finish(database, "!")
        tell(
            "zone.seconds",
            time.perf_counter() - start,
            "s",
            database=database.writer.dialect.name,
            firms=firms,
            needs=plan.needs,
        )
        return _tokens(database)


def _tokens(database: Any) -> dict[str, list[str]]:
    """Signed in without passwords, which cost by design and are not what is measured."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from financing.people.model import LoginSession, User
    from financing.people.service import digest

    found: dict[str, list[str]] = {}
    now = datetime.now(UTC)
    with database.turn(), Session(database.writer) as session, session.begin():
        for user in session.scalars(select(User)):
            sid = secrets.token_urlsafe(32)
            session.add(LoginSession(token_hash=digest(sid), user_id=user.id, address="", started_at=now, seen_at=now,
                                     until=now + timedelta(hours=8)))  # fmt: skip
            found.setdefault(user.role.value, []).append(sid)
    return found


def asked(
    port: int, pages: dict[str, list[list[str]]], *, clients: int, pause: float, seconds: float
) -> dict[str, Any]:
    """What the asking process measured."""
    said = {"port": port, "clients": clients, "seconds": seconds, "pause": pause, "pages": pages}
    command = [sys.executable, str(HERE / "bench/peers/asking.py")]
    done = subprocess.run(command, input=json.dumps(said), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr[-2_000:])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def pages(port: int, database: str, firms: int, tokens: dict[str, list[str]]) -> None:
    """Each page by fifty people, warmed up by a few, so that each process has seen it."""
    from urllib.parse import quote

    every = {
        name: [[quote(path, safe="/?=&."), sid] for sid in tokens[role]]
        for role, some in PAGES.items() for name, path in some.items()
    }  # fmt: skip
    for name, one in every.items():
        try:
            asked(port, {name: one}, clients=8, pause=0, seconds=0.5)  # the first ones compile templates and statements
            found = asked(port, {name: one}, clients=CLIENTS, pause=PAUSE, seconds=SECONDS)
        except ValueError as fault:
            tell(f"page.{name}.p95_ms", -1, "ms", database=database, fault=str(fault)[-200:])
            continue
        took = found["pages"][name]
        tell(
            f"page.{name}.p95_ms", quantiles(took, n=20)[-1], "ms", median_ms=round(median(took), 1), opened=len(took),
            clients=CLIENTS, pause_s=PAUSE, load_cpu=found["cpu"], database=database, firms=firms,
        )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], port: int, **environment: str) -> Iterator[int]:
    """A peer on this port, in a process group of its own, ended by its id."""
    run = subprocess.Popen(
        [str(Path(sys.executable).parent / command[0]), *command[1:]], cwd=HERE / "bench/peers", env=os.environ | environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGTERM)
        run.wait()


def rate(port: int, sid: str) -> float:
    """Pages a second of one server, asked without a pause."""
    found = asked(port, {"needs": [["/needs", sid]]}, clients=PEER_CLIENTS, pause=0, seconds=2)
    return len(found["pages"]["needs"]) / 2


def servers(url: str) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Who shows the same twenty rows in the same template from the same database: the command without its port, and its surroundings."""
    granian = ["granian", "--interface", "asgi", "--host", "127.0.0.1", "--port"]
    if url.startswith("sqlite"):
        gunicorn, file = ["gunicorn", "--workers", "1", "--threads", "8", "--bind"], url.removeprefix("sqlite:///")
        jinja, own = (
            {"BENCH_FILE": file, "BENCH_TEMPLATES": name} for name in ("jinja2.Jinja2", "django.DjangoTemplates")
        )
        django = [*gunicorn, "127.0.0.1:{}", "list_django:application"]
        peers = {
            "raw": ([*granian, "{}", "list_raw:app"], {"BENCH_FILE": file}),
            "django": (django, jinja),
            "django_own": (django, own),
        }
    else:
        dsn = url.replace("postgresql+psycopg", "postgresql")
        uvicorn = ["uvicorn", "--host", "127.0.0.1", "--port", "{}", "--log-level", "warning", "list_fastapi:app"]
        peers = {
            "raw": ([*granian, "{}", "list_raw:app"], {"BENCH_DSN": dsn}),
            "fastapi": (uvicorn, {"BENCH_URL": url}),
        }
    return {"own": ([*granian, "{}", "list_own:app"], {"BENCH_URL": url}), **peers}


def peers(url: str, sid: str) -> None:
    """The same list by ours and by each peer, all of them in turn, several rounds; the ratio of the medians."""
    with ExitStack() as up:
        ports = {}
        for name, (command, environment) in servers(url).items():
            port = free_port()
            ports[name] = up.enter_context(served([word.format(port) for word in command], port, **environment))
            rate(port, sid)  # the first pages compile templates and statements
        rounds = [{name: rate(port, sid) for name, port in ports.items()} for _ in range(ROUNDS)]
    found = {name: median(one[name] for one in rounds) for name in rounds[0]}
    database, ours = url.split(":", maxsplit=1)[0].split("+", maxsplit=1)[0], found.pop("own")
    for name, theirs in found.items():
        tell(
            f"page.list.ratio_{name}",
            ours / theirs,
            "ratio",
            database=database,
            peer=name,
            peer_value=round(theirs, 1),
            ours=round(ours, 1),
        )


def measured(folder: Path, url: str, database: str) -> None:
    from tests.served import Installation

    firms = int(os.environ.get("YUANRONG_BENCH_FIRMS", SIZES[database]))
    tokens = filled(url, firms)
    workers = 2 if database == "postgresql" else 1
    site = Installation(folder, url, LOG_LEVEL="ERROR", WORKERS=workers)
    site.start()
    try:
        pages(site.port, database, firms, tokens)
    finally:
        site.stop()
    peers(url, tokens["officer"][0])


def on_each(measured: Callable[[Path, str, str], None]) -> None:
    """Measure on SQLite and on a PostgreSQL of one's own; YUANRONG_BENCH_ON names one of them."""
    from tests.postgres import running

    only = os.environ.get("YUANRONG_BENCH_ON", "")
    if only not in {"", "sqlite", "postgresql"}:
        raise SystemExit(f"YUANRONG_BENCH_ON: sqlite or postgresql, not {only}")
    with tempfile.TemporaryDirectory() as folder:
        if only in {"", "sqlite"}:
            measured(Path(folder), f"sqlite:///{folder}/zone.db", "sqlite")
        if only in {"", "postgresql"}:
            with running() as server:
                measured(Path(folder), server.url(server.clone()), "postgresql")


if __name__ == "__main__":
    on_each(measured)
