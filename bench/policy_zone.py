"""The ledger of policies, a closing window and one firm's own page on a zone of 20,000 firms (or as many as are asked for), on SQLite.

The sixteen shipped policies are in force beside one whose window closes in three days; every fifth firm has stated facts. Seconds are the
median of rounds on the wall. Telling a window writes a row and a notice for each firm, and is timed once. Nothing installed does the same.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

FIRMS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
NOW, ROUNDS = datetime(2026, 11, 23, 1, 30, tzinfo=UTC), 5
TRADES, SIZES = ("3340", "6513", "5212", "011", "6110"), ("large", "medium", "small", "micro", "undetermined")


def tell(figure: str, value: float) -> None:
    size = f"{FIRMS // 1000}k"
    print(
        json.dumps({"figure": f"policy.zone_{size}.{figure}.seconds", "value": round(value, 4), "unit": "s"}),
        flush=True,
    )


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def firms(database: Any) -> None:
    """Firms of all trades and sizes, and what every fifth has stated."""
    from sqlalchemy import insert
    from sqlalchemy.orm import Session

    from financing.money import Fen
    from financing.parties.model import Firm
    from financing.parties.rules import FirmState
    from financing.policies.model import PolicyFacts

    same = {
        "park": "高新园区", "address": "工业大道 1 号", "founded_on": date(2015, 3, 1), "representative": "张明", "contact": "李芳",
        "phone": "13800000000", "registered_at": NOW, "state": FirmState.CONFIRMED, "stated": {}, "origins": {}, "likeness": "",
        "version": 1,
    }  # fmt: skip
    told = {
        "rd_expense": {"value": 8_000_000, "as_of": "2026-11-01"},
        "high_tech": {"value": True, "as_of": "2026-11-01"},
    }
    some = [
        {"id": n, "code": f"91361100{n:010d}", "name": f"示范铜材第{n}有限公司", "industry": TRADES[n % 5], "size": SIZES[n % 4],
         "employees": n % 900, "revenue": Fen(n * 10**6), "assets": Fen(n * 10**6), **same}
        for n in range(1, FIRMS + 1)
    ]  # fmt: skip
    with database.turn(), Session(database.writer) as session, session.begin():
        session.execute(insert(Firm), some)
        rows = [{"id": 10**9 + n, "version": 1, "firm_id": n, "given": told} for n in range(1, FIRMS + 1, 5)]
        session.execute(insert(PolicyFacts), rows)


def in_force(database: Any) -> int:
    """The shipped policies and one of our own, put in force by two; the clause whose window closes."""
    from financing import desk
    from financing.access import Actor, Role
    from financing.policies import service
    from financing.policies.examples import enter, examples
    from financing.policies.model import Policy, PolicyClause
    from financing.policies.rules import Benefit, Level, Route

    one, two = (Actor(n, Role.OFFICER, name=f"经办{n}") for n in (7, 8))
    today = NOW.date()
    with desk.opened(database, one, NOW) as here:
        for key in examples():
            enter(here, key)
        made = service.enter(
            here,
            service.Told("研发补助", "", Level.ZONE, "管委会", "科技局", "", today, today, None, "公报", "A", "补助"),
        )
        terms = {
            "conditions": [{"fact": "size", "is": "one_of", "value": ["small", "micro"]}],
            "amount": {"rule": "share", "base": "rd_expense", "ppm": 100_000, "cap": 20_000_000},
            "windows": [{"opens": today, "closes": today + timedelta(days=3)}],
        }
        key = service.write(
            here, made, service.Written("补助", "按研发费用补助。", Benefit.SUBSIDY, Route.QUICK, (), terms)
        ).id
        for policy in here.all(Policy):
            service.propose(here, policy)
    with desk.opened(database, two, NOW) as here:
        for policy in here.all(Policy):
            service.adopt(here, policy)
        assert here.get(PolicyClause, key).state == "in_force"
    return key


def main() -> None:
    from financing import desk
    from financing.access import SYSTEM, Actor, Role
    from financing.db import Database
    from financing.migrations import upgrade
    from financing.parties.model import Firm
    from financing.policies import alerts, views

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/zone.db"
        upgrade(url)
        with closing(Database(url)) as database:
            firms(database)
            key = in_force(database)
            with desk.opened(database, Actor(7, Role.OFFICER, name="王"), NOW, write=False) as here:
                tell("ledger", median(seconds(lambda: views.book(here)) for _ in range(ROUNDS)))
            with desk.opened(database, Actor(21, Role.SIGNATORY, firm_id=11, name="张"), NOW, write=False) as here:
                firm = here.get(Firm, 11)
                tell("mine", median(seconds(lambda: views.mine(here, firm)) for _ in range(ROUNDS)))
            with desk.opened(database, SYSTEM, NOW) as here:
                tell("alerts", seconds(lambda: alerts.look_at(here, key)))


if __name__ == "__main__":
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
