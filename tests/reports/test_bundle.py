"""Archives for one reader: what is inside, that the same papers make the same bytes, and that a tool other than ours can check them."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from hashlib import sha256

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.bundle import DIGESTS, Archive, Entry, LeftOut, index, pages
from reports.dossier import dossier
from tests.reports.reading import reader
from tests.reports.samples import BARE, DOSSIER, full

NAMES = st.text(st.sampled_from("abz09-_."), min_size=1, max_size=12).map("f{}".format)
PAPERS = st.dictionaries(NAMES, st.binary(max_size=3_000), max_size=8)


def archived(papers: dict[str, bytes]) -> bytes:
    made = Archive()
    return b"".join([*(made.add(name, content) for name, content in papers.items()), made.close()])


@given(PAPERS)
def test_what_goes_in_comes_out_under_its_name_with_its_digest(papers):
    whole = archived(papers)
    with zipfile.ZipFile(io.BytesIO(whole)) as bag:
        assert bag.testzip() is None
        assert bag.namelist() == [*papers, DIGESTS]
        assert {name: bag.read(name) for name in papers} == papers
        told = [f"{sha256(content).hexdigest()}  {name}" for name, content in papers.items()]
        assert bag.read(DIGESTS).decode().splitlines() == told
        assert {entry.date_time for entry in bag.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert {entry.flag_bits & 0x08 for entry in bag.infolist()} == {
            0
        }  # sizes stand before each entry: readable as a stream


@given(PAPERS)
def test_the_same_papers_are_the_same_bytes(papers):
    assert archived(papers) == archived(papers)


def test_another_tool_finds_the_archive_whole_and_its_digests_right(tmp_path):
    (tmp_path / "bag.zip").write_bytes(archived({"01-DA1.pdf": b"one", "02-DA2.pdf": b"two" * 9_999}))
    with zipfile.ZipFile(tmp_path / "bag.zip") as bag:
        bag.extractall(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", DIGESTS], cwd=tmp_path, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_index_tells_each_paper_and_of_one_left_out_its_number_and_why_alone(lang):
    inside = Entry(
        "DA2026-0001", file="001-DA2026-0001.pdf", firm="信江精密", amount=300_000_000, months=12, purpose="采购设备", grade="A", copy=2,
        pages=5, digest="ab" * 32,
    )  # fmt: skip
    lines = [inside, Entry("DA2026-0002", LeftOut.ENDED), Entry("DA2026-0003", LeftOut.NOT_PRINTED)]
    made = index(lines, "inbox", lang)
    assert made == index(lines, "inbox", lang)
    head, first, second, third = openpyxl.load_workbook(io.BytesIO(made)).active.iter_rows(min_row=3, values_only=True)
    assert first[:3] == ("001-DA2026-0001.pdf", "DA2026-0001", "信江精密")
    assert (float(first[3]), *first[4:10]) == (300.0, 12, "采购设备", "A", 2, 5, "ab" * 32)
    assert [value for value in second[:10] if value not in (None, "")] == ["DA2026-0002"]
    assert [value for value in third[:10] if value not in (None, "")] == ["DA2026-0003"]
    assert second[10] != third[10] and len(head) == 11
    if lang == "en":
        assert not re.search("[\u4e00-\u9fff]", "".join(map(str, head)) + second[10] + third[10])


@pytest.mark.parametrize("snapshot", [BARE, DOSSIER, full()], ids=["bare", "ordinary", "full"])
def test_pages_are_counted_as_another_library_counts_them(printed, snapshot):
    paper = printed(dossier(snapshot))
    assert pages(paper) == len(reader(paper).pages)
