"""What one bank is shown of a frozen dossier: the parts its consent covers, and nothing of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from financing.matching.consent_text import HOLDS
from financing.matching.rules import Part, open_to_bank
from financing.matching.snapshot import Absent, Asked, Consent, Plan, Snapshot

NOT_COVERED = Absent(why="企业的授权不包含这一部分。", english="The firm's consent does not cover this part.")


@dataclass(frozen=True, slots=True)
class Leave:
    """Under which consent a bank reads, and by when it is asked to answer."""

    number: str
    scope: tuple[str, ...]
    given: date
    until: date
    by: date
    working_days: int


def shown(whole: Snapshot, leave: Leave) -> Snapshot:
    """The snapshot cut to the consent; what is not covered says so instead of looking empty."""
    kept = {part: open_to_bank(leave.scope, part) for part in Part}
    changes: dict[str, Any] = {
        "consent": Consent(number=leave.number, scope=said(leave.scope), given=leave.given, until=leave.until),
        "asked": Asked(by=leave.by, working_days=max(0, leave.working_days)),
    }
    if not kept[Part.STATEMENTS]:
        changes |= {"business": NOT_COVERED, "statements": NOT_COVERED, "plan": _bare(whole.plan)}
    if not kept[Part.SCORE]:
        changes |= {"score": NOT_COVERED, "strengths": (), "risks": (), "visit": NOT_COVERED if whole.visit else None}
    if not kept[Part.GUARANTEE]:
        changes["guarantee"] = NOT_COVERED
    return whole.model_copy(update=changes)


def said(scope: Iterable[str]) -> str:
    """The scope in words."""
    return "、".join(HOLDS[part].partition("（")[0] for part in Part if open_to_bank(scope, part))


def last_day(until: datetime, zone: Any) -> date:
    """The last day on which a consent still holds at some moment."""
    return (until - timedelta(microseconds=1)).astimezone(zone).date()


def _bare(plan: Plan) -> Plan:
    """The plan without what was worked out from the firm's books."""
    return plan.model_copy(update={"stress": (), "source": "企业的授权不包含财务与发票，还款来源请向企业了解。"})
