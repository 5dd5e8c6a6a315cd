"""Pages of recovery (追偿): cases by their next step, one with everything done and parted, and what is paid on to others."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.compensation import payables, recovery, recovery_views
from financing.compensation.recovery import Done
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare
from financing.compensation.recovery_rules import NEEDS_PAPER, ShareState, Step
from financing.guarantees.change_rules import DocumentKind
from financing.money import Fen
from web.fields import Day, Text, Upload, Yuan
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post
from web.routes import ROUTES


class StepForm(Form):
    step: Step
    on: Day
    what: Annotated[str, Text(500, lines=True)]
    cost: Yuan | None = None
    paper: Upload | None = None
    next_step: Step
    next_on: Day
    next_what: Annotated[str, Text(300, lines=True)]


class ResultForm(Form):
    result: Annotated[str, Text(500, lines=True)]


class PaidForm(Form):
    on: Day
    proof: Upload


class RecoveryPages(Controller):
    @get("/recoveries", name="recoveries")
    def list(self, request: Page, only: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = recovery_views.cases(desk, closed=only == "closed", page=min(page, 100_000))
            left = {row.id: desk.calendar.left(desk.today, row.next_on) for row in found.rows if row.next_on}
            today = desk.today
        return request.show("recovery/list.html", found=found, left=left, closed=only == "closed", today=today)

    @get("/recoveries/{key:int}", name="recovery.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found, today = recovery_views.shown(desk, desk.get(RecoveryCase, key)), desk.today
        forms = {"step": request.sheet(StepForm, on=today), "result": request.sheet(ResultForm)}
        links = {one for one in ("guarantee.show", "recovery.share") if request.actor.role in ROUTES[one]}
        return request.show("recovery/show.html", found=found, forms=forms, links=links, act=Act, today=today)

    @post("/recoveries/{key:int}/record", name=Act.RECORD_RECOVERY_STEP, page=show, upload=True)
    def record(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(StepForm)
        kind = NEEDS_PAPER.get(form.step, DocumentKind.PROOF)
        with filing(request.app.state.settings, {kind: form.paper}) as filed, request.desk() as desk:
            done = Done(
                form.step, form.on, form.what, form.cost or Fen(0), form.next_step, form.next_on, form.next_what,
                filed[0] if filed else None,
            )  # fmt: skip
            recovery.record(desk, desk.get(RecoveryCase, key), done)
            return request.go("recovery.show", key=key)

    @post("/recoveries/{key:int}/take", name=Act.TAKE_RECOVERY, page=show)
    def take(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            recovery.take_over(desk, desk.get(RecoveryCase, key))
            return request.go("recovery.show", key=key)

    @post("/recoveries/{key:int}/close", name=Act.CLOSE_RECOVERY, page=show)
    def close(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ResultForm)
        with request.desk() as desk:
            recovery.close(desk, desk.get(RecoveryCase, key), form.result)
            return request.go("recovery.show", key=key)


class SharePages(Controller):
    """What falls to other parties of what was recovered."""

    @get("/recovery-shares", name="recovery.shares")
    def list(self, request: Page, only: FromQuery[ShareState | None] = None, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = recovery_views.shares(desk, only, min(page, 100_000))
        return request.show("recovery/shares.html", found=found, only=only, states=ShareState)

    @get("/recovery-shares/{key:int}", name="recovery.share")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            share = desk.get(RecoveryShare, key)
            acts, today = desk.acts(share), desk.today
        own = share.ordered_by == request.actor.id
        return request.show(
            "recovery/share.html", share=share, acts=acts, own=own, form=request.sheet(PaidForm, on=today), act=Act
        )

    @post("/recovery-shares/{key:int}/order", name=Act.ORDER_SHARE, page=show, upload=True)
    def order(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(PaidForm)
        with filing(request.app.state.settings, {DocumentKind.PROOF: form.proof}) as filed, request.desk() as desk:
            payables.order(desk, desk.get(RecoveryShare, key), on=form.on, filed=filed[0])
            return request.go("recovery.share", key=key)

    @post("/recovery-shares/{key:int}/pay", name=Act.PAY_SHARE, page=show)
    def pay(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            payables.pay(desk, desk.get(RecoveryShare, key))
            return request.go("recovery.share", key=key)

    @post("/recovery-shares/{key:int}/return", name=Act.RETURN_SHARE, page=show)
    def send_back(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            payables.send_back(desk, desk.get(RecoveryShare, key))
            return request.go("recovery.share", key=key)
