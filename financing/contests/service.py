"""Second looks (复议): the firm asks within its days, somebody who had no part in it answers within theirs, and what follows is an act anew."""

from __future__ import annotations

from datetime import timedelta

from financing import parameters
from financing.acts import Act
from financing.answer_refusals import NotContestable
from financing.contests.grounds import open_to
from financing.contests.model import Contest
from financing.contests.rules import AGAIN, Contested, ContestState, NextStep, Outcome
from financing.desk import Desk
from financing.guarantees.model import Resolution
from financing.journal import Private
from financing.matching.model import Consent, Match
from financing.matching.rules import MatchState
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import OPEN, NeedState
from financing.offers.model import Decline


def contest(desk: Desk, need: Need, *, code: str, item: str, why: str) -> Contest:
    """Ask for a second look (申请复议); NotContestable for what is none of the open decisions, or an item it does not rest on."""
    desk.session.refresh(need, with_for_update=True)
    decision = next((one for one in open_to(desk, need) if one.code == code), None)
    if decision is None or item not in decision.items:
        raise NotContestable(field="what")
    days = parameters.figure("contest_answer_days", desk.today).value
    asked = desk.add(
        Contest(
            kind=decision.kind, subject_id=decision.subject_id, need_id=need.id, firm_id=need.firm_id, bank_id=decision.bank_id,
            rests_on=item, why=why, deciders=list(decision.deciders), decided_on=decision.on, made_at=desk.now,
            made_by=desk.actor.id, due_on=desk.calendar.after(desk.today, days).day,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.CONTEST, asked, kind=decision.kind, rests_on=item, why=Private(why), due=asked.due_on)
    _tell(desk, asked, Act.CONTEST, "asked", **_reviewers(asked))
    return asked


def review(desk: Desk, asked: Contest, *, outcome: Outcome, found: str) -> None:
    """Say what the second look found (复议决定) and let the next lawful act follow; never by anybody who had decided."""
    need = desk.session.get_one(Need, asked.need_id, with_for_update=True)
    desk.session.refresh(asked)
    desk.take(
        Act.REVIEW_CONTEST, asked, kind=asked.kind, outcome=outcome, rests_on=asked.rests_on, found=Private(found)
    )
    asked.reviewer_id, asked.reviewer_name, asked.decided_at = desk.actor.id, desk.actor.name, desk.now
    asked.outcome, asked.found = outcome, found
    asked.next_step = _again(desk, asked, need) if outcome in AGAIN else NextStep.NONE
    _tell(desk, asked, Act.REVIEW_CONTEST, "firm", firm=asked.firm_id)


def waiting(desk: Desk) -> list[int]:
    """The second looks that nobody has given yet, the most urgent first."""
    return [one.id for one in desk.all(Contest, Contest.state == ContestState.OPEN, by=Contest.due_on)]


def look_at(desk: Desk, key: int) -> int:
    """Remind on the last day; once it has passed tell the head of the bank, or the chair, and the firm. How many are late."""
    asked = desk.get(Contest, key)
    if asked.state is not ContestState.OPEN or desk.today < asked.due_on:
        return 0
    if desk.today == asked.due_on:
        _tell(desk, asked, Act.REMIND_REVIEW, "last_day", **_reviewers(asked))
        return 0
    head = {"bank": asked.bank_id, "role": "bank_admin"} if asked.bank_id else {"role": "chair"}
    _tell(desk, asked, Act.REMIND_REVIEW, "head", **head)
    _tell(desk, asked, Act.REMIND_REVIEW, "office", role="officer")
    _tell(desk, asked, Act.REMIND_REVIEW, "told_firm", firm=asked.firm_id)
    return 1


def _again(desk: Desk, asked: Contest, need: Need) -> NextStep:
    """The act that follows. What was scored, sealed or declined stays as it is on record."""
    match asked.kind:
        case Contested.SCORE | Contested.GATES:
            return _score_again(desk, need)
        case Contested.COMMITTEE:
            return _vote_again(desk, asked, need)
        case Contested.DECLINE:
            return _bank_again(desk, asked, need)


def _score_again(desk: Desk, need: Need) -> NextStep:
    if need.state is NeedState.COMMITTEE:
        return NextStep.SCORE_AGAIN  # the case is on its way: a new score sets it back by itself
    if (need.state, Act.REVIEW_CONTEST) not in need.flow.follows:
        return NextStep.NONE
    desk.follow(Act.REVIEW_CONTEST, need)
    needs.back_to_scoring(desk, need)
    return NextStep.SCORE_AGAIN


def _vote_again(desk: Desk, asked: Contest, need: Need) -> NextStep:
    """The same need is filed anew in its old turn, for a new score and a new case; the sealed one stands."""
    desk.session.get_one(Resolution, asked.subject_id)
    needs.filed_again(desk, need)
    return NextStep.VOTE_AGAIN


def _bank_again(desk: Desk, asked: Contest, need: Need) -> NextStep:
    """The bank has the need to answer once more, if it still may read and the firm still looks."""
    no = desk.session.get_one(Decline, asked.subject_id)
    match = desk.session.get_one(Match, no.match_id)
    may_read = desk.find(
        Consent, Consent.need_id == need.id, Consent.bank_id == no.bank_id, Consent.withdrawn_at.is_(None),
        Consent.valid_from <= desk.now, Consent.valid_until > desk.now,
    )  # fmt: skip
    if need.state not in OPEN or match.state is not MatchState.DECLINED:
        return NextStep.NONE
    if may_read is None:
        return NextStep.FIRM_FIRST
    match.sent_on = desk.today
    match.due_on = desk.today + timedelta(days=parameters.figure("bank_answer_days", desk.today).value)
    desk.follow(Act.REVIEW_CONTEST, match, due=match.due_on)
    return NextStep.BANK_AGAIN


def _reviewers(asked: Contest) -> dict[str, object]:
    return {"bank": asked.bank_id, "role": "banker"} if asked.bank_id else {"role": "officer"}


def _tell(desk: Desk, asked: Contest, act: Act, which: str, **to: object) -> None:
    number = desk.session.get_one(Need, asked.need_id).number
    desk.later("notice", f"{act.value}:{asked.id}:{which}", to=to, code=act.value, subject=asked.id, number=number)
