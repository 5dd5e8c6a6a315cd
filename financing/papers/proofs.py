"""Soft assets (软资产) stated by the firm: orders, receivables, rights, certificates, bills paid; only with proof on file."""

from __future__ import annotations

from collections.abc import Mapping

from financing.desk import Desk
from financing.file_refusals import Unproved
from financing.papers.rules import PROOFS
from financing.papers.service import kinds
from financing.parties.model import Firm
from financing.parties.stated import declare, stated
from scoring.facts import SOFT


def state(desk: Desk, firm: Firm, facts: Mapping[str, object]) -> None:
    """The firm states facts of itself; a soft asset that is new or changed needs a paper that shows it, else Unproved."""
    known, on_file = stated(firm), kinds(desk, firm.id)
    for name in SOFT:
        new = facts.get(name) is not None and (name not in known or known[name].value != facts[name])
        if new and not PROOFS[name] & on_file:
            raise Unproved(fact=name, papers=tuple(sorted(PROOFS[name])))
    declare(desk, firm, facts)
