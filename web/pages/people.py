"""Pages for people: sign in, join by code, one's own account, and the administrator's list."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.access import FIRM, Role
from financing.acts import Act
from financing.once import digest
from financing.parties.model import Bank
from financing.people import dormant, renewing, service, sessions, tries, views
from financing.people.model import Invitation, User
from financing.people.rules import BY_TWO
from financing.roles import Remit
from web.cookies import session_cookie
from web.fields import Among, Password, Text
from web.forms import Form
from web.page import Answer, Page, get, post
from web.places import address, internal, to

#: Firms register by themselves; everybody else is invited by an administrator.
INVITED = tuple(role for role in Role if role not in {Role.VISITOR, Role.SYSTEM, *FIRM})


class SignInForm(Form):
    login: Annotated[str, Text(64)]
    password: Password
    next: Annotated[str, Field(max_length=500)] = ""


class JoinForm(Form):
    invitation: Annotated[str, Text(64)]
    login: Annotated[str, Field(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._@-]{2,63}$")]
    password: Password


class PasswordForm(Form):
    password_now: Password
    password_new: Password


class InviteForm(Form):
    person: Annotated[str, Text(60)]
    role: Annotated[Role, Among(INVITED)]
    bank_id: Annotated[int | None, Field(ge=1, le=2**53)] = None
    remit: Remit | None = None


class PeoplePages(Controller):
    @get("/sign-in", name="sign_in")
    def sign_in_form(self, request: Page, next: FromQuery[str] = "") -> Answer:  # noqa: A002  the word in the address
        return request.show("people/sign_in.html", form=request.sheet(SignInForm, next=next))

    @post("/sign-in", name=Act.SIGN_IN, page=sign_in_form)
    def sign_in(self, request: Page) -> Answer:
        form = request.read(SignInForm)
        desks = partial(request.desk, claim=False)
        browser = {
            "agent": request.headers.get("user-agent", ""),
            "strict": request.app.state.strict,
            "former": request.visit.sid,
        }
        token = service.sign_in(desks, form.login, form.password, request.clue.address, **browser)
        place = internal(request.app, form.next)
        answer = to(place) if place else request.go("home")
        answer.set_cookie(session_cookie(request.app.state.settings, token))
        return answer

    @post("/sign-out", name=Act.SIGN_OUT)
    def sign_out(self, request: Page) -> Answer:
        with request.desk() as desk:
            sessions.sign_out(desk, service.me(desk), request.visit.sid)
            return request.leave()

    @get("/join", name="join")
    def join_form(self, request: Page, code: FromQuery[str] = "") -> Answer:
        return request.show("people/join.html", form=request.sheet(JoinForm, invitation=code))

    @post("/join", name=Act.JOIN, page=join_form)
    def join(self, request: Page) -> Answer:
        form = request.read(JoinForm)
        with request.desk(claim=False) as desk:
            tries.ask(desk, request.clue.address, "invitation")
        with request.desk() as desk:
            service.join(desk, form.invitation, form.login, form.password)
            return request.go("sign_in")

    @get("/account", name="account")
    def account(self, request: Page) -> Answer:
        with request.desk() as desk:
            me = views.account(desk, digest(request.visit.sid))
        return request.show("people/account.html", me=me, act=Act)

    @post("/account/sign-ins/end", name=Act.END_SIGN_IN, page=account)
    def end_sign_in(self, request: Page) -> Answer:
        """The one of the mark that was sent, or all but this one."""
        with request.desk() as desk:
            sessions.end_some(desk, service.me(desk), request.visit.sid, request.said("mark"))
            return request.go("account")

    @get("/account/password", name="password.form")
    def password_form(self, request: Page) -> Answer:
        return request.show("people/password.html", form=request.sheet(PasswordForm), act=Act)

    @post("/account/password", name=Act.CHANGE_PASSWORD, page=password_form)
    def change_password(self, request: Page) -> Answer:
        form, address = request.read(PasswordForm), request.clue.address
        desks = partial(request.desk, claim=False)
        request.renamed(renewing.change(desks, request.visit.sid, form.password_now, form.password_new, address))
        return request.go("account")

    @post("/account/leave-all", name="account.leave_all")
    def leave_all(self, request: Page) -> Answer:
        with request.desk() as desk:
            sessions.sign_out_everywhere(desk, service.me(desk))
            return request.leave()

    @get("/people", name="people.list")
    def people(self, request: Page) -> Answer:
        with request.desk() as desk:
            people, invited, banks = views.people(desk), views.invited(desk), desk.all(Bank)
        of = {bank.id: bank.name for bank in banks}
        return request.show("people/list.html", people=people, invited=invited, of=of, act=Act)

    @get("/people/invite", name="people.invite.form")
    def invite_form(self, request: Page) -> Answer:
        with request.desk() as desk:
            banks = [(bank.id, bank.name) for bank in desk.all(Bank)]
        return request.show("people/invite.html", form=request.sheet(InviteForm), banks=banks)

    @post("/people/invite", name=Act.INVITE, page=invite_form)
    def invite(self, request: Page) -> Answer:
        form = request.read(InviteForm)
        with request.desk() as desk:
            code = service.invite(desk, form.role, form.person, bank_id=form.bank_id, remit=form.remit)
        link = request.app.state.settings.site + address(request.app, "join", code=code)
        return request.show("people/invited.html", link=link, invited=form, by_two=form.role in BY_TWO)

    @post("/invitations/{key:int}/confirm", name=Act.CONFIRM_INVITE)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.confirm_invitation(desk, desk.get(Invitation, key, lock=True))
            return request.go("people.list")

    @post("/invitations/{key:int}/withdraw", name=Act.WITHDRAW_INVITE)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.withdraw_invitation(desk, desk.get(Invitation, key, lock=True))
            return request.go("people.list")

    @post("/people/{key:int}/wake", name=Act.WAKE_USER)
    def wake(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            dormant.wake(desk, desk.get(User, key))
            return request.go("people.list")

    @post("/people/{key:int}/disable", name=Act.DISABLE_USER)
    def disable(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.disable(desk, desk.get(User, key))
            return request.go("people.list")
