"""Signs that show only across firms (跨企业核对): the same phone, account, address or wording; invoices that go in a circle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import polars as pl

from scoring.dated import table
from scoring.flags import Evidence, Flag, raised, wan

ALIKE = ("phone", "account", "address", "text")
SPACE = re.compile(r"[\s,，。;；:：、.\-—()（）]+")


def alike(firm: str, said: Mapping[str, Mapping[str, str]], on: date) -> tuple[Flag, ...]:
    """Which of `ALIKE` a firm shares with others; `said` gives each firm's own words by those names, spaces do not matter.

    Words shorter than the table asks (a missing phone, “流动资金”) are no sign.
    """
    found = []
    for name in ALIKE:
        own = _plain(said[firm].get(name, ""))
        if len(own) < table("flags", on)[f"same_{name}"]["least_characters"]:
            continue
        others = sorted(other for other, words in said.items() if other != firm and _plain(words.get(name, "")) == own)
        if others:
            found.append(raised(f"same_{name}", on, (Evidence(other, 1) for other in others), count=len(others)))
    return tuple(found)


def _plain(words: str) -> str:
    return SPACE.sub("", words).casefold()


def cycles(sales: pl.DataFrame, on: date) -> dict[str, Flag]:
    """For each firm the circles of invoices it stands in: firm sells to customer sells to … sells to firm.

    Takes firm, counterparty (both codes of one register), count and amount_fen, one row a pair, net over twelve months.
    The table says how small a link may be and how many firms a circle may have; each circle is told once, by its strength.
    """
    limits = table("flags", on)["cycle"]
    linked = sales.filter(
        pl.col("counterparty").is_in(sales["firm"].unique().implode())
        & (pl.col("counterparty") != pl.col("firm"))
        & (pl.col("amount_fen") >= limits["least_fen"])
    )
    edges = linked.select("firm", "counterparty", "count", "amount_fen")
    rings = _rings(edges, limits["longest"])
    through: dict[str, list[Evidence]] = {}
    for ring, count, least in sorted(rings, key=lambda ring: (-ring[2], ring[0])):
        for firm in ring:
            start = ring.index(firm)
            said = " → ".join((*ring[start:], *ring[:start], firm))
            through.setdefault(firm, []).append(Evidence(said, count, least))
    return {firm: _told(found, on) for firm, found in sorted(through.items())}


def _rings(edges: pl.DataFrame, longest: int) -> list[tuple[tuple[str, ...], int, int]]:
    """Every circle once, from its first code on: its firms, its invoices, its smallest link."""
    paths = edges.select(
        start="firm", end="counterparty", path=pl.concat_list("firm", "counterparty"), count="count", least="amount_fen"
    ).filter(pl.col("end") > pl.col("start"))
    rings = []
    for _ in range(2, longest + 1):
        further = paths.join(edges, left_on="end", right_on="firm", suffix="_next").with_columns(
            count=pl.col("count") + pl.col("count_next"), least=pl.min_horizontal("least", "amount_fen")
        )
        closed = further.filter(pl.col("counterparty") == pl.col("start"))
        rings += [
            (tuple(path), count, least) for path, count, least in closed.select("path", "count", "least").iter_rows()
        ]
        fresh = (pl.col("counterparty") > pl.col("start")) & ~pl.col("path").list.contains(pl.col("counterparty"))
        paths = further.filter(fresh).select(
            "start", end="counterparty", path=pl.concat_list("path", "counterparty"), count="count", least="least"
        )
    return rings


def _told(found: list[Evidence], on: date) -> Flag:
    firms = {firm for one in found for firm in one.what.split(" → ")}
    return raised("cycle", on, found, count=len(firms) - 1, sum=wan(found[0].fen or 0))
