"""The ledger of commitments (履约台账): banks report what came of their intents, the platform asks at each mark, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.commitments.model import FollowUp, Outcome
from financing.commitments.rules import OVER, Course, Report, Stage
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession
from financing.forums.rules import SessionState
from financing.journal import Private
from financing.money import Fen
from financing.session_refusals import DroppedWhy, NothingIntended, OutcomeDay, OutcomeSum

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
    """An intent with the reports on it that are in sight."""
    session = desk.get(ForumSession, intent.session_id)
    return course_of(intent, session.day, desk.all(Outcome, Outcome.intent_id == intent.id, by=Outcome.on))


def course_of(intent: Intent, day: date, outcomes: list[Outcome]) -> Course:
    return Course(day, intent.amount or Fen(0), tuple(Report(one.stage, one.on, one.amount) for one in outcomes))


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
            reported_at=desk.now, reported_by=desk.actor.id, reporter=desk.actor.name,
        )
    )  # fmt: skip
    desk.note(Act.REPORT_OUTCOME, intent, stage=news.stage, on=news.on, amount=outcome.amount, said=Private(news.said))
    return outcome


def _possible(desk: Desk, intent: Intent, now: Course, news: News) -> None:
    twice = news.stage is Stage.CONTRACT and now.contract is not None
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
