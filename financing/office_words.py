"""Words of the office's own day: the work list, hand-overs, signs of life, data quality, ratings and calls, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.hygiene.rules import Answer
from financing.office.rules import Cause, Deed, Duty, HandState, Heat, Whose
from financing.quality.rules import Fault, Severity
from financing.ratings.rules import CallReason, CallState, Grade

OFFICE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Answer: {
        Answer.STILL: _("仍然需要"),
        Answer.ACTIVE: _("已有新动静"),
        Answer.OTHERWISE: _("已另行办理"),
        Answer.NO_LONGER: _("不再需要"),
        Answer.NO_SIGN: _("无人答复"),
    },
    Duty: {
        Duty.ACCEPT: _("受理"),
        Duty.SCORE: _("评分"),
        Duty.OPEN_CASE: _("立担保项目"),
        Duty.TABLE: _("重新上会"),
        Duty.DECIDE_SMALL: _("决定授权审批"),
        Duty.SURVEY: _("复核尽调"),
        Duty.CHECK_PROOF: _("核验条件证明"),
        Duty.MATCH: _("提出对接"),
        Duty.ITEM_LATE: _("催办补充事项"),
        Duty.CONFIRM_REVERSAL: _("确认撤回填报"),
        Duty.CONTEST: _("作出复议决定"),
        Duty.CONFIRM_FIRM: _("确认企业"),
        Duty.LOOK_AT_FLAG: _("核对存疑提示"),
        Duty.RELEASE: _("办理解保"),
        Duty.FIGURES: _("复核月报数据"),
        Duty.TAKE_CASES: _("答复移交"),
        Duty.IDLE: _("定下一步"),
        Duty.PLANNED: _("办理下一步"),
        Duty.VERIFY_RATING: _("核实差评"),
        Duty.RECTIFY: _("登记整改"),
        Duty.CALL_BACK: _("回访"),
    },
    Heat: {
        Heat.RED: _("紧急"),
        Heat.AMBER: _("临近"),
        Heat.GREEN: _("充裕"),
        Heat.GREY: _("无期限"),
    },
    Whose: {
        Whose.ALL: _("全部"),
        Whose.SECTION: _("本科室"),
        Whose.MINE: _("我的"),
        Whose.NOBODYS: _("无人经办"),
        Whose.OTHERS: _("同事的"),
    },
    HandState: {
        HandState.OFFERED: _("待接收"),
        HandState.TAKEN: _("已接收"),
        HandState.REFUSED: _("未接收"),
        HandState.DROPPED: _("已收回"),
    },
    Cause: {
        Cause.LEAVE: _("休假"),
        Cause.POST: _("调岗"),
        Cause.LOAD: _("平衡工作量"),
        Cause.CONFLICT: _("利益回避"),
    },
    Deed: {
        Deed.ACCEPT: _("受理"),
        Deed.REMIND: _("提醒企业"),
        Deed.HAND_OVER: _("移交"),
    },
    Severity: {
        Severity.ERROR: _("须改正"),
        Severity.WARNING: _("请核对"),
    },
    Fault: {
        Fault.CODE: _("信用代码校验位不符"),
        Fault.ORGAN_CODE: _("主体标识码校验位不符"),
        Fault.REGION: _("登记机关行政区划码不可能"),
        Fault.INDUSTRY: _("行业代码不在分类中"),
        Fault.FOUNDED_AHEAD: _("成立日期在今天之后"),
        Fault.FOUNDED_EARLY: _("成立日期过早"),
        Fault.REGISTERED_EARLY: _("登记早于成立"),
        Fault.NEGATIVE: _("数值为负"),
        Fault.UNIT_REVENUE: _("营业收入单位存疑"),
        Fault.UNIT_ASSETS: _("资产与收入相差悬殊"),
        Fault.SIZE: _("规模尚未认定"),
        Fault.PHONE: _("电话号码存疑"),
        Fault.SAME_NAME: _("企业名称近似"),
        Fault.SAME_PEOPLE: _("法定代表人和电话相同"),
        Fault.NO_REVENUE: _("缺营业收入"),
        Fault.NO_STAFF: _("缺从业人数"),
        Fault.LATEST_EARLY: _("用款日期早于提交"),
        Fault.LATEST_PAST: _("用款日期已过"),
        Fault.AMOUNT_UNIT: _("需求金额单位存疑"),
        Fault.BEFORE_FOUNDING: _("提交早于企业成立"),
    },
    Grade: {
        Grade.FIVE: _("非常满意"),
        Grade.FOUR: _("满意"),
        Grade.THREE: _("基本满意"),
        Grade.TWO: _("不满意"),
        Grade.ONE: _("非常不满意"),
    },
    CallReason: {
        CallReason.DRAWN: _("随机抽取"),
        CallReason.BAD: _("差评"),
    },
    CallState: {
        CallState.VERIFY: _("待核实"),
        CallState.RECTIFY: _("整改中"),
        CallState.CALL: _("待回访"),
        CallState.CALLED: _("已回访"),
    },
}

#: What each rule found, with its figures, and what to do.
FAULT_SAYS: dict[Fault, str] = {
    Fault.CODE: _("统一社会信用代码 {code} 的校验位不符，请对照营业执照改正。"),
    Fault.ORGAN_CODE: _("第 9–17 位 {part} 不合 GB 11714 的校验位；少数老代码如此，请对照营业执照核对后改正或认可。"),
    Fault.REGION: _("第 3–8 位 {given} 不是行政区划代码，请对照营业执照核对。"),
    Fault.INDUSTRY: _("国民经济行业分类（GB/T 4754-2017）中没有“{given}”，请重新选择。"),
    Fault.FOUNDED_AHEAD: _("成立日期 {day} 在今天之后，请对照营业执照改正。"),
    Fault.FOUNDED_EARLY: _("成立日期 {day} 早于 1949 年，请对照营业执照核对。"),
    Fault.REGISTERED_EARLY: _("在本平台登记的日期 {registered} 早于成立日期 {day}，请改正成立日期。"),
    Fault.NEGATIVE: _("从业人数、营业收入或资产总额中有负数，请对照报表改正。"),
    Fault.UNIT_REVENUE: _("营业收入 {revenue} 万元、从业人员 {people} 人，人均相差悬殊，可能把元和万元写错，请核对。"),
    Fault.UNIT_ASSETS: _("营业收入 {revenue} 万元与资产总额 {assets} 万元相差千倍以上，请核对单位。"),
    Fault.SIZE: _("现有资料不能认定企业规模，影响适用的政策，请补充从业人数、营业收入和资产总额。"),
    Fault.PHONE: _("“{given}”不像可以拨通的号码，请向企业核对。"),
    Fault.SAME_NAME: _("与 {others} 的名称读起来相同，请核对是否同一企业重复登记。"),
    Fault.SAME_PEOPLE: _("与 {others} 的法定代表人和电话相同，请核对是否重复登记，或登记关联关系。"),
    Fault.NO_REVENUE: _("有在办需求而没有上年营业收入，请企业补充。"),
    Fault.NO_STAFF: _("有在办需求而没有从业人数，请企业补充。"),
    Fault.LATEST_EARLY: _("最迟用款日期 {latest} 早于提交日期 {submitted}，请与企业核对。"),
    Fault.LATEST_PAST: _("最迟用款日期 {latest} 已过而需求尚未办结，请与企业核对是否仍需要。"),
    Fault.AMOUNT_UNIT: _("需求金额 {amount} 万元、上年营业收入 {revenue} 万元，可能把元和万元写错，请与企业核对。"),
    Fault.BEFORE_FOUNDING: _("需求提交于 {submitted}，早于企业成立日期 {founded}，请改正成立日期。"),
}

OFFICE_FIELDS: dict[str, str] = {
    "view_name": _("视图名称"),
    "shared": _("与同事共享"),
    "to_officer": _("接收人"),
    "cause": _("移交原因"),
    "hand_note": _("移交说明"),
    "deputy_for": _("被代理人"),
    "deputy_who": _("代理人"),
    "absent_since": _("起始日"),
    "absent_until": _("结束日"),
    "step_what": _("下一步做什么"),
    "step_due": _("完成日期"),
    "need_number": _("需求编号"),
    "firm_name": _("企业"),
    "need_state": _("状态"),
    "amount_wan": _("金额（万元）"),
    "due_day": _("期限"),
    "officer_in_charge": _("经办"),
    "overall": _("总体评价"),
    "efficiency": _("办理效率"),
    "guidance": _("办事指南准确"),
    "convenience": _("办理便捷"),
    "usability": _("平台易用"),
    "rating_says": _("意见和建议"),
    "accept_reason": _("认可的理由"),
    "complaint_true": _("反映的情况属实"),
    "complaint_found": _("核实情况"),
    "rectified": _("整改措施和结果"),
    "heard": _("回访听到的意见"),
    "take_answer": _("不接收的原因"),
}

OFFICE_CONSEQUENCES: dict[StrEnum, str] = {
    Act.CONFIRM_LIFE: _("需求继续办理，经办会看到您的答复。"),
    Act.CLOSE_NEED: _("这笔需求随即终止，已授权的银行不再能查看；不能恢复，以后可以重新提交。"),
    Act.PLAN_STEP: _("写明下一步和日期，到期会回到待办；以前定的留存记录。"),
    Act.HANDLE_MANY: _("逐笔按与单笔办理相同的规则执行，办不了的逐笔说明原因，其他的照办。"),
    Act.OFFER_CASES: _("接收人确认后才变更经办人；与企业有申报利益关系的不能接收。企业会收到新经办人的姓名。"),
    Act.TAKE_CASES: _("接收后由您负责办理，企业马上收到您的姓名；您与之有利益关系的留在原经办人名下。"),
    Act.REFUSE_CASES: _("移交终止，原经办人会看到您写的原因。"),
    Act.UNOFFER_CASES: _("移交终止，经办人不变。"),
    Act.ASSIGN_CASES: _("经办人立即变更，企业和双方马上收到通知；与企业有利益关系的不变更。"),
    Act.SET_DEPUTY: _("这段日期内，被代理人名下的事项同时列在代理人的待办中；经办人不变。"),
    Act.END_DEPUTY: _("代理立即结束。"),
    Act.ACCEPT_FINDING: _("认可后不再提示，理由和您的姓名留存；数值再变化时重新提示。"),
    Act.RATE: _(
        "每笔需求只评价一次，自愿填写，提交后不能修改；经办人看不到是谁评价、评价了什么，只看到五家以上的合计。"
    ),
    Act.VERIFY_RATING: _("核实后进入整改；自评价之日起 15 个工作日内办结，再回访企业。"),
    Act.RECTIFY: _("登记后进入回访。"),
    Act.CALL_BACK: _("登记后不能更改，计入回访结果。"),
    Act.MISS_CALL: _("记一次未接通，仍需再次回访。"),
}

OFFICE_SENTENCES: dict[str, str] = {
    "nothing_to_move": _("没有可以移交的在办需求。请勾选您名下或无人经办的需求后再试。"),
    "not_yours": _("{number} 由其他同事经办，请由经办人本人移交。"),
    "no_receiver": _("接收人须是在用的其他经办账号，请另选一位。"),
    "receiver_tied": _("{who} 申报过与 {number} 的企业有利益关系，不能接收。请另选一位同事。"),
    "deputy_taken": _("这位同事在这段日期内已有代理人，请先结束原来的代理或改选日期。"),
    "view_named": _("您在这个列表已有名为“{given}”的视图，请换一个名称，或先删除原来的。"),
    "nothing_ticked": _("没有勾选任何一行。请先勾选要办理的行，再选择办理事项。"),
    "reminded_today": _("今天已经提醒过这家企业，请明天再提醒。"),
    "not_the_firms_turn": _("这笔需求现在不等企业办理什么，不用提醒。"),
    "not_handled": _("这笔需求还在办理，办结后再评价。"),
    "rated_already": _("这笔需求已经评价过；每笔只评价一次。"),
    "not_asked": _("这笔需求现在没有待答复的询问，请刷新页面查看最新进度。"),
    "finding_over": _("这一项已经改正或认可，请刷新页面查看。"),
}
