"""Watch over guarantees in force (保后检查): when a check is due, how checks and warnings move, how bad things stand. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from financing.acts import Act
from financing.calendar import Calendar
from financing.flow import Flow
from financing.loans.rules import FiveClass, worst


class CheckState(StrEnum):
    DUE = "due"
    DONE = "done"
    ENDED = "ended"  # nothing is guaranteed any more


CHECK_FLOW = Flow(
    start=CheckState.DUE,
    steps={
        (CheckState.DUE, Act.RECORD_VISIT): CheckState.DONE,
        (CheckState.DUE, Act.END_CHECK): CheckState.ENDED,
    },
)


class Item(StrEnum):
    """What is looked at on a visit, in the order of the form."""

    USE = "use"
    OPERATION = "operation"
    STOCK = "stock"
    STAFF = "staff"
    POWER = "power"
    SECURITY = "security"


class Seen(StrEnum):
    """How one thing was found."""

    FINE = "fine"
    DOUBTFUL = "doubtful"
    BAD = "bad"
    UNSEEN = "unseen"


class Level(StrEnum):
    """How grave a warning is: a red one is closed by two people."""

    RED = "red"
    AMBER = "amber"


class WarningState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"  # one person holds it for settled, another has to agree
    CLOSED = "closed"


W = WarningState
WARNING_FLOW = Flow(
    start=W.OPEN,
    steps={
        (W.OPEN, Act.CLOSE_WARNING): W.CLOSED,
        (W.OPEN, Act.ASK_CLOSING): W.CLOSING,
        (W.CLOSING, Act.CONFIRM_CLOSING): W.CLOSED,
        (W.CLOSING, Act.RETURN_CLOSING): W.OPEN,
    },
)


class Closing(StrEnum):
    """Why a warning is over; there is no "other"."""

    GONE = "gone"  # what was found is no longer so
    UNFOUNDED = "unfounded"  # it was never so
    SECURED = "secured"  # something new stands behind the loan
    REPAID = "repaid"
    PASSED_ON = "passed_on"  # payment by the guarantor, or recovery, goes on with it
    WATCHED = "watched"  # the risk is known, borne and watched by the next check


class Outside(StrEnum):
    """What is learned of a firm from others (外部情况), each with a figure in the unit of `UNITS`; nought says that it is over."""

    TAX_STOP = "tax_stop"
    LAWSUIT = "lawsuit"
    ENFORCEMENT = "enforcement"
    WAGES = "wages"
    POWER = "power"
    OWNER = "owner"
    DISHONEST = "dishonest"
    REGISTRATION = "registration"


class Changing(StrEnum):
    """What changed among those who own or lead a firm."""

    OUTSIDE = "outside"
    REPRESENTATIVE = "representative"
    CONTROLLER_NEW = "controller_new"
    CONTROLLER_GONE = "controller_gone"
    SHAREHOLDER_NEW = "shareholder_new"
    SHAREHOLDER_GONE = "shareholder_gone"


class Unit(StrEnum):
    """What the figure of an outside fact counts."""

    MONTHS = "months"
    FEN = "fen"
    KWH = "kwh"
    RECORDS = "records"
    NONE = "none"


UNITS: Mapping[Outside, Unit] = {
    Outside.TAX_STOP: Unit.MONTHS,
    Outside.LAWSUIT: Unit.FEN,
    Outside.ENFORCEMENT: Unit.FEN,
    Outside.WAGES: Unit.FEN,
    Outside.POWER: Unit.KWH,
    Outside.OWNER: Unit.NONE,
    Outside.DISHONEST: Unit.RECORDS,
    Outside.REGISTRATION: Unit.NONE,
}


class Origin(StrEnum):
    """Who says so."""

    COURT = "court"
    TAX = "tax"
    LABOUR = "labour"
    GRID = "grid"
    REGISTRY = "registry"
    BANK = "bank"
    SITE = "site"
    FIRM = "firm"


#: Days between two checks, by class.
CADENCE: Mapping[FiveClass, str] = {
    FiveClass.NORMAL: "watch_normal_days",
    FiveClass.ATTENTION: "watch_attention_days",
    FiveClass.SUBSTANDARD: "watch_substandard_days",
    FiveClass.DOUBTFUL: "watch_doubtful_days",
    FiveClass.LOSS: "watch_loss_days",
}
#: Working days within which a warning is to be dealt with.
DEAL_WITHIN: Mapping[Level, str] = {Level.RED: "warning_red_days", Level.AMBER: "warning_amber_days"}


def by_visits(newest: Iterable[FiveClass], to_better: int) -> FiveClass:
    """What visits say, the newest first: one that finds worse counts at once, better counts once so many in a row have found it."""
    return worst(*list(newest)[:to_better])


def wanted(calendar: Calendar, since: date, days: int) -> date:
    """The day by which somebody must have been there: so many days after the pay-out or the last visit, moved to an open day."""
    return calendar.next_open(since + timedelta(days=days))


def sooner(calendar: Calendar, due_on: date, wanted_on: date, today: date, notice: int) -> date:
    """The day of an open check once the class is worse: never a later one, and never without so many working days' notice."""
    return min(due_on, max(wanted_on, calendar.after(today, notice).day))
