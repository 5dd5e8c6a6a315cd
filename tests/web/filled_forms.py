"""Forms filled in as they should be, by the name of the act: whoever may do it has nothing else to mend."""

from __future__ import annotations

from datetime import timedelta

from financing.diligence.rules import checks
from tests.makers import TODAY, a_code

FIRM = {
    "name": "新登记铜材有限公司", "industry": "3340", "park": "高新园区", "address": "工业大道 9 号", "founded_on": "2018-03-01",
    "representative": "张明", "contact": "李芳", "phone": "13800000009",
}  # fmt: skip
NEED = {
    "amount": "80", "months": "12", "purpose": "working_capital", "use": "采购铜材", "latest": "2027-03-31",
    "security": "none", "no_broker": "true",
}  # fmt: skip
SOON = (TODAY + timedelta(days=20)).isoformat()
OFFER = {
    "amount": "80",
    "months": "12",
    "rate": "3.6",
    "repayment": "IO",
    "valid_until": SOON,
    "drawdown_on": SOON,
    "secured_by": "园区担保公司保证",
    "prepayment": "可随时提前还款",
}
TODAY_ON_PAPER = TODAY.isoformat()
VISIT = {
    "visited_on": TODAY_ON_PAPER, "place": "厂区", "rate": "3.6", "repayment": "EPI", "advice": "support", "opinion": "账实相符",
    **{f"{check.key}_{part}": value for check in checks(TODAY).check for part, value in (("result", "fine"), ("value", "一致"))},
}  # fmt: skip
YEAR = {"year": "2027", "notice_text": "date,kind,name\n2027-01-01,off,元旦", "source": "国办通知", "why": "年度安排"}

