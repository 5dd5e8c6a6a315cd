"""The states of every matter and the acts that move it, written out for people: `python -m web.flows` writes docs/flows.md."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from financing.acts import Act
from financing.flow import Flow
from financing.models import Base
from financing.wording import name

HEAD = """# 流程表 Flows

由 `python -m web.flows` 生成，请勿手改。Generated; do not edit.

标“随之”的一步不是对该事项办理的，只随别处已办的事项而动，页面上没有它的按钮。
A step marked “follows” is not taken of the thing itself: it only comes of an act taken elsewhere, and no page has a button for it.
"""
#: How a step that only follows is marked.
FOLLOWS = " · 随之 follows"


def kinds() -> Iterator[tuple[str, Flow[Any]]]:
    """Every kind of thing that has states, by the name of its table."""
    found = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return ((table, kind.flow) for table, kind in sorted(found.items()) if hasattr(kind, "flow"))


def flows() -> str:
    """docs/flows.md: a picture and a table for each kind of matter."""
    return "\n".join([HEAD, *(_section(table, flow) for table, flow in kinds())])


def _section(table: str, flow: Flow[Any]) -> str:
    rows = [
        f"| {_said(before)} | {_said(act)}{_how(flow, before, act)} | {_said(after)} |"
        for before, act, after in _steps(flow)
    ]
    return "\n".join([
        f"## {table}", "", "```mermaid", "stateDiagram-v2", *_picture(flow), "```", "",
        "| 从 from | 事项 act | 到 to |", "|---|---|---|", *rows, "",
    ])  # fmt: skip


def _steps(flow: Flow[Any]) -> list[tuple[StrEnum, Act, StrEnum]]:
    """Every step in the order in which states and acts are declared."""
    kind: type[StrEnum] = type(flow.start)
    states = list(kind)
    acts = list(Act)
    steps = [(before, act, after) for (before, act), after in flow.moves.items()]
    return sorted(steps, key=lambda step: (states.index(step[0]), acts.index(step[1])))


def _picture(flow: Flow[Any]) -> Iterator[str]:
    left = {before for before, _ in flow.moves}
    reached = {flow.start, *left, *flow.moves.values()}
    states = [state for state in type(flow.start) if state in reached]
    yield f"    [*] --> {flow.start}"
    for state in states:
        yield f"    {state}: {name(state)}"
    for before, act, after in _steps(flow):
        yield f"    {before} --> {after}: {name(act)}{'（随之）' if (before, act) in flow.follows else ''}"
    for state in states:
        if state not in left:
            yield f"    {state} --> [*]"


def _how(flow: Flow[Any], before: StrEnum, act: Act) -> str:
    return FOLLOWS if (before, act) in flow.follows else ""


def _said(word: StrEnum) -> str:
    return f"{name(word)} `{word}`"


if __name__ == "__main__":
    Path("docs/flows.md").write_text(flows(), encoding="utf-8")
