"""A workbook goes in whole or not at all: checked in turns, confirmed in one stroke, never twice, and on record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from financing import finding
from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.db import Database
from financing.import_refusals import ChangedSince
from financing.imports import service, views
from financing.imports.model import Import, ImportRow
from financing.imports.rules import BATCH, Fate, ImportKind, ImportState, digest
from financing.journal import Entry
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers import store
from financing.parties import service as parties
from financing.parties.model import Firm, Product
from financing.parties.rules import FirmState
from financing.quality import service as quality
from financing.quality.model import Finding
from financing.readings import likeness
from financing.refusals import NotAllowed, NotFound, WrongState
from reports import importing
from reports.gate import Limits
from tests.financing.imports.books import a_book, a_row
from tests.makers import NOW, a_bank, a_firm, at, writing
from web.importing import Importer

OFFICER = Actor(1, Role.OFFICER, name="王经办")
FIRMS = ImportKind.FIRMS


@dataclass
class Zone:
    """A database with a store and the one that works imports off."""

    database: Database
    uploads: Path

    def begins(self, content: bytes, kind: ImportKind = FIRMS, actor: Actor = OFFICER, name: str = "企业.xlsx") -> int:
        with store.keeping(self.uploads, content) as kept, at(self.database, actor) as desk:
            return service.begin(desk, kind, name=name, size=kept.size, sha256=kept.sha256, stored=kept.stored).id

    def worker(self) -> Importer:
        return Importer(self.database, self.uploads, Limits(), lambda: NOW)

    def checks(self, content: bytes, kind: ImportKind = FIRMS, actor: Actor = OFFICER) -> Import:
        key = self.begins(content, kind, actor)
        self.worker().run()
        return self.job(key)

    def job(self, key: int) -> Import:
        with at(self.database, SYSTEM, write=False) as desk:
            return desk.get(Import, key)

    def confirms(self, job: Import, actor: Actor = OFFICER) -> Import:
        with at(self.database, actor) as desk:
            service.confirm(desk, desk.get(Import, job.id))
        return self.job(job.id)

    def firms(self) -> dict[str, Firm]:
        with at(self.database, SYSTEM, write=False) as desk:
            return {firm.code: firm for firm in desk.all(Firm)}

    def rows(self, job: Import) -> list[ImportRow]:
        with at(self.database, SYSTEM, write=False) as desk:
            return desk.all(ImportRow, ImportRow.job_id == job.id, by=ImportRow.row)


@pytest.fixture
def zone(database: Database, tmp_path: Path) -> Zone:
    return Zone(database, tmp_path / "uploads")


def test_firms_are_on_file_only_after_the_yes_and_then_all_of_them(zone):
    rows = [a_row(FIRMS, employees="", revenue="12.5"), a_row(FIRMS, name="=HYPERLINK(1)铜材有限公司")]
    job = zone.checks(a_book(FIRMS, rows))
    assert (job.state, job.total, job.added, job.changed) == (ImportState.WAITING, 2, 2, 0)
    assert zone.firms() == {}
    assert zone.confirms(job).state is ImportState.DONE
    firms = zone.firms()
    assert set(firms) == {row["code"] for row in rows}
    first = firms[rows[0]["code"]]
    assert (first.revenue, first.employees, first.state, first.version) == (
        Fen.wan("12.5"),
        None,
        FirmState.REGISTERED,
        1,
    )
    assert first.registered_at == NOW
    assert firms[rows[1]["code"]].name == "=HYPERLINK(1)铜材有限公司"


def test_an_imported_firm_is_what_the_registration_form_would_have_made_of_it(zone):
    row = a_row(FIRMS)
    zone.confirms(zone.checks(a_book(FIRMS, [row])))
    imported = zone.firms()[row["code"]]
    told = {name: getattr(imported, name) for name in (
        "name", "industry", "park", "address", "founded_on", "representative", "contact", "phone", "employees", "revenue", "assets",
    )}  # fmt: skip
    with at(zone.database, SYSTEM) as desk:
        typed = parties.register(desk, code=a_row(FIRMS)["code"], **told)
        for name in (*told, "size", "likeness", "state", "stated", "group_id", "registered_at"):
            assert getattr(imported, name) == getattr(typed, name), name


def test_the_same_file_twice_changes_nothing_the_second_time(zone):
    content = a_book(FIRMS, [a_row(FIRMS), a_row(FIRMS)])
    zone.confirms(zone.checks(content))
    before = {code: firm.version for code, firm in zone.firms().items()}
    again = zone.checks(content)
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    with at(zone.database, OFFICER, write=False) as desk:
        assert Act.CONFIRM_IMPORT not in views.acts(desk, again)
        assert views.earlier(desk, again).sha256 == again.sha256
    assert {code: firm.version for code, firm in zone.firms().items()} == before


def test_a_changed_row_shows_before_and_after_and_leaves_what_the_file_does_not_say(zone):
    with writing(zone.database) as session:
        firm = a_firm(session, employees=86, revenue=Fen.wan(3_600))
        told = {"code": firm.code, "name": firm.name, "industry": firm.industry, "park": firm.park, "address": firm.address,
                "founded_on": firm.founded_on, "representative": firm.representative, "contact": firm.contact, "phone": firm.phone}  # fmt: skip
        zone_firm = firm.id
    job = zone.checks(a_book(FIRMS, [{**told, "employees": 12, "contact": "赵六"}]))
    assert (job.added, job.changed) == (0, 1)
    row = zone.rows(job)[0]
    assert row.former["contact"] == "李芳"
    assert row.told["contact"] == "赵六"
    assert (row.former["employees"], row.told["employees"]) == (86, 12)
    zone.confirms(job)
    with at(zone.database, SYSTEM, write=False) as desk:
        now = desk.get(Firm, zone_firm)
    assert (now.contact, now.employees, now.revenue, now.state) == ("赵六", 12, Fen.wan(3_600), FirmState.CONFIRMED)
    assert now.version == row.subject_version + 1


def test_what_has_changed_since_the_dry_run_keeps_all_of_it_out(zone):
    rows = [a_row(FIRMS), a_row(FIRMS)]
    job = zone.checks(a_book(FIRMS, rows))
    with writing(zone.database) as session:
        a_firm(session, code=rows[1]["code"])
    with pytest.raises(ChangedSince):
        zone.confirms(job)
    assert set(zone.firms()) == {rows[1]["code"]}
    with at(zone.database, OFFICER) as desk:
        service.resume(desk, desk.get(Import, job.id))
    zone.worker().run()
    again = zone.confirms(zone.job(job.id))
    assert (again.state, again.added, again.changed) == (ImportState.DONE, 1, 1)


def test_one_wrong_cell_keeps_the_whole_file_out_and_is_told_at_its_place(zone):
    job = zone.checks(
        a_book(FIRMS, [a_row(FIRMS), a_row(FIRMS, code="91361100000000001X"), a_row(FIRMS, founded_on="2099-01-01")])
    )
    assert (job.state, job.errors) == (ImportState.FAILED, 2)
    assert [(one["row"], one["column"], one["code"]) for one in job.findings] == [
        (3, "统一社会信用代码", "list_code_wrong"), (4, "成立日期", "founded_later"),
    ]  # fmt: skip
    with pytest.raises(WrongState):
        zone.confirms(job)
    assert zone.firms() == {}


def test_a_worker_that_dies_in_the_middle_is_followed_by_one_that_goes_on_after_the_last_whole_batch(zone, monkeypatch):
    monkeypatch.setattr("web.importing.BATCH", 3)
    rows = [a_row(FIRMS) for _ in range(8)]
    key = zone.begins(a_book(FIRMS, rows))
    first = zone.worker()
    assert first.run(most=3) == 3  # read, and two batches
    assert zone.job(key).staged == 6
    del first
    zone.worker().run()
    job = zone.job(key)
    assert (job.state, job.staged, job.added) == (ImportState.WAITING, 8, 8)
    assert [row.row for row in zone.rows(job)] == list(range(2, 10))
    zone.confirms(job)
    assert len(zone.firms()) == 8


def test_a_stopped_import_has_no_effect_and_can_be_taken_up_where_it_stood(zone, monkeypatch):
    monkeypatch.setattr("web.importing.BATCH", 2)
    key = zone.begins(a_book(FIRMS, [a_row(FIRMS) for _ in range(5)]))
    worker = zone.worker()
    worker.run(most=2)
    with at(zone.database, OFFICER) as desk:
        service.stop(desk, desk.get(Import, key))
    assert not worker.step()
    assert (zone.job(key).staged, zone.firms()) == (2, {})
    with at(zone.database, OFFICER) as desk:
        service.resume(desk, desk.get(Import, key))
    worker.run()
    assert len({row.subject_id for row in zone.rows(zone.job(key))}) == 5
    zone.confirms(zone.job(key))
    assert len(zone.firms()) == 5


def test_a_file_that_is_no_longer_what_was_uploaded_is_not_read(zone):
    key = zone.begins(a_book(FIRMS, [a_row(FIRMS)]))
    (zone.uploads / zone.job(key).stored).write_bytes(a_book(FIRMS, [a_row(FIRMS)]))
    zone.worker().run()
    assert (zone.job(key).state, zone.job(key).why) == (ImportState.FAILED, "paper_damaged")


def test_one_line_of_the_journal_commits_to_every_row_and_the_rows_are_sealed(zone):
    job = zone.confirms(zone.checks(a_book(FIRMS, [a_row(FIRMS), a_row(FIRMS)])))
    rows = [{"row": row.row, "key": row.key, "fate": row.fate, "told": row.told} for row in zone.rows(job)]
    with at(zone.database, SYSTEM, write=False) as desk:
        line = desk.session.scalars(select(Entry).where(Entry.act == Act.CONFIRM_IMPORT)).one()
    assert line.actor_id == OFFICER.id
    assert line.body["facts"]["digest"] == digest("", rows)
    assert (line.body["facts"]["rows"], line.body["facts"]["sha256"]) == (2, job.sha256)
    for statement in (
        "UPDATE import_row SET key = 'x'",
        "DELETE FROM import_row",
        "UPDATE import_job SET sha256 = 'x'",
        "DELETE FROM import_job",
    ):
        with pytest.raises(DatabaseError), writing(zone.database) as session:
            session.execute(text(statement))


def test_needs_go_in_as_drafts_that_the_firm_hands_in_itself(zone):
    with writing(zone.database) as session:
        firm = a_firm(session)
        code, key = firm.code, firm.id
    row = a_row(ImportKind.NEEDS, code=code)
    content = a_book(ImportKind.NEEDS, [row])
    zone.confirms(zone.checks(content, ImportKind.NEEDS))
    with at(zone.database, SYSTEM, write=False) as desk:
        need = desk.all(Need)[0]
    assert (need.firm_id, need.state, need.amount, need.wish) == (
        key,
        NeedState.DRAFT,
        Fen.wan(120),
        Rate.percent("4.5"),
    )
    assert (zone.checks(content, ImportKind.NEEDS).added, need.no_broker) == (0, False)


def test_a_need_of_a_firm_that_is_not_on_file_is_told_by_its_row(zone):
    job = zone.checks(a_book(ImportKind.NEEDS, [a_row(ImportKind.NEEDS)]), ImportKind.NEEDS)
    assert (job.state, job.findings[0]["code"], job.findings[0]["row"]) == (
        ImportState.FAILED,
        "import_firm_unknown",
        2,
    )


def test_a_bank_brings_its_own_products_and_no_others(zone):
    with writing(zone.database) as session:
        own, other = a_bank(session, name="甲银行"), a_bank(session, name="乙银行")
        admin = Actor(9, Role.BANK_ADMIN, bank_id=own.id, name="刘")
        rival = Actor(8, Role.BANK_ADMIN, bank_id=other.id, name="孙")
    job = zone.checks(
        a_book(ImportKind.PRODUCTS, [a_row(ImportKind.PRODUCTS, bank="乙银行")]), ImportKind.PRODUCTS, admin
    )
    assert job.findings[0]["code"] == "import_bank_unknown"
    with pytest.raises(NotAllowed):
        zone.begins(a_book(FIRMS, [a_row(FIRMS)]), FIRMS, admin)
    job = zone.checks(
        a_book(ImportKind.PRODUCTS, [a_row(ImportKind.PRODUCTS, bank="甲银行")]), ImportKind.PRODUCTS, admin
    )
    with pytest.raises(NotFound):
        zone.confirms(job, rival)
    with at(zone.database, rival, write=False) as desk:
        assert desk.session.scalar(desk.select(ImportRow).with_only_columns(func.count())) == 0
    zone.confirms(job, admin)
    changed = a_book(ImportKind.PRODUCTS, [a_row(ImportKind.PRODUCTS, bank="甲银行", most=800)])
    job = zone.checks(changed, ImportKind.PRODUCTS, admin)
    assert zone.rows(job)[0].fate is Fate.CHANGED
    zone.confirms(job, admin)
    with at(zone.database, SYSTEM, write=False) as desk:
        former, now = desk.all(Product, by=Product.most)
    assert (former.withdrawn_at is None, now.most, now.replaces_id) == (False, Fen.wan(800), former.id)


def test_batches_are_small_enough_for_others_to_come_between(zone):
    """Each batch is a transaction of its own: another's line stands between two of them."""
    key = zone.begins(a_book(FIRMS, [a_row(FIRMS) for _ in range(BATCH + 1)]))
    worker = zone.worker()
    worker.run(most=2)
    with at(zone.database, SYSTEM) as desk:
        desk.note(Act.FILL_DEMO, OFFICER)
    worker.run()
    assert zone.job(key).staged == BATCH + 1


