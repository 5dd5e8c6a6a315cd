"""Words of settings by date, in Chinese: kinds, subjects, and what each figure is called."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.after_words import AFTER_FIGURES
from financing.bridge_words import BRIDGE_FIGURES
from financing.calendar import Kind
from financing.compensation_words import COMPENSATION_FIGURES
from financing.conduct_words import CONDUCT_FIGURES
from financing.dated.rules import Certainty, ProposalState, Subject
from financing.entries import Setting
from financing.help_words import HELP_FIGURES
from financing.loan_words import LOAN_FIGURES
from financing.proof_words import PROOF_FIGURES
from financing.recovery_words import RECOVERY_FIGURES
from financing.reserve_words import RESERVE_FIGURES
from financing.sign_words import SIGN_FIGURES

SETTING_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Setting: {
        Setting.FIGURE: _("参数"),
        Setting.DAY: _("日期"),
        Setting.YEAR: _("年度安排"),
    },
    Kind: {
        Kind.OFF: _("放假"),
        Kind.WORK: _("上班"),
    },
    ProposalState: {
        ProposalState.PROPOSED: _("待确认"),
        ProposalState.ADOPTED: _("已确认"),
        ProposalState.TURNED_DOWN: _("未调整"),
    },
    Certainty: {
        Certainty.TEXT: _("A 已核对原文"),
        Certainty.ACCOUNT: _("B 依转述"),
        Certainty.OWN: _("C 自行约定"),
    },
    Subject: {
        Subject.GUARANTEE: _("担保限额与政策指标"),
        Subject.COMMITTEE: _("评审委员会"),
        Subject.NEEDS: _("受理与尽调"),
        Subject.BANKS: _("银行对接"),
        Subject.SESSIONS: _("对接会与履约"),
        Subject.BRIDGE: _("应急专项资金"),
        Subject.HELPING: _("帮扶企业"),
        Subject.PLATFORM: _("平台运行"),
    },
}

SETTING_SENTENCES: dict[str, str] = {
    "setting_begun": _("已经开始的日子不能更改，最早可以从 {least} 起生效。"),
    "setting_waits": _("{who} 提出的调整还在等待确认，请先处理那一项。"),
    "setting_same": _("这与现在的值相同，无需调整。"),
    "not_holidays": _(
        "文件的第 {line} 行读不懂。每行应为“日期,类型,名称”，类型填 off（放假）或 work（上班），第一行为 date,kind,name。"
    ),
    "other_year": _("{given} 不属于 {year} 年的安排。请核对年份和日期。"),
}

SETTING_CONSEQUENCES: dict[StrEnum, str] = {
    Act.PROPOSE_SETTING: _("提出后由另一位管理员或评审委主任确认，确认前不改变任何计算；已经开始的日子不受影响。"),
    Act.ADOPT_SETTING: _(
        "从生效日起，所有新的计算都用新值；已作出的决定和已发出的文书不变。确认后不能修改，只能再次调整。"
    ),
    Act.TURN_DOWN_SETTING: _("这项调整到此为止，留在历史中。"),
    Act.SET_CALENDAR: _("随即生效：尚未到期的时限按新的日历重新核对，已通知企业的时限不会提前。已经开始的日子不变。"),
}

#: What each figure of parameters.toml is called.
FIGURE_NAMES: dict[str, str] = {
    **LOAN_FIGURES,
    **SIGN_FIGURES,
    **CONDUCT_FIGURES,
    **COMPENSATION_FIGURES,
    **RECOVERY_FIGURES,
    **RESERVE_FIGURES,
    "leverage_cap": _("放大倍数上限"),
    "single_party_ppm": _("单户担保上限"),
    "leverage_cap_small": _("放大倍数上限（主要服务小微、三农）"),
    "mainly_small_balance_ppm": _("“主要服务小微、三农”的余额占比"),
    "mainly_small_customers_ppm": _("“主要服务小微、三农”的户数占比"),
    "group_ppm": _("关联集团担保上限"),
    "small_weight_ppm": _("小微借款担保的责任余额权重"),
    "small_bound_fen": _("适用小微权重的单户上限"),
    "sector_ppm": _("单一行业占比上限"),
    "bank_ppm": _("单一银行占比上限"),
    **AFTER_FIGURES,
    **HELP_FIGURES,
    "pool_multiple": _("风险资金池放大倍数"),
    "quorum_part": _("到会人数要求（分子）"),
    "quorum_whole": _("到会人数要求（分母）"),
    "deferral_days": _("延期再议的期限"),
    "delegated_amount": _("两人授权审批的单户上限"),
    "call_in_days": _("委员提请上会的期限"),
    "majority_part": _("表决通过的比例（分子）"),
    "majority_whole": _("表决通过的比例（分母）"),
    "card_votes": _("采纳评分表的最少票数"),
    "resolution_months": _("决议有效期"),
    "need_handling_days": _("受理时限"),
    "round_needs_per_bank": _("一轮对接中每家银行的需求数"),
    "bank_answer_days": _("银行答复时限"),
    "ask_answer_days": _("企业答复补充事项的时限"),
    "ask_fresh_days": _("补充材料的有效天数"),
    "offer_valid_days": _("报价有效期"),
    "claim_days": _("认领的有效期"),
    "product_cap_fen": _("产品金额上限"),
    "confirmed_firms_only": _("仅受理已确认的企业"),
    "small_firms_only": _("仅受理小微企业"),
    "listed_purposes_only": _("仅受理列明的用途"),
    "letter_needs_licence": _("出具保函须有许可证"),
    "no_government_guarantor": _("不接受政府机关保证"),
    "need_scoring_days": _("评分时限"),
    "case_opening_days": _("立项时限"),
    "survey_visit_days": _("现场核查时限"),
    "survey_review_days": _("核查复核时限"),
    "two_officers_survey": _("尽调须两人"),
    "survey_photos": _("尽调照片最少张数"),
    "conditions_before_issue": _("出函前须落实条件"),
    "guarantee_period_months": _("保证期间"),
    "contest_days": _("申请复议的期限"),
    "contest_answer_days": _("复议答复时限"),
    "related_share_ppm": _("关联关系的持股比例"),
    "control_share_ppm": _("控股股东的持股比例"),
    "no_controller": _("不为控股股东、实际控制人担保"),
    "related_report_days": _("关联担保报告的期限"),
    "interests_ahead_days": _("利益申报提前的天数"),
    "employer_years": _("任职回避的年限"),
    "experts_per_meeting": _("每次会议的外部专家人数"),
    "experts_vote": _("外部专家有表决权"),
    "small_agri_share_ppm": _("支小支农占比下限"),
    "little_share_ppm": _("其中单户 500 万元及以下占比下限"),
    "mean_fee_ppm": _("平均担保费率上限"),
    "compensation_rate_ppm": _("代偿率上限"),
    "alarm_margin_ppm": _("指标预警的距离"),
    "fee_cap_ppm": _("担保费率上限"),
    "guarantee_fee_only": _("只收担保费"),
    "bank_share_min_ppm": _("银行分担比例下限"),
    "session_reminder_days": _("对接会回执提醒提前的天数"),
    "commitment_first_days": _("对接会后第一次跟踪"),
    "commitment_second_days": _("对接会后第二次跟踪"),
    "commitment_last_days": _("对接会后最后一次跟踪"),
    "teaser_least_firms": _("匿名摘要的最少企业数"),
    "api_key_days": _("接口密钥的有效期（默认）"),
    "api_key_most_days": _("接口密钥的最长有效期"),
    "api_requests_per_minute": _("一把接口密钥每分钟的请求数"),
    "need_overall_days": _("受理、评分、提交评审合计时限"),
    "extension_most_days": _("一笔需求全部延长合计"),
    "escalation_helper_days": _("到期后提醒经办"),
    "escalation_section_days": _("到期后提醒科室负责人"),
    "escalation_director_days": _("到期后提醒分管领导"),
    "escalation_leader_days": _("到期后提醒主要领导"),
    "figures_minutes": _("统计数字重新计算的间隔"),
    "promise_days": _("容缺受理后补齐材料的时限"),
    "expiry_first_days": _("材料到期前首次提醒"),
    "expiry_second_days": _("材料到期前再次提醒"),
    "life_silent_days": _("需求没有动静即询问企业"),
    "life_answer_days": _("询问后无人答复即终止"),
    "idle_days": _("在办需求须有下一步安排"),
    "call_back_ppm": _("回访抽取比例"),
    "call_back_days": _("抽中后回访的时限"),
    "bad_rating_days": _("差评核实整改的时限"),
    "rating_least_firms": _("评价结果公布的最少企业数"),
    "statistics_working_days": _("定期统计出具的时限"),
    "working_capital_months": _("流动资金贷款的最长期限"),
    "payout_least_days": _("最快到账的银行营业日"),
    "unfinished_days": _("没有填完的表单保留的天数"),
    "behalf_days": _("企业对代填提出异议的期限"),
    **BRIDGE_FIGURES,
    **PROOF_FIGURES,
}

SETTING_FIELDS: dict[str, str] = {
    "confidence": _("可靠程度"),
    "works": _("这一天"),
    "notice_file": _("年度安排文件（CSV）"),
    "notice_text": _("年度安排（CSV 文本）"),
}
