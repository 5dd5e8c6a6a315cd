"""What is wrong with what is on file is found at night, kept once, gone when it is put right, and silent once accepted (F82)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from financing.access import Role
from financing.needs.rules import NeedState
from financing.office_refusals import NoFindings
from financing.parties.model import Firm
from financing.quality import service, views
from financing.quality.model import Finding
from financing.quality.rules import Fault
from financing.quality.views import Standing
from tests.makers import NOW, TODAY, a_firm, a_need, a_user, at, writing
from web import jobs


def night(database, number: int = 0) -> int:
    return jobs._each(database, NOW + timedelta(days=number), "quality", service.batches, service.look_over)


def rows(database) -> list[Finding]:
    with writing(database) as session:
        return list(session.scalars(select(Finding).order_by(Finding.fault)))


def test_a_finding_is_kept_once_and_gone_when_it_is_put_right(database):
    with writing(database) as session:
        key = a_firm(session, phone="1", likeness="").id
    assert [night(database, number) for number in range(3)] == [1 + organ(database), 0, 0]
    with writing(database) as session:
        session.get_one(Firm, key).phone = "0799-1234567"
    night(database, 3)
    found = next(row for row in rows(database) if row.fault is Fault.PHONE)
    assert found.gone_at == NOW + timedelta(days=3)
    with writing(database) as session:
        session.get_one(Firm, key).phone = "2"
    assert night(database, 4) == 1
    found = next(row for row in rows(database) if row.fault is Fault.PHONE)
    assert (found.gone_at, found.figures) == (None, {"given": "2"})


def organ(database) -> int:
    """Codes made for tests carry whatever check sign of an organisation comes out."""
    from financing.quality.rules import organ_code_sound

    with writing(database) as session:
        return sum(not organ_code_sound(code) for code in session.scalars(select(Firm.code)))


def test_what_is_accepted_is_not_told_again_until_its_figures_change(database):
    with writing(database) as session:
        officer, firm = a_user(session, Role.OFFICER).actor, a_firm(session, phone="1").id
    night(database)
    with at(database, officer) as desk:
        finding = desk.find(Finding, Finding.fault == Fault.PHONE)
        service.accept(desk, finding, "内线电话")
        with pytest.raises(NoFindings):
            service.accept(desk, finding, "内线电话")
    night(database, 1)
    with at(database, officer, write=False) as desk:
        assert Fault.PHONE not in views.counts(desk)
        accepted = views.findings(desk, standing=Standing.ACCEPTED).rows
        assert [(row.fault, row.reason) for row in accepted] == [(Fault.PHONE, "内线电话")]
    with writing(database) as session:
        session.get_one(Firm, firm).phone = "3"
    assert night(database, 2) == 1
    with at(database, officer, write=False) as desk:
        assert views.counts(desk)[Fault.PHONE] == 1


def test_firms_that_read_alike_and_needs_that_lie_open_are_looked_at(database):
    with writing(database) as session:
        for name in ("示范 铜业有限公司", "示范铜业有限公司"):
            firm = a_firm(session, name=name, likeness="示范铜业有限公司", phone="13812345678", revenue=None)
            a_need(session, firm, state=NeedState.LISTED, submitted_on=TODAY, latest=TODAY)
        officer = a_user(session, Role.OFFICER).actor
    night(database, 5)
    with at(database, officer, write=False) as desk:
        counts = views.counts(desk)
        wanted = {Fault.SAME_NAME: 2, Fault.SAME_PEOPLE: 2, Fault.NO_REVENUE: 2, Fault.LATEST_PAST: 2}
        assert {fault: counts[fault] for fault in wanted} == wanted
        named = [row for row in views.findings(desk, fault=Fault.SAME_NAME).rows if row.firm == "示范铜业有限公司"]
        assert named[0].figures == {"others": "示范 铜业有限公司"}
        assert all(row.mend_id == row.need_id for row in views.findings(desk, fault=Fault.LATEST_PAST).rows)


def test_a_need_that_is_over_is_no_finding_any_more(sqlite_database):
    with writing(sqlite_database) as session:
        need = a_need(session, a_firm(session), state=NeedState.LISTED, submitted_on=TODAY, latest=TODAY)
    night(sqlite_database, 5)
    with writing(sqlite_database) as session:
        session.merge(need).submitted_on = None
        session.get_one(type(need), need.id).latest = TODAY + timedelta(days=90)
    night(sqlite_database, 6)
    assert [row.gone_at is None for row in rows(sqlite_database) if row.fault is Fault.LATEST_PAST] == [False]


def test_a_batch_of_firms_takes_a_few_statements_however_many_they_are(sqlite_database):
    with writing(sqlite_database) as session:
        for _ in range(40):
            a_firm(session)
    night(sqlite_database)
    said: list[str] = []
    event.listen(sqlite_database.writer, "before_cursor_execute", lambda *args: said.append(args[2]))
    night(sqlite_database, 1)
    assert len([one for one in said if one.startswith("SELECT")]) <= 6