def test_an_imported_firm_is_found_by_any_part_of_its_name_and_a_renamed_one_by_its_new_name(zone):
    row = a_row(FIRMS, name="旧名铜材有限公司")
    job = zone.checks(a_book(FIRMS, [row]))
    with at(zone.database, OFFICER) as desk:
        service.resume(desk, desk.get(Import, job.id))  # compared anew: its words are not there twice
    zone.worker().run()
    zone.confirms(zone.job(job.id))
    firm = zone.firms()[row["code"]].id
    with at(zone.database, OFFICER, write=False) as desk:
        assert finding.subjects(desk.session, Firm, "铜材") == [firm]
    zone.confirms(zone.checks(a_book(FIRMS, [{**row, "name": "新号电缆有限公司"}])))
    with at(zone.database, OFFICER, write=False) as desk:
        assert finding.subjects(desk.session, Firm, "电缆") == [firm]
        assert finding.subjects(desk.session, Firm, "铜材") == []


def test_a_row_is_held_against_the_rules_of_every_night_and_told_without_being_kept_out(zone):
    with writing(zone.database) as session:
        there = a_firm(session, name="远山铜业有限公司", likeness=likeness("远山铜业有限公司"))
    odd = a_row(FIRMS, name="远山铜业有限公司", employees="2", revenue="99000000", phone="00000000000")
    job = zone.checks(a_book(FIRMS, [a_row(FIRMS, name="清溪电子有限公司", phone="13800138000"), odd]))
    told = {(one["row"], one["column"], one["code"]) for one in job.findings}
    assert told >= {
        (3, "上年营业收入(万元)", "quality_unit_revenue"),
        (3, "联系电话", "quality_phone"),
        (3, "企业名称", "quality_same_name"),
    }
    assert {row for row, _, code in told if code != "quality_organ_code"} == {3}  # codes of the maker have no such part
    assert {one["gravity"] for one in job.findings} == {"notice"}
    assert (job.state, job.errors) == (ImportState.WAITING, 0)
    assert any(there.name in one.mend() for one in importing.findings(job.findings))


