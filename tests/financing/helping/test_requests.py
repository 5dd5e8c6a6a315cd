"""Requests: signed in two working hours, answered by their day, closed by the firm, opened again once; late ones climb, each rung once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from financing.helping import pairing, requests, views
from financing.helping.pairing import Chosen
from financing.helping.request_model import HelpRating, HelpRequest
from financing.helping.rules import RequestState, Span, Topic
from financing.ratings.rules import Grade
from financing.refusals import NotAllowed, WrongState
from tests.financing.helping.conftest import moment
from tests.makers import TODAY, a_paper, writing

WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


def paired(zone) -> None:
    with zone.at(zone.leader) as desk:
        pairing.pair(desk, zone.firm, Chosen(zone.leader.id, zone.officer.id, zone.second.id))


def raised(zone, day=TODAY, hour=10, minute=0, **facts) -> HelpRequest:
    with zone.at(zone.signatory, day, hour, minute) as desk:
        return requests.raise_(desk, zone.firm, Topic.ENERGY, "供电增容", "变压器容量不足，影响投产", **facts)


def now(zone, one) -> HelpRequest:
    (found,) = zone.read(HelpRequest, HelpRequest.id == one.id)
    return found


def does(zone, who, one, deed, *rest, day=TODAY, hour=11):
    with zone.at(who, day, hour) as desk:
        deed(desk, desk.get(HelpRequest, one.id), *rest)


def test_a_request_is_numbered_told_to_helper_and_deputy_and_due_in_two_working_hours(zone):
    paired(zone)
    one = raised(zone, hour=11)
    assert (one.number, one.helper, one.sign_by.replace(microsecond=0)) == ("BF2026-0001", "周经办", moment(TODAY, 15))
    assert {to["user"] for to in zone.notices("request.raise")} == {zone.officer.id, zone.second.id}


def test_without_a_helper_every_officer_is_told(zone):
    raised(zone)
    assert zone.notices("request.raise") == [{"role": "officer"}]


@pytest.mark.parametrize(
    ("span", "due"),
    [(Span.QUICK, date(2026, 11, 24)), (Span.USUAL, date(2026, 11, 30)), (Span.LONG, date(2026, 12, 7))],
)
def test_signing_says_by_which_working_day_it_is_answered(zone, span, due):
    one = raised(zone)
    does(zone, zone.officer, one, requests.sign, span)
    assert (now(zone, one).due_on, now(zone, one).signer) == (due, "周经办")
    assert zone.notices("request.sign") == [{"firm": zone.firm.id}]


def test_only_the_firm_closes_and_the_rating_is_hidden_from_who_handled_it(zone):
    paired(zone)
    one = raised(zone)
    does(zone, zone.officer, one, requests.sign, Span.QUICK)
    does(zone, zone.officer, one, requests.answer, "供电公司 11 月 28 日增容")
    with pytest.raises(NotAllowed):
        does(zone, zone.officer, one, requests.close, Grade.FIVE)
    does(zone, zone.signatory, one, requests.close, Grade.TWO, "太慢")
    assert now(zone, one).state is RequestState.CLOSED
    for who, seen in ((zone.officer, 0), (zone.second, 1), (zone.leader, 1), (zone.signatory, 1)):
        with zone.at(who) as desk:
            assert len(desk.all(HelpRating)) == seen


def test_it_is_opened_again_once_with_the_same_days_and_the_second_answer_is_final(zone):
    paired(zone)
    one = raised(zone)
    does(zone, zone.officer, one, requests.sign, Span.USUAL)
    does(zone, zone.officer, one, requests.answer, "请找供电公司", day=WEDNESDAY)
    does(zone, zone.signatory, one, requests.reopen, "没有人受理", day=FRIDAY)
    again = now(zone, one)
    assert (again.state, again.first_due_on, again.due_on) == (
        RequestState.REOPENED,
        date(2026, 11, 30),
        date(2026, 12, 4),
    )
    assert {"user": zone.leader.id} in zone.notices("request.reopen")
    does(zone, zone.officer, one, requests.answer, "已陪同办理", day=date(2026, 12, 1))
    with pytest.raises(WrongState):
        does(zone, zone.signatory, one, requests.reopen, "仍不满意", day=date(2026, 12, 2))
    does(zone, zone.signatory, one, requests.close, Grade.THREE, day=date(2026, 12, 2))
    with zone.at(zone.signatory) as desk:
        told = views.request(desk, desk.get(HelpRequest, one.id))
    assert [word.text for word in told.words] == ["请找供电公司", "没有人受理", "已陪同办理"]


def test_who_should_have_signed_hears_of_it_the_same_day_and_the_ladder_climbs_from_that_day(zone):
    paired(zone)
    one = raised(zone)  # to be signed by noon
    zone.runs(TODAY, 11)
    assert zone.told(one) == []
    for hour in (13, 13, 17):
        zone.runs(TODAY, hour)
    assert zone.told(one) == [(TODAY, "helper")]
    zone.runs(date(2026, 11, 26))  # three working days later
    assert zone.told(one) == [(TODAY, "helper"), (TODAY, "section")]
    assert zone.notices("request.escalate")[0] == {"user": zone.officer.id}


def test_a_signed_request_climbs_by_its_own_day_also_after_a_downtime(zone):
    one = raised(zone)
    does(zone, zone.officer, one, requests.sign, Span.QUICK)
    due = date(2026, 11, 24)
    zone.runs(due)
    assert zone.told(one) == []
    zone.runs(date(2027, 1, 15))
    zone.runs(date(2027, 1, 15))
    assert zone.told(one) == [(due, rung) for rung in ("director", "helper", "leader", "section")]


def test_a_firm_that_forgets_to_close_is_reminded_once_for_each_answer(zone):
    one = raised(zone)
    does(zone, zone.officer, one, requests.sign, Span.QUICK)
    does(zone, zone.officer, one, requests.answer, "已办")
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)):
        zone.runs(day)
    assert len(zone.notices("request.remind")) == 1
    does(zone, zone.signatory, one, requests.reopen, "没有办好", day=date(2026, 12, 3))
    does(zone, zone.officer, one, requests.answer, "再次办理", day=date(2026, 12, 4))
    for day in range(5, 31):
        zone.runs(date(2026, 12, day))
    assert len(zone.notices("request.remind")) == 2


def test_words_and_papers_of_either_side_are_told_to_the_other(zone):
    paired(zone)
    one = raised(zone)
    with writing(zone.database) as session:
        paper = a_paper(session, zone.firm)
    does(zone, zone.signatory, one, requests.add_word, "附上报装申请", paper)
    does(zone, zone.second, one, requests.add_word, "已转供电公司")
    assert zone.notices("request.add") == [{"user": zone.officer.id}, {"firm": zone.firm.id}]
    with zone.at(zone.leader) as desk:
        words = views.request(desk, desk.get(HelpRequest, one.id)).words
    assert [(word.side.value, word.paper_id) for word in words] == [("firm", paper.id), ("zone", None)]


def test_a_withdrawn_request_neither_climbs_nor_counts(zone):
    one = raised(zone)
    does(zone, zone.signatory, one, requests.withdraw)
    zone.runs(TODAY + timedelta(days=60))
    assert (zone.told(one), now(zone, one).state) == ([], RequestState.WITHDRAWN)
