"""What banks and officers do with a claim (代偿申请): lodge, withdraw, let the clock stand still, go on (F47)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.claim_refusals import (
    ClaimOpen,
    ClaimTooMuch,
    FileIncomplete,
    NothingClaimable,
    NotIssued,
    NotYetDue,
    PeriodOver,
)
from financing.clocks.rules import Stop
from financing.compensation import files, terms
from financing.compensation.grounds import By, Item, Listed
from financing.compensation.model import CompensationClaim, CompensationPause, CompensationPromise
from financing.compensation.rules import OVER, PAUSES, Pause
from financing.compensation.terms import Terms
from financing.desk import Desk
from financing.journal import Private
from financing.letter_refusals import ProposalOpen
from financing.letters import entries
from financing.letters.model import EntryProposal, Guarantee
from financing.letters.rules import GuaranteeState, ProposalState
from financing.money import Fen
from financing.numbers import Series, take_number
from financing.parties.identity import line, passage
from financing.parties.rules import Support
from financing.refusals import OutOfRange

#: Guarantees that bind: nothing else can be claimed under.
BINDING = (GuaranteeState.IN_FORCE, GuaranteeState.COMPENSATED)


@dataclass(frozen=True, slots=True)
class Lodging:
    """What the bank states: sum, overdue interest, days overdue (where no loan is recorded), its account, and why."""

    amount: Fen
    interest: Fen
    days: int | None
    payee: str
    why: str
    promised: Collection[Item] = ()


def lodge(desk: Desk, guarantee: Guarantee, said: Lodging) -> CompensationClaim:
    """Ask for compensation (申请代偿); the clock of the agreement starts.

    NotIssued, PeriodOver, ClaimOpen, ProposalOpen, NotYetDue, NothingClaimable, ClaimTooMuch, FileIncomplete with what is missing.
    """
    entries.hold(desk, guarantee)
    require(desk.actor, Act.LODGE_COMPENSATION, guarantee)
    _free(desk, guarantee)
    agreed, recorded = terms.of(desk, guarantee), terms.overdue(desk, guarantee)
    days = _days(agreed, recorded, said.days)
    most = _within(desk, guarantee, said)
    promised = _complete(desk, guarantee, said.promised)
    claim = _written(desk, guarantee, said, agreed, (days, recorded is not None), most)
    for item in promised:
        _promise(desk, claim, item)
    facts: dict[str, Any] = {"number": claim.number, "guarantee": guarantee.number, "claimed": claim.claimed}
    desk.note(
        Act.LODGE_COMPENSATION, claim, **facts, days=days, due=claim.due_on, promised=[one.key for one in promised]
    )
    for role in ("officer", "chair"):
        tell(desk, Act.LODGE_COMPENSATION, claim, "", role=role)
    return claim


def withdraw(desk: Desk, claim: CompensationClaim) -> None:
    """The bank wants nothing any more, say because the firm has paid (撤回申请); it may lodge again."""
    hold(desk, claim)
    desk.take(Act.WITHDRAW_COMPENSATION, claim)
    claim.over_on = desk.today
    if claim.paused_on is not None:
        go_on(desk, claim)
    tell(desk, Act.WITHDRAW_COMPENSATION, claim, "", role="officer")


def halt(desk: Desk, claim: CompensationClaim, reason: Pause, wanted: str) -> None:
    """The bank owes something: the clock stands still until it is there (暂停计时), with a coded reason and what is wanted."""
    hold(desk, claim)
    if reason not in PAUSES:
        raise OutOfRange(field="reason", least=None, most=None)
    wanted = passage(wanted, "wanted")
    desk.take(Act.HALT_COMPENSATION, claim, reason=reason, due=claim.due_on, wanted=Private(wanted))
    stand_still(desk, claim, reason, wanted)
    tell(desk, Act.HALT_COMPENSATION, claim, desk.now.isoformat(), bank=claim.bank_id)


def resume(desk: Desk, claim: CompensationClaim) -> None:
    """What was wanted is there (恢复计时): the clock runs on, later by the days it stood."""
    hold(desk, claim)
    desk.take(Act.RESUME_COMPENSATION, claim)
    go_on(desk, claim)
    to: dict[str, Any] = {"role": "officer"} if desk.actor.bank_id is not None else {"bank": claim.bank_id}
    tell(desk, Act.RESUME_COMPENSATION, claim, desk.now.isoformat(), **to)


def stand_still(desk: Desk, claim: CompensationClaim, reason: Pause, wanted: str) -> None:
    """Days from today on are the bank's."""
    claim.paused_on = desk.today
    desk.add(
        CompensationPause(
            **about(claim), reason=reason, wanted=wanted, by_name=desk.actor.name, since=desk.today, due_before=claim.due_on
        )
    )  # fmt: skip
    desk.session.flush()


def go_on(desk: Desk, claim: CompensationClaim) -> None:
    """The clock runs again: the last day moves by the days it stood, and whoever was told of it is told anew if need be."""
    of = CompensationPause.claim_id == claim.id
    with (
        desk.session.no_autoflush
    ):  # the state has moved already; everything is written at once, or a wall stands in between
        stood = desk.session.scalars(select(CompensationPause).where(of, CompensationPause.until.is_(None))).one()
        ended = desk.session.scalars(select(CompensationPause).where(of, CompensationPause.until.is_not(None))).all()
    stops = [Stop(one.since, one.until) for one in ended if one.until] + [Stop(stood.since, desk.today)]
    due = max(claim.due_on, terms.due(desk.calendar, claim.lodged_on, claim.grace_days, stops))
    claim.told = claim.told if due == claim.due_on else 0
    claim.due_on, claim.paused_on = due, None
    stood.until, stood.due_after = desk.today, due
    desk.session.flush()


