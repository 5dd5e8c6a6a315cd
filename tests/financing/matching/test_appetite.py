"""A bank's appetite: never matched outside what it declares, counted without telling anybody apart, kept version by version."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.access import Role
from financing.matching import appetite, shelf
from financing.matching import round as rounds
from financing.matching.appetite_rules import Limits, narrowed, periods
from financing.matching.model import Appetite
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Bank
from financing.refusals import NotAllowed, OutOfRange
from scoring import match as scoring
from scoring.match_rules import GRADES, NEEDS, PRODUCTS
from tests.financing.matching.stage import staged
from tests.makers import NOW, TODAY, a_firm, a_user, at, writing

WAN = 1_000_000
SECTION = {"3340": "C", "0111": "A", "5211": "F", "5810": "G"}


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2026, 11, 23), ["11-01 11-30", "12-01 12-31", "10-01 12-31", "01-01 03-31"]),
        (date(2026, 12, 31), ["12-01 12-31", "01-01 01-31", "10-01 12-31", "01-01 03-31"]),
        (date(2028, 2, 29), ["02-01 02-29", "03-01 03-31", "01-01 03-31", "04-01 06-30"]),
    ],
)
def test_this_period_and_the_next_can_be_declared_for(day, spans):
    assert [f"{one.starts:%m-%d} {one.ends:%m-%d}" for one in periods(day)] == spans


letters = st.lists(st.sampled_from("ACFG"), max_size=2, unique=True).map(tuple)
sizes = st.lists(st.sampled_from(["small", "micro", "medium"]), max_size=2, unique=True).map(tuple)
amount = st.none() | st.integers(0, 500).map(lambda wan: wan * WAN)
months = st.none() | st.integers(1, 40)
limits_ = st.builds(
    Limits, sections=letters, barred=letters, sizes=sizes, least=amount, most=amount, shortest=months, longest=months,
    grade=st.sampled_from(GRADES), guaranteed_only=st.booleans(),
)  # fmt: skip
needs_ = st.fixed_dictionaries({
    "need": st.just("1"), "amount_fen": st.integers(1, 500).map(lambda wan: wan * WAN), "months": st.integers(1, 40),
    "sector": st.sampled_from(sorted(SECTION)), "size": st.sampled_from(["small", "micro", "medium"]),
    "grade": st.sampled_from(GRADES), "guaranteed": st.booleans(), "purpose": st.just("equipment"),
    "rate_wish_ppm": st.none(), "day": st.just(TODAY),
})  # fmt: skip
products_ = st.fixed_dictionaries({
    "product": st.just("7"), "bank": st.just("8"), "least_fen": st.integers(1, 100).map(lambda wan: wan * WAN),
    "most_fen": st.integers(100, 500).map(lambda wan: wan * WAN), "least_months": st.integers(1, 12),
    "most_months": st.integers(12, 40), "sectors": st.sampled_from([[], ["C"], ["33"], ["A", "F"]]),
    "no_go": st.sampled_from([[], ["G"], ["334"]]), "sizes": st.sampled_from([[], ["small"], ["micro", "medium"]]),
    "lowest_grade": st.sampled_from(GRADES), "guarantee_required": st.booleans(), "purposes": st.just([]),
    "valid_from": st.none(), "valid_until": st.none(), "rate_ppm": st.just(40_000), "answer_days": st.none(),
})  # fmt: skip


def suits(need, limits):
    """A bank's declaration asked plainly of a need."""
    section = SECTION[need["sector"]]
    return (
        (not limits.sections or section in limits.sections)
        and section not in limits.barred
        and (not limits.sizes or need["size"] in limits.sizes)
        and (limits.least is None or need["amount_fen"] >= limits.least)
        and (limits.most is None or need["amount_fen"] <= limits.most)
        and (limits.shortest is None or need["months"] >= limits.shortest)
        and (limits.longest is None or need["months"] <= limits.longest)
        and GRADES.index(need["grade"]) >= GRADES.index(limits.grade)
        and (need["guaranteed"] or not limits.guaranteed_only)
    )


def matched(need, product):
    frames = pl.DataFrame([need], schema=NEEDS), pl.DataFrame([product], schema=PRODUCTS)
    return scoring.match(*frames).height == 1


@settings(max_examples=200)
@given(needs_, products_, limits_)
def test_a_product_is_matched_exactly_within_its_own_limits_and_the_banks(need, product, limits):
    assert matched(need, narrowed(product, limits)) is (matched(need, product) and suits(need, limits))


def stage_and_admin(database, banks=2):
    stage = staged(database, banks=banks)
    with writing(database) as session:
        admin = a_user(session, Role.BANK_ADMIN, bank_id=stage.banks[0].id).actor
    return stage, admin


def declares(stage, who, limits=Limits(), which=0, **volume):  # noqa: B008  frozen
    with stage.at(who) as desk:
        bank = desk.get(Bank, stage.banks[0].id)
        return appetite.declare(desk, bank, periods(TODAY)[which], limits, **volume)


