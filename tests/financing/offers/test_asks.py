"""What a bank may ask for, how often, and whose days are counted meanwhile (F89, F90)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.answer_refusals import (
    AlreadyOnFile,
    AskedStill,
    AskOver,
    FigureMissing,
    NoteMissing,
    OldPaper,
    OtherPaper,
)
from financing.figures import banks
from financing.figures.bank_rules import Measure
from financing.journal import Entry
from financing.matching.model import Consent, Match, Viewing
from financing.matching.rules import MatchState
from financing.notices.model import Notice
from financing.offers import asks, held
from financing.offers.ask_model import ClockPause, ItemAsk
from financing.offers.ask_rules import AGEING, ENDING, AskState, Item, due, fresh
from financing.offers.claim_model import Claim, Silence
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import Item as Agreed
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.financing.offers.test_claims import claimed
from tests.financing.offers.test_service import accepted, declined, offered, opened, sent
from tests.makers import NOW, TODAY, a_paper, a_permit, a_user, writing
from web.jobs import run_daily

DAY = timedelta(days=1)


def asked(stage, bank: int, item: Item = Item.FLOW, note: str = "", now=NOW) -> ItemAsk:
    with stage.at(stage.bankers[bank], now) as desk:
        return asks.ask(desk, stage.match(desk, bank), item, note)


def on_file(stage, kind: PaperKind, now=NOW) -> Paper:
    with writing(stage.database) as session:
        if kind is PaperKind.FLOW and not session.scalars(select(Permit).where(Permit.firm_id == stage.firm.id)).all():
            a_permit(session, stage.firm, Agreed.SENSITIVE)
        paper = a_paper(session, stage.firm, kind=kind, name=f"{kind}.pdf")
        paper.added_at = now
        return paper


def answered(stage, one: ItemAsk, kind: PaperKind | None = PaperKind.FLOW, figure: int | None = None, now=NOW) -> None:
    paper = on_file(stage, kind, now) if kind else None
    with stage.at(stage.signatory, now) as desk:
        asks.answer(desk, desk.get(ItemAsk, one.id), paper=desk.get(Paper, paper.id) if paper else None, figure=figure)


def match(stage, bank: int) -> Match:
    with stage.at(SYSTEM) as desk:
        return stage.match(desk, bank)


def states(stage) -> list[AskState]:
    with stage.at(SYSTEM) as desk:
        return [one.state for one in desk.all(ItemAsk, by=ItemAsk.asked_at)]


def count(stage, kind, *where) -> int:
    with stage.at(SYSTEM) as desk:
        return len(desk.all(kind, *where))


def test_items_are_the_kinds_of_papers_in_the_vault_and_figures_and_nothing_else():
    assert {item.paper for item in Item if item.paper} == set(PaperKind) - {
        PaperKind.PHOTO,
        PaperKind.PROOF,
        PaperKind.OTHER,
        PaperKind.IDENTITY,
        PaperKind.FIRM_CREDIT,
        PaperKind.PERSON_CREDIT,
        PaperKind.SIGNED,
    }
    assert {item for item in Item if item.paper is None} == {
        Item.DEBT,
        Item.GUARANTEED,
        Item.ORDERS_WORTH,
        Item.STAFF,
        Item.POWER,
    }


@given(st.sampled_from(Item), st.integers(0, 400), st.integers(1, 200))
def test_what_describes_a_passing_state_ages_and_the_rest_does_not(item, old, days):
    assert fresh(item, TODAY - old * DAY, TODAY, days) == (item not in AGEING or old <= days)


def test_what_the_vault_holds_is_refused_with_its_day_and_what_it_lacks_is_asked(database):
    stage = sent(database, banks=1)
    with pytest.raises(AlreadyOnFile) as refused:
        asked(stage, 0, Item.STATEMENTS)
    assert refused.value.facts["on"] == TODAY
    one = asked(stage, 0, Item.FLOW, "近六个月")
    assert (one.due_on, one.again) == ((NOW + 7 * DAY).date(), False), "five working days from a Monday"
    with pytest.raises(AskedStill):
        asked(stage, 0, Item.FLOW)
    asked(stage, 0, Item.TAX)


def test_what_is_too_old_may_be_asked_for_and_not_answered_with(database):
    stage = sent(database, banks=1)
    on_file(stage, PaperKind.FLOW, NOW - 91 * DAY)
    on_file(stage, PaperKind.ARTICLES, NOW - 900 * DAY)
    with pytest.raises(AlreadyOnFile):
        asked(stage, 0, Item.ARTICLES)
    one = asked(stage, 0, Item.FLOW)
    with pytest.raises(OldPaper):
        _with(stage, one, on_file(stage, PaperKind.FLOW, NOW - 91 * DAY))
    answered(stage, one)


def _with(stage, one: ItemAsk, paper: Paper | None, figure: int | None = None) -> None:
    with stage.at(stage.signatory) as desk:
        asks.answer(desk, desk.get(ItemAsk, one.id), paper=desk.get(Paper, paper.id) if paper else None, figure=figure)


def test_an_answer_is_of_the_kind_asked_for(database):
    stage = sent(database, banks=1)
    flow, debt = asked(stage, 0, Item.FLOW), asked(stage, 0, Item.DEBT)
    for wrong in (
        (flow, on_file(stage, PaperKind.TAX), None),
        (flow, None, 5),
        (debt, on_file(stage, PaperKind.FLOW), None),
    ):
        with pytest.raises(OtherPaper):
            _with(stage, *wrong)
    with pytest.raises(FigureMissing):
        _with(stage, debt, None)
    _with(stage, debt, None, 0)
    assert set(states(stage)) == {AskState.OPEN, AskState.ANSWERED}


def test_an_answer_to_one_bank_is_on_file_for_the_next_which_cannot_ask_again_and_never_learns_who_asked(database):
    stage = sent(database, banks=2)
    answered(stage, asked(stage, 0))
    answered(stage, asked(stage, 0, Item.DEBT), None, 120_000_00)
    for item in (Item.FLOW, Item.DEBT):
        with pytest.raises(AlreadyOnFile):
            asked(stage, 1, item)
    with stage.at(stage.bankers[1]) as desk:
        found = held.held(desk, stage.match(desk, 1))
        assert found[Item.DEBT].figure == 120_000_00
        assert held.opened(desk, found[Item.FLOW].paper_id).kind is PaperKind.FLOW
        assert desk.all(ItemAsk) == []
    with stage.at(stage.signatory) as desk:
        seen = desk.all(Viewing, Viewing.bank_id == stage.banks[1].id)
        assert [(one.printed, one.copy_number, len(one.digest)) for one in seen] == [(True, None, 64)]


def test_a_bank_that_sends_an_answer_back_says_why_and_is_counted(database):
    stage = sent(database, banks=1)
    answered(stage, asked(stage, 0))
    with pytest.raises(NoteMissing):
        asked(stage, 0)
    again = asked(stage, 0, note="第三页看不清")
    assert again.again
    with stage.at(stage.officer) as desk:
        line = banks.board(desk, TODAY - 30 * DAY, TODAY + 30 * DAY)[0]
        assert (line.scores[Measure.REPEATS].value, line.scores[Measure.REPEATS].of) == (1, 1)
        shown = banks.behind(desk, stage.banks[0].id, Measure.REPEATS, TODAY - 30 * DAY, TODAY + 30 * DAY)
        assert [case.struck for case in shown.shown] == [True]


@pytest.mark.parametrize("waited", [0, 1, 3, 7])
def test_the_bank_s_days_stand_still_while_the_firm_owes_and_are_given_back(database, waited):
    stage = sent(database, banks=1)
    before = match(stage, 0).due_on
    first, second = asked(stage, 0), asked(stage, 0, Item.TAX)
    answered(stage, first, now=NOW)
    assert count(stage, ClockPause, ClockPause.until.is_(None)) == 1, "one question is still open"
    answered(stage, second, PaperKind.TAX, now=NOW + waited * DAY)
    assert match(stage, 0).due_on == before + waited * DAY
    with stage.at(SYSTEM) as desk:
        (pause,) = desk.all(ClockPause)
    assert (pause.due_before, pause.due_after, pause.until) == (before, before + waited * DAY, TODAY + waited * DAY)
    assert pause.ask_id == first.id, "what began it is on record"


def test_no_silence_is_counted_while_the_firm_owes_and_the_days_left_remain(database):
    stage = sent(database, banks=1)
    last = match(stage, 0).due_on
    late = NOW + (last - TODAY) * 1
    one = asked(stage, 0, now=late)
    for day in range(1, 8):
        run_daily(database, late + day * DAY)
    assert match(stage, 0).state is MatchState.SENT
    assert states(stage) == [AskState.OPEN]
    run_daily(database, late + 8 * DAY)
    assert states(stage) == [AskState.LAPSED]
    assert match(stage, 0).due_on == last + 8 * DAY == one.due_on + DAY
    assert count(stage, Silence) == 0
    run_daily(database, late + 9 * DAY)
    assert (match(stage, 0).state, count(stage, Silence)) == (MatchState.SILENT, 1)


def test_a_firm_is_reminded_on_its_last_day_once(database):
    stage = sent(database, banks=1)
    asked(stage, 0)
    run_daily(database, NOW)
    told = count(stage, Notice, Notice.act == Act.ASK_ITEM)
    for _ in range(2):
        run_daily(database, NOW + 7 * DAY)
    assert count(stage, Notice, Notice.act == Act.ASK_ITEM) == 2 * told > 0


def test_a_claim_keeps_its_working_days(database):
    stage = sent(database, banks=1)
    claim = claimed(stage, 0)
    one = asked(stage, 0)
    run_daily(database, NOW + 4 * DAY)
    answered(stage, one, now=NOW + 4 * DAY)
    with stage.at(SYSTEM) as desk:
        kept = desk.get(Claim, claim.id)
        assert (kept.lapsed, kept.until) == (False, (NOW + 9 * DAY).date()), "Thursday, and four working days more"


@pytest.mark.parametrize(
    ("end", "by"),
    [("withdraw", "firm"), ("expired", "time"), ("declined", "bank"), ("offered", "bank"), ("accepted", "firm")],
)
def test_I10_what_ends_the_bank_s_way_ends_its_questions_at_once(database, end, by):
    stage = sent(database, banks=2)
    until = match(stage, 0).due_on - TODAY
    one, then = asked(stage, 0, now=NOW + until - 2 * DAY if end == "accepted" else NOW), NOW
    if end == "withdraw":
        stage.withdraw(0)
    elif end == "expired":
        then = NOW + 60 * DAY
    elif end == "accepted":  # the other bank's offer opens at the deadline, while this one still waits for the firm
        made, then = offered(stage, 1), NOW + until + DAY
        assert opened(stage, then) == 1
        accepted(stage, made, then)
    else:
        {"declined": declined, "offered": offered}[end](stage, 0)
    paper = on_file(stage, PaperKind.FLOW)
    with pytest.raises((AskOver, WrongState)), stage.at(stage.signatory, then) as desk:
        asks.answer(desk, desk.get(ItemAsk, one.id), paper=paper)
    if end != "expired":
        assert states(stage) == [AskState.ENDED]
        assert count(stage, ClockPause, ClockPause.until.is_(None)) == 0
    if end in {"withdraw", "expired"}:
        tax = on_file(stage, PaperKind.TAX)
        with stage.at(stage.bankers[0], then) as desk:
            assert desk.all(ItemAsk) == []
            with pytest.raises(NotFound):
                held.opened(desk, tax.id)
    run_daily(database, then)
    assert AskState.OPEN not in states(stage)


def test_under_a_former_consent_text_a_bank_opens_only_what_it_was_answered_with(database):
    stage = sent(database, banks=2)
    with writing(database) as session:
        for consent in session.query(Consent):
            consent.text_version = "2026-01"
    answered(stage, asked(stage, 0))
    for bank, may in ((0, True), (1, False)):
        with stage.at(stage.bankers[bank]) as desk:
            one = held.held(desk, stage.match(desk, bank))[Item.FLOW]
            assert held.may_open(desk, stage.match(desk, bank), one.paper_id) is may


def test_only_the_bank_asks_and_only_the_firm_answers(database):
    stage = sent(database, banks=2)
    one = asked(stage, 0)
    with pytest.raises(NotFound), stage.at(stage.bankers[1]) as desk:
        desk.get(ItemAsk, one.id)
    paper = on_file(stage, PaperKind.FLOW)
    with pytest.raises(NotAllowed), stage.at(stage.officer) as desk:
        asks.answer(desk, desk.get(ItemAsk, one.id), paper=paper)
    with stage.at(stage.bankers[0]) as desk:
        asks.drop(desk, desk.get(ItemAsk, one.id))
    assert states(stage) == [AskState.DROPPED]
    with pytest.raises(WrongState):
        answered(stage, one)


def test_what_was_said_is_sealed_in_the_journal_and_in_the_table(database):
    stage = sent(database, banks=1)
    one = asked(stage, 0, Item.DEBT, "含民间借款")
    answered(stage, one, None, 7_654_321)
    with stage.at(SYSTEM) as desk:
        lines = desk.session.scalars(select(Entry).where(Entry.subject_id == one.id)).all()
        told = [str(line.body) for line in lines]
    assert told and all("7654321" not in line and "76543" not in line and "民间" not in line for line in told)
    for column, value in (("figure", 1), ("note", "另写"), ("state", AskState.DROPPED)):
        with pytest.raises(DBAPIError), writing(database) as session:
            setattr(session.get(ItemAsk, one.id), column, value)


@given(st.dates(), st.integers(0, 400))
def test_a_paused_limit_moves_on_with_the_days(day, days):
    assert due(day, None, day + days * DAY if days < 300 and day.year < 9000 else day) == day
    if day.year < 9000:
        assert due(day, day, day + days * DAY) == day + days * DAY


def test_every_end_of_a_way_is_an_end_of_its_questions():
    """Every act that takes a match out of the state in which it waits for an answer."""
    from financing.matching.rules import FLOW

    leaving = {
        act for (state, act), then in FLOW.moves.items() if state is MatchState.SENT and then is not MatchState.SENT
    }
    assert leaving == set(ENDING)


def test_people_of_a_firm_are_told(database):
    stage = sent(database, banks=1)
    with writing(database) as session:
        clerk = a_user(session, Role.CLERK, firm_id=stage.firm.id)
    one = asked(stage, 0)
    run_daily(database, NOW)
    assert count(stage, Notice, Notice.user_id == clerk.id, Notice.act == Act.ASK_ITEM) == 1
    answered(stage, one)
    run_daily(database, NOW)
    assert count(stage, Notice, Notice.act == Act.ANSWER_ITEM) == 1
