"""A zone for a year: one guarantee goes the whole way by the services, the others are its rows again, with amounts, days and banks of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from financing.access import Actor, Role
from financing.credit.model import Assessment
from financing.db import Thing, new_id
from financing.guarantees.caps import bank_cap
from financing.guarantees.model import GuaranteeCase, Limit, Movement, Resolution
from financing.guarantees.rules import Pot, Scope
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.loans import service as loans
from financing.loans.model import Loan, LoanPlan
from financing.loans.service import Contract
from financing.matching.model import Match
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer, Opening
from financing.parties.model import Firm, Guarantor
from scoring.repayment import DayCount, Repayment
from scoring.schedule import Event, Terms, Turn, schedule
from tests.financing.compensation.conftest import issued
from tests.financing.year.days import later
from tests.makers import TODAY, a_bank, a_code, a_user, at, writing
from web.stage.big.bulk import pour

#: What is copied, each after what it points to.
KINDS = (
    Firm, Need, Assessment, GuaranteeCase, Resolution, Opening, Match, Offer, Guarantee, GuaranteeEntry, Limit, Movement, Drawdown,
    Loan, LoanPlan,
)  # fmt: skip
WHOLE = Fen.wan(120)  # of the guarantee that is copied
#: 37-20-23-20: what the guarantor pays is borne in 37, 23 and 20 parts of 80.
SHARES = {"guarantor": 370_000, "bank": 200_000, "reguarantor": 230_000, "fund": 200_000}
PLAN = Repayment.INTEREST_ONLY


@dataclass(frozen=True)
class Drawn:
    """What is drawn for one firm: amount in fen, rate in ppm, months of the loan and between two interest days, bank by place."""

    number: int
    amount: int
    ppm: int
    months: int
    every: int
    bank: int

    def matures(self, starts: date) -> date:
        return later(starts, self.months)


@dataclass
class Zone:
    """Everybody who acts, and the rows that are copied."""

    database: Any
    officer: Actor
    second: Actor
    chair: Actor
    fund: Actor
    leader: Actor
    bankers: dict[int, Actor]
    banks: list[int]
    rows: dict[type[Thing], list[Row[Any]]]
    counters: dict[int, int]  # the limit of each bank
    pattern: Drawn

    def key(self, kind: type[Thing]) -> int:
        return self.rows[kind][0].id

    def at(self, actor: Actor, now: Any) -> Any:
        return at(self.database, actor, now)


def laid_out(database: Any, banks: int, first: Drawn) -> Zone:
    """The first guarantee is issued and paid out today; every bank has somebody at its desk and a counter of its own."""
    claims = issued(database, shares=SHARES)
    own, banker = claims.guarantee.bank_id, claims.banker
    with claims.at(banker) as desk:
        offer = desk.get(Offer, claims.room.offer.id)
        drawdowns.report(desk, offer, paid_on=TODAY, amount=WHOLE, rate=offer.rate)
        said = Contract(
            "JK-1", WHOLE, offer.rate, TODAY, first.matures(TODAY), PLAN, DayCount.ACTUAL_360, None, first.every
        )
        loans.record(desk, offer, said)
    with writing(database) as session:
        others = [a_bank(session).id for _ in range(banks - 1)]
        bankers = {key: a_user(session, Role.BANKER, bank_id=key).actor for key in others} | {own: banker}
        leader = a_user(session, Role.LEADER).actor
    with claims.at(claims.chair) as desk:
        guarantor = desk.session.scalars(select(Guarantor)).one()
        counters = {key: desk.add(Limit(scope=Scope.BANK, owner_id=key, cap=bank_cap(desk, guarantor, key).amount)).id
                    for key in others}  # fmt: skip
        desk.session.flush()
        counters[own] = desk.session.scalars(
            select(Limit.id).where(Limit.scope == Scope.BANK, Limit.owner_id == own)
        ).one()
    rows = _pattern(database, claims.guarantee)
    return Zone(
        database, claims.officer, claims.room.second, claims.chair, claims.fund, leader, bankers, [own, *others], rows, counters, first
    )  # fmt: skip


def _pattern(database: Any, behind: Guarantee) -> dict[type[Thing], list[Row[Any]]]:
    firm: Any = behind.firm_id
    where: dict[Any, Any] = {kind: kind.firm_id == firm for kind in KINDS if hasattr(kind, "firm_id")} | {
        Firm: Firm.id == firm, Offer: Offer.id == behind.offer_id, Limit: (Limit.scope == Scope.FIRM) & (Limit.owner_id == firm),
        Match: (Match.firm_id == firm) & (Match.bank_id == behind.bank_id),
    }  # fmt: skip
    with writing(database) as session:
        return {kind: list(session.execute(select(kind.__table__).where(where[kind]))) for kind in KINDS}


def copied(zone: Zone, drawn: list[Drawn], day: date) -> list[dict[type[Thing], dict[str, Any]]]:
    """Guarantees issued and paid out on a day, as rows of the one that went the whole way; the first row of each kind."""
    every = [_one(zone, one, day) for one in drawn]
    with zone.database.turn(), zone.database.writer.begin() as connection:
        for kind in KINDS:
            pour(connection, kind, [row for rows in every for row in rows[kind]])
        opened = Opening.id.in_([row["id"] for rows in every for row in rows[Opening]])
        connection.execute(update(Opening).where(opened).values(opened_at=Opening.until))
    _counted(zone, every)
    return [{kind: some[0] for kind, some in rows.items()} for rows in every]


def _one(zone: Zone, drawn: Drawn, day: date) -> dict[type[Thing], list[dict[str, Any]]]:
    own = zone.banks[0]
    swap = {row.id: new_id() for rows in zone.rows.values() for row in rows}
    swap |= {own: zone.banks[drawn.bank], zone.counters[own]: zone.counters[zone.banks[drawn.bank]]}
    shift, matures = day - TODAY, drawn.matures(day)
    named = {
        Firm: {"name": f"示范铜业第{drawn.number}有限公司", "code": a_code(), "phone": f"139{drawn.number:08d}"},
        Need: {"number": f"XQ2026-9{drawn.number:03d}"}, GuaranteeCase: {"number": f"DB2026-9{drawn.number:03d}"},
        Opening: {"opened_at": None},  # no offer is written once they are open
        Resolution: {"number": f"JY2026-9{drawn.number:03d}"},
        Guarantee: {"number": f"BH2026-9{drawn.number:03d}", "matures": matures, "until": later(matures, 6)},
        Loan: {"contract": f"JK-{drawn.number}", "matures": matures, "rate": Rate(drawn.ppm), "every": drawn.every},
        LoanPlan: {"rows": _plan(drawn, day), "matures": matures, "rate": Rate(drawn.ppm)},
    }  # fmt: skip
    return {
        kind: [_copy(row, swap, shift, drawn.amount if kind is not Firm else WHOLE.fen) | named.get(kind, {}) for row in zone.rows[kind]]
        for kind in KINDS
    }  # fmt: skip


def _copy(row: Row[Any], swap: dict[int, int], shift: timedelta, amount: int) -> dict[str, Any]:
    """Every id another one, every day later, every sum in proportion."""

    def other(value: Any) -> Any:
        if isinstance(value, Fen):
            return Fen(value.fen * amount // WHOLE.fen)
        if isinstance(value, date):
            return value + shift
        return swap.get(value, value) if isinstance(value, int) else value

    return {name: other(value) for name, value in row._mapping.items()}


def _plan(drawn: Drawn, day: date) -> list[list[Any]]:
    terms = Terms(drawn.ppm, day, drawn.matures(day), PLAN, DayCount.ACTUAL_360, None, drawn.every)
    found = schedule(terms, [Event(day, Turn.DRAW, drawn.amount)])
    return [[due.day.isoformat(), due.principal, due.interest] for due in found]


def _counted(zone: Zone, every: list[dict[type[Thing], list[dict[str, Any]]]]) -> None:
    """The counters that all share go up by what was moved; those of the firms were copied as they stand."""
    own = {row["id"] for rows in every for row in rows[Limit]}
    with writing(zone.database) as session:
        limits = {one.id: one for one in session.scalars(select(Limit).where(Limit.scope != Scope.FIRM))}
        for move in (move for rows in every for move in rows[Movement] if move["limit_id"] not in own):
            limit, amount = limits[move["limit_id"]], move["amount"]
            for pot, change in ((move["source"], -amount), (move["target"], amount)):
                if pot is Pot.USED:
                    limit.used += change
                elif pot is Pot.RESERVED:
                    limit.reserved += change
        session.flush()


def signatory(zone: Zone, firm: int) -> Actor:
    """Somebody who signs for a firm of the zone."""
    with writing(zone.database) as session:
        return a_user(session, Role.SIGNATORY, firm_id=firm).actor
