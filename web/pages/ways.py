"""How one is told outside of the site: addresses and paces of one's own, the stop link, and the administrator's list of messages."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import SYSTEM
from financing.acts import Act
from financing.desk import opened
from financing.notices import addresses, parcels, rules, views
from financing.notices.model import NoticeAddress, Parcel
from financing.notices.rules import Fate, Group, Lang, Medium, Pace, Robot
from financing.setting_refusals import CodeWrong, MailNotSetUp, SecretShort, StopLinkBroken
from web.fields import Text, Whole, Yes, one_of
from web.forms import Form
from web.page import Answer, Page, get, post
from web.post.sending import Post

#: The secret of a robot that no known system guards.
LEAST_SECRET = 16


class MailForm(Form):
    email: Annotated[str, Text(254)]


class RobotForm(Form):
    robot: Robot
    hook: Annotated[str, Text(500)]
    hook_secret: Annotated[str, Text(200)] | None = None


class CodeForm(Form):
    confirmation: Annotated[str, Text(20)]


class WaysForm(Form):
    lang: Lang
    hour: Annotated[int, Whole(0, 23, "时")]
    workdays: Yes = False
    quiet_from: Annotated[int, Whole(0, 23, "时")]
    quiet_until: Annotated[int, Whole(0, 23, "时")]
    email_needs: Pace = Pace.NOW
    email_guarantee: Pace = Pace.NOW
    email_banks: Pace = Pace.NOW
    email_sessions: Pace = Pace.NOW
    email_rest: Pace = Pace.NOW
    chat_needs: Pace = Pace.NOW
    chat_guarantee: Pace = Pace.NOW
    chat_banks: Pace = Pace.NOW
    chat_sessions: Pace = Pace.NOW
    chat_rest: Pace = Pace.NOW

    def paces(self) -> dict[str, str]:
        return {f"{way}_{one}": getattr(self, f"{way}_{one}").value for way in Medium for one in Group}


class WayPages(Controller):
    @get("/notices/ways", name="ways")
    def mine(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            mine, habits = addresses.mine(desk), addresses.habits(desk)
        paces = {f"{way}_{one}": habits.pace(way, one) for way in Medium for one in Group}
        return request.show(
            "notices/ways.html", mine=mine, act=Act, media=tuple(Medium), groups=tuple(Group), paces=tuple(Pace),
            form=request.sheet(WaysForm, habits, **paces), mail_form=request.sheet(MailForm), code_form=request.sheet(CodeForm),
            robot_form=request.sheet(RobotForm), mail=bool(request.app.state.settings.smtp_host), hosts=request.app.state.settings.robots,
        )  # fmt: skip

    @post("/notices/ways", name=Act.SET_NOTICES, page=mine)
    def choose(self, request: Page) -> Answer:
        form = request.read(WaysForm)
        with request.desk() as desk:
            addresses.choose(
                desk, lang=form.lang, hour=form.hour, workdays=form.workdays, quiet_from=form.quiet_from,
                quiet_until=form.quiet_until, paces=form.paces(),
            )  # fmt: skip
            return request.go("ways")

    @post("/notices/addresses", name=Act.ADD_ADDRESS, page=mine)
    def add(self, request: Page) -> Answer:
        robot = any(name == "hook" for name, _value in request.fields)
        read = self._robot if robot else self._mail
        medium, target, given = read(request)
        with request.desk() as desk:
            addresses.add(desk, medium, target, **given)
            return request.go("ways")

    def _mail(self, request: Page) -> tuple[Medium, str, dict[str, Any]]:
        form = request.read(MailForm)
        if not request.app.state.settings.smtp_host:
            raise MailNotSetUp
        return Medium.EMAIL, addresses.email(form.email), {}

    def _robot(self, request: Page) -> tuple[Medium, str, dict[str, Any]]:
        form = request.read(RobotForm)
        secret = form.hook_secret or ""
        if form.robot is Robot.PLAIN and len(secret) < LEAST_SECRET:
            raise SecretShort(field="hook_secret", least=LEAST_SECRET)
        target = addresses.hook(form.hook, request.app.state.settings.robots)
        return Medium.CHAT, target, {"robot": form.robot, "secret": secret}

    @post("/notices/addresses/{key:int}/confirm", name=Act.CONFIRM_ADDRESS, page=mine)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CodeForm)
        with request.desk(claim=False) as desk:
            address = desk.get(NoticeAddress, key)
            expected = Post.of(request.app.state.settings).code(address.id, address.asked_at)
            left = addresses.confirm(desk, address, form.confirmation, expected)
            place = request.go("ways")
        if left is not None:  # said once the guess has been counted
            raise CodeWrong(field="confirmation", left=left)
        return place

    @post("/notices/addresses/{key:int}/drop", name=Act.DROP_ADDRESS, page=mine)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            addresses.drop(desk, desk.get(NoticeAddress, key))
            return request.go("ways")


class StopPages(Controller):
    @get("/stop/{token:str}", name="stop")
    def show(self, request: Page, token: FromPath[str]) -> Answer:
        _address(request, token)
        return request.show("notices/stop.html", token=token, stopped=False, act=Act)

    @post("/stop/{token:str}", name=Act.STOP_NOTICES)
    def stop(self, request: Page, token: FromPath[str]) -> Answer:
        """What a mail program sends by itself (RFC 8058), and what the button on the page sends."""
        key = _address(request, token)
        with opened(request.app.state.database, SYSTEM, request.now, request.clue) as desk:
            addresses.stop(desk, desk.get(NoticeAddress, key))
        return request.show("notices/stop.html", token=token, stopped=True, act=Act)


class DeliveryPages(Controller):
    @get("/deliveries", name="deliveries")
    def show(self, request: Page, page: FromQuery[int] = 1, status: FromQuery[str] = "") -> Answer:
        fate = one_of(Fate, status)
        with request.desk(write=False) as desk:
            found = views.deliveries(desk, fate, min(page, 100_000))
        mail = bool(request.app.state.settings.smtp_host)
        return request.show("notices/deliveries.html", found=found, fate=fate, fates=tuple(Fate), mail=mail, act=Act)

    @post("/deliveries/{key:int}/again", name=Act.SEND_AGAIN, page=show)
    def again(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            parcels.send_again(desk, desk.get(Parcel, key))
            return request.go("deliveries")


def _address(request: Page, token: str) -> int:
    key = rules.stopped(Post.of(request.app.state.settings).secret, token)
    if key is None:
        raise StopLinkBroken
    return key
