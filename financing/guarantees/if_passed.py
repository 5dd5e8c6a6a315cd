"""What a case would mean if it were passed (F80): what it may cost the guarantor, as expected and under stress."""

from __future__ import annotations

from dataclasses import dataclass

from financing.credit.model import Assessment
from financing.desk import Desk
from financing.guarantees import agreements
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import exposure
from financing.guarantees.sharing import Party
from financing.money import Fen, Rate
from scoring.dated import table
from scoring.losses import given


@dataclass(frozen=True, slots=True)
class IfPassed:
    """Amount borne, the share of it the guarantor bears itself, the rates of the grade, and what they come to; `source` is theirs.

    `agreement` is the number of the one by which others bear their parts; the guarantor pays first and is paid back.
    """

    amount: Fen
    share: Rate
    grade: str
    expected_rate: Rate
    stressed_rate: Rate
    source: str
    agreement: str = ""

    @property
    def borne(self) -> Fen:
        return self.amount.at(self.share)

    @property
    def expected(self) -> Fen:
        return self._loss(self.expected_rate)

    @property
    def stressed(self) -> Fen:
        return self._loss(self.stressed_rate)

    def _loss(self, rate: Rate) -> Fen:
        """Rounded once, half up to the fen."""
        whole = 1_000_000**2
        return Fen((2 * self.amount.fen * self.share.ppm * rate.ppm + whole) // (2 * whole))


def if_passed(desk: Desk, case: GuaranteeCase, assessment: Assessment) -> IfPassed:
    """By the table of default rates in force today; a grade without a rate counts with the worst one there is."""
    rates = given(desk.today)
    worst = max(rates.values(), key=lambda chance: chance.stressed)
    chance = rates.get(assessment.grade, worst)
    agreement = agreements.in_force(desk, None, desk.today)
    return IfPassed(
        exposure(case.line, case.support),
        agreements.shares(desk, case).get(Party.GUARANTOR, Rate(0)),
        assessment.grade,
        Rate(chance.expected),
        Rate(chance.stressed),
        str(table("default_rates", desk.today)["source"]),
        agreement.number if agreement else "",
    )
