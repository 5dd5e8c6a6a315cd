"""The parts of the work list that come from policies (惠企政策): to publish, to grant, to pay and to confirm, to answer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import literal

from financing.desk import Desk
from financing.office.part import LATE, Part
from financing.office.rules import Duty
from financing.policies.claim_model import PolicyClaim
from financing.policies.model import Policy, PolicyQuestion
from financing.policies.rules import ClaimState, PolicyState, QuestionState


def of_policies(desk: Desk) -> Iterator[Part]:
    """Policies that somebody else has put forward, subsidies by the day on which the money shall be there, questions of firms."""
    none = literal("")
    waits = desk.select(Policy, Policy.id).where(
        Policy.state == PolicyState.PROPOSED, Policy.proposed_by != desk.actor.id
    )
    yield Part(
        Duty.PUBLISH_POLICY,
        waits.with_only_columns(),
        Policy.id,
        number=Policy.number,
        firm=none,
        who=Policy.proposer,
    )
    states = {
        Duty.GRANT_SUBSIDY: (PolicyClaim.state == ClaimState.APPLIED,),
        Duty.PAY_SUBSIDY: (PolicyClaim.state == ClaimState.PUBLICISED, PolicyClaim.public_until < desk.today),
        Duty.CONFIRM_SUBSIDY: (PolicyClaim.state == ClaimState.PAYING, PolicyClaim.asked_by != desk.actor.id),
    }
    for duty, where in states.items():
        found = desk.select(PolicyClaim, PolicyClaim.id).where(*where).with_only_columns()
        yield Part(
            duty, found, PolicyClaim.id, number=PolicyClaim.number, firm=PolicyClaim.firm, due=PolicyClaim.due_on, whole=LATE,
            who=PolicyClaim.asker,
        )  # fmt: skip
    asked = desk.select(PolicyQuestion, PolicyQuestion.id).join(Policy, Policy.id == PolicyQuestion.policy_id)
    asked = asked.where(PolicyQuestion.state == QuestionState.ASKED).with_only_columns()
    yield Part(Duty.ANSWER_POLICY, asked, PolicyQuestion.id, number=Policy.number, firm=none, who=none)
