"""Requests of firms (诉求闭环, F68): signed within working hours, answered within working days, closed by the firm alone."""

from __future__ import annotations

from datetime import datetime

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.helping import hours
from financing.helping.model import Pairing
from financing.helping.pairing import standing
from financing.helping.request_model import HelpRating, HelpRequest, HelpWord
from financing.helping.rules import FIRMS_TURN, SPANS, Side, Span, Topic
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.papers.model import Paper
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.ratings.rules import Grade


def parts(desk: Desk) -> hours.Parts:
    """Office hours of today."""
    minutes = [parameters.figure(key, desk.today).value for key in OFFICE]
    return ((minutes[0], minutes[1]), (minutes[2], minutes[3]))


#: When the office opens and closes, in minutes after midnight.
OFFICE = ("office_morning_from", "office_morning_until", "office_afternoon_from", "office_afternoon_until")


def sign_by(desk: Desk) -> datetime:
    """By when something that comes in now is signed for."""
    limit = parameters.figure("help_sign_hours", desk.today).value
    return hours.after(desk.calendar.works, parts(desk), desk.now, limit * 60)


def raise_(
    desk: Desk, firm: Firm, topic: Topic, title: str, says: str, paper: Paper | None = None, source_id: int | None = None,
    act: Act = Act.RAISE_REQUEST,
) -> HelpRequest:  # fmt: skip
    """Ask for help (提出诉求): the helper and the deputy are told at once, every officer where the firm has none.

    `act` is what brings it about: the firm itself, its answer to the survey, or an appointment that is referred.
    """
    by = standing(desk, firm.id)
    asked = desk.add(
        HelpRequest(
            number=take_number(desk.session, Series.REQUEST, desk.today.year), firm_id=firm.id, topic=topic,
            title=line(title, "request_title", 80), says=passage(says, "request_says", 1000), raised_at=desk.now,
            raised_by=desk.actor.id, raiser=desk.actor.name, sign_by=sign_by(desk), helper_id=by.helper_id if by else None,
            helper=by.helper if by else "", source_id=source_id,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(act, asked, topic=topic, helper=asked.helper_id, says=Private(asked.says))
    if paper is not None:
        _word(desk, asked, Side.FIRM, paper.name, paper)
    _tell_zone(desk, Act.RAISE_REQUEST, asked, by, "raised")
    return asked


def sign(desk: Desk, asked: HelpRequest, span: Span) -> None:
    """Sign for it and say how long it may take (签收并定时限)."""
    desk.session.refresh(asked, with_for_update=True)
    days = parameters.figure(SPANS[span], desk.today).value
    asked.span, asked.signed_at, asked.signer = span, desk.now, desk.actor.name
    asked.due_on = desk.calendar.after(desk.today, days).day
    desk.take(Act.SIGN_REQUEST, asked, span=span, due=asked.due_on, late=desk.now > asked.sign_by)
    _tell_firm(desk, Act.SIGN_REQUEST, asked, "signed")


def answer(desk: Desk, asked: HelpRequest, text: str) -> None:
    """Answer it (答复诉求); the firm closes it or opens it again once. The second answer is final."""
    desk.session.refresh(asked, with_for_update=True)
    text = passage(text, "request_answer", 1000)
    asked.answer, asked.answered_on = text, desk.today
    asked.first_answered_on = asked.first_answered_on or desk.today
    desk.take(Act.ANSWER_REQUEST, asked, due=asked.due_on, answer=Private(text))
    _word(desk, asked, Side.ZONE, text)
    _tell_firm(desk, Act.ANSWER_REQUEST, asked, asked.state.value)


def reopen(desk: Desk, asked: HelpRequest, why: str) -> None:
    """Not content (重新办理): once, with a new day of the same span; the leader is told beside the helper."""
    desk.session.refresh(asked, with_for_update=True)
    why = passage(why, "reason")
    span = asked.span or Span.USUAL
    asked.first_due_on, asked.reopened_at = asked.due_on, desk.now
    asked.due_on = desk.calendar.after(desk.today, parameters.figure(SPANS[span], desk.today).value).day
    desk.take(Act.REOPEN_REQUEST, asked, due=asked.due_on, why=Private(why))
    _word(desk, asked, Side.FIRM, why)
    by = standing(desk, asked.firm_id)
    _tell_zone(desk, Act.REOPEN_REQUEST, asked, by, "reopened")
    to: dict[str, object] = {"user": by.leader_id} if by else {"role": "leader"}
    _tell(desk, Act.REOPEN_REQUEST, asked, "leader", to)


def close(desk: Desk, asked: HelpRequest, grade: Grade, says: str = "") -> None:
    """The firm holds it for settled and says how it was served (确认办结并评价)."""
    desk.session.refresh(asked, with_for_update=True)
    asked.ended_at = desk.now
    desk.take(Act.CLOSE_REQUEST, asked)
    desk.add(
        HelpRating(
            request_id=asked.id, firm_id=asked.firm_id, helper_id=asked.helper_id, grade=grade,
            says=passage(says, "request_rating", 300) if says.strip() else "", given_on=desk.today, given_at=desk.now,
        )
    )  # fmt: skip
    _tell_zone(desk, Act.CLOSE_REQUEST, asked, None, "closed")


def withdraw(desk: Desk, asked: HelpRequest) -> None:
    """The firm does not need it any more (撤回诉求)."""
    desk.session.refresh(asked, with_for_update=True)
    asked.ended_at = desk.now
    desk.take(Act.WITHDRAW_REQUEST, asked)
    _tell_zone(desk, Act.WITHDRAW_REQUEST, asked, None, "withdrawn")


def add_word(desk: Desk, asked: HelpRequest, text: str, paper: Paper | None = None) -> None:
    """A word more by either side (补充说明), which the other one is told of."""
    desk.session.refresh(asked, with_for_update=True)
    desk.take(Act.ADD_HELP_WORD, asked, text=Private(text), paper=paper.id if paper else None)
    side = Side.FIRM if desk.actor.firm_id else Side.ZONE
    word = _word(desk, asked, side, text, paper)
    if side is Side.FIRM:
        _tell_zone(desk, Act.ADD_HELP_WORD, asked, None, f"{word.id}")
    else:
        _tell_firm(desk, Act.ADD_HELP_WORD, asked, f"{word.id}")


def unclosed(desk: Desk) -> list[int]:
    """Answered requests that the firm has not closed and was not reminded of since the answer."""
    days = parameters.figure("help_close_days", desk.today).value
    answered = desk.all(HelpRequest, HelpRequest.state.in_(FIRMS_TURN))
    return [one.id for one in answered if _forgotten(desk, one, days)]


def remind(desk: Desk, key: int) -> int:
    """Remind the firm, once for each answer, that only it closes the request."""
    asked = desk.get(HelpRequest, key, lock=True)
    if not _forgotten(desk, asked, parameters.figure("help_close_days", desk.today).value):
        return 0
    asked.reminded_on = desk.today
    desk.note(Act.REMIND_REQUEST, asked, answered=asked.answered_on)
    _tell_firm(desk, Act.REMIND_REQUEST, asked, f"{asked.answered_on}")
    return 1


def _forgotten(desk: Desk, asked: HelpRequest, days: int) -> bool:
    since, told = asked.answered_on, asked.reminded_on
    waits = asked.state in FIRMS_TURN and since is not None and (told is None or told < since)
    return waits and since is not None and desk.today > desk.calendar.after(since, days).day


def _word(desk: Desk, asked: HelpRequest, side: Side, text: str, paper: Paper | None = None) -> HelpWord:
    word = desk.add(
        HelpWord(request_id=asked.id, firm_id=asked.firm_id, side=side, text=passage(text, "help_word", 1000),
                 paper_id=paper.id if paper else None, at=desk.now, by=desk.actor.id, by_name=desk.actor.name)
    )  # fmt: skip
    desk.session.flush()
    return word


def _tell_zone(desk: Desk, act: Act, asked: HelpRequest, by: Pairing | None, which: str) -> None:
    """Whoever helps the firm, with the deputy where the pairing is given; every officer when nobody does."""
    if asked.helper_id is None:
        _tell(desk, act, asked, which, {"role": "officer"})
        return
    _tell(desk, act, asked, which, {"user": asked.helper_id})
    if by is not None:
        _tell(desk, act, asked, f"{which}:deputy", {"user": by.deputy_id})


def _tell_firm(desk: Desk, act: Act, asked: HelpRequest, which: str) -> None:
    _tell(desk, act, asked, which, {"firm": asked.firm_id})


def _tell(desk: Desk, act: Act, asked: HelpRequest, which: str, to: dict[str, object]) -> None:
    desk.later("notice", f"{act}:{asked.id}:{which}", to=to, code=act.value, subject=asked.id, number=asked.number)
