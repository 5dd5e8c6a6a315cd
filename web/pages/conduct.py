"""Reports of a bank's conduct as a firm makes and follows them, and the question after a pay-out.

What tells who reported goes through `Page.apart`: a desk of the platform's own, without session, address or form record.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.conduct import checks, reports
from financing.conduct.checks import Answer as Said
from financing.conduct.model import PayoutCheck
from financing.conduct.reports import Handed, Told
from financing.conduct.rules import MEANS, OWN_WORDS, REPORTED, Cost, Practice, Word
from financing.once import digest
from financing.papers.rules import ANY_PAPER
from financing.parties.model import Bank
from financing.people import tries
from web import intake
from web.fields import Among, Day, Text, Upload, Whole, Yes, Yuan
from web.forms import Form
from web.page import Answer, Page, get, post


class ReportForm(Form):
    bank: Annotated[int, Whole(1, 2**53)]
    practice: Annotated[Practice, Among(REPORTED)]
    happened: Annotated[str, Text(2_000, lines=True)]
    on: Day | None = None
    amount: Yuan | None = None
    evidence: Upload | None = None
    named: Yes = False
    check: Annotated[int | None, Whole(1, 2**53)] = None


class WordForm(Form):
    word: Annotated[Word, Among(OWN_WORDS)]
    happened: Annotated[str, Text(2_000, lines=True)]


class CodeForm(Form):
    code: Annotated[str, Text(40)]


class CheckForm(Form):
    yes: Annotated[int, Whole(0, 1)]
    costs: tuple[Cost, ...] = ()
    amount: Yuan | None = None
    on: Day | None = None
    happened: Annotated[str | None, Text(2_000, lines=True)] = None


class ConductPages(Controller):
    @get("/conduct/mine", name="conduct.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            questions = checks.of_firm(desk)
        with request.apart(write=False) as desk:
            own = reports.of(desk, request.actor)
        return request.show("conduct/mine.html", own=own, questions=questions, act=Act)

    @get("/conduct/report", name="conduct.report.form")
    def form(self, request: Page, check: FromQuery[int] = 0) -> Answer:
        given = _from_answer(request, check or int(request.said("check") or 0))
        with request.desk(write=False) as desk:
            banks = [(bank.id, bank.name) for bank in desk.all(Bank, by=Bank.name)]
        mib, accept = request.app.state.settings.upload_mib, ",".join(ANY_PAPER)
        sheet = request.sheet(ReportForm, **given)
        return request.show("conduct/report.html", banks=banks, form=sheet, mib=mib, accept=accept, act=Act)

    @post("/conduct/report", name=Act.REPORT_CONDUCT, page=form, upload=True)
    def report(self, request: Page) -> Answer:
        form = request.read(ReportForm)
        files = [_handed(request, form.evidence)] if form.evidence else []
        once = _once(request)
        if form.check:
            with request.desk(write=False) as desk:
                once = checks.once(desk.get(PayoutCheck, form.check))
        told = Told(form.bank, form.practice, form.happened, form.on, form.amount, form.named)
        with request.apart() as desk:
            uploads = request.app.state.settings.uploads
            code = reports.report(desk, request.actor, told, once=once, uploads=uploads, files=files)
        return request.show("conduct/received.html", code=code, act=Act)

    @get("/conduct/mine/{key:int}", name="conduct.own")
    def own(self, request: Page, key: FromPath[int]) -> Answer:
        with request.apart(write=False) as desk:
            own = reports.one_of(desk, request.actor, key)
        return request.show("conduct/own.html", own=own, form=request.sheet(WordForm), act=Act)

    @post("/conduct/mine/{key:int}", name=Act.ADD_WORD, page=own)
    def add(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(WordForm)
        with request.apart() as desk:
            reports.add(desk, reports.one_of(desk, request.actor, key), form.word, form.happened, once=_once(request))
        return request.go("conduct.own", key=key)

    @get("/conduct/follow", name="conduct.follow")
    def follow(self, request: Page) -> Answer:
        return request.show("conduct/follow.html", form=request.sheet(CodeForm), own=None, act=Act)

    @post("/conduct/follow", name="conduct.follow.look", page=follow)
    def look(self, request: Page) -> Answer:
        """State and answer to whoever has the code; every try counts."""
        form = request.read(CodeForm)
        with request.apart() as desk:
            tries.ask(desk, request.clue.address, "conduct")
        with request.apart(write=False) as desk:
            own = reports.by_code(desk, form.code)
        return request.show("conduct/follow.html", form=request.sheet(CodeForm), own=own, act=Act)

    @get("/conduct/questions/{key:int}", name="payout.show")
    def question(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            check = desk.get(PayoutCheck, key)
            bank, said = desk.get(Bank, check.bank_id).name, checks.said(desk, check)
        with request.apart(write=False) as desk:
            reported = checks.is_reported(desk, check)
        return request.show(
            "conduct/question.html",
            check=check,
            bank=bank,
            said=said,
            reported=reported,
            form=request.sheet(CheckForm),
            act=Act,
        )

    @post("/conduct/questions/{key:int}", name=Act.ANSWER_CHECK, page=question)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        """No record of the form is kept: what it says would follow from its digest."""
        form = request.read(CheckForm)
        with request.desk(claim=False) as desk:
            said = Said(bool(form.yes), form.costs, form.amount, form.on, form.happened or "")
            checks.answer(desk, desk.get(PayoutCheck, key, lock=True), said)
            return request.go("payout.show", key=key)


def _from_answer(request: Page, key: int) -> dict[str, object]:
    """What is known of a pay-out whose answer was yes, for the report that begins with it."""
    with request.desk(write=False) as desk:
        check = desk.find(PayoutCheck, PayoutCheck.id == key)
        said = checks.said(desk, check) if check else None
    if check is None or not said or not said["yes"]:
        return {}
    practice = next((MEANS[Cost(one)].value for one in said["costs"]), None)
    amount = str(Decimal(said["fen"]) / 100) if said["fen"] else None
    return {
        "bank": check.bank_id,
        "practice": practice,
        "happened": said["text"],
        "on": said["on"],
        "amount": amount,
        "check": key,
    }


def _handed(request: Page, sent: Upload) -> Handed:
    """A file as papers are taken: by its bytes, a workbook without macros or links out; NotAPaper, or what is wrong with the workbook."""
    name, content = sent.filename or "", sent.file.read()
    intake.unread(content, name, request.app.state.settings.upload_mib, field="evidence")
    return Handed(name, content)


def _once(request: Page) -> str:
    """What makes this form this one: its token in this session, known to nobody afterwards."""
    return digest(f"{request.visit.sid}\n{request.said('once')}\n{request.url.path}")
