"""Words of separate consents (单独同意), in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.parties.permit_rules import Capacity, End, Item, PermitState, Whose

PERMIT_ACTS: dict[StrEnum, str] = {
    Act.GIVE_PERMIT: _("单独同意"),
    Act.END_PERMIT: _("撤回同意"),
}
PERMIT_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Item: {
        Item.SENSITIVE: _("处理敏感个人信息"),
        Item.CREDIT: _("查询和使用企业信用报告"),
        Item.PERSON_CREDIT: _("查询和使用个人信用报告"),
        Item.PUBLICITY: _("公开企业名称"),
    },
    Whose: {
        Whose.REPRESENTATIVE: _("法定代表人"),
        Whose.CONTROLLER: _("实际控制人"),
        Whose.GUARANTOR: _("保证人"),
    },
    Capacity: {
        Capacity.REPRESENTATIVE: _("法定代表人"),
        Capacity.AUTHORISED: _("企业授权的负责人"),
    },
    End: {End.WITHDRAWN: _("企业撤回"), End.REPLACED: _("由新的代替")},
    PermitState: {
        PermitState.NOT_GIVEN: _("没有同意"),
        PermitState.GIVEN: _("同意有效"),
        PermitState.OVER: _("同意已到期"),
        PermitState.WITHDRAWN: _("同意已撤回"),
        PermitState.REPLACED: _("同意已更新"),
    },
}
#: What each item is for, in a line; the whole text is read before it is signed.
PERMIT_ABOUT: dict[Item, str] = {
    Item.SENSITIVE: _("银行流水、身份证件和个人资产申报、个人信用报告：上传和向评审委员、授权银行出示"),
    Item.CREDIT: _("企业信用报告：上传，登记当前逾期和五级分类，用于评分"),
    Item.PERSON_CREDIT: _("法定代表人、实际控制人或保证人的信用报告：由本人书面授权，另须同意第一项"),
    Item.PUBLICITY: _("在企业手机报中出现企业名称；默认不出现"),
}
PERMIT_SENTENCES: dict[str, str] = {
    "permit_first": _(
        "企业还没有单独同意“{item}”，或者已经撤回、到期，不能上传、登记或使用。请企业负责人在“授权与查看记录”页阅读并同意，之后再试；其他事项不受影响。"
    ),
    "permit_over": _("{number} 已经撤回或由新的代替，没有改动。请刷新页面查看现在的状态。"),
    "mark_wrong": _("请填写身份证号的后四位：三位数字加一位数字或 X。"),
    "signed_first": _(
        "个人信用报告须本人书面授权：请先在“材料”页上传本人签名的授权书，再在这里选择它，并写明是谁的报告。"
    ),
}
PERMIT_CONSEQUENCES: dict[StrEnum, str] = {
    Act.GIVE_PERMIT: _("只同意这一项，到期自动失效；随时可以在“授权与查看记录”页撤回，不必说明理由。"),
    Act.END_PERMIT: _(
        "立即生效：相应的材料不再向银行和评审委员出示，凭信用报告登记的结果从以后的评分中去掉，公开页面上的企业名称改为“某企业”。已作出的决议和依法须留存的档案继续留存。不影响办理其他事项。"
    ),
}
PERMIT_FIGURES: dict[str, str] = {"permit_days": _("单独同意的有效期"), "second_factor_permit": _("单独同意须二次验证")}
PERMIT_FIELDS: dict[str, str] = {
    "whose": _("是谁的信用报告"),
}
