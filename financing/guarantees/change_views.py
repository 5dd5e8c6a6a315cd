"""What people see of the guarantor's terms: how they stand, what is proposed, what has been decided (F110)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import documents, effects
from financing.guarantees.change_model import TermsChange
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.effects import Effect
from financing.guarantees.model import LimitTerm
from financing.guarantees.rules import Scope
from financing.listed import Listed, listed
from financing.parties import service as parties
from financing.parties.model import Guarantor


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in the history: who, when, why, and what it was about; the owner of a limit by name."""

    change: TermsChange
    owner: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The guarantor as it stands; `scan` is the licence on file."""

    guarantor: Guarantor | None
    scan: Document | None
    limits: tuple[Effect, ...]
    own: tuple[tuple[LimitTerm, str], ...]
    history: Listed[ChangeRow]
    may_propose: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change with its documents, each term from what to what, and what it does to every limit."""

    change: TermsChange
    owner: str
    terms: tuple[tuple[str, Any, Any], ...]
    papers: Sequence[Document]
    effects: tuple[Effect, ...]
    acts: tuple[Act, ...]
    may_open: bool


def standing(desk: Desk, page: int = 1) -> Standing:
    """The guarantor, every limit, and the history of changes, the newest first."""
    guarantor = parties.the_guarantor(desk)
    rows = desk.select(TermsChange).order_by(TermsChange.proposed_at.desc(), TermsChange.number.desc())
    return Standing(
        guarantor=guarantor,
        scan=_scan(desk, guarantor),
        limits=effects.standing(desk, guarantor) if guarantor else (),
        own=tuple((term, effects.owner(desk, (term.scope, term.owner_id))) for term in desk.all(LimitTerm, by=LimitTerm.id)),
        history=listed(desk, rows, page, lambda change: ChangeRow(change, _owner(desk, change))),
        may_propose=desk.may(Act.PROPOSE_TERMS, None),
    )  # fmt: skip


def proposal(desk: Desk, change: TermsChange) -> Proposal:
    """One change; once it is adopted, its effects are those that were seen when it was decided."""
    waiting = change.state is ChangeState.PROPOSED
    old = change.old
    return Proposal(
        change=change,
        owner=_owner(desk, change),
        terms=tuple((key, old.get(key), value) for key, value in change.new.items()),
        papers=documents.about(desk, change.id),
        effects=effects.effects(desk, change) if waiting else effects.read(change.effects),
        acts=desk.acts(change),
        may_open=desk.may(Act.OPEN_DOCUMENT, change),
    )


def _owner(desk: Desk, change: TermsChange) -> str:
    return "" if change.scope is Scope.FACILITY else effects.owner(desk, (change.scope, change.owner_id))


def _scan(desk: Desk, guarantor: Guarantor | None) -> Document | None:
    """The latest licence that came with terms in force."""
    if guarantor is None:
        return None
    adopted = desk.select(TermsChange, TermsChange.id).where(
        TermsChange.state == ChangeState.ADOPTED, TermsChange.scope == Scope.FACILITY
    )
    licences = desk.select(Document).where(Document.kind == DocumentKind.LICENCE, Document.subject_id.in_(adopted))
    found: Document | None = desk.session.scalar(licences.order_by(Document.added_at.desc()).limit(1))
    return found
