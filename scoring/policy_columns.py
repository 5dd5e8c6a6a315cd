"""All clauses over all firms (按列匹配): each condition is compared once for all firms, and money is counted only where it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from scoring.compiled import Ladder
from scoring.facts import Kind
from scoring.held_columns import Array, Held, reader
from scoring.policy import COUNT_MOST, LARGEST, MONTHS, PPM, Amount, Clause, Condition, Interest
from scoring.policy_match import edges, facts_read

UNKNOWN_AMOUNT = -1


class Found(NamedTuple):
    """Firms that a clause may be for, by row: whether it is sure, and fen (-1 where that cannot be told)."""

    rows: Array
    eligible: Array
    fen: Array


class _Told(NamedTuple):
    """One condition over all firms: where it is known not to be met, and where it leaves a doubt; None: nowhere."""

    unmet: Array | None
    doubt: Array | None


def columns(clauses: Sequence[Clause], firms: pl.DataFrame, on: date) -> list[Found]:
    """For every clause the firms it is for, or may be for, in the order of their rows; equal to `match` firm by firm.

    A column of `firms` is named for its fact; one that is not there is missing for all. Raises `UnknownValue`.
    """
    rows = slice(0, firms.height)
    held = {
        name: reader(fact, firms.get_column(name, default=None))(rows) for name, fact in facts_read(clauses).items()
    }
    told: dict[tuple[str, str, object, bool], _Told] = {}
    return [_clause(clause, held, told, firms.height, on) for clause in clauses]


def _clause(
    clause: Clause, held: Mapping[str, Held], told: dict[tuple[str, str, object, bool], _Told], height: int, on: date
) -> Found:
    if not clause.in_force(on):
        return Found(*(np.zeros(0, kind) for kind in (np.int64, np.bool_, np.int64)))
    stands = [_once(each, held, told) for each in clause.conditions]
    rows = _open(height, [one.unmet for one in stands if one.unmet is not None])
    doubts = [one.doubt[rows] for one in stands if one.doubt is not None]
    unsure = [~known[rows] for name in clause.amount.reads if (known := held[name].known) is not None]
    eligible = np.ones(len(rows), np.bool_)
    for doubt in (*doubts, *unsure):
        eligible &= ~doubt
    return Found(rows, eligible, _fen(clause.amount, held, rows, unsure))


def _open(height: int, unmet: Sequence[Array]) -> Array:
    """Rows of the firms that no condition excludes."""
    if not unmet:
        return np.arange(height)
    out = unmet[0].copy()
    for one in unmet[1:]:
        np.logical_or(out, one, out=out)
    return np.flatnonzero(~out)


def _once(condition: Condition, held: Mapping[str, Held], told: dict[tuple[str, str, object, bool], _Told]) -> _Told:
    """A condition that several clauses share is compared once."""
    key = (condition.fact, condition.operator, condition.value, condition.soft)
    if key not in told:
        told[key] = _compared(condition, held[condition.fact])
    return told[key]


def _compared(condition: Condition, held: Held) -> _Told:
    failed = ~_reached(condition.ladder, held)
    unknown = None
    if held.known is not None:
        failed &= held.known
        unknown = ~held.known
    if condition.soft:
        return _Told(None, failed if unknown is None else failed | unknown)
    return _Told(failed, unknown)


def _reached(ladder: Ladder, held: Held) -> Array:
    """Where a condition holds."""
    points = np.array(ladder.points, np.bool_)
    if ladder.fact.kind in {Kind.CHOICE, Kind.FLAG}:
        places = np.where(held.known, held.values, 0) if held.known is not None else held.values
        return points[places]
    values = held.values
    out = np.full(len(values), points[0])
    for place, edge in enumerate(ladder.breaks, 1):
        if points[place] != points[place - 1]:
            out ^= _from(values, edge)
    return out


def _from(values: Array, edge: float) -> Array:
    """Values at an edge or above; an edge beyond 64 bits is reached by none, or by all."""
    if isinstance(edge, int) and abs(edge) >= 2**63:
        return np.full(len(values), edge < 0)
    return values >= edge


def _fen(rule: Amount, held: Mapping[str, Held], rows: Array, unsure: Sequence[Array]) -> Array:
    if rule.rule == "service":
        return np.full(len(rows), UNKNOWN_AMOUNT)
    given = [_known(held[name], rows) for name in rule.reads]
    fen = np.minimum(_uncapped(rule, [each.astype(np.int64, copy=False) for each in given], len(rows)),
                     getattr(rule, "cap", None) or LARGEST)  # fmt: skip
    for doubt in unsure:
        fen[doubt] = UNKNOWN_AMOUNT
    return fen


def _known(held: Held, rows: Array) -> Array:
    """Values of some rows; nothing where nothing is known."""
    values = held.values[rows]
    return values if held.known is None else np.where(held.known[rows], values, 0)


def _uncapped(rule: Amount, given: Sequence[Array], height: int) -> Array:
    match rule.rule:
        case "share":
            return _scaled(np.clip(given[0], 0, LARGEST), rule.ppm, PPM)
        case "per_unit":
            return np.clip(given[0], 0, COUNT_MOST) * np.int64(rule.unit)
        case "tiers":
            starts = edges(rule.base, [start for start, _ in rule.steps])
            sums = np.array([0, *(fen for _, fen in rule.steps)], np.int64)
            return sums[np.searchsorted(np.array(starts, np.int64), given[0], side="right")]
        case "interest":
            return _interest(rule, given)
        case "fixed":
            return np.full(height, rule.sum, np.int64)
    return np.zeros(height, np.int64)


def _interest(rule: Interest, given: Sequence[Array]) -> Array:
    principal = np.clip(given[0], 0, rule.base_cap or LARGEST)
    return _scaled(principal, np.clip(given[1], 0, rule.months) * np.int64(rule.ppm), PPM * MONTHS)


def _scaled(base: Array, weight: Array | int, whole: int) -> Array:
    """A base times a weight over a whole, half up, without ever leaving 64 bits: the whole parts first, then the rest."""
    parts, rest = np.divmod(base, np.int64(whole))
    return parts * weight + (2 * rest * weight + whole) // (2 * whole)
