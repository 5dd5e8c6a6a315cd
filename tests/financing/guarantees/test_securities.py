"""No firm is asked for more than its grade allows, and what it was asked stands on one list from asking to release (F40)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import Role
from financing.guarantees import limits, securities, security_views, service
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document, Filed
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import Vote
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityKind as K
from financing.guarantees.security_rules import SecurityState as S
from financing.money import Fen
from financing.needs.model import Need
from financing.price_refusals import AboveSecurityCap, GuaranteeStands, NotRegistrable, SecurityFixed, SecurityStands
from financing.refusals import NotAllowed, NotFound, OutOfRange, WrongState
from tests.makers import TODAY, a_user, at, writing

#: Grade A in the table of 2026: joint liability, equity, receivables and orders; things worth 30 % of 120万元 at most.
MOST = Fen.wan(36)
CONTRACT = Filed(DocumentKind.AGREEMENT, "合同.pdf", "application/pdf", 10, "0" * 64, "b" * 64)


def asks(zone, case, kind=K.EQUITY, value=MOST, about="张明持有的股权"):
    with at(zone.database, zone.officer.actor) as desk:
        return securities.ask(desk, desk.get(GuaranteeCase, case.id), kind, value, about)


def does(zone, one, act, *more, who=None):
    with at(zone.database, (who or zone.officer).actor) as desk:
        act(desk, desk.get(CounterGuarantee, one.id), *more)


def on_case(zone, case, act, *more):
    with at(zone.database, zone.officer.actor) as desk:
        return act(desk, desk.get(GuaranteeCase, case.id), *more)


def listed(zone, case):
    with at(zone.database, zone.officer.actor) as desk:
        return [(one.kind, one.state) for one in securities.of_case(desk, desk.get(GuaranteeCase, case.id))]


def decided(zone, case, vote=Vote.FOR):
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user, vote)
    return zone.seals(case)


def test_things_are_asked_up_to_the_cap_and_not_a_fen_beyond(zone):
    case = zone.case()
    asks(zone, case, K.LIABILITY, Fen.wan(999), "张明及配偶")  # a promise has no value of its own
    asks(zone, case, K.EQUITY, Fen.wan(20))
    with pytest.raises(AboveSecurityCap) as refusal:
        asks(zone, case, K.RECEIVABLES, Fen(Fen.wan(16).fen + 1))
    assert refusal.value.facts == {
        "grade": "A",
        "kinds": (K.LIABILITY, K.EQUITY, K.RECEIVABLES, K.ORDERS),
        "most": MOST,
    }
    second = asks(zone, case, K.RECEIVABLES, Fen.wan(16))
    does(zone, second, securities.waive, "金额很小")
    asks(zone, case, K.ORDERS, Fen.wan(16))  # what is waived leaves room
    assert [one[1] for one in listed(zone, case)] == [S.ASKED, S.ASKED, S.WAIVED, S.ASKED]


@pytest.mark.parametrize("kind", [K.EQUIPMENT, K.INTELLECTUAL, K.RENT, K.NOTHING])
def test_a_kind_the_grade_does_not_name_is_not_asked(zone, kind):
    case = zone.case()
    with pytest.raises(AboveSecurityCap):
        asks(zone, case, kind, Fen(1))


def test_a_thing_has_a_value_and_words(zone):
    case = zone.case()
    with pytest.raises(OutOfRange):
        asks(zone, case, K.EQUITY, Fen(0))


def test_forgoing_and_asking_exclude_each_other(zone):
    case, other = zone.case(), zone.case()
    said = on_case(zone, case, securities.forgo, "等级优良，金额不大")
    assert (said.state, said.why) == (S.WAIVED, "等级优良，金额不大")
    for again in (lambda: asks(zone, case), lambda: on_case(zone, case, securities.forgo, "再说一次")):
        with pytest.raises(SecurityStands):
            again()
    one = asks(zone, other)
    with pytest.raises(SecurityStands):
        on_case(zone, other, securities.forgo, "不要了")
    does(zone, one, securities.waive, "评估不值")
    on_case(zone, other, securities.forgo, "不要了")
    assert listed(zone, other) == [(K.EQUITY, S.WAIVED), (K.NOTHING, S.WAIVED)]


def test_nothing_is_added_once_the_case_is_on_an_agenda(zone):
    case = zone.case()
    one = asks(zone, case)
    zone.meeting(case)
    with pytest.raises(SecurityFixed):
        asks(zone, case, K.LIABILITY)
    with pytest.raises(SecurityFixed):
        on_case(zone, case, securities.forgo, "晚了")
    for user in zone.everybody:
        zone.votes(case, user)
    sealed = zone.seals(case)
    assert sealed.record["securities"] == [
        {"number": 1, "kind": "equity", "about": "张明持有的股权", "value": MOST.fen, "state": "asked", "why": ""}
    ]
    with pytest.raises(SecurityFixed):
        asks(zone, case, K.LIABILITY)
    does(zone, one, securities.waive, "企业已提供订单")


def test_from_the_contract_to_the_register_and_the_release(zone):
    case = zone.case()
    promise, equity = asks(zone, case, K.LIABILITY, Fen(0), "张明及配偶"), asks(zone, case)
    decided(zone, case)
    with pytest.raises(WrongState):
        does(zone, equity, securities.register, "股质 0001", TODAY)
    does(zone, promise, securities.give, CONTRACT)
    does(zone, equity, securities.give, CONTRACT)
    with pytest.raises(NotRegistrable):
        does(zone, promise, securities.register, "1", TODAY)
    with pytest.raises(OutOfRange):
        does(zone, equity, securities.register, "股质 0001", TODAY + timedelta(days=1))
    does(zone, equity, securities.register, "股质 0001", TODAY)
    with pytest.raises(GuaranteeStands):
        on_case(zone, case, securities.release)
    with at(zone.database, zone.officer.actor) as desk:
        here = desk.get(GuaranteeCase, case.id)
        limits.release(desk, here)
        securities.release(desk, here)
    assert listed(zone, case) == [(K.LIABILITY, S.RELEASED), (K.EQUITY, S.RELEASED)]
    kept = zone.get(CounterGuarantee, equity.id)
    assert (kept.register_no, kept.registered_on, kept.ended_by) == ("股质 0001", TODAY, zone.officer.id)
    with writing(zone.database) as session:
        papers = session.scalars(select(Document).where(Document.subject_id == equity.id)).all()
    assert [paper.firm_id for paper in papers] == [case.firm_id]


def test_what_was_asked_is_never_rewritten_or_removed(zone):
    case = zone.case()
    one = asks(zone, case)
    does(zone, one, securities.waive, "评估不值")
    for statement in (
        "UPDATE counter_guarantee SET value = 1", "UPDATE counter_guarantee SET kind = 'rent'", "DELETE FROM counter_guarantee",
        "UPDATE counter_guarantee SET state = 'asked', why = ''",
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
            session.execute(text(statement))
    with pytest.raises(WrongState):
        does(zone, one, securities.give, CONTRACT)


def test_two_officers_together_never_ask_past_the_cap(zone):
    case = zone.case()

    def tries(_):
        try:
            return asks(zone, case, K.ORDERS, Fen.wan(20)) is not None
        except AboveSecurityCap:
            return False

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(tries, range(3))) == 1


def test_the_firm_sees_its_own_list_and_nobody_elses_and_only_officers_write_it(zone):
    case, other = zone.case(), zone.case()
    asks(zone, case), asks(zone, other)
    with writing(zone.database) as session:
        firm = a_user(session, Role.SIGNATORY, firm_id=case.firm_id)
        banker = a_user(session, Role.BANKER)
    with at(zone.database, firm.actor) as desk:
        found = security_views.of_case(desk, desk.get(GuaranteeCase, case.id))
        assert ([line.one.kind for line in found.lines], found.most, found.taken) == ([K.EQUITY], MOST, MOST)
        assert not (found.may_ask or found.may_forgo or found.may_release or any(line.acts for line in found.lines))
        assert [one.case_id for one in desk.all(CounterGuarantee)] == [case.id]
        with pytest.raises(NotAllowed):
            securities.waive(desk, found.lines[0].one, "自己免除")
    with at(zone.database, banker.actor) as desk, pytest.raises(NotFound):
        desk.get(CounterGuarantee, found.lines[0].one.id)


def test_the_register_lists_every_case_and_a_dropped_case_lets_go(zone):
    case = zone.case()
    asks(zone, case)
    with at(zone.database, zone.officer.actor) as desk:
        rows = security_views.register(desk).rows
        assert [(row.case, row.one.kind) for row in rows] == [(case.number, K.EQUITY)]
        assert security_views.register(desk, S.RELEASED).rows == ()
    decided(zone, case, Vote.AGAINST)
    on_case(zone, case, securities.release)
    assert listed(zone, case) == [(K.EQUITY, S.RELEASED)]


def test_a_case_of_before_the_table_is_capped_by_its_score(zone):
    need = zone.need()
    with at(zone.database, zone.officer.actor) as desk:
        case = service.open_case(desk, desk.get(Need, need.id), opinion="建议同意")
        case.price = {}
    with at(zone.database, zone.officer.actor) as desk:
        assert securities.cap(desk, desk.get(GuaranteeCase, case.id)).grade == "A"
