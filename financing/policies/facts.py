"""What is known of firms for policies (政策事实): of one firm with where it comes from, of all firms as columns, from the same places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
from sqlalchemy import BigInteger, Text, and_, cast, func, type_coerce

from financing.acts import Act
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import Purpose
from financing.parties.model import Firm
from financing.parties.stated import Known
from financing.policies.model import PolicyFacts
from financing.refusals import NotAFact
from scoring.facts import FACTS, Kind
from scoring.held import UnknownValue, held, plain
from scoring.policy_facts import ASKED, POLICY_FACTS

#: Columns of a firm that are facts by the same name.
_OF_FIRM = ("industry", "size", "employees", "revenue", "assets")
_DTYPES: Mapping[Kind, Any] = {
    Kind.NUMBER: pl.Float64, Kind.COUNT: pl.Int64, Kind.MONEY: pl.Int64, Kind.FLAG: pl.Boolean, Kind.CHOICE: pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """A firm that states, before there is a row of its statements."""

    firm_id: int


def known(desk: Desk, firm: Firm) -> dict[str, object]:
    """Everything on file of one firm, by the name of the fact; what it stated last for policies outranks the rest."""
    last = desk.session.scalars(_last_scores(desk).where(Assessment.firm_id == firm.id)).first()
    given = desk.find(PolicyFacts, PolicyFacts.firm_id == firm.id)
    return _together(_of_firm(firm), last, firm.stated, given.given if given else {})


def of_need(need: Need) -> dict[str, object]:
    """What a need says of the loan that a policy may speak of."""
    fixed = need.purpose in {Purpose.EQUIPMENT, Purpose.UPGRADE}
    return {
        "loan_principal": need.amount.fen, "guarantee_asked": need.amount.fen, "loan_months": need.months,
        "loan_use": "fixed" if fixed else "working",
    }  # fmt: skip


def state(desk: Desk, firm: Firm, values: Mapping[str, object]) -> None:
    """The firm states facts for policies (填报政策事实); None takes one back. NotAFact for what the fact cannot hold."""
    found = desk.find(PolicyFacts, PolicyFacts.firm_id == firm.id)
    row = found or desk.add(PolicyFacts(firm_id=firm.id, given={}))
    kept = dict(row.given)
    for name, value in values.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = {"value": Known.plain(_read(name, value)), "as_of": desk.today.isoformat()}
    row.given = kept
    desk.session.flush()
    desk.note(Act.STATE_POLICY_FACTS, row, fields=sorted(values))


def _read(name: str, value: object) -> object:
    if name not in ASKED:
        raise NotAFact(fact=name, given="")
    fact = POLICY_FACTS[name]
    try:
        read = held(fact, value.fen if isinstance(value, Fen) else value)
    except UnknownValue:
        raise NotAFact(fact=fact.term, given=str(value)[:40]) from None
    if isinstance(read, int) and not isinstance(read, bool) and not 0 <= read <= 10**15:
        raise NotAFact(fact=fact.term, given=str(value)[:40])
    return read


def frame(desk: Desk, names: Iterable[str], *where: Any) -> pl.DataFrame:
    """All firms that may be seen, as columns of these facts and `firm`, the id; equal to `known` firm by firm.

    Read by columns: a zone has a hundred thousand firms, and few of them have stated anything.
    """
    wanted = sorted(set(names))
    registered = [name for name in wanted if name in _OF_FIRM]
    rows = desk.rows(Firm, Firm.id, *(_bare(name) for name in registered), where=where, by=Firm.id)
    keys, *told = zip(*rows, strict=True) if rows else ((), *(() for _ in registered))
    columns = {name: [None] * len(rows) for name in wanted} | dict(zip(registered, map(list, told), strict=True))
    places = {key: place for place, key in enumerate(keys)}
    for firm, stated in _stated(desk, set(wanted)):
        if (place := places.get(firm)) is not None:
            for name in stated.keys() & columns.keys():
                columns[name][place] = plain(POLICY_FACTS[name], _value(name, stated[name]["value"]))
    held = {name: pl.Series(name, values, dtype=_DTYPES[POLICY_FACTS[name].kind]) for name, values in columns.items()}
    return pl.DataFrame({"firm": pl.Series(keys, dtype=pl.Int64), **held})


def _bare(name: str) -> Any:
    """A column of a firm as a plain number or word; a size nobody could work out is not known."""
    column = getattr(Firm, name)
    if name == "size":
        return func.nullif(column, "undetermined")
    return type_coerce(column, BigInteger) if POLICY_FACTS[name].kind is Kind.MONEY else column


def _stated(desk: Desk, wanted: set[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """What firms have on file beside their registration, in the order in which the later outranks the earlier."""
    if wanted & FACTS.keys():
        yield from desk.session.execute(_last_scores(desk).with_only_columns(Assessment.firm_id, Assessment.facts))
    if wanted & (FACTS.keys() | set(_OF_FIRM)):
        yield from desk.rows(Firm, Firm.id, Firm.stated, where=[cast(Firm.stated, Text) != "{}"])
    if wanted & ASKED:
        yield from desk.rows(PolicyFacts, PolicyFacts.firm_id, PolicyFacts.given)


def _last_scores(desk: Desk) -> Any:
    """The newest score of every firm: what was on file of it that day."""
    newest = desk.select(Assessment, Assessment.firm_id, func.max(Assessment.assessed_at).label("at"))
    last = newest.group_by(Assessment.firm_id).subquery()
    return desk.select(Assessment).join(
        last, and_(Assessment.firm_id == last.c.firm_id, Assessment.assessed_at == last.c.at)
    )


def _of_firm(firm: Firm) -> dict[str, object]:
    told = {name: getattr(firm, name) for name in _OF_FIRM}
    return {name: value.fen if isinstance(value, Fen) else value for name, value in told.items()} | (
        {"size": None} if firm.size == "undetermined" else {}
    )


def _together(
    firm: Mapping[str, object], score: Assessment | None, stated: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, object]:
    found = dict(firm)
    for source in (score.facts if score else {}, stated, given):
        found |= {name: _value(name, one["value"]) for name, one in source.items() if name in POLICY_FACTS}
    return found


def _value(name: str, kept: object) -> object:
    return Decimal(kept) if POLICY_FACTS[name].kind is Kind.NUMBER and isinstance(kept, str) else kept
