"""The words of a session's day and of what follows from it, its refusals and the consequences said beside its buttons."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.commitments.rules import Stage, Standing
from financing.forums.day_rules import Deed, Point, Reply, Said, Ticking
from financing.offers.rules import ReversalState

SESSION_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Reply: {
        Reply.WAITING: _("未回执"),
        Reply.COMING: _("参加"),
        Reply.NOT_COMING: _("不参加"),
    },
    Ticking: {
        Ticking.READY: _("未开始计时"),
        Ticking.RUNNING: _("计时中"),
        Ticking.STOPPED: _("已暂停"),
    },
    Said: {
        Said.INTENDS: _("拟支持"),
        Said.WANTS_PAPERS: _("需补充材料"),
        Said.NOT: _("暂不支持"),
    },
    Deed: {
        Deed.CLAIMED: _("已认领"),
        Deed.OFFERED: _("已递交密封报价"),
    },
    Point: {
        Point.ARRIVAL: _("签到、开场与说明"),
        Point.TALKS: _("一对一洽谈"),
        Point.GATHERING: _("收回答复单，公布意向"),
    },
    Stage: {
        Stage.PENDING: _("仍在办理"),
        Stage.CONTRACT: _("已签合同"),
        Stage.PAID: _("已放款"),
        Stage.DROPPED: _("未能办成"),
    },
    Standing: {
        Standing.INTENDED: _("意向"),
        Standing.CONTRACTED: _("合同"),
        Standing.PAYING: _("部分放款"),
        Standing.KEPT: _("足额放款"),
        Standing.DROPPED: _("未能办成"),
    },
    ReversalState: {
        ReversalState.ASKED: _("撤回待确认"),
        ReversalState.CONFIRMED: _("已撤回"),
    },
}

SESSION_SENTENCES: dict[str, str] = {
    "not_invited": _("没有这个来宾码，或它属于另一场对接会。请核对四位一组的十二位码，或在来宾名单里查找。"),
    "who_decides": _("参加的请填写姓名；银行请派有决定权的人，并填写其可决定的金额。"),
    "says_why": _("不参加的请写明原因，便于安排替补。"),
    "last_round": _("一共 {rounds} 轮，已经是最后一轮。全部谈完后请结束对接会。"),
    "not_at_table": _("本场没有这个答复码。请按答复单上的号码录入，例如 26-0003-02。"),
    "intent_sum": _("拟支持的请填写金额；需补充材料或暂不支持的不填金额。"),
    "bank_said_itself": _("银行已经自己记录了不同的答复，以银行的为准；如有出入请银行在结束前更改。"),
    "too_many_watch": _("同时观看的屏幕太多。页面会自动重试，也可以稍后刷新。"),
    "nothing_intended": _("这一项不能再这样填报：先有意向，再签合同，再放款；已办结的不再更改。目前为“{standing}”。"),
    "dropped_why": _("未能办成的请在说明里写明原因。"),
    "outcome_day": _("日期应在 {first} 至 {last} 之间。"),
    "least_talks": _("每家企业至少的场数不能超过轮数（{rounds} 轮）。"),
    "paid_at_loan": _("企业已选定贵行报价的，放款在“放款”页逐笔报告一次，台账自动记入，不在这里重复填报。"),
    "taken_back": _("这一项已经申请过撤回。"),
    "money_first": _("这份合同之下还有计入的放款填报，请先撤回放款。"),
    "outcome_sum": _("请填写大于零的金额；放款合计不超过合同金额，还可填报 {most}。"),
}

SESSION_CONSEQUENCES: dict[StrEnum, str] = {
    Act.SEAT_SESSION: _("按现在的授权重新排出全部场次，替换原来的场次表；公布议程之前不通知任何人。"),
    Act.INVITE_GUESTS: _("议程随即公布；尚未受邀的参会银行和已排场次的企业收到邀请和来宾码。重复操作不会重复邀请。"),
    Act.ANSWER_INVITE: _("经开区据此安排桌次和场次；对接会结束前可以更改，以最后一次为准。"),
    Act.CHECK_IN: _("记录到场时间；重复扫码不会重复记录。"),
    Act.START_CLOCK: _("所有屏幕同时开始倒计时。"),
    Act.STOP_CLOCK: _("所有屏幕的倒计时停住，剩余时间保留。"),
    Act.NEXT_ROUND: _("所有屏幕随即转到下一轮并重新倒计时，不能退回上一轮。"),
    Act.RECORD_INTENT: _("大屏幕随即显示本桌的答复，不显示金额；对接会结束前可以更改，结束后按 7、30、90 日跟踪。"),
    Act.TYPE_ANSWER: _("按答复单原样录入，记录录入人和签字人；银行自己记录过的不会被替换。"),
    Act.REPORT_OUTCOME: _("填报后不能更改，计入本行的履约率；没有填报的放款不计入统计。填错的可以写明原因申请撤回。"),
    Act.ASK_REVERSAL: _("经开区经办确认后不再计入，原填报和撤回原因都留存；确认之前仍然计入。每项只能申请一次。"),
    Act.CONFIRM_REVERSAL: _(
        "随即不再计入台账、放款合计和履约率，原填报留存；银行收到通知，撤回放款的企业也收到通知。不能撤销。"
    ),
}
