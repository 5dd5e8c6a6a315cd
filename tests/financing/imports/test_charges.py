"""Charges from a workbook: new ones are listed, another standard ends the former, one that begins no later is refused."""

from __future__ import annotations

from datetime import date

import pytest

from financing.access import Role
from financing.charges import service
from financing.charges.model import Charge
from financing.imports import charges
from financing.imports.rules import Fate
from reports.import_kinds import CHARGES
from tests.financing.charges.test_charges import terms
from tests.makers import a_user, at, writing


def row(number: int, **cells: str) -> dict[str, object]:
    """A line as the reader gives it, from the example of the template."""
    typed = {
        one.key: one.read(cells.get(one.key, example))
        for one, example in zip(CHARGES.fields, CHARGES.example, strict=True)
    }
    return {"row": number, **typed}


@pytest.fixture
def officer(database):
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).actor
    with at(database, officer) as desk:
        service.list_charge(desk, terms(authority="水利局", item="水土保持补偿费"))
    return officer


def test_rows_are_compared_by_authority_and_item(database, officer):
    rows = [
        row(2, item="排污费"),
        row(3, since="2026-07-01", lower="每平方米 0.5 元"),
        row(4, since="2025-07-01", lower="每平方米 0.4 元"),
    ]
    with at(database, officer, write=False) as desk:
        found = charges.compare(desk, None, rows)
    assert [(one["row"], one["fate"]) for one in found.staged] == [(2, Fate.ADDED), (3, Fate.CHANGED)]
    assert [(one.row, one.column, one.code) for one in found.wrong] == [(4, "since", "import_charge_earlier")]


def test_what_a_row_says_becomes_terms(database, officer):
    told = {key: value for key, value in row(2, item="排污费").items() if key != "row"}
    with at(database, officer) as desk:
        made = service.list_charge(desk, charges._terms(told))
        assert (made.nature.value, made.setting.value, made.since) == ("administrative", "province", date(2026, 1, 1))
        assert desk.find(Charge, Charge.item == "排污费") is not None
