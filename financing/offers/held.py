"""What the vault already holds (已在库) of the items a bank may ask for: with its day, so that nobody is asked for it again (F89).

The catalogue of papers belongs to every consent. What is in them may be opened under the consents whose words say so, and by a bank to
which the firm has itself answered with them, of sensitive ones while the firm agrees to that; each opening stands in 谁看过我 (I-11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing import parameters
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.matching.model import Consent, Dossier, Match, Viewing
from financing.matching.service import effective
from financing.matching.snapshot_terms import Absent
from financing.matching.viewing import content
from financing.offers.ask_model import ItemAsk
from financing.offers.ask_rules import AskState, Item, fresh
from financing.papers.model import Paper
from financing.papers.rules import shown
from financing.parties import permits
from financing.refusals import NotFound

#: Versions of the consent text that let a bank open the papers of the catalogue.
OPENING = frozenset({"2026-11"})


@dataclass(frozen=True, slots=True)
class Held:
    """One item on file: since when, whether it is still good, and the paper or the figure (fen for money)."""

    item: Item
    on: date
    good: bool
    paper_id: int | None = None
    name: str = ""
    figure: int | None = None


def held(desk: Desk, match: Match) -> dict[Item, Held]:
    """The newest of each item on file for the firm of this match; who asked for it first is nobody's business here."""
    days = parameters.figure("ask_fresh_days", desk.today).value
    found: dict[Item, Held] = {}
    for each in (*_papers(desk, match), *_figures(desk, match)):
        if each.item not in found or found[each.item].on <= each.on:
            found[each.item] = each
    return {
        item: Held(item, one.on, fresh(item, one.on, desk.today, days), one.paper_id, one.name, one.figure)
        for item, one in found.items()
    }


def may_open(desk: Desk, match: Match, paper_id: int) -> bool:
    """Whether the bank of this match may open this paper now."""
    consent = effective(desk, match)
    if consent is None:
        return False
    paper = desk.session.get(Paper, paper_id)
    if paper is None or not shown(paper.kind, permits.items(desk, match.firm_id)):
        return False
    answered = desk.all(ItemAsk, ItemAsk.match_id == match.id, ItemAsk.paper_id == paper_id)
    listed = {one.paper_id for one in held(desk, match).values()}
    return bool(answered) or (consent.text_version in OPENING and paper_id in listed)


def opened(desk: Desk, paper_id: int) -> Paper:
    """The paper for this bank, with the opening on record first; NotFound without leave to read it."""
    paper = desk.session.get(Paper, paper_id)
    known = desk.all(Match, Match.firm_id == paper.firm_id) if paper else []
    match = next((one for one in known if may_open(desk, one, paper_id)), None)
    if paper is None or match is None:
        raise NotFound(kind="Paper")
    desk.note(Act.OPEN_ITEM, match, paper=paper.id, sha256=paper.sha256)
    dossier = desk.all(Dossier, Dossier.need_id == match.need_id)[0]
    consent = effective(desk, match)
    desk.add(_viewing(desk, dossier, match, paper, consent))
    return paper


def _viewing(desk: Desk, dossier: Dossier, match: Match, paper: Paper, consent: Consent | None) -> Viewing:
    """A line of 谁看过我 for one paper: no numbered copy of the dossier, and the digest is the paper's."""
    return Viewing(
        dossier_id=dossier.id, firm_id=match.firm_id, bank_id=match.bank_id, user_id=desk.actor.id, user_name=desk.actor.name,
        role=desk.actor.role, printed=True, at=desk.now, consent_id=consent.id if consent else None, digest=paper.sha256,
    )  # fmt: skip


def _papers(desk: Desk, match: Match) -> Iterator[Held]:
    rows = desk.session.scalars(select(Paper).where(Paper.firm_id == match.firm_id).order_by(Paper.added_at, Paper.id))
    given = permits.items(desk, match.firm_id)
    for paper in rows:
        if paper.kind.value in set(Item) and shown(paper.kind, given):
            on = paper.added_at.astimezone(BEIJING).date()
            yield Held(Item(paper.kind.value), on, good=True, paper_id=paper.id, name=paper.name)


def _figures(desk: Desk, match: Match) -> Iterator[Held]:
    """Answers to former questions of any bank, and what the frozen dossier says itself."""
    dossier = desk.session.scalar(select(Dossier).where(Dossier.need_id == match.need_id))
    staff = content(dossier).firm.employees if dossier else None
    if staff is not None and not isinstance(staff, Absent):
        yield Held(Item.STAFF, staff.on, good=True, figure=int(staff.value))
    answered = (ItemAsk.firm_id == match.firm_id, ItemAsk.state == AskState.ANSWERED, ItemAsk.figure.is_not(None))
    for each in desk.session.scalars(select(ItemAsk).where(*answered).order_by(ItemAsk.ended_at, ItemAsk.id)):
        on = (each.ended_at or each.asked_at).astimezone(BEIJING).date()
        yield Held(each.item, on, good=True, figure=each.figure)
