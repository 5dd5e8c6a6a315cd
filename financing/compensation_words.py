"""Words of claims for compensation, their files, decisions and parts, and of banks that get no new letters, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.compensation.grounds import By, Item
from financing.compensation.rules import (
    ClaimState,
    DecisionState,
    Lapse,
    Level,
    Outcome,
    PartState,
    Pause,
    Reason,
    StopState,
)

COMPENSATION_ACTS: dict[StrEnum, str] = {
    Act.FILE_ITEM: _("补充代偿材料"),
    Act.LODGE_COMPENSATION: _("申请代偿"),
    Act.WITHDRAW_COMPENSATION: _("撤回代偿申请"),
    Act.HALT_COMPENSATION: _("请银行补充，暂停计时"),
    Act.RESUME_COMPENSATION: _("已补齐，恢复计时"),
    Act.PROPOSE_COMPENSATION: _("提出处理意见"),
    Act.RETURN_COMPENSATION: _("退回重审"),
    Act.GRANT_COMPENSATION: _("决定全额代偿"),
    Act.REDUCE_COMPENSATION: _("决定减额代偿"),
    Act.REFUSE_COMPENSATION: _("决定不予代偿"),
    Act.ACCEPT_COMPENSATION: _("接受代偿决定"),
    Act.OBJECT_COMPENSATION: _("对代偿决定提出异议"),
    Act.LAPSE_COMPENSATION: _("逾期未答复，决定生效"),
    Act.PAY_COMPENSATION: _("登记代偿支付"),
    Act.REMIND_COMPENSATION: _("代偿逾期提醒"),
    Act.ASK_PART: _("申请分担"),
    Act.RECEIVE_PART: _("登记分担到账"),
    Act.WARN_BANK: _("银行代偿率预警"),
    Act.STOP_BANK: _("暂停银行新业务"),
    Act.ASK_LIFT: _("申请恢复新业务"),
    Act.KEEP_STOP: _("维持暂停"),
    Act.LIFT_STOP: _("恢复新业务"),
}

COMPENSATION_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ClaimState: {
        ClaimState.EXAMINING: _("审核中"),
        ClaimState.WAITING: _("待银行补充"),
        ClaimState.PROPOSED: _("待决定"),
        ClaimState.REDUCED: _("已决定减额，待银行答复"),
        ClaimState.DENIED: _("已决定不予代偿，待银行答复"),
        ClaimState.OBJECTED: _("银行有异议，重新审核"),
        ClaimState.FINAL: _("待最终决定"),
        ClaimState.PAYABLE: _("待支付"),
        ClaimState.PAYING: _("支付待确认"),
        ClaimState.PAID: _("已代偿"),
        ClaimState.REFUSED: _("不予代偿"),
        ClaimState.WITHDRAWN: _("银行已撤回"),
    },
    DecisionState: {
        DecisionState.PROPOSED: _("待决定"),
        DecisionState.DECIDED: _("已决定"),
        DecisionState.RETURNED: _("已退回"),
    },
    Outcome: {
        Outcome.GRANT: _("全额代偿"),
        Outcome.REDUCE: _("减额代偿"),
        Outcome.REFUSE: _("不予代偿"),
    },
    Lapse: {
        Lapse.INQUIRY: _("授信调查、审查未尽职或资料不实"),
        Lapse.USE: _("未按约定监督贷款用途"),
        Lapse.CHECK: _("未按约定进行贷后检查"),
        Lapse.DUNNING: _("未按约定及时催收"),
        Lapse.NOTICE: _("未按约定及时通知担保人"),
        Lapse.SECURITY: _("放弃、丧失担保物权或致其贬值"),
        Lapse.CHANGE: _("未经担保人书面同意变更主合同"),
        Lapse.OFFSET: _("未按约定扣收或把还款归入其他债务"),
        Lapse.ACCOUNT: _("申请的金额与实际欠款不符"),
    },
    Reason: {
        Reason.EARLY: _("逾期天数未达到约定"),
        Reason.PERIOD: _("不在保证期间内"),
        Reason.OUTSIDE: _("不属于本函担保的贷款"),
        Reason.NOT_PAID_OUT: _("贷款没有实际发放"),
        Reason.FRAUD: _("银行欺诈、恶意串通或明知欺诈"),
        Reason.ALTERED: _("未经书面同意变更主合同、转让债权"),
        Reason.RELEASED: _("担保责任已经解除"),
        Reason.PAPERS: _("要求补充的材料未提交"),
    },
    Pause: {
        Pause.ITEM: _("材料缺项"),
        Pause.PROMISE: _("容缺材料逾期未补"),
        Pause.FIGURE: _("金额或日期不清"),
        Pause.SEAL: _("签章不全"),
        Pause.ANSWER: _("等待银行答复决定"),
    },
    PartState: {
        PartState.BORNE: _("担保人自担"),
        PartState.OWED: _("待申请"),
        PartState.ASKED: _("已申请"),
        PartState.RECEIVED: _("已到账"),
    },
    Level: {
        Level.CALM: _("正常"),
        Level.NEAR: _("预警"),
        Level.COMMITTEE: _("一律上会"),
        Level.STOPPED: _("暂停新业务"),
    },
    StopState: {
        StopState.STANDING: _("暂停中"),
        StopState.ASKED: _("申请恢复待决定"),
        StopState.LIFTED: _("已恢复"),
    },
    By: {
        By.PLATFORM: _("平台自填"),
        By.BANK: _("银行"),
        By.GUARANTOR: _("担保人"),
    },
    Item: {
        Item.RESOLUTION: _("评审决议"),
        Item.LETTER: _("担保函"),
        Item.CONDITIONS: _("决议条件落实"),
        Item.SECURITY: _("反担保合同与登记"),
        Item.CONTRACT: _("借款合同"),
        Item.DRAWDOWN: _("放款凭证"),
        Item.CREDIT_REVIEW: _("银行授信调查与审批"),
        Item.USE: _("贷款用途凭证"),
        Item.CHECKS: _("贷后检查记录"),
        Item.ACCOUNT: _("还款明细与欠款清单"),
        Item.DUNNING: _("催收记录"),
        Item.NOTICE: _("逾期通知"),
        Item.PERIOD: _("在保证期间内"),
    },
}

COMPENSATION_SENTENCES: dict[str, str] = {
    "not_issued": _("函件还没有出具、已经解保或不产生担保责任，不能办理代偿。请核对担保编号。"),
    "not_for_bank": _("“{item}”不由您上传：平台自填的项目会自动出现，其他项目请由对应的一方补充。"),
    "compensation_open": _("这笔担保已有代偿申请 {number} 在办理，请等它办结。"),
    "not_yet_due": _("逾期 {days} 天，约定满 {asked} 天才能申请代偿。请到期后再申请。"),
    "period_over": _("保证期间已于 {until} 结束，不能再申请代偿。"),
    "nothing_claimable": _("现在没有可以代偿的金额：本金已还清，或担保人应承担的部分已经付清或作过决定。"),
    "claim_too_much": _("申请金额 {asked} 超过担保人应承担的 {most}。请按未清偿本金乘以责任比例填写。"),
    "file_incomplete": _("材料不齐，还缺：{items}。请先上传；可以容缺的请勾选承诺补齐。"),
    "compensation_gap": _(
        "减额合计 {cut} 不小于申请金额 {claimed}。各项减额之和须小于申请金额；全部不付的，请选“不予代偿”。"
    ),
    "ground_missing": _(
        "减额须逐项写明失职情形、损失、减额和依据；不予代偿须选择一项理由；全额代偿两者都不填。请改正后再提交。"
    ),
    "loss_below_cut": _(
        "一项减额 {asked} 超过它所写的损失 {loss}，或不是正数。减额不能大于银行失职造成的损失，请核对。"
    ),
    "worse_than_before": _("最终决定不能低于原决定的 {before}：银行提出异议不会因此得到更少。请调整金额。"),
    "pay_by_claim": _("代偿申请 {number} 正在办理，代偿款须在该申请中支付，不能另行登记。"),
    "own_receipt": _("这一份额是您本人申请的，到账须由另一位经办或资金管理人登记。"),
}

COMPENSATION_CONSEQUENCES: dict[StrEnum, str] = {
    Act.FILE_ITEM: _("存入后不能更换，担保人和银行都能看到；以后可以再补充新的一份。"),
    Act.LODGE_COMPENSATION: _(
        "申请后支付期限开始计算，经办和评审委主任收到通知；申请内容不能更改，可以撤回后重新申请。"
    ),
    Act.WITHDRAW_COMPENSATION: _("撤回后申请办结，保证期间内可以重新申请。"),
    Act.HALT_COMPENSATION: _("银行收到通知；补齐之前的天数不计入支付期限，理由和天数银行都能看到。"),
    Act.RESUME_COMPENSATION: _("支付期限继续计算，截止日按暂停的天数顺延。"),
    Act.PROPOSE_COMPENSATION: _("提出后由评审委主任决定，您不能自己决定；决定之前银行看不到意见。"),
    Act.RETURN_COMPENSATION: _("退回后由经办重新审核，支付期限不停。"),
    Act.GRANT_COMPENSATION: _("决定书随即出具给银行，等待支付；不能更改。"),
    Act.REDUCE_COMPENSATION: _(
        "决定书随即出具给银行，写明每项失职、损失和减额。首次决定银行可以答复一次；最终决定随即生效。"
    ),
    Act.REFUSE_COMPENSATION: _("决定书随即出具给银行，写明理由和依据。首次决定银行可以答复一次；最终决定随即办结。"),
    Act.ACCEPT_COMPENSATION: _("接受后决定生效，不能再提异议。"),
    Act.OBJECT_COMPENSATION: _("只能提出一次；担保人重新审核后作出最终决定，金额不会低于原决定。"),
    Act.PAY_COMPENSATION: _(
        "登记后由评审委主任在台账中确认；确认后在保余额减少，其他各方的份额随即列出。企业在此期间已还的部分不再支付。"
    ),
    Act.ASK_PART: _("记录申请日期；到账须由另一人凭证明登记。"),
    Act.RECEIVE_PART: _("登记后不能更改。"),
    Act.ASK_LIFT: _("申请后由评审委主任决定；决定之前仍不能向该银行出具新函件。"),
    Act.KEEP_STOP: _("维持后申请人收到理由，可以再次申请。"),
    Act.LIFT_STOP: _("恢复后可以向该银行出具新函件，小额项目仍须上会；再有代偿越线会重新暂停。"),
}

COMPENSATION_FIGURES: dict[str, str] = {
    "compensation_trigger_days": _("可以申请代偿的逾期天数（没有分担协议时）"),
    "compensation_grace_days": _("代偿支付期限（没有分担协议时）"),
    "compensation_answer_days": _("银行答复代偿决定的期限"),
    "compensation_promise_days": _("代偿容缺材料补齐的期限"),
    "breaker_months": _("计算单家银行代偿率的期间"),
    "breaker_near_ppm": _("单家银行代偿率预警的比例"),
    "breaker_committee_ppm": _("单家银行代偿率：一律上会的线"),
    "breaker_stop_ppm": _("单家银行代偿率：暂停新业务的线（没有分担协议时）"),
    "breaker_least_fen": _("适用单家银行代偿率的最低解除担保额"),
}

COMPENSATION_FIELDS: dict[str, str] = {
    "item": _("材料"),
    "dated": _("材料日期"),
    "paper": _("文件"),
    "claimed": _("申请代偿金额"),
    "overdue_interest": _("拖欠利息（仅供核对）"),
    "overdue_days": _("逾期天数"),
    "wanted": _("需要银行补充的内容"),
    "outcome": _("处理意见"),
    "refusal": _("不予代偿的理由"),
    "objection": _("异议"),
    **{
        f"{key}_{number}": said
        for number in range(1, 6)
        for key, said in (
            ("lapse", _("失职情形")),
            ("loss", _("造成的损失")),
            ("cut", _("减额")),
            ("ground", _("依据")),
        )
    },
}
