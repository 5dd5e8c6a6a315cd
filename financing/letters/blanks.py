"""What goes into the blanks of a letter: names, amounts in figures and in the characters of bills, days, rates."""

from __future__ import annotations

from decimal import Decimal

from financing import parameters
from financing.desk import Desk
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.rules import Vote
from financing.letters.model import Guarantee
from financing.money import Fen, Rate
from financing.money_words import capitals
from financing.needs.model import Need
from financing.parties.model import Bank, Firm, Guarantor

Blanks = dict[str, object]


def of_guarantee(desk: Desk, guarantee: Guarantee) -> Blanks:
    """For a letter to the bank."""
    bank = desk.session.get_one(Bank, guarantee.bank_id)
    signer, sealed = guarantor(desk, guarantee.guarantor_id), desk.session.get_one(Resolution, guarantee.resolution_id)
    return {
        **_of_firm(desk, guarantee.firm_id, guarantee.need_id), **_amount(guarantee.amount), "bank": bank.name,
        "resolution": sealed.number, "share": _percent(guarantee.share), "fee": _percent(guarantee.fee),
        "starts": guarantee.starts, "matures": guarantee.matures, "until": guarantee.until,
        "period": parameters.figure("guarantee_period_months", desk.today).value,
        "licence": signer.licence, "licence_until": signer.licence_until or "",
    }  # fmt: skip


def of_decision(desk: Desk, case: GuaranteeCase, sealed: Resolution) -> Blanks:
    """For a letter to the firm: terms and conditions in favour, opinions against without the names of members."""
    score = sealed.record.get("assessment", {})
    against = [b["opinion"] for b in sealed.record.get("ballots", []) if b["vote"] == Vote.AGAINST and not b["void"]]
    asked = [one["says"] for one in sealed.record.get("conditions", [])]
    return {
        **_of_firm(desk, case.firm_id, case.need_id), **_amount(case.line), "months": case.months, "share": _percent(case.share),
        "fee": _percent(case.fee), "until": sealed.until or "", "resolution": sealed.number, "conditions": _listed(asked),
        "score": f"{score.get('total', '—')} / {score.get('full_marks', '—')}（{score.get('grade', '—')}）",
        "reasons": _listed(list(dict.fromkeys(against))) or "—",
        "contest": parameters.figure("contest_days", desk.today).value,
        "answer": parameters.figure("contest_answer_days", desk.today).value,
    }  # fmt: skip


def guarantor(desk: Desk, key: int) -> Guarantor:
    return desk.session.get_one(Guarantor, key)


def _of_firm(desk: Desk, firm_id: int, need_id: int) -> Blanks:
    firm, need = desk.session.get_one(Firm, firm_id), desk.session.get_one(Need, need_id)
    return {"firm": firm.name, "code": firm.code, "need": need.number}


def _amount(amount: Fen) -> Blanks:
    return {"amount": f"{Decimal(amount.fen) / 100:,.2f} 元", "capitals": capitals(amount)}


def _percent(rate: Rate) -> str:
    return f"{(Decimal(rate.ppm) / 10_000).normalize():f} %"


def _listed(said: list[str]) -> str:
    return "；".join(f"（{n}）{one.rstrip('。；')}" for n, one in enumerate(said, 1)) + ("。" if said else "")
