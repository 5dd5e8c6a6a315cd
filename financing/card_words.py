"""What scorecards, their states and what a change of card does to a firm are called."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.credit.rules import CardName, CardState
from scoring.replay import Effect, Why

CARD_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    CardName: {
        CardName.CREDIT: _("信用评分表（有财务报表）"),
        CardName.INVOICES: _("发票评分表（只有发票）"),
    },
    CardState: {
        CardState.DRAFT: _("草案"),
        CardState.PROPOSED: _("待采纳"),
        CardState.ADOPTED: _("已采纳"),
        CardState.RECALLED: _("提请撤回"),
        CardState.WITHDRAWN: _("已撤回"),
        CardState.DROPPED: _("未采纳"),
    },
    Effect: {
        Effect.IN: _("新达标"),
        Effect.OUT: _("不再达标"),
        Effect.RAISED: _("额度提高"),
        Effect.LOWERED: _("额度降低"),
        Effect.GAINED: _("加分"),
        Effect.LOST: _("减分"),
        Effect.SAME: _("不变"),
    },
    Why: {
        Why.POINTS: _("总分与准入线"),
        Why.VETO: _("一票否决"),
        Why.MISSING: _("资料不足"),
    },
}
