"""A need on its way to three banks: the people, the shelves, the score with its facts, the sealed resolution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from financing.access import Actor, Role
from financing.credit.model import Assessment
from financing.db import Database
from financing.desk import Desk
from financing.guarantees.model import GuaranteeCase, Meeting, Resolution
from financing.guarantees.rules import CaseState
from financing.matching import service
from financing.matching.model import Dossier, Match
from financing.matching.rules import Part
from financing.matching.snapshot import Zone
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers.model import Invoice, StatementLine
from financing.papers.rules import PaperKind, Side
from financing.parties.model import Bank, Firm, Guarantor
from financing.parties.rules import Support
from scoring.card import card
from scoring.sheet import sheet
from tests.makers import NOW, TODAY, a_bank, a_firm, a_guarantor, a_need, a_paper, a_product, a_user, at, writing

ZONE = Zone(name="示范经开区", english="Model Zone", office="金融服务中心", phone="0793-1234567")
FACTS = {"debt_ratio": 48.2, "current_ratio": 1.9, "years_in_business": 11, "tax_grade": "A", "dishonest_records": 0}
STATED = {
    2024: {"assets": 2_300_00, "liabilities": 1_250_00, "revenue": 3_100_00, "cost": 2_500_00, "net_profit": 150_00,
           "interest": 40_00, "profit_before_tax": 190_00, "capital": 500_00},
    2025: {"assets": 2_400_00, "liabilities": 1_150_00, "revenue": 3_600_00, "cost": 2_880_00, "net_profit": 210_00,
           "interest": 42_00, "profit_before_tax": 260_00, "capital": 500_00},
}  # fmt: skip


#: What is laid out around a case before it is sealed.
Laid = Callable[[Session, GuaranteeCase], None]


@dataclass(frozen=True)
class Stage:
    """Who and what a test begins with."""

    database: Database
    firm: Firm
    need: Need
    banks: tuple[Bank, ...]
    signatory: Actor
    officer: Actor
    bankers: tuple[Actor, ...]

    def at(self, actor: Actor, now: datetime = NOW):
        return at(self.database, actor, now)

    def proposed(self) -> list[Match]:
        with self.at(self.officer) as desk:
            return service.propose(desk, desk.get(Need, self.need.id))

    def grant(self, bank: int, scope: frozenset[Part] = frozenset(Part), days: int = 60, now: datetime = NOW) -> Match:
        with self.at(self.signatory, now) as desk:
            match = self.match(desk, bank)
            service.grant(desk, match, scope=scope, days=days, zone=ZONE.name)
            return match

    def withdraw(self, bank: int, now: datetime = NOW) -> None:
        with self.at(self.signatory, now) as desk:
            service.withdraw(desk, self.match(desk, bank))

    def send(self, now: datetime = NOW) -> Dossier:
        with self.at(self.officer, now) as desk:
            return service.send(desk, desk.get(Need, self.need.id), zone=ZONE)

    def match(self, desk: Desk, bank: int) -> Match:
        return desk.all(Match, Match.need_id == self.need.id, Match.bank_id == self.banks[bank].id)[0]


def staged(
    database: Database,
    *,
    banks: int = 3,
    line: Fen | None = None,
    before: Laid = lambda session, case: None,
    **asked: object,
) -> Stage:
    """An approved need, and banks with a shelf each; `before` lays out what shall stand before the seal."""
    with writing(database) as session:
        firm = a_firm(session)
        need = a_need(session, firm, **{"state": NeedState.APPROVED, "submitted_on": TODAY, **asked})
        shelves = tuple(a_bank(session) for _ in range(banks))
        for bank in shelves:
            a_product(session, bank)
        signatory = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
        officer = a_user(session, Role.OFFICER).actor
        bankers = tuple(a_user(session, Role.BANKER, bank_id=bank.id).actor for bank in shelves)
        a_score(session, need, officer)
        a_resolution(session, need, officer, line, before)
        some_books(session, firm)
    return Stage(database, firm, need, shelves, signatory, officer, bankers)


def a_score(session: Session, need: Need, officer: Actor) -> Assessment:
    rules = card("credit", TODAY)
    found = sheet(rules, FACTS)
    kept = {name: {"value": str(value), "source": "document", "as_of": "2026-10-31"} for name, value in FACTS.items()}
    score = Assessment(
        need_id=need.id, firm_id=need.firm_id, card="credit", since=rules.since, digest=rules.digest, facts=kept, sheet=found.as_json(),
        total=found.total, grade="A", ceiling=Fen.wan(300), qualified=True, insufficient=False, vetoed=False,
        assessed_at=NOW, assessed_by=officer.id,
    )  # fmt: skip
    session.add(score)
    session.flush()
    return score


def a_resolution(
    session: Session, need: Need, officer: Actor, line: Fen | None = None, before: Laid = lambda session, case: None
) -> Resolution:
    """A committee that agreed on one condition."""
    guarantor = session.query(Guarantor).first() or a_guarantor(session)
    score = session.query(Assessment).filter_by(need_id=need.id).one()
    meeting = Meeting(number=f"PS{need.number[2:]}", day=TODAY, place="一号会议室")
    session.add(meeting)
    session.flush()
    case = GuaranteeCase(
        number=f"DB{need.number[2:]}", need_id=need.id, firm_id=need.firm_id, assessment_id=score.id, guarantor_id=guarantor.id,
        officer_id=officer.id, officer_name="王经办", line=line or need.amount, months=need.months, support=Support.LETTER, share=Rate.percent(80),
        fee=Rate.percent("0.8"), opened_on=TODAY, gates=[], opinion="", meeting_id=meeting.id, state=CaseState.APPROVED,
    )  # fmt: skip
    session.add(case)
    session.flush()
    before(session, case)
    firm = session.get_one(Firm, need.firm_id)
    record = {
        "guarantor": {"id": guarantor.id},
        "firm": {"size": firm.size, "industry": firm.industry},
        "conditions": [{"name": "王委员", "says": "放款前结清民间借款"}],
    }
    resolution = Resolution(
        number=f"JY{need.number[2:]}", case_id=case.id, meeting_id=meeting.id, need_id=need.id, firm_id=need.firm_id,
        outcome=CaseState.APPROVED, record=record, digest="0" * 64, sealed_at=NOW, sealed_by=officer.id, until=date(2027, 5, 23),
    )  # fmt: skip
    session.add(resolution)
    session.flush()
    return resolution


def some_books(session: Session, firm: Firm) -> None:
    """Invoices of eighteen months and statements of two years."""
    invoices, statements = a_paper(session, firm), a_paper(session, firm, kind=PaperKind.STATEMENTS, name="报表.xlsx")
    for n in range(18):
        day = date(2025 + (4 + n) // 12, (4 + n) % 12 + 1, 15)
        for side, who, yuan in (
            (Side.SALES, f"客户{n % 4}", 200_000 + 5_000 * n),
            (Side.PURCHASES, f"供应商{n % 2}", 120_000),
        ):
            fen = yuan * 100
            session.add(Invoice(
                firm_id=firm.id, paper_id=invoices.id, side=side, number=f"{side}{n}", counterparty=who, day=day, amount_fen=fen,
                tax_fen=fen * 13 // 100, total_fen=fen + fen * 13 // 100, void=False,
            ))  # fmt: skip
    for year, lines in STATED.items():
        for line, wan in lines.items():
            session.add(
                StatementLine(firm_id=firm.id, paper_id=statements.id, year=year, line=line, amount=Fen(wan * 10_000))
            )
    session.flush()
