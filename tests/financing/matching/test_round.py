from __future__ import annotations

from dataclasses import dataclass

import pytest

from financing.access import Actor, Role
from financing.acts import Act
from financing.journal import Entry
from financing.matching import comparison, shelf
from financing.matching import round as rounds
from financing.matching.model import Match, MatchRound
from financing.matching.rules import Assigning, MatchState
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose
from financing.refusals import NotAllowed
from financing.round_refusals import NothingToAssign, RoundChanged
from tests.financing.matching.stage import a_resolution, a_score
from tests.makers import TODAY, a_bank, a_firm, a_need, a_product, a_user, at, writing


@dataclass(frozen=True)
class Scene:
    """Three needs: 甲 fits both banks and is sought after, 乙 only the first, 丙 none."""

    database: object
    officer: Actor
    needs: dict[str, int]
    banks: dict[str, int]

    def compare(self, each: int = 1, **limits: int) -> comparison.Comparison:
        with at(self.database, self.officer) as desk:
            return rounds.compare(desk, self.asked(each, limits))

    def choose(self, way: Assigning, each: int = 1, seen: str = "", **limits: int) -> MatchRound:
        seen = seen or self.compare(each, **limits).digest
        with at(self.database, self.officer) as desk:
            return rounds.choose(desk, self.asked(each, limits), way, why="多服务一家", seen=seen)

    def asked(self, each: int, limits: dict[str, int]) -> rounds.Asked:
        return rounds.Asked(each, {self.banks[name]: most for name, most in limits.items()})

    def matches(self) -> set[tuple[str, str]]:
        names = {key: name for name, key in {**self.needs, **self.banks}.items()}
        with at(self.database, self.officer) as desk:
            return {(names[match.need_id], names[match.bank_id]) for match in desk.all(Match)}


@pytest.fixture
def scene(database) -> Scene:
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).actor
        banks = {name: a_bank(session, name=name) for name in ("工行", "农行")}
        a_product(session, banks["工行"], purposes=[Purpose.WORKING_CAPITAL.value], most=Fen.wan(300))
        a_product(session, banks["农行"], purposes=[Purpose.WORKING_CAPITAL.value], most=Fen.wan(150))
        needs = {}
        for name, wan in (("甲", 120), ("乙", 200), ("丙", 400)):
            need = a_need(
                session, a_firm(session, name=name), amount=Fen.wan(wan), state=NeedState.APPROVED, submitted_on=TODAY
            )
            a_score(session, need, officer)
            a_resolution(session, need, officer)
            needs[name] = need.id
    return Scene(database, officer, needs, {name: bank.id for name, bank in banks.items()})


def pairs(found, way):
    return {(line.firm, placed.bank) for line in found.needs for placed in line.under(way)}


def test_both_ways_keep_to_what_the_banks_take_and_the_difference_is_told(scene):
    found = scene.compare(工行=1)
    by_points = {line.firm: line for line in found.needs}
    assert pairs(found, Assigning.TOTAL) == {("甲", "农行"), ("乙", "工行")}
    assert found.total.placed == 2
    assert found.total.gap == 0
    assert found.stable.blocking == 0
    assert {line.firm for line in found.unplaced(Assigning.TOTAL)} == {"丙"}
    assert {line.bank: line.most for line in found.banks} == {"工行": 1, "农行": 10}
    for line in found.banks:
        given = [by_points[firm] for firm, bank in pairs(found, Assigning.TOTAL) if bank == line.bank]
        assert (line.total_needs, line.total_fen) == (len(given), sum(one.amount_fen for one in given))
    assert all(
        line.change == sum(p.points for p in line.total) - sum(p.points for p in line.stable) for line in found.needs
    )
    assert {*found.gainers, *found.losers} <= set(found.needs)


def test_every_bank_has_room_and_both_ways_are_the_same(scene):
    found = scene.compare(each=3)
    assert found.same
    assert pairs(found, Assigning.STABLE) == {("甲", "工行"), ("甲", "农行"), ("乙", "工行")}


@pytest.mark.parametrize("way", Assigning)
def test_choosing_proposes_exactly_the_pairs_of_that_way_and_keeps_both_on_record(scene, way):
    seen = scene.compare(工行=1)
    chosen = scene.choose(way, 工行=1)
    assert scene.matches() == pairs(seen, way)
    kept = comparison.kept(chosen.comparison)
    assert kept == seen
    assert (chosen.way, chosen.why, chosen.digest) == (way, "多服务一家", seen.digest)
    with at(scene.database, scene.officer) as desk:
        acts = [entry.act for entry in desk.session.query(Entry).order_by(Entry.seq) if entry.act.startswith("match.")]
        assert acts.count(Act.CHOOSE_ROUND) == 1
        assert all(match.state is MatchState.PROPOSED for match in desk.all(Match))


def test_no_bank_outside_its_own_limits_is_ever_proposed(scene):
    for each in (1, 2, 3):
        found = scene.compare(each)
        with at(scene.database, scene.officer) as desk:
            for line in found.needs:
                barred = {told.bank for told in shelf.excluded(desk, desk.get(Need, line.need_id))}
                assert not barred & {placed.bank for way in Assigning for placed in line.under(way)}


def test_a_need_on_its_way_waits_and_a_bank_it_was_at_before_is_not_asked_again(scene):
    scene.choose(Assigning.TOTAL, 工行=1)
    with pytest.raises(NothingToAssign):
        scene.compare()
    with writing(scene.database) as session:
        for match in session.query(Match).filter_by(need_id=scene.needs["甲"]):
            match.state = MatchState.WITHDRAWN
    found = scene.compare()
    assert pairs(found, Assigning.STABLE) == {("甲", "工行")}
    assert [line.firm for line in found.needs] == ["甲", "丙"]


def test_what_has_changed_since_it_was_looked_at_is_not_chosen(scene):
    seen = scene.compare().digest
    with writing(scene.database) as session:
        a_product(session, a_bank(session, name="中行"))
    with pytest.raises(RoundChanged):
        scene.choose(Assigning.STABLE, seen=seen)
    assert scene.matches() == set()
    assert scene.compare().digest != seen


def test_the_same_needs_give_the_same_comparison(scene):
    assert scene.compare(each=2, 工行=1) == scene.compare(each=2, 工行=1)


def test_only_officers_choose(scene):
    seen = scene.compare().digest
    with writing(scene.database) as session:
        auditor = a_user(session, Role.AUDITOR).actor
    with pytest.raises(NotAllowed), at(scene.database, auditor) as desk:
        rounds.choose(desk, rounds.Asked(1, {}), Assigning.STABLE, why="不该", seen=seen)
    assert scene.matches() == set()
