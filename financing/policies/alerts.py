"""A window that closes soon (窗口提醒): firms that may apply and have not are told, once for each bound, whatever days stood still."""

from __future__ import annotations

from datetime import date

from financing.acts import Act
from financing.desk import Desk
from financing.parameters import figure
from financing.policies import facts
from financing.policies.claim_model import PolicyClaim
from financing.policies.claims import ELSEWHERE
from financing.policies.model import Policy, PolicyAlert, PolicyClause
from financing.policies.rules import COUNTED, OVER, PolicyState, level_due
from scoring.policy_columns import columns

LEVELS = ("policy_alert_first_days", "policy_alert_second_days", "policy_alert_third_days", "policy_alert_last_days")


def levels(day: date) -> list[int]:
    return [figure(key, day).value for key in LEVELS]


def closing(desk: Desk) -> list[int]:
    """Clauses in force whose open window closes within the widest bound, by id."""
    return [clause.id for clause in in_force(desk) if closes(desk, clause) is not None]


def in_force(desk: Desk) -> list[PolicyClause]:
    """Clauses that count today, of policies in force, in the order of the ledger."""
    query = desk.select(PolicyClause).join(Policy, Policy.id == PolicyClause.policy_id)
    query = query.where(Policy.state == PolicyState.IN_FORCE, PolicyClause.state.in_(COUNTED))
    query = query.where(
        PolicyClause.since <= desk.today, (PolicyClause.until.is_(None)) | (PolicyClause.until >= desk.today)
    )
    return list(desk.session.scalars(query.order_by(Policy.number, PolicyClause.place)))


def closes(desk: Desk, clause: PolicyClause) -> date | None:
    """The last day of the window that is open, when a bound before it has been reached."""
    counted = clause.clause
    last = counted.deadline(desk.today)
    if last is None or not counted.open_on(desk.today) or clause.benefit in ELSEWHERE:
        return None
    return last if level_due(last, desk.today, levels(desk.today)) is not None else None


def look_at(desk: Desk, key: int) -> int:
    """Tell every firm that is, or may be, entitled and has not applied; how many were told."""
    clause = desk.get(PolicyClause, key)
    last = closes(desk, clause)
    level = level_due(last, desk.today, levels(desk.today)) if last else None
    if last is None or level is None:
        return 0
    told = {one.firm_id for one in desk.all(PolicyAlert, PolicyAlert.clause_id == key, PolicyAlert.closes == last,
                                            PolicyAlert.level <= level)}  # fmt: skip
    live = desk.all(PolicyClaim, PolicyClaim.clause_id == key, PolicyClaim.state.not_in(OVER))
    firms = facts.frame(desk, clause.clause.reads)
    [found] = columns([clause.clause], firms, desk.today)
    fresh = sorted(set(firms["firm"].gather(found.rows).to_list()) - told - {one.firm_id for one in live})
    for firm in fresh:
        desk.add(PolicyAlert(firm_id=firm, clause_id=key, closes=last, level=level, at=desk.now))
    desk.session.flush()
    if fresh:
        _tell(desk, clause, last, level, fresh)
    return len(fresh)


def _tell(desk: Desk, clause: PolicyClause, last: date, level: int, firms: list[int]) -> None:
    """The notice names the policy by its number and nothing of the firm."""
    number = desk.get(Policy, clause.policy_id).number
    desk.note(Act.TELL_WINDOW, clause, policy=number, closes=last, level=level, firms=len(firms))
    for firm in firms:
        once = f"{Act.TELL_WINDOW}:{clause.id}:{firm}:{last.isoformat()}:{level}"
        desk.later("notice", once, to={"firm": firm}, code=Act.TELL_WINDOW.value, subject=clause.id, number=number)
