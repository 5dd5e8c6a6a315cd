"""A page given again (未动则同): whoever asks for the same page while nobody has acted is given the text made for them before.

Every act leaves its line in the journal with whatever it changes, so under the same last line the same page would be made, for the
same person at the same browser, address and language, on the same day. What a bank may read hangs on consents that end at a moment:
a bank's page is given again within its second alone. Only pages that ask for it (`get(…, unmoved=True)`) and show nothing that changes
without an act, such as a form half filled in. Who asks, and whether they may, is found out anew each time; every form gets a token of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Any, TypeAlias

from litestar.enums import MediaType
from litestar.response import Response

from financing import unmoved
from financing.access import VISITOR
from financing.desk import BEIJING

#: Pages kept in one application, of some fifty kilobytes each; beyond that all are made again.
MOST = 400
#: Bytes of a page beyond which it is not kept, so that what is kept is bounded by more than its number.
LARGEST = 131_072
#: What makes one form on one page this one and no other.
TOKEN = re.compile(rb'(?<=name="once" value=")[^"]+')
#: By what the page depends on beside the data: the last line of the journal when it was asked for, and its text as it is sent, half as long.
Pages: TypeAlias = dict[Hashable, tuple[str, bytes]]


def page(request: Any, make: Callable[[], Any]) -> Any:
    """What `make` answers, or answered while the last line of the journal was the same."""
    if request.refusal or request.wanted or request.actor.role is VISITOR.role or "lang" in request.query_params:
        return make()
    with request.desk(write=False) as desk:
        mark = unmoved.last_line(desk)
    pages: Pages = request.app.state.setdefault("pages", {})
    asked = _asked(request)
    found = pages.get(asked)
    if found is not None and found[0] == mark:
        text = TOKEN.sub(lambda _old: request.new_token().encode(), found[1])
        return Response(text, media_type=MediaType.HTML, status_code=200)
    answer = make()
    if type(answer) is Response and answer.status_code == 200 and answer.media_type == MediaType.HTML:
        keep(pages, asked, mark, answer.content.encode())  # of this line or a later one, and no older than it says
    return answer


def keep(pages: Pages, asked: Hashable, mark: str, text: bytes) -> None:
    if len(pages) >= MOST:
        pages.clear()
    if len(text) <= LARGEST:
        pages[asked] = (mark, text)


def _asked(request: Any) -> Hashable:
    actor, now = request.actor, request.now
    moment = now.astimezone(BEIJING).date() if actor.bank_id is None else now.replace(microsecond=0)
    return actor, request.visit.sid, request.lang, str(request.url), moment
