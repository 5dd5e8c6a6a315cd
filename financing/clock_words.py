"""Words and sentences of clocks, promised papers and the vault, in Chinese; parts of `words.NAMES` and its neighbours."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.clocks.paths import Progress, Task
from financing.clocks.promise_rules import Promised
from financing.clocks.rules import Delay, Extending, Halt, Rung, Step, Timing
from financing.papers.rules import Standing, Unfit

CLOCK_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Task: {
        Task.HANDLE: _("受理"),
        Task.SCORE: _("评分"),
        Task.VISIT: _("现场核查"),
        Task.REVIEW: _("核查复核"),
        Task.OPEN: _("准入检查和立项"),
    },
    Progress: {Progress.DONE: _("已办"), Progress.OPEN: _("可以办"), Progress.WAITS: _("等前一步")},
    Step: {
        Step.HANDLING: _("受理"),
        Step.SCORING: _("评分"),
        Step.OPENING: _("准入检查和立项"),
        Step.DEFERRAL: _("延期再议"),
    },
    Timing: {
        Timing.RUNNING: _("计时中"),
        Timing.PAUSED: _("暂停计时"),
        Timing.STOPPED: _("已办结"),
    },
    Halt: {
        Halt.PAPER: _("等待企业补充材料"),
        Halt.HEARING: _("听证"),
        Halt.TEST: _("检测、检验"),
        Halt.INSPECTION: _("现场勘验"),
        Halt.EXPERT: _("专家评审"),
        Halt.COURT: _("等待法院裁判或执行结果"),
        Halt.REGISTRY: _("登记、查询系统停用"),
    },
    Delay: {
        Delay.WORKLOAD: _("同期业务集中"),
        Delay.COMPLEX: _("情况复杂，核实用时较长"),
        Delay.WAITED: _("等待其他单位答复"),
        Delay.SYSTEM: _("系统故障"),
        Delay.MISTAKE: _("经办疏忽"),
    },
    Extending: {
        Extending.ASKED: _("待同意"),
        Extending.AGREED: _("已同意"),
        Extending.TURNED_DOWN: _("未同意"),
    },
    Rung: {
        Rung.HELPER: _("经办人"),
        Rung.SECTION: _("科室负责人"),
        Rung.DIRECTOR: _("分管领导"),
        Rung.LEADER: _("主要领导"),
    },
    Promised: {
        Promised.OWED: _("待补齐"),
        Promised.SUPPLIED: _("已补齐"),
        Promised.BROKEN: _("逾期未补"),
        Promised.ENDED: _("不再需要"),
    },
    Standing: {
        Standing.GOOD: _("有效"),
        Standing.REPLACED: _("已替换"),
        Standing.UNFIT: _("不合格"),
        Standing.OVER: _("已过期"),
    },
    Unfit: {
        Unfit.ILLEGIBLE: _("看不清"),
        Unfit.EXPIRED: _("已过有效期"),
        Unfit.INCOMPLETE: _("缺页或不完整"),
        Unfit.OTHER_KIND: _("不是所列的材料"),
        Unfit.OTHER_FIRM: _("不是本企业的材料"),
        Unfit.UNSEALED: _("缺少盖章或签字"),
        Unfit.CONTRADICTS: _("与其他材料不一致"),
    },
}

#: What an act with consequences brings about, said before the button.
CLOCK_CONSEQUENCES: dict[StrEnum, str] = {
    Act.HALT_STEP: _("从今天起停止计时，企业随即看到原因和说明；恢复后按停下的工作日顺延。"),
    Act.RESUME_STEP: _("从今天起继续计时，企业会看到新的截止日。"),
    Act.EXPLAIN_STEP: _("企业和审计会看到逾期原因、您的说明和姓名；写明以后才能办结这一步。"),
    Act.ASK_EXTENSION: _("由另一位经办同意后才延长；同意后企业会收到通知，写明原因和新的截止日。"),
    Act.AGREE_EXTENSION: _("同意后截止日随即顺延，企业会收到通知；不能撤回。"),
    Act.TURN_DOWN_EXTENSION: _("截止日不变。"),
    Act.SET_POST: _("从该日起，逾期事项按这里的岗位逐级提醒；以前的任职记录保留。"),
    Act.REJECT_PAPER: _("这份材料不再计入，企业会收到原因；原件和记录保留，不能恢复。"),
}

CLOCK_SENTENCES: dict[str, str] = {
    "no_clock": _("这笔需求现在没有需要处理的时限，请刷新页面查看最新进度。"),
    "stands_still": _("时限已经暂停。请先恢复计时，再办理这一步。"),
    "not_paused": _("时限正在计时，没有暂停。请刷新页面查看最新进度。"),
    "already_late": _("时限已于 {due} 到期，不能再暂停或延长。请写明逾期原因。"),
    "extension_asked": _("这一步已有一份延长申请待另一位经办同意，请先处理。"),
    "beyond_ceiling": _("延长合计超过上限，这笔需求最多还能延长 {left} 个工作日。请减少天数后再申请。"),
    "late_unexplained": _("这一步已于 {due} 到期。请先写明逾期原因，再办结。"),
    "overall_exceeded": _(
        "互不等待的步骤同时办理，最长的一条路线仍要 {total} 个工作日，超过总时限 {overall} 个工作日。请缩短其中一步后再保存。"
    ),
    "told_before": _(
        "“{given}”以前退回时已经告知。补正内容须一次告知（行政许可法第三十二条），再次退回只写此后新出现的内容。"
    ),
    "not_on_duty": _("岗位只能由在用的经办或领导账号担任，请另选一人。"),
    "past_start": _("岗位只能从今天或以后的日期起调整，请改填日期。"),
    "promise_missing": _("还缺：{papers}。可以先上传，或勾选承诺，受理后按期补齐。"),
    "promise_barred": _(
        "还缺：{papers}。本企业有未修复的失信记录，或以前没有按承诺补齐材料，不能容缺受理。请先上传这些材料。"
    ),
    "paper_owed": _("这一步须等企业补齐：{papers}（{until} 前）。请提醒企业上传，其他步骤可以先办。"),
    "paper_unfit": _("这份材料已经标为不合格，请刷新页面查看。"),
    "file_missing": _("还没有选择文件。请选择文件，或用手机拍照后上传。"),
    "expiry_missing": _("“{kind}”有有效期，请填写有效期至哪一天。"),
    "paper_expired": _("这份材料已于 {on} 过期，请上传有效的一份。"),
    "other_version": _("要替换的材料种类不同，或已被替换。请重新选择要替换的“{kind}”。"),
}
