"""Shipped policies: every clause has a golden firm, every condition a firm on each side, every policy its source."""

from __future__ import annotations

from datetime import date

import pytest

from financing.policies.examples import examples
from financing.policies.lines import checked
from scoring.policy import Clause
from scoring.policy_match import Result, match
from tests.financing.policies.golden import GOLDEN, Golden


def the_clause(golden: Golden) -> Clause:
    example = examples()[golden.key]
    written = example.clauses[golden.place - 1]
    since, until = written.since or example.told.since, written.until or example.told.until
    return Clause.model_validate(
        checked(written.terms, since, until) | {"key": golden.key, "since": since, "until": until}
    )


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: f"{golden.key}-{golden.place}")
def test_a_firm_on_each_side_of_every_condition(golden: Golden) -> None:
    clause = the_clause(golden)
    found = match(clause, golden.firm, golden.on)
    assert (found.result, found.amount, found.missing) == (Result.ELIGIBLE, golden.fen, ())
    assert golden.fails.keys() == {each.fact for each in clause.conditions}
    for name, value in golden.fails.items():
        beyond = match(clause, golden.firm | {name: value}, golden.on)
        assert beyond.result is Result.NOT
        assert {each.fact for each in beyond.unmet} == {name}
        without = match(clause, {fact: held for fact, held in golden.firm.items() if fact != name}, golden.on)
        assert (without.result, without.missing) == (Result.LIKELY, (name,))
    for name, value in golden.holds.items():
        assert match(clause, golden.firm | {name: value}, golden.on).result is Result.ELIGIBLE


def test_every_shipped_clause_has_its_golden_firm() -> None:
    shipped = {(key, place) for key, example in examples().items() for place in range(1, len(example.clauses) + 1)}
    assert {(golden.key, golden.place) for golden in GOLDEN} == shipped
    assert len(examples()) >= 12


def test_every_example_tells_its_source_and_how_sure_we_are() -> None:
    for key, example in examples().items():
        told = example.told
        assert told.source, key
        assert told.confidence in {"A", "B", "C"}
        assert told.since <= date(2026, 11, 23)
        assert told.example == key


def test_what_is_over_matches_nobody() -> None:
    over = [golden for golden in GOLDEN if golden.key.startswith(("jobs-steady", "jobs-graduates"))]
    for golden in over:
        assert match(the_clause(golden), golden.firm, date(2026, 1, 1)).result is Result.NOT
