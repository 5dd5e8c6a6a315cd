"""Pages of the bridge fund (应急转贷): everybody's list, the application with its check, one use with what may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import FIRM, Role
from financing.acts import Act
from financing.bridge import bounds, money, promises, requests, uses, views
from financing.bridge.model import BridgeUse
from financing.bridge.rules import Borrower, Cause, LoanUse, UseState
from financing.desk import Desk
from financing.guarantees.change_rules import DocumentKind
from financing.loans import renewal
from financing.loans import views as loans
from financing.loans.model import Loan
from financing.loans.renewal_rules import SOURCE
from financing.money import Fen
from financing.parties import shelf_views as banks
from financing.parties.model import Firm
from financing.refusals import NotFound
from web import bridge_forms as forms
from web import figure_words
from web.fields import one_of
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post

#: Each act that needs a form, and that form.
KINDS: dict[Act, type[Form]] = {
    Act.PROMISE_RENEWAL: forms.PromiseForm,
    Act.TAKE_BACK_PROMISE: forms.TakeBackForm,
    Act.WITHDRAW_BRIDGE: forms.WithdrawForm,
    Act.REFUSE_BRIDGE: forms.RefuseForm,
    Act.DEPOSIT_OWN_PART: forms.DepositForm,
    Act.RELEASE_BRIDGE: forms.ReleaseForm,
    Act.REPORT_RENEWAL: forms.RenewedForm,
    Act.REPORT_RETURN: forms.ReturnForm,
    Act.REPORT_FEE: forms.FeeForm,
    Act.PROPOSE_LOSS: forms.LossForm,
    Act.PROPOSE_RECOVERY: forms.RecoveryForm,
}


class BridgePages(Controller):
    @get("/bridge", name="bridge")
    def every(self, request: Page, status: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        chosen = one_of(UseState, status)
        with request.desk(write=False) as desk:
            found = views.every(desk, chosen, page)
            pools, waiting, bans = views.pools(desk), views.waiting(desk), views.bans(desk)
            may = desk.actor.role in {Role.SIGNATORY, Role.OFFICER}
        return request.show(
            "bridge/list.html", found=found, pools=pools, waiting=waiting, bans=bans, may_apply=may, chosen=chosen,
            states=list(UseState), lift=request.sheet(forms.LiftForm), down=request.sheet(forms.TurnDownForm), act=Act,
        )  # fmt: skip

    @get("/bridge/apply", name="bridge.form")
    def form(self, request: Page, loan: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            given, firm, lent = _given(desk, loan), _own(desk), loans.standings(desk)
            options = [(bank.id, bank.name) for bank in banks.banks(desk)]
            lending = desk.get(Loan, loan) if loan else None
            check = renewal.before_a_bridge(desk, firm, lending, desk.today) if firm else None
            caps = [(kind, bounds.cap(kind, desk.today)) for kind in Borrower]
            figures: dict[str, Any] = {"fees": bounds.fees(desk.today), "share_most": bounds.share(desk.today),
                       "ahead": bounds.days("bridge_ahead_days", desk.today), "most": bounds.days("bridge_most_days", desk.today),
                       "times": bounds.days("bridge_uses_per_year", desk.today)}  # fmt: skip
        return request.show(
            "bridge/form.html", form=request.sheet(forms.ApplyForm, **given), options=options, check=check, caps=caps, lent=lent,
            mib=request.app.state.settings.upload_mib, source=SOURCE, exact=figure_words.exact, act=Act, **figures,
        )  # fmt: skip

    @post("/bridge/apply", name=Act.APPLY_BRIDGE, page=form, upload=True)
    def apply(self, request: Page) -> Answer:
        form = request.read(forms.ApplyForm)
        given = {DocumentKind.PROOF: form.bridge_proof}
        with filing(request.app.state.settings, given) as filed, request.desk() as desk:
            firm = _own(desk) or desk.find(Firm, Firm.code == form.code)
            if firm is None:
                raise NotFound(kind="Firm")
            made = uses.apply(desk, firm, form.said(), filed[0] if filed else None)
            return request.go("bridge.show", key=made.id)

    @post("/bridge/ask-renewal", name=Act.ASK_RENEWAL, page=form)
    def ask_renewal(self, request: Page) -> Answer:
        form = request.read(forms.AskForm)
        with request.desk() as desk:
            firm = _own(desk)
            if firm is None:
                raise NotFound(kind="Firm")
            requests.ask(desk, firm, form.lender)
            return request.go("bridge")

    @get("/bridge/{key:int}", name="bridge.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(BridgeUse, key))
            given = _standing(desk, found)
        sheets = {act: request.sheet(kind, **given.get(act, {})) for act, kind in KINDS.items() if act in found.acts}
        tried = str(request.route_handler.name) if request.refusal else ""
        return request.show(
            "bridge/show.html", found=found, sheets=sheets, tried=tried, down=request.sheet(forms.TurnDownForm),
            exact=figure_words.exact, act=Act,
        )  # fmt: skip

    @post("/bridge/{key:int}/sign", name=Act.SIGN_BRIDGE, page=show)
    def sign(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        return _done(request, key, uses.sign)

    @post("/bridge/{key:int}/withdraw", name=Act.WITHDRAW_BRIDGE, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, uses.withdraw, request.read(forms.WithdrawForm).reason)

    @post("/bridge/{key:int}/refuse", name=Act.REFUSE_BRIDGE, page=show)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, uses.refuse, request.read(forms.RefuseForm).reason)

    @post("/bridge/{key:int}/promise", name=Act.PROMISE_RENEWAL, page=show)
    def promise(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, promises.promise, request.read(forms.PromiseForm).terms())

    @post("/bridge/{key:int}/take-back", name=Act.TAKE_BACK_PROMISE, page=show)
    def take_back(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, promises.take_back, request.read(forms.TakeBackForm).reason)

    @post("/bridge/{key:int}/deposit", name=Act.DEPOSIT_OWN_PART, page=show, upload=True)
    def deposit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.DepositForm)
        return _filed(request, key, uses.deposit, form, amount=form.own_part, on=form.on)

    @post("/bridge/{key:int}/release", name=Act.RELEASE_BRIDGE, page=show, upload=True)
    def release(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.ReleaseForm)
        return _filed(request, key, money.release, form, on=form.on)

    @post("/bridge/{key:int}/renewed", name=Act.REPORT_RENEWAL, page=show)
    def renewed(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.RenewedForm)
        return _done(request, key, promises.report, amount=form.renewed, rate=form.new_rate, paid_on=form.paid_on)

    @post("/bridge/{key:int}/return", name=Act.REPORT_RETURN, page=show, upload=True)
    def returned(self, request: Page, key: FromPath[int]) -> Answer:
        return _money(request, key, Cause.RETURNED, request.read(forms.ReturnForm))

    @post("/bridge/{key:int}/fee", name=Act.REPORT_FEE, page=show, upload=True)
    def fee(self, request: Page, key: FromPath[int]) -> Answer:
        return _money(request, key, Cause.FEE, request.read(forms.FeeForm))

    @post("/bridge/{key:int}/loss", name=Act.PROPOSE_LOSS, page=show, upload=True)
    def loss(self, request: Page, key: FromPath[int]) -> Answer:
        return _money(request, key, Cause.LOST, request.read(forms.LossForm))

    @post("/bridge/{key:int}/recovery", name=Act.PROPOSE_RECOVERY, page=show, upload=True)
    def recovery(self, request: Page, key: FromPath[int]) -> Answer:
        return _money(request, key, Cause.RECOVERED, request.read(forms.RecoveryForm))


def _done(request: Page, key: int, do: Callable[..., object], *said: Any, **given: Any) -> Answer:
    """Do something about a use, and back to its page."""
    with request.desk() as desk:
        do(desk, desk.get(BridgeUse, key), *said, **given)
        return request.go("bridge.show", key=key)


def _filed(request: Page, key: int, do: Callable[..., object], form: Any, *said: Any, **given: Any) -> Answer:
    """The same with the proof that stands in the form."""
    with filing(request.app.state.settings, {DocumentKind.PROOF: form.bridge_proof}) as filed:
        return _done(request, key, do, *said, **given, filed=filed[0])


def _money(request: Page, key: int, cause: Cause, form: Any) -> Answer:
    return _filed(request, key, money.report, form, cause, amount=form.amount, on=form.on, reason=form.reason)


def _own(desk: Desk) -> Firm | None:
    """The firm whose person asks; None for an officer."""
    return desk.get(Firm, desk.actor.firm_id) if desk.actor.role in FIRM and desk.actor.firm_id else None


def _given(desk: Desk, key: int) -> dict[str, object]:
    """What the form begins with: the terms of a loan of the platform, when one was chosen."""
    firm = _own(desk)
    plain: dict[str, object] = {
        "loan_use": LoanUse.WORKING_CAPITAL,
        "borrower": Borrower.FIRM,
        "borrower_name": firm.name if firm else None,
    }
    if not key:
        return plain
    loan = desk.get(Loan, key)
    owed = loans.standing(desk, loan).balance
    return plain | {
        "loan": key,
        "lender": loan.bank_id,
        "contract": loan.contract,
        "owed": owed,
        "matures": loan.matures,
    }


def _standing(desk: Desk, found: views.UseView) -> dict[Act, dict[str, object]]:
    """What each form begins with: the sum that is missing, the terms that were promised."""
    use, said = found.use, found.promise
    owed = use.own - use.deposit
    out: dict[str, object] = {"amount": _in_yuan(use.left), "on": desk.today}
    return {
        Act.PROMISE_RENEWAL: {"promised": use.owed, "account_name": use.firm},
        Act.DEPOSIT_OWN_PART: {"own_part": owed if owed > Fen(0) else use.deposit, "on": desk.today},
        Act.RELEASE_BRIDGE: {"on": desk.today},
        Act.REPORT_RENEWAL: {"renewed": said.amount, "new_rate": said.rate} if said else {},
        Act.REPORT_RETURN: out,
        Act.REPORT_FEE: {"amount": _in_yuan(use.fee), "on": desk.today},
        Act.PROPOSE_LOSS: out,
    }


def _in_yuan(amount: Fen | None) -> str | None:
    """An amount as it is typed into a field of 元: forms show amounts of the domain in 万元 by themselves."""
    return f"{amount.fen // 100}.{amount.fen % 100:02d}" if amount is not None else None
