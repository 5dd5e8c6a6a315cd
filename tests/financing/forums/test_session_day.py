"""The day of a session: who is invited and comes, the clock of the rounds, what banks say at their tables, what the wall shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from financing.access import SYSTEM
from financing.forums import clock, inviting, service
from financing.forums.board import board, watched
from financing.forums.day_model import Guest, Intent, RoundClock
from financing.forums.day_rules import Reply, Said, Ticking, code_in, left
from financing.forums.intents import Word, answer_code, coded, record, type_in
from financing.forums.model import ForumSession, Talk
from financing.forums.rules import SessionState
from financing.journal import Entry
from financing.money import Fen
from financing.notices import service as notices
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, NotFound, WrongState
from financing.session_refusals import BankSaidItself, IntentSum, LastRound, NotAtTable, NotInvited, SaysWhy, WhoDecides
from tests.financing.forums.test_service import grown, planned, seated
from tests.makers import NOW, at

MINUTE = timedelta(minutes=1)


@pytest.fixture
def held(database):
    """A session of three banks and two firms with everybody invited, under way."""
    stage = grown(database, needs=2)
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        inviting.invite(desk, desk.get(ForumSession, session.id))
    with stage.at(stage.officer) as desk:
        service.open_session(desk, desk.get(ForumSession, session.id))
    return stage, session


def guests(stage):
    with stage.at(stage.officer) as desk:
        return desk.all(Guest)


def talk_of(stage, bank=0):
    with stage.at(stage.officer) as desk:
        return desk.all(Talk, Talk.bank_id == stage.banks[bank].id, Talk.firm_id == stage.firm.id)[0]


def says(stage, word, bank=0, now=NOW):
    key = talk_of(stage, bank).id
    with stage.at(stage.bankers[bank], now) as desk:
        return record(desk, desk.get(Talk, key), word)


def on_the_wall(stage, session):
    with at(stage.database, SYSTEM, write=False) as desk:
        return board(desk, desk.get(ForumSession, session.id))


def answers(stage, who, guest, said):
    with stage.at(who) as desk:
        inviting.answer(desk, desk.get(Guest, guest.id), said)


def of(stage, *, bank=None, firm=None):
    return next(g for g in guests(stage) if (g.bank_id, g.firm_id) == (bank and bank.id, firm and firm.id))


def test_everybody_with_a_table_or_a_talk_is_invited_once_with_a_code_of_their_own(held):
    stage, session = held
    assert len(guests(stage)) == 5
    with stage.at(stage.officer) as desk:
        assert inviting.invite(desk, desk.get(ForumSession, session.id)) == 0
    assert len({guest.code for guest in guests(stage)}) == 5
    with at(stage.database, SYSTEM) as desk:
        told = [row for row in desk.session.scalars(select(Outgoing)) if row.payload.get("code") == "session.invite"]
        assert len(told) == 5
        assert all("code" not in row.payload or "-" not in row.payload.get("code") for row in told)


def test_a_bank_comes_with_somebody_who_may_decide_and_says_how_much(held):
    stage, _ = held
    guest = of(stage, bank=stage.banks[0])
    for said in (inviting.Answer(True), inviting.Answer(True, person="李敏")):
        with pytest.raises(WhoDecides):
            answers(stage, stage.bankers[0], guest, said)
    answers(stage, stage.bankers[0], guest, inviting.Answer(True, "李敏", Fen.wan(500)))
    found = of(stage, bank=stage.banks[0])
    assert (found.reply, found.person, found.power) == (Reply.COMING, "李敏", Fen.wan(500))
    with pytest.raises(SaysWhy):
        answers(stage, stage.bankers[0], guest, inviting.Answer(False))
    answers(stage, stage.bankers[0], guest, inviting.Answer(False, why="当日年检"))
    found = of(stage, bank=stage.banks[0])
    assert (found.reply, found.person, found.power, found.why) == (Reply.NOT_COMING, "", None, "当日年检")


def test_nobody_answers_for_somebody_else(held):
    stage, _ = held
    for who, guest in (
        (stage.bankers[1], of(stage, bank=stage.banks[0])),
        (stage.signatory, of(stage, bank=stage.banks[0])),
        (stage.bankers[0], of(stage, firm=stage.firm)),
    ):
        with pytest.raises(NotFound):
            answers(stage, who, guest, inviting.Answer(True, "某人", Fen.wan(1)))
    with pytest.raises(NotAllowed):
        answers(stage, stage.officer, of(stage, firm=stage.firm), inviting.Answer(True, "某人"))


def test_a_code_that_is_scanned_twice_checks_in_once_and_no_other_code_does(held):
    stage, session = held
    guest = of(stage, firm=stage.firm)
    for typed, later in (
        (f"https://zone/sessions/1/guests?code={guest.code}", 0),
        (guest.code.lower().replace("-", " "), 5),
    ):
        with stage.at(stage.officer, NOW + later * MINUTE) as desk:
            assert inviting.arrive(desk, desk.get(ForumSession, session.id), typed).arrived_at == NOW
    for wrong in ("", "AAAA-BBBB-CCCC", guest.code[:-1]):
        with pytest.raises(NotInvited), stage.at(stage.officer) as desk:
            inviting.arrive(desk, desk.get(ForumSession, session.id), wrong)
    other = planned(stage, banks=(0,))
    with pytest.raises(NotInvited), stage.at(stage.officer) as desk:
        inviting.arrive(desk, desk.get(ForumSession, other.id), guest.code)
    with at(stage.database, SYSTEM) as desk:
        assert len(desk.all(Entry, Entry.act == "guest.arrive")) == 1
    assert on_the_wall(stage, session).here == 1


def test_who_has_not_answered_is_reminded_once_in_the_last_days(database):
    stage = grown(database, needs=1)
    session = planned(stage)
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        inviting.invite(desk, desk.get(ForumSession, session.id))
    answers(stage, stage.bankers[0], of(stage, bank=stage.banks[0]), inviting.Answer(True, "李敏", Fen.wan(9)))
    for days, reminded in ((0, 0), (1, 1), (2, 0)):  # the session is on the fourth day from NOW
        with at(database, SYSTEM, NOW + timedelta(days=days)) as desk:
            assert inviting.remind(desk) == reminded
    with at(database, SYSTEM) as desk:
        rows = [row for row in desk.session.scalars(select(Outgoing)) if row.payload.get("code") == "session.remind"]
        assert len(rows) == 3
        assert notices.deliver(desk, rows[0].once, rows[0].payload) == 1


def test_the_clock_runs_stops_and_goes_on_with_what_is_left(held):
    stage, session = held

    def turn(do, now):
        with stage.at(stage.officer, now) as desk:
            held_clock = desk.find(RoundClock, RoundClock.session_id == session.id)
            do(desk, held_clock)
            return held_clock.round, held_clock.state, left(held_clock.seconds, held_clock.since, now)

    assert turn(clock.start, NOW) == (1, Ticking.RUNNING, 1200)
    assert turn(clock.stop, NOW + 8 * MINUTE) == (1, Ticking.STOPPED, 720)
    assert turn(clock.start, NOW + 30 * MINUTE) == (1, Ticking.RUNNING, 720)
    with pytest.raises(WrongState):
        turn(clock.start, NOW + 31 * MINUTE)
    assert turn(clock.stop, NOW + 60 * MINUTE) == (1, Ticking.STOPPED, 0)
    for number in (2, 3, 4):
        assert turn(clock.next_round, NOW + 60 * MINUTE) == (number, Ticking.RUNNING, 1200)
    with pytest.raises(LastRound):
        turn(clock.next_round, NOW + 60 * MINUTE)
    with pytest.raises(NotFound), stage.at(stage.bankers[0]) as desk:
        desk.get(RoundClock, desk.session.scalar(select(RoundClock.id)))


def test_fifty_posts_of_one_intent_are_one_intent_and_one_line_of_the_journal(held):
    stage, session = held
    talk = talk_of(stage)

    def post(_):
        with stage.at(stage.bankers[0]) as desk:
            return record(desk, desk.get(Talk, talk.id), Word(Said.INTENDS, Fen.wan(80))).id

    with ThreadPoolExecutor(4) as many:
        assert len(set(many.map(post, range(50)))) == 1
    with at(stage.database, SYSTEM) as desk:
        assert [i.amount for i in desk.all(Intent)] == [Fen.wan(80)]
        assert len(desk.all(Entry, Entry.act == "intent.record")) == 1
    assert on_the_wall(stage, session).intends == 1


def test_the_last_word_of_a_bank_counts_until_the_session_ends(held):
    stage, session = held
    says(stage, Word(Said.INTENDS, Fen.wan(80)))
    says(stage, Word(Said.WANTS_PAPERS), now=NOW + MINUTE)
    with stage.at(stage.bankers[0]) as desk:
        (intent,) = desk.all(Intent)
        assert (intent.said, intent.amount) == (Said.WANTS_PAPERS, None)
    with stage.at(stage.officer) as desk:
        service.close_session(desk, desk.get(ForumSession, session.id))
    with pytest.raises(WrongState):
        says(stage, Word(Said.NOT))


@pytest.mark.parametrize("word", [Word(Said.INTENDS), Word(Said.NOT, Fen.wan(1)), Word(Said.WANTS_PAPERS, Fen.wan(1))])
def test_an_amount_stands_with_an_intent_and_with_nothing_else(held, word):
    with pytest.raises(IntentSum):
        says(held[0], word)


def test_I09_no_bank_speaks_at_the_table_of_another_or_of_a_firm_that_took_its_consent_back(held):
    stage, _ = held
    key = talk_of(stage, 0).id
    with pytest.raises(NotFound), stage.at(stage.bankers[1]) as desk:
        record(desk, desk.get(Talk, key), Word(Said.NOT))
    stage.withdraw(0)
    with pytest.raises(NotFound):
        says(stage, Word(Said.NOT))


def test_a_sheet_is_typed_by_its_code_marked_as_typed_and_never_over_the_banks_own_word(held):
    stage, session = held

    def types(code, word):
        with stage.at(stage.officer) as desk:
            return type_in(desk, desk.get(ForumSession, session.id), code, word)

    with stage.at(stage.officer) as desk:
        codes = {talk.id: code for code, talk in coded(desk, desk.get(ForumSession, session.id)).items()}
    assert len(codes) == 6
    first, second = codes[talk_of(stage, 0).id], codes[talk_of(stage, 1).id]
    says(stage, Word(Said.NOT), bank=1)
    typed = types(f" {first.lower()} ", Word(Said.INTENDS, Fen.wan(60), "李敏"))
    assert (typed.typed_by, typed.signed, typed.bank_id) == (stage.officer.id, "李敏", stage.banks[0].id)
    assert types(first, Word(Said.WANTS_PAPERS, signed="李敏")).said is Said.WANTS_PAPERS
    with pytest.raises(BankSaidItself):
        types(second, Word(Said.INTENDS, Fen.wan(60), "王强"))
    assert types(second, Word(Said.NOT, signed="王强")).typed_by is None
    with pytest.raises(NotAtTable):
        types("26-9999-01", Word(Said.NOT, signed="王强"))
    own = says(stage, Word(Said.INTENDS, Fen.wan(70)))
    assert (own.typed_by, own.signed) == (None, "")


def test_I21_the_wall_shows_numbers_for_firms_and_no_sum_until_a_firm_lets_its_name_stand(held):
    stage, session = held
    with stage.at(stage.officer) as desk:
        clock.start(desk, desk.find(RoundClock))
    says(stage, Word(Said.INTENDS, Fen.wan(87)))
    shown = on_the_wall(stage, session)
    assert (shown.round, shown.intends, shown.events[0].table, shown.coming) == (1, 1, 1, 5)
    assert stage.firm.name not in repr(shown) and "870000" not in repr(shown)
    assert shown.events[0].label.startswith("DA2026-")
    answers(stage, stage.signatory, of(stage, firm=stage.firm), inviting.Answer(True, "张明", shown=True))
    assert on_the_wall(stage, session).events[0].label.endswith(stage.firm.name)


def test_only_who_sits_in_a_session_or_runs_it_watches_it(held):
    stage, session = held
    other = planned(stage, banks=(1,))
    for who in (stage.officer, stage.bankers[0], stage.signatory):
        with stage.at(who) as desk:
            assert watched(desk, session.id).state is SessionState.OPEN
    for who in (stage.bankers[0], stage.signatory):
        with pytest.raises(NotFound), stage.at(who) as desk:
            watched(desk, other.id)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("abcd efgh jkmn", "ABCD-EFGH-JKMN"),
        ("ABCD-EFGH-JKM", ""),
        ("OOOO-EFGH-JKMN", ""),
        ("https://a/b?code=ABCD-EFGH-JKMN", "ABCD-EFGH-JKMN"),
        ("", ""),
    ],
)
def test_a_code_is_read_as_typed_or_scanned(typed, code):
    assert code_in(typed) == code


def test_an_answer_code_names_the_dossier_and_the_table():
    assert answer_code("DA2026-0003", 2) == "26-0003-02"
