"""How a use of the fund comes about (申请、承诺、审批): the firm asks, its bank promises, two or three people sign (F53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from financing.access import Role, require
from financing.acts import Act
from financing.bridge import bans, bounds, ledger, papers, rules
from financing.bridge.ledger import For
from financing.bridge.model import BridgePool, BridgePosting, BridgeUse
from financing.bridge.promise_model import RenewalPromise
from financing.bridge.rules import OPEN, Borrower, Cause, LoanUse
from financing.bridge_refusals import (
    AboveKind,
    AboveOwed,
    NotBridged,
    NotPromised,
    PoolMissing,
    ReasonOwed,
    SignedAlready,
    UseOpen,
    UsesSpent,
)
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document, Filed
from financing.journal import Private
from financing.letter_refusals import EvidenceMissing
from financing.loans import renewal
from financing.loans.model import Loan
from financing.money import Fen
from financing.numbers import Series, take_number
from financing.parties.identity import line, passage
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound, OutOfRange


@dataclass(frozen=True, slots=True)
class Asked:
    """What the firm asks for: the old loan, who owes it, and how much of it the fund shall bring."""

    bank_id: int
    contract: str
    loan_use: LoanUse
    borrower: Borrower
    borrower_name: str
    owed: Fen
    matures: date
    asked: Fen
    why: str
    late_reason: str = ""
    loan_id: int | None = None


#: Whose signature stands where.
SEATS = {Role.FUND: "fund", Role.OFFICER: "office", Role.LEADER: "leader", Role.CHAIR: "leader"}


def apply(desk: Desk, firm: Firm, asked: Asked, filed: Filed | None = None) -> BridgeUse:
    """Ask for a bridge (申请转贷); the lender gets it at once and decides whether to promise. `filed`: the contract of the old loan.

    NotBridged, AboveOwed, AboveKind, OutOfRange for the day, ReasonOwed when late, EvidenceMissing, UseOpen, UsesSpent, BankBanned.
    """
    require(desk.actor, Act.APPLY_BRIDGE, Applicant(firm.id))
    _stated(desk, firm, asked, filed)
    ahead = _admit(desk, firm, asked)
    bank = desk.get(Bank, asked.bank_id)
    bans.not_banned(desk, bank.id)
    loan = desk.get(Loan, asked.loan_id) if asked.loan_id else None
    check = renewal.before_a_bridge(desk, firm, loan, asked.matures)
    cap = bounds.cap(asked.borrower, desk.today)
    made = desk.add(
        BridgeUse(
            number=take_number(desk.session, Series.BRIDGE, desk.today.year), firm_id=firm.id, firm=firm.name, bank_id=bank.id,
            bank=bank.name, loan_id=asked.loan_id, contract=line(asked.contract, "contract", 60), loan_use=asked.loan_use,
            borrower=asked.borrower, borrower_name=line(asked.borrower_name, "borrower_name", 60), owed=asked.owed,
            matures=asked.matures, asked=asked.asked, amount=asked.asked, kind_cap=cap, two_bound=bounds.two_bound(desk.today),
            days_ahead=ahead, ahead_least=bounds.days("bridge_ahead_days", desk.today), why=passage(asked.why, "reason"),
            late_reason=asked.late_reason, renewal=check.stored(), entered_at=desk.now, entered_by=desk.actor.id,
            enterer=desk.actor.name, typed=desk.actor.role is Role.OFFICER,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.APPLY_BRIDGE, made, number=made.number, asked=made.asked, owed=made.owed, matures=made.matures)
    if filed:
        file(desk, made, filed)
    tell(desk, made, Act.APPLY_BRIDGE, {"bank": made.bank_id}, {"role": "fund"})
    return made


def _stated(desk: Desk, firm: Firm, asked: Asked, filed: Filed | None) -> None:
    """A loan of the platform is the firm's own and of that bank (NotFound); of any other the contract is shown (EvidenceMissing)."""
    if asked.loan_id is None:
        if filed is None:
            raise EvidenceMissing(paper=DocumentKind.PROOF)
        return
    loan = desk.get(Loan, asked.loan_id)
    if (loan.firm_id, loan.bank_id) != (firm.id, asked.bank_id):
        raise NotFound(kind="Loan")


@dataclass(frozen=True, slots=True)
class Applicant:
    """The firm that asks, before there is anything else."""

    firm_id: int


