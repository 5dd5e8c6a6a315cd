"""Claims (认领): a bank says that it is at work on a need; without an answer the claim lapses and the need is free again (F21).

A claim keeps other banks from claiming, so that one of them at a time calls on the firm. It does not keep them from answering: offers are under
seal, and a firm is never locked in with one bank. A bank claims a need once, or it could hold it for ever.
"""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from financing import parameters
from financing.acts import Act
from financing.answer_refusals import ClaimedOnce, ClaimTaken
from financing.desk import Desk
from financing.matching.model import Match
from financing.matching.rules import MatchState
from financing.needs.model import Need
from financing.offers.ask_model import ClockPause
from financing.offers.claim_model import Claim
from financing.refusals import WrongState


def claim(desk: Desk, match: Match) -> Claim:
    """Claim the need for this bank; ClaimTaken while another bank has it, ClaimedOnce after a first time."""
    need = desk.get(Need, match.need_id)
    desk.session.refresh(need, with_for_update=True)
    desk.session.refresh(match)
    if match.state is not MatchState.SENT:
        raise WrongState(state=match.state, act=Act.CLAIM_NEED)
    if desk.find(Claim, Claim.match_id == match.id):
        raise ClaimedOnce
    if standing := _standing(desk, match.need_id):
        raise ClaimTaken(until=standing.until)
    days = parameters.figure("claim_days", desk.today).value
    until = desk.calendar.after(desk.today, days).day
    desk.note(Act.CLAIM_NEED, match, until=until)
    desk.later(
        "notice",
        f"claim:{match.id}",
        to={"firm": match.firm_id},
        code=Act.CLAIM_NEED.value,
        subject=need.id,
        number=need.number,
    )
    return desk.add(
        Claim(
            match_id=match.id,
            need_id=match.need_id,
            firm_id=match.firm_id,
            bank_id=match.bank_id,
            by=desk.actor.id,
            by_name=desk.actor.name,
            at=desk.now,
            until=until,
        )
    )


def answered(desk: Desk, match: Match) -> None:
    """The bank has answered: its claim has done its work."""
    for standing in desk.all(Claim, Claim.match_id == match.id, Claim.ended_at.is_(None)):
        standing.ended_at = desk.now


def due(desk: Desk) -> list[int]:
    """The claims to end now: over their last day, or of a bank that no longer has the need before it."""
    paused = exists().where(ClockPause.match_id == Claim.match_id, ClockPause.until.is_(None))
    gone = or_((Claim.until < desk.today) & ~paused, Match.state != MatchState.SENT)
    query = desk.select(Claim, Claim.id).join(Match, Match.id == Claim.match_id)
    return list(desk.session.scalars(query.where(Claim.ended_at.is_(None), gone).order_by(Claim.until, Claim.id)))


def lapse(desk: Desk, key: int) -> int:
    """End one claim; one that had its time and no answer is counted, and firm, bank and officers are told that the need is free."""
    found = desk.get(Claim, key, lock=True)
    if key not in due(desk):
        return 0
    found.ended_at, found.lapsed = desk.now, found.until < desk.today
    desk.note(Act.LAPSE_CLAIM, found, lapsed=found.lapsed, until=found.until)
    if found.lapsed:
        number = desk.get(Need, found.need_id).number
        for who, to in {"firm": found.firm_id, "bank": found.bank_id, "role": "officer"}.items():
            once = f"lapsed:{found.id}:{who}"
            desk.later("notice", once, to={who: to}, code=Act.LAPSE_CLAIM.value, subject=found.need_id, number=number)
    return int(found.lapsed)


def _standing(desk: Desk, need_id: int) -> Claim | None:
    """The claim on the need now, whichever bank's it is."""
    with desk.all_seeing():
        found: Claim | None = desk.session.scalar(
            select(Claim).where(Claim.need_id == need_id, Claim.ended_at.is_(None))
        )
    return found
