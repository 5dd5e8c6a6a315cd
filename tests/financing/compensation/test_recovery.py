"""Recovery of what was paid for a firm: always a next step, parts paid on by two people, closed when nothing is left (F49)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Role
from financing.case_refusals import SamePerson
from financing.compensation import payables, recovery, recovery_late
from financing.compensation.recovery import Done
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare
from financing.compensation.recovery_rules import LimitKind, RecoveryState, ShareState, Step
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.sharing import Party
from financing.letter_refusals import EvidenceMissing
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.outbox import Outgoing
from financing.recovery_refusals import AfterLimit, PartNotIn, SharesUnpaid, StillOwed
from financing.refusals import NotAllowed, OutOfRange, WrongState
from tests.financing.compensation.conftest import DAY, moment
from tests.financing.letters.conftest import filed
from tests.makers import NOW, TODAY, a_user, writing

E, P, H = EntryKind, Party, ShareState


def paid(claims, amount: Fen | None = None) -> RecoveryCase:
    claims.room.books(claims.guarantee, E.COMPENSATED, amount or Fen.wan(80))
    return case(claims)


def case(claims) -> RecoveryCase:
    with writing(claims.database) as session:
        return session.scalars(select(RecoveryCase).order_by(RecoveryCase.opened_at, RecoveryCase.number)).all()[-1]


def does(claims, step: Step, *, cost: Fen | None = None, now=NOW, next_on=None, on=None, paper=True, actor=None):
    key = case(claims).id
    with claims.at(actor or claims.officer, now) as desk:
        kind = DocumentKind.JUDGMENT if step in (Step.JUDGMENT, Step.WRITE_OFF) else DocumentKind.PROOF
        done = Done(
            step, on or desk.today, "已办理", cost or Fen(0), Step.SUE, next_on or desk.today + 10 * DAY, "准备起诉材料",
            filed(kind) if paper else None,
        )  # fmt: skip
        recovery.record(desk, desk.get(RecoveryCase, key), done)


def comes(claims, amount: Fen) -> None:
    claims.room.books(claims.guarantee, E.RECOVERED, amount)


def shares(claims) -> list[RecoveryShare]:
    with writing(claims.database) as session:
        return list(session.scalars(select(RecoveryShare).order_by(RecoveryShare.id)))


def had(claims) -> dict[Party, int]:
    sums: dict[Party, int] = {}
    for one in shares(claims):
        if not one.for_costs:
            sums[one.party] = sums.get(one.party, 0) + one.amount.fen
    return sums


def closes(claims) -> None:
    key = case(claims).id
    with claims.at(claims.officer) as desk:
        recovery.close(desk, desk.get(RecoveryCase, key), "全部追回")


def orders(claims, share, actor=None) -> None:
    with claims.at(actor or claims.officer) as desk:
        payables.order(desk, desk.get(RecoveryShare, share.id), on=desk.today, filed=filed())


def pays(claims, share, actor=None) -> None:
    with claims.at(actor or claims.fund) as desk:
        payables.pay(desk, desk.get(RecoveryShare, share.id))


def all_in(claims) -> None:
    """The other parties have paid their parts of the payment."""
    for party, one in claims.parts().items():
        if party is not P.GUARANTOR:
            claims.asks(one)
            claims.receives(one)


def told(claims, code: str) -> list[dict]:
    with writing(claims.database) as session:
        return [row.payload["to"] for row in session.scalars(select(Outgoing)) if row.payload.get("code") == code]


def test_a_payment_opens_a_case_with_an_owner_a_next_step_its_day_and_the_three_years(claims):
    here = paid(claims)
    assert here.number.startswith("ZC")
    assert (here.state, here.next_step) == (RecoveryState.OPEN, Step.DEMAND)
    assert here.owner_id == claims.officer.id
    assert here.next_on is not None
    assert here.next_on > TODAY
    assert (here.limit_kind, here.limit_on) == (LimitKind.SUIT, TODAY.replace(year=TODAY.year + 3))
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text(f"UPDATE recovery_case SET next_on = NULL WHERE id = {here.id}"))
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text(f"UPDATE recovery_case SET number = 'ZC2000-0001' WHERE id = {here.id}"))


def test_a_second_payment_joins_the_open_case(alone):
    first = paid(alone, Fen.wan(30))
    assert paid(alone, Fen.wan(10)).id == first.id


def test_a_payment_from_before_there_were_cases_gets_one_by_the_daily_run(alone):
    paid(alone)
    with writing(alone.database) as session:
        for wall in session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'recovery%'")
        ).all():
            session.execute(text(f"DROP TRIGGER {wall}"))
        session.execute(text("DELETE FROM recovery_case"))
    with alone.at(SYSTEM) as desk:
        assert recovery.waiting(desk) == [alone.guarantee.id]
        assert recovery.open_for(desk, alone.guarantee.id) == 1
        assert recovery.waiting(desk) == []
        assert recovery.open_for(desk, alone.guarantee.id) == 0


def test_a_step_is_written_once_with_its_paper_and_says_what_is_next(claims):
    paid(claims)
    with pytest.raises(EvidenceMissing):
        does(claims, Step.SUE, paper=False)
    with pytest.raises(OutOfRange):
        does(claims, Step.TALK, next_on=TODAY - DAY)
    with pytest.raises(OutOfRange):
        does(claims, Step.TALK, on=TODAY + DAY)
    with pytest.raises(AfterLimit):
        does(claims, Step.TALK, next_on=TODAY + timedelta(1_200))
    does(claims, Step.JUDGMENT)
    here = case(claims)
    assert (here.next_step, here.next_on) == (Step.SUE, TODAY + 10 * DAY)
    assert (here.limit_kind, here.limit_on) == (LimitKind.ENFORCEMENT, TODAY.replace(year=TODAY.year + 2))
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text("UPDATE recovery_step SET cost = 1"))


def test_only_officers_write_steps_and_the_other_parts_are_not_theirs_alone(alone):
    paid(alone)
    with pytest.raises(NotAllowed):
        does(alone, Step.TALK, actor=alone.chair)


def test_what_comes_in_is_parted_as_the_payment_was_to_the_fen_over_all_recoveries(claims):
    paid(claims)
    for fen in (1, 1, 1, 1, 100_003, 7):
        comes(claims, Fen(fen))
    total = 100_014
    sums = had(claims)
    assert sum(sums.values()) == total
    exact = {P.GUARANTOR: total / 2, P.REGUARANTOR: total / 4, P.FUND: total / 4}
    assert all(abs(sums[party] - exact[party]) < 1 for party in exact)
    assert {one.state for one in shares(claims) if one.party is P.GUARANTOR} == {H.KEPT}
    assert {one.state for one in shares(claims) if one.party is not P.GUARANTOR} == {H.OWED}


def test_what_it_has_cost_is_covered_first_and_only_once(alone):
    paid(alone)
    does(alone, Step.SUE, cost=Fen.yuan(3_000))
    comes(alone, Fen.yuan(2_000))
    comes(alone, Fen.yuan(5_000))
    costs = sorted(one.amount.fen for one in shares(alone) if one.for_costs)
    assert costs == [100_000, 200_000]
    assert had(alone) == {P.GUARANTOR: 200_000, P.REGUARANTOR: 100_000, P.FUND: 100_000}


def test_a_part_is_paid_on_by_two_people_once_its_party_has_paid_its_own(claims):
    paid(claims)
    comes(claims, Fen.wan(8))
    owed = next(one for one in shares(claims) if one.party is P.FUND)
    with pytest.raises(PartNotIn):
        orders(claims, owed)
    all_in(claims)
    orders(claims, owed)
    with pytest.raises(SamePerson):
        pays(claims, owed, actor=claims.officer)
    with claims.at(claims.fund) as desk:
        payables.send_back(desk, desk.get(RecoveryShare, owed.id))
    orders(claims, owed)
    pays(claims, owed)
    here = next(one for one in shares(claims) if one.id == owed.id)
    assert (here.state, here.paid_on, here.amount) == (H.PAID, TODAY, Fen.wan(2))
    with pytest.raises(WrongState):
        pays(claims, owed)
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text(f"UPDATE recovery_share SET amount = 1 WHERE id = {owed.id}"))


def test_it_closes_when_everything_is_recovered_or_lost_and_paid_on_and_opens_anew_with_another_payment(claims):
    first = paid(claims, Fen.wan(40))
    comes(claims, Fen.wan(30))
    with pytest.raises(StillOwed):
        closes(claims)
    claims.room.books(claims.guarantee, E.LOST, Fen.wan(10))
    with pytest.raises(SharesUnpaid):
        closes(claims)
    all_in(claims)
    for one in shares(claims):
        if one.state is H.OWED:
            orders(claims, one)
            pays(claims, one)
    closes(claims)
    here = case(claims)
    assert (here.state, here.next_on, here.limit_on, here.closed_on) == (RecoveryState.CLOSED, None, None, TODAY)
    with pytest.raises(WrongState):
        does(claims, Step.TALK)
    second = paid(claims, Fen.wan(5))
    assert second.id != first.id
    assert second.state is RecoveryState.OPEN


def test_another_officer_takes_over(alone):
    before = paid(alone)
    with writing(alone.database) as session:
        other = a_user(session, Role.OFFICER).actor
    with alone.at(other) as desk:
        recovery.take_over(desk, desk.get(RecoveryCase, before.id))
    assert case(alone).owner_id == other.id
    assert {"user": before.owner_id} in told(alone, "recovery.take")


def test_a_late_step_climbs_the_ladder_once_and_a_new_one_begins_below(alone):
    here = paid(alone)
    late = moment(here.next_on + 1 * DAY)
    far = moment(here.next_on + 60 * DAY)
    with alone.at(SYSTEM, late) as desk:
        assert recovery_late.waiting(desk) == [here.id]
        assert recovery_late.look_at(desk, here.id) == 1
        assert recovery_late.look_at(desk, here.id) == 0
    with alone.at(SYSTEM, far) as desk:
        assert recovery_late.look_at(desk, here.id) == 3
    assert len(told(alone, "recovery.remind")) == 4
    does(alone, Step.TALK, now=far)
    with alone.at(SYSTEM, far) as desk:
        assert recovery_late.waiting(desk) == []
        assert desk.get(RecoveryCase, here.id).told == 0


def test_a_period_that_nears_its_end_is_told_once_and_once_more_when_it_is_over(alone):
    here = paid(alone)
    for day, count in ((here.limit_on - 91 * DAY, 0), (here.limit_on - 90 * DAY, 2), (here.limit_on + DAY, 4)):
        with alone.at(SYSTEM, moment(day)) as desk:
            for key in recovery_late.ending(desk):
                recovery_late.warn(desk, key)
                recovery_late.warn(desk, key)
        assert len(told(alone, "recovery.warn")) == count
