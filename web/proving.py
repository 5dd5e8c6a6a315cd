"""Proving who it is (验证身份) in the middle of things: the form that asked for it is given again with one more field, and nothing is lost.

Where an act weighs more and the last proof is too old, the desk says so, whatever page it is taken on. The answer is a page that holds
all that was typed, unseen, and asks for the second factor; sent, the same form comes to the same address, the proof is looked at first,
the session gets a new name, and the act is done. Files are not kept by a browser: a form with files is shown again to choose them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from litestar.response import Response

from financing.acts import Act
from financing.people import factors, proofs, service
from financing.people.passkeys import Place
from financing.people.rules import Waits
from financing.refusals import Refusal
from web import denials
from web.cookies import session_cookie
from web.forms import HIDDEN

#: What opens to a session that still waits: the step itself, and the way out.
_ALWAYS = frozenset(
    {
        "static",
        "static/head",
        "health",
        "sign_in",
        Act.SIGN_IN,
        Act.SIGN_OUT,
        "passkey.challenge",
        "provider.begin",
        "provider.back",
    }
)
HALFWAY: Mapping[Waits, frozenset[str]] = {
    Waits.CODE: _ALWAYS | {"second", Act.PROVE},
    Waits.PASSWORD: _ALWAYS | {"password.form", Act.CHANGE_PASSWORD},
    Waits.SETUP: _ALWAYS | {"factor", Act.SET_FACTOR, Act.ADD_PASSKEY},
}


def next_step(waits: Waits) -> str:
    """The route where a session that waits goes on."""
    return {Waits.CODE: "second", Waits.SETUP: "factor", Waits.PASSWORD: "password.form"}[waits]


def place(request: Any) -> Place:
    """What passkeys of this site are bound to."""
    settings = request.app.state.settings
    return Place(settings.site, settings.zone_name)


def given(request: Any) -> str:
    """Look at the proof just sent, and give the session its new name; TooManyTries, WrongProof."""
    desks = partial(request.desk, claim=False)
    said = next((value for name, value in request.fields if name == "proving" and isinstance(value, str)), "")
    token = proofs.prove(desks, request.visit.sid, said, request.clue.address, place(request))
    request.renamed(token)
    return token


def carried(request: Any, answer: Response[Any]) -> Response[Any]:
    """The answer with the session's new name, where it got one and the answer does not carry it yet."""
    cookie = session_cookie(request.app.state.settings, request.visit.sid)
    if request.renewed and all(one.key != cookie.key for one in answer.cookies):
        answer.set_cookie(cookie)
    return answer


def with_the_form(request: Any, look: Callable[..., object]) -> Response[Any] | None:
    """The proof that came along with a form, looked at (`given`) before the form is; the page once more where it is not right."""
    looked_at = request.renewed or request.refusal  # the page of a form that was not right, shown in the same request
    if request.method != "POST" or request.route_handler.name == Act.PROVE or looked_at or not request.said("proving"):
        return None
    try:
        look(request=request)
    except Refusal as refusal:
        denials.told(request, refusal)
        return page(request, refusal)
    return None


def page(request: Any, refusal: Refusal) -> Response[Any]:
    """Asks for the proof; what was typed goes along unseen, a password never."""
    with request.desk(write=False) as desk:
        mine = factors.mine(desk, service.me(desk))
    typed = [
        (name, value)
        for name, value in request.fields
        if isinstance(value, str) and name not in HIDDEN and "password" not in name
    ]
    if request.method == "GET":
        query = [(name, value) for name, value in request.query_params.multi_items() if name not in {"as", "done"}]
        typed = [("next", request.url.path), ("ask", urlencode(query))]
    answer: Response[Any] = request.show(
        "people/prove.html", status=refusal.status, why=refusal, mine=mine, typed=typed, place=place(request)
    )
    return answer
