"""I-05: of one need there is one case, however many officers open it in the same second and whatever is written by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from financing.db import new_id
from financing.guarantees import service
from financing.guarantees.model import GuaranteeCase
from financing.needs.model import Need
from financing.refusals import Refusal
from tests.makers import at, writing

MANY = 8


def test_I05_of_many_who_open_a_case_for_one_need_at_once_exactly_one_does(zone):
    need, gate = zone.need(), Barrier(MANY)

    def opens(number):
        gate.wait()
        try:
            with at(zone.database, zone.officer.actor) as desk:
                service.open_case(desk, desk.get(Need, need.id), opinion=f"建议同意 {number}")
        except Refusal as refusal:
            return refusal
        return None

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(opens, range(MANY)))
    assert answers.count(None) == 1
    assert {answer.code for answer in answers if answer} == {"wrong_state"}
    with writing(zone.database) as session:
        assert session.scalar(select(func.count()).select_from(GuaranteeCase)) == 1


def test_I05_the_database_itself_keeps_a_second_case_out(zone):
    case = zone.case()
    table = GuaranteeCase.__table__
    with writing(zone.database) as session:
        row = session.execute(select(table).where(table.c.id == case.id)).mappings().one()
    with pytest.raises(IntegrityError), writing(zone.database) as session:
        session.execute(insert(table).values({**row, "id": new_id(), "number": "DB2026-9999"}))
