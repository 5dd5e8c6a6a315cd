"""Assessments are filed once, replaced by newer ones, kept three years and due again by a day (个人信息保护法 第五十五、五十六条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from financing.access import Role
from financing.office import duties
from financing.personal import impacts
from financing.personal.model import Impact
from financing.personal.rules import Processing
from financing.personal_refusals import ImpactNewer
from financing.refusals import NotAllowed, OutOfRange
from financing.roles import Remit
from tests.makers import NOW, TODAY, a_user, at, writing

DAY = timedelta(days=1)
MUST = {Processing.SENSITIVE, Processing.SCORING, Processing.BANKS, Processing.PUBLICATION}


def test_F101_what_must_be_assessed_is_owed_until_it_is_and_a_newer_one_takes_its_place(database):
    with writing(database) as session:
        officer, guards, runs, leader, banker = (
            a_user(session, role, remit=remit).actor
            for role, remit in ((Role.OFFICER, None), (Role.ADMIN, Remit.ACCOUNTS), (Role.ADMIN, Remit.RUNNING), (Role.LEADER, None), (Role.BANKER, None))
        )  # fmt: skip
    said = impacts.drafts()[Processing.SCORING]
    assert set(impacts.drafts()) == MUST
    assert all(
        len(words) > 20 for one in impacts.drafts().values() for words in (one.what, one.why, one.risks, one.measures)
    )
    with at(database, officer) as desk:
        assert {row.processing for row in impacts.standing(desk) if row.owed and row.one is None} == MUST
        assert impacts.usual_review(desk) == date(2027, 11, 23)
        first = impacts.file(desk, said, assessed_on=date(2024, 2, 29), review_on=TODAY)
    for who in (runs, leader, banker):
        with pytest.raises(NotAllowed), at(database, who) as desk:
            impacts.file(desk, said, assessed_on=TODAY, review_on=TODAY + DAY)
    for days in ((TODAY + DAY, TODAY + 2 * DAY), (TODAY, TODAY), (TODAY, TODAY - DAY)):
        with pytest.raises(OutOfRange), at(database, officer) as desk:
            impacts.file(desk, said, assessed_on=days[0], review_on=days[1])
    with at(database, leader) as desk:
        (row,) = [one for one in impacts.standing(desk) if one.one]
        assert (row.one.id, row.owed, row.kept_until) == (first.id, True, date(2027, 2, 28)), (
            "three years from 29 February"
        )
    with at(database, officer) as desk:
        assert [part.duty for part in duties.of_personal(desk)].count("review_impact") == 1
    with at(database, guards) as desk:
        second = impacts.file(
            desk, said, assessed_on=TODAY, review_on=TODAY + 365 * DAY, replaces=desk.get(Impact, first.id)
        )
        other = impacts.file(
            desk,
            impacts.Said(Processing.OTHER, "人脸签到", "—", "—", "—", "—"),
            assessed_on=TODAY,
            review_on=TODAY + DAY,
        )
    with pytest.raises(ImpactNewer) as refused, at(database, officer) as desk:
        impacts.file(desk, said, assessed_on=TODAY, review_on=TODAY + DAY, replaces=desk.get(Impact, first.id))
    assert refused.value.facts["number"] == second.number
    with at(database, officer) as desk:
        assert {one.id for one in impacts.in_force(desk)} == {second.id, other.id}
        assert [row.owed for row in impacts.standing(desk) if row.one] == [False, False]
        assert len(desk.all(Impact)) == 3, "the former one stays on file"
    with at(database, banker, NOW) as desk:
        assert desk.all(Impact) == []
    for statement in ("UPDATE impact SET measures = 'x'", "DELETE FROM impact"):
        with pytest.raises(DBAPIError, match="wall"), database.writer.begin() as connection:
            connection.execute(text(statement))
