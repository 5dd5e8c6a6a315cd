"""I-08: every form sent by every role about everything of a sealed case, and nothing that was sealed is any different."""

from __future__ import annotations

import hashlib
import re

import pytest
from sqlalchemy import text

from financing.walls import RESOLVED_ON, WRITTEN_ONCE
from tests.makers import writing
from tests.web.filled_forms import FILLED
from tests.web.test_access_matrix import ROLES, doors, table

__all__ = ["doors"]

#: What a sealed case consists of: the tables with the columns that hold the decision, and which rows are its own.
OF_CASE = "case_id IN (SELECT case_id FROM resolution)"
SEALED = {
    "resolution": ("*", "1 = 1"),
    "ballot": ("*", OF_CASE),
    "tie": ("*", OF_CASE),
    "guarantee_case": (", ".join(("id", *RESOLVED_ON)), "id IN (SELECT case_id FROM resolution)"),
    "assessment": ("*", "id IN (SELECT c.assessment_id FROM guarantee_case c JOIN resolution r ON r.case_id = c.id)"),
    "survey": ("*", "id IN (SELECT c.survey_id FROM guarantee_case c JOIN resolution r ON r.case_id = c.id)"),
    "case_condition": ("id, case_id, number, says", OF_CASE),
}
#: Written once: what is there stays there, more may come.
GROWING = sorted(WRITTEN_ONCE.keys() - SEALED.keys())
#: What somebody who wants another decision would send along with any form.
WISHES = {
    "state": "approved", "outcome": "approved", "line": "9000000", "amount": "9000000", "share": "100", "fee": "0", "digest": "0",
    "vote": "for", "opinion": "改判", "void": "false", "sealed_at": "2020-01-01", "version": "1", "total": "100", "grade": "AAA",
    "case_id": "1", "meeting_id": "1", "reason": "改判", "why": "改判",
}  # fmt: skip
#: Kinds of things of a sealed case; the cases that the access matrix calls `case` still wait.
KINDS = ("case", "resolution", "meeting", "condition", "need", "approved", "score", "survey", "firm", "paper", "document", "match",
         "offer", "dossier", "flag", "relation", "change")  # fmt: skip
MANY = 3  # of a kind


def rows(session, name, columns, where):
    """The rows of a table as digests."""
    found = session.execute(text(f"SELECT {columns} FROM {name} WHERE {where}"))
    return {hashlib.sha256(repr(tuple(row)).encode()).hexdigest() for row in found}


def picture(zone):
    """Every sealed row; and beside them those that are written once."""
    with writing(zone.database) as session:
        sealed = {name: rows(session, name, *what) for name, what in SEALED.items()}
        return sealed, {name: rows(session, name, "*", "1 = 1") for name in GROWING}


def unchanged(before, after):
    return before[0] == after[0] and all(before[1][name] <= after[1][name] for name in GROWING)


@pytest.fixture
def targets(doors):
    """The things of sealed cases by kind, whoever's they are."""
    found = {kind: {thing for (of, _), thing in doors.zone.things.items() if of == kind} for kind in KINDS}
    with writing(doors.zone.database) as session:
        sealed = session.execute(text("SELECT c.id, c.need_id, c.assessment_id, c.survey_id FROM guarantee_case c "
                                      "JOIN resolution r ON r.case_id = c.id")).all()  # fmt: skip
    assert len(sealed) > 3
    found["case"] = {row[0] for row in sealed}
    for kind, column in (("need", 1), ("score", 2), ("survey", 3)):
        found[kind] |= {row[column] for row in sealed}
    return {kind: sorted(things, key=str)[:MANY] for kind, things in found.items()}


def test_I08_no_form_of_any_role_changes_anything_that_is_sealed(doors, targets):
    kinds = {case.route: case.thing for case in table() if case.thing}
    before, asked = picture(doors.zone), 0
    assert all(before[0].values())
    for route, (path, methods) in doors.routes.items():
        named = targets.get(kinds.get(route, ""), {""}) if "POST" in methods else ()
        for thing in named:
            for role in ROLES:
                visit = doors.visits[role]
                form = WISHES | FILLED.get(route, {}) | {"csrf": visit.key, "once": f"sealed{route}{thing}{role}"}
                answer = doors._sends("POST", re.sub(r"{\w+[^}]*}", str(thing), path), visit.sid, form)
                asked += 1
                assert answer.status_code < 500, (route, role)
                if answer.status_code == 303:
                    assert unchanged(before, picture(doors.zone)), (route, role, thing)
                    doors.restore()
        assert unchanged(before, picture(doors.zone)), route
    assert asked > 1_000


def test_I08_no_page_of_a_sealed_case_knows_a_method_that_changes_things(doors, targets):
    """What is not a form is no way in: other methods are refused before anybody is asked who they are."""
    kinds = {case.route: case.thing for case in table() if case.thing}
    before = picture(doors.zone)
    for route, (path, _methods) in doors.routes.items():
        if kinds.get(route) in targets:
            thing = targets[kinds[route]][0]
            for role in ROLES:
                for method in ("PUT", "PATCH", "DELETE"):
                    visit = doors.visits[role]
                    place = re.sub(r"{\w+[^}]*}", str(thing), path)
                    answer = doors._sends(method, place, visit.sid, {"csrf": visit.key} | WISHES)
                    assert answer.status_code in {404, 405}, (route, role, method)
    assert unchanged(before, picture(doors.zone))
