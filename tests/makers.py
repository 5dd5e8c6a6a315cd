"""Firms, people and papers for tests: one line each, every fact that does not matter already filled in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session
from stdnum.cn import uscc

from financing import desk
from financing.access import DECIDERS, Actor, Role
from financing.credit.model import Assessment, RaisedFlag
from financing.db import Database
from financing.desk import Desk
from financing.diligence.model import Survey
from financing.diligence.rules import Advice, SurveyState
from financing.guarantees import interests
from financing.guarantees.committee_model import InterestDeclaration
from financing.guarantees.interest_rules import Interest
from financing.money import Fen, Rate
from financing.needs.behalf_model import Behalf
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose
from financing.offers.model import Opening
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties.model import Bank, Firm, Guarantor, Product
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import Capacity, Item, Whose
from financing.parties.rules import BankKind, FirmState, GuarantorKind
from financing.people.model import User
from scoring.card import cards
from scoring.flags import Evidence, raised
from scoring.repayment import Repayment

#: A Monday morning in Beijing; the whole week around it is plain working days.
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_number = itertools.count(1)

T = TypeVar("T")


@contextmanager
def at(database: Database, actor: Actor, now: datetime = NOW, *, write: bool = True) -> Iterator[Desk]:
    """A desk of this actor at this moment; leaving the block commits."""
    with desk.opened(database, actor, now, write=write) as opened:
        yield opened


@contextmanager
def writing(database: Database) -> Iterator[Session]:
    """A plain session to lay out what a test starts from; leaving the block commits."""
    with database.turn(), Session(database.writer, expire_on_commit=False) as session, session.begin():
        yield session


def a_code() -> str:
    """A valid unified social credit code, another one every time."""
    body = f"91361100{next(_number):09d}"
    return body + uscc.calc_check_digit(body)


def a_firm(session: Session, **facts: object) -> Firm:
    """A confirmed small manufacturer of copper parts."""
    code = facts.get("code") or a_code()
    firm = Firm(**{
        "name": f"示范铜材第{next(_number)}有限公司", "industry": "3340", "park": "高新园区", "address": "工业大道 1 号",
        "founded_on": date(2015, 3, 1), "representative": "张明", "contact": "李芳", "phone": "13800000000",
        "registered_at": NOW, "employees": 86, "revenue": Fen.wan(3_600), "assets": Fen.wan(2_400), "size": "small",
        "state": FirmState.CONFIRMED, **facts, "code": code,
    })  # fmt: skip
    return _put(session, firm)


def a_need(session: Session, firm: Firm, **facts: object) -> Need:
    """A draft for 120万元 over a year, to buy copper."""
    need = Need(**{
        "number": f"XQ2026-{next(_number):04d}", "firm_id": firm.id, "amount": Fen.wan(120), "months": 12,
        "purpose": Purpose.WORKING_CAPITAL, "use": "采购铜材原料", "latest": date(2027, 3, 31), "drafted_on": TODAY,
        "wish": Rate.percent("3.8"), **facts,
    })  # fmt: skip
    return _put(session, need)


def a_behalf(session: Session, need: Need, scan: Paper, **facts: object) -> Behalf:
    """A need typed today from a form signed yesterday, which the firm has not answered."""
    behalf = Behalf(**{
        "need_id": need.id, "firm_id": need.firm_id, "scan_id": scan.id, "edition": "2026-1", "signed_by": "张明",
        "signed_on": TODAY - timedelta(days=1), "typed_at": NOW, "typed_by": 1, "typed_by_name": "周经办",
        "until": TODAY + timedelta(days=14), **facts,
    })  # fmt: skip
    return _put(session, behalf)


def a_paper(session: Session, firm: Firm, **facts: object) -> Paper:
    """An invoice workbook on file, without its rows."""
    paper = Paper(**{
        "firm_id": firm.id, "kind": PaperKind.INVOICES, "name": "发票明细.xlsx", "media": "application/vnd.ms-excel",
        "size": 1_000, "sha256": f"{next(_number):064x}", "stored": f"{next(_number):064x}", "added_at": NOW, "added_by": 1,
        **facts,
    })  # fmt: skip
    return _put(session, paper)


def a_permit(session: Session, firm: Firm, item: Item, **facts: object) -> Permit:
    """The firm agrees to one item from today on for a year; a person's report with a paper that is not looked at."""
    person = item is Item.PERSON_CREDIT
    permit = Permit(**{
        "number": f"TY2026-{next(_number):04d}", "firm_id": firm.id, "item": item, "whose": Whose.CONTROLLER if person else None,
        "person": firm.representative, "mark": "123X", "scan_id": 1 if person else None, "text_version": "2026-11", "text_hash": "0" * 64,
        "given_at": NOW, "given_by": 1, "giver": firm.representative, "capacity": Capacity.REPRESENTATIVE,
        "valid_until": NOW + timedelta(days=365), **facts,
    })  # fmt: skip
    return _put(session, permit)


