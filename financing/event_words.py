"""Words of trainings, visits to firms and what may be charged (培训、宁静日、收费清单)."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.events.rules import Audience, EventKind, EventState, PlaceState

EVENT_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    EventKind: {
        EventKind.OWNERS: _("企业家培训"),
        EventKind.SAFETY: _("安全生产培训"),
        EventKind.ENVIRONMENT: _("环保培训"),
        EventKind.POLICY: _("政策宣讲"),
        EventKind.FINANCE: _("融资辅导"),
        EventKind.SKILLS: _("技能培训"),
        EventKind.SALON: _("企业沙龙"),
    },
    Audience: {
        Audience.ALL: _("全区企业"),
        Audience.SMALL: _("小微企业"),
        Audience.INDUSTRY: _("指定行业"),
    },
    EventState: {
        EventState.OPEN: _("未结束"),
        EventState.HELD: _("已举办"),
        EventState.CANCELLED: _("已取消"),
    },
    PlaceState: {
        PlaceState.PLACED: _("报名成功"),
        PlaceState.WAITING: _("候补"),
        PlaceState.LEFT: _("已退出"),
        PlaceState.CAME: _("已到场"),
        PlaceState.MISSED: _("未到场"),
        PlaceState.LAPSED: _("未参加"),
    },
}
EVENT_ACTS: dict[StrEnum, str] = {
    Act.PLAN_EVENT: _("发布活动"),
    Act.MOVE_EVENT: _("变更活动"),
    Act.CANCEL_EVENT: _("取消活动"),
    Act.SIGN_UP: _("报名"),
    Act.LEAVE_EVENT: _("退出报名"),
    Act.MOVE_UP: _("候补转为报名成功"),
    Act.TICK_CAME: _("已到"),
    Act.TICK_MISSED: _("未到"),
    Act.HOLD_EVENT: _("活动办结"),
    Act.RATE_EVENT: _("评价活动"),
}
EVENT_SENTENCES: dict[str, str] = {
    "signing_over": _("这项活动的报名已经截止（截止日 {until}）。请看其他活动，或与经开区联系。"),
    "not_invited": _("这项活动只面向“{audience}”，贵企业不在范围内。请看其他活动。"),
    "signed_up": _("贵企业已经报名。要换人，请先退出，再重新报名。"),
    "too_many_people": _("每家企业可报 1 至 {most} 人，每行写一个姓名，不要重复。"),
    "event_begun": _("活动已于 {starts} 开始，不能再退出。不能到场的，请直接与经开区联系。"),
    "not_begun": _("活动 {starts} 开始，还没有到，不能签到或办结。"),
    "event_rated": _("贵企业已经评价过这项活动，评价只能提交一次。"),
}
EVENT_CONSEQUENCES: dict[StrEnum, str] = {
    Act.PLAN_EVENT: _(
        "发布后在网站公开，企业可以报名。名额、参加范围和每家人数不能再改；时间和地点可以变更，已报名的企业会收到通知。"
    ),
    Act.MOVE_EVENT: _("已报名和候补的企业都会收到通知，可以退出。"),
    Act.CANCEL_EVENT: _("已报名和候补的企业都会收到通知；取消后不能恢复。"),
    Act.SIGN_UP: _(
        "有名额的立即报名成功；名额不够的按先后候补，有人退出时自动转为成功并通知贵企业。姓名和电话只有本企业和经开区看到。"
    ),
    Act.LEAVE_EVENT: _("名额随即让给候补的企业。截止日以前可以重新报名，但排在最后。"),
    Act.HOLD_EVENT: _("没有勾选“已到”的记为未到场，仍在候补的结束候补；到场的企业可以评价。办结后名单不能再改。"),
    Act.RATE_EVENT: _("评价只能提交一次，不能更改；主办人看到的是汇总和意见，不看到企业名称。"),
}
#: What each figure of theirs is called.
EVENT_FIGURES: dict[str, str] = {}
EVENT_FIELDS: dict[str, str] = {
    "event_kind": _("活动类别"),
    "host": _("主办单位"),
    "starts_at": _("开始时间"),
    "ends_at": _("结束时间"),
    "places": _("名额"),
    "most_people": _("每家企业最多"),
    "sign_until": _("报名截止日"),
    "audience": _("参加范围"),
    "branch": _("行业代码开头"),
    "participants": _("参加人"),
    "event_about": _("内容"),
}
