"""A file that changes after a vote (F14): its ballots are void and the case goes back, whoever changed it and on whatever page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from financing import desk as desks
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees.model import Ballot, GuaranteeCase
from financing.guarantees.rules import SETS_BACK, CaseState
from financing.guarantees.sessions import hold
from financing.journal import Line
from financing.papers.rules import PaperKind
from scoring.facts import FACTS

#: What of a registration a score or a gate reads, beside the facts themselves.
REGISTERED = frozenset({"industry", "founded_on", "employees", "revenue", "assets"})
SCORED_PAPERS = (PaperKind.INVOICES, PaperKind.STATEMENTS)


def touches_the_score(line: Line) -> bool:
    """Whether what was done changes anything a score rests on: a telephone number does not."""
    if line.act is Act.ADD_PAPER:
        return line.facts.get("kind") in SCORED_PAPERS
    if line.act in {Act.RECORD_FACTS, Act.EDIT_FIRM}:
        return any(field in FACTS or field in REGISTERED for field in _fields(line))
    return line.act in SETS_BACK


def set_back(desk: Desk) -> None:
    """Void the ballots of every case whose file was changed at this desk, and put the case back with its reason."""
    for line in tuple(desk.lines):
        if touches_the_score(line):
            for case in cases_of(desk, line, CaseState.ON_AGENDA):
                _void(desk, case, line.act)


def _fields(line: Line) -> Any:
    return line.facts.get("fields", ())


def cases_of(desk: Desk, line: Line, state: CaseState) -> list[GuaranteeCase]:
    """The cases in a state whose file a line of the journal is about; who changes a file need not see the case."""
    query = select(GuaranteeCase).where(GuaranteeCase.state == state)
    own = (
        GuaranteeCase.need_id == line.subject_id
        if line.act is Act.ASSESS_NEED
        else GuaranteeCase.firm_id == line.firm_id
    )
    return list(desk.session.scalars(query.where(own).order_by(GuaranteeCase.id)))


def _void(desk: Desk, case: GuaranteeCase, act: Act) -> None:
    hold(desk, case)
    here = (Ballot.case_id == case.id, Ballot.meeting_id == case.meeting_id, Ballot.void.is_(False))
    ballots = desk.session.scalars(select(Ballot).where(*here)).all()
    if not ballots or case.state is not CaseState.ON_AGENDA:
        return
    for ballot in ballots:
        ballot.void = True
    case.set_back_for, case.set_back_at = act, desk.now
    desk.follow(act, case, voided=len(ballots))


desks.CONSEQUENCES.append(set_back)
