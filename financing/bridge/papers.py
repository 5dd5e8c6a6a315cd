"""The promise as an issued paper (续贷承诺函): under its own number, with the code by which everybody can check it."""

from __future__ import annotations

from typing import Any

from financing.bridge.promise_model import RenewalPromise
from financing.desk import Desk
from financing.letters import papers
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind


def issue(desk: Desk, promise: RenewalPromise, said: dict[str, Any]) -> IssuedPaper:
    """Issue the paper of a promise; its digest is the promise's."""
    firm, bank, number = promise.firm_id, promise.bank_id, promise.number
    return papers.put(desk, LetterKind.RENEWAL_PROMISE, promise.id, said, number=number, firm_id=firm, bank_id=bank)


def end(desk: Desk, promise: RenewalPromise) -> None:
    """The paper holds no more: whoever checks it is told so."""
    if (paper := of(desk, promise)) is not None:
        papers.end(desk, paper)


def of(desk: Desk, promise: RenewalPromise) -> IssuedPaper | None:
    """The paper of a promise, for whoever may see it."""
    about = (IssuedPaper.kind == LetterKind.RENEWAL_PROMISE, IssuedPaper.subject_id == promise.id)
    return desk.find(IssuedPaper, *about)
