"""The bench card for zen-engine: one node of expressions, evaluated by the batch; the three costliest items after it, in Python."""

from __future__ import annotations

from typing import Any

import zen

from scoring.compiled import Compiled, Ladder
from scoring.facts import Kind

KEY = "card"


def engine(rules: Compiled) -> Any:
    """An engine that knows the card by its key."""
    lines = [(f"p{place}", _item(rules, place)) for place in range(len(rules.most))]
    lines.append(("total", " + ".join(f"$.p{place}" for place in range(len(rules.most)))))
    lines.append(
        ("vetoes", " + ".join(f"({_hit(ladder)} ? {1 << place} : 0)" for place, ladder in enumerate(rules.vetoes)))
    )
    falling = list(enumerate(rules.bounds))[:0:-1]
    lines.append(("grade", "".join(f"$.total >= {least} ? {place} : " for place, least in falling) + "0"))
    expressions = [{"id": key, "key": key, "value": text} for key, text in lines]
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "e", "type": "expressionNode", "name": "e", "position": place, "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in (("in", "e"), ("e", "out"))]
    graph = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    return zen.ZenEngine({"loader": {"type": "static", "content": {KEY: graph}}})


def batch(engine: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the expressions gave, by row."""
    answers = engine.evaluate_batch([{"key": KEY, "context": row} for row in rows])
    return [answer["data"]["result"] for answer in answers]


def judged(rules: Compiled, found: dict[str, Any]) -> tuple[int, int, int, list[int]]:
    """Total, red lines, grade and reasons out of what the engine gives."""
    lost = sorted(
        ((most - found[f"p{place}"], -rules.ranked.index(place)) for place, most in enumerate(rules.most)), reverse=True
    )
    return (
        int(found["total"]),
        int(found["vetoes"]),
        int(found["grade"]),
        [-int(rank) for loss, rank in lost[:3] if loss],
    )


def _item(rules: Compiled, place: int) -> str:
    general = rules.trades[0].items[place]
    own = {trade.scales[place].code: trade.items[place] for trade in rules.trades if trade.items[place] is not general}
    return "".join(f"industry == '{code}' ? {_choice(ladder)} : " for code, ladder in own.items()) + _choice(general)


def _choice(ladder: Ladder) -> str:
    name, fact, text = ladder.fact.name, ladder.fact, ""
    if fact.kind is Kind.FLAG:
        text = f"{name} ? {ladder.points[0]} : "
    elif fact.kind is Kind.CHOICE:
        text = "".join(
            f"{name} == '{code}' ? {points} : " for code, points in zip(fact.choices, ladder.points[:-1], strict=False)
        )
    else:
        text = "".join(
            f"{name} < {edge!r} ? {points} : " for edge, points in zip(ladder.breaks, ladder.points, strict=False)
        )
    return f"({name} == null ? {ladder.missing} : {text}{ladder.points[-1]})"


def _hit(ladder: Ladder) -> str:
    name = ladder.fact.name
    if ladder.fact.kind is Kind.FLAG:
        return name
    return f"({name} != null and {name} {'<' if ladder.points[0] else '>='} {ladder.breaks[0]!r})"
