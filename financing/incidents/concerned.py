"""Whom an incident concerns (涉及的企业和个人), drawn from the journal, the sights and the register: a proposal, for a person to confirm.

It asks with the platform's own eyes: whoever handles an incident need not be allowed to see the firms it concerns. Names and counts come
out of it and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from financing.acts import Act
from financing.db import Base
from financing.desk import Desk
from financing.incident_refusals import NobodyKnown
from financing.incidents.model import Incident
from financing.incidents.rules import Way
from financing.journal import Entry
from financing.matching.model import Dossier, Viewing
from financing.parties.model import Bank, Firm
from financing.people.model import User
from financing.personal import register
from financing.personal.rules import Held
from financing.roles import BANK
from financing.sights import seen_by

#: What brings a dossier to a bank.
SENT = (Act.SEND_DOSSIER, Act.PASS_ON)


@dataclass(slots=True)
class Found:
    """How many lines or rows speak for each firm, and for each person of no firm, by id."""

    firms: Counter[int] = field(default_factory=Counter)
    people: Counter[int] = field(default_factory=Counter)


def find(desk: Desk, incident: Incident, way: Way, of: str) -> Found:
    """Everybody concerned in this way; `of` is a login, a bank's name or a kind of data. NobodyKnown when there is none of that name."""
    return WAYS[way](desk, incident, of)


def _account(desk: Desk, incident: Incident, of: str) -> Found:
    user = _user(desk, of)
    return _others(_lines(desk, incident, Entry.actor_id == user.id), user)


def _reach(desk: Desk, _incident: Incident, of: str) -> Found:
    """As far as its sights reach now: firms themselves, and for a bank those whose dossiers are open to it."""
    user = _user(desk, of)
    firms = select(Firm.id).where(seen_by(user.actor, Firm, desk.now))
    dossiers = select(Dossier.firm_id).where(seen_by(user.actor, Dossier, desk.now))
    found = Found(Counter(desk.session.scalars(dossiers if user.role in BANK else firms)))
    return _others(found, user)


def _bank(desk: Desk, incident: Incident, of: str) -> Found:
    """What its people opened or dealt with, and the dossiers it was sent."""
    bank = desk.session.scalar(select(Bank).where(Bank.name == of.strip()))
    if bank is None:
        raise NobodyKnown(field="of", given=of)
    people = select(User.id).where(User.bank_id == bank.id)
    sent = (Entry.act.in_(SENT)) & (Entry.bank_id == bank.id)
    found = _lines(desk, incident, or_(Entry.actor_id.in_(people), sent))
    opened = select(Viewing.firm_id, func.count()).where(Viewing.bank_id == bank.id, *_span(incident, Viewing.at))
    for firm_id, count in desk.session.execute(opened.group_by(Viewing.firm_id)):
        found.firms[firm_id] = max(found.firms[firm_id], count)
    return found


def _kind(desk: Desk, _incident: Incident, of: str) -> Found:
    """Every firm with rows that hold this kind of data, and everybody without a firm whose own rows do."""
    if of not in set(Held):
        raise NobodyKnown(field="of", given=of)
    found = Found()
    for name in register.by_kind()[Held(of)]:
        table = Base.metadata.tables[name]
        owner = table.c.id if name == "firm" else table.c.get("firm_id")
        if owner is not None:
            found.firms += _counted(desk, owner)
        whose = table.c.id if name == "account" else table.c.get("user_id")
        if whose is not None:
            _of_people(desk, found, _counted(desk, whose))
    return found


def _of_people(desk: Desk, found: Found, rows: Counter[int]) -> None:
    """A firm's people are told through their firm; their rows were counted with it where the table names it."""
    for user in desk.session.scalars(select(User).where(User.id.in_(rows))):
        if user.firm_id is None:
            found.people[user.id] += rows[user.id]
        elif not found.firms[user.firm_id]:
            found.firms[user.firm_id] = rows[user.id]


def _lines(desk: Desk, incident: Incident, where: ColumnElement[bool]) -> Found:
    """Lines of the journal in the span that are about a firm."""
    about = select(Entry.firm_id, func.count()).where(where, Entry.firm_id.is_not(None), *_span(incident, Entry.at))
    return Found(Counter({firm: count for firm, count in desk.session.execute(about.group_by(Entry.firm_id)) if firm}))


def _span(incident: Incident, at: Any) -> tuple[ColumnElement[bool], ...]:
    return (at >= incident.began_at, at <= incident.ended_at)


def _counted(desk: Desk, column: Any) -> Counter[int]:
    rows = desk.session.execute(select(column, func.count()).where(column.is_not(None)).group_by(column))
    return Counter({int(key): int(count) for key, count in rows})


def _others(found: Found, user: User) -> Found:
    """Looking at one's own firm harms nobody else."""
    found.firms.pop(user.firm_id or 0, None)
    return found


def _user(desk: Desk, login: str) -> User:
    user = desk.session.scalar(select(User).where(User.login == login.strip()))
    if user is None:
        raise NobodyKnown(field="of", given=login)
    return user


def names(desk: Desk, found: Found) -> Iterable[tuple[int | None, int | None, str, int]]:
    """Each as (firm, person, name, count), the names in order."""
    firms = desk.session.execute(select(Firm.id, Firm.name).where(Firm.id.in_(found.firms)))
    people = desk.session.execute(select(User.id, User.name).where(User.id.in_(found.people)))
    rows: list[tuple[int | None, int | None, str, int]] = [(key, None, name, found.firms[key]) for key, name in firms]
    rows += [(None, key, name, found.people[key]) for key, name in people]
    return sorted(rows, key=lambda row: row[2])


WAYS: dict[Way, Callable[[Desk, Incident, str], Found]] = {
    Way.ACCOUNT: _account, Way.REACH: _reach, Way.BANK: _bank, Way.KIND: _kind,
}  # fmt: skip
