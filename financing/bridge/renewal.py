"""Would a renewal without repaying principal (无还本续贷, 金规〔2024〕13号) make the bridge needless? What is known, said before a firm pays. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from financing.bridge.rules import LoanUse
from scoring.sizes import Size

SOURCE = "关于做好续贷工作 提高小微企业金融服务水平的通知（金规〔2024〕13号）"


class Ground(StrEnum):
    """What the rule asks, one by one."""

    SIZE = "renewal_size"
    PURPOSE = "renewal_purpose"
    IN_TIME = "renewal_in_time"
    MEDIUM_UNTIL = "renewal_medium_until"
    OPERATES = "renewal_operates"
    CREDIT = "renewal_credit"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    BANK = "bank"  # the bank alone can tell


@dataclass(frozen=True, slots=True)
class Check:
    """The grounds with their answers; `open` when nothing known speaks against it."""

    grounds: tuple[tuple[Ground, Answer], ...]

    @property
    def open(self) -> bool:
        return all(answer is not Answer.NO for _, answer in self.grounds)

    def stored(self) -> dict[str, Any]:
        return {"open": self.open, "grounds": {ground.value: answer.value for ground, answer in self.grounds}}


def without_principal(size: str | None, loan_use: LoanUse, matures: date, today: date, medium_until: date) -> Check:
    """What the platform knows of a loan and its firm; whether the firm operates and pays properly is for the bank to say."""
    small, medium = size in {Size.SMALL, Size.MICRO}, size == Size.MEDIUM
    grounds = [
        (Ground.SIZE, _told(small or medium) if size else Answer.BANK),
        (Ground.PURPOSE, _told(loan_use is LoanUse.WORKING_CAPITAL)),
        (Ground.IN_TIME, _told(today <= matures)),
    ]
    if medium:
        grounds.append((Ground.MEDIUM_UNTIL, _told(matures <= medium_until)))
    return Check((*grounds, (Ground.OPERATES, Answer.BANK), (Ground.CREDIT, Answer.BANK)))


def _told(yes: bool) -> Answer:  # noqa: FBT001  a truth as an answer
    return Answer.YES if yes else Answer.NO
