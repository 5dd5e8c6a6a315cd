"""Words of recovery (追偿), in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.compensation.duty_rules import Holder, Piece
from financing.compensation.recovery_rules import LimitKind, RecoveryState, ShareState, Step
from financing.review_words import (
    REVIEW_ACTS,
    REVIEW_CONSEQUENCES,
    REVIEW_FIELDS,
    REVIEW_FIGURES,
    REVIEW_SENTENCES,
    REVIEW_WORDS,
)

RECOVERY_ACTS: dict[StrEnum, str] = {
    **REVIEW_ACTS,
    Act.OPEN_RECOVERY: _("追偿立案"),
    Act.RECORD_RECOVERY_STEP: _("登记追偿措施"),
    Act.TAKE_RECOVERY: _("接手追偿"),
    Act.CLOSE_RECOVERY: _("办结追偿"),
    Act.REMIND_RECOVERY: _("追偿逾期提醒"),
    Act.WARN_RECOVERY: _("追偿时效提醒"),
    Act.ORDER_SHARE: _("登记划付"),
    Act.PAY_SHARE: _("确认划付"),
    Act.RETURN_SHARE: _("退回划付"),
    Act.TAKE_CASE_FILE: _("导出尽职免责材料"),
    Act.TAKE_OFFER_FILE: _("导出本行尽职免责材料"),
}

RECOVERY_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **REVIEW_WORDS,
    RecoveryState: {RecoveryState.OPEN: _("追偿中"), RecoveryState.CLOSED: _("追偿办结")},
    Step: {
        Step.DEMAND: _("催收函"),
        Step.TALK: _("协商"),
        Step.PLAN: _("分期还款协议"),
        Step.PRESERVE: _("财产保全"),
        Step.SUE: _("起诉立案"),
        Step.JUDGMENT: _("判决或调解生效"),
        Step.ENFORCE: _("申请强制执行"),
        Step.AUCTION: _("拍卖、变卖"),
        Step.WRITE_OFF: _("提出核销"),
        Step.OTHER: _("其他措施"),
    },
    Holder: {Holder.GUARANTOR: _("担保人"), Holder.BANK: _("银行")},
    Piece: {
        Piece.NEED: _("融资需求"),
        Piece.ASSESSMENT: _("评分与评分依据"),
        Piece.FLAGS: _("人工复核提示"),
        Piece.SURVEY: _("尽职调查与两人意见"),
        Piece.CASE: _("立项、准入核对与经办意见"),
        Piece.SECURITIES: _("反担保"),
        Piece.RESOLUTION: _("封存的决议"),
        Piece.CONDITIONS: _("条件与落实"),
        Piece.LETTER: _("函件"),
        Piece.PAPER: _("企业材料"),
        Piece.CONSENTS: _("企业的授权"),
        Piece.VIEWINGS: _("本行的查看记录"),
        Piece.DOSSIER: _("看过的档案内容"),
        Piece.ITEMS: _("要求补充的事项与答复"),
        Piece.RELEASES: _("行内放行"),
        Piece.OFFER: _("本行的报价"),
        Piece.JOURNAL: _("日志摘录"),
        Piece.CHECKER: _("日志核验程序"),
    },
    LimitKind: {LimitKind.SUIT: _("诉讼时效"), LimitKind.ENFORCEMENT: _("申请执行期间")},
    ShareState: {
        ShareState.KEPT: _("担保人留存"),
        ShareState.OWED: _("待划付"),
        ShareState.ORDERED: _("划付待确认"),
        ShareState.PAID: _("已划付"),
    },
}

RECOVERY_SENTENCES: dict[str, str] = {
    **REVIEW_SENTENCES,
    "after_limit": _("下一步的日期晚于时效或申请执行期间的届满日 {until}。请改为届满之前的日期。"),
    "recovery_still_owed": _("还有 {amount} 既未追回也未核销，不能办结。请先在担保台账登记追偿到账或损失。"),
    "recovery_shares_unpaid": _("还有 {amount} 应划付给其他分担方，不能办结。请先完成划付。"),
    "not_yet_decided": _("这个项目还没有作出决定，没有可导出的尽职免责材料。请在决议封存以后再导出。"),
    "part_not_in": _("该方自己还有 {amount} 的分担款没有到账。请先登记分担到账，再划付追偿款。"),
}

RECOVERY_CONSEQUENCES: dict[StrEnum, str] = {
    **REVIEW_CONSEQUENCES,
    Act.RECORD_RECOVERY_STEP: _("登记后不能更改；时效或申请执行期间随即重新计算，下一步进入待办事项，逾期逐级提醒。"),
    Act.TAKE_RECOVERY: _("接手后由您负责，原负责人收到通知。"),
    Act.CLOSE_RECOVERY: _("办结后不再提醒；同一担保再有代偿会另立新案。"),
    Act.ORDER_SHARE: _("登记后由另一位经办或资金管理人凭证明确认。"),
    Act.PAY_SHARE: _("确认后不能更改。"),
    Act.RETURN_SHARE: _("退回后恢复为待划付，可以重新登记。"),
    Act.TAKE_CASE_FILE: _(
        "导出决策时掌握和核查的全部内容，附指纹清单和日志摘录；含企业材料，请妥善保管。每次导出记入日志。"
    ),
    Act.TAKE_OFFER_FILE: _(
        "只含本行看过的内容和本行的答复，附指纹清单和日志摘录。每次导出记入日志；授权有效时附档案内容，企业看得到这次查看。"
    ),
}

RECOVERY_FIGURES: dict[str, str] = {
    **REVIEW_FIGURES,
    "recovery_suit_months": _("追偿权的诉讼时效"),
    "recovery_enforcement_months": _("申请执行的期间"),
    "recovery_first_days": _("代偿后发出催收函的期限"),
    "recovery_warn_days": _("时效或申请执行期间届满前提醒的天数"),
    "recovery_costs_first": _("追回款先抵追偿费用（1 是，0 否）"),
}

RECOVERY_FIELDS: dict[str, str] = {
    **REVIEW_FIELDS,
    "step": _("追偿措施"),
    "cost": _("费用"),
    "next_step": _("下一步"),
    "next_on": _("下一步日期"),
    "next_what": _("下一步内容"),
    "result": _("办结情况"),
}
