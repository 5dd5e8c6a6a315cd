"""An objection marks what it is about at once, is answered within the days of the law, and a right one is corrected and counted anew (F101)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.credit import service as credit
from financing.credit.model import Assessment
from financing.journal import Entry
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.notices.model import Notice
from financing.parties.model import Firm
from financing.parties.stated import record, stated
from financing.personal import objections, views
from financing.personal.model import Objection
from financing.personal.rules import ObjectionState
from financing.personal_refusals import CorrectionOwed, Disputed, NotDisputable
from financing.refusals import NotAllowed, WrongState
from tests.financing.credit.test_service import frame as invoices
from tests.financing.credit.test_service import months
from tests.makers import NOW, TODAY, a_firm, a_need, a_paper, a_user, at, writing
from web.jobs import run_daily

DAY = timedelta(days=1)


@pytest.fixture
def scene(database):
    with writing(database) as session:
        firm = a_firm(session)
        need = a_need(session, firm, state=NeedState.ACCEPTED, submitted_on=TODAY)
        people = {
            role: a_user(session, role, firm_id=firm.id if role in {Role.SIGNATORY, Role.CLERK} else None).actor
            for role in (Role.SIGNATORY, Role.CLERK, Role.OFFICER, Role.LEADER)
        }
        paper = a_paper(session, firm)
    with at(database, people[Role.OFFICER]) as desk:
        from financing.papers import service as papers

        papers.keep_invoices(desk, paper, invoices(months(2024, 34, 40_000_00)))
        record(desk, desk.get(Firm, firm.id), {"tax_grade": "D"}, as_of=TODAY)
    with at(database, people[Role.OFFICER]) as desk:
        credit.assess(desk, desk.get(Need, need.id))
    return firm, need, people


def raised(database, scene, code="fact.tax_grade", now=NOW, role=Role.SIGNATORY) -> Objection:
    firm, _, people = scene
    with at(database, people[role], now) as desk:
        return objections.raise_objection(desk, desk.get(Firm, firm.id), code=code, why="2025 年度纳税信用为 A 级")


def test_F101_a_fact_is_marked_at_once_corrected_and_the_score_counted_anew(database, scene):
    firm, _, people = scene
    said = raised(database, scene)
    assert said.due_on == TODAY + timedelta(days=20)
    assert said.held == {"value": "D", "source": "registry", "as_of": TODAY.isoformat()}
    with at(database, people[Role.CLERK], write=False) as desk:
        assert views.disputed(desk, firm.id) == {"tax_grade"}
    with pytest.raises(Disputed):
        raised(database, scene)
    with at(database, people[Role.OFFICER], NOW + DAY) as desk:
        before = desk.session.scalars(select(Assessment)).all()
        counted = objections.uphold(
            desk, desk.get(Objection, said.id), answer="税务系统查得 A 级，原录入有误", value="A", as_of=TODAY
        )
        assert counted == 1
    with at(database, people[Role.CLERK], write=False) as desk:
        assert views.disputed(desk, firm.id) == frozenset()
        scores = desk.all(Assessment, by=Assessment.assessed_at)
        assert [one.facts["tax_grade"]["value"] for one in scores] == ["D", "A"]
        assert len(before) == 1, "the former score stays"
        assert scores[1].total > scores[0].total or scores[0].vetoed > scores[1].vetoed
        assert stated(desk.get(Firm, firm.id))["tax_grade"].value == "A"
        lines = [
            entry for entry in desk.all(Entry, by=Entry.seq) if entry.act in {Act.RAISE_OBJECTION, Act.UPHOLD_OBJECTION}
        ]
    assert "纳税信用" not in str([one.body for one in lines]), "what was typed is in the journal as a commitment alone"


def test_F101_a_refused_objection_keeps_its_reason_and_nothing_is_counted(database, scene):
    firm, _, people = scene
    said = raised(database, scene)
    for who in (Role.CLERK, Role.SIGNATORY, Role.LEADER):
        with pytest.raises(NotAllowed), at(database, people[who]) as desk:
            objections.refuse(desk, desk.get(Objection, said.id), answer="x")
    with at(database, people[Role.OFFICER]) as desk:
        objections.refuse(desk, desk.get(Objection, said.id), answer="税务系统 11 月 20 日查得仍为 D 级")
    with at(database, people[Role.SIGNATORY], write=False) as desk:
        one = desk.get(Objection, said.id)
        assert (one.state, one.answer) == (ObjectionState.REFUSED, "税务系统 11 月 20 日查得仍为 D 级")
        assert views.disputed(desk, firm.id) == frozenset()
        assert len(desk.all(Assessment)) == 1
    with pytest.raises(WrongState), at(database, people[Role.SIGNATORY]) as desk:
        objections.withdraw(desk, desk.get(Objection, said.id))


def test_F101_what_the_firm_types_itself_is_nothing_to_object_to_and_a_field_needs_its_right_value(database, scene):
    firm, _, people = scene
    with at(database, people[Role.SIGNATORY], write=False) as desk:
        codes = {one.code for one in objections.disputable(desk, desk.get(Firm, firm.id))}
    assert {"fact.tax_grade", "field.representative", "field.name"} <= codes
    assert not any(code.endswith((".contact", ".phone", ".address")) for code in codes)
    for code in ("field.phone", "fact.nothing", ""):
        with pytest.raises(NotDisputable):
            raised(database, scene, code)
    with pytest.raises(NotAllowed):
        raised(database, scene, role=Role.CLERK)
    said = raised(database, scene, "field.representative")
    with pytest.raises(CorrectionOwed), at(database, people[Role.OFFICER]) as desk:
        objections.uphold(desk, desk.get(Objection, said.id), answer="与营业执照不符")
    with at(database, people[Role.OFFICER]) as desk:
        objections.uphold(desk, desk.get(Objection, said.id), answer="与营业执照不符", value="王强")
    with at(database, SYSTEM, write=False) as desk:
        assert desk.get(Firm, firm.id).representative == "王强"


def test_F101_the_last_day_is_told_to_officers_and_a_day_later_to_leaders_and_the_firm(database, scene):
    said = raised(database, scene)

    def told():
        return sorted(notice.user_id for notice in notices(database) if notice.act is Act.REMIND_OBJECTION)

    _, _, people = scene
    run_daily(database, NOW + 19 * DAY)
    assert told() == []
    run_daily(database, NOW + 20 * DAY)
    assert told() == [people[Role.OFFICER].id]
    for extra in (21, 22):
        run_daily(database, NOW + extra * DAY)
    late = {people[Role.LEADER].id, people[Role.SIGNATORY].id, people[Role.CLERK].id, people[Role.OFFICER].id}
    assert told() == sorted(late), said.number


def notices(database):
    with writing(database) as session:
        return list(session.scalars(select(Notice)))
