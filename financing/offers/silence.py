"""Silence of banks (逾期未答复): a reminder at half of the limit, the head and the office at its end, then the need goes on (F22).

Each step happens once, also when the platform was down on its day: what is due is read from the dates, not counted from the last run.
"""

from __future__ import annotations

from financing.acts import Act
from financing.desk import Desk
from financing.matching.model import Match
from financing.matching.rules import MatchState
from financing.needs.model import Need
from financing.offers import asks, opening
from financing.offers.claim_model import Silence


def waiting(desk: Desk) -> list[int]:
    """The matches that wait for a bank's answer, the oldest first."""
    return [match.id for match in desk.all(Match, Match.state == MatchState.SENT, by=Match.due_on)]


def look_at(desk: Desk, key: int) -> int:
    """Remind the bank once half of its limit is over; after its last day let the need go on. How many were let go."""
    match = desk.get(Match, key, lock=True)
    if match.state is not MatchState.SENT or match.sent_on is None or match.due_on is None:
        return 0
    if asks.pause(desk, match.id) is not None:
        return 0  # the firm owes this bank something: its days are not counted
    if desk.today > match.due_on:
        return _let_go(desk, match)
    if 2 * (desk.today - match.sent_on).days >= (match.due_on - match.sent_on).days:
        _tell(desk, match, Act.REMIND_BANK, bank={"bank": match.bank_id})
    return 0


def _let_go(desk: Desk, match: Match) -> int:
    """The bank no longer has the need; head and office are told, and the firm, which may let in the next bank."""
    desk.take(Act.SILENT_BANK, match, due=match.due_on)
    desk.add(
        Silence(
            **{name: getattr(match, name) for name in ("need_id", "firm_id", "bank_id", "sent_on", "due_on")},
            match_id=match.id,
            at=desk.now,
        )
    )
    head = {"bank": match.bank_id, "role": "bank_admin"}
    _tell(desk, match, Act.SILENT_BANK, head=head, office={"role": "officer"}, firm={"firm": match.firm_id})
    opening.soon(desk, match)
    return 1


def _tell(desk: Desk, match: Match, act: Act, **people: dict[str, object]) -> None:
    number = desk.get(Need, match.need_id).number
    for who, to in people.items():
        once = f"{act.value}:{match.id}:{match.due_on}:{who}"
        desk.later("notice", once, to=to, code=act.value, subject=match.need_id, number=number)
