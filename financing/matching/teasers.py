"""Teasers of needs (需求概要, F93): made once when a need is first proposed, and kept, so that nothing is learnt by looking again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from financing import parameters
from financing.access import SYSTEM
from financing.acts import Act
from financing.bank_refusals import AskedAlready
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.guarantees.model import GuaranteeCase
from financing.journal import Private
from financing.matching.model import ConsentRequest, Match
from financing.matching.rules import MatchState
from financing.matching.teaser_rules import Bands, Peer, Teaser, Wanted, from_json, section_of, teaser
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Firm, Product
from financing.parties.rules import FirmState, Support
from financing.refusals import NotFound
from scoring.dated import table

LOOKING = (NeedState.APPROVED, NeedState.CONDITIONAL, NeedState.LISTED)
#: Needs by which a firm may be told from others.
KNOWN = (*LOOKING, NeedState.OFFERED, NeedState.SETTLED)


@dataclass(frozen=True, slots=True)
class Zone:
    """Every confirmed firm of the zone as a peer, and what each need asks for."""

    peers: dict[int, Peer]
    wanted: dict[int, Wanted]
    bands: Bands
    least: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A need proposed to the bank, as it may know it now; `teaser` is None where too few firms share any description."""

    id: int
    teaser: Teaser | None
    product: str
    proposed_on: date
    asked_at: datetime | None
    asked_by: str


def zone(desk: Desk) -> Zone:
    """The zone's firms and the needs by which they are known, read with the eyes of whoever proposes."""
    backed = {case.need_id: case for case in desk.all(GuaranteeCase)}
    grades = {score.need_id: score.grade for score in desk.all(Assessment, by=Assessment.assessed_at)}
    needs = desk.all(Need, Need.state.in_(KNOWN), by=Need.number)
    wanted = {need.id: _wanted(need, grades[need.id], backed.get(need.id)) for need in needs if need.id in grades}
    own = {need.firm_id: wanted[need.id] for need in needs if need.id in wanted}
    rows = desk.session.execute(
        desk.select(Firm, Firm.id, Firm.industry, Firm.size, Firm.revenue).where(Firm.state == FirmState.CONFIRMED)
    )
    peers = {
        key: Peer(key, section_of(industry), size, revenue.fen if revenue else None, own.get(key))
        for key, industry, size, revenue in rows
    }
    return Zone(peers, wanted, bands(desk.today), least(desk).value)


def bands(day: date) -> Bands:
    """The bands in force on a day."""
    read = table("teaser", day)
    return Bands(
        amounts=tuple(tuple(wan * 1_000_000 for wan in read[name]) for name in ("amounts", "wide_amounts")),
        months=tuple(tuple(read[name]) for name in ("months", "wide_months")),
    )


def made(here: Zone, need: Need) -> Teaser | None:
    """The teaser of a need among the zone's firms; None where it must be withheld."""
    peer, wanted = here.peers.get(need.firm_id), here.wanted.get(need.id)
    if peer is None or wanted is None:
        return None
    target = Peer(peer.firm, peer.section, peer.size, peer.revenue_fen, wanted)
    return teaser(target, here.peers.values(), here.bands, here.least)


def kept(desk: Desk, need: Need, here: Zone | None = None) -> dict[str, Any]:
    """What a new match keeps: the teaser every other bank has been shown, or a new one; nothing where it is withheld."""
    earlier = desk.find(Match, Match.need_id == need.id)
    if earlier is not None:
        return dict(earlier.teaser)
    shown = made(here or zone(desk), need)
    return shown.as_json() if shown else {}


def looking(desk: Desk) -> list[Need]:
    """Needs that look for a bank and have found none."""
    found = desk.select(Match, Match.need_id).where(Match.state == MatchState.CHOSEN)
    return desk.all(Need, Need.state.in_(LOOKING), Need.id.not_in(found))


def of_all(desk: Desk, needs: Iterable[Need]) -> list[Teaser | None]:
    """The teasers of these needs: as they were kept when first proposed, else as they would be made today."""
    before = {match.need_id: match.teaser for match in desk.all(Match)}
    here = zone(desk)
    return [from_json(before[need.id]) if need.id in before else made(here, need) for need in needs]


def proposed(desk: Desk) -> list[Shown]:
    """What has been proposed to the bank of the person at the desk and waits for the firm's consent."""
    asked = {row.match_id: row for row in desk.all(ConsentRequest)}
    query = _all(desk).select(Match).add_columns(Product.name).join(Product, Product.id == Match.product_id)
    here = (Match.bank_id == desk.actor.bank_id, Match.state == MatchState.PROPOSED)
    rows = desk.session.execute(query.where(*here).order_by(Match.proposed_on.desc(), Match.id))
    return [_shown(match, product, asked.get(match.id)) for match, product in rows]


def one(desk: Desk, key: int) -> Shown:
    """One of them; NotFound for every other."""
    for shown in proposed(desk):
        if shown.id == key:
            return shown
    raise NotFound(kind="Match")


def ask(desk: Desk, key: int, *, why: str) -> ConsentRequest:
    """Ask the firm behind a teaser for its consent, saying why; it sees which bank and officer ask. AskedAlready the second time."""
    if one(desk, key).asked_at is not None:
        raise AskedAlready
    match = _all(desk).get(Match, key, lock=True)
    made_ = ConsentRequest(
        match_id=match.id, need_id=match.need_id, firm_id=match.firm_id, bank_id=match.bank_id, why=why, asked_at=desk.now,
        asked_by=desk.actor.id, asked_by_name=desk.actor.name,
    )  # fmt: skip
    desk.add(made_)
    desk.session.flush()
    desk.note(Act.ASK_CONSENT, made_, match=match.id, why=Private(why))
    desk.later(
        "notice", f"asked:{match.id}", to={"firm": match.firm_id}, code=Act.ASK_CONSENT.value, subject=match.need_id
    )
    return made_


def _shown(match: Match, product: str, asked: ConsentRequest | None) -> Shown:
    who = (asked.asked_at, asked.asked_by_name) if asked else (None, "")
    return Shown(match.id, from_json(match.teaser), product, match.proposed_on, *who)


def _wanted(need: Need, grade: str, case: GuaranteeCase | None) -> Wanted:
    amount = min(need.amount, case.line) if case else need.amount
    return Wanted(amount.fen, need.months, grade, case is not None and case.support is not Support.RECOMMENDATION)


def _all(desk: Desk) -> Desk:
    """The same desk with the platform's own eyes: before consent a bank sees no match, only what is told of it here."""
    return Desk(desk.session, SYSTEM, desk.now, desk.clue, desk.lines)


def least(desk: Desk) -> parameters.Figure:
    """How many firms of the zone must share a teaser."""
    return parameters.figure("teaser_least_firms", desk.today)
