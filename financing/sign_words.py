"""Words of signing in and of proving who one is, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.emergency_words import (
    EMERGENCY_ACTS,
    EMERGENCY_CONSEQUENCES,
    EMERGENCY_FIELDS,
    EMERGENCY_FIGURES,
    EMERGENCY_SENTENCES,
    EMERGENCY_WORDS,
)
from financing.roles import Remit

SIGN_ACTS: dict[Act, str] = {
    **EMERGENCY_ACTS,
    Act.SHOW_CONTACT: _("查看完整号码"),
    Act.ROTATE_KEYS: _("更换密钥"),
    Act.PROVE: _("验证身份"),
    Act.CONFIRM_INVITE: _("确认邀请"),
    Act.WITHDRAW_INVITE: _("撤销邀请"),
    Act.SLEEP_USER: _("休眠账号"),
    Act.UNUSUAL_SIGN_IN: _("账号在新设备或多次输错后登录"),
    Act.WAKE_USER: _("唤醒账号"),
    Act.CHANGE_PASSWORD: _("修改密码"),
    Act.END_SIGN_IN: _("结束登录"),
    Act.LINK_IDENTITY: _("绑定统一身份"),
    Act.UNLINK_IDENTITY: _("解除统一身份"),
    Act.CONFIRM_IDENTITY: _("确认统一身份"),
    Act.SET_FACTOR: _("启用动态码"),
    Act.DROP_FACTOR: _("停用动态码"),
    Act.RESET_FACTOR: _("重置二次验证"),
    Act.RENEW_CODES: _("重新生成备用码"),
    Act.ADD_PASSKEY: _("添加通行密钥"),
    Act.DROP_PASSKEY: _("移除通行密钥"),
}

SIGN_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **EMERGENCY_WORDS,
    Remit: {
        Remit.RUNNING: _("系统管理（运行与设置）"),
        Remit.ACCOUNTS: _("安全管理（账号与角色）"),
    },
}

SIGN_SENTENCES: dict[str, str] = {
    **EMERGENCY_SENTENCES,
    "halfway_in": _("密码正确，还差一步：请先完成二次验证，之后才能打开其他页面。"),
    "proof_needed": _(
        "“{act}”比较重要，需要确认是您本人：请先验证身份，{minutes} 分钟内不再询问；您填写的内容都还在。"
    ),
    "clocks_apart": _(
        "服务器与数据库的时钟相差 {seconds} 秒，表决、封存、授权、报价等有时限的事项暂停办理，其他照常，您填写的内容都还在。请通知系统管理员校准时钟后再试。"
    ),
    "secret_open": _("密钥文件 {path} 的权限是 {mode}，别人也能读，拒绝启动。请执行 chmod 600，并考虑更换密钥。"),
    "secret_weak": _(
        "密钥文件 {path} 太短或不是随机生成的，拒绝启动。请移走它，由程序重新生成；已封存的内容须用原来的密钥。"
    ),
    "factor_first": _(
        "“{act}”要用动态码或通行密钥确认是您本人。请先打开右上角“账号”中的“二次验证”设置一种，再回来办理，这一次没有生效。"
    ),
    "wrong_proof": _("验证没有通过：动态码每 30 秒更换，每个只能使用一次，请输入最新的一个；也可以使用备用码。"),
    "passkey_refused": _("这把通行密钥没有通过核对，或者已经登记过。请再试一次，或改用动态码。"),
    "asleep": _("密码正确，但这个账号长期没有使用，已休眠。请联系系统管理员唤醒后再登录；资料都在。"),
    "wrong_password": _("现在的密码不对，密码没有改动。请检查后重试。"),
    "invitation_waits": _("这份邀请还须另一位管理员确认，确认后就能使用；七天期限不变。"),
    "remit_missing": _("系统管理员须写明职责：系统管理或安全管理，两项由不同的人担任。"),
    "held_together": _(
        "{who} 已担任“{held}”。系统管理、安全管理、审计须由三个人分别担任，请邀请另一位；同名的，请在姓名后加单位。"
    ),
    "provider_away": _("统一身份认证平台没有应答，请稍后再试，或用登录名和密码登录。"),
    "provider_refused": _("统一身份认证没有完成（{why}）。请从登录页重新开始；多次不成，请联系系统管理员。"),
    "not_linked": _(
        "统一身份“{subject}”还没有绑定可用的账号。请把这个编号告诉系统管理员绑定，再用密码登录、在“我的账号”确认；这里不会自动开立账号。"
    ),
    "identity_taken": _("这个统一身份已绑定另一个账号。请先在那个账号上解除，或核对编号。"),
    "nothing_linked": _("没有待处理的统一身份。请由安全管理员先绑定。"),
    "no_factor": _("您还没有设置二次验证。请先启用动态码或添加通行密钥，再生成备用码。"),
    "factor_wanted": _("您的角色必须有二次验证，不能去掉最后一种。请先添加另一种，再去掉这一种。"),
}

SIGN_CONSEQUENCES: dict[StrEnum, str] = {
    **EMERGENCY_CONSEQUENCES,
    Act.SHOW_CONTACT: _("号码只显示这一次；您的姓名、时间和理由写入日志。"),
    Act.CONFIRM_INVITE: _("确认后受邀人即可启用账号，担任所写的角色。请先核实任命文件和本人姓名。"),
    Act.WITHDRAW_INVITE: _("撤销后邀请码立即失效。"),
    Act.WAKE_USER: _("唤醒后本人可以用原来的密码登录，休眠期限从今天重新计算。请先核实是本人仍在岗。"),
    Act.CHANGE_PASSWORD: _("修改后其他地方的登录随即退出，这一处保留。"),
    Act.END_SIGN_IN: _("结束后那一处须重新登录，没有提交的内容不会保存。"),
    Act.LINK_IDENTITY: _("绑定后须本人登录并在“我的账号”确认，才能用它登录；角色和权限不变。请先核实编号是本人的。"),
    Act.UNLINK_IDENTITY: _("解除后不能再用它登录，这个人的所有登录随即退出；密码不变。"),
    Act.CONFIRM_IDENTITY: _("确认后可以从统一身份认证平台登录这个账号。不是您的编号，请不要确认，并联系安全管理员。"),
    Act.SET_FACTOR: _("启用后每次登录在密码之外还要输入动态码，其他地方的登录随即退出；原来的认证器不再有效。"),
    Act.DROP_FACTOR: _("停用后认证器里的动态码不再有效，其他地方的登录随即退出。"),
    Act.RESET_FACTOR: _(
        "重置后这个人的动态码、通行密钥和备用码全部作废，所有登录随即退出，下次登录时重新设置。请先当面或通过电话核实是本人。"
    ),
    Act.RENEW_CODES: _("得到十个新的备用码，只显示这一次；以前的全部作废。"),
    Act.ADD_PASSKEY: _("添加后可以用这台设备的指纹、面容或密码代替动态码，其他地方的登录随即退出。"),
    Act.DROP_PASSKEY: _("移除后这台设备不再能验证身份，其他地方的登录随即退出。"),
}

SIGN_FIELDS: dict[str, str] = {
    **EMERGENCY_FIELDS,
    "remit": _("管理员职责"),
    "subject": _("统一身份编号"),
    "password_now": _("现在的密码"),
    "password_new": _("新密码"),
    "time_code": _("动态码"),
    "proving": _("动态码或备用码"),
    "device": _("设备名称"),
}

SIGN_FIGURES: dict[str, str] = {
    **EMERGENCY_FIGURES,
    "second_factor_clerk": _("企业经办人须二次验证"),
    "second_factor_signatory": _("企业负责人须二次验证"),
    "second_factor_officer": _("经开区经办须二次验证"),
    "second_factor_member": _("评审委员须二次验证"),
    "second_factor_chair": _("评审委主任须二次验证"),
    "second_factor_banker": _("银行客户经理须二次验证"),
    "second_factor_bank_admin": _("银行管理员须二次验证"),
    "second_factor_fund": _("应急资金管理人须二次验证"),
    "second_factor_leader": _("园区领导须二次验证"),
    "second_factor_auditor": _("审计须二次验证"),
    "second_factor_admin": _("系统管理员须二次验证"),
    "second_factor_consent": _("企业授权银行查看须二次验证"),
    "clock_warn_seconds": _("两个时钟相差多少即提示"),
    "clock_refuse_seconds": _("两个时钟相差多少即暂停有时限的事项"),
    "sign_ins_most": _("一个账号同时登录的最多处数"),
    "dormant_days": _("园区和银行账号未使用即休眠"),
    "dormant_firm_days": _("企业账号未使用即休眠"),
    "password_days": _("密码定期更换的期限"),
    "password_mixed": _("密码须含多类字符"),
    "proof_minutes": _("一次身份验证的有效时间"),
    "proof_list_rows": _("导出列表不需验证的最多行数"),
}
