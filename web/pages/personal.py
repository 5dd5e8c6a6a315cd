"""Personal data (个人信息): the register for everybody, one's own data to look at, to take along and to have erased."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from litestar import Controller
from litestar.params import FromPath

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.parties.model import Firm
from financing.people import service as people
from financing.personal import erasures, holdings, holds, register, retention, views
from financing.personal.model import Erasure
from financing.personal.rules import Hold
from financing.personal_words import ENDS, PURPOSES, SEEN
from financing.refusals import NotFound
from web import erased_files
from web.forms import Form
from web.own_archive import given
from web.page import Answer, Page, get, post


class PersonalPages(Controller):
    @get("/personal-data", name="personal.register")
    def register(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows = [(kept, kept.period(desk.today)) for kept in register.kinds()]
            days = parameters.figure("personal_objection_days", desk.today)
        return request.show("personal/register.html", rows=rows, purposes=PURPOSES, seen=SEEN, ends=ENDS, days=days)

    @get("/my-data", name="personal.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            firm = _own_firm(desk)
            found: dict[str, Any] = {
                "objections": views.of_firm(desk, firm.id),
                "erasures": [one for one in views.erasures(desk, 20) if one.user_id is None],
                "held": _plain(holds.of_firm(desk, firm.id)),
            }
        return request.show("personal/mine.html", firm=firm, **found, form=request.sheet(Form), act=Act, hold=Hold)

    @post("/my-data/take", name=Act.TAKE_OWN, page=mine)
    def take(self, request: Page) -> Answer:
        with request.desk(claim=False) as desk:
            firm = _own_firm(desk)
            sheets, papers = holdings.of_firm(desk, firm)
            name, code = firm.name, firm.code
        return given(request, f"{code}-data", name, sheets, papers)

    @post("/my-data/erase", name=Act.ASK_ERASURE, page=mine)
    def ask(self, request: Page) -> Answer:
        with request.desk() as desk:
            return request.go("erasure.show", key=erasures.ask_firm(desk, _own_firm(desk)).id)

    @get("/account/data", name="personal.account")
    def account(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            asked = [one for one in views.erasures(desk, 20) if one.user_id == desk.actor.id]
            held = _plain(erasures.of_person(desk))
        return request.show(
            "personal/account.html", asked=asked, held=held, form=request.sheet(Form), act=Act, hold=Hold
        )

    @post("/account/data/take", name=Act.TAKE_ACCOUNT, page=account)
    def take_account(self, request: Page) -> Answer:
        with request.desk(claim=False) as desk:
            sheets, login = holdings.of_person(desk), people.me(desk).login
        return given(request, f"{login}-data", request.actor.name, sheets)

    @post("/account/data/erase", name=Act.ASK_LEAVING, page=account)
    def leave(self, request: Page) -> Answer:
        with request.desk() as desk:
            return request.go("erasure.show", key=erasures.ask_person(desk).id)


class ErasurePages(Controller):
    @get("/erasures", name="erasures")
    def listed(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows, nights = views.erasures(desk, request.rows(100)), retention.report(desk, 100)
            firms = _firms(desk, [one.firm_id for one in rows if one.firm_id])
        return request.show("personal/erasures.html", rows=rows, nights=nights, firms=firms)

    @get("/erasures/{key:int}", name="erasure.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            asked = desk.get(Erasure, key)
            acts = desk.acts(asked)
            firms = _firms(desk, [asked.firm_id] if asked.firm_id else [])
        held = [(Hold(why), until) for why, until in asked.holds]
        return request.show(
            "personal/erasure.html", asked=asked, acts=acts, firms=firms, held=held, form=request.sheet(Form), act=Act
        )

    @post("/erasures/{key:int}/carry-out", name=Act.ERASE, page=show)
    def carry_out(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            erasures.carry_out(desk, desk.get(Erasure, key, lock=True))
            answer = request.go("erasure.show", key=key)
        with suppress(OSError):  # it is erased whatever becomes of this; the next day asks again
            erased_files.follow(request.app.state.database, request.app.state.settings, request.now)
        return answer

    @post("/erasures/{key:int}/hold", name=Act.HOLD_ERASURE, page=show)
    def hold(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            erasures.hold(desk, desk.get(Erasure, key, lock=True))
            return request.go("erasure.show", key=key)

    @post("/erasures/{key:int}/withdraw", name=Act.WITHDRAW_ERASURE, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            erasures.withdraw(desk, desk.get(Erasure, key, lock=True))
            return request.go("erasure.show", key=key)


def _own_firm(desk: Desk) -> Firm:
    if desk.actor.firm_id is None:
        raise NotFound(kind="Firm")
    return desk.get(Firm, desk.actor.firm_id)


def _plain(found: list[holds.Held]) -> list[tuple[Hold, str]]:
    return [(why, day.isoformat() if day else "") for why, day in found]


def _firms(desk: Desk, keys: list[int]) -> dict[int, str]:
    return {firm.id: firm.name for firm in desk.all(Firm, Firm.id.in_(keys))}
