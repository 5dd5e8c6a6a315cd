"""What is in force on a day: dated files (适用版本) and dated series such as the loan prime rate."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

SERIES = Path(__file__).parent / "series"
TABLES = Path(__file__).parent / "tables"

Thing = TypeVar("Thing")


class DatedFault(ValueError):
    """A dated thing cannot be found or read; `code` and `facts` say which and why."""

    def __init__(self, code: str, says: str, **facts: object) -> None:
        super().__init__(says)
        self.code = code
        self.facts = facts


def versions(folder: Path) -> dict[date, Path]:
    """Every dated file of a folder by its first day, earliest first; a name that is no day is refused."""
    found = {_day(path): path for path in folder.glob("*.toml")}
    if not found:
        raise DatedFault("no_version", f"{folder.name}：没有任何版本文件，应放入“YYYY-MM-DD.toml”", folder=folder.name)
    return dict(sorted(found.items()))


def in_force(folder: Path, on: date) -> Path:
    """The file in force on a day: the latest one dated on or before it."""
    return _latest(versions(folder), on, folder.name)


@cache
def table(name: str, on: date) -> Mapping[str, Any]:
    """The dated table of figures in force on a day, read from `tables/<name>/YYYY-MM-DD.toml`."""
    return _read(in_force(TABLES / name, on))


@dataclass(frozen=True, slots=True)
class Series:
    """Figures published from time to time, each good until the next (时间序列)."""

    name: str
    title: str
    unit: str
    source: str
    confidence: str
    confirmed_until: date
    points: Mapping[date, Mapping[str, int]]

    def on(self, day: date) -> Mapping[str, int]:
        """The figures in force on a day; refused before the first one."""
        return _latest(self.points, day, self.name)

    def confirmed(self, day: date) -> bool:
        """Whether somebody has checked that the figure of that day is still the last one published."""
        return day <= self.confirmed_until


@cache
def series(name: str) -> Series:
    """One shipped series by name, such as `lpr` (贷款市场报价利率), its figures in whole ppm."""
    raw = _read(SERIES / f"{name}.toml")
    points = {point.pop("from"): point for point in raw.pop("point")}
    return Series(name=name, points=dict(sorted(points.items())), **raw)


def _latest(dated: Mapping[date, Thing], on: date, name: str) -> Thing:
    begun = [day for day in dated if day <= on]
    if not begun:
        first = min(dated)
        raise DatedFault("before_first", f"{name}：{on} 尚无适用版本，最早自 {first} 起", name=name, on=on, first=first)
    return dated[max(begun)]


def _day(path: Path) -> date:
    try:
        return date.fromisoformat(path.stem)
    except ValueError:
        says = f"{path.name}：文件名应为生效日期“YYYY-MM-DD.toml”"
        raise DatedFault("bad_name", says, file=path.name) from None


@cache
def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(_bytes(path).decode())