FILLED: dict[str, dict[str, object]] = {
    "precheck.answer": {"industry": "3340", "employees": "60", "sales": "800", "red_lines": "none"},
    "precheck.carry": {"industry": "3340", "employees": "60", "sales": "800"},
    "notices.set": {"lang": "zh", "hour": "9", "quiet_from": "22", "quiet_until": "7"},
    "address.add": {"robot": "wecom", "hook": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"},
    "address.confirm": {"confirmation": "12345678"},
    "setting.propose": {"value": "45", "since": SOON, "why": "试行", "source": "园区办公会纪要", "confidence": "C"},
    "setting.turn_down": {"reason": "依据不足"},
    "calendar.set": {"day": SOON, "works": "off", "source": "园区停电通知", "why": "全区停电"},
    "calendar.preview": YEAR,
    "calendar.import": YEAR,
    "people.invite": {"person": "新同事", "role": "officer"},
    "firm.register": {**FIRM, "code": a_code(), "login": "newfirm", "password": "a quiet harbour in spring"},
    "firm.edit": FIRM,
    "firm.record": {"as_of": TODAY_ON_PAPER, "tax_grade": "A"},
    "flag.look": {"found": "已抽查三份合同与回款"},
    "step.halt": {"reason": "court", "evidence": "等法院出具生效证明"}, "step.explain": {"delay": "complex", "why": "正在核实"},
    "extension.ask": {"days": "2", "why": "核实订单"}, "paper.reject": {"reason": "illegible"},
    "post.set": {"rung": "section", "since": TODAY_ON_PAPER},
    "bank.add": {"name": "新来的银行支行", "kind": "city"},
    "product.add": {
        "name": "另一种贷款", "least": "10", "most": "200", "shortest": "6", "longest": "24", "spread": "0.5",
        "valid_from": TODAY_ON_PAPER, "valid_until": "2027-12-31",
    },
    "product.withdraw": {"why": "额度用完"},
    "right.give": {"most": "300", "heads": "true"},
    "offer.release": {"most": "80"}, "release.return": {"reason": "超过本行权限"},
    "appetite.set": {"period": "month:2026-11-01", "barred": "A", "needs": "5"},
    "target.set": {"volume": "needs", "span": "month", "month": "2026-12", "value": "9", "why": "年度计划"},
    "statistics.issue": {"why": "漏报"},
    "loans.state": {"before": "none"},
    "loans.verify": {"before": "none", "source": "credit_report", "seen_on": TODAY_ON_PAPER, "note": "报告 2026-01"},
    "score.comment": {"since": "2026-01-01", "until": TODAY_ON_PAPER, "says": "本期积压已处理完毕"},
    "appetite.count": {"period": "month:2026-11-01", "barred": "A"},
    "consent.ask": {"why": "与本行支持方向一致"},
    "terms.propose": {
        "name": "示范投资控股有限公司", "kind": "corporate_one_off", "net_assets": "9000", "share": "80", "fee": "1", "reason": "增资",
    },
    "terms.propose_limit": {"about": "sector:33", "cap": "900", "reason": "行业下行"},
    "agreement.propose": {
        "about": "all", "guarantor_share": "40", "bank_share": "20", "reguarantor_share": "20", "fund_share": "20",
        "valid_from": TODAY_ON_PAPER, "valid_until": "2027-12-31", "trigger_days": "60", "grace_days": "30",
        "single_cap": "500", "stop_rate": "5", "business": "小微企业贷款担保", "reason": "年度合作",
    },
    "agreement.turn_down": {"reason": "协议还没有盖章"},
    "security.ask": {"kind": "liability", "about": "张明及配偶"},
    "security.forgo": {"reason": "等级优良"},
    "security.waive": {"reason": "金额很小"},
    "security.register": {"number": "质登记 0001", "on": TODAY_ON_PAPER},
    "relation.add": {"kind": "officer", "party": "赵六", "mark": "654321", "since": TODAY_ON_PAPER, "source": "registry"},
    "relation.guarantor.add": {"kind": "officer", "party": "赵六", "mark": "654321", "since": TODAY_ON_PAPER, "source": "registry"},
    "terms.turn_down": {"reason": "审计报告还没有盖章"},
    "need.draft": NEED,
    "need.edit": NEED,
    "need.return": {"reason": "请补充用途说明"},
    "card.draft": {"card": "credit"},
    "card.adopt": {"in_favour": "3", "opposed": "0", "abstained": "0"},
    "card.recall": {"reason": "指标有误"},
    "survey.record": VISIT,
    "survey.review": {"advice": "oppose", "opinion": "客户集中"},
    "condition.turn_down": {"reason": "看不清"},
    "case.open": {"opinion": "建议同意"},
    "case.recuse": {"reason": "近亲属任职"},
    "case.set_aside": {"member": "1", "why": "控股股东"},
    "case.delegate": {"opinion": "额度小"},
    "case.decide_small": {"opinion": "同意"},
    "case.refer": {"opinion": "请评审会看"},
    "case.call_in": {"reason": "行业风险上升"},
    "case.jump": {"why": "企业急需用款"},
    "case.defer": {"why": "到会人数不足", "until": "2026-12-01"},
    "case.vote": {"vote": "for", "opinion": "同意"},
    "case.discuss": {"present": "1"},
    "check.answer": {"code": "AAAA-BBBB-CCCC"},
    "letter.prepare": {"amount": "80", "loan_starts": TODAY_ON_PAPER, "type": "joint"},
    "letter.repay": {"on": TODAY_ON_PAPER, "amount": "1"},
    "entry.turn_down": {"reason": "金额不符"},
    "expert.enter": {"field": "铜加工", "employer": "示范大学"},
    "interest.declare": {"for_year": "2026", "shareholdings": "别处的公司，3%"},
    "meeting.call": {"day": TODAY_ON_PAPER, "place": "三楼会议室"},
    "match.round": {"way": "stable", "why": "双方首选", "each": "1", "seen": "0" * 64},
    "return.type": {"month": "2026-09", "total_assets": "21000", "staff_other": "2", "nothing_outside": "true"},
    "return.turn_down": {"reason": "与审计报告不符"},
    "consent.grant": {"days": "30", "parts": "score"}, "dossier.pass_on": {"days": "30", "parts": "score"},
    "drawdown.report": {"paid_on": TODAY_ON_PAPER, "amount": "10", "rate": "3.6"},
    "contest.ask": {"what": "score.1:whole", "why": "营业收入抄错"}, "contest.review": {"outcome": "upheld", "found": "与报表一致"},
    "item.ask": {"item": "flow"}, "item.answer": {"amount": "1"},
    "offer.check": OFFER,
    "offer.make": OFFER,
    "offer.decline": {"reason": "cash_flow", "rests_on": "amount", "would_change": "补充订单"},
    "handover.assign": {"from_officer": "1", "to_officer": "2", "cause": "leave", "hand_note": "休假"},
    "view.keep": {"page": "ratings", "view_name": "须改正"},
    "step.plan": {"step_what": "约见面", "step_due": SOON}, "finding.accept": {"accept_reason": "老代码"},
    "handover.refuse": {"take_answer": "手头太多"}, "work.many": {"deed": "accept"},
    "rating.give": {"overall": "4"}, "rating.verify": {"complaint_found": "属实"}, "rating.rectify": {"rectified": "已致歉"},
    "call.back": {"overall": "5"},
    "session.mend": {"who": "all", "first": "1", "last": "1", "past": "0", "seen": "0" * 64},
    "guest.answer": {"reply": "coming", "person": "李敏", "power": "500"},
    "guest.arrive": {"guest_code": "AAAA-BBBB-CCCC"},
    "intent.record": {"said": "intends", "amount": "80"},
    "intent.type": {"answer_code": "26-0001-01", "said": "not", "signed": "李敏"},
    "reversal.ask": {"reason": "金额多填了一位"},
    "commitment.report": {"stage": "pending", "on": TODAY_ON_PAPER, "note": "等待抵押登记"},
    "session.plan": {
        "title": "第二期对接会", "day": SOON, "starts": "09:00", "place": "会展中心", "rounds": "4", "minutes": "20"
    },
}  # fmt: skip
