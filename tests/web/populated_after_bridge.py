"""The bridge fund in the populated zone: a pool with a movement that waits, a use of one's own and a stranger's, a suspended bank."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from financing.access import Role
from financing.bridge.model import BridgeMove, BridgePool, BridgeUse
from financing.bridge.promise_model import BankBan
from financing.bridge.rules import Borrower, Breach, Cause, LoanUse
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document
from financing.money import Fen
from tests.makers import NOW, TODAY, a_user, writing


def a_use(number: str, firm: Any, bank: Any) -> BridgeUse:
    """A firm asks for 190 of 200万 and waits for its bank."""
    return BridgeUse(
        number=number, firm_id=firm.id, firm=firm.name, bank_id=bank.id, bank=bank.name, loan_id=None, contract="流贷 2025-001",
        loan_use=LoanUse.WORKING_CAPITAL, borrower=Borrower.FIRM, borrower_name=firm.name, owed=Fen.wan(200),
        matures=TODAY + timedelta(days=21), asked=Fen.wan(190), amount=Fen.wan(190), kind_cap=Fen.wan(1_000),
        two_bound=Fen.wan(500), days_ahead=15, ahead_least=10, why="续贷审批中", late_reason="",
        renewal={"open": True, "grounds": {"size": "yes"}}, entered_at=NOW, entered_by=1, enterer="张明", typed=False,
    )  # fmt: skip


def bridge(zone: Any) -> dict[tuple[str, str], object]:
    """The ids by kind and whose; the movement was put forward by another fund manager than the one who signs in."""
    with writing(zone.database) as session:
        other = a_user(session, Role.FUND)
        pool = BridgePool(
            name="应急专项资金",
            custodian="示范城商行",
            account="8001",
            opened_at=NOW,
            opened_by=other.id,
            opener=other.name,
        )
        ours, others = a_use("YJ2026-0001", zone.firm, zone.bank), a_use("YJ2026-0002", zone.stranger, zone.rival)
        session.add_all([pool, ours, others])
        session.flush()
        slip = Document(
            kind=DocumentKind.PROOF, name="回单.pdf", media="application/pdf", size=1, sha256="a" * 64, stored="b" * 64, added_at=NOW,
            added_by=other.id, subject_id=pool.id,
        )  # fmt: skip
        session.add(slip)
        session.flush()
        move = BridgeMove(
            pool_id=pool.id, use_id=None, firm_id=None, bank_id=None, cause=Cause.PAID_IN, amount=Fen.wan(2_000), on=TODAY,
            document_id=slip.id, reason="财政拨入", proposed_at=NOW, proposed_by=other.id, proposer=other.name,
        )  # fmt: skip
        ban = BankBan(
            bank_id=zone.bank.id,
            bank=zone.bank.name,
            use_id=ours.id,
            use=ours.number,
            breach=Breach.LESS,
            since=TODAY,
            at=NOW,
        )
        session.add_all([move, ban])
        session.flush()
        return {
            ("bridge", "ours"): ours.id, ("bridge", "others"): others.id, ("bridge_pool", "ours"): pool.id,
            ("bridge_move", "ours"): move.id, ("bridge_ban", "ours"): ban.id, ("preset", "ours"): "donghai-2025",
        }  # fmt: skip
