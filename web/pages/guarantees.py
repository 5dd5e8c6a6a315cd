"""Pages of guarantee cases: officers open and table them, members vote, the chair seals what the count says."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.access import COMMITTEE, Role
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import deferrals, delegation_views, meeting_views, rounds, service, ties, views
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.recusal_views import of_case as recusals_of
from financing.guarantees.rules import OURS, CaseState, Hurdle, Vote
from financing.guarantees.securities import of_case as securities_of
from financing.letters import papers
from financing.letters.model import Guarantee
from financing.letters.rules import ISSUED
from financing.needs.model import Need
from financing.parties import permits
from financing.personal import views as personal
from web.affording import picture
from web.committee_words import committee_words
from web.fee_lines import fees_of
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post

Key = Annotated[int, Field(ge=1, le=2**53)]


#: Who may read the firm's papers from the case pack.
READERS = COMMITTEE | {Role.OFFICER}


class OpenForm(Form):
    opinion: Annotated[str, Text(500, lines=True)]


class TableForm(Form):
    meeting: Key


class VoteForm(Form):
    vote: Vote
    opinion: Annotated[str, Text(500, lines=True)]


class RoundForm(Form):
    present: Annotated[list[Key], Field(min_length=1, max_length=50)]


class DeferForm(Form):
    tag = "defer-"

    why: Annotated[str, Text(200)]
    until: Day


class JumpForm(Form):
    tag = "jump-"

    why: Annotated[str, Text(200)]


class TieForm(Form):
    tag = "tie-"

    reason: Annotated[str, Text(200)]


class AsideForm(Form):
    tag = "aside-"

    member: Key
    why: Annotated[str, Text(200)]


class CasePages(Controller):
    @get("/cases", name="cases")
    def cases(self, request: Page, only: FromQuery[CaseState | None] = None, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found = views.cases(desk, only, page)
        return request.show("guarantees/list.html", found=found, only=only, states=CaseState)

    @get("/needs/{key:int}/case", name="case.open.form")
    def open_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = views.prospect(desk, desk.get(Need, key))
        missed = [gate for gate in found.failed if gate.key not in OURS]
        return request.show(
            "guarantees/open.html", found=found, missed=missed, form=request.sheet(OpenForm), act=Act, hurdle=Hurdle,
            **committee_words(request.lang),
        )  # fmt: skip

    @post("/needs/{key:int}/case", name=Act.OPEN_CASE, page=open_form)
    def open_case(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(OpenForm)
        with request.desk() as desk:
            case = service.open_case(desk, desk.get(Need, key), opinion=form.opinion)
            return request.go("case.show", key=case.id)

    @post("/needs/{key:int}/refuse", name=Act.REFUSE_NEED, page=open_form)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            papers.refuse(desk, desk.get(Need, key), request.app.state.settings.helper)
            return request.go("need.show", key=key)

    @get("/cases/{key:int}", name="case.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            pack = views.pack(desk, desk.get(GuaranteeCase, key))
            aside_from, beside = recusals_of(desk, pack.case), _of_its_firm(desk, pack.case.firm_id)
            asked = securities_of(desk, pack.case)
            called = (
                meeting_views.callable_now(desk, pack.meeting if pack.case.set_back_at else None)
                if Act.TABLE_CASE in pack.acts
                else []
            )
            last = deferrals.last_day(desk)
            delegable = delegation_views.offered(desk, pack.case)
            small = desk.find(Delegation, Delegation.case_id == key)
            letters = desk.all(Guarantee, Guarantee.case_id == key, Guarantee.state.in_(ISSUED))
        meetings = [(meeting, f"{number}（{day}）") for meeting, number, day in called]
        return request.show(
            "guarantees/show.html",
            pack=pack,
            **beside,
            called=meetings,
            readers=READERS,
            aside_from=aside_from,
            fees=fees_of(pack.case, request.lang),
            securities=asked,
            chart=picture(pack.asked, request.lang),
            act=Act,
            voting=request.sheet(VoteForm, pack.ballot),
            tie=request.sheet(TieForm),
            aside=request.sheet(AsideForm),
            others=_others(pack, request.actor.id),
            closing=request.sheet(RoundForm, present=_voted(pack)),
            tabling=request.sheet(TableForm),
            putting=request.sheet(DeferForm, until=last),
            jumping=request.sheet(JumpForm),
            last=last,
            delegable=delegable,
            small=small,
            letters=letters,
            **committee_words(request.lang),
        )

    @post("/cases/{key:int}/table", name=Act.TABLE_CASE, page=show)
    def table(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(TableForm)
        with request.desk() as desk:
            service.table(desk, desk.get(GuaranteeCase, key), desk.get(Meeting, form.meeting))
            return request.go("meeting.show", key=form.meeting)

    @post("/cases/{key:int}/tie", name=Act.DECLARE_TIE, page=show)
    def tie(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(TieForm)
        with request.desk() as desk:
            case = desk.get(GuaranteeCase, key)
            ties.declare(desk, case, form.reason)
            return request.go("meeting.show", key=case.meeting_id)

    @post("/cases/{key:int}/aside", name=Act.IMPOSE_TIE, page=show)
    def set_aside(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AsideForm)
        with request.desk() as desk:
            ties.impose(desk, desk.get(GuaranteeCase, key), form.member, form.why)
            return request.go("case.show", key=key)

    @post("/cases/{key:int}/vote", name=Act.CAST_VOTE, page=show)
    def vote(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(VoteForm)
        with request.desk() as desk:
            service.cast(desk, desk.get(GuaranteeCase, key), form.vote, form.opinion)
            return request.go("case.show", key=key)

    @post("/cases/{key:int}/round", name=Act.CLOSE_ROUND, page=show)
    def close_round(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RoundForm)
        with request.desk() as desk:
            rounds.close_first(desk, desk.get(GuaranteeCase, key), form.present)
            return request.go("case.show", key=key)

    @post("/cases/{key:int}/seal", name=Act.SEAL_CASE, page=show)
    def seal(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            service.seal(desk, desk.get(GuaranteeCase, key))
            return request.go("case.show", key=key)

    @post("/cases/{key:int}/defer", name=Act.DEFER_CASE, page=show)
    def defer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DeferForm)
        with request.desk() as desk:
            deferrals.defer(desk, desk.get(GuaranteeCase, key), reason=form.why, until=form.until)
            return request.go("case.show", key=key)

    @post("/cases/{key:int}/jump", name=Act.JUMP_CASE, page=show)
    def jump(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(JumpForm)
        with request.desk() as desk:
            rounds.jump(desk, desk.get(GuaranteeCase, key), form.why)
            return request.go("case.show", key=key)


def _voted(pack: views.Pack) -> list[int]:
    """Who has voted in the present round: the chair finds them ticked as present."""
    return [user for user, _, voted in pack.turnout.voters if voted] if pack.turnout else []


def _of_its_firm(desk: Desk, firm_id: int) -> dict[str, Any]:
    """What the firm says is wrong, and what it agrees to."""
    return {"disputed": personal.disputed(desk, firm_id), "agreed": permits.table(desk, firm_id)}


def _others(pack: views.Pack, own: int) -> list[tuple[int, str]]:
    """The members the chair may set aside: seated, not tied, and not the chair."""
    return [(user, name) for user, name, _ in pack.turnout.voters if user != own] if pack.turnout else []
