"""A request that knows who is asking, opens a desk, and answers with a page, a place to go, or a file."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from jinja2 import Template
from litestar.enums import MediaType
from litestar.response import Response
from sqlalchemy import Engine

from financing import given_sheets, once
from financing.access import RULES, SYSTEM, VISITOR, Actor
from financing.acts import Act
from financing.desk import BEIJING, Desk, opened
from financing.file_refusals import NotPrinted
from financing.journal import Clue
from financing.listed import MOST_GIVEN
from financing.office import kept as views_of
from financing.office.model import KeptView
from financing.refusals import Changed, Refusal
from reports.child import ChildFailed
from reports.pdf import Job
from web import exports, forms
from web.cookies import Visit, fresh_visit, language_cookie, language_name, session_cookie, visit
from web.forms import F, Form, Sheet, Value
from web.handling import Answered, get, post
from web.log import log
from web.places import address, to
from web.render import LANGUAGES
from web.whole import Whole

__all__ = ["Answer", "Page", "address", "get", "post"]

Answer: TypeAlias = Response[Any]


class Page(Whole):
    """One request; handlers receive it as `request`."""

    renewed: bool = False  # the session got a new name with this request, which the answer carries
    refusal: Refusal | None = None  # why the page is shown again after a form was not accepted
    filled: Form | None = None  # the form last read
    source: Engine | None = None  # a replica that the reading desks of this page are opened on
    _place: str = ""  # where this request's answer leads
    _open: int = 0  # desks that are open now
    _left: tuple[str, str, int, str] | None = None  # a list that leaves, on record once its desk is closed

    @property
    def actor(self) -> Actor:
        """Who asks; a visitor where nobody was asked for (unknown addresses, broken requests)."""
        return self.scope.get("user") or VISITOR

    @property
    def visit(self) -> Visit:
        """Its browser, also at an address nobody knows, where nobody was asked for: a wrong address signs nobody out."""
        found = self.scope.get("auth")
        if not isinstance(found, Visit):
            found = self.scope["auth"] = visit(self.app.state.settings, self.cookies)
        return found

    @property
    def now(self) -> datetime:
        moment: datetime = self.app.state.clock()
        return moment

    @property
    def lang(self) -> str:
        """The language chosen with `?lang=`, else the one chosen earlier, else Chinese."""
        chosen = self.query_params.get("lang") or self.cookies.get(language_name(self.app.state.settings))
        return chosen if chosen in LANGUAGES else "zh"

    @property
    def clue(self) -> Clue:
        request = str(self.scope["state"].get("request_id", ""))
        return Clue(once.digest(self.visit.sid)[:12], self.client.host if self.client else "", request)

    @property
    def fields(self) -> Sequence[tuple[str, Value]]:
        """The fields of the form that was sent, in their order; read and checked before the handler runs."""
        fields: Sequence[tuple[str, Value]] = self.scope["state"].get("fields", ())
        return fields

    def read(self, kind: type[F], under: Mapping[str, str] | None = None) -> F:
        """The form sent to this route; when it is not right, the page named by the route is shown again.

        `under` are answers kept earlier: they count for fields that do not stand on the form just sent.
        """
        sent = {name for name, _value in self.fields}
        form = forms.read(
            kind, [*((name, text) for name, text in (under or {}).items() if name not in sent), *self.fields]
        )
        self.filled = form
        return form

    def said(self, name: str) -> str:
        """What was typed into one field, before it is read."""
        return next((value.strip() for key, value in self.fields if key == name and isinstance(value, str)), "")

    def sheet(self, kind: type[Form], thing: object = None, **given: object) -> Sheet:
        """The form for the page: what was typed when it is shown again, else the thing's own values."""
        values = forms.typed(self.fields) if self.refusal else forms.standing(kind, thing, given)
        return Sheet(kind, self.lang, values, self.refusal)

    def continued(self, kind: type[Form], kept: Mapping[str, str]) -> Sheet:
        """The form for the page where answers were kept earlier, under what was just typed."""
        known = {name: (text,) for name, text in kept.items() if name in kind.model_fields}
        again = forms.typed(self.fields) if self.refusal else {}
        return Sheet(kind, self.lang, {**known, **again}, self.refusal)

    @property
    def done(self) -> Act | None:
        """The act just done, told by the address this page was reached by."""
        said = self.query_params.get("done", "")
        return Act(said) if said in set(Act) else None

    @contextmanager
    def desk(self, *, write: bool | None = None, claim: bool = True) -> Iterator[Desk]:
        """One transaction for one act; a form sent twice acts once, its answer is stored with its effect.

        Call `go` inside the block, so that the place is known when the transaction ends.
        """
        write = (self.method == "POST" and self.refusal is None) if write is None else write
        ticket = self._new_ticket() if write and claim else None
        with self._at_work(write=write) as desk:
            if ticket and (location := once.claim(desk.session, ticket, desk.now)):
                raise Answered(location)
            self._place = ""
            try:
                yield desk
            except Changed as refusal:
                desk.session.expunge(refusal.facts["now"])  # so that the page can still show what stands now
                raise
            if ticket:
                once.settle(desk.session, ticket, self._place)

    @contextmanager
    def apart(self, *, write: bool = True) -> Iterator[Desk]:
        """A desk of the platform's own, without session, address or form record: for what must not be laid to whoever asks (I-26)."""
        with opened(self.app.state.database, SYSTEM, self.now, write=write) as desk:
            yield desk

    @contextmanager
    def _at_work(self, *, write: bool) -> Iterator[Desk]:
        """A desk of this request; after the last one closes, a list that was read at it goes on record."""
        whole = self.wanted is not None
        self._open += 1
        try:
            with opened(
                self.app.state.database, self.actor, self.now, self.clue,
                write=write, whole=whole, proved_at=self.visit.proved_at if self.app.state.strict else None,
                factored=self.visit.factored, source=self.source,
            ) as desk:  # fmt: skip
                yield desk
        finally:
            self._open -= 1
        self._on_record()

    def _on_record(self) -> None:
        if self._left and not self._open:
            left, self._left = self._left, None
            with self._at_work(write=True) as desk:
                given_sheets.given(desk, *left)

    def _new_ticket(self) -> once.Ticket | None:
        token = next((value for name, value in self.fields if name == "once" and isinstance(value, str)), "")
        if self.method != "POST" or not token:
            return None
        said = sorted((name, _digest(value)) for name, value in self.fields if name not in forms.HIDDEN)
        return once.Ticket(self.visit.sid, token, self.url.path, once.digest(repr(said)))

    def show(self, template: str, *, status: int = 0, **facts: object) -> Answer:
        """A page of ours in the reader's language."""
        words = self.app.state.environments[self.lang].get_template(template)
        if (form := self.wanted) and exports.is_list(template):
            return self._give(words, form, facts)
        given = self._files() if exports.is_list(template) else {}
        shown = VISITOR if self.visit.waits else self.actor  # no menu leads on before the second step
        text = words.render(request=self, actor=shown, given=given, **facts)
        status = status or (self.refusal.status if self.refusal else 200)
        answer: Answer = Response(text, media_type=MediaType.HTML, status_code=status)
        return self._with_cookies(answer)

    @property
    def wanted(self) -> exports.Form | None:
        """The file that is asked for instead of the page of a list; a visitor gets pages alone."""
        said = self.query_params.get("as", "")
        asked = said in set(exports.Form) and self.method == "GET" and self.actor.role is not VISITOR.role
        return exports.Form(said) if asked else None

    def rows(self, size: int) -> int:
        """How many rows of a list to ask for: a page of them, or for a file one more than it may hold."""
        return MOST_GIVEN + 1 if self.wanted else size

    def _files(self) -> dict[str, str]:
        """Where the files of this list are, with the filters in force."""
        if self.method != "GET" or self.actor.role is VISITOR.role:
            return {}
        return {form.value: self.at(**{"as": form.value, "page": None}) for form in exports.Form}

    def _give(self, words: Template, form: exports.Form, facts: Mapping[str, object]) -> Answer:
        """A list as a file."""
        text = words.render({**facts, **exports.exact(self.lang), "request": self, "actor": self.actor, "given": {}})
        return self.give(exports.made(text, form), form)

    def give(self, made: exports.Made, form: exports.Form) -> Answer:
        """Rows as a file, on record before they go out."""
        self._left = (str(self.route_handler.name), form.value, made.rows, str(self.url.query))
        self._on_record()
        day = self.now.astimezone(BEIJING).date().isoformat()
        return self.download(made.content, f"{made.title}{day}.{form.value}", form.media)

    def go(self, name: str, **params: object) -> Answer:
        """To another page of ours after an act, by the route's name alone; there it says what was done."""
        act = str(self.route_handler.name or "")
        self._place = address(self.app, name, **params, **({"done": act} if self.method == "POST" else {}))
        return to(self._place)

    def renamed(self, token: str) -> None:
        """The session goes by this name from now on: forms on the page are made for it, and the answer brings its cookie."""
        self.scope["auth"] = Visit(token, fresh=True, proved_at=self.now, factored=self.visit.factored)
        self.renewed = True

    def leave(self) -> Answer:
        """To the front page with the session's cookie taken back, and with it what the browser keeps of the pages seen."""
        answer = self.go("front")
        answer.headers["clear-site-data"] = '"cache", "storage"'
        answer.set_cookie(session_cookie(self.app.state.settings, fresh_visit().sid))
        return answer

    def kept(self, page: str) -> list[KeptView]:
        """The saved views of a list that this person may open, for the tabs above it; nobody else keeps any."""
        if self.actor.role not in RULES[Act.KEEP_VIEW].roles:
            return []
        with self.desk(write=False) as desk:
            return views_of.kept(desk, page)

    def new_token(self) -> str:
        """What makes the next form on this page this one and no other."""
        return secrets.token_urlsafe(16)

    def download(self, content: bytes, name: str, media: str) -> Answer:
        """A file to keep, never shown inside the site."""
        return Response(content, media_type=media, status_code=200, headers=attachment(name))

    def paper(self, job: Job, number: str) -> Answer:
        """A paper of ours as a PDF to keep."""
        return self.download(self.press(job), f"{number}.pdf", "application/pdf")

    def press(self, job: Job) -> bytes:
        """The bytes of a paper, from the warm press of this process; NotPrinted or Busy when there is none."""
        try:
            content: bytes = self.app.state.press.one(job)
        except ChildFailed as failed:
            log.error("press.failed", request=self.clue.request, why=failed.reason, detail=failed.facts["detail"])
            raise NotPrinted(reason=failed.reason) from failed
        return content

    def at(self, **query: object) -> str:
        """This address with other values after the question mark; None takes one away."""
        merged = {**self.query_params.dict(), **query}
        kept = {key: value for key, value in merged.items() if value is not None and key != "done"}
        return self.url.path + (f"?{urlencode(kept, doseq=True)}" if kept else "")

    def _with_cookies(self, answer: Answer) -> Answer:
        settings = self.app.state.settings
        if self.visit.fresh:
            answer.set_cookie(session_cookie(settings, self.visit.sid))
        if self.query_params.get("lang") in LANGUAGES:
            answer.set_cookie(language_cookie(settings, self.lang))
        return answer


def attachment(name: str) -> dict[str, str]:
    """What makes an answer a file to keep under this name."""
    return {
        "content-disposition": f"attachment; filename=\"{_ascii(name)}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox",
    }


def _digest(value: Value) -> str:
    if isinstance(value, str):
        return hashlib.sha256(value.encode()).hexdigest()
    value.file.seek(0)
    found = hashlib.file_digest(value.file, "sha256").hexdigest()
    value.file.seek(0)
    return found


def _ascii(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)[:100]
