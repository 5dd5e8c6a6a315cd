"""What roles and acts are called: the word on the button is the word in the journal."""

from __future__ import annotations

from enum import StrEnum

from financing.access import Role
from financing.acts import Act


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


WHO_DOES_WHAT: dict[type[StrEnum], dict[StrEnum, str]] = {
    Role: {
        Role.VISITOR: _("访客"),
        Role.CLERK: _("企业经办人"),
        Role.SIGNATORY: _("企业负责人"),
        Role.OFFICER: _("经开区经办"),
        Role.MEMBER: _("评审委员"),
        Role.CHAIR: _("评审委主任"),
        Role.BANKER: _("银行客户经理"),
        Role.BANK_ADMIN: _("银行管理员"),
        Role.FUND: _("应急资金管理人"),
        Role.LEADER: _("园区领导"),
        Role.AUDITOR: _("审计"),
        Role.ADMIN: _("系统管理员"),
        Role.SYSTEM: _("系统"),
    },
    Act: {
        Act.SIGN_IN: _("登录"),
        Act.SIGN_OUT: _("退出"),
        Act.INVITE: _("邀请用户"),
        Act.JOIN: _("启用账号"),
        Act.DISABLE_USER: _("停用账号"),
        Act.SEE_NOTICES: _("全部标为已看"),
        Act.REGISTER_FIRM: _("登记企业"),
        Act.CONFIRM_FIRM: _("确认企业"),
        Act.EDIT_FIRM: _("修改企业资料"),
        Act.RECORD_FACTS: _("记录核验结果"),
        Act.ADD_BANK: _("登记银行"),
        Act.ADD_PRODUCT: _("上架产品"),
        Act.SET_GUARANTOR: _("设定担保人"),
        Act.ADD_PAPER: _("上传材料"),
        Act.OPEN_PAPER: _("查看材料"),
        Act.DRAFT_NEED: _("新建需求"),
        Act.EDIT_NEED: _("修改需求"),
        Act.SUBMIT_NEED: _("提交需求"),
        Act.WITHDRAW_NEED: _("撤回需求"),
        Act.RETURN_NEED: _("退回补正"),
        Act.ACCEPT_NEED: _("受理"),
        Act.ASSESS_NEED: _("评分"),
        Act.LOOK_AT_FLAG: _("记录核对结果"),
        Act.REFUSE_NEED: _("不予立项"),
        Act.DRAFT_CARD: _("提交评分表草案"),
        Act.PROPOSE_CARD: _("提请采纳"),
        Act.DROP_CARD: _("不予采纳"),
        Act.ADOPT_CARD: _("采纳评分表"),
        Act.RECALL_CARD: _("提请撤回"),
        Act.WITHDRAW_CARD: _("撤回评分表"),
        Act.OPEN_CASE: _("立担保项目"),
        Act.CALL_MEETING: _("召集评审会"),
        Act.OPEN_MEETING: _("开始评审会"),
        Act.CLOSE_MEETING: _("结束评审会"),
        Act.TABLE_CASE: _("上会"),
        Act.DECLARE_TIE: _("申报回避"),
        Act.CAST_VOTE: _("表决"),
        Act.SEAL_CASE: _("封存决议"),
        Act.APPROVE_CASE: _("同意担保"),
        Act.CONDITION_CASE: _("附条件同意"),
        Act.REJECT_CASE: _("不予担保"),
        Act.DEFER_CASE: _("延期再议"),
        Act.PRINT_RESOLUTION: _("下载决议"),
        Act.PROPOSE_MATCH: _("提出对接"),
        Act.GRANT_CONSENT: _("授权查看"),
        Act.WITHDRAW_CONSENT: _("撤回授权"),
        Act.PASS_OVER: _("未选定"),
        Act.SEND_DOSSIER: _("发送档案"),
        Act.OPEN_DOSSIER: _("查看档案"),
        Act.PRINT_DOSSIER: _("下载档案"),
        Act.PLAN_SESSION: _("筹备对接会"),
        Act.SEAT_SESSION: _("排定场次"),
        Act.OPEN_SESSION: _("开始对接会"),
        Act.CLOSE_SESSION: _("结束对接会"),
        Act.MAKE_OFFER: _("报价"),
        Act.DECLINE_NEED: _("婉拒"),
        Act.ACCEPT_OFFER: _("接受报价"),
        Act.READ_JOURNAL: _("查阅日志"),
        Act.DENIED: _("被拒绝的操作"),
        Act.FILL_DEMO: _("填充演示数据"),
    },
}
