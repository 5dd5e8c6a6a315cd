"""Signing in by the zone's identity provider: there and back, and the link between an account and an identity."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Redirect

from financing.acts import Act
from financing.people import federated, service
from financing.people.model import User
from financing.refusals import NotFound
from web.cookies import session_cookie
from web.federated import Provider, identity_of
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post


class IdentityForm(Form):
    subject: Annotated[str, Text(255)]


class FederatedPages(Controller):
    @get("/sign-in/provider", name="provider.begin")
    def begin(self, request: Page) -> Answer:
        settings = request.app.state.settings
        provider = _provider(request)
        if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            return request.go("sign_in")  # a page elsewhere signs nobody in: that takes a press on ours (ASVS 7.6.2)
        answer: Answer = Redirect(provider.begin(request.visit.sid, request.now), status_code=303)
        answer.set_cookie(session_cookie(settings, request.visit.sid))
        return answer

    @get("/sign-in/provider/back", name="provider.back")
    def back(self, request: Page) -> Answer:
        """In, under a new session's name; a GET that acts, for the provider sends the browser so: `state` stands for the form's token."""
        came = _provider(request).finish(request.visit.sid, request.query_params, request.now)
        desks = partial(request.desk, write=True, claim=False)
        browser = {
            "agent": request.headers.get("user-agent", ""),
            "strict": request.app.state.strict,
            "former": request.visit.sid,
        }
        token = federated.come_in(
            desks, came.identity, came.subject, request.clue.address, strong=came.strong, **browser
        )
        answer = request.go("home")
        answer.set_cookie(session_cookie(request.app.state.settings, token))
        return answer

    @get("/people/{key:int}/identity", name="identity.form")
    def identity_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            person = desk.get(User, key)
        return request.show("people/identity.html", form=request.sheet(IdentityForm), person=person, act=Act)

    @post("/people/{key:int}/identity", name=Act.LINK_IDENTITY, page=identity_form)
    def link(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(IdentityForm)
        with request.desk() as desk:
            federated.link(desk, desk.get(User, key, lock=True), identity_of(request.app.state.settings, form.subject))
            return request.go("people.list")

    @post("/people/{key:int}/identity/drop", name=Act.UNLINK_IDENTITY, page=identity_form)
    def unlink(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            federated.unlink(desk, desk.get(User, key, lock=True))
            return request.go("people.list")

    @post("/account/identity", name=Act.CONFIRM_IDENTITY)
    def confirm(self, request: Page) -> Answer:
        with request.desk() as desk:
            federated.confirm(desk, service.me(desk, lock=True))
            return request.go("account")


def _provider(request: Page) -> Provider:
    """The provider of this site; for a site without one these addresses do not exist."""
    found: Provider | None = request.app.state.provider
    if found is None:
        raise NotFound(kind="Provider")
    return found
