"""Pages of outside experts: their register, and the lots of one meeting."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath
from pydantic import Field

from financing.acts import Act
from financing.guarantees import expert_views, experts
from financing.guarantees.committee_model import Expert
from financing.guarantees.model import Meeting
from financing.parameters import figure
from financing.people.model import User
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post

Key = Annotated[int, Field(ge=1, le=2**53)]


class ExpertForm(Form):
    account: Key
    field: Annotated[str, Text(60)]
    employer: Annotated[str, Text(80)]


class DrawForm(Form):
    """Empty for the first lots; afterwards who cannot come, and why."""

    unable: Annotated[list[Key], Field(max_length=50)] = []
    reason: Annotated[str, Text(200)] | None = None


class ExpertPages(Controller):
    @get("/experts", name="experts")
    def register(self, request: Page) -> Answer:
        with request.desk() as desk:
            found, free = expert_views.register(desk)
            kept = figure("experts_per_meeting", desk.today), figure("experts_vote", desk.today)
        return request.show(
            "experts/list.html", found=found, free=free, kept=kept, form=request.sheet(ExpertForm), act=Act
        )

    @post("/experts", name=Act.ENTER_EXPERT, page=register)
    def enter(self, request: Page) -> Answer:
        form = request.read(ExpertForm)
        with request.desk() as desk:
            experts.enter(desk, desk.get(User, form.account), field=form.field, employer=form.employer)
            return request.go("experts")

    @post("/experts/{key:int}/end", name=Act.END_EXPERT)
    def end(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            experts.end(desk, desk.get(Expert, key))
            return request.go("experts")

    @get("/meetings/{key:int}/lots", name="meeting.lots")
    def lots(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = expert_views.of_meeting(desk, desk.get(Meeting, key))
        return request.show("experts/lots.html", lots=found, form=request.sheet(DrawForm), act=Act)

    @post("/meetings/{key:int}/lots", name=Act.DRAW_EXPERTS, page=lots)
    def draw(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            desk.get(Meeting, key)  # before the form: who may not see the meeting is told nothing about it
        form = request.read(DrawForm)
        with request.desk() as desk:
            experts.draw(desk, desk.get(Meeting, key), unable=form.unable, reason=form.reason or "")
            return request.go("meeting.lots", key=key)
