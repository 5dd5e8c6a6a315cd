"""The committee at one case: who sits, who stepped aside, who has voted. Only counting and sealing read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from financing import parameters
from financing.desk import Desk
from financing.guarantees.model import Ballot, GuaranteeCase, Seat, Tie
from financing.guarantees.rules import Count, Round


@dataclass(frozen=True, slots=True)
class Sitting:
    """Seats of the present meeting, ties to the case, ballots of the present meeting with the void ones."""

    seats: tuple[Seat, ...]
    ties: tuple[Tie, ...]
    ballots: tuple[Ballot, ...]

    @property
    def eligible(self) -> frozenset[int]:
        """The accounts that may vote: seated with a vote and not tied. Who has not declared keeps their place in the count."""
        return frozenset(seat.user_id for seat in self.seats if seat.votes) - {tie.user_id for tie in self.ties}

    def valid(self, round_: Round = Round.FINAL) -> tuple[Ballot, ...]:
        """The ballots of a round that count."""
        own = (ballot for ballot in self.ballots if ballot.round is round_)
        return tuple(ballot for ballot in own if not ballot.void and ballot.user_id in self.eligible)

    def voters(self, round_: Round) -> frozenset[int]:
        return frozenset(ballot.user_id for ballot in self.valid(round_))

    @property
    def chair_tied(self) -> bool:
        return any(seat.chair and seat.user_id not in self.eligible for seat in self.seats)

    @property
    def names(self) -> dict[int, str]:
        return {seat.user_id: seat.name for seat in self.seats}


def sitting(desk: Desk, case: GuaranteeCase) -> Sitting:
    """All there is to count; asked of the database itself, because nobody may see the whole of it before sealing."""
    scalars = desk.session.scalars
    here = case.meeting_id
    return Sitting(
        tuple(
            scalars(select(Seat).where(Seat.meeting_id == here).order_by(Seat.chair.desc(), Seat.name, Seat.user_id))
        ),
        tuple(scalars(select(Tie).where(Tie.case_id == case.id).order_by(Tie.at, Tie.id))),
        tuple(
            scalars(
                select(Ballot)
                .where(Ballot.case_id == case.id, Ballot.meeting_id == here)
                .order_by(Ballot.round.desc(), Ballot.user_id, Ballot.at, Ballot.void.desc())
            )
        ),
    )


def ballots_of(desk: Desk, case: GuaranteeCase, user: int) -> list[Ballot]:
    """Every ballot a member has cast on a case, at whatever sitting; to make them void, not to show them."""
    return list(desk.session.scalars(select(Ballot).where(Ballot.case_id == case.id, Ballot.user_id == user)))


def counted(desk: Desk, sat: Sitting, round_: Round = Round.FINAL) -> Count:
    """The count of one round under the rules of quorum and majority in force on the day."""
    ballots = sat.valid(round_)
    return Count(
        seats=len(sat.eligible),
        cast=len(ballots),
        votes=Counter(ballot.vote for ballot in ballots),
        present_share=_share(desk, "quorum"),
        carried_share=_share(desk, "majority"),
    )


def _share(desk: Desk, key: str) -> tuple[int, int]:
    part = parameters.figure(f"{key}_part", desk.today).value
    return part, parameters.figure(f"{key}_whole", desk.today).value
