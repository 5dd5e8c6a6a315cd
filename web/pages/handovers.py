"""Cases that change hands, and who stands in for whom."""

from __future__ import annotations

from typing import Annotated, ClassVar

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import Role
from financing.acts import Act
from financing.needs.model import Need
from financing.office import handover
from financing.office.model import Deputy, HandOver
from financing.office.rules import Cause
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post

MOST = 50


class OfferForm(Form):
    tag: ClassVar[str] = "offer-"
    need: int | None = None  # one need; empty: every open need of one's own
    to_officer: int
    cause: Cause
    hand_note: Annotated[str, Text(300, lines=True)]


class AssignForm(Form):
    tag: ClassVar[str] = "assign-"
    from_officer: int
    to_officer: int
    cause: Cause
    hand_note: Annotated[str, Text(300, lines=True)]


class DeputyForm(Form):
    tag: ClassVar[str] = "deputy-"
    deputy_for: int
    deputy_who: int
    absent_since: Day
    absent_until: Day
    hand_note: Annotated[str, Text(300)]


class RefuseForm(Form):
    take_answer: Annotated[str, Text(300, lines=True)]


class HandOverPages(Controller):
    @get("/handovers", name="handovers")
    def listed(self, request: Page, need: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            found = desk.all(HandOver, by=HandOver.asked_at.desc())[:MOST]
            deputies = desk.all(Deputy, Deputy.ended_at.is_(None), Deputy.until >= desk.today, by=Deputy.since)
            officers = handover.officers(desk)
            heads = handover.heads(desk) == request.actor.id or request.actor.role is Role.LEADER
            one = desk.get(Need, need) if need and request.actor.role is Role.OFFICER else None
        me, today = request.actor.id, desk.today
        offer = request.sheet(OfferForm, need=need or None, cause=Cause.LEAVE)
        deputy = request.sheet(DeputyForm, deputy_for=me if request.actor.role is Role.OFFICER else None)
        return request.show(
            "office/handovers.html", found=found, deputies=deputies, officers=officers, heads=heads, need=one, me=me, today=today,
            others=[officer for officer in officers if officer[0] != me], offer=offer, assign=request.sheet(AssignForm),
            deputy=deputy, refuse=request.sheet(RefuseForm), act=Act, role=Role,
        )  # fmt: skip

    @post("/handovers", name=Act.OFFER_CASES, page=listed)
    def offer(self, request: Page) -> Answer:
        form = request.read(OfferForm)
        with request.desk() as desk:
            if form.need is None:
                handover.offer_all(desk, form.to_officer, cause=form.cause, note=form.hand_note)
            else:
                one = desk.get(Need, form.need)
                handover.offer(desk, [one], form.to_officer, cause=form.cause, note=form.hand_note)
            return request.go("handovers")

    @post("/handovers/assign", name=Act.ASSIGN_CASES, page=listed)
    def assign(self, request: Page) -> Answer:
        form = request.read(AssignForm)
        with request.desk() as desk:
            handover.assign(desk, form.from_officer, form.to_officer, cause=form.cause, note=form.hand_note)
            return request.go("handovers")

    @post("/handovers/{key:int}/take", name=Act.TAKE_CASES, page=listed)
    def take(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            handover.accept(desk, desk.get(HandOver, key))
            return request.go("handovers")

    @post("/handovers/{key:int}/refuse", name=Act.REFUSE_CASES, page=listed)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RefuseForm)
        with request.desk() as desk:
            handover.refuse(desk, desk.get(HandOver, key), form.take_answer)
            return request.go("handovers")

    @post("/handovers/{key:int}/drop", name=Act.UNOFFER_CASES, page=listed)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            handover.take_back(desk, desk.get(HandOver, key))
            return request.go("handovers")

    @post("/deputies", name=Act.SET_DEPUTY, page=listed)
    def set_deputy(self, request: Page) -> Answer:
        form = request.read(DeputyForm)
        with request.desk() as desk:
            handover.set_deputy(
                desk, form.deputy_for, form.deputy_who, form.absent_since, form.absent_until, form.hand_note
            )
            return request.go("handovers")

    @post("/deputies/{key:int}/end", name=Act.END_DEPUTY, page=listed)
    def end_deputy(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            handover.end_deputy(desk, desk.get(Deputy, key))
            return request.go("handovers")
