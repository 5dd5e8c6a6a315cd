"""Questions of firms on policies (解疑释惑): asked by a firm, answered by the office, then there for everybody without who asked."""

from __future__ import annotations

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.policies.claims import Applicant
from financing.policies.model import Policy, PolicyQuestion


def ask(desk: Desk, policy: Policy, firm: Firm, question: str) -> PolicyQuestion:
    """A firm asks (提问)."""
    require(desk.actor, Act.ASK_POLICY, Applicant(firm.id))
    asked = desk.add(
        PolicyQuestion(
            firm_id=firm.id, policy_id=policy.id, question=passage(question, "question"), asked_at=desk.now,
            asked_by=desk.actor.id,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.ASK_POLICY, asked, policy=policy.number)
    _tell(desk, Act.ASK_POLICY, asked, policy, {"role": "officer"})
    return asked


def answer(desk: Desk, asked: PolicyQuestion, shown: str, said: str) -> None:
    """The office answers and publishes (答复并公开): the question in the office's words, so that it tells of no firm."""
    desk.session.refresh(asked, with_for_update=True)
    policy = desk.get(Policy, asked.policy_id)
    desk.take(Act.ANSWER_POLICY, asked, policy=policy.number)
    asked.shown, asked.answer = passage(shown, "question"), passage(said, "answer", 1000)
    asked.answered_at, asked.answered_by = desk.now, desk.actor.id
    _tell(desk, Act.ANSWER_POLICY, asked, policy, {"firm": asked.firm_id})


def _tell(desk: Desk, act: Act, asked: PolicyQuestion, policy: Policy, to: dict[str, object]) -> None:
    desk.later("notice", f"{act}:{asked.id}", to=to, code=act.value, subject=asked.id, number=policy.number)
