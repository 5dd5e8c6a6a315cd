"""Who may see recovery (追偿): the guarantor's side, whoever handles its money, leaders and audit; no bank, no firm; of what a loss teaches the committee too."""

from __future__ import annotations

from collections.abc import Mapping

from financing.basic_sights import everything
from financing.meeting_sights import untied
from financing.paper_sights import Sight
from financing.roles import Role

TABLES = ("recovery_case", "recovery_step", "recovery_share")
REVIEW = "compensation_review"
RECOVERIES_SEEN: Mapping[Role, Mapping[str, Sight]] = {
    **dict.fromkeys((Role.OFFICER, Role.FUND, Role.LEADER, Role.AUDITOR), dict.fromkeys((*TABLES, REVIEW), everything)),
    Role.CHAIR: dict.fromkeys((*TABLES, REVIEW), untied),
    Role.MEMBER: {REVIEW: untied},
}
