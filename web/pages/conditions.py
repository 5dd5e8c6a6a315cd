"""Pages of conditions: what a decision still asks, handing a proof in, accepting it or turning it down."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import conditions
from financing.guarantees.model import Condition, GuaranteeCase
from financing.needs.model import Need
from financing.papers import service as papers
from financing.papers import store
from financing.papers.model import Paper
from financing.papers.rules import PaperKind, media_of
from financing.parties.model import Firm
from web.fields import Text, Upload
from web.forms import Form
from web.page import Answer, Page, get, post


class ProofForm(Form):
    file: Upload


class WhyForm(Form):
    reason: Annotated[str, Text(200)]


class ConditionPages(Controller):
    @get("/cases/{key:int}/conditions", name="case.conditions")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        return _page(request, key)

    @get("/conditions/{key:int}", name="condition.page")
    def one(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            case = desk.get(Condition, key).case_id
        return _page(request, case, key)

    @post("/conditions/{key:int}/proof", name=Act.SHOW_PROOF, page=one, upload=True)
    def proof(self, request: Page, key: FromPath[int]) -> Answer:
        filled, uploads = request.read(ProofForm), request.app.state.settings.uploads
        name, content = filled.file.filename or "", filled.file.file.read()
        media = media_of(content)
        with store.keeping(uploads, content) as kept:
            with request.desk() as desk:
                condition = desk.get(Condition, key)
                paper = papers.add(
                    desk, desk.get(Firm, condition.firm_id), kind=PaperKind.PROOF, name=name, media=media, size=kept.size,
                    sha256=kept.sha256, stored=kept.stored,
                )  # fmt: skip
                new = paper.stored == kept.stored
                conditions.show(desk, condition, paper)
                answer = request.go("case.conditions", key=condition.case_id)
            if not new:
                store.forget(uploads, kept.stored)
        return answer

    @post("/conditions/{key:int}/accept", name=Act.ACCEPT_PROOF, page=one)
    def accept(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            condition = desk.get(Condition, key)
            conditions.accept(desk, condition)
            return request.go("case.conditions", key=condition.case_id)

    @post("/conditions/{key:int}/turn-down", name=Act.TURN_DOWN_PROOF, page=one)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        filled = request.read(WhyForm)
        with request.desk() as desk:
            condition = desk.get(Condition, key)
            conditions.turn_down(desk, condition, filled.reason)
            return request.go("case.conditions", key=condition.case_id)


def _page(request: Page, key: int, asked: int = 0) -> Answer:
    """Every condition of a case; `asked` is the one whose form was not accepted."""
    with request.desk(write=False) as desk:
        case = desk.get(GuaranteeCase, key)
        need, firm = desk.get(Need, case.need_id), desk.get(Firm, case.firm_id)
        found = [(one, _proof(desk, one), frozenset(desk.acts(one))) for one in conditions.of_case(desk, case)]
    return request.show(
        "guarantees/conditions.html", case=case, need=need, firm=firm, found=found, asked=asked, act=Act,
        proof=request.sheet(ProofForm), why=request.sheet(WhyForm), me=request.actor.id,
    )  # fmt: skip


def _proof(desk: Desk, condition: Condition) -> Paper | None:
    return desk.find(Paper, Paper.id == condition.proof_id)
