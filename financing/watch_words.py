"""Words of watch (保后): checks, visits, warnings and their evidence, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.watch.rules import (
    Changing,
    CheckState,
    Closing,
    Item,
    Level,
    Origin,
    Outside,
    Seen,
    Unit,
    WarningState,
)
from financing.watch.warning_rules import Sign

WATCH_ACTS: dict[StrEnum, str] = {
    Act.PLAN_CHECK: _("安排保后检查"),
    Act.END_CHECK: _("不再需要检查"),
    Act.RECORD_VISIT: _("记录保后检查"),
    Act.ESCALATE_CHECK: _("保后检查逾期提醒"),
    Act.RECORD_OUTSIDE: _("登记外部情况"),
    Act.RAISE_WARNING: _("发出风险预警"),
    Act.CLOSE_WARNING: _("关闭预警"),
    Act.ASK_CLOSING: _("提请关闭预警"),
    Act.CONFIRM_CLOSING: _("同意关闭预警"),
    Act.RETURN_CLOSING: _("不同意关闭"),
    Act.ESCALATE_WARNING: _("预警逾期提醒"),
}

WATCH_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    CheckState: {
        CheckState.DUE: _("待检查"),
        CheckState.DONE: _("已检查"),
        CheckState.ENDED: _("已解保，不再检查"),
    },
    WarningState: {
        WarningState.OPEN: _("待处置"),
        WarningState.CLOSING: _("待复核关闭"),
        WarningState.CLOSED: _("已关闭"),
    },
    Level: {
        Level.RED: _("红色"),
        Level.AMBER: _("黄色"),
    },
    Item: {
        Item.USE: _("贷款用途"),
        Item.OPERATION: _("生产经营"),
        Item.STOCK: _("存货与设备"),
        Item.STAFF: _("在岗人员"),
        Item.POWER: _("用电与开工"),
        Item.SECURITY: _("反担保物"),
    },
    Seen: {
        Seen.FINE: _("正常"),
        Seen.DOUBTFUL: _("存疑"),
        Seen.BAD: _("不好"),
        Seen.UNSEEN: _("未能查看"),
    },
    Closing: {
        Closing.GONE: _("情况已消除"),
        Closing.UNFOUNDED: _("经核实不属实"),
        Closing.SECURED: _("已补充反担保或其他措施"),
        Closing.REPAID: _("欠款已还清"),
        Closing.PASSED_ON: _("已转代偿或追偿处理"),
        Closing.WATCHED: _("风险已知，由下次检查跟踪"),
    },
    Outside: {
        Outside.TAX_STOP: _("停止申报或缴税"),
        Outside.LAWSUIT: _("被诉案件"),
        Outside.ENFORCEMENT: _("被执行案件"),
        Outside.WAGES: _("拖欠工资"),
        Outside.POWER: _("当月用电量"),
        Outside.OWNER: _("控制人或法定代表人变更"),
        Outside.DISHONEST: _("失信名单查询"),
        Outside.REGISTRATION: _("反担保登记期限"),
    },
    Unit: {
        Unit.MONTHS: _("连续月数"),
        Unit.FEN: _("金额（元）"),
        Unit.KWH: _("千瓦时"),
        Unit.RECORDS: _("记录条数"),
        Unit.NONE: _("不填数值"),
    },
    Origin: {
        Origin.COURT: _("法院公开信息"),
        Origin.TAX: _("税务机关"),
        Origin.LABOUR: _("人社部门"),
        Origin.GRID: _("供电公司"),
        Origin.REGISTRY: _("登记公示系统"),
        Origin.BANK: _("贷款银行"),
        Origin.SITE: _("现场了解"),
        Origin.FIRM: _("企业提供"),
    },
    Changing: {
        Changing.OUTSIDE: _("经办登记的变更"),
        Changing.REPRESENTATIVE: _("法定代表人变更"),
        Changing.CONTROLLER_NEW: _("新的实际控制人"),
        Changing.CONTROLLER_GONE: _("实际控制人退出"),
        Changing.SHAREHOLDER_NEW: _("新的股东"),
        Changing.SHAREHOLDER_GONE: _("股东退出"),
    },
    Sign: {
        Sign.PAST_DUE: _("逾期天数"),
        Sign.OVERDUE: _("逾期金额"),
        Sign.SINCE: _("逾期起日"),
        Sign.MONTHS: _("停止月数"),
        Sign.SUM: _("涉及金额"),
        Sign.RECORDS: _("记录条数"),
        Sign.AS_OF: _("情况日期"),
        Sign.CHECKED: _("上次查询日期"),
        Sign.ORIGIN: _("来源"),
        Sign.TEXT: _("说明"),
        Sign.POWER: _("近三个月用电量"),
        Sign.POWER_BEFORE: _("上年同期用电量"),
        Sign.DROP: _("降幅"),
        Sign.CHANGE: _("变更事项"),
        Sign.CHANGED: _("变更日期"),
        Sign.SECURITY: _("反担保物"),
        Sign.UNTIL: _("登记到期"),
        Sign.PAID: _("放款日期"),
        Sign.RATE: _("放款利率"),
        Sign.OFFERED_RATE: _("报价利率"),
        Sign.ADDED: _("另加条件"),
        Sign.VISITED: _("检查日期"),
        Sign.ITEMS: _("不好的事项"),
    },
}

WATCH_SENTENCES: dict[str, str] = {
    "no_second_visitor": _("保后检查须两人到场。请选择同去的另一位在职经办，不能是您本人。"),
    "few_papers": _(
        "还缺现场照片：检查当日或以后上传的照片至少 {least} 张。请先上传照片（JPG 或 PNG），再保存检查记录。"
    ),
    "not_its_security": _("所选反担保物不属于这家企业，或还没有登记。请从列表中选择已登记的反担保物。"),
    "items_owed": _("以下事项没有填写结果，或结果不是“正常”而没有说明：{items}。请逐项选择并写明所见。"),
}

WATCH_CONSEQUENCES: dict[StrEnum, str] = {
    Act.RECORD_VISIT: _(
        "保存后不能修改；下一次检查的日期随即按分类排定并通知企业。建议的分类可以下调分类，不能单独上调。企业和银行看不到检查内容。"
    ),
    Act.RECORD_OUTSIDE: _(
        "登记后不能修改，可以另登一条，以最新的为准，数值填 0 表示已解除。达到预警规则的，次日发出预警，贷款银行会看到其中的证据。"
    ),
    Act.CLOSE_WARNING: _(
        "关闭后不能再打开；同类情况再次出现时另发新的预警。理由和您的姓名留存，贷款银行能看到已关闭。"
    ),
    Act.ASK_CLOSING: _("红色预警须由另一人复核后才关闭；复核前处置期限照常计算。"),
    Act.CONFIRM_CLOSING: _("同意后预警关闭，不能再打开；因它下调的分类随之解除。两人的姓名和理由留存。"),
    Act.RETURN_CLOSING: _("预警继续待处置，期限不变；提请人会收到通知并看到您的理由。"),
}

WATCH_FIGURES: dict[str, str] = {
    "watch_first_days": _("放款后首次检查"),
    "watch_normal_days": _("正常类的检查间隔"),
    "watch_attention_days": _("关注类的检查间隔"),
    "watch_substandard_days": _("次级类的检查间隔"),
    "watch_doubtful_days": _("可疑类的检查间隔"),
    "watch_loss_days": _("损失类的检查间隔"),
    "watch_notice_days": _("提前检查的最短预留"),
    "watch_two_visitors": _("检查须两人到场"),
    "watch_photos": _("检查照片最少张数"),
    "watch_visits_to_better": _("检查改善分类所需的连续次数"),
    "warning_red_days": _("红色预警处置时限"),
    "warning_amber_days": _("黄色预警处置时限"),
}

WATCH_FIELDS: dict[str, str] = {
    "met": _("会见人员"),
    "at_work": _("在岗人数"),
    "second": _("同去的经办"),
    "risk": _("建议分类"),
    "closing": _("关闭原因"),
    "outside": _("情况"),
    "outside_value": _("数值"),
    "outside_text": _("情况说明"),
    "origin": _("来源"),
    "security_id": _("反担保物"),
    "register_until": _("登记到期日"),
}
