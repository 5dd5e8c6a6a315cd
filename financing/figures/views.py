"""What leaders see: the funnel from registration to an accepted offer, key ratios, the facility. Aggregates only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from financing.access import Role
from financing.desk import BEIJING, Desk
from financing.figures.rules import RATIOS, Figure, Ratio, Step, guarded, median_days, weighted_rate
from financing.figures.tracks import Track, tracks
from financing.guarantees.limits import Room
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.money import Fen, Rate
from financing.needs.rules import NeedState
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties.model import Firm, Guarantor
from financing.refusals import NotFound

READERS = frozenset({Role.LEADER, Role.OFFICER, Role.AUDITOR})
NAMED = READERS - {Role.LEADER}  # who may know which firm a number stands for
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One need behind a number; the firm only for those who may know it."""

    need_id: int | None
    number: str
    state: NeedState
    amount: Fen
    day: date
    firm: str


@dataclass(frozen=True, slots=True)
class Report:
    """One page of figures for needs handed in between two days, both included."""

    since: date
    until: date
    steps: tuple[Figure, ...]
    ratios: Mapping[Ratio, tuple[int, int] | None]
    rate: Rate | None
    facility: Room | None
    leverage: tuple[Fen, Fen] | None  # exposure, net assets


def report(desk: Desk, since: date, until: date) -> Report:
    """Everything on the leader's page; NotFound for a role that has no figures."""
    _admit(desk)
    come = tracks(desk, since, until)
    steps = _funnel(desk, come, until)
    facility, assets = _facility(desk)
    return Report(
        since=since,
        until=until,
        steps=steps,
        ratios=_ratios({figure.step: figure for figure in steps}),
        rate=_average_rate(desk, come),
        facility=facility,
        leverage=(facility.taken, assets) if facility and assets else None,
    )


def funnel(desk: Desk, since: date, until: date) -> tuple[Figure, ...]:
    """The steps in order, each with count, sum and median days; small groups hidden from leaders."""
    _admit(desk)
    return _funnel(desk, tracks(desk, since, until), until)


def behind(desk: Desk, step: Step, since: date, until: date) -> tuple[Line, ...] | None:
    """The needs behind one number, the newest first; None when so few firms stand behind it that it stays hidden."""
    _admit(desk)
    here = [track for track in tracks(desk, since, until) if step in track.reached]
    if _hidden(desk, _figure(step, Step.REGISTERED, here)):
        return None
    named = desk.actor.role in NAMED
    latest = sorted(here, key=lambda track: (track.reached[step], track.number), reverse=True)[:MOST]
    names = _names(desk, {track.firm_id for track in latest}) if named else defaultdict(str)
    return tuple(
        Line(t.need_id if named else None, t.number, t.state, t.amount, t.reached[step], names[t.firm_id])
        for t in latest
    )


def _admit(desk: Desk) -> None:
    if desk.actor.role not in READERS:
        raise NotFound(kind="figures")


def _hidden(desk: Desk, figure: Figure) -> bool:
    return desk.actor.role not in NAMED and guarded(figure).hidden


def _funnel(desk: Desk, come: list[Track], until: date) -> tuple[Figure, ...]:
    firms = desk.session.scalar(select(func.count(Firm.id)).where(Firm.registered_at < _end(until))) or 0
    first = Figure(Step.REGISTERED, firms, firms, Fen(0), None)
    figures = (first, *(_figure(step, before, come) for before, step in pairwise(Step)))
    return figures if desk.actor.role in NAMED else tuple(map(guarded, figures))


def _figure(step: Step, before: Step, come: list[Track]) -> Figure:
    here = [track for track in come if step in track.reached]
    days = [_between(track.day(before), track.reached[step]) for track in here]
    return Figure(
        step=step,
        count=len(here),
        firms=len({track.firm_id for track in here}),
        sum=Fen(sum(track.amount.fen for track in here)),
        days=median_days([count for count in days if count is not None]),
    )


def _between(start: date | None, end: date) -> int | None:
    return None if start is None else (end - start).days


def _end(day: date) -> datetime:
    """The first moment after a day in Beijing."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)


def _ratios(steps: Mapping[Step, Figure]) -> dict[Ratio, tuple[int, int] | None]:
    """Part and whole of each ratio; None where either is hidden."""
    return {
        ratio: None if steps[part].hidden or steps[whole].hidden else (steps[part].count, steps[whole].count)
        for ratio, (part, whole) in RATIOS.items()
    }


def _average_rate(desk: Desk, come: list[Track]) -> Rate | None:
    """What firms pay on average on the offers they accepted."""
    within = {track.need_id for track in come if Step.CHOSEN in track.reached}
    columns = (Offer.need_id, Offer.firm_id, Offer.rate, Offer.amount)
    rows = desk.session.execute(select(*columns).where(Offer.state == OfferState.ACCEPTED))
    taken = [(firm, rate, amount) for need, firm, rate, amount in rows if need in within]
    if _hidden(desk, Figure(Step.CHOSEN, len(taken), len({firm for firm, _, _ in taken}), Fen(0), None)):
        return None
    return weighted_rate([(rate, amount) for _, rate, amount in taken])


def _facility(desk: Desk) -> tuple[Room | None, Fen | None]:
    guarantor = desk.find(Guarantor)
    limit = desk.find(Limit, Limit.scope == Scope.FACILITY)
    if guarantor is None or limit is None:
        return None, guarantor.net_assets if guarantor else None
    return Room(limit.scope, limit.cap, limit.used, limit.reserved, Fen(0)), guarantor.net_assets


def _names(desk: Desk, firms: set[int]) -> dict[int, str]:
    found = desk.session.execute(desk.select(Firm, Firm.id, Firm.name).where(Firm.id.in_(firms)))
    return {row.id: row.name for row in found}
