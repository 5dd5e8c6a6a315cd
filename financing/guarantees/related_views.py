"""What people see of related parties: the drawing of a group, its table, its limit, and names somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import limits, related
from financing.guarantees.limits import Room
from financing.guarantees.rules import Scope
from financing.money import Fen
from financing.parties import groups
from financing.parties.groups import GUARANTOR, Link, Party
from financing.parties.model import Firm, Guarantor, Relation


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation as a line of the drawing: from the other party to the firm; `binds` says whether it makes a group."""

    relation: Relation
    firm: Party
    other: Party
    firm_name: str
    binds: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The related parties of one firm, or of the guarantor: lines, names of all parties, the group and its limit."""

    subject: Party
    name: str
    ties: tuple[Tie, ...]
    ended: tuple[Tie, ...]
    names: dict[Party, str]
    members: tuple[tuple[int, str], ...]
    room: Room | None
    hints: tuple[tuple[str, tuple[str, ...]], ...]
    may_enter: bool


def of_firm(desk: Desk, firm: Firm) -> Picture:
    """The firm with everybody in its group; names of other firms are those of the group alone."""
    members = tuple((key, name) for key, name in desk.session.execute(_members(firm)))
    ids = [firm.id, *(key for key, _ in members)]
    rows = desk.all(Relation, or_(Relation.firm_id.in_(ids), Relation.other_id == firm.id), by=Relation.entered_at)
    return _picture(desk, firm.id, firm.name, rows, members, _room(desk, firm), _hints(desk, firm))


def of_guarantor(desk: Desk, guarantor: Guarantor) -> Picture:
    """Who controls, owns and runs the guarantor itself."""
    rows = desk.all(Relation, or_(Relation.firm_id.is_(None), Relation.name == guarantor.name), by=Relation.entered_at)
    return _picture(desk, GUARANTOR, guarantor.name, rows, (), None, ())


def _picture(
    desk: Desk, subject: Party, name: str, rows: Sequence[Relation],
    members: tuple[tuple[int, str], ...], room: Room | None, hints: tuple[tuple[str, tuple[str, ...]], ...],
) -> Picture:  # fmt: skip
    ours = desk.find(Guarantor)
    named = _names(desk, rows)
    named.update(members)
    named.update({subject: name, GUARANTOR: ours.name if ours else ""})
    least = related.least_share(desk)
    linked = related.linked(desk, rows)
    ties = [
        Tie(row, link.firm, link.other, named[link.firm], groups.binds(link, least))
        for row, link in zip(rows, linked, strict=True)
    ]
    for tie in ties:
        named.setdefault(tie.other, tie.relation.name)
    now = tuple(tie for tie in ties if tie.relation.until is None)
    drawn = {party for tie in now for party in (tie.firm, tie.other)} | {subject}
    return Picture(
        subject=subject, name=name, ties=now, ended=tuple(tie for tie in ties if tie.relation.until is not None),
        names={party: said for party, said in named.items() if party in drawn}, members=members, room=room, hints=hints,
        may_enter=desk.may(Act.ADD_RELATION, None),
    )  # fmt: skip


def _members(firm: Firm) -> Select[int, str]:
    same = Firm.group_id == firm.group_id if firm.group_id is not None else Firm.id == firm.id
    return select(Firm.id, Firm.name).where(same).order_by(Firm.name)


def _names(desk: Desk, rows: Sequence[Relation]) -> dict[Party, str]:
    """Names of the firms in the rows, which the reader may see or they would not be here."""
    ids = {key for row in rows for key in (row.firm_id, row.other_id) if key is not None}
    return {row.id: row.name for row in desk.session.execute(select(Firm.id, Firm.name).where(Firm.id.in_(ids)))}


def _room(desk: Desk, firm: Firm) -> Room | None:
    guarantor = desk.find(Guarantor)
    return limits.taken(limits.rooms(desk, guarantor, firm, Fen(0))).get(Scope.GROUP) if guarantor else None


def _hints(desk: Desk, firm: Firm) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names at this firm that stand at another one too, told to whoever may see both."""
    seen = {one.id: (one.name, one.representative) for one in desk.all(Firm)}
    links: list[Link] = [link for link in related.links(desk) if link.firm in seen]
    found = groups.hints(links, {key: representative for key, (_, representative) in seen.items()})
    return tuple(
        (name, tuple(seen[key][0] for key in firms if key != firm.id))
        for name, firms in found.items()
        if firm.id in firms
    )
