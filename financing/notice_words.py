"""Words of the ways notices go, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.notices.rules import Fate, Group, Lang, Medium, Pace, Parceled, Robot, Trouble

NOTICE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Medium: {
        Medium.EMAIL: _("电子邮件"),
        Medium.CHAT: _("工作群机器人"),
    },
    Robot: {
        Robot.WECOM: _("企业微信"),
        Robot.DINGTALK: _("钉钉"),
        Robot.FEISHU: _("飞书"),
        Robot.PLAIN: _("其他系统（签名 JSON）"),
    },
    Group: {
        Group.NEEDS: _("需求与材料"),
        Group.GUARANTEE: _("担保与评审"),
        Group.BANKS: _("银行对接与报价"),
        Group.SESSIONS: _("对接会与履约"),
        Group.REST: _("规则、账号与其他"),
    },
    Pace: {
        Pace.NOW: _("即时"),
        Pace.DAILY: _("每日汇总"),
        Pace.NEVER: _("不发"),
    },
    Lang: {
        Lang.ZH: _("中文"),
        Lang.EN: _("中文和英文"),
    },
    Parceled: {
        Parceled.SINGLE: _("即时通知"),
        Parceled.DIGEST: _("每日汇总"),
        Parceled.CODE: _("确认码"),
        Parceled.BULLETIN: _("企业手机报"),
    },
    Fate: {
        Fate.WAITING: _("待发"),
        Fate.SENT: _("已发"),
        Fate.DEAD: _("已放弃"),
        Fate.DROPPED: _("不再需要"),
    },
    Trouble: {
        Trouble.NOT_SET_UP: _("尚未设置发信服务器"),
        Trouble.UNREACHABLE: _("连接不上对方服务器"),
        Trouble.TIMED_OUT: _("对方没有及时答复"),
        Trouble.NOT_TRUSTED: _("对方的证书不可信"),
        Trouble.PUT_OFF: _("对方要求稍后再发"),
        Trouble.REFUSED: _("对方拒收"),
        Trouble.NOT_ALLOWED: _("地址不在许可范围"),
    },
}

NOTICE_SENTENCES: dict[str, str] = {
    "not_an_address": _("“{given}”不是可以使用的邮箱地址。请填写一个完整的地址，例如 name@example.com。"),
    "not_a_hook": _("请填写以 https:// 开头的机器人地址，主机须是管理员许可的：{hosts}。"),
    "secret_short": _("请填写加签密钥：至少 {least} 个字符，由对方系统用来核对消息确实来自本站。"),
    "code_wrong": _("确认码不对，还可以再试 {left} 次。请查看最近一封邮件或群消息。"),
    "code_over": _("确认码已过期或试错次数过多，请重新发送确认码。"),
    "mail_not_set_up": _("管理员还没有设置发信服务器，暂时不能使用邮件。站内通知照常。"),
    "stop_link_broken": _("这个停止链接不完整或不是本站发出的。请从邮件中重新打开，或登录后在“通知方式”中更改。"),
}

NOTICE_CONSEQUENCES: dict[StrEnum, str] = {
    Act.ADD_ADDRESS: _("先向这个地址发送确认码，30 分钟内有效；确认之前不发送任何通知。原来的地址随即停用。"),
    Act.DROP_ADDRESS: _("不再向这个地址发送通知；站内通知照常。"),
    Act.STOP_NOTICES: _("不再向这个地址发送任何通知；站内通知照常。以后可以登录后重新添加。"),
    Act.SET_NOTICES: _("从下一条通知起生效；站内通知始终保留，不能关闭。"),
    Act.SEND_AGAIN: _("立即重新排队发送，消息编号不变；对方最多看到同一封的重复。"),
}

NOTICE_FIELDS: dict[str, str] = {
    "email": _("邮箱地址"),
    "robot": _("机器人"),
    "hook": _("机器人地址"),
    "hook_secret": _("加签密钥"),
    "confirmation": _("确认码"),
    "lang": _("语言"),
    "hour": _("每日汇总的时间"),
    "workdays": _("每日汇总只在工作日发送"),
    "quiet_from": _("免打扰开始"),
    "quiet_until": _("免打扰结束"),
}
