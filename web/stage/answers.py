"""What the banks on stage answer, and what the firms choose: by the figures of the need, with a little chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from financing.access import SYSTEM, Actor
from financing.desk import Desk
from financing.matching import viewing
from financing.matching.model import Dossier, Match
from financing.matching.rules import MatchState
from financing.money import Fen, Rate
from financing.offers import opening
from financing.offers import service as offers
from financing.offers.costs import Charged, Terms
from financing.offers.model import Offer
from financing.offers.rules import Charge, DeclineCode, OfferState
from financing.parties.model import Product
from scoring.dated import series
from scoring.repayment import Repayment
from web.stage.road import Stage

REASONS = (
    (DeclineCode.VOLUME, "own", "下季度首月重新提交，优先安排。"),
    (DeclineCode.AMOUNT, "amount", "金额调整到 100 万元以内可再议。"),
    (DeclineCode.CASH_FLOW, "industry", "补充最近六个月的银行流水。"),
)


def answer(stage: Stage, matches: Sequence[int], random: Random, now: datetime) -> None:
    """Every bank that was let in opens the dossier and answers, most with an offer."""
    for n, key in enumerate(matches):
        with stage.desk(stage.cast.officer, now) as here:
            match = here.get(Match, key)
        if match.state is MatchState.SENT:
            with stage.desk(stage.cast.bankers[match.bank_id], now + timedelta(minutes=n)) as here:
                _answer(here, here.get(Match, key), random)


def _answer(here: Desk, match: Match, random: Random) -> None:
    dossier = here.find(Dossier, Dossier.need_id == match.need_id)
    if dossier is None:
        return
    viewing.open_dossier(here, dossier)
    if random.random() < 0.25:
        code, rests_on, would_change = REASONS[random.randrange(len(REASONS))]
        offers.decline(here, match, code=code, rests_on=rests_on, would_change=would_change)
    elif random.random() < 0.97:
        _offer(here, match, dossier, random)


def bid(here: Desk, match: Match, random: Random) -> None:
    """A bank reads the dossier and makes an offer."""
    dossier = here.find(Dossier, Dossier.need_id == match.need_id)
    if dossier is not None:
        viewing.open_dossier(here, dossier)
        _offer(here, match, dossier, random)


def _offer(here: Desk, match: Match, dossier: Dossier, random: Random) -> None:
    until = here.today + timedelta(days=45)
    offers.offer(
        here,
        match,
        _terms(here, match, dossier, random),
        offers.Promise(
            valid_until=until,
            drawdown_on=here.today + timedelta(days=random.choice((7, 10, 15))),
            conditions="签约前补充股东会决议；按季报送报表。",
            secured_by="园区担保公司保证；实际控制人连带责任；无抵押。",
            prepayment="可随时提前还款，不收违约金。",
        ),
    )


def _terms(here: Desk, match: Match, dossier: Dossier, random: Random) -> Terms:
    product = here.get(Product, match.product_id)
    rate = Rate(series("lpr").on(here.today)["one_year"] + product.spread.ppm)
    repayment = (Repayment.INTEREST_ONLY, Repayment.EQUAL_INSTALMENTS, Repayment.EQUAL_PRINCIPAL)[random.randrange(3)]
    amount = dossier.amount if random.random() < 0.8 else dossier.amount.at(Rate.percent(80))
    notary = Charged(Charge.NOTARY, Fen.yuan(random.choice((0, 0, 600, 1_200))), "示范公证处")
    charges = (notary,) if notary.amount else ()
    return Terms(amount, dossier.months, rate, repayment, Rate.percent("0.8"), charges)


def choose(stage: Stage, firm: Actor, matches: Sequence[int], number: int, now: datetime) -> None:
    """The offers open, and the firm takes the cheapest; one in six is still thinking."""
    if not matches or number % 6 == 5:
        return
    with stage.desk(SYSTEM, now) as here:
        for need in {here.get(Match, key).need_id for key in matches}:
            opening.open_all(here, need)
    with stage.desk(firm, now) as here:
        made = here.all(
            Offer, Offer.match_id.in_(list(matches)), Offer.state == OfferState.MADE, by=Offer.effective_cost
        )
        if made:
            offers.accept(here, made[0])
