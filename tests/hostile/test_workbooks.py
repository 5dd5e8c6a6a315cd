from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.refusals import Refusal
from financing.wording import sentence
from reports.gate import Limits, check
from reports.sheets import read_book
from tests.hostile.workbooks import HOSTILE, PARTS, SHEET, package

SOUND = package()


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_is_refused_by_name(what):
    name, make, code = HOSTILE[what]
    with pytest.raises(Refusal) as refused:
        read_book(make(), name=name)
    assert refused.value.code == code, refused.value.facts
    assert "—" not in sentence(refused.value)


def test_a_sound_workbook_is_read_after_all_that():
    assert read_book(SOUND).sheets["S"].rows() == [(1, "1")]


def test_limits_are_the_callers():
    with pytest.raises(Refusal, match="workbook_too_large"):
        read_book(SOUND, limits=Limits(bytes=100))
    with pytest.raises(Refusal, match="workbook_bomb"):
        read_book(SOUND, limits=Limits(unpacked=100))


def answer(content, name):
    """ "passed", or the code of the refusal; any other exception fails the test."""
    try:
        check(content, name, Limits())
    except Refusal as refused:
        return refused.code
    return "passed"


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255))
def test_a_changed_byte_is_passed_or_refused_never_an_error(at, byte):
    changed = SOUND[:at] + bytes([byte]) + SOUND[at + 1 :]
    codes = ("not_a_workbook", "workbook_encrypted", "workbook_bomb", "workbook_unreadable", "workbook_external")
    assert answer(changed, "a.xlsx") in {"passed", *codes}


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_unless_called_csv(content):
    for name in ("a.xlsx", "a", "."):
        assert answer(content, name) != "passed"
        assert answer(b"PK\x03\x04" + content, name) != "passed"
    assert answer(content, "a.csv") in {"passed", "workbook_empty", "not_a_workbook"}


def test_a_part_that_is_a_link_is_its_own_bytes_and_leads_nowhere(tmp_path):
    """What an unpacker of the shell would make a symbolic link of: here it is a part that holds an address and no text."""
    (tmp_path / "told").write_text("<sst/>")
    sink = BytesIO()
    with ZipFile(sink, "w") as package_:
        for name, text in PARTS.items():
            part = ZipInfo(name)
            part.create_system, part.external_attr = 3, (0o120777 if name == SHEET else 0o100644) << 16
            package_.writestr(part, str(tmp_path / "told") if name == SHEET else text)
    with pytest.raises(Refusal, match="workbook_unreadable"):
        read_book(sink.getvalue())
