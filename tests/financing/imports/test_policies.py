"""Policies from a workbook: what leaves the ledger comes in again as the same drafts, and what stands in force keeps its words."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from financing.access import Role
from financing.imports import policies
from financing.imports.rules import ImportKind, ImportState
from financing.policies import service
from financing.policies.examples import enter, examples
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import ClauseState, PolicyState
from reports.import_kinds import KINDS
from reports.import_templates import template
from tests.financing.imports.books import a_book, a_row
from tests.financing.imports.test_imports import OFFICER, Zone, zone
from tests.financing.policies.conftest import SECOND, put_in_force
from tests.makers import at

__all__ = ["zone"]
POLICIES = ImportKind.POLICIES


def given_out(zone: Zone) -> bytes:
    with at(zone.database, OFFICER, write=False) as desk:
        return template(KINDS[POLICIES], policies.whole(desk))


def refilled(content: bytes, **cells: object) -> bytes:
    """The same workbook with other values in its first row, by heading."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    heads = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for head, value in cells.items():
        sheet.cell(2, heads[head]).value = value
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def clauses(zone: Zone) -> dict[tuple[str, int, int], PolicyClause]:
    with at(zone.database, OFFICER, write=False) as desk:
        titles = {one.id: one.title for one in desk.all(Policy, Policy.state != PolicyState.REPEALED)}
        found = desk.all(PolicyClause, PolicyClause.policy_id.in_(titles))
        return {(titles[one.policy_id], one.place, one.edition): one for one in found}


def ended(zone: Zone) -> None:
    """Every draft goes its way to the end, so that its number and its title are free."""
    for actor, act in ((OFFICER, service.propose), (SECOND, service.adopt), (OFFICER, service.repeal)):
        with at(zone.database, actor) as desk:
            for policy in desk.all(Policy):
                act(desk, policy, *(["已有新办法"] if act is service.repeal else []))


def test_the_shipped_policies_leave_and_come_in_again_with_equal_terms(zone, tmp_path):
    """Out of one ledger as a file, into the same one where everything is the same, and anew after all of them have ended."""
    with at(zone.database, OFFICER) as desk:
        for key in examples():
            enter(desk, key)
    before, content = clauses(zone), given_out(zone)
    assert len({title for title, *_ in before}) == len(examples()) == 16
    again = zone.checks(content, POLICIES)
    assert (again.state, again.added, again.changed, again.same) == (ImportState.WAITING, 0, 0, len(before))
    ended(zone)
    job = zone.confirms(zone.checks(content, POLICIES))
    assert (job.state, job.added, job.changed) == (ImportState.DONE, len(before), 0)
    after = clauses(zone)
    assert after.keys() == before.keys()
    told = ("title", "says", "benefit", "route", "papers", "terms", "exclusive", "per_loan", "since", "until", "pay_days", "budget")  # fmt: skip
    for key, one in after.items():
        assert {name: getattr(one, name) for name in told} == {name: getattr(before[key], name) for name in told}, key
    assert {one.state for one in after.values()} == {ClauseState.DRAFT}
    twice = zone.checks(content, POLICIES)
    assert (twice.added, twice.changed, twice.same) == (0, 0, len(before))


def test_a_draft_is_corrected_and_a_clause_in_force_gets_another_edition(zone):
    row = a_row(POLICIES)
    zone.confirms(
        zone.checks(a_book(POLICIES, [row, {**row, "clause_place": "2", "clause_title": "第二条"}]), POLICIES)
    )
    job = zone.checks(a_book(POLICIES, [{**row, "amount_rate": "15", "amount_cap": "30"}]), POLICIES)
    assert (job.changed, zone.rows(job)[0].former) == (1, {"amount_rate": 100_000, "amount_cap": 20_000_000})
    zone.confirms(job)
    [one, two] = sorted(clauses(zone).values(), key=lambda each: each.place)
    assert (one.terms["amount"]["ppm"], one.terms["amount"]["cap"], one.edition, two.title) == (150_000, 30_000_000, 1, "第二条")  # fmt: skip
    with at(zone.database, OFFICER) as desk:
        service.propose(desk, desk.get(Policy, one.policy_id))
    waiting = zone.checks(a_book(POLICIES, [row]), POLICIES)
    assert [found["code"] for found in waiting.findings] == ["import_policy_waiting"]
    with at(zone.database, SECOND) as desk:
        service.adopt(desk, desk.get(Policy, one.policy_id))
    content = given_out(zone)
    early = zone.checks(refilled(content, **{"最高补贴(万元)": 40}), POLICIES)
    assert [found["code"] for found in early.findings] == ["import_clause_fixed"]
    renamed = zone.checks(refilled(content, 政策要点="另一种说法"), POLICIES)
    assert [found["code"] for found in renamed.findings] == ["import_policy_fixed"]
    zone.confirms(
        zone.checks(refilled(content, **{"最高补贴(万元)": 40, "条款执行起始日": date(2026, 12, 25)}), POLICIES)
    )
    editions = [each for each in clauses(zone).values() if each.place == 1]
    assert sorted((each.edition, each.state, each.terms["amount"]["cap"]) for each in editions) == [
        (1, ClauseState.IN_FORCE, 30_000_000), (2, ClauseState.DRAFT, 40_000_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{}, {"clause_place": "2", "summary": "别的要点"}], [(3, "政策要点", "import_policy_differs")]),
        ([{}, {"clause_place": "3"}], [(3, "条款序号", "import_clause_gap")]),
        ([{}, {"number": "新2"}], [(3, "政策名称", "import_policy_twice")]),
        ([{"clause_conditions": "企业规模 属于 小型\n工龄 不少于 3"}], [(2, "享受条件", "clause_line_fact")]),
        ([{"clause_windows": "春天"}], [(2, "申报窗口", "clause_line_window")]),
        ([{"amount_base": "从业人数"}], [(2, "金额算法", "import_policy_sum")]),
        ([{"amount_rule": "固定金额"}], [(2, "金额算法", "import_policy_sum")]),
        ([{"amount_rule": "按分档", "amount_steps": "100：5\n50：3"}], [(2, "分档", "clause_steps_not_rising")]),
        ([{"per_loan": "是"}], [(2, "不得重复享受的一组", "import_loan_group")]),
        ([{"until": "2026-01-01"}], [(2, "政策执行截止日", "import_below")]),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_by_its_cell(zone, rows, told, monkeypatch):
    monkeypatch.setattr("web.importing.BATCH", 1)  # what one row says is held against another of an earlier batch
    job = zone.checks(a_book(POLICIES, [a_row(POLICIES, **cells) for cells in rows]), POLICIES)
    assert job.state is ImportState.FAILED
    assert [(one["row"], one["column"], one["code"]) for one in job.findings] == told


def test_a_number_of_another_zone_is_not_taken_for_one_of_ours(zone):
    put_in_force(zone.database)
    with at(zone.database, OFFICER, write=False) as desk:
        [policy] = desk.all(Policy)
    assert policy.state is PolicyState.IN_FORCE
    job = zone.checks(a_book(POLICIES, [a_row(POLICIES, number=policy.number)]), POLICIES)
    assert [(one["column"], one["code"]) for one in job.findings] == [("政策编号", "import_policy_other")]
    assert OFFICER.role is Role.OFFICER
