"""A zone for figures: what is done goes through a desk, and a plain list of it is kept beside."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from financing.access import Actor, Role
from financing.acts import Act
from financing.figures.rules import Asked
from financing.journal import Line
from financing.matching.model import Match
from financing.money import Fen, Rate
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Decline, Offer
from financing.offers.reversal_model import Reversal
from financing.offers.rules import DeclineCode, OfferState, ReversalState
from scoring.repayment import Repayment
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_product, an_opening, at, writing

LEADER, OFFICER = Actor(1, Role.LEADER), Actor(2, Role.OFFICER)
ROAD = (
    Act.SUBMIT_NEED,
    Act.ACCEPT_NEED,
    Act.ASSESS_NEED,
    Act.APPROVE_CASE,
    Act.SEND_DOSSIER,
    Act.MAKE_OFFER,
    Act.ACCEPT_OFFER,
)


def of_days(since: date, until: date, **narrow: str) -> Asked:
    return Asked(since, until, TODAY, **narrow)


YEAR = of_days(date(2026, 1, 1), date(2026, 12, 31))


class Zone:
    """Needs that come so far, a day more or less between their steps."""

    def __init__(self, database):
        self.database = database
        self.events = []
        with writing(database) as session:
            self.bank = a_bank(session)
            self.product = a_product(session, self.bank)

    def firm(self, **facts):
        with writing(self.database) as session:
            return a_firm(session, **{"registered_at": NOW - timedelta(days=100), **facts})

    def need(self, firm, steps, pauses, wan=100, start=None):
        """A need of `firm` that takes the first so many steps of the road, so many days after one another."""
        with writing(self.database) as session:
            need = a_need(session, firm, amount=Fen.wan(wan))
        moment = start or NOW - timedelta(days=90)
        for act, pause in zip(ROAD[:steps], pauses, strict=False):
            moment += timedelta(days=pause)
            self.journalled(act, need, moment)
        return need

    def journalled(self, act, need, moment):
        self.then(moment, lambda desk: desk.lines.append(Line(act, "Need", need.id, firm_id=need.firm_id)))

    def then(self, moment: datetime, do):
        """Something that is done at a desk at a moment."""
        self.events.append((moment, len(self.events), do))

    def play(self):
        """Do what is to happen in the order of time: the journal's clock never goes back."""
        for moment, _, do in sorted(self.events, key=lambda event: event[:2]):
            with at(self.database, OFFICER, moment) as desk:
                do(desk)
        self.events.clear()

    def match(self, session, need, bank=None):
        match = Match(need_id=need.id, firm_id=need.firm_id, bank_id=(bank or self.bank).id, product_id=self.product.id, fit=1,
                      reasons=[], proposed_on=TODAY)  # fmt: skip
        session.add(match)
        session.flush()
        return match

    def declined(self, need, moment):
        """A bank says no, as the service writes it."""

        def do(desk):
            bank = a_bank(desk.session)
            match = self.match(desk.session, need, bank)
            desk.session.add(Decline(match_id=match.id, need_id=need.id, firm_id=need.firm_id, bank_id=bank.id, code=DeclineCode.DEBT,
                                     rests_on="x", would_change="y", at=desk.now, by=1))  # fmt: skip
            desk.lines.append(Line(Act.DECLINE_NEED, "Match", match.id))

        self.then(moment, do)

    def offer(self, need, wan=100, percent=4, state=OfferState.ACCEPTED, secured=""):
        """An offer on file, for the figures of terms and for money to go out under."""
        with writing(self.database) as session:
            match, opening = self.match(session, need), an_opening(session, need)
            offer = Offer(match_id=match.id, opening_id=opening.id, need_id=need.id, firm_id=need.firm_id, bank_id=self.bank.id, amount=Fen.wan(wan),
                          months=12, rate=Rate.percent(percent), repayment=Repayment.BULLET, guarantee_fee=Rate(0), fees=Fen(0),
                          conditions="", valid_until=TODAY, simple_cost=Rate(0), nominal_cost=Rate(0), effective_cost=Rate(0),
                          made_at=NOW, made_by=1, state=state, secured_by=secured)  # fmt: skip
            session.add(offer)
            return offer

    def paid(self, offer, moment, wan, paid_on=None):
        """Money goes out, as the service writes it."""

        def do(desk):
            before = [
                each.amount.fen for each in desk.session.scalars(select(Drawdown).where(Drawdown.offer_id == offer.id))
            ]
            desk.session.add(Drawdown(offer_id=offer.id, need_id=offer.need_id, firm_id=offer.firm_id, bank_id=offer.bank_id,
                                      number=len(before) + 1, paid_on=paid_on or desk.today, amount=Fen.wan(wan), before=Fen(sum(before)),
                                      offered=offer.amount, rate=offer.rate, offered_rate=offer.rate, added="", worse=False, by=1, at=desk.now))  # fmt: skip
            desk.lines.append(Line(Act.REPORT_DRAWDOWN, "Offer", offer.id))

        self.then(moment, do)

    def taken_back(self, offer, number, moment):
        """A report of money turns out wrong, and a second person has confirmed that."""

        def do(desk):
            mine = (Drawdown.offer_id == offer.id, Drawdown.number == number)
            drawdown = desk.session.scalars(select(Drawdown).where(*mine)).one()
            reversal = Reversal(drawdown_id=drawdown.id, outcome_id=None, firm_id=offer.firm_id, bank_id=offer.bank_id, why="填错",
                                asked_at=desk.now, asked_by=1, asker="甲", state=ReversalState.CONFIRMED, confirmed_at=desk.now,
                                confirmed_by=2, confirmer="乙")  # fmt: skip
            desk.session.add(reversal)
            desk.session.flush()
            desk.lines.append(Line(Act.CONFIRM_REVERSAL, "Reversal", reversal.id))

        self.then(moment, do)
