"""The terms a dossier goes out with: what the committee granted, and how the money is meant to come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from financing.credit.rules import months_after
from financing.desk import BEIJING, Desk
from financing.diligence.affordability import Affordability
from financing.guarantees import agreements, securities
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityKind, SecurityState
from financing.guarantees.sharing import Party
from financing.matching.fitting import PASSAGE, SAID, fitted, within
from financing.matching.freeze_visit import strains
from financing.matching.snapshot import (
    Absent,
    Business,
    Guarantee,
    Instalment,
    Licence,
    Plan,
    RiskShare,
    Said,
    Source,
    Stress,
)
from financing.money import divide_half_up
from financing.needs.model import Need
from financing.parties.model import Guarantor
from financing.parties.rules import Support
from scoring import repayment
from scoring.dated import series
from scoring.repayment import Loan, Repayment
from scoring.statements import Statement

NO_GUARANTEE = Absent(
    why="没有生效的担保决议，请按信用方式审查。",
    english="No guarantee resolution in force: please judge the credit alone.",
)
WHOLE = 10**6
MONTHS_SHOWN = 36
COUNTER = {
    SecurityKind.LIABILITY: "连带责任保证", SecurityKind.EQUITY: "股权质押", SecurityKind.EQUIPMENT: "设备抵押",
    SecurityKind.RECEIVABLES: "应收账款质押", SecurityKind.INTELLECTUAL: "知识产权质押", SecurityKind.ORDERS: "订单退税质押",
    SecurityKind.RENT: "租金用地优先权",
}  # fmt: skip
SO_FAR = {
    SecurityState.ASKED: "待办理", SecurityState.GIVEN: "已收到", SecurityState.REGISTERED: "已登记", SecurityState.RELEASED: "已解除",
    SecurityState.WAIVED: "已免除",
}  # fmt: skip
METHODS = {
    Repayment.EQUAL_INSTALMENTS: "按等额本息", Repayment.EQUAL_PRINCIPAL: "按等额本金", Repayment.INTEREST_ONLY: "按月付息、到期还本",
    Repayment.BULLET: "到期一次还本付息", Repayment.REVOLVING: "按随借随还、全额使用", Repayment.STEPPED: "按分期还本计划",
}  # fmt: skip
DROP = Decimal("0.2")  # of sales, in the stressed case


def guarantee(desk: Desk, need: Need) -> Guarantee | Absent:
    """What the sealed resolution grants, its conditions in the committee's words but without names."""
    sealed = desk.all(Resolution, Resolution.need_id == need.id, by=Resolution.sealed_at.desc())
    if not sealed or sealed[0].until is None:
        return NO_GUARANTEE
    case, guarantor = (
        desk.get(GuaranteeCase, sealed[0].case_id),
        desk.get(Guarantor, sealed[0].record["guarantor"]["id"]),
    )
    conditions = (Said(says=fitted(each["says"], SAID), english=fitted(each["says"], SAID))
                  for each in sealed[0].record["conditions"])  # fmt: skip
    return Guarantee(
        form=case.support,
        guarantor=fitted(guarantor.name),
        licence=_licence(guarantor, desk.today) if case.support is Support.LETTER else None,
        amount=case.line.fen,
        shares=_shares(desk, case, guarantor),
        fee=case.fee.ppm,
        conditions=within(Guarantee, "conditions", conditions),
        counter=within(Guarantee, "counter", (_counter(one) for one in securities.of_case(desk, case))),
        resolution=sealed[0].number,
        decided=sealed[0].sealed_at.astimezone(BEIJING).date(),
        until=sealed[0].until,
    )


def _licence(guarantor: Guarantor, on: date) -> Licence | None:
    if not guarantor.licence:
        return None
    number, until = fitted(guarantor.licence), guarantor.licence_until
    return Licence(name="融资担保业务经营许可证", number=number, until=until, source=Source.DOCUMENT, on=on)


