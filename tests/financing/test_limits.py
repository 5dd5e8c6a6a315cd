"""I-03: no run of approvals, letters and releases, however many at once, passes a cap by one fen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM
from financing.case_refusals import LimitReached
from financing.db import new_id
from financing.guarantees import ledger, limits
from financing.guarantees.model import Limit, LimitTerm
from financing.guarantees.rules import Scope
from financing.money import Fen
from financing.parties.model import Firm, Guarantor
from financing.parties.rules import GuarantorKind, Support
from tests.makers import a_firm, a_guarantor, at, writing

#: By law the facility is ten times the net assets, one firm a tenth of them. The firms here are of medium size, so that the
#: facility counts them whole.
FACILITY, SINGLE, BANK = 3_000, 30, 7


@pytest.fixture
def guarantor(database):
    with writing(database) as session:
        return a_guarantor(session, net_assets=Fen(300))


@pytest.fixture
def firms(database):
    with writing(database) as session:
        return [a_firm(session, size="medium").id for _ in range(20)]


def asked(guarantor, firm, fen, support=Support.LETTER):
    return SimpleNamespace(id=new_id(), guarantor_id=guarantor.id, firm_id=firm, line=Fen(fen), support=support)


def tried(database, act, *given):
    """None, or the refusal."""
    try:
        with at(database, SYSTEM) as desk:
            act(desk, *given)
    except LimitReached as refusal:
        return refusal
    return None


def reserve(database, case):
    return tried(database, limits.reserve, case)


def stored(database):
    with writing(database) as session:
        return {(limit.scope, limit.owner_id): limit for limit in session.scalars(select(Limit))}


def already_used(database, guarantor, fen):
    """Lay so much upon the facility without a ledger; the limits so touched, this one and those of former examples."""
    with writing(database) as session:
        session.add(Limit(scope=Scope.FACILITY, owner_id=guarantor.id, cap=Fen(FACILITY), used=Fen(fen)))
        session.merge(LimitTerm(id=1, scope=Scope.SECTOR, owner_id=33, cap=Fen(10**9), basis="会议纪要"))
        session.flush()
        return set(ledger.differences(session))


def race(database, cases):
    with ThreadPoolExecutor(len(cases)) as pool:
        return list(pool.map(lambda case: reserve(database, case), cases))


def test_I03_of_twenty_at_once_asking_thirty_of_a_hundred_exactly_three_succeed(database, guarantor, firms):
    already_used(database, guarantor, FACILITY - 100)
    answers = race(database, [asked(guarantor, firm, 30) for firm in firms])
    assert answers.count(None) == 3
    refused = [answer.facts for answer in answers if answer is not None]
    assert refused == [{"scope": Scope.FACILITY, "asked": Fen(30), "free": Fen(10)}] * 17
    assert stored(database)[Scope.FACILITY, guarantor.id].reserved == Fen(90)


def test_I03_of_twenty_at_once_for_one_firm_its_single_limit_holds(database, guarantor, firms):
    answers = race(database, [asked(guarantor, firms[0], 9) for _ in range(20)])
    assert answers.count(None) == 3
    assert {answer.facts["scope"] for answer in answers if answer} == {Scope.FIRM}
    limit = stored(database)
    assert limit[Scope.FIRM, firms[0]].reserved == limit[Scope.FACILITY, guarantor.id].reserved == Fen(27)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 40)), min_size=2, max_size=6), st.integers(0, FACILITY))
def test_I03_whoever_comes_first_the_sums_stay_within_every_cap(database, wishes, used):
    with writing(database) as session:
        guarantor = a_guarantor(session, net_assets=Fen(300))
        firms = [a_firm(session, size="medium").id for _ in range(4)]
    before = already_used(database, guarantor, used)
    answers = race(database, [asked(guarantor, firms[firm], fen) for firm, fen in wishes])
    granted = [wish for wish, answer in zip(wishes, answers, strict=True) if answer is None]
    limit = stored(database)
    assert limit[Scope.FACILITY, guarantor.id].reserved.fen == sum(fen for _, fen in granted) <= FACILITY - used
    for firm in {firm for firm, _ in wishes}:
        held = sum(fen for owner, fen in granted if owner == firm)
        assert held <= SINGLE
        key = (Scope.FIRM, firms[firm])
        assert held == (limit[key].reserved.fen if key in limit else 0)
    for (_firm, fen), answer in zip(wishes, answers, strict=True):
        assert answer is None or answer.facts["free"].fen < fen
    with writing(database) as session:
        assert set(ledger.differences(session)) <= before  # only what the test itself had put there


def test_what_is_released_can_be_taken_again(database, guarantor, firms):
    case = asked(guarantor, firms[0], SINGLE)
    assert reserve(database, case) is None
    assert reserve(database, asked(guarantor, firms[0], SINGLE)).facts["free"] == Fen(0)
    with at(database, SYSTEM) as desk:
        limits.release(desk, case)
    assert reserve(database, asked(guarantor, firms[0], SINGLE)) is None


def test_a_refusal_leaves_no_trace_in_any_counter(database, guarantor, firms):
    assert reserve(database, asked(guarantor, firms[0], SINGLE + 1)).facts["scope"] is Scope.FIRM
    assert stored(database) == {}


def test_a_recommendation_takes_up_nothing(database, guarantor, firms):
    assert reserve(database, asked(guarantor, firms[0], FACILITY * 2, Support.RECOMMENDATION)) is None
    assert {limit.reserved for limit in stored(database).values()} == {Fen(0)}


def test_the_state_before_is_handed_back_in_the_order_of_the_locks(database, guarantor, firms):
    with at(database, SYSTEM) as desk:
        limits.reserve(desk, asked(guarantor, firms[0], 10))
        facility, sector, firm = limits.reserve(desk, asked(guarantor, firms[0], 20))
    assert (facility.scope, facility.reserved, facility.free, facility.asked) == (
        Scope.FACILITY,
        Fen(10),
        Fen(2_990),
        Fen(20),
    )
    assert (sector.scope, sector.cap) == (Scope.SECTOR, Fen(1_800))
    assert (firm.scope, firm.reserved, firm.free, firm.enough) == (Scope.FIRM, Fen(10), Fen(20), True)
    assert all(room.source for room in (facility, sector, firm))


def test_promises_outlive_shrunken_net_assets_but_nothing_is_added_to_them(database, guarantor, firms):
    assert reserve(database, asked(guarantor, firms[0], SINGLE)) is None
    with writing(database) as session:
        session.get_one(Guarantor, guarantor.id).net_assets = Fen(1)
    assert reserve(database, asked(guarantor, firms[1], 1)).facts == {
        "scope": Scope.FACILITY,
        "asked": Fen(1),
        "free": Fen(0),
    }
    with at(database, SYSTEM) as desk:
        one, firm = desk.session.get_one(Guarantor, guarantor.id), desk.session.get_one(Firm, firms[0])
        shrunken = limits.rooms(desk, one, firm, Fen(0))[0]
        assert shrunken.free == Fen(0)


@pytest.mark.parametrize("change", ["reserved = cap + 1", "used = -1", "reserved = -1, used = 1", "cap = -1"])
def test_I03_the_database_itself_refuses_to_pass_a_cap(database, guarantor, firms, change):
    assert reserve(database, asked(guarantor, firms[0], 1)) is None
    with pytest.raises(IntegrityError), writing(database) as session:
        session.execute(text(f"UPDATE exposure_limit SET {change}"))


@pytest.mark.parametrize(
    ("size", "wan", "counts"),
    [
        ("small", 500, 375),  # the bound is included
        ("micro", 100, 75),
        ("small", "500.000001", "500.000001"),  # beyond it the whole balance counts, not only what is beyond
        ("medium", 100, 100),
    ],
)
def test_a_small_firms_balance_weighs_three_quarters_up_to_the_bound(database, size, wan, counts):
    with writing(database) as session:
        guarantor, firm = a_guarantor(session), a_firm(session, size=size)
    assert reserve(database, SimpleNamespace(**vars(asked(guarantor, firm.id, 1)) | {"line": Fen.wan(wan)})) is None
    assert stored(database)[Scope.FACILITY, guarantor.id].reserved == Fen.wan(counts)


def test_a_second_contract_that_passes_the_bound_makes_the_first_weigh_whole(database):
    with writing(database) as session:
        guarantor, firm = a_guarantor(session), a_firm(session)
    for line, reserved in ((Fen.wan(400), Fen.wan(300)), (Fen.wan(200), Fen.wan(600))):
        case = asked(guarantor, firm.id, line.fen)
        assert reserve(database, case) is None
        assert stored(database)[Scope.FACILITY, guarantor.id].reserved == reserved
    with at(database, SYSTEM) as desk:
        limits.release(desk, case)
    assert stored(database)[Scope.FACILITY, guarantor.id].reserved == Fen.wan(300)


def test_a_letter_turns_what_it_covers_from_reserved_to_used_and_frees_the_rest(database, guarantor, firms):
    case = asked(guarantor, firms[0], 30)
    assert reserve(database, case) is None
    assert tried(database, limits.use, case, Fen(20), BANK) is None
    found = {key: (limit.reserved, limit.used) for key, limit in stored(database).items()}
    assert set(found.values()) == {(Fen(0), Fen(20))}
    assert {scope for scope, _ in found} == {Scope.FACILITY, Scope.SECTOR, Scope.FIRM, Scope.BANK}
    with at(database, SYSTEM) as desk:
        limits.release(desk, case)
    assert {(limit.reserved, limit.used) for limit in stored(database).values()} == {(Fen(0), Fen(0))}


def test_a_bank_takes_no_more_than_its_own_limit(database, guarantor, firms):
    with writing(database) as session:
        session.add(LimitTerm(scope=Scope.BANK, owner_id=BANK, cap=Fen(35), basis="会议纪要〔2026〕1号"))
    cases = [asked(guarantor, firm, 20) for firm in firms[:2]]
    assert [reserve(database, case) for case in cases] == [None, None]
    first, second = (tried(database, limits.use, case, Fen(20), BANK) for case in cases)
    assert first is None
    assert second.facts == {"scope": Scope.BANK, "asked": Fen(20), "free": Fen(15)}


def test_fifteen_times_count_only_while_small_firms_make_up_most_of_what_is_in_force(database, guarantor):
    with writing(database) as session:
        small, other = a_firm(session), a_firm(session, size="medium")
    for firm in (small, other):
        case = asked(guarantor, firm.id, 20)
        assert reserve(database, case) is None
        assert tried(database, limits.use, case, Fen(20), BANK) is None
        with at(database, SYSTEM) as desk:
            one = desk.session.get_one(Guarantor, guarantor.id)
            facility = limits.rooms(desk, one, firm, Fen(0))[0]
        # first every customer is small, then one of two: half of the balance, but not four fifths of the customers
        assert facility.cap == Fen(300 * (15 if firm is small else 10))


def test_related_parties_share_one_limit_and_take_their_balances_along(database, guarantor, firms):
    group, three = 77, firms[:3]
    with writing(database) as session:
        for firm in three[:2]:
            session.get_one(Firm, firm).group_id = group
    cases = {firm: asked(guarantor, firm, 20) for firm in three}
    assert [reserve(database, cases[firm]) for firm in (three[0], three[1])] == [None, None]
    assert reserve(database, asked(guarantor, three[1], 6)).facts == {
        "scope": Scope.GROUP,  # 15 per cent of 300
        "asked": Fen(6),
        "free": Fen(5),
    }
    assert reserve(database, cases[three[2]]) is None
    with at(database, SYSTEM) as desk:
        limits.regroup(desk, desk.session.get_one(Firm, three[2]), group)
    assert stored(database)[Scope.GROUP, group].reserved == Fen(60)  # promises made stand above the cap
    assert reserve(database, asked(guarantor, three[0], 1)).facts["scope"] is Scope.GROUP
    for case in cases.values():
        with at(database, SYSTEM) as desk:
            limits.release(desk, case)
    assert {limit.reserved for limit in stored(database).values()} == {Fen(0)}


def test_a_pool_bears_its_capital_times_the_agreed_multiple(database, guarantor, firms):
    with writing(database) as session:
        one = session.get_one(Guarantor, guarantor.id)
        one.kind, one.pool = GuarantorKind.RISK_POOL, Fen(2)
    assert reserve(database, asked(guarantor, firms[0], 15, Support.RISK_SHARING)) is None
    assert reserve(database, asked(guarantor, firms[1], 6, Support.RISK_SHARING)).facts == {
        "scope": Scope.POOL,
        "asked": Fen(6),
        "free": Fen(5),
    }


def test_I02_the_ledger_finds_a_counter_that_somebody_has_touched(database, guarantor, firms):
    assert reserve(database, asked(guarantor, firms[0], 30)) is None
    with writing(database) as session:
        assert ledger.differences(session) == {}
        session.execute(text("UPDATE exposure_limit SET reserved = reserved - 1 WHERE scope = 'firm'"))
        (gap,) = ledger.differences(session).values()
    assert {pot.value: fen for pot, fen in gap.items()} == {"reserved": Fen(-1), "used": Fen(0)}
