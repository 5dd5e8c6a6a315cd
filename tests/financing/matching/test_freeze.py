"""What a dossier is frozen from: the very rows and the very day of the score, and nothing that nobody said."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from financing.credit import service as credit
from financing.credit.model import Assessment
from financing.matching import freeze
from financing.matching.model import Consent
from financing.matching.snapshot import Absent, Snapshot
from financing.money import Fen
from financing.needs.model import Need
from financing.papers.model import Invoice
from financing.papers.rules import Side
from financing.parties.model import Firm
from scoring.card import card
from scoring.facts import FACTS
from scoring.sheet import Sheet, sheet
from tests.financing.matching.stage import ZONE, Stage, staged
from tests.makers import NOW, TODAY, a_paper, writing

LATER = NOW + timedelta(days=3)


def invoice(firm: Firm, paper: int, day: date, yuan: int, **more: object) -> Invoice:
    fen = yuan * 100
    row = {
        "firm_id": firm.id, "paper_id": paper, "side": Side.SALES, "number": f"{day:%Y%m%d}", "counterparty": "客户9", "day": day,
        "amount_fen": fen, "tax_fen": 0, "total_fen": fen, "void": False,
    }  # fmt: skip
    return Invoice(**row | more)


def scored_by_invoices(stage: Stage) -> None:
    """Score anew by the card of invoices, from awkward books: a month begun, a double, a void one, a red-letter one."""
    with writing(stage.database) as session:
        paper = a_paper(session, stage.firm, name="补充发票明细" * 12 + ".xlsx").id
        double = invoice(stage.firm, paper, date(2026, 9, 2), 7_777)
        again = invoice(stage.firm, paper, date(2026, 9, 2), 7_777)
        begun = invoice(stage.firm, paper, date(2026, 11, 5), 99_999)
        void = invoice(stage.firm, paper, date(2026, 8, 2), 55_555, void=True)
        red = invoice(stage.firm, paper, date(2026, 7, 2), -1_234)
        session.add_all([double, again, begun, void, red])
    with stage.at(stage.officer) as desk:
        firm, need, former = (
            desk.get(Firm, stage.firm.id),
            desk.get(Need, stage.need.id),
            desk.find(Assessment, Assessment.need_id == stage.need.id),
        )
        rules, known = card("invoices", TODAY), credit.facts(desk, firm)
        found = sheet(rules, {name: fact.value for name, fact in known.items()})
        values = {name: fact.as_json() for name, fact in known.items()}
        desk.add(
            Assessment(
                need_id=need.id, firm_id=firm.id, card="invoices", since=rules.since, digest=rules.digest, facts=values, sheet=found.as_json(),
                total=found.total, grade=found.grade, ceiling=Fen.wan(300), qualified=True, insufficient=False, vetoed=False,
                assessed_at=former.assessed_at + timedelta(minutes=1), assessed_by=stage.officer.id,
            )
        )  # fmt: skip


def frozen(stage: Stage) -> Snapshot:
    with stage.at(stage.officer, LATER) as desk:
        need = desk.get(Need, stage.need.id)
        consent = Consent(
            number="SQ1", firm_id=need.firm_id, need_id=need.id, bank_id=stage.banks[0].id, scope=["basic"], purpose="financing",
            text_version="1", text_hash="0" * 64, granted_by=1, valid_from=NOW, valid_until=NOW + timedelta(days=60),
        )  # fmt: skip
        return freeze.snapshot(desk, need, consent, TODAY + timedelta(days=30), number="DA1", zone=ZONE)


@pytest.fixture
def stage(database):
    made = staged(database, banks=1)
    scored_by_invoices(made)
    with writing(database) as session:  # what comes in after the score is no part of it
        paper = a_paper(session, made.firm, added_at=LATER - timedelta(days=1)).id
        session.add(invoice(made.firm, paper, date(2026, 6, 2), 1_000_000))
    return made


@pytest.fixture
def snapshot(stage):
    return frozen(stage)


def test_every_figure_that_stands_in_the_dossier_twice_is_the_same(stage, snapshot):
    with stage.at(stage.officer) as desk:
        rows = desk.all(Assessment, Assessment.need_id == stage.need.id, by=Assessment.assessed_at.desc())
    facts = {line.says: line.fact for line in Sheet.from_json(rows[0].sheet).lines}
    figures = {
        figure.says: (f"{Decimal(figure.value):,}", figure.unit, figure.on) for figure in snapshot.business.figures
    }
    shared = 0
    for line in snapshot.score.lines:
        fact = next(FACTS[name] for says, name in facts.items() if says.startswith(line.says))
        if fact.term in figures:
            value, unit, day = figures[fact.term]
            assert line.value.replace(" ", "") == f"{value}{unit}", fact.name
            assert line.origin.on == day == snapshot.business.origin.on
            shared += 1
    assert shared >= 5


def test_the_months_the_partners_and_the_plan_are_the_annual_sales_of_the_score(stage, snapshot):
    year = snapshot.business.months[-12:]
    assert (year[0].month, year[-1].month) == ("2025-11", "2026-10")
    sales = sum(month.sales for month in year)
    figures = {figure.says: figure.value for figure in snapshot.business.figures}
    assert figures[FACTS["annual_sales"].term] == f"{Decimal(sales) / 1_000_000:.2f}"
    first = snapshot.business.customers[0]
    assert figures[FACTS["top_customer_share"].term] == f"{Decimal(first.share) / 10_000:.2f}"
    assert f"平均每月开票 {Decimal(sales) / 12 / 1_000_000:,.1f} 万元" in snapshot.plan.source


def test_what_comes_in_after_the_score_is_no_part_of_the_dossier(snapshot):
    assert {month.month: month.sales for month in snapshot.business.months}["2026-06"] < 1_000_000_00
    assert "2026-11" not in {month.month for month in snapshot.business.months}


def test_a_score_without_invoice_facts_still_shows_the_invoices_on_file(database):
    business = frozen(staged(database, banks=1)).business
    assert business.origin.on == TODAY
    assert business.months[-1].month == "2026-10"
    assert {figure.says for figure in business.figures} >= {FACTS["annual_sales"].term}


def test_long_names_are_cut_to_their_place(snapshot):
    assert max(len(paper.name) for paper in snapshot.papers) == 32


@pytest.mark.parametrize("blank", ["", "—", "  ", "\n"])
def test_what_nobody_filled_in_is_not_provided(stage, blank):
    with writing(stage.database) as session:
        firm = session.get_one(Firm, stage.firm.id)
        firm.industry, firm.park, firm.address, firm.representative, firm.employees = "", blank, blank, blank, None
    firm = frozen(stage).firm
    for fact in (firm.industry, firm.business, firm.park, firm.address, firm.representative, firm.employees):
        assert fact == Absent(why="未提供", english="Not provided")


def test_red_lines_stand_in_the_order_of_their_gravity_and_none_is_lost(stage, snapshot):
    order = [{True: 0, None: 1, False: 2}[veto.hit] for veto in snapshot.score.vetoes]
    assert order == sorted(order)
    assert len(order) == len(card("invoices", TODAY).veto)
    assert all((veto.origin is None) is (veto.hit is None) for veto in snapshot.score.vetoes)
