"""Versions of papers (版本): a new one replaces a former one, which stays; each step remembers which it had before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from financing import desk as desks
from financing import parameters
from financing.acts import Act
from financing.clock_refusals import ExpiryMissing, OtherVersion, PaperExpired, PaperUnfit
from financing.desk import Desk
from financing.papers.model import Paper, PaperUse
from financing.papers.rules import ENDLESS, EXPIRING, PaperKind, Unfit

#: Steps that look at papers.
USING = (Act.SUBMIT_NEED, Act.ACCEPT_NEED, Act.ASSESS_NEED, Act.OPEN_CASE)
REMINDERS = ("expiry_first_days", "expiry_second_days")


def require_version(
    desk: Desk, firm_id: int, kind: PaperKind, expires_on: date | None, former: int | None
) -> Paper | None:
    """What a new paper replaces. ExpiryMissing, PaperExpired, OtherVersion for another kind or what was replaced already."""
    if kind in EXPIRING - ENDLESS and expires_on is None:
        raise ExpiryMissing(field="expires_on", kind=kind)
    if expires_on is not None and expires_on < desk.today:
        raise PaperExpired(field="expires_on", on=expires_on)
    if former is None:
        return None
    found = desk.find(Paper, Paper.id == former, Paper.firm_id == firm_id)
    if found is None or found.kind is not kind or desk.find(Paper, Paper.replaces_id == former) is not None:
        raise OtherVersion(field="replaces", kind=kind)
    return found


def reject(desk: Desk, paper: Paper, reason: Unfit) -> None:
    """Mark a paper unfit (不合格): it counts for no step from now on, and the firm is told why. PaperUnfit."""
    desk.session.refresh(paper, with_for_update=True)
    if paper.unfit is not None:
        raise PaperUnfit
    desk.note(Act.REJECT_PAPER, paper, reason=reason, kind=paper.kind, sha256=paper.sha256)
    paper.unfit, paper.unfit_by, paper.unfit_at = reason, desk.actor.name, desk.now
    _tell(desk, Act.REJECT_PAPER, paper, "")


def current(desk: Desk, firm_id: int) -> Sequence[Paper]:
    """The papers that count: the last version of each, unless it is unfit; whoever looks."""
    replaced = select(Paper.replaces_id).where(Paper.firm_id == firm_id, Paper.replaces_id.is_not(None))
    query = select(Paper).where(Paper.firm_id == firm_id, Paper.unfit.is_(None), Paper.id.not_in(replaced))
    return desk.session.scalars(query.order_by(Paper.added_at, Paper.id)).all()


def expiring(desk: Desk) -> list[int]:
    """Papers whose last day is near or has passed and of which somebody is to be reminded."""
    first = parameters.figure(REMINDERS[0], desk.today).value
    near = (
        Paper.expires_on.is_not(None),
        Paper.expires_on <= desk.today + timedelta(days=first),
        Paper.unfit.is_(None),
    )
    replaced = select(Paper.replaces_id).where(Paper.replaces_id.is_not(None))
    return list(desk.session.scalars(desk.select(Paper, Paper.id).where(*near, Paper.id.not_in(replaced))))


def remind(desk: Desk, key: int) -> int:
    """Remind the firm at each dated number of days before, and once it is over: each once, also after downtime."""
    paper = desk.get(Paper, key)
    if paper.expires_on is None:
        return 0
    days = (paper.expires_on - desk.today).days
    stages = [name for name in REMINDERS if days <= parameters.figure(name, desk.today).value]
    if days < 0:
        stages.append("over")
    _tell(desk, Act.REMIND_PAPER, paper, stages[-1])
    return 1


def use_with(desk: Desk) -> None:
    """Which papers lay on the table at a step of a need, in the same transaction."""
    for line in [line for line in desk.lines if line.act in USING and line.kind == "Need" and line.firm_id]:
        query = select(PaperUse.paper_id).where(PaperUse.need_id == line.subject_id, PaperUse.act == line.act)
        known = set(desk.session.scalars(query))
        for paper in current(desk, line.firm_id or 0):
            if paper.id not in known:
                desk.add(
                    PaperUse(paper_id=paper.id, need_id=line.subject_id, firm_id=paper.firm_id, act=line.act, used_on=desk.today)
                )  # fmt: skip


def _tell(desk: Desk, act: Act, paper: Paper, which: str) -> None:
    once = f"{act.value}:{paper.id}:{which}"
    desk.later("notice", once, to={"firm": paper.firm_id}, code=act.value, subject=paper.firm_id, number="")


desks.CONSEQUENCES.append(use_with)
