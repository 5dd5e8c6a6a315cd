"""What banks say at their tables (意向): recorded by the bank itself, or typed by the office from the bank's answer sheet."""

from __future__ import annotations

from dataclasses import dataclass

from financing.access import require
from financing.acts import Act
from financing.case_refusals import BeyondNeed
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.model import BankTable, ForumSession, Talk
from financing.forums.rules import SessionState
from financing.matching.model import Dossier, Match
from financing.money import Fen
from financing.refusals import WrongState
from financing.session_refusals import BankSaidItself, IntentSum, NotAtTable

#: When a bank may speak for itself, and until when an answer sheet may be typed.
AT_TABLE = (SessionState.OPEN,)
ON_PAPER = (SessionState.OPEN, SessionState.CLOSED)


@dataclass(frozen=True, slots=True)
class Word:
    """What was said of one talk, and for paper who signed it."""

    said: Said
    amount: Fen | None = None
    signed: str = ""


def record(desk: Desk, talk: Talk, word: Word) -> Intent:
    """The bank's own answer while the session is open; said again the same it changes nothing, otherwise the last counts."""
    require(desk.actor, Act.RECORD_INTENT, talk)
    _in(desk, talk, AT_TABLE, Act.RECORD_INTENT)
    return _put(desk, talk, word, Act.RECORD_INTENT)


def type_in(desk: Desk, session: ForumSession, code: str, word: Word) -> Intent:
    """An answer sheet typed by the office: NotAtTable for an unknown code; what the bank said itself is not replaced."""
    talk = coded(desk, session).get(code.strip().upper())
    if talk is None:
        raise NotAtTable(field="answer_code")
    require(desk.actor, Act.TYPE_ANSWER, talk)
    _in(desk, talk, ON_PAPER, Act.TYPE_ANSWER)
    return _put(desk, talk, word, Act.TYPE_ANSWER)


def coded(desk: Desk, session: ForumSession) -> dict[str, Talk]:
    """The talks of a session by the code on the answer sheet: the dossier's number and the table's."""
    talks = desk.all(Talk, Talk.session_id == session.id)
    matches = {match.id: match.need_id for match in desk.all(Match, Match.id.in_([talk.match_id for talk in talks]))}
    query = desk.select(Dossier, Dossier.need_id, Dossier.number).where(Dossier.need_id.in_(matches.values()))
    numbers = {row.need_id: row.number for row in desk.session.execute(query)}
    places = {table.bank_id: table.place for table in desk.all(BankTable, BankTable.session_id == session.id)}
    return {
        answer_code(numbers[matches[talk.match_id]], places[talk.bank_id]): talk
        for talk in talks
        if matches.get(talk.match_id) in numbers
    }


def answer_code(number: str, place: int) -> str:
    """`26-0003-02`: dossier DA2026-0003 at table 2."""
    return f"{number[4:]}-{place:02d}"


def _put(desk: Desk, talk: Talk, word: Word, act: Act) -> Intent:
    """One row a talk, whoever comes first; the match is held, so that two posts come one after the other.

    A bank reaches the match only while the firm's consent stands.
    """
    match = desk.get(Match, talk.match_id, lock=True)
    _sound(desk, match, word)
    typed = act is Act.TYPE_ANSWER
    held = desk.find(Intent, Intent.session_id == talk.session_id, Intent.match_id == match.id)
    if held and (held.said, held.amount) == (word.said, word.amount):
        return held
    if held and typed and held.typed_by is None:
        raise BankSaidItself
    intent = held or Intent(
        session_id=talk.session_id, match_id=match.id, need_id=match.need_id, firm_id=match.firm_id, bank_id=match.bank_id,
        round=talk.round, said=word.said, amount=word.amount, at=desk.now, by=desk.actor.id, by_name=desk.actor.name,
        typed_by=desk.actor.id if typed else None, signed=word.signed if typed else "",
    )  # fmt: skip
    intent.said, intent.amount, intent.at, intent.by, intent.by_name = (
        word.said, word.amount, desk.now, desk.actor.id, desk.actor.name,
    )  # fmt: skip
    intent.typed_by, intent.signed = (desk.actor.id, word.signed) if typed else (None, "")
    desk.add(intent)
    desk.note(act, intent, said=word.said, amount=word.amount, round=talk.round, match=match.id)
    return intent


def _sound(desk: Desk, match: Match, word: Word) -> None:
    """An amount where there is an intent and nowhere else, and within the need."""
    if (word.said is Said.INTENDS) != (word.amount is not None):
        raise IntentSum(field="amount")
    most = desk.session.scalar(desk.select(Dossier, Dossier.amount).where(Dossier.need_id == match.need_id))
    if word.amount and most and not Fen(0) < word.amount <= most:
        raise BeyondNeed(field="amount", most=most)


def _in(desk: Desk, talk: Talk, states: tuple[SessionState, ...], act: Act) -> None:
    session = desk.get(ForumSession, talk.session_id)
    if session.state not in states:
        raise WrongState(state=session.state, act=act)
