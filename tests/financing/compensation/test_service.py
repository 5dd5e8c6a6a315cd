"""Lodging a claim, the file it rests on, and its clock (F47)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM
from financing.claim_refusals import (
    ClaimOpen,
    ClaimTooMuch,
    FileIncomplete,
    NotForBank,
    NothingClaimable,
    NotIssued,
    NotYetDue,
    PayByClaim,
    PeriodOver,
)
from financing.compensation import files, late, terms
from financing.compensation.grounds import Item
from financing.compensation.model import CompensationClaim, CompensationPromise
from financing.compensation.rules import ClaimState
from financing.letter_refusals import ProposalOpen
from financing.letters.model import Guarantee
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, OutOfRange, WrongState
from tests.financing.compensation.conftest import BANKS, DAY, LATER, MUST, agreed, issued, moment
from tests.financing.letters.conftest import filed
from tests.makers import NOW, TODAY, writing


def told(claims, code) -> list[dict]:
    with writing(claims.database) as session:
        rows = session.scalars(select(Outgoing).where(Outgoing.kind == "notice"))
        return [row.payload for row in rows if row.payload["code"] == code]


def the_file(claims, now=NOW):
    with claims.at(claims.officer, now) as desk:
        return files.one(desk, desk.get(Guarantee, claims.guarantee.id))


def test_a_claim_rests_on_its_file_and_starts_the_clock_of_the_agreement(claims):
    claims.puts(*BANKS)
    claim = claims.lodges()
    assert claim.number == "DC2026-0001"
    assert claim.claimed == claim.most == Fen.wan(120).at(claim.share)
    assert claim.due_on == date(2026, 12, 23)  # thirty days
    assert (claim.principal, claim.days_past_due, claim.recorded) == (Fen.wan(120), 90, False)
    assert {one["to"].get("role") for one in told(claims, "compensation.lodge")} == {"officer", "chair"}


def test_the_file_fills_itself_from_the_day_of_issue(claims):
    found = the_file(claims)
    filled = {one.item.key for one in found.lines if one.found}
    assert filled == {Item.RESOLUTION, Item.LETTER, Item.CONDITIONS, Item.SECURITY, Item.PERIOD}
    assert (found.found, found.whole) == (5, 13)
    claims.puts(Item.CONTRACT)
    claims.puts(Item.CONTRACT)  # a later one beside the earlier
    found = the_file(claims)
    assert found.found == 6
    assert len(next(one for one in found.lines if one.item.key is Item.CONTRACT).traces) == 2


def test_nothing_is_put_into_a_file_that_fills_itself_nor_by_whoever_does_not_bring_it(alone):
    for item in (Item.LETTER, Item.PERIOD, Item.SECURITY):
        with pytest.raises(NotForBank):
            alone.puts(item)
    alone.puts(Item.SECURITY, actor=alone.officer)
    with pytest.raises(NotAllowed):
        alone.puts(Item.CONTRACT, actor=alone.room.stage.signatory)
    with alone.at(alone.officer) as desk:
        guarantee = desk.get(Guarantee, alone.guarantee.id)
    with pytest.raises(NotAllowed), alone.at(alone.room.stage.bankers[1]) as desk:
        files.put(desk, guarantee, Item.CONTRACT, dated=TODAY, note="", filed=filed())


def test_a_paper_of_tomorrow_is_refused(alone):
    with pytest.raises(OutOfRange), alone.at(alone.banker) as desk:
        files.put(desk, desk.get(Guarantee, alone.guarantee.id), Item.USE, dated=TODAY + DAY, note="", filed=filed())


@pytest.mark.parametrize("days", [0, 59, None])
def test_not_before_as_many_days_as_agreed(alone, days):
    alone.puts(*BANKS)
    with pytest.raises(NotYetDue):
        alone.lodges(days=days)
    assert alone.lodges(days=60).days_past_due == 60


@pytest.mark.parametrize(("over", "fits"), [(-1, True), (0, True), (1, False)])
def test_never_more_than_the_share_to_the_fen(alone, over, fits):
    alone.puts(*BANKS)
    asked = Fen.wan(120).at(alone.guarantee.share) + Fen(over)
    if fits:
        assert alone.lodges(asked).claimed == asked
    else:
        with pytest.raises(ClaimTooMuch):
            alone.lodges(asked)


def test_a_missing_paper_is_named_and_only_what_may_be_promised_is_promised(claims):
    with pytest.raises(FileIncomplete) as refused:
        claims.lodges(promised=BANKS)
    assert set(refused.value.facts["items"]) == set(MUST)
    claims.puts(*MUST)
    with pytest.raises(FileIncomplete) as refused:
        claims.lodges(promised=LATER[:1])
    assert set(refused.value.facts["items"]) == set(LATER[1:])
    claim = claims.lodges(promised=LATER)
    with writing(claims.database) as session:
        owed = list(session.scalars(select(CompensationPromise)))
    assert {(one.key, one.due_on) for one in owed} == {
        (item.value, date(2026, 12, 7)) for item in LATER
    }  # ten working days
    assert claim.state is ClaimState.EXAMINING


def test_a_promise_is_kept_by_the_paper_and_told_of_when_it_is_not(alone):
    alone.puts(*MUST)
    claim = alone.lodges(promised=LATER)
    alone.puts(LATER[0], now=moment(TODAY + DAY))
    for day, expected in ((date(2026, 12, 4), 0), (date(2026, 12, 7), 2), (date(2026, 12, 8), 2)):
        with alone.at(SYSTEM, moment(day)) as desk:
            assert sum(late.remind(desk, key) for key in late.promised(desk)) == expected
    assert [one["to"] for one in told(alone, "compensation.file")].count({"role": "officer"}) == 2
    alone.puts(*LATER[1:], now=moment(date(2026, 12, 8)))
    with alone.at(SYSTEM, moment(date(2026, 12, 9))) as desk:
        assert late.promised(desk) == []
    assert alone.now(claim).state is ClaimState.EXAMINING


def test_one_claim_at_a_time_and_nothing_paid_beside_it(claims):
    claim = claims.lodged()
    with pytest.raises(ClaimOpen):
        claims.lodges()
    with pytest.raises(PayByClaim):
        claims.room.proposes(claims.guarantee, EntryKind.COMPENSATED, Fen.wan(10))
    claims.withdraws(claim)
    assert claims.now(claim).state is ClaimState.WITHDRAWN
    assert claims.lodges().number == "DC2026-0002"


def test_not_while_a_payment_of_the_old_way_waits(alone):
    alone.puts(*BANKS)
    alone.room.proposes(alone.guarantee, EntryKind.COMPENSATED, Fen.wan(10))
    with pytest.raises(ProposalOpen):
        alone.lodges()


def test_nothing_under_a_draft_after_the_period_or_once_all_is_repaid(alone, sqlite_database):
    alone.puts(*BANKS)
    with pytest.raises(PeriodOver):
        alone.lodges(now=moment(alone.guarantee.until + DAY))
    alone.room.repays(alone.guarantee, Fen.wan(120))
    with pytest.raises(NothingClaimable):
        alone.lodges()
    alone.room.releases(alone.guarantee)
    with pytest.raises(NotIssued):
        alone.lodges()


def test_on_the_last_day_of_the_period_it_is_still_in_time(alone):
    alone.puts(*BANKS)
    assert alone.lodges(now=moment(alone.guarantee.until)).state is ClaimState.EXAMINING


def test_only_the_bank_itself_claims(alone):
    alone.puts(*BANKS)
    for actor in (alone.officer, alone.chair):
        with pytest.raises(NotAllowed):
            alone.lodges(actor=actor)


def test_the_clock_stands_still_while_the_bank_owes_something(claims):
    claim = claims.lodged()
    claims.halts(claim, now=moment(TODAY + 2 * DAY))
    assert claims.now(claim).paused_on == TODAY + 2 * DAY
    with pytest.raises(WrongState):
        claims.halts(claim, now=moment(TODAY + 3 * DAY))
    claims.resumes(claim, now=moment(TODAY + 12 * DAY))
    here = claims.now(claim)
    assert (here.state, here.paused_on, here.due_on) == (ClaimState.EXAMINING, None, date(2027, 1, 4))
    claims.halts(claim, now=moment(TODAY + 20 * DAY))
    claims.resumes(claim, now=moment(TODAY + 21 * DAY), actor=claims.officer)
    assert claims.now(claim).due_on == date(2027, 1, 4)  # 30 + 10 + 1 days: Sunday the 3rd, Monday the 4th


def test_a_late_claim_climbs_the_ladder_each_rung_once(alone):
    claim = alone.lodged()
    told_on = {}
    for n in range(60):
        day = TODAY + n * DAY
        with alone.at(SYSTEM, moment(day)) as desk:
            rungs = sum(late.look_at(desk, key) for key in late.waiting(desk))
        if rungs:
            told_on[day] = rungs
    assert sum(told_on.values()) == 4
    assert min(told_on) == claim.due_on + DAY
    assert alone.now(claim).told == 4


def test_a_day_missed_by_the_daily_run_is_caught_up_once(alone):
    alone.lodged()
    for n, expected in ((29, 0), (55, 4), (55, 0), (56, 0)):
        with alone.at(SYSTEM, moment(TODAY + n * DAY)) as desk:
            assert sum(late.look_at(desk, key) for key in late.waiting(desk)) == expected


def test_the_agreement_of_the_day_of_issue_rules_and_none_made_up_afterwards(sqlite_database):
    alone = issued(sqlite_database, agreement=False)
    agreed(alone.room, decided_at=NOW + 3 * DAY, trigger_days=5, grace_days=5)
    with alone.at(alone.officer, moment(TODAY + 9 * DAY)) as desk:
        found = terms.of(desk, desk.get(Guarantee, alone.guarantee.id))
    assert (found.agreement, found.trigger_days, found.grace_days) == (None, 60, 30)


def test_what_was_lodged_stays_whatever_the_code_asks(claims):
    claim = claims.lodged()
    for change in ("claimed = 1", "principal = principal + 1", "days_past_due = 1", "payee = 'x'", "bank_id = 4"):
        with pytest.raises(IntegrityError), writing(claims.database) as session:
            session.execute(text(f"UPDATE compensation_claim SET {change} WHERE id = {claim.id}"))
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text(f"DELETE FROM compensation_claim WHERE id = {claim.id}"))


def test_a_bank_sees_its_own_claims_and_no_other(claims):
    claim = claims.lodged()
    with claims.at(claims.room.stage.bankers[1]) as desk:
        assert desk.all(CompensationClaim) == []
    with claims.at(claims.banker) as desk:
        assert [one.id for one in desk.all(CompensationClaim)] == [claim.id]
    with claims.at(claims.room.stage.signatory) as desk:
        assert desk.all(CompensationClaim) == []
