from financing.access import Role
from financing.parties import shelf_views, views
from financing.parties.model import Bank, Firm
from financing.parties.rules import FirmState
from financing.readings import likeness
from tests.makers import a_bank, a_firm, a_product, a_user, at, writing


def test_firms_are_found_by_name_by_look_and_by_code(database):
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).actor
        firm = a_firm(
            session, name="示范（江西）ＡＢＣ铜材有限公司", likeness=likeness("示范（江西）ＡＢＣ铜材有限公司")
        )
        new = a_firm(session, name="新来的电子厂", state=FirmState.REGISTERED)
    with at(database, officer, write=False) as desk:
        for words in ("铜材", "江西 abc", "(江西)", firm.code[:17], firm.code.lower()):
            assert [row.id for row in views.firms(desk, words=words).rows] == [firm.id], words
        assert [row.id for row in views.firms(desk).rows] == [new.id, firm.id]
        assert [row.id for row in views.firms(desk, state=FirmState.CONFIRMED).rows] == [firm.id]
        assert views.firms(desk, words="%").rows == ()


def test_look_alikes_are_flagged_to_the_officer_and_not_to_the_firm(database):
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).actor
        one, other = (a_firm(session, name=name, likeness=likeness(name)) for name in ("大铜公司", "⼤铜（公司）"))
        owner = a_user(session, Role.SIGNATORY, firm_id=one.id).actor
        a_firm(session, name="大铁公司", likeness=likeness("大铁公司"))
    with at(database, officer, write=False) as desk:
        assert [twin.id for twin in views.file(desk, desk.get(Firm, one.id)).twins] == [other.id]
    with at(database, owner, write=False) as desk:
        assert views.file(desk, desk.get(Firm, one.id)).twins == ()


def test_banks_show_how_much_is_on_the_shelf(database):
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).actor
        full, empty = a_bank(session, name="甲银行"), a_bank(session, name="乙银行")
        for _ in range(3):
            a_product(session, full)
    with at(database, officer, write=False) as desk:
        assert {row.name: row.products for row in shelf_views.banks(desk)} == {"甲银行": 3, "乙银行": 0}
        assert len(shelf_views.products(desk, desk.get(Bank, full.id))) == 3 and not shelf_views.products(
            desk, desk.get(Bank, empty.id)
        )
