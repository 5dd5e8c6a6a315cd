"""Two officers look at a firm: one goes there, the other speaks for themselves, and neither can be both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing.access import Role
from financing.acts import Act
from financing.case_refusals import NoPhotos, SameOfficer
from financing.diligence import service
from financing.diligence.model import Survey
from financing.diligence.rules import Advice, CheckKind, Finding, Result, SurveyState, checks
from financing.diligence.service import Visit
from financing.journal import Entry
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.refusals import Incomplete, NotAllowed, NotFound, OutOfRange, WrongState
from scoring.dated import DatedFault
from scoring.facts import FACTS
from scoring.repayment import Repayment
from tests.makers import NOW, TODAY, a_firm, a_need, a_paper, a_user, at, writing


class Zone:
    """A firm with an accepted need, two officers, and a photo of today."""

    def __init__(self, database):
        self.database = database
        with writing(database) as session:
            self.first, self.second = (a_user(session, Role.OFFICER) for _ in range(2))
            self.member = a_user(session, Role.MEMBER)
            self.firm = a_firm(session)
            self.need = a_need(session, self.firm, state=NeedState.ACCEPTED, submitted_on=TODAY - timedelta(days=3))
            a_paper(session, self.firm, kind=PaperKind.PHOTO, name="厂门.jpg")

    def visit(self, need=None, user=None, now=NOW, **changes):
        with at(self.database, (user or self.first).actor, now) as desk:
            return service.record(desk, desk.get(Need, (need or self.need).id), visit(**changes))

    def review(self, survey, user=None, advice=Advice.SUPPORT, opinion="同意"):
        with at(self.database, (user or self.second).actor) as desk:
            service.review(desk, desk.get(Survey, survey.id), advice=advice, opinion=opinion)

    def get(self, kind, key):
        with writing(self.database) as session:
            return session.get_one(kind, key)


def visit(facts=None, **changes) -> Visit:
    facts = facts or {}
    found = [
        Finding(check.key, Result.FINE, "与材料一致", TODAY, {name: facts[name] for name in check.facts if name in facts})
        for check in checks(TODAY).check
    ]  # fmt: skip
    return Visit(**{
        "on": TODAY, "place": "厂区", "found": found, "rate": Rate.percent("3.6"), "repayment": Repayment.EQUAL_INSTALMENTS, "other": None,
        "advice": Advice.SUPPORT, "opinion": "账实相符", **changes,
    })  # fmt: skip


@pytest.fixture
def zone(database):
    return Zone(database)


def test_five_checks_and_three_queries_each_settle_facts_the_list_knows():
    kinds = [check.kind for check in checks(TODAY).check]
    assert (kinds.count(CheckKind.CHECK), kinds.count(CheckKind.QUERY)) == (5, 3)
    names = [name for check in checks(TODAY).check for name in check.facts]
    assert len(names) == len(set(names))
    assert set(names) <= set(FACTS)
    assert checks(TODAY).confidence == "C"


def test_a_visit_waits_for_another_officer_and_is_complete_once_both_have_spoken(zone):
    survey = zone.visit()
    with at(zone.database, zone.second.actor) as desk:
        assert service.complete(desk, zone.need.id) is None
        assert [one.id for one in service.waiting(desk)] == [survey.id]
    with at(zone.database, zone.first.actor) as desk:
        assert service.waiting(desk) == []
    zone.review(survey, advice=Advice.OPPOSE, opinion="客户集中")
    with at(zone.database, zone.second.actor) as desk:
        found = service.complete(desk, zone.need.id)
    assert (found.state, found.second_advice, found.second_opinion) == (SurveyState.REVIEWED, Advice.OPPOSE, "客户集中")
    assert found.photos[0]["name"] == "厂门.jpg"


def test_I20_whoever_went_there_is_not_the_second_opinion(zone):
    survey = zone.visit()
    with pytest.raises(SameOfficer):
        zone.review(survey, zone.first)
    assert zone.get(Survey, survey.id).state is SurveyState.VISITED


def test_I20_the_database_itself_refuses_one_person_in_both_parts(zone):
    survey = zone.visit()
    alone = update(Survey).where(Survey.id == survey.id).values(second_id=zone.first.id, state=SurveyState.REVIEWED)
    with pytest.raises(IntegrityError), writing(zone.database) as session:
        session.execute(alone)


def test_nobody_but_an_officer_speaks(zone):
    survey = zone.visit()
    with pytest.raises(NotAllowed), at(zone.database, zone.member.actor) as desk:
        service.review(desk, survey, advice=Advice.SUPPORT, opinion="同意")


def test_what_was_said_once_is_not_said_again(zone):
    survey = zone.visit()
    zone.review(survey)
    with pytest.raises(WrongState):
        zone.review(survey, advice=Advice.OPPOSE)


@pytest.mark.parametrize("change", ["opinion = 'x'", "found = '[]'", "visited_on = '2020-01-01'", "advice = 'oppose'"])
def test_the_wall_keeps_what_the_first_officer_wrote(zone, change):
    survey = zone.visit()
    with pytest.raises(DBAPIError), writing(zone.database) as session:
        session.execute(text(f"UPDATE survey SET {change} WHERE id = {survey.id}"))


@pytest.mark.parametrize("statement", ["UPDATE survey SET second_opinion = 'x'", "DELETE FROM survey"])
def test_the_wall_keeps_both_opinions(zone, statement):
    zone.review(zone.visit())
    with pytest.raises(DBAPIError), writing(zone.database) as session:
        session.execute(text(statement))


def test_a_new_visit_asks_for_a_new_second_opinion(zone):
    zone.review(zone.visit())
    later = zone.visit(now=NOW + timedelta(hours=1))
    with at(zone.database, zone.first.actor) as desk:
        assert service.latest(desk, zone.need.id).id == later.id
        assert service.complete(desk, zone.need.id) is None


def test_facts_of_a_visit_go_to_the_firm_once_with_where_they_were_seen(zone):
    facts = {"secure_premises": True, "not_operating": False, "tax_paid": Fen.wan(120).fen, "dishonest_records": 0}
    first, second = zone.visit(facts=facts), zone.visit(facts=facts, now=NOW + timedelta(hours=1))
    known = zone.get(Firm, zone.firm.id).stated
    assert {name: known[name]["source"] for name in facts} == {
        "secure_premises": "site", "not_operating": "site", "tax_paid": "site", "dishonest_records": "registry",
    }  # fmt: skip
    assert {known[name]["as_of"] for name in facts} == {TODAY.isoformat()}
    assert (first.changed, second.changed) == (sorted(facts), [])
    with writing(zone.database) as session:
        lines = session.query(Entry).filter(Entry.act == Act.RECORD_FACTS).count()
    assert lines == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"on": TODAY + timedelta(days=1)}, OutOfRange),
        ({"on": TODAY - timedelta(days=4)}, OutOfRange),  # before the need was handed in
        ({"found": []}, Incomplete),
        ({"rate": Rate.percent(25)}, OutOfRange),
        ({"found": [Finding(c.key, Result.FINE, "好", TODAY + timedelta(days=1)) for c in checks(TODAY).check]}, OutOfRange),
    ],
)  # fmt: skip
def test_a_visit_that_cannot_be_leaves_nothing(zone, changes, refusal):
    with pytest.raises(refusal):
        zone.visit(**changes)
    with at(zone.database, zone.first.actor) as desk:
        assert service.latest(desk, zone.need.id) is None


def test_a_visit_without_a_photo_of_that_day_or_after_is_none(zone):
    with writing(zone.database) as session:
        bare = a_need(session, a_firm(session), state=NeedState.SCORED, submitted_on=TODAY)
    with pytest.raises(NoPhotos):
        zone.visit(bare)


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.SUBMITTED, NeedState.APPROVED, NeedState.SETTLED])
def test_before_acceptance_and_after_the_decision_nobody_goes(zone, state):
    with writing(zone.database) as session:
        session.get_one(Need, zone.need.id).state = state
    with pytest.raises((WrongState, NotFound)):  # a draft is not even there
        zone.visit()


def test_checks_in_force_are_those_of_the_day():
    with pytest.raises(DatedFault):
        checks(date(2000, 1, 1))
