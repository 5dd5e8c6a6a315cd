"""The one form (一表受理) in groups of questions, a page each: what stands in them, what comes next, what cannot be true so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from financing.desk import Desk
from financing.money import Fen
from financing.needs import beginnings, service
from financing.needs.model import Need
from financing.needs.rules import Purpose, Wrong, impossible
from financing.people import unfinished
from financing.people.unfinished_model import Questions
from financing.refusals import Impossible, NotFound
from web import forms
from web.forms import Form, FormErrors


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand on one page, by the fields of their form."""

    key: str
    fields: tuple[str, ...]


FIRM_GROUPS = (
    Group("firm", ("code", "name", "representative", "industry", "founded_on", "park", "address")),
    Group("size", ("employees", "revenue", "assets")),
)
NEED_GROUPS = (
    Group("use", ("purpose", "use")),
    Group("money", ("amount", "months", "latest", "wish")),
    Group("security", ("security", "no_broker")),
)
#: What a new need takes over from the last one; a day and a confirmation are given anew.
REPEATED = ("purpose", "use", "amount", "months", "wish", "security")
#: The whole way of a firm that is new here; one that is known begins at its need.
STEPS = ("account", *(group.key for group in (*FIRM_GROUPS, *NEED_GROUPS)), "check")
#: What stands for answers not given yet: none of them is wrong with anything.
NEUTRAL: Mapping[str, Any] = {"amount": Fen(1), "months": 1, "use": "压砖机", "wish": None, "purpose": Purpose.UPGRADE}


def group_of(groups: tuple[Group, ...], key: str) -> Group:
    """The group by its name in the address; NotFound."""
    found = next((group for group in groups if group.key == key), None)
    if found is None:
        raise NotFound(kind="Group")
    return found


def after(groups: tuple[Group, ...], group: Group) -> str:
    """The name of the next group, empty after the last."""
    place = groups.index(group) + 1
    return groups[place].key if place < len(groups) else ""


def before(groups: tuple[Group, ...], group: Group) -> str:
    """The name of the group before, empty before the first."""
    place = groups.index(group)
    return groups[place - 1].key if place else ""


def typed(group: Group, fields: Any) -> dict[str, str]:
    """What was typed into a group; a field left empty, or a tick taken away, is an empty answer."""
    sent = {name: value for name, value in fields if isinstance(value, str)}
    return {name: sent.get(name, "").strip() for name in group.fields}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the need's questions: what was typed, over the need asked for before; and the group to go on at."""

    answers: Mapping[str, str]
    earlier: Need | None
    stand: str


def standing(desk: Desk) -> Standing:
    """Nothing is typed twice: a new need begins as the last one was."""
    kept, earlier = unfinished.typed(desk, Questions.NEED), beginnings.latest(desk)
    again = {name: next(iter(forms.as_text(getattr(earlier, name))), "") for name in REPEATED} if earlier else {}
    return Standing({**again, **kept.answers}, earlier, kept.stand)


def so_far(kind: type[Form], answers: Mapping[str, str]) -> dict[str, Any]:
    """The answers that can be read at all, as values."""
    values: dict[str, Any] = {}
    for name, text in answers.items():
        if name in kind.model_fields and text:
            try:
                values[name] = getattr(forms.read(forms.part(kind, (name,)), [(name, text)]), name)
            except FormErrors:
                continue
    return values


def refuse_impossible(desk: Desk, group: Group, kind: type[Form], answers: Mapping[str, str]) -> None:
    """Impossible when an answer of this group cannot be true beside those given before it."""
    allowed = service.bounds(desk)
    given = {**NEUTRAL, "latest": desk.today + timedelta(days=365), **so_far(kind, answers)}
    wrong = impossible(
        given["amount"], given["months"], given["latest"], desk.today, use=given["use"], wish=given["wish"],
        purpose=given["purpose"], bounds=allowed,
    )  # fmt: skip
    if group.key == "security" and "no_broker" not in given:
        wrong = (*wrong, Wrong.BROKER)
    if here := tuple(one for one in wrong if one.field in group.fields):
        raise Impossible(fields=here, **allowed.facts())