def a_user(session: Session, role: Role, *, declared: bool = True, **facts: object) -> User:
    """Somebody with an account; `.actor` is what a desk is opened for. Whoever may decide has declared for the year."""
    number = next(_number)
    user = User(**{
        "login": f"user{number}", "name": f"用户{number}", "role": role, "password_hash": "!", "joined_at": NOW, **facts,
    })  # fmt: skip
    _put(session, user)
    if declared and role in DECIDERS:
        a_declaration(session, user)
    return user


def declares_nothing(database: Database, user: User, now: datetime) -> None:
    """A member says for the year that there is nothing to declare; nobody else is asked."""
    if user.role in DECIDERS:
        with at(database, user.actor, now) as desk:
            interests.declare(desk, year=desk.today.year, lines=(), nothing=True)


def a_declaration(session: Session, user: User, *lines: Interest, **facts: object) -> InterestDeclaration:
    """What a member declared for the year, as its first declaration; without lines there is nothing to declare."""
    made = InterestDeclaration(**{
        "user_id": user.id, "year": TODAY.year, "number": 1, "lines": [one.as_json() for one in lines], "mark": "", "at": NOW,
        **facts,
    })  # fmt: skip
    return _put(session, made)


def a_bank(session: Session, **facts: object) -> Bank:
    """A city bank's branch."""
    return _put(session, Bank(**{"name": f"示范银行第{next(_number)}支行", "kind": BankKind.CITY, **facts}))


def a_product(session: Session, bank: Bank, **facts: object) -> Product:
    """A loan for everybody with a guarantee, from 10万元 to 500万元, 6 to 36 months."""
    product = Product(**{
        "bank_id": bank.id, "name": "园区担保贷", "least": Fen.wan(10), "most": Fen.wan(500), "shortest": 6, "longest": 36,
        "spread": Rate.percent("0.45"), "valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31), **facts,
    })  # fmt: skip
    return _put(session, product)


def a_guarantor(session: Session, **facts: object) -> Guarantor:
    """A licensed guarantee company with 2亿元 of net assets that bears 80 per cent."""
    guarantor = Guarantor(**{
        "name": "示范开发区融资担保有限公司", "kind": GuarantorKind.LICENSED, "net_assets": Fen.wan(20_000),
        "share": Rate.percent(80), "fee": Rate.percent(1), "licence": "赣融担 0001", "licence_until": date(2029, 12, 31), **facts,
    })  # fmt: skip
    return _put(session, guarantor)


def _put(session: Session, thing: T) -> T:
    session.add(thing)
    session.flush()
    return thing


def an_assessment(session: Session, need: Need, **facts: object) -> Assessment:
    """A score of 78 points, grade A, good for 300万元."""
    sheet = {
        "title": "园区无抵押企业信用评分表",
        "line": 60,
        "full_marks": 100,
        "vetoes": [],
        "lines": [],
        "missing": [],
    }
    score = Assessment(**{
        "need_id": need.id, "firm_id": need.firm_id, "card": "credit", "since": date(2026, 1, 1),
        "digest": cards("credit")[0].digest,
        "facts": {}, "sheet": sheet, "total": 78, "grade": "A", "ceiling": Fen.wan(300), "qualified": True,
        "insufficient": False, "vetoed": False, "assessed_at": NOW, "assessed_by": 1, **facts,
    })  # fmt: skip
    return _put(session, score)


def an_opening(session: Session, need: Need, **facts: object) -> Opening:
    """The seal of a need's offers, a month before they open."""
    return _put(
        session, Opening(**{"need_id": need.id, "firm_id": need.firm_id, "until": NOW + timedelta(days=30), **facts})
    )


def a_flag(session: Session, need: Need, **facts: object) -> RaisedFlag:
    """A jump of sales that nobody has looked at yet."""
    flag = raised(
        "spike", TODAY, [Evidence("2026-10", 3, 90_000_000)], months=3, sum="90.00", times="3.6", season="2.4"
    )
    row = RaisedFlag(**{
        "need_id": need.id, "firm_id": need.firm_id, "code": flag.code, "digest": flag.digest, "flag": flag.as_json(),
        "raised_at": NOW, **facts,
    })  # fmt: skip
    return _put(session, row)


def a_survey(session: Session, need: Need, **facts: object) -> Survey:
    """Two officers have looked at the firm and both advise to support it."""
    survey = Survey(**{
        "need_id": need.id, "firm_id": need.firm_id, "officer_id": 1, "officer_name": "周经办", "visited_on": TODAY, "place": "厂区",
        "found": [], "photos": [], "changed": [], "rate": Rate.percent("3.8"), "repayment": Repayment.INTEREST_ONLY, "other": None,
        "advice": Advice.SUPPORT, "opinion": "订单充足", "at": NOW, "second_id": 2, "second_name": "孙复核",
        "second_advice": Advice.SUPPORT, "second_opinion": "同意", "second_at": NOW, "state": SurveyState.REVIEWED, **facts,
    })  # fmt: skip
    return _put(session, survey)


def a_scored_need(session: Session, firm: Firm, **facts: object) -> Need:
    """A need that has been accepted, scored and surveyed, ready for a guarantee case."""
    need = a_need(session, firm, **{"state": NeedState.SCORED, "submitted_on": TODAY, **facts})
    an_assessment(session, need)
    a_survey(session, need)
    return need
