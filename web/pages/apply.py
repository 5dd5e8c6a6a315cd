"""Pages of the one form: an account, the firm, what it asks for; a group of questions a page, kept on leaving it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response
from pydantic import Field
from sqlalchemy.exc import DBAPIError

from financing.acts import Act
from financing.needs import service as needs
from financing.parties import known
from financing.parties import service as parties
from financing.parties.identity import credit_code
from financing.parties.model import Firm
from financing.people import service as people
from financing.people import unfinished
from financing.people.unfinished_model import Questions
from financing.refusals import NotFound
from web.cookies import session_cookie
from web.fields import IndustryCode, Password, Phone, Text, Wan, Whole, one_of
from web.forms import Form, part
from web.handling import why
from web.industries import suggestions
from web.one_form import (
    FIRM_GROUPS,
    NEED_GROUPS,
    STEPS,
    after,
    before,
    group_of,
    refuse_impossible,
    standing,
    typed,
)
from web.page import Answer, Page, get, post
from web.pages.needs import NeedForm
from web.pages.parties import RegisterForm

#: What a stranger may carry over from the pre-check: field there -> (form, field) here.
CARRIED = {
    "industry": (Questions.FIRM, "industry"), "employees": (Questions.FIRM, "employees"), "sales": (Questions.FIRM, "revenue"),
    "amount": (Questions.NEED, "amount"),
}  # fmt: skip
FORMS: dict[Questions, type[Form]] = {Questions.FIRM: RegisterForm, Questions.NEED: NeedForm}


class AccountForm(Form):
    """Who fills in; the last four come from the pre-check, for those who said so."""

    contact: Annotated[str, Text(60)]
    phone: Phone
    login: Annotated[str, Field(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._@-]{2,63}$")]
    password: Password
    industry: IndustryCode | None = None
    employees: Annotated[int | None, Whole(0, 1_000_000, "人")] = None
    sales: Wan | None = None
    amount: Wan | None = None


class ApplyPages(Controller):
    @get("/register", name="firm.register.form")
    def register_form(self, request: Page) -> Answer:
        return account_page(request)

    @post("/register", name=Act.OPEN_ACCOUNT, page=register_form)
    def open_account(self, request: Page) -> Answer:
        form = request.read(AccountForm)
        with request.desk() as desk:
            user = people.open_account(desk, form.contact, form.login, form.password)
            for questions, answers in _first_answers(request).items():
                unfinished.keep(desk, questions, answers, owner=user.id)
            answer = request.go("apply", group=FIRM_GROUPS[0].key)
        desks = partial(request.desk, claim=False)
        strict = request.app.state.strict
        try:
            token = people.sign_in(desks, form.login, form.password, request.clue.address, strict=strict)
        except DBAPIError as error:
            why(error)  # into the log; the account is there, and whoever opened it comes in by the door
            return request.go("sign_in")
        answer.set_cookie(session_cookie(request.app.state.settings, token))
        return answer

    @get("/apply", name="apply.resume")
    def resume(self, request: Page) -> Answer:
        """Where one stopped, on whatever device."""
        if request.actor.firm_id:
            return request.go("needs.mine")
        with request.desk() as desk:
            kept = unfinished.typed(desk, Questions.FIRM)
        return request.go("apply", group=kept.stand or FIRM_GROUPS[0].key)

    @get("/apply/all", name="apply.all")
    def whole(self, request: Page) -> Answer:
        return _firm_page(request, "")

    @post("/apply", name=Act.REGISTER_FIRM, page=whole)
    def register(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            kept = unfinished.typed(desk, Questions.FIRM).answers
        form = request.read(RegisterForm, kept)
        with request.desk() as desk:
            firm = parties.register(desk, code=form.code, **form.of_firm())
            people.stands_for(desk, firm.id)
            unfinished.drop(desk, Questions.FIRM)
            return request.go("need.group", group=NEED_GROUPS[0].key)

    @get("/apply/{group:str}", name="apply")
    def firm_group(self, request: Page, group: FromPath[str]) -> Answer:
        group_of(FIRM_GROUPS, group)
        return _firm_page(request, group)

    @post("/apply/{group:str}", name="apply.keep", page=firm_group)
    def keep_firm(self, request: Page, group: FromPath[str]) -> Answer:
        here = group_of(FIRM_GROUPS, group)
        with request.desk(claim=False) as desk:
            unfinished.keep(desk, Questions.FIRM, typed(here, request.fields), here.key)
        request.read(part(RegisterForm, here.fields))
        with request.desk(claim=False) as desk:
            if "code" in here.fields:
                parties.free_code(desk, credit_code(request.said("code")))
            onward = after(FIRM_GROUPS, here) or here.key
            unfinished.keep(desk, Questions.FIRM, {}, onward)
        return request.go("apply", group=onward)

    @get("/needs/new/{group:str}", name="need.group")
    def need_group(self, request: Page, group: FromPath[str]) -> Answer:
        here = group_of(NEED_GROUPS, group)
        with request.desk() as desk:
            firm, here_now = desk.get(Firm, request.actor.firm_id or 0), standing(desk)
            allowed, answers = needs.bounds(desk), known.answers(firm, request.actor)
        return request.show(
            "apply/need.html", form=request.continued(NeedForm, here_now.answers), group=here.key,
            back=before(NEED_GROUPS, here), last=not after(NEED_GROUPS, here), step=STEPS.index(here.key) + 1, steps=len(STEPS),
            earlier=here_now.earlier, bounds=allowed, answers=answers, act=Act,
        )  # fmt: skip

    @post("/needs/new/{group:str}", name="need.keep", page=need_group)
    def keep_need(self, request: Page, group: FromPath[str]) -> Answer:
        here = group_of(NEED_GROUPS, group)
        with request.desk(claim=False) as desk:
            unfinished.keep(desk, Questions.NEED, typed(here, request.fields), here.key)
        request.read(part(NeedForm, here.fields))
        with request.desk(claim=False) as desk:
            refuse_impossible(desk, here, NeedForm, standing(desk).answers)
            onward = after(NEED_GROUPS, here) or here.key
            unfinished.keep(desk, Questions.NEED, {}, onward)
        return request.go("need.group", group=onward)

    @post("/typed/{questions:str}", name="typed.keep")
    def keep_typed(self, request: Page, questions: FromPath[str]) -> Answer:
        """One answer as its field is left, sent by the page's script; nothing is checked and nothing is answered."""
        which = one_of(Questions, questions)
        if which is None:
            raise NotFound(kind="Questions")
        told = {
            name: text.strip()
            for name, text in request.fields
            if name in FORMS[which].model_fields and isinstance(text, str)
        }
        with request.desk(claim=False) as desk:
            unfinished.keep(desk, which, told, request.said("stand"))
        return Response(b"", status_code=204)


