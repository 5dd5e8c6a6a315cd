"""What a bank looks for in a period (放贷偏好, F86): declared by its own people, kept version by version, held to by matching."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func

from financing.access import SYSTEM, require
from financing.acts import Act
from financing.desk import Desk
from financing.matching import teasers
from financing.matching.appetite_rules import Limits, Period, PeriodKind, may_fit
from financing.matching.model import Appetite, Match
from financing.matching.rules import LIVE
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Bank
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Left:
    """What a bank's declared volume still leaves in its period: fen and needs, None for no bound."""

    fen: int | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Fitting:
    """How many needs may fit today; `number` is None where they are fewer than `least`."""

    number: int | None
    least: int


def declare(
    desk: Desk, bank: Bank, period: Period, limits: Limits, *, volume: Fen | None = None, number: int | None = None
) -> Appetite:
    """Declare what the bank looks for in a period; OutOfRange when the limits contradict each other."""
    require(desk.actor, Act.SET_APPETITE, bank)
    _check(limits)
    desk.session.refresh(bank, with_for_update=True)  # one version at a time
    last = desk.select(Appetite).with_only_columns(func.max(Appetite.number))
    same = (Appetite.bank_id == bank.id, Appetite.kind == period.kind, Appetite.starts == period.starts)
    made = desk.add(
        Appetite(
            bank_id=bank.id, kind=period.kind, starts=period.starts, ends=period.ends,
            number=1 + (desk.session.scalar(last.where(*same)) or 0), sections=list(limits.sections),
            barred=list(limits.barred), sizes=list(limits.sizes), least=_fen(limits.least), most=_fen(limits.most),
            shortest=limits.shortest, longest=limits.longest, grade=limits.grade, guaranteed_only=limits.guaranteed_only,
            volume=volume, needs=number, set_at=desk.now, set_by=desk.actor.id, set_by_name=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.SET_APPETITE, made, period=period.key, version=made.number, volume=volume, needs=number)
    return made


def of_period(desk: Desk, bank_id: int, period: Period) -> Appetite | None:
    """The version that counts for one period."""
    same = (Appetite.bank_id == bank_id, Appetite.kind == period.kind, Appetite.starts == period.starts)
    found = desk.all(Appetite, *same, by=Appetite.number.desc())
    return found[0] if found else None


def in_force(desk: Desk, day: date) -> dict[int, Appetite]:
    """What each bank looks for on a day: its month goes before its quarter, the last version before earlier ones."""
    rows = desk.all(Appetite, Appetite.starts <= day, Appetite.ends >= day)
    order = sorted(rows, key=lambda row: (row.kind is PeriodKind.MONTH, row.number))
    return {row.bank_id: row for row in order}


def limits(row: Appetite) -> Limits:
    return Limits(
        sections=tuple(row.sections), barred=tuple(row.barred), sizes=tuple(row.sizes),
        least=row.least.fen if row.least else None, most=row.most.fen if row.most else None, shortest=row.shortest,
        longest=row.longest, grade=row.grade, guaranteed_only=row.guaranteed_only,
    )  # fmt: skip


def left(desk: Desk, row: Appetite) -> Left:
    """The declared volume less what has been proposed to the bank in the period and is not over."""
    taken = replace(desk, actor=SYSTEM).select(Match, Need.amount).join(Need, Need.id == Match.need_id)
    here = (Match.bank_id == row.bank_id, Match.state.in_(LIVE), Match.proposed_on.between(row.starts, row.ends))
    amounts = [amount.fen for amount in desk.session.scalars(taken.where(*here))]
    fen = None if row.volume is None else max(0, row.volume.fen - sum(amounts))
    return Left(fen, None if row.needs is None else max(0, row.needs - len(amounts)))


def fitting(desk: Desk, asked: Limits) -> Fitting:
    """How many needs that look for a bank may fit these limits, told by their teasers alone.

    Counting what the teasers already tell, nobody learns more by trying limits than the teasers would show; and what
    fewer than the least number of needs share is not counted out.
    """
    least = teasers.least(desk).value
    with desk.all_seeing() as zone:  # what is counted here is told as a count alone
        shown = teasers.of_all(zone, teasers.looking(zone))
    number = sum(one is not None and may_fit(one, asked) for one in shown)
    return Fitting(number if number >= least else None, least)


def _check(limits: Limits) -> None:
    for low, high, field in ((limits.least, limits.most, "most"), (limits.shortest, limits.longest, "longest")):
        if low is not None and high is not None and low > high:
            money = field == "most"
            raise OutOfRange(field=field, least=Fen(low) if money else low, most=None)


def _fen(amount: int | None) -> Fen | None:
    return None if amount is None else Fen(amount)
