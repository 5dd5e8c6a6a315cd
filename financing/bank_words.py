"""What matching, sessions and the answers of banks are called."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.forums.rules import SessionState
from financing.lists.rules import ListKind, ListStatus
from financing.matching.appetite_rules import PeriodKind
from financing.matching.rules import Assigning, Consented, Limit, MatchState, Part, Reason
from financing.offers.rules import DeclineCode, OfferState
from financing.people.key_rules import KeyScope, KeyState
from scoring.repayment import Repayment

BANK_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    MatchState: {
        MatchState.PROPOSED: _("待授权"),
        MatchState.CONSENTED: _("已授权"),
        MatchState.SENT: _("待答复"),
        MatchState.OFFERED: _("已报价"),
        MatchState.DECLINED: _("已婉拒"),
        MatchState.CHOSEN: _("已选定"),
        MatchState.PASSED_OVER: _("未选定"),
        MatchState.WITHDRAWN: _("已撤回授权"),
        MatchState.SILENT: _("逾期未答复"),
    },
    Assigning: {
        Assigning.STABLE: _("稳定分配"),
        Assigning.TOTAL: _("总分最优"),
    },
    PeriodKind: {
        PeriodKind.MONTH: _("月度"),
        PeriodKind.QUARTER: _("季度"),
    },
    Part: {
        Part.BASIC: _("基本情况"),
        Part.STATEMENTS: _("财务与发票"),
        Part.SCORE: _("评分"),
        Part.GUARANTEE: _("担保"),
        Part.CONTACT: _("联系人"),
    },
    ListKind: {
        ListKind.APPLIED: _("申报清单"),
        ListKind.RECOMMENDED: _("推荐清单"),
    },
    ListStatus: {
        ListStatus.PENDING: _("待办结"),
        ListStatus.GRANTED: _("已授信"),
        ListStatus.DECLINED: _("未授信"),
        ListStatus.OVERDUE: _("逾期未办结"),
    },
    KeyScope: {
        KeyScope.READ: _("查看已授权的档案"),
        KeyScope.ANSWER: _("认领、请企业补充、婉拒、报价和报告放款"),
    },
    KeyState: {
        KeyState.WAITING: _("待领取"),
        KeyState.IN_FORCE: _("使用中"),
        KeyState.OVER: _("已到期"),
        KeyState.REVOKED: _("已停用"),
    },
    Consented: {Consented.FINANCING: _("本次融资对接")},
    Limit: {
        Limit.AMOUNT: _("申请金额不在产品额度范围内"),
        Limit.MONTHS: _("期限不在产品期限范围内"),
        Limit.SECTOR: _("行业不在产品支持范围内"),
        Limit.NO_GO: _("行业属于银行不介入范围"),
        Limit.SIZE: _("企业规模不在产品支持范围内"),
        Limit.GRADE: _("信用等级低于产品要求"),
        Limit.GUARANTEE: _("产品要求担保，本笔需求没有担保"),
        Limit.PURPOSE: _("用途不在产品支持范围内"),
        Limit.VALIDITY: _("产品当日不在有效期内"),
        Limit.VOLUME: _("银行本时段的投放额度或接单数已用完"),
    },
    Reason: {
        Reason.SECTOR_SOUGHT: _("行业是银行点名支持的方向"),
        Reason.PURPOSE_SOUGHT: _("用途是产品点名支持的用途"),
        Reason.SIZE_SOUGHT: _("企业规模是产品的服务对象"),
        Reason.GRADE_ABOVE: _("信用等级高于产品要求"),
        Reason.GUARANTEED: _("有担保，而产品并不要求担保"),
        Reason.RATE_WITHIN_WISH: _("产品利率不高于企业期望"),
        Reason.QUICK_ANSWER: _("银行承诺较快答复"),
    },
    SessionState: {
        SessionState.PLANNED: _("筹备中"),
        SessionState.OPEN: _("进行中"),
        SessionState.CLOSED: _("已结束"),
    },
    OfferState: {
        OfferState.MADE: _("待企业选择"),
        OfferState.ACCEPTED: _("已接受"),
        OfferState.NOT_CHOSEN: _("未选定"),
    },
    Repayment: {
        Repayment.EQUAL_INSTALMENTS: _("等额本息"),
        Repayment.EQUAL_PRINCIPAL: _("等额本金"),
        Repayment.INTEREST_ONLY: _("先息后本"),
        Repayment.BULLET: _("到期一次还本付息"),
        Repayment.REVOLVING: _("随借随还"),
        Repayment.STEPPED: _("分期还本计划"),
    },
    DeclineCode: {
        DeclineCode.SECTOR: _("行业不在支持范围"),
        DeclineCode.AMOUNT: _("金额或期限不合适"),
        DeclineCode.CASH_FLOW: _("还款来源不足"),
        DeclineCode.DEBT: _("负债偏高"),
        DeclineCode.HISTORY: _("经营或信用记录不足"),
        DeclineCode.PAPERS: _("材料不足以判断"),
        DeclineCode.VOLUME: _("本期额度已用完"),
        DeclineCode.OTHER: _("其他原因"),
    },
}
