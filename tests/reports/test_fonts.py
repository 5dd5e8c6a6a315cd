from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from reports.faces import FACES
from reports.fonts import common, cut, found
from reports.layout import rule
from tests.reports.reading import fonts, text
from tests.reports.test_pdf import job

SMALL = [ord(sign) for sign in "融资档案 0123456789"]


@pytest.fixture(scope="module")
def sans():
    """The regular face cut to a few characters."""
    return cut(found(FACES[0].collection), FACES[0].whole, SMALL)


def test_the_common_characters_are_gb_2312_and_what_our_papers_use():
    characters = set(map(chr, common()))
    assert set("融资担保决议 ABCxyz09，。（）％￥×✓✗·…—–é") <= characters
    assert sum("\u4e00" <= sign <= "\u9fff" for sign in characters) == 6763
    assert "龘" not in characters


def test_a_cut_face_holds_those_characters_and_no_others(sans):
    assert sorted(TTFont(BytesIO(sans)).getBestCmap()) == sorted(SMALL)


def test_the_same_face_is_cut_to_the_same_bytes(sans):
    assert cut(found(FACES[0].collection), FACES[0].whole, SMALL) == sans


def test_a_collection_that_is_not_installed_is_not_found(tmp_path):
    assert found(FACES[0].collection, [tmp_path]) is None


def test_a_rule_names_the_family_and_the_weight():
    assert (
        rule(FACES[1], "res:x")
        == '@font-face { font-family: "Noto Sans CJK SC Common"; font-weight: 700; src: url(res:x) }'
    )


def test_a_rare_character_comes_from_the_whole_face(printed):
    paper = printed(job("<p>龘䶮</p>"))
    assert "龘䶮" in text(paper)
    assert {name for name in fonts(paper) if "Common" not in name} == {"Noto-Sans-CJK-SC"}
