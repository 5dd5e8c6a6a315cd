"""What a firm says of inspections and charges (企业反映检查和收费): unannounced, again, not on the list; and what it is answered."""

from __future__ import annotations

from datetime import date

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.inspections.model import Inspection, UnannouncedWord
from financing.inspections.rules import Authority, Grievance
from financing.inspections.service import FURTHEST
from financing.journal import Private
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange


def say(
    desk: Desk, about: Grievance, authority: Authority, day: date, says: str, inspection: int | None = None
) -> UnannouncedWord:
    """The firm says that an authority came unannounced or again, or charged what is not listed (反映检查或收费); OutOfRange for the day."""
    if not desk.today - FURTHEST <= day <= desk.today:
        raise OutOfRange(field="came_on", least=desk.today - FURTHEST, most=desk.today)
    firm = desk.get(Firm, desk.actor.firm_id or 0)
    matter = desk.get(Inspection, inspection).id if inspection else None
    days = parameters.figure("unannounced_answer_days", desk.today).value
    made = desk.add(
        UnannouncedWord(
            firm_id=firm.id, inspection_id=matter, grievance=about, authority=authority, day=day, says=passage(says, "unannounced"), said_at=desk.now,
            said_by=desk.actor.id, due_on=desk.calendar.after(desk.today, days).day,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.SAY_UNANNOUNCED, made, about=about, authority=authority, day=day, says=Private(made.says))
    told = {"code": Act.SAY_UNANNOUNCED.value, "subject": made.id, "number": ""}
    for role in ("leader", "officer"):
        desk.later("notice", f"{Act.SAY_UNANNOUNCED}:{made.id}:{role}", to={"role": role}, **told)
    return made


def answer(desk: Desk, word: UnannouncedWord, text: str) -> None:
    """Tell the firm what was found out (答复企业), once."""
    text = passage(text, "firm_answer")
    desk.take(Act.ANSWER_UNANNOUNCED, word, in_time=desk.today <= word.due_on, answer=Private(text))
    word.answer, word.answered_by, word.answerer, word.answered_on = text, desk.actor.id, desk.actor.name, desk.today
    told = {"code": Act.ANSWER_UNANNOUNCED.value, "subject": word.id, "number": ""}
    desk.later("notice", f"{Act.ANSWER_UNANNOUNCED}:{word.id}", to={"firm": word.firm_id}, **told)
