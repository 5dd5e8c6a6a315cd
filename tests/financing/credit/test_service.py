from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.access import Role
from financing.case_refusals import NoFacts
from financing.credit import books, service, views
from financing.credit.model import Assessment
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers import service as papers
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.parties.stated import Known, record
from financing.refusals import NotAllowed, WrongState
from scoring.card import card
from scoring.facts import Source
from scoring.sheet import Sheet, sheet
from tests.makers import NOW, TODAY, a_firm, a_need, a_paper, a_user, at, writing

YEAR_2025 = {
    "assets": 1_000, "liabilities": 400, "current_assets": 600, "current_liabilities": 300, "inventory": 200, "receivables": 100,
    "revenue": 1_200, "cost": 900, "net_profit": 60, "profit_before_tax": 80, "interest": 20, "equity": 600, "operating_cash_flow": 60,
}  # fmt: skip
YEAR_2024 = {"receivables": 100, "inventory": 200, "assets": 900, "revenue": 1_000, "net_profit": 50}
#: What a person with a pencil gets from the two years, and the points of the card of 2026-01-01 for each.
BY_HAND = {
    "debt_ratio": (Decimal(40), 6),  # 400 / 1000
    "current_ratio": (Decimal(2), 5),  # 600 / 300
    "quick_ratio": (Decimal(400) / 300, 3),
    "interest_cover": (Decimal(5), 4),  # (80 + 20) / 20
    "net_margin": (Decimal(5), 3),  # 60 / 1200
    "receivable_turnover": (Decimal(12), 4),  # 1200 / 100
    "operating_cash_ratio": (Decimal(5), 4),  # 60 / 1200
    "revenue_growth": (Decimal(20), 5),  # 200 / 1000
}


def wan(lines):
    return {code: Fen.wan(amount) for code, amount in lines.items()}


def months(first, number, amount):
    """One sale to one of ten customers in every month."""
    return [
        ("E1", "out", f"{n:08d}", f"B{n % 10}", date(first + n // 12, n % 12 + 1, 15), amount, 0, amount, False)
        for n in range(number)
    ]


def frame(rows):
    return pl.DataFrame(
        rows,
        schema=("firm", "side", "number", "counterparty", "day", "amount_fen", "tax_fen", "total_fen", "void"),
        orient="row",
    )


@pytest.fixture
def officer(database):
    with writing(database) as session:
        return a_user(session, Role.OFFICER).actor


def a_case(database, officer, *, statements=(), invoices=None, **facts):
    """An accepted need of a firm with these books; its id."""
    with writing(database) as session:
        firm = a_firm(session, founded_on=date(2015, 3, 1))
        need = a_need(session, firm, state=NeedState.ACCEPTED, submitted_on=TODAY, officer_id=officer.id, **facts).id
        kinds = [PaperKind.STATEMENTS] * len(statements) + [PaperKind.INVOICES] * (invoices is not None)
        on_file = [a_paper(session, firm, kind=kind).id for kind in kinds]
    with at(database, officer) as desk:
        for paper, years in zip(on_file, statements, strict=False):
            papers.keep_statements(desk, desk.get(Paper, paper), years)
        if invoices is not None:
            papers.keep_invoices(desk, desk.get(Paper, on_file[-1]), invoices)
    return need


def assess(database, officer, need):
    with at(database, officer) as desk:
        return service.assess(desk, desk.get(Need, need))


def test_statements_give_the_points_a_pencil_gives(database, officer):
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025), 2024: wan(YEAR_2024)}])
    found = assess(database, officer, need)
    lines = {line["fact"]: line for line in found.sheet["lines"]}
    assert found.card == "credit"
    for fact, (value, points) in BY_HAND.items():
        assert Decimal(str(lines[fact]["value"])) == pytest.approx(value, rel=Decimal("1e-12")), fact
        assert lines[fact]["points"] == points, fact
        assert found.facts[fact]["as_of"] == "2025-12-31" and found.facts[fact]["source"] == "document"
    assert lines["years_in_business"]["value"] == 11 and lines["years_in_business"]["points"] == 4
    assert (
        found.total
        == sum(points for _, points in BY_HAND.values()) + 4
        == sum(line["points"] for line in found.sheet["lines"])
    )
    assert found.insufficient and not found.qualified and found.ceiling == Fen(0)


