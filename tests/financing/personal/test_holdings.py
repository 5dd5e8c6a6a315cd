"""The archive of one's own data holds every table that is one's own, whole, and no secret and nobody else's row (F102)."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, insert, select

from financing.access import Role
from financing.acts import Act
from financing.db import Base
from financing.journal import Entry
from financing.papers.model import Paper
from financing.parties.model import Firm
from financing.parties.permit_rules import Item
from financing.people.model import LoginSession
from financing.personal import holdings
from tests.financing.every_row import COUNTED, JOURNAL, plain_value
from tests.makers import NOW, a_firm, a_need, a_paper, a_permit, a_user, at, writing
from web.own_archive import file_of

INSIDE = "how the zone, the committee or the guarantor judged and handled it: their own working papers"
LATER = "once it is there for the firm to see: opened, issued, sealed, told, or asked for the firm as a whole"
#: Every table with a column `firm_id` that a firm does not take along in the zone below, each with why; all the others it does.
NOT_OWN = {
    **dict.fromkeys(
        ("call_back", "deferral", "delegation", "document", "help_survey_reminder", "limit_movement", "loan_class", "outside_fact",
         "planned_step", "quality_finding", "raised_flag", "relation", "resolution", "survey", "warning", "watch_escalation",
         "watch_visit", "entry_proposal", "track", "bridge_breach", "closed_round"), INSIDE),
    **dict.fromkeys(
        ("compensation_answer", "compensation_claim", "compensation_cut", "compensation_decision", "compensation_item", "compensation_part",
         "compensation_pause", "compensation_promise", "compensation_review", "recovery_case", "recovery_share", "recovery_step"),
        "between guarantor and bank",
    ),
    **dict.fromkeys(("offer", "guest", "erasure", "incident_party"), LATER),
    "account": "each person takes their own", "invitation": "the administrator's", "conduct_case": "nobody may see who reported what",
    "subject_key": "the key of its commitments: with it others' guesses could be tried",
}  # fmt: skip
SECRETS = {
    "password_hash", "second_factor", "recovery", "code_hash", "secret", "sealed", "stored", "public_key", "credential", "challenge",
}  # fmt: skip


def fill(session: Any) -> None:
    """One row of every table, all of the first firm and the first account."""
    for table in Base.metadata.sorted_tables:
        if table.name not in JOURNAL:
            told = COUNTED.get(table.name, {})
            values = told | {c.name: plain_value(c) for c in table.columns if c.name not in told}
            session.execute(insert(table).values(values))
            if table.name == "account":
                session.execute(insert(table).values(values | {"id": 2, "login": "second", "identity": None}))


def read(sheets: list[holdings.Sheet]) -> dict[str, list[dict[str, Any]]]:
    return {one.name: [json.loads(line) for line in one.lines] for one in sheets}


def test_F102_a_firm_takes_every_table_of_its_own_and_no_row_of_another(sqlite_database):
    with writing(sqlite_database) as session:
        fill(session)
        other = a_firm(session)
        a_need(session, other, use="别家的用途"), a_paper(session, other, name="别家的流水.pdf")
        user = a_user(session, Role.SIGNATORY, firm_id=1)
        mine = a_paper(session, session.get_one(Firm, 1), name="发/票:明细.xlsx")
        a_permit(session, other, Item.PUBLICITY)
    with at(sqlite_database, user.actor) as desk:
        sheets, papers = holdings.of_firm(desk, desk.get(Firm, 1))
    found = read(sheets)
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    owned = {name for name, table in tables.items() if "firm_id" in table.c}
    assert set(found) == (owned - set(NOT_OWN) - {"journal"}) | {"firm"} | ({"journal"} & set(found))
    with sqlite_database.reader.connect() as connection:
        for name in set(found) - {"firm", "journal"}:
            count = connection.scalar(select(func.count()).select_from(tables[name]).where(tables[name].c.firm_id == 1))
            assert (len(found[name]), {row["firm_id"] for row in found[name]}) == (count, {1}), name
            columns = {column.name for column in tables[name].columns}
            assert columns - SECRETS <= set(found[name][0]) <= columns, name
    assert not SECRETS & {key for rows in found.values() for row in rows for key in row}
    assert not any(word in line for one in sheets for line in one.lines for word in ("别家", other.name))
    assert {paper.firm_id for paper in papers} == {1} and mine.id in {paper.id for paper in papers}
    assert file_of(session_paper(papers, mine.id)) == f"files/{mine.id}-发_票_明细.xlsx"
    with writing(sqlite_database) as session:
        (line,) = session.scalars(select(Entry).where(Entry.act == Act.TAKE_OWN)).all()
        assert line.body["facts"] == {
            "tables": len(sheets),
            "rows": sum(map(len, found.values())),
            "files": len(papers),
        }


def session_paper(papers: list[Paper], key: int) -> Paper:
    return next(paper for paper in papers if paper.id == key)


def test_F102_a_person_takes_their_own_account_and_nobody_elses(sqlite_database):
    with writing(sqlite_database) as session:
        fill(session)
        me, colleague = (a_user(session, Role.OFFICER, name=name) for name in ("周经办", "孙复核"))
        for number, user in enumerate((me, me, colleague)):
            told = {c.name: plain_value(c) for c in LoginSession.__table__.columns}
            session.execute(
                insert(LoginSession.__table__).values(told | {"token_hash": f"{number}", "user_id": user.id})
            )
    with at(sqlite_database, me.actor, NOW) as desk:
        found = read(holdings.of_person(desk))
    assert set(found) == {"account", "login_session"}, (
        "what others have beside: notices, addresses, habits, what was begun, keys, views"
    )
    assert [row["name"] for row in found["account"]] == ["周经办"]
    assert len(found["login_session"]) == 2 and {row["user_id"] for row in found["login_session"]} == {me.id}
    assert not SECRETS & {key for rows in found.values() for row in rows for key in row}
    with writing(sqlite_database) as session:
        session.get_one(type(me), 1).role = Role.OFFICER
    with at(sqlite_database, me.actor.__class__(1, Role.OFFICER), NOW) as desk:
        whole = set(read(holdings.of_person(desk)))
    owned = {table.name for table in Base.metadata.sorted_tables if "user_id" in table.c}
    assert (
        {"account", "login_session", "notice", "notice_address", "unfinished", "passkey", "api_key", "kept_view"}
        <= whole
        <= owned | {"account"}
    )
