"""Words of figures (统计), in Chinese: steps, ratios with their definitions, what happens in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from financing.act_words import _
from financing.figures.ratio_rules import Ratio
from financing.figures.rules import Band, Before, LoanSource, Step, Volume
from financing.figures.spans import Span

FIGURE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Step: {
        Step.REGISTERED: _("登记企业"),
        Step.SUBMITTED: _("提交需求"),
        Step.ACCEPTED: _("受理"),
        Step.SCORED: _("评分"),
        Step.SUPPORTED: _("同意担保"),
        Step.SENT: _("发送银行"),
        Step.ANSWERED: _("银行答复"),
        Step.OFFERED: _("银行报价"),
        Step.CHOSEN: _("企业选定"),
        Step.PAID: _("放款"),
    },
    Volume: {
        Volume.REGISTERED: _("登记企业"),
        Volume.NEEDS: _("提交需求"),
        Volume.SUPPORTED: _("同意担保"),
        Volume.SENT: _("发送银行"),
        Volume.OFFERED: _("银行报价"),
        Volume.CHOSEN: _("企业选定"),
        Volume.PAID: _("放款"),
        Volume.FIRST_LOANS: _("首贷户"),
    },
    Span: {
        Span.MONTH: _("月"),
        Span.QUARTER: _("季度"),
        Span.HALF: _("半年"),
        Span.YEAR: _("年"),
    },
    Before: {
        Before.NONE: _("从来没有银行贷款"),
        Before.SOME: _("有过银行贷款"),
    },
    LoanSource: {
        LoanSource.FIRM: _("企业声明"),
        LoanSource.CREDIT_REPORT: _("企业信用报告（人民银行征信系统）"),
        LoanSource.BANK: _("银行书面说明"),
        LoanSource.REGISTRY: _("政务数据核查"),
    },
    Band: {
        Band.LITTLE: _("100 万元及以下"),
        Band.MIDDLE: _("100 万元以上至 500 万元"),
        Band.LARGE: _("500 万元以上至 1000 万元"),
        Band.BEYOND: _("1000 万元以上"),
    },
    Ratio: {
        Ratio.ACCEPTANCE: _("受理率"),
        Ratio.SUPPORT: _("担保通过率"),
        Ratio.REACH: _("对接率"),
        Ratio.FIRST_ANSWER: _("首答时间"),
        Ratio.CREDIT: _("授信率"),
        Ratio.CHOICE: _("成交率"),
        Ratio.PAY_OUT: _("放款率"),
        Ratio.FIRST_LOANS: _("首贷户占比"),
        Ratio.UNSECURED: _("信用贷占比"),
        Ratio.RATE: _("平均利率"),
        Ratio.COMPENSATION: _("代偿率"),
        Ratio.LEVERAGE: _("放大倍数"),
        Ratio.RENEWAL: _("续贷率"),
    },
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What a ratio divides by what, in one sentence what it means, and where the definition comes from."""

    part: str
    whole: str
    sense: str
    source: str


_OURS = _("本平台定义")
DEFINITIONS: Mapping[Ratio, Definition] = {
    Ratio.ACCEPTANCE: Definition(_("已受理的需求"), _("提交的需求"), _("提交的需求有多少通过受理。"), _OURS),
    Ratio.SUPPORT: Definition(
        _("同意担保的需求"), _("已评分的需求"), _("已评分的需求有多少由评审会或授权审批同意（含附条件）。"), _OURS
    ),
    Ratio.REACH: Definition(
        _("档案已发送银行的需求"), _("提交的需求"), _("提交的需求有多少真正送到了至少一家银行。"), _OURS
    ),
    Ratio.FIRST_ANSWER: Definition(
        _("银行已答复的需求"),
        "",
        _("从第一次发送档案到任何一家银行第一次答复（报价或婉拒）的自然日数，取中位数。"),
        _OURS,
    ),
    Ratio.CREDIT: Definition(
        _("有银行报价的需求"), _("档案已发送银行的需求"), _("送到银行的需求有多少得到至少一份有约束力的报价。"), _OURS
    ),
    Ratio.CHOICE: Definition(
        _("企业选定报价的需求"), _("有银行报价的需求"), _("得到报价的需求有多少由企业接受。"), _OURS
    ),
    Ratio.PAY_OUT: Definition(
        _("已有放款的需求"), _("企业选定报价的需求"), _("选定之后有多少至少放了一笔款；撤回的填报不算。"), _OURS
    ),
    Ratio.FIRST_LOANS: Definition(
        _("首贷户"),
        _("期内第一次得到放款的企业"),
        _("第一笔放款落在期内，而且声明或核验记录表明此前没有银行贷款的企业；核验优先于声明，一户一生只计一次。"),
        _("参照人民银行首贷户口径：放款前在征信系统没有企业贷款记录"),
    ),
    Ratio.UNSECURED: Definition(
        _("既无抵质押也无担保函的放款金额"),
        _("放款金额"),
        _("选定的报价没有要求抵押或质押，担保人也没有出具担保函的放款。"),
        _OURS,
    ),
    Ratio.RATE: Definition(
        _("各笔年利率×金额"), _("金额"), _("企业接受的报价的年利率，按金额加权平均；不含担保费和其他费用。"), _OURS
    ),
    Ratio.COMPENSATION: Definition(
        _("本年代偿额"),
        _("本年解除担保额"),
        _("全部担保业务，本年 1 月 1 日至截止日；解除担保额包括还款、解保和代偿。不随上面的筛选变化。"),
        _("融资担保行业统计口径，见在保台账"),
    ),
    Ratio.LEVERAGE: Definition(
        _("担保责任余额"),
        _("净资产"),
        _("全部担保业务，截止日的加权责任余额除以净资产。不随上面的筛选变化。"),
        _("《融资担保责任余额计量办法》，见在保台账"),
    ),
    Ratio.RENEWAL: Definition(_("按承诺续贷的贷款"), _("到期的贷款"), _("银行还没有在平台上报告续贷。"), _OURS),
}
