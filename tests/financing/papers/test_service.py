import stat
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from financing.access import Role
from financing.acts import Act
from financing.file_refusals import NotAPaper, PaperDamaged, StoreFull
from financing.journal import Entry
from financing.money import Fen
from financing.papers import rules, service, store
from financing.papers.model import Invoice, Paper, StatementLine
from financing.papers.rules import PaperKind, Side, media_of, owed
from financing.parties.model import Firm
from financing.refusals import NotFound, NotText, OutOfRange
from tests.makers import a_firm, a_paper, a_user, at, writing


@pytest.fixture
def firm(database):
    with writing(database) as session:
        firm = a_firm(session)
        return firm.id, a_user(session, Role.CLERK, firm_id=firm.id).actor


def facts(number=1, **changes):
    return {
        "kind": PaperKind.LICENCE, "name": "营业执照.pdf", "media": "application/pdf", "size": 1_000, "sha256": f"{number:064x}",
        "stored": f"{number:064x}", **changes,
    }  # fmt: skip


def count(database, kind):
    with writing(database) as session:
        return session.scalar(select(func.count()).select_from(kind))


def test_the_same_bytes_twice_are_one_paper_and_one_line(database, firm):
    for stored in ("a" * 64, "b" * 64):
        with at(database, firm[1]) as desk:
            paper = service.add(desk, desk.get(Firm, firm[0]), **facts(stored=stored))
            assert paper.stored == "a" * 64
    assert count(database, Paper) == 1 and count(database, Entry) == 1


def test_the_vault_has_an_end(database, firm):
    assert (rules.MOST_FILES, rules.MOST_BYTES) == (300, 200 * 1024 * 1024)
    with at(database, firm[1]) as desk:
        mine = desk.get(Firm, firm[0])
        service.add(desk, mine, **facts(1, size=rules.MOST_BYTES))
        with pytest.raises(StoreFull):
            service.add(desk, mine, **facts(2, size=1))
    with writing(database) as session:
        for _ in range(rules.MOST_FILES):
            a_paper(session, session.get(Firm, firm[0]), size=0)
    with at(database, firm[1]) as desk, pytest.raises(StoreFull):
        service.add(desk, desk.get(Firm, firm[0]), **facts(3, size=0))


def test_a_name_that_hides_something_is_refused(database, firm):
    with at(database, firm[1]) as desk, pytest.raises(NotText):
        service.add(desk, desk.get(Firm, firm[0]), **facts(name="执照\u202efdp.exe"))


def frame(rows):
    kinds = ("firm", "side", "number", "counterparty", "day", "amount_fen", "tax_fen", "total_fen", "void")
    return pl.DataFrame(rows, schema=kinds, orient="row")


def test_rows_of_a_workbook_are_kept_as_they_are(database, firm):
    rows = [
        ("E1", "out", "00000001", "B1", date(2026, 3, 31), 100, 13, 113, False),
        ("E1", "in", "'\\t\\N\"", "供应商\\甲", date(2026, 4, 1), -(10**15), -1, 10**15, True),
    ]
    with at(database, firm[1]) as desk:
        paper = service.add(desk, desk.get(Firm, firm[0]), **facts(kind=PaperKind.INVOICES))
        assert service.keep_invoices(desk, paper, frame(rows)) == 2
    with at(database, firm[1]) as desk:
        kept = desk.all(Invoice, by=Invoice.id)
        assert [
            (r.side, r.number, r.counterparty, r.day, r.amount_fen, r.tax_fen, r.total_fen, r.void) for r in kept
        ] == [(Side(side), *rest) for _, side, *rest in rows]
        assert {r.firm_id for r in kept} == {firm[0]} and {r.paper_id for r in kept} == {paper.id}


