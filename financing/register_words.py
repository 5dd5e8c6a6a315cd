"""Words of the register, the monthly return and its alarms, in Chinese."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.register.figure_rules import FiguresState
from financing.register.lines import Origin, Unit
from financing.register.policy import Alarm, Ratio
from financing.register.rules import RegisterState

REGISTER_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    RegisterState: {
        RegisterState.IN_FORCE: _("在保"),
        RegisterState.OVERDUE: _("逾期未代偿"),
        RegisterState.PAID_FOR: _("已代偿"),
        RegisterState.REPAID: _("已还清待解保"),
        RegisterState.RELEASED: _("已解保"),
    },
    FiguresState: {
        FiguresState.PROPOSED: _("待复核"),
        FiguresState.CONFIRMED: _("已复核"),
        FiguresState.TURNED_DOWN: _("已退回"),
    },
    Alarm: {
        Alarm.GREEN: _("达标"),
        Alarm.AMBER: _("临近"),
        Alarm.RED: _("越线"),
        Alarm.NONE: _("暂无"),
    },
    Ratio: {
        Ratio.SMALL_ISSUED: _("支小支农占比（本年新增）"),
        Ratio.SMALL_OUTSTANDING: _("支小支农占比（在保）"),
        Ratio.LITTLE_ISSUED: _("其中单户 500 万元及以下占比（本年新增）"),
        Ratio.LITTLE_OUTSTANDING: _("其中单户 500 万元及以下占比（在保）"),
        Ratio.FEE_ISSUED: _("平均担保费率（本年新增）"),
        Ratio.FEE_OUTSTANDING: _("平均担保费率（在保）"),
        Ratio.COMPENSATION_YEAR: _("代偿率（本年）"),
        Ratio.COMPENSATION_EVER: _("代偿率（累计）"),
        Ratio.LEVERAGE: _("放大倍数"),
    },
    Unit: {
        Unit.WAN: _("万元"),
        Unit.CUSTOMERS: _("户"),
        Unit.DEALS: _("笔"),
        Unit.PEOPLE: _("人"),
    },
    Origin: {
        Origin.LEDGER: _("台账"),
        Origin.TYPED: _("填报"),
        Origin.SUM: _("合计"),
    },
}

_BUSINESS = {
    "financing": _("融资担保"),
    "loan": _("借款类担保（本平台）"),
    "internet": _("其中：互联网借款担保"),
    "bond": _("发行债券担保"),
    "other": _("其他融资担保"),
    "nonfinancing": _("非融资担保"),
    "performance": _("工程履约担保"),
    "litigation": _("诉讼保全担保"),
    "plain": _("其他非融资担保"),
    "agri": _("其中：支农"),
    "small": _("其中：小型企业"),
    "micro": _("其中：微型企业"),
    "personal": _("其中：个人"),
}
_MEASURES = {
    "issued": _("本年新增担保额"),
    "issued_customers": _("本年新增担保户数"),
    "outstanding": _("在保余额"),
    "customers": _("在保户数"),
}
_ENDED = {
    "released": _("本年解除担保额"),
    "released_ever": _("累计解除担保额"),
    "compensated": _("本年代偿额"),
    "compensated_ever": _("累计代偿额"),
    "lost": _("本年损失额"),
    "lost_ever": _("累计损失额"),
    "compensation_balance": _("代偿余额"),
    "overdue": _("逾期未代偿额"),
}
_ENDED_PARTS = {
    "financing": _("其中：融资担保"),
    "ledger": _("本平台台账"),
    "outside": _("本平台以外"),
    "nonfinancing": _("非融资担保"),
}
#: What each line of the return is called; the same word stands at the field in which its figure is typed.
RETURN_LINES: dict[str, str] = {
    "registered_capital": _("注册资本"),
    "paid_in": _("实收资本"),
    "paid_in_state": _("国有资本"),
    "paid_in_private": _("民营资本"),
    "paid_in_foreign": _("外资"),
    "total_assets": _("资产总额"),
    "net_assets_typed": _("净资产"),
    **_MEASURES,
    **{f"{measure}_{what}": word for measure in _MEASURES for what, word in _BUSINESS.items()},
    "liability": _("融资担保责任余额"),
    "liability_loan": _("借款类担保责任余额（本平台，加权）"),
    "protected_funds": _("保本基金持有人户数（单列）"),
    "income": _("营业收入"),
    "fee_income": _("其中：担保费收入"),
    "net_profit": _("净利润"),
    "taxes": _("纳税总额"),
    **_ENDED,
    **{f"{key}_{part}": word for key in _ENDED for part, word in _ENDED_PARTS.items()},
    "reserves": _("准备金余额"),
    "reserve_compensation": _("担保赔偿准备金"),
    "reserve_unearned": _("未到期责任准备金"),
    "reserve_general": _("一般风险准备金"),
    "investments": _("投资"),
    "investment_equity": _("股权投资"),
    "investment_loans": _("委托贷款"),
    "staff": _("从业人员"),
    "staff_postgraduate": _("研究生"),
    "staff_bachelor": _("本科"),
    "staff_college": _("大专"),
    "staff_other": _("其他学历"),
}
#: How the form counts, with the source of each rule; the notes stand under the return in this order.
RETURN_NOTES: tuple[str, ...] = (
    _(
        "报表项目依融资担保机构主要数据月报表，共 23 项；金额单位为万元，保留两位小数。小型、微型企业依工信部联企业〔2011〕300 号，按决议封存时的规模；微型含个体工商户和小微企业主；支农按国民经济行业分类 01–05 大类，与小型、微型可重复。"
    ),
    _(
        "第 5、6、7、9 项“借款类担保”由本平台台账逐笔汇总：出具日计入新增，余额为出具额减还款、解保和代偿。债券、其他融资、非融资和互联网业务不在本平台，由填报补足，没有填报即显示“待填”，不以零代替。"
    ),
    _(
        "第 8 项依融资担保责任余额计量办法（银保监发〔2018〕1 号）：单户在保余额 500 万元及以下的小微企业借款担保按 75% 计，其余按 100%；超过 500 万元的全额按 100%。平台以外的债券和其他融资担保按 100% 计入。"
    ),
    _(
        "第 13、14 项解除担保额含还款、解保与代偿（代偿后担保责任即告终止）；第 14、16、18 项累计自平台启用日起，启用以前的数额填入“本平台以外”。"
    ),
    _(
        "第 15–19 项按经两人确认的代偿、追偿和损失登记。损失须有判决或裁决和执行证明等充分证据；代偿余额为代偿减追偿减损失。"
    ),
    _("第 20 项为借款已到期、在保余额未还清且尚未代偿的金额，以台账中的到期日为准。"),
    _("“年初”为上年 12 月 31 日；“上年同期”为上年同月末。本年累计的项目没有年初数。平台的台账中没有发生的，为零。"),
)
