"""What a typed line means, and every way in which a line and a party of a case make a tie (F12, F99)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.guarantees.interest_rules import (
    DECLARED,
    FIELDS,
    Declared,
    Evidence,
    Ground,
    Interest,
    Party,
    Person,
    Stand,
    derive,
    namesakes,
    read,
)
from financing.interest_refusals import NotALine
from financing.money import Rate
from tests.makers import a_code

CODE, OTHER = a_code(), a_code()
SINCE = date(2023, 11, 23)

LINES = {
    (Ground.SHAREHOLDING, f"示范铜材有限公司，{CODE}，5%"): Interest(Ground.SHAREHOLDING, "示范铜材有限公司", CODE, share=Rate.percent(5)),
    (Ground.SHAREHOLDING, "示范铜材有限公司, 0.25 ％"): Interest(Ground.SHAREHOLDING, "示范铜材有限公司", share=Rate.percent("0.25")),
    (Ground.OFFICE, "示范铜材有限公司；监事"): Interest(Ground.OFFICE, "示范铜材有限公司", note="监事"),
    (Ground.FAMILY, f"王小红，12345X，示范铜材有限公司，{CODE.lower()}，配偶"):
        Interest(Ground.FAMILY, "示范铜材有限公司", CODE, "王小红", "12345X", note="配偶"),
    (Ground.EMPLOYER, "示范事务所，2025-06 离任"): Interest(Ground.EMPLOYER, "示范事务所", until=date(2025, 6, 28)),
    (Ground.EMPLOYER, "示范事务所，2025年6月30日止，合伙人"):
        Interest(Ground.EMPLOYER, "示范事务所", until=date(2025, 6, 30), note="合伙人"),
    (Ground.BANK, "示范银行，有借款"): Interest(Ground.BANK, "示范银行", note="有借款"),
}  # fmt: skip


@pytest.mark.parametrize(("given_line", "meant"), LINES.items(), ids=lambda one: str(one)[:30])
def test_a_line_is_read_as_a_person_means_it_and_kept_without_loss(given_line, meant):
    assert read(*given_line) == (meant,)
    assert Interest.from_json(meant.as_json()) == meant


@pytest.mark.parametrize(
    ("ground", "text"),
    [
        (Ground.SHAREHOLDING, "示范铜材有限公司"),  # no share
        (Ground.SHAREHOLDING, "示范铜材有限公司，0%"),
        (Ground.SHAREHOLDING, "示范铜材有限公司，101%"),
        (Ground.OFFICE, f"示范铜材有限公司，{CODE[:-1]}{'0' if CODE[-1] != '0' else '1'}"),  # a code with a slip
        (Ground.FAMILY, "王小红"),  # no firm
        (Ground.EMPLOYER, "2025-13，示范事务所"),
        (Ground.BANK, "，，"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_box(ground, text):
    with pytest.raises(NotALine) as refused:
        read(ground, f"\n{text}\n")
    assert (refused.value.facts["field"], refused.value.facts["given"]) == (FIELDS[ground], text)


def test_empty_lines_say_nothing_and_several_lines_are_several_firms():
    assert read(Ground.OFFICE, "\n \n") == ()
    assert [one.firm for one in read(Ground.OFFICE, "甲公司\n\n乙公司，董事")] == ["甲公司", "乙公司"]


def declared(*lines):
    return [Declared(one, 11, 2026, 1, place) for place, one in enumerate(lines, 1)]


def party(stand, name="示范铜材有限公司", mark="", relation=None):
    return Party(name, mark, stand, "借款企业有限公司", relation)


ME = Person("张三", "12345X")
FIRM = "示范铜材有限公司"
#: Ground, what is declared, the party, whether a tie follows: worked out by hand.
GOLDEN = [
    (Interest(Ground.SHAREHOLDING, FIRM, CODE, share=Rate(1)), party(Stand.FIRM, mark=CODE), True),
    (Interest(Ground.SHAREHOLDING, "改了名的公司", CODE, share=Rate(1)), party(Stand.FIRM, mark=CODE), True),
    (Interest(Ground.SHAREHOLDING, FIRM, OTHER, share=Rate(1)), party(Stand.FIRM, mark=CODE), False),  # another of that name
    (Interest(Ground.OFFICE, " 示范铜材（有限）公司"), party(Stand.FIRM, "示范铜材(有限)公司", CODE), True),  # no code: by name
    (Interest(Ground.OFFICE, "别的公司"), party(Stand.FIRM, mark=CODE), False),
    (Interest(Ground.OFFICE, FIRM), party(Stand.GROUP, relation=None), True),
    (Interest(Ground.FAMILY, FIRM, person="王小红"), party(Stand.CONTROLLER, relation=7), True),
    (Interest(Ground.FAMILY, "无关公司", person="王小红", mark="654321"), party(Stand.OFFICER, "王小红", "654321", 8), True),
    (Interest(Ground.FAMILY, "无关公司", person="王小红"), party(Stand.OFFICER, "王小红", "654321", 8), False),  # the name alone
    (Interest(Ground.FAMILY, "无关公司", person="王小红", mark="111111"), party(Stand.OFFICER, "王小红", "654321", 8), False),
    (Interest(Ground.EMPLOYER, FIRM), party(Stand.SHAREHOLDER, relation=9), True),
    (Interest(Ground.EMPLOYER, FIRM, until=SINCE), party(Stand.FIRM), True),
    (Interest(Ground.EMPLOYER, FIRM, until=date(2023, 11, 22)), party(Stand.FIRM), False),  # left longer ago
    (Interest(Ground.BANK, "示范银行"), party(Stand.GUARANTOR, "示范银行", relation=10), True),
    (Interest(Ground.SHAREHOLDING, FIRM, share=Rate(1)), party(Stand.HELD, relation=12), True),
]  # fmt: skip


@pytest.mark.parametrize(("own", "other", "tied"), GOLDEN)
def test_a_tie_follows_from_a_line_and_names_it(own, other, tied):
    found = derive(ME, declared(Interest(Ground.OFFICE, "第一行的公司"), own), [other], SINCE)
    expected = Evidence(own.ground, other.stand, other.name, other.of, 2026, 1, 2, 11, other.relation)
    assert found == ((expected,) if tied else ())
    assert all(Evidence.from_json(one.as_json()) == one for one in found)


@pytest.mark.parametrize("stand", [one for one in Stand if one is not Stand.CASE])
@pytest.mark.parametrize("ground", DECLARED)
def test_every_ground_ties_to_every_kind_of_party(ground, stand):
    line = Interest(ground, FIRM, person="王小红" if ground is Ground.FAMILY else "")
    assert [one.stand for one in derive(ME, declared(line), [party(stand)], SINCE)] == [stand]


@pytest.mark.parametrize(
    ("member", "mark", "tied", "looked_at"),
    [
        (Person("张三", "12345X"), "12345X", True, False),
        (Person("张三", "12345X"), "99999X", False, False),  # somebody else of that name, for certain
        (Person("张三", "12345X"), "", False, True),
        (Person("张三"), "12345X", False, True),
        (Person("张三"), "", False, True),
        (Person("李四", "12345X"), "12345X", False, False),
    ],
)
def test_oneself_is_tied_by_name_and_mark_and_a_namesake_is_only_a_hint(member, mark, tied, looked_at):
    person = party(Stand.SHAREHOLDER, "张三", mark, 5)
    assert [one.ground for one in derive(member, [], [person], SINCE)] == ([Ground.ONESELF] if tied else [])
    assert namesakes(member, [person]) == ((person,) if looked_at else ())


NAMES = st.sampled_from(["甲公司", "乙公司", "丙公司"])


@given(
    st.lists(st.builds(Interest, st.sampled_from(DECLARED), NAMES), max_size=4),
    st.lists(NAMES, max_size=4),
    st.randoms(),
)
def test_ties_do_not_depend_on_the_order_of_lines_or_parties(lines, names, random):
    parties = [party(Stand.FIRM, name) for name in names]
    rows = declared(*lines)
    found = derive(ME, rows, parties, SINCE)
    random.shuffle(rows)
    random.shuffle(parties)
    again = derive(ME, rows, parties, SINCE)
    assert sorted(map(repr, found)) == sorted(map(repr, again))
    assert len(found) == sum(one.firm == name for one in lines for name in names)
