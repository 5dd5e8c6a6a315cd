"""The auditor at the browser: search, take away, check."""

from __future__ import annotations

import pytest

from financing import journal_check
from financing.access import Role
from financing.proof.making import make
from financing.proof.places import Folder, Signer


@pytest.fixture
def auditor(quick_site):
    return quick_site.person(Role.AUDITOR)


def test_the_journal_is_found_by_act_and_by_day(auditor):
    page = auditor.get("/journal").text
    assert "邀请用户" in page
    signed_in = auditor.get("/journal", params={"act": "people.sign_in", "since": "2026-11-23", "until": "2026-11-23"})
    assert "登录" in signed_in.text
    assert "没有符合条件的日志" in auditor.get("/journal", params={"number": "XQ2026-0001"}).text
    assert "没有符合条件的日志" in auditor.get("/journal", params={"until": "2020-01-01"}).text


@pytest.mark.parametrize(
    "query", [{"act": "no.such"}, {"since": "yesterday"}, {"number": "'; DROP TABLE journal"}, {"page": "999"}]
)
def test_a_strange_question_is_not_an_error(auditor, query):
    assert auditor.get("/journal", params=query).status_code == 200


def test_the_export_is_sound_and_the_next_page_shows_that_it_was_taken(auditor):
    answer = auditor.sends("/journal/export", opened="/journal")
    assert answer.headers["content-disposition"].startswith("attachment")
    count, _ = journal_check.check(answer.text.splitlines())
    assert count >= 3
    assert auditor.get("/journal", params={"act": "journal.read"}).text.count("查阅日志") >= 2


def test_the_chain_is_checked_at_the_press_of_a_button(auditor):
    assert "链完整" in auditor.get("/journal/check").text


def test_a_code_that_was_read_out_is_found_with_what_it_sealed(quick_site, auditor, tmp_path):
    assert "还没有检查点" in auditor.get("/journal/checkpoints").text
    made = make(quick_site.database, Signer(tmp_path / "key"), Folder(tmp_path / "out"), quick_site.clock.now)
    assert made.code in auditor.get("/journal/checkpoints").text
    told = auditor.get("/journal/checkpoints", params={"code": made.code.lower().replace("-", " ")}).text
    assert "与当时相同" in told
    for wrong in ("0000", made.code[:-1] + "U", "'; DROP TABLE checkpoint", "啊" * 40):
        assert "没有这个编码的检查点" in auditor.get("/journal/checkpoints", params={"code": wrong}).text


def test_nobody_else_reads_it(quick_site):
    for role in (Role.OFFICER, Role.CHAIR, Role.LEADER, Role.ADMIN):
        person = quick_site.person(role)
        for path in ("/journal", "/journal/check", "/journal/checkpoints"):
            assert person.get(path).status_code == 404
