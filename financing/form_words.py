"""Words of the one form: where a known answer comes from, what an officer typed on a firm's behalf, and what is wrong at a field."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.needs.behalf_rules import BehalfState
from financing.parties.rules import Origin

FORM_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Origin: {
        Origin.DECLARED: _("企业申报"),
        Origin.SHARED: _("经开区共享"),
        Origin.REGISTER: _("登记查询"),
        Origin.PAPER: _("纸质材料"),
    },
    BehalfState: {
        BehalfState.OPEN: _("待企业核对"),
        BehalfState.CONFIRMED: _("企业已确认"),
        BehalfState.OBJECTED: _("企业有异议"),
        BehalfState.LAPSED: _("期满无异议"),
    },
}

FORM_SENTENCES: dict[str, str] = {
    "firm_known": _(
        "统一社会信用代码为 {given} 的企业已经在册，不用再登记。已有账号的，请用它登录；还没有账号的，请向经开区经办索取邀请码，凭码认领。"
    ),
    "firm_held": _("这个账号已经登记了一家企业，不能再登记另一家。另一家企业请另开账号。"),
    "firm_has_account": _("这家企业已有账号，不用再邀请；忘记密码的，请系统管理员重新邀请。"),
    "carry_unagreed": _("请先勾选同意带入；不同意的，可以不带入，直接登记。"),
    "behalf_over": _("核对期限（{until}）已过，或已经答复过，不能再更改。需要更正的，请联系经办或撤回需求。"),
    "behalf_signed": _("签字日期不能晚于今天，也不能早于一年前，请对照表上的日期填写。"),
    "edition_unknown": _("没有版本为“{given}”的申请表，请对照表头的版本号填写。"),
}

#: What is impossible about a need, said at its field (by needs.rules.Wrong).
WRONG_SENTENCES: dict[str, str] = {
    "amount:not_positive": _("请填写大于 0 的金额。"),
    "amount:above_the_ceiling": _("单户最多 {most}。请减少金额，或分期申请；更大的项目请先与经办联系。"),
    "months:out_of_range": _("期限须为 1 至 60 个月。"),
    "months:too_long_for_working_capital": _(
        "补充流动资金最长 {working_capital} 个月。请缩短期限；买设备或做技术改造的，请改选用途。"
    ),
    "latest:in_the_past": _("这一天已经过去，请填今天以后的日期。"),
    "latest:no_bank_day_before": _("到这一天为止银行没有营业日，钱到不了账。最早可以填 {first}。"),
    "use:empty": _("请写明具体用途，不超过 500 字。"),
    "use:equipment_unnamed": _("请写明买什么设备，例如“全自动压砖机两台”，只写“购买设备”看不出用途。"),
    "wish:out_of_range": _("期望年利率须在 0 与 24 % 之间。"),
    "no_broker:unconfirmed": _("请勾选确认没有通过中介；有人收费的，请先向经开区反映。"),
}
