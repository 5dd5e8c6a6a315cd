"""Clauses of policies of a workbook beside those in the ledger: drafts that two people put in force as any other.

A policy is known by its number, or, where the number is not one of the platform's, by its title and issuer; a clause by its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from financing.desk import Desk
from financing.import_refusals import ChangedSince
from financing.imports.compared import Compared, Row, Wrong, plain
from financing.imports.model import Import, ImportRow
from financing.imports.policy_ledger import DOCUMENT, Ledger, nothing, row_of
from financing.imports.rules import Fate
from financing.money import Fen
from financing.policies import service
from financing.policies.lines import Lines
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import Benefit, Level, Route
from financing.policies.service import Told, Written


def whole(desk: Desk) -> list[Row]:
    """Every clause that is not over, in its newest edition, as the workbook tells it, with number and place."""
    ledger = Ledger(desk)
    return [
        {"number": number, "clause_place": place, **row_of(policy, clause)}
        for number, policy in sorted(ledger.by_number.items())
        for place, clause in sorted(ledger.clauses.get(policy.id, {}).items())
    ]


def compare(desk: Desk, job: Import, rows: Sequence[Row]) -> Compared:
    """By policy and place; a draft is corrected, a clause in force gets another edition, what is put forward stays."""
    ledger, compared = Ledger(desk), Compared()
    _again(desk, job, ledger)
    for row in rows:
        number, place, told = row["number"], row["clause_place"], ledger.completed(row)
        if wrong := ledger.wrong(number, told, place):
            column, code = wrong
            compared.wrong.append(Wrong(row["row"], column, row.get(column), code))
            continue
        ledger.saw(number, told, place)
        policy, key = ledger.policy(number, told), f"{number}|{place}"
        clause = ledger.clauses.get(policy.id, {}).get(place) if policy else None
        if policy and clause:
            compared.beside(row, key, told, row_of(policy, clause) | {"id": clause.id, "version": clause.version})
            continue
        subject, version = (policy.id, policy.version) if policy else (0, 0)
        compared.put(row, key, Fate.ADDED, told, subject=subject, version=version)
    return compared


def _again(desk: Desk, job: Import, ledger: Ledger) -> None:
    """What earlier batches of the file have said."""
    by_id = {clause.id: clause for places in ledger.clauses.values() for clause in places.values()}
    policies = {one.id: one for one in ledger.by_number.values()}
    for row in desk.all(ImportRow, ImportRow.job_id == job.id, by=ImportRow.row):
        number, _, place = row.key.rpartition("|")
        clause = by_id.get(row.subject_id)
        there = row_of(policies[clause.policy_id], clause) if clause else {}
        ledger.saw(number, there | row.told, int(place))


def land(desk: Desk, job: Import) -> None:
    """Each policy by the acts that enter or correct one and write its clauses; ChangedSince before the first of them."""
    ledger, made = Ledger(desk), dict[str, Policy]()
    staged = desk.all(ImportRow, ImportRow.job_id == job.id, ImportRow.fate != Fate.SAME, by=ImportRow.row)
    found = [(row, *_now(desk, ledger, row)) for row in staged]
    for row, policy, told in found:
        number, _, place = row.key.rpartition("|")
        if number not in made:
            made[number] = _document(desk, policy, told)
        clause = service.write(
            desk, made[number], written(told), place=int(place) if row.fate is Fate.CHANGED else None
        )
        if clause.place != int(place):
            raise ChangedSince


def _now(desk: Desk, ledger: Ledger, row: ImportRow) -> tuple[Policy | None, Row]:
    """The policy of a staged row and all that the row says; ChangedSince when it is not what was compared with."""
    if row.fate is Fate.ADDED:
        policy = ledger.policy(row.key.rpartition("|")[0], row.told)
        if (policy.id if policy else 0, policy.version if policy else 0) != (row.subject_id, row.subject_version):
            raise ChangedSince
        return policy, row.told
    clause = desk.get(PolicyClause, row.subject_id)
    policy = desk.get(Policy, clause.policy_id)
    there = row_of(policy, clause)
    if clause.version != row.subject_version or any(there[name] != former for name, former in row.former.items()):
        raise ChangedSince
    return policy, there | row.told


def _document(desk: Desk, policy: Policy | None, told: Row) -> Policy:
    """The policy of a row: entered, or corrected where the row says something else of it."""
    plainly: dict[str, Any] = {name: told[name] or "" for name in DOCUMENT}
    typed = {name: _day(told[name]) for name in ("issued_on", "since", "until")} | {"level": Level(told["level"])}
    said = Told(**plainly | typed, example=policy.example if policy else "")
    if policy is None:
        return service.enter(desk, said)
    if any(nothing(plain(getattr(policy, name))) != told[name] for name in DOCUMENT):
        service.edit(desk, policy, said)
    return policy


def written(told: Row) -> Written:
    """A clause as the ledger writes it."""
    plainly: dict[str, Any] = {name: told[name] or "" for name in ("says", "exclusive")}
    return Written(
        **plainly, title=told["clause_title"], since=_day(told["clause_since"]), until=_day(told["clause_until"]),
        benefit=Benefit(told["benefit"]), route=Route(told["route"]), papers=tuple(told["papers"] or ()),
        per_loan=told["per_loan"], pay_days=told["pay_days"], terms=Lines.staged(told).terms(),
        budget=Fen(told["budget"]) if told["budget"] else None,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
