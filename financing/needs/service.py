"""What people do with a need: draft, hand in, accept, return, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from financing.acts import Act
from financing.clock_refusals import ToldBefore
from financing.clocks import promises as promised
from financing.clocks import service as clocks
from financing.clocks.rules import Step
from financing.desk import Desk
from financing.journal import Private
from financing.money import Fen, Rate
from financing.needs import returns, rules
from financing.needs.model import Need
from financing.needs.rules import Purpose, Security
from financing.numbers import Series, take_number
from financing.papers import service as papers
from financing.papers.rules import owed
from financing.parameters import figure
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.refusals import FirmUnconfirmed, Impossible, Incomplete


def draft(
    desk: Desk, firm: Firm, *, amount: Fen, months: int, purpose: Purpose, use: str, latest: date, wish: Rate | None = None,
    security: Security = Security.NONE, no_broker: bool = True,
) -> Need:  # fmt: skip
    """Begin a need (新建需求); Impossible names every part that cannot be true."""
    need = begun(desk, firm, amount=amount, months=months, purpose=purpose, use=use, latest=latest, wish=wish, security=security,
                 no_broker=no_broker)  # fmt: skip
    desk.note(Act.DRAFT_NEED, need, amount=amount, months=months, purpose=purpose)
    return need


def begun(
    desk: Desk, firm: Firm, *, amount: Fen, months: int, purpose: Purpose, use: str, latest: date, wish: Rate | None,
    security: Security, no_broker: bool,
) -> Need:  # fmt: skip
    """A need with its number that nobody has handed in yet; whoever calls notes the act."""
    use = _sound(desk, amount, months, latest, use=use, wish=wish, purpose=purpose)
    need = desk.add(
        Need(number=take_number(desk.session, Series.NEED, desk.today.year), firm_id=firm.id, amount=amount, months=months,
             purpose=purpose, use=use, latest=latest, drafted_on=desk.today, wish=wish, security=security, no_broker=no_broker)
    )  # fmt: skip
    desk.session.flush()
    return need


def edit(
    desk: Desk, need: Need, *, amount: Fen, months: int, purpose: Purpose, use: str, latest: date, wish: Rate | None = None,
    security: Security = Security.NONE, no_broker: bool = True,
) -> None:  # fmt: skip
    """Change a draft or a returned need; Impossible, WrongState."""
    use = _sound(desk, amount, months, latest, use=use, wish=wish, purpose=purpose)
    desk.take(Act.EDIT_NEED, need, amount=amount, months=months, purpose=purpose, use=Private(use))
    need.amount, need.months, need.purpose, need.use, need.latest = amount, months, purpose, use, latest
    need.wish, need.security, need.no_broker = wish, security, no_broker


def submit(desk: Desk, need: Need, *, promises: bool = False) -> None:
    """Hand the need in (提交需求), registration and all: the handling clock starts, in which the office also checks the licence.

    `promises`: the firm commits to hand in later what may come later. PromiseMissing, PromiseBarred where it lacks some;
    Incomplete, Impossible.
    """
    _sound(desk, need.amount, need.months, need.latest, use=need.use, wish=need.wish, purpose=need.purpose)
    handed_in(desk, need, Act.SUBMIT_NEED, promises=promises)
    _tell(desk, Act.SUBMIT_NEED, need, {"role": "officer"})


def handed_in(desk: Desk, need: Need, act: Act, *, promises: bool) -> None:
    """The need is in, by the firm itself or typed from its signed form: from today its clock runs."""
    if not need.no_broker:
        raise Impossible(fields=(rules.Wrong.BROKER,))
    has = papers.kinds(desk, need.firm_id)
    if missing := owed(has):
        raise Incomplete(papers=missing)
    later = promised.make(desk, need, desk.get(Firm, need.firm_id), has, promises=promises)
    desk.take(act, need, amount=need.amount, months=need.months, promised=later)
    need.submitted_on, need.reason = desk.today, ""
    clocks.start(desk, need, Step.HANDLING)


def withdraw(desk: Desk, need: Need) -> None:
    """Take the need back (撤回需求); banks that were let in see it no longer."""
    desk.take(Act.WITHDRAW_NEED, need)
    clocks.stop(desk, need)
    if need.submitted_on is not None:
        _tell(desk, Act.WITHDRAW_NEED, need, {"user": need.officer_id} if need.officer_id else {"role": "officer"})


def give_back(desk: Desk, need: Need, reason: str) -> None:
    """Return the need for correction, all reasons at once (退回补正); the clock stops until it is handed in again.

    ToldBefore for a point that a former return of this need named.
    """
    reason = passage(reason, "reason")
    if (point := returns.repeated(desk, need, reason)) is not None:
        raise ToldBefore(given=point[:60])
    desk.take(Act.RETURN_NEED, need, reason=Private(reason), points=returns.noted(reason))
    need.reason = reason
    clocks.stop(desk, need)
    _tell(desk, Act.RETURN_NEED, need, {"firm": need.firm_id})


def accept(desk: Desk, need: Need) -> None:
    """Take the need on (受理): whoever accepts it handles it from here. FirmUnconfirmed before the licence has been compared."""
    if desk.get(Firm, need.firm_id).state is not FirmState.CONFIRMED:
        raise FirmUnconfirmed(firm=need.firm_id)
    desk.take(Act.ACCEPT_NEED, need, **promised.accept(desk, need))
    need.officer_id, need.officer_name = desk.actor.id, desk.actor.name
    clocks.start(desk, need, Step.SCORING)
    _tell(desk, Act.ACCEPT_NEED, need, {"firm": need.firm_id})


def scored(desk: Desk, need: Need) -> None:
    """The need has been scored at this desk: the next step's clock starts, unless the need has ended or its case is on its way."""
    if need.state is rules.NeedState.SCORED:
        clocks.start(desk, need, Step.OPENING)
    _tell(desk, Act.ASSESS_NEED, need, {"firm": need.firm_id})


