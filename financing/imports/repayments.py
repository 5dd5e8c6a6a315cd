"""Repayments of a bank's file (银行还款文件), by contract and the bank's own reference: the same line twice has no second effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from financing.desk import Desk
from financing.imports.compared import Compared, Row, Wrong, plain
from financing.imports.model import Import, ImportRow
from financing.imports.rules import Fate
from financing.loans import service
from financing.loans.model import Loan, LoanRepayment
from financing.loans.rules import Source
from financing.loans.service import Payment
from financing.money import Fen

PARTS = ("principal", "interest", "penalty")


def compare(desk: Desk, job: Import, rows: Sequence[Row]) -> Compared:
    """By contract among the bank's own loans: on record already, new, or the same reference with other words."""
    loans = _loans(desk, job, {row["contract"] for row in rows})
    known = _known(desk, [loan.id for loan in loans.values()])
    compared = Compared()
    for row in rows:
        loan = loans.get(row["contract"])
        told = {
            "contract": row["contract"],
            "reference": row["reference"],
            "on": row["on"],
            **{name: row[name] or 0 for name in PARTS},
        }
        if (wrong := _wrong(loan, told, job)) is not None:
            compared.wrong.append(Wrong(row["row"], *wrong))
            continue
        assert loan is not None  # noqa: S101  told above
        there = known.get((loan.id, row["reference"]))
        same = there is not None and all(there[name] == told[name] for name in ("on", *PARTS))
        if there is not None and not same:
            compared.wrong.append(Wrong(row["row"], "reference", row["reference"], "import_repayment_differs"))
            continue
        compared.put(
            row,
            f"{row['contract']}|{row['reference']}",
            Fate.SAME if same else Fate.ADDED,
            {} if same else told,
            subject=loan.id,
        )
    return compared


def land(desk: Desk, job: Import) -> None:
    """Each new line by the act that records one repayment, in the order of its days; whatever is refused undoes all of them."""
    staged = desk.all(ImportRow, ImportRow.job_id == job.id, ImportRow.fate == Fate.ADDED, by=ImportRow.row)
    for row in sorted(staged, key=lambda one: (one.told["on"], one.row)):
        told = row.told
        paid = Payment(told["reference"], date.fromisoformat(told["on"]), *(Fen(told[name]) for name in PARTS))
        service.repay(desk, desk.get(Loan, row.subject_id), paid, Source.FILE)


def _wrong(loan: Loan | None, told: Row, job: Import) -> tuple[str, str, str] | None:
    """Column, value and code of what keeps a row out."""
    if loan is None or loan.bank_id != job.bank_id:
        return ("contract", told["contract"], "import_contract_unknown")
    if not sum(told[name] for name in PARTS):
        return ("principal", "", "import_nothing_repaid")
    return ("on", told["on"], "import_before_loan") if told["on"] < loan.starts.isoformat() else None


def _loans(desk: Desk, job: Import, contracts: set[str]) -> dict[str, Loan]:
    found = desk.session.scalars(select(Loan).where(Loan.bank_id == job.bank_id, Loan.contract.in_(contracts)))
    return {loan.contract: loan for loan in found}


def _known(desk: Desk, loans: Sequence[int]) -> dict[tuple[int, str], Row]:
    rows = desk.session.scalars(select(LoanRepayment).where(LoanRepayment.loan_id.in_(loans)))
    return {(row.loan_id, row.reference): {name: plain(getattr(row, name)) for name in ("on", *PARTS)} for row in rows}
