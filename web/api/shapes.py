"""What the interface answers: money in whole fen, rates in parts per million, days as YYYY-MM-DD; no fractions anywhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from financing.matching.appetite_rules import PeriodKind
from financing.matching.rules import MatchState, Part
from financing.needs.rules import Purpose
from financing.offers.ask_rules import Item
from financing.offers.rules import Ground, OfferState
from financing.parties.rules import Shelved


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class DossierLine(Shape):
    """One dossier that may be read now."""

    dossier: int
    number: str
    firm: str
    purpose: Purpose
    amount_fen: int
    months: int
    grade: str  # empty where the consent does not cover the score
    state: MatchState
    sent_on: date
    answer_by: date
    working_days_left: int


class Dossiers(Shape):
    """A page of them; `next` is the cursor of the page after it, null on the last one."""

    dossiers: list[DossierLine]
    next: str | None


class GroundLine(Shape):
    """Something a decline may rest on."""

    code: str
    ground: Ground
    detail: str


class Contact(Shape):
    name: str
    phone: str


class DossierWhole(Shape):
    """The frozen dossier as far as the consent reaches; `digest` is the SHA-256 of `snapshot` in canonical form."""

    dossier: int
    number: str
    state: MatchState
    digest: str
    consent: str
    scope: list[Part]
    contact: Contact | None
    grounds: list[GroundLine]
    snapshot: dict[str, Any]


class ProductLine(Shape):
    product: int
    name: str
    standing: Shelved
    least_fen: int
    most_fen: int
    shortest_months: int
    longest_months: int
    spread_ppm: int
    grade: str
    guaranteed_only: bool
    valid_from: date
    valid_until: date


class AppetiteLine(Shape):
    """What the bank has declared for today; null limits are no limits."""

    period: PeriodKind
    starts: date
    ends: date
    version: int
    sections: list[str]
    barred: list[str]
    sizes: list[str]
    least_fen: int | None
    most_fen: int | None
    shortest_months: int | None
    longest_months: int | None
    grade: str
    guaranteed_only: bool
    volume_fen: int | None
    needs: int | None


class Shelf(Shape):
    products: list[ProductLine]
    appetite: AppetiteLine | None


class OfferLine(Shape):
    """One of the bank's own offers, and what has been paid out of it."""

    offer: int
    state: OfferState
    sealed: bool
    amount_fen: int
    months: int
    rate_ppm: int
    made_at: datetime
    valid_until: date
    paid_fen: int


class Offers(Shape):
    offers: list[OfferLine]
    next: str | None


class Claimed(Shape):
    dossier: int
    until: date


class Answered(Shape):
    """A dossier as it stands after the bank's answer; `offer` names the offer, null for a decline."""

    dossier: int
    state: MatchState
    offer: int | None
    effective_cost_ppm: int | None


class Asked(Shape):
    """A question to the firm, and the day by which it is to answer; the bank's own clock stands still meanwhile."""

    ask: int
    item: Item
    answer_by: date


class PaidOut(Shape):
    offer: int
    number: int
    paid_fen: int
    left_fen: int
    worse: bool
