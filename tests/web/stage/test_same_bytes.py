"""A rehearsal in another process, another time zone, another order of hashes and threads: the same files, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from reports.sheets_out import Column, Sheet, book_bytes
from web.stage.firms import StageFirm, troupe

LAST = date(2025, 10, 15)
FIRMS = 10
HEADS = {"out": ("销项发票信息", "购方单位代号"), "in": ("进项发票信息", "销方单位代号")}
WORLDS = (
    {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "POLARS_MAX_THREADS": "1", "LANG": "C"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "POLARS_MAX_THREADS": "4", "LANG": "zh_CN.UTF-8"},
)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """Ten firms of every kind, sound and shaky, with three years of invoices each."""
    firms = troupe(FIRMS, LAST)
    sheets = [
        Sheet(
            "企业信息",
            (Column("企业代号"), Column("企业名称")),
            [[code(firm), firm.registration["name"]] for firm in firms],
        )
    ]
    for side, (name, party) in HEADS.items():
        head = ("企业代号", "发票号码", "开票日期", party, "金额", "税额", "价税合计", "发票状态")
        sheets.append(Sheet(name, tuple(map(Column, head)), [row for firm in firms for row in rows(firm, side)]))
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(book_bytes(sheets))
    return path


def code(firm: StageFirm) -> str:
    return f"Q{firm.number:02d}"


def rows(firm: StageFirm, side: str) -> list[list[str]]:
    made = firm.invoices(LAST).filter(pl.col("side") == side)
    return [
        [code(firm), number, str(day), party, *(f"{fen // 100}" for fen in amounts), "作废发票" if void else "有效发票"]
        for _firm, _side, number, party, day, *amounts, void in made.iter_rows()
    ]


def start(book: Path, out: Path, world: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "web.command", "rehearse", str(book), "--out", str(out)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, env={**os.environ, **world}, **pipes)


def test_the_same_workbook_gives_the_same_bytes_in_any_process(book, tmp_path):
    outs = [tmp_path / "one", tmp_path / "another"]
    for run in [start(book, out, world) for out, world in zip(outs, WORLDS, strict=True)]:
        said = run.communicate(timeout=300)[0]
        assert run.returncode == 0, said
    one, another = (
        {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()} for out in outs
    )
    assert {"scores.xlsx", "matches.xlsx", "timetable.xlsx", "funnel.json", "session.pdf"} < set(one)
    assert sum(name.startswith("dossiers/") for name in one) >= 4
    assert [name for name in sorted(one | another) if one.get(name) != another.get(name)] == []
