"""Promises not kept (承诺未兑现) and banks that may not use the fund (暂停合作): found once, opened as a case, lifted by two (F55)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from financing.access import require
from financing.acts import Act
from financing.bridge.model import BridgeUse
from financing.bridge.promise_model import BankBan, PromiseBreach
from financing.bridge.rules import Breach
from financing.bridge_refusals import BankBanned
from financing.case_refusals import SamePerson
from financing.conduct import service as conduct
from financing.conduct.rules import Practice, Source
from financing.desk import Desk
from financing.journal import Private
from financing.parties.identity import passage


def not_banned(desk: Desk, bank_id: int) -> None:
    """BankBanned, also for a firm that may not see it, while the bank may not use the fund."""
    ban = desk.session.scalar(select(BankBan).where(BankBan.bank_id == bank_id, BankBan.lifted_by.is_(None)))
    if ban is not None:
        raise BankBanned(bank=ban.bank, since=ban.since)


def found(desk: Desk, use: BridgeUse, breach: Breach, facts: Mapping[str, Any]) -> PromiseBreach | None:
    """Put a breach on record, open its case and suspend the bank; None when this breach of this use is known."""
    if desk.find(PromiseBreach, PromiseBreach.use_id == use.id, PromiseBreach.breach == breach):
        return None
    about = {"bank_id": use.bank_id, "firm_id": use.firm_id, "subject_id": use.id}
    told = {**facts, "breach": breach.value, "use": use.number}
    case = conduct.open_case(desk, practice=Practice.PROMISE_BROKEN, source=Source.BRIDGE, facts=told, **about)
    made = desk.add(
        PromiseBreach(
            use_id=use.id, firm_id=use.firm_id, bank_id=use.bank_id, breach=breach, found_on=desk.today, facts=dict(facts),
            at=desk.now, case_number=case.number
        )
    )  # fmt: skip
    desk.session.flush()
    desk.take(Act.BREACH_RENEWAL, use, breach=breach, **facts)
    _suspend(desk, use, breach)
    return made


def _suspend(desk: Desk, use: BridgeUse, breach: Breach) -> None:
    """From now on the bank may neither promise nor have money released; one suspension at a time."""
    if desk.find(BankBan, BankBan.bank_id == use.bank_id, BankBan.lifted_by.is_(None)):
        return
    ban = desk.add(
        BankBan(
            bank_id=use.bank_id,
            bank=use.bank,
            use_id=use.id,
            use=use.number,
            breach=breach,
            since=desk.today,
            at=desk.now,
        )
    )
    desk.session.flush()
    desk.note(Act.SUSPEND_BANK, ban, breach=breach, use=use.number)
    for to in ({"bank": use.bank_id}, {"role": "fund"}, {"role": "officer"}, {"role": "leader"}):
        told = {"to": to, "code": Act.SUSPEND_BANK.value, "subject": use.id, "number": use.number}
        desk.later("notice", f"{Act.SUSPEND_BANK}:{ban.id}:{next(iter(to.items()))}", **told)


def ask_lift(desk: Desk, ban: BankBan, reason: str) -> None:
    """One person asks that the bank may use the fund again (申请恢复合作), and says why."""
    reason = passage(reason, "reason")
    desk.session.refresh(ban, with_for_update=True)
    desk.take(Act.ASK_BRIDGE_LIFT, ban, reason=Private(reason))
    ban.reason, ban.asked_at, ban.asked_by, ban.asker = reason, desk.now, desk.actor.id, desk.actor.name


def lift(desk: Desk, ban: BankBan) -> None:
    """Another person agrees (恢复合作). SamePerson."""
    _another(desk, ban, Act.LIFT_SUSPENSION)
    desk.take(Act.LIFT_SUSPENSION, ban)
    ban.lifted_at, ban.lifted_by, ban.lifter = desk.now, desk.actor.id, desk.actor.name
    told = {"to": {"bank": ban.bank_id}, "code": Act.LIFT_SUSPENSION.value, "subject": ban.use_id, "number": ban.use}
    desk.later("notice", f"{Act.LIFT_SUSPENSION}:{ban.id}", **told)


def keep(desk: Desk, ban: BankBan) -> None:
    """Another person does not agree (维持暂停): the bank stays suspended until somebody asks again. SamePerson."""
    _another(desk, ban, Act.KEEP_SUSPENSION)
    desk.take(Act.KEEP_SUSPENSION, ban, asker=ban.asked_by)
    ban.reason, ban.asked_at, ban.asked_by, ban.asker = "", None, None, ""


def _another(desk: Desk, ban: BankBan, act: Act) -> None:
    desk.session.refresh(ban, with_for_update=True)
    ban.flow.after(ban.state, act)
    if desk.actor.id == ban.asked_by:
        raise SamePerson(act=act)
    require(desk.actor, act, ban)
