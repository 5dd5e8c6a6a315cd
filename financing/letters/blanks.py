"""What goes into the blanks of a letter: names, amounts in figures and in the characters of bills, days, rates."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from financing import parameters
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.rules import Gate, Round, Vote
from financing.letters import reasons
from financing.letters.model import Guarantee
from financing.letters.reasons import Reason
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
    """For a letter of intent: terms and conditions."""
    asked = [one["says"] for one in sealed.record.get("conditions", [])]
    return {
        **_of_firm(desk, case.firm_id, case.need_id), **_amount(case.line), "months": case.months, "share": _percent(case.share),
        "fee": _percent(case.fee), "until": sealed.until or "", "resolution": sealed.number, "conditions": _listed(asked),
    }  # fmt: skip


def of_rejection(desk: Desk, case: GuaranteeCase, sealed: Resolution, office: str) -> Blanks:
    """For a letter of refusal after a vote: coded reasons, and the members' own without their names."""
    final = (b for b in sealed.record["ballots"] if b.get("round", Round.FINAL) == Round.FINAL and not b["void"])
    said = list(dict.fromkeys(b["opinion"] for b in final if b["vote"] in (Vote.AGAINST, Vote.ABSTAIN)))
    score, found = sealed.record["assessment"], reasons.of_record(sealed.record)
    told = _refused(desk, f"{score['total']} / {score['full_marks']}（{score['grade']}）", found, office)
    own = {"resolution": sealed.number, "said": _listed(said) or "—"}
    return {**_of_firm(desk, case.firm_id, case.need_id), **_amount(case.line), **told, **own}


def of_stopped(desk: Desk, need: Need, score: Assessment, missed: Iterable[Gate], office: str) -> Blanks:
    """For a letter of refusal at the gates."""
    marks = f"{score.total} / {score.sheet['full_marks']}（{score.grade}）"
    told = _refused(desk, marks, reasons.of_gates(missed), office)
    return {**_of_firm(desk, need.firm_id, need.id), **_amount(need.amount), **told}


def _refused(desk: Desk, score: str, found: list[Reason], office: str) -> Blanks:
    return {
        "score": score,
        "codes": "、".join(one.entry.code for one in found),
        "reasons": _listed([one.told for one in found]),
        "ways": _listed(list(dict.fromkeys(one.entry.way for one in found))),
        "office": office,
        "contest": parameters.figure("contest_days", desk.today).value,
        "answer": parameters.figure("contest_answer_days", desk.today).value,
    }


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