def _admit(desk: Desk, firm: Firm, asked: Asked) -> int:
    """The bounds of an application; working days that are left before the old loan ends."""
    if asked.loan_use is not LoanUse.WORKING_CAPITAL:
        raise NotBridged(kind=asked.loan_use)
    if not Fen(0) < asked.asked <= asked.owed:
        raise AboveOwed(field="asked", most=asked.owed)
    if asked.asked > (cap := bounds.cap(asked.borrower, desk.today)):
        raise AboveKind(field="asked", kind=asked.borrower, most=cap)
    if asked.matures < desk.today or asked.owed > Fen(10**12):
        raise OutOfRange(field="matures", least=desk.today, most="—")
    ahead, least = working_days(desk, desk.today, asked.matures), bounds.days("bridge_ahead_days", desk.today)
    if ahead < least and not asked.late_reason.strip():
        raise ReasonOwed(field="late_reason", left=ahead, least=least)
    if open_one := desk.find(BridgeUse, BridgeUse.firm_id == firm.id, BridgeUse.state.in_(OPEN)):
        raise UseOpen(number=open_one.number)
    spent = used_this_year(desk, firm.id)
    if spent >= (most := bounds.days("bridge_uses_per_year", desk.today)):
        raise UsesSpent(most=most)
    return ahead


def used_this_year(desk: Desk, firm_id: int) -> int:
    """How often money went out for a firm since the first of January."""
    year = date(desk.today.year, 1, 1)
    return len(desk.all(BridgeUse, BridgeUse.firm_id == firm_id, BridgeUse.released_on >= year))


def working_days(desk: Desk, start: date, end: date) -> int:
    """Working days after `start` until and with `end`."""
    return desk.calendar.left(start, end)


def promise_of(desk: Desk, use: BridgeUse) -> RenewalPromise | None:
    """The promise that stands."""
    return desk.find(RenewalPromise, RenewalPromise.use_id == use.id, RenewalPromise.standing)


def promised(desk: Desk, use: BridgeUse) -> RenewalPromise:
    """The promise on which money goes out, and has gone out: once paid upon it stands for good. NotPromised."""
    if (said := promise_of(desk, use)) is None:
        raise NotPromised(number=use.number)
    return said


def pool_of(desk: Desk, use: BridgeUse) -> BridgePool:
    """The pool whose money it is; PoolMissing before anything was set aside."""
    if use.pool_id is None:
        raise PoolMissing(asked=use.amount)
    return ledger.of(desk, use.pool_id)


def lapse(desk: Desk, use: BridgeUse, why: str) -> None:
    """The promise that stands is no longer held to; its paper says so to whoever checks it. Nothing when there is none."""
    if (standing := promise_of(desk, use)) is not None:
        standing.standing, standing.withdrawn_at, standing.withdrawer, standing.why = (
            False,
            desk.now,
            desk.actor.name,
            why,
        )
        papers.end(desk, standing)


def withdraw(desk: Desk, use: BridgeUse, why: str) -> None:
    """The firm wants it no more (撤回申请), at the latest before the money goes out; what was set aside is free again."""
    why = passage(why, "reason")
    hold(desk, use)
    desk.take(Act.WITHDRAW_BRIDGE, use, why=Private(why))
    use.answer = why
    free(desk, use)
    lapse(desk, use, why)
    tell(desk, use, Act.WITHDRAW_BRIDGE, {"bank": use.bank_id}, {"role": "fund"})


def refuse(desk: Desk, use: BridgeUse, why: str) -> None:
    """The fund says no with its reason (不予转贷)."""
    why = passage(why, "reason")
    hold(desk, use)
    desk.take(Act.REFUSE_BRIDGE, use, why=Private(why))
    use.answer = why
    lapse(desk, use, why)
    tell(desk, use, Act.REFUSE_BRIDGE, {"firm": use.firm_id}, {"bank": use.bank_id})


def deposit(desk: Desk, use: BridgeUse, *, amount: Fen, on: date, filed: Filed) -> None:
    """The firm's own part lies in the controlled account (登记自有资金): the whole of it in all, with the bank's proof."""
    hold(desk, use)
    if not Fen(0) < amount <= use.owed:
        raise OutOfRange(field="own_part", least=Fen(1), most=use.owed)
    if on > desk.today:
        raise OutOfRange(field="on", least="—", most=desk.today)
    desk.take(Act.DEPOSIT_OWN_PART, use, amount=amount, on=on)
    use.deposit, use.deposited_on = amount, on
    file(desk, use, filed)


