"""What a loss teaches: a review for each payment, a decision by two people, what is changed by its day, and what it all has cost (F112)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.compensation import review, review_views
from financing.compensation.recovery_rules import Step
from financing.compensation.review import Learned
from financing.compensation.review_model import CompensationReview
from financing.compensation.review_rules import Change, Event, Happened, ReviewState, complete, in_order
from financing.guarantees.model import Tie
from financing.letters.model import GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.loans.rules import FiveClass
from financing.money import Fen
from financing.office.after_duties import after_the_signature
from financing.office.rules import Duty
from financing.outbox import Outgoing
from financing.recovery_refusals import LessonIncomplete
from financing.refusals import NotAllowed, OutOfRange, WrongState
from financing.watch.model import Check, EarlyWarning
from financing.watch.rules import Level
from tests.financing.compensation.conftest import DAY
from tests.financing.compensation.test_recovery import comes, does, paid
from tests.makers import NOW, TODAY, a_flag, a_user, writing

S = ReviewState
NOTHING = Learned("回款集中在两家客户", Change.NOTHING, "规则已经覆盖，个案")
CARD = Learned(
    "回款集中在两家客户", Change.CARD, "同类已有三笔", "前两大客户占比超过六成的扣五分", TODAY + timedelta(days=40)
)


def reviews(claims) -> list[CompensationReview]:
    with writing(claims.database) as session:
        return list(session.scalars(select(CompensationReview).order_by(CompensationReview.number)))


def proposes(claims, said: Learned = NOTHING, actor: Actor | None = None) -> None:
    key = reviews(claims)[-1].id
    with claims.at(actor or claims.officer) as desk:
        review.propose(desk, desk.get(CompensationReview, key), said)


def decides(claims, act: Act = Act.CHANGE_NOTHING, actor: Actor | None = None) -> None:
    key = reviews(claims)[-1].id
    with claims.at(actor or claims.chair) as desk:
        review.decide(desk, desk.get(CompensationReview, key), act)


def waits(claims, duty: Duty, actor: Actor | None = None) -> list[int]:
    with claims.at(actor or claims.officer) as desk:
        part = next(one for one in after_the_signature(desk) if one.duty is duty)
        return list(desk.session.scalars(part.query.with_only_columns(part.key)))


def seen(claims, actor: Actor) -> list[int]:
    with claims.at(actor) as desk:
        return [one.id for one in review_views.reviews(desk).rows]


def someone(claims, role: Role, **owner: int) -> Actor:
    with writing(claims.database) as session:
        return a_user(session, role, **owner).actor


def without_walls(session, table: str) -> None:
    """As a database of before; on SQLite."""
    walls = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    for wall in session.scalars(walls, {"table": table}).all():
        session.execute(text(f"DROP TRIGGER {wall}"))


def shown(claims):
    key = reviews(claims)[-1].id
    with claims.at(claims.officer) as desk:
        return review_views.shown(desk, desk.get(CompensationReview, key))


def test_every_payment_opens_a_review_that_is_due_twenty_working_days_later(claims):
    paid(claims, Fen.wan(30))
    (here,) = reviews(claims)
    assert here.number == "FP2026-0001"
    assert (here.amount, here.state, here.due_on) == (Fen.wan(30), S.OPEN, date(2026, 12, 21))  # four plain weeks
    assert waits(claims, Duty.REVIEW) == [here.id]
    with writing(claims.database) as session:
        told = [
            row.payload["to"] for row in session.scalars(select(Outgoing)) if row.payload.get("code") == "review.open"
        ]
    assert told in ([{"role": "officer"}], [{"user": claims.officer.id}])
    paid(claims, Fen.wan(10))  # joins the case of recovery, but is looked back upon by itself
    assert [one.amount for one in reviews(claims)] == [Fen.wan(30), Fen.wan(10)]


def test_a_payment_by_a_claim_leads_to_the_claim(alone):
    claim = alone.lodged()
    alone.decides(claim)
    alone.pays(claim)
    assert reviews(alone) == []
    alone.books(claim)
    (here,) = reviews(alone)
    assert (here.claim_id, here.amount) == (claim.id, claim.claimed)


def test_nothing_ends_a_review_but_a_decision_of_two_people(claims):
    paid(claims)
    with pytest.raises(WrongState):
        decides(claims)
    proposes(claims)
    assert waits(claims, Duty.REVIEW) == []
    with pytest.raises(SamePerson):
        decides(claims, actor=claims.officer)
    with pytest.raises(NotAllowed):
        decides(claims, actor=someone(claims, Role.OFFICER))
    with pytest.raises(WrongState):
        decides(claims, Act.CHANGE_SOMETHING)  # the button of another page
    decides(claims, actor=someone(claims, Role.LEADER))
    (here,) = reviews(claims)
    assert (here.state, here.change, here.change_by) == (S.DONE, Change.NOTHING, None)
    for said in ("lesson = '—'", "state = 'open'", "amount = 1", "result = '—'"):
        with pytest.raises(IntegrityError), writing(claims.database) as session:
            session.execute(text(f"UPDATE compensation_review SET {said}"))
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text("DELETE FROM compensation_review"))


def test_the_database_lets_nobody_decide_alone_or_close_without_a_decision(claims):
    paid(claims)
    for said in ("state = 'done'", "state = 'decided', decided_by = 3", "state = 'proposed'", "due_on = '2027-12-31'"):
        with pytest.raises(IntegrityError), writing(claims.database) as session:
            session.execute(text(f"UPDATE compensation_review SET {said}"))
    proposes(claims)
    mine = f"state = 'done', decided_by = {claims.officer.id}"
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text(f"UPDATE compensation_review SET {mine}"))


def test_a_change_waits_for_its_day_until_somebody_says_what_was_done(claims):
    paid(claims)
    proposes(claims, CARD)
    decides(claims, Act.CHANGE_SOMETHING)
    (here,) = reviews(claims)
    assert (here.state, here.change_by) == (S.DECIDED, TODAY + timedelta(days=40))
    assert waits(claims, Duty.CHANGE_BY) == [here.id]
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(text("UPDATE compensation_review SET changed = '另一条'"))
    with claims.at(claims.officer) as desk:
        review.finish(desk, desk.get(CompensationReview, here.id), "评分表 2027-01-01 版第 7 条")
    (here,) = reviews(claims)
    assert (here.state, here.finisher) == (S.DONE, claims.officer.name)
    assert waits(claims, Duty.CHANGE_BY) == []


def test_what_is_sent_back_is_put_forward_again(claims):
    paid(claims)
    proposes(claims, CARD)
    key, due = reviews(claims)[0].id, reviews(claims)[0].due_on
    with claims.at(claims.chair) as desk:
        review.send_back(desk, desk.get(CompensationReview, key), "请写明是哪一条")
    (here,) = reviews(claims)
    assert (here.state, here.answer, here.due_on) == (S.OPEN, "请写明是哪一条", due)
    proposes(claims)
    decides(claims)
    assert reviews(claims)[0].changed == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Learned("a", Change.NOTHING, "b", changed="c"), LessonIncomplete),
        (Learned("a", Change.NOTHING, "b", by=TODAY), LessonIncomplete),
        (Learned("a", Change.CARD, "b", changed="c"), LessonIncomplete),
        (Learned("a", Change.BANK, "b", by=TODAY), LessonIncomplete),
        (Learned("a", Change.WATCH, "b", "  ", TODAY), LessonIncomplete),
        (Learned("a", Change.WATCH, "b", "c", TODAY - DAY), OutOfRange),
    ],
)
def test_a_change_says_what_and_by_when_and_nothing_says_neither(alone, said, why):
    paid(alone)
    with pytest.raises(why):
        proposes(alone, said)
    assert reviews(alone)[0].state is S.OPEN


def test_the_committee_and_leaders_learn_of_it_firm_and_bank_do_not(alone):
    paid(alone)
    (here,) = reviews(alone)
    for role in (Role.CHAIR, Role.MEMBER, Role.LEADER, Role.FUND, Role.AUDITOR):
        assert seen(alone, someone(alone, role)) == [here.id], role
    firm = {Role.SIGNATORY: {"firm_id": here.firm_id}, Role.CLERK: {"firm_id": here.firm_id}}
    for role, owner in (
        firm | {Role.BANKER: {"bank_id": here.bank_id}, Role.BANK_ADMIN: {"bank_id": here.bank_id}}
    ).items():
        assert seen(alone, someone(alone, role, **owner)) == [], role
    tied = someone(alone, Role.MEMBER)
    with writing(alone.database) as session:
        without_walls(session, "tie")  # it was there before the seal
        session.add(Tie(case_id=here.case_id, user_id=tied.id, reason="亲属任职", at=NOW))
    assert seen(alone, tied) == []


def test_what_it_cost_adds_up_for_all_and_for_the_guarantor_alone(claims):
    """800 000 paid, half of it the guarantor's; 1 000.01 spent; of 100 000 back the costs first, and 49 500.00 of the rest to it."""
    paid(claims)
    does(claims, Step.DEMAND, cost=Fen(100_001))
    comes(claims, Fen.wan(10))
    cost = shown(claims).cost
    assert (cost.paid, cost.recovered, cost.costs, cost.lost) == (Fen.wan(80), Fen.wan(10), Fen(100_001), Fen(0))
    assert (cost.borne, cost.kept) == (Fen.wan(40), Fen(100_001 + 4_950_000))
    assert (cost.net, cost.own, cost.open) == (Fen(70_100_001), Fen(35_050_000), Fen.wan(70))


