"""Words of what members declare and what ties them, in Chinese; part of `guarantor_words`."""

from __future__ import annotations

from enum import StrEnum

from financing.act_words import _
from financing.guarantees.interest_rules import Ground, Stand

INTEREST_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Ground: {
        Ground.SHAREHOLDING: _("持股"),
        Ground.OFFICE: _("任职"),
        Ground.FAMILY: _("近亲属"),
        Ground.EMPLOYER: _("工作单位"),
        Ground.BANK: _("往来银行"),
        Ground.ONESELF: _("本人"),
        Ground.PREPARER: _("经办"),
    },
    Stand: {
        Stand.FIRM: _("借款企业"),
        Stand.GROUP: _("关联企业"),
        Stand.CONTROLLER: _("实际控制人"),
        Stand.SHAREHOLDER: _("股东"),
        Stand.OFFICER: _("董事、监事或高管"),
        Stand.FAMILY: _("实际控制人的近亲属"),
        Stand.GUARANTOR: _("保证人"),
        Stand.HELD: _("所投资或任职的企业"),
        Stand.CASE: _("本项目的经办或尽调人员"),
    },
}
