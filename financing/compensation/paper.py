"""The decision on a claim as a paper (代偿决定书): numbered, with its code, replaced by the final one where the bank objected."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from financing.compensation import grounds
from financing.compensation.model import CompensationClaim, CompensationCut, CompensationDecision
from financing.compensation.rules import BANKS_TURN, Outcome
from financing.desk import Desk
from financing.guarantees.agreement_model import SharingAgreement
from financing.letters import papers
from financing.letters.model import Guarantee
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.letters.texts import written
from financing.money import Fen, Rate
from financing.money_words import capitals
from financing.parties.model import Bank, Firm, Guarantor


def issue(desk: Desk, claim: CompensationClaim, decision: CompensationDecision) -> IssuedPaper:
    """Write the decision to the bank as it is taken; a later one on the same claim takes its place."""
    guarantee = desk.session.get_one(Guarantee, claim.guarantee_id)
    record = written(LetterKind.COMPENSATION, _blanks(desk, claim, decision, guarantee), _words(claim, decision))
    signer = desk.session.get_one(Guarantor, guarantee.guarantor_id).name
    said = {**record, "guarantor": signer, "day": desk.today.isoformat()}
    return papers.put(desk, LetterKind.COMPENSATION, claim.id, said, case_id=claim.case_id, bank_id=claim.bank_id)


def _words(claim: CompensationClaim, decision: CompensationDecision) -> set[str]:
    words = {decision.outcome.value, "final" if decision.final else "first"}
    words |= {"paid"} if decision.amount else set()
    words |= {"answerable"} if claim.state in BANKS_TURN else set()
    return words | ({"again"} if claim.again else set())


def _blanks(
    desk: Desk, claim: CompensationClaim, decision: CompensationDecision, guarantee: Guarantee
) -> dict[str, object]:
    firm, bank = desk.session.get_one(Firm, claim.firm_id), desk.session.get_one(Bank, claim.bank_id)
    agreement = desk.session.get(SharingAgreement, claim.agreement_id) if claim.agreement_id else None
    return {
        "bank": bank.name, "firm": firm.name, "code": firm.code, "guarantee": guarantee.number, "claim": claim.number,
        "lodged_on": claim.lodged_on, "principal": _yuan(claim.principal), "days": claim.days_past_due, "share": _percent(claim.share),
        "claimed": _yuan(claim.claimed), "cut": _yuan(claim.claimed - decision.amount), "amount": _yuan(decision.amount),
        "capitals": capitals(decision.amount), "agreement": agreement.number if agreement else "—", "due_on": claim.due_on,
        "payee": claim.payee, "answer_by": claim.answer_by or "", "cuts": _cuts(desk, decision), "reason": _reason(desk, decision),
    }  # fmt: skip


def _cuts(desk: Desk, decision: CompensationDecision) -> str:
    of = select(CompensationCut).where(CompensationCut.decision_id == decision.id).order_by(CompensationCut.number)
    said = []
    for one in desk.session.scalars(of):
        ground = grounds.ground(one.lapse, desk.today)
        facts = f"造成损失 {_yuan(one.loss)}，减 {_yuan(one.amount)}"
        said.append(f"（{one.number}）{ground.says}（{ground.source}）：{one.evidence.rstrip('。；')}；{facts}")
    return "；".join(said) + ("。" if said else "")


def _reason(desk: Desk, decision: CompensationDecision) -> str:
    if decision.outcome is not Outcome.REFUSE or decision.reason is None:
        return ""
    ground = grounds.ground(decision.reason, desk.today)
    return f"{ground.says}（{ground.source}）。{decision.opinion}"


def _yuan(amount: Fen) -> str:
    return f"{Decimal(amount.fen) / 100:,.2f} 元"


def _percent(rate: Rate) -> str:
    return f"{(Decimal(rate.ppm) / 10_000).normalize():f} %"
