"""Saved views (已存视图): the filters of a list under a name, one's own or shared with the office."""

from __future__ import annotations

from financing.acts import Act
from financing.desk import Desk
from financing.office.model import KeptView
from financing.office.rules import LONGEST_VIEW
from financing.office_refusals import ViewNamed
from financing.parties.identity import line


def kept(desk: Desk, page: str) -> list[KeptView]:
    """The views of one list that the person at the desk may open, their own first."""
    found = desk.all(KeptView, KeptView.page == page, by=KeptView.name)
    return sorted(found, key=lambda one: (one.user_id != desk.actor.id, one.name))


def keep(desk: Desk, page: str, name: str, query: str, *, shared: bool) -> KeptView:
    """Keep the filters of a list under a name; ViewNamed when one has a view of that name there."""
    name = line(name, "view_name", LONGEST_VIEW)
    if desk.find(KeptView, KeptView.user_id == desk.actor.id, KeptView.page == page, KeptView.name == name):
        raise ViewNamed(field="view_name", given=name)
    made = desk.add(KeptView(user_id=desk.actor.id, by_name=desk.actor.name, page=page, name=name, query=query,
                             shared=shared, made_at=desk.now))  # fmt: skip
    desk.session.flush()
    desk.note(Act.KEEP_VIEW, made, page=page, shared=shared)
    return made


def drop(desk: Desk, view: KeptView) -> None:
    """Remove one's own view; nobody else can."""
    desk.note(Act.DROP_VIEW, view, page=view.page)
    desk.session.delete(view)
