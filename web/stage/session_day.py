"""Sessions on stage: who is invited and answers, who comes, what banks say at their tables, and what has come of it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from financing.access import SYSTEM, Actor
from financing.commitments import reversals
from financing.commitments import service as commitments
from financing.commitments.rules import Stage as Step
from financing.commitments.service import News
from financing.desk import Desk
from financing.forums import clock, inviting
from financing.forums import service as forums
from financing.forums.day_model import Guest, Intent, RoundClock
from financing.forums.day_rules import Reply, Said
from financing.forums.intents import Word, record
from financing.forums.model import ForumSession, Talk
from financing.matching.model import Dossier, Match
from financing.matching.rules import MatchState
from financing.money import Fen, Rate
from financing.offers import claims, drawdowns
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties.model import Bank, Firm
from financing.refusals import Refusal
from web.stage import answers
from web.stage.road import Stage

#: Of ten talks, what a bank says.
SAYS = (Said.INTENDS,) * 6 + (Said.WANTS_PAPERS,) * 3 + (Said.NOT,)


def invite(stage: Stage, now: datetime, session: int, firms: Mapping[int, Actor], *, whole: bool) -> None:
    """Everybody is invited; with a session behind us all have answered, ahead of us some have not yet."""
    with stage.desk(stage.cast.officer, now) as here:
        held = here.get(ForumSession, session)
        if not forums.seats(here, held):
            return
        inviting.invite(here, held)
        guests = _guests(here, session)
    banks = list(stage.cast.banks)
    for n, guest in enumerate(guests):
        actor = stage.cast.bankers[guest.bank_id] if guest.bank_id else firms[guest.firm_id or 0]
        place = banks.index(guest.bank_id) if guest.bank_id else n
        if whole or place % 3 != 2:
            with stage.desk(actor, now + timedelta(hours=2, minutes=n)) as here:
                inviting.answer(here, here.get(Guest, guest.id), _answer(guest, place, whole=whole))


def _guests(here: Desk, session: int) -> list[Guest]:
    """Banks by name, then firms by code: the same order each time, though ids and codes are random."""
    names = {bank.id: bank.name for bank in here.all(Bank)} | {firm.id: firm.code for firm in here.all(Firm)}
    found = here.all(Guest, Guest.session_id == session)
    return sorted(found, key=lambda guest: (guest.bank_id is None, names[guest.bank_id or guest.firm_id or 0]))


def _answer(guest: Guest, place: int, *, whole: bool) -> inviting.Answer:
    if not whole and place == 4:
        return inviting.Answer(coming=False, why="当日有上级行检查，改派线上联系。")
    person = ("陈行长", "林经理", "黄主任", "罗经理")[place % 4] if guest.bank_id else "法定代表人"
    power = Fen.wan((500, 300, 1000, 200)[place % 4]) if guest.bank_id else None
    return inviting.Answer(coming=True, person=person, power=power, shown=bool(guest.firm_id) and place % 2 == 0)


def hold(stage: Stage, now: datetime, session: int, random: Random) -> None:
    """The morning: people come, rounds are called, banks speak at their tables; then it is over."""
    with stage.desk(stage.cast.officer, now) as here:
        held = here.get(ForumSession, session)
        for n, guest in enumerate(_guests(here, session)):
            if guest.reply is Reply.COMING and n % 9 != 8:
                inviting.arrive(here, held, guest.code)
        forums.open_session(here, held)
        here.session.flush()
        turned = here.find(RoundClock, RoundClock.session_id == session)
        rounds = {talk.round for talk in here.all(Talk, Talk.session_id == session)}
    for number in range(max(rounds, default=0)):
        with stage.desk(stage.cast.officer, now + timedelta(minutes=30 + 20 * number)) as here:
            turn = clock.next_round if number else clock.start
            turn(here, here.get(RoundClock, turned.id if turned else 0))
    for bank, banker in stage.cast.bankers.items():
        with stage.desk(banker, now + timedelta(hours=3)) as here:
            for talk in here.all(Talk, Talk.session_id == session, Talk.bank_id == bank, by=Talk.round):
                _speak(here, talk, SAYS[random.randrange(len(SAYS))])
    with stage.desk(stage.cast.officer, now + timedelta(hours=4)) as here:
        forums.close_session(here, here.get(ForumSession, session))


def _speak(here: Desk, talk: Talk, said: Said) -> None:
    dossier = here.find(Dossier, Dossier.firm_id == talk.firm_id)
    amount = dossier.amount if dossier and said is Said.INTENDS else None
    word = Word(Said.WANTS_PAPERS if said is Said.INTENDS and amount is None else said, amount)
    with suppress(Refusal):  # the firm has withdrawn its consent since the timetable was made
        record(here, talk, word)


def claim(stage: Stage, now: datetime, matches: Sequence[int]) -> None:
    """The need is claimed by the bank it suits best, if that bank has the dossier."""
    for key in matches[:1]:
        with stage.desk(SYSTEM, now) as here:
            match = here.get(Match, key)
        if match.state is MatchState.SENT:
            with stage.desk(stage.cast.bankers[match.bank_id], now) as here:
                claims.claim(here, here.get(Match, key))


def bid(stage: Stage, now: datetime, matches: Sequence[int], random: Random) -> None:
    """One bank hands in an offer, which stays under seal while the others are waited for."""
    for key in matches[:1]:
        with stage.desk(SYSTEM, now) as here:
            match = here.get(Match, key)
        if match.state is MatchState.SENT:
            with stage.desk(stage.cast.bankers[match.bank_id], now) as here:
                answers.bid(here, here.get(Match, key), random)


def pay_out(stage: Stage, now: datetime, matches: Sequence[int], number: int) -> None:
    """The bank of the chosen offer reports what it has paid: all, a half, or nothing yet."""
    with stage.desk(SYSTEM, now) as here:
        chosen = here.find(Offer, Offer.match_id.in_(matches), Offer.state == OfferState.ACCEPTED)
    if chosen is None or number % 4 == 3:
        return
    amount = chosen.amount if number % 2 else chosen.amount.at(Rate.percent(50))
    with stage.desk(stage.cast.bankers[chosen.bank_id], now) as here:
        drawdowns.report(here, here.get(Offer, chosen.id), paid_on=here.today, amount=amount, rate=chosen.rate)


def follow(stage: Stage, now: datetime, session: int) -> None:
    """Banks are asked at the marks that have come; some say where the others stand, one has made a slip and says so."""
    with stage.desk(SYSTEM, now) as here:
        commitments.follow_up(here)
        intents = here.all(Intent, Intent.session_id == session, Intent.said == Said.INTENDS)
        lent = commitments.loans(here, intents)
    open_ = [intent for intent in intents if intent.id not in lent]
    open_.sort(key=lambda intent: (stage.cast.banks[intent.bank_id], intent.round))
    for n, intent in enumerate(open_):
        news = _news(now, intent, n)
        if news is None:
            continue
        with suppress(Refusal), stage.desk(stage.cast.bankers[intent.bank_id], now + timedelta(minutes=n)) as here:
            commitments.report(here, here.get(Intent, intent.id), news)


def _news(now: datetime, intent: Intent, n: int) -> News | None:
    today = now.date()
    if n % 5 == 0:
        return News(Step.CONTRACT, today, intent.amount, f"HT{today.year}-{n + 1:03d}")
    if n % 5 == 1:
        return News(Step.PENDING, today, said="等待上级行批复额度。")
    if n % 5 == 2:
        return News(Step.DROPPED, today, said="企业已选定另一家银行。")
    return None


def slip(stage: Stage, now: datetime, session: int) -> None:
    """One bank asks to take a report back; an officer has yet to confirm."""
    with stage.desk(SYSTEM, now) as here:
        rounds = {intent.id: intent.round for intent in here.all(Intent, Intent.session_id == session)}
        told = [one for one in commitments.counting(here, list(rounds)) if one.stage is Step.CONTRACT]
    for report in sorted(told, key=lambda one: (stage.cast.banks[one.bank_id], rounds[one.intent_id]))[:1]:
        with stage.desk(stage.cast.bankers[report.bank_id], now) as here:
            reversals.ask(here, reversals.reported(here, report.id), "合同金额填错，应扣除已撤销的设备款部分。")
