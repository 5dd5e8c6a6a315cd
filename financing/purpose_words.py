"""What money is for, in Chinese: apart from the other words, since the child that reads workbooks needs these alone."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.needs.rules import Purpose

PURPOSE_WORDS: dict[StrEnum, str] = {
    Purpose.WORKING_CAPITAL: _("补充流动资金"),
    Purpose.EQUIPMENT: _("购置设备"),
    Purpose.UPGRADE: _("技术改造"),
}
