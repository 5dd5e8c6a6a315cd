"""Pages of claims for compensation (代偿): files of guarantees, claims by clock, one claim with everything, parts of the others."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import create_model

from financing.access import BANK
from financing.acts import Act
from financing.compensation import deciding, files, paying, service, views
from financing.compensation.deciding import Examined
from financing.compensation.grounds import By, Item, checklist
from financing.compensation.model import CompensationClaim, CompensationDecision
from financing.compensation.review_model import CompensationReview
from financing.compensation.rules import PAUSES, Deducted, Lapse, Outcome, Pause, Reason
from financing.compensation.service import Lodging
from financing.desk import Desk
from financing.guarantees.change_rules import DocumentKind
from financing.letters.model import Guarantee
from financing.money import Fen
from financing.wording import name
from web.fields import Among, Day, Text, Upload, Whole, Yuan
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post
from web.routes import ROUTES

#: Pages that these lead to, for those who may open them.
ALONGSIDE = (
    "compensation.files",
    "compensation.folder",
    "compensation.parts",
    "compensation.part",
    "breakers",
    "recoveries",
    "reviews",
    "review.show",
    "guarantee.show",
)
#: Reductions that one form takes.
CUTS = range(1, 6)


class ItemForm(Form):
    item: Item
    dated: Day
    note: Annotated[str, Text(200)] | None = None
    paper: Upload


class LodgeForm(Form):
    claimed: Yuan
    overdue_interest: Yuan | None = None
    overdue_days: Annotated[int, Whole(0, 9_999, "天")] | None = None
    account: Annotated[str, Text(120)]
    why: Annotated[str, Text(500, lines=True)]
    promised: tuple[Item, ...] = ()


class HaltForm(Form):
    reason: Annotated[Pause, Among(PAUSES)]
    wanted: Annotated[str, Text(500, lines=True)]


_CUT: dict[str, Any] = {
    f"{key}_{n}": (kind, None)
    for n in CUTS
    for key, kind in (
        ("lapse", Lapse | None),
        ("loss", Yuan | None),
        ("cut", Yuan | None),
        ("ground", Annotated[str, Text(500)] | None),
    )
}
CutForm = create_model("CutForm", __base__=Form, **_CUT)


class ExaminedForm(CutForm):
    outcome: Outcome
    refusal: Reason | None = None
    opinion: Annotated[str, Text(500, lines=True)]

    def examined(self) -> Examined:
        """What was filled in: a row counts when any of its four parts is there."""
        rows = [[getattr(self, f"{key}_{n}") for key in ("lapse", "loss", "cut", "ground")] for n in CUTS]
        given = [row for row in rows if any(part is not None for part in row)]
        cuts = tuple(
            Deducted(lapse, loss or Fen(0), cut or Fen(0), ground or "—") for lapse, loss, cut, ground in given
        )
        return Examined(self.outcome, self.opinion, cuts, self.refusal)


class ObjectForm(Form):
    objection: Annotated[str, Text(2_000, lines=True)]
    proof: Upload | None = None


class ReasonForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class ProofForm(Form):
    on: Day
    proof: Upload


class ClaimPages(Controller):
    @get("/compensations", name="compensations")
    def list(self, request: Page, only: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = views.claims(desk, over=only == "over", page=min(page, 100_000))
            left = {row.id: desk.calendar.left(desk.today, row.due_on) for row in found.rows}
            own = views.banks(desk) if desk.actor.role in BANK else []
        return request.show(
            "compensation/list.html",
            found=found,
            left=left,
            over=only == "over",
            own=own,
            act=Act,
            links=_links(request),
        )

    @get("/compensations/files", name="compensation.files")
    def files(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = views.folders(desk, min(page, 100_000))
        return request.show("compensation/files.html", found=found, act=Act)

    @get("/guarantees/{key:int}/file", name="compensation.folder")
    def folder(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found, today = views.folder(desk, desk.get(Guarantee, key)), desk.today
            mine = (By.BANK,) if desk.actor.bank_id is not None else (By.BANK, By.GUARANTOR)
            items = [(one.key.value, name(one.key, request.lang)) for one in checklist(today).items if one.by in mine]
        later = [one.key for one in found.file.missing if one.promised and one.by is By.BANK]
        return request.show(
            "compensation/folder.html", found=found, items=items, later=later, act=Act, forms={
                "item": request.sheet(ItemForm, dated=today),
                "lodge": request.sheet(LodgeForm, claimed=found.most),
            },
        )  # fmt: skip

    @post("/guarantees/{key:int}/file", name=Act.FILE_ITEM, page=folder, upload=True)
    def put(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ItemForm)
        with filing(request.app.state.settings, {DocumentKind.PROOF: form.paper}) as filed, request.desk() as desk:
            guarantee = desk.get(Guarantee, key)
            files.put(desk, guarantee, form.item, dated=form.dated, note=form.note or "", filed=filed[0])
            return request.go("compensation.folder", key=key)

    @post("/guarantees/{key:int}/claim", name=Act.LODGE_COMPENSATION, page=folder)
    def lodge(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(LodgeForm)
        said = Lodging(
            form.claimed, form.overdue_interest or Fen(0), form.overdue_days, form.account, form.why, form.promised
        )
        with request.desk() as desk:
            made = service.lodge(desk, desk.get(Guarantee, key), said)
            return request.go("compensation.show", key=made.id)

    @get("/compensations/{key:int}", name="compensation.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        return _page(request, key)

    @post("/compensations/{key:int}/withdraw", name=Act.WITHDRAW_COMPENSATION, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            service.withdraw(desk, desk.get(CompensationClaim, key))
            return request.go("compensation.show", key=key)

    @post("/compensations/{key:int}/halt", name=Act.HALT_COMPENSATION, page=show)
    def halt(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(HaltForm)
        with request.desk() as desk:
            service.halt(desk, desk.get(CompensationClaim, key), form.reason, form.wanted)
            return request.go("compensation.show", key=key)

    @post("/compensations/{key:int}/resume", name=Act.RESUME_COMPENSATION, page=show)
    def resume(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            service.resume(desk, desk.get(CompensationClaim, key))
            return request.go("compensation.show", key=key)

    @post("/compensations/{key:int}/propose", name=Act.PROPOSE_COMPENSATION, page=show)
    def propose(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ExaminedForm)
        with request.desk() as desk:
            deciding.propose(desk, desk.get(CompensationClaim, key), form.examined())
            return request.go("compensation.show", key=key)

    @post("/compensations/{key:int}/accept", name=Act.ACCEPT_COMPENSATION, page=show)
    def accept(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            deciding.accept(desk, desk.get(CompensationClaim, key))
            return request.go("compensation.show", key=key)

    @post("/compensations/{key:int}/object", name=Act.OBJECT_COMPENSATION, page=show, upload=True)
    def object(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ObjectForm)
        with filing(request.app.state.settings, {DocumentKind.PROOF: form.proof}) as filed, request.desk() as desk:
            proof = filed[0] if filed else None
            deciding.object_to(desk, desk.get(CompensationClaim, key), form.objection, proof)
            return request.go("compensation.show", key=key)

    @post("/compensations/{key:int}/pay", name=Act.PAY_COMPENSATION, page=show, upload=True)
    def pay(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ProofForm)
        with filing(request.app.state.settings, {DocumentKind.PROOF: form.proof}) as filed, request.desk() as desk:
            paying.pay(desk, desk.get(CompensationClaim, key), on=form.on, filed=filed[0])
            return request.go("compensation.show", key=key)


class DecisionPages(Controller):
    """A decision that is before the chair."""

    @get("/compensation-decisions/{key:int}", name="compensation.decision")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            claim = desk.get(CompensationDecision, key).claim_id
        return _page(request, claim)

    @post("/compensation-decisions/{key:int}/grant", name=Act.GRANT_COMPENSATION, page=show)
    def grant(self, request: Page, key: FromPath[int]) -> Answer:
        return _confirm(request, key, Outcome.GRANT)

    @post("/compensation-decisions/{key:int}/reduce", name=Act.REDUCE_COMPENSATION, page=show)
    def reduce(self, request: Page, key: FromPath[int]) -> Answer:
        return _confirm(request, key, Outcome.REDUCE)

    @post("/compensation-decisions/{key:int}/refuse", name=Act.REFUSE_COMPENSATION, page=show)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        return _confirm(request, key, Outcome.REFUSE)

    @post("/compensation-decisions/{key:int}/return", name=Act.RETURN_COMPENSATION, page=show)
    def send_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReasonForm)
        with request.desk() as desk:
            decision = desk.get(CompensationDecision, key)
            deciding.send_back(desk, decision, form.reason)
            return request.go("compensation.show", key=decision.claim_id)


def _confirm(request: Page, key: int, outcome: Outcome) -> Answer:
    request.read(Form)
    with request.desk() as desk:
        decision = desk.get(CompensationDecision, key)
        deciding.confirm(desk, decision, outcome)
        return request.go("compensation.show", key=decision.claim_id)


def _page(request: Page, key: int) -> Answer:
    with request.desk(write=False) as desk:
        found, today = views.shown(desk, desk.get(CompensationClaim, key)), desk.today
        document, taught = _document(desk, found), desk.find(CompensationReview, CompensationReview.claim_id == key)
    return request.show(
        "compensation/show.html", found=found, document=document, review=taught, act=Act, cuts=CUTS, links=_links(request), forms={
            "halt": request.sheet(HaltForm), "examined": request.sheet(ExaminedForm), "object": request.sheet(ObjectForm),
            "reason": request.sheet(ReasonForm), "pay": request.sheet(ProofForm, on=today),
        },
    )  # fmt: skip


def _links(request: Page) -> frozenset[str]:
    return frozenset(route for route in ALONGSIDE if request.actor.role in ROUTES[route])


def _document(desk: Desk, found: views.Shown) -> bool:
    """Whether what the bank sent with its objection may be opened here."""
    return found.answer is not None and desk.actor.bank_id is None and desk.may(Act.OPEN_DOCUMENT, None)
