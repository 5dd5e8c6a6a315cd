"""What a letter waits for, who issues it, and what it may never pass (F10, F42, I-05, I-20, I-22)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from financing.access import Role
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.model import Condition, GuaranteeCase, Limit, LimitTerm, Seat, Tie
from financing.guarantees.rules import Scope
from financing.letter_refusals import LetterOpen, NotIssuable
from financing.letters import service
from financing.letters.checks import checks
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind, Ground, GuaranteeState, GuaranteeType
from financing.money import Fen
from financing.offers.model import Offer
from financing.outbox import Outgoing
from financing.parties.model import Guarantor, Product
from financing.parties.rules import GuarantorKind, Support
from financing.refusals import NotAllowed, NotFound, OutOfRange, WrongState
from financing.walls_aside import aside
from tests.financing.letters.conftest import chosen, filed
from tests.makers import NOW, TODAY, a_user, writing

DAY = timedelta(days=1)


def grounds(refusal) -> set[Ground]:
    return set(refusal.value.facts["grounds"])


def test_a_letter_is_prepared_by_one_and_issued_by_another(ready):
    draft = ready.prepares()
    assert (draft.number, draft.state, draft.type) == ("BH2026-0001", GuaranteeState.PREPARED, GuaranteeType.JOINT)
    assert (draft.starts, draft.matures, draft.until) == (TODAY, date(2027, 11, 23), date(2028, 5, 23))
    assert ready.ledger(draft) == []
    ready.issues(draft)
    here = ready.now(draft)
    assert (here.state, here.balance, here.issued_by) == (GuaranteeState.IN_FORCE, Fen.wan(120), ready.chair.id)
    assert ready.ledger(draft) == [(EntryKind.ISSUED, Fen.wan(120).fen)]
    with writing(ready.database) as session:
        told = {row.payload.get("code"): row.payload.get("to") for row in session.scalars(select(Outgoing))}
        used = session.query(Limit).filter_by(scope=Scope.FIRM, owner_id=draft.firm_id).one()
    assert (used.used, used.reserved) == (Fen.wan(120), Fen(0))
    assert {"letter.prepare", "letter.issue"} <= told.keys()


def test_I20_whoever_prepared_a_letter_never_issues_it(ready):
    ready.change(GuaranteeCase, ready.case.id, chair_aside=True)
    draft = ready.prepares()
    for actor in (ready.stage.officer, ready.second):
        with pytest.raises(NotAllowed):
            ready.issues(draft, actor=actor)
    assert ready.now(draft).state is GuaranteeState.PREPARED


def test_I20_the_database_itself_refuses_one_person_for_both(ready):
    draft = ready.prepares()
    with pytest.raises(IntegrityError, match="two_people"):
        ready.change(Guarantee, draft.id, state=GuaranteeState.IN_FORCE, issued_by=draft.prepared_by)


def test_only_officers_prepare(ready):
    for actor in (ready.chair, ready.stage.signatory):
        with pytest.raises((NotAllowed, NotFound)):
            ready.prepares(actor=actor)


def test_a_tied_chair_neither_sees_nor_issues_and_a_member_signs_in_that_place(database):
    seated = {}

    def tied(session, case):
        chair, member = a_user(session, Role.CHAIR), a_user(session, Role.MEMBER)
        session.add(Tie(case_id=case.id, user_id=chair.id, reason="亲属任职", at=NOW))
        session.add_all(Seat(meeting_id=case.meeting_id, user_id=one.id, name=one.name) for one in (chair, member))
        case.chair_aside = True
        session.flush()
        seated.update(chair=chair.actor, member=member.actor)

    ready = chosen(database, before=tied)
    draft = ready.prepares()
    with pytest.raises(NotFound):
        ready.issues(draft, actor=seated["chair"])
    ready.issues(draft, actor=seated["member"])
    assert ready.now(draft).issued_by == seated["member"].id


def test_I05_one_active_guarantee_per_need(ready):
    first = ready.prepares()
    with pytest.raises(LetterOpen):
        ready.prepares()
    with ready.stage.at(ready.stage.officer) as desk:
        service.drop(desk, desk.get(Guarantee, first.id))
    second = ready.prepares()
    assert second.number == "BH2026-0002"
    ready.issues(second)
    with pytest.raises(LetterOpen):
        ready.prepares()
    with writing(ready.database) as session:
        columns = Guarantee.__table__.columns
        row = dict(session.execute(select(Guarantee.__table__).where(columns.id == second.id)).mappings().one())
    twice = insert(Guarantee.__table__).values(row | {"id": 5, "number": "BH2026-0099"})
    with pytest.raises(IntegrityError, match=r"need_id|uq_guarantee_active"), writing(ready.database) as session:
        session.execute(twice)


@pytest.mark.parametrize(("less", "fits"), [(-1, False), (0, True), (1, True)])
def test_I22_no_letter_above_the_accepted_offer_to_the_fen(database, less, fits):
    ready = chosen(database)
    amount = ready.offer.amount - Fen(less)
    if fits:
        assert ready.issued(amount).amount == amount
        return
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares(amount)
    assert grounds(refusal) == {Ground.AMOUNT, Ground.RESERVED}


@pytest.mark.parametrize("change", [{"amount": 1}, {"offered": 1}, {"line": -1}, {"asked": -1}, {"amount": -(10**9)}])
def test_I22_the_database_holds_the_amounts_in_their_order(database, change):
    ready = chosen(database)
    draft = ready.prepares()
    ((name, by),) = change.items()
    with pytest.raises(IntegrityError, match="amounts"):
        ready.change(Guarantee, draft.id, **{name: getattr(draft, name) + Fen(by)})


def test_F10_no_letter_once_the_licence_has_expired_and_one_on_its_last_day(ready):
    ready.change(Guarantor, ready.case.guarantor_id, licence_until=TODAY)
    draft = ready.prepares(now=NOW)
    with pytest.raises(NotIssuable) as refusal:
        ready.issues(draft, now=NOW + DAY)
    assert grounds(refusal) == {Ground.LICENCE}
    assert ready.now(draft).state is GuaranteeState.PREPARED
    ready.issues(draft, now=NOW)


@pytest.mark.parametrize("facts", [{"licence": ""}, {"licence_until": None}])
def test_F10_no_letter_without_a_licence(ready, facts):
    ready.change(Guarantor, ready.case.guarantor_id, **facts)
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert Ground.LICENCE in grounds(refusal)


def test_F10_no_letter_without_the_scan_of_the_licence_which_may_come_with_the_draft(database):
    ready = chosen(database, scan=False)
    ready.files(DocumentKind.LICENCE, ready.case.id)  # a licence about something else
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.LICENCE_SCAN}
    draft = ready.prepares(files=[filed(DocumentKind.LICENCE, "许可证.pdf")])
    ready.issues(draft)
    with writing(ready.database) as session:
        assert session.query(Document).filter_by(subject_id=ready.case.guarantor_id).one().name == "许可证.pdf"


def test_a_government_organ_never_guarantees(ready):
    ready.change(Guarantor, ready.case.guarantor_id, name="示范经济技术开发区管理委员会")
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.GUARANTOR}


def of_kind(kind: GuarantorKind, support: Support, pool: Fen | None = None):
    """The guarantor is of this kind, without a licence, and the case asks for this form."""

    def laid(session, case):
        guarantor = session.get_one(Guarantor, case.guarantor_id)
        guarantor.kind, guarantor.pool, guarantor.licence, guarantor.licence_until = kind, pool or Fen(0), "", None
        case.support = support
        with aside(session.connection()):  # a product on the shelf is replaced, never changed
            session.execute(update(Product).values(guaranteed_only=False))
        session.flush()

    return laid


@pytest.mark.parametrize(
    ("kind", "support"),
    [(GuarantorKind.RISK_POOL, Support.LETTER), (GuarantorKind.LICENSED, Support.RISK_SHARING)],
)
def test_F10_a_guarantor_issues_only_the_form_its_kind_allows(database, kind, support):
    ready = chosen(database, before=of_kind(kind, support, Fen.wan(1_000)))
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert Ground.FORM in grounds(refusal)


def test_a_promise_of_the_risk_pool_needs_no_licence_and_has_no_type(database):
    ready = chosen(database, scan=False, before=of_kind(GuarantorKind.RISK_POOL, Support.RISK_SHARING, Fen.wan(500)))
    made = ready.issued()
    assert (made.form, made.type, made.until) == (Support.RISK_SHARING, None, made.matures)
    assert ready.now(made).balance == Fen.wan(120)


def test_a_promise_beyond_the_pool_as_it_is_today_is_refused(database):
    ready = chosen(database, scan=False, before=of_kind(GuarantorKind.RISK_POOL, Support.RISK_SHARING, Fen.wan(500)))
    ready.change(Guarantor, ready.case.guarantor_id, pool=Fen(1))
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.POOL}


def test_a_recommendation_of_an_ordinary_company_needs_its_own_resolution_and_takes_up_nothing(database):
    ready = chosen(database, scan=False, before=of_kind(GuarantorKind.CORPORATE_ONE_OFF, Support.RECOMMENDATION))
    ready.files(DocumentKind.CORPORATE_RESOLUTION, ready.case.guarantor_id)  # not about this case
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.CORPORATE_RESOLUTION}
    draft = ready.prepares(files=[filed(DocumentKind.CORPORATE_RESOLUTION)])
    ready.issues(draft)
    assert ready.now(draft).balance == Fen(0)
    assert ready.ledger(draft) == [(EntryKind.ISSUED, 0)]


def test_F42_no_letter_while_a_condition_has_no_accepted_proof(ready):
    with writing(ready.database) as session:
        session.add(
            Condition(
                case_id=ready.case.id, need_id=ready.case.need_id, firm_id=ready.case.firm_id, number=1, says="结清"
            )
        )
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.CONDITIONS}


def test_no_letter_once_the_resolution_is_over(ready):
    draft = ready.prepares()
    last = date(2027, 5, 23)
    with pytest.raises(NotIssuable) as refusal:
        ready.issues(draft, now=NOW + (last - TODAY) + DAY)
    assert grounds(refusal) == {Ground.RESOLUTION}
    ready.issues(draft, now=NOW + (last - TODAY))


@pytest.mark.parametrize("days", [-1, 182])
def test_a_loan_begins_between_today_and_the_end_of_the_resolution(ready, days):
    with pytest.raises(OutOfRange):
        ready.prepares(starts=TODAY + timedelta(days=days))
    assert ready.prepares(starts=TODAY + timedelta(days=181)).starts == date(2027, 5, 23)


def test_only_a_chosen_offer_gets_a_letter(ready):
    with writing(ready.database) as session:
        other = session.query(Offer).filter(Offer.id == ready.offer.id).one()
        other.state = "not_chosen"
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.OFFER}


def test_the_report_on_a_related_party_is_made_or_not_yet_late(ready):
    ready.change(GuaranteeCase, ready.case.id, report_by=TODAY)
    draft = ready.prepares()
    with pytest.raises(NotIssuable) as refusal:
        ready.issues(draft, now=NOW + DAY)
    assert grounds(refusal) == {Ground.REPORT}
    ready.change(GuaranteeCase, ready.case.id, reported_on=TODAY)
    ready.issues(draft, now=NOW + DAY)


def test_the_banks_own_limit_is_a_ground_too(ready):
    with writing(ready.database) as session:
        session.add(
            LimitTerm(scope=Scope.BANK, owner_id=ready.offer.bank_id, cap=ready.offer.amount - Fen(1), basis="会议纪要")
        )
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.BANK_LIMIT}


def test_every_ground_says_what_was_found_what_is_asked_and_where_it_stands(ready):
    with ready.stage.at(ready.stage.officer) as desk:
        found = checks(desk, ready.case, ready.offer, ready.offer.amount)
    assert [check.key for check in found if not check.passed] == []
    assert all(check.source for check in found)
    assert {Ground.RESOLUTION, Ground.CONDITIONS, Ground.LICENCE, Ground.LICENCE_SCAN} <= {c.key for c in found}


def test_what_was_set_aside_for_a_need_is_used_once(ready):
    first = ready.issued(Fen.wan(100))
    ready.releases(first)
    with pytest.raises(NotIssuable) as refusal:
        ready.prepares()
    assert grounds(refusal) == {Ground.RESERVED}


def test_I16_a_letter_that_is_issued_is_neither_issued_again_nor_dropped(ready):
    made = ready.issued()
    with pytest.raises(WrongState):
        ready.issues(made)
    with pytest.raises(WrongState), ready.stage.at(ready.stage.officer) as desk:
        service.drop(desk, desk.get(Guarantee, made.id))


def test_firm_and_bank_see_a_letter_once_it_is_issued_and_no_stranger_ever(ready):
    draft = ready.prepares()
    strangers = [ready.stage.bankers[1]]
    with writing(ready.database) as session:
        strangers.append(a_user(session, Role.SIGNATORY, firm_id=None).actor)

    def seen_by(actor):
        with ready.stage.at(actor) as desk:
            return [one.number for one in desk.all(Guarantee)], len(desk.all(GuaranteeEntry))

    own = (ready.stage.signatory, ready.stage.bankers[0])
    assert [seen_by(actor) for actor in own] == [([], 0), ([], 0)]
    ready.issues(draft)
    assert [seen_by(actor) for actor in own] == [([draft.number], 1)] * 2
    assert [seen_by(actor) for actor in strangers] == [([], 0)] * 2
