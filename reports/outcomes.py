"""Scores beside what became of the firms (评分与结果): two plain tables joined by firm, nobody dropped in silence."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from financing.file_refusals import (
    FirmColumnMissing,
    FirmsTwice,
    NobodyJoined,
    NoSuchColumn,
    OneKindOnly,
    OutcomeUnclear,
    ScoreColumnUnclear,
)
from reports.headings import plain
from reports.plain_table import Tables, bare, heading, numbers, sheet_with
from scoring.facts import FACTS
from scoring.judge import Flags, Numbers

FIRM_KEYS = ("firm", "企业代号", "统一社会信用代码", "uscc", "企业编号", "firm_id", "企业名称")
SCORE_KEYS = ("总分", "total", "score", "评分", "得分", "分数")
GRADE_KEYS = ("等级", "grade")
PLAIN_MEASURES = (
    "annual_sales", "近12个月开票销售额", "average_sales", "近36个月年均开票销售额", "total_sales", "总销售额", "销售总额", "销售额", "sales", "营业收入", "revenue",
    "debt_ratio", "资产负债率",
)  # fmt: skip
"""What every score is held against where a table has it: size alone, debt alone."""

BAD = {"是", "1", "1.0", "true", "yes", "y", "t", "违约", "bad", "default", "defaulted"}
GOOD = {"否", "0", "0.0", "false", "no", "n", "f", "正常", "good", "未违约", "不违约", "non-default"}


ROW = "第{}行"
"""How a firm is called that has no code of its own: by its row in the table."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Firms that have both a score and an outcome, in the order of the outcomes; who lacks which stands beside.

    `scores` and `baselines` are higher for lower risk; a baseline's missing values stand below all others.
    `grades` is empty where the scores name none.
    """

    firms: tuple[str, ...]
    score: str
    scores: Numbers
    bad: Flags
    baselines: Mapping[str, Numbers]
    grades: tuple[str, ...]
    without_outcome: tuple[str, ...]
    without_score: tuple[str, ...]
    key: str


def matched(
    scores: Tables,
    outcomes: Tables,
    outcome: str,
    *,
    score: str = "",
    firm: str = "",
    baselines: Sequence[str] = (),
) -> Matched:
    """Join scores and outcomes by firm.

    Raises NoSuchColumn, FirmColumnMissing, FirmsTwice, ScoreColumnUnclear, OutcomeUnclear, NobodyJoined, OneKindOnly.
    """
    right, outcome = sheet_with(outcomes, outcome)
    left, score = _scored(scores, score, firm)
    right = _by_row(left, right, firm)
    ours, theirs = _keys(left, right, firm, {score, outcome})
    table = _keyed(left, ours)
    fates = _keyed(right, theirs)
    marks, bad = numbers(table[score]), failed(fates[outcome], outcome)
    known = {name: at for at, name in enumerate(table["~firm"]) if np.isfinite(marks[at])}
    judged = [at for at, name in enumerate(fates["~firm"]) if name in known and bad[at] is not None]
    places = [known[fates["~firm"][at]] for at in judged]
    found = Matched(
        firms=tuple(fates["~firm"][at] for at in judged),
        score=score,
        scores=marks[places],
        bad=np.array([bool(bad[at]) for at in judged], bool),
        baselines=_baselines([(table, places), (fates, judged)], {score, outcome, ours, theirs}, baselines),
        grades=_grades(table, places),
        without_outcome=tuple(sorted(set(table["~firm"]) - {n for n, b in zip(fates["~firm"], bad, strict=True) if b is not None})),
        without_score=tuple(sorted(set(fates["~firm"]) - set(known))),
        key=ours if ours == theirs else f"{ours} = {theirs}",
    )  # fmt: skip
    _both_kinds(found)
    return found


def failed(column: pl.Series, name: str) -> list[bool | None]:
    """Whether each firm failed; None where the cell is empty. Raises OutcomeUnclear for any other word."""
    words = [unicodedata.normalize("NFKC", str(cell)).strip().lower() if cell is not None else "" for cell in column]
    strangers = list(dict.fromkeys(word for word in words if word and word not in BAD | GOOD))
    if strangers:
        raise OutcomeUnclear(column=name, found=tuple(strangers[:5]))
    return [word in BAD if word else None for word in words]


def firm_key(frame: pl.DataFrame, asked: str = "") -> str | None:
    """The column that names the firm."""
    return next((found for key in ((asked,) if asked else FIRM_KEYS) if (found := heading(frame, key))), None)


def _scored(tables: Tables, asked: str, firm: str) -> tuple[pl.DataFrame, str]:
    if asked:
        return sheet_with(tables, asked)
    for frame in tables.values():
        if found := next((column for key in SCORE_KEYS if (column := heading(frame, key))), None):
            return frame, found
    frame = next(iter(tables.values()))
    keys = {firm_key(frame, firm), frame.columns[0] if firm_key(frame, firm) is None else None}
    numeric = [name for name in frame.columns if name not in keys and np.isfinite(numbers(frame[name])).any()]
    if len(numeric) != 1:
        raise ScoreColumnUnclear(found=tuple(numeric[:20] or frame.columns[:20]))
    return frame, numeric[0]


def _keys(left: pl.DataFrame, right: pl.DataFrame, asked: str, taken: set[str]) -> tuple[str, str]:
    """The firm's column on either side: one that is known by name, else the first that both have."""
    ours, theirs = firm_key(left, asked), firm_key(right, asked)
    shared = [name for name in left.columns if name in right.columns and name not in taken]
    if (ours is None or theirs is None) and shared and not asked:
        return shared[0], shared[0]
    if ours is None or theirs is None:
        raise FirmColumnMissing(
            needed=asked or "企业代号", scores=tuple(left.columns[:8]), outcomes=tuple(right.columns[:8])
        )
    if bare(ours) != bare(theirs) and shared and not asked and _overlap(left[ours], right[theirs]) == 0:
        return shared[0], shared[0]
    return ours, theirs


