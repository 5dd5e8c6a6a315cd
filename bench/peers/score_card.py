"""The card and the firms on which ways of scoring are compared: 25 items, five with scales of five trades, six red lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import numpy as np
import polars as pl

from scoring.card import Card
from scoring.card_faults import misfits, options
from scoring.facts import FACTS, Fact, Kind

SECTIONS = ("C", "E", "F", "G", "I")
NUMBERS = [fact for fact in FACTS.values() if fact.kind is Kind.NUMBER][:19]
CODES = [FACTS[name] for name in ("tax_grade", "environment_grade", "owner_credit", "buyer_record", "loan_class")]
FLAG = FACTS["qualified_enterprise"]
STRUCK = ("seriously_unlawful", "tax_arrears", "tax_evasion")
LIMITS = (
    ("current_ratio", "at_most", "2"),
    ("debt_ratio", "at_least", "98.5"),
    ("net_margin", "at_most", "1"),
)
LOST = 0.02


def the_card() -> Card:
    """Every fact runs from 0 to 100 here, so that every step is met."""
    chance = Random(7)
    items = [_bands(chance, fact, place) for place, fact in enumerate(NUMBERS)]
    items += [_choices(chance, fact) for fact in (*CODES, FLAG)]
    full = sum(
        max([*item.get("choices", {}).values(), *(marks for _, marks in item.get("bands", ()))]) for item in items
    )
    card = Card.model_validate({
        "title": "测试卡", "english": "Bench card", "basis": "测试", "from": date(2026, 1, 1), "name": "bench", "digest": "0",
        "full_marks": full, "line": full * 6 // 10, "missing_limit": Decimal("0.25"), "ceilings": {"A": 500, "B": 300},
        "grades": {grade: int(full * share) for grade, share in zip("FEDCBA", (0, 0.40, 0.48, 0.56, 0.64, 0.72), strict=True)},
        "block": [{"key": "all", "says": "全部", "english": "All", "weight": full}], "item": items,
        "veto": [
            *(_veto(name, "equals", value=True) for name in STRUCK),
            *(_veto(name, sign, value=Decimal(edge)) for name, sign, edge in LIMITS),
        ],
    })  # fmt: skip
    assert list(misfits(card)) == []
    return card


def _bands(chance: Random, fact: Fact, place: int) -> dict[str, object]:
    steps, sign = chance.choice((3, 4, 5)), fact.better or "higher"
    marks = sorted(chance.sample(range(1, 10), steps), reverse=True)
    inner = [100 * (step + 1 + chance.uniform(-0.3, 0.3)) / (steps + 1) for step in range(steps)]

    def bands(stretch: float) -> list[tuple[Decimal, int]]:
        edges = sorted((Decimal(str(round(edge * stretch, 4))) for edge in inner), reverse=sign == "higher")
        return list(zip(edges, marks, strict=True))

    own = [{"code": code, "bands": bands(0.8 + 0.1 * n)} for n, code in enumerate(SECTIONS)] if place < 5 else []
    return _rule(fact) | {"better": sign, "bands": bands(1), "missing": chance.randint(0, 1), "industry": own}


def _choices(chance: Random, fact: Fact) -> dict[str, object]:
    codes = options(fact)
    marks = sorted((chance.randint(0, 8) for _ in codes), reverse=True)
    return _rule(fact) | {
        "choices": dict(zip(codes, [marks[0] + 1, *marks[1:]], strict=True)),
        "missing": chance.randint(0, 1),
    }


def _rule(fact: Fact) -> dict[str, object]:
    return {"key": fact.name, "block": "all", "says": fact.term, "english": fact.english, "fact": fact.name}


def _veto(name: str, sign: str, *, value: Decimal | bool) -> dict[str, object]:
    fact = FACTS[name]
    words = {"says": fact.term, "english": fact.english, "basis": "测试"}
    return {"key": f"no_{name}", "fact": name, "is": sign, "value": value, **words}


def firms(rows: int) -> pl.DataFrame:
    """So many firms, in no order, every fiftieth value missing: doubles with nulls, coded choices, bits, a coded industry."""
    chance = np.random.default_rng(1)
    columns = {"firm": pl.Series(np.arange(rows, dtype=np.uint32))}
    for fact in NUMBERS:
        drawn = pl.Series(chance.random(rows) * 100)
        columns[fact.name] = pl.select(
            pl.when(pl.lit(pl.Series(chance.random(rows) >= LOST))).then(pl.lit(drawn))
        ).to_series()
    for fact in CODES:
        drawn = pl.Series(chance.integers(0, len(fact.choices) + 1, rows, dtype=np.uint8))
        columns[fact.name] = drawn.cat.to(pl.Enum(list(fact.choices)), strict=False)
    columns[FLAG.name] = pl.Series(chance.random(rows) < 0.5)
    columns |= {name: pl.Series(chance.random(rows) < 0.01) for name in STRUCK}
    columns["industry"] = pl.Series(chance.integers(0, len(SECTIONS), rows, dtype=np.uint8)).cat.to(pl.Enum(SECTIONS))
    return pl.DataFrame(columns)
