"""Cards and firms drawn by chance, far odder than any committee would sign, edges and the ends of the numbers among them."""

from datetime import date, timedelta
from decimal import Decimal
from math import inf, nan, nextafter

import polars as pl

from scoring.card import Card, OwnFact
from scoring.card_faults import misfits, options
from scoring.facts import FACTS, FEN_PER_WAN, Kind
from scoring.held_columns import DTYPES

TODAY = date(2026, 5, 6)
INDUSTRIES = ("C", "30", "307", "3071", "C3072", "E", "F", "51", "A", "0111")
EDGES = (
    "-1000",
    "-10",
    "-0.5",
    "0",
    "0.1",
    "0.5",
    "0.7",
    "1",
    "1.2",
    "2",
    "2.675",
    "5",
    "8",
    "12.34",
    "60",
    "99.99",
    "1e3",
    "1e17",
)
BIG = (
    "9007199254.740993",
    "9007199254.740992",
    "-9007199254.740993",
    "9223372036854.775807",
    "9223372036854.775808",
    "0.0000001",
)
KINDS = (Kind.NUMBER, Kind.NUMBER, Kind.COUNT, Kind.MONEY, Kind.CHOICE, Kind.FLAG)


def a_card(rng):
    """A sound card: the checks of cards find nothing in it."""
    own = [_own(rng, place) for place in range(rng.choice((0, 0, 2)))]
    pool = [*FACTS.values(), *[OwnFact(**fact).held for fact in own] * 20]
    facts = [
        rng.choice([fact for fact in pool if fact.kind is rng.choice(KINDS)] or [FACTS["penalties"]])
        for _ in range(rng.choice((1, 2, 5, 12, 40)))
    ]
    items = [_item(rng, place, fact) for place, fact in enumerate(facts)]
    full = sum(_most(item) for item in items)
    bounds = sorted(rng.sample(range(1, full + 1), min(full, rng.randrange(7))))
    found = Card.model_validate({
        "title": "卡", "english": "Card", "basis": "试", "from": date(2026, 1, 1), "name": "any", "digest": "0",
        "full_marks": full, "line": rng.randint(0, full), "missing_limit": Decimal(rng.choice(("0", "0.25", "1"))),
        "grades": {"G0": 0} | {f"G{place}": least for place, least in enumerate(bounds, 1)},
        "ceilings": {f"G{place}": place * 10 for place in range(len(bounds) + 1) if place},
        "block": [{"key": "all", "says": "全", "english": "All", "weight": full}],
        "item": items, "fact": own,
        "veto": [_veto(rng, place, rng.choice([*facts, *pool])) for place in range(rng.choice((0, 1, 3, 8)))],
    })  # fmt: skip
    assert list(misfits(found)) == []
    return found


def _own(rng, place):
    kind, better = rng.choice(("number", "count", "money", "flag")), rng.choice(("higher", "lower"))
    return {"name": f"own_{place}", "says": "自带", "english": "Own", "kind": kind, "better": better}


