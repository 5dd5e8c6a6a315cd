"""Words of trainings, visits to firms and what may be charged (培训、宁静日、收费清单)."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.charges.rules import Nature
from financing.charges.rules import Setting as Setter
from financing.events.rules import Audience, EventKind, EventState, PlaceState
from financing.inspections.rules import Authority, Found, Grievance, InspectionState, Kind, Topic, Urgent, WordState

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
    Authority: {
        Authority.ZONE: _("经开区管委会"),
        Authority.EMERGENCY: _("应急管理"),
        Authority.MARKET: _("市场监管"),
        Authority.ECOLOGY: _("生态环境"),
        Authority.FIRE: _("消防救援"),
        Authority.LABOUR: _("人社"),
        Authority.TAX: _("税务"),
        Authority.BUILDING: _("住建"),
        Authority.LAND: _("自然资源"),
        Authority.HEALTH: _("卫健"),
        Authority.POLICE: _("公安"),
        Authority.STATISTICS: _("统计"),
        Authority.GUARANTOR: _("担保公司"),
        Authority.OTHER: _("其他部门"),
    },
    Topic: {
        Topic.WORK_SAFETY: _("安全生产"),
        Topic.FIRE_SAFETY: _("消防安全"),
        Topic.EQUIPMENT: _("特种设备"),
        Topic.ENVIRONMENT: _("环境保护"),
        Topic.QUALITY: _("产品质量"),
        Topic.FOOD: _("食品药品"),
        Topic.LABOUR: _("劳动用工"),
        Topic.TAX: _("涉税"),
        Topic.BUILDING: _("建设工程"),
        Topic.LAND: _("土地使用"),
        Topic.PRICES: _("价格和收费"),
        Topic.HYGIENE: _("职业卫生"),
        Topic.STATISTICS: _("统计执法"),
        Topic.SECURITY: _("治安和网络安全"),
        Topic.CARE: _("走访服务"),
        Topic.TOUR: _("参观考察"),
    },
    Kind: {Kind.INSPECTION: _("检查"), Kind.VISIT: _("走访")},
    Urgent: {
        Urgent.DANGER: _("重大安全隐患"),
        Urgent.COMPLAINT: _("投诉举报核查"),
        Urgent.COURT: _("司法机关要求"),
        Urgent.FOLLOW_UP: _("整改复查"),
    },
    InspectionState: {
        InspectionState.ASKED: _("待领导同意"),
        InspectionState.BOOKED: _("已排定"),
        InspectionState.DONE: _("已完成"),
        InspectionState.REFUSED: _("领导不同意"),
        InspectionState.CANCELLED: _("已取消"),
    },
    Found: {
        Found.FINE: _("未发现问题"),
        Found.ADVICE: _("当场提醒"),
        Found.FAULT: _("责令改正"),
        Found.OFFENCE: _("立案查处"),
    },
    Grievance: {
        Grievance.UNANNOUNCED: _("未告知入企"),
        Grievance.REPEATED: _("重复检查"),
        Grievance.UNLISTED: _("清单外收费"),
    },
    WordState: {WordState.SAID: _("待答复"), WordState.ANSWERED: _("已答复")},
    Nature: {
        Nature.ADMINISTRATIVE: _("行政事业性收费"),
        Nature.FUND: _("政府性基金"),
        Nature.SERVICE: _("经营服务性收费"),
        Nature.DEPOSIT: _("涉企保证金"),
        Nature.FINANCE: _("融资环节收费"),
    },
    Setter: {
        Setter.STATE: _("国家定标准"),
        Setter.PROVINCE: _("省定标准"),
        Setter.COUNTY: _("本县定标准"),
        Setter.MARKET: _("市场定价"),
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
    Act.BOOK_INSPECTION: _("登记入企检查"),
    Act.JOIN_INSPECTION: _("联合检查"),
    Act.APPROVE_INSPECTION: _("同意入企"),
    Act.REFUSE_INSPECTION: _("不同意入企"),
    Act.CANCEL_INSPECTION: _("取消入企"),
    Act.RECORD_INSPECTION: _("登记检查结果"),
    Act.SAY_UNANNOUNCED: _("反映检查或收费"),
    Act.ANSWER_UNANNOUNCED: _("答复企业反映"),
    Act.LIST_CHARGE: _("列入收费清单"),
    Act.END_CHARGE: _("移出收费清单"),
}
EVENT_SENTENCES: dict[str, str] = {
    "signing_over": _("这项活动的报名已经截止（截止日 {until}）。请看其他活动，或与经开区联系。"),
    "not_invited": _("这项活动只面向“{audience}”，贵企业不在范围内。请看其他活动。"),
    "signed_up": _("贵企业已经报名。要换人，请先退出，再重新报名。"),
    "too_many_people": _("每家企业可报 1 至 {most} 人，每行写一个姓名，不要重复。"),
    "event_begun": _("活动已于 {starts} 开始，不能再退出。不能到场的，请直接与经开区联系。"),
    "not_begun": _("活动 {starts} 开始，还没有到，不能签到或办结。"),
    "event_rated": _("贵企业已经评价过这项活动，评价只能提交一次。"),
    "quiet_day": _(
        "{day} 是企业宁静日（每月 {first} 日至 {last} 日）。请改到 {free}；确属紧急的，选明情形并报领导同意。"
    ),
    "closed_day": _("{day} 不上班。请改到 {free}。"),
    "day_taken": _("{number} 当天已到这家企业。请加入那一项，合并为联合检查，或改到 {free}。"),
    "inspected_this_year": _(
        "“{topic}”今年已由 {number}（{on}）检查，一年只查一次。请直接使用那次的结果；要一同去的，加入那一项联合检查。"
    ),
    "wrong_topic": _("“{topic}”不适用于“{kind}”。请核对类别、事项和紧急情形。"),
    "purpose_owed": _("请写明不能等待的情形，或走访的目的，由领导据此决定。"),
    "not_yet_there": _("{day} 才到企业，当天起登记结果。"),
    "firm_not_on_file": _("没有代码为 {code} 的企业。请核对统一社会信用代码；企业还没有登记的，先登记企业。"),
    "joined_already": _("“{authority}”已经以这个事项参加，不必重复登记。"),
    "charge_stands": _("“{item}”自 {since} 起执行的标准还在清单上，新标准须从更晚的日期起执行。"),
    "charge_ended": _("这一项已于 {until} 停止执行。"),
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
    Act.BOOK_INSPECTION: _(
        "一般检查立即排定，企业收到通知；走访和紧急检查由领导同意后排定。日期和部门登记后不能改，只能取消重登。"
    ),
    Act.JOIN_INSPECTION: _("与已排定的部门同一天一起去，企业会收到通知；贵部门今年不再单独检查这个事项。"),
    Act.APPROVE_INSPECTION: _("同意后排定。走访会通知企业；紧急检查不事先通知，企业当天起能看到。"),
    Act.REFUSE_INSPECTION: _("这一项到此为止，日期和事项让出来，登记人会看到您的理由。"),
    Act.CANCEL_INSPECTION: _("日期和事项让出来，已经知道的企业会收到通知。"),
    Act.RECORD_INSPECTION: _("结果只登记一次，不能更改；各部门和企业看到同一份，同一事项今年不再检查。"),
    Act.SAY_UNANNOUNCED: _("领导和经办会看到是贵企业反映的，并在期限内答复；被反映的部门按反映核查。提交后不能更改。"),
    Act.ANSWER_UNANNOUNCED: _("企业会收到通知；答复只有一次，不能更改。"),
    Act.LIST_CHARGE: _("立即在网站公开。同一单位的同名项目自动换成新标准，原标准留在历次记录里。"),
    Act.END_CHARGE: _("最后一天之后不再列出，企业可以不交；记录保留。"),
}
#: What each figure of theirs is called.
EVENT_FIGURES: dict[str, str] = {
    "quiet_first_day": _("每月企业宁静日的第一天"),
    "quiet_last_day": _("每月企业宁静日的最后一天"),
    "unannounced_answer_days": _("答复企业反映检查和收费的时限"),
}
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
    "inspection_kind": _("入企类别"),
    "inspector": _("部门"),
    "topic": _("事项"),
    "basis": _("法律依据"),
    "urgent": _("紧急情形"),
    "urgent_reason": _("情形或目的"),
    "inspection_result": _("检查结论"),
    "result_report": _("检查情况"),
    "mend_by": _("改正期限"),
    "grievance": _("反映什么"),
    "came_on": _("发生日期"),
    "unannounced": _("当时的情形"),
    "firm_answer": _("给企业的答复"),
    "charge_item": _("收费项目"),
    "charge_authority": _("收费单位"),
    "nature": _("类别"),
    "setting": _("谁定标准"),
    "standard": _("规定标准"),
    "lower": _("实际执行"),
    "example": _("示例，须核对"),
    "last_day": _("最后一天"),
}
