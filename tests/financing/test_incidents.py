"""An incident finds whom it concerns, tells each of them once, and stands as it was told (个人信息保护法 第五十七条)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.desk import opened
from financing.incident_refusals import NobodyFound, NobodyKnown, PartiesUntold, PartyTold, ReportFirst, SpanWrong
from financing.incidents import concerned, service, views
from financing.incidents.model import Incident, IncidentParty
from financing.incidents.rules import IncidentState, Way
from financing.incidents.service import Said
from financing.journal import Entry
from financing.matching.model import Consent, Dossier, Match, Viewing
from financing.matching.rules import Consented, MatchState
from financing.needs.rules import Purpose
from financing.notices.model import Notice
from financing.papers import service as papers
from financing.papers.model import Paper
from financing.parties.model import Firm
from financing.people.model import User
from financing.personal.rules import Held
from financing.refusals import NotAllowed, NotFound, WrongState
from financing.roles import Remit
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_paper, a_product, a_user, at, writing
from web.jobs import work_off

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ACCOUNTS = ("yin1", "yin2", "jing1", "jing2", "shen1", "qi0")


def said(**changes: object) -> Said:
    told = {
        "title": "账号被他人使用", "kinds": (Held.CONTACT, Held.BUSINESS), "began_at": NOW - 3 * DAY, "ended_at": NOW - DAY,
        "found_at": NOW - HOUR, "cause": "密码在别处泄露", "harm": "可能接到冒充的电话", "measures": "已停用账号", "can_do": "不要转账",
        "reach_us": "周经办 0795-1234567",
    }  # fmt: skip
    return Said(**told | changes)


@pytest.fixture
def zone(database):
    """Twelve firms, two banks, accounts of every side; five days of opening papers and dossiers, drawn by lot."""
    draw = Random(57)
    with writing(database) as session:
        firms = [a_firm(session) for _ in range(12)]
        banks = [a_bank(session), a_bank(session)]
        roles = (Role.BANKER, Role.BANKER, Role.OFFICER, Role.OFFICER, Role.AUDITOR)
        users = {
            login: a_user(session, role, login=login, bank_id=banks[n].id if role is Role.BANKER else None)
            for n, (login, role) in enumerate(zip(ACCOUNTS, roles, strict=False))
        }
        users |= {
            f"qi{n}": a_user(session, Role.SIGNATORY, login=f"qi{n}", firm_id=firm.id) for n, firm in enumerate(firms)
        }
        users["guards"] = a_user(session, Role.ADMIN, remit=Remit.ACCOUNTS, login="guards")
        users["runs"] = a_user(session, Role.ADMIN, remit=Remit.RUNNING, login="runs")
        users["leader"] = a_user(session, Role.LEADER, login="leader")
        kept = [a_paper(session, firm) for firm in firms]
        for n, firm in enumerate(firms[:8]):
            _at_a_bank(session, firm, banks[n % 2], users[ACCOUNTS[n % 2]], NOW - (20 + 13 * n) * HOUR)
    looks = [(draw.randrange(1, 6 * 24), draw.choice(ACCOUNTS[2:5]), draw.choice(kept)) for _ in range(40)]
    for ago, login, paper in sorted(looks, key=lambda look: -look[0]):
        with at(database, users[login].actor, NOW - ago * HOUR) as desk:
            papers.opened(desk, desk.get(Paper, paper.id))
    return database, firms, banks, {login: user.actor for login, user in users.items()}


def _at_a_bank(session, firm, bank, banker, when) -> None:
    """A dossier that lies with a bank and was opened there once."""
    need = a_need(session, firm)
    match = Match(need_id=need.id, firm_id=firm.id, bank_id=bank.id, product_id=a_product(session, bank).id, fit=1, reasons=[],
                  proposed_on=TODAY, sent_on=TODAY, due_on=TODAY, state=MatchState.SENT)  # fmt: skip
    consent = Consent(number=f"SQ-{need.number}", firm_id=firm.id, need_id=need.id, bank_id=bank.id, scope=["basic"], purpose=Consented.FINANCING,
                      text_version="2026-11", text_hash="", granted_by=1, valid_from=NOW - 30 * DAY, valid_until=NOW + 30 * DAY)  # fmt: skip
    dossier = Dossier(number=f"DA-{need.number}", need_id=need.id, firm_id=firm.id, snapshot="{}", digest="", frozen_at=NOW, firm_name=firm.name,
                      amount=need.amount, line=need.amount, months=12, purpose=Purpose.WORKING_CAPITAL, grade="A", contact="", phone="")  # fmt: skip
    session.add_all((match, consent, dossier))
    session.flush()
    session.add(Viewing(dossier_id=dossier.id, firm_id=firm.id, bank_id=bank.id, user_id=banker.id, user_name="", role=Role.BANKER, printed=False, at=when))  # fmt: skip


def recorded(database, who, **changes) -> Incident:
    with at(database, who) as desk:
        return service.record(desk, said(**changes))


def reckoned(database, way: Way, of: str, one: Incident) -> set[str]:
    """The same once more, by reading every line and row: who, in the span, of which firm."""
    with opened(database, SYSTEM, NOW, write=False) as desk:
        names = {firm.id: firm.name for firm in desk.all(Firm)}
        users = {user.login: user for user in desk.all(User)}
        within = [line for line in desk.all(Entry) if one.began_at <= line.at <= one.ended_at and line.firm_id]
        looks = [look for look in desk.all(Viewing) if one.began_at <= look.at <= one.ended_at]
        if way is Way.ACCOUNT:
            me = users[of]
            return {
                names[line.firm_id] for line in within if line.body["actor"] == me.id and line.firm_id != me.firm_id
            }
        if way is Way.BANK:
            bank = next(
                iter(
                    {look.bank_id for look in desk.all(Viewing)}
                    & {user.bank_id for user in users.values() if user.login == of}
                )
            )
            ours = {user.id for user in users.values() if user.bank_id == bank}
            return {names[line.firm_id] for line in within if line.body["actor"] in ours} | {
                names[look.firm_id] for look in looks if look.bank_id == bank
            }
        if way is Way.REACH and users[of].role is Role.BANKER:
            open_ones = {
                (c.need_id, c.bank_id)
                for c in desk.all(Consent)
                if c.withdrawn_at is None and c.valid_from <= NOW < c.valid_until
            }
            return {
                names[m.firm_id]
                for m in desk.all(Match)
                if m.bank_id == users[of].bank_id and (m.need_id, m.bank_id) in open_ones
            }
        return set(names.values())


def test_the_list_equals_an_independent_reckoning_in_every_way(zone):
    database, firms, banks, who = zone
    one = recorded(database, who["guards"])
    asked = [(Way.ACCOUNT, login, login) for login in ("jing1", "jing2", "shen1")]
    asked += [
        (Way.REACH, "yin1", "yin1"),
        (Way.REACH, "jing1", "jing1"),
        (Way.BANK, banks[0].name, "yin1"),
        (Way.BANK, banks[1].name, "yin2"),
    ]
    for way, of, login in asked:
        with at(database, who["guards"]) as desk:
            found = concerned.find(desk, desk.get(Incident, one.id), way, of)
            named = {name for _firm, _user, name, _count in concerned.names(desk, found)}
        expected = reckoned(database, way, login, one)
        assert (named, bool(expected)) == (expected, True), (way, of)
    with at(
        database, who["guards"]
    ) as desk:  # a kind of data: everybody with a telephone here, and officers by their own account
        there = desk.get(Incident, one.id)
        assert set(concerned.find(desk, there, Way.KIND, "contact").firms) == {firm.id for firm in firms}
        accounts = concerned.find(desk, there, Way.KIND, "account")
        outside = {user.id for user in desk.session.scalars(select(User)) if user.firm_id is None}
        assert (set(accounts.people), set(accounts.firms)) == (outside, {firm.id for firm in firms})
        with pytest.raises(NobodyKnown):
            concerned.find(desk, there, Way.ACCOUNT, "nobody")
        with pytest.raises(NobodyKnown):
            concerned.find(desk, there, Way.KIND, "no_such_kind")
    quiet = recorded(database, who["guards"], began_at=NOW - 90 * DAY, ended_at=NOW - 80 * DAY)
    with pytest.raises(NobodyFound), at(database, who["guards"]) as desk:
        service.draw(desk, desk.get(Incident, quiet.id), Way.ACCOUNT, "jing1")


def test_everybody_concerned_hears_of_it_once_and_then_nothing_of_it_changes(zone):
    database, firms, banks, who = zone
    one = recorded(database, who["jing2"])
    for way, of in ((Way.ACCOUNT, "jing1"), (Way.BANK, banks[0].name), (Way.BANK, banks[0].name)):
        with at(database, who["guards"]) as desk:
            service.draw(desk, desk.get(Incident, one.id), way, of)
    expected = reckoned(database, Way.ACCOUNT, "jing1", one) | reckoned(database, Way.BANK, "yin1", one)
    with at(database, who["shen1"]) as desk:
        listed = service.parties(desk, desk.get(Incident, one.id))
        assert {party.party for party in listed} == expected
        assert len({(party.id, *map(tuple, (each[:2] for each in party.how))) for party in listed}) == len(listed), (
            "drawn twice, told once"
        )
    gone = min(expected)
    with at(database, who["qi0"]) as desk:
        assert (desk.all(Incident), desk.all(IncidentParty)) == ([], []), "nobody was told yet"
    with at(database, who["guards"]) as desk:
        there, party = desk.get(Incident, one.id), desk.find(IncidentParty, IncidentParty.party == gone)
        service.leave_out(desk, there, party, "由本人打开")
        with pytest.raises(PartyTold):
            service.leave_out(desk, there, party, "再移一次")
        with pytest.raises(PartiesUntold):
            service.close(desk, there, "教训")
    with at(database, who["guards"]) as desk:
        assert service.tell(desk, desk.get(Incident, one.id)) == len(expected) - 1
    with pytest.raises((NobodyFound, WrongState)), at(database, who["guards"]) as desk:
        service.tell(desk, desk.get(Incident, one.id))
    with at(database, who["guards"]) as desk:  # somebody more is found: only they are told
        service.draw(desk, desk.get(Incident, one.id), Way.REACH, "yin2")
        more = service.tell(desk, desk.get(Incident, one.id))
        assert more == len(reckoned_reach(database) - expected)
    work_off(database, NOW + HOUR)
    everybody = (expected | reckoned_reach(database)) - {gone}
    _told_once(database, firms, everybody, one)
    inside = next(f"qi{n}" for n, firm in enumerate(firms) if firm.name in everybody)
    outside = next(f"qi{n}" for n, firm in enumerate(firms) if firm.name == gone)
    with at(database, who[inside]) as desk:
        shown = views.one(desk, desk.get(Incident, one.id))
        assert ([party.firm_id for party in shown.parties], shown.incident.can_do, shown.acts) == (
            [who[inside].firm_id],
            "不要转账",
            (),
        )
    for name in (outside, "yin1"):
        with at(database, who[name]) as desk, pytest.raises(NotFound):
            desk.get(Incident, one.id)
    for statement in ("UPDATE incident SET cause = 'x'", "UPDATE incident SET found_at = began_at", "UPDATE incident_party SET told_at = NULL", "DELETE FROM incident", "DELETE FROM incident_party"):  # fmt: skip
        with pytest.raises(DBAPIError, match="wall"), database.writer.begin() as connection:
            connection.execute(text(statement))
    with at(database, who["guards"]) as desk:
        there = desk.get(Incident, one.id)
        with pytest.raises(ReportFirst):
            service.close(desk, there, "教训")
        service.report(desk, there, "市网信办 118")
        service.close(desk, there, "一律启用通行密钥")
        assert (there.state, desk.acts(there)) == (IncidentState.CLOSED, ())


def _told_once(database, firms, everybody: set[str], one: Incident) -> None:
    """Each of them got one notice, and nothing of what happened stands in it."""
    with writing(database) as session:
        names = {user.id: next(firm.name for firm in firms if firm.id == user.firm_id) for user in session.scalars(select(User).where(User.firm_id.is_not(None)))}  # fmt: skip
        told = session.scalars(select(Notice).where(Notice.act == Act.TELL_PARTIES)).all()
        assert Counter(names[notice.user_id] for notice in told) == dict.fromkeys(everybody, 1)
        assert {notice.subject_id for notice in told} == {one.id}
        assert all(word not in str(vars(notice)) for notice in told for word in ("冒充", "泄露", "转账"))


def reckoned_reach(database) -> set[str]:
    """Firms whose dossiers lie with the second bank."""
    with opened(database, SYSTEM, NOW, write=False) as desk:
        bank = desk.find(User, User.login == "yin2").bank_id
        names = {firm.id: firm.name for firm in desk.all(Firm)}
        return {names[one.firm_id] for one in desk.all(Match, Match.bank_id == bank)}


def test_who_may_and_what_is_late(zone):
    database, _firms, _banks, who = zone
    for name in ("runs", "shen1", "leader", "yin1", "qi0"):
        with pytest.raises(NotAllowed), at(database, who[name]) as desk:
            service.record(desk, said())
    for wrong in ({"found_at": NOW + HOUR}, {"began_at": NOW}, {"ended_at": NOW - 4 * DAY}):
        with pytest.raises(SpanWrong):
            recorded(database, who["jing1"], **wrong)
    one = recorded(database, who["jing1"])
    assert (one.report_by, one.tell_by) == (NOW + 23 * HOUR, NOW + 23 * HOUR), "24 hours from when it was found"
    with at(database, who["jing1"]) as desk:
        service.edit(desk, desk.get(Incident, one.id), said(cause="另有原因", found_at=NOW - 2 * HOUR))
        assert (desk.get(Incident, one.id).cause, desk.get(Incident, one.id).found_at) == ("另有原因", NOW - HOUR)
        service.report(desk, desk.get(Incident, one.id), "市网信办 118")
    work_off(database, NOW + 22 * HOUR)
    assert _reminders(database) == Counter()
    for _twice in range(2):
        work_off(database, NOW + 24 * HOUR)
    assert _reminders(database) == {"leader": 1, "shen1": 1, "jing1": 1}, (
        "the authority was told in time, those concerned were not"
    )


def _reminders(database) -> Counter[str]:
    with writing(database) as session:
        logins = {user.id: user.login for user in session.scalars(select(User))}
        found = session.scalars(select(Notice).where(Notice.act == Act.REMIND_INCIDENT))
        return Counter(logins[notice.user_id] for notice in found)
