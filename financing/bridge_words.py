"""Words of the bridge fund (应急专项资金), in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.bridge.rules import BanState, Borrower, Breach, Cause, LoanUse, MoveState, Pot, UseState

BRIDGE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Borrower: {
        Borrower.FIRM: _("企业"),
        Borrower.REPRESENTATIVE: _("法定代表人（为企业经营所借）"),
        Borrower.SOLE_TRADER: _("个体工商户"),
    },
    LoanUse: {
        LoanUse.WORKING_CAPITAL: _("流动资金贷款"),
        LoanUse.PROJECT: _("项目贷款"),
        LoanUse.OFF_BALANCE: _("表外业务（委托贷款、信托贷款、未贴现承兑）"),
    },
    UseState: {
        UseState.APPLIED: _("待银行承诺"),
        UseState.PROMISED: _("待会签"),
        UseState.APPROVED: _("待放款"),
        UseState.OUT: _("使用中"),
        UseState.RETURNED: _("待缴费"),
        UseState.CLOSED: _("已结清"),
        UseState.LOST: _("已核损"),
        UseState.REFUSED: _("不予转贷"),
        UseState.WITHDRAWN: _("已撤回"),
    },
    Pot: {
        Pot.OWNER: _("出资方"),
        Pot.FIRM: _("企业"),
        Pot.FREE: _("可用"),
        Pot.RESERVED: _("已批待放"),
        Pot.IN_USE: _("使用中"),
        Pot.LOST: _("损失"),
        Pot.FEES: _("资金使用费"),
    },
    Cause: {
        Cause.PAID_IN: _("资金拨入"),
        Cause.WITHDRAWN: _("资金收回"),
        Cause.RESERVED: _("批准后预留"),
        Cause.FREED: _("预留释放"),
        Cause.RELEASED: _("转贷放款"),
        Cause.RETURNED: _("转贷归还"),
        Cause.LOST: _("核销损失"),
        Cause.RECOVERED: _("损失追回"),
        Cause.FEE: _("收取使用费"),
        Cause.FEE_OUT: _("使用费上缴"),
    },
    MoveState: {
        MoveState.PROPOSED: _("待确认"),
        MoveState.CONFIRMED: _("已入账"),
        MoveState.TURNED_DOWN: _("未入账"),
    },
    Breach: {
        Breach.NOT_RENEWED: _("未按期续贷归还"),
        Breach.LESS: _("续贷金额低于承诺"),
        Breach.DEARER: _("续贷利率高于承诺"),
        Breach.LATER: _("续贷晚于承诺日期"),
    },
    BanState: {
        BanState.SUSPENDED: _("暂停合作"),
        BanState.LIFT_ASKED: _("已申请恢复"),
        BanState.LIFTED: _("已恢复"),
    },
}

#: What acts of the fund are called.
BRIDGE_ACTS: dict[StrEnum, str] = {
    Act.OPEN_BRIDGE_POOL: _("设立资金池"),
    Act.PROPOSE_MOVE: _("提出资金进出"),
    Act.CONFIRM_MOVE: _("确认到账"),
    Act.TURN_DOWN_MOVE: _("不予入账"),
    Act.APPLY_BRIDGE: _("申请应急转贷"),
    Act.PROVE_BRIDGE: _("提交转贷凭证"),
    Act.WITHDRAW_BRIDGE: _("撤回转贷申请"),
    Act.REFUSE_BRIDGE: _("不予转贷"),
    Act.ASK_RENEWAL: _("请银行办理无还本续贷"),
    Act.PROMISE_RENEWAL: _("出具续贷承诺函"),
    Act.TAKE_BACK_PROMISE: _("撤回续贷承诺"),
    Act.DEPOSIT_OWN_PART: _("登记自有资金到账"),
    Act.SIGN_BRIDGE: _("会签"),
    Act.APPROVE_BRIDGE: _("批准转贷"),
    Act.RELEASE_BRIDGE: _("转贷放款"),
    Act.REPORT_RENEWAL: _("报告续贷发放"),
    Act.REPORT_RETURN: _("报告转贷资金归还"),
    Act.RETURN_PART: _("部分归还"),
    Act.RETURN_BRIDGE: _("全部归还"),
    Act.REPORT_FEE: _("登记使用费到账"),
    Act.SETTLE_BRIDGE: _("转贷结清"),
    Act.PROPOSE_LOSS: _("提出核销损失"),
    Act.LOSE_BRIDGE: _("转贷核损"),
    Act.PROPOSE_RECOVERY: _("登记损失追回"),
    Act.RECOVER_BRIDGE: _("损失追回入账"),
    Act.ALERT_BRIDGE: _("转贷逾期提醒"),
    Act.BREACH_RENEWAL: _("续贷承诺未兑现"),
    Act.SUSPEND_BANK: _("暂停银行使用应急资金"),
    Act.ASK_BRIDGE_LIFT: _("申请恢复合作"),
    Act.LIFT_SUSPENSION: _("恢复合作"),
    Act.KEEP_SUSPENSION: _("继续暂停合作"),
    Act.PRINT_BRIDGE: _("导出应急资金月报"),
}

BRIDGE_SENTENCES: dict[str, str] = {
    "pool_short": _("“{pool}”这一项现有 {free}，不够 {asked}。请减少金额，或等资金归还后再办。"),
    "pool_missing": _("没有一个资金池的可用余额达到 {asked}。请等其他转贷资金归还，或由出资方拨入后再批准。"),
    "not_promised": _("{number} 没有有效的续贷承诺函，不能放款。请先由贷款银行出具承诺函。"),
    "pool_known": _("资金池“{name}”已经设立，请换一个名称。"),
    "use_open": _("企业还有一笔转贷 {number} 没有结束。每家企业同时只能使用一笔，请先结清或撤回。"),
    "uses_spent": _("企业今年已使用 {most} 次，达到每年的上限。请与贷款银行商量无还本续贷或展期。"),
    "not_bridged": _("应急资金只用于流动资金贷款，不能用于“{kind}”。请与贷款银行商量其他办法。"),
    "reason_owed": _("距还款日只剩 {left} 个工作日，少于 {least} 个。请写明为什么没有更早申请。"),
    "above_kind": _("“{kind}”一次最多使用 {most}。请降低申请金额，其余由企业自筹。"),
    "above_owed": _("申请金额须大于 0，且不超过要归还的本金 {most}。请核对金额。"),
    "bank_banned": _("{bank} 自 {since} 起暂停使用应急资金，因为没有兑现续贷承诺。恢复合作以前不能申请、承诺或放款。"),
    "not_collected": _("企业自有资金还差 {owed} 没有存入受控账户。存足并登记之后才能放款。"),
    "signed_already": _("{number} 不需要您会签：这个位置已有人签过，或您已在另一个位置签过。"),
    "move_open": _("{number} 已有一笔同类的登记，请等它确认，或不予入账之后再登记。"),
    "other_fee": _("使用费按实际天数计算，正好是 {fee}，不能是其他金额。请核对后重新登记。"),
    "paid_out": _("{number} 已按这份承诺放款，承诺不能再撤回。"),
    "promise_stands": _("{number} 已有一份有效的续贷承诺。请先撤回，再出具新的。"),
}

BRIDGE_CONSEQUENCES: dict[StrEnum, str] = {
    Act.OPEN_BRIDGE_POOL: _("设立后余额为零，名称和账户不能更改；资金拨入须两人办理。"),
    Act.PROPOSE_MOVE: _("由另一位有权的人核对回单后确认，确认以前账上不变。"),
    Act.CONFIRM_MOVE: _("确认后立即入账，账簿只能增加、不能更改。请先在托管账户核对到账。"),
    Act.TURN_DOWN_MOVE: _("这笔登记到此为止，账上不变；登记人会看到您的理由。"),
    Act.APPLY_BRIDGE: _(
        "申请随即送达贷款银行和应急资金管理人；银行出具续贷承诺函以后才会审批。放款以前可以撤回，不收任何费用。"
    ),
    Act.WITHDRAW_BRIDGE: _("撤回后本次办理终止，预留的资金释放，银行的承诺同时失效；自有资金仍由企业支配。"),
    Act.REFUSE_BRIDGE: _("本次办结，企业和银行都会看到您的理由；企业可以重新申请。"),
    Act.ASK_RENEWAL: _("贷款银行会收到您的请求并与您联系；不影响您以后申请应急转贷。"),
    Act.PROMISE_RENEWAL: _(
        "承诺函随即封存、编号并送达企业和管理人；放款以前可以撤回，放款以后不能。到期没有按承诺续贷，贵行将被暂停使用应急资金并立案核查。"
    ),
    Act.TAKE_BACK_PROMISE: _("承诺函失效，已有的会签作废，预留的资金释放；企业会收到通知，须由贵行重新承诺才能继续。"),
    Act.DEPOSIT_OWN_PART: _("登记后才能放款。这笔钱仍属于企业，只用于归还原贷款。"),
    Act.SIGN_BRIDGE: _("您的姓名与时间留在记录中，不能撤回。签齐后资金即为这笔转贷预留。"),
    Act.RELEASE_BRIDGE: _("资金只能付入承诺函写明的受控账户。放款当日起按天计费，企业和银行会收到通知。"),
    Act.REPORT_RENEWAL: _("报告后不能更改。金额、利率或日期不符合承诺的，随即立案核查并暂停贵行使用应急资金。"),
    Act.REPORT_RETURN: _("由应急资金管理人或经办核对到账后确认，确认以前仍按未归还计费。"),
    Act.REPORT_FEE: _("由另一位有权的人核对后确认；确认后这笔转贷结清。"),
    Act.PROPOSE_LOSS: _("由另一位有权的人确认；确认后尚未归还的全部金额列为损失，以后追回的仍可入账。"),
    Act.PROPOSE_RECOVERY: _("由另一位有权的人核对后确认；确认后列回可用余额。"),
    Act.ASK_BRIDGE_LIFT: _("由另一位有权的人决定；决定以前银行仍不能使用应急资金。"),
    Act.LIFT_SUSPENSION: _("该行随即可以重新承诺和使用应急资金，记录保留。"),
    Act.KEEP_SUSPENSION: _("该行继续暂停，以后可以再次申请恢复。"),
}

#: What each field of the fund's forms is called.
BRIDGE_FIELDS: dict[str, str] = {
    "pool_name": _("资金池名称"),
    "custodian": _("托管银行"),
    "custody_account": _("托管账号"),
    "repay_account": _("受控还款账户"),
    "account_name": _("账户名称"),
    "contract": _("原贷款合同号"),
    "loan_use": _("原贷款种类"),
    "borrower": _("借款人"),
    "borrower_name": _("借款人名称"),
    "owed": _("要归还的本金"),
    "matures": _("还款日"),
    "asked": _("申请使用金额"),
    "late_reason": _("为什么没有更早申请"),
    "planned_on": _("计划续贷日"),
    "promised": _("承诺续贷金额"),
    "own_part": _("自有资金"),
    "movement": _("资金事项"),
    "lender": _("贷款银行"),
    "loan": _("平台上的贷款"),
    "new_rate": _("续贷年利率"),
    "renewed": _("实际续贷金额"),
    "new_months": _("续贷期限"),
    "bridge_proof": _("凭证"),
}

BRIDGE_FIGURES: dict[str, str] = {
    "bridge_renewal_ppm": _("应急资金占承诺续贷金额的上限"),
    "bridge_firm_cap_fen": _("企业一次使用应急资金的上限"),
    "bridge_representative_cap_fen": _("法定代表人一次使用应急资金的上限"),
    "bridge_trader_cap_fen": _("个体工商户一次使用应急资金的上限"),
    "bridge_fee_first_days": _("应急资金低费率的天数"),
    "bridge_fee_first_ppm": _("应急资金低费率（每天）"),
    "bridge_fee_later_ppm": _("应急资金超过天数的费率（每天）"),
    "bridge_counts_out": _("应急资金放款当日计费"),
    "bridge_counts_return": _("应急资金归还当日计费"),
    "bridge_most_days": _("应急资金一次使用的最长天数"),
    "bridge_uses_per_year": _("每家企业每年使用应急资金的次数"),
    "bridge_ahead_days": _("应急转贷到期前申请的时限"),
    "bridge_promise_days": _("银行答复续贷承诺的时限"),
    "bridge_two_amount_fen": _("应急转贷两人会签的上限"),
    "bridge_alert_first_days": _("应急转贷逾期首次提醒"),
    "bridge_alert_second_days": _("应急转贷逾期再次提醒"),
    "bridge_recall_days": _("应急转贷逾期追收并暂停银行"),
    "bridge_alarm_days": _("应急转贷逾期报警"),
}
