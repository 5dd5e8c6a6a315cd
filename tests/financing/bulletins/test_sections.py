"""What a draft tells of a period: only what is public already, or stands for five firms at least."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from financing.access import SYSTEM, Role
from financing.bulletins import sections
from financing.bulletins.rules import Topic
from financing.bulletins.sections import SOURCES, Period
from financing.events import service as events
from financing.events.rules import Audience, EventKind
from financing.figures.model import PublicFigure
from financing.figures.rules import Volume
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession
from financing.forums.rules import SessionState
from financing.matching.model import Match
from financing.money import Fen
from financing.policies.model import Policy
from financing.policies.rules import Level, PolicyState
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_product, a_user, at, writing

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def told(database) -> dict[str, str]:
    with at(database, SYSTEM, write=False) as desk:
        return {one.source: one.text for one in sections.drafted(desk, OCTOBER)}


def a_session(session, number: str, day: date, **facts) -> ForumSession:
    made = ForumSession(**{
        "number": number, "title": f"银企对接会{number[-1]}", "day": day, "place": "一楼会议室", "starts": "09:00", "rounds": 4,
        "minutes": 10, **facts,
    })  # fmt: skip
    session.add(made)
    session.flush()
    return made


def intends(session, held: ForumSession, firms: int) -> None:
    bank = a_bank(session)
    product = a_product(session, bank)
    for _ in range(firms):
        firm = a_firm(session)
        need = a_need(session, firm)
        match = Match(need_id=need.id, firm_id=firm.id, bank_id=bank.id, product_id=product.id, fit=60, reasons=[],
                      proposed_on=TODAY)  # fmt: skip
        session.add(match)
        session.flush()
        session.add(Intent(session_id=held.id, match_id=match.id, need_id=need.id, firm_id=firm.id, bank_id=bank.id, round=1,
                           said=Said.INTENDS, amount=Fen.wan(100), at=NOW, by=1, by_name="沈经理"))  # fmt: skip


def test_an_empty_zone_has_nothing_to_tell(sqlite_database):
    assert told(sqlite_database) == {}


@pytest.mark.parametrize(("firms", "line"), [(4, "家银行到场。"), (5, "达成意向 5 笔、500.0 万元。")])
def test_intents_of_a_session_are_told_from_five_firms_on(sqlite_database, firms, line):
    with writing(sqlite_database) as session:
        intends(session, a_session(session, "DJ2026-0001", date(2026, 10, 14), state=SessionState.CLOSED), firms)
    (said,) = told(sqlite_database)["sessions"].splitlines()
    assert said.endswith(line)


def test_a_session_of_another_month_is_not_told_again(sqlite_database):
    with writing(sqlite_database) as session:
        for number, day in (("DJ2026-0001", date(2026, 9, 30)), ("DJ2026-0002", date(2026, 11, 1))):
            intends(session, a_session(session, number, day, state=SessionState.CLOSED), 5)
    assert told(sqlite_database) == {}


def test_figures_are_those_published_with_the_months_they_are_published_for(sqlite_database):
    with writing(sqlite_database) as session:
        for volume, until, count in ((Volume.PAID, date(2026, 10, 31), 6), (Volume.OFFERED, date(2026, 9, 30), 9)):
            session.add(PublicFigure(volume=volume, since=date(2026, 8, 1), until=until, count=count, firms=5,
                                     amount=Fen(12_345_678_900), at=NOW))  # fmt: skip
    lines = told(sqlite_database)["figures"].splitlines()
    assert lines[1:-1] == ["· 放款 6 笔，12,345.7 万元（2026-08-01 至 2026-10-31）"]


def test_events_and_their_last_days_are_told_while_one_can_sign_up(sqlite_database):
    with writing(sqlite_database) as session:
        officer = a_user(session, Role.OFFICER).actor
    facts = {
        "about": "要点",
        "host": "应急管理分局",
        "place": "会议中心",
        "places": 40,
        "most": 3,
        "audience": Audience.ALL,
        "branch": "",
    }
    with at(sqlite_database, officer) as desk:
        for title, ahead in (("安全培训", 9), ("明年的培训", 90)):
            starts = NOW + timedelta(days=ahead)
            events.plan(desk, events.Plan(title=title, kind=EventKind.SAFETY, starts=starts, ends=starts + timedelta(hours=2),
                                          until=TODAY + timedelta(days=ahead - 2), **facts))  # fmt: skip
    found = told(sqlite_database)
    assert found["events"] == "· 2026-12-02 09:30 安全培训，地点：会议中心，2026-11-30 以前报名。"
    assert found["deadlines"] == "· 2026-11-30 报名截止：安全培训"


def test_every_source_has_its_words_and_every_word_its_source():
    assert set(sections.texts()) - {"title"} == set(SOURCES)
    assert all(topic in Topic for topic, _ in SOURCES.values())


def test_policies_that_came_into_force_in_the_month_are_told(sqlite_database):
    facts = {
        "doc_no": "经开发〔2026〕8 号", "level": Level.ZONE, "issuer": "经开区管委会", "department": "企业服务中心", "phone": "0000-0000000",
        "issued_on": date(2026, 9, 20), "until": None, "source": "园区网站", "confidence": "A", "summary": "设备投资按 10% 补贴。", "example": "",
        "entered_at": NOW, "entered_by": 1, "proposed_by": 1, "decided_by": 2,
    }  # fmt: skip
    with writing(sqlite_database) as session:
        for n, (since, state) in enumerate(
            ((OCTOBER.since, "in_force"), (date(2026, 9, 1), "in_force"), (OCTOBER.since, "proposed"))
        ):
            session.add(
                Policy(
                    number=f"HQ2026-000{n}", title=f"设备补贴办法{n}", since=since, state=PolicyState(state), **facts
                )
            )
    assert told(sqlite_database)["policy"] == (
        "· 设备补贴办法0（经开发〔2026〕8 号，经开区管委会）自 2026-10-01 起施行。设备投资按 10% 补贴。"
    )
