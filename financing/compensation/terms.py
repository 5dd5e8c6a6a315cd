"""What rules a claim (代偿条件): the agreement as of the letter's issue, the days overdue, and how much may be claimed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing import parameters
from financing.calendar import DAY, Calendar
from financing.clocks.rules import Stop
from financing.compensation.model import CompensationClaim
from financing.compensation.rules import ClaimState, claimable
from financing.db import fen_sum
from financing.desk import BEIJING, Desk
from financing.guarantees import agreements, sharing
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.sharing import WHOLE, Party
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.loans import views
from financing.loans.model import Loan
from financing.loans.views import Standing
from financing.money import Fen, Rate


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed when the letter was issued: days overdue before a claim, calendar days until it is paid, who bears what."""

    agreement: SharingAgreement | None
    trigger_days: int
    grace_days: int
    shares: dict[Party, Rate]  # of a whole loss, the bank's among them

    @property
    def number(self) -> str:
        return self.agreement.number if self.agreement else ""

    @property
    def of_payment(self) -> dict[Party, Rate]:
        """Who bears which part of what the guarantor pays: all but the bank, in the proportions of the sealed shares."""
        whole = sharing.for_cover(self.shares, Rate(WHOLE))
        return {party: share for party, share in whole.items() if party is not Party.BANK}


def of(desk: Desk, guarantee: Guarantee) -> Terms:
    """The agreement that was in force and known on the day of issue; without one the figures of that day and the cover alone."""
    since = guarantee.issued_on or desk.today
    found = agreements.in_force(desk, guarantee.bank_id, since)
    if found is not None and (found.decided_at is None or found.decided_at.astimezone(BEIJING).date() > since):
        found = None  # adopted afterwards, for days that were already past
    if found is None:
        alone = {Party.GUARANTOR: guarantee.share, Party.BANK: Rate(WHOLE - guarantee.share.ppm)}
        return Terms(None, _days("trigger", since), _days("grace", since), alone)
    return Terms(found, found.trigger_days, found.grace_days, sharing.for_cover(found.shares, guarantee.share))


def paid(desk: Desk, guarantee: Guarantee) -> Fen:
    """What was compensated under a guarantee so far."""
    booked = (GuaranteeEntry.guarantee_id == guarantee.id, GuaranteeEntry.kind == EntryKind.COMPENSATED)
    return desk.session.scalar(select(fen_sum(GuaranteeEntry.amount)).where(*booked)) or Fen(0)


def settled(desk: Desk, guarantee: Guarantee) -> Fen:
    """What was claimed before and is finally not paid; a refusal of something that can be mended leaves it open."""
    c = CompensationClaim
    over = (c.guarantee_id == guarantee.id, c.state.in_((ClaimState.PAID, ClaimState.REFUSED)), ~c.again)
    return desk.session.scalar(select(fen_sum(c.cut)).where(*over)) or Fen(0)


def most(desk: Desk, guarantee: Guarantee) -> Fen:
    """The most that may be claimed under a guarantee now."""
    return claimable(guarantee.balance, paid(desk, guarantee), settled(desk, guarantee), guarantee.share)


def principal(desk: Desk, guarantee: Guarantee) -> Fen:
    """What the firm has not paid itself, of what is guaranteed."""
    return guarantee.balance + paid(desk, guarantee)


def standing(desk: Desk, guarantee: Guarantee) -> Standing | None:
    """How the guaranteed loan stands today by the platform's own records; None where no loan is recorded."""
    loan = desk.session.scalar(select(Loan).where(Loan.offer_id == guarantee.offer_id))
    return None if loan is None else next(iter(views.of(desk, [loan])))


def overdue(desk: Desk, guarantee: Guarantee) -> int | None:
    """How many days the loan is past due by those records."""
    found = standing(desk, guarantee)
    return None if found is None else found.days_past_due


def due(calendar: Calendar, start: date, days: int, stops: Iterable[Stop]) -> date:
    """The last day of so many calendar days, days of standstill not counted; on a day off the next open one (民法典 203)."""
    stood = sum((stop.until - stop.since).days for stop in stops)
    return calendar.next_open(start + DAY * (days + stood))


def _days(what: str, on: date) -> int:
    return parameters.figure(f"compensation_{what}_days", on).value
