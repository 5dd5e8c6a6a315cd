"""Papers of the bridge fund: a bank's promise as a letter, and the fund's month (应急资金月报)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from financing import wording
from financing.bridge.views import MonthSheet
from financing.money import Fen, Rate
from reports.issued import Issued
from reports.letter import letter
from reports.pdf import Job
from reports.typesetting import SOURCE, paper


def promise_letter(issued: Issued, said: Mapping[str, Any]) -> Job:
    """The printing job of a promise (续贷承诺函): its words are Chinese whatever the reader's language, for they are what binds."""
    owed, amount = wording.yuan(Fen(said["owed"])), wording.yuan(Fen(said["amount"]))
    return letter(issued, {
        "title": "续贷承诺函", "guarantor": said["bank"], "day": said["day"],
        "before": [
            f"{issued.zone}应急专项资金管理人：",
            f"{said['borrower']}在我行的贷款（合同号 {said['contract']}，待还本金 {owed}）应于 {said['matures']} 归还。我行已审查，现承诺：",
        ],
        "rows": [
            ("转贷编号", said["use"]), ("企业", said["firm"]), ("承诺续贷金额", amount),
            ("年利率", wording.percent(Rate(said["rate"]))), ("期限", f"{said['months']} 个月"),
            ("计划续贷日", said["planned_on"]), ("受控还款账户", f"{said['account_name']}　{said['account']}"),
        ],
        "after": [
            "应急专项资金只付入上述受控账户，只用于归还上述贷款。续贷发放当日，我行依借款人授权将转贷资金直接划回应急专项资金账户。",
            "未按本函载明的金额、利率或日期续贷的，我行同意按应急专项资金管理规定暂停合作、接受核查。放款以后本函不得撤回。",
        ],
    })  # fmt: skip


def month_paper(found: MonthSheet, zone: str, lang: str = SOURCE) -> Job:
    """The printing job of the fund's month, A4."""
    html = paper("bridge.html", lang, m=found, zone=zone, names=POTS, days=_days, rehearsal=False)
    return Job(html, sha256(html.encode()).hexdigest())


#: The columns of a pool's stand, in the order of the sheet.
POTS = ("capital", "free", "reserved", "in_use", "lost", "fees")


def _days(start: date, end: date) -> int:
    return (end - start).days
