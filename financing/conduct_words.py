"""Words of the conduct of banks, in Chinese: practices, states, outcomes, seats; sentences and what each button brings about."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.conduct.rules import (
    ConductOutcome,
    ConductState,
    Cost,
    Practice,
    Seat,
    SeatState,
    Source,
    Telling,
    Word,
)

CONDUCT_ACTS: dict[StrEnum, str] = {
    Act.PROPOSE_HANDLER: _("提名受理人"),
    Act.ADOPT_HANDLER: _("确认受理人"),
    Act.TURN_DOWN_HANDLER: _("不同意提名"),
    Act.REPORT_CONDUCT: _("提交举报"),
    Act.ADD_WORD: _("补充说明"),
    Act.RECEIVE_CONDUCT: _("登记行为核查"),
    Act.HEAR_WORD: _("收到补充说明"),
    Act.NOTE_TRY: _("记录填报禁止条件"),
    Act.REMIND_HANDLERS: _("提醒核查时限"),
    Act.OPEN_REPORTER: _("查看举报人"),
    Act.OPEN_EVIDENCE: _("打开举报凭证"),
    Act.LOOK_INTO: _("开始核查"),
    Act.ASK_BANK: _("发出核实函"),
    Act.ANSWER_LETTER: _("答复核实函"),
    Act.FIND_BREACH: _("认定属实"),
    Act.FIND_NOTHING: _("认定不成立"),
    Act.REFER_CONDUCT: _("移送监管部门"),
    Act.CLOSE_CONDUCT: _("答复并结案"),
    Act.ASK_CHECK: _("放款后询问"),
    Act.ANSWER_CHECK: _("回答放款后询问"),
}

CONDUCT_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Practice: {
        Practice.TURNED_INTO_DEPOSIT: _("以贷转存"),
        Practice.DEPOSIT_FIRST: _("存贷挂钩"),
        Practice.FEE_FOR_LOAN: _("以贷收费"),
        Practice.INTEREST_AS_FEE: _("浮利分费"),
        Practice.BUNDLED: _("借贷搭售"),
        Practice.FULL_MARK_UP: _("一浮到顶"),
        Practice.COST_PASSED_ON: _("转嫁成本"),
        Practice.PROMISE_BROKEN: _("违背续贷承诺"),
    },
    Source: {
        Source.REPORT: _("企业举报"),
        Source.CHECK: _("放款后询问"),
        Source.DETECTION: _("平台发现"),
        Source.BRIDGE: _("应急转贷"),
    },
    ConductState: {
        ConductState.RECEIVED: _("已登记"),
        ConductState.LOOKING: _("核查中"),
        ConductState.ASKED: _("等待银行答复"),
        ConductState.FOUND: _("认定属实"),
        ConductState.NOT_FOUND: _("认定不成立"),
        ConductState.REFERRED: _("已移送监管部门"),
        ConductState.CLOSED: _("已结案"),
    },
    ConductOutcome: {
        ConductOutcome.CORRECTED: _("银行已纠正"),
        ConductOutcome.REPAID: _("银行已退还费用"),
        ConductOutcome.WARNED: _("已约谈银行并记录"),
        ConductOutcome.UNPROVEN: _("证据不足"),
        ConductOutcome.UNFOUNDED: _("与事实不符"),
        ConductOutcome.PASSED_ON: _("由监管部门处理"),
    },
    Word: {
        Word.MORE: _("补充情况"),
        Word.AGREES: _("同意向银行核实"),
        Word.RETALIATION: _("银行因此为难我们"),
        Word.HANDLING: _("核查记录"),
        Word.ANSWER: _("答复"),
    },
    Seat: {
        Seat.LEADING: _("第一受理人（园区领导）"),
        Seat.SECOND: _("第二受理人（领导或经办）"),
    },
    SeatState: {
        SeatState.PROPOSED: _("等待确认"),
        SeatState.ADOPTED: _("已确认"),
        SeatState.TURNED_DOWN: _("未同意"),
    },
    Telling: {
        Telling.FIRM: _("企业名称"),
        Telling.CODE: _("统一社会信用代码"),
        Telling.PHONE: _("企业电话"),
        Telling.PERSON: _("企业人员姓名"),
        Telling.NEED: _("需求编号"),
    },
    Cost: {
        Cost.DEPOSIT: _("存款或购买存单"),
        Cost.INSURANCE: _("购买保险、理财或其他产品"),
        Cost.FEE: _("交纳报价以外的费用"),
    },
}

CONDUCT_FIGURES: dict[str, str] = {
    "conduct_begin_days": _("举报登记后开始核查的时限"),
    "conduct_answer_days": _("举报登记后答复结案的时限"),
    "conduct_letter_days": _("银行答复核实函的时限"),
    "conduct_wait_days": _("举报登记前随机等待的最长天数"),
    "payout_check_days": _("放款后询问企业的日子"),
    "kept_deposit_ppm": _("存款占放款额的警示线"),
    "kept_deposit_days": _("存款与放款相隔的警示天数"),
    "forbidden_tries": _("多次填报禁止条件的核查线"),
    "forbidden_tries_days": _("计算填报禁止条件次数的期间"),
    "conduct_least_firms": _("行为统计公布的最少企业数"),
}

CONDUCT_FIELDS: dict[str, str] = {
    "seat": _("席位"),
    "practice": _("属于哪一种"),
    "happened": _("发生了什么"),
    "named": _("是否同意向银行核实"),
    "word": _("说明的类别"),
    "asks": _("请银行说明的事项"),
    "finding": _("认定"),
    "costs": _("银行要求了什么"),
    "yes": _("回答"),
}

CONDUCT_SENTENCES: dict[str, str] = {
    "keys_away": _(
        "加密密钥（{number}）不在密钥文件里，密封的内容打不开。请系统管理员放回密钥文件后再试；内容没有改动。"
    ),
    "key_used": _(
        "密钥 {number} 不能清除：它正在使用、下面还有 {cells} 项内容，或没有这个编号。请先执行 yuanrong keys rotate，再用 yuanrong keys list 核对。"
    ),
    "seal_broken": _("一处密封的内容（{place}）被改动或挪动过，不再可信，已停止显示。请联系系统管理员和审计。"),
    "not_for_this_seat": _(
        "这个席位须由在用账号担任：第一受理人是园区领导，第二受理人是园区领导或经开区经办。请改选他人。"
    ),
    "one_seat_each": _("两个席位须由两个人担任，请改选他人。"),
    "not_agreed": _("举报人还没有同意向银行核实，不能发核实函。可以先用其他办法核查，等举报人同意后再发。"),
    "names_reporter": _("这封函会让银行知道是谁举报的（其中有{word}）。请删去后再发。"),
    "outcome_differs": _("这个结果与认定不一致，请按认定选择结果。"),
    "code_unknown": _("没有这个查询码。请核对 16 位字母和数字，中间的短横可以省略。"),
    "conduct_bank_unknown": _("名单里没有这家银行。请在列表中重新选择。"),
    "answered_already": _("这里已经答复过一次，不能再改。请刷新页面查看。"),
    "nothing_asked": _("回答“有”时，请勾选银行要求了什么，并填写金额。"),
    "too_much_evidence": _("一次最多附 {most} 个文件，请减少后再提交。"),
}

CONDUCT_CONSEQUENCES: dict[StrEnum, str] = {
    Act.PROPOSE_HANDLER: _(
        "提名须由另一位系统管理员或评审委主任确认；确认后从起始日起，只有两个席位上的人能看到举报人。"
    ),
    Act.ADOPT_HANDLER: _("确认后从起始日起，此人能看到全部举报和举报人，原来在这个席位上的人不再能看到。"),
    Act.TURN_DOWN_HANDLER: _("提名不生效，席位上的人不变。"),
    Act.REPORT_CONDUCT: _(
        "只有两位受理人能看到您是谁；银行、经办、领导、审计和系统管理员都看不到。举报会在随机的几天内登记，登记后开始计时。"
    ),
    Act.ADD_WORD: _("内容密封保存，次日起两位受理人能看到。"),
    Act.OPEN_REPORTER: _("日志会记下您在此刻查看过；内容只用于核查，不得转告他人。"),
    Act.LOOK_INTO: _("举报人会看到“核查中”；这条记录只有两位受理人能看到。"),
    Act.ASK_BANK: _("银行管理员会收到这封函，须在期限内书面答复；函里不得出现能认出举报人的内容。"),
    Act.ANSWER_LETTER: _("答复由核查人员查看，提交后不能再改。不得打听或为难可能的举报企业。"),
    Act.FIND_BREACH: _("认定后仍须答复举报人并结案，届时计入银行行为统计。"),
    Act.CLOSE_CONDUCT: _("举报人会看到结果和答复；结案后不能再改。答复里请不要写能认出举报人的内容。"),
    Act.ANSWER_CHECK: _("只能回答一次。回答密封保存，银行和经办都看不到，只汇总成不含企业名称的统计。"),
}
