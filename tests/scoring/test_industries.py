from collections import Counter

import pytest

from scoring.industries import UnknownIndustry, covers, find, industries, industry, path


def test_the_list_is_whole_and_hangs_together():
    levels = Counter(entry.level for entry in industries().values())
    assert (levels["section"], levels["division"], levels["group"]) == (20, 97, 473)
    for entry in industries().values():
        assert [above.level for above in path(entry.code)] == ["section", "division", "group", "class"][
            : len(path(entry.code))
        ]
        assert path(entry.code)[0].code == entry.section


@pytest.mark.parametrize("code", ["3071", "C3071", " c3071 "])
def test_a_code_is_read_with_or_without_its_section(code):
    assert (industry(code).name, industry(code).section, industry(code).division) == ("建筑陶瓷制品制造", "C", "30")


@pytest.mark.parametrize("code", ["", "D3071", "30711", "陶瓷"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(UnknownIndustry):
        industry(code)


@pytest.mark.parametrize(
    ("wider", "code", "yes"), [("C", "3071", True), ("307", "3071", True), ("3071", "307", False), ("D", "3071", False)]
)
def test_a_section_covers_its_classes(wider, code, yes):
    assert covers(wider, code) is yes


def test_words_and_codes_find_entries():
    assert find("307")[0].code == "307"
    assert "3071" in [entry.code for entry in find("陶瓷 建筑")]
    assert find("陶瓷")[0].name.startswith("陶瓷") or len(find("陶瓷")[0].name) <= 8
    assert find("  ") == []
    assert find("没有这样的行业") == []
