from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.access import Role
from financing.parties.model import Firm
from financing.parties.rules import COMPUTED, FROM_INVOICES, FROM_STATEMENTS
from financing.parties.stated import DECLARED, RECORDED, Known, declare, record, stated
from financing.refusals import NotAFact, NotAllowed, OutOfRange
from scoring.facts import FACTS, Source
from tests.makers import TODAY, a_firm, a_user, at, writing


@pytest.fixture
def people(sqlite_database):
    with writing(sqlite_database) as session:
        firm = a_firm(session)
        return firm.id, a_user(session, Role.SIGNATORY, firm_id=firm.id).actor, a_user(session, Role.OFFICER).actor


def test_what_is_called_computed_is_what_the_computations_give():
    from scoring.invoices import COLUMNS, facts
    from scoring.ratios import ratios
    from scoring.statements import Statement

    empty = facts(pl.DataFrame(schema=COLUMNS))
    assert set(empty.columns) - {"firm"} == FROM_INVOICES
    assert set(ratios(Statement(TODAY, {}))) == FROM_STATEMENTS


def test_every_fact_has_exactly_one_way_in():
    assert sorted([*COMPUTED, *DECLARED, *RECORDED]) == sorted(FACTS)


def test_what_was_recorded_is_read_back_with_source_and_day(sqlite_database, people):
    firm, owner, officer = people
    with at(sqlite_database, owner) as desk:
        declare(desk, desk.get(Firm, firm), {"owner_years": 12})
    with at(sqlite_database, officer) as desk:
        seen = {"tax_grade": "A", "dishonest_records": 0, "order_cover": Decimal("1.5"), "abnormal_operation": False}
        record(desk, desk.get(Firm, firm), seen, as_of=date(2026, 11, 1))
    with at(sqlite_database, officer) as desk:
        assert stated(desk.get(Firm, firm)) == {
            "owner_years": Known(12, Source.DECLARED, TODAY),
            "tax_grade": Known("A", Source.REGISTRY, date(2026, 11, 1)),
            "dishonest_records": Known(0, Source.REGISTRY, date(2026, 11, 1)),
            "order_cover": Known(Decimal("1.5"), Source.DOCUMENT, date(2026, 11, 1)),
            "abnormal_operation": Known(value=False, source=Source.REGISTRY, as_of=date(2026, 11, 1)),
        }
        record(desk, desk.get(Firm, firm), {"tax_grade": None}, as_of=TODAY)
        assert "tax_grade" not in stated(desk.get(Firm, firm))


def test_a_firm_cannot_give_itself_a_tax_grade_and_nobody_types_a_ratio(sqlite_database, people):
    firm, owner, officer = people
    with at(sqlite_database, owner) as desk:
        with pytest.raises(NotAllowed):
            record(desk, desk.get(Firm, firm), {"tax_grade": "A"}, as_of=TODAY)
        with pytest.raises(NotAFact):
            declare(desk, desk.get(Firm, firm), {"tax_grade": "A"})
    with at(sqlite_database, officer) as desk, pytest.raises(NotAFact):
        record(desk, desk.get(Firm, firm), {"debt_ratio": Decimal(10)}, as_of=TODAY)


@pytest.mark.parametrize(
    ("name", "value"), [("tax_grade", "E"), ("penalties", "many"), ("penalties", 10**16), ("abnormal_operation", 1)]
)
def test_a_value_that_the_fact_does_not_allow_is_refused(sqlite_database, people, name, value):
    firm, _, officer = people
    with at(sqlite_database, officer) as desk, pytest.raises(NotAFact):
        record(desk, desk.get(Firm, firm), {name: value}, as_of=TODAY)


def test_nothing_is_known_of_tomorrow(sqlite_database, people):
    firm, _, officer = people
    with at(sqlite_database, officer) as desk, pytest.raises(OutOfRange):
        record(desk, desk.get(Firm, firm), {"penalties": 0}, as_of=TODAY + timedelta(days=1))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6), st.dates())
def test_a_known_fact_survives_the_way_through_json(value, day):
    known = Known(value, Source.DOCUMENT, day)
    assert Known.from_json(FACTS["debt_ratio"], known.as_json()) == known
