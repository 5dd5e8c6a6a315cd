"""How watch worsens a class (分类下调): open warnings and visits hold a loan down, neither ever betters it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from financing import parameters
from financing.among import among
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.loans.rules import FiveClass, worst
from financing.loans.views import WARNED
from financing.watch.lent import LENT_OF, LIVE, lent
from financing.watch.model import EarlyWarning, Visit
from financing.watch.rules import WarningState, by_visits


def risks(desk: Desk, *where: ColumnElement[bool]) -> dict[int, FiveClass]:
    """The class of each guarantee that fits, the worst of its loan, its warnings and its visits; people may have set another."""
    loans = lent(desk, desk.rows(Guarantee, *LENT_OF, where=where), desk.today)
    held = held_down(desk, *where) if any(not one.recorded for one in loans.values()) else {}
    return {key: one.risk if one.recorded else worst(one.risk, held.get(key)) for key, one in loans.items()}


def held_down(desk: Desk, *where: ColumnElement[bool]) -> dict[int, FiveClass]:
    """Down to which class warnings and visits hold each guarantee; those they say nothing of are left out.

    Asked without the reader's sights: how a loan stands does not depend on who asks.
    """
    keys = select(Guarantee.id).where(*where)
    found: dict[int | None, list[FiveClass]] = defaultdict(list)
    standing = (EarlyWarning.guarantee_id.in_(keys), EarlyWarning.state != WarningState.CLOSED)
    for key, risk in desk.session.execute(select(EarlyWarning.guarantee_id, EarlyWarning.worsens).where(*standing)):
        found[key].append(risk)
    seen: dict[int | None, list[FiveClass]] = defaultdict(list)
    visits = select(Visit.guarantee_id, Visit.risk).where(Visit.guarantee_id.in_(keys))
    for key, risk in desk.session.execute(visits.order_by(Visit.visited_on.desc(), Visit.at.desc())):
        seen[key].append(risk)
    to_better = parameters.figure("watch_visits_to_better", desk.today).value
    return {key: worst(*found[key], by_visits(seen[key], to_better)) for key in {*found, *seen} if key}


def _warned(desk: Desk, loans: Sequence[Any]) -> Mapping[int, FiveClass]:
    """The same by loan, for whoever asks how a loan stands."""
    offers = {loan.offer_id: loan.id for loan in loans}
    behind = (among(Guarantee.offer_id, list(offers)), *LIVE)
    held = held_down(desk, *behind)
    rows = desk.session.execute(select(Guarantee.id, Guarantee.offer_id).where(*behind))
    return {offers[offer]: held[key] for key, offer in rows if key in held}


WARNED.append(_warned)
