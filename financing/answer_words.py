"""Words of what banks answer: offers with their rates and charges; part of `words.NAMES`."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.contests.rules import Contested, ContestState, NextStep, Outcome
from financing.offers.ask_rules import AskState, Item
from financing.offers.release_rules import ReleaseState
from financing.offers.rules import Bearer, Charge, Every, Ground, RateBase

ANSWER_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    RateBase: {
        RateBase.FIXED: _("固定利率"),
        RateBase.LPR_1Y: _("一年期 LPR 加点"),
        RateBase.LPR_5Y: _("五年期以上 LPR 加点"),
    },
    Charge: {
        Charge.VALUATION: _("评估费"),
        Charge.REGISTRATION: _("抵押登记费"),
        Charge.NOTARY: _("公证费"),
        Charge.INSURANCE: _("保险费"),
        Charge.LEGAL: _("法律、中介服务费"),
        Charge.BRIDGE: _("过桥（转贷）费"),
        Charge.ACCOUNT: _("账户、划转费"),
        Charge.COMMITMENT: _("承诺费"),
        Charge.MANAGEMENT: _("资金管理、顾问费"),
        Charge.DILIGENCE: _("尽职调查费"),
        Charge.OTHER: _("其他费用"),
    },
    Ground: {
        Ground.AMOUNT: _("融资金额（元）"),
        Ground.MONTHS: _("融资期限（月）"),
        Ground.USE: _("资金用途"),
        Ground.INDUSTRY: _("所属行业"),
        Ground.SCORE: _("评分项"),
        Ground.GUARANTEE: _("担保"),
        Ground.RATIO: _("财务指标"),
        Ground.PAPER: _("材料"),
        Ground.OPEN: _("待补事项"),
        Ground.OWN: _("银行自身的额度或准入，与企业无关"),
    },
    Contested: {
        Contested.SCORE: _("评分"),
        Contested.GATES: _("不予立项"),
        Contested.COMMITTEE: _("不予担保"),
        Contested.DECLINE: _("银行婉拒"),
    },
    Outcome: {
        Outcome.UPHELD: _("维持原决定"),
        Outcome.OVERTURNED: _("推翻原决定"),
        Outcome.PARTLY: _("部分成立"),
    },
    ContestState: {
        ContestState.OPEN: _("等待复议"),
        ContestState.DECIDED: _("已复议"),
    },
    NextStep: {
        NextStep.NONE: _("没有后续步骤"),
        NextStep.SCORE_AGAIN: _("由经办重新评分"),
        NextStep.VOTE_AGAIN: _("已按原次序重新受理，重新评分、上会"),
        NextStep.BANK_AGAIN: _("银行重新答复，时限从复议决定当天起算"),
        NextStep.FIRM_FIRST: _("请企业重新授权这家银行后再办"),
    },
    Item: {
        Item.LICENCE: _("营业执照"),
        Item.STATEMENTS: _("财务报表"),
        Item.INVOICES: _("发票明细"),
        Item.TAX: _("纳税证明"),
        Item.ORDERS: _("订单合同"),
        Item.AUDIT: _("审计报告"),
        Item.FLOW: _("银行流水"),
        Item.PREMISES: _("厂房租赁或产权证明"),
        Item.ARTICLES: _("公司章程"),
        Item.RESOLUTION: _("股东会决议"),
        Item.DEBT: _("现有银行借款余额（元）"),
        Item.GUARANTEED: _("对外担保余额（元）"),
        Item.ORDERS_WORTH: _("在手订单金额（元）"),
        Item.STAFF: _("在岗人数（人）"),
        Item.POWER: _("近 12 个月用电量（千瓦时）"),
    },
    AskState: {
        AskState.OPEN: _("等企业答复"),
        AskState.ANSWERED: _("企业已答复"),
        AskState.LAPSED: _("到期未答复"),
        AskState.DROPPED: _("银行不再需要"),
        AskState.ENDED: _("已终止"),
    },
    ReleaseState: {
        ReleaseState.OPEN: _("等负责人放行"),
        ReleaseState.RELEASED: _("已放行"),
        ReleaseState.RETURNED: _("已退回"),
        ReleaseState.ENDED: _("已终止"),
    },
    Bearer: {
        Bearer.FIRM: _("企业"),
        Bearer.BANK: _("银行"),
        Bearer.PARK: _("园区"),
    },
    Every: {
        Every.START: _("放款时一次"),
        Every.MONTHLY: _("每月"),
        Every.YEARLY: _("每年年初"),
        Every.END: _("到期时一次"),
    },
}
