"""Watch on stage: what is learned of firms whose loans are out, the nights that follow from it, visits, and warnings dealt with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from financing.access import SYSTEM
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.loans.rules import FiveClass
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.watch import late, plan, service, visits
from financing.watch.lent import LIVE
from financing.watch.model import Check, EarlyWarning
from financing.watch.rules import CheckState, Closing, Item, Origin, Outside, Seen, WarningState
from financing.watch.visits import Learned, Looked, Report
from web.stage.photo import PNG, photo
from web.stage.road import Stage

#: What is learned first, one thing of each firm: some of it warns red, some amber, some not at all.
FIRST = (
    (Outside.LAWSUIT, 36_000_000, Origin.COURT, "买卖合同纠纷，（2026）示例民初第 0108 号，本企业为被告"),
    (Outside.WAGES, 8_400_000, Origin.LABOUR, "两个月工资未发，人社部门已责令限期支付"),
    (Outside.TAX_STOP, 2, Origin.TAX, "增值税连续两个属期未申报"),
    (Outside.DISHONEST, 0, Origin.COURT, "失信被执行人名单查询，无记录"),
)
LATER = (
    (Outside.ENFORCEMENT, 12_500_000, Origin.COURT, "（2026）示例执第 0312 号，未执结"),
    (Outside.LAWSUIT, 5_000_000, Origin.COURT, "（2026）示例民初第 0240 号，标的较小"),
)


def scenes(stage: Stage, day: Callable[..., datetime]) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
    """What is learned after the pay-out, the nights that follow, visits, what is settled; `day` is a moment so many days ago."""
    yield day(13, 10), lambda now: learn(stage, now, first=True)
    yield day(7, 15), lambda now: visit(stage, now)
    yield day(5, 11), lambda now: settle(stage, now)
    yield day(2, 12), lambda now: learn(stage, now, first=False)
    for ago in (12, 6, 1):
        yield day(ago, 1), lambda now: night(stage, now)


def learn(stage: Stage, now: datetime, *, first: bool) -> None:
    """An officer asks around about firms whose loans are out."""
    with stage.desk(stage.cast.officer, now) as here:
        live = _live(here)
        for guarantee, (kind, value, origin, text) in zip(
            live if first else live[4:], FIRST if first else LATER, strict=False
        ):
            visits.learn(here, here.get(Firm, guarantee.firm_id), Learned(kind, here.today, value, text, origin))


def night(stage: Stage, now: datetime) -> None:
    """What the platform does by itself."""
    for due, look in (
        (service.due, service.look_over),
        (plan.due, plan.look_at),
        (late.waiting, late.look_at),
    ):
        with stage.desk(SYSTEM, now) as here:
            look(here, due(here))


def visit(stage: Stage, now: datetime) -> None:
    """Two checks are made: one finds all well, one finds stock piling up."""
    with stage.desk(stage.cast.officer, now) as here:
        for number, check in enumerate(here.all(Check, Check.state == CheckState.DUE, by=Check.firm_id)[:2]):
            firm = here.get(Firm, check.firm_id)
            stage.paper(here, firm, PaperKind.PHOTO, "保后现场.png", photo(90 + number), PNG)
            visits.record(here, check, _report(stage, here, firm, doubtful=bool(number)))


def _report(stage: Stage, here: Desk, firm: Firm, *, doubtful: bool) -> Report:
    seen = {Item.STOCK: Looked(Item.STOCK, Seen.DOUBTFUL, "成品积压约两个月产量")} if doubtful else {}
    found = tuple(seen.get(item, Looked(item, Seen.FINE, "")) for item in Item)
    opinion = "回款放慢，建议列为关注，下次检查核对库存。" if doubtful else "生产正常，贷款用于采购原料，单据相符。"
    risk = FiveClass.ATTENTION if doubtful else FiveClass.NORMAL
    return Report(here.today, firm.address, f"{firm.contact}，财务", found, 46, opinion, risk, stage.cast.second.id)


def settle(stage: Stage, now: datetime) -> None:
    """One amber warning is closed, the red one about wages waits for a second person."""
    with stage.desk(stage.cast.officer, now) as here:
        for rule, closing, why in (
            ("lawsuit", Closing.WATCHED, "标的在保险范围内，下次检查跟踪判决。"),
            ("wages", Closing.GONE, "已核实工资发放流水，拖欠部分付清。"),
        ):
            one = here.find(EarlyWarning, EarlyWarning.rule == rule, EarlyWarning.state == WarningState.OPEN)
            if one is not None:
                service.close(here, one, closing, why)


def _live(here: Desk) -> list[Guarantee]:
    return here.all(Guarantee, *LIVE, by=Guarantee.number)
