"""Plain tables of any kind come out alike: the header found, the names kept, the numbers read."""

import numpy as np
import polars as pl
import pytest

from financing.file_refusals import NoSuchColumn, NotAWorkbook, WorkbookEmpty, WorkbookUnreadable
from reports.plain_table import bare, heading, numbers, read_tables, sheet_with
from reports.sheets_out import Column, Kind, Sheet, book_bytes

ROWS = {"企业代号": ["E1", "E2"], "总分（分）": ["71", "1,064.5"], "等级": ["A", None]}


def write(folder, kind):
    path = folder / f"scores.{kind}"
    if kind == "xlsx":
        columns = (Column("企业代号"), Column("总分", Kind.WHOLE, "分"), Column("等级"))
        rows = [["E1", 71, "A"], ["E2", "1,064.5", None]]
        path.write_bytes(book_bytes([Sheet("评分结果", columns, rows, "满分 100 分")]))
    elif kind == "csv":
        path.write_text('企业代号,总分（分）,等级\nE1,71,A\n,,\nE2,"1,064.5",\n', "utf-8")
    else:
        pl.DataFrame(ROWS).write_parquet(path)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "csv", "parquet"])
def test_a_table_is_the_same_from_every_kind_of_file(tmp_path, kind):
    (frame,) = read_tables(write(tmp_path, kind)).values()
    assert frame.columns == list(ROWS)
    assert frame["企业代号"].to_list() == ["E1", "E2"]
    assert numbers(frame["总分（分）"]).tolist() == [71, 1064.5]


def test_a_national_encoding_is_read(tmp_path):
    (tmp_path / "s.csv").write_bytes("企业代号,总分\nE1,3\n".encode("gb18030"))
    assert read_tables(tmp_path / "s.csv")["s"].rows() == [("E1", "3")]


def test_headings_may_repeat_or_be_empty(tmp_path):
    (tmp_path / "s.csv").write_text("firm,a,a,,\nE1,1,2,3,4\n")
    (frame,) = read_tables(tmp_path / "s.csv").values()
    assert frame.columns == ["firm", "a", "a~3"]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("s.csv", b"", WorkbookEmpty),
        ("s.csv", b"firm,score\n", WorkbookEmpty),
        ("s.csv", b"\0\0", NotAWorkbook),
        ("s.csv", b"\xff\xff\xff", WorkbookUnreadable),
        ("s.csv", b'firm,score\nE1,"3\n', WorkbookUnreadable),
        ("s.xlsx", b"not a book", NotAWorkbook),
        ("s.parquet", b"PAR1 no", WorkbookUnreadable),
        ("s.txt", b"firm,score\nE1,3\n", NotAWorkbook),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, name, content, refusal):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(refusal):
        read_tables(tmp_path / name)


def test_an_empty_parquet_file_is_refused_and_an_absent_one_is_named(tmp_path):
    pl.DataFrame({"firm": []}).write_parquet(tmp_path / "s.parquet")
    with pytest.raises(WorkbookEmpty):
        read_tables(tmp_path / "s.parquet")
    with pytest.raises(FileNotFoundError):
        read_tables(tmp_path / "none.parquet")


def test_a_column_is_found_without_its_unit_but_its_whole_name_goes_first():
    frame = pl.DataFrame({"总分（满分）": [1], "总分": [2], "等级 *": [3]})
    assert heading(frame, "总分") == "总分"
    assert heading(frame, "总分(满分)") == "总分（满分）"
    assert heading(frame, "等级") == "等级 *"
    assert heading(frame, "分") is None
    assert bare("近12个月开票销售额（万元）") == "近12个月开票销售额"


def test_a_column_nobody_has_is_named_with_those_there_are():
    with pytest.raises(NoSuchColumn) as refusal:
        sheet_with({"a": pl.DataFrame({"x": [1]}), "b": pl.DataFrame({"y": [1]})}, "z")
    assert refusal.value.facts == {"column": "z", "found": ("x", "y")}


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (pl.Series(["１2", "¥3,000.5", "7%", "-", None]), [12, 3000.5, 7, None, None]),
        (pl.Series([1, None, 3]), [1, None, 3]),
        (pl.Series([True, False]), [1, 0]),
        (pl.Series([float("inf"), float("nan"), 2.5]), [None, None, 2.5]),
        (pl.Series([[1], [2]]), [None, None]),
    ],
)
def test_cells_are_numbers_or_nothing(column, read):
    wanted = np.array([np.nan if cell is None else cell for cell in read], float)
    assert np.array_equal(numbers(column), wanted, equal_nan=True)
