"""What the days bring to claims (每日): the ladder of who is told of a late one, and papers that were promised."""

from __future__ import annotations

from sqlalchemy import select

from financing.acts import Act
from financing.clocks import limits, posts
from financing.clocks.rules import Rung, reached
from financing.compensation.model import CompensationClaim, CompensationItem, CompensationPromise
from financing.compensation.rules import OPEN, RUNNING
from financing.compensation.service import hold, tell
from financing.desk import Desk
from financing.needs.model import Need


def waiting(desk: Desk) -> list[int]:
    """Claims whose clock runs and has passed its last day, of which somebody has still to be told."""
    late = desk.all(CompensationClaim, CompensationClaim.state.in_(RUNNING), CompensationClaim.due_on < desk.today)
    return sorted(claim.id for claim in late if len(_due(desk, claim)) > claim.told)


def look_at(desk: Desk, key: int) -> int:
    """Tell the next rungs of the ladder of a late claim, each once for each last day; how many were told."""
    claim = desk.get(CompensationClaim, key)
    hold(desk, claim)
    if claim.state not in RUNNING:
        return 0
    due = _due(desk, claim)
    new = due[claim.told :]
    claim.told = max(claim.told, len(due))
    for rung in new:
        _tell(desk, claim, rung)
    return len(new)


def _due(desk: Desk, claim: CompensationClaim) -> tuple[Rung, ...]:
    return reached(limits.ladder(desk.today), claim.due_on, desk.today, desk.calendar)


def promised(desk: Desk) -> list[int]:
    """Open claims with papers promised by today or an earlier day and not in the file."""
    return sorted({claim_id for claim_id, _ in _owed(desk)})


def remind(desk: Desk, key: int) -> int:
    """Tell the bank on the last day, and the office once it has passed, each once; how many papers are owed."""
    claim = desk.get(CompensationClaim, key)
    owed = [one for claim_id, one in _owed(desk) if claim_id == key]
    for one in owed:
        tell(desk, Act.FILE_ITEM, claim, f"{one.key}:{one.due_on}", bank=claim.bank_id)
        if one.due_on < desk.today:
            tell(desk, Act.FILE_ITEM, claim, f"{one.key}:{one.due_on}", role="officer")
    return len(owed)


def _owed(desk: Desk) -> list[tuple[int, CompensationPromise]]:
    kept = select(CompensationItem.id).where(
        CompensationItem.guarantee_id == CompensationPromise.guarantee_id,
        CompensationItem.key == CompensationPromise.key,
    )
    query = (
        desk.select(CompensationPromise)
        .join(CompensationClaim, CompensationClaim.id == CompensationPromise.claim_id)
        .where(CompensationPromise.due_on <= desk.today, ~kept.exists(), CompensationClaim.state.in_(OPEN))
    )
    return [(one.claim_id, one) for one in desk.session.scalars(query)]


def _tell(desk: Desk, claim: CompensationClaim, rung: Rung) -> None:
    """The first rung is whoever handles the need; the others are posts, and a post nobody holds is its role's."""
    helper = desk.session.get_one(Need, claim.need_id).officer_id if rung is Rung.HELPER else None
    user = helper or posts.holder(desk, rung, desk.today)
    desk.note(Act.REMIND_COMPENSATION, claim, number=claim.number, rung=rung, due=claim.due_on, user=user)
    to: dict[str, object] = {"user": user} if user else {"role": posts.FALLBACK[rung].value}
    tell(desk, Act.REMIND_COMPENSATION, claim, f"{claim.due_on}:{rung}", **to)
