"""Who is behind a firm and what was found there, as a dossier freezes it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from financing.diligence.affordability import Basis, Cash, afforded, stress
from financing.diligence.rules import Advice, Result, SurveyState, every_check
from financing.guarantees.model import GuaranteeCase
from financing.matching import viewing
from financing.matching.freeze_visit import NOT_VISITED
from financing.matching.rules import Part
from financing.matching.snapshot import Absent, Snapshot
from financing.money import Rate
from financing.parties.model import Relation
from financing.parties.rules import RelationKind, RelationSource
from scoring.repayment import Loan, Repayment, plan
from tests.financing.matching.stage import Stage, staged
from tests.financing.matching.test_freeze import frozen
from tests.makers import NOW, TODAY, a_survey, writing

WAN = 1_000_000


def tie(stage: Stage, name: str, kind: RelationKind, share: int | None = None, **more: object) -> Relation:
    row = {
        "firm_id": stage.firm.id, "kind": kind, "other_id": None, "name": name, "mark": "", "share": None if share is None else Rate(share),
        "since": TODAY - timedelta(days=90), "source": RelationSource.REGISTRY, "entered_at": NOW, "entered_by": 1,
    }  # fmt: skip
    return Relation(**row | more)


def with_ties(stage: Stage, *rows: Relation) -> Snapshot:
    with writing(stage.database) as session:
        session.add_all(rows)
    return frozen(stage)


def test_shareholders_stand_by_size_with_the_controller_marked_and_other_ties_beside_them(database):
    stage = staged(database, banks=1)
    found = with_ties(
        stage,
        tie(stage, "小股东", RelationKind.SHAREHOLDER, 100_000),
        tie(stage, "陈立群", RelationKind.SHAREHOLDER, 650_000, source=RelationSource.DECLARED),
        tie(stage, "陈立群", RelationKind.CONTROLLER),
        tie(stage, "王监事", RelationKind.OFFICER, source=RelationSource.ON_SITE),
        tie(stage, "林秀兰", RelationKind.FAMILY),
        tie(stage, "离任者", RelationKind.OFFICER, until=TODAY, ended_by=1),
        tie(stage, "后来者", RelationKind.OFFICER, since=TODAY + timedelta(days=30)),
    )
    assert [(one.name, one.share, one.controller, one.source) for one in found.owners] == [
        ("陈立群", 650_000, True, "declared"), ("小股东", 100_000, False, "registry"),
    ]  # fmt: skip
    assert [(one.name, one.relation, one.source) for one in found.related] == [
        ("王监事", "董事、监事或高级管理人员", "site"), ("林某", "实际控制人近亲属", "registry"),
    ]  # fmt: skip


def test_a_controller_without_a_share_stands_among_the_ties(database):
    stage = staged(database, banks=1)
    found = with_ties(stage, tie(stage, "陈立群", RelationKind.CONTROLLER))
    assert found.owners == () and [(one.name, one.relation) for one in found.related] == [("陈立群", "实际控制人")]


def test_only_a_survey_that_both_officers_signed_is_shown(database):
    stage = staged(database, banks=1)
    assert frozen(stage).visit == NOT_VISITED
    keys = [check.key for check in every_check()]
    results = [Result.FINE, Result.DOUBTFUL, Result.UNSEEN]
    rows = [
        {"key": key, "result": results[n % 3], "value": f"看到{n}" * 20, "on": "2026-11-06", "facts": {}}
        for n, key in enumerate(keys)
    ]
    with writing(database) as session:
        a_survey(
            session,
            stage.need,
            state=SurveyState.VISITED,
            second_advice=None,
            second_at=None,
            second_id=None,
            found=rows,
        )
    assert frozen(stage).visit == NOT_VISITED
    with writing(database) as session:
        a_survey(session, stage.need, second_advice=Advice.OPPOSE, found=rows, at=NOW + timedelta(hours=1))
    visit = frozen(stage).visit
    assert visit.advice == (Advice.SUPPORT, Advice.OPPOSE)
    assert [one.result for one in visit.checks] == [results[n % 3] for n in range(len(keys))]
    assert {one.seen is None for one in visit.checks if one.result is not Result.DOUBTFUL} == {True}
    assert all(one.seen and len(one.seen) <= 32 for one in visit.checks if one.result is Result.DOUBTFUL)


@pytest.mark.parametrize("repayment", [Repayment.EQUAL_INSTALMENTS, Repayment.INTEREST_ONLY])
def test_the_plan_and_its_strains_are_those_that_were_sealed_with_the_case(database, repayment):
    loan = Loan(120 * WAN, 12, 43_000, repayment)
    cash = Cash(Basis.CASH_FLOW, 130 * WAN, 900 * WAN, 200_000, 5 * WAN, TODAY)
    sealed = afforded(cash, None, loan, None, stress(TODAY))

    def before(_session: object, case: GuaranteeCase) -> None:
        case.affordability = sealed.as_json()

    found = frozen(staged(database, banks=1, before=before))
    table = plan(loan)
    assert [(one.principal, one.interest) for one in found.plan.instalments] == [
        (due.principal, due.interest) for due in table
    ]
    assert found.plan.rate_assumed == 43_000 and "尽调假定" in found.plan.source
    owed = sum(due.principal + due.interest for due in table)
    assert found.plan.stress[0].cover == f"{Decimal(round(Decimal(cash.amount) * 10**6 / owed)) / 10**6:.2f}"
    kept = {one.case.says: one for one in sealed.outcomes}
    assert [one.says for one in found.plan.stress] == [
        "按现状",
        "销售下降 20 %",
        "利率上升 1 个百分点",
        "客户晚付 30 天",
        "三项同时（销售下降 20 %）",
    ]
    assert [one.cover for one in found.plan.stress] == [
        f"{Decimal(kept[one.says].dscr) / 10**6:.2f}" for one in found.plan.stress
    ]


def test_a_consent_without_the_score_hides_what_was_found(database):
    stage = staged(database, banks=1)
    with writing(database) as session:
        a_survey(session, stage.need)
    stage.proposed()
    stage.grant(0, frozenset(Part) - {Part.SCORE})
    dossier = stage.send()

    with stage.at(stage.bankers[0]) as desk:
        shown = viewing.open_dossier(desk, desk.get(type(dossier), dossier.id))
    assert isinstance(shown.visit, Absent) and shown.visit != NOT_VISITED
