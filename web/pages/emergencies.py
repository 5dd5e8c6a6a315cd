"""Reading in an emergency: whoever runs the platform asks, an auditor agrees, and each page that is opened stands on record first."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.acts import Act
from financing.emergencies import service, views
from financing.emergencies.model import Emergency
from financing.emergencies.rules import EmergencyState, Section, reads
from financing.money import Fen
from financing.papers import store
from financing.parameters import figure
from financing.words import _
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post

#: Heads of the columns that are shown.
HEADS = {
    "name": _("名称"), "code": _("统一社会信用代码"), "park": _("园区"), "address": _("地址"), "founded_on": _("成立日期"),
    "representative": _("法定代表人"), "contact": _("联系人"), "phone": _("电话"), "employees": _("员工人数"),
    "revenue": _("营业收入"), "assets": _("资产总额"), "state": _("状态"), "login": _("登录名"), "role": _("角色"),
    "joined_at": _("启用时间"), "used_at": _("最近登录"), "active": _("使用中"), "number": _("编号"), "amount": _("金额"),
    "months": _("期限（月）"), "purpose": _("用途"), "use": _("具体用途"), "submitted_on": _("提交日期"), "line": _("担保额度"),
    "support": _("支持方式"), "opened_on": _("立项日期"), "starts": _("起始日"), "matures": _("到期日"), "balance": _("在保余额"),
    "contract": _("合同编号"), "rate": _("年利率"), "kind": _("种类"), "size": _("大小（字节）"), "added_at": _("上传时间"),
    "expires_on": _("有效期至"),
}  # fmt: skip


class EmergencyForm(Form):
    firm_code: Annotated[str, Text(40)]
    why: Annotated[str, Text(500, lines=True)]


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class EmergencyPages(Controller):
    path = "/emergencies"

    @get("/", name="emergencies")
    def listed(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found, minutes = views.newest(desk, page, request.rows(50)), figure("emergency_minutes", desk.today)
        return request.show(
            "emergencies/list.html", found=found, minutes=minutes.value, form=request.sheet(EmergencyForm), act=Act
        )

    @post("/", name=Act.ASK_EMERGENCY, page=listed)
    def ask(self, request: Page) -> Answer:
        form = request.read(EmergencyForm)
        with request.desk() as desk:
            asked = service.ask(desk, code=form.firm_code, why=form.why)
            return request.go("emergency.show", key=asked.id)

    @get("/{key:int}", name="emergency.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            asked = desk.get(Emergency, key)
            looks, acts = service.looks(desk, asked), desk.acts(asked)
            minutes = figure("emergency_minutes", desk.today)
        opens = desk.may(Act.LOOK_EMERGENCY, asked) and reads(asked.state, asked.until, request.now)
        return request.show(
            "emergencies/show.html", asked=asked, looks=looks, acts=acts, minutes=minutes.value, form=request.sheet(AnswerForm),
            act=Act, state=EmergencyState, sections=[one for one in Section if one in views.SHOWN] if opens else [],
        )  # fmt: skip

    @post("/{key:int}/open", name=Act.OPEN_EMERGENCY, page=show)
    def open(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.open_(desk, desk.get(Emergency, key, lock=True))
            return request.go("emergency.show", key=key)

    @post("/{key:int}/turn-down", name=Act.TURN_DOWN_EMERGENCY, page=show)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            service.turn_down(desk, desk.get(Emergency, key, lock=True), form.reason)
            return request.go("emergency.show", key=key)

    @post("/{key:int}/withdraw", name=Act.WITHDRAW_EMERGENCY, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.withdraw(desk, desk.get(Emergency, key, lock=True))
            return request.go("emergency.show", key=key)

    @post("/{key:int}/end", name=Act.END_EMERGENCY, page=show)
    def end(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.end(desk, desk.get(Emergency, key, lock=True))
            return request.go("emergency.show", key=key)

    @get("/{key:int}/read", name=Act.LOOK_EMERGENCY)
    def look(self, request: Page, key: FromPath[int], which: FromQuery[str] = "") -> Answer:
        section = next((one for one in views.SHOWN if one == which), Section.PROFILE)
        with request.desk(write=True, claim=False) as desk:
            asked = desk.get(Emergency, key, lock=True)
            there, _paper = service.look(desk, asked, section)
            columns, rows = views.section(there, asked, section)
        say = wording.translate(request.lang)
        told = [(row.id, [_said(value, request.lang) for value in row.values]) for row in rows]
        return request.show(
            "emergencies/section.html", asked=asked, section=section, sections=views.SHOWN,
            heads=[(say(HEADS[one]), "") for one in columns],
            rows=told, files=section is Section.PAPERS, alone=section is Section.PROFILE,
        )  # fmt: skip

    @get("/{key:int}/file", name="emergency.file")
    def file(self, request: Page, key: FromPath[int], paper: FromQuery[int] = 0) -> Answer:
        with request.desk(write=True, claim=False) as desk:
            _there, found = service.look(desk, desk.get(Emergency, key, lock=True), Section.FILE, paper)
        assert found is not None  # noqa: S101  `look` refuses what is not there
        return request.download(store.read(request.app.state.settings.uploads, found), found.name, found.media)


def _said(value: Any, lang: str) -> str:
    match value:
        case None | "":
            return "—"
        case bool():
            return wording.translate(lang)(_("是") if value else _("否"))
        case Fen():
            return wording.worth(value, lang)
    return wording.spoken(value, lang)
