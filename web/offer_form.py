"""The form of an offer: figures, the cost list line by line, conditions; and a stored offer as its fields again."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import create_model

from financing.answer_refusals import PayeeMissing
from financing.desk import Desk
from financing.money import Fen, Rate
from financing.needs.rules import LONGEST_MONTHS
from financing.offers import views
from financing.offers.costs import Charged, Terms
from financing.offers.model import Offer
from financing.offers.rules import OFFERED, Bearer, Charge, Every, RateBase
from financing.offers.service import Pricing, Promise, priced
from scoring.dated import series
from scoring.repayment import Repayment
from web.fields import Among, Day, Percent, Text, Wan, Whole, Yuan
from web.forms import Form

#: Who bears a charge and when, unless the bank says otherwise.
USUAL = {"bearer": Bearer.FIRM, "every": Every.START}
#: Which LPR stands behind a rate.
TERMS = {RateBase.LPR_1Y: "one_year", RateBase.LPR_5Y: "five_years"}
#: Four fields for each line of the cost list: how much, to whom, borne by whom, how often.
COLUMNS: dict[str, tuple[Any, Any]] = {
    "fee": (Yuan, Fen(0)),
    "payee": (Annotated[str, Text(40)], ""),
    "bearer": (Bearer, Bearer.FIRM),
    "every": (Every, Every.START),
}
CHARGES: dict[str, Any] = {f"{column}_{charge.value}": field for charge in Charge for column, field in COLUMNS.items()}
ChargeFields: Any = create_model("ChargeFields", __base__=Form, **CHARGES)


class OfferForm(ChargeFields):
    amount: Wan
    months: Annotated[int, Whole(1, LONGEST_MONTHS, "个月")]
    base: RateBase = RateBase.FIXED
    rate: Percent | None = None
    points: Annotated[int | None, Whole(-300, 1_500, "基点")] = None
    repayment: Annotated[Repayment, Among(OFFERED)]
    guarantee_fee: Percent = Rate(0)
    deposit: Yuan = Fen(0)
    drawdown_on: Day
    secured_by: Annotated[str, Text(300, lines=True)]
    prepayment: Annotated[str, Text(200)]
    conditions: Annotated[str, Text(500, lines=True)] = ""
    valid_until: Day

    @property
    def charges(self) -> tuple[Charged, ...]:
        """The lines that say an amount; PayeeMissing for one that does not say to whom."""
        lines = (
            Charged(charge, *(getattr(self, f"{column}_{charge.value}") for column in COLUMNS)) for charge in Charge
        )
        said = tuple(line for line in lines if line.amount)
        for line in said:
            if not line.payee:
                raise PayeeMissing(field=f"payee_{line.charge.value}")
        return said

    def terms(self, pricing: Pricing) -> Terms:
        rate = priced(pricing, self.rate)
        return Terms(self.amount, self.months, rate, self.repayment, self.guarantee_fee, self.charges)

    def promise(self, pricing: Pricing) -> Promise:
        texts = {name: getattr(self, name) for name in ("conditions", "secured_by", "prepayment")}
        return Promise(valid_until=self.valid_until, drawdown_on=self.drawdown_on, pricing=pricing, **texts)


def pricing_of(desk: Desk, form: OfferForm) -> Pricing:
    """What the rate rests on, with the LPR of today."""
    term = TERMS.get(form.base)
    lpr = Rate(series("lpr").on(desk.today)[term]) if term else None
    return Pricing(form.base, form.points if term else None, lpr)


def as_typed(own: Offer) -> dict[str, object]:
    """A stored offer as the fields of the form."""
    fields = (
        "amount",
        "months",
        "base",
        "rate",
        "points",
        "repayment",
        "guarantee_fee",
        "secured_by",
        "prepayment",
        "conditions",
    )
    given = {name: getattr(own, name) for name in (*fields, "drawdown_on", "valid_until")}
    lines = {
        f"{column}_{line.charge.value}": value
        for line in views.terms(own).charges
        for column, value in zip(COLUMNS, (_yuan(line.amount), line.payee, line.bearer, line.every), strict=True)
    }
    usual = {f"{column}_{charge.value}": word for charge in Charge for column, word in USUAL.items()}
    said = {name: value for name, value in {**given, **lines}.items() if value is not None}
    return usual | said | {"deposit": "0"}


def _yuan(amount: Fen) -> str:
    """An amount as it stands in a field in yuan."""
    return str(Decimal(amount.fen) / 100)
