"""Pages of loans after the pay-out (贷后): the list, one loan, its contract, what is repaid and changed, classes, the calendar of maturities."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import RULES
from financing.acts import Act
from financing.guarantees.change_rules import DocumentKind
from financing.listed import leafed
from financing.loan_refusals import StepsDiffer
from financing.loans import changing, classes, renewal, service, shown
from financing.loans.change_model import ClassChange, LoanChange
from financing.loans.change_rules import Choice
from financing.loans.model import Loan
from financing.loans.renewal_rules import Condition, Stated
from financing.loans.rules import FiveClass
from financing.loans.service import Contract, Payment
from financing.money import Fen, Rate
from financing.offers.model import Offer
from financing.refusals import NotAnAmount
from scoring.repayment import DayCount, Repayment, due
from web.curve import curve
from web.fields import Day, Percent, Text, Upload, Wan, Whole, Yes, Yuan, one_of
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post

ZERO = Fen(0)


class ContractForm(Form):
    contract: Annotated[str, Text(60)]
    amount: Wan
    rate: Percent
    contract_starts: Day
    contract_matures: Day
    repayment: Repayment
    day_count: DayCount = DayCount.ACTUAL_360
    interest_day: Annotated[int, Whole(1, 28, "日")] | None = None
    interest_every: Annotated[int, Whole(1, 12, "个月")] = 1
    surcharge: Percent = Rate(500_000)
    steps: Annotated[str, Text(2_000, lines=True)] = ""
    contract_scan: Upload | None = None


class PaymentForm(Form):
    reference: Annotated[str, Text(60)]
    on: Day
    principal: Yuan = ZERO
    interest: Yuan = ZERO
    penalty: Yuan = ZERO


class RateForm(Form):
    on: Day
    rate: Percent
    reason: Annotated[str, Text(300, lines=True)]


class ExtensionForm(Form):
    matures_anew: Day
    reason: Annotated[str, Text(300, lines=True)]


class ConsentForm(Form):
    guarantee_until: Day
    consent: Upload


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class ClassForm(Form):
    to_class: FiveClass | None = None
    reason: Annotated[str, Text(500, lines=True)]


class ChoiceForm(Form):
    choice: Choice
    lawful: Yes = False
    producing: Yes = False
    no_diversion: Yes = False
    no_evasion: Yes = False
    cash_short: Yes = False
    note: Annotated[str, Text(300, lines=True)] = ""


class LendingPages(Controller):
    @get("/lending", name="lending")
    def list(
        self, request: Page, only: FromQuery[str] = "", of: FromQuery[str] = "", page: FromQuery[int] = 1
    ) -> Answer:
        wanted, kind = one_of(shown.Only, only), one_of(FiveClass, of)
        with request.desk(write=False) as desk:
            every = shown.lines(desk)
            rows = shown.lines(desk, wanted, kind) if wanted or kind else every
            waiting = shown.unrecorded(desk) if desk.actor.role in RULES[Act.RECORD_LOAN].roles else []
        found = leafed(rows, page, request.rows(50))
        return request.show(
            "lending/list.html", found=found, classes=shown.by_class(every), only=wanted, of=kind, onlys=shown.Only, act=Act, waiting=waiting,
        )  # fmt: skip

    @get("/lending/calendar", name="renewals")
    def calendar(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            rows, levels = shown.maturing(desk), renewal.levels(desk.today)
        return request.show("lending/calendar.html", found=leafed(rows, page, request.rows(50)), levels=levels, act=Act)

    @get("/offers/{key:int}/contract", name="loan.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            offer = desk.get(Offer, key)
            given = {
                "amount": offer.amount, "rate": offer.rate, "contract_starts": desk.today, "contract_matures": due(desk.today, offer.months),
                "repayment": offer.repayment, "day_count": DayCount.ACTUAL_360, "interest_every": 1, "surcharge": Rate(500_000),
            }  # fmt: skip
        return request.show("lending/contract.html", offer=offer, form=request.sheet(ContractForm, **given), act=Act)

    @post("/offers/{key:int}/contract", name=Act.RECORD_LOAN, page=form, upload=True)
    def record(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ContractForm)
        said = Contract(
            form.contract, form.amount, form.rate, form.contract_starts, form.contract_matures, form.repayment, form.day_count, form.interest_day, form.interest_every,
            form.surcharge, _steps(form.steps),
        )  # fmt: skip
        with (
            filing(request.app.state.settings, {DocumentKind.AGREEMENT: form.contract_scan}) as filed,
            request.desk() as desk,
        ):
            made = service.record(desk, desk.get(Offer, key), said, filed[0] if filed else None)
            return request.go("loan.show", key=made.id)

    @get("/lending/{key:int}", name="loan.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        return _page(request, key)

    @post("/lending/{key:int}/repay", name=Act.REPAY_LOAN, page=show)
    def repay(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(PaymentForm)
        with request.desk() as desk:
            service.repay(
                desk, desk.get(Loan, key), Payment(form.reference, form.on, form.principal, form.interest, form.penalty)
            )
            return request.go("loan.show", key=key)

    @post("/lending/{key:int}/rate", name=Act.CHANGE_LOAN_RATE, page=show)
    def rate(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RateForm)
        with request.desk() as desk:
            changing.set_rate(desk, desk.get(Loan, key), on=form.on, rate=form.rate, why=form.reason)
            return request.go("loan.show", key=key)

    @post("/lending/{key:int}/extend", name=Act.EXTEND_LOAN, page=show)
    def extend(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ExtensionForm)
        with request.desk() as desk:
            changing.extend(desk, desk.get(Loan, key), until=form.matures_anew, why=form.reason)
            return request.go("loan.show", key=key)

    @post("/lending/{key:int}/choice", name=Act.CHOOSE_RENEWAL, page=show)
    def choose(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ChoiceForm)
        stated = Stated(form.lawful, form.producing, form.no_diversion, form.no_evasion, form.cash_short)
        with request.desk() as desk:
            renewal.choose(desk, desk.get(Loan, key), form.choice, form.note, stated)
            return request.go("loan.show", key=key)

    @post("/lending/{key:int}/class", name=Act.PROPOSE_LOAN_CLASS, page=show)
    def propose_class(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ClassForm)
        with request.desk() as desk:
            classes.propose(desk, desk.get(Loan, key), form.to_class, form.reason)
            return request.go("loan.show", key=key)


class LoanAnswers(Controller):
    """What waits for a second person: an extension for the guarantor, a class for somebody else."""

    @get("/loan-changes/{key:int}", name="loan_change.show")
    def change(self, request: Page, key: FromPath[int]) -> Answer:
        return _change(request, key)

    @post("/loan-changes/{key:int}/consent", name=Act.PROPOSE_LOAN_CONSENT, page=change, upload=True)
    def consent(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ConsentForm)
        with (
            filing(request.app.state.settings, {DocumentKind.AGREEMENT: form.consent}) as filed,
            request.desk() as desk,
        ):
            changing.propose_consent(desk, desk.get(LoanChange, key), until=form.guarantee_until, filed=filed[0])
            return request.go("loan_change.show", key=key)

    @post("/loan-changes/{key:int}/agree", name=Act.AGREE_LOAN_EXTENSION, page=change)
    def agree(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            changing.agree(desk, desk.get(LoanChange, key))
            return request.go("loan_change.show", key=key)

    @post("/loan-changes/{key:int}/refuse", name=Act.REFUSE_LOAN_EXTENSION, page=change)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            changing.refuse(desk, desk.get(LoanChange, key), form.reason)
            return request.go("loan_change.show", key=key)

    @get("/loan-classes/{key:int}", name="loan_class.show")
    def of_class(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            loan = desk.get(ClassChange, key).loan_id
        return _page(request, loan)

    @post("/loan-classes/{key:int}/confirm", name=Act.CONFIRM_LOAN_CLASS, page=of_class)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            found = desk.get(ClassChange, key)
            classes.confirm(desk, found)
            return request.go("loan.show", key=found.loan_id)

    @post("/loan-classes/{key:int}/turn-down", name=Act.TURN_DOWN_LOAN_CLASS, page=of_class)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            found = desk.get(ClassChange, key)
            classes.turn_down(desk, found, form.reason)
            return request.go("loan.show", key=found.loan_id)


def _steps(said: str) -> tuple[tuple[date, Fen], ...]:
    """An agreed plan as it is typed, a day and 万元 on each line; StepsDiffer for a line that says neither."""
    found = []
    for line in said.splitlines():
        day, _, amount = line.strip().partition(" ")
        try:
            found.append((date.fromisoformat(day), Fen.wan(amount.strip())))
        except (ValueError, NotAnAmount):
            raise StepsDiffer(why="line", given=line[:40]) from None
    return tuple(found)


def _page(request: Page, key: int) -> Answer:
    with request.desk(write=False) as desk:
        found = shown.shown(desk, desk.get(Loan, key))
        acts, today = shown.acts(desk, found), desk.today
        deciding = desk.acts(found.proposed) if found.proposed and found.proposed.proposed_by != desk.actor.id else ()
    stands = found.line.stands
    return request.show(
        "lending/show.html", found=found, missing=_missing(found), stands=stands, rate=shown.rate_of(found), acts=acts, deciding=deciding, act=Act, today=today,
        curve=curve(stands.plan, found.line.loan.starts, today), row_state=shown.RowState, forms={
            "repay": request.sheet(PaymentForm, on=today, principal=stands.next_principal, interest=stands.next_interest),
            "rate": request.sheet(RateForm, on=today), "extend": request.sheet(ExtensionForm),
            "class": request.sheet(ClassForm), "choice": request.sheet(ChoiceForm), "answer": request.sheet(AnswerForm),
        },
    )  # fmt: skip


def _missing(found: shown.Shown) -> tuple[Condition, ...]:
    """The conditions of a renewal without repaying principal that were found missing when the firm chose it."""
    choice = found.line.choice
    return tuple(Condition(one) for one in choice.stated.get("missing", ())) if choice else ()


def _change(request: Page, key: int) -> Answer:
    with request.desk(write=False) as desk:
        change = desk.get(LoanChange, key)
        loan = shown.of_change(desk, change)
        acts = desk.acts(change) if change.proposed_by != desk.actor.id else ()
    return request.show(
        "lending/change.html", change=change, loan=loan, acts=acts, act=Act,
        forms={"consent": request.sheet(ConsentForm), "answer": request.sheet(AnswerForm)},
    )  # fmt: skip
