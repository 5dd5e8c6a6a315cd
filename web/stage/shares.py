"""Shares and securities on stage: one agreement with all banks, and what firms are asked for in return, within their grade's cap."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime

from financing.guarantees import agreements, securities
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.security_rules import REGISTRABLE, SecurityKind, SecurityState
from financing.money import Fen, Rate
from web.stage.letters import scan
from web.stage.road import Stage

#: The common split of the province's scheme (4-2-2-2): guarantor, bank, re-guarantor, national fund.
AGREED = {
    "guarantor_share": Rate(400_000), "bank_share": Rate(200_000), "reguarantor_share": Rate(200_000), "fund_share": Rate(200_000),
    "treasury_share": Rate(0), "other_share": Rate(0), "other_name": "", "trigger_days": 60, "grace_days": 30, "deposit": Rate(0),
    "single_cap": Fen.wan(1_000), "stop_rate": Rate(50_000), "business": "园区小微企业流动资金和设备贷款的担保",
}  # fmt: skip
#: Of these kinds something is worth asking; the first that the grade allows.
THINGS = {
    SecurityKind.EQUITY: "实际控制人持有的股权", SecurityKind.RECEIVABLES: "对主要客户的应收账款",
    SecurityKind.EQUIPMENT: "成型设备和检测设备",
}  # fmt: skip


def agree(stage: Stage, until: date, now: datetime) -> None:
    """The year's agreement with every bank, put forward by the officer and adopted by the chair."""
    with ExitStack() as kept, stage.desk(stage.cast.officer, now) as here:
        paper = replace(scan(stage, kept, 11), kind=DocumentKind.AGREEMENT, name="风险分担协议.png")
        terms = AGREED | {"valid_from": here.today, "valid_until": until}
        made = agreements.propose(here, terms, bank_id=None, reason="按省里通行的 4-2-2-2 分担", filed=[paper])
    with stage.desk(stage.cast.chair, now) as here:
        agreements.adopt(here, here.get(SharingAgreement, made.id))


def ask(stage: Stage, now: datetime, case_id: int, turn: int) -> None:
    """Of three firms one is asked for a promise and a thing, one for nothing, and of one nothing is written yet."""
    with stage.desk(stage.cast.officer, now) as here:
        case = here.get(GuaranteeCase, case_id)
        if turn % 3 == 1:
            securities.forgo(here, case, "金额不大，经营稳定，不要求反担保")
        elif turn % 3 == 0:
            cap = securities.cap(here, case)
            if SecurityKind.LIABILITY in cap.kinds:
                securities.ask(here, case, SecurityKind.LIABILITY, Fen(0), "实际控制人及配偶")
            half, thing = Fen(cap.most(case.line).fen // 2), next((kind for kind in THINGS if kind in cap.kinds), None)
            if thing and half:
                securities.ask(here, case, thing, half, THINGS[thing])


def sign(stage: Stage, now: datetime, case_id: int) -> None:
    """The contracts are in before the letter is, and what can be registered is."""
    with ExitStack() as kept, stage.desk(stage.cast.officer, now) as here:
        for one in securities.of_case(here, here.get(GuaranteeCase, case_id)):
            if one.state is SecurityState.ASKED:
                paper = replace(scan(stage, kept, 12), kind=DocumentKind.AGREEMENT, name="反担保合同.png")
                securities.give(here, one, paper)
                if one.kind in REGISTRABLE:
                    securities.register(here, one, f"动产 {here.today:%Y%m%d}-{one.number}", here.today)
