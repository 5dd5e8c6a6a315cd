"""Money of the fund (资金): pools, the pay-out into the controlled account, what comes back, what its days cost (F52, F54)."""

from __future__ import annotations

from datetime import date

from financing.access import require
from financing.acts import Act
from financing.bridge import bans, bounds, ledger, rules, uses
from financing.bridge.ledger import For
from financing.bridge.model import BridgeMove, BridgePool, BridgePosting, BridgeRelease, BridgeUse
from financing.bridge.rules import OF_POOL, Cause, Fees, MoveState
from financing.bridge_refusals import MoveOpen, NotCollected, OtherFee, PoolKnown, PoolShort
from financing.case_refusals import SamePerson
from financing.desk import BEIJING, Desk
from financing.guarantees.documents import Document, Filed
from financing.journal import Private
from financing.letter_refusals import TooMuch
from financing.money import Fen
from financing.parties.identity import line, passage
from financing.refusals import OutOfRange, WrongState

#: The act by which each kind of money of a use is put forward, and the one by which it is booked.
ASKS = {
    Cause.RETURNED: Act.REPORT_RETURN,
    Cause.FEE: Act.REPORT_FEE,
    Cause.LOST: Act.PROPOSE_LOSS,
    Cause.RECOVERED: Act.PROPOSE_RECOVERY,
}


def open_pool(desk: Desk, *, name: str, custodian: str, account: str) -> BridgePool:
    """Open a pool (设立资金池), empty; money is put forward and confirmed by two people. PoolKnown."""
    name = line(name, "pool_name", 60)
    require(desk.actor, Act.OPEN_BRIDGE_POOL, None)
    if desk.find(BridgePool, BridgePool.name == name):
        raise PoolKnown(name=name)
    made = desk.add(
        BridgePool(
            name=name,
            custodian=line(custodian, "custodian", 100),
            account=line(account, "custody_account", 60),
            opened_at=desk.now,
            opened_by=desk.actor.id,
            opener=desk.actor.name,
        )
    )
    desk.session.flush()
    desk.note(Act.OPEN_BRIDGE_POOL, made, name=Private(name))
    return made


def propose(
    desk: Desk, pool: BridgePool, cause: Cause, *, amount: Fen, on: date, reason: str, filed: Filed
) -> BridgeMove:
    """Put capital in or out, or fees out, forward (提出资金进出); nothing is booked yet. MoveOpen, OutOfRange, PoolShort."""
    ledger.hold(desk, pool)
    if cause not in OF_POOL:
        raise WrongState(state=cause, act=Act.PROPOSE_MOVE)
    desk.note(Act.PROPOSE_MOVE, pool, cause=cause, amount=amount, on=on)
    _within(pool, cause, amount)
    document = desk.add(
        Document(
            kind=filed.kind, name=line(filed.name, "file", 200), media=filed.media, size=filed.size, sha256=filed.sha256,
            stored=filed.stored, added_at=desk.now, added_by=desk.actor.id, subject_id=pool.id,
        )
    )  # fmt: skip
    desk.session.flush()
    return _put(desk, pool, cause, amount, on, reason, document)


def report(desk: Desk, use: BridgeUse, cause: Cause, *, amount: Fen, on: date, reason: str, filed: Filed) -> BridgeMove:
    """Put money of a use forward (报告归还、缴费、损失、追回) with its proof; another person confirms that it is there.

    TooMuch beyond what is out, OtherFee when it is not the fee, MoveOpen, OutOfRange.
    """
    uses.hold(desk, use)
    desk.take(ASKS[cause], use, amount=amount, on=on)
    pool = uses.pool_of(desk, use)
    if use.released_on is not None and on < use.released_on:
        raise OutOfRange(field="on", least=use.released_on, most=desk.today)
    _is(desk, use, cause, amount)
    document = uses.file(desk, use, filed)
    return _put(desk, pool, cause, amount, on, reason, document, use)


