"""F26: the status line equals the audit log, read from its raw rows by somebody who knows the road another way."""

from __future__ import annotations

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.db import Base
from financing.needs import views
from financing.needs.model import Need
from financing.needs.rules import NeedState
from tests.makers import NOW, a_firm, a_need, a_user, at, writing

#: The road as the zone's service guide prints it, and how many steps are behind a need in each state.
GUIDE = (
    "need.submit",
    "need.accept",
    "need.assess",
    "case.open",
    "case.vote",
    "dossier.send",
    "offer.make",
    "offer.accept",
)
BEHIND = {
    "draft": 0, "returned": 0, "submitted": 1, "accepted": 2, "scored": 3, "committee": 4, "ineligible": 4, "approved": 5,
    "conditional": 5, "rejected": 5, "listed": 6, "offered": 7, "settled": 8,
}  # fmt: skip
OVER = {"ineligible", "rejected", "settled", "withdrawn", "terminated", "closed"}


def told_by_the_journal(rows, need):
    """Step by step: done with its day, now, or later; and the acts under each step, from the rows alone."""
    journal = [row for row in rows if row.subject_id == need]
    state, at_step, lines, reached = "draft", 0, {n: [] for n in range(8)}, {}
    for row in journal:
        lines[min(at_step, 7)].append(row.act)
        led = row.body["facts"].get("state")
        if led is None:
            continue
        state = led
        if led in BEHIND:
            at_step = BEHIND[led]
            reached[led] = row.at.astimezone(ZoneInfo("Asia/Shanghai")).date()
    ever = len({BEHIND[led] for led in reached} - {0})  # of one withdrawn or ended: every step that was ever taken
    done = BEHIND.get(state, ever)
    days = []
    for n in range(8):
        of_step = [day for led, day in reached.items() if BEHIND[led] == n + 1]
        days.append(max(of_step, default=None) if n < done else None)
    marks = ["done" if n < done else "now" if n == done and state not in OVER else "later" for n in range(8)]
    return marks, days, lines


def walk(database, seed):
    """A need goes wherever its flow lets it, each act by somebody who may do it, some days apart."""
    chance = random.Random(seed)
    with writing(database) as session:
        firm = a_firm(session)
        need = a_need(session, firm).id
        owner = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
    moment = NOW
    for _ in range(chance.randint(1, 14)):
        moment += timedelta(days=chance.randrange(4), hours=chance.randrange(20))
        with at(database, SYSTEM, moment) as desk:
            found = desk.get(Need, need)
            open_acts = sorted(act for before, act in found.flow.moves if before is found.state)
            if not open_acts:
                break
            weights = [1 if act in {Act.WITHDRAW_NEED, Act.BREAK_PROMISE, Act.CLOSE_NEED} else 6 for act in open_acts]
            act = chance.choices(open_acts, weights)[0]
            found.state = found.flow.following(found.state, act)
            desk._write(act, found, {"state": found.state})
    return need, owner


@pytest.mark.parametrize("seed", range(40))
def test_the_status_line_is_the_audit_log_over_random_walks(sqlite_database, seed):
    need, owner = walk(sqlite_database, seed)
    with at(sqlite_database, owner, write=False) as desk:
        shown = views.one(desk, desk.get(Need, need))
        journal = Base.metadata.tables["journal"]
        rows = desk.session.execute(select(journal).order_by(journal.c.seq)).all()
    marks, days, lines = told_by_the_journal(rows, need)
    assert tuple(GUIDE) == tuple(act.value for act, _ in views.rules.ROAD)
    assert [step.state for step in shown.road] == marks
    assert [step.day for step in shown.road] == days
    for place in range(8):
        assert [line.act for line in reversed(shown.lines) if line.place == place] == lines[place]
    assert len(shown.lines) == sum(map(len, lines.values()))


def test_the_walks_come_to_every_state(sqlite_database):
    journal = Base.metadata.tables["journal"]
    for seed in range(120):
        walk(sqlite_database, seed)
    with writing(sqlite_database) as session:
        bodies = session.scalars(select(journal.c.body)).all()
    seen = {body["facts"].get("state") for body in bodies}
    assert {state.value for state in NeedState} - seen <= {"draft"}
