"""The words themselves, in Chinese; the English stands in locale/en. One word for one thing from database to button."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import WHO_DOES_WHAT, _
from financing.acts import Act
from financing.after_words import AFTER_ACTS, AFTER_WORDS
from financing.answer_words import ANSWER_WORDS
from financing.bank_words import BANK_WORDS
from financing.bridge_words import BRIDGE_ACTS, BRIDGE_WORDS
from financing.card_words import CARD_WORDS
from financing.case_words import CASE_WORDS
from financing.clock_words import CLOCK_WORDS
from financing.compensation_words import COMPENSATION_ACTS, COMPENSATION_WORDS
from financing.conduct_words import CONDUCT_ACTS, CONDUCT_WORDS
from financing.credit.rules import Supply
from financing.diligence_words import DILIGENCE_WORDS
from financing.figure_words import FIGURE_WORDS
from financing.figures.bank_rules import Measure
from financing.form_words import FORM_WORDS
from financing.guarantor_words import GUARANTOR_WORDS
from financing.help_words import HELP_ACTS, HELP_WORDS
from financing.import_words import IMPORT_WORDS
from financing.loan_words import LOAN_ACTS, LOAN_WORDS
from financing.needs.rules import NeedState, Purpose, Security, Turn, Wrong
from financing.notice_words import NOTICE_WORDS
from financing.office_words import OFFICE_WORDS
from financing.papers.rules import Owed, PaperKind, Side
from financing.parties.identity import CodeFault
from financing.parties.rules import BankKind, FirmState, Shelved
from financing.people.rules import Weakness
from financing.purpose_words import PURPOSE_WORDS
from financing.recovery_words import RECOVERY_ACTS, RECOVERY_WORDS
from financing.register_words import REGISTER_WORDS
from financing.reserve_words import RESERVE_ACTS, RESERVE_WORDS
from financing.session_words import SESSION_WORDS
from financing.setting_words import SETTING_WORDS
from financing.sign_words import SIGN_ACTS, SIGN_WORDS
from scoring.statement_lines import Standard, Unit

__all__ = ["NAMES", "_"]

#: Of every act, in whichever room it is named.
_ACTS = (
    WHO_DOES_WHAT[Act]
    | AFTER_ACTS
    | HELP_ACTS
    | LOAN_ACTS
    | CONDUCT_ACTS
    | RESERVE_ACTS
    | COMPENSATION_ACTS
    | RECOVERY_ACTS
    | BRIDGE_ACTS
    | SIGN_ACTS
)
#: By kind first: words of different kinds may share a value (two enums of text compare equal).
NAMES: dict[type[StrEnum], dict[StrEnum, str]] = {
    **WHO_DOES_WHAT,
    Act: {act: _ACTS[act] for act in Act},
    **COMPENSATION_WORDS,
    **RECOVERY_WORDS,
    **CARD_WORDS,
    **CASE_WORDS,
    **BANK_WORDS,
    **GUARANTOR_WORDS,
    **REGISTER_WORDS,
    **IMPORT_WORDS,
    **FORM_WORDS,
    **DILIGENCE_WORDS,
    **CLOCK_WORDS,
    **ANSWER_WORDS,
    **SESSION_WORDS,
    **NOTICE_WORDS,
    **SETTING_WORDS,
    **OFFICE_WORDS,
    **LOAN_WORDS,
    **CONDUCT_WORDS,
    **BRIDGE_WORDS,
    **RESERVE_WORDS,
    **SIGN_WORDS,
    Weakness: {
        Weakness.SHORT: _("太短，企业至少 12 个字符，其他人员至少 15 个"),
        Weakness.LONG: _("太长，最多 128 个字符"),
        Weakness.COMMON: _("太常见，容易被猜到"),
        Weakness.LEAKED: _("在已经泄露的密码里"),
        Weakness.LOGIN: _("含有登录名"),
        Weakness.PLAIN: _("本园区要求小写字母、大写字母、数字、其他字符中至少有三类"),
        Weakness.SAME: _("与现在的密码相同"),
    },
    FirmState: {
        FirmState.REGISTERED: _("待确认"),
        FirmState.CONFIRMED: _("已确认"),
    },
    CodeFault: {
        CodeFault.LENGTH: _("应为 18 位"),
        CodeFault.WIDTH: _("含有全角字符"),
        CodeFault.SIGN: _("含有代码中不会出现的字符"),
        CodeFault.CHECK: _("校验位不符，可能有一位抄错"),
    },
    BankKind: {
        BankKind.STATE_OWNED: _("国有大行"),
        BankKind.JOINT_STOCK: _("股份制银行"),
        BankKind.POLICY: _("政策性银行"),
        BankKind.CITY: _("城市商业银行"),
        BankKind.RURAL: _("农商行、农信社"),
        BankKind.VILLAGE: _("村镇银行"),
        BankKind.PRIVATE: _("民营银行"),
        BankKind.FOREIGN: _("外资银行"),
    },
    Shelved: {
        Shelved.OFFERED: _("在架"),
        Shelved.TO_COME: _("待上架"),
        Shelved.EXPIRED: _("已过期"),
        Shelved.TAKEN_OFF: _("已下架"),
    },
    PaperKind: {
        PaperKind.LICENCE: _("营业执照"),
        PaperKind.STATEMENTS: _("财务报表"),
        PaperKind.INVOICES: _("发票明细"),
        PaperKind.TAX: _("纳税证明"),
        PaperKind.ORDERS: _("订单合同"),
        PaperKind.AUDIT: _("审计报告"),
        PaperKind.FLOW: _("银行流水"),
        PaperKind.FIRM_CREDIT: _("企业信用报告"),
        PaperKind.IDENTITY: _("身份证件、个人资产申报"),
        PaperKind.PERSON_CREDIT: _("个人信用报告"),
        PaperKind.SIGNED: _("本人签名的授权书"),
        PaperKind.PREMISES: _("厂房租赁或产权证明"),
        PaperKind.ARTICLES: _("公司章程"),
        PaperKind.RESOLUTION: _("股东会决议"),
        PaperKind.PHOTO: _("现场照片"),
        PaperKind.PROOF: _("条件证明"),
        PaperKind.OTHER: _("其他材料"),
    },
    Standard: {
        Standard.SMALL: _("小企业会计准则"),
        Standard.GENERAL: _("企业会计准则"),
    },
    Unit: {
        Unit.YUAN: _("元"),
        Unit.THOUSAND: _("千元"),
        Unit.WAN: _("万元"),
    },
    Owed: {
        Owed.FIGURES: _("财务报表或发票明细（至少一种）"),
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
        NeedState.INELIGIBLE: _("未达准入条件"),
        NeedState.COMMITTEE: _("评审中"),
        NeedState.APPROVED: _("同意担保"),
        NeedState.CONDITIONAL: _("附条件同意"),
        NeedState.REJECTED: _("不予担保"),
        NeedState.LISTED: _("已推荐"),
        NeedState.OFFERED: _("已报价"),
        NeedState.SETTLED: _("已选定"),
        NeedState.WITHDRAWN: _("已撤回"),
        NeedState.TERMINATED: _("已终止"),
        NeedState.CLOSED: _("已结束"),
    },
    Wrong: {
        Wrong.AMOUNT: _("金额须大于 0"),
        Wrong.CEILING: _("金额超过本园区单户上限"),
        Wrong.MONTHS: _("期限须为 1 至 60 个月"),
        Wrong.TOO_LONG: _("补充流动资金的期限过长"),
        Wrong.LATEST: _("最迟用款日不能早于今天"),
        Wrong.UNREACHABLE: _("最迟用款日之前没有银行营业日"),
        Wrong.USE: _("具体用途须填写，且不超过 500 字"),
        Wrong.UNNAMED: _("购置设备须写明设备名称"),
        Wrong.WISH: _("期望年利率须在 0 与 24 % 之间"),
        Wrong.BROKER: _("请确认未通过中介办理"),
    },
    Turn: {
        Turn.FIRM: _("企业"),
        Turn.OFFICER: _("经开区经办"),
        Turn.COMMITTEE: _("评审委员会"),
        Turn.BANK: _("银行"),
        Turn.NOBODY: _("已办结"),
    },
    Purpose: PURPOSE_WORDS,
    Security: {
        Security.NONE: _("无抵押物"),
        Security.RECEIVABLES: _("应收账款"),
        Security.EQUIPMENT: _("设备"),
        Security.PROPERTY: _("厂房土地"),
        Security.OWNER: _("实际控制人保证"),
    },
    Supply: {
        Supply.STATEMENTS: _("上传最近两年的财务报表"),
        Supply.INVOICES: _("上传最近三年的发票明细"),
        Supply.BOTH: _("上传同一年度的财务报表和全年发票明细"),
        Supply.DECLARED: _("在企业资料中填写"),
        Supply.DOCUMENT: _("上传证明材料，由经办核对后记录"),
        Supply.REGISTRY: _("由经办查询后记录"),
        Supply.SITE: _("由经办现场核验后记录"),
    },
    Measure: {
        Measure.ANSWER_TIME: _("首次答复时间"),
        Measure.SILENCE: _("逾期未答复率"),
        Measure.WIN_RATE: _("报价选中率"),
        Measure.COST: _("综合年成本"),
        Measure.RETRADES: _("选定后条件变差率"),
        Measure.REPEATS: _("重复索取"),
        Measure.PAY_OUT: _("放款率"),
        Measure.RENEWAL: _("承诺续贷兑现率"),
        Measure.BREACHES: _("公布的违规认定"),
        Measure.COMPENSATED: _("代偿率"),
    },
    **FIGURE_WORDS,
    **AFTER_WORDS,
    **HELP_WORDS,
}
