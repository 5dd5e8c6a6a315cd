"""Firms by name in an issue: only those that agree to it (单独同意) are named where anybody reads it; of the others the name is covered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from financing.bulletins.rules import Section
from financing.cadence_refusals import FirmNamed
from financing.desk import Desk
from financing.parties import permits
from financing.parties.model import Firm
from financing.parties.permit_rules import Item

#: Stands for a firm that does not agree to be named.
SOME_FIRM = "某企业"
#: A shorter name would be found in every text.
SHORTEST = 4


def require_leave(desk: Desk, title: str, sections: Iterable[Section]) -> None:
    """FirmNamed for the first firm that is named and has not agreed to it; a title, which cannot be covered later, names nobody."""
    text = _text(sections)
    unwilling = [name for name, key in _found(desk, text) if not permits.holds(desk, key, Item.PUBLICITY)]
    if found := [name for name, _key in _found(desk, title)] + unwilling:
        raise FirmNamed(name=found[0])


def covered(desk: Desk, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections of an issue that is out, with the names of firms that do not agree, or no longer do, covered."""
    said = {
        name: name if permits.holds(desk, key, Item.PUBLICITY) else SOME_FIRM
        for name, key in _found(desk, _text(sections))
    }
    if not said:
        return sections
    names = _any_of(said)
    cover = [names.sub(lambda found: said[found[0]], text) for one in sections for text in (one.heading, one.text)]
    return tuple(replace(one, heading=cover[2 * n], text=cover[2 * n + 1]) for n, one in enumerate(sections))


def _text(sections: Iterable[Section]) -> str:
    return "\n".join(text for one in sections for text in (one.heading, one.text))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """The longest first: one name may be the beginning of another."""
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def _found(desk: Desk, text: str) -> list[tuple[str, int]]:
    """Firms named in a text, in its order."""
    rows = desk.session.execute(select(Firm.name, Firm.id))
    keys = {name: key for name, key in rows if len(name) >= SHORTEST and name in text}
    return [(name, keys[name]) for name in dict.fromkeys(_any_of(keys).findall(text))] if keys else []
