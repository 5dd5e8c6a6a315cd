"""The words themselves, in Chinese; the English stands in locale/en. One word for one thing from database to button."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import WHO_DOES_WHAT, _
from financing.card_words import CARD_WORDS
from financing.credit.rules import Supply
from financing.diligence_words import DILIGENCE_WORDS
from financing.figures.rules import Ratio, Step
from financing.forums.rules import SessionState
from financing.guarantees.precheck import DebtBand, RedLines, TaxGrade, Verdict
from financing.guarantees.rules import CaseState, Hurdle, MeetingState, Round, Scope, Vote
from financing.guarantor_words import GUARANTOR_WORDS
from financing.matching.rules import Assigning, Consented, Limit, MatchState, Part, Reason
from financing.needs.rules import NeedState, Purpose, Security, Turn, Wrong
from financing.offers.rules import DeclineCode, OfferState
from financing.papers.rules import Owed, PaperKind, Side
from financing.parties.identity import CodeFault
from financing.parties.rules import BankKind, FirmState
from financing.people.rules import Weakness
from financing.register_words import REGISTER_WORDS
from scoring.repayment import Repayment
from scoring.statement_lines import Standard, Unit

__all__ = ["NAMES", "_"]

#: By kind first: words of different kinds may share a value (two enums of text compare equal).
NAMES: dict[type[StrEnum], dict[StrEnum, str]] = {
    **WHO_DOES_WHAT,
    **CARD_WORDS,
    **GUARANTOR_WORDS,
    **REGISTER_WORDS,
    **DILIGENCE_WORDS,
    Weakness: {
        Weakness.SHORT: _("太短，企业至少 12 个字符，其他人员至少 15 个"),
        Weakness.LONG: _("太长，最多 128 个字符"),
        Weakness.COMMON: _("太常见，容易被猜到"),
        Weakness.LOGIN: _("含有登录名"),
    },
    FirmState: {
        FirmState.REGISTERED: _("待确认"),
        FirmState.CONFIRMED: _("已确认"),
    },
    CodeFault: {
        CodeFault.LENGTH: _("应为 18 位"),
        CodeFault.WIDTH: _("含有全角字符"),
        CodeFault.SIGN: _("含有代码中不会出现的字符"),
        CodeFault.CHECK: _("校验位不符，可能有一位抄错"),
    },
    BankKind: {
        BankKind.STATE_OWNED: _("国有大行"),
        BankKind.JOINT_STOCK: _("股份制银行"),
        BankKind.POLICY: _("政策性银行"),
        BankKind.CITY: _("城市商业银行"),
        BankKind.RURAL: _("农村金融机构"),
    },
    PaperKind: {
        PaperKind.LICENCE: _("营业执照"),
        PaperKind.STATEMENTS: _("财务报表"),
        PaperKind.INVOICES: _("发票明细"),
        PaperKind.TAX: _("纳税证明"),
        PaperKind.ORDERS: _("订单合同"),
        PaperKind.PHOTO: _("现场照片"),
        PaperKind.PROOF: _("条件证明"),
        PaperKind.OTHER: _("其他材料"),
    },
    Standard: {
        Standard.SMALL: _("小企业会计准则"),
        Standard.GENERAL: _("企业会计准则"),
    },
    Unit: {
        Unit.YUAN: _("元"),
        Unit.THOUSAND: _("千元"),
        Unit.WAN: _("万元"),
    },
    Owed: {
        Owed.FIGURES: _("财务报表或发票明细（至少一种）"),
    },
    Side: {
        Side.SALES: _("销项"),
        Side.PURCHASES: _("进项"),
    },
    NeedState: {
        NeedState.DRAFT: _("草稿"),
        NeedState.SUBMITTED: _("待受理"),
        NeedState.RETURNED: _("待补正"),
        NeedState.ACCEPTED: _("已受理"),
        NeedState.SCORED: _("已评分"),
        NeedState.INELIGIBLE: _("未达准入条件"),
        NeedState.COMMITTEE: _("评审中"),
        NeedState.APPROVED: _("同意担保"),
        NeedState.CONDITIONAL: _("附条件同意"),
        NeedState.REJECTED: _("不予担保"),
        NeedState.LISTED: _("已推荐"),
        NeedState.OFFERED: _("已报价"),
        NeedState.SETTLED: _("已选定"),
        NeedState.WITHDRAWN: _("已撤回"),
    },
    Wrong: {
        Wrong.AMOUNT: _("金额须大于 0"),
        Wrong.MONTHS: _("期限须为 1 至 60 个月"),
        Wrong.LATEST: _("最迟用款日不能早于今天"),
        Wrong.USE: _("具体用途须填写，且不超过 500 字"),
        Wrong.WISH: _("期望年利率须在 0 与 24 % 之间"),
        Wrong.BROKER: _("请确认未通过中介办理"),
    },
    Turn: {
        Turn.FIRM: _("企业"),
        Turn.OFFICER: _("经开区经办"),
        Turn.COMMITTEE: _("评审委员会"),
        Turn.BANK: _("银行"),
        Turn.NOBODY: _("已办结"),
    },
    Purpose: {
        Purpose.WORKING_CAPITAL: _("补充流动资金"),
        Purpose.EQUIPMENT: _("购置设备"),
        Purpose.UPGRADE: _("技术改造"),
    },
    Security: {
        Security.NONE: _("无抵押物"),
        Security.RECEIVABLES: _("应收账款"),
        Security.EQUIPMENT: _("设备"),
        Security.PROPERTY: _("厂房土地"),
        Security.OWNER: _("实际控制人保证"),
    },
    Supply: {
        Supply.STATEMENTS: _("上传最近两年的财务报表"),
        Supply.INVOICES: _("上传最近三年的发票明细"),
        Supply.BOTH: _("上传同一年度的财务报表和全年发票明细"),
        Supply.DECLARED: _("在企业资料中填写"),
        Supply.DOCUMENT: _("上传证明材料，由经办核对后记录"),
        Supply.REGISTRY: _("由经办查询后记录"),
        Supply.SITE: _("由经办现场核验后记录"),
    },
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
    MatchState: {
        MatchState.PROPOSED: _("待授权"),
        MatchState.CONSENTED: _("已授权"),
        MatchState.SENT: _("待答复"),
        MatchState.OFFERED: _("已报价"),
        MatchState.DECLINED: _("已婉拒"),
        MatchState.CHOSEN: _("已选定"),
        MatchState.PASSED_OVER: _("未选定"),
        MatchState.WITHDRAWN: _("已撤回授权"),
    },
    Assigning: {
        Assigning.STABLE: _("稳定分配"),
        Assigning.TOTAL: _("总分最优"),
    },
    Part: {
        Part.BASIC: _("基本情况"),
        Part.STATEMENTS: _("财务与发票"),
        Part.SCORE: _("评分"),
        Part.GUARANTEE: _("担保"),
        Part.CONTACT: _("联系人"),
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
    Step: {
        Step.REGISTERED: _("登记企业"),
        Step.SUBMITTED: _("提交需求"),
        Step.ACCEPTED: _("受理"),
        Step.SCORED: _("评分"),
        Step.SUPPORTED: _("同意担保"),
        Step.SENT: _("发送银行"),
        Step.ANSWERED: _("银行答复"),
        Step.OFFERED: _("银行报价"),
        Step.CHOSEN: _("企业选定"),
    },
    Ratio: {
        Ratio.ACCEPTANCE: _("受理率"),
        Ratio.SUPPORT: _("担保通过率"),
        Ratio.REACH: _("对接率"),
        Ratio.CREDIT: _("授信率"),
        Ratio.CHOICE: _("成交率"),
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
