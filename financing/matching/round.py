"""A round of matching (整批对接): all needs that are ready, assigned within what the banks take; an officer chooses which way and says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.journal import Private
from financing.matching import appetite, service, shelf, teasers
from financing.matching.comparison import BankLine, Comparison, NeedLine, Placed, side
from financing.matching.model import Match, MatchRound
from financing.matching.rules import LIVE, Assigning, Reason
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.numbers import Series, take_number
from financing.parties.model import Bank, Firm
from financing.round_refusals import NothingToAssign, RoundChanged

if TYPE_CHECKING:
    from scoring.assign import Assignment

READY = (NeedState.APPROVED, NeedState.CONDITIONAL, NeedState.LISTED)
Limits = Mapping[int, int]  # bank -> how many needs it takes in this round


@dataclass(frozen=True, slots=True)
class Asked:
    """What a round is worked out for: to how many banks each need goes at most, and what the banks take."""

    each: int
    limits: Limits


def ready(desk: Desk) -> list[Need]:
    """Needs that may be proposed and are on their way to no bank, those that have waited longest first."""
    on_the_way = desk.select(Match, Match.need_id).where(Match.state.in_(LIVE))
    found = desk.all(Need, Need.state.in_(READY), Need.id.not_in(on_the_way))
    return sorted(found, key=lambda need: (need.submitted_on or date.max, need.number))


def usual(desk: Desk) -> parameters.Figure:
    """How many needs a bank takes in a round where nothing else is said."""
    return parameters.figure("round_needs_per_bank", desk.today)


def compare(desk: Desk, asked: Asked) -> Comparison:
    """Both assignments of the needs that are ready now; NothingToAssign when no bank fits any."""
    from scoring import assign  # noqa: PLC0415  its solver takes half a second to load: not at every start

    needs = ready(desk)
    fits = _untried(desk, shelf.fits_all(desk, needs))
    if fits.is_empty():
        raise NothingToAssign
    amounts = {need.id: shelf.guaranteed_line(shelf.case(desk, need), need).fen for need in needs}
    tables = fits, _turns(needs, amounts), _limits(desk, asked)
    ways = {
        Assigning.STABLE: assign.stable(*tables, asked.each),
        Assigning.TOTAL: assign.best_total(*tables, asked.each),
    }
    return _told(desk, asked, needs, amounts, fits, ways)


def choose(desk: Desk, asked: Asked, way: Assigning, *, why: str, seen: str) -> MatchRound:
    """Propose every pair of one assignment at once, on record with both; RoundChanged when it is not what was seen."""
    for need in ready(desk):
        service.lock(desk, need)
    found = compare(desk, asked)
    if found.digest != seen:
        raise RoundChanged
    round_ = desk.add(
        MatchRound(
            number=take_number(desk.session, Series.ROUND, desk.today.year),
            day=desk.today,
            way=way,
            why=why,
            comparison=found.text,
            digest=found.digest,
            chosen_by=desk.actor.id,
            chosen_by_name=desk.actor.name,
            chosen_at=desk.now,
        )
    )
    desk.session.flush()
    figures = found.side(way)
    facts = {"number": round_.number, "way": way, "why": Private(why), "pairs": figures.pairs, "digest": found.digest}
    desk.note(Act.CHOOSE_ROUND, round_, **facts)
    zone = teasers.zone(desk)
    for line in found.needs:
        if placed := line.under(way):
            desk.take(Act.PROPOSE_MATCH, need := desk.get(Need, line.need_id), round=round_.number)
            service.propose_to(desk, need, map(_fit, placed), zone)
    return round_


def _fit(placed: Placed) -> shelf.Fit:
    return shelf.Fit(placed.bank_id, placed.product_id, placed.points, (*placed.for_firm, *placed.for_bank))


def _untried(desk: Desk, fits: pl.DataFrame) -> pl.DataFrame:
    """Without the banks a need has been at before."""
    tried = [{"need": str(match.need_id), "bank": str(match.bank_id)} for match in desk.all(Match)]
    return fits.join(
        pl.DataFrame(tried, schema={"need": pl.String, "bank": pl.String}), on=["need", "bank"], how="anti"
    )


def _turns(needs: list[Need], amounts: Mapping[int, int]) -> pl.DataFrame:
    from scoring.market import TURNS  # noqa: PLC0415  as above

    rows = [{"need": str(need.id), "amount_fen": amounts[need.id], "turn": turn} for turn, need in enumerate(needs)]
    return pl.DataFrame(rows, schema=dict(TURNS))


def _limits(desk: Desk, asked: Asked) -> pl.DataFrame:
    from scoring.market import LIMITS  # noqa: PLC0415  as above

    rows = [
        {"bank": str(bank), "most_fen": room.fen, "most": room.number} for bank, room in _takes(desk, asked).items()
    ]
    return pl.DataFrame(rows, schema=dict(LIMITS))


def _takes(desk: Desk, asked: Asked) -> dict[int, appetite.Left]:
    """What each bank takes in this round: what the officer asks of it, and never more than it declared and has left."""
    most, declared = usual(desk).value, appetite.in_force(desk, desk.today)
    found = {}
    for bank in desk.all(Bank):
        room = appetite.left(desk, declared[bank.id]) if bank.id in declared else appetite.Left(None, None)
        wanted = asked.limits.get(bank.id, most)
        found[bank.id] = appetite.Left(room.fen, wanted if room.number is None else min(wanted, room.number))
    return found


def _told(
    desk: Desk,
    asked: Asked,
    needs: list[Need],
    amounts: Mapping[int, int],
    fits: pl.DataFrame,
    ways: Mapping[Assigning, Assignment],
) -> Comparison:
    names = {bank.id: bank.name for bank in desk.all(Bank)}
    firms = {firm.id: firm.name for firm in desk.all(Firm)}
    placed = {way: _placed(fits, found.pairs, names) for way, found in ways.items()}
    lines = tuple(
        NeedLine(
            need.id,
            need.number,
            firms[need.firm_id],
            amounts[need.id],
            *(placed[way](need.id) for way in Assigning),
        )
        for need in needs
    )
    takes = _takes(desk, asked)
    at = {int(bank) for bank in fits["bank"].unique()}
    banks = tuple(
        _bank_line(bank, names[bank], takes[bank].number or 0, lines)
        for bank in sorted(at, key=lambda bank: (names[bank], bank))
    )
    sides = [side(lines, way, ways[way].blocking, ways[way].gap) for way in Assigning]
    return Comparison(asked.each, lines, banks, *sides)


def _placed(fits: pl.DataFrame, pairs: pl.DataFrame, names: Mapping[int, str]) -> Callable[[int], tuple[Placed, ...]]:
    """The banks of a need, in the firm's order."""
    rows = fits.join(pairs.select("need", "bank"), on=["need", "bank"], how="semi").sort("need", "rank")
    found: dict[int, tuple[Placed, ...]] = {}
    for row in rows.iter_rows(named=True):
        reasons = (tuple(map(Reason, row[side_])) for side_ in ("firm_reasons", "bank_reasons"))
        one = Placed(int(row["bank"]), int(row["product"]), names[int(row["bank"])], row["points"], *reasons)
        found[int(row["need"])] = (*found.get(int(row["need"]), ()), one)
    return lambda need: found.get(need, ())


def _bank_line(bank: int, name: str, most: int, lines: tuple[NeedLine, ...]) -> BankLine:
    stable, total = (
        [(line.amount_fen, one.points) for line in lines for one in line.under(way) if one.bank_id == bank]
        for way in Assigning
    )
    fen, points = ([sum(parts[place] for parts in under) for under in (stable, total)] for place in (0, 1))
    return BankLine(bank, name, most, len(stable), len(total), *fen, *points)
