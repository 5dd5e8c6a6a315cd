"""Who may help (帮扶人员): officers and leaders in service, known to each other by name."""

from __future__ import annotations

from sqlalchemy import select

from financing.access import Role
from financing.desk import Desk
from financing.helping_refusals import NotInService
from financing.parties.model import Firm
from financing.people.model import User
from financing.refusals import NotFound

#: Who can be a helper, a deputy, or have a task.
HELPERS = (Role.OFFICER, Role.LEADER)


def helpers(desk: Desk, *roles: Role) -> list[User]:
    """Officers and leaders in service, by name: colleagues know each other."""
    query = select(User).where(User.role.in_(roles or HELPERS), User.active).order_by(User.name, User.id)
    return list(desk.session.scalars(query))


def in_service(desk: Desk, key: int, field: str, *roles: Role) -> User:
    """Somebody who may be given this; NotInService at the field otherwise."""
    user = desk.session.get(User, key)
    if user is None or not user.active or user.role not in (roles or HELPERS):
        raise NotInService(field=field)
    return user


def colleague(desk: Desk, key: int) -> User:
    """An officer or leader in service by number; NotFound for everybody else."""
    user = desk.session.get(User, key)
    if user is None or not user.active or user.role not in HELPERS:
        raise NotFound(kind="User")
    return user


def firm(desk: Desk, key: int) -> Firm:
    """A firm by its number, for whoever helps firms: leaders, who see no other file of it, need its name and telephone."""
    found = desk.session.get(Firm, key)
    if found is None or desk.actor.firm_id not in (None, key):
        raise NotFound(kind="Firm")
    return found