def _by_row(left: pl.DataFrame, right: pl.DataFrame, asked: str) -> pl.DataFrame:
    """Outcomes without codes beside scores that were named by row: the row is the firm."""
    ours = firm_key(left, asked)
    if ours is None or firm_key(right, asked) is not None:
        return right
    rows = {ROW.format(at) for at in range(1, right.height + 1)}
    if not {firm_name(cell) for cell in left[ours]} <= rows:
        return right
    return right.with_columns(pl.Series(ours, [ROW.format(at) for at in range(1, right.height + 1)]))


def _overlap(left: pl.Series, right: pl.Series) -> int:
    return len({firm_name(cell) for cell in left} & {firm_name(cell) for cell in right} - {""})


def firm_name(cell: object) -> str:
    """A firm's code as it is compared: 17.0 from a spreadsheet is 17."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def _keyed(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """With the firm as `~firm`; rows that name none are gone. Raises FirmsTwice."""
    frame = frame.with_columns(pl.Series("~firm", [firm_name(cell) for cell in frame[key]], dtype=pl.String))
    frame = frame.filter(pl.col("~firm") != "")
    twice = frame.filter(pl.col("~firm").is_duplicated())["~firm"].unique(maintain_order=True)
    if len(twice):
        raise FirmsTwice(column=key, count=len(twice), found=tuple(twice[:5]))
    return frame


def _baselines(
    sides: Sequence[tuple[pl.DataFrame, Sequence[int]]], taken: set[str], asked: Sequence[str]
) -> dict[str, Numbers]:
    """The columns asked for, as `name` or `name:lower`; else the plain measures that are there."""
    columns: dict[str, Numbers] = {}
    for wish in asked or PLAIN_MEASURES:
        name, _, way = wish.partition(":")
        here = next(((frame, places, found) for frame, places in sides if (found := _beside(frame, name, asked))), None)
        if here is None and asked:
            raise NoSuchColumn(column=name, found=tuple(column for frame, _ in sides for column in frame.columns)[:20])
        if here is None or here[2] in taken:
            continue
        frame, places, column = here
        values = numbers(frame[column])[list(places)]
        columns[column] = _risen(-values if lower(column, way) else values)
    return columns


def _beside(frame: pl.DataFrame, name: str, asked: Sequence[str]) -> str | None:
    """The column of a baseline; the points of an item are one only where asked for."""
    columns = [column for column in frame.columns if asked or "满分" not in column]
    return heading(frame.select(columns), name)


def lower(column: str, way: str = "") -> bool:
    """Whether less of it is better: as asked, else as the facts say; higher where they say nothing."""
    if way:
        return way == "lower"
    known = next((fact for fact in FACTS.values() if bare(column) in {fact.name, plain(fact.term)}), None)
    return known is not None and known.better == "lower"


def _risen(values: Numbers) -> Numbers:
    known = values[np.isfinite(values)]
    return np.where(np.isfinite(values), values, (known.min() if len(known) else 0.0) - 1)


def _grades(table: pl.DataFrame, places: Sequence[int]) -> tuple[str, ...]:
    column = next((found for key in GRADE_KEYS if (found := heading(table, key))), None)
    return () if column is None else tuple(str(table[column][place] or "—") for place in places)


def _both_kinds(found: Matched) -> None:
    if not found.firms:
        raise NobodyJoined(key=found.key, scores=found.without_outcome[:3], outcomes=found.without_score[:3])
    if found.bad.all() or not found.bad.any():
        raise OneKindOnly(firms=len(found.firms), bad=int(found.bad.sum()))
