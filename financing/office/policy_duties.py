"""The parts of the work list that come from policies (惠企政策): to publish, to grant, to pay and to confirm, to answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import literal

from financing.desk import Desk
from financing.office.part import LATE, Part
from financing.office.rules import Duty
from financing.parameters import figure
from financing.parties import names
from financing.policies.claim_model import PolicyClaim
from financing.policies.model import Policy, PolicyQuestion
from financing.policies.rules import ClaimState, PolicyState, QuestionState


def of_policies(desk: Desk) -> Iterator[Part]:
    """Policies that somebody else has put forward, subsidies by the day on which the money shall be there, questions of firms."""
    none = literal("")
    yield from _of_new_policies(desk)
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


def _of_new_policies(desk: Desk) -> Iterator[Part]:
    """Drafts of new policies by the day on which firms shall be able to read them, and what somebody else has put forward."""
    about: dict[str, Any] = {
        "number": Policy.number, "firm": literal(""), "due": Policy.guide_by, "whole": figure("policy_guide_days", desk.today).value,
    }  # fmt: skip
    query = desk.select(Policy, Policy.id)
    drafts = query.where(Policy.state == PolicyState.DRAFT, Policy.guide_by.is_not(None)).with_only_columns()
    yield Part(
        Duty.WRITE_POLICY, drafts, Policy.id, officer=Policy.entered_by, who=names.of_person(Policy.entered_by), **about
    )
    waits = query.where(Policy.state == PolicyState.PROPOSED, Policy.proposed_by != desk.actor.id).with_only_columns()
    yield Part(Duty.PUBLISH_POLICY, waits, Policy.id, who=Policy.proposer, **about)