def _item(rng, place, fact):
    sign, most = fact.better or rng.choice(("higher", "lower")), rng.choice((1, 2, 7, 60, 127, 128, 5_000, 40_000))
    own = [
        {"code": code.removeprefix("C") or "C", **_scale(rng, fact, sign, most)}
        for code in rng.sample(INDUSTRIES, rng.choice((0, 0, 1, 4)))
    ]
    return {
        "key": f"i{place}", "block": "all", "says": "项", "english": "Item", "fact": fact.name, "better": sign,
        "missing": rng.choice((0, 0, most // 2, most)), "industry": own, **_scale(rng, fact, sign, most),
    }  # fmt: skip


def _scale(rng, fact, sign, most):
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        codes = options(fact)
        marks = [most, *sorted((rng.randint(0, most) for _ in codes[1:]), reverse=True)]
        return {"choices": dict(zip(codes, marks if sign == "higher" else reversed(marks), strict=True))}
    edges = sorted({Decimal(edge) for edge in rng.sample(_edges(fact), rng.randint(1, 6))}, reverse=sign == "higher")
    marks = sorted(rng.sample(range(most), min(most, len(edges) - 1)), reverse=True)
    return {"bands": list(zip(edges, [most, *marks], strict=False))}


def _edges(fact):
    return (*EDGES, *BIG) if fact.kind is Kind.MONEY else EDGES


def _most(item):
    return max([*item.get("choices", {}).values(), *(marks for _, marks in item.get("bands", ()))])


def _veto(rng, place, fact):
    match fact.kind:
        case Kind.FLAG:
            rule = {"is": "equals", "value": rng.random() < 0.5}
        case Kind.CHOICE:
            codes = tuple(rng.sample(list(fact.choices), 2))
            rule = rng.choice(({"is": "equals", "value": codes[0]}, {"is": "one_of", "value": codes}))
        case _:
            rule = {"is": rng.choice(("at_least", "at_most", "equals")), "value": Decimal(rng.choice(_edges(fact)))}
    days = {"valid_days": 30} if rng.random() < 0.5 else {}
    return {"key": f"v{place}", "says": "线", "english": "Line", "basis": "据", "fact": fact.name, **rule, **days}


def some_firms(rng, card, number):
    """Facts, industry and days of some firms."""
    read = {rule.fact: rule.held for rule in card.rules}
    return [
        (
            {name: _value(rng, fact) for name, fact in read.items()},
            rng.choice((None, *INDUSTRIES)),
            {name: TODAY - timedelta(rng.choice((-1, 0, 30, 31))) for name in read if rng.random() < 0.7},
        )
        for _ in range(number)
    ]


def _value(rng, fact):
    if rng.random() < 0.1:
        return None
    match fact.kind:
        case Kind.FLAG:
            return rng.random() < 0.5
        case Kind.CHOICE:
            return rng.choice(list(fact.choices))
        case Kind.NUMBER:
            edge = float(Decimal(rng.choice(EDGES)))
            near = (edge, nextafter(edge, inf), nextafter(edge, -inf), rng.uniform(-20, 120))
            return rng.choice((*near, *near, -0.0, nan, inf, -inf, 1e308, 5e-324))
    scale = FEN_PER_WAN if fact.kind is Kind.MONEY else 1
    edge = int(Decimal(rng.choice(_edges(fact))) * scale)
    number = rng.choice((edge - 1, edge, edge + 1, rng.randint(-20, 120) * scale, 2**53 + 1, 2**63 - 1, -(2**63)))
    return max(-(2**63), min(2**63 - 1, number))


def as_table(rng, card, firms):
    """The same firms as a table: words coded or not, in one piece or several, beginning anywhere in memory."""
    columns = {"firm": pl.Series(range(len(firms)), dtype=pl.Int64)}
    for name, fact in {rule.fact: rule.held for rule in card.rules}.items():
        kinds = (pl.String, pl.Categorical, pl.Enum(list(fact.choices)), pl.Enum(sorted(fact.choices)))
        dtype = rng.choice(kinds) if fact.kind is Kind.CHOICE else DTYPES[fact.kind]
        columns[name] = pl.Series([facts[name] for facts, _, _ in firms], dtype=dtype)
        columns[f"{name}_as_of"] = pl.Series([days.get(name) for _, _, days in firms], dtype=pl.Date)
    trades = pl.Series([industry for _, industry, _ in firms], dtype=pl.String)
    columns["industry"] = trades.cast(rng.choice((pl.String, pl.Categorical, pl.Enum(["9999", *INDUSTRIES]))))
    table, cut = pl.DataFrame(columns), rng.randint(0, len(firms))
    return rng.choice((table, pl.concat([table.head(cut), table.tail(-cut) if cut else table], rechunk=False)))
