"""Words of personal data (个人信息), in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.personal.rules import (
    Basis,
    Disputed,
    ErasureState,
    Held,
    Hold,
    ObjectionState,
    Processing,
    Sensitivity,
    Since,
)

PERSONAL_ACTS: dict[StrEnum, str] = {
    Act.RAISE_OBJECTION: _("提出异议"),
    Act.UPHOLD_OBJECTION: _("异议成立，更正"),
    Act.REFUSE_OBJECTION: _("异议不成立"),
    Act.WITHDRAW_OBJECTION: _("撤回异议"),
    Act.REMIND_OBJECTION: _("异议答复提醒"),
    Act.TAKE_OWN: _("下载本企业的全部数据"),
    Act.TAKE_ACCOUNT: _("下载我的账号数据"),
    Act.ASK_ERASURE: _("申请删除企业数据"),
    Act.ASK_LEAVING: _("申请注销账号并删除"),
    Act.ERASE: _("办理删除"),
    Act.HOLD_ERASURE: _("须留存，不予删除"),
    Act.WITHDRAW_ERASURE: _("撤回删除申请"),
    Act.EXPIRE_PERSONAL: _("到期清除个人信息"),
    Act.ERASE_AGAIN: _("恢复较早的备份后再次删除"),
    Act.FILE_IMPACT: _("登记影响评估"),
}

PERSONAL_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Held: {
        Held.ACCOUNT: _("账号"),
        Held.INVITATION: _("邀请"),
        Held.SIGN_IN: _("登录记录"),
        Held.CONTACT: _("法定代表人和联系人"),
        Held.CHANNEL: _("通知地址"),
        Held.TAKING_PART: _("活动和对接会的参加人"),
        Held.UNFINISHED: _("没有填完的表单"),
        Held.RELATED: _("关联人和利益关系"),
        Held.MONEY_ACCOUNT: _("收付款账号"),
        Held.PAPER: _("材料、照片和导入的表格"),
        Held.REPORT: _("举报人和举报内容"),
        Held.HANDLER: _("经办、评审和银行人员"),
        Held.WORDS: _("填写的理由、意见和答复"),
        Held.BUSINESS: _("企业经营和融资数据"),
        Held.JOURNAL: _("操作日志"),
    },
    Sensitivity: {
        Sensitivity.ORDINARY: _("普通个人信息"),
        Sensitivity.SENSITIVE: _("敏感个人信息"),
        Sensitivity.SECRET: _("商业秘密"),
    },
    Basis: {
        Basis.CONSENT: _("个人同意（个人信息保护法第十三条第一项）"),
        Basis.CONTRACT: _("订立、履行合同所必需（第十三条第二项）"),
        Basis.DUTY: _("履行法定职责或者法定义务所必需（第十三条第三项）"),
        Basis.SEPARATE: _("单独同意（第二十九条）"),
    },
    Since: {
        Since.BEGUN: _("自产生之日起"),
        Since.SAVED: _("自最后一次保存起"),
        Since.OVER: _("自用过或过期起"),
        Since.CLOSED: _("停用后自最后一次登录起"),
        Since.HELD: _("自活动结束起"),
        Since.ENDED: _("自办结或停用起"),
    },
    Disputed: {Disputed.FACT: _("评分用到的事实"), Disputed.FIELD: _("登记信息")},
    ObjectionState: {
        ObjectionState.OPEN: _("有异议"),
        ObjectionState.UPHELD: _("异议成立"),
        ObjectionState.REFUSED: _("异议不成立"),
        ObjectionState.WITHDRAWN: _("异议已撤回"),
    },
    ErasureState: {
        ErasureState.ASKED: _("待办理删除"),
        ErasureState.HELD: _("须留存"),
        ErasureState.ERASED: _("已删除"),
        ErasureState.WITHDRAWN: _("删除申请已撤回"),
    },
    Hold: {
        Hold.NEED: _("有办理中的融资需求，请先撤回"),
        Hold.GUARANTEE: _("担保还在期内"),
        Hold.LOAN: _("贷款资料在留存期内"),
        Hold.CLAIM: _("代偿或追偿没有办结"),
        Hold.BRIDGE: _("应急转贷没有办结"),
        Hold.DECISION: _("担保决议和所依据的资料在留存期内"),
        Hold.OBJECTION: _("有异议或复议没有答复"),
        Hold.POST: _("在职人员的账号随职务停用，期满后自动清除"),
    },
    Processing: {
        Processing.SENSITIVE: _("处理敏感个人信息"),
        Processing.SCORING: _("规则评分（自动化决策）"),
        Processing.BANKS: _("向银行提供信息"),
        Processing.PUBLICATION: _("公开"),
        Processing.OTHER: _("其他对个人有重大影响的处理"),
    },
}

#: Why each kind is processed, and who sees it; the page says both beside its name.
PURPOSES: dict[Held, str] = {
    Held.ACCOUNT: _("登录、分清各人的权限；密码只存摘要，动态验证码的密钥加密保存"),
    Held.INVITATION: _("邀请人员开立账号；邀请码只存摘要"),
    Held.SIGN_IN: _("保持登录、认出常用设备、限制猜密码；网络地址只存摘要"),
    Held.CONTACT: _("核对企业主体，就办理事项联系企业；登记信息与营业执照比对"),
    Held.CHANNEL: _("按本人选择发送通知；不发机密内容"),
    Held.TAKING_PART: _("安排座位、签到和变更通知"),
    Held.UNFINISHED: _("换设备继续填写，不用重填"),
    Held.RELATED: _("识别关联方和回避情形（融资担保公司监督管理条例第十七条）"),
    Held.MONEY_ACCOUNT: _("支付代偿款、补贴和应急转贷资金"),
    Held.PAPER: _("证明企业填报的内容；由企业上传，或经办当面核验后补传"),
    Held.REPORT: _("核查银行不当收费和搭售；加密保存，谁举报的与举报内容分开"),
    Held.HANDLER: _("写明每一步由谁办理、谁决定，供监督和追责"),
    Held.WORDS: _("说明决定、异议、诉求的理由"),
    Held.BUSINESS: _("评分、担保评审、对接银行、保后检查"),
    Held.JOURNAL: _("证明谁在何时做过什么（网络安全法、征信业管理条例第二十二条）；填写的文字只存摘要，删除后无法还原"),
}
SEEN: dict[Held, str] = {
    Held.ACCOUNT: _("本人、管理员（不含密码）"),
    Held.INVITATION: _("管理员"),
    Held.SIGN_IN: _("本人"),
    Held.CONTACT: _("本企业、经开区经办、本案评审委员、审计；逐家授权的银行只看授权的部分"),
    Held.CHANNEL: _("本人"),
    Held.TAKING_PART: _("本企业、经开区经办、审计"),
    Held.UNFINISHED: _("本人"),
    Held.RELATED: _("经开区经办、本案评审委员、审计；利益申报只有本人和主任委员"),
    Held.MONEY_ACCOUNT: _("办理该笔业务的经办、资金管理人、审计"),
    Held.PAPER: _("本企业、经开区经办、本案评审委员、审计；逐家授权的银行"),
    Held.REPORT: _("两名举报受理人一起"),
    Held.HANDLER: _("看得到该事项的人"),
    Held.WORDS: _("看得到该事项的人"),
    Held.BUSINESS: _("本企业、经开区经办、本案评审委员、审计；逐家授权的银行只看授权的部分"),
    Held.JOURNAL: _("审计；本企业看与自己有关的部分"),
}
#: What happens once the time is over.
ENDS: dict[Held, str] = {
    **dict.fromkeys(Held, _("自动清除：改为“已删除”，文件移除，日志中的摘要密钥销毁")),
    Held.SIGN_IN: _("自动删除"),
    Held.UNFINISHED: _("自动删除"),
    Held.TAKING_PART: _("姓名和电话自动清除，只留人数"),
    Held.HANDLER: _("签署过的记录中的姓名随业务档案保存，不单独删除"),
    Held.REPORT: _("随核查档案加密保存，只有两名受理人能一起打开"),
    Held.JOURNAL: _("不逐条删除；填写过的文字只有摘要，企业数据删除后无法还原"),
}

PERSONAL_SENTENCES: dict[str, str] = {
    "not_disputable": _("请从列表中选一项。贵企业自己填报的内容可以直接修改，不需要提出异议。"),
    "disputed": _("这一项已由 {number} 提出异议，{due} 前答复，不必重复提出。"),
    "correction_owed": _("异议成立的，请填写正确的内容。"),
    "still_held": _("现在不能删除：{why}。请先办结这一项，或在留存期满后再办理。"),
    "nothing_held": _("没有需要留存的内容，请直接办理删除。"),
    "erasure_asked": _("{number} 已经申请过，正在等待办理。"),
    "impact_newer": _("这份评估已由 {number} 代替，请打开新的一份再修订。"),
}
PERSONAL_CONSEQUENCES: dict[StrEnum, str] = {
    Act.RAISE_OBJECTION: _(
        "从现在起，评分、给银行的档案和评审材料上的这一项都会标注“有异议”；经开区在期限内书面答复。答复前可以撤回。"
    ),
    Act.UPHOLD_OBJECTION: _(
        "立即更正，还没有作出担保决定的评分随即重算；原来的评分和决议仍然保留。企业会收到通知和理由。"
    ),
    Act.REFUSE_OBJECTION: _("“有异议”的标注取消，企业会收到通知和理由。答复写下后不能更改。"),
    Act.WITHDRAW_OBJECTION: _("“有异议”的标注取消，不再答复。"),
    Act.TAKE_OWN: _("文件里有企业的全部资料，请保存在安全的地方。每次下载都记入日志。"),
    Act.TAKE_ACCOUNT: _("文件里有您账号的资料，请保存在安全的地方。每次下载都记入日志。"),
    Act.ASK_ERASURE: _(
        "办理后，联系人、材料、填写的内容和所有账号都会清除，不能恢复；企业名称和统一社会信用代码是公开信息，保留。"
    ),
    Act.ASK_LEAVING: _("办理后，您的姓名、登录名、通知地址和登录记录都会清除，不能恢复；您签署过的事项仍然有效。"),
    Act.ERASE: _("立即清除，任何人不能恢复；日志、台账和统计不受影响，清除了多少会记录在案。"),
    Act.HOLD_ERASURE: _("申请人会收到通知，看到须留存的原因和期满的日期。"),
    Act.WITHDRAW_ERASURE: _("撤回后不再办理，什么都不删除。"),
    Act.FILE_IMPACT: _("登记后不能修改，只能用新的一份代替；报告至少保存三年。"),
}
PERSONAL_FIGURES: dict[str, str] = {
    "personal_objection_days": _("答复异议的期限"),
    "personal_erasure_days": _("办理删除申请的期限"),
    "personal_impact_years": _("影响评估至少保存"),
    "personal_review_years": _("影响评估的复核周期"),
    "personal_sign_in_days": _("登录记录保留的天数"),
    "personal_invitation_days": _("邀请保留的天数"),
    "personal_channel_days": _("停用的通知地址保留的天数"),
    "personal_taking_part_days": _("参加人名单保留的天数"),
    "personal_account_days": _("停用的账号保留的天数"),
    "personal_case_years": _("业务资料中个人信息保留的年数"),
    "personal_journal_years": _("日志保留的年数"),
}
PERSONAL_FIELDS: dict[str, str] = {
    "disputed": _("对哪一项有异议"),
    "objection_why": _("哪里不对，应当是什么"),
    "objection_answer": _("查明的情况和理由"),
    "right_value": _("正确的内容"),
    "right_on": _("依据的日期"),
    "processing": _("评估的处理活动"),
    "impact_title": _("名称"),
    "impact_what": _("处理目的和方式"),
    "impact_why": _("为什么合法、正当、必要"),
    "impact_risks": _("对个人权益的影响和风险"),
    "impact_measures": _("保护措施，是否与风险相适应"),
    "assessed_on": _("评估日期"),
    "review_on": _("下次复核日期"),
}
