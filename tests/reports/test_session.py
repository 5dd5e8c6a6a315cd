from __future__ import annotations

from dataclasses import replace

import pytest

from reports.session import Round, Talk, session
from reports.typesetting import wan
from tests.reports.reading import bare, fonts, reader, text
from tests.reports.samples import HOSTILE, LONG, WAN
from tests.reports.samples_meetings import SESSION, TALKS


@pytest.fixture(scope="module")
def said(printed):
    return text(printed(session(SESSION)))


def test_every_talk_is_in_the_grid_at_its_table_and_with_its_firm(said):
    for talk in TALKS:
        clock = SESSION.clock[talk.round]
        line = f"{clock.starts}–{clock.ends}"
        amount = f"{talk.need}{wan(talk.amount)}{talk.months}"
        assert bare(f"{talk.round}{line}{talk.firm}{amount}") in said
        assert bare(f"{talk.table}{line}{SESSION.banks[talk.table].bank}{amount}") in said
        assert bare(f"{talk.firm}{talk.need}{talk.code}") in said


def test_programme_tables_guests_and_needs_are_listed(said):
    for point in SESSION.programme:
        assert bare(point.at + point.what) in said
    for table in SESSION.tables:
        assert bare(f"{table.bank}{table.number}号桌") in said
    for guest in SESSION.guests:
        assert bare(guest.organisation + guest.name + guest.role) in said
    assert f"共7项{wan(sum(one.amount for one in SESSION.teasers))}" in said


def test_the_list_of_needs_names_no_firm(printed):
    pages = [bare(page.extract_text()) for page in reader(printed(session(SESSION))).pages]
    (page,) = [page for page in pages if "融资需求清单" in page]
    assert not any(bare(name) in page for name, _ in SESSION.firms)


def test_each_bank_has_an_answer_sheet_and_a_card_of_its_own(printed):
    pages = [bare(page.extract_text()) for page in reader(printed(session(SESSION))).pages]
    sheets = [page for page in pages if "答复码意见" in page]
    assert len(sheets) == len(SESSION.tables)
    assert all(page.count("答复码意见") == 1 for page in sheets)


def test_the_answer_sheet_of_twelve_rounds_is_one_page(printed):
    clock = [f"{9 + n // 3:02d}:{n % 3 * 20:02d}" for n in range(13)]
    rounds = tuple(Round(n + 1, clock[n], clock[n + 1]) for n in range(12))
    talks = tuple(Talk(n, 1, LONG[:40], "DA2026-0015", WAN, 12, "0015-01") for n in range(1, 13))
    view = replace(SESSION, tables=SESSION.tables[:1], rounds=rounds, talks=talks)
    pages = [bare(page.extract_text()) for page in reader(printed(session(view))).pages]
    assert sum("答复码意见" in page for page in pages) == 1


def test_many_tables_take_several_grids(printed):
    many = tuple(replace(SESSION.tables[0], number=n + 1, bank=f"第{n + 1}银行") for n in range(19))
    said = text(printed(session(replace(SESSION, tables=many))))
    assert "洽谈时间表(1/3)" in said
    assert "洽谈时间表(3/3)" in said


def test_an_empty_session_says_what_to_do(printed):
    said = text(printed(session(replace(SESSION, talks=(), teasers=(), programme=(), guests=()))))
    for why in ("议程尚未排定。", "还没有排定洽谈:请先排定场次再打印。", "这一场没有列出需求。"):
        assert why in said


def test_the_pack_is_repeatable_and_in_our_faces(press):
    first, second = press.print([session(SESSION)] * 2)
    assert first == second
    assert {name[:14] for name in fonts(first)} <= {"Noto-Sans-CJK-", "Noto-Serif-CJK"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_printed_letter_by_letter(printed, hostile):
    hostile = hostile.format(port=9)
    talks = tuple(replace(talk, firm=hostile, need=hostile) for talk in TALKS[:2])
    view = replace(SESSION, talks=talks, title=hostile, place=hostile, host=hostile)
    assert text(printed(session(view))).count(bare(hostile)) >= 10
