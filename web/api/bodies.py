"""What a bank's system sends, and the same as the form of the page: one rule book for both."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from financing.money import Fen, Rate
from financing.needs.rules import LONGEST_MONTHS
from financing.offers.ask_rules import Item
from financing.offers.rules import OFFERED, Bearer, Charge, DeclineCode, Every, RateBase
from scoring.repayment import Repayment
from web.api.call import Body
from web.fields import Among, Text, Whole
from web.offer_form import OfferForm

Money = Annotated[int, Field(ge=0, le=10**15)]
Ppm = Annotated[int, Field(ge=0, le=1_000_000)]


class ClaimBody(Body):
    """Nothing to say but the act itself."""


class DeclineBody(Body):
    """Why not, what it rests on (a code of `grounds`), and what would change it."""

    reason: DeclineCode
    rests_on: Annotated[str, Text(40)]
    would_change: Annotated[str, Text(300, lines=True)]


class ChargeBody(Body):
    """One line of the cost list."""

    charge: Charge
    amount_fen: Money
    payee: Annotated[str, Text(40)]
    bearer: Bearer = Bearer.FIRM
    every: Every = Every.START


class OfferBody(Body):
    """An offer at full cost; `rate_ppm` for a fixed rate, `points` (basis points) over an LPR."""

    amount_fen: Money
    months: Annotated[int, Whole(1, LONGEST_MONTHS, "个月")]
    base: RateBase = RateBase.FIXED
    rate_ppm: Ppm | None = None
    points: Annotated[int, Whole(-300, 1_500, "基点")] | None = None
    repayment: Annotated[Repayment, Among(OFFERED)]
    guarantee_fee_ppm: Ppm = 0
    charges: Annotated[tuple[ChargeBody, ...], Field(max_length=len(Charge))] = ()
    deposit_fen: Money = 0
    drawdown_on: date
    secured_by: Annotated[str, Text(300, lines=True)]
    prepayment: Annotated[str, Text(200)]
    conditions: Annotated[str, Text(500, lines=True)] | None = None
    valid_until: date

    @field_validator("charges")
    @classmethod
    def one_line_each(cls, lines: tuple[ChargeBody, ...]) -> tuple[ChargeBody, ...]:
        """The form has one line for each charge, and what two lines would mean is not guessed."""
        if len({line.charge for line in lines}) < len(lines):
            raise PydanticCustomError("twice", "a charge stands twice")
        return lines

    def form(self) -> OfferForm:
        """The same as the form of the page."""
        same = ("months", "base", "points", "repayment", "drawdown_on", "secured_by", "prepayment", "valid_until")
        lines = {
            f"{column}_{line.charge.value}": value
            for line in self.charges
            for column, value in {
                "fee": Fen(line.amount_fen), "payee": line.payee, "bearer": line.bearer, "every": line.every,
            }.items()
        }  # fmt: skip
        return OfferForm(
            **{name: getattr(self, name) for name in same}, **lines,
            **({} if self.conditions is None else {"conditions": self.conditions}),  # none is not the same as an empty text
            amount=Fen(self.amount_fen), guarantee_fee=Rate(self.guarantee_fee_ppm), deposit=Fen(self.deposit_fen),
            rate=None if self.rate_ppm is None else Rate(self.rate_ppm),
        )  # fmt: skip


class AskBody(Body):
    """One item of the list that is not on file yet; `note` says what exactly."""

    item: Item
    note: Annotated[str, Text(200, lines=True)] | None = None


class DrawdownBody(Body):
    """One payment out of an accepted offer; `added` is what was asked for beyond the offer."""

    paid_on: date
    amount_fen: Money
    rate_ppm: Ppm
    added: Annotated[str, Text(300, lines=True)] | None = None
