"""The list of guests for the office: who is invited, what they answered, who is there."""

from __future__ import annotations

from dataclasses import dataclass

from financing.access import BANK, FIRM
from financing.desk import Desk
from financing.forums.day_model import Guest
from financing.forums.day_rules import Reply
from financing.forums.model import BankTable, ForumSession
from financing.parties.model import Bank, Firm


@dataclass(frozen=True, slots=True)
class Invited:
    """One guest with the name of its bank or firm, and the table of a bank."""

    guest: Guest
    party: str
    table: int | None


@dataclass(frozen=True, slots=True)
class GuestList:
    rows: tuple[Invited, ...]

    def count(self, reply: Reply) -> int:
        return sum(row.guest.reply is reply for row in self.rows)

    @property
    def here(self) -> int:
        return sum(row.guest.arrived_at is not None for row in self.rows)


def guests(desk: Desk, session: ForumSession) -> GuestList:
    """Banks by their tables, then firms by name."""
    found = desk.all(Guest, Guest.session_id == session.id)
    tables = {row.bank_id: row.place for row in desk.all(BankTable, BankTable.session_id == session.id)}
    banks = {bank.id: bank.name for bank in desk.all(Bank, Bank.id.in_({g.bank_id for g in found}))}
    firms = {firm.id: firm.name for firm in desk.all(Firm, Firm.id.in_({g.firm_id for g in found}))}
    rows = [
        Invited(g, banks[g.bank_id] if g.bank_id else firms.get(g.firm_id or 0, ""), tables.get(g.bank_id or 0))
        for g in found
    ]
    return GuestList(tuple(sorted(rows, key=lambda row: (row.table is None, row.table or 0, row.party))))


def mine(desk: Desk, session_id: int) -> Guest | None:
    """The invitation of the reader's own bank or firm; an officer has none."""
    own = desk.actor.role in BANK | FIRM
    return desk.find(Guest, Guest.session_id == session_id) if own else None
