"""What two people do with a case: the flow held against a table kept by hand, letters without a word of who reported, outcomes (F59)."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing.access import RULES, SYSTEM, Role
from financing.acts import Act
from financing.conduct import cases, posts, reports, service
from financing.conduct.model import ConductLetter, HandlerPost
from financing.conduct.rules import (
    FLOW,
    ConductOutcome,
    ConductState,
    Practice,
    Seat,
    Source,
    Telling,
    Word,
    flagged,
    gives_away,
    plain_name,
)
from financing.conduct_refusals import Answered, NamesReporter, NotAgreed, NotForThisSeat, OneSeatEach, OutcomeDiffers
from financing.desk import Desk
from financing.journal import Entry
from financing.money import Fen
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.financing.conduct.conftest import seated
from tests.financing.test_access import LETTERS, actor
from tests.makers import NOW, TODAY, at, writing

#: What leads where, as the rules of handling say it; never taken from the product's own table.
STEPS = {
    ("received", "conduct.look_into"): "looking",
    ("looking", "conduct.ask_bank"): "asked",
    ("asked", "conduct.answer_letter"): "looking",
    ("looking", "conduct.find_breach"): "found",
    ("asked", "conduct.find_breach"): "found",
    ("looking", "conduct.find_nothing"): "not_found",
    ("asked", "conduct.find_nothing"): "not_found",
    ("looking", "conduct.refer"): "referred",
    ("asked", "conduct.refer"): "referred",
    ("found", "conduct.close"): "closed",
    ("not_found", "conduct.close"): "closed",
    ("referred", "conduct.close"): "closed",
}
HEARD = {(state.value, "conduct.hear"): state.value for state in ConductState}
HANDLERS_ACTS = {
    "conduct.look_into",
    "conduct.ask_bank",
    "conduct.find_breach",
    "conduct.find_nothing",
    "conduct.refer",
    "conduct.close",
}


def test_I16_the_flow_is_the_table():
    assert {(state.value, act.value): to.value for (state, act), to in FLOW.moves.items()} == STEPS | HEARD


def test_I16_of_all_acts_only_the_two_on_the_seats_take_the_handlers_steps():
    for act in map(Act, sorted(HANDLERS_ACTS | {"conduct.open_reporter", "conduct.open_evidence"})):
        assert RULES[act].roles == {Role.OFFICER, Role.LEADER}
        for letter in LETTERS:
            who = actor(letter, firm_id=1, bank_id=1)
            own = SimpleNamespace(firm_id=1, bank_id=1, handlers=frozenset({7, 8}))
            strange = SimpleNamespace(firm_id=1, bank_id=1, handlers=frozenset({8, 9}))
            assert RULES[act].test(who, own) is (letter in "OL"), (act, letter)
            assert not RULES[act].test(who, strange)
            assert not RULES[act].test(who, SimpleNamespace(firm_id=1, bank_id=1))


@given(kept=st.integers(1, 10**12), paid=st.integers(1, 10**12), gap=st.integers(-20, 20))
def test_a_deposit_is_a_sign_from_a_twentieth_within_a_week(kept, paid, gap):
    on = date(2026, 11, 23)
    expected = kept * 20 >= paid and -7 <= gap <= 7
    assert flagged(Fen(kept), Fen(paid), on + timedelta(days=gap), on, share_ppm=50_000, days=7) is expected


def test_the_threshold_by_hand():
    on = date(2026, 11, 23)
    million, rule = Fen(100_000_000), {"share_ppm": 50_000, "days": 7}
    assert flagged(Fen(5_000_000), million, date(2026, 11, 30), on, **rule)
    assert not flagged(Fen(4_999_999), million, on, on, **rule)
    assert not flagged(Fen(5_000_000), million, date(2026, 12, 1), on, **rule)


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("绝密铜业有限公司反映，贵行收取费用", Telling.FIRM),
        ("绝 密\n铜业 反映", Telling.FIRM),
        ("关于 xq2026-0007 一笔", Telling.NEED),
        ("请说明十一月以来搭售保险的情况", None),
    ],
)
def test_a_letter_that_would_tell_is_recognised(letter, kind):
    secrets = [(Telling.FIRM, plain_name("绝密铜业有限公司")), (Telling.NEED, "XQ2026-0007"), (Telling.PERSON, "")]
    assert gives_away(letter, secrets) is kind


def test_a_report_goes_its_way_to_an_answer_that_its_author_reads(zone):
    case = zone.looking(named=True)
    with pytest.raises(NamesReporter) as refused:
        zone.handled(case.id, lambda desk, held: cases.ask_bank(desk, held, f"{zone.firm.name}反映"))
    assert refused.value.facts["word"] is Telling.FIRM
    zone.handled(case.id, lambda desk, held: cases.ask_bank(desk, held, "请说明搭售保险的情况"))
    with at(zone.database, zone.bank_admin.actor, NOW + timedelta(days=9)) as desk:
        (letter,) = desk.all(ConductLetter)
        assert zone.firm.name not in f"{letter.asks}{letter.number}"
        cases.answer_letter(desk, letter, "经查，客户经理曾要求投保，已退保")
        with pytest.raises(Answered):
            cases.answer_letter(desk, letter, "再说一次")
    zone.handled(case.id, lambda desk, held: cases.find(desk, held, Act.FIND_BREACH, "银行已承认"), zone.second)
    with pytest.raises(OutcomeDiffers):
        zone.handled(case.id, lambda desk, held: cases.close(desk, held, ConductOutcome.UNPROVEN, "…"))
    zone.handled(case.id, lambda desk, held: cases.close(desk, held, ConductOutcome.REPAID, "银行已退还保费"))
    (done,) = zone.cases()
    assert (done.state, done.outcome, done.closed_on) == (
        ConductState.CLOSED,
        ConductOutcome.REPAID,
        TODAY + timedelta(days=8),
    )
    with at(zone.database, SYSTEM, write=False) as desk:
        (own,) = reports.of(desk, zone.clerk.actor)
    assert own.answer == "银行已退还保费"
    with pytest.raises(WrongState):
        zone.handled(case.id, lambda desk, held: cases.look_into(desk, held, "再来"))


def test_a_bank_is_not_asked_before_who_reported_agrees(zone):
    case = zone.looking()
    with pytest.raises(NotAgreed):
        zone.handled(case.id, lambda desk, held: cases.ask_bank(desk, held, "请说明"))
    with at(zone.database, SYSTEM, NOW + timedelta(days=8)) as desk:
        reports.add(desk, reports.of(desk, zone.clerk.actor)[0], Word.AGREES, "同意", once="yes")
    zone.handled(case.id, lambda desk, held: cases.ask_bank(desk, held, "请说明"))
    assert zone.cases()[0].state is ConductState.ASKED


def test_a_letter_is_its_banks_alone_and_its_notice_names_nobody(zone):
    case = zone.looking(named=True)
    letter = zone.handled(case.id, lambda desk, held: cases.ask_bank(desk, held, "请说明"))
    for who in (zone.banker, zone.officer, zone.clerk, zone.auditor):
        with at(zone.database, who.actor, write=False) as desk, pytest.raises(NotFound):
            desk.get(ConductLetter, letter.id)
    with at(zone.database, zone.banker.actor) as desk, pytest.raises(NotAllowed):
        cases.answer_letter(desk, desk.session.get_one(ConductLetter, letter.id), "不是我的事")
    (told,) = [one for one in zone.notices() if one["code"] == Act.ASK_BANK.value]
    assert told == {
        "to": {"bank": zone.banks[0].id, "role": "bank_admin"}, "code": "conduct.ask_bank", "subject": letter.id, "number": case.number,
    }  # fmt: skip


def test_clocks_run_in_working_days_and_remind_once(zone):
    case = zone.looking()
    # Registered on Monday 30 November 2026: five working days on is Monday 7 December, thirty is Tuesday 12 January 2027
    # (1 January is a holiday: 30 days counted on the zone's own calendar, which knows 2026; the later year is provisional).
    assert case.begin_by == date(2026, 12, 7)
    with at(zone.database, SYSTEM, NOW + timedelta(days=90)) as desk:
        assert cases.waiting(desk) == [case.id]
        cases.look_at(desk, case.id)
        cases.look_at(desk, case.id)
    assert case.answer_by > case.begin_by


def test_other_rooms_open_a_case_within_their_own_act(zone):
    with at(zone.database, zone.officer.actor) as desk:
        made = service.open_case(
            desk, bank_id=zone.banks[1].id, practice=Practice.PROMISE_BROKEN, source=Source.BRIDGE, firm_id=zone.firm.id,
            subject_id=7, facts={"days": 12},
        )  # fmt: skip
    with writing(zone.database) as session:
        (line,) = session.scalars(select(Entry).where(Entry.act == Act.RECEIVE_CONDUCT))
    assert (line.subject_id, line.actor_id, line.bank_id) == (made.id, zone.officer.id, None)
    assert zone.handled(made.id, lambda _desk, held: held.facts) == {"days": 12}


@pytest.mark.parametrize(
    "wrong",
    [
        {"firm_id": 1, "report_id": 2, "source": "report"},
        {"report_id": None, "source": "report"},
        {"report_id": 2, "source": "bridge"},
        {"state": "closed"},
    ],
)
def test_the_database_itself_keeps_a_confided_case_without_a_firm(zone, wrong):
    zone.report()
    zone.a_week_on()
    (case,) = zone.cases()
    sets = ", ".join(f"{name} = :{name}" for name in wrong)
    with pytest.raises((IntegrityError, DBAPIError)), zone.database.writer.begin() as connection:
        connection.execute(text(f"UPDATE conduct_case SET {sets} WHERE id = :key"), wrong | {"key": case.id})


def test_seats_take_two_people_and_fit_who_sits_there(zone):
    when = NOW + timedelta(hours=1)

    def proposed(desk: Desk, seat: Seat, user):
        return posts.propose(desk, seat, user, TODAY)

    with at(zone.database, zone.admins[0].actor, when) as desk:
        for seat, user, refusal in (
            (Seat.LEADING, zone.officer, NotForThisSeat),
            (Seat.SECOND, zone.auditor, NotForThisSeat),
            (Seat.SECOND, zone.leader, OneSeatEach),
        ):
            with pytest.raises(refusal):
                proposed(desk, seat, user)
        post = proposed(desk, Seat.SECOND, zone.officer)
        with pytest.raises(NotAllowed):
            posts.adopt(desk, post)
    with at(zone.database, zone.chair.actor, when) as desk:
        posts.turn_down(desk, desk.get(HandlerPost, post.id))
        assert posts.holders(desk) == {Seat.LEADING: zone.leader.id, Seat.SECOND: zone.second.id}
    seated(zone, Seat.SECOND, zone.officer, when=when)
    with at(zone.database, zone.chair.actor, when) as desk:
        assert posts.holders(desk)[Seat.SECOND] == zone.officer.id


def test_an_empty_seat_is_told_to_administrators(zone):
    seated(zone, Seat.SECOND, None, when=NOW + timedelta(minutes=1))
    zone.report()
    zone.a_week_on()
    told = [one["to"] for one in zone.notices() if one["code"] == Act.RECEIVE_CONDUCT.value]
    assert sorted(told, key=str) == sorted([{"user": zone.leader.id}, {"role": "admin"}], key=str)
