"""What the guarantor, its documents and changes of its terms are called."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.security_rules import SecurityKind, SecurityState
from financing.guarantees.sharing import Party
from financing.interest_words import INTEREST_WORDS
from financing.letters.rules import EntryKind, Ground, GuaranteeState, GuaranteeType, LetterKind, ProposalState
from financing.parties.rules import GuarantorKind, RelationKind, RelationSource, Support

GUARANTOR_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **INTEREST_WORDS,
    DelegationState: {
        DelegationState.PROPOSED: _("待另一位经办决定"),
        DelegationState.REFERRED: _("转评审会"),
        DelegationState.DECIDED: _("可提请上会"),
        DelegationState.IN_FORCE: _("已生效"),
        DelegationState.CALLED_IN: _("已提请上会"),
        DelegationState.VOID: _("已失效"),
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
    RelationKind: {
        RelationKind.CONTROLLER: _("实际控制人"),
        RelationKind.SHAREHOLDER: _("股东"),
        RelationKind.OFFICER: _("董事、监事或高管"),
        RelationKind.FAMILY: _("实际控制人的近亲属"),
        RelationKind.GUARANTOR: _("保证人"),
    },
    RelationSource: {
        RelationSource.REGISTRY: _("工商登记"),
        RelationSource.DECLARED: _("企业申报"),
        RelationSource.AUDIT: _("审计报告"),
        RelationSource.ON_SITE: _("实地核查"),
    },
    DocumentKind: {
        DocumentKind.LICENCE: _("融资担保业务经营许可证"),
        DocumentKind.AUDIT_REPORT: _("审计报告"),
        DocumentKind.CORPORATE_RESOLUTION: _("公司决议"),
        DocumentKind.AGREEMENT: _("合作协议"),
        DocumentKind.PROOF: _("到账或落实证明"),
        DocumentKind.BANK_CONFIRMATION: _("银行解保确认"),
        DocumentKind.JUDGMENT: _("判决、裁决或其他充分证据"),
    },
    ChangeState: {
        ChangeState.PROPOSED: _("待决定"),
        ChangeState.ADOPTED: _("已采纳"),
        ChangeState.TURNED_DOWN: _("不采纳"),
    },
    GuaranteeState: {
        GuaranteeState.PREPARED: _("待签发"),
        GuaranteeState.IN_FORCE: _("在保"),
        GuaranteeState.COMPENSATED: _("已代偿"),
        GuaranteeState.RELEASED: _("已解保"),
        GuaranteeState.DROPPED: _("已作废"),
    },
    LetterKind: {
        LetterKind.LETTER: _("担保函"),
        LetterKind.RISK_SHARING: _("风险补偿承诺函"),
        LetterKind.RECOMMENDATION: _("推荐函"),
        LetterKind.INTENT: _("担保意向函"),
        LetterKind.REFUSAL: _("不予担保告知函"),
        LetterKind.MINUTES: _("评审纪要"),
        LetterKind.RESOLUTION: _("决议"),
        LetterKind.STATISTICS: _("定期统计"),
        LetterKind.COMPENSATION: _("代偿决定书"),
        LetterKind.RENEWAL_PROMISE: _("续贷承诺函"),
        LetterKind.DISPATCH: _("调度会纪要"),
    },
    GuaranteeType: {
        GuaranteeType.JOINT: _("连带责任保证"),
        GuaranteeType.GENERAL: _("一般保证"),
    },
    EntryKind: {
        EntryKind.ISSUED: _("出具"),
        EntryKind.REPAID: _("企业还款"),
        EntryKind.RELEASED: _("解保"),
        EntryKind.COMPENSATED: _("代偿"),
        EntryKind.RECOVERED: _("追偿收回"),
        EntryKind.LOST: _("确认损失"),
        EntryKind.RESTORED: _("还款更正"),
    },
    ProposalState: {
        ProposalState.PROPOSED: _("待确认"),
        ProposalState.CONFIRMED: _("已确认"),
        ProposalState.TURNED_DOWN: _("不予确认"),
    },
    Ground: {
        Ground.RESOLUTION: _("有效的决议"),
        Ground.CONDITIONS: _("条件已落实"),
        Ground.OFFER: _("企业已选定的报价"),
        Ground.AMOUNT: _("金额不超过报价和批准额度"),
        Ground.FORM: _("担保人可出具的形式"),
        Ground.GUARANTOR: _("担保人不是机关法人"),
        Ground.LICENCE: _("许可证当日有效"),
        Ground.LICENCE_SCAN: _("许可证扫描件在档"),
        Ground.POOL: _("风险补偿资金池余额"),
        Ground.CORPORATE_RESOLUTION: _("担保人对本笔担保的公司决议"),
        Ground.REPORT: _("关联担保报告监管"),
        Ground.RESERVED: _("额度已为本笔预留"),
        Ground.BANK_LIMIT: _("合作银行限额"),
        Ground.BREAKER: _("合作银行代偿率"),
    },
    Party: {
        Party.GUARANTOR: _("担保人"),
        Party.BANK: _("贷款银行"),
        Party.REGUARANTOR: _("省级再担保机构"),
        Party.FUND: _("国家融资担保基金"),
        Party.TREASURY: _("地方财政"),
        Party.OTHER: _("其他方"),
    },
    SecurityKind: {
        SecurityKind.LIABILITY: _("实际控制人及配偶连带责任保证"),
        SecurityKind.EQUITY: _("股权质押"),
        SecurityKind.EQUIPMENT: _("设备抵押"),
        SecurityKind.RECEIVABLES: _("应收账款质押"),
        SecurityKind.INTELLECTUAL: _("知识产权质押"),
        SecurityKind.ORDERS: _("订单或出口退税质押"),
        SecurityKind.RENT: _("园区租金、用地优先权"),
        SecurityKind.NOTHING: _("不要求反担保"),
    },
    SecurityState: {
        SecurityState.ASKED: _("待办理"),
        SecurityState.GIVEN: _("已收到"),
        SecurityState.REGISTERED: _("已登记"),
        SecurityState.RELEASED: _("已解除"),
        SecurityState.WAIVED: _("已免除"),
    },
}
