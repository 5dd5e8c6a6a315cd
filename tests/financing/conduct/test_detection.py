"""A bank that tries again and again what no bank may ask: each try on record though the offer is not, a case at the third (F60)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from financing.access import SYSTEM
from financing.acts import Act
from financing.answer_refusals import ForbiddenItem
from financing.conduct import detection
from financing.conduct.model import ConductCase, ForbiddenTry
from financing.conduct.rules import Practice, Source, practice_of
from financing.money import Fen
from financing.offers.forbidden import entries
from tests.financing.offers.test_service import offered, sent
from tests.makers import NOW, at


def tries(database):
    with at(database, SYSTEM, write=False) as desk:
        return desk.all(ForbiddenTry), desk.all(ConductCase)


def test_F60_an_offer_with_a_deposit_is_refused_and_the_third_try_opens_one_case(database):
    stage = sent(database, banks=1)
    for number in range(1, 6):
        with pytest.raises(ForbiddenItem):
            offered(stage, 0, deposit=Fen.wan(10))
        made, cases = tries(database)
        assert (len(made), len(cases)) == (number, int(number >= 3))
    assert {(one.practice, one.rule, one.bank_id) for one in made} == {
        (Practice.DEPOSIT_FIRST, "P2", stage.bankers[0].bank_id)
    }
    (case,) = cases
    assert (case.source, case.practice, case.firm_id, case.facts["tries"]) == (
        Source.DETECTION,
        Practice.DEPOSIT_FIRST,
        None,
        3,
    )


def test_tries_long_ago_do_not_count(database):
    stage = sent(database, banks=1)
    bank = stage.bankers[0].bank_id
    for days in (0, 1, 90):
        with at(database, SYSTEM, NOW + timedelta(days=days)) as desk:
            assert detection.note(desk, bank, "P2") is None
    with at(database, SYSTEM, NOW + timedelta(days=90)) as desk:
        assert detection.note(desk, bank, "P2").practice is Practice.DEPOSIT_FIRST  # days 1, 90 and 90


def test_every_rule_on_file_speaks_of_a_practice():
    assert {entry.code: practice_of(entry.code).value for entry in entries()} == {
        "P2": "P2", "P3": "P3", "P5": "P5", "P7": "P7", "E1": "P3", "E2": "P3", "E3": "P7", "E4": "P7",
    }  # fmt: skip


def test_the_line_tells_the_bank_and_the_rule_and_no_firm(database):
    stage = sent(database, banks=1)
    with at(database, SYSTEM) as desk:
        detection.note(desk, stage.bankers[0].bank_id, "E1")
        (line,) = desk.lines
    assert (line.act, line.firm_id, dict(line.facts)) == (Act.NOTE_TRY, None, {"rule": "E1"})
