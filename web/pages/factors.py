"""The second factor: the step after the password, one's own codes and passkeys, and taking away those that somebody has lost."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

import segno
from litestar import Controller
from litestar.enums import MediaType
from litestar.params import FromPath, FromQuery
from litestar.response import Response
from markupsafe import Markup

from financing.acts import Act
from financing.desk import Desk
from financing.people import factors, passkeys, service, totp
from financing.people.factors import Set
from financing.people.model import Passkey, User
from web import proving
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post
from web.places import internal, to


class CodeForm(Form):
    time_code: Annotated[str, Text(12)]


class PasskeyForm(Form):
    device: Annotated[str, Text(40)]
    signed: Annotated[str, Text(20_000)]


class FactorPages(Controller):
    @get("/sign-in/second", name="second")
    def second(self, request: Page, next: FromQuery[str] = "") -> Answer:  # noqa: A002  the word in the address
        with request.desk(write=False) as desk:
            mine = factors.mine(desk, service.me(desk))
        place = proving.place(request)
        wanted = request.said("next") or next
        return request.show("people/second.html", mine=mine, place=place, wanted=wanted, why=request.refusal)

    @post("/sign-in/second", name=Act.PROVE, page=second)
    def prove(self, request: Page) -> Answer:
        proving.given(request)
        wanted = internal(request.app, request.said("next"))
        if wanted is None:
            return request.go("home")
        ask = urlencode(parse_qsl(request.said("ask")))
        return to(f"{wanted}?{ask}" if ask else wanted)

    @get("/account/factor", name="factor")
    def factor(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            me = service.me(desk)
            mine, secret = factors.mine(desk, me), factors.proposed(desk, request.visit.sid)
        link = totp.address(secret, me.login, request.app.state.settings.zone_name)
        return request.show(
            "people/factor.html", mine=mine, form=request.sheet(CodeForm), key_form=request.sheet(PasskeyForm), act=Act,
            place=proving.place(request), secret=totp.typed(secret), code=_drawn(link),
        )  # fmt: skip

    @post("/account/factor", name=Act.SET_FACTOR, page=factor)
    def set_codes(self, request: Page) -> Answer:
        form = request.read(CodeForm)
        with request.desk() as desk:
            made = factors.set_codes(desk, _me(desk), request.visit.sid, form.time_code)
            back = request.go("factor")
        return _after(request, made, back)

    @post("/account/factor/drop", name=Act.DROP_FACTOR, page=factor)
    def drop_codes(self, request: Page) -> Answer:
        with request.desk() as desk:
            made = factors.drop_codes(desk, _me(desk), request.visit.sid)
            back = request.go("factor")
        return _after(request, made, back)

    @post("/account/codes", name=Act.RENEW_CODES, page=factor)
    def renew_codes(self, request: Page) -> Answer:
        with request.desk() as desk:
            codes = factors.renew_codes(desk, _me(desk))
        return request.show("people/codes.html", codes=codes)

    @post("/account/passkeys/ask", name="passkey.challenge")
    def ask(self, request: Page) -> Response[str]:
        """The question a passkey answers, for a new one or for one that is known."""
        place, adding = proving.place(request), request.said("to") == "add"
        question = passkeys.question_to_add if adding else passkeys.question_to_prove
        with request.desk(claim=False) as desk:
            asked = question(desk, service.me(desk), request.visit.sid, place)
        return Response(asked, media_type=MediaType.JSON, status_code=200)

    @post("/account/passkeys", name=Act.ADD_PASSKEY, page=factor)
    def add_passkey(self, request: Page) -> Answer:
        form, place = request.read(PasskeyForm), proving.place(request)
        with request.desk() as desk:
            made = passkeys.add(desk, _me(desk), request.visit.sid, place, form.device, form.signed)
            back = request.go("factor")
        return _after(request, made, back)

    @post("/account/passkeys/{key:int}/drop", name=Act.DROP_PASSKEY, page=factor)
    def drop_passkey(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            passkey = desk.get(Passkey, key)
            made = factors.drop_passkey(desk, _me(desk), passkey, request.visit.sid)
            back = request.go("factor")
        return _after(request, made, back)

    @post("/people/{key:int}/reset", name=Act.RESET_FACTOR)
    def reset(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            factors.reset(desk, desk.get(User, key))
            return request.go("people.list")


def _after(request: Page, made: Set, back: Answer) -> Answer:
    """On with the session's new name, once it is written: by the codes that are told once, or back to the page."""
    request.renamed(made.token)
    return request.show("people/codes.html", codes=made.codes) if made.codes else back


def _me(desk: Desk) -> User:
    """One's own account, locked: what is proved by it changes for nobody else meanwhile."""
    return service.me(desk, lock=True)


def _drawn(link: str) -> Markup:
    """The QR code as an image within the page; nothing of it is fetched from anywhere."""
    return Markup(segno.make(link, error="m").svg_inline(scale=4, border=2, omitsize=False, dark="#000", light="#fff"))  # noqa: S704  drawn by the library