def test_the_import_and_the_night_find_the_same(zone):
    odd = a_row(FIRMS, employees="2", revenue="99000000", assets="1", phone="00000000000")
    job = zone.checks(a_book(FIRMS, [odd]))
    with at(zone.database, OFFICER) as desk:
        service.confirm(desk, desk.get(Import, job.id, lock=True))
    with at(zone.database, SYSTEM) as desk:
        for first in quality.batches(desk):
            quality.look_over(desk, first)
        found = {(f"quality_{one.fault}", tuple(sorted(one.figures.items()))) for one in desk.all(Finding)}
    assert {(one["code"], tuple(sorted(one["more"].items()))) for one in job.findings} == found


def test_a_need_that_asks_for_many_years_of_sales_is_told(zone):
    with writing(zone.database) as session:
        firm = a_firm(session, revenue=Fen.wan(10))
    rows = [
        a_row(ImportKind.NEEDS, code=firm.code, amount="5000"),
        a_row(ImportKind.NEEDS, code=firm.code, amount="100"),
    ]
    job = zone.checks(a_book(ImportKind.NEEDS, rows), ImportKind.NEEDS)
    assert [(one["row"], one["code"], one["value"]) for one in job.findings] == [(2, "quality_amount_unit", "5,000")]
    assert job.state is ImportState.WAITING
