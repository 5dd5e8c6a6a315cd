"""A second scorer, written to be read and not to be fast: it reads the TOML itself and counts in exact fractions."""

import csv
import tomllib
from decimal import Decimal
from fractions import Fraction

from scoring.dated import TABLES
from scoring.facts import FACTS, Kind

with (TABLES / "industries" / "gbt4754-2017.csv").open(encoding="utf-8", newline="") as _file:
    PARENT = {row["code"]: row["parent"] for row in csv.DictReader(line for line in _file if not line.startswith("#"))}


def above(code):
    """A code and all above it, the finest first."""
    while code:
        yield code
        code = PARENT[code]


def plain(raw, facts, industry=None, ages=None):
    """Points by item, hits by red line, and the judgement; `ages` are days by fact, None where no day counts."""
    card = tomllib.loads(raw, parse_float=Decimal)
    own = {fact["name"]: fact for fact in card.get("fact", ())}
    kinds = {name: fact.kind for name, fact in FACTS.items()} | {name: Kind(fact["kind"]) for name, fact in own.items()}
    ways = {name: fact.better for name, fact in FACTS.items()} | {name: fact["better"] for name, fact in own.items()}
    points, missing, gaps = {}, [], 0
    for item in card["item"]:
        value, scale = facts.get(item["fact"]), item
        for code in above(industry):
            fitting = [each for each in item.get("industry", ()) if each["code"] == code]
            if fitting:
                scale = fitting[0]
                break
        if value is None:
            points[item["key"]] = item.get("missing", 0)
            missing.append(item["fact"])
            gaps += most(item)
        else:
            points[item["key"]] = earned(item, scale, value, kinds, ways)
    hits = [veto["key"] for veto in card.get("veto", ()) if hit(veto, facts.get(veto["fact"]), ages, kinds)]
    total = sum(points.values())
    enough = gaps <= Fraction(card["missing_limit"]) * card["full_marks"]
    grade = max((least, name) for name, least in card["grades"].items() if total >= least)[1]
    return {
        "points": points, "total": total, "grade": grade, "missing": missing, "hits": hits, "insufficient": not enough,
        "qualified": enough and not hits and total >= card["line"],
    }  # fmt: skip


def most(item):
    return max([marks for _, marks in item.get("bands", ())] + list(item.get("choices", {}).values()))


def earned(item, scale, value, kinds, ways):
    if "choices" in scale:
        return scale["choices"]["yes" if value is True else "no" if value is False else value]
    lower = item.get("better", ways[item["fact"]] or "higher") == "lower"
    for edge, marks in scale["bands"]:
        if (
            held(kinds[item["fact"]], value) <= Fraction(edge)
            if lower
            else held(kinds[item["fact"]], value) >= Fraction(edge)
        ):
            return marks
    return 0


def hit(veto, value, ages, kinds):
    if value is None:
        return False
    if ages is not None and "valid_days" in veto and ages.get(veto["fact"], 10**6) > veto["valid_days"]:
        return False
    if veto["is"] == "one_of":
        return value in veto["value"]
    if isinstance(value, (bool, str)):
        return value == veto["value"]
    number, limit = held(kinds[veto["fact"]], value), Fraction(veto["value"])
    return {"at_least": number >= limit, "at_most": number <= limit, "equals": number == limit}[veto["is"]]


def held(kind, value):
    """A value in the unit in which cards write their edges: money in 万元."""
    exact = Fraction(Decimal(repr(value))) if isinstance(value, float) else Fraction(value)
    return exact / 1_000_000 if kind is Kind.MONEY else exact
