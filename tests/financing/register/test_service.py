"""The register against the counters of the limits on both databases; figures typed by two people; alarms that ring once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.outbox import Outgoing
from financing.refusals import Incomplete, NotAllowed, NotFound, OutOfRange, WrongState
from financing.register import ledger, service, views
from financing.register.lines import OUTSIDE
from financing.register.model import RatioAlarm, ReturnFigures
from financing.register.policy import Ratio
from financing.register.rules import RegisterState
from financing.register_refusals import FiguresOpen, FiguresWrong
from tests.financing.letters.conftest import chosen
from tests.makers import NOW, TODAY, a_user, at, writing

OCTOBER = date(2026, 10, 31)


@pytest.fixture
def letters(database):
    return chosen(database)


@pytest.fixture
def officers(database):
    with writing(database) as session:
        return [a_user(session, Role.OFFICER).actor for _ in range(2)]


def standing(letters, day=TODAY, actor=SYSTEM):
    with at(letters.database, actor, NOW + timedelta(days=max(0, (day - TODAY).days)), write=False) as desk:
        return views.standing(desk, day)


def test_I02_after_every_step_the_register_is_the_counters_to_the_fen(letters):
    assert standing(letters).register.rows == ()
    made = letters.issued()
    whole = made.amount
    steps = [
        lambda: letters.repays(made, Fen(1)),
        lambda: letters.repays(made, Fen(whole.fen // 3)),
        lambda: letters.books(made, EntryKind.COMPENSATED, Fen(whole.fen // 4)),
        lambda: letters.books(made, EntryKind.RECOVERED, Fen(7)),
        lambda: letters.books(made, EntryKind.LOST, Fen(11)),
        lambda: letters.releases(made),
    ]
    for step in (lambda: None, *steps):
        step()
        found, stored = standing(letters), letters.now(made)
        assert (found.proof.balance, found.proof.weighted, found.proof.reserved) == (Fen(0), Fen(0), Fen(0))
        assert found.register.balance == stored.balance
    assert standing(letters).register.rows == ()
    with at(letters.database, SYSTEM) as desk:
        assert ledger.book(desk).on(TODAY - timedelta(days=1)).rows == ()


def test_a_counter_that_somebody_touched_shows_as_a_difference(letters):
    letters.issued()
    with writing(letters.database) as session:
        session.execute(text("UPDATE exposure_limit SET used = used - 5 WHERE scope = 'firm'"))
    assert standing(letters).proof.balance == Fen(-5)


def test_the_register_takes_size_and_industry_as_the_committee_sealed_them(letters):
    made = letters.issued()
    before = standing(letters).register
    with writing(letters.database) as session:
        session.execute(text(f"UPDATE firm SET size = 'large', industry = '0111' WHERE id = {made.firm_id}"))
    assert standing(letters).register == before
    (row,) = before.rows
    assert (row.letter.small, row.state) == (True, RegisterState.IN_FORCE)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.SYSTEM}]
)
def test_neither_banks_nor_firms_nor_anybody_else_reads_the_register(letters, role):
    letters.issued()
    with pytest.raises(NotFound):
        standing(letters, actor=Actor(5, role, firm_id=letters.stage.firm.id, bank_id=1))


def test_leaders_see_numbers_without_the_firms_behind_them(letters):
    letters.issued()
    assert [standing(letters, actor=Actor(5, role)).named for role in (Role.OFFICER, Role.AUDITOR, Role.LEADER)] == [
        True, True, False,
    ]  # fmt: skip


# --- figures -------------------------------------------------------------------------------------------------------------
def typed(database, officer, figures=None, *, month=OCTOBER, nothing_outside=False):
    with at(database, officer) as desk:
        return service.type_figures(desk, month, figures or {"total_assets": 21_000}, nothing_outside=nothing_outside)


def decides(database, officer, made, answer=None):
    with at(database, officer) as desk:
        here = desk.get(ReturnFigures, made.id)
        if answer is None:
            service.confirm(desk, here)
        else:
            service.turn_down(desk, here, answer)


def said(database, month=OCTOBER):
    with at(database, SYSTEM, write=False) as desk:
        return {one.line.key: one.now.value for one in views.monthly(desk, month).lines}


def test_I20_typed_figures_count_only_once_another_officer_has_confirmed_them(database, officers):
    made = typed(database, officers[0], nothing_outside=True)
    assert said(database)["total_assets"] is None
    with pytest.raises(SamePerson):
        decides(database, officers[0], made)
    with pytest.raises(NotAllowed), at(database, Actor(9, Role.LEADER)) as desk:
        service.confirm(desk, desk.get(ReturnFigures, made.id))
    decides(database, officers[1], made)
    found = said(database)
    assert (found["total_assets"], found["issued_bond"], found["income"]) == (21_000, 0, None)
    with pytest.raises(WrongState):
        decides(database, officers[1], made)


def test_I20_the_database_itself_keeps_one_person_from_both_parts_and_a_confirmed_figure_as_it_is(database, officers):
    made = typed(database, officers[0])
    for change in (f"state = 'confirmed', decided_by = {officers[0].id}", "state = 'confirmed'"):
        with pytest.raises(IntegrityError), writing(database) as session:
            session.execute(text(f"UPDATE return_figure SET {change}"))
    decides(database, officers[1], made)
    for statement in ("UPDATE return_figure SET figures = '{}'", "DELETE FROM return_figure"):
        with pytest.raises(IntegrityError, match="wall"), writing(database) as session:
            session.execute(text(statement))


def test_a_correction_is_a_new_figure_and_the_newest_confirmed_one_counts(database, officers):
    first, second = officers
    decides(database, second, typed(database, first))
    again = typed(database, second, {"total_assets": 22_000, "taxes": 3})
    with pytest.raises(FiguresOpen):
        typed(database, first)
    decides(database, first, again, "资产总额与审计报告不符")
    assert said(database)["total_assets"] == 21_000
    with at(database, second, NOW + timedelta(hours=1)) as desk:
        newer = service.type_figures(desk, OCTOBER, {"total_assets": 22_500}, nothing_outside=False)
    with at(database, first, NOW + timedelta(hours=2)) as desk:
        service.confirm(desk, desk.get(ReturnFigures, newer.id))
    assert said(database)["total_assets"] == 22_500


def test_figures_that_cannot_be_are_refused_by_name(database, officers):
    for refusal, asked in (
        (FiguresWrong, {"figures": {"total_assets": -1}}),
        (FiguresWrong, {"figures": {"income": 1, "fee_income": 2}}),
        (OutOfRange, {"month": TODAY}),  # not over yet
        (Incomplete, {"figures": {"issued_loan": 5}}),  # the ledger's own
    ):
        with pytest.raises(refusal):
            typed(database, officers[0], **asked)


def test_a_typed_nought_is_said_by_somebody_and_never_assumed(database, officers):
    decides(database, officers[1], typed(database, officers[0], {"staff_other": 0}))
    found = said(database)
    assert found["staff_other"] == 0
    assert {found[key] for key in OUTSIDE} == {None}


# --- alarms ---------------------------------------------------------------------------------------------------------------
def watches(database, now=NOW):
    with at(database, SYSTEM, now) as desk:
        return service.watch(desk)


def test_an_alarm_rings_once_however_often_the_day_is_run_and_ends_when_the_bar_is_kept_again(letters):
    made = letters.issued()
    letters.books(made, EntryKind.COMPENSATED, Fen(made.amount.fen // 2))
    assert watches(letters.database) > 0
    assert [watches(letters.database), watches(letters.database, NOW + timedelta(days=1))] == [0, 0]
    with writing(letters.database) as session:
        rings = {alarm.ratio: alarm.until for alarm in session.scalars(select(RatioAlarm))}
        told = [
            row.payload["to"] for row in session.scalars(select(Outgoing)) if row.payload.get("code") == Act.RAISE_ALARM
        ]
    assert rings[Ratio.COMPENSATION_YEAR] is None
    assert sorted(to["role"] for to in told) == sorted(["officer", "leader"] * len(rings))
    next_year = NOW + timedelta(days=60)
    watches(letters.database, next_year)  # nothing was paid or ended in the new year
    with writing(letters.database) as session:
        ended = session.scalars(select(RatioAlarm).where(RatioAlarm.ratio == Ratio.COMPENSATION_YEAR)).one()
    assert ended.until == (TODAY + timedelta(days=60))
