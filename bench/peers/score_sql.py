"""The bench card as one statement of SQL: points by CASE, the three costliest by GREATEST."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.compiled import Compiled, Ladder
from scoring.facts import Kind


def statement(rules: Compiled, table: str = "firms") -> str:
    """Total, red lines as bits, grade and the places of the three costliest items, by firm."""
    places, width = range(len(rules.most)), 32
    points = ", ".join(f"({_item(rules, place)})::TINYINT AS p{place}" for place in places)
    vetoes = " + ".join(f"(CASE WHEN {_hit(ladder)} THEN {1 << n} ELSE 0 END)" for n, ladder in enumerate(rules.vetoes))
    keys = [f"k{place}" for place in places]
    lost = ", ".join(
        f"({most * width + width - 1 - rules.ranked.index(place)} - p{place}::SMALLINT * {width})::SMALLINT AS k{place}"
        for place, most in enumerate(rules.most)
    )
    total = f"({' + '.join(f'p{place}::SMALLINT' for place in places)})::SMALLINT AS total"
    grade = " + ".join(f"(total >= {least})::INT" for least in rules.bounds[1:])
    reasons = ", ".join(
        f"(CASE WHEN {key} >= {width} THEN {width - 1} - ({key} & {width - 1}) END)::UTINYINT AS {key}"
        for key in ("high", "middle", "low")
    )
    return (  # numbers and names of facts, nothing that anybody typed
        f"WITH a AS (SELECT firm, {points}, ({vetoes})::UTINYINT AS vetoes FROM {table}), "
        f"b AS (SELECT firm, vetoes, {total}, {lost} FROM a), "
        f"c AS (SELECT *, greatest({', '.join(keys)}) AS high FROM b), "
        f"d AS (SELECT *, greatest({_below(keys, 'high')}) AS middle FROM c), "
        f"e AS (SELECT *, greatest({_below(keys, 'middle')}) AS low FROM d) "
        f"SELECT firm, total, vetoes, ({grade})::UTINYINT AS grade, {reasons} FROM e"
    )


def _below(keys: list[str], bound: str) -> str:
    return ", ".join(f"CASE WHEN {key} < {bound} THEN {key} END" for key in keys)


def _item(rules: Compiled, place: int) -> str:
    general = rules.trades[0].items[place]
    own = {trade.scales[place].code: trade.items[place] for trade in rules.trades if trade.items[place] is not general}
    if not own:
        return _case(general)
    cases = " ".join(f"WHEN '{code}' THEN ({_case(ladder)})" for code, ladder in own.items())
    return f"CASE industry {cases} ELSE ({_case(general)}) END"


def _case(ladder: Ladder) -> str:
    name = ladder.fact.name
    tests = " ".join(f"WHEN {test} THEN {points}" for test, points in _cells(ladder))
    return f"CASE WHEN {name} IS NULL THEN {ladder.missing} {tests} ELSE {ladder.points[-1]} END"


def _cells(ladder: Ladder) -> Iterator[tuple[str, int]]:
    name, fact = ladder.fact.name, ladder.fact
    if fact.kind is Kind.FLAG:
        yield name, ladder.points[0]
    elif fact.kind is Kind.CHOICE:
        yield from (
            (f"{name} = '{code}'", points) for code, points in zip(fact.choices, ladder.points[:-1], strict=False)
        )
    else:
        yield from ((f"{name} < {edge!r}", points) for edge, points in zip(ladder.breaks, ladder.points, strict=False))


def _hit(ladder: Ladder) -> str:
    if ladder.fact.kind is Kind.FLAG:
        return ladder.fact.name
    return f"{ladder.fact.name} {'<' if ladder.points[0] else '>='} {ladder.breaks[0]!r}"
