"""What reserves, ratios, stress and calibration are worked out from, read whatever single row the reader may open: sums leave here, no names.

Grade, shares and votes are those the committee sealed with its decision; figures of the company those that two people confirmed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from financing import parameters
from financing.db import fen_sum
from financing.desk import BEIJING, Desk
from financing.guarantees import pricing
from financing.guarantees.model import Resolution
from financing.guarantees.rules import CaseState, Round, Vote
from financing.guarantees.sharing import Party, Shares
from financing.letters.model import Guarantee
from financing.letters.rules import ISSUED
from financing.loans import views as loans
from financing.loans.model import Loan
from financing.money import Fen, Rate
from financing.parties.rules import Support
from financing.register import ledger
from financing.register.figure_rules import FiguresState
from financing.register.model import ReturnFigures
from financing.register.rules import Book
from financing.reserves.model import ReservePosting
from financing.reserves.rules import PostingState
from financing.roles import Role

READERS = frozenset({Role.OFFICER, Role.MEMBER, Role.CHAIR, Role.FUND, Role.LEADER, Role.AUDITOR, Role.SYSTEM})
NAMED = frozenset(
    {Role.OFFICER, Role.AUDITOR, Role.SYSTEM}
)  # who may know which firm stands behind a number, as in the register
WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Deal:
    """What a guarantee was decided and issued on, beside its ledger."""

    id: int
    grade: str
    months: int
    starts: date
    matures: date
    shares: Shares
    votes: tuple[tuple[int, Vote], ...]


def admit(desk: Desk) -> None:
    ledger.admit(desk, READERS)


def book(desk: Desk) -> Book:
    """Every guarantee with its ledger."""
    return ledger.book(desk, readers=READERS)


def deals(desk: Desk) -> Mapping[int, Deal]:
    """Everything issued, by the guarantee's id, in one statement."""
    g, record = Guarantee, Resolution.record
    query = (
        select(
            g.id, record["assessment"]["grade"].as_string(), record["case"]["months"].as_integer(), g.starts, g.matures,
            g.share, record["sharing"], record["ballots"],
        )
        .join(Resolution, Resolution.id == g.resolution_id)
        .where(g.state.in_(ISSUED), g.form != Support.RECOMMENDATION)
    )  # fmt: skip
    return {row[0]: _deal(*row) for row in desk.session.execute(query)}


def _deal(
    key: int, grade: str | None, months: int | None, starts: date, matures: date, share: Rate,
    sharing: Mapping[str, Any] | None, ballots: Collection[Mapping[str, Any]] | None,
) -> Deal:  # fmt: skip
    term = months or max(1, round((matures - starts).days / 30.4))
    return Deal(key, grade or "", term, starts, matures, _shares(share, sharing), tuple(_votes(ballots or ())))


def _shares(share: Rate, sharing: Mapping[str, Any] | None) -> dict[Party, Rate]:
    """As sealed; a decision of before agreements were sealed: the guarantor its cover, the bank the rest."""
    if sharing and sharing.get("shares"):
        return {Party(party): Rate(ppm) for party, ppm in sharing["shares"].items()}
    return {Party.GUARANTOR: share, Party.BANK: Rate(WHOLE - share.ppm)}


def _votes(ballots: Collection[Mapping[str, Any]]) -> Iterator[tuple[int, Vote]]:
    """The vote of each member that counted: the one of the final round, or of the first where all agreed in it."""
    last: dict[int, Mapping[str, Any]] = {}
    for one in sorted((one for one in ballots if not one.get("void")), key=_turn):
        last[one["user"]] = one
    for user, one in last.items():
        yield user, Vote(one["vote"])


def _turn(ballot: Mapping[str, Any]) -> bool:
    return ballot.get("round") == Round.FINAL.value


def refused(desk: Desk, first: date, last: date) -> int:
    """How many cases the committee turned down in a time: nobody knows what would have become of them."""
    decided = select(Resolution.sealed_at).where(Resolution.outcome == CaseState.REJECTED)
    days = [at.astimezone(BEIJING).date() for at in desk.session.scalars(decided)]
    return sum(first <= day <= last for day in days)


def typed(desk: Desk, month: date) -> Mapping[str, int]:
    """What two people confirmed for the return of the month that ends on a day; the newest of it counts."""
    query = select(ReturnFigures.figures).where(
        ReturnFigures.month == month, ReturnFigures.state == FiguresState.CONFIRMED
    )
    found = desk.session.scalar(query.order_by(ReturnFigures.decided_at.desc()).limit(1))
    return found or {}


def net_assets(desk: Desk, day: date) -> Fen | None:
    """The newest confirmed figure of a month until the day; before the first one, the guarantor's terms of today."""
    query = select(ReturnFigures.figures).where(
        ReturnFigures.month <= day, ReturnFigures.state == FiguresState.CONFIRMED
    )
    for figures in desk.session.scalars(query.order_by(ReturnFigures.month.desc(), ReturnFigures.decided_at.desc())):
        if "net_assets_typed" in figures:
            return Fen(figures["net_assets_typed"])
    own = pricing.own(desk)
    return own.net_assets if own else None


def posted(desk: Desk, until: date) -> ReservePosting | None:
    """The newest confirmed posting until a day."""
    query = select(ReservePosting).where(ReservePosting.until <= until, ReservePosting.state == PostingState.CONFIRMED)
    found: ReservePosting | None = desk.session.scalar(query.order_by(ReservePosting.until.desc()).limit(1))
    return found


def stored(desk: Desk) -> tuple[Fen, Fen]:
    """Balance and unrecovered sum of all guarantees as they are kept beside their ledgers."""
    g = Guarantee
    query = select(fen_sum(g.balance), fen_sum(g.unrecovered)).where(
        g.state.in_(ISSUED), g.form != Support.RECOMMENDATION
    )
    balance, unrecovered = desk.session.execute(query).one()
    return balance, unrecovered


def days_past_due(desk: Desk, asked: Mapping[int, date]) -> Mapping[int, int]:
    """Of guarantees with a loan on record: how many days it was past due on the day asked for; a fixed number of statements."""
    query = (
        select(Guarantee.id, Loan).join(Loan, Loan.offer_id == Guarantee.offer_id).where(Guarantee.state.in_(ISSUED))
    )
    known = [(key, loan) for key, loan in desk.session.execute(query).all() if key in asked]
    found = loans.on_days(desk, [(loan, asked[key]) for key, loan in known])
    return {key: one.days_past_due for (key, _), one in zip(known, found, strict=True)}


def rate(key: str, day: date) -> Rate:
    return Rate(parameters.figure(key, day).value)
