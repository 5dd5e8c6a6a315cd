"""The way before the bridge: a firm asks its bank to renew without repaying principal (请银行办理无还本续贷)."""

from __future__ import annotations

from dataclasses import dataclass

from financing.acts import Act
from financing.desk import Desk
from financing.parties.model import Bank, Firm


@dataclass(frozen=True, slots=True)
class Request:
    """A firm and the bank it asks."""

    id: int
    firm_id: int
    bank_id: int


def ask(desk: Desk, firm: Firm, bank_id: int) -> None:
    """The bank hears of it once a day and gets in touch; nothing else is given away, and the fund stays open to the firm."""
    bank = desk.get(Bank, bank_id)
    desk.note(Act.ASK_RENEWAL, Request(firm.id, firm.id, bank.id))
    told = {"to": {"bank": bank.id}, "code": Act.ASK_RENEWAL.value, "subject": firm.id, "number": ""}
    desk.later("notice", f"{Act.ASK_RENEWAL}:{firm.id}:{bank.id}:{desk.today}", **told)