def back_to_scoring(desk: Desk, need: Need) -> None:
    """A second look sent the need back: what it missed is no longer held against it, and the scoring clock starts."""
    need.missed = []
    clocks.start(desk, need, Step.SCORING)


def filed_again(desk: Desk, need: Need) -> Need:
    """The same need once more, in its old turn, for a new score and a new vote: nothing is retyped, and what was sealed stands."""
    kept = (
        "firm_id",
        "amount",
        "months",
        "purpose",
        "use",
        "latest",
        "wish",
        "security",
        "no_broker",
        "submitted_on",
        "officer_id",
        "officer_name",
    )
    new = desk.add(
        Need(
            number=take_number(desk.session, Series.NEED, desk.today.year),
            drafted_on=desk.today,
            **{name: getattr(need, name) for name in kept},
        )
    )
    desk.session.flush()
    desk.follow(Act.REVIEW_CONTEST, new, again=need.number)
    clocks.start(desk, new, Step.SCORING)
    return new


def bounds(desk: Desk) -> rules.Bounds:
    """What today's figures allow a need to be."""
    today = desk.today
    return rules.Bounds(
        most=Fen(figure("product_cap_fen", today).value),
        working_capital=figure("working_capital_months", today).value,
        first=desk.calendar.after(today, figure("payout_least_days", today).value).day,
    )


def _sound(desk: Desk, amount: Fen, months: int, latest: date, *, use: str, wish: Rate | None, purpose: Purpose) -> str:
    allowed = bounds(desk)
    given: dict[str, Any] = {"use": use, "wish": wish, "purpose": purpose, "bounds": allowed}
    if wrong := rules.impossible(amount, months, latest, desk.today, **given):
        raise Impossible(fields=wrong, **allowed.facts())
    return passage(use, "use")


def _tell(desk: Desk, act: Act, need: Need, to: Mapping[str, object]) -> None:
    """Let those know who must; the journal's version of the need makes a second notice of the same act impossible."""
    once = f"{act}:{need.id}:{need.version}"
    desk.later("notice", once, to=dict(to), code=act.value, subject=need.id, number=need.number)
