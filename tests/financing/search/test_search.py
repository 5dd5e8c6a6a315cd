"""What is found equals a plain scan over everything there is, on both databases; and nobody finds what they may not see."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin
from sqlalchemy import delete, select

from financing import finding
from financing.access import Role
from financing.finding import Word
from financing.guarantees.model import Meeting
from financing.guarantees.rules import MeetingState
from financing.needs import views as needs
from financing.needs.rules import NeedState
from financing.numbers import Series, meant
from financing.parties import service, views
from financing.parties.model import Firm
from financing.readings import HETERONYMS, LETTERS, TAILS
from financing.search.views import Kind, search
from tests.makers import TODAY, a_bank, a_code, a_firm, a_need, a_user, at, writing

SIGNS = "瑞源长乐陶瓷重庆电子a7（"
NAMES = st.builds(
    lambda body, tail: body + tail, st.text(SIGNS, min_size=2, max_size=7), st.sampled_from([*TAILS, "", "商行"])
)
QUERIES = st.one_of(
    st.text(SIGNS, min_size=1, max_size=3),
    st.text("ruiyanchzgldeqt", min_size=1, max_size=6),
    st.sampled_from(
        ["chang", "zhangle", "yue", "changyue", "cq", "zq", "ruiyuan", "taoci", "tc", "dz", "le", "瓷 瑞", "cl rui"]
    ),
)


def plain(text: str) -> str:
    return "".join(s for s in unicodedata.normalize("NFKC", text).casefold() if unicodedata.category(s)[0] in "LN")


def readings(name: str) -> list[list[str]]:
    """What each sign may be read as, from the phrase and, of those with two living readings, from the dictionary."""
    said = [found[0] for found in pinyin(name, style=Style.NORMAL, errors=list)]
    return [
        [one, *(pinyin(sign, style=Style.NORMAL, heteronym=True)[0] if sign in HETERONYMS else [])]
        for sign, one in zip(name, said, strict=True)
    ]


def spells(rest: str, said: list[list[str]]) -> bool:
    """Whether the letters are the beginning of what these signs may be read as."""
    if not rest:
        return True
    return bool(said) and any(
        one.startswith(rest) or (rest.startswith(one) and spells(rest[len(one) :], said[1:])) for one in said[0]
    )


def is_found(word: str, name: str, code: str) -> bool:
    """By the plainest reading of the rule: from some sign before the legal form on, as written, as spoken, or by first letters."""
    word, name = plain(word), plain(name)
    if not word:
        return False
    end = len(name) - max((len(tail) for tail in TAILS if name.endswith(tail) and name != tail), default=0)
    said = readings(name)
    first = [[one[0] for one in each] for each in said]
    letters = word[:LETTERS]
    return any(
        name.startswith(word, start)
        or (word.isascii() and not word.isdigit() and (spells(letters, said[start:]) or spells(letters, first[start:])))
        for start in range(end)
    ) or (word.isascii() and code.startswith(word.upper()))


@settings(max_examples=100)
@example(names=["瑞源陶瓷有限公司", "瑞源电子厂", "长瓷公司"], typed="瓷 rui")
@example(names=["瑞源陶瓷有限公司", "瑞源电子厂"], typed="（ 瑞源")
@given(names=st.lists(NAMES, min_size=1, max_size=6), typed=QUERIES)
def test_firms_found_are_those_of_a_plain_scan(database, names, typed):
    with writing(database) as session:
        session.execute(delete(Word))
        session.execute(delete(Firm))
        made = [a_firm(session, name=name) for name in names]
        officer = a_user(session, Role.OFFICER)
    wanted = {firm.id for firm in made if all(is_found(word, firm.name, firm.code) for word in typed.split())}
    with at(database, officer.actor, write=False) as desk:
        assert set(finding.subjects(desk.session, Firm, typed)) == wanted
        assert {row.id for row in views.firms(desk, words=typed).rows} == wanted
        by_box = [hit.id for hits in search(desk, typed) if hits.kind is Kind.FIRM for hit in hits.rows]
        assert (set(by_box), len(by_box)) == (wanted, len(wanted))


def test_the_whole_name_comes_first_then_beginnings_then_parts_then_sounds(database):
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER)
        order = [a_firm(session, name=name).id for name in ("瑞源", "瑞源陶瓷厂", "新瑞源公司", "芮园公司")]
    with at(database, officer.actor, write=False) as desk:
        assert finding.subjects(desk.session, Firm, "瑞源") == order[:3]
        assert finding.subjects(desk.session, Firm, "ruiyuan") == [order[0], order[3], order[1], order[2]]


def test_a_new_name_is_found_and_the_old_one_no_longer(database):
    with writing(database) as session:
        officer, firm = a_user(session, Role.OFFICER), a_firm(session, name="赣江铜业有限公司")
    with at(database, officer.actor) as desk:
        service.edit(desk, desk.get(Firm, firm.id), name="章江铜业有限公司")
    with at(database, officer.actor, write=False) as desk:
        assert finding.subjects(desk.session, Firm, "赣江") == []
        assert finding.subjects(desk.session, Firm, "zhangjiang") == [firm.id]
        before = sorted(desk.session.execute(select(Word.kind, Word.way, Word.word, Word.subject_id)).all())
    with writing(database) as session:
        assert finding.rebuild(session) == len(before)
        assert sorted(session.execute(select(Word.kind, Word.way, Word.word, Word.subject_id)).all()) == before


def test_more_firms_than_can_be_looked_through_are_said_to_be_more(database, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER)
        for _ in range(5):
            firm = a_firm(session, name="瑞源陶瓷有限公司")
            a_need(session, firm, state=NeedState.SUBMITTED)
    with at(database, officer.actor, write=False) as desk:
        monkeypatch.setattr(finding.subjects, "__kwdefaults__", {"phones": False, "most": 3})
        assert (views.firms(desk, words="陶瓷").total, views.firms(desk, words="陶瓷").more) == (3, True)
        assert (needs.every(desk, words="陶瓷").total, needs.every(desk, words="陶瓷").more) == (3, True)


@pytest.fixture
def zone(database):
    """One firm with a need, a bank, a meeting, and one reader of each role that has the box."""
    with writing(database) as session:
        bank = a_bank(session, name="赣州银行章贡支行")
        firm = a_firm(session, name="瑞源陶瓷有限公司", phone="13907971234", code=a_code())
        need = a_need(session, firm, number="XQ2026-0012", state=NeedState.SUBMITTED, submitted_on=TODAY)
        a_need(session, firm, number="XQ2026-0013")  # a draft belongs to the firm alone
        session.add(Meeting(number="PS2026-0012", day=TODAY, place="会议室", state=MeetingState.CALLED))
        roles = (Role.OFFICER, Role.AUDITOR, Role.LEADER)
        readers = {role: a_user(session, role).actor for role in roles}
        readers[Role.BANKER] = a_user(session, Role.BANKER, bank_id=bank.id).actor
    return database, firm, need, readers


@pytest.mark.parametrize(
    ("role", "typed", "kinds"),
    [
        (Role.OFFICER, "瓷有", {Kind.FIRM, Kind.NEED}),
        (Role.OFFICER, "rytc", {Kind.FIRM, Kind.NEED}),
        (Role.OFFICER, "1234", {Kind.FIRM, Kind.NEED}),
        (Role.AUDITOR, "1234", set()),
        (Role.OFFICER, "xq2026-12", {Kind.NEED}),
        (Role.OFFICER, "12", {Kind.NEED, Kind.MEETING}),
        (Role.AUDITOR, "瑞源", {Kind.FIRM, Kind.NEED}),
        (Role.LEADER, "瑞源", set()),
        (Role.LEADER, "PS2026-0012", {Kind.MEETING}),
        (Role.BANKER, "瑞源", set()),
        (Role.BANKER, "章贡", {Kind.BANK}),
        (Role.OFFICER, "  ", set()),
        (Role.OFFICER, "%", set()),
        (Role.OFFICER, "有限公司", set()),
    ],
)
def test_each_role_finds_only_what_it_may_see(zone, role, typed, kinds):
    database, _firm, need, readers = zone
    with at(database, readers[role], write=False) as desk:
        found = search(desk, typed)
    assert {hits.kind for hits in found} == kinds
    assert all(hit.id == need.id for hits in found if hits.kind is Kind.NEED for hit in hits.rows)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("XQ2026-0012", ["XQ2026-0012"]),
        ("xq2026-12", ["XQ2026-0012", *(f"XQ2026-12{n:02d}" for n in range(100))]),
        ("2026-123456", ["XQ2026-123456"]),
        ("7", ["XQ2026-0007", "XQ2025-0007", "XQ2024-0007"]),
        ("DB2026-0012", []),
        ("陶瓷", []),
    ],
)
def test_a_number_may_be_typed_without_series_year_and_noughts(typed, numbers):
    assert meant(Series.NEED, typed, 2026) == numbers
