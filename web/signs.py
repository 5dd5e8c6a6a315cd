"""Small signs that stand on every page many times (图标, 状态徽章, 导航): drawn once for each process, not once for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from financing import wording
from financing.access import Actor, Role
from web.navigation import Group, Item, menu
from web.tones import look

ICON = Markup(
    '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/vendor/icons.svg?v={}#{}"></use></svg>'
)
BADGE = Markup('<span class="badge tone-{}">{}{}</span>')


def signs(lang: str, icons: str) -> Mapping[str, Callable[..., Markup]]:
    """What templates draw in one language; `icons` is the fingerprint of the file of pictures."""

    @cache
    def icon(name: str) -> Markup:
        """A picture beside a word, never instead of it."""
        return ICON.format(icons, name)

    @cache
    def badge_of(_kind: type[StrEnum], state: StrEnum) -> Markup:  # states of two kinds may be written alike
        seen = look(state)
        return BADGE.format(seen.tone, icon(seen.icon), wording.name(state, lang))

    def badge(state: StrEnum) -> Markup:
        """A state in its one word, with a picture."""
        return badge_of(type(state), state)

    def mark(word: str, tone: str = "grey", picture: str = "info-circle") -> Markup:
        """Any short word with a tone of its own."""
        return BADGE.format(tone, icon(picture), word)

    return {"drawn_icon": icon, "drawn_badge": badge, "drawn_mark": mark}


def menus(environment: Environment, place_of: Callable[[str], str]) -> Callable[[Actor, str], Markup]:
    """How the menu of a person is drawn, for the page they are on: once for each role and each page in it."""

    @cache
    def places(role: Role) -> frozenset[str]:
        return frozenset(place_of(item.route) for entry in menu(role) for item in _items(entry))

    @cache
    def drawn(role: Role, here: str) -> Markup:
        return Markup(environment.get_template("parts/menu.html").render(items=menu(role), here=here))  # noqa: S704  a template of ours, escaped by itself

    def shown(actor: Actor, path: str) -> Markup:
        """Nothing for an account that has registered no firm yet."""
        if actor.role is Role.SIGNATORY and actor.firm_id is None:
            return Markup()
        return drawn(actor.role, path if path in places(actor.role) else "")

    return shown


def _items(entry: Item | Group) -> tuple[Any, ...]:
    return entry.pages if isinstance(entry, Group) else (entry,)
