"""The ledger of policies as a workbook sees it (惠企政策台账): each clause as a row, and what keeps a row out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from financing.desk import Desk
from financing.imports.compared import Row, plain
from financing.parameters import figure
from financing.policies.lines import Lines
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import ClauseState, PolicyState, Route
from financing.policies.service import PAY_DAYS

DOCUMENT = ("title", "doc_no", "level", "issuer", "department", "phone", "issued_on", "since", "until", "source", "confidence", "summary")  # fmt: skip
#: What the workbook calls the columns of a clause that a document has as well.
CLAUSE = {"clause_title": "title", "clause_since": "since", "clause_until": "until"} | {
    name: name for name in ("says", "benefit", "route", "papers", "exclusive", "per_loan", "pay_days", "budget")
}
#: Of these nothing more is written.
ENDED = (PolicyState.EXPIRED, PolicyState.REPEALED)


def row_of(policy: Policy, clause: PolicyClause) -> Row:
    """A clause as the workbook tells it, without the number and the place; nothing is None."""
    written = Lines.of(clause.clause)
    told = {name: getattr(policy, name) for name in DOCUMENT}
    told |= {name: getattr(clause, column) for name, column in CLAUSE.items()}
    told |= {each.name: getattr(written, each.name) for each in fields(Lines)}
    return {name: nothing(plain(value)) for name, value in told.items()}


def nothing(value: Any) -> Any:
    return None if value in ("", []) else value


class Ledger:
    """The policies that are not over with the newest edition of each clause, and what of the file was seen so far."""

    def __init__(self, desk: Desk) -> None:
        self.today = desk.today
        policies = desk.all(Policy, Policy.state.not_in(ENDED))
        self.by_number = {one.number: one for one in policies}
        self.by_name = {(one.title, one.issuer): one for one in policies}
        self.clauses: dict[int, dict[int, PolicyClause]] = {}
        self.standing: dict[tuple[int, int], date] = {}  # since when the edition in force holds
        for one in desk.all(PolicyClause, PolicyClause.policy_id.in_([each.id for each in policies]), by=PolicyClause.edition):  # fmt: skip
            self.clauses.setdefault(one.policy_id, {})[one.place] = one
            if one.state is not ClauseState.DRAFT:
                self.standing[one.policy_id, one.place] = one.since
        self.seen: dict[str, tuple[Row, int]] = {}

    def policy(self, number: str, told: Mapping[str, Any]) -> Policy | None:
        return self.by_number.get(number) or self.by_name.get((told["title"], told["issuer"]))

    def saw(self, number: str, told: Mapping[str, Any], place: int) -> None:
        self.seen[number] = ({name: told[name] for name in DOCUMENT}, place)

    def completed(self, row: Row) -> Row:
        """A row with what follows where a cell is left empty, as a clause is written."""
        told = {name: nothing(row[name]) for name in (*DOCUMENT, *CLAUSE, *(each.name for each in fields(Lines)))}
        told["clause_since"] = told["clause_since"] or told["since"]
        told["clause_until"] = told["clause_until"] or told["until"]
        told["pay_days"] = told["pay_days"] or figure(PAY_DAYS[Route(told["route"])], self.today).value
        return told

    def wrong(self, number: str, told: Row, place: int) -> tuple[str, str] | None:
        """The column that keeps a row out, and why."""
        document, last = self.seen.get(number, (None, 0))
        policy = self.policy(number, told)
        held = self.clauses.get(policy.id, {}) if policy else {}
        if document and (differs := next((name for name in DOCUMENT if document[name] != told[name]), None)):
            return differs, "import_policy_differs"
        if document is None and any(_same(one, told) for one, _ in self.seen.values()):
            return "title", "import_policy_twice"
        if place > max([last, *held]) + 1:
            return "clause_place", "import_clause_gap"
        return self._fixed(policy, held.get(place), told, place) if policy else None

    def _fixed(self, policy: Policy, clause: PolicyClause | None, told: Row, place: int) -> tuple[str, str] | None:
        """What of a policy on file does not change, or not so."""
        document = {name: nothing(plain(getattr(policy, name))) for name in DOCUMENT}
        differs = next((name for name in DOCUMENT if document[name] != told[name]), None)
        if document["title"] != told["title"] and document["issuer"] != told["issuer"]:
            return "number", "import_policy_other"
        if policy.state is PolicyState.DRAFT or (clause and row_of(policy, clause) == told):
            return None
        if policy.state is PolicyState.PROPOSED or (clause and clause.state is ClauseState.PROPOSED):
            return "title", "import_policy_waiting"
        if differs:
            return differs, "import_policy_fixed"
        begun = max(self.today, self.standing.get((policy.id, place), self.today))
        return None if told["clause_since"] > begun.isoformat() else ("clause_since", "import_clause_fixed")


def _same(one: Row, told: Mapping[str, Any]) -> bool:
    return (one["title"], one["issuer"]) == (told["title"], told["issuer"])
