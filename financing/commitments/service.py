"""The ledger of commitments (履约台账): banks report what came of their intents, the platform asks at each mark, once.

What a bank reports of the loan itself, a pay-out, is read from there: nobody types it a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.commitments.model import FollowUp, Outcome
from financing.commitments.rules import OVER, Course, Stage
from financing.commitments.tracks import gone, tracks
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession
from financing.forums.rules import SessionState
from financing.journal import Private
from financing.money import Fen
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.session_refusals import DroppedWhy, NothingIntended, OutcomeDay, OutcomeSum, PaidAtLoan

#: The marks, by the keys of their figures.
MARKS = ("commitment_first_days", "commitment_second_days", "commitment_last_days")


@dataclass(frozen=True, slots=True)
class News:
    """What a bank has to report: the stage, its day, the sum of a contract or a payment, and words to it."""

    stage: Stage
    on: date
    amount: Fen | None = None
    said: str = ""


def marks(on: date) -> tuple[int, ...]:
    """Days after a session at which its intents are asked about."""
    return tuple(parameters.figure(key, on).value for key in MARKS)


def course(desk: Desk, intent: Intent) -> Course:
    """An intent with what counts of it, as far as it is in sight."""
    return tracks(desk, Intent.id == intent.id)[0].course


def loans(desk: Desk, intents: Sequence[Intent]) -> dict[int, Offer]:
    """The offer that a firm chose after the talk of an intent, by intent."""
    chosen = Offer.match_id.in_({intent.match_id for intent in intents}), Offer.state == OfferState.ACCEPTED
    offers = {offer.match_id: offer for offer in desk.all(Offer, *chosen)}
    return {intent.id: offers[intent.match_id] for intent in intents if intent.match_id in offers}


def counting(desk: Desk, intents: Sequence[int]) -> list[Outcome]:
    """The reports on these intents that were not taken back, in the order of their days."""
    return desk.all(Outcome, Outcome.intent_id.in_(intents), Outcome.id.not_in(gone(desk)), by=Outcome.on)


def report(desk: Desk, intent: Intent, news: News) -> Outcome:
    """Enter what came of an intent; a contract first, then money up to its sum, on days that have been."""
    require(desk.actor, Act.REPORT_OUTCOME, intent)
    desk.session.refresh(intent, with_for_update=True)
    now = course(desk, intent)
    _possible(desk, intent, now, news)
    outcome = desk.add(
        Outcome(
            intent_id=intent.id, firm_id=intent.firm_id, bank_id=intent.bank_id, stage=news.stage, on=news.on,
            amount=news.amount if news.stage in {Stage.CONTRACT, Stage.PAID} else None, said=news.said,
            reported_at=desk.now, reported_by=desk.actor.id, reporter=desk.actor.name, turn=_turn(desk, intent, news.stage),
        )
    )  # fmt: skip
    desk.note(Act.REPORT_OUTCOME, intent, stage=news.stage, on=news.on, amount=outcome.amount, said=Private(news.said))
    return outcome


def _turn(desk: Desk, intent: Intent, stage: Stage) -> int:
    """The first contract of an intent, or the one after so many that were taken back."""
    here = Outcome.intent_id == intent.id, Outcome.stage == stage
    return 1 + len(desk.all(Outcome, *here, Outcome.id.in_(gone(desk))))


def _possible(desk: Desk, intent: Intent, now: Course, news: News) -> None:
    lent = intent.id in loans(desk, [intent])
    if lent and news.stage is Stage.PAID:
        raise PaidAtLoan
    typed = any(one.stage is Stage.CONTRACT for one in counting(desk, [intent.id]))
    twice = (news.stage is Stage.CONTRACT and typed) or (news.stage is Stage.DROPPED and lent and bool(now.paid))
    if (
        intent.said is not Said.INTENDS
        or now.standing in OVER
        or twice
        or (news.stage is Stage.PAID and not now.contract)
    ):
        raise NothingIntended(standing=now.standing)
    first = now.contract.on if now.contract and news.stage is Stage.PAID else now.day
    if not first <= news.on <= desk.today:
        raise OutcomeDay(field="on", first=first, last=desk.today)
    if news.stage is Stage.DROPPED and not news.said:
        raise DroppedWhy(field="note")
    sums = news.stage in {Stage.CONTRACT, Stage.PAID}
    if sums and not news.amount:
        raise OutcomeSum(field="amount", most=now.contracted - now.paid if now.contract else now.amount)
    if news.stage is Stage.PAID and news.amount and news.amount > now.contracted - now.paid:
        raise OutcomeSum(field="amount", most=now.contracted - now.paid)


def follow_up(desk: Desk) -> int:
    """Ask each bank about each closed session at each mark that has come: once, however late; how many were asked."""
    asked = 0
    for session in desk.all(ForumSession, ForumSession.state == SessionState.CLOSED):
        banks = {i.bank_id for i in desk.all(Intent, Intent.session_id == session.id, Intent.said == Said.INTENDS)}
        come = [days for days in marks(desk.today) if session.day + timedelta(days=days) <= desk.today]
        known = {(row.bank_id, row.days) for row in desk.all(FollowUp, FollowUp.session_id == session.id)}
        for bank, days in sorted({(bank, days) for bank in banks for days in come} - known):
            asked += _ask(desk, session, bank, days)
    return asked


def _ask(desk: Desk, session: ForumSession, bank: int, days: int) -> bool:
    """The mark is kept for good; who has nothing open is not bothered."""
    desk.add(FollowUp(session_id=session.id, bank_id=bank, days=days, at=desk.now))
    here = (Intent.session_id == session.id, Intent.bank_id == bank, Intent.said == Said.INTENDS)
    waits = [intent for intent in desk.all(Intent, *here) if course(desk, intent).standing not in OVER]
    if waits:
        desk.note(Act.FOLLOW_UP, session, bank=bank, days=days, waits=len(waits))
        told = {"code": Act.FOLLOW_UP.value, "subject": session.id, "number": session.number}
        desk.later("notice", f"{Act.FOLLOW_UP}:{session.id}:{bank}:{days}", to={"bank": bank}, **told)
        desk.later("notice", f"{Act.FOLLOW_UP}:{session.id}:{days}", to={"role": "officer"}, **told)
    return bool(waits)
