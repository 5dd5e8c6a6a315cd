"""A hundred thousand officers, dossiers and moments against a plain model: nobody reads what a firm has not let them read.

`LIVES=10` tries ten times so many.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import insert, update

from financing.access import Actor, Role
from financing.matching.model import Consent, Dossier, Match
from financing.matching.rules import Consented
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import Purpose
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_product, at, writing

FIRMS, DOSSIERS, BANKS, OFFICERS, MOMENTS = 20, 400, 8, 2, 16
MICROSECOND = timedelta(microseconds=1)
#: A bank reads while its match is one of these: written down once more, not taken from the product.
READING = {"sent", "offered", "declined", "chosen", "passed_over"}
STATES = sorted(READING | {"proposed", "consented", "withdrawn"})


@dataclass(frozen=True)
class Given:
    """A consent as the model knows it."""

    id: int
    need: int
    bank: int
    since: datetime
    until: datetime
    back: datetime | None

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment < self.until and (self.back is None or moment < self.back)


def a_life(chance: Random, needs: list[int], banks: list[int]) -> tuple[list[Given], dict[tuple[int, int], str]]:
    """Consents given, taken back and run out in random order, and where each need stands at each bank."""
    states = {(need, bank): chance.choice(STATES) for need in needs for bank in banks if chance.random() < 0.7}
    given = []
    for need, bank in [pair for pair in states for _ in range(chance.randrange(3))]:
        since = NOW + timedelta(hours=chance.randrange(24 * 30))
        until = since + timedelta(hours=chance.randrange(1, 24 * 20))
        back = since + (until - since) * chance.random() if chance.random() < 0.4 else None
        given.append(Given(len(given) + 1, need, bank, since, until, back))
    return given, states


def moments(chance: Random, given: list[Given]) -> list[datetime]:
    """Half of them at random; half at the very edge of a consent, or a microsecond before it."""
    edges = [edge for one in given for edge in (one.since, one.until, one.back) if edge]
    sharp = [chance.choice(edges) - chance.choice((timedelta(0), MICROSECOND)) for _ in range(MOMENTS // 2)]
    return sorted([*sharp, *(NOW + timedelta(minutes=chance.randrange(60 * 24 * 40)) for _ in range(MOMENTS // 2))])


def laid_out(database, chance: Random) -> tuple[list[int], list[int], list[Given], dict[tuple[int, int], str]]:
    with writing(database) as session:
        firms = [a_firm(session) for _ in range(FIRMS)]
        needs = [a_need(session, firms[number % FIRMS]) for number in range(DOSSIERS)]
        banks = [a_bank(session) for _ in range(BANKS)]
        products = {bank.id: a_product(session, bank).id for bank in banks}
        given, states = a_life(chance, [need.id for need in needs], [bank.id for bank in banks])
        owner = {need.id: need.firm_id for need in needs}
        session.execute(insert(Dossier), [
            {"id": need.id, "version": 1, "number": f"DA2026-{n:04}", "need_id": need.id, "firm_id": need.firm_id, "snapshot": "{}",
             "digest": "", "frozen_at": NOW, "firm_name": "某", "amount": Fen(1), "line": Fen(1), "months": 12,
             "purpose": Purpose.EQUIPMENT, "grade": "A", "contact": "", "phone": ""}
            for n, need in enumerate(needs)
        ])  # fmt: skip
        session.execute(insert(Match), [
            {"id": n, "version": 1, "need_id": need, "firm_id": owner[need], "bank_id": bank, "product_id": products[bank], "fit": 1,
             "reasons": [], "proposed_on": TODAY, "state": state, "teaser": {}}
            for n, ((need, bank), state) in enumerate(states.items(), 1)
        ])  # fmt: skip
        session.execute(insert(Consent), [
            {"id": one.id, "version": 1, "number": f"SQ{one.id}", "firm_id": owner[one.need], "need_id": one.need, "bank_id": one.bank,
             "scope": [], "purpose": Consented.FINANCING, "text_version": "1", "text_hash": "", "granted_by": 1,
             "valid_from": one.since, "valid_until": one.until}
            for one in given
        ])  # fmt: skip
    return [need.id for need in needs], [bank.id for bank in banks], given, states


def taken_back(database, given: list[Given], before: datetime | None, moment: datetime) -> None:
    """Write down what firms took back up to this moment."""
    ended = [one for one in given if one.back and (before is None or one.back > before) and one.back <= moment]
    with writing(database) as session:
        for one in ended:
            session.execute(update(Consent).where(Consent.id == one.id).values(withdrawn_at=one.back))


def officers(banks: list[int]) -> Iterator[Actor]:
    for bank in banks:
        for number in range(OFFICERS):
            yield Actor(1000 * bank + number, Role.BANKER, bank_id=bank, name="某")


@pytest.mark.parametrize("seed", range(9, 9 + int(os.environ.get("LIVES", "2"))))
def test_I09_of_a_hundred_thousand_officers_dossiers_and_moments_none_is_read_without_leave(database, seed):
    chance = Random(seed)
    needs, banks, given, states = laid_out(database, chance)
    tried, before, foreign, missing = 0, None, 0, 0
    for moment in moments(chance, given):
        taken_back(database, given, before, moment)
        before = moment
        leave = {(one.need, one.bank) for one in given if one.holds(moment)}
        for officer in officers(banks):
            with at(database, officer, moment, write=False) as desk:
                read = set(desk.session.scalars(desk.select(Dossier, Dossier.need_id)))
                asked = set(desk.session.scalars(desk.select(Need, Need.id)))
                matched = set(desk.session.scalars(desk.select(Match, Match.need_id)))
            may = {need for need, bank in leave if bank == officer.bank_id and states[need, bank] in READING}
            foreign += len((read | asked | matched) - may)
            missing += len(may - (read & asked & matched))
            tried += len(needs)
    assert tried == DOSSIERS * BANKS * OFFICERS * MOMENTS >= 100_000
    assert (foreign, missing) == (0, 0)


def test_the_life_that_is_tried_has_everything_in_it():
    """Consents that run out and that are taken back, and moments on both sides of their very ends."""
    chance = Random(9)
    given, states = a_life(chance, list(range(DOSSIERS)), list(range(BANKS)))
    found = moments(chance, given)
    assert {state in READING for state in states.values()} == {True, False}
    for moment in found:
        assert 0 < sum(one.holds(moment) for one in given) < len(given) or moment <= min(one.since for one in given)
    assert any(one.until in found or one.since in found or one.back in found for one in given)
