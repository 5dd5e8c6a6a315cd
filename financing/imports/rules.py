"""Workbooks taken in for the zone (批量导入): kinds, states, what becomes of a row. No database here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from financing.acts import Act
from financing.flow import Flow
from financing.roles import Role


class ImportKind(StrEnum):
    """What the rows of a workbook are."""

    FIRMS = "firms"
    NEEDS = "needs"
    PRODUCTS = "products"
    REPAYMENTS = "repayments"
    CHARGES = "charges"
    POLICIES = "policies"


class ImportState(StrEnum):
    """Where an import stands; the import itself is one transaction, so nobody ever sees half of it."""

    QUEUED = "queued"
    CHECKING = "checking"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Fate(StrEnum):
    """What a row does to what is on file."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


#: What a bank brings in, by the role that does: its administrator the shelf, its officers what firms have repaid.
OF_BANKS = {Role.BANK_ADMIN: ImportKind.PRODUCTS, Role.BANKER: ImportKind.REPAYMENTS}
#: What the zone's own officers bring in.
OF_THE_ZONE = tuple(kind for kind in ImportKind if kind is not ImportKind.REPAYMENTS)


def may_bring(role: Role, kind: ImportKind) -> bool:
    return kind is OF_BANKS[role] if role in OF_BANKS else kind in OF_THE_ZONE


S = ImportState
FLOW = Flow(
    start=S.QUEUED,
    steps={
        (S.QUEUED, Act.CHECK_IMPORT): S.CHECKING,
        (S.CHECKING, Act.PASS_IMPORT): S.WAITING,
        (S.CHECKING, Act.FAIL_IMPORT): S.FAILED,
        (S.WAITING, Act.CONFIRM_IMPORT): S.DONE,
        (S.QUEUED, Act.STOP_IMPORT): S.STOPPED,
        (S.CHECKING, Act.STOP_IMPORT): S.STOPPED,
        (S.WAITING, Act.STOP_IMPORT): S.STOPPED,
        (S.STOPPED, Act.RESUME_IMPORT): S.QUEUED,
        (S.WAITING, Act.RESUME_IMPORT): S.QUEUED,  # what is on file has changed since: checked again from the first row
    },
)
#: States in which the platform works on an import by itself.
AT_WORK = (S.QUEUED, S.CHECKING)
#: Rows of one turn of the writer's lock while checking: about two tenths of a second.
BATCH = 1_000
#: Rows that are put on file one by one, each by its own act, and so all of them under one lock.
MOST_ONE_BY_ONE = 1_000
#: Findings that are told cell by cell; every one is counted.
MOST_TOLD = 1_000
#: How a finding that keeps nothing out is marked.
NOTICE = "notice"


def grave(finding: Mapping[str, Any]) -> bool:
    """Whether a finding keeps the import out; a notice of the data quality rules does not, and is told after all errors."""
    return finding.get("gravity") != NOTICE


def digest(before: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """What the journal commits to, grown batch by batch: sha256 over what came before and every row in its order.

    A row is its place, key, fate and contents, as `import_row` holds them.
    """
    whole = hashlib.sha256(before.encode())
    for row in rows:
        told = "\t".join(f"{name}={row['told'][name]}" for name in sorted(row["told"]))
        whole.update(f"{row['row']}\t{row['key']}\t{row['fate']}\t{told}\n".encode())
    return whole.hexdigest()
