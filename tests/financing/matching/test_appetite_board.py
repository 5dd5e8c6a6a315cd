"""All banks' appetites side by side: what each still takes, how many needs may fit, and the trades nobody serves."""

from __future__ import annotations

import pytest

from financing.access import Actor, Role
from financing.matching import appetite, appetite_views
from financing.matching.appetite_rules import Limits, periods
from financing.matching.appetite_views import serves
from financing.money import Fen
from financing.needs.rules import NeedState
from financing.parties.model import Bank
from tests.financing.matching.stage import staged
from tests.makers import TODAY, a_bank, a_firm, a_product, a_user, at, writing

OFFICER = Actor(1, Role.OFFICER)
MONTH = periods(TODAY)[0]


def declared(database, bank: int, limits: Limits, **volume: object) -> None:
    with writing(database) as session:
        banker = a_user(session, Role.BANKER, bank_id=bank).actor
    with at(database, banker) as desk:
        appetite.declare(desk, desk.get(Bank, bank), MONTH, limits, **volume)


def board(database):
    with at(database, OFFICER) as desk:
        return appetite_views.board(desk)


def test_every_bank_with_a_shelf_or_an_appetite_stands_in_the_table_once_by_name(database):
    with writing(database) as session:
        banks = [a_bank(session, name=name) for name in ("丙行", "甲行", "乙行", "空行")]
        for bank in banks[:3]:
            a_product(session, bank)
            a_product(session, bank)
    declared(database, banks[0].id, Limits(sections=("C",)), volume=Fen.wan(500), number=3)
    found = board(database).rows
    assert sorted(row.bank for row in found) == sorted(["甲行", "乙行", "丙行"])
    (own,) = [row for row in found if row.bank == "丙行"]
    assert (own.declared.sections, own.left.fen, own.left.number, own.products) == (["C"], 500_000_000, 3, 2)


def test_a_trade_of_the_zone_that_no_bank_takes_is_a_gap_until_one_does(database):
    with writing(database) as session:
        for trade in ("3340", "3340", "6210", "0111"):
            a_firm(session, industry=trade)
        bank = a_bank(session)
        a_product(session, bank, sections=["C", "I"])
        other = a_bank(session)
    assert [(gap.section, gap.firms, gap.needs) for gap in board(database).gaps] == [
        ("A", 1, 0),
        ("H", 1, 0),
    ]
    declared(database, bank.id, Limits(barred=("C",)))
    assert [gap.section for gap in board(database).gaps] == ["C", "A", "H"]
    with writing(database) as session:
        a_product(session, other)
    assert board(database).gaps == ()


def test_needs_that_look_for_a_bank_are_counted_for_every_bank_they_may_fit(database):
    stage = staged(database, banks=2, state=NeedState.APPROVED)
    declared(database, stage.banks[0].id, Limits(least=Fen.wan(5_000).fen))
    with writing(database) as session:
        for _ in range(6):
            a_firm(session)
    found = board(database)
    counted = {row.bank_id: row.fitting for row in found.rows}
    assert found.needs == 1
    assert counted == {stage.banks[0].id: 0, stage.banks[1].id: 1}


@pytest.mark.parametrize(
    ("sectors", "no_go", "asked", "taken"),
    [
        ([], [], "C", True), (["C"], [], "C", True), (["C"], [], "F", False), (["3340"], [], "C", True), ([], ["C"], "C", False),
        (["C"], ["C"], "C", False), ([], ["33"], "C", True), (["-"], [], "C", False), (["-"], [], "", False),
    ],
)  # fmt: skip
def test_a_finer_code_serves_its_section_and_a_barred_section_nobody(sectors, no_go, asked, taken):
    assert serves({"sectors": sectors, "no_go": no_go}, asked) is taken
