"""The print pack of a session as the officer's desk puts it together."""

from __future__ import annotations

from datetime import date

import pytest

from financing.access import Role
from financing.forums import inviting, service
from financing.forums.day_model import Guest
from financing.forums.model import ForumSession
from financing.money import Fen
from financing.parties.model import Firm
from financing.parties.rules import Support
from financing.people.model import User
from reports.pdf import Press
from reports.session import session
from tests.financing.matching.stage import Stage, staged
from tests.makers import a_user, writing
from tests.reports.reading import bare, reader, text
from web.session_pack import programme_of

DAY = date(2026, 11, 27)


def pack(stage: Stage, rounds: int = 4, starts: str = "09:00"):
    stage.proposed()
    stage.grant(0)
    stage.send()
    banks = [bank.id for bank in stage.banks]
    with stage.at(stage.officer) as desk:
        plan = {"title": "对接会", "day": DAY, "place": "企业服务中心", "starts": starts, "minutes": 20, "banks": banks}
        held = service.plan(desk, **plan, rounds=rounds)
        service.seat(desk, held)
    with stage.at(stage.officer) as desk:
        return programme_of(desk, desk.get(ForumSession, held.id), "示范经开区")


def test_the_officers_of_each_bank_stand_on_its_table_and_in_the_roll(database):
    stage = staged(database, banks=2)
    with writing(database) as write:
        a_user(write, Role.BANKER, bank_id=stage.banks[0].id, name="李敏")
        a_user(write, Role.BANKER, bank_id=stage.banks[0].id, name="王离职", active=False)
        a_user(write, Role.BANK_ADMIN, bank_id=stage.banks[0].id, name="赵管理")
    view = pack(stage)
    seated = {table.bank: set(table.officers) for table in view.tables}
    assert {name for names in seated.values() for name in names} >= {"李敏"}
    assert not {"王离职", "赵管理"} & {name for names in seated.values() for name in names}
    assert all(seated.values())
    assert "李敏" in {guest.name for guest in view.guests}


def test_who_answered_that_they_come_stands_on_the_table_and_in_the_roll(database):
    stage = staged(database, banks=1)
    with writing(database) as write:
        a_user(write, Role.BANKER, bank_id=stage.banks[0].id, name="李敏")
    pack(stage)
    with stage.at(stage.officer) as desk:
        held = desk.all(ForumSession)[0].id
        inviting.invite(desk, desk.get(ForumSession, held))
        guests = {bool(guest.bank_id): guest.id for guest in desk.all(Guest)}
    for bank, actor, person in ((True, stage.bankers[0], "陈行长"), (False, stage.signatory, "张厂长")):
        with stage.at(actor) as desk:
            said = inviting.Answer(coming=True, person=person, power=Fen.wan(500))
            inviting.answer(desk, desk.get(Guest, guests[bank]), said)
    with stage.at(stage.officer) as desk:
        view = programme_of(desk, desk.get(ForumSession, held), "示范经开区")
    assert view.tables[0].officers == ["陈行长"]
    assert {guest.name for guest in view.guests} == {"陈行长", "张厂长"}


def test_an_officer_sees_bankers_and_committee_among_accounts_and_nobody_else(database):
    stage = staged(database, banks=1)
    with writing(database) as write:
        for role in set(Role) - {Role.VISITOR, Role.SYSTEM}:
            a_user(write, role)
    with stage.at(stage.officer) as desk:
        assert {user.role for user in desk.all(User)} == {Role.MEMBER, Role.CHAIR, Role.BANKER}


def test_a_need_is_listed_with_its_trade_and_its_support_in_words(database):
    (teaser,) = pack(staged(database, banks=1)).teasers
    assert teaser.industry.startswith("3340 ")
    assert teaser.support is Support.LETTER


def test_a_need_whose_trade_nobody_gave_has_none(database):
    stage = staged(database, banks=1)
    with writing(database) as write:
        write.get_one(Firm, stage.firm.id).industry = ""
    assert pack(stage).teasers[0].industry is None


@pytest.mark.parametrize(("starts", "arrival"), [("09:00", "08:30"), ("14:10", "13:40"), ("00:10", "00:00")])
def test_people_arrive_half_an_hour_before_the_first_round(database, starts, arrival):
    programme = pack(staged(database, banks=1), starts=starts).programme
    assert [point.at.partition("–")[0] for point in programme[:2]] == [arrival, starts]


def test_the_printed_list_says_the_support_in_words_and_what_is_not_known(database):
    stage = staged(database, banks=1)
    with writing(database) as write:
        write.get_one(Firm, stage.firm.id).industry = ""
    view = pack(stage)
    with Press(1) as press:
        (printed,) = press.print([session(view)])
    (page,) = [
        bare(sheet.extract_text()) for sheet in reader(printed).pages if "融资需求清单" in bare(sheet.extract_text())
    ]
    assert "未提供120.012补充流动资金A担保函" in page
    assert "letter" not in text(printed)
