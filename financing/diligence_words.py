"""Words of due diligence and of conditions, in Chinese; part of `words.NAMES`."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.diligence.affordability import Basis, Cover
from financing.diligence.rules import Advice, CheckKind, Result, SurveyState
from financing.guarantees.rules import ConditionState

DILIGENCE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    SurveyState: {
        SurveyState.VISITED: _("待 B 角复核"),
        SurveyState.REVIEWED: _("已复核"),
    },
    CheckKind: {
        CheckKind.CHECK: _("现场查"),
        CheckKind.QUERY: _("查询"),
    },
    Result: {
        Result.FINE: _("正常"),
        Result.DOUBTFUL: _("有疑点"),
        Result.UNSEEN: _("未能查到"),
    },
    Advice: {
        Advice.SUPPORT: _("建议担保"),
        Advice.OPPOSE: _("不建议担保"),
    },
    Basis: {
        Basis.CASH_FLOW: _("经营活动现金流量净额"),
        Basis.PROFIT: _("息税前利润减所得税（未加回折旧）"),
        Basis.INVOICES: _("开票销售减采购后按比例估算，减已缴税"),
    },
    Cover: {
        Cover.ENOUGH: _("足够"),
        Cover.TIGHT: _("偏紧"),
        Cover.SHORT: _("不足"),
    },
    ConditionState: {
        ConditionState.OWED: _("待提交证明"),
        ConditionState.SHOWN: _("待核验"),
        ConditionState.MET: _("已落实"),
    },
}
