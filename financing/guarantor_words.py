"""What the guarantor, its documents and changes of its terms are called."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.parties.rules import GuarantorKind, RelationKind, RelationSource, Support

GUARANTOR_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
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
    },
    ChangeState: {
        ChangeState.PROPOSED: _("待决定"),
        ChangeState.ADOPTED: _("已采纳"),
        ChangeState.TURNED_DOWN: _("不采纳"),
    },
}
