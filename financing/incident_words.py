"""Words of incidents with personal data (个人信息安全事件), in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.incidents.rules import Clock, IncidentState, Way

INCIDENT_ACTS: dict[StrEnum, str] = {
    Act.RECORD_INCIDENT: _("登记安全事件"),
    Act.EDIT_INCIDENT: _("补充安全事件"),
    Act.DRAW_PARTIES: _("提取涉及名单"),
    Act.LEAVE_OUT_PARTY: _("移出名单"),
    Act.TELL_PARTIES: _("告知安全事件"),
    Act.REPORT_INCIDENT: _("登记已报告主管部门"),
    Act.CLOSE_INCIDENT: _("安全事件结案"),
    Act.REMIND_INCIDENT: _("安全事件到时限"),
}
INCIDENT_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    IncidentState: {
        IncidentState.OPEN: _("处置中"),
        IncidentState.TOLD: _("已告知涉及方"),
        IncidentState.CLOSED: _("安全事件已结案"),
    },
    Way: {
        Way.ACCOUNT: _("某个账号看过或办过的"),
        Way.REACH: _("某个账号能看到的"),
        Way.BANK: _("某家银行收到或打开过的"),
        Way.KIND: _("存有某类信息的"),
    },
    Clock: {Clock.REPORT: _("报告主管部门"), Clock.TELL: _("告知企业和个人")},
}
#: What is typed beside each way.
WAY_HINTS: dict[Way, str] = {
    Way.ACCOUNT: _("填登录名；按日志取期间内该账号看过或办过的企业"),
    Way.REACH: _("填登录名；按现在的可见范围取该账号能看到的企业"),
    Way.BANK: _("填银行名称；按日志和查看记录取期间内收到档案、打开过档案的企业"),
    Way.KIND: _("从清单中选一类；取所有存有这类信息的企业和人员"),
}
INCIDENT_SENTENCES: dict[str, str] = {
    "incident_nobody_known": _("没有“{given}”这个账号、银行或信息类别。请核对登录名或银行全称，或从清单中选择类别。"),
    "incident_nobody_found": _("没有找到需要告知的企业或个人，名单没有改动。请换一种方式提取，或核对期间。"),
    "incident_span": _("请核对时间：开始不晚于发现，发现不晚于现在，结束不早于开始。"),
    "incident_party_told": _("“{name}”已经告知或移出，不能再移出。"),
    "incident_parties_untold": _("名单上还有 {count} 家没有告知，也没有移出，不能结案。请先确认名单并告知。"),
    "incident_report_first": _("还没有登记报告主管部门的情况，不能结案。请打印报告送交后登记收件单位和回执编号。"),
}
INCIDENT_CONSEQUENCES: dict[StrEnum, str] = {
    Act.RECORD_INCIDENT: _("审计和领导随即收到通知；报告和告知的时限从发现时起算。"),
    Act.EDIT_INCIDENT: _("修改随即生效并记入日志；发现时间不能改，告知以后不能再改。"),
    Act.DRAW_PARTIES: _("只是提出名单，还不通知任何人；可以用几种方式分别提取，重复的只列一次。"),
    Act.LEAVE_OUT_PARTY: _("移出后不再通知这一家，理由留在记录中。"),
    Act.TELL_PARTIES: _("名单上没有告知过的，每家随即收到一次通知；通知里没有具体内容，登录后才能看到。告知不能撤回。"),
    Act.REPORT_INCIDENT: _("收件单位、时间和登记人留在记录中；补充报告再登记一次。"),
    Act.CLOSE_INCIDENT: _("结案后不能再改；记录和名单留存备查。"),
}
INCIDENT_FIGURES: dict[str, str] = {
    "incident_report_hours": _("报告主管部门的时限"),
    "incident_tell_hours": _("告知企业和个人的时限"),
}
INCIDENT_FIELDS: dict[str, str] = {
    "incident_title": _("事件名称"),
    "kinds": _("涉及的信息种类"),
    "began_on": _("从哪一天起"),
    "ended_on": _("到哪一天止"),
    "found_on": _("发现日期"),
    "found_time": _("发现时间"),
    "began_at": _("事件期间"),
    "harm": _("可能造成的危害"),
    "measures": _("已采取的补救措施"),
    "can_do": _("企业和个人可以采取的措施"),
    "reach_us": _("联系人和联系方式"),
    "way": _("提取方式"),
    "of": _("登录名或银行全称"),
    "held": _("信息类别"),
    "reported_to": _("收件单位和回执编号"),
    "learned": _("整改和教训"),
}