def account_page(request: Page, **carried: object) -> Answer:
    """The first page; what is carried over from the pre-check stands on it to be read, and nowhere else until the account is open."""
    form = request.sheet(AccountForm, **carried)
    shown = [(name, form[name].value) for name in CARRIED if form[name].value]
    return request.show("apply/account.html", form=form, carried=shown, step=1, steps=len(STEPS), act=Act)


def _first_answers(request: Page) -> dict[Questions, dict[str, str]]:
    """What the new account begins with: who fills in, and what was carried over."""
    first: dict[Questions, dict[str, str]] = {questions: {} for questions in Questions}
    first[Questions.FIRM] = {name: request.said(name) for name in ("contact", "phone")}
    for there, (questions, here) in CARRIED.items():
        if said := request.said(there):
            first[questions][here] = said
    return {questions: answers for questions, answers in first.items() if answers}


def _firm_page(request: Page, group: str) -> Answer:
    """One group of the firm's questions, or all of them when something is wrong in several."""
    with request.desk() as desk:
        kept = unfinished.typed(desk, Questions.FIRM).answers
    here = group_of(FIRM_GROUPS, group) if group else None
    return request.show(
        "apply/firm.html", form=request.continued(RegisterForm, kept), group=group, industries=suggestions(),
        back=before(FIRM_GROUPS, here) if here else FIRM_GROUPS[0].key, last=not here or not after(FIRM_GROUPS, here),
        step=STEPS.index(group) + 1 if group else 0, steps=len(STEPS), act=Act,
    )  # fmt: skip
