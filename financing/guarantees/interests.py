"""Yearly declarations of interests (年度利益申报, F99): made once a year, added to, never changed; undeclared members do not vote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from financing import parameters
from financing.access import DECIDERS, require
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees.committee_model import InterestDeclaration
from financing.guarantees.interest_rules import Declared, Interest, Person
from financing.interest_refusals import NotDeclared, NothingStated
from financing.journal import Private
from financing.journal_check import canonical
from financing.parties.model import Guarantor
from financing.people.model import User
from financing.refusals import OutOfRange


def years(today: date) -> tuple[int, ...]:
    """The years that can be declared for: this one, and in its last days the next, so that New Year finds nobody undeclared."""
    ahead = parameters.figure("interests_ahead_days", today).value
    return tuple(sorted({today.year, (today + timedelta(days=ahead)).year}))


def declare(
    desk: Desk, *, year: int, lines: Sequence[Interest], nothing: bool = False, mark: str = ""
) -> InterestDeclaration:
    """Declare for a year, or add to what was declared; ties to cases on an agenda follow at once (guarantees.recusal).

    NothingStated without lines and without the word that there are none, or with both; OutOfRange for another year.
    """
    require(desk.actor, Act.DECLARE_INTERESTS, None)
    open_years = years(desk.today)
    if year not in open_years:
        raise OutOfRange(field="for_year", least=open_years[0], most=open_years[-1])
    hold(desk)
    before = of_year(desk, desk.actor.id, year)
    if bool(lines) is nothing or (nothing and before):
        raise NothingStated
    kept = [one.as_json() for one in lines]
    made = desk.add(
        InterestDeclaration(
            user_id=desk.actor.id, year=year, number=len(before) + 1, lines=kept, mark=mark or _mark(before), at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()
    said = Private(canonical({"lines": kept, "mark": made.mark}).decode())
    desk.note(Act.DECLARE_INTERESTS, made, year=year, number=made.number, count=len(kept), lines=said)
    return made


def hold(desk: Desk) -> None:
    """One change that ties follow from at a time: a declaration, a relation and a tabling at once never miss each other.

    Taken after the limits and before any case.
    """
    desk.session.execute(select(Guarantor.id).order_by(Guarantor.id).with_for_update(key_share=True))


def of_year(desk: Desk, user: int, year: int) -> list[InterestDeclaration]:
    """All that one member declared for a year, in order; asked of the database itself, for rules count on it."""
    own = (InterestDeclaration.user_id == user, InterestDeclaration.year == year)
    return list(desk.session.scalars(select(InterestDeclaration).where(*own).order_by(InterestDeclaration.number)))


def declared(desk: Desk, user: int) -> bool:
    """Whether a member has declared for the year of the day."""
    return bool(of_year(desk, user, desk.today.year))


def need_declared(desk: Desk) -> None:
    """NotDeclared when the person at the desk has not declared for this year."""
    if not declared(desk, desk.actor.id):
        raise NotDeclared(year=desk.today.year)


def standing(desk: Desk, user: int) -> tuple[Person, tuple[Declared, ...]]:
    """A member as ties see them: their name and mark, and the lines of the last year they declared for, this one or before."""
    latest = select(InterestDeclaration.year).where(
        InterestDeclaration.user_id == user, InterestDeclaration.year <= desk.today.year
    )
    year = desk.session.scalar(latest.order_by(InterestDeclaration.year.desc()).limit(1))
    rows = of_year(desk, user, year) if year is not None else []
    lines = tuple(
        Declared(Interest.from_json(line), row.id, row.year, row.number, place)
        for row in rows
        for place, line in enumerate(row.lines, 1)
    )
    return Person(desk.session.get_one(User, user).name, _mark(rows)), lines


def employed_since(desk: Desk) -> date:
    """An employer left before this day ties no more."""
    years_back = parameters.figure("employer_years", desk.today).value
    today = desk.today
    return date(today.year - years_back, today.month, min(today.day, 28))


def opened(desk: Desk, declaration: InterestDeclaration) -> None:
    """Somebody reads what another declared; the journal knows who."""
    desk.note(Act.OPEN_INTERESTS, declaration, member=declaration.user_id, year=declaration.year)


def remind(desk: Desk) -> int:
    """Tell everybody who decides and has not declared for this year, once a day at most; how many are due."""
    require(desk.actor, Act.REMIND_INTERESTS, None)
    done = select(InterestDeclaration.user_id).where(InterestDeclaration.year == desk.today.year)
    due = select(User).where(User.active, User.role.in_(DECIDERS), User.id.not_in(done)).order_by(User.id)
    found = desk.session.scalars(due).all()
    for user in found:
        told = {"to": {"user": user.id}, "code": Act.REMIND_INTERESTS.value, "subject": user.id}
        desk.later("notice", f"declare:{user.id}:{desk.today}", **told, number=str(desk.today.year))
        desk.note(Act.REMIND_INTERESTS, user, year=desk.today.year)
    return len(found)


def _mark(rows: Sequence[InterestDeclaration]) -> str:
    return next((row.mark for row in reversed(rows) if row.mark), "")
