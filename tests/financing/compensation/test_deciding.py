"""Deciding a claim: two people, coded reasons, reductions that add up, one answer of the bank, a final decision (F47, F48)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM
from financing.case_refusals import SamePerson
from financing.claim_refusals import DoesNotAddUp, GroundMissing, LossBelowCut, WorseThanBefore
from financing.compensation import deciding
from financing.compensation.model import CompensationAnswer, CompensationClaim, CompensationCut, CompensationDecision
from financing.compensation.rules import ClaimState, DecisionState, Lapse, Outcome, Reason
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.money import Fen
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.financing.compensation.conftest import DAY, cut, moment
from tests.makers import TODAY, writing

S = ClaimState


def papers(claims) -> list[IssuedPaper]:
    with writing(claims.database) as session:
        found = select(IssuedPaper).where(IssuedPaper.kind == LetterKind.COMPENSATION).order_by(IssuedPaper.number)
        return list(session.scalars(found))


def said(paper: IssuedPaper) -> str:
    rows = "".join("".join(row) for row in paper.record["rows"])
    return "".join((*paper.record["before"], rows, *paper.record["after"]))


def test_paid_in_full_by_two_people_with_its_paper(claims):
    claim = claims.lodged()
    decision = claims.examines(claim)
    assert claims.now(claim).state is S.PROPOSED
    with pytest.raises(NotAllowed):
        claims.confirms(decision, actor=claims.room.second)
    claims.confirms(decision)
    here = claims.now(claim)
    assert (here.state, here.approved, here.cut, here.answer_by) == (S.PAYABLE, here.claimed, Fen(0), None)
    [paper] = papers(claims)
    assert paper.number == "DD2026-0001"
    assert "同意全额代偿" in said(paper)
    assert "可以在" not in said(paper)
    assert paper.firm_id is None


def test_whoever_puts_it_forward_never_confirms_it(claims):
    claim = claims.lodged()
    decision = claims.examines(claim)
    with writing(claims.database) as session:
        with pytest.raises(IntegrityError):
            session.execute(
                text(
                    "UPDATE compensation_decision SET state = 'decided', decided_by = proposed_by "
                    f"WHERE id = {decision.id}"
                )
            )
        session.rollback()
    import dataclasses

    both = dataclasses.replace(claims.chair, id=claims.officer.id)
    with pytest.raises(SamePerson):
        claims.confirms(decision, actor=both)


def test_a_reduction_names_duty_loss_and_sum_and_comes_to_the_whole(claims):
    claim = claims.lodged(Fen.yuan("900000.01"))
    first, second = cut(Fen.yuan("100000.01"), Fen.wan(20)), cut(Fen.yuan("0.01"), lapse=Lapse.DUNNING)
    claims.decides(claim, Outcome.REDUCE, first, second)
    here = claims.now(claim)
    assert (here.state, here.approved, here.cut) == (S.REDUCED, Fen.yuan("799999.99"), Fen.yuan("100000.02"))
    assert here.approved + here.cut == here.claimed
    assert here.answer_by == date(2026, 12, 7)
    with writing(claims.database) as session:
        rows = session.scalars(select(CompensationCut).order_by(CompensationCut.number)).all()
    assert [(row.lapse, row.loss, row.amount) for row in rows] == [
        (Lapse.CHECK, Fen.wan(20), Fen.yuan("100000.01")),
        (Lapse.DUNNING, Fen.yuan("0.01"), Fen.yuan("0.01")),
    ]
    text_ = said(papers(claims)[0])
    for part in (
        "未按约定进行贷后检查",
        "损失 200,000.00 元，减 100,000.01 元",
        "代偿金额799,999.99 元",
        "2026-12-07 前答复一次",
    ):
        assert part in text_


@pytest.mark.parametrize(
    ("outcome", "cuts", "reason", "refusal"),
    [
        (Outcome.REDUCE, (), None, GroundMissing),
        (Outcome.REFUSE, (), None, GroundMissing),
        (Outcome.GRANT, (), Reason.EARLY, GroundMissing),
        (Outcome.GRANT, (cut(Fen(1)),), None, GroundMissing),
        (Outcome.REFUSE, (cut(Fen(1)),), Reason.EARLY, GroundMissing),
        (Outcome.REDUCE, (cut(Fen(2), Fen(1)),), None, LossBelowCut),
        (Outcome.REDUCE, (cut(Fen(0), Fen(1)),), None, LossBelowCut),
        (Outcome.REDUCE, (cut(Fen.wan(50)), cut(Fen.wan(50))), None, DoesNotAddUp),
    ],
)
def test_what_does_not_name_its_grounds_or_add_up_is_refused(alone, outcome, cuts, reason, refusal):
    claim = alone.lodged()
    with pytest.raises(refusal):
        alone.examines(claim, outcome, *cuts, reason=reason)
    assert alone.now(claim).state is S.EXAMINING


def test_one_fen_is_left_to_pay_at_the_least(alone):
    claim = alone.lodged(Fen(100))
    with pytest.raises(DoesNotAddUp):
        alone.examines(claim, Outcome.REDUCE, cut(Fen(100)))
    alone.decides(claim, Outcome.REDUCE, cut(Fen(99)))
    assert alone.now(claim).approved == Fen(1)


def test_refused_with_its_reason_and_claimed_again_only_where_it_can_be_mended(alone):
    claim = alone.lodged()
    alone.decides(claim, Outcome.REFUSE, reason=Reason.PAPERS)
    assert "补正后，可以在保证期间内再次申请" in said(papers(alone)[0])
    alone.accepts(claim)
    here = alone.now(claim)
    assert (here.state, here.approved, here.cut, here.over_on) == (S.REFUSED, Fen(0), here.claimed, TODAY)
    again = alone.lodges()
    assert again.most == claim.most
    alone.decides(again, Outcome.REFUSE, reason=Reason.FRAUD)
    alone.accepts(again)
    from financing.claim_refusals import NothingClaimable

    with pytest.raises(NothingClaimable):
        alone.lodges()


def test_sent_back_it_is_examined_again(claims):
    claim = claims.lodged()
    first = claims.examines(claim)
    claims.sends_back(first)
    assert claims.now(claim).state is S.EXAMINING
    assert claims.room.get(CompensationDecision, first.id).state is DecisionState.RETURNED
    assert papers(claims) == []
    assert claims.decides(claim).number == 2
    with pytest.raises(WrongState):
        claims.confirms(first)


def test_the_bank_answers_once_and_the_final_decision_stands(claims):
    claim = claims.lodged(Fen.wan(90))
    claims.decides(claim, Outcome.REDUCE, cut(Fen.wan(20)))
    claims.objects(claim, now=moment(TODAY + 4 * DAY))
    here = claims.now(claim)
    assert (here.state, here.due_on) == (
        S.OBJECTED,
        date(2026, 12, 28),
    )  # four days were the bank's; the 27th is a Sunday
    with pytest.raises(WrongState):
        claims.objects(claim, now=moment(TODAY + 4 * DAY))
    later = moment(TODAY + 5 * DAY)
    with pytest.raises(WorseThanBefore):
        claims.examines(claim, Outcome.REDUCE, cut(Fen.yuan("200000.01")), now=later)
    with pytest.raises(WorseThanBefore):
        claims.examines(claim, Outcome.REFUSE, reason=Reason.OUTSIDE, now=later)
    claims.decides(claim, Outcome.REDUCE, cut(Fen.wan(5)), now=later)
    here = claims.now(claim)
    assert (here.state, here.approved, here.cut) == (S.PAYABLE, Fen.wan(85), Fen.wan(5))
    with pytest.raises(WrongState):
        claims.objects(claim, now=later)
    with writing(claims.database) as session:
        assert session.scalars(select(CompensationAnswer)).one().accepts is False
    first, second = papers(claims)
    assert first.superseded_at is not None
    assert second.superseded_at is None
    assert "现作出最终决定" in said(second)
    assert "可以在 " not in said(second).split("三、")[1]


def test_without_an_answer_in_time_the_decision_stands(claims):
    claim = claims.lodged()
    claims.decides(claim, Outcome.REDUCE, cut(Fen.wan(20)))
    for day, done in ((date(2026, 12, 7), []), (date(2026, 12, 8), [1])):
        with claims.at(SYSTEM, moment(day)) as desk:
            assert [deciding.lapse(desk, key) for key in deciding.unanswered(desk)] == done
    here = claims.now(claim)
    assert here.state is S.PAYABLE
    assert here.due_on == date(2027, 1, 7)  # fifteen days were the bank's
    with pytest.raises(WrongState):
        claims.objects(claim, now=moment(date(2026, 12, 8)))


def test_the_bank_sees_no_decision_before_it_is_taken(claims):
    claim = claims.lodged()
    decision = claims.examines(claim, Outcome.REDUCE, cut(Fen.wan(1)))
    with claims.at(claims.banker) as desk:
        assert desk.all(CompensationDecision) == desk.all(CompensationCut) == []
        with pytest.raises(NotFound):
            desk.get(CompensationDecision, decision.id)
    claims.confirms(decision)
    with claims.at(claims.banker) as desk:
        assert len(desk.all(CompensationDecision)) == len(desk.all(CompensationCut)) == 1


def test_what_was_decided_stays_whatever_the_code_asks(claims):
    claim = claims.lodged()
    decision = claims.decides(claim, Outcome.REDUCE, cut(Fen.wan(1)))
    for table, change in (
        ("compensation_decision", "amount = 5"), ("compensation_decision", "decider = 'x'"), ("compensation_cut", "amount = 5"),
        ("compensation_cut", "evidence = 'x'"),
    ):  # fmt: skip
        key = f"id = {decision.id}" if table == "compensation_decision" else f"decision_id = {decision.id}"
        with pytest.raises(IntegrityError), writing(claims.database) as session:
            session.execute(text(f"UPDATE {table} SET {change} WHERE {key}"))
    with pytest.raises(IntegrityError), writing(claims.database) as session:
        session.execute(
            text(f"UPDATE compensation_claim SET approved = claimed, state = 'payable' WHERE id = {claim.id}")
        )


def test_a_tied_chair_is_replaced_by_a_member(alone):
    from financing.access import Role
    from tests.makers import a_user

    alone.room.change(type(alone.guarantee), alone.guarantee.id, chair_aside=True)
    claim = alone.lodged()
    decision = alone.examines(claim)
    with writing(alone.database) as session:
        member = a_user(session, Role.MEMBER).actor
    alone.confirms(decision, actor=member)
    assert alone.now(claim).state is S.PAYABLE
    assert alone.room.get(CompensationClaim, claim.id).chair_aside