def test_a_failure_after_the_rows_leaves_none_of_them(database, firm):
    def half_way():
        with at(database, firm[1]) as desk:
            paper = service.add(desk, desk.get(Firm, firm[0]), **facts())
            service.keep_invoices(desk, paper, frame([("E1", "out", "1", "B", date(2026, 1, 1), 1, 1, 2, False)] * 3))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert count(database, Invoice) == count(database, Paper) == count(database, Entry) == 0


def test_statement_lines_are_kept_by_year(database, firm):
    with at(database, firm[1]) as desk:
        paper = service.add(desk, desk.get(Firm, firm[0]), **facts(kind=PaperKind.STATEMENTS))
        service.keep_statements(desk, paper, {2025: {"assets": Fen(5), "revenue": Fen(-3)}, 2024: {"assets": Fen(4)}})
        kept = desk.all(StatementLine, by=StatementLine.id)
        assert [(r.year, r.line, r.amount) for r in kept] == [
            (2025, "assets", Fen(5)),
            (2025, "revenue", Fen(-3)),
            (2024, "assets", Fen(4)),
        ]
        with pytest.raises(OutOfRange):
            service.keep_statements(desk, paper, {2027: {"assets": Fen(1)}})


def test_a_stranger_finds_no_paper_and_an_officer_leaves_a_line(database, firm):
    with writing(database) as session:
        paper = a_paper(session, session.get(Firm, firm[0])).id
        stranger = a_user(session, Role.CLERK, firm_id=a_firm(session).id).actor
        officer = a_user(session, Role.OFFICER).actor
    with at(database, stranger) as desk, pytest.raises(NotFound):
        desk.get(Paper, paper)
    for who in (firm[1], officer):
        with at(database, who) as desk:
            service.opened(desk, desk.get(Paper, paper))
    with writing(database) as session:
        assert [(e.act, e.actor_id) for e in session.scalars(select(Entry))] == [(Act.OPEN_PAPER, officer.id)]


def test_what_is_owed_is_figures_of_either_kind():
    assert owed({PaperKind.LICENCE})
    assert not owed({PaperKind.INVOICES}) and not owed({PaperKind.STATEMENTS})


@pytest.mark.parametrize(
    ("start", "media"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"PK\x03\x04", rules.WORKBOOK),
    ],
)
def test_a_file_is_what_its_first_bytes_say(start, media):
    assert media_of(start + b"rest") == media


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90", b"%PD", b" %PDF-1.7", b"\xd0\xcf\x11\xe0"])
def test_anything_else_is_refused(content):
    with pytest.raises(NotAPaper):
        media_of(content)


# --- the store -----------------------------------------------------------------------------------------------------
def a_row(kept):
    return Paper(firm_id=1, kind=PaperKind.OTHER, name="表.pdf", media="", size=kept.size, sha256=kept.sha256, stored=kept.stored,
                 added_at=None, added_by=1)  # fmt: skip


@given(st.binary(max_size=2_000))
def test_bytes_come_back_as_they_were(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("store")
    with store.keeping(folder, content) as kept:
        pass
    assert store.read(folder, a_row(kept)) == content


def test_a_stored_file_is_the_services_alone_and_its_name_says_nothing(tmp_path):
    with store.keeping(tmp_path / "uploads", b"secret") as kept:
        pass
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and path.name == kept.stored != kept.sha256


def test_a_transaction_that_fails_leaves_no_file(tmp_path):
    with pytest.raises(RuntimeError), store.keeping(tmp_path, b"x"):
        raise RuntimeError
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_that_was_changed_or_lost_is_not_handed_out(tmp_path):
    with store.keeping(tmp_path, b"true") as kept:
        pass
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(b"forged")
    with pytest.raises(PaperDamaged):
        store.read(tmp_path, a_row(kept))
    path.unlink()
    with pytest.raises(PaperDamaged):
        store.read(tmp_path, a_row(kept))


@pytest.mark.parametrize("stored", ["../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_name_that_is_not_ours_leads_nowhere(tmp_path, stored):
    with pytest.raises(PaperDamaged):
        store.forget(tmp_path, stored)
