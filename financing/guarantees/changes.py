"""What people do about the guarantor's terms: propose with documents, adopt or turn down; never one person alone (I-20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from financing.access import require
from financing.acts import Act
from financing.case_refusals import ChangeOpen, NoGuarantor, NothingChanged, SamePerson, TermsMoved
from financing.db import new_id
from financing.desk import Desk
from financing.guarantees import change_rules, documents, effects, limits
from financing.guarantees.change_model import TermsChange
from financing.guarantees.change_rules import ChangeState
from financing.guarantees.documents import Filed
from financing.guarantees.model import LimitTerm
from financing.guarantees.rules import Scope
from financing.journal import Private
from financing.money import Fen
from financing.numbers import Series, take_number
from financing.parties import service as parties
from financing.parties.identity import passage
from financing.parties.model import Bank, Guarantor
from financing.refusals import Incomplete, NotAnIndustry, OutOfRange
from scoring.industries import UnknownIndustry, industry


def propose(desk: Desk, terms: Mapping[str, Any], *, reason: str, filed: Sequence[Filed]) -> TermsChange:
    """Propose new terms of the guarantor (提出变更), all of them as they shall be; refused as `parties.checked_terms` refuses.

    NothingChanged, ChangeOpen while another proposal waits, Incomplete naming each document that is missing.
    """
    guarantor = parties.the_guarantor(desk)
    before = parties.terms_of(guarantor) if guarantor else {}
    after = parties.checked_terms(**terms)
    key = (Scope.FACILITY, guarantor.id if guarantor else 0)
    return _proposed(desk, Act.PROPOSE_TERMS, key, before, after, reason, filed)


def propose_limit(
    desk: Desk, scope: Scope, owner_id: int, cap: Fen | None, *, reason: str, filed: Sequence[Filed]
) -> TermsChange:
    """Propose a limit of the guarantor's own for one sector or bank (提出限额); None goes back to the usual share.

    NoGuarantor, NotAnIndustry, NotFound for a bank nobody knows, OutOfRange; else as `propose`.
    """
    if parties.the_guarantor(desk) is None:
        raise NoGuarantor
    _known(desk, scope, owner_id)
    if cap is not None and cap < Fen(0):
        raise OutOfRange(field="cap", least=Fen(0), most=None)
    standing = _own(desk, scope, owner_id)
    before = {"cap": standing.cap if standing else None}
    return _proposed(desk, Act.PROPOSE_LIMIT, (scope, owner_id), before, {"cap": cap}, reason, filed)


def adopt(desk: Desk, change: TermsChange) -> None:
    """Put proposed terms in force (采纳): the new caps act at once; promises made stand, even above them.

    SamePerson, NotAllowed; TermsMoved when what it was to change is no longer what it was.
    """
    _may_decide(desk, Act.ADOPT_TERMS, change)
    guarantor = parties.the_guarantor(desk)
    if guarantor is not None:
        limits.hold(desk, guarantor)
    if change_rules.changed(_standing(desk, change, guarantor), change.before):
        raise TermsMoved
    seen = effects.stored(effects.effects(desk, change))
    if change.scope is Scope.FACILITY:
        guarantor = parties.put_terms(desk, change_rules.read(change.after))
    else:
        _put_limit(desk, change)
    desk.session.flush()
    if guarantor is not None:
        limits.recap(desk, guarantor)
    _decided(desk, Act.ADOPT_TERMS, change, effects=seen)


def turn_down(desk: Desk, change: TermsChange, answer: str) -> None:
    """Turn a proposal down with a reason (不采纳); nothing changes. SamePerson, NotAllowed, NotText."""
    answer = passage(answer, "reason")
    _may_decide(desk, Act.TURN_DOWN_TERMS, change)
    _decided(desk, Act.TURN_DOWN_TERMS, change, answer=answer)


def _proposed(
    desk: Desk, act: Act, key: tuple[Scope, int], before: Mapping[str, Any], after: Mapping[str, Any], reason: str,
    filed: Sequence[Filed],
) -> TermsChange:  # fmt: skip
    _worth(desk, key, before, after, filed)
    reason, change_id = passage(reason, "reason"), new_id()
    papers = [documents.add(desk, one, subject_id=change_id) for one in filed]
    desk.session.flush()
    change = desk.add(
        TermsChange(
            id=change_id, number=take_number(desk.session, Series.CHANGE, desk.today.year), scope=key[0], owner_id=key[1],
            before=change_rules.stored(before), after=change_rules.stored(after), reason=reason, document_id=papers[0].id,
            proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(act, change, number=change.number, scope=key[0], owner=key[1], **_terms(change))
    told = {"to": {"role": "chair"}, "code": act.value, "subject": change.id, "number": change.number}
    desk.later("notice", f"{act}:{change.id}", **told)
    return change


def _worth(
    desk: Desk, key: tuple[Scope, int], before: Mapping[str, Any], after: Mapping[str, Any], filed: Sequence[Filed]
) -> None:
    """Something changes, nothing else waits for the same decision, and every document it rests on is there."""
    if not (new := change_rules.changed(before, after)):
        raise NothingChanged
    same = (TermsChange.scope == key[0], TermsChange.owner_id == key[1], TermsChange.state == ChangeState.PROPOSED)
    if (waiting := desk.find(TermsChange, *same)) is not None:
        raise ChangeOpen(number=waiting.number)
    if missing := change_rules.owed(new, {one.kind for one in filed}):
        raise Incomplete(papers=missing)


def _may_decide(desk: Desk, act: Act, change: TermsChange) -> None:
    """One decision, by somebody else than the proposer; whoever comes second finds it decided."""
    if desk.actor.id == change.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, change)
    desk.session.refresh(change, with_for_update=True)
    change.flow.after(change.state, act)


def _decided(desk: Desk, act: Act, change: TermsChange, **decision: Any) -> None:
    """Write the decision in one go, for no wall lets a second one through, and tell the proposer."""
    desk.take(act, change, number=change.number, **_terms(change))
    change.decided_at, change.decided_by, change.decider = desk.now, desk.actor.id, desk.actor.name
    for key, value in decision.items():
        setattr(change, key, value)
    told = {"to": {"user": change.proposed_by}, "code": act.value, "subject": change.id, "number": change.number}
    desk.later("notice", f"{act}:{change.id}", **told)


def _terms(change: TermsChange) -> dict[str, Any]:
    """What changes, for the journal: numbers and codes as they are, names as commitments."""
    named = {"name", "licence"}
    return {
        when: {key: Private(value or "") if key in named else value for key, value in terms.items()}
        for when, terms in (("before", change.old), ("after", change.new))
    }


def _standing(desk: Desk, change: TermsChange, guarantor: Guarantor | None) -> dict[str, Any]:
    if change.scope is Scope.FACILITY:
        return change_rules.stored(parties.terms_of(guarantor)) if guarantor else {}
    standing = _own(desk, change.scope, change.owner_id)
    return {"cap": standing.cap.fen if standing else None}


def _put_limit(desk: Desk, change: TermsChange) -> None:
    standing, cap = _own(desk, change.scope, change.owner_id), change_rules.read(change.after)["cap"]
    basis = f"担保人自定限额：变更 {change.number}，{desk.today.isoformat()} 采纳"
    if cap is None and standing is not None:
        desk.session.delete(standing)
    elif standing is not None:
        standing.cap, standing.basis = cap, basis
    elif cap is not None:
        desk.add(LimitTerm(scope=change.scope, owner_id=change.owner_id, cap=cap, basis=basis))


def _own(desk: Desk, scope: Scope, owner_id: int) -> LimitTerm | None:
    return desk.find(LimitTerm, LimitTerm.scope == scope, LimitTerm.owner_id == owner_id)


def _known(desk: Desk, scope: Scope, owner_id: int) -> None:
    """The sector stands in GB/T 4754, the bank on the list."""
    if scope is Scope.BANK:
        desk.get(Bank, owner_id)
        return
    try:
        industry(f"{owner_id:02d}")
    except UnknownIndustry:
        raise NotAnIndustry(given=str(owner_id)) from None
