from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.acts import Act
from financing.clock_refusals import ToldBefore
from financing.journal import Entry
from financing.money import Fen, Rate
from financing.needs import returns, service
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose, Security
from financing.outbox import Outgoing
from financing.papers.rules import PaperKind
from financing.parties import service as parties
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.refusals import FirmUnconfirmed, Impossible, Incomplete, NotAllowed, NotFound, NotText, WrongState
from tests.makers import TODAY, a_firm, a_need, a_paper, a_user, at, writing

ASKED = {
    "amount": Fen.wan(120), "months": 12, "purpose": Purpose.WORKING_CAPITAL, "use": "采购铜材原料", "latest": date(2027, 3, 31),
    "wish": Rate.percent("3.8"), "security": Security.RECEIVABLES,
}  # fmt: skip


class Cast:
    """A firm with its two people, and an officer."""

    def __init__(self, database, **facts):
        with writing(database) as session:
            firm = a_firm(session, **facts)
            a_paper(session, firm)
            self.firm = firm.id
            self.signatory = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
            self.clerk = a_user(session, Role.CLERK, firm_id=firm.id).actor
            self.officer = a_user(session, Role.OFFICER, name="陈经办").actor

    def need(self, database, **facts):
        with writing(database) as session:
            return a_need(session, session.get(Firm, self.firm), **facts).id


@pytest.fixture
def cast(database):
    return Cast(database)


def do(database, actor, act, need, *args, **kw):
    with at(database, actor) as desk:
        act(desk, desk.get(Need, need), *args, **kw)
    with writing(database) as session:
        return session.get(Need, need)


def test_a_need_goes_from_draft_to_acceptance(database, cast):
    with at(database, cast.clerk) as desk:
        need = service.draft(desk, desk.get(Firm, cast.firm), **ASKED)
    assert need.number == "XQ2026-0001"
    handed_in = do(database, cast.signatory, service.submit, need.id)
    assert (handed_in.state, handed_in.submitted_on, handed_in.due_on) == (
        NeedState.SUBMITTED,
        TODAY,
        date(2026, 11, 30),
    )
    accepted = do(database, cast.officer, service.accept, need.id)
    assert (accepted.state, accepted.officer_id, accepted.officer_name) == (
        NeedState.ACCEPTED,
        cast.officer.id,
        "陈经办",
    )
    with writing(database) as session:
        acts = [e.act for e in session.scalars(select(Entry).order_by(Entry.seq))]
        told = [row.payload["to"] for row in session.scalars(select(Outgoing).order_by(Outgoing.due_at, Outgoing.id))]
    assert acts == [Act.DRAFT_NEED, Act.SUBMIT_NEED, Act.ACCEPT_NEED]
    assert sorted(map(str, told)) == sorted([str({"role": "officer"}), str({"firm": cast.firm})])


def test_the_clock_counts_working_days_with_the_swaps(database, cast):
    need = cast.need(database)
    thursday_before_new_year = datetime(2026, 9, 29, 2, tzinfo=UTC)
    with at(database, cast.signatory, thursday_before_new_year) as desk:
        mine = desk.get(Need, need)
        service.submit(desk, mine)
        assert mine.due_on == desk.calendar.after(date(2026, 9, 29), 5).day > date(2026, 10, 7)


def test_a_returned_need_is_mended_and_handed_in_again_with_a_new_clock(database, cast):
    need = cast.need(database)
    do(database, cast.signatory, service.submit, need)
    back = do(database, cast.officer, service.give_back, need, "请补充 2025 年报表。\n另请核对用途。")
    assert (back.state, back.due_on, back.reason) == (NeedState.RETURNED, None, "请补充 2025 年报表。\n另请核对用途。")
    do(database, cast.clerk, service.edit, need, **ASKED)
    again = do(database, cast.signatory, service.submit, need)
    assert (again.state, again.reason, again.due_on) == (NeedState.SUBMITTED, "", date(2026, 11, 30))


def test_a_second_return_names_only_what_is_new(database, cast):
    need = cast.need(database)
    do(database, cast.signatory, service.submit, need)
    do(database, cast.officer, service.give_back, need, "请补充 2025 年报表。\n另请核对用途。")
    do(database, cast.signatory, service.submit, need)
    for said in ("另请核对用途", "许可证已到期，请换新。\n 请补充2025年报表 ；"):
        with pytest.raises(ToldBefore):
            do(database, cast.officer, service.give_back, need, said)
    with at(database, cast.officer, write=False) as desk:
        assert (returns.times(desk, desk.get(Need, need)), returns.repeats(desk)) == (1, 0)
        assert returns.unsaid(desk, desk.get(Need, need), ["另请核对用途。", "缺少：章程"]) == ["缺少：章程"]
    do(database, cast.officer, service.give_back, need, "许可证已到期，请换新。")
    do(database, cast.signatory, service.submit, need)
    with pytest.raises(ToldBefore):
        do(database, cast.officer, service.give_back, need, "许可证已到期，请换新。")
    with at(database, cast.officer, write=False) as desk:
        assert returns.repeats(desk) == 1
    other = cast.need(database)
    do(database, cast.signatory, service.submit, other)
    do(database, cast.officer, service.give_back, other, "另请核对用途。")  # another need is told for the first time


