"""After a refusal the firm passes the same dossier on by itself, and a bank that it leaves reads nothing from the next request on (F57, F58)."""

from __future__ import annotations

import pytest

from financing.answer_refusals import NothingToPassOn
from financing.matching import onward
from financing.matching.model import Consent, Dossier, Match
from financing.matching.rules import MatchState, Part
from financing.offers.rules import DeclineCode
from financing.offers.service import decline
from tests.financing.matching.stage import ZONE, Stage, staged

SCOPE = (Part.BASIC, Part.SCORE)


def asked_one(database) -> Stage:
    """The dossier lies with the first of two banks."""
    stage = staged(database, banks=2)
    stage.proposed()
    stage.grant(0, frozenset(SCOPE))
    stage.send()
    return stage


def passed_on(stage: Stage, bank: int) -> None:
    with stage.at(stage.signatory) as desk:
        match = stage.match(desk, bank)
        onward.pass_on(desk, match, scope=onward.usual(desk, match.need_id), days=60, zone=ZONE.name)


def refused(stage: Stage) -> None:
    with stage.at(stage.bankers[0]) as desk:
        decline(desk, stage.match(desk, 0), code=DeclineCode.VOLUME, rests_on="own", would_change="下季度再来")


def left(stage: Stage) -> None:
    stage.withdraw(0)


@pytest.mark.parametrize("ended", [refused, left])
def test_one_action_lets_the_next_bank_read_the_same_dossier_in_the_same_scope(database, ended):
    stage = asked_one(database)
    with pytest.raises(NothingToPassOn):
        passed_on(stage, 1)
    ended(stage)
    passed_on(stage, 1)
    with stage.at(stage.officer) as desk:
        (dossier,) = desk.all(Dossier)
        match = stage.match(desk, 1)
        assert (match.state, match.sent_on, len(desk.all(Consent))) == (MatchState.SENT, desk.today, 2)
    with stage.at(stage.bankers[1]) as desk:
        assert [each.digest for each in desk.all(Dossier)] == [dossier.digest]
        assert desk.all(Consent)[0].scope == [part.value for part in SCOPE]


def test_I10_a_bank_that_the_firm_leaves_reads_nothing_though_another_has_the_dossier_now(database):
    stage = asked_one(database)
    stage.withdraw(0)
    passed_on(stage, 1)
    with stage.at(stage.bankers[0]) as desk:
        assert (desk.all(Dossier), desk.all(Match)) == ([], [])


def test_a_bank_that_already_has_the_dossier_is_not_sent_it_again(database):
    stage = asked_one(database)
    refused(stage)
    passed_on(stage, 1)
    with pytest.raises(NothingToPassOn):
        passed_on(stage, 1)
