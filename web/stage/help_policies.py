"""Policies on stage: national examples and one of the zone's own in force, a subsidy paid, one made public, one that waits, a question answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from financing.access import Actor
from financing.desk import Desk
from financing.money import Fen
from financing.parties.model import Firm
from financing.policies import claims, facts, questions, service
from financing.policies.claim_model import PolicyClaim
from financing.policies.examples import enter, examples
from financing.policies.model import Policy, PolicyClause, PolicyQuestion
from financing.policies.rules import Benefit, ClaimState, ClauseState, Level, PolicyState, Route
from financing.policies.service import Told, Written
from web.stage.player import Player
from web.stage.road import Stage

#: What three firms spent on research, in 万元, and of it the shares that are subsidised: one is paid, one made public, one waits.
SPENT = (80, 120, 45)
QUESTION = "研发费用辅助账还没有做，只有税务申报表，能不能先报？"
ANSWER = "可以先按企业所得税申报表填报，核定时再补研发费用辅助账；补助以辅助账为准。"


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime]
) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
    """Entered, published by another officer, stated, applied for, granted, made public, paid by two."""
    yield day(27, 9), lambda now: write(stage, now)
    yield day(27, 15), lambda now: publish(stage, now)
    yield day(25, 10), lambda now: state(stage, now, players)
    yield day(24, 10), lambda now: apply(stage, now, players[:2])
    yield day(23, 9), lambda now: ask(stage, now, players)
    yield day(22, 9), lambda now: grant(stage, now, 1)
    yield day(21, 9), lambda now: answer(stage, now)
    yield day(9, 9), lambda now: put_forward(stage, now)
    yield day(8, 10), lambda now: pay(stage, now)
    yield day(2, 9), lambda now: grant(stage, now, 1)
    yield day(1, 14), lambda now: apply(stage, now, players[2:3])


def own(now: datetime) -> tuple[Told, Written]:
    """The zone's own measure, with a window that is open and a budget."""
    first, last = date(now.year, 1, 1), now.date() + timedelta(days=320)
    told = Told(
        "园区企业研发费用补助办法", f"示范园管发〔{now.year}〕3号", Level.ZONE, "示范经济开发区管委会", "经济发展局", "0790-0000000",
        date(now.year, 1, 10), first, last, f"示范经济开发区公报 {now.year} 年第 1 期", "A",
        "园区内中小微企业按上年研发费用的10%补助，单户最高20万元，每年申报一次。",
    )  # fmt: skip
    terms = {
        "conditions": [{"fact": "size", "is": "one_of", "value": ["medium", "small", "micro"]}],
        "amount": {"rule": "share", "base": "rd_expense", "ppm": 100_000, "cap": Fen.wan(20).fen},
        "windows": [{"opens": now.date() - timedelta(days=5), "closes": now.date() + timedelta(days=40)}],
    }
    says = "按上年可加计扣除的研发费用的10%补助，最高20万元。"
    written = Written(
        "研发费用补助10%", says, Benefit.SUBSIDY, Route.QUICK, ("研发费用辅助账", "上年度企业所得税申报表"), terms, budget=Fen.wan(300),
    )  # fmt: skip
    return told, written


def write(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        told, written = own(now)
        policy = service.enter(here, told)
        service.write(here, policy, written)
        service.propose(here, policy)
        for key in examples():
            service.propose(here, enter(here, key))


def publish(stage: Stage, now: datetime) -> None:
    """The other officer publishes what still holds; what is over waits to be checked."""
    with stage.desk(stage.cast.second, now) as here:
        for policy in here.all(Policy, Policy.state == PolicyState.PROPOSED, by=Policy.number):
            if policy.until is None or policy.until >= here.today:
                service.adopt(here, policy)


def _firms(players: Sequence[Player]) -> list[Actor]:
    return [one.actor for one in players if one.actor.firm_id]


def _research(here: Desk) -> PolicyClause:
    found = here.find(PolicyClause, PolicyClause.title == "研发费用补助10%", PolicyClause.state == ClauseState.IN_FORCE)
    assert found is not None  # noqa: S101  it was published
    return found


def state(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    """Firms say what only they know; some say more than others."""
    for number, firm in enumerate(_firms(players)[:8]):
        given: dict[str, object] = {
            "rd_expense": Fen.wan(SPENT[number % 3]), "private_firm": True, "high_tech": number % 2 == 0,
            "graduates_hired": number, "taxable_income": Fen.wan(60 + 30 * number),
        }  # fmt: skip
        with stage.desk(firm, now + timedelta(minutes=number)) as here:
            facts.state(here, here.get(Firm, firm.firm_id or 0), given)


def apply(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    for number, firm in enumerate(_firms(players)):
        with stage.desk(firm, now + timedelta(minutes=number)) as here:
            clause, mine = _research(here), here.get(Firm, firm.firm_id or 0)
            spent = facts.known(here, mine)["rd_expense"]
            assert isinstance(spent, int)  # noqa: S101  it was stated
            claims.apply(here, clause, mine, Fen(min(spent // 10, Fen.wan(20).fen)), note="见随附的研发费用辅助账。")


def _first(here: Desk, state: ClaimState) -> PolicyClaim | None:
    return next(iter(here.all(PolicyClaim, PolicyClaim.state == state, by=PolicyClaim.number)), None)


def grant(stage: Stage, now: datetime, most: int) -> None:
    """The officer grants the first that waits and shows it to everybody."""
    for _ in range(most):
        with stage.desk(stage.cast.officer, now) as here:
            claim = _first(here, ClaimState.APPLIED)
            if claim is not None and claim.applied is not None:
                claims.review(here, claim, claim.applied)
                claims.publicise(here, claim)


def put_forward(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        if claim := _first(here, ClaimState.PUBLICISED):
            claims.ask_payment(here, claim, f"惠企付{now.year}-018")


def pay(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.second, now) as here:
        if claim := _first(here, ClaimState.PAYING):
            claims.pay(here, claim)


def ask(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    for firm in _firms(players)[3:4]:
        with stage.desk(firm, now) as here:
            policy = here.get(Policy, _research(here).policy_id)
            questions.ask(here, policy, here.get(Firm, firm.firm_id or 0), QUESTION)


def answer(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        for asked in here.all(PolicyQuestion, by=PolicyQuestion.asked_at):
            questions.answer(here, asked, QUESTION, ANSWER)
