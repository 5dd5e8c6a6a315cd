"""Needs found by words of their firms' names, page by page, against the rows sorted and filtered by hand; and the pool's count against its rows."""

from __future__ import annotations

import random
from datetime import timedelta

from financing.access import Actor, Role
from financing.credit import pool
from financing.needs import views
from financing.needs.rules import NeedState
from tests.makers import NOW, TODAY, a_firm, a_need, an_assessment, at, writing

OFFICER = Actor(3, Role.OFFICER)


def laid_out(database):
    """A hundred and fifty needs of five firms on few days, some of them drafts, three of the firms named alike."""
    drawn, rows = random.Random(9), []
    with writing(database) as session:
        firms = [a_firm(session, name=name) for name in ("金瑞科技公司", "科技一厂", "东科技", "科学院", "一厂")]
        for _ in range(150):
            firm, state = drawn.choice(firms), drawn.choice(list(NeedState))
            need = a_need(session, firm, state=state, drafted_on=TODAY - timedelta(days=drawn.randrange(4)))
            rows.append((firm.name, need.drafted_on, need.number, state))
    return rows


def test_every_page_is_the_rows_themselves(database):
    rows = laid_out(database)
    for words, state in (("科技", None), ("科技 金", None), ("科技", NeedState.SCORED), ("没有", None), ("", None)):
        wanted = [
            (day, number)
            for firm, day, number, is_in in rows
            if is_in is not NeedState.DRAFT and all(word in firm for word in words.split()) and state in {None, is_in}
        ]
        with at(database, OFFICER, write=False) as desk:
            pages = [views.every(desk, page, state=state, words=words) for page in (1, 2, 3)]
        assert {page.total for page in pages} == {len(wanted)}, words
        shown = [row.number for page in pages[: pages[0].of] for row in page.rows]
        assert shown == [number for _day, number in sorted(wanted, reverse=True)], words


def test_the_pool_counts_what_it_shows(database):
    drawn = random.Random(4)
    with writing(database) as session:
        for _ in range(60):
            need = a_need(session, a_firm(session), state=drawn.choice([*pool.STATES, NeedState.ACCEPTED]))
            for day in range(drawn.randrange(3)):
                total = drawn.randrange(40, 80)
                an_assessment(session, need, total=total, qualified=total >= 60, assessed_at=NOW - timedelta(days=day))
                session.flush()
    with at(database, OFFICER, write=False) as desk:
        found = desk.session.execute(pool._members(desk)).all()
        assert len(found) > 3
        assert {row.id for row in found} == set(desk.session.scalars(pool._number(desk)))
