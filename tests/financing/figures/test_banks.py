"""The scoreboard against what was really done, counted again by plain SQL and by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from sqlalchemy import select, text

from financing.access import Actor, Role
from financing.acts import Act
from financing.conduct.model import ConductCase
from financing.conduct.rules import ConductOutcome, ConductState, Practice, Source
from financing.figures import banks
from financing.figures.bank_rules import OF_DOSSIERS, UNRECORDED, Measure
from financing.journal import Clue, Line, append
from financing.matching.model import Match
from financing.matching.rules import MatchState as S
from financing.money import Fen, Rate
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Decline, Offer
from financing.offers.rules import DeclineCode
from financing.refusals import NotFound
from scoring.repayment import Repayment
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_product, an_opening, at, writing

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LEADER, OFFICER = Actor(1, Role.LEADER), Actor(2, Role.OFFICER)
SENT = date(2026, 9, 7)  # a Monday; the national holiday begins in October


class Zone:
    """Dossiers sent to banks and what came of them."""

    def __init__(self, database):
        self.database = database

    def bank(self, **facts):
        with writing(self.database) as session:
            bank = a_bank(session, **facts)
            self.product = a_product(session, bank)
        return bank

    def sent(self, bank, state, *, after=None, cost=None, due=30, sent=SENT, sealed=False):
        """One dossier; answered so many days `after` it was sent, by an offer of this yearly `cost` or by a decline."""
        with writing(self.database) as session:
            firm = a_firm(session)
            need = a_need(session, firm)
            match = Match(
                need_id=need.id, firm_id=firm.id, bank_id=bank.id, product_id=self.product.id, fit=60, reasons=[],
                proposed_on=sent, sent_on=sent, due_on=sent + timedelta(days=due), state=state,
            )  # fmt: skip
            session.add(match)
            session.flush()
            moment = NOW - (TODAY - sent) + timedelta(days=after or 0)
            owner = {"match_id": match.id, "need_id": need.id, "firm_id": firm.id, "bank_id": bank.id}
            if cost is not None:
                opening = an_opening(session, need)
                self._offers(session, owner | {"opening_id": opening.id}, cost, moment)
                session.flush()
                opening.opened_at = None if sealed else NOW
            elif after is not None:
                code = DeclineCode.CASH_FLOW
                session.add(Decline(**owner, code=code, rests_on="", would_change="", at=moment, by=1))
        if cost is not None:
            with at(self.database, OFFICER, moment) as desk:
                desk.lines.append(Line(Act.MAKE_OFFER, "Match", match.id))
        return match

    def pays(self, match, *, worse):
        """The whole loan paid out, at the rate of the offer or above it."""
        offered = Rate.percent("3.6")
        with writing(self.database) as session:
            offer = session.scalars(select(Offer).where(Offer.match_id == match.id)).one()
            owner = {name: getattr(offer, name) for name in ("need_id", "firm_id", "bank_id")}
            session.add(
                Drawdown(
                    **owner, offer_id=offer.id, number=1, paid_on=TODAY, amount=offer.amount, before=Fen(0),
                    offered=offer.amount, rate=Rate.percent(5) if worse else offered, offered_rate=offered, added="",
                    worse=worse, by=1, at=NOW,
                )
            )  # fmt: skip

    @staticmethod
    def _offers(session, owner, cost, moment):
        session.add(
            Offer(
                **owner, amount=Fen.wan(100), months=12, rate=Rate.percent("3.6"), repayment=Repayment.INTEREST_ONLY,
                guarantee_fee=Rate(0), fees=Fen(0), conditions="", valid_until=TODAY, simple_cost=cost, nominal_cost=cost,
                effective_cost=cost, made_at=moment, made_by=1,
            )
        )  # fmt: skip


@pytest.fixture
def zone(database):
    return Zone(database)


@pytest.fixture
def bank(zone):
    """Two offers, a decline in time, one too late, silence, and two that ended before anybody had to answer."""
    bank = zone.bank(name="信江农商银行")
    zone.sent(bank, S.CHOSEN, after=1, cost=Rate.percent("4.1"))
    zone.sent(bank, S.PASSED_OVER, after=4, cost=Rate.percent("4.5"))
    zone.sent(bank, S.DECLINED, after=8)
    zone.sent(bank, S.DECLINED, after=31)
    zone.sent(bank, S.SENT)
    zone.sent(bank, S.WITHDRAWN)
    zone.sent(bank, S.PASSED_OVER)
    zone.sent(bank, S.SENT, sent=date(2026, 11, 16))
    return bank


def numbers(zone, bank, actor=OFFICER):
    with at(zone.database, actor, write=False) as desk:
        return banks.sheet(desk, bank.id, *YEAR)


def test_every_number_is_what_was_done_out_of_how_many(zone, bank):
    line = numbers(zone, bank).line
    found = {measure: (one.value, one.of) for measure, one in line.scores.items()}
    assert line.received == 8
    # Tuesday, Friday, the Tuesday after; 8 October is 31 days on: 17 days of work to 30 September, and the 8th itself.
    assert found[Measure.ANSWER_TIME] == (median([1, 4, 6, 19]), 4)
    assert found[Measure.SILENCE] == (400_000, 5)
    assert found[Measure.WIN_RATE] == (500_000, 2)
    assert found[Measure.COST] == (43_000, 2)
    assert all(one.few for one in line.scores.values() if one.of)


def test_what_was_paid_out_and_what_came_dearer_than_offered(zone):
    bank = zone.bank()
    for worse in (None, False, True):
        match = zone.sent(bank, S.CHOSEN, after=1, cost=Rate.percent(4))
        if worse is not None:
            zone.pays(match, worse=worse)
    scores = numbers(zone, bank).line.scores
    assert (scores[Measure.PAY_OUT].value, scores[Measure.PAY_OUT].of) == (666_667, 3)
    assert (scores[Measure.RETRADES].value, scores[Measure.RETRADES].of) == (500_000, 2)


def test_what_nobody_reports_has_no_number_and_is_never_nought(zone, bank):
    scores = numbers(zone, bank).line.scores
    assert {(scores[measure].value, scores[measure].of) for measure in UNRECORDED} == {(None, 0)}


def test_F76_plain_sql_over_the_raw_rows_gives_the_same_silence_and_the_same_wins(zone, bank):
    late = text(
        "SELECT count(*) FROM match m LEFT JOIN decline d ON d.match_id = m.id LEFT JOIN offer o ON o.match_id = m.id "
        "WHERE m.bank_id = :bank AND m.due_on < :today AND o.id IS NULL AND "
        "(d.id IS NULL AND m.state = 'sent' OR d.at > :end)"
    )
    won = text(
        "SELECT count(*) FROM match m JOIN offer o ON o.match_id = m.id WHERE m.bank_id = :bank AND m.state = 'chosen'"
    )
    end = NOW - (TODAY - SENT) + timedelta(days=30)
    with writing(zone.database) as session:
        bound = {"bank": bank.id, "today": TODAY.isoformat() if "sqlite" in str(session.bind.url) else TODAY}
        bound["end"] = end.replace(tzinfo=None).isoformat(" ") if "sqlite" in str(session.bind.url) else end
        silent, wins = session.execute(late, bound).scalar_one(), session.execute(won, bound).scalar_one()
    scores = numbers(zone, bank).line.scores
    assert Decimal(silent) / 5 == Decimal(scores[Measure.SILENCE].value) / 1_000_000
    assert Decimal(wins) / 2 == Decimal(scores[Measure.WIN_RATE].value) / 1_000_000


def test_the_cases_behind_a_number_are_its_denominator(zone, bank):
    for measure in OF_DOSSIERS:
        with at(zone.database, OFFICER, write=False) as desk:
            found = banks.behind(desk, bank.id, measure, *YEAR)
        assert len(found.shown) + found.unnamed == numbers(zone, bank).line.scores[measure].of


def test_I19_a_bank_reads_its_own_numbers_and_no_other_bank_s(zone, bank):
    rival = zone.bank()
    zone.sent(rival, S.DECLINED, after=2)
    own, other = Actor(7, Role.BANKER, bank_id=bank.id), Actor(8, Role.BANK_ADMIN, bank_id=rival.id)
    assert numbers(zone, bank, own).line.received == 8
    with at(zone.database, other, write=False) as desk:
        for read in (banks.sheet, lambda *asked: banks.behind(*asked[:2], Measure.SILENCE, *asked[2:])):
            with pytest.raises(NotFound):
                read(desk, bank.id, *YEAR)
        with pytest.raises(NotFound):
            banks.board(desk, *YEAR)


def test_I19_the_median_of_other_banks_needs_five_of_them(zone, bank):
    own = Actor(7, Role.BANKER, bank_id=bank.id)
    for days in (1, 2, 3, 4):
        zone.sent(zone.bank(), S.DECLINED, after=days)
    assert numbers(zone, bank, own).others[Measure.ANSWER_TIME] is None
    zone.sent(zone.bank(), S.DECLINED, after=8)
    assert numbers(zone, bank, own).others[Measure.ANSWER_TIME] == median([1, 2, 3, 4, 6])


def test_I10_a_bank_finds_no_case_whose_consent_it_does_not_hold(zone, bank):
    with at(zone.database, Actor(7, Role.BANKER, bank_id=bank.id), write=False) as desk:
        found = banks.behind(desk, bank.id, Measure.ANSWER_TIME, *YEAR)
    assert (found.shown, found.unnamed) == ((), 4)


def test_a_leader_sees_no_list_of_fewer_than_five_firms_and_never_a_name(zone, bank):
    with at(zone.database, LEADER, write=False) as desk:
        assert banks.behind(desk, bank.id, Measure.ANSWER_TIME, *YEAR) is None
        found = banks.behind(desk, bank.id, Measure.SILENCE, *YEAR)
    assert {(case.dossier_id, case.number, case.firm) for case in found.shown} == {(None, "", "")}
    assert sum(case.struck for case in found.shown) == 2


def test_a_new_offer_does_not_make_the_first_answer_later(zone):
    bank = zone.bank()
    zone.sent(bank, S.OFFERED, after=1, cost=Rate.percent(4))
    assert numbers(zone, bank).line.scores[Measure.ANSWER_TIME].value == 1


def test_I21_an_offer_under_seal_moves_no_number_of_anybody_s(zone, bank):
    before = {actor: numbers(zone, bank, actor).line for actor in (OFFICER, LEADER)}
    zone.sent(bank, S.OFFERED, after=2, cost=Rate.percent(9), sealed=True)
    assert {actor: numbers(zone, bank, actor).line for actor in before} == before


def stood(zone, now=NOW):
    with at(zone.database, LEADER, now, write=False) as desk:
        pass
    return banks.stood(zone.database, desk, *YEAR)


def board(zone):
    with at(zone.database, LEADER, write=False) as desk:
        return banks.board(desk, *YEAR)


def test_the_board_that_is_kept_says_what_the_live_one_says_and_is_made_anew_after_a_while(zone, bank):
    other = zone.bank(name="都昌农商银行")
    zone.sent(other, S.CHOSEN, after=1, cost=Rate.percent("4.1"))
    found, live = stood(zone), board(zone)
    assert (list(found.lines), found.at) == (live, NOW)
    zone.sent(other, S.DECLINED, after=2)  # without a line in the journal: nothing has happened
    assert stood(zone, NOW + timedelta(hours=1)) == found
    with writing(zone.database) as session:
        append(session, OFFICER, NOW + timedelta(hours=1), Clue(), [Line(Act.SEND_DOSSIER, "Need", 1)])
    again = stood(zone, NOW + timedelta(hours=1))
    assert list(again.lines) == board(zone) != live
    assert again.at == NOW + timedelta(hours=1)


def test_the_numbers_of_one_bank_are_those_it_has_on_the_board(zone, bank):
    zone.sent(zone.bank(name="都昌农商银行"), S.CHOSEN, after=1, cost=Rate.percent("4.1"))
    with at(zone.database, OFFICER, write=False) as desk:
        line = next(line for line in banks.board(desk, *YEAR) if line.bank_id == bank.id)
        assert banks.sheet(desk, bank.id, *YEAR).line == line
        for measure in OF_DOSSIERS:
            cases = banks.behind(desk, bank.id, measure, *YEAR)
            assert len(cases.shown) + cases.unnamed == line.scores[measure].of


def test_whoever_reads_no_figures_is_given_no_kept_board(zone):
    with at(zone.database, Actor(3, Role.ADMIN), write=False) as desk, pytest.raises(NotFound):
        banks.stood(zone.database, desk, *YEAR)


def test_breaches_are_those_of_quarters_that_are_over_and_nothing_paid_is_no_rate(zone, bank):
    rows = [  # source, outcome, day of registration; only the first counts
        (ConductOutcome.WARNED, date(2026, 8, 3)), (ConductOutcome.UNFOUNDED, date(2026, 8, 3)), (ConductOutcome.WARNED, TODAY),
    ]  # fmt: skip
    with writing(zone.database) as session:
        for number, (outcome, on) in enumerate(rows):
            session.add(
                ConductCase(
                    number=f"WG2026-{number:04d}", practice=Practice.BUNDLED, source=Source.DETECTION, against_id=bank.id,
                    report_id=None, firm_id=None, subject_id=None, facts={}, received_on=on, begin_by=TODAY, answer_by=TODAY,
                    outcome=outcome, closed_on=TODAY, state=ConductState.CLOSED,
                )
            )  # fmt: skip
    for actor in (OFFICER, LEADER, Actor(7, Role.BANKER, bank_id=bank.id)):
        scores = numbers(zone, bank, actor).line.scores
        assert (scores[Measure.BREACHES].value, scores[Measure.COMPENSATED].value) == (1, None)