def test_what_an_officer_recorded_counts_with_its_source(database, officer):
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}])
    with at(database, officer) as desk:
        firm = desk.get(Firm, desk.get(Need, need).firm_id)
        record(desk, firm, {"tax_grade": "A", "dishonest_records": 1}, as_of=TODAY)
    found = assess(database, officer, need)
    assert found.facts["tax_grade"] == {"value": "A", "source": "registry", "as_of": "2026-11-23"}
    assert next(line["points"] for line in found.sheet["lines"] if line["key"] == "tax_grade") == 8
    assert found.vetoed and not found.qualified


def test_without_statements_the_invoice_card_counts(database, officer):
    need = a_case(database, officer, invoices=frame(months(2024, 34, 100_000_000)))
    found = assess(database, officer, need)
    lines = {line["fact"]: (line["value"], line["points"]) for line in found.sheet["lines"]}
    assert found.card == "invoices"
    assert lines == {
        "average_sales": (1_133_333_333, 7),  # 34 months of 100万元 in three years
        "typical_month": (100_000_000, 8),
        "sales_variation": ("0.0", 10),
        "steady_months": (24, 10),
        "active_months": (34, 16),
        "longest_gap": (0, 20),
        "customers": (10, 3),
        "repeat_customers": (2, 1),  # twelve sales to ten customers
        "effective_customers": ("9.0", 4),  # 12² / (8 · 1² + 2 · 2²)
    }
    assert (found.total, found.grade, found.qualified, found.ceiling) == (79, "A", True, Fen.wan(300))
    assert found.facts["annual_sales"] == {"value": 1_200_000_000, "source": "document", "as_of": "2026-11-23"}


def test_a_firm_that_stopped_invoicing_is_not_scored_on_its_past(database, officer):
    found = assess(database, officer, a_case(database, officer, invoices=frame(months(2021, 36, 100_000_000))))
    assert found.vetoed and not found.qualified


def test_rows_that_two_exports_share_count_once(database, officer):
    rows = frame(months(2024, 34, 100_000_000))
    need = a_case(database, officer, invoices=rows)
    with at(database, officer) as desk:
        firm = desk.get(Firm, desk.get(Need, need).firm_id)
        papers.keep_invoices(desk, a_paper(desk.session, firm), rows)
    found = assess(database, officer, need)
    assert found.facts["annual_sales"]["value"] == 1_200_000_000
    assert found.facts["duplicate_rows"]["value"] == 34


def test_the_newer_paper_of_a_year_counts_whole(database, officer):
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}])
    with at(database, officer) as desk:
        firm = desk.get(Firm, desk.get(Need, need).firm_id)
        newer = a_paper(desk.session, firm, kind=PaperKind.STATEMENTS, added_at=datetime(2026, 11, 23, 2, tzinfo=UTC))
        papers.keep_statements(desk, newer, {2025: wan({"assets": 1_000, "liabilities": 700})})
        assert desk.session.scalar(desk.select(Paper, Paper.added_at).where(Paper.id != newer.id)) == NOW
    found = assess(database, officer, need)
    assert found.facts["debt_ratio"]["value"] == "70" and "current_ratio" not in found.facts


def test_invoices_are_held_against_the_revenue_stated(database, officer):
    rows = frame(
        [
            *months(2025, 12, 90_000_000),
            *[(*row[:4], date(2026, n + 1, 15), *row[5:]) for n, row in enumerate(months(2025, 10, 1))],
        ]
    )
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}], invoices=rows)
    with at(database, officer) as desk:
        known = service.facts(desk, desk.get(Firm, desk.get(Need, need).firm_id))
    assert known["invoice_gap"] == Known(Decimal(10), Source.DOCUMENT, date(2025, 12, 31))  # 1080 against 1200


def test_a_score_is_made_again_from_what_was_stored(database, officer):
    need = a_case(
        database,
        officer,
        statements=[{2025: wan(YEAR_2025), 2024: wan(YEAR_2024)}],
        invoices=frame(months(2024, 30, 77_777_777)),
    )
    assess(database, officer, need)
    with at(database, officer) as desk:
        stored = desk.find(Assessment)
        again = service.recompute(desk, stored)
        assert again.as_json() == stored.sheet and again == Sheet.from_json(stored.sheet)