def test_it_tells_what_was_seen_in_the_order_of_the_days(alone):
    guarantee = alone.guarantee
    own = {
        "guarantee_id": guarantee.id,
        "need_id": guarantee.need_id,
        "firm_id": guarantee.firm_id,
        "bank_id": guarantee.bank_id,
    }
    with writing(alone.database) as session:
        a_flag(session, alone.room.stage.need, raised_at=NOW - 3 * DAY)
        session.add(
            Check(
                **own,
                number=1,
                since=TODAY - 2 * DAY,
                risk=FiveClass.NORMAL,
                due_on=TODAY - DAY,
                planned_on=TODAY - 2 * DAY,
            )
        )
        session.add(
            EarlyWarning(**own, subject_id=guarantee.id, rule="lawsuit", level=Level.RED, worsens=FiveClass.ATTENTION, mark="1",
                         evidence={}, source="法院", found_on=TODAY - 2 * DAY, due_on=TODAY)
        )  # fmt: skip
    paid(alone)
    comes(alone, Fen.wan(1))
    found = shown(alone)
    kinds = [one.kind for one in found.events]
    for earlier, later in (
        (Happened.FLAGGED, Happened.WARNED), (Happened.WARNED, Happened.UNCHECKED), (Happened.UNCHECKED, Happened.ISSUED),
        (Happened.SCORED, Happened.RESOLVED), (Happened.RESOLVED, Happened.ISSUED), (Happened.ISSUED, Happened.COMPENSATED),
        (Happened.COMPENSATED, Happened.RECOVERED),
    ):  # fmt: skip
        assert kinds.index(earlier) < kinds.index(later)
    assert {one.kind for one in found.events if one.late} == {Happened.FLAGGED, Happened.UNCHECKED}
    assert [one.amount for one in found.events if one.kind is Happened.COMPENSATED] == [Fen.wan(80)]
    lost = [most - points for _, _, points, most in found.weakest]
    assert 0 < len(lost) <= 5
    assert lost == sorted(lost, reverse=True)
    assert all(lost)


def test_a_payment_from_before_there_were_reviews_gets_one_by_the_daily_run(alone):
    paid(alone)
    with writing(alone.database) as session:
        without_walls(session, "compensation_review")
        session.execute(text("DELETE FROM compensation_review"))
        entry = session.scalars(select(GuaranteeEntry.id).where(GuaranteeEntry.kind == EntryKind.COMPENSATED)).one()
    with alone.at(SYSTEM) as desk:
        assert review.waiting(desk) == [entry]
        assert review.open_for(desk, entry) == 1
        assert review.open_for(desk, entry) == 0
        assert review.waiting(desk) == []


@given(st.sampled_from(Change), st.text(max_size=3), st.none() | st.dates())
def test_what_and_by_when_go_together_with_a_change(change, what, by):
    assert complete(change, what, by) is (
        not what and by is None if change is Change.NOTHING else bool(what) and by is not None
    )


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 1, 4)), st.sampled_from(Happened))))
def test_events_come_by_day_and_then_by_kind(told):
    order = [one.value for one in Happened]
    found = [(one.on, order.index(one.kind.value)) for one in in_order(Event(on, kind) for on, kind in told)]
    assert found == sorted((on, order.index(kind.value)) for on, kind in told)
