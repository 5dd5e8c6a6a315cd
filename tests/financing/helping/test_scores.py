"""How helpers serve: each number against cases counted by hand, hidden where few firms rated, one's own line for an officer."""

from __future__ import annotations

from datetime import date

from financing.access import Role
from financing.helping import pairing, requests, scores, visits
from financing.helping.pairing import Chosen
from financing.helping.request_model import HelpRequest
from financing.helping.rules import Span, Topic
from financing.helping.scores import Measure
from financing.ratings.periods import Period
from financing.ratings.rules import Grade
from tests.financing.helping.test_requests import does, raised
from tests.makers import TODAY, a_firm, a_user, writing

NOVEMBER, YEAR = Period(date(2026, 11, 1), 1), Period(date(2026, 1, 1), 12)


def laid_out(zone) -> dict[str, HelpRequest]:
    """One closed in time, one answered late and opened again, one signed late and not answered at all, one withdrawn."""
    with zone.at(zone.leader) as desk:
        pairing.set_profile(desk, zone.officer, unit="企业服务科", phone="1234567", skills=(), takes=True)
        pairing.pair(desk, zone.firm, Chosen(zone.leader.id, zone.officer.id, zone.second.id))
        visits.record(desk, zone.firm, on=TODAY, met="张总", found="正常")
    with zone.at(zone.officer) as desk:
        visits.record(desk, zone.firm, on=TODAY, met="张总", found="正常")
    made = {name: raised(zone) for name in ("good", "late", "silent", "gone")}
    for name in ("good", "late"):
        does(zone, zone.officer, made[name], requests.sign, Span.QUICK)  # by 24 November
    does(zone, zone.officer, made["good"], requests.answer, "已办", day=date(2026, 11, 24))
    does(zone, zone.signatory, made["good"], requests.close, Grade.FIVE, day=date(2026, 11, 25))
    does(zone, zone.officer, made["late"], requests.answer, "已办", day=date(2026, 11, 25))
    does(zone, zone.signatory, made["late"], requests.reopen, "没有", day=date(2026, 11, 25))
    does(zone, zone.officer, made["silent"], requests.sign, Span.USUAL, hour=15)
    does(zone, zone.signatory, made["gone"], requests.withdraw)
    return made


def line(zone, who, period, day):
    with zone.at(who, day) as desk:
        return {one.name: one for one in scores.scores(desk, period)}


def test_each_number_is_the_cases_behind_it(zone):
    made = laid_out(zone)
    day = date(2026, 12, 1)  # the second round of the late one was due on 26 November, the silent one on the 30th
    one = line(zone, zone.leader, NOVEMBER, day)["周经办"]
    assert dict(one.counts) == {Measure.CLOSED: 1, Measure.LATE: 2, Measure.SIGNED_LATE: 1, Measure.REOPENED: 1}
    assert (one.firms, one.visits, one.unit) == (1, 1, "企业服务科")
    with zone.at(zone.leader, day) as desk:
        found = {m: {row.request.id for row in scores.cases(desk, zone.officer.id, m, NOVEMBER)} for m in Measure}
        assert len(scores.visits(desk, zone.officer.id, NOVEMBER)) == 1
    assert found == {
        Measure.CLOSED: {made["good"].id}, Measure.LATE: {made["late"].id, made["silent"].id},
        Measure.SIGNED_LATE: {made["silent"].id}, Measure.REOPENED: {made["late"].id},
    }  # fmt: skip
    assert dict(line(zone, zone.leader, Period(date(2026, 10, 1), 1), day)["周经办"].counts) == {}


def test_an_officer_sees_their_own_line_and_nobodys_grades(zone):
    laid_out(zone)
    found = line(zone, zone.officer, NOVEMBER, date(2026, 12, 1))
    assert list(found) == ["周经办"]
    assert found["周经办"].grades is None
    assert line(zone, zone.third, NOVEMBER, date(2026, 12, 1)) == {}


def test_grades_are_told_of_periods_that_are_over_and_of_five_firms_at_least(zone):
    laid_out(zone)
    assert line(zone, zone.leader, NOVEMBER, date(2026, 11, 30))["周经办"].grades is None
    assert line(zone, zone.leader, NOVEMBER, date(2026, 12, 1))["周经办"].grades.hidden
    for _ in range(4):
        with writing(zone.database) as session:
            firm = a_firm(session)
            who = a_user(session, Role.SIGNATORY, firm_id=firm.id)
        with zone.at(zone.leader) as desk:
            pairing.pair(desk, firm, Chosen(zone.leader.id, zone.officer.id, zone.second.id))
        with zone.at(who) as desk:
            one = requests.raise_(desk, firm, Topic.TAX, "退税", "材料")
        does(zone, zone.officer, one, requests.sign, Span.QUICK)
        does(zone, zone.officer, one, requests.answer, "已办")
        does(zone, who, one, requests.close, Grade.ONE)
    grades = line(zone, zone.leader, NOVEMBER, date(2026, 12, 1))["周经办"].grades
    assert (grades.hidden, grades.count, grades.content) == (False, 5, 1)


def test_units_add_up_their_people(zone):
    laid_out(zone)
    with zone.at(zone.leader, date(2026, 12, 1)) as desk:
        found = scores.units(scores.scores(desk, NOVEMBER))
    assert [(one.unit, one.counts[Measure.CLOSED], one.visits) for one in found] == [("企业服务科", 1, 1)]
