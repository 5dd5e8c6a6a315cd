from datetime import date

import pytest

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.money import Fen, Rate
from financing.parties import service, shelf
from financing.parties.model import Bank, Firm, Guarantor, Product
from financing.parties.rules import BankKind, FirmState, GuarantorKind
from financing.refusals import (
    BankKnown,
    CheckedField,
    FirmKnown,
    Incomplete,
    NotACode,
    NotAllowed,
    NotAnIndustry,
    NotFound,
    NotText,
    OrganAsGuarantor,
    OutOfRange,
)
from tests.makers import TODAY, a_bank, a_code, a_firm, a_user, at, writing

FACTS = {
    "name": "示范新材料有限公司", "industry": "C3340", "park": "高新园区", "address": "工业大道 8 号", "founded_on": date(2016, 5, 4),
    "representative": "王强", "contact": "赵敏", "phone": "13900000000", "employees": 86, "revenue": Fen.wan(3_600),
    "assets": Fen.wan(2_400),
}  # fmt: skip


def register(database, **changes):
    with at(database, Actor(7, Role.SIGNATORY)) as desk:
        return service.register(desk, **{"code": a_code(), **FACTS, **changes})


def test_a_firm_is_registered_with_its_size_worked_out(database):
    firm = register(database)
    with at(database, writing_officer(database)) as desk:
        kept = desk.get(Firm, firm.id)
        assert (kept.state, kept.industry, kept.size) == (FirmState.REGISTERED, "3340", "small")


def writing_officer(database):
    with writing(database) as session:
        return a_user(session, Role.OFFICER).actor


def test_the_same_code_is_taken_once(database):
    firm = register(database)
    with pytest.raises(FirmKnown):
        register(database, code=firm.code, name="另一家公司")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"code": "91350100M000100Y44"}, NotACode),
        ({"name": "铜\u202e材"}, NotText),
        ({"industry": "9999"}, NotAnIndustry),
        ({"founded_on": date(2027, 1, 1)}, OutOfRange),
        ({"founded_on": date(1900, 1, 1)}, OutOfRange),
        ({"employees": -1}, OutOfRange),
        ({"revenue": Fen(-1)}, OutOfRange),
    ],
)
def test_what_cannot_be_true_is_refused(sqlite_database, change, kind):
    with pytest.raises(kind):
        register(sqlite_database, **change)


def test_an_officer_confirms_and_from_then_on_corrects(database):
    firm, officer = register(database), writing_officer(database)
    with writing(database) as session:
        owner = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
    with at(database, owner) as desk:
        service.edit(desk, desk.get(Firm, firm.id), name="示范新材料科技有限公司", phone="13911111111")
    with at(database, officer) as desk:
        service.confirm(desk, desk.get(Firm, firm.id))
    with at(database, owner) as desk:
        mine = desk.get(Firm, firm.id)
        service.edit(desk, mine, name=mine.name, employees=400, revenue=Fen.wan(5_000))
        assert mine.size == "medium"
        with pytest.raises(CheckedField):
            service.edit(desk, mine, founded_on=date(2000, 1, 1))
    with at(database, officer) as desk:
        service.edit(desk, desk.get(Firm, firm.id), founded_on=date(2000, 1, 1))
        assert desk.get(Firm, firm.id).founded_on == date(2000, 1, 1)


def test_a_firm_neither_confirms_itself_nor_edits_another(database):
    with writing(database) as session:
        one, other = a_firm(session, state=FirmState.REGISTERED), a_firm(session)
        owner = a_user(session, Role.SIGNATORY, firm_id=one.id).actor
    with at(database, owner) as desk:
        with pytest.raises(NotAllowed):
            service.confirm(desk, desk.get(Firm, one.id))
        with pytest.raises(NotFound):
            desk.get(Firm, other.id)


def test_a_bank_stands_on_the_list_once_and_its_products_keep_their_limits(database):
    officer = writing_officer(database)
    with at(database, officer) as desk:
        bank = shelf.add_bank(desk, name="示范农商行开发区支行", kind=BankKind.RURAL, phone="0791-0000000")
        product = shelf.add_product(desk, bank, **terms())
        assert desk.get(Product, product.id).most == Fen.wan(300)
    with at(database, officer) as desk, pytest.raises(BankKnown):
        shelf.add_bank(desk, name="示范农商行开发区支行", kind=BankKind.RURAL)


def terms(**changes):
    return {
        "name": "微企贷", "least": Fen.wan(10), "most": Fen.wan(300), "shortest": 6, "longest": 24, "spread": Rate.percent("0.5"),
        "valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31), **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"least": Fen.wan(400)}, {"least": Fen(0)}, {"shortest": 36}, {"valid_until": date(2026, 11, 22)}]
)
def test_a_product_that_contradicts_itself_is_refused(sqlite_database, change):
    with writing(sqlite_database) as session:
        bank, officer = a_bank(session), a_user(session, Role.OFFICER).actor
    with at(sqlite_database, officer) as desk, pytest.raises(OutOfRange):
        shelf.add_product(desk, desk.get(Bank, bank.id), **terms(**change))


def test_there_is_one_guarantor_and_setting_it_again_changes_it(database):
    for assets in (Fen.wan(10_000), Fen.wan(20_000)):
        with at(database, SYSTEM) as desk:
            service.set_guarantor(desk, **standing(net_assets=assets))
    with at(database, writing_officer(database)) as desk, pytest.raises(NotAllowed):
        service.set_guarantor(desk, **standing())
    with at(database, SYSTEM) as desk:
        assert [g.net_assets for g in desk.all(Guarantor)] == [Fen.wan(20_000)]


def standing(**changes):
    return {
        "name": "示范开发区投资有限公司", "kind": GuarantorKind.RISK_POOL, "net_assets": Fen.wan(20_000),
        "share": Rate.percent(80), "fee": Rate.percent(1), **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"name": "示范经开区管委会"}, OrganAsGuarantor),
        ({"kind": GuarantorKind.LICENSED}, Incomplete),
        ({"share": Rate.percent(101)}, OutOfRange),
        ({"fee": Rate.percent(11)}, OutOfRange),
        ({"net_assets": Fen(-1)}, OutOfRange),
    ],
)
def test_a_guarantor_that_the_law_does_not_know_is_refused(sqlite_database, change, kind):
    with at(sqlite_database, SYSTEM) as desk, pytest.raises(kind):
        service.set_guarantor(desk, **standing(**change))


def test_every_registration_leaves_one_line_and_one_notice(sqlite_database):
    from sqlalchemy import select

    from financing.journal import Entry
    from financing.outbox import Outgoing

    firm = register(sqlite_database)
    with writing(sqlite_database) as session:
        assert [e.act for e in session.scalars(select(Entry).where(Entry.subject_id == firm.id))] == [Act.REGISTER_FIRM]
        notice = session.scalars(select(Outgoing)).one()
        assert notice.payload["to"] == {"role": "officer"} and "示范" not in str(notice.payload)
    assert firm.registered_at.date() == TODAY