def _put(
    desk: Desk, pool: BridgePool, cause: Cause, amount: Fen, on: date, reason: str, document: Document,
    use: BridgeUse | None = None,
) -> BridgeMove:  # fmt: skip
    if on > desk.today or amount <= Fen(0):
        raise OutOfRange(field="on", least="—", most=desk.today)
    waits = (BridgeMove.state == MoveState.PROPOSED, BridgeMove.cause == cause)
    mine = BridgeMove.use_id == use.id if use else (BridgeMove.use_id.is_(None) & (BridgeMove.pool_id == pool.id))
    if desk.find(BridgeMove, *waits, mine):
        raise MoveOpen(number=use.number if use else pool.name)
    made = desk.add(
        BridgeMove(
            pool_id=pool.id, use_id=use.id if use else None, firm_id=use.firm_id if use else None,
            bank_id=use.bank_id if use else None, cause=cause, amount=amount, on=on, document_id=document.id,
            reason=passage(reason, "reason"), proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    number = use.number if use else ""
    for role in ("fund", "officer"):
        told = {
            "to": {"role": role},
            "code": Act.PROPOSE_MOVE.value,
            "subject": use.id if use else pool.id,
            "number": number,
        }
        desk.later("notice", f"{Act.PROPOSE_MOVE}:{made.id}:{role}", **told)
    return made


def confirm(desk: Desk, move: BridgeMove) -> BridgePosting:
    """Another person has seen the money and confirms (确认到账): it is booked as of its day. SamePerson, PoolShort, TooMuch."""
    pool = ledger.of(desk, move.pool_id)
    use = desk.get(BridgeUse, move.use_id) if move.use_id else None
    if use is not None:
        uses.hold(desk, use)
        _is(desk, use, move.cause, move.amount)
    _decide(desk, move, Act.CONFIRM_MOVE)
    posted = ledger.post(
        desk,
        pool,
        move.cause,
        move.amount,
        on=move.on,
        by=move.proposed_by,
        confirmed_by=desk.actor.id,
        of=For(use, move),
    )
    if use is not None:
        _follow(desk, use, move)
    return posted


def turn_down(desk: Desk, move: BridgeMove, answer: str) -> None:
    """Another person does not find the money (不予确认), with a reason; nothing is booked."""
    answer = passage(answer, "reason")
    _decide(desk, move, Act.TURN_DOWN_MOVE)
    move.answer = answer


def _decide(desk: Desk, move: BridgeMove, act: Act) -> None:
    desk.session.refresh(move, with_for_update=True)
    move.flow.after(move.state, act)
    if desk.actor.id == move.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, move)
    move.decided_by, move.decider, move.decided_at = desk.actor.id, desk.actor.name, desk.now
    desk.take(act, move, cause=move.cause, amount=move.amount, on=move.on)


def _follow(desk: Desk, use: BridgeUse, move: BridgeMove) -> None:
    """What the booked money means for the use."""
    match move.cause:
        case Cause.RETURNED:
            use.returned += move.amount
            desk.take(Act.RETURN_BRIDGE if not use.left else Act.RETURN_PART, use, amount=move.amount, on=move.on)
            if not use.left:
                _reckon(desk, use)
        case Cause.FEE:
            close(desk, use)
        case Cause.LOST:
            desk.take(Act.LOSE_BRIDGE, use, amount=move.amount)
        case Cause.RECOVERED:
            desk.take(Act.RECOVER_BRIDGE, use, amount=move.amount)
    uses.tell(desk, use, Act.CONFIRM_MOVE, {"firm": use.firm_id}, {"bank": use.bank_id}, once=str(move.id))


def close(desk: Desk, use: BridgeUse) -> None:
    """Everything is back and the fee is paid, or there is none (结清)."""
    use.closed_on = desk.today
    desk.take(Act.SETTLE_BRIDGE, use, fee=use.fee)


def _reckon(desk: Desk, use: BridgeUse) -> None:
    """Everything is back: the fee is known to the fen; a use that cost nothing is over."""
    use.fee = fee(desk, use, desk.today)
    if not use.fee:
        close(desk, use)


def fee(desk: Desk, use: BridgeUse, day: date) -> Fen:
    """What the days have cost: of all that came back, until it did, and of what is still out, until the end of `day`."""
    paid = desk.find(BridgeRelease, BridgeRelease.use_id == use.id)
    if paid is None:
        return Fen(0)
    back = [(line.on, line.amount) for line in uses.released(desk, use) if line.cause is Cause.RETURNED]
    still = use.amount - Fen(sum(amount.fen for _, amount in back))
    return tiers(paid).fee(paid.on, [*back, (day, still)] if still else back)


def tiers(paid: BridgeRelease) -> Fees:
    """The tiers as they were sealed with the pay-out."""
    return Fees(paid.first_days, paid.first, paid.later, counts_out=paid.counts_out, counts_return=paid.counts_return)


def release(desk: Desk, use: BridgeUse, *, on: date, filed: Filed) -> BridgeRelease:
    """Pay out into the account that the promise names (放款), and nowhere else; the days begin to count.

    NotCollected while the firm's own part is missing, BankBanned, OutOfRange for the day; NotPromised, and without a promise the database refuses too.
    """
    uses.hold(desk, use)
    bans.not_banned(desk, use.bank_id)
    if use.deposit < use.own:
        raise NotCollected(owed=use.own - use.deposit)
    since = use.approved_at.astimezone(BEIJING).date() if use.approved_at else desk.today
    if not since <= on <= desk.today:
        raise OutOfRange(field="on", least=since, most=desk.today)
    require(desk.actor, Act.RELEASE_BRIDGE, use)
    use.flow.after(use.state, Act.RELEASE_BRIDGE)
    said, pool = uses.promised(desk, use), uses.pool_of(desk, use)
    back = rules.due(said.planned_on, on, bounds.days("bridge_most_days", on))
    use.released_on, use.due_on = on, back
    desk.take(Act.RELEASE_BRIDGE, use, amount=use.amount, on=on, promise=said.number, account=Private(said.account))
    document, cost = uses.file(desk, use, filed), bounds.fees(on)
    paid = desk.add(
        BridgeRelease(
            use_id=use.id, firm_id=use.firm_id, bank_id=use.bank_id, pool_id=pool.id, promise_id=said.id,
            promised=said.amount, account=said.account, standing=True, amount=use.amount, deposit=use.deposit, owed=use.owed,
            share=bounds.share(said.made_at.astimezone(BEIJING).date()), on=on, due_on=back, first_days=cost.first_days,
            first=cost.first, later=cost.later, counts_out=cost.counts_out, counts_return=cost.counts_return,
            document_id=document.id, two_bound=use.two_bound, fund_by=use.fund_by or 0, office_by=use.office_by or 0,
            leader_by=use.leader_by, by=desk.actor.id, name=desk.actor.name, at=desk.now,
        )
    )  # fmt: skip
    second = next(who for who in use.signed_by if who != desk.actor.id)
    ledger.post(desk, pool, Cause.RELEASED, use.amount, on=on, by=desk.actor.id, confirmed_by=second, of=For(use))
    uses.tell(desk, use, Act.RELEASE_BRIDGE, {"firm": use.firm_id}, {"bank": use.bank_id})
    return paid


def _within(pool: BridgePool, cause: Cause, amount: Fen) -> None:
    """Not more out of a pot than lies in it."""
    source = rules.PATHS[cause][0]
    if source in ledger.COUNTED and amount > (there := getattr(pool, source.value)):
        raise PoolShort(pool=pool.name, asked=amount, free=there)


def _is(desk: Desk, use: BridgeUse, cause: Cause, amount: Fen) -> None:
    """A return is at most what is out, a loss all of it, a fee exactly the fee, a recovery at most what was lost."""
    if cause is Cause.FEE:
        if amount != use.fee:
            raise OtherFee(fee=use.fee)
        return
    limit = use.left
    if cause is Cause.RECOVERED:
        back = [line.amount.fen for line in uses.released(desk, use) if line.cause is Cause.RECOVERED]
        limit = use.left - Fen(sum(back))
    if not Fen(0) < amount <= limit or (cause is Cause.LOST and amount != limit):
        raise TooMuch(kind=cause, asked=amount, most=limit)
