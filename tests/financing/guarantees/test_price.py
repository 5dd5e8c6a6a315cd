"""Cover and fee follow the published table, the guarantor's terms and the cap of the law, to the fen (F39)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from financing.credit.model import Assessment
from financing.guarantees import limits, price, pricing, service
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.security_rules import SecurityKind as K
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.parties.model import Guarantor
from financing.parties.rules import GuarantorKind, Support
from financing.price_refusals import NoPrice
from scoring.card import cards
from scoring.dated import DatedFault
from tests.makers import NOW, TODAY, a_bank, at, writing

HIGH = {"own_share": Rate.percent(80), "own_fee": Rate.percent(5)}
#: Grade, completed years, amount, months -> share, yearly fee, a year's fee, the whole term's: reckoned by hand from the table of 2026.
BY_HAND = [
    ("A", 0, "1200000", 12, "80", "0.8", "9600.00", "9600.00"),
    ("A", 1, "1200000", 18, "80", "0.7", "8400.00", "12600.00"),
    ("A", 2, "1200000", 7, "80", "0.7", "8400.00", "4900.00"),
    ("A", 3, "999999.99", 11, "80", "0.6", "6000.00", "5500.00"),  # 5 999.99994 and 5 499.999945
    ("AAA", 0, "5000000", 36, "80", "0.5", "25000.00", "75000.00"),
    ("AAA", 3, "5000000", 1, "70", "0.4", "20000.00", "1666.67"),  # 1 666.6666…
    ("AA", 7, "333333.33", 5, "70", "0.5", "1666.67", "694.44"),  # 1 666.66665 and 694.444…
    ("BBB", 0, "0.01", 60, "80", "1", "0.00", "0.00"),
    ("BBB", 0, "1000000.05", 1, "80", "1", "10000.00", "833.33"),
]


def of(grade="A", years=0, amount="1200000", months=12, on=TODAY, support=Support.LETTER, **own):
    return price.priced(
        on, support=support, amount=Fen.yuan(amount), months=months, grade=grade, years=years, **HIGH | own
    )


@pytest.mark.parametrize(("grade", "years", "amount", "months", "share", "fee", "yearly", "whole"), BY_HAND)
def test_a_price_by_hand(grade, years, amount, months, share, fee, yearly, whole):
    found = of(grade, years, amount, months)
    assert (found.share, found.fee) == (Rate.percent(share), Rate.percent(fee))
    assert (found.yearly, found.whole) == (Fen.yuan(yearly), Fen.yuan(whole))


@given(
    st.sampled_from([row.grade for row in price.published(TODAY).rows]), st.integers(0, 50), st.integers(1, 10**12),
    st.integers(1, 360), st.integers(0, 10**6), st.integers(0, 10**6),
)  # fmt: skip
def test_no_price_passes_the_table_the_guarantor_or_the_law_and_every_sum_is_the_exact_one_rounded(
    grade, years, fen, months, share, fee
):
    found = price.priced(
        TODAY,
        support=Support.LETTER,
        amount=Fen(fen),
        months=months,
        grade=grade,
        years=years,
        own_share=Rate(share),
        own_fee=Rate(fee),
    )
    assert found.fee.ppm == min(found.table_fee.ppm, fee, 10_000)
    assert found.share.ppm == min(found.table_share.ppm, share)
    exact = Fraction(fen * found.fee.ppm * months, 12 * 10**6)
    assert abs(found.whole.fen - exact) <= Fraction(1, 2)
    assert price.read(found.stored(), support=Support.LETTER, amount=Fen(fen), months=months) == found


def test_a_recommendation_covers_and_costs_nothing():
    found = of(support=Support.RECOMMENDATION)
    assert (found.share, found.fee, found.whole, found.covered) == (Rate(0), Rate(0), Fen(0), Fen(0))


def test_a_grade_the_table_does_not_hold_is_refused_by_name():
    with pytest.raises(NoPrice) as refusal:
        of("C")
    assert refusal.value.facts == {"grade": "C", "since": date(2026, 1, 1)}
    with pytest.raises(DatedFault):
        price.published(date(2025, 12, 31))


def test_every_published_table_is_sound():
    """Better grades and longer use never cost more or ask more; nothing is above the cap; what may be guaranteed has a row."""
    table = price.published(TODAY)
    assert table.years[0] == 0 and list(table.years) == sorted(set(table.years))
    grades = list(cards("credit")[0].grades)
    assert [row.grade for row in table.rows] == grades[: len(table.rows)]
    assert {grade for grade, most in cards("credit")[0].ceilings.items() if most} <= {row.grade for row in table.rows}
    for better, worse in zip(table.rows, table.rows[1:], strict=False):
        assert all(a <= b for a, b in zip(better.fees, worse.fees, strict=True))
        assert set(better.security.kinds) <= set(worse.security.kinds) and better.security.share <= worse.security.share
    for row in table.rows:
        assert len(row.fees) == len(row.shares) == len(table.years)
        assert list(row.fees) == sorted(row.fees, reverse=True) and max(row.fees) <= table.most
        assert max(row.shares).ppm <= 800_000  # the bank bears a fifth at least
        assert K.NOTHING not in row.security.kinds


DAY = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("changes", "days", "years"),
    [
        ([], 4_000, 0),
        ([(0, 100)], 364, 0),
        ([(0, 100)], 365, 1),
        ([(0, 100), (200, -100)], 4_000, 0),
        ([(0, 100), (200, -100), (1_000, 50), (1_165, -50)], 4_000, 1),  # 200 + 165 days
        ([(0, 100), (10, 100), (300, -100), (365, -100)], 4_000, 1),  # two at once count once
        ([(0, 100), (1_094, -100)], 4_000, 2),
    ],
)
def test_years_of_use_are_whole_years_in_which_something_was_in_force(changes, days, years):
    moved = [(DAY + timedelta(days=day), Fen(change)) for day, change in changes]
    assert price.years_of_use(moved, DAY + timedelta(days=days)) == years
    assert price.years_of_use(reversed(moved), DAY + timedelta(days=days)) == years


def test_a_case_takes_share_and_fee_from_the_table_and_keeps_how(zone):
    case = zone.get(GuaranteeCase, zone.case().id)
    assert (case.share, case.fee) == (
        Rate.percent(80),
        Rate.percent("0.8"),
    )  # grade A, first use; the guarantor's own are 80 and 1
    kept = pricing.of_case(case)
    assert (kept.grade, kept.years, kept.whole) == ("A", 0, Fen.yuan(9_600))


def test_the_guarantors_own_terms_are_never_passed(zone):
    with writing(zone.database) as session:
        own = session.get_one(Guarantor, zone.guarantor.id)
        own.share, own.fee = Rate.percent(60), Rate.percent("0.5")
    case = zone.get(GuaranteeCase, zone.case().id)
    assert (case.share, case.fee) == (Rate.percent(60), Rate.percent("0.5"))


def test_a_firm_that_has_used_a_guarantee_for_a_year_pays_less(zone):
    first = zone.case()
    zone.meeting(first)
    for user in zone.everybody:
        zone.votes(first, user)
    zone.seals(first)
    with writing(zone.database) as session:
        bank = a_bank(session).id
    with at(zone.database, zone.officer.actor) as desk:
        limits.use(desk, desk.get(GuaranteeCase, first.id), Fen.wan(100), bank)
    for days, years in ((364, 0), (365, 1)):
        with at(zone.database, zone.officer.actor, NOW + timedelta(days=days)) as desk:
            assert pricing.used(desk, first.firm_id) == years
    with at(zone.database, zone.officer.actor, NOW + timedelta(days=30)) as desk:
        limits.release(desk, desk.get(GuaranteeCase, first.id))
    with at(zone.database, zone.officer.actor, NOW + timedelta(days=4_000)) as desk:
        assert pricing.used(desk, first.firm_id) == 0  # thirty days


def test_no_case_is_opened_on_a_grade_without_a_row(zone):
    need = zone.need()
    with writing(zone.database) as session:
        old = session.query(Assessment).filter_by(need_id=need.id).one()
        facts = {c.name: getattr(old, c.name) for c in Assessment.__table__.columns if c.name not in {"id", "version"}}
        session.add(Assessment(**facts | {"grade": "Z", "assessed_at": NOW + timedelta(seconds=1)}))
    with at(zone.database, zone.officer.actor, NOW + timedelta(minutes=1)) as desk, pytest.raises(NoPrice):
        service.open_case(desk, desk.get(Need, need.id), opinion="建议同意")


def test_what_a_sealed_case_costs_stands_in_the_record(zone):
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    record = zone.seals(case).record
    assert record["price"] == zone.get(GuaranteeCase, case.id).price
    assert (record["case"]["share"], record["case"]["fee"]) == (800_000, 8_000)
    assert record["sharing"] == {"agreement": None, "shares": {"guarantor": 800_000, "bank": 200_000}}
    with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
        session.execute(text("UPDATE guarantee_case SET fee = 1"))


def test_a_guarantor_that_only_recommends_charges_nothing(zone):
    need = zone.need()
    with at(zone.database, zone.officer.actor) as desk:
        own = desk.find(Guarantor)
        own.kind = GuarantorKind.CORPORATE_ONE_OFF
        cost = pricing.of_need(desk, desk.get(Need, need.id), own, "A")
    assert (cost.fee, cost.share) == (Rate(0), Rate(0))