def _shares(desk: Desk, case: GuaranteeCase, guarantor: Guarantor) -> tuple[RiskShare, ...]:
    """Who bears which part of a loss by the agreement with all banks; nobody but the bank where there is only a recommendation."""
    if case.support is Support.RECOMMENDATION:
        return ()
    agreement = agreements.in_force(desk, None, desk.today)
    named = {
        Party.GUARANTOR: guarantor.name, Party.BANK: "贷款银行", Party.REGUARANTOR: "省级再担保机构",
        Party.FUND: "国家融资担保基金", Party.TREASURY: "地方财政", Party.OTHER: agreement.other_name if agreement else "",
    }  # fmt: skip
    parts = agreements.shares(desk, case)
    return tuple(RiskShare(who=fitted(named[party]), share=share.ppm) for party, share in parts.items() if share.ppm)


def _counter(one: CounterGuarantee) -> str:
    """One thing asked in return: what it is, of whom or which, worth how much, and how far it has come."""
    if one.kind is SecurityKind.NOTHING:
        return fitted(f"不要求反担保：{one.why}")
    worth = f"，{Decimal(one.value.fen) / 1_000_000:,.1f} 万元" if one.value else ""
    register = f"，登记 {one.register_no}" if one.register_no else ""
    return fitted(f"{COUNTER[one.kind]}（{SO_FAR[one.state]}）：{one.about}{worth}{register}")


def plan(
    need: Need, trade: Business | Absent, years: Mapping[int, Statement], on: date, found: Affordability | None
) -> Plan:
    """The loan as the officers' survey assumed it; without one, interest by the month and the principal at the end at today's LPR."""
    lpr = series("lpr").on(on)["one_year"]
    loan = found.loan if found else Loan(need.amount.fen, need.months, lpr, Repayment.INTEREST_ONLY)
    how = f"{METHODS[loan.repayment]}测算，{'利率为尽调假定' if found else '利率按一年期 LPR'}。"
    return Plan(
        uses=(),
        source=fitted(f"{_source(trade)}；{how}", PASSAGE),
        rate_assumed=loan.rate,
        instalments=_instalments(need, loan),
        stress=strains(found) if found else _stress(need, years, lpr),
    )


def _instalments(need: Need, loan: Loan) -> tuple[Instalment, ...]:
    """One row a month, or one a quarter for terms that would not fit the page."""
    step = 1 if loan.months <= MONTHS_SHOWN else 3
    ends = [*range(step, loan.months, step), loan.months]
    starts = [0, *ends[:-1]]
    table = repayment.plan(loan)
    return tuple(
        Instalment(
            on=months_after(need.latest, end),
            principal=sum(due.principal for due in table[start:end]),
            interest=sum(due.interest for due in table[start:end]),
        )
        for start, end in zip(starts, ends, strict=True)
    )


def _source(trade: Business | Absent) -> str:
    if isinstance(trade, Absent) or not trade.months:
        return "第一还款来源为经营收入"
    year = [month.sales for month in trade.months[-12:]]
    monthly = Decimal(sum(year)) / len(year) / 1_000_000
    return f"第一还款来源为销售回款，近 {len(year)} 个月平均每月开票 {monthly:,.1f} 万元（不含税）"


def _stress(need: Need, years: Mapping[int, Statement], rate: int) -> tuple[Stress, ...]:
    """Profit before interest and tax over all interest with this loan, as things stand and with sales down by a fifth."""
    lines = years[max(years)].lines if years else {}
    if not {"profit_before_tax", "interest", "revenue", "cost"} <= lines.keys():
        return ()
    earned = lines["profit_before_tax"] + lines["interest"]
    owed = lines["interest"] + divide_half_up(need.amount.fen * rate, WHOLE)
    lost = int((lines["revenue"] - lines["cost"]) * DROP)
    cases = (
        (
            "息税前利润对利息（含本笔）的覆盖，按现状",
            "Profit before interest and tax over all interest, as things stand",
            earned,
        ),
        ("销售下降 20 %，其余费用不变", "Sales down by 20 %, other expense unchanged", earned - lost),
    )
    return tuple(
        Stress(says=says, english=english, cover=f"{Decimal(profit) / owed:.2f}") for says, english, profit in cases
    )
