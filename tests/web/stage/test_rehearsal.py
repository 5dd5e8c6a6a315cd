"""A whole rehearsal of a small workbook: what it says is shown, what it does not say is nowhere claimed."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from rich.console import Console
from rich.progress import Progress

from financing.matching.snapshot import Absent, Snapshot, Source
from reports.sheets import read_book
from reports.sheets_out import Column, Sheet, book_bytes
from web.stage.papers import NO_TRADE
from web.stage.rehearsal import rehearse

INVOICE = ("企业代号", "发票号码", "开票日期", "{}单位代号", "金额", "税额", "价税合计", "发票状态")
MORE = ("行业代码", "从业人员(人)", "成立日期", "法定代表人", "所在园区")


def book(path: Path, more: tuple[str, ...] = ()) -> Path:
    """Two sound firms with three years of invoices each; the first may say more of itself."""
    firms = [("Q1", "示范电子", *more), ("Q2", "示范铜材", *[""] * len(more))]
    rows = [
        (firm, f"{n:08d}", f"{2023 + n // 120}-{n % 120 // 10 + 1:02d}-{n % 28 + 1:02d}", f"C{n % 30}", "300000", "39000", "339000", "有效发票")
        for firm in ("Q1", "Q2") for n in range(360)
    ]  # fmt: skip
    heads = (("企业信息", ("企业代号", "企业名称", *MORE[: len(more)]), firms),
             ("销项发票信息", [name.format("购方") for name in INVOICE], rows),
             ("进项发票信息", [name.format("销方") for name in INVOICE], rows))  # fmt: skip
    sheets = [Sheet(name, tuple(map(Column, head)), [list(line) for line in lines]) for name, head, lines in heads]
    path.write_bytes(book_bytes(sheets))
    return path


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The results of a book in which the first firm says more of itself."""
    folder = tmp_path_factory.mktemp("rehearsal")
    told = ("3985", "86", "2016-03-01", "陈立群", "滨江产业园")
    lines = rehearse(book(folder / "book.xlsx", told), folder / "out", None, Progress(console=Console(quiet=True)))
    assert lines[-1] == f"✓ → {folder / 'out'}"
    return folder / "out"


def dossier(out: Path, firm: str) -> tuple[Snapshot, str]:
    paper = PdfReader(BytesIO((out / "dossiers" / f"{firm}.pdf").read_bytes()))
    said = "".join("".join(page.extract_text() for page in paper.pages).split())
    return Snapshot.model_validate_json(paper.attachments["snapshot.json"][0]), said


def test_a_firm_known_by_its_name_alone_is_credited_with_nothing_else(out):
    frozen, said = dossier(out, "Q2")
    facts = {name: getattr(frozen.firm, name) for name in type(frozen.firm).model_fields}
    assert [name for name, fact in facts.items() if not isinstance(fact, (Absent, tuple))] == ["name"]
    assert frozen.firm.name.source is Source.DECLARED
    assert "成立于" not in said
    assert "2016-01-01" not in said


def test_what_the_workbook_says_is_shown_as_its_word(out):
    firm = dossier(out, "Q1")[0].firm
    assert firm.industry.value == "3985 电子专用材料制造"
    assert (firm.employees.value, str(firm.founded.value)) == (86, "2016-03-01")
    assert (firm.representative.value, firm.park.value, firm.size.value) == ("陈立群", "滨江产业园", "small")
    given = (firm.industry, firm.employees, firm.founded, firm.representative, firm.park, firm.size)
    assert {fact.source for fact in given} == {Source.DECLARED}
    assert isinstance(firm.uscc, Absent)


def test_nobody_is_said_to_have_looked_up_a_red_line(out):
    frozen, said = dossier(out, "Q1")
    assert {(veto.hit, veto.origin) for veto in frozen.score.vetoes} == {(False, None)}
    assert "演练假定" in said
    assert "登记查询" not in said


def test_products_left_out_are_told_with_the_reason_and_an_unknown_trade_is_not_a_barred_one(out):
    left = read_book(out / "matches.xlsx").sheets["未入选银行"]
    rows = [row[1:] for row in left.iter_rows() if row[1] and row[3] and row[1] != "银行"]
    reasons = {row[2]: int(row[3]) for row in rows}
    assert reasons[NO_TRADE] == 1
    assert "用途不在产品支持范围内" in reasons
    assert {int(row[4]) for row in rows} == {2}


def test_the_funnel_counts_both_firms_to_the_end(out):
    funnel = json.loads((out / "funnel.json").read_text(encoding="utf-8"))
    assert [step["count"] for step in funnel["steps"]] == [2] * 5


def test_the_same_workbook_gives_the_same_bytes_though_every_id_is_random(out, tmp_path):
    again = tmp_path / "again"
    rehearse(out.parent / "book.xlsx", again, None, Progress(console=Console(quiet=True)))
    files = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert files == {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert len(files) == 7
