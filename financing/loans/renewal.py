"""What comes with a maturity (到期与续贷, F46): everybody is told in time, each level once, and the firm says what it wants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import select

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.loans import service, views
from financing.loans.change_model import LoanChange, RenewalCall, RenewalChoice
from financing.loans.change_rules import Choice
from financing.loans.model import Loan
from financing.loans.renewal_rules import Check, Known, Stated, due_levels
from financing.loans.renewal_rules import without_principal as met
from financing.loans.views import Standing
from financing.needs.model import Need
from financing.needs.rules import Purpose
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange

#: The figures that say how many days before a maturity everybody is told.
FIGURES = ("renewal_first_days", "renewal_second_days", "renewal_last_days")


def levels(day: date) -> tuple[int, ...]:
    """Days before a maturity on which everybody is told, as of a day."""
    return tuple(parameters.figure(name, day).value for name in FIGURES)


def waiting(desk: Desk) -> list[int]:
    """Loans of which a maturity is near and somebody has to be told."""
    ahead = desk.today + timedelta(days=max(levels(desk.today)))
    moved = select(LoanChange.loan_id).where(LoanChange.until.between(desk.today, ahead))
    near = Loan.matures.between(desk.today, ahead) | Loan.id.in_(moved)
    loans = list(desk.session.scalars(select(Loan).where(Loan.starts <= desk.today, near)))
    told = _told(desk, loans)
    return [
        one.loan_id for one in views.of(desk, loans)
        if not one.settled and one.drawn and due_levels(one.matures, desk.today, told[one.loan_id, one.matures], levels(desk.today))
    ]  # fmt: skip


def call(desk: Desk, keys: Sequence[int]) -> int:
    """Tell firm, bank and officer of each of these loans every level that has come (到期提醒); how many levels. Running it again tells nobody twice."""
    held = select(Loan).where(Loan.id.in_(keys)).order_by(Loan.id).with_for_update(of=Loan)
    loans = list(desk.session.scalars(held.execution_options(populate_existing=True)))
    told = _told(desk, loans)
    return sum(
        _call(desk, loan, stands.matures, told) for loan, stands in zip(loans, views.of(desk, loans), strict=True)
    )


def _call(desk: Desk, loan: Loan, matures: date, told: Mapping[tuple[int, date], set[int]]) -> int:
    found = due_levels(matures, desk.today, told[loan.id, matures], levels(desk.today))
    for level in found:
        desk.add(
            RenewalCall(loan_id=loan.id, firm_id=loan.firm_id, bank_id=loan.bank_id, matures=matures, days=level, on=desk.today,
                        at=desk.now)
        )  # fmt: skip
        desk.note(Act.CALL_RENEWAL, loan, matures=matures, days=level)
        once = f"renewal:{loan.id}:{matures}:{level}"
        service.tell(desk, loan, Act.CALL_RENEWAL, once)
        service.tell_office(desk, loan, Act.CALL_RENEWAL, once, "officer")
    return len(found)


def choose(desk: Desk, loan: Loan, choice: Choice, note: str = "", stated: Stated | None = None) -> RenewalChoice:
    """The firm says what it wants to do at the maturity (到期安排); the newest counts. OutOfRange once the loan has matured."""
    stands = views.standing(desk, loan)
    if desk.today > stands.matures:
        raise OutOfRange(field="choice", least=loan.starts, most=stands.matures)
    asked = choice is Choice.WITHOUT_PRINCIPAL and stated is not None
    missing = without_principal(desk, stands, stated).missing if asked else ()
    desk.note(Act.CHOOSE_RENEWAL, loan, choice=choice, matures=stands.matures, missing=[one.value for one in missing])
    made = desk.add(
        RenewalChoice(
            loan_id=loan.id, firm_id=loan.firm_id, bank_id=loan.bank_id, matures=stands.matures, choice=choice,
            note=passage(note, "note") if note.strip() else "",
            stated={"said": asdict(stated) if stated else {}, "missing": [one.value for one in missing]}, by=desk.actor.id,
            by_name=desk.actor.name, at=desk.now,
        )
    )  # fmt: skip
    service.tell_bank(desk, loan, Act.CHOOSE_RENEWAL, f"choice:{made.id}")
    service.tell_office(desk, loan, Act.CHOOSE_RENEWAL, f"choice:{made.id}", "officer")
    return made


def without_principal(desk: Desk, stands: Standing, stated: Stated | None = None) -> Check:
    """How a loan on record meets the conditions of 无还本续贷 (金规〔2024〕13号); the bridge room asks this first."""
    firm, loan = desk.session.get_one(Firm, stands.firm_id), desk.session.get_one(Loan, stands.loan_id)
    lent_for = desk.session.get_one(Need, loan.need_id).purpose
    known = Known(
        firm.size or "", stands.matures, lent_for is Purpose.WORKING_CAPITAL, stands.days_past_due, stands.overdue_interest.fen
    )  # fmt: skip
    return met(known, stated, desk.today, medium_until(desk.today))


def before_a_bridge(desk: Desk, firm: Firm, loan: Loan | None, matures: date) -> Check:
    """The same for whoever would bridge a loan; of one that is not on record here only its bank knows how it is paid."""
    if loan is not None:
        return without_principal(desk, views.standing(desk, loan))
    known = Known(firm.size or "", matures, working_capital=True)
    return met(known, None, desk.today, medium_until(desk.today))


def chosen(desk: Desk, loans: list[int]) -> dict[int, RenewalChoice]:
    """The newest choice in sight of each of these loans."""
    rows = desk.all(RenewalChoice, RenewalChoice.loan_id.in_(loans), by=RenewalChoice.at)
    return {row.loan_id: row for row in rows}


def medium_until(day: date) -> date:
    """The last maturity at which medium firms are treated alike, held as a whole number 20270930."""
    number = parameters.figure("renewal_medium_until", day).value
    return date(number // 10_000, number // 100 % 100, number % 100)


def _told(desk: Desk, loans: list[Loan]) -> defaultdict[tuple[int, date], set[int]]:
    found: defaultdict[tuple[int, date], set[int]] = defaultdict(set)
    for row in desk.session.scalars(select(RenewalCall).where(RenewalCall.loan_id.in_([loan.id for loan in loans]))):
        found[row.loan_id, row.matures].add(row.days)
    return found
