"""Separate consents do what they say: nothing without them, everything at once after they are taken back (个人信息保护法 第十四至十六、二十三、二十九条)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from itertools import chain, combinations
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing import desk as desks
from financing.access import Role
from financing.acts import Act
from financing.guarantees.model import GuaranteeCase, Meeting, Seat
from financing.journal import Entry
from financing.matching import freeze_firm
from financing.matching.model import Consent, Match
from financing.matching.rules import Consented, MatchState
from financing.money import Rate
from financing.notices.model import Notice
from financing.offers import held
from financing.offers.ask_rules import Item as Asked
from financing.paper_sights import OFFICE_ONLY, SHOWN_UNDER
from financing.papers import rules, service, views
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties import permits
from financing.parties.model import Firm, Guarantor
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import Capacity, Item, PermitState, Whose
from financing.parties.permit_text import FOLDER, Handler
from financing.parties.rules import Support
from financing.parties.stated import record, stated
from financing.permit_refusals import MarkWrong, PermitFirst, PermitOver, SignedFirst
from financing.refusals import NotAllowed
from financing.sights import seen_by
from financing.sign_refusals import FactorFirst
from tests.makers import (
    NOW,
    TODAY,
    a_bank,
    a_firm,
    a_guarantor,
    a_need,
    a_paper,
    a_permit,
    a_product,
    a_user,
    an_assessment,
    at,
    writing,
)
from web.jobs import work_off

DAY = timedelta(days=1)
HANDLER = Handler("示范经开区", "企业服务中心", "0795-7654321")


@pytest.fixture
def people(database):
    """A firm with its signatory and clerk, an officer, and a bank that has its dossier under a consent."""
    with writing(database) as session:
        firm = a_firm(session)
        bank = a_bank(session)
        need = a_need(session, firm)
        match = Match(need_id=need.id, firm_id=firm.id, bank_id=bank.id, product_id=a_product(session, bank).id, fit=1, reasons=[],
                      proposed_on=TODAY, sent_on=TODAY, due_on=TODAY, state=MatchState.SENT)  # fmt: skip
        consent = Consent(number="SQ2026-9999", firm_id=firm.id, need_id=need.id, bank_id=bank.id, scope=["basic"], purpose=Consented.FINANCING,
                          text_version="2026-11", text_hash="", granted_by=1, valid_from=NOW, valid_until=NOW + 500 * DAY)  # fmt: skip
        session.add_all((match, consent))
        session.flush()
        users = {
            "signatory": a_user(session, Role.SIGNATORY, firm_id=firm.id, name=firm.representative),
            "clerk": a_user(session, Role.CLERK, firm_id=firm.id), "officer": a_user(session, Role.OFFICER),
            "banker": a_user(session, Role.BANKER, bank_id=bank.id), "auditor": a_user(session, Role.AUDITOR),
        }  # fmt: skip
        return firm, match, {name: user.actor for name, user in users.items()}


def asked(item: Item = Item.SENSITIVE, **more: object) -> permits.Asked:
    return permits.Asked(item, "123x", **more)


def given(database, people, wanted: permits.Asked, now=NOW) -> Permit:
    firm, _, who = people
    with at(database, who["signatory"], now) as desk:
        mine = desk.get(Firm, firm.id)
        words = permits.draft(desk, mine, wanted, handler=HANDLER, whose="实际控制人", capacity="法定代表人")
        return permits.give(desk, mine, wanted, words)


def handed_in(database, people, kind: PaperKind, who="signatory", now=NOW) -> Paper:
    firm, _, actors = people
    digest = hashlib.sha256(kind.value.encode()).hexdigest()
    with at(database, actors[who], now) as desk:
        return service.add(desk, desk.get(Firm, firm.id), kind=kind, name=f"{kind}.pdf", media="application/pdf", size=9, sha256=digest, stored=digest)  # fmt: skip


def read_by_bank(database, people, now) -> set[Asked]:
    _, match, who = people
    with at(database, who["banker"], now) as desk:
        return set(held.held(desk, desk.get(Match, match.id))) & {Asked.FLOW}


def test_F18_what_needs_an_item_waits_for_it_and_is_gone_from_others_the_moment_it_is_taken_back(database, people):
    firm, match, who = people
    for kind, missing in (
        (PaperKind.FLOW, Item.SENSITIVE),
        (PaperKind.PERSON_CREDIT, Item.SENSITIVE),
        (PaperKind.FIRM_CREDIT, Item.CREDIT),
    ):
        for name in ("signatory", "officer"):  # whoever brings it
            with pytest.raises(PermitFirst) as refused:
                handed_in(database, people, kind, name)
            assert refused.value.facts["item"] is missing
    assert handed_in(database, people, PaperKind.TAX).kind is PaperKind.TAX, "nothing else is refused for it"
    permit = given(database, people, asked())
    with at(database, who["signatory"]) as desk:
        words = permits.draft(
            desk, desk.get(Firm, firm.id), asked(), handler=HANDLER, whose="", capacity="法定代表人"
        ).words
    assert permit.text_hash == hashlib.sha256(words.encode()).hexdigest()
    for slot in (
        firm.name,
        firm.code,
        firm.representative,
        "123X",
        "示范经开区",
        "企业服务中心",
        "0795-7654321",
        "365 天",
    ):
        assert slot in words
    assert (permit.capacity, permit.valid_until - permit.given_at) == (Capacity.REPRESENTATIVE, 365 * DAY)
    flow = handed_in(database, people, PaperKind.FLOW)
    assert read_by_bank(database, people, NOW) == {Asked.FLOW}
    with at(database, who["officer"]) as desk:
        assert flow.sha256 in {one.digest for one in freeze_firm.filed(desk, firm.id)}
    assert read_by_bank(database, people, permit.valid_until) == set(), "its day is over"
    with at(database, who["signatory"], NOW + DAY) as desk:
        permits.withdraw(desk, desk.get(Permit, permit.id), "不再需要")
    assert read_by_bank(database, people, NOW + DAY) == set()
    with at(database, who["banker"], NOW + DAY) as desk:
        assert not held.may_open(desk, desk.get(Match, match.id), flow.id)
    with at(database, who["officer"], NOW + DAY) as desk:
        assert flow.sha256 not in {one.digest for one in freeze_firm.filed(desk, firm.id)}
        assert desk.get(Paper, flow.id).name == "flow.pdf", "the office keeps what the law has it keep"
    with at(database, who["clerk"], NOW + DAY) as desk:
        assert desk.get(Paper, flow.id)
        rows = {row.item: (row.state, row.permit.why if row.permit else None) for row in permits.table(desk, firm.id)}
        assert rows == {Item.SENSITIVE: (PermitState.WITHDRAWN, "不再需要"), **dict.fromkeys((Item.CREDIT, Item.PERSON_CREDIT, Item.PUBLICITY), (PermitState.NOT_GIVEN, None))}  # fmt: skip
        assert views.waiting(desk, firm.id) == {Item.SENSITIVE: 1}
    with pytest.raises(PermitOver), at(database, who["signatory"], NOW + DAY) as desk:
        permits.withdraw(desk, desk.get(Permit, permit.id))
    given(database, people, asked(), NOW + 2 * DAY)
    assert read_by_bank(database, people, NOW + 2 * DAY) == {Asked.FLOW}, "given again, nothing was lost"
    work_off(database, NOW + 3 * DAY)
    with writing(database) as session:
        told = session.scalars(select(Notice).where(Notice.user_id == who["officer"].id)).all()
        assert sorted(one.act for one in told) == [Act.GIVE_PERMIT, Act.GIVE_PERMIT, Act.END_PERMIT]
        assert "不再需要" not in str([line.body for line in session.scalars(select(Entry))])


def test_F18_a_credit_report_needs_its_own_leave_and_what_rests_on_it_is_no_longer_counted(database, people):
    firm, _, who = people
    facts = {"overdue_loans": 0, "loan_class": "normal", "tax_grade": "A"}
    with pytest.raises(PermitFirst), at(database, who["officer"]) as desk:
        record(desk, desk.get(Firm, firm.id), facts, as_of=TODAY)
    with at(database, who["officer"]) as desk:
        record(desk, desk.get(Firm, firm.id), {"tax_grade": "A"}, as_of=TODAY)
    credit = given(database, people, asked(Item.CREDIT))
    with at(database, who["officer"]) as desk:
        record(desk, desk.get(Firm, firm.id), facts, as_of=TODAY)
    with pytest.raises(PermitFirst) as refused, at(database, who["officer"]) as desk:
        record(desk, desk.get(Firm, firm.id), {"owner_credit": "clean"}, as_of=TODAY)
    assert refused.value.facts["item"] is Item.PERSON_CREDIT
    with writing(database) as session:
        scan, other = (
            a_paper(session, session.get_one(Firm, firm.id), kind=kind) for kind in (PaperKind.SIGNED, PaperKind.TAX)
        )
    for wrong in (
        {"whose": Whose.CONTROLLER, "person": "张明"},
        {"scan": other, "whose": Whose.CONTROLLER, "person": "张明"},
        {"scan": scan, "person": "张明"},
    ):
        with pytest.raises(SignedFirst):
            given(database, people, asked(Item.PERSON_CREDIT, **wrong))
    two = [
        given(database, people, asked(Item.PERSON_CREDIT, scan=scan, whose=Whose.GUARANTOR, person=name))
        for name in ("王五", "赵六")
    ]
    with at(database, who["officer"]) as desk:
        record(desk, desk.get(Firm, firm.id), {"owner_credit": "clean"}, as_of=TODAY)
    with at(database, who["signatory"]) as desk:
        permits.withdraw(desk, desk.get(Permit, two[0].id))
        assert "owner_credit" in stated(desk.get(Firm, firm.id)), "the other one's report is still there to rest on"
        permits.withdraw(desk, desk.get(Permit, two[1].id))
        permits.withdraw(desk, desk.get(Permit, credit.id))
    with at(database, who["officer"]) as desk:
        assert set(stated(desk.get(Firm, firm.id))) == {"tax_grade"}
        record(desk, desk.get(Firm, firm.id), {"overdue_loans": None}, as_of=TODAY)  # taking back needs no leave


def test_I10_only_the_signatory_gives_it_with_a_second_factor_and_the_database_keeps_it_as_it_was_signed(
    database, people
):
    firm, _, who = people
    unsigned = SimpleNamespace(id=1, firm_id=firm.id, bank_id=None)
    for name in ("clerk", "officer", "auditor", "banker"):
        with pytest.raises(NotAllowed), at(database, who[name]) as desk:
            desk.note(Act.GIVE_PERMIT, unsigned)
    with (
        pytest.raises(FactorFirst),
        desks.opened(database, who["signatory"], NOW, proved_at=NOW, factored=False) as desk,
    ):
        desk.note(Act.GIVE_PERMIT, unsigned)
    for mark in ("", "12", "12345", "ABCX"):
        with pytest.raises(MarkWrong):
            given(database, people, permits.Asked(Item.SENSITIVE, mark))
    first = given(database, people, asked())
    second = given(database, people, asked(), NOW + DAY)
    with at(database, who["auditor"], NOW + DAY) as desk:
        assert [(one.state, one.permit.id) for one in permits.table(desk, firm.id)[:1]] == [
            (PermitState.GIVEN, second.id)
        ]
        assert desk.get(Permit, first.id).ended == "replaced"
    for statement in ("UPDATE permit SET valid_until = given_at", "UPDATE permit SET text_hash = 'x'", "UPDATE permit SET ended_at = NULL, ended = NULL, ended_by = NULL",
                      "DELETE FROM permit", "UPDATE permit SET person = '别人'"):  # fmt: skip
        with pytest.raises((DBAPIError, IntegrityError)), database.writer.begin() as connection:
            connection.execute(text(statement))
    with pytest.raises(IntegrityError), writing(database) as session:
        a_permit(session, session.get_one(Firm, firm.id), Item.SENSITIVE)  # one stands already


def test_what_others_see_is_the_same_for_every_kind_and_every_choice_of_items(sqlite_database, people_of_sight):
    """The sight of the committee against the rule of papers, over all kinds and all 16 choices of items."""
    assert {PaperKind(kind): tuple(Item(item) for item in SHOWN_UNDER if kind in SHOWN_UNDER[item]) for kind in set(chain(*SHOWN_UNDER.values()))} == dict(rules.NEEDS)  # fmt: skip
    assert {PaperKind(OFFICE_ONLY)} == rules.OFFICE_ONLY
    member, firms = people_of_sight
    with at(sqlite_database, member, write=False) as desk:
        seen = set(desk.session.scalars(select(Paper.id).where(seen_by(member, Paper, NOW))))
        for given, papers in firms:
            assert {kind for kind, key in papers.items() if key in seen} == {
                kind for kind in PaperKind if rules.shown(kind, given)
            }


@pytest.fixture
def people_of_sight(sqlite_database):
    """For every choice of items a firm with a paper of every kind, all on the agenda of one member."""
    choices = list(chain.from_iterable(combinations(Item, size) for size in range(len(Item) + 1)))
    firms = []
    with writing(sqlite_database) as session:
        member = a_user(session, Role.MEMBER)
        meeting = Meeting(number="PS2026-0001", day=TODAY, place="室")
        session.add(meeting)
        session.flush()
        session.add(Seat(meeting_id=meeting.id, user_id=member.id, name=member.name))
        for choice in choices:
            firm = a_firm(session)
            _case(session, a_need(session, firm), meeting)
            for item in choice:
                a_permit(session, firm, item)
            firms.append((frozenset(choice), {kind: a_paper(session, firm, kind=kind).id for kind in PaperKind}))
    return member.actor, firms


def _case(session, need, meeting) -> GuaranteeCase:
    """On the agenda of the meeting, with the one guarantor of the zone."""
    found = session.scalars(select(Guarantor)).first()
    case = GuaranteeCase(
        number=f"DB{need.number[2:]}", need_id=need.id, firm_id=need.firm_id, assessment_id=an_assessment(session, need).id,
        guarantor_id=(found or a_guarantor(session)).id, officer_id=1, officer_name="周经办", line=need.amount, months=12,
        support=Support.LETTER, share=Rate.percent(80), fee=Rate.percent(1), opened_on=TODAY, gates=[], opinion="同意",
        meeting_id=meeting.id,
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case


def test_every_text_names_what_it_must():
    """The slots of an authorisation: who, who handles it and how to reach them, what for, what, from where, to whom, how long, how to end it."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / "2026-11").iterdir()}
    assert set(texts) == {item.value for item in Item}
    for item, words in texts.items():
        blanks = {"{firm}", "{code}", "{mark}", "{zone}", "{office}", "{phone}", "{days}", "{signer}", "{capacity}"}
        assert all(blank in words for blank in blanks), item
        assert all(said in words for said in ("用途", "内容", "接收方", "期限", "撤回", "权利")), item
        assert "不影响办理" in words, item
