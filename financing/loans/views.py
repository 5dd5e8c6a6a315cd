"""How loans stand on a day (贷款状况): the one answer that warnings, classes, claims, renewals and reserves rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from financing import parameters
from financing.among import among
from financing.desk import BEIJING, Desk
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import ISSUED, EntryKind
from financing.loans import plans, rules
from financing.loans.change_model import ClassChange
from financing.loans.change_rules import ClassState
from financing.loans.model import Loan, LoanPlan, LoanRepayment
from financing.loans.reversal_model import taken_back
from financing.loans.rules import Bucket, ClassDays, FiveClass, Paid
from financing.money import Fen
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from scoring.schedule import Due

#: Later rooms that know of warnings: the class each of these loans is at least in because of them.
WARNED: list[Callable[[Desk, Sequence[Any]], Mapping[int, FiveClass]]] = []
Rows = Mapping[int, Sequence[Any]]
#: What is read of a loan for its standing.
STANDING_OF = (Loan.id, Loan.firm_id, Loan.bank_id, Loan.offer_id, Loan.matures)


@dataclass(frozen=True, slots=True)
class Standing:
    """One loan on one day: what the bank is still owed, what of it is past due and since when, what comes next, its class.

    `balance` is principal paid out, not repaid by the firm and not paid by the guarantor; `days_past_due` are calendar days since the
    oldest uncovered due day (moved to an open day); `by_class` is the worse of that by days and that by people or warnings.
    """

    loan_id: int
    firm_id: int
    bank_id: int
    guarantee_id: int | None
    drawn: Fen
    repaid: Fen
    compensated: Fen
    balance: Fen
    overdue_principal: Fen
    overdue_interest: Fen
    days_past_due: int
    since: date | None
    next_due: date | None
    next_principal: Fen
    next_interest: Fen
    matures: date
    by_days: FiveClass
    by_warnings: FiveClass | None
    by_people: FiveClass | None
    plan: tuple[Due, ...]

    @property
    def next_amount(self) -> Fen:
        return self.next_principal + self.next_interest

    @property
    def by_class(self) -> FiveClass:
        return rules.worst(self.by_days, self.by_people or self.by_warnings)

    @property
    def bucket(self) -> Bucket:
        return rules.bucket(self.days_past_due)

    @property
    def settled(self) -> bool:
        """Everything that was paid out has come back, with its interest."""
        return bool(self.drawn) and not self.balance and not self.overdue_interest and self.next_due is None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is on record about some loans and counts, by loan or by offer: rows of a few columns, for hundreds are read every night."""

    plans: Rows = field(default_factory=dict)
    paid: Rows = field(default_factory=dict)
    drawn: Rows = field(default_factory=dict)
    behind: Rows = field(default_factory=dict)
    entries: Rows = field(default_factory=dict)
    classes: Rows = field(default_factory=dict)
    warned: Mapping[int, FiveClass] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Bars:
    """The figures of a day that all loans are held against."""

    classes: ClassDays
    tolerance: int


def standing(desk: Desk, loan: Loan, day: date | None = None) -> Standing:
    """How one loan stands at the end of a day, today's unless another is asked for."""
    return of(desk, [loan], day)[0]


def standings(desk: Desk, *where: object, day: date | None = None) -> list[Standing]:
    """The same for every loan in sight that fits, those that mature first in front; a fixed number of statements."""
    loans = desk.all(Loan, *where, by=Loan.matures)
    return of(desk, loans, day)


def of(desk: Desk, loans: Sequence[Any], day: date | None = None) -> list[Standing]:
    """How loans at hand, or rows of their STANDING_OF, stand, in their order."""
    facts, day = _facts(desk, loans), day or desk.today
    bars = _bars(day)
    return [_standing(desk, loan, facts, day, bars) for loan in loans]


def on_days(desk: Desk, asked: Sequence[tuple[Loan, date]]) -> list[Standing]:
    """How loans stood, each on a day of its own, in their order; as many statements as for one day."""
    facts, bars = _facts(desk, [loan for loan, _ in asked]), {day: _bars(day) for day in {day for _, day in asked}}
    return [_standing(desk, loan, facts, day, bars[day]) for loan, day in asked]


