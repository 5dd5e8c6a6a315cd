"""No run of approvals, however many at once, passes a cap (I-03)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM
from financing.case_refusals import LimitReached
from financing.guarantees import limits
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.money import Fen
from financing.parties.model import Guarantor
from financing.parties.rules import Support
from tests.makers import a_guarantor, at, writing

#: By law the facility is ten times the net assets, one firm a tenth of them.
FACILITY, SINGLE = 3_000, 30


@pytest.fixture
def guarantor(database):
    with writing(database) as session:
        return a_guarantor(session, net_assets=Fen(300))


def asked(guarantor, firm, fen, support=Support.LETTER):
    return SimpleNamespace(guarantor_id=guarantor.id, firm_id=firm, line=Fen(fen), support=support)


def reserve(database, case):
    """None, or the refusal."""
    try:
        with at(database, SYSTEM) as desk:
            limits.reserve(desk, case)
    except LimitReached as refusal:
        return refusal
    return None


def stored(database):
    with writing(database) as session:
        return {(limit.scope, limit.owner_id): limit for limit in session.scalars(select(Limit))}


def already_used(database, guarantor, fen):
    with writing(database) as session:
        session.execute(delete(Limit))
        session.add(Limit(scope=Scope.FACILITY, owner_id=guarantor.id, cap=Fen(FACILITY), used=Fen(fen)))


def race(database, cases):
    with ThreadPoolExecutor(len(cases)) as pool:
        return list(pool.map(lambda case: reserve(database, case), cases))


def test_of_twenty_at_once_asking_thirty_of_a_hundred_exactly_three_succeed(database, guarantor):
    already_used(database, guarantor, FACILITY - 100)
    answers = race(database, [asked(guarantor, firm, 30) for firm in range(20)])
    assert answers.count(None) == 3
    refused = [answer.facts for answer in answers if answer is not None]
    assert refused == [{"scope": Scope.FACILITY, "asked": Fen(30), "free": Fen(10)}] * 17
    assert stored(database)[Scope.FACILITY, guarantor.id].reserved == Fen(90)


def test_of_twenty_at_once_for_one_firm_its_single_limit_holds(database, guarantor):
    answers = race(database, [asked(guarantor, 7, 9) for _ in range(20)])
    assert answers.count(None) == 3
    assert {answer.facts["scope"] for answer in answers if answer} == {Scope.FIRM}
    limit = stored(database)
    assert limit[Scope.FIRM, 7].reserved == limit[Scope.FACILITY, guarantor.id].reserved == Fen(27)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 40)), min_size=2, max_size=6), st.integers(0, FACILITY))
def test_whoever_comes_first_the_sums_stay_within_every_cap(database, guarantor, wishes, used):
    already_used(database, guarantor, used)
    answers = race(database, [asked(guarantor, firm, fen) for firm, fen in wishes])
    granted = [wish for wish, answer in zip(wishes, answers, strict=True) if answer is None]
    limit = stored(database)
    assert limit[Scope.FACILITY, guarantor.id].reserved.fen == sum(fen for _, fen in granted) <= FACILITY - used
    for firm in {firm for firm, _ in wishes}:
        held = sum(fen for owner, fen in granted if owner == firm)
        assert held <= SINGLE
        assert held == (limit[Scope.FIRM, firm].reserved.fen if (Scope.FIRM, firm) in limit else 0)
    for (_firm, fen), answer in zip(wishes, answers, strict=True):
        assert answer is None or answer.facts["free"].fen < fen


def test_what_is_released_can_be_taken_again(database, guarantor):
    case = asked(guarantor, 1, SINGLE)
    assert reserve(database, case) is None
    assert reserve(database, case).facts == {"scope": Scope.FIRM, "asked": Fen(SINGLE), "free": Fen(0)}
    with at(database, SYSTEM) as desk:
        limits.release(desk, case)
    assert reserve(database, case) is None


def test_a_refusal_leaves_no_trace_in_any_counter(database, guarantor):
    assert reserve(database, asked(guarantor, 1, SINGLE + 1)).facts["scope"] is Scope.FIRM
    assert stored(database) == {}


def test_a_recommendation_takes_up_nothing(database, guarantor):
    assert reserve(database, asked(guarantor, 1, FACILITY * 2, Support.RECOMMENDATION)) is None
    assert {limit.reserved for limit in stored(database).values()} == {Fen(0)}


def test_the_state_before_is_handed_back_in_the_order_of_the_locks(database, guarantor):
    with at(database, SYSTEM) as desk:
        limits.reserve(desk, asked(guarantor, 1, 10))
        facility, firm = limits.reserve(desk, asked(guarantor, 1, 20))
    assert (facility.scope, facility.reserved, facility.free, facility.asked) == (
        Scope.FACILITY,
        Fen(10),
        Fen(2_990),
        Fen(20),
    )
    assert (firm.scope, firm.reserved, firm.free, firm.enough) == (Scope.FIRM, Fen(10), Fen(20), True)


def test_promises_outlive_shrunken_net_assets_but_nothing_is_added_to_them(database, guarantor):
    assert reserve(database, asked(guarantor, 1, SINGLE)) is None
    with writing(database) as session:
        session.get_one(Guarantor, guarantor.id).net_assets = Fen(1)
    assert reserve(database, asked(guarantor, 2, 1)).facts == {"scope": Scope.FACILITY, "asked": Fen(1), "free": Fen(0)}
    with at(database, SYSTEM) as desk:
        shrunken, _ = limits.rooms(desk, desk.session.get_one(Guarantor, guarantor.id), 1, Fen(0))
        assert shrunken.free == Fen(0)


@pytest.mark.parametrize("change", ["reserved = cap + 1", "used = -1", "reserved = -1, used = 1", "cap = -1"])
def test_the_database_itself_refuses_to_pass_a_cap(database, guarantor, change):
    assert reserve(database, asked(guarantor, 1, 1)) is None
    with pytest.raises(IntegrityError), writing(database) as session:
        session.execute(text(f"UPDATE exposure_limit SET {change}"))
