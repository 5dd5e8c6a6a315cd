"""Why the answer is no about policies, their clauses and what firms claim by them."""

from __future__ import annotations

from financing.refusals import Refusal


class ClauseMisstated(Refusal):
    """A condition, window, step or sum of a clause cannot be read."""

    code = "clause_misstated"


#: One for each code of `scoring.policy.Misstated`.
MISSTATED: dict[str, type[ClauseMisstated]] = {
    reason: type(f"Clause{reason.title().replace('_', '')}", (ClauseMisstated,), {"code": f"clause_{reason}"})
    for reason in (
        "line_fact", "line_operator", "line_value", "line_window", "line_step", "no_such_fact", "not_of_this_fact", "not_a_base",
        "steps_not_rising", "window_backwards",
    )
}  # fmt: skip


def misstated(reason: str, **facts: object) -> ClauseMisstated:
    """The refusal for what the engine found wrong with a clause."""
    return MISSTATED.get(reason, ClauseMisstated)(**facts)


class NoClauses(Refusal):
    """A policy without a clause says nothing to anybody."""

    code = "no_clauses"


class GroupOwed(Refusal):
    """What is had once for each loan excludes others of its group, which must be named."""

    code = "loan_group_owed"


class ClauseFixed(Refusal):
    """A clause in force is not edited but replaced from a day on, which must be after today."""

    code = "clause_fixed"
    status = 409


class NotEntitled(Refusal):
    """The firm does not meet the condition `unmet`."""

    code = "not_entitled"


class WindowClosed(Refusal):
    """One may not apply today; the next window is `window`."""

    code = "window_closed"


class DoubleSubsidy(Refusal):
    """Another live claim `number`, `title`, of the same group `group` stands in the way."""

    code = "double_subsidy"
    status = 409


class ClaimedAlready(Refusal):
    """The same clause was applied for already, for this loan or this year: `number`."""

    code = "claimed_already"
    status = 409


class LoanOwed(Refusal):
    """The clause is had once for each loan: the contract must be named."""

    code = "loan_owed"


class AboveEntitled(Refusal):
    """More than the clause comes to: `most`."""

    code = "above_entitled"


class AboveApplied(Refusal):
    """More than was applied for: `most`."""

    code = "above_applied"


class BudgetSpent(Refusal):
    """The budget of the clause has `left`."""

    code = "budget_spent"
    status = 409


class NotAppliedYet(Refusal):
    """Only what is given without application is reviewed before the firm applies."""

    code = "not_applied_yet"
    status = 409


class PublicityRuns(Refusal):
    """The publicity lasts `until`."""

    code = "publicity_runs"
    status = 409


class ClaimedElsewhere(Refusal):
    """What is had with the tax return, or from a bank, is not applied for here."""

    code = "claimed_elsewhere"
