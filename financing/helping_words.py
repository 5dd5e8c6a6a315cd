"""Words of helpers, plans, requests, appointments and tasks (五个一)."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.helping.task_rules import TaskSource, TaskState

HELPING_ACTS: dict[StrEnum, str] = {
    Act.SET_TASK: _("布置任务"),
    Act.PROVE_TASK: _("提交完成证明"),
    Act.ACCEPT_TASK: _("确认任务完成"),
    Act.RETURN_TASK: _("退回完成证明"),
    Act.DROP_TASK: _("取消任务"),
    Act.ESCALATE_TASK: _("提醒逾期任务"),
}

HELPING_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    TaskState: {
        TaskState.OPEN: _("在办"),
        TaskState.PROVED: _("待确认完成"),
        TaskState.DONE: _("已完成"),
        TaskState.DROPPED: _("已取消"),
    },
    TaskSource: {
        TaskSource.MINUTES: _("约见纪要"),
        TaskSource.DISPATCH: _("调度会"),
    },
}

HELPING_SENTENCES: dict[str, str] = {
    "not_in_service": _("此人没有在用的账号，或不是经开区的经办、领导。请改选他人。"),
}

HELPING_CONSEQUENCES: dict[StrEnum, str] = {
    Act.SET_TASK: _("责任人和企业随即收到通知；事项、责任人和日期布置后不能更改，只能取消后另行布置。"),
    Act.PROVE_TASK: _("企业能看到这份证明；由另一人确认完成，未确认前仍可退回。"),
    Act.ACCEPT_TASK: _("任务就此完成，企业会收到通知；不能撤回。"),
    Act.RETURN_TASK: _("任务回到在办，期限不变；责任人会看到理由。"),
    Act.DROP_TASK: _("任务就此取消，企业和责任人都会看到理由；不能恢复。"),
}

#: What each figure of theirs is called.
HELPING_FIGURES: dict[str, str] = {}

HELPING_FIELDS: dict[str, str] = {
    "task_title": _("要做的事"),
    "task_due": _("完成日期"),
    "owner": _("责任人"),
    "proof": _("完成情况"),
    "proof_paper": _("证明文件"),
}
