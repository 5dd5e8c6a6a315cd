"""Reading a dossier at the site: on record before anything leaves, and nothing leaves after the firm has taken its leave back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text

from financing.acts import Act
from financing.db import Database
from financing.journal import Entry
from financing.matching import service
from financing.matching.model import Consent, Match, Viewing
from tests.financing.matching.stage import staged
from tests.makers import at
from tests.web.test_matching import on_the_way, only

MICROSECOND = timedelta(microseconds=1)
#: What a full disk or a lost tablespace looks like to whoever writes: the database itself says no.
FULL = {
    "sqlite": ("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'disk full'); END",),
    "postgresql": (
        """CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = 'disk_full'; END $$""",
        "CREATE TRIGGER disk_full BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION disk_full()",
    ),
}


@pytest.fixture
def stage(site):
    return staged(site.database, banks=2)


def no_room(database: Database) -> None:
    with database.turn(), database.writer.begin() as connection:
        for statement in FULL[connection.dialect.name]:
            connection.execute(text(statement))


def counted(database: Database, kind: type, *where: object) -> int:
    with database.reader.begin() as connection:
        return connection.scalar(select(func.count()).select_from(kind).where(*where)) or 0


@pytest.mark.parametrize("paper", ["", "/pdf"])
def test_I11_with_the_journal_failing_no_data_leaves(site, stage, paper):
    *_, first, _second, _match, dossier = on_the_way(site, stage)
    no_room(site.database)
    first.client = type(first.client)(
        site.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False, cookies=first.client.cookies
    )
    answer = first.get(f"/dossiers/{dossier}{paper}")
    assert answer.status_code >= 500
    assert stage.firm.name not in answer.text and b"%PDF" not in answer.content
    assert counted(site.database, Viewing) == 0


@pytest.mark.parametrize(("paper", "act"), [("", Act.OPEN_DOSSIER), ("/pdf", Act.PRINT_DOSSIER)])
def test_I11_each_reading_is_one_line_of_the_journal_and_one_row_for_the_firm(site, stage, paper, act):
    _officer, firm, first, _second, _match, dossier = on_the_way(site, stage)
    for times in (1, 2):
        assert first.get(f"/dossiers/{dossier}{paper}").status_code == 200
        assert counted(site.database, Entry, Entry.act == act.value) == times == counted(site.database, Viewing)
    seen = firm.get(f"/needs/{stage.need.id}/banks").text
    until = only(stage, Consent).valid_until - MICROSECOND
    assert "本次融资对接" in seen and f"{until:%Y-%m-%d}" in seen.replace("/", "-")


@pytest.mark.parametrize("how", ["withdrawn", "expired"])
def test_I10_leave_that_ends_while_the_paper_is_being_pressed_lets_nothing_out(site, stage, how):
    """The copy is on record from the moment it is asked for; what the firm takes back meanwhile never gets to the bank."""
    *_, first, _second, match, dossier = on_the_way(site, stage)
    press = site.app.state.press.one

    def while_it_is_pressed(job):
        paper = press(job)
        if how == "expired":
            site.clock.now = only(stage, Consent).valid_until
        else:
            with at(site.database, stage.signatory, site.clock.now) as desk:
                service.withdraw(desk, desk.get(Match, match))
        return paper

    site.app.state.press.one = while_it_is_pressed
    answer = first.get(f"/dossiers/{dossier}/pdf")
    assert (answer.status_code, b"%PDF" in answer.content) in {(404, False), (303, False)}
    assert counted(site.database, Viewing, Viewing.printed) == 1


def test_I10_the_last_microsecond_reads_and_the_very_end_does_not(site, stage):
    *_, first, second, _match, dossier = on_the_way(site, stage)
    until = only(stage, Consent).valid_until
    absent = second.get("/dossiers/4503599627370497")
    assert absent.status_code == 404
    with at(site.database, stage.bankers[0], until - MICROSECOND) as desk:
        assert len(desk.all(Match)) == 1
    with at(site.database, stage.bankers[0], until) as desk:
        assert desk.all(Match) == []
    assert first.get(f"/dossiers/{dossier}").status_code == 200


@contextmanager
def asked_of(database: Database) -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile, in its words and without its values."""
    heard: list[str] = []

    def hear(_connection, _cursor, statement, *_: object) -> None:
        heard.append(statement)

    engines = {database.reader, database.writer}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield heard
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


@pytest.mark.parametrize("paper", ["", "/pdf", "/archive"])
def test_I19_what_is_another_bank_s_and_what_is_not_there_answer_alike_by_the_same_way(site, stage, paper):
    """Same bytes, same headers, and the same statements in the same order: there is nothing to measure between the two."""
    *_, second, _match, dossier = on_the_way(site, stage)
    told = {}
    for key in (dossier, 4503599627370497):
        with asked_of(site.database) as heard:
            answer = second.get(f"/dossiers/{key}{paper}")
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in {"x-request-id", "set-cookie", "content-length"}
        }
        told[key] = answer.status_code, headers, answer.text.replace(str(key), "…"), heard
    first, absent = told.values()
    assert first == absent
    assert first[0] == 404 and len(first[3]) > 1
