"""Words of dispatch meetings (调度), in Chinese; those of bulletins and subscriptions stand in bulletin_words.py."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.bulletin_words import (
    BULLETIN_ACTS,
    BULLETIN_CONSEQUENCES,
    BULLETIN_FIELDS,
    BULLETIN_FIGURES,
    BULLETIN_SENTENCES,
    BULLETIN_WORDS,
)
from financing.cadence.rules import Ask, DispatchState, Matter

CADENCE_ACTS: dict[StrEnum, str] = {
    **BULLETIN_ACTS,
    Act.CONVENE_DISPATCH: _("召集调度会"),
    Act.DECIDE_ITEM: _("记录决定"),
    Act.MINUTE_DISPATCH: _("提交纪要"),
    Act.CLOSE_DISPATCH: _("确认纪要"),
    Act.RETURN_DISPATCH: _("退回纪要"),
    Act.JOIN_DISPATCH: _("并会"),
}

CADENCE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **BULLETIN_WORDS,
    DispatchState: {
        DispatchState.CONVENED: _("待开"),
        DispatchState.MINUTED: _("纪要待确认"),
        DispatchState.CLOSED: _("已开完"),
        DispatchState.JOINED: _("已并会"),
    },
    Matter: {
        Matter.STEP: _("需求办理"),
        Matter.REQUEST: _("企业诉求"),
        Matter.TASK: _("任务"),
        Matter.COMMITMENT: _("对接会意向"),
        Matter.CHECK: _("保后检查"),
        Matter.WARNING: _("风险预警"),
        Matter.CLAIM: _("代偿"),
        Matter.RECOVERY: _("追偿"),
        Matter.CONTEST: _("复议"),
        Matter.CALL: _("回访与整改"),
        Matter.BRIDGE: _("转贷资金"),
    },
    Ask: {
        Ask.FINISH: _("由谁、在哪一天办结？"),
        Ask.ANSWER: _("由哪个部门牵头，哪一天答复企业？"),
        Ask.NEW_DAY: _("为什么没有完成，重新定在哪一天？"),
        Ask.BANK: _("银行何时签约放款，或不再办理？"),
        Ask.LOOK: _("由谁、在哪一天到企业查看？"),
        Ask.PAY: _("资金从哪里来，哪一天付款？"),
        Ask.RECOVER: _("下一步怎样收回，由谁负责？"),
        Ask.OWNER: _("没有人负责：由谁负责，哪一天办结？"),
        Ask.LEADER: _("多次上会仍未办结：由哪位领导包办到底？"),
    },
}

CADENCE_SENTENCES: dict[str, str] = {
    **BULLETIN_SENTENCES,
    "dispatch_item": _("没有这一项，或要并入的会议已经开完。请刷新页面后重新选择。"),
    "dispatch_decided": _("这次会议已经作出决定或已有会议并入，不能再并入别的会议。请分别写纪要。"),
}

CADENCE_CONSEQUENCES: dict[StrEnum, str] = {
    **BULLETIN_CONSEQUENCES,
    Act.DECIDE_ITEM: _("随即成为责任人的任务，责任人收到通知；决定写下后不能修改，下次会议先看完成情况。"),
    Act.MINUTE_DISPATCH: _("提交后由另一位经办或领导确认；确认前可以退回，期间不能再记录决定。"),
    Act.CLOSE_DISPATCH: _("确认后会议开完，出具有编号和核验码的纪要，决定和纪要都不能再修改。"),
    Act.RETURN_DISPATCH: _("退回后写纪要的人收到通知和原因，会议回到待开，可以继续记录决定。"),
    Act.JOIN_DISPATCH: _("两次会议一起开，决定和纪要记在并入的会议上；这次会议的材料照原样保留，不能撤销。"),
}

#: What each figure of theirs is called.
CADENCE_FIGURES: dict[str, str] = {
    **BULLETIN_FIGURES,
    "dispatch_month_days": _("月度调度会比当月最后一个工作日提前"),
    "dispatch_quarter_days": _("季度推进会比当季最后一个工作日提前"),
    "dispatch_half_days": _("半年小结会比最后一个工作日提前"),
    "dispatch_year_days": _("年终总账会比最后一个工作日提前"),
    "dispatch_most_items": _("一次调度会最多列出的事项"),
    "dispatch_close_days": _("调度会开会到写出纪要的期限"),
}
CADENCE_FIELDS: dict[str, str] = {
    **BULLETIN_FIELDS,
    "dispatch_item": _("事项"),
    "dispatch_minutes": _("会议纪要"),
    "into": _("并入的会议"),
}