def hold(desk: Desk, claim: CompensationClaim) -> Guarantee:
    """Lock the guarantee and then the claim until the commit, and see both as they are then."""
    guarantee = desk.session.get_one(Guarantee, claim.guarantee_id)
    entries.hold(desk, guarantee)
    desk.session.refresh(claim, with_for_update=True)
    return guarantee


def standing(desk: Desk, guarantee_id: int) -> CompensationClaim | None:
    """The claim of a guarantee that is not over, whoever asks."""
    open_one = (CompensationClaim.guarantee_id == guarantee_id, CompensationClaim.state.not_in(OVER))
    return desk.session.scalar(select(CompensationClaim).where(*open_one))


def about(claim: CompensationClaim) -> dict[str, Any]:
    """The columns by which everything around a claim knows whose it is."""
    return {"claim_id": claim.id} | {
        name: getattr(claim, name) for name in ("guarantee_id", "case_id", "firm_id", "bank_id")
    }


def tell(desk: Desk, act: Act, claim: CompensationClaim, which: str, **to: object) -> None:
    """One notice about a claim, once for each addressee; nothing of what it says."""
    once = f"{act.value}:{claim.id}:{'-'.join(f'{key}={value}' for key, value in to.items())}:{which}"
    subject = claim.guarantee_id if act is Act.COMPENSATE else claim.id  # the letter's own act leads to the letter
    desk.later("notice", once, to=to, code=act.value, subject=subject, number=claim.number)


def _free(desk: Desk, guarantee: Guarantee) -> None:
    """The guarantee binds, its period runs, and nothing else is under way."""
    if guarantee.state not in BINDING or guarantee.form is Support.RECOMMENDATION:
        raise NotIssued
    if desk.today > guarantee.until:
        raise PeriodOver(until=guarantee.until)
    if (found := standing(desk, guarantee.id)) is not None:
        raise ClaimOpen(number=found.number)
    waits = (EntryProposal.guarantee_id == guarantee.id, EntryProposal.state == ProposalState.PROPOSED)
    if desk.session.scalar(select(EntryProposal.id).where(*waits)) is not None:
        raise ProposalOpen(number=guarantee.number)


def _days(agreed: Terms, recorded: int | None, stated: int | None) -> int:
    """Days overdue: the platform's own where a loan is recorded, otherwise the bank's word, which its account in the file proves."""
    days = recorded if recorded is not None else (stated or 0)
    if days < agreed.trigger_days:
        raise NotYetDue(days=max(0, days), asked=agreed.trigger_days)
    return days


def _within(desk: Desk, guarantee: Guarantee, said: Lodging) -> Fen:
    most = terms.most(desk, guarantee)
    if not most:
        raise NothingClaimable
    if not Fen(0) < said.amount <= most:
        raise ClaimTooMuch(asked=said.amount, most=most)
    if said.interest < Fen(0):
        raise OutOfRange(field="interest", least=Fen(0), most=None)
    return most


def _complete(desk: Desk, guarantee: Guarantee, promised: Collection[Item]) -> list[Listed]:
    """What the bank still owes of the file, all of it promised; FileIncomplete with everything that cannot be, or is not."""
    missing = [one for one in files.one(desk, guarantee).missing if one.by is By.BANK]
    if refused := tuple(one.key for one in missing if not one.promised or one.key not in promised):
        raise FileIncomplete(items=refused)
    return missing


def _written(
    desk: Desk, guarantee: Guarantee, said: Lodging, agreed: Terms, overdue: tuple[int, bool], most: Fen
) -> CompensationClaim:
    days, recorded = overdue
    claim = desk.add(
        CompensationClaim(
            number=take_number(desk.session, Series.COMPENSATION, desk.today.year), guarantee_id=guarantee.id, case_id=guarantee.case_id,
            need_id=guarantee.need_id, firm_id=guarantee.firm_id, bank_id=guarantee.bank_id,
            agreement_id=agreed.agreement.id if agreed.agreement else None, principal=terms.principal(desk, guarantee),
            interest=said.interest, days_past_due=days, recorded=recorded, share=guarantee.share, most=most, claimed=said.amount,
            payee=line(said.payee, "payee"), why=passage(said.why, "why"), lodged_on=desk.today, lodged_at=desk.now,
            lodged_by=desk.actor.id, lodger=desk.actor.name, grace_days=agreed.grace_days,
            due_on=terms.due(desk.calendar, desk.today, agreed.grace_days, ()), chair_aside=guarantee.chair_aside,
        )
    )  # fmt: skip
    desk.session.flush()
    return claim


def _promise(desk: Desk, claim: CompensationClaim, item: Listed) -> None:
    due: date = desk.calendar.after(desk.today, parameters.figure("compensation_promise_days", desk.today).value).day
    desk.add(CompensationPromise(**about(claim), key=item.key.value, due_on=due, at=desk.now))
