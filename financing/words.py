"""The words themselves, in Chinese; the English stands in locale/en. One word for one thing from database to button."""

from __future__ import annotations

from enum import StrEnum

from financing.access import Role
from financing.acts import Act
from financing.forums.rules import SessionState
from financing.guarantees.rules import CaseState, Hurdle, MeetingState, Scope, Vote
from financing.matching.rules import Consented, MatchState, Part
from financing.needs.rules import NeedState, Purpose, Security
from financing.offers.rules import DeclineCode, OfferState, Repayment
from financing.papers.rules import PaperKind, Side
from financing.parties.rules import BankKind, FirmState, GuarantorKind, Support


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


#: By kind first: words of different kinds may share a value (two enums of text compare equal).
NAMES: dict[type[StrEnum], dict[StrEnum, str]] = {
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
        Act.REGISTER_FIRM: _("登记企业"),
        Act.CONFIRM_FIRM: _("确认企业"),
        Act.EDIT_FIRM: _("修改企业资料"),
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
    FirmState: {
        FirmState.REGISTERED: _("待确认"),
        FirmState.CONFIRMED: _("已确认"),
    },
    BankKind: {
        BankKind.STATE_OWNED: _("国有大行"),
        BankKind.JOINT_STOCK: _("股份制银行"),
        BankKind.POLICY: _("政策性银行"),
        BankKind.CITY: _("城市商业银行"),
        BankKind.RURAL: _("农村金融机构"),
    },
    GuarantorKind: {
        GuarantorKind.LICENSED: _("持牌融资担保公司"),
        GuarantorKind.REINSURED_PRODUCT: _("再担保合作产品"),
        GuarantorKind.RISK_POOL: _("风险补偿资金池"),
        GuarantorKind.CORPORATE_ONE_OFF: _("一般公司保证"),
    },
    Support: {
        Support.LETTER: _("担保函"),
        Support.RISK_SHARING: _("风险补偿"),
        Support.RECOMMENDATION: _("推荐函"),
    },
    PaperKind: {
        PaperKind.LICENCE: _("营业执照"),
        PaperKind.STATEMENTS: _("财务报表"),
        PaperKind.INVOICES: _("发票明细"),
        PaperKind.TAX: _("纳税证明"),
        PaperKind.ORDERS: _("订单合同"),
        PaperKind.OTHER: _("其他材料"),
    },
    Side: {
        Side.SALES: _("销项"),
        Side.PURCHASES: _("进项"),
    },
    NeedState: {
        NeedState.DRAFT: _("草稿"),
        NeedState.SUBMITTED: _("待受理"),
        NeedState.RETURNED: _("待补正"),
        NeedState.ACCEPTED: _("已受理"),
        NeedState.SCORED: _("已评分"),
        NeedState.COMMITTEE: _("评审中"),
        NeedState.APPROVED: _("同意担保"),
        NeedState.CONDITIONAL: _("附条件同意"),
        NeedState.REJECTED: _("不予担保"),
        NeedState.LISTED: _("已推荐"),
        NeedState.OFFERED: _("已报价"),
        NeedState.SETTLED: _("已选定"),
        NeedState.WITHDRAWN: _("已撤回"),
    },
    Purpose: {
        Purpose.WORKING_CAPITAL: _("补充流动资金"),
        Purpose.EQUIPMENT: _("购置设备"),
        Purpose.UPGRADE: _("技术改造"),
    },
    Security: {
        Security.NONE: _("无抵押物"),
        Security.RECEIVABLES: _("应收账款"),
        Security.EQUIPMENT: _("设备"),
        Security.PROPERTY: _("厂房土地"),
        Security.OWNER: _("实际控制人保证"),
    },
    CaseState: {
        CaseState.IN_REVIEW: _("待上会"),
        CaseState.ON_AGENDA: _("上会"),
        CaseState.APPROVED: _("同意担保"),
        CaseState.CONDITIONAL: _("附条件同意"),
        CaseState.REJECTED: _("不予担保"),
        CaseState.DEFERRED: _("延期再议"),
        CaseState.DROPPED: _("企业已撤回"),
    },
    MeetingState: {
        MeetingState.CALLED: _("已召集"),
        MeetingState.OPEN: _("进行中"),
        MeetingState.CLOSED: _("已结束"),
    },
    Vote: {
        Vote.FOR: _("同意"),
        Vote.CONDITIONAL: _("附条件同意"),
        Vote.AGAINST: _("不同意"),
        Vote.ABSTAIN: _("弃权"),
    },
    Hurdle: {
        Hurdle.CONFIRMED: _("经开区已确认的企业"),
        Hurdle.SIZE: _("小型或微型企业"),
        Hurdle.PURPOSE: _("用途在担保范围内"),
        Hurdle.VETO: _("没有触及红线"),
        Hurdle.FACTS: _("评分资料足够"),
        Hurdle.SCORE: _("评分达到准入线"),
        Hurdle.GRADE_CEILING: _("金额不超过等级上限"),
        Hurdle.PRODUCT_CAP: _("金额不超过产品上限"),
        Hurdle.SINGLE_LIMIT: _("金额不超过单户余额"),
        Hurdle.FACILITY_LIMIT: _("金额不超过担保总额余额"),
        Hurdle.LICENCE: _("出具担保函须有有效许可"),
        Hurdle.GUARANTOR: _("担保人不是机关法人"),
    },
    Scope: {
        Scope.FACILITY: _("担保总额度"),
        Scope.FIRM: _("单户额度"),
        Scope.GROUP: _("关联方额度"),
        Scope.BANK: _("单家银行额度"),
    },
    MatchState: {
        MatchState.PROPOSED: _("待授权"),
        MatchState.CONSENTED: _("已授权"),
        MatchState.SENT: _("待答复"),
        MatchState.OFFERED: _("已报价"),
        MatchState.DECLINED: _("已婉拒"),
        MatchState.CHOSEN: _("已选定"),
        MatchState.PASSED_OVER: _("未选定"),
        MatchState.WITHDRAWN: _("已撤回授权"),
    },
    Part: {
        Part.BASIC: _("基本情况"),
        Part.STATEMENTS: _("财务与发票"),
        Part.SCORE: _("评分"),
        Part.GUARANTEE: _("担保"),
        Part.CONTACT: _("联系人"),
    },
    Consented: {
        Consented.FINANCING: _("本次融资对接"),
    },
    SessionState: {
        SessionState.PLANNED: _("筹备中"),
        SessionState.OPEN: _("进行中"),
        SessionState.CLOSED: _("已结束"),
    },
    OfferState: {
        OfferState.MADE: _("待企业选择"),
        OfferState.ACCEPTED: _("已接受"),
        OfferState.NOT_CHOSEN: _("未选定"),
    },
    Repayment: {
        Repayment.EQUAL_INSTALMENTS: _("等额本息"),
        Repayment.EQUAL_PRINCIPAL: _("等额本金"),
        Repayment.INTEREST_ONLY: _("先息后本"),
        Repayment.BULLET: _("到期一次还本付息"),
    },
    DeclineCode: {
        DeclineCode.SECTOR: _("行业不在支持范围"),
        DeclineCode.AMOUNT: _("金额或期限不合适"),
        DeclineCode.CASH_FLOW: _("还款来源不足"),
        DeclineCode.DEBT: _("负债偏高"),
        DeclineCode.HISTORY: _("经营或信用记录不足"),
        DeclineCode.PAPERS: _("材料不足以判断"),
        DeclineCode.VOLUME: _("本期额度已用完"),
        DeclineCode.OTHER: _("其他原因"),
    },
}
