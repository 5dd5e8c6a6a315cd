"""One firm of the demo zone on its way, and what the story remembers of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from financing.access import SYSTEM, Actor
from financing.money import Fen
from financing.needs.rules import Purpose, Security
from web.stage.firms import StageFirm

USES = {
    Purpose.WORKING_CAPITAL: ("采购原料、支付加工费，应对旺季订单", "备货与支付员工工资，回款周期约三个月"),
    Purpose.EQUIPMENT: ("购置自动化成型设备两台", "更换节能窑炉一座"),
    Purpose.UPGRADE: ("产线数字化改造与检测设备升级", "环保设施提标改造"),
}


@dataclass(slots=True)
class Player:
    """One firm of the troupe on its way."""

    firm: StageFirm
    actor: Actor = field(default_factory=lambda: SYSTEM)
    need: int = 0
    case: int | None = None
    letter: int | None = None
    matches: list[int] = field(default_factory=list)

    def terms(self, now: datetime) -> dict[str, Any]:
        """What this firm asks for."""
        purpose = list(Purpose)[self.firm.number % 3 if self.firm.number % 2 else 0]
        wanted = max(20, min(400, self.firm.revenue // 8 // 10 * 10))
        return {
            "amount": Fen.wan(wanted), "months": (12, 12, 24, 36)[self.firm.number % 4], "purpose": purpose,
            "use": USES[purpose][self.firm.number % 2], "latest": now.date() + timedelta(days=75), "security": Security.OWNER,
        }  # fmt: skip
