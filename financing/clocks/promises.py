"""Accepting first (容缺受理, F04): a need lacking lesser papers proceeds on a promise; only the step that needs the paper waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from financing import desk as desks
from financing import parameters
from financing.acts import Act
from financing.clock_refusals import PaperOwed, PromiseBarred, PromiseMissing
from financing.clocks.promise_model import OwedPaper
from financing.clocks.promise_rules import Promised, Tolerable, lacking
from financing.clocks.rules import LIMITS, Step
from financing.clocks.service import Timed
from financing.desk import Desk
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.papers.service import kinds
from financing.parties.model import Firm
from financing.parties.stated import stated

#: Records that bar a firm as long as they stand: a count above none, or yes.
BAD_CREDIT = ("dishonest_records", "seriously_unlawful", "abnormal_operation", "false_material")
#: What ends a need before its papers were due.
ENDS = (Act.WITHDRAW_NEED, Act.REFUSE_NEED)


def missing(desk: Desk, firm_id: int) -> tuple[Tolerable, ...]:
    """What the firm lacks and may promise today."""
    return lacking(desk.today, kinds(desk, firm_id))


def barred(desk: Desk, firm: Firm) -> bool:
    """Whether papers may not come later for this firm: an earlier promise broken, or a record of bad credit that stands."""
    broken = select(OwedPaper.id).where(OwedPaper.firm_id == firm.id, OwedPaper.state == Promised.BROKEN).limit(1)
    known = stated(firm)
    marks = any(known[name].value for name in BAD_CREDIT if name in known)
    return marks or desk.session.scalar(broken) is not None


def make(desk: Desk, need: Timed, firm: Firm, has: frozenset[PaperKind], *, promises: bool) -> tuple[PaperKind, ...]:
    """What the firm promises beside what it `has` as it hands the need in (承诺). PromiseBarred, PromiseMissing when it does not."""
    known = {one.kind for one in of_need(desk, need.id)}
    owed = [one for one in lacking(desk.today, has) if one.kind not in known]
    if owed and barred(desk, firm):
        raise PromiseBarred(papers=[one.kind for one in owed])
    if owed and not promises:
        raise PromiseMissing(field="promises", papers=[one.kind for one in owed])
    for one in owed:
        desk.add(
            OwedPaper(need_id=need.id, firm_id=firm.id, kind=one.kind, form=one.form, step=one.step, promised_at=desk.now,
                      promised_by=desk.actor.name)
        )  # fmt: skip
    return tuple(one.kind for one in owed)


def accept(desk: Desk, need: Timed) -> dict[str, object]:
    """Set the last day of what is owed, from today: the notice's own dates; facts for the journal's line."""
    owed = open_of(desk, need.id)
    for one in owed:
        most = parameters.figure("promise_days", desk.today).value
        days = min(most, parameters.figure(LIMITS[one.step], desk.today).value)
        one.told_on, one.accepted_by = desk.today, desk.actor.name
        one.due_on = desk.calendar.after(desk.today, days).day
    return {"owed": [one.kind for one in owed], "supply_by": owed[0].due_on} if owed else {}


def require_supplied(desk: Desk, need_id: int, step: Step) -> None:
    """The step that truly needs a paper waits for it: PaperOwed."""
    owed = [one for one in open_of(desk, need_id) if one.step is step]
    if owed:
        raise PaperOwed(papers=[one.kind for one in owed], until=owed[0].due_on)


def of_need(desk: Desk, need_id: int) -> Sequence[OwedPaper]:
    """Everything promised for a need, that the actor may see."""
    desk.session.flush()
    return desk.all(OwedPaper, OwedPaper.need_id == need_id, by=OwedPaper.kind)


def open_of(desk: Desk, need_id: int) -> Sequence[OwedPaper]:
    """What is still owed, whoever looks."""
    desk.session.flush()
    query = select(OwedPaper).where(OwedPaper.need_id == need_id, OwedPaper.state == Promised.OWED)
    return desk.session.scalars(query.order_by(OwedPaper.kind)).all()


def supply_with(desk: Desk) -> None:
    """A paper that comes in time keeps the promises of its kind, in the same transaction."""
    for line in [line for line in desk.lines if line.act is Act.ADD_PAPER]:
        paper = desk.session.get_one(Paper, line.subject_id)
        waiting = select(OwedPaper).where(
            OwedPaper.firm_id == paper.firm_id, OwedPaper.kind == paper.kind, OwedPaper.state == Promised.OWED
        )
        for one in desk.session.scalars(waiting).all():
            if one.due_on is None or desk.today <= one.due_on:
                one.ended_on, one.paper_id = desk.today, paper.id
                desk.take(Act.SUPPLY_PAPER, one, need=one.need_id, kind=one.kind, paper=paper.sha256)


def end_with(desk: Desk) -> None:
    """A need that ends owes nothing any more."""
    for line in [line for line in desk.lines if line.act in ENDS and line.kind == "Need"]:
        for one in open_of(desk, line.subject_id):
            one.ended_on = desk.today
            desk.take(Act.END_PROMISE, one, need=one.need_id, kind=one.kind)


desks.CONSEQUENCES.extend((supply_with, end_with))
