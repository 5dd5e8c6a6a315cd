"""What people see on the day of a session: one's own talks with what was said of them, the clock, answers by code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from financing.access import Actor, may
from financing.acts import Act
from financing.desk import Desk
from financing.forums import intents, views
from financing.forums.board import Board
from financing.forums.day_model import Intent, RoundClock
from financing.forums.day_rules import Said
from financing.forums.model import BankTable, ForumSession, Talk
from financing.forums.rules import SessionState
from financing.matching.model import Dossier, Match
from financing.money import Fen
from financing.parties.model import Bank, Firm
from financing.refusals import WrongState


@dataclass(frozen=True, slots=True)
class TalkView:
    """One talk; the firm's name and sums are empty where they are not open to the reader."""

    id: int
    session_id: int
    round: int
    starts: str
    ends: str
    table: int
    bank: str
    firm: str
    number: str
    dossier_id: int
    amount: Fen | None
    months: int | None
    intent: Intent | None
    open: bool  # an answer may be recorded now


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer sheet: its code and what has been recorded."""

    code: str
    round: int
    table: int
    firm: str
    said: Said | None
    amount: Fen | None
    typed: bool
    by: str
    at: datetime | None


def day(desk: Desk, session: ForumSession) -> tuple[TalkView, ...]:
    """The talks in sight, in the order of the day."""
    talks = desk.all(Talk, Talk.session_id == session.id, by=Talk.round)
    return tuple(_seen(desk, session, talks))


def talk(desk: Desk, held: Talk) -> TalkView:
    """One talk as its own bank sees it."""
    (found,) = _seen(desk, desk.get(ForumSession, held.session_id), [held])
    return found


def answers(desk: Desk, session: ForumSession) -> tuple[AnswerLine, ...]:
    """Every answer sheet of a session, those without an answer first."""
    talks = {talk.id: talk for talk in day(desk, session)}
    lines = []
    for code, held in intents.coded(desk, session).items():
        seen = talks[held.id]
        intent = seen.intent
        said, amount, at = (intent.said, intent.amount, intent.at) if intent else (None, None, None)
        by = (intent.signed if intent.typed_by else intent.by_name) if intent else ""
        typed = bool(intent and intent.typed_by)
        lines.append(AnswerLine(code, seen.round, seen.table, seen.firm, said, amount, typed, by, at))
    return tuple(sorted(lines, key=lambda line: (line.said is not None, line.table, line.round)))


def clock_of(desk: Desk, session_id: int, version: int | None) -> RoundClock:
    """The clock of a session, if it still stands as the officer saw it."""
    held = desk.find(RoundClock, RoundClock.session_id == session_id)
    if held is None:
        raise WrongState(state=desk.get(ForumSession, session_id).state, act=Act.START_CLOCK)
    return desk.get(RoundClock, held.id, version=version, lock=True)


def clock_acts(actor: Actor, held: RoundClock | None, board: Board) -> tuple[Act, ...]:
    """What an officer may do with the clock now; there is no round after the last."""
    if held is None or board.state is not SessionState.OPEN:
        return ()
    last = held.round >= board.rounds
    acts = held.flow.acts_from(held.state)
    return tuple(act for act in acts if may(actor, act, held) and not (last and act is Act.NEXT_ROUND))


def _seen(desk: Desk, session: ForumSession, talks: list[Talk]) -> list[TalkView]:
    times = {one.number: one for one in views.rounds(session)}
    needs = {m.id: m.need_id for m in desk.all(Match, Match.id.in_({talk.match_id for talk in talks}))}
    # Not the whole row: a dossier holds its snapshot, and this page is opened between two talks.
    columns = (Dossier.id, Dossier.need_id, Dossier.number, Dossier.firm_name, Dossier.amount, Dossier.months)
    query = desk.select(Dossier, *columns).where(Dossier.need_id.in_(set(needs.values())))
    dossiers = {row.need_id: row for row in desk.session.execute(query)}
    firms = {firm.id: firm.name for firm in desk.all(Firm, Firm.id.in_({talk.firm_id for talk in talks}))}
    banks = {bank.id: bank.name for bank in desk.all(Bank)}
    tables = {row.bank_id: row.place for row in desk.all(BankTable, BankTable.session_id == session.id)}
    said = {intent.match_id: intent for intent in desk.all(Intent, Intent.session_id == session.id)}
    found = []
    for each in talks:
        dossier = dossiers.get(needs.get(each.match_id, 0))
        name = firms.get(each.firm_id) or (dossier.firm_name if dossier else "")
        number, key, amount, months = (
            (dossier.number, dossier.id, dossier.amount, dossier.months) if dossier else ("", 0, None, None)
        )
        found.append(TalkView(
            each.id, session.id, each.round, times[each.round].starts, times[each.round].ends, tables.get(each.bank_id, 0),
            banks[each.bank_id], name, number, key, amount, months, said.get(each.match_id), session.state is SessionState.OPEN,
        ))  # fmt: skip
    return found
