"""Agreements on sharing losses are made by two people, make a whole, are never edited, and the right one rules (F37, I-20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from financing.access import Role
from financing.case_refusals import SamePerson
from financing.credit.model import Assessment
from financing.guarantees import agreement_views, agreements
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.if_passed import if_passed
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.sharing import Party
from financing.money import Fen, Rate
from financing.price_refusals import OtherUnnamed, SharesDoNotAdd
from financing.refusals import Incomplete, NotAllowed, NotFound, OutOfRange, WrongState
from tests.makers import NOW, TODAY, a_bank, a_user, at, writing

G, B, R, F, T, O = Party  # noqa: E741
PAPER = Filed(DocumentKind.AGREEMENT, "协议.pdf", "application/pdf", 10, "0" * 64, "a" * 64)
TERMS = {
    "valid_from": TODAY, "valid_until": TODAY + timedelta(days=365), "trigger_days": 60, "grace_days": 30, "deposit": Rate(0),
    "single_cap": Fen.wan(500), "stop_rate": Rate.percent(5), "business": "小微企业贷款担保", "other_name": "",
}  # fmt: skip
_papers = iter(range(10_000))


def shared(**percent):
    """The columns of the shares; whoever is not named bears nothing."""
    return {f"{party.value}_share": Rate.percent(percent.get(party.value, 0)) for party in Party}


FOUR = shared(guarantor=40, bank=20, reguarantor=20, fund=20)


def proposes(zone, who=None, bank=None, papers=None, now=NOW, **terms):
    paper = replace(PAPER, stored=f"{next(_papers):064x}")
    with at(zone.database, (who or zone.officer).actor, now) as desk:
        return agreements.propose(
            desk, FOUR | TERMS | terms, bank_id=bank, reason="年度合作", filed=[paper] if papers is None else papers
        )


def adopts(zone, made, who=None, now=NOW):
    with at(zone.database, (who or zone.chair).actor, now) as desk:
        agreements.adopt(desk, desk.get(SharingAgreement, made.id))
    return made


def ruling(zone, bank, on=TODAY):
    with at(zone.database, zone.officer.actor) as desk:
        found = agreements.in_force(desk, bank, on)
        return found and found.number


@pytest.fixture
def bank(zone):
    with writing(zone.database) as session:
        return a_bank(session).id


def test_I20_one_proposes_and_the_chair_adopts(zone, bank):
    made = proposes(zone, bank=bank)
    assert ruling(zone, bank) is None
    adopts(zone, made)
    assert ruling(zone, bank) == made.number
    found = zone.get(SharingAgreement, made.id)
    assert (found.state, found.decider, found.shares) == (
        ChangeState.ADOPTED, zone.chair.name, {G: Rate.percent(40), B: Rate.percent(20), R: Rate.percent(20), F: Rate.percent(20)},
    )  # fmt: skip


def test_I20_who_proposed_and_became_chair_is_refused_in_words_and_by_the_database(zone):
    made = proposes(zone)
    turned = replace(zone.officer.actor, role=Role.CHAIR)
    for act in (agreements.adopt, lambda desk, it: agreements.turn_down(desk, it, "不")):
        with at(zone.database, turned) as desk, pytest.raises(SamePerson):
            act(desk, desk.get(SharingAgreement, made.id))
    with at(zone.database, zone.members[0].actor) as desk, pytest.raises(NotAllowed):
        agreements.adopt(desk, desk.get(SharingAgreement, made.id))
    with pytest.raises(IntegrityError, match=r"two_people|CHECK"), writing(zone.database) as session:
        session.execute(update(SharingAgreement).values(decided_by=zone.officer.id, state="adopted"))


def test_shares_that_make_no_whole_are_refused_with_the_difference_and_by_the_database(zone):
    with pytest.raises(SharesDoNotAdd) as refusal:
        proposes(zone, **shared(guarantor=40, bank=20, reguarantor=20, fund="19.9999"))
    assert refusal.value.facts == {"total": Rate(999_999), "gap": Rate(1)}
    made = proposes(zone)
    like = zone.get(SharingAgreement, made.id)
    with pytest.raises(IntegrityError, match=r"whole|CHECK|wall"), writing(zone.database) as session:
        session.execute(update(SharingAgreement).where(SharingAgreement.id == made.id).values(bank_share=Rate(199_999)))
    with pytest.raises(IntegrityError, match=r"whole|CHECK"), writing(zone.database) as session:
        session.add(another(like, bank_share=Rate(199_999)))
    with pytest.raises(IntegrityError, match=r"shares|CHECK"), writing(zone.database) as session:
        session.add(another(like, bank_share=Rate(-200_000), fund_share=Rate(600_000)))


def another(like, **values):
    facts = {
        c.name: getattr(like, c.name) for c in SharingAgreement.__table__.columns if c.name not in {"id", "version"}
    }
    return SharingAgreement(**facts | {"number": f"XY2026-{next(_papers):05d}"} | values)


def test_an_agreement_needs_its_document_a_name_for_every_party_and_days_in_order(zone):
    with pytest.raises(Incomplete):
        proposes(zone, papers=[])
    with pytest.raises(OtherUnnamed):
        proposes(zone, **shared(guarantor=70, bank=20, other=10))
    with pytest.raises(OtherUnnamed):
        proposes(zone, other_name="产业基金")
    with pytest.raises(OutOfRange):
        proposes(zone, valid_until=TODAY - timedelta(days=1))
    with pytest.raises(OutOfRange):
        proposes(zone, stop_rate=Rate(-1))
    with pytest.raises(NotFound):
        proposes(zone, bank=4503599627370497)
    assert proposes(zone, other_name="产业基金", **shared(guarantor=70, bank=20, other=10)).shares[O] == Rate.percent(
        10
    )


def test_what_is_decided_or_said_is_never_edited(zone):
    made = adopts(zone, proposes(zone))
    waiting = proposes(zone)
    with at(zone.database, zone.chair.actor) as desk, pytest.raises(WrongState):
        agreements.turn_down(desk, desk.get(SharingAgreement, made.id), "不")
    for statement in (
        f"UPDATE sharing_agreement SET answer = '改' WHERE id = {made.id}",
        f"UPDATE sharing_agreement SET stop_rate = 1 WHERE id = {waiting.id}",
        "UPDATE sharing_agreement SET guarantor_share = 300000, bank_share = 300000",
        "DELETE FROM sharing_agreement",
    ):
        with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
            session.execute(text(statement))
    with at(zone.database, zone.chair.actor) as desk:
        agreements.turn_down(desk, desk.get(SharingAgreement, waiting.id), "协议没有盖章")
    assert zone.get(SharingAgreement, waiting.id).answer == "协议没有盖章"
    assert ruling(zone, None) == made.number


def test_the_banks_own_agreement_comes_first_and_a_later_one_takes_its_place(zone, bank):
    everybody = adopts(zone, proposes(zone))
    assert ruling(zone, bank) == ruling(zone, None) == everybody.number
    own = adopts(zone, proposes(zone, bank=bank, valid_until=TODAY + timedelta(days=10)))
    later = adopts(
        zone, proposes(zone, bank=bank, valid_from=TODAY + timedelta(days=5), valid_until=TODAY + timedelta(days=20))
    )
    general = adopts(zone, proposes(zone, now=NOW + timedelta(hours=1)), now=NOW + timedelta(hours=1))
    of_bank = {day: ruling(zone, bank, TODAY + timedelta(days=day)) for day in (-1, 0, 4, 5, 20, 21, 365, 366)}
    assert of_bank == {
        -1: None, 0: own.number, 4: own.number, 5: later.number, 20: later.number, 21: general.number, 365: general.number, 366: None,
    }  # fmt: skip
    assert ruling(zone, None) == general.number


def test_what_a_loss_costs_the_guarantor_follows_the_agreement(zone):
    case = zone.case()

    def passed():
        with at(zone.database, zone.officer.actor) as desk:
            here = desk.get(GuaranteeCase, case.id)
            return if_passed(desk, here, desk.get(Assessment, here.assessment_id))

    alone = passed()
    assert (alone.share, alone.borne, alone.agreement) == (Rate.percent(80), Fen.wan(96), "")
    made = adopts(zone, proposes(zone))
    shared_out = passed()
    assert (shared_out.share, shared_out.borne, shared_out.agreement) == (Rate.percent(40), Fen.wan(48), made.number)
    assert shared_out.stressed == Fen.wan("1.92")  # 120万元 × 40 % × 4 %


def test_a_bank_sees_adopted_agreements_with_itself_and_with_all_and_no_other(zone, bank):
    with writing(zone.database) as session:
        rival = a_bank(session).id
        people = [a_user(session, role, bank_id=bank) for role in (Role.BANKER, Role.BANK_ADMIN)]
        astray = a_user(session, Role.BANKER)
        firm = a_user(session, Role.SIGNATORY)
    ours, theirs, everybody = (adopts(zone, proposes(zone, bank=one)) for one in (bank, rival, None))
    proposes(zone, bank=bank)
    for user in people:
        with at(zone.database, user.actor) as desk:
            rows = agreement_views.every(desk).history.rows
            assert {row.agreement.number for row in rows} == {ours.number, everybody.number}
            with pytest.raises(NotFound):
                desk.get(SharingAgreement, theirs.id)
    for user in (astray, firm):
        with at(zone.database, user.actor) as desk:
            assert agreement_views.every(desk).history.rows == ()


def test_a_bank_that_bears_too_little_is_warned_of(zone):
    made = proposes(zone, **shared(guarantor=90, bank=10))
    with at(zone.database, zone.chair.actor) as desk:
        found = agreement_views.one(desk, desk.get(SharingAgreement, made.id))
    assert found.low and "20%" in found.least.source
    assert [(part.party, part.part, part.start) for part in found.parts] == [
        (G, Fen(90_000_001), 0), (B, Fen(10_000_000), 900_000),
    ]  # fmt: skip
