"""The zone looks at firms on stage, and firms meet what the committee asked: each step by the person whose step it is."""

from __future__ import annotations

from datetime import datetime

from financing.access import Actor
from financing.diligence import service as diligence
from financing.diligence.model import Survey
from financing.diligence.rules import Advice, Finding, Result, checks
from financing.diligence.service import Visit
from financing.guarantees import conditions
from financing.guarantees.model import Condition, GuaranteeCase
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.parties.stated import stated
from scoring.dated import series
from scoring.repayment import Repayment
from web.stage.photo import PNG, photo
from web.stage.road import Stage

#: What an officer writes at a check that shows nothing wrong.
SAID = {
    "utilities": "近三个月水电费按月缴清，用电量与产量相称",
    "taxes": "完税证明与申报表一致",
    "wages": "工资按月发放，参保人数与花名册一致",
    "stock": "主要设备在用，存货与账面基本相符",
    "orders": "抽查三份在手订单与合同，回款有流水",
    "credit": "征信报告无逾期",
    "courts": "执行信息公开网无未结案件",
    "registers": "公示系统无异常记录",
}


def visit(stage: Stage, now: datetime, need_id: int, other: Fen | None = None) -> int:
    """The first officer goes there, with a photo; the survey's id."""
    with stage.desk(stage.cast.officer, now) as here:
        need = here.get(Need, need_id)
        owner = here.get(Firm, need.firm_id)
        picture = photo(int(owner.code[-6:], 36))
        stage.paper(here, owner, PaperKind.PHOTO, "现场照片.png", picture, PNG)
        rate = need.wish or Rate(series("lpr").on(here.today)["one_year"])
        known = {name: fact.value for name, fact in stated(owner).items()}
        found = [
            Finding(
                check.key, Result.FINE, SAID[check.key], here.today, {name: known[name] for name in check.facts if name in known}
            )
            for check in checks(here.today).check
        ]  # fmt: skip
        return diligence.record(
            here,
            need,
            Visit(
                on=here.today, place=owner.address, found=found, rate=rate, repayment=Repayment.EQUAL_INSTALMENTS, other=other,
                advice=Advice.SUPPORT, opinion="现场生产正常，账实相符，还款来源可靠，建议担保。",
            ),
        ).id  # fmt: skip


def review(stage: Stage, now: datetime, survey: int, *, agrees: bool = True) -> None:
    """The second officer reads it and says what they think."""
    with stage.desk(stage.cast.second, now) as here:
        advice = Advice.SUPPORT if agrees else Advice.OPPOSE
        opinion = (
            "核查资料完整，同意 A 角意见。" if agrees else "前两大客户占比偏高，回款依赖单一，建议压降金额后再议。"
        )
        diligence.review(here, here.get(Survey, survey), advice=advice, opinion=opinion)


def survey(stage: Stage, now: datetime, need_id: int, other: Fen | None = None, *, agrees: bool = True) -> None:
    """Both officers, one after the other."""
    review(stage, now, visit(stage, now, need_id, other), agrees=agrees)


def prove(stage: Stage, now: datetime, firm: Actor, case_id: int, *, accepted: bool) -> None:
    """The firm hands in a proof for every condition; an officer accepts it, or it still lies there."""
    with stage.desk(firm, now) as here:
        owner = here.get(Firm, firm.firm_id or 0)
        for one in conditions.unmet(here, here.get(GuaranteeCase, case_id)):
            proof = stage.paper(here, owner, PaperKind.PROOF, f"条件{one.number}证明.png", photo(one.number), PNG)
            conditions.show(here, one, proof)
    if accepted:
        with stage.desk(stage.cast.second, now) as here:
            for one in here.all(Condition, Condition.case_id == case_id, by=Condition.number):
                conditions.accept(here, one)
