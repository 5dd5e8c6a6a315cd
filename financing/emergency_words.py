"""Words of readings in an emergency (紧急查阅), in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.emergencies.rules import EmergencyState, Section

EMERGENCY_ACTS: dict[Act, str] = {
    Act.ASK_EMERGENCY: _("申请紧急查阅"),
    Act.OPEN_EMERGENCY: _("同意紧急查阅"),
    Act.TURN_DOWN_EMERGENCY: _("不同意紧急查阅"),
    Act.WITHDRAW_EMERGENCY: _("撤回紧急查阅申请"),
    Act.END_EMERGENCY: _("结束紧急查阅"),
    Act.LOOK_EMERGENCY: _("紧急查阅资料"),
}

EMERGENCY_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    EmergencyState: {
        EmergencyState.ASKED: _("待审计同意"),
        EmergencyState.OPEN: _("查阅中"),
        EmergencyState.ENDED: _("查阅已结束"),
        EmergencyState.TURNED_DOWN: _("审计未同意"),
        EmergencyState.WITHDRAWN: _("申请已撤回"),
    },
    Section: {
        Section.PROFILE: _("企业资料"),
        Section.PEOPLE: _("企业账号"),
        Section.NEEDS: _("融资需求"),
        Section.CASES: _("担保项目"),
        Section.GUARANTEES: _("保函"),
        Section.LOANS: _("贷款"),
        Section.PAPERS: _("材料目录"),
        Section.FILE: _("材料原件"),
    },
}

EMERGENCY_SENTENCES: dict[str, str] = {
    "emergency_firm_unknown": _("园区没有统一社会信用代码为“{given}”的企业，请对照营业执照核对 18 位代码。"),
    "emergency_stands": _("这家企业已有一次紧急查阅（{number}）在等待或进行中，结束之后才能再申请。"),
    "emergency_over": _("紧急查阅 {number} 没有开始或已经结束，不能再查看。确有需要请重新申请，由审计同意。"),
}

EMERGENCY_CONSEQUENCES: dict[StrEnum, str] = {
    Act.ASK_EMERGENCY: _(
        "审计会看到您的理由；同意之前什么也看不到。同意后企业和审计随即收到通知，您的每次查看都有记录。"
    ),
    Act.OPEN_EMERGENCY: _(
        "同意后申请人在限定时间内可以查看这一家企业的资料，不能改动；企业随即收到通知，日志立即封存。请先核实理由。"
    ),
    Act.TURN_DOWN_EMERGENCY: _("申请人会看到您的理由；企业资料没有打开过。"),
    Act.WITHDRAW_EMERGENCY: _("撤回后这次申请终止，什么也没有打开过。"),
    Act.END_EMERGENCY: _("结束后随即不能再查看，企业和审计收到通知。"),
}

EMERGENCY_FIELDS: dict[str, str] = {"firm_code": _("企业的统一社会信用代码")}

EMERGENCY_FIGURES: dict[str, str] = {"emergency_minutes": _("一次紧急查阅的时间")}
