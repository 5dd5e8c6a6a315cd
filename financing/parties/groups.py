"""Groups of related parties (关联方) worked out from relations: who is bound to whom, and which names a person should look at.

Pure: firms are numbers, parties outside the zone are names with a mark. No database here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from financing.money import Rate
from financing.parties.rules import RelationKind
from financing.readings import likeness

#: The guarantor stands among the firms under this number; real ids are larger.
GUARANTOR = 0
#: A firm by its id, or a party outside by name and mark (credit code, or what tells persons of one name apart).
Party = int | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """One relation in force: the firm it is about, the other party, and for a shareholder the share it holds."""

    firm: int
    other: Party
    kind: RelationKind
    share: Rate | None = None


def known(party: Party) -> bool:
    """Whether a party can be told apart from others: a firm always, somebody outside only by a mark."""
    return isinstance(party, int) or bool(party[1])


def binds(link: Link, least: Rate) -> bool:
    """Whether a relation makes related parties by itself: control, family of the controller, or a share of at least `least`."""
    if not known(link.other):
        return False
    if link.kind is RelationKind.SHAREHOLDER:
        return link.share is not None and link.share >= least
    return link.kind in {RelationKind.CONTROLLER, RelationKind.FAMILY}


def groups(links: Iterable[Link], least: Rate) -> dict[int, int]:
    """Firm -> id of its group, for firms bound to at least one other; the id is the smallest id of a firm in the group.

    The guarantor binds nobody: it stands outside what it guarantees.
    """
    bound = [link for link in links if binds(link, least) and GUARANTOR not in {link.firm, link.other}]
    members = [sorted(party for party in one if isinstance(party, int)) for one in _components(bound)]
    return {firm: firms[0] for firms in members if len(firms) > 1 for firm in firms}


def controls_guarantor(links: Iterable[Link], firm: int, control: Rate) -> bool:
    """Whether a firm is the actual controller of the guarantor, or its shareholder with more than `control`."""
    return any(
        link.kind is RelationKind.CONTROLLER
        or (link.kind is RelationKind.SHAREHOLDER and link.share is not None and link.share > control)
        for link in links
        if link.firm == GUARANTOR and link.other == firm
    )


def related_to_guarantor(links: Iterable[Link], firm: int, least: Rate) -> bool:
    """Whether a firm is a related party of the guarantor: bound to it through any chain; its own officers count too."""
    bound = [
        link for link in links
        if binds(link, least) or (link.firm == GUARANTOR and link.kind is RelationKind.OFFICER and known(link.other))
    ]  # fmt: skip
    return any(GUARANTOR in one and firm in one for one in _components(bound))


def hints(links: Iterable[Link], representatives: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """Names that stand at two firms or more and cannot be told apart for certain: for a person to look at, never a finding."""
    seen: dict[str, set[int]] = defaultdict(set)
    marks: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for firm, name, mark in (*_named(links), *((firm, name, "") for firm, name in representatives.items())):
        key = likeness(name)
        seen[key].add(firm)
        marks[key].add(mark)
        names.setdefault(key, name)
    return {names[key]: tuple(sorted(firms)) for key, firms in seen.items() if len(firms) > 1 and "" in marks[key]}


def _named(links: Iterable[Link]) -> Iterable[tuple[int, str, str]]:
    return ((link.firm, *link.other) for link in links if not isinstance(link.other, int))


def _node(party: Party) -> Party:
    """Somebody outside is the same by the mark together with the name as people confuse it."""
    return party if isinstance(party, int) else (likeness(party[0]), party[1])


def _components(links: Collection[Link]) -> list[frozenset[Party]]:
    """Parties that hang together through the links, each party once."""
    near: dict[Party, set[Party]] = defaultdict(set)
    for link in links:
        near[link.firm].add(_node(link.other))
        near[_node(link.other)].add(link.firm)
    found, left = [], set(near)
    while left:
        reached, edge = set(), {left.pop()}
        while edge:
            reached |= edge
            edge = set().union(*(near[party] for party in edge)) - reached
        found.append(frozenset(reached))
        left -= reached
    return found
