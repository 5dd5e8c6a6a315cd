"""Firms agree item by item on stage (单独同意): each signatory reads the text and signs it before anything that needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from financing import wording
from financing.access import Actor
from financing.desk import Desk
from financing.papers.rules import PaperKind
from financing.parties import permits
from financing.parties.model import Firm
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import CREDIT_FACTS, Item, Whose
from financing.parties.permit_text import Handler

if TYPE_CHECKING:
    from web.stage.road import Stage

PDF = "application/pdf"


def for_facts(stage: Stage, now: datetime, firm: Actor, facts: Mapping[str, object]) -> None:
    """Whatever these facts need that the firm has not agreed to yet."""
    agree(stage, now, firm, {item for name, item in CREDIT_FACTS.items() if facts.get(name) is not None})


def agree(stage: Stage, now: datetime, firm: Actor, items: Iterable[Item]) -> None:
    """Agree to the items that are missing, in their order."""
    with stage.desk(firm, now) as here:
        owner = here.get(Firm, firm.firm_id or 0)
        missing = set(items) - permits.items(here, owner.id)
        for item in (one for one in Item if one in missing):
            sign(stage, here, owner, item)


def sign(stage: Stage, here: Desk, owner: Firm, item: Item) -> Permit:
    """Read the text of one item and sign it; a person's own report with the paper that person signed."""
    asked = permits.Asked(item, f"{owner.code[-5:-2]}X" if owner.code[-5:-2].isdigit() else "001X")
    if item is Item.PERSON_CREDIT:
        content = f"%PDF-1.4 {owner.code} {PaperKind.SIGNED}".encode()
        scan = stage.paper(here, owner, PaperKind.SIGNED, f"{owner.representative}签名的授权书.pdf", content, PDF)
        asked = permits.Asked(item, asked.mark, Whose.CONTROLLER, owner.representative, scan)
    handler = Handler(stage.zone.name, stage.zone.office, stage.zone.phone)
    whose = wording.name(asked.whose) if asked.whose else ""
    capacity = wording.name(permits.capacity_of(here, owner))
    return permits.give(
        here, owner, asked, permits.draft(here, owner, asked, handler=handler, whose=whose, capacity=capacity)
    )
