"""Words of loans and repayments, in Chinese: acts, states, classes, refusals, consequences, figures."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.loans.change_rules import BackState, Choice, ClassState, Kind, LoanChangeState
from financing.loans.renewal_rules import Answer, Condition
from financing.loans.rules import Bucket, Change, FiveClass, Source
from financing.loans.shown import Only, RowState
from scoring.repayment import DayCount

LOAN_ACTS: dict[StrEnum, str] = {
    Act.RECORD_LOAN: _("登记贷款合同"),
    Act.REPAY_LOAN: _("登记贷款还款"),
    Act.PLAN_LOAN: _("重排还款计划"),
    Act.CHANGE_LOAN_RATE: _("调整贷款利率"),
    Act.EXTEND_LOAN: _("登记展期"),
    Act.PROPOSE_LOAN_CONSENT: _("提出同意展期"),
    Act.AGREE_LOAN_EXTENSION: _("同意展期"),
    Act.REFUSE_LOAN_EXTENSION: _("不同意展期"),
    Act.PROPOSE_LOAN_CLASS: _("提出调整分类"),
    Act.CONFIRM_LOAN_CLASS: _("确认分类"),
    Act.TURN_DOWN_LOAN_CLASS: _("不予调整分类"),
    Act.ASK_REPAYMENT_BACK: _("申请撤回还款"),
    Act.TAKE_REPAYMENT_BACK: _("确认撤回还款"),
    Act.KEEP_REPAYMENT: _("不予撤回"),
    Act.CALL_RENEWAL: _("到期提醒"),
    Act.CHOOSE_RENEWAL: _("选择到期安排"),
}

LOAN_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    FiveClass: {
        FiveClass.NORMAL: _("正常"),
        FiveClass.ATTENTION: _("关注"),
        FiveClass.SUBSTANDARD: _("次级"),
        FiveClass.DOUBTFUL: _("可疑"),
        FiveClass.LOSS: _("损失"),
    },
    Bucket: {
        Bucket.NONE: _("未逾期"),
        Bucket.TO_30: _("逾期 30 日以内"),
        Bucket.TO_60: _("逾期 31—60 日"),
        Bucket.TO_90: _("逾期 61—90 日"),
        Bucket.TO_180: _("逾期 91—180 日"),
        Bucket.TO_360: _("逾期 181—360 日"),
        Bucket.OVER: _("逾期 360 日以上"),
    },
    Change: {
        Change.DRAWN: _("放款"),
        Change.EARLY: _("提前还款"),
        Change.RATE: _("利率调整"),
        Change.EXTENDED: _("展期"),
        Change.TAKEN_BACK: _("撤回还款"),
    },
    BackState: {
        BackState.ASKED: _("等待撤回"),
        BackState.TAKEN_BACK: _("已撤回"),
        BackState.KEPT: _("未撤回"),
    },
    Source: {
        Source.TYPED: _("逐笔登记"),
        Source.FILE: _("银行文件导入"),
    },
    Kind: {
        Kind.RATE: _("利率调整"),
        Kind.EXTENSION: _("展期"),
    },
    LoanChangeState: {
        LoanChangeState.RECORDED: _("已生效"),
        LoanChangeState.ASKED: _("等担保人书面同意"),
        LoanChangeState.PROPOSED: _("等主任确认"),
        LoanChangeState.AGREED: _("担保人已同意"),
        LoanChangeState.REFUSED: _("担保人不同意"),
    },
    ClassState: {
        ClassState.PROPOSED: _("待确认"),
        ClassState.CONFIRMED: _("已确认"),
        ClassState.TURNED_DOWN: _("未调整"),
    },
    Choice: {
        Choice.REPAY: _("到期还清"),
        Choice.WITHOUT_PRINCIPAL: _("无还本续贷"),
        Choice.BRIDGE: _("应急转贷"),
        Choice.TALK: _("想先商量"),
    },
    Condition: {
        Condition.SIZE: _("小型、微型企业（中型企业限规定日期前到期的流动资金贷款）"),
        Condition.PURPOSE: _("流动资金贷款或经营性贷款"),
        Condition.BEFORE: _("在贷款到期前申请"),
        Condition.LAWFUL: _("依法合规经营"),
        Condition.PRODUCING: _("生产经营正常，具有持续经营能力"),
        Condition.CREDIT: _("信用状况良好，本金没有逾期"),
        Condition.NO_DIVERSION: _("没有挪用贷款资金"),
        Condition.NO_ARREARS: _("没有欠息"),
        Condition.NO_EVASION: _("没有逃废债"),
        Condition.NEED: _("确有融资需求，只是资金暂时周转困难"),
    },
    Answer: {
        Answer.YES: _("符合"),
        Answer.NO: _("不符合"),
        Answer.BANK: _("由银行审查"),
    },
    Only: {
        Only.OVERDUE: _("已逾期"),
        Only.MATURING: _("即将到期"),
        Only.RUNNING: _("未结清"),
        Only.SETTLED: _("已结清"),
    },
    RowState: {
        RowState.COVERED: _("已还"),
        RowState.LATE: _("逾期未还"),
        RowState.OPEN: _("未到期"),
    },
    DayCount: {
        DayCount.THIRTY_360: _("每月 30 天，一年 360 天"),
        DayCount.ACTUAL_360: _("实际天数，一年 360 天"),
        DayCount.ACTUAL_365: _("实际天数，一年 365 天"),
    },
}

LOAN_SENTENCES: dict[str, str] = {
    "loan_recorded": _("{number} 号担保的贷款已登记：请在贷款页登记还款，在保余额随之减少，不要在这里再记一次。"),
    "loan_on_record": _("这笔报价的贷款合同已登记（{contract}），无需再登记。"),
    "contract_taken": _("贵行已有编号为 {contract} 的合同，请核对合同编号。"),
    "contract_missing": _("代银行登记须附借款合同，请上传合同扫描件后再提交。"),
    "steps_differ": _("分期还本计划与合同不符，请核对：各期还本日须是结息日，合计须等于合同金额。"),
    "more_than_owed": _("本金最多还 {most}，请核对金额。"),
    "repayment_differs": _("流水号 {reference} 已登记过一笔不同的还款（{on}，共 {amount}），请核对流水号。"),
    "nothing_repaid": _("请至少填写本金、利息、罚息中的一项，且不得为负数。"),
    "plan_does_not_fit": _("按填写的内容排不出还款计划：日期须在合同期内。请核对放款日、起息日和到期日。"),
    "extension_too_long": _("展期后的到期日应晚于 {least}，最晚 {most}（贷款通则第 12 条），请核对。"),
    "class_open": _("这笔贷款已有一项分类调整等待确认，请先处理那一项。"),
    "class_too_good": _("逾期天数已达到“{least}”，人工调整不能好于这一类。"),
    "taken_back": _("流水号 {reference} 的这笔还款{state}，不能再申请。请刷新页面查看。"),
    "change_waits": _("这笔贷款已有一次展期在等担保人答复，请等答复后再登记。"),
}

LOAN_CONSEQUENCES: dict[StrEnum, str] = {
    Act.RECORD_LOAN: _("登记后按已报告的放款排出还款计划，企业和经开区都能看到；合同要素登记后不能更改。"),
    Act.REPAY_LOAN: _("登记后不能更改：还款计划随即重排，有担保的，在保余额和占用的额度同时减少。"),
    Act.CHANGE_LOAN_RATE: _("从生效日起按新利率重排还款计划，原计划保留；企业会收到通知。"),
    Act.EXTEND_LOAN: _(
        "还款计划随即按新的到期日重排，原计划保留。有担保的，担保人会收到书面同意的请求；未经其书面同意，保证期间不变（民法典第 695 条）。"
    ),
    Act.PROPOSE_LOAN_CONSENT: _("提出后由评审委主任确认；确认前担保的到期日不变。"),
    Act.AGREE_LOAN_EXTENSION: _("担保的到期日和保证期间随即按书面同意延后，不能撤回；企业和银行会收到通知。"),
    Act.REFUSE_LOAN_EXTENSION: _("担保的到期日和保证期间保持不变；银行和企业会收到通知，展期在双方之间仍然有效。"),
    Act.PROPOSE_LOAN_CLASS: _("提出后由另一位经办或评审委主任确认；确认前分类不变。"),
    Act.CONFIRM_LOAN_CLASS: _("这笔贷款随即按此分类，直到再次调整；任何时候都不好于逾期天数决定的分类。"),
    Act.TURN_DOWN_LOAN_CLASS: _("分类不变，这项调整留在历史中。"),
    Act.ASK_REPAYMENT_BACK: _("由另一位经办核对后决定；决定前这笔还款照常计算。只有登记有误时才能撤回，原记录保留。"),
    Act.TAKE_REPAYMENT_BACK: _(
        "这笔还款从此不再计算，原记录保留：还款计划重排，它减少的在保余额和额度占用从今天起恢复；同一流水号可以重新登记。企业和银行会收到通知，不能撤销。"
    ),
    Act.KEEP_REPAYMENT: _("这笔还款照常计算，可以重新申请；银行会收到通知。"),
    Act.CHOOSE_RENEWAL: _("银行和经办随即看到您的选择；到期前可以改选，以最后一次为准。这不是合同，也不产生费用。"),
}

LOAN_FIELDS: dict[str, str] = {
    "contract_starts": _("起息日"),
    "contract_matures": _("到期日"),
    "day_count": _("计息基础"),
    "matures_anew": _("展期后的到期日"),
    "interest_day": _("结息日"),
    "interest_every": _("结息间隔"),
    "surcharge": _("逾期罚息加收"),
    "steps": _("分期还本计划"),
    "contract_scan": _("借款合同扫描件"),
    "reference": _("银行流水号"),
    "correction": _("更正依据"),
    "principal": _("本金"),
    "interest": _("利息"),
    "penalty": _("罚息"),
    "guarantee_until": _("保证期间至"),
    "consent": _("书面同意扫描件"),
    "to_class": _("调整为"),
    "choice": _("到期安排"),
    "lawful": _("依法合规经营"),
    "producing": _("生产经营正常，具有持续经营能力"),
    "no_diversion": _("没有挪用贷款资金"),
    "no_evasion": _("没有逃废债"),
    "cash_short": _("确有融资需求，只是资金暂时周转困难"),
}

LOAN_FIGURES: dict[str, str] = {
    "class_attention_days": _("归为关注类的逾期天数"),
    "class_substandard_days": _("归为次级类的逾期天数"),
    "class_doubtful_days": _("归为可疑类的逾期天数"),
    "class_loss_days": _("归为损失类的逾期天数"),
    "repay_ahead_days": _("到期前多少天内归还算当期"),
    "interest_tolerance_fen": _("利息尾差容许额"),
    "surcharge_most_ppm": _("逾期罚息加收上限"),
    "extension_medium_ppm": _("中期贷款展期上限"),
    "renewal_first_days": _("到期前第一次提醒"),
    "renewal_second_days": _("到期前第二次提醒"),
    "renewal_last_days": _("到期前最后一次提醒"),
    "renewal_medium_until": _("中型企业无还本续贷的最晚到期日"),
    "extension_long_months": _("长期贷款展期上限"),
}
