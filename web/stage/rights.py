"""What people have a right to on stage: items agreed to and taken back, objections, requests to erase, assessments, and one incident."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from financing.incidents import service as incidents
from financing.incidents.model import Incident, IncidentParty
from financing.incidents.rules import Way
from financing.incidents.service import Said
from financing.papers.rules import PaperKind
from financing.parties import permits
from financing.parties.model import Firm
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import Item
from financing.personal import erasures, impacts, objections
from financing.personal.model import Erasure, Objection
from financing.personal.rules import Held, ObjectionState
from web.stage.agreeing import PDF, agree
from web.stage.player import Player
from web.stage.road import Stage

#: By the place of the firm: which item it takes back, and what it says.
TAKEN_BACK = {5: (Item.PUBLICITY, ""), 7: (Item.SENSITIVE, "贷款已还清，不再需要提供流水。")}
#: What a firm objects to, why, and how it was answered; the last one waits.
OBJECTIONS = (
    (4, "环保信用等级已于上月复评为绿色，附复评通知编号。", "green", "向生态环境部门核实，复评结果属实，已更正。"),
    (6, "行政处罚已撤销，请核对。", None, "经查撤销的是另一家同名企业的处罚，本企业的记录无误。"),
    (1, "登记的实际控制人信用情况与本人报告不一致，请核对。", None, ""),
)
ITEMS = {4: "fact.environment_grade", 6: "fact.penalties", 1: "fact.owner_credit"}
LEAK = {
    "title": "银行客户经理账号被他人使用",
    "cause": "一名银行客户经理的密码在别的网站泄露后被他人使用，从陌生地点登录并打开了融资档案。",
    "harm": "企业的联系人、电话和经营数据可能被他人看到，可能接到冒充银行的电话；没有发现改动和下载。",
    "measures": "已停用该账号、结束全部登录、重置二次验证，请该银行核查；档案副本的水印编号已登记。",
    "can_do": "请留意冒充银行或经开区的电话和短信，不要按对方要求转账或提供验证码；有疑问先拨打联系电话核实。",
    "reach_us": "周经办，0000-0000000",
}
PARTS = ("cause", "harm", "measures", "can_do", "reach_us")
LESSON = "要求各银行账号一律启用通行密钥，陌生地点登录随即通知本人和审计；每季度抽查一次。"


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime]
) -> Iterator[tuple[datetime, Callable[[datetime], object]]]:
    """When and what; `day` is a moment so many days ago."""
    yield day(100, 16), partial(assess, stage)
    for n in range(10):
        yield day(60, 11, n), partial(hand_in_flows, stage, players[n])
    for n in (3, 5):
        yield day(40, 11, n), partial(be_named, stage, players[n])
    for n in TAKEN_BACK:
        yield day(4, 11, n), partial(take_back, stage, players[n], n)
    for n, why, value, answer in OBJECTIONS:
        ago = 33 if answer else 3
        yield day(ago, 14, n), partial(object_to, stage, players[n], ITEMS[n], why)
        if answer:
            yield day(ago - 9, 15, n), partial(answer_it, stage, players[n], value, answer)
    yield day(3, 16), partial(ask_to_erase, stage, players[1])
    for n in (62, 63):
        yield day(2, 9, n - 60), partial(ask_to_erase, stage, players[n])
    yield day(2, 16), partial(erase, stage, players[63])
    yield day(15, 10), partial(record, stage)
    yield day(15, 11), partial(find_and_tell, stage)
    yield day(6, 11), partial(close, stage)


def assess(stage: Stage, now: datetime) -> None:
    """The product's drafts, read and filed by an officer."""
    with stage.desk(stage.cast.officer, now) as here:
        for said in impacts.drafts().values():
            impacts.file(here, said, assessed_on=here.today, review_on=impacts.usual_review(here))


def hand_in_flows(stage: Stage, player: Player, now: datetime) -> None:
    """Statements of the firm's account, once it has agreed to that."""
    agree(stage, now, player.actor, {Item.SENSITIVE})
    with stage.desk(player.actor, now) as here:
        owner = here.get(Firm, player.actor.firm_id or 0)
        content = f"%PDF-1.4 {owner.code} {PaperKind.FLOW}".encode()
        stage.paper(here, owner, PaperKind.FLOW, "近六个月银行流水.pdf", content, PDF)


def take_back(stage: Stage, player: Player, n: int, now: datetime) -> None:
    item, why = TAKEN_BACK[n]
    with stage.desk(player.actor, now) as here:
        permits.withdraw(here, here.all(Permit, Permit.item == item, Permit.ended_at.is_(None))[0], why)


def object_to(stage: Stage, player: Player, code: str, why: str, now: datetime) -> None:
    with stage.desk(player.actor, now) as here:
        objections.raise_objection(here, here.get(Firm, player.actor.firm_id or 0), code=code, why=why)


def answer_it(stage: Stage, player: Player, value: object, answer: str, now: datetime) -> None:
    """The right value where the firm is right; none where what is held is right."""
    with stage.desk(stage.cast.second, now) as here:
        mine = (Objection.firm_id == player.actor.firm_id, Objection.state == ObjectionState.OPEN)
        said = here.all(Objection, *mine)[0]
        if value is None:
            objections.refuse(here, said, answer=answer)
        else:
            objections.uphold(here, said, answer=answer, value=value)


def be_named(stage: Stage, player: Player, now: datetime) -> None:
    agree(stage, now, player.actor, {Item.PUBLICITY})


def ask_to_erase(stage: Stage, player: Player, now: datetime) -> None:
    """Refused at once where something has to be kept."""
    with stage.desk(player.actor, now) as here:
        erasures.ask_firm(here, here.get(Firm, player.actor.firm_id or 0))


def erase(stage: Stage, player: Player, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        erasures.carry_out(here, here.all(Erasure, Erasure.firm_id == player.actor.firm_id)[0])


def record(stage: Stage, now: datetime) -> None:
    """What was found in the morning about the days before."""
    begun, found = now - timedelta(days=40), now - timedelta(hours=1)
    said = Said(LEAK["title"], (Held.CONTACT, Held.BUSINESS), begun, now, found, *(LEAK[part] for part in PARTS))
    with stage.desk(stage.cast.officer, now) as here:
        incidents.record(here, said)


def find_and_tell(stage: Stage, now: datetime) -> None:
    """Whom the account opened, one of them looked at by the right person after all; told, and reported."""
    with stage.desk(stage.cast.officer, now) as here:
        one = here.all(Incident)[0]
        incidents.draw(here, one, Way.ACCOUNT, "yinhang1")
        parties = here.all(IncidentParty, by=IncidentParty.party)
        if len(parties) > 1:
            incidents.leave_out(here, one, parties[-1], "当日由本人在行内打开，登录地点正常。")
        incidents.tell(here, one)
        incidents.report(here, one, "市网信办值班室，回执 2026-118")


def close(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        incidents.close(here, here.all(Incident)[0], LESSON)
