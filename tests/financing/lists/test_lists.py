"""Both lists against what was really done: whole or not at all, the same file once, the bank's month, and answers that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.access import SYSTEM, Actor, Role
from financing.lists import rules, service
from financing.lists.model import ListFile, ListRow
from financing.lists.rules import Answer, ListKind, ListStatus, Row
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.offers import opening
from financing.offers import service as offers
from financing.offers.costs import Terms
from financing.offers.rules import DeclineCode
from financing.refusals import NotAllowed
from scoring.repayment import Repayment
from tests.financing.matching.stage import staged
from tests.makers import NOW, TODAY, a_code, a_firm, a_need, at, writing

OFFICER = Actor(1, Role.OFFICER)
R, A = ListKind.RECOMMENDED, ListKind.APPLIED
TERMS = Terms(Fen.wan(100), 12, Rate.percent("3.6"), Repayment.INTEREST_ONLY, Rate(0))


def a_row(**facts: object) -> Row:
    told = {"code": a_code(), "name": "示范铜材有限公司", "day": date(2026, 11, 2), "amount": Fen.wan(120), "months": 12, "purpose": "采购铜材", "bank": "别的银行"}  # fmt: skip
    return Row(R, **told | facts)


def take(database, *rows: Row, sha: str = "0" * 64, actor: Actor = OFFICER):
    with at(database, actor) as desk:
        found = service.take(desk, rows, name="清单.xlsx", sha256=sha)
        return found.again, found.file.added, found.file.answered


def listed(database, kind: ListKind = R) -> list[Row]:
    with at(database, OFFICER) as desk:
        return service.given(desk, kind)


def test_the_same_file_twice_has_no_second_effect(database):
    rows = [a_row(), a_row()]
    assert take(database, *rows) == (False, 2, 0)
    assert take(database, *rows) == (True, 2, 0)
    with at(database, SYSTEM) as desk:
        assert [desk.session.scalar(select(func.count(kind.id))) for kind in (ListFile, ListRow)] == [1, 2]


def test_the_same_rows_in_another_file_are_not_added_again_and_a_new_answer_is(database):
    row = a_row()
    take(database, row)
    answered = replace(row, answer=Answer(ListStatus.GRANTED, TODAY, Fen.wan(100)))
    assert take(database, answered, a_row(), sha="1" * 64) == (False, 1, 1)
    assert take(database, answered, sha="2" * 64) == (False, 0, 0)
    assert take(database, row, sha="3" * 64) == (False, 0, 0)  # a file without the answer takes nothing away
    (found,) = [one for one in listed(database) if one.code == row.code]
    assert found.answer == answered.answer


@pytest.mark.parametrize(
    ("other", "column"),
    [({"name": "别的名称"}, "name"), ({"amount": Fen.wan(1)}, "amount"), ({"months": 6}, "months"), ({"purpose": "别的"}, "purpose"),
     ({"answer": Answer(ListStatus.GRANTED, TODAY, Fen.wan(9))}, "status")],
)  # fmt: skip
def test_a_row_that_contradicts_what_is_on_file_is_named(database, other, column):
    row = a_row(answer=Answer(ListStatus.DECLINED, TODAY, None, "cash_flow"))
    take(database, row)
    with at(database, OFFICER) as desk:
        assert service.clashes(desk, [row]) == []
        (clash,) = service.clashes(desk, [replace(row, **other)])
    assert clash.column == column


def test_only_an_officer_takes_lists_in(database):
    with pytest.raises(NotAllowed):
        take(database, a_row(), actor=Actor(3, Role.AUDITOR))


def test_needs_and_dossiers_of_the_platform_are_on_the_lists_by_themselves(database):
    stage = staged(database, banks=2)
    stage.proposed()
    stage.grant(0)
    stage.send()
    with writing(database) as session:
        a_need(session, a_firm(session))  # a draft is nobody's business
    (applied,) = listed(database, A)
    (recommended,) = listed(database)
    assert (applied.code, applied.day, applied.amount) == (stage.firm.code, TODAY, Fen.wan(120))
    assert (recommended.bank, recommended.day, recommended.answer) == (stage.banks[0].name, TODAY, None)


def test_I21_an_offer_is_an_answer_once_it_is_open_and_not_before(database):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    stage.send()
    with stage.at(stage.bankers[0]) as desk:
        offers.offer(desk, stage.match(desk, 0), TERMS, offers.Promise(TODAY + timedelta(days=60)))
    assert [row.answer for row in listed(database)] == [None]
    with stage.at(SYSTEM) as desk:
        assert opening.open_all(desk, stage.need.id) == 1
    assert [row.answer for row in listed(database)] == [Answer(ListStatus.GRANTED, TODAY, Fen.wan(100))]


def test_a_decline_comes_back_with_its_code_also_into_the_countys_own_row(database):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    stage.send()
    countys = a_row(code=stage.firm.code, bank=stage.banks[0].name, day=TODAY - timedelta(days=5))
    take(database, countys)
    with stage.at(stage.bankers[0]) as desk:
        offers.decline(desk, stage.match(desk, 0), code=DeclineCode.DEBT, rests_on="own", would_change="降低负债")
    answer = Answer(ListStatus.DECLINED, TODAY, None, "debt")
    assert [(row.day, row.answer) for row in listed(database)] == [(TODAY, answer), (countys.day, answer)]


def test_a_firm_that_took_its_dossier_back_waits_for_no_bank(database):
    stage = staged(database, banks=2)
    stage.proposed()
    stage.grant(0)
    stage.grant(1)
    stage.send()
    stage.withdraw(0)
    assert [row.bank for row in listed(database)] == [stage.banks[1].name]


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_bank_is_late_from_the_day_after_its_last_one(after, days):
    row = a_row()
    today = row.day + timedelta(days=after)
    assert rules.status(row, today, days) == (ListStatus.OVERDUE if after > days else ListStatus.PENDING)
    assert rules.status(replace(row, kind=A, bank=""), today, days) is ListStatus.PENDING


def test_the_banks_month_is_the_dated_figure_of_the_mechanism(database):
    with at(database, OFFICER) as desk:
        found = service.days(desk)
    assert (found.value, "金发〔2024〕32号" in found.source) == (30, True)
    assert rules.due(date(2026, 11, 2), found.value) == date(2026, 12, 2)


@pytest.mark.parametrize("statement", ["UPDATE list_row SET amount = 1", "UPDATE list_row SET reason = 'x'", "DELETE FROM list_row", "DELETE FROM list_file"])  # fmt: skip
def test_the_database_itself_keeps_rows_and_answers(database, statement):
    take(database, a_row(answer=Answer(ListStatus.DECLINED, TODAY, None, "debt")))
    with pytest.raises((IntegrityError, OperationalError)), writing(database) as session:
        session.execute(text(statement))


def test_every_template_has_a_heading_for_every_column():
    keys = {"name", "code", "amount", "months", "purpose", "applied_on", "recommended_on", "bank", *rules.CRITERIA, "due", "status",
            "granted", "answered_on", "reason"}  # fmt: skip
    for one in rules.templates():
        assert (set(one.heads), set(one.sheets)) == (keys, set(ListKind))
        assert len(set(one.heads.values())) == len(keys)
        assert one.source


def test_a_need_by_its_own_model_is_what_the_list_says(database):
    stage = staged(database, banks=1)
    with at(database, OFFICER) as desk:
        need = desk.get(Need, stage.need.id)
        (row,) = service.given(desk, A)
    assert (row.months, row.purpose, row.day) == (need.months, need.use, need.submitted_on)
    assert row.day == NOW.date()
