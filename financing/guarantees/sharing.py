"""How a loss is shared (风险分担, F37): to the fen, by one rule that anybody can do again by hand. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.guarantees.change_rules import ChangeState
from financing.money import Fen, Rate
from financing.price_refusals import SharesDoNotAdd
from financing.refusals import OutOfRange

WHOLE = 1_000_000


class Party(StrEnum):
    """Who bears a part of a loss."""

    GUARANTOR = "guarantor"
    BANK = "bank"
    REGUARANTOR = "reguarantor"  # of the province
    FUND = "fund"  # the national fund (国家融资担保基金)
    TREASURY = "treasury"  # the zone's or the county's
    OTHER = "other"  # one more, by name


Shares = Mapping[Party, Rate]
AGREEMENT_FLOW = Flow(
    start=ChangeState.PROPOSED,
    steps={
        (ChangeState.PROPOSED, Act.ADOPT_AGREEMENT): ChangeState.ADOPTED,
        (ChangeState.PROPOSED, Act.TURN_DOWN_AGREEMENT): ChangeState.TURNED_DOWN,
    },
)


def whole(shares: Shares) -> None:
    """SharesDoNotAdd with their total and its distance from the whole; OutOfRange for a share that is no part of a whole."""
    if any(not 0 <= share.ppm <= WHOLE for share in shares.values()):
        raise OutOfRange(field="share", least=Rate(0), most=Rate(WHOLE))
    if (total := sum(share.ppm for share in shares.values())) != WHOLE:
        raise SharesDoNotAdd(total=Rate(total), gap=Rate(abs(total - WHOLE)))


def split(amount: Fen, shares: Shares) -> dict[Party, Fen]:
    """Each party's part of a loss or of a recovery: the parts add up to the amount, each within a fen of its exact share.

    By largest remainder: everybody's share rounded down, then one fen each to the largest remainders; of equal remainders the
    larger share goes first, then the order of `Party`. A party that bears nothing gets nothing. OutOfRange below zero.
    """
    whole(shares)
    if amount < Fen(0):
        raise OutOfRange(field="amount", least=Fen(0), most=None)
    parts = _apportioned(amount.fen, {party: share.ppm for party, share in shares.items()})
    return {party: Fen(part) for party, part in parts.items()}


def for_cover(shares: Shares, cover: Rate) -> dict[Party, Rate]:
    """The shares of one case with a cover of its own: the bank bears all above it, the others share it in their proportions.

    With the cover that the agreement leaves beside the bank's part they are the agreement's own shares.
    """
    whole(shares)
    others: dict[Party, int] = {party: share.ppm for party, share in shares.items() if party is not Party.BANK}
    if not any(others.values()):
        return dict(shares)
    parts = _apportioned(cover.ppm, others) | {Party.BANK: WHOLE - cover.ppm}
    return {party: Rate(parts[party]) for party in Party if party in parts}


def _apportioned(amount: int, weights: Mapping[Party, int]) -> dict[Party, int]:
    """A whole number in proportion to weights, by largest remainder."""
    total = sum(weights.values())
    parts = {party: amount * weight // total for party, weight in weights.items()}
    order = list(Party)

    def turn(party: Party) -> tuple[int, int, int]:
        return -(amount * weights[party] % total), -weights[party], order.index(party)

    for party in sorted(weights, key=turn)[: amount - sum(parts.values())]:
        parts[party] += 1
    return {party: parts[party] for party in order if party in parts}
