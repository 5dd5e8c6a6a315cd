"""The right value of what a firm objected to (更正): read as what it is about is kept, and what there is to choose from."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from financing import wording
from financing.money import Fen
from financing.parties.stated import Known
from financing.personal.model import Objection
from financing.personal.rules import Disputed
from financing.refusals import NotAFact
from financing.words import _
from scoring.facts import FACTS, Kind
from web.fact_fields import choices
from web.fields import day


def options(said: Objection, lang: str) -> list[tuple[str, str]] | None:
    """What may be chosen instead; None where it is typed."""
    if said.kind is not Disputed.FACT:
        return None
    if FACTS[said.item].kind is Kind.FLAG:
        say = wording.translate(lang)
        return [("yes", say(_("是"))), ("no", say(_("否")))]
    return choices((said.item,), lang)[said.item] or None


def read(said: Objection, typed: str) -> object:
    """What was typed as the fact or the field keeps it; empty: taken back. NotAFact for what cannot be its value."""
    if not typed:
        return None
    if said.kind is Disputed.FIELD:
        return day(typed) if said.item == "founded_on" else typed
    try:
        return _fact(FACTS[said.item].kind, typed)
    except (InvalidOperation, ValueError):
        raise NotAFact(field="right_value", fact=FACTS[said.item].term, given=typed[:40]) from None


def held(said: Objection) -> Known | None:
    """What the platform held of a fact when it was disputed; None for a field, whose value is its words."""
    if said.kind is Disputed.FIELD or not said.held:
        return None
    return Known.from_json(FACTS[said.item], said.held)


def _fact(kind: Kind, typed: str) -> object:
    match kind:
        case Kind.FLAG:
            return {"yes": True, "no": False}[typed] if typed in {"yes", "no"} else typed
        case Kind.MONEY:
            return Fen.wan(typed).fen
        case Kind.COUNT:
            return int(typed)
        case Kind.NUMBER:
            return Decimal(typed)
    return typed
