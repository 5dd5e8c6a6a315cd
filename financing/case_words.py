"""What a guarantee case, its gates, its limits and the pre-check are called."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.guarantees.precheck import DebtBand, RedLines, TaxGrade, Verdict
from financing.guarantees.rules import CaseState, Hurdle, MeetingState, Round, Scope, Vote

CASE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    CaseState: {
        CaseState.IN_REVIEW: _("待上会"),
        CaseState.ON_AGENDA: _("上会"),
        CaseState.APPROVED: _("同意担保"),
        CaseState.CONDITIONAL: _("附条件同意"),
        CaseState.REJECTED: _("不予担保"),
        CaseState.DEFERRED: _("延期再议"),
        CaseState.DROPPED: _("企业已撤回"),
        CaseState.DELEGATED: _("授权同意，待生效"),
    },
    MeetingState: {
        MeetingState.CALLED: _("已召集"),
        MeetingState.OPEN: _("进行中"),
        MeetingState.CLOSED: _("已结束"),
    },
    Round: {
        Round.FIRST: _("首轮"),
        Round.FINAL: _("终轮"),
    },
    Vote: {
        Vote.FOR: _("同意"),
        Vote.CONDITIONAL: _("附条件同意"),
        Vote.AGAINST: _("不同意"),
        Vote.ABSTAIN: _("弃权"),
    },
    Hurdle: {
        Hurdle.CONFIRMED: _("经开区已确认的企业"),
        Hurdle.SIZE: _("小型或微型企业"),
        Hurdle.PURPOSE: _("用途在担保范围内"),
        Hurdle.VETO: _("没有触及红线"),
        Hurdle.CHECKED: _("红线已逐项核查"),
        Hurdle.FACTS: _("评分资料足够"),
        Hurdle.SCORE: _("评分达到准入线"),
        Hurdle.SURVEYED: _("A、B 角尽调意见齐全"),
        Hurdle.GRADE_CEILING: _("金额不超过等级上限"),
        Hurdle.PRODUCT_CAP: _("金额不超过产品上限"),
        Hurdle.SINGLE_LIMIT: _("金额不超过单户余额"),
        Hurdle.GROUP_LIMIT: _("金额不超过关联方余额"),
        Hurdle.SECTOR_LIMIT: _("金额不超过行业余额"),
        Hurdle.POOL_LIMIT: _("金额不超过风险补偿资金池余额"),
        Hurdle.FACILITY_LIMIT: _("金额不超过担保总额余额"),
        Hurdle.LICENCE: _("出具担保函须有有效许可"),
        Hurdle.GUARANTOR: _("担保人不是机关法人"),
        Hurdle.CONTROLS_GUARANTOR: _("不是担保人的控股股东或实际控制人"),
        Hurdle.RELATED_TO_GUARANTOR: _("与担保人的关联关系"),
    },
    Verdict: {
        Verdict.YES: _("符合"),
        Verdict.NO: _("不符合"),
        Verdict.OPEN: _("还不能确定"),
    },
    RedLines: {
        RedLines.NONE: _("都没有"),
        RedLines.SOME: _("有其中之一"),
    },
    DebtBand: {
        DebtBand.TO_50: _("不超过 50%"),
        DebtBand.TO_60: _("超过 50%，不超过 60%"),
        DebtBand.TO_70: _("超过 60%，不超过 70%"),
        DebtBand.TO_80: _("超过 70%，不超过 80%"),
        DebtBand.OVER_80: _("超过 80%"),
    },
    TaxGrade: {
        TaxGrade.A: _("A 级"),
        TaxGrade.B: _("B 级"),
        TaxGrade.M: _("M 级（新办企业）"),
        TaxGrade.C: _("C 级"),
        TaxGrade.D: _("D 级"),
    },
    Scope: {
        Scope.FACILITY: _("担保总额度"),
        Scope.POOL: _("风险补偿资金池额度"),
        Scope.SECTOR: _("行业额度"),
        Scope.BANK: _("单家银行额度"),
        Scope.GROUP: _("关联方额度"),
        Scope.FIRM: _("单户额度"),
    },
}
