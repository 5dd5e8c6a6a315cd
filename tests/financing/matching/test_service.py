from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from financing.acts import Act
from financing.case_refusals import NoConsent, NoMatch, NotAPeriod
from financing.journal import Entry
from financing.matching import service, shelf, viewing
from financing.matching.consent_text import HOLDS
from financing.matching.model import Consent, Dossier, Match, Viewing
from financing.matching.rules import Limit, MatchState, Part
from financing.matching.snapshot import Absent, Snapshot
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, NotFound, WrongState
from financing.sights import AT_BANK
from tests.financing.matching.stage import ZONE, Stage, staged
from tests.makers import NOW, TODAY, a_bank, a_product, at, writing

TICK = timedelta(microseconds=1)


def test_a_need_is_proposed_to_the_best_product_of_every_fitting_bank(database):
    stage = staged(database)
    with writing(database) as session:
        better = a_product(session, stage.banks[1], name="铜材贷", sections=["C"])
        nobody = a_bank(session)
        a_product(session, nobody, most=Fen.wan(50))
    matches = stage.proposed()
    assert {match.bank_id for match in matches} == {bank.id for bank in stage.banks}
    assert matches[0].product_id == better.id
    assert "sector_sought" in matches[0].reasons
    with stage.at(stage.officer) as desk:
        assert [found.limits for found in shelf.excluded(desk, stage.need)] == [(Limit.AMOUNT,)]


def test_proposing_again_brings_in_new_banks_and_leaves_what_is_answered(database):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    with writing(database) as session:
        a_product(session, a_bank(session))
        a_product(session, stage.banks[0], sections=["C"])
    first, second = sorted(stage.proposed(), key=lambda match: match.state)
    assert (first.state, second.state) == (MatchState.CONSENTED, MatchState.PROPOSED)
    assert first.reasons != second.reasons or first.fit == second.fit


@pytest.mark.parametrize(("line", "found"), [(None, False), (Fen.wan(500), True)])
def test_a_bank_is_matched_for_what_the_guarantor_stands_behind(database, line, found):
    stage = staged(database, banks=1, amount=Fen.wan(600), line=line)
    if found:
        assert len(stage.proposed()) == 1
        return
    with pytest.raises(NoMatch) as refused:
        stage.proposed()
    assert refused.value.facts["reasons"] == {Limit.AMOUNT}


def test_only_the_signatory_consents_and_only_officers_send(database):
    stage = staged(database, banks=1)
    stage.proposed()
    with pytest.raises(NotAllowed), stage.at(stage.officer) as desk:
        service.grant(desk, stage.match(desk, 0), scope=set(Part), zone=ZONE.name)
    stage.grant(0)
    with pytest.raises(NotAllowed), stage.at(stage.signatory) as desk:
        service.send(desk, desk.get(Need, stage.need.id), zone=ZONE)


def test_a_consent_keeps_the_version_and_the_hash_of_the_words_shown(database):
    stage = staged(database, banks=1)
    stage.proposed()
    with stage.at(stage.signatory) as desk:
        match = stage.match(desk, 0)
        words = service.draft(desk, match, scope={Part.SCORE}, days=30, zone=ZONE.name)
        consent = service.grant(desk, match, scope={Part.SCORE}, days=30, zone=ZONE.name)
    assert consent.number == "SQ2026-0001"
    assert consent.scope == ["basic", "score"]
    assert (consent.text_version, consent.text_hash) == (words.version, words.sha256)
    for told in (stage.firm.name, stage.firm.code, stage.banks[0].name, stage.need.number, "1,200,000.00 元", "30 天"):
        assert told in words.words
    assert HOLDS[Part.STATEMENTS] not in words.words


@pytest.mark.parametrize("days", [0, 366, -1])
def test_a_consent_runs_from_a_day_to_a_year(database, days):
    stage = staged(database, banks=1)
    stage.proposed()
    with pytest.raises(NotAPeriod):
        stage.grant(0, days=days)


def test_without_a_consent_nothing_is_sent(database):
    stage = staged(database, banks=1)
    stage.proposed()
    with pytest.raises(NoConsent):
        stage.send()


def test_the_dossier_goes_to_consented_banks_alone_with_thirty_days_to_answer(database):
    stage = staged(database)
    stage.proposed()
    stage.grant(0)
    stage.grant(1)
    dossier = stage.send()
    with stage.at(stage.officer) as desk:
        states = [stage.match(desk, bank).state for bank in range(3)]
        assert states == [MatchState.SENT, MatchState.SENT, MatchState.PROPOSED]
        assert stage.match(desk, 0).due_on == TODAY + timedelta(days=30)
        assert desk.get(Need, stage.need.id).state is NeedState.LISTED
    assert dossier.number == "DA2026-0001"
    assert dossier.digest == Snapshot.model_validate_json(dossier.snapshot).digest()