def sign(desk: Desk, use: BridgeUse) -> None:
    """Sign for the pay-out (会签): fund manager and officer, above the bound a leader or the chair too; with the last one it is approved.

    SamePerson for whoever entered it, SignedAlready, BankBanned, PoolMissing when no pool holds enough.
    """
    hold(desk, use)
    require(desk.actor, Act.SIGN_BRIDGE, use)
    use.flow.after(use.state, Act.SIGN_BRIDGE)
    seat = SEATS[desk.actor.role]
    if desk.actor.id == use.entered_by:
        raise SamePerson(act=Act.SIGN_BRIDGE)
    if not may_sign(desk, use):
        raise SignedAlready(number=use.number)
    bans.not_banned(desk, use.bank_id)
    setattr(use, f"{seat}_by", desk.actor.id)
    setattr(use, f"{seat}_name", desk.actor.name)
    if len(use.signed_by) < rules.signers(use.amount, use.two_bound):
        desk.take(Act.SIGN_BRIDGE, use, seat=seat)
        return
    _approve(desk, use)


def may_sign(desk: Desk, use: BridgeUse) -> bool:
    """Whether a signature of the person at the desk is still missing."""
    seat = SEATS.get(desk.actor.role)
    wanted = seat != "leader" or rules.signers(use.amount, use.two_bound) > 2
    free_seat = seat is not None and getattr(use, f"{seat}_by") is None
    return free_seat and wanted and desk.actor.id not in {*use.signed_by, use.entered_by}


def _approve(desk: Desk, use: BridgeUse) -> None:
    """The last signature: the sum is set aside in the pool that holds most, so that no other use can take it."""
    enough = desk.all(BridgePool, BridgePool.free >= use.amount, by=BridgePool.free.desc())
    if not enough:
        raise PoolMissing(asked=use.amount)
    pool = enough[0]
    use.pool_id, use.approved_at = pool.id, desk.now
    desk.take(Act.APPROVE_BRIDGE, use, amount=use.amount, pool=pool.id)
    first = next(who for who in use.signed_by if who != desk.actor.id)
    ledger.post(
        desk, pool, Cause.RESERVED, use.amount, on=desk.today, by=first, confirmed_by=desk.actor.id, of=For(use)
    )
    tell(desk, use, Act.APPROVE_BRIDGE, {"firm": use.firm_id}, {"bank": use.bank_id}, {"role": "fund"})


def free(desk: Desk, use: BridgeUse) -> None:
    """What was set aside for a use goes back, and its signatures are void."""
    if use.pool_id is not None:
        pool = ledger.of(desk, use.pool_id)
        ledger.post(
            desk, pool, Cause.FREED, use.amount, on=desk.today, by=desk.actor.id, confirmed_by=None, of=For(use)
        )
    use.pool_id = use.fund_by = use.office_by = use.leader_by = use.approved_at = None
    use.fund_name = use.office_name = use.leader_name = ""


def hold(desk: Desk, use: BridgeUse) -> None:
    """Lock the use until the commit, and see it as it is then."""
    desk.session.flush()
    desk.session.refresh(use, with_for_update=True)


def file(desk: Desk, use: BridgeUse, filed: Filed) -> Document:
    """Put a proof on file with the use (提交凭证), whoever of the four sides brings it."""
    document = desk.add(
        Document(
            kind=filed.kind, name=line(filed.name, "file", 200), media=filed.media, size=filed.size, sha256=filed.sha256,
            stored=filed.stored, added_at=desk.now, added_by=desk.actor.id, subject_id=use.id, firm_id=use.firm_id,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PROVE_BRIDGE, use, kind=filed.kind, sha256=filed.sha256, document=document.id)
    return document


def tell(desk: Desk, use: BridgeUse, act: Act, *to: dict[str, object], once: str = "") -> None:
    """Everybody named hears of it once; nothing but the number goes with it."""
    for one in to:
        key = f"{act}:{use.id}:{once or desk.now.isoformat()}:{next(iter(one.items()))}"
        desk.later("notice", key, to=one, code=act.value, subject=use.id, number=use.number)


def released(desk: Desk, use: BridgeUse) -> list[BridgePosting]:
    """The lines of a use, in order."""
    return desk.all(BridgePosting, BridgePosting.use_id == use.id, by=BridgePosting.at)
