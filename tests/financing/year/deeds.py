"""What people do with one guarantee, each by the service of the product, and what must have come of it by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from financing.conduct import checks
from financing.conduct.checks import Answer
from financing.conduct.model import PayoutCheck
from financing.conduct.rules import Cost
from financing.guarantees.change_rules import DocumentKind
from financing.letters import entries
from financing.letters.model import EntryProposal, Guarantee
from financing.letters.rules import EntryKind
from financing.loans import service as loans
from financing.loans.model import Loan
from financing.loans.rules import FiveClass
from financing.loans.service import Payment
from financing.money import Fen
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.watch import service as watch
from financing.watch import visits
from financing.watch.model import Check, EarlyWarning
from financing.watch.rules import CheckState, Closing, Item, Origin, Outside, Seen
from financing.watch.visits import Learned, Looked, Report
from tests.financing.letters.conftest import filed
from tests.financing.year.expected import RED, Expected, Warned
from tests.financing.year.zone import signatory
from tests.makers import a_paper, writing

if TYPE_CHECKING:
    from tests.financing.year.walk import Walk

FINE = tuple(Looked(item, Seen.FINE, "") for item in Item)


def pays(walk: Walk, x: Expected, on: date, principal: int, interest: int) -> None:
    """The bank enters what the firm paid, as of the day on which it did."""
    with walk.at(walk.banker(x)) as desk:
        loan = desk.get(Loan, walk.keys[x.key][Loan])
        paid = Payment(f"LS{len(x.owed.paid)}", on, Fen(principal), Fen(interest))
        assert loans.repay(desk, loan, paid) is not None
    x.pays(on, principal, interest)


def releases(walk: Walk, x: Expected) -> None:
    """The bank has confirmed that nobody is bound any more."""
    with walk.at(walk.zone.officer) as desk:
        entries.release(desk, desk.get(Guarantee, x.key), filed(DocumentKind.BANK_CONFIRMATION))
    x.ledger.append(("released", walk.today, x.balance))
    x.released = True


def closes(walk: Walk, x: Expected, one: Warned) -> None:
    """An officer says why a warning is over, and a second one agrees where it is red."""
    of = (EarlyWarning.subject_id == x.key, EarlyWarning.rule == one.rule, EarlyWarning.closed_on.is_(None))
    with walk.at(walk.zone.officer) as desk:
        watch.close(desk, desk.find(EarlyWarning, *of), Closing.GONE, "已核实")
    if one.rule in RED:
        with walk.at(walk.zone.second) as desk:
            watch.confirm(desk, desk.find(EarlyWarning, *of))
    one.closed = walk.today


def learns(walk: Walk, x: Expected, kind: Outside, value: int) -> None:
    """The officer writes down what others say of the firm."""
    with walk.at(walk.zone.officer) as desk:
        said = Learned(kind, walk.today, value, "情况说明", Origin.LABOUR)
        fact = visits.learn(desk, desk.get(Firm, x.firm), said)
    x.outside[kind.value] = (fact.id, value)


def visited(walk: Walk, x: Expected, risk: FiveClass) -> None:
    """Two officers go there and take a picture; the next check is dated at once."""
    with writing(walk.database) as session:
        firm = session.get_one(Firm, x.firm)
        a_paper(session, firm, kind=PaperKind.PHOTO, name="现场.jpg", added_at=walk.now())
    with walk.at(walk.zone.officer) as desk:
        due = desk.find(Check, Check.guarantee_id == x.key, Check.state == CheckState.DUE)
        said = Report(walk.today, "厂区", "张明，总经理", FINE, 80, "正常", risk, walk.zone.second.id)
        visits.record(desk, due, said)
    x.visited(walk.today, risk.value)


def answers(walk: Walk, x: Expected, *, yes: bool) -> None:
    """The firm says whether the bank wanted more than the contract says; a fee alone is looked at and raises no case."""
    with walk.at(signatory(walk.zone, x.firm)) as desk:
        said = (
            Answer(yes=True, costs=(Cost.FEE,), amount=Fen.yuan(800), text="账户管理费") if yes else Answer(yes=False)
        )
        checks.answer(desk, desk.find(PayoutCheck, PayoutCheck.firm_id == x.firm), said)
    x.answered = walk.today


def booked(walk: Walk, x: Expected, kind: EntryKind, amount: int) -> None:
    """One puts a recovery or a loss forward with its paper, another confirms it."""
    with walk.at(walk.zone.officer) as desk:
        paper = filed(entries.RESTS_ON[kind])
        made = entries.propose(
            desk, desk.get(Guarantee, x.key), kind, on=walk.today, amount=Fen(amount), reason="银行来函", filed=paper
        )
    with walk.at(walk.zone.chair) as desk:
        entries.confirm(desk, desk.get(EntryProposal, made.id))
    x.ledger.append((kind.value, walk.today, amount))