def test_a_bank_that_consents_later_gets_the_very_same_dossier(database):
    stage = staged(database)
    stage.proposed()
    stage.grant(0)
    first = stage.send()
    with writing(database) as session:
        session.get_one(type(stage.firm), stage.firm.id).name = "改名有限公司"
    stage.grant(1, now=NOW + timedelta(days=3))
    second = stage.send(now=NOW + timedelta(days=3))
    assert (first.id, first.digest) == (second.id, second.digest)
    with stage.at(stage.officer) as desk:
        assert stage.match(desk, 1).due_on == TODAY + timedelta(days=33)


def test_the_dossier_holds_what_the_firm_the_score_and_the_committee_said(database):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    content = viewing.content(stage.send())
    assert content.firm.name.value == stage.firm.name
    assert content.firm.capital.value == 500 * 1_000_000
    assert content.need.amount == Fen.wan(120).fen
    assert sum(line.points for line in content.score.lines) == content.score.total
    assert content.guarantee.amount == Fen.wan(120).fen
    assert [share.share for share in content.guarantee.shares] == [800_000, 200_000]
    assert [condition.says for condition in content.guarantee.conditions] == ["放款前结清民间借款"]
    assert content.business.months[0].month == "2025-05"
    assert len(content.business.months) == 18
    assert content.business.months[0].sales == 200_000_00
    assert content.statements.years == ("2024", "2025")
    assert next(r for r in content.statements.ratios if r.says == "资产负债率").values == ("54.35", "47.92")
    assert sum(each.principal for each in content.plan.instalments) == Fen.wan(120).fen
    assert content.asked.by == date(2026, 12, 23)


def test_what_is_not_on_file_says_why(database):
    stage = staged(database, banks=1)
    with writing(database) as session:
        for table in ("invoice", "statement_line"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")
        session.get_one(type(stage.firm), stage.firm.id).employees = None
    stage.proposed()
    stage.grant(0)
    content = viewing.content(stage.send())
    assert isinstance(content.business, Absent)
    assert isinstance(content.statements, Absent)
    assert isinstance(content.firm.capital, Absent)
    assert isinstance(content.firm.employees, Absent)
    assert content.plan.stress == ()


def readable(stage, bank, now=NOW):
    """Whether this bank's officer finds the dossier, by every road there is."""
    with stage.at(stage.bankers[bank], now) as desk:
        dossiers = desk.all(Dossier)
        assert bool(dossiers) == bool(desk.all(Match)) == bool(desk.all(Need))
        return bool(dossiers)


def test_a_bank_reads_only_between_the_first_and_the_last_moment_of_its_own_consent(database):
    stage = staged(database)
    stage.proposed()
    assert not any(readable(stage, bank) for bank in range(3))
    stage.grant(0, days=10)
    assert not readable(stage, 0)  # consented, but nothing was sent yet
    stage.send()
    end = NOW + timedelta(days=10)
    assert [readable(stage, bank) for bank in range(3)] == [True, False, False]
    assert [readable(stage, 0, when) for when in (NOW - TICK, NOW, end - TICK, end)] == [False, True, True, False]


def test_a_consent_alone_opens_nothing_even_when_another_need_has_been_sent(database):
    stage = staged(database, banks=1)
    other = elsewhere(stage)
    for each in (stage, other):
        each.proposed()
        each.grant(0)
    stage.send()
    with stage.at(stage.bankers[0]) as desk:
        assert [match.need_id for match in desk.all(Match)] == [stage.need.id]
        assert [need.id for need in desk.all(Need)] == [stage.need.id]


def elsewhere(stage):
    """Another firm's need before the same banks."""
    more = staged(stage.database, banks=0)
    return Stage(stage.database, more.firm, more.need, stage.banks, more.signatory, more.officer, stage.bankers)


WITH_BANK = set(AT_BANK)


@pytest.mark.parametrize("state", MatchState)
@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_bank_finds_a_dossier_exactly_when_it_was_sent_under_a_consent_that_holds(database, state, withdrawn):
    stage = staged(database, banks=2)
    stage.proposed()
    stage.grant(0, days=1)
    stage.send()
    with writing(database) as session:
        for match in session.scalars(select(Match)):
            match.state = state
        for consent in session.scalars(select(Consent)):
            consent.withdrawn_at = NOW if withdrawn else None
    end = NOW + timedelta(days=1)
    for bank in (0, 1):
        for when in (NOW - TICK, NOW, NOW + TICK, end - TICK, end, end + TICK):
            holds = bank == 0 and state in WITH_BANK and not withdrawn and NOW <= when < end
            assert readable(stage, bank, when) is holds, (bank, when)


def test_withdrawal_ends_reading_with_the_next_request_even_between_page_and_download(database):
    stage = staged(database)
    stage.proposed()
    stage.grant(0)
    stage.grant(1)
    key = stage.send().id
    with stage.at(stage.bankers[0]) as desk:
        viewing.open_dossier(desk, desk.get(Dossier, key))
    stage.withdraw(0, now=NOW + TICK)
    for act in (viewing.open_dossier, viewing.copy):
        with pytest.raises(NotFound), stage.at(stage.bankers[0], NOW + TICK) as desk:
            act(desk, desk.get(Dossier, key))
    assert readable(stage, 1, NOW + TICK)
    stage.grant(0, now=NOW + 2 * TICK)
    stage.send(now=NOW + 2 * TICK)
    assert readable(stage, 0, NOW + 2 * TICK)


def test_a_consent_can_be_withdrawn_only_while_it_holds(database):
    stage = staged(database, banks=1)
    stage.proposed()
    with pytest.raises(WrongState):
        stage.withdraw(0)


def test_a_new_consent_takes_the_place_of_the_former_one(database):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    key = stage.send().id
    stage.grant(0, scope=frozenset({Part.BASIC}), now=NOW + TICK)
    with stage.at(stage.bankers[0], NOW + 2 * TICK) as desk:
        shown = viewing.open_dossier(desk, desk.get(Dossier, key))
    assert isinstance(shown.score, Absent)
    with stage.at(stage.signatory, NOW + 2 * TICK) as desk:
        assert [consent.withdrawn_at is None for consent in desk.all(Consent, by=Consent.valid_from)] == [False, True]


@pytest.mark.parametrize("left_out", [Part.STATEMENTS, Part.SCORE, Part.GUARANTEE])
def test_a_part_outside_the_scope_is_nowhere_in_what_the_bank_gets(database, left_out):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0, scope=frozenset(Part) - {left_out})
    dossier = stage.send()
    with stage.at(stage.bankers[0]) as desk:
        shown = viewing.open_dossier(desk, desk.get(Dossier, dossier.id)).canonical().decode()
    secrets = {
        Part.STATEMENTS: ("客户1", "供应商1", '"ratios"', "息税前利润"),
        Part.SCORE: ("48.2", '"grade"', "得分"),
        Part.GUARANTEE: ("民间借款", "融资担保有限公司", '"fee"'),
    }[left_out]
    whole = dossier.snapshot
    assert [secret for secret in secrets if secret in shown] == []
    assert sum(secret in whole for secret in secrets) >= 2