def proposed_to(stage):
    with stage.at(stage.officer) as desk:
        return {fit.bank_id for fit in shelf.fits(desk, desk.get(Need, stage.need.id))}


def test_a_bank_that_looks_for_something_else_is_not_proposed(database):
    stage, admin = stage_and_admin(database)
    everybody = {bank.id for bank in stage.banks}
    assert proposed_to(stage) == everybody
    declares(stage, stage.bankers[0], Limits(barred=("C",)))
    assert proposed_to(stage) == everybody - {stage.banks[0].id}
    declares(stage, admin)  # the last version counts
    assert proposed_to(stage) == everybody
    with stage.at(admin) as desk:
        assert sorted(row.number for row in desk.all(Appetite)) == [1, 2]


def test_a_month_goes_before_the_quarter_it_lies_in_and_the_next_period_waits(database):
    stage, admin = stage_and_admin(database)
    declares(stage, admin, Limits(barred=("C",)), which=2)
    assert stage.banks[0].id not in proposed_to(stage)
    declares(stage, admin, which=0)
    assert stage.banks[0].id in proposed_to(stage)
    declares(stage, admin, Limits(barred=("C",)), which=1)
    assert stage.banks[0].id in proposed_to(stage)


def test_volume_used_up_takes_the_bank_out_and_says_why(database):
    stage, admin = stage_and_admin(database)
    declares(stage, admin, number=0)
    assert stage.banks[0].id not in proposed_to(stage)
    with stage.at(stage.officer) as desk:
        out = shelf.excluded(desk, desk.get(Need, stage.need.id))
        assert ["volume" in line.limits for line in out] == [True]
    declares(stage, admin, volume=stage.need.amount)
    assert stage.banks[0].id in proposed_to(stage)
    declares(stage, admin, volume=stage.need.amount - Fen(1))
    assert stage.banks[0].id not in proposed_to(stage)


def test_what_is_on_its_way_counts_against_the_volume(database):
    stage, admin = stage_and_admin(database)
    row = declares(stage, admin, volume=Fen.wan(200), number=3)
    stage.proposed()
    with stage.at(admin) as desk:
        found = appetite.left(desk, desk.get(Appetite, row.id))
        assert (found.fen, found.number) == (Fen.wan(80).fen, 2)


def test_a_round_takes_no_more_than_the_bank_declared(database):
    stage, admin = stage_and_admin(database, banks=1)
    declares(stage, admin, volume=Fen.wan(500), number=1)
    with stage.at(stage.officer) as desk:
        table = rounds._limits(desk, rounds.Asked(1, {stage.banks[0].id: 5}))
        assert table.row(0, named=True) == {"bank": str(stage.banks[0].id), "most_fen": Fen.wan(500).fen, "most": 1}
        found = rounds.compare(desk, rounds.Asked(1, {stage.banks[0].id: 5}))
        assert [bank.most for bank in found.banks] == [1]


def test_only_the_banks_own_people_declare_and_only_they_and_the_zone_see(database):
    stage, admin = stage_and_admin(database)
    for other in (stage.officer, stage.bankers[1], stage.signatory):
        with pytest.raises(NotAllowed):
            declares(stage, other)
    declares(stage, admin)
    for who, sees in (
        (admin, 1),
        (stage.bankers[0], 1),
        (stage.officer, 1),
        (stage.bankers[1], 0),
        (stage.signatory, 0),
    ):
        with stage.at(who) as desk:
            assert len(desk.all(Appetite)) == sees


@pytest.mark.parametrize("limits", [Limits(least=2, most=1), Limits(shortest=13, longest=12)])
def test_limits_that_contradict_each_other_are_refused(sqlite_database, limits):
    stage, admin = stage_and_admin(sqlite_database)
    with pytest.raises(OutOfRange):
        declares(stage, admin, limits)


def test_fewer_needs_than_k_are_not_counted_out(database):
    stages = [staged(database, banks=1) for _ in range(5)]
    with writing(database) as session:
        for _ in range(6):
            a_firm(session)
    banker = stages[0].bankers[0]
    with at(database, banker, NOW) as desk:
        assert (appetite.fitting(desk, Limits()).number, appetite.fitting(desk, Limits()).least) == (5, 5)
        assert appetite.fitting(desk, Limits(sections=("A",))).number is None
        assert appetite.fitting(desk, Limits(barred=("C",))).number is None
    with at(database, stages[0].signatory, NOW) as desk:
        desk.get(Need, stages[0].need.id).state = "withdrawn"
    with at(database, banker, NOW) as desk:
        assert appetite.fitting(desk, Limits()).number is None


def test_trying_limits_tells_no_more_than_bands(database):
    """A need of 120万元 counts for every limit that touches its band, and for none that does not: no search finds the amount."""
    stages = [staged(database, banks=1) for _ in range(5)]
    with at(database, stages[0].bankers[0], NOW) as desk:
        counts = {
            wan: appetite.fitting(desk, Limits(least=wan * WAN)).number for wan in (101, 119, 120, 121, 150, 199, 200)
        }
        assert set(counts.values()) == {5}
