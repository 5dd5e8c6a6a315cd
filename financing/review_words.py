"""Words of what a loss teaches (代偿复盘), in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.compensation.review_rules import Change, Happened, ReviewState

REVIEW_ACTS: dict[StrEnum, str] = {
    Act.OPEN_REVIEW: _("代偿复盘立案"),
    Act.PROPOSE_REVIEW: _("提出复盘意见"),
    Act.RETURN_REVIEW: _("退回复盘"),
    Act.CHANGE_NOTHING: _("决定不作调整"),
    Act.CHANGE_SOMETHING: _("决定调整"),
    Act.FINISH_REVIEW: _("登记落实"),
    Act.PRINT_REVIEW: _("下载复盘"),
}

REVIEW_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ReviewState: {
        ReviewState.OPEN: _("待复盘"),
        ReviewState.PROPOSED: _("复盘待决定"),
        ReviewState.DECIDED: _("调整待落实"),
        ReviewState.DONE: _("复盘办结"),
    },
    Change: {
        Change.CARD: _("修改评分表的规则"),
        Change.WATCH: _("修改预警规则"),
        Change.BANK: _("调整该银行的额度或条件"),
        Change.NOTHING: _("不作调整"),
    },
    Happened: {
        Happened.SCORED: _("评分"),
        Happened.FLAGGED: _("人工复核提示"),
        Happened.SURVEYED: _("尽职调查"),
        Happened.RESOLVED: _("决议封存"),
        Happened.ISSUED: _("出具函件"),
        Happened.PAID_OUT: _("放款"),
        Happened.CHECKED: _("保后检查"),
        Happened.UNCHECKED: _("保后检查到期未做"),
        Happened.WARNED: _("风险预警"),
        Happened.SETTLED: _("预警关闭"),
        Happened.CLAIMED: _("银行申请代偿"),
        Happened.COMPENSATED: _("代偿"),
        Happened.RECOVERED: _("追回"),
        Happened.LOST: _("核销损失"),
    },
}

REVIEW_SENTENCES: dict[str, str] = {
    "lesson_incomplete": _("决定调整的，须写明调整什么、何时完成；不作调整的，这两项都不填。请改正后再提交。"),
}

REVIEW_CONSEQUENCES: dict[StrEnum, str] = {
    Act.PROPOSE_REVIEW: _("提出后由评审委主任或园区领导决定，您不能自己决定；决定之前可以被退回修改。"),
    Act.RETURN_REVIEW: _("退回后由经办重新复盘，期限不变。"),
    Act.CHANGE_NOTHING: _("决定后复盘办结，意见和理由不能更改，园区领导、评审委和审计都能看到。"),
    Act.CHANGE_SOMETHING: _("决定后意见和理由不能更改；调整在期限前由经办落实并登记，列入待办事项。"),
    Act.FINISH_REVIEW: _("登记后复盘办结，不能更改。"),
}

REVIEW_FIGURES: dict[str, str] = {"review_days": _("代偿后提出复盘意见的期限")}

REVIEW_FIELDS: dict[str, str] = {
    "lesson": _("复盘结论"),
    "change": _("要不要调整"),
    "changed": _("调整的内容"),
    "change_by": _("完成期限"),
}