def test_every_opening_and_copy_leaves_one_journal_line_and_one_row_in_the_ledger(database):
    stage = staged(database, banks=2)
    stage.proposed()
    stage.grant(0)
    stage.grant(1)
    key = stage.send().id
    readings = [(0, viewing.open_dossier), (0, viewing.copy), (1, viewing.copy), (0, viewing.copy)]
    for bank, act in readings:
        with stage.at(stage.bankers[bank]) as desk:
            act(desk, desk.get(Dossier, key))
    with stage.at(stage.officer) as desk:
        viewing.open_dossier(desk, desk.get(Dossier, key))
    with stage.at(stage.signatory) as desk:
        rows = desk.all(Viewing, by=Viewing.id)
        lines = desk.session.scalar(select(func.count()).where(Entry.act.in_((Act.OPEN_DOSSIER, Act.PRINT_DOSSIER))))
    assert len(rows) == lines == 5
    copies = {(row.bank_id, row.copy_number) for row in rows if row.printed}
    assert copies == {(stage.banks[0].id, 1), (stage.banks[0].id, 2), (stage.banks[1].id, 1)}
    assert all(row.digest and row.user_name for row in rows)


def test_a_failed_journal_lets_nothing_out(database, monkeypatch):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    key = stage.send().id

    def broken(*_args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("financing.journal.append", broken)
    with pytest.raises(OSError, match="disk full"), stage.at(stage.bankers[0]) as desk:
        viewing.open_dossier(desk, desk.get(Dossier, key))
    monkeypatch.undo()
    with stage.at(stage.signatory) as desk:
        assert desk.all(Viewing) == []


def test_a_withdrawn_need_ends_every_consent(database):
    stage = staged(database)
    stage.proposed()
    stage.grant(0)
    stage.grant(1)
    stage.send()
    with stage.at(stage.signatory, NOW + TICK) as desk:
        need = desk.get(Need, stage.need.id)
        desk.take(Act.WITHDRAW_NEED, need)
        service.drop(desk, need)
    assert not any(readable(stage, bank, NOW + TICK) for bank in range(3))
    with pytest.raises(WrongState):
        stage.grant(0, now=NOW + 2 * TICK)


def test_everyone_who_must_know_is_told_once_without_anything_confidential(database):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    stage.send()
    with at(database, stage.officer) as desk:
        told = desk.session.scalars(select(Outgoing).where(Outgoing.kind == "notice")).all()
    assert [row.payload["code"] for row in sorted(told, key=lambda row: row.payload["code"])] == [
        "consent.grant", "dossier.send", "match.propose",
    ]  # fmt: skip
    assert all(stage.firm.name not in str(row.payload) for row in told)
