"""Words of reserves, ratios, stress and calibration, in Chinese: acts, states, groups, refusals, consequences, figures."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.acts import Act
from financing.reserves.returns import By, Period
from financing.reserves.rules import PostingState, Proof, Reserve
from financing.reserves.stress import Broken, Scenario

RESERVE_ACTS: dict[StrEnum, str] = {
    Act.PROPOSE_RESERVES: _("提出计提准备金"),
    Act.CONFIRM_RESERVES: _("确认计提"),
    Act.TURN_DOWN_RESERVES: _("退回计提"),
}

RESERVE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    PostingState: {
        PostingState.PROPOSED: _("待确认"),
        PostingState.CONFIRMED: _("已确认"),
        PostingState.TURNED_DOWN: _("已退回"),
    },
    Reserve: {
        Reserve.COMPENSATION: _("担保赔偿准备金"),
        Reserve.UNEARNED: _("未到期责任准备金"),
        Reserve.GENERAL: _("一般风险准备金"),
    },
    Period: {
        Period.YEAR: _("本年"),
        Period.TWELVE: _("近十二个月"),
        Period.EVER: _("累计"),
    },
    By: {
        By.BANK: _("按银行"),
        By.INDUSTRY: _("按行业"),
        By.GRADE: _("按评分等级"),
        By.VINTAGE: _("按出具年份"),
    },
    Scenario: {
        Scenario.EXPECTED: _("预期"),
        Scenario.DOUBLE: _("代偿率两倍"),
        Scenario.TRIPLE: _("代偿率三倍"),
        Scenario.LARGEST: _("最大五户全部代偿"),
        Scenario.INDUSTRY: _("余额最大的行业全部代偿"),
        Scenario.BANK: _("余额最大的银行全部代偿"),
        Scenario.RECOVERY: _("追偿减半"),
        Scenario.SEVERE: _("三倍、最大五户、追偿减半叠加"),
    },
    Broken: {
        Broken.RESERVES: _("准备金不足"),
        Broken.LEVERAGE: _("放大倍数越限"),
        Broken.SINGLE: _("单户限额越限"),
        Broken.NET_ASSETS: _("净资产耗尽"),
    },
    Proof: {
        Proof.BALANCE: _("在保余额：台账逐条相加 / 担保记录"),
        Proof.UNRECOVERED: _("代偿余额：台账逐条相加 / 担保记录"),
        Proof.GROUPS: _("累计代偿额：各银行合计 / 全部"),
        Proof.POSTING: _("已确认的计提 / 今天重新计算"),
        Proof.RETURN: _("已确认的计提 / 月报第 21 项填报"),
    },
}

RESERVE_SENTENCES: dict[str, str] = {
    "reserves_open": _("截至 {until} 的准备金已经提出或确认，不能再提。请刷新页面查看。"),
    "reserves_moved": _("截至 {until} 的准备金提出以后，台账或月报数字有了变化。请退回后按新的数字重新提出。"),
    "return_missing": _("年末计提需要 {month} 的担保费收入和净利润。请先填报该月月报并经另一人复核。"),
}

RESERVE_CONSEQUENCES: dict[StrEnum, str] = {
    Act.PROPOSE_RESERVES: _("按台账和已复核的月报计算，提出后由另一位经办或评审委主任确认；确认前不计入任何指标。"),
    Act.CONFIRM_RESERVES: _("确认后计入准备金余额和覆盖率，并预填月报第 21 项；确认后不能修改，下年以此为年初数。"),
    Act.TURN_DOWN_RESERVES: _("退回后提出人会收到通知和原因，可以重新提出。"),
}

RESERVE_FIGURES: dict[str, str] = {
    "reserve_unearned_ppm": _("未到期责任准备金的计提比例"),
    "reserve_compensation_ppm": _("担保赔偿准备金的年计提比例"),
    "reserve_compensation_most_ppm": _("担保赔偿准备金实行差额提取的界限"),
    "reserve_general_ppm": _("一般风险准备金的计提比例"),
    "stress_recovery_ppm": _("压力测试假定的回收比例"),
    "calibration_months": _("决策检验的观察期"),
    "calibration_overdue_days": _("决策检验的逾期界限"),
    "calibration_least_cases": _("决策检验单独显示的最少笔数"),
}
