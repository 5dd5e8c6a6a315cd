"""Pages of the fund's money: pools with their books, what waits for a second person, suspended banks, the month's sheet, counties' rules."""

from __future__ import annotations

from datetime import date, timedelta

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.bridge import bans, money, presets, views
from financing.bridge.model import BridgeMove, BridgePool
from financing.bridge.promise_model import BankBan
from financing.dated import adopting
from financing.guarantees.change_rules import DocumentKind
from reports import bridge as shown
from web import bridge_forms as forms
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post
from web.pages.bridge import BridgePages
from web.pages.settings import said

DAY = timedelta(days=1)


class BridgeMoneyPages(Controller):
    @get("/bridge/pools/open", name="bridge.pool.form")
    def form(self, request: Page) -> Answer:
        return request.show("bridge/pool_form.html", form=request.sheet(forms.PoolForm), act=Act)

    @post("/bridge/pools/open", name=Act.OPEN_BRIDGE_POOL, page=form)
    def open_pool(self, request: Page) -> Answer:
        form = request.read(forms.PoolForm)
        with request.desk() as desk:
            made = money.open_pool(desk, name=form.pool_name, custodian=form.custodian, account=form.custody_account)
            return request.go("bridge.pool", key=made.id)

    @get("/bridge/pools/{key:int}", name="bridge.pool")
    def pool(self, request: Page, key: FromPath[int], on: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            one = desk.get(BridgePool, key)
            day = _day(on, desk.today)
            stand = next(each for each in views.pools(desk, day) if each.pool.id == one.id)
            lines = views.book(desk, one, page)
            waiting = [each for each in views.waiting(desk) if each.move.pool_id == key]
            told, may, today = views.numbers(desk, lines.rows), desk.may(Act.PROPOSE_MOVE, one), desk.today
        return request.show(
            "bridge/pool.html", stand=stand, lines=lines, told=told, waiting=waiting, on=day, today=today, may=may,
            form=request.sheet(forms.MoveForm, on=today), down=request.sheet(forms.TurnDownForm),
            tried=bool(request.refusal), act=Act,
        )  # fmt: skip

    @post("/bridge/pools/{key:int}/move", name=Act.PROPOSE_MOVE, page=pool, upload=True)
    def move(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.MoveForm)
        given = {DocumentKind.PROOF: form.bridge_proof}
        with filing(request.app.state.settings, given) as filed, request.desk() as desk:
            money.propose(
                desk, desk.get(BridgePool, key), form.movement, amount=form.amount, on=form.on, reason=form.reason, filed=filed[0]
            )  # fmt: skip
            return request.go("bridge.pool", key=key)

    @post("/bridge/moves/{key:int}/confirm", name=Act.CONFIRM_MOVE, page=BridgePages.every)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            money.confirm(desk, desk.get(BridgeMove, key, version=form.version))
            return request.go("bridge")

    @post("/bridge/moves/{key:int}/turn-down", name=Act.TURN_DOWN_MOVE, page=BridgePages.every)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.TurnDownForm)
        with request.desk() as desk:
            money.turn_down(desk, desk.get(BridgeMove, key), form.reason)
            return request.go("bridge")

    @post("/bridge/bans/{key:int}/ask-lift", name=Act.ASK_BRIDGE_LIFT, page=BridgePages.every)
    def ask_lift(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.LiftForm)
        with request.desk() as desk:
            bans.ask_lift(desk, desk.get(BankBan, key), form.reason)
            return request.go("bridge")

    @post("/bridge/bans/{key:int}/lift", name=Act.LIFT_SUSPENSION, page=BridgePages.every)
    def lift(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            bans.lift(desk, desk.get(BankBan, key, version=form.version))
            return request.go("bridge")

    @post("/bridge/bans/{key:int}/keep", name=Act.KEEP_SUSPENSION, page=BridgePages.every)
    def keep(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            bans.keep(desk, desk.get(BankBan, key, version=form.version))
            return request.go("bridge")

    @get("/bridge/month", name=Act.PRINT_BRIDGE)
    def month(self, request: Page, month: FromQuery[str] = "") -> Answer:
        with request.desk(write=True, claim=False) as desk:
            first = _first(month, desk.today)
            last = min((first + 31 * DAY).replace(day=1) - DAY, desk.today)
            found = views.month(desk, first, first - DAY, last)
            for pool, _, _ in found.rows[:1]:
                desk.note(Act.PRINT_BRIDGE, pool, month=first)
        job = shown.month_paper(found, request.app.state.settings.zone_name, request.lang)
        return request.paper(job, f"YJ{first:%Y-%m}")

    @get("/bridge/presets", name="bridge.presets")
    def presets(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found = presets.compared(desk.today)
            may = desk.actor.role == "admin"
            least = desk.today + DAY
        return request.show(
            "bridge/presets.html", found=found, **said(request), may=may, form=request.sheet(forms.PresetForm, since=least), act=Act,
        )  # fmt: skip

    @post("/bridge/presets/{key:str}/propose", name="bridge.preset.propose", page=presets)
    def propose_preset(self, request: Page, key: FromPath[str]) -> Answer:
        form = request.read(forms.PresetForm)
        with request.desk() as desk:
            adopting.propose(desk, presets.one(key), since=form.since, why=form.reason)
            return request.go("settings")


def _day(text: str, today: date) -> date:
    """The day that was asked for, never one to come."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


def _first(text: str, today: date) -> date:
    """The first day of the month that was asked for, never of one to come."""
    return _day(f"{text}-01", today).replace(day=1)
