"""A zone with a fund: a pool with money in it, people at their desks, and a use brought as far as a test wants it."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from financing.access import SYSTEM, Actor, Role
from financing.bridge import money, promises, uses
from financing.bridge.model import BridgeMove, BridgePool, BridgeUse
from financing.bridge.promises import Terms
from financing.bridge.rules import Borrower, Cause, LoanUse
from financing.bridge.uses import Asked
from financing.db import Database
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.money import Fen, Rate
from financing.parties.model import Bank, Firm
from tests.makers import NOW, TODAY, a_bank, a_firm, a_user, at, writing

_number = itertools.count(1)
OWN_PART, CAPITAL = Fen.wan(15), Fen.wan(2_000)
ACCOUNT = "1506 0088 0001 2345"


def a_proof() -> Filed:
    number = next(_number)
    sha = hashlib.sha256(str(number).encode()).hexdigest()
    return Filed(DocumentKind.PROOF, f"回单{number}.pdf", "application/pdf", 1_000, sha, f"{number:064x}")


@dataclass
class Fund:
    """Everybody who deals with the fund, and its first pool."""

    database: Database
    firm: Firm
    bank: Bank
    signatory: Actor
    banker: Actor
    fund: Actor
    fund2: Actor
    officer: Actor
    officer2: Actor
    leader: Actor
    chair: Actor
    pool: int = 0

    def at(self, actor: Actor, now: datetime = NOW) -> Any:
        return at(self.database, actor, now)

    def pay_in(self, amount: Fen, pool: int = 0) -> None:
        with self.at(self.fund) as desk:
            move = money.propose(
                desk, desk.get(BridgePool, pool or self.pool), Cause.PAID_IN, amount=amount, on=TODAY, reason="财政拨入", filed=a_proof()
            )  # fmt: skip
        with self.at(self.officer) as desk:
            money.confirm(desk, desk.get(BridgeMove, move.id))

    def asked(self, **other: Any) -> Asked:
        return Asked(**{
            "bank_id": self.bank.id, "contract": "示范流贷 2025-031", "loan_use": LoanUse.WORKING_CAPITAL, "borrower": Borrower.FIRM,
            "borrower_name": self.firm.name, "owed": Fen.wan(300), "matures": TODAY + timedelta(days=21),
            "asked": Fen.wan(285), "why": "续贷审批需要一周", **other,
        })  # fmt: skip

    def apply(self, now: datetime = NOW, firm: Firm | None = None, actor: Actor | None = None, **other: Any) -> int:
        with self.at(actor or self.signatory, now) as desk:
            return uses.apply(
                desk, desk.session.get_one(Firm, (firm or self.firm).id), self.asked(**other), a_proof()
            ).id

    def terms(self, **other: Any) -> Terms:
        return Terms(**{
            "amount": Fen.wan(300), "rate": Rate.percent("3.65"), "months": 12, "planned_on": TODAY + timedelta(days=9),
            "account": ACCOUNT, "account_name": self.firm.name, **other,
        })  # fmt: skip

    def promise(self, use: int, now: datetime = NOW, **other: Any) -> None:
        with self.at(self.banker, now) as desk:
            promises.promise(desk, desk.get(BridgeUse, use), self.terms(**other))

    def deposit(self, use: int, amount: Fen = OWN_PART, now: datetime = NOW) -> None:
        with self.at(self.banker, now) as desk:
            uses.deposit(desk, desk.get(BridgeUse, use), amount=amount, on=desk.today, filed=a_proof())

    def sign(self, use: int, *who: Actor, now: datetime = NOW) -> None:
        for actor in who or (self.fund, self.officer):
            with self.at(actor, now) as desk:
                uses.sign(desk, desk.get(BridgeUse, use))

    def release(self, use: int, now: datetime = NOW) -> None:
        with self.at(self.fund, now) as desk:
            money.release(desk, desk.get(BridgeUse, use), on=desk.today, filed=a_proof())

    def out(self, now: datetime = NOW, **other: Any) -> int:
        """A use whose money is out."""
        use = self.apply(now)
        self.promise(use, now, **other)
        self.deposit(use, now=now)
        self.sign(use, now=now)
        self.release(use, now)
        return use

    def back(self, use: int, amount: Fen, on: date, cause: Cause = Cause.RETURNED, now: datetime | None = None) -> None:
        """The bank or the fund manager reports money, the other house confirms it."""
        now = now or datetime.combine(on, NOW.timetz())
        with self.at(self.banker if cause is Cause.RETURNED else self.fund, now) as desk:
            move = money.report(
                desk, desk.get(BridgeUse, use), cause, amount=amount, on=on, reason="到账", filed=a_proof()
            )
        with self.at(self.officer, now) as desk:
            money.confirm(desk, desk.get(BridgeMove, move.id))

    def use(self, key: int) -> BridgeUse:
        with self.at(SYSTEM) as desk:
            return desk.get(BridgeUse, key)


def a_fund(database: Database, capital: Fen = CAPITAL) -> Fund:
    with writing(database) as session:
        firm, bank = a_firm(session), a_bank(session)
        actor = {
            "signatory": a_user(session, Role.SIGNATORY, firm_id=firm.id).actor,
            "banker": a_user(session, Role.BANKER, bank_id=bank.id).actor,
            **{name: a_user(session, Role.FUND).actor for name in ("fund", "fund2")},
            **{name: a_user(session, Role.OFFICER).actor for name in ("officer", "officer2")},
            "leader": a_user(session, Role.LEADER).actor,
            "chair": a_user(session, Role.CHAIR).actor,
        }
    here = Fund(database, firm, bank, **actor)
    with here.at(here.fund) as desk:
        here.pool = money.open_pool(desk, name="应急专项资金", custodian="示范城商行营业部", account="8001 2233").id
    here.pay_in(capital)
    return here