def test_a_second_score_is_a_new_row_and_the_first_stays(database, officer):
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}])
    first = assess(database, officer, need)
    with at(database, officer, datetime(2026, 11, 24, 1, tzinfo=UTC)) as desk:
        record(desk, desk.get(Firm, first.firm_id), {"tax_grade": "A"}, as_of=TODAY)
        second = service.assess(desk, desk.get(Need, need))
        assert views.latest(desk, desk.get(Need, need)).id == second.id
        assert desk.get(Assessment, first.id).total == first.total == second.total - 8


def test_the_card_of_the_day_of_submission_counts_and_the_clock_goes_on(database, officer):
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}])
    found = assess(database, officer, need)
    assert found.since == date(2026, 1, 1)
    with at(database, officer) as desk:
        scored = desk.get(Need, need)
        assert (scored.state, scored.due_on) == (NeedState.SCORED, date(2026, 11, 30))


def test_without_figures_there_is_no_score(database, officer):
    with pytest.raises(NoFacts):
        assess(database, officer, a_case(database, officer))


def test_only_an_officer_scores_and_only_what_was_accepted(database, officer):
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}])
    with writing(database) as session:
        owner = a_user(session, Role.SIGNATORY, firm_id=session.get(Need, need).firm_id).actor
        early = a_need(session, session.get(Firm, owner.firm_id), state=NeedState.SUBMITTED, submitted_on=TODAY).id
    with pytest.raises(NotAllowed):
        assess(database, owner, need)
    with pytest.raises(WrongState):
        assess(database, officer, early)


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_full_years_are_birthdays_passed(since, today):
    birthdays = sum(
        (y, since.month, since.day) <= (today.year, today.month, today.day)
        for y in range(since.year + 1, today.year + 1)
    )
    assert books.full_years(since, today) == birthdays


def test_the_sheet_knows_the_trade_the_day_and_where_every_value_comes_from(database, officer):
    found = assess(database, officer, a_case(database, officer, statements=[{2024: wan(YEAR_2025)}]))
    seen = Sheet.from_json(found.sheet)
    debt = next(line for line in seen.lines if line.fact == "debt_ratio")
    years = next(line for line in seen.lines if line.fact == "years_in_business")
    assert (seen.on, bool(seen.industry)) == (TODAY, True)
    assert (debt.source, debt.as_of, debt.stale) == (
        "document",
        date(2024, 12, 31),
        True,
    )  # those of 2025 were due in June
    assert (years.source, years.as_of, years.stale) == ("registry", TODAY, False)
    with at(database, officer) as desk:
        view = views.one(desk, desk.get(Assessment, found.id))
    assert {"debt_ratio", "current_ratio"} <= view.stale and "years_in_business" not in view.stale


def test_a_score_stored_before_trades_and_days_were_kept_comes_out_the_same_again(database, officer):
    found = assess(database, officer, a_case(database, officer, statements=[{2024: wan(YEAR_2025)}]))
    with at(database, officer) as desk:
        facts = {name: fact.value for name, fact in service.recalled(found).items()}
        plain = sheet(card(found.card, found.since), facts).as_json()
        older = plain | {key: [_without(part) for part in plain[key]] for key in ("lines", "vetoes")}
        older = {key: value for key, value in older.items() if key not in {"on", "industry"}}
        same = {
            c.name: getattr(found, c.name)
            for c in Assessment.__table__.columns
            if c.name not in {"id", "version", "sheet"}
        }
        kept = desk.add(Assessment(**same, sheet=older))
        desk.session.flush()
    with at(database, officer) as desk:
        read = desk.get(Assessment, kept.id)
        assert service.recompute(desk, read) == Sheet.from_json(read.sheet)
        assert views.one(desk, read).sheet.on is None


def _without(part):
    """A line or red line as it was stored before it kept its day."""
    late = {"as_of", "stale", "industry", "expired"} | ({"source"} if "checked" in part else set())
    return {key: value for key, value in part.items() if key not in late}
