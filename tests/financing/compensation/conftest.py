"""An issued guarantee, its bank with a file, and everybody who has a part in a claim; on a database whose walls stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from financing.access import Actor, Role
from financing.compensation import breaker, deciding, files, paying, service, terms
from financing.compensation.deciding import Examined
from financing.compensation.grounds import Item
from financing.compensation.model import CompensationClaim, CompensationDecision, CompensationPart
from financing.compensation.rules import Deducted, Lapse, Outcome, Pause, Reason
from financing.compensation.service import Lodging
from financing.compensation.stop_model import BankStop
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.sharing import Party
from financing.letters import entries
from financing.letters.model import EntryProposal, Guarantee
from financing.money import Fen, Rate
from tests.financing.letters.conftest import Desk as Room
from tests.financing.letters.conftest import chosen, filed
from tests.makers import NOW, TODAY, a_user, writing

DAY = timedelta(days=1)
BANKS = (
    Item.CONTRACT,
    Item.DRAWDOWN,
    Item.CREDIT_REVIEW,
    Item.USE,
    Item.CHECKS,
    Item.ACCOUNT,
    Item.DUNNING,
    Item.NOTICE,
)
MUST = (Item.CONTRACT, Item.DRAWDOWN, Item.ACCOUNT, Item.DUNNING, Item.NOTICE)
LATER = (Item.CREDIT_REVIEW, Item.USE, Item.CHECKS)


def moment(day: date) -> datetime:
    return NOW + (day - TODAY)


def cut(amount: Fen, loss: Fen | None = None, lapse: Lapse = Lapse.CHECK) -> Deducted:
    return Deducted(lapse, loss or amount, amount, "七月以后没有贷后检查记录")


@dataclass
class Claims:
    """The room of letters with a bank at its side: what everybody does, each at a desk of their own."""

    room: Room
    guarantee: Guarantee
    banker: Actor
    fund: Actor

    @property
    def database(self):
        return self.room.database

    @property
    def officer(self) -> Actor:
        return self.room.stage.officer

    @property
    def chair(self) -> Actor:
        return self.room.chair

    def at(self, actor: Actor, now: datetime = NOW):
        return self.room.stage.at(actor, now)

    def puts(self, *items: Item, actor: Actor | None = None, now: datetime = NOW) -> None:
        for item in items:
            with self.at(actor or self.banker, now) as desk:
                guarantee = desk.get(Guarantee, self.guarantee.id)
                files.put(desk, guarantee, item, dated=desk.today, note="扫描件", filed=filed())

    def lodges(
        self, amount: Fen | None = None, *, days: int | None = 90, promised=(), now: datetime = NOW, actor: Actor | None = None
    ) -> CompensationClaim:  # fmt: skip
        with self.at(actor or self.banker, now) as desk:
            guarantee = desk.get(Guarantee, self.guarantee.id)
            asked = amount or terms.most(desk, guarantee)
            said = Lodging(
                asked, Fen.yuan(2_000), days, "6222 0000 0000 0000 赣江银行", "借款人停产，逾期未还", promised
            )
            return service.lodge(desk, guarantee, said)

    def lodged(self, amount: Fen | None = None, now: datetime = NOW) -> CompensationClaim:
        self.puts(*BANKS, now=now)
        return self.lodges(amount, now=now)

    def halts(self, claim, reason: Pause = Pause.ITEM, now: datetime = NOW) -> None:
        with self.at(self.officer, now) as desk:
            service.halt(desk, desk.get(CompensationClaim, claim.id), reason, "请补充七月以后的催收记录")

    def resumes(self, claim, now: datetime = NOW, actor: Actor | None = None) -> None:
        with self.at(actor or self.banker, now) as desk:
            service.resume(desk, desk.get(CompensationClaim, claim.id))

    def withdraws(self, claim, now: datetime = NOW) -> None:
        with self.at(self.banker, now) as desk:
            service.withdraw(desk, desk.get(CompensationClaim, claim.id))

    def examines(
        self, claim, outcome: Outcome = Outcome.GRANT, *cuts: Deducted, reason: Reason | None = None, now: datetime = NOW, actor=None
    ) -> CompensationDecision:  # fmt: skip
        with self.at(actor or self.officer, now) as desk:
            found = Examined(outcome, "材料已核对", cuts, reason)
            return deciding.propose(desk, desk.get(CompensationClaim, claim.id), found)

    def confirms(self, decision, now: datetime = NOW, actor: Actor | None = None) -> None:
        with self.at(actor or self.chair, now) as desk:
            deciding.confirm(desk, desk.get(CompensationDecision, decision.id))

    def sends_back(self, decision) -> None:
        with self.at(self.chair) as desk:
            deciding.send_back(desk, desk.get(CompensationDecision, decision.id), "请核对利息")

    def decides(self, claim, *found, now: datetime = NOW, **more) -> CompensationDecision:
        made = self.examines(claim, *found, now=now, **more)
        self.confirms(made, now=now)
        return made

    def accepts(self, claim, now: datetime = NOW) -> None:
        with self.at(self.banker, now) as desk:
            deciding.accept(desk, desk.get(CompensationClaim, claim.id))

    def objects(self, claim, now: datetime = NOW) -> None:
        with self.at(self.banker, now) as desk:
            deciding.object_to(desk, desk.get(CompensationClaim, claim.id), "检查记录见附件", filed())

    def pays(self, claim, now: datetime = NOW) -> None:
        with self.at(self.officer, now) as desk:
            paying.pay(desk, desk.get(CompensationClaim, claim.id), on=desk.today, filed=filed())

    def books(self, claim, now: datetime = NOW, *, down: bool = False) -> None:
        waits = self.now(claim).proposal_id
        with self.at(self.chair, now) as desk:
            proposal = desk.get(EntryProposal, waits)
            if down:
                entries.turn_down(desk, proposal, "回单不清")
            else:
                entries.confirm(desk, proposal)

    def asks(self, part, actor: Actor | None = None) -> None:
        with self.at(actor or self.officer) as desk:
            paying.ask(desk, desk.get(CompensationPart, part.id))

    def receives(self, part, actor: Actor | None = None, paper: DocumentKind = DocumentKind.PROOF) -> None:
        with self.at(actor or self.fund) as desk:
            paying.receive(desk, desk.get(CompensationPart, part.id), on=desk.today, filed=filed(paper))

    def parts(self) -> dict[Party, CompensationPart]:
        with writing(self.database) as session:
            return {one.party: one for one in session.scalars(select(CompensationPart))}

    def now(self, claim) -> CompensationClaim:
        return self.room.get(CompensationClaim, claim.id)

    def standing(self, now: datetime = NOW) -> breaker.Standing:
        with self.at(self.officer, now) as desk:
            return breaker.of(desk, self.guarantee.bank_id)

    def stops(self) -> list[BankStop]:
        with writing(self.database) as session:
            return list(session.scalars(select(BankStop)))


def agreed(room: Room, **terms) -> SharingAgreement:
    """4-2-2-2, adopted long before the letter: 60 days overdue, 30 to pay."""
    shares = {"guarantor": 400_000, "bank": 200_000, "reguarantor": 200_000, "fund": 200_000, "treasury": 0, "other": 0}
    shares |= terms.pop("shares", {})
    with writing(room.database) as session:
        paper = Document(
            kind=DocumentKind.AGREEMENT, name="协议.pdf", media="application/pdf", size=1, sha256="a" * 64, stored="b" * 64,
            added_at=NOW, added_by=1, subject_id=1,
        )  # fmt: skip
        session.add(paper)
        session.flush()
        one = SharingAgreement(**{
            "number": "XY2026-0009", "bank_id": None, **{f"{party}_share": Rate(ppm) for party, ppm in shares.items()},
            "other_name": "", "valid_from": date(2026, 1, 1), "valid_until": date(2028, 12, 31), "trigger_days": 60, "grace_days": 30,
            "deposit": Rate(0), "single_cap": Fen.wan(1_000), "stop_rate": Rate.percent(5), "business": "小微企业流动资金贷款",
            "reason": "年度协议", "document_id": paper.id, "proposed_at": NOW - 300 * DAY, "proposed_by": 1, "proposer": "甲",
            "decided_at": NOW - 299 * DAY, "decided_by": 2, "decider": "乙", "state": ChangeState.ADOPTED, **terms,
        })  # fmt: skip
        session.add(one)
    return one


def issued(database, *, agreement: bool = True, **terms) -> Claims:
    room = chosen(database)
    if agreement:
        agreed(room, **terms)
    guarantee = room.issued()
    with writing(database) as session:
        fund = a_user(session, Role.FUND).actor
    return Claims(room, guarantee, room.stage.bankers[0], fund)


@pytest.fixture
def claims(database) -> Claims:
    return issued(database)


@pytest.fixture
def alone(sqlite_database) -> Claims:
    """The same on SQLite alone, where the database is not what is tested."""
    return issued(sqlite_database)
