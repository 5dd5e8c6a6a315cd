"""Pages of guarantees in force: what waits for a letter, preparing and issuing it, its ledger, its papers."""

from __future__ import annotations

import hashlib
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.model import GuaranteeCase, Meeting, Resolution
from financing.letters import entries, papers, service, views
from financing.letters.model import EntryProposal, Guarantee
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import BY_TWO, EntryKind, GuaranteeState, GuaranteeType
from financing.letters.service import Wording
from financing.loans.service import of_offer
from financing.offers.model import Offer
from financing.parties.rules import Support
from web.fields import Among, Day, Text, Upload, Wan
from web.filing import filing
from web.forms import Form
from web.issued import issued_job
from web.page import Answer, Page, get, post

PROPOSED = (EntryKind.COMPENSATED, EntryKind.RECOVERED, EntryKind.LOST)


class LetterForm(Form):
    amount: Wan
    loan_starts: Day
    type: GuaranteeType = GuaranteeType.JOINT
    licence_scan: Upload | None = None
    corporate_resolution: Upload | None = None


class RepaymentForm(Form):
    on: Day
    amount: Wan
    proof: Upload | None = None


class ReleaseForm(Form):
    bank_confirmation: Upload


class EntryForm(Form):
    kind: Annotated[EntryKind, Among(PROPOSED)]
    on: Day
    amount: Wan
    reason: Annotated[str, Text(500, lines=True)]
    evidence: Upload


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class LetterPages(Controller):
    @get("/guarantees", name="guarantees", unmoved=True)
    def list(self, request: Page, only: FromQuery[GuaranteeState | None] = None, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = views.guarantees(desk, only, min(page, 100_000))
            waiting = views.ready(desk) if desk.may(Act.PREPARE_LETTER, None) else []
        return request.show(
            "letters/list.html",
            found=found,
            waiting=waiting,
            most=views.SHOWN,
            only=only,
            states=GuaranteeState,
            act=Act,
        )

    @get("/offers/{key:int}/letter", name="letter.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            draft, today = views.draft(desk, desk.get(Offer, key)), desk.today
        sheet = request.sheet(LetterForm, amount=draft.offer.amount, loan_starts=today, type=GuaranteeType.JOINT)
        return request.show("letters/form.html", draft=draft, form=sheet, act=Act, support=Support)

    @post("/offers/{key:int}/letter", name=Act.PREPARE_LETTER, page=form, upload=True)
    def prepare(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(LetterForm)
        files = {DocumentKind.LICENCE: form.licence_scan, DocumentKind.CORPORATE_RESOLUTION: form.corporate_resolution}
        with filing(request.app.state.settings, files) as filed, request.desk() as desk:
            said = Wording(form.amount, form.loan_starts, form.type)
            made = service.prepare(desk, desk.get(Offer, key), said, filed)
            return request.go("guarantee.show", key=made.id)

    @get("/guarantees/{key:int}", name="guarantee.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        return _page(request, key)

    @get("/entries/{key:int}", name="entry.show")
    def entry(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            guarantee = desk.get(EntryProposal, key).guarantee_id
        return _page(request, guarantee)

    @post("/guarantees/{key:int}/issue", name=Act.ISSUE_LETTER, page=show)
    def issue(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            service.issue(desk, desk.get(Guarantee, key))
            return request.go("guarantee.show", key=key)

    @post("/guarantees/{key:int}/drop", name=Act.DROP_LETTER, page=show)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            service.drop(desk, desk.get(Guarantee, key))
            return request.go("guarantee.show", key=key)

    @post("/guarantees/{key:int}/repay", name=Act.RECORD_REPAYMENT, page=show, upload=True)
    def repay(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RepaymentForm)
        with filing(request.app.state.settings, {DocumentKind.PROOF: form.proof}) as filed, request.desk() as desk:
            proof = filed[0] if filed else None
            entries.repay(desk, desk.get(Guarantee, key), on=form.on, amount=form.amount, filed=proof)
            return request.go("guarantee.show", key=key)

    @post("/guarantees/{key:int}/release", name=Act.RELEASE_LETTER, page=show, upload=True)
    def release(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReleaseForm)
        files = {DocumentKind.BANK_CONFIRMATION: form.bank_confirmation}
        with filing(request.app.state.settings, files) as filed, request.desk() as desk:
            entries.release(desk, desk.get(Guarantee, key), filed[0])
            return request.go("guarantee.show", key=key)

    @post("/guarantees/{key:int}/entries", name=Act.PROPOSE_ENTRY, page=show, upload=True)
    def propose(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(EntryForm)
        with (
            filing(request.app.state.settings, {entries.RESTS_ON[form.kind]: form.evidence}) as filed,
            request.desk() as desk,
        ):
            guarantee = desk.get(Guarantee, key)
            entries.propose(
                desk, guarantee, form.kind, on=form.on, amount=form.amount, reason=form.reason, filed=filed[0]
            )
            return request.go("guarantee.show", key=key)

    @post("/entries/{key:int}/confirm", name=Act.CONFIRM_ENTRY, page=entry)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            proposal = desk.get(EntryProposal, key)
            entries.confirm(desk, proposal)
            return request.go("guarantee.show", key=proposal.guarantee_id)

    @post("/entries/{key:int}/turn-down", name=Act.TURN_DOWN_ENTRY, page=entry)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            proposal = desk.get(EntryProposal, key)
            entries.turn_down(desk, proposal, form.reason)
            return request.go("guarantee.show", key=proposal.guarantee_id)


class IssuedPages(Controller):
    """Papers that follow from sealed decisions, and the file of each."""

    @get("/letters", name="letters")
    def list(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found = desk.all(IssuedPaper, by=IssuedPaper.issued_at.desc())[: request.rows(200)]
        return request.show("letters/papers.html", found=found, act=Act)

    @post("/cases/{key:int}/letter", name=Act.WRITE_LETTER)
    def write(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            papers.write(desk, desk.get(GuaranteeCase, key), request.app.state.settings.helper)
            return request.go("letters")

    @post("/meetings/{key:int}/minutes", name=Act.WRITE_MINUTES)
    def minutes(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            papers.minutes(desk, desk.get(Meeting, key))
            return request.go("letters")

    @get("/letters/{key:int}/paper", name=Act.PRINT_LETTER)
    def paper(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            issued = desk.get(IssuedPaper, key)
        return _given_out(request, issued)

    @get("/resolutions/{key:int}/paper", name=Act.PRINT_RESOLUTION)
    def resolution(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True, claim=False) as desk:
            sealed = desk.get(Resolution, key)
            issued = papers.of_resolution(desk, sealed)
            desk.note(Act.PRINT_RESOLUTION, sealed, number=sealed.number, digest=sealed.digest)
        return _given_out(request, issued)


def _given_out(request: Page, issued: IssuedPaper) -> Answer:
    """The file of a paper; its hash stays here, so that the same bytes are known again."""
    content = request.press(issued_job(request, issued))
    with request.desk(write=True, claim=False) as desk:
        papers.printed(desk, desk.get(IssuedPaper, issued.id), hashlib.sha256(content).hexdigest())
    return request.download(content, f"{issued.number}.pdf", "application/pdf")


def _page(request: Page, key: int) -> Answer:
    with request.desk(write=False) as desk:
        found, today = views.shown(desk, desk.get(Guarantee, key)), desk.today
        loan = of_offer(desk, found.guarantee.offer_id)
    return request.show(
        "letters/show.html", found=found, loan=loan, act=Act, forms={
            "repay": request.sheet(RepaymentForm, on=today), "release": request.sheet(ReleaseForm),
            "entry": request.sheet(EntryForm, on=today), "answer": request.sheet(AnswerForm),
        }, by_two=BY_TWO,
    )  # fmt: skip
