"""Pages of needs: the firm's home, the form, check before handing in, one need, and the officer's work."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.access import FIRM, Role
from financing.acts import Act
from financing.clocks.promise_rules import Tolerable
from financing.contests.grounds import open_to
from financing.contests.model import Contest
from financing.credit import views as credit
from financing.diligence import service as surveys
from financing.diligence.rules import SURVEYABLE
from financing.guarantees import conditions
from financing.guarantees import service as guarantees
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import Hurdle
from financing.guarantees.securities import of_case as securities_of
from financing.letters import papers as issued
from financing.matching import service as matching
from financing.needs import beginnings, behalf, returns, rules, service, views
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose, Security
from financing.office import views as office
from financing.papers import views as papers
from financing.papers.rules import Owed
from financing.parties import known, permits
from financing.parties.model import Firm
from financing.people import unfinished
from financing.people.unfinished_model import Questions
from financing.policies import views as policies
from financing.words import _
from web.fee_lines import fees_of
from web.fields import Day, Percent, Text, Wan, Whole, Yes, one_of
from web.forms import Form
from web.one_form import STEPS, standing
from web.page import Answer, Page, get, post
from web.pages.papers import PaperForm
from web.routes import ROUTES

#: Where the road goes on after the need's own page, by state: for the firm, for the officer.
ONWARD: dict[NeedState, tuple[str, str]] = {
    NeedState.SCORED: ("", "case.open.form"),
    **dict.fromkeys((NeedState.APPROVED, NeedState.CONDITIONAL, NeedState.LISTED), ("matches", "matching.show")),
    **dict.fromkeys((NeedState.OFFERED, NeedState.SETTLED), ("offers.mine", "matching.show")),
}
SAID = {
    "case.open.form": _("立担保项目"),
    "matches": _("对接的银行与授权"),
    "matching.show": _("对接银行"),
    "offers.mine": _("比较报价"),
}


class NeedForm(Form):
    """What a firm asks for, in the order in which page and paper ask it."""

    purpose: Purpose
    use: Annotated[str, Text(rules.LONGEST_USE, lines=True)]
    amount: Wan
    months: Annotated[int, Whole(1, rules.LONGEST_MONTHS, "个月")]
    latest: Day
    wish: Percent | None = None
    security: Security
    no_broker: Yes = False

    def asked(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in NeedForm.model_fields if key != "version"}


class SubmitForm(Form):
    promises: Yes = False


class ReturnForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class NeedPages(Controller):
    @get("/my-needs", name="needs.mine")
    def mine(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        if request.actor.firm_id is None:
            return request.go("apply.resume")
        with request.desk() as desk:
            firm, begun = desk.get(Firm, request.actor.firm_id), unfinished.typed(desk, Questions.NEED)
            found, vault = views.mine(desk, min(page, 10_000)), papers.vault(desk, firm)
            typed = behalf.waiting(desk)
        numbers = {need.id: need.number for need in found.rows}
        return request.show(
            "needs/mine.html", firm=firm, found=found, vault=vault, begun=begun, typed=typed, numbers=numbers, act=Act,
        )  # fmt: skip

    @get("/needs", name="needs", unmoved=True)
    def every(
        self, request: Page, q: FromQuery[str] = "", status: FromQuery[str] = "", page: FromQuery[int] = 1
    ) -> Answer:
        state = one_of(NeedState, status)
        with request.desk() as desk:
            found = views.every(desk, min(page, 100_000), state=state, words=q[:60])
        return request.show("needs/list.html", found=found, q=q[:60], state=state, states=NeedState)

    @get("/needs/new", name="need.form")
    def new_form(self, request: Page) -> Answer:
        return _form(request, None)

    @post("/needs/new", name=Act.DRAFT_NEED, page=new_form)
    def draft(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            kept = standing(desk).answers
        form = request.read(NeedForm, {**kept, "no_broker": ""})  # a confirmation comes with the form itself
        with request.desk() as desk:
            firm = desk.get(Firm, request.actor.firm_id or 0)
            need = service.draft(desk, firm, **form.asked())
            unfinished.drop(desk, Questions.NEED)
            return request.go("need.check", key=need.id)

    @get("/needs/{key:int}/edit", name="need.edit.form")
    def edit_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            need = desk.get(Need, key)
        return _form(request, need)

    @post("/needs/{key:int}/edit", name=Act.EDIT_NEED, page=edit_form)
    def edit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(NeedForm)
        with request.desk() as desk:
            service.edit(desk, desk.get(Need, key, version=form.version), **form.asked())
            return request.go("need.check", key=key)

    @get("/needs/{key:int}/check", name="need.check")
    def check(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            need = views.one(desk, desk.get(Need, key))
            firm = desk.get(Firm, need.firm_id)
            answers, vault = known.answers(firm, request.actor), papers.vault(desk, firm)
            reach = beginnings.reach(desk)
        return request.show(
            "needs/check.html", need=need, form=request.sheet(SubmitForm), answers=answers, vault=vault, reach=reach,
            paper=request.sheet(PaperForm), mib=request.app.state.settings.upload_mib, step=len(STEPS), steps=len(STEPS), act=Act,
        )  # fmt: skip

    @post("/needs/{key:int}/submit", name=Act.SUBMIT_NEED, page=check)
    def submit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(SubmitForm)
        with request.desk() as desk:
            service.submit(desk, desk.get(Need, key), promises=form.promises)
            return request.go("need.show", key=key)

    @get("/needs/{key:int}", name="need.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            thing = desk.get(Need, key)
            need, score = views.one(desk, thing), credit.latest(desk, thing)
            survey, owed = surveys.latest(desk, key), conditions.of_need(desk, thing)
            letters, day_of = issued.of_need(desk, thing), office.of_need(desk, thing)
            typed = behalf.of_need(desk, key)
            case = desk.find(GuaranteeCase, GuaranteeCase.need_id == key)
            asked = securities_of(desk, case) if case else []
            may_contest = request.actor.role in FIRM and bool(
                open_to(desk, thing) or desk.find(Contest, Contest.need_id == key)
            )
            may_survey = request.actor.role is Role.OFFICER and thing.state in SURVEYABLE
            subsidies = policies.of_need(desk, thing) if request.actor.role in FIRM else None
            agreed = [] if request.actor.role in FIRM else permits.table(desk, thing.firm_id)
        onward = _onward(request, need.state)
        return request.show(
            "needs/show.html",
            need=need,
            score=score,
            form=request.sheet(Form),
            case=case,
            fees=fees_of(case, request.lang) if case else (),
            securities=asked,
            onward=onward,
            act=Act,
            hurdle=Hurdle,
            survey=survey,
            owed=owed,
            letters=letters,
            day_of=day_of,
            agreed=agreed,
            typed=typed,
            may_survey=may_survey,
            may_contest=may_contest,
            subsidies=subsidies,
        )

    @post("/needs/{key:int}/accept", name=Act.ACCEPT_NEED, page=show)
    def accept(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.accept(desk, desk.get(Need, key))
            return request.go("need.show", key=key)

    @post("/needs/{key:int}/withdraw", name=Act.WITHDRAW_NEED, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            need = desk.get(Need, key)
            service.withdraw(desk, need)
            guarantees.drop(desk, need)
            matching.drop(desk, need)
            return request.go("need.show", key=key)

    @get("/needs/{key:int}/return", name="need.return.form")
    def return_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            row = desk.get(Need, key)
            need, times = views.one(desk, row), returns.times(desk, row)
            begun = returns.unsaid(desk, row, _missing(request, *returns.missing(desk, row)))
        form = request.sheet(ReturnForm, reason="\n".join(begun))
        return request.show("needs/return.html", need=need, times=times, begun=begun, form=form, act=Act)

    @post("/needs/{key:int}/return", name=Act.RETURN_NEED, page=return_form)
    def give_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReturnForm)
        with request.desk() as desk:
            service.give_back(desk, desk.get(Need, key), form.reason)
            return request.go("need.show", key=key)


def _missing(request: Page, figures: tuple[Owed, ...], lesser: tuple[Tolerable, ...]) -> list[str]:
    """What is missing as the firm reads it, one a line."""
    say = wording.translate(request.lang)
    names = [wording.name(one, request.lang) for one in figures]
    chinese = request.lang == "zh"  # in which alone the list says what form a paper has
    names += [wording.name(one.kind, request.lang) + (f"（{one.form}）" if chinese else "") for one in lesser]
    return [say(_("缺少：{paper}，请补充。")).format(paper=name) for name in names]


def _form(request: Page, need: Need | None) -> Answer:
    """All questions on one page: for a need that begins as the last one was, and for one that is mended."""
    with request.desk() as desk:
        firm, now = desk.get(Firm, request.actor.firm_id or 0), standing(desk)
        allowed, answers = service.bounds(desk), known.answers(firm, request.actor)
    form = request.sheet(NeedForm, need) if need else request.continued(NeedForm, now.answers)
    return request.show(
        "needs/form.html",
        form=form,
        need=need,
        earlier=None if need else now.earlier,
        bounds=allowed,
        answers=answers,
        act=Act,
    )


def _onward(request: Page, state: NeedState) -> tuple[str, str]:
    """The page where this person goes on with the need, and what the way there is called; empty when there is none."""
    firm, officer = ONWARD.get(state, ("", ""))
    place = firm if request.actor.role in FIRM else officer if request.actor.role is Role.OFFICER else ""
    return (place, SAID[place]) if request.actor.role in ROUTES.get(place, ()) else ("", "")