def _facts(desk: Desk, loans: Sequence[Any]) -> _Facts:
    """Read without the reader's sights: how a loan stands does not depend on who asks."""
    ids, offers, ask = [loan.id for loan in loans], [loan.offer_id for loan in loans], desk.session.execute
    g, e, d, c, p, r = Guarantee, GuaranteeEntry, Drawdown, ClassChange, LoanPlan, LoanRepayment
    behind = _by(
        "offer_id",
        ask(select(g.offer_id, g.id).where(among(g.offer_id, offers), g.state.in_(ISSUED)).order_by(g.prepared_at)),
    )
    keys = [one.id for some in behind.values() for one in some]
    paid = select(e.guarantee_id, e.on, e.amount).where(among(e.guarantee_id, keys), e.kind == EntryKind.COMPENSATED)
    drawn = select(d.offer_id, d.paid_on, d.amount).where(among(d.offer_id, offers), d.id.not_in(gone()))
    set_by = select(c.loan_id, c.decided_at, c.to).where(among(c.loan_id, ids), c.state == ClassState.CONFIRMED)
    planned = select(p.loan_id, p.since, p.matures, p.rows).where(among(p.loan_id, ids))
    counts = (among(r.loan_id, ids), r.id.not_in(taken_back()))
    back = select(r.loan_id, r.on, r.principal, r.interest).where(*counts)
    warned: dict[int, FiveClass] = {}
    for asked in WARNED:
        for key, found in asked(desk, loans).items():
            warned[key] = rules.worst(found, warned.get(key))
    return _Facts(
        _by("loan_id", ask(planned.order_by(p.number))), _by("loan_id", ask(back.order_by(r.on))), _by("offer_id", ask(drawn)), behind,
        _by("guarantee_id", ask(paid)), _by("loan_id", ask(set_by.order_by(c.decided_at))), warned,
    )  # fmt: skip


def _by(name: str, rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _standing(desk: Desk, loan: Any, facts: _Facts, day: date, bars: _Bars) -> Standing:
    version = _version(facts.plans.get(loan.id, ()), day)
    plan, paid = plans.read(version), [one for one in facts.paid.get(loan.id, ()) if one.on <= day]
    behind = facts.behind.get(loan.offer_id, ())
    out = _sum(one.amount for one in facts.drawn.get(loan.offer_id, ()) if one.paid_on <= day)
    back, borne = _sum(one.principal for one in paid), _borne(facts, behind, day)
    found = _owed(desk, plan, paid, borne, day, bars.tolerance)
    return Standing(
        loan.id, loan.firm_id, loan.bank_id, behind[-1].id if behind else None, out, back, borne, max(Fen(0), out - back - borne),
        Fen(found.principal), Fen(found.interest), found.days, found.since, found.next.day if found.next else None,
        Fen(found.next.principal if found.next else 0), Fen(found.next.interest if found.next else 0),
        version.matures if version else loan.matures, rules.by_days(found.days, bars.classes), facts.warned.get(loan.id),
        _set_by_people(facts.classes.get(loan.id, ()), day), plan,
    )  # fmt: skip


def _version(versions: Sequence[Any], day: date) -> Any:
    """The plan in force on a day: the newest of those that begin until then, otherwise the first there was."""
    until = [one for one in versions if one.since <= day]
    return until[-1] if until else (versions[0] if versions else None)


def _owed(desk: Desk, plan: Sequence[Due], paid: Sequence[Any], borne: Fen, day: date, tolerance: int) -> rules.Owed:
    """What the guarantor paid covers principal as the firm's own money does."""
    known = [Paid(one.on, one.principal.fen, one.interest.fen) for one in paid] + [Paid(day, borne.fen, 0)]
    return rules.owed(plan, known, day, desk.calendar.next_open, tolerance)


def _borne(facts: _Facts, behind: Sequence[Any], day: date) -> Fen:
    return _sum(entry.amount for one in behind for entry in facts.entries.get(one.id, ()) if entry.on <= day)


def _set_by_people(changes: Sequence[Any], day: date) -> FiveClass | None:
    to: list[FiveClass | None] = [
        one.to for one in changes if one.decided_at and one.decided_at.astimezone(BEIJING).date() <= day
    ]
    return to[-1] if to else None


def _bars(day: date) -> _Bars:
    return _Bars(class_days(day), parameters.figure("interest_tolerance_fen", day).value)


def class_days(day: date) -> ClassDays:
    """The days past due of the five classes as of a day."""
    names = ("attention", "substandard", "doubtful", "loss")
    return ClassDays(*(parameters.figure(f"class_{name}_days", day).value for name in names))


def _sum(amounts: Iterable[Fen]) -> Fen:
    return Fen(sum(one.fen for one in amounts))
