"""The bridge fund of the year: what its pots must hold, and who must have been told of money that was late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from financing.access import Actor
from financing.bridge import money, promises, uses
from financing.bridge.model import BridgeMove, BridgePool, BridgeUse
from financing.bridge.promises import Terms
from financing.bridge.rules import Borrower, Cause, LoanUse
from financing.bridge.uses import Asked
from financing.loans.model import Loan
from financing.money import Fen, Rate
from financing.parties.model import Firm
from tests.financing.bridge.fund import a_proof
from tests.financing.year.days import DAY
from tests.financing.year.owed import half_up
from tests.financing.year.zone import Zone, signatory
from tests.makers import NOW, TODAY

if TYPE_CHECKING:
    from tests.financing.year.expected import Expected
    from tests.financing.year.walk import Walk

CAPITAL = Fen.wan(5_000)
ALERTS, RECALL = (1, 3, 5, 10), 5
#: Of each pot the causes that fill it and those that empty it.
POTS = {
    "free": ({"paid_in", "returned", "recovered"}, {"reserved"}),
    "reserved": ({"reserved"}, {"released"}), "in_use": ({"released"}, {"returned", "lost"}),
    "lost": ({"lost"}, {"recovered"}), "fees": ({"fee"}, set()), "capital": ({"paid_in"}, set()),
}  # fmt: skip


@dataclass
class Use:
    """Money of the fund that is out: when it must be back, and what was told of it."""

    key: int
    x: Expected
    amount: int
    out: date
    due: date
    back: bool = False
    told: dict[int, date] = field(default_factory=dict)  # alert: the day
    breaches: set[str] = field(default_factory=set)

    def run(self, today: date) -> None:
        """Each alert once; on the day of recall the promise is broken."""
        past = (today - self.due).days
        if not self.back and past > 0:
            for level in ALERTS:
                if past >= level:
                    self.told.setdefault(level, today)
            self.breaches |= {"not_renewed"} if past >= RECALL else set()

    def fee(self, back: date) -> int:
        """Five days at 0.2 per mille, later ones at 0.4; the day of the pay-out counts, that of the return does not."""
        days = (back - self.out).days
        return half_up(Fraction(self.amount * (200 * min(days, 5) + 400 * max(0, days - 5)), 1_000_000))


class Pool:
    """One pool of the zone, its lines by cause, and every use."""

    def __init__(self, database: Any, zone: Zone) -> None:
        """Open it and pay the capital in."""
        self.zone, self.lines, self.uses, self.banks = zone, Counter[str](), list[Use](), set[int]()
        with zone.at(zone.fund, NOW) as desk:
            self.key = money.open_pool(desk, name="应急专项资金", custodian="示范城商行营业部", account="8001 2233").id
        with zone.at(zone.fund, NOW) as desk:
            pool, paper = desk.get(BridgePool, self.key), a_proof()
            move = money.propose(desk, pool, Cause.PAID_IN, amount=CAPITAL, on=TODAY, reason="财政拨入", filed=paper)
        with zone.at(zone.officer, NOW) as desk:
            money.confirm(desk, desk.get(BridgeMove, move.id))
        self.lines["paid_in"] += CAPITAL.fen

    def pots(self) -> dict[str, int]:
        return {
            pot: sum(self.lines[one] for one in fills) - sum(self.lines[one] for one in empties)
            for pot, (fills, empties) in POTS.items()
        }


def bridged(walk: Walk, x: Expected, asked: int, terms: Terms) -> int:
    """Asked for, promised, the own part laid down, signed by two; the key of the use."""
    zone = walk.zone
    signs = signatory(zone, x.firm)
    with walk.at(signs) as desk:
        loan = desk.get(Loan, walk.keys[x.key][Loan])
        said = Asked(
            x.bank, loan.contract, LoanUse.WORKING_CAPITAL, Borrower.FIRM, "示范铜业", Fen(x.owed.left), x.owed.matures, Fen(asked),
            "续贷审批需要一周", "银行通知较晚", loan.id,
        )  # fmt: skip
        key = uses.apply(desk, desk.session.get_one(Firm, x.firm), said).id
    with walk.at(walk.banker(x)) as desk:
        promises.promise(desk, desk.get(BridgeUse, key), terms)
    with walk.at(walk.banker(x)) as desk:
        own = Fen(x.owed.left - asked)
        uses.deposit(desk, desk.get(BridgeUse, key), amount=own, on=desk.today, filed=a_proof())
    for who in (zone.fund, zone.officer):
        with walk.at(who) as desk:
            uses.sign(desk, desk.get(BridgeUse, key))
    walk.fund.lines["reserved"] += asked
    return key


def released(walk: Walk, x: Expected, key: int, asked: int, planned: date) -> Use:
    """Paid into the account of the loan."""
    with walk.at(walk.zone.fund) as desk:
        money.release(desk, desk.get(BridgeUse, key), on=desk.today, filed=a_proof())
    due = min(planned, walk.today + 15 * DAY) if planned > walk.today else walk.today
    use = Use(key, x, asked, walk.today, due)
    walk.fund.uses.append(use)
    walk.fund.lines["released"] += asked
    return use


def moved(walk: Walk, use: Use, cause: Cause, amount: int, by: Iterable[Actor]) -> None:
    """One reports money of a use, another confirms it."""
    first, second = by
    with walk.at(first) as desk:
        here = desk.get(BridgeUse, use.key)
        move = money.report(desk, here, cause, amount=Fen(amount), on=desk.today, reason="到账", filed=a_proof())
    with walk.at(second) as desk:
        money.confirm(desk, desk.get(BridgeMove, move.id))
    walk.fund.lines[cause.value] += amount


def renewed(walk: Walk, use: Use, terms: Terms, rate: Rate) -> None:
    """The bank reports the new loan as it came."""
    with walk.at(walk.banker(use.x)) as desk:
        promises.report(desk, desk.get(BridgeUse, use.key), amount=terms.amount, rate=rate, paid_on=desk.today)
    use.breaches |= {"dearer"} if rate > terms.rate else set()
    use.breaches |= {"later"} if walk.today > terms.planned_on else set()
