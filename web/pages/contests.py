"""Second looks: the firm says what it contests and why, somebody who had no part in it answers, and everybody sees how often it changes something."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import parameters, wording
from financing.acts import Act
from financing.contests import grounds, service, views
from financing.contests.grounds import WHOLE, Decision
from financing.contests.model import Contest
from financing.contests.rules import Contested, ContestState, Outcome
from financing.desk import Desk
from financing.guarantees.rules import Hurdle
from financing.matching.model import Dossier
from financing.needs.model import Need
from financing.offers.model import Decline
from financing.offers.rules import Ground
from financing.parties.model import Bank, Firm
from financing.words import _
from scoring.facts import FACTS
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post
from web.routes import ROUTES


class ContestForm(Form):
    what: Annotated[str, Text(80)]
    why: Annotated[str, Text(500, lines=True)]


class ReviewForm(Form):
    outcome: Outcome
    found: Annotated[str, Text(500, lines=True)]


class ContestPages(Controller):
    @get("/needs/{key:int}/second-look", name="contest.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            need = desk.get(Need, key)
            decisions = grounds.open_to(desk, need)
            asked = desk.all(Contest, Contest.need_id == key, by=Contest.made_at.desc())
            names = _names(desk, [*(one.bank_id for one in decisions), *(one.bank_id for one in asked)])
            figures = [parameters.figure(name, desk.today) for name in ("contest_days", "contest_answer_days")]
        options = [
            (f"{one.code}:{item}", f"{_title(one, names, request.lang)} · {said(one.kind, item, request.lang)}")
            for one in decisions
            for item in one.items
        ]
        return request.show(
            "contests/form.html", need=need, decisions=decisions, asked=asked, names=names, options=options, figures=figures,
            form=request.sheet(ContestForm), said=said, act=Act,
        )  # fmt: skip

    @post("/needs/{key:int}/second-look", name=Act.CONTEST, page=form)
    def contest(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ContestForm)
        code, item = [*form.what.split(":", 1), ""][:2]
        with request.desk() as desk:
            service.contest(desk, desk.get(Need, key), code=code, item=item, why=form.why)
            return request.go("contest.form", key=key)

    @get("/second-looks", name="contests")
    def listed(self, request: Page, decided: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            rows, tallies = views.listed(desk, decided=bool(decided), most=request.rows(100)), views.tallies(desk)
            firms = _firms(desk, [row.firm_id for row in rows])
            needs = {one.id: one.number for one in desk.all(Need, Need.id.in_(row.need_id for row in rows))}
            left = {row.id: desk.calendar.left(desk.today, row.due_on) for row in rows}
            names = _names(desk, [row.bank_id for row in rows])
        return request.show(
            "contests/list.html", rows=rows, tallies=tallies, firms=firms, needs=needs, left=left, names=names,
            decided=bool(decided), said=said, act=Act,
        )  # fmt: skip

    @get("/second-looks/{key:int}", name="contest.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            asked = desk.get(Contest, key)
            need, names = desk.get(Need, asked.need_id), _names(desk, [asked.bank_id])
            no = desk.find(Decline, Decline.id == asked.subject_id) if asked.kind is Contested.DECLINE else None
            left, acts = desk.calendar.left(desk.today, asked.due_on), desk.acts(asked)
        return request.show(
            "contests/show.html", asked=asked, need=need, names=names, left=left, acts=acts, form=request.sheet(ReviewForm),
            decider=request.actor.id in asked.deciders, state=ContestState, no=no, opens_need=request.actor.role in ROUTES["need.show"], said=said, act=Act,
        )  # fmt: skip

    @post("/second-looks/{key:int}", name=Act.REVIEW_CONTEST, page=show)
    def review(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReviewForm)
        with request.desk() as desk:
            service.review(desk, desk.get(Contest, key), outcome=form.outcome, found=form.found)
            return request.go("contest.show", key=key)


def said(kind: Contested, item: str, lang: str) -> str:
    """The item a decision rests on, in the words of its own page."""
    if item == WHOLE:
        return wording.translate(lang)(_("整个决定"))
    if kind is Contested.GATES:
        return wording.name(Hurdle(item), lang)
    if kind is Contested.DECLINE:
        return wording.name(Ground(item), lang)
    return wording.field(item, lang) if item in FACTS else item


def _title(one: Decision, names: dict[int, str], lang: str) -> str:
    word = wording.name(one.kind, lang)
    return f"{word}（{names[one.bank_id]}）" if one.bank_id else word


def _firms(desk: Desk, keys: list[int]) -> dict[int, str]:
    """Names of firms: a bank reads them on the dossiers it may open, the zone in the register."""
    named = {one.firm_id: one.firm_name for one in desk.all(Dossier, Dossier.firm_id.in_(keys))}
    return named | {firm.id: firm.name for firm in desk.all(Firm, Firm.id.in_(keys))}


def _names(desk: Desk, keys: list[int | None]) -> dict[int, str]:
    return {bank.id: bank.name for bank in desk.all(Bank, Bank.id.in_([key for key in keys if key]))}
