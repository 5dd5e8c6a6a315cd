"""Words of bulletins and subscriptions (企业手机报), in Chinese: acts, states, topics, refusals, consequences."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.bulletins.rules import BulletinState, Topic

BULLETIN_ACTS: dict[StrEnum, str] = {
    Act.DRAFT_BULLETIN: _("起草手机报"),
    Act.EDIT_BULLETIN: _("修改手机报"),
    Act.PROPOSE_BULLETIN: _("提交发布"),
    Act.PUBLISH_BULLETIN: _("发布手机报"),
    Act.RETURN_BULLETIN: _("退回手机报"),
    Act.DROP_BULLETIN: _("本期不发"),
    Act.SEND_BULLETIN: _("发送手机报"),
    Act.SUBSCRIBE: _("保存订阅"),
    Act.STOP_BULLETINS: _("停止手机报"),
}

BULLETIN_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    BulletinState: {
        BulletinState.DRAFT: _("草稿"),
        BulletinState.PROPOSED: _("待发布"),
        BulletinState.PUBLISHED: _("已发布"),
        BulletinState.DROPPED: _("不发"),
    },
    Topic: {
        Topic.POLICY: _("惠企政策"),
        Topic.FIGURES: _("融资动态"),
        Topic.SESSIONS: _("对接会与活动"),
        Topic.DEADLINES: _("近期期限"),
        Topic.FUND: _("应急转贷"),
        Topic.NEWS: _("园区动态"),
    },
}

BULLETIN_SENTENCES: dict[str, str] = {
    "bulletin_empty": _("这一期还没有内容。请至少写一个栏目再提交发布。"),
    "bulletin_full": _("一期最多 {most} 个栏目。请合并或删除一些再添加。"),
    "bulletin_firm_named": _(
        "出现了企业名称“{name}”：标题中不写企业名称；正文中写的，须企业已在“授权与查看记录”页同意公开。请改为不出现名称，或请企业先同意。"
    ),
    "bulletin_moment": _("这个时间已经过去。请填写以后的时间，或留空即时发送。"),
    "bulletin_section": _("这个栏目已被别人改动或删除。请刷新页面后再改。"),
}

BULLETIN_CONSEQUENCES: dict[StrEnum, str] = {
    Act.DRAFT_BULLETIN: _("只建立草稿，经另一位经办或领导发布以前谁也收不到。"),
    Act.EDIT_BULLETIN: _("只改草稿，提交发布以前可以随时修改。"),
    Act.PROPOSE_BULLETIN: _("提交后内容不能再改，由另一位经办或领导发布；退回后可以继续修改。"),
    Act.PUBLISH_BULLETIN: _("发布后对外可见，按各人订阅的栏目和方式发送一次；发出的内容不能修改或收回。"),
    Act.RETURN_BULLETIN: _("退回后提交人收到通知和原因，可以修改后再提交。"),
    Act.DROP_BULLETIN: _("这一期不再发布，理由留在记录里；不能撤销。"),
    Act.SUBSCRIBE: _("从下一期起生效；一个栏目或一种方式都不选，就不再发送。"),
    Act.STOP_BULLETINS: _("不再发送企业手机报；别的通知照常。以后可以登录后重新订阅。"),
}

BULLETIN_FIGURES: dict[str, str] = {
    "bulletin_draft_days": _("当月结束后起草手机报"),
    "bulletin_publish_days": _("手机报从起草到发布的期限"),
}
BULLETIN_FIELDS: dict[str, str] = {
    "bulletin_title": _("标题"),
    "section_topic": _("栏目"),
    "section_heading": _("小标题"),
    "section_text": _("内容"),
    "send_on": _("发送日期"),
    "send_hour": _("发送时间"),
    "wanted_topics": _("想看的栏目"),
    "wanted_media": _("接收方式"),
}