def test_the_reason_is_in_the_journal_only_as_a_commitment(database, cast):
    need = cast.need(database)
    do(database, cast.signatory, service.submit, need)
    do(database, cast.officer, service.give_back, need, "机密的原因")
    with writing(database) as session:
        line = session.scalars(select(Entry).where(Entry.act == Act.RETURN_NEED)).one()
    assert "机密" not in str(line.body) and line.body["facts"]["reason"]["committed"]


def test_only_the_signatory_binds_the_firm(database, cast):
    need = cast.need(database)
    for act in (service.submit, service.withdraw):
        with pytest.raises(NotAllowed):
            do(database, cast.clerk, act, need)


def test_a_firm_hands_in_before_it_is_confirmed_and_nobody_accepts_until_it_is(database):
    cast = Cast(database, state=FirmState.REGISTERED)
    need = cast.need(database)
    assert do(database, cast.signatory, service.submit, need).due_on == date(2026, 11, 30)
    with pytest.raises(FirmUnconfirmed):
        do(database, cast.officer, service.accept, need)
    with at(database, cast.officer) as desk:
        parties.confirm(desk, desk.get(Firm, cast.firm))
    assert do(database, cast.officer, service.accept, need).state is NeedState.ACCEPTED


@pytest.mark.parametrize(
    ("kinds", "passes"), [((), False), (("licence",), False), (("invoices",), True), (("statements",), True)]
)
def test_a_need_cannot_go_without_figures(sqlite_database, kinds, passes):
    with writing(sqlite_database) as session:
        firm = a_firm(session)
        for kind in kinds:
            a_paper(session, firm, kind=PaperKind(kind))
        need, owner = a_need(session, firm).id, a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
    if passes:
        assert do(sqlite_database, owner, service.submit, need).state is NeedState.SUBMITTED
    else:
        with pytest.raises(Incomplete):
            do(sqlite_database, owner, service.submit, need)


@pytest.mark.parametrize("change", [{"amount": Fen(0)}, {"months": 61}, {"latest": date(2026, 11, 22)}, {"use": " "}])
def test_an_impossible_need_is_neither_begun_nor_saved(sqlite_database, change):
    cast = Cast(sqlite_database)
    with at(sqlite_database, cast.clerk) as desk, pytest.raises(Impossible):
        service.draft(desk, desk.get(Firm, cast.firm), **(ASKED | change))
    with pytest.raises(Impossible):
        do(sqlite_database, cast.clerk, service.edit, cast.need(sqlite_database), **(ASKED | change))


def test_a_draft_that_waited_too_long_or_came_through_a_broker_is_not_handed_in(sqlite_database):
    cast = Cast(sqlite_database)
    for facts in ({"latest": date(2026, 1, 1)}, {"no_broker": False}):
        with pytest.raises(Impossible):
            do(sqlite_database, cast.signatory, service.submit, cast.need(sqlite_database, **facts))


def test_a_return_without_a_reason_is_no_return(sqlite_database):
    cast = Cast(sqlite_database)
    need = cast.need(sqlite_database, state=NeedState.SUBMITTED)
    with pytest.raises(NotText):
        do(sqlite_database, cast.officer, service.give_back, need, "  ")


def test_an_officer_never_sees_a_draft_and_accepts_nothing_twice(database, cast):
    need = cast.need(database)
    with pytest.raises(NotFound):
        do(database, cast.officer, service.accept, need)
    do(database, cast.signatory, service.submit, need)
    do(database, cast.officer, service.accept, need)
    with pytest.raises(WrongState):
        do(database, cast.officer, service.accept, need)


def test_a_withdrawn_need_is_at_its_end_and_its_officer_is_told(database, cast):
    need = cast.need(database)
    do(database, cast.signatory, service.submit, need)
    do(database, cast.officer, service.accept, need)
    gone = do(database, cast.signatory, service.withdraw, need)
    assert (gone.state, gone.due_on) == (NeedState.WITHDRAWN, None)
    with writing(database) as session:
        assert {"user": cast.officer.id} in [row.payload["to"] for row in session.scalars(select(Outgoing))]
    with pytest.raises(WrongState):
        do(database, cast.signatory, service.submit, need)


def test_a_withdrawn_draft_tells_nobody(sqlite_database):
    cast = Cast(sqlite_database)
    do(sqlite_database, cast.signatory, service.withdraw, cast.need(sqlite_database))
    with writing(sqlite_database) as session:
        assert not list(session.scalars(select(Outgoing)))
