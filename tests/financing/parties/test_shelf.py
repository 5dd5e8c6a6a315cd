"""Branches, the shelf with its history, and who at a bank may offer how much."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.access import Role
from financing.bank_refusals import BeyondRight, NoRight, NotAnOfficer, NotTheHead, OffTheShelf
from financing.matching import release
from financing.matching import shelf as matching
from financing.matching.model import Match
from financing.money import Fen
from financing.parties import rights, shelf, shelf_views
from financing.parties.model import Bank, OfferRight, Product
from financing.parties.rules import BankKind, Shelved, standing, within_right
from financing.people.model import User
from financing.refusals import NotAllowed, NotFound
from tests.financing.matching.stage import staged
from tests.financing.parties.test_service import terms
from tests.makers import NOW, TODAY, a_bank, a_product, a_user, at, writing

DAY = timedelta(days=1)


def test_a_branch_is_of_its_parents_kind_and_stands_behind_it(database):
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).actor
    with at(database, officer) as desk:
        head = shelf.add_bank(desk, name="云泽银行", kind=BankKind.POLICY)
        for name in ("云泽银行东支行", "云泽银行北支行"):
            assert shelf.add_bank(desk, name=name, kind=BankKind.CITY, parent=head).kind is BankKind.POLICY
        shelf.add_bank(desk, name="云泽甲行", kind=BankKind.FOREIGN)
        names = [row.name for row in shelf_views.banks(desk)]
        assert names.index("云泽银行北支行") - names.index("云泽银行") in {1, 2}
        parent, branches = shelf_views.branches(desk, head)
        assert (parent, [one.name for one in branches]) == ("", ["云泽银行东支行", "云泽银行北支行"])
        assert shelf_views.branches(desk, branches[0]) == ("云泽银行", [])


@pytest.mark.parametrize(
    ("since", "until", "withdrawn", "stands"),
    [
        (TODAY, TODAY, False, Shelved.OFFERED),
        (TODAY + DAY, TODAY + DAY, False, Shelved.TO_COME),
        (TODAY - DAY, TODAY - DAY, False, Shelved.EXPIRED),
        (TODAY, TODAY, True, Shelved.TAKEN_OFF),
        (TODAY - DAY, TODAY - DAY, True, Shelved.TAKEN_OFF),
    ],
)
def test_where_a_product_stands_follows_from_its_days(since, until, withdrawn, stands):
    assert standing(TODAY, since, until, withdrawn=withdrawn) is stands


@pytest.mark.parametrize(
    ("since", "until", "matched"),
    [(TODAY, TODAY, True), (TODAY - 2 * DAY, TODAY - DAY, False), (TODAY + DAY, TODAY + 2 * DAY, False)],
)
def test_a_product_outside_its_days_is_never_matched(database, since, until, matched):
    stage = staged(database, banks=0)
    with writing(database) as session:
        a_product(session, a_bank(session), valid_from=since, valid_until=until)
    with stage.at(stage.officer) as desk:
        need = desk.get(type(stage.need), stage.need.id)
        assert bool(matching.fits(desk, need)) is matched


def test_a_withdrawn_product_is_matched_no_more_and_stays_on_record(database):
    stage = staged(database, banks=1)
    with stage.at(stage.officer) as desk:
        product = desk.all(Product)[0]
        shelf.withdraw_product(desk, product, why="额度用完")
    with stage.at(stage.officer) as desk:
        need = desk.get(type(stage.need), stage.need.id)
        assert matching.fits(desk, need) == [] and matching.excluded(desk, need) == []
        row = shelf_views.products(desk, stage.banks[0])[0]
        assert (row.standing, row.withdrawn_at, row.why) == (Shelved.TAKEN_OFF, NOW, "额度用完")
        with pytest.raises(OffTheShelf):
            shelf.withdraw_product(desk, desk.get(Product, product.id), why="再下架")


def test_a_new_version_takes_the_old_one_off_and_both_are_kept(database):
    with writing(database) as session:
        bank = a_bank(session)
        old = a_product(session, bank, name="老版")
        admin = a_user(session, Role.BANK_ADMIN, bank_id=bank.id).actor
        stranger = a_user(session, Role.BANK_ADMIN, bank_id=a_bank(session).id).actor
    with at(database, stranger) as desk, pytest.raises(NotAllowed):
        shelf.withdraw_product(desk, desk.get(Product, old.id), why="别家的")
    with at(database, admin) as desk:
        here = desk.get(Bank, bank.id)
        shelf.add_product(desk, here, replaces=desk.get(Product, old.id), **terms(name="新版"))
        rows = shelf_views.products(desk, here)
        assert [(row.name, row.standing, row.replaces) for row in rows] == [
            ("新版", Shelved.OFFERED, "老版"),
            ("老版", Shelved.TAKEN_OFF, ""),
        ]
        with pytest.raises(OffTheShelf):
            shelf.add_product(desk, here, replaces=desk.get(Product, old.id), **terms(name="又一版"))


amounts = st.integers(1, 2_000).map(Fen)
bounds = st.none() | st.integers(0, 2_000).map(Fen)


@given(amounts, st.booleans(), st.booleans(), bounds, bounds)
def test_an_offer_passes_by_ones_own_right_or_by_a_release_and_by_nothing_else(amount, kept, held, most, released):
    unlimited = held and most is None
    room = max([bound.fen for bound in (most if held else None, released) if bound is not None], default=0)
    expected = not kept or unlimited or amount.fen <= room
    assert within_right(amount, kept=kept, held=held, most=most, released=released) is expected


def branch(database):
    """A need at one bank with two more officers, one of whom is the head up to 200万元."""
    stage = staged(database, banks=1)
    with writing(database) as session:
        bank = stage.banks[0]
        head, newcomer = (a_user(session, Role.BANKER, bank_id=bank.id).actor for _ in range(2))
        admin = a_user(session, Role.BANK_ADMIN, bank_id=bank.id).actor
    stage.proposed()
    stage.grant(0)
    stage.send()
    return stage, head, newcomer, admin


def the_match(desk):
    return desk.all(Match)[0]


def test_nobody_is_limited_until_the_bank_gives_rights_and_then_everybody_is(database):
    stage, head, newcomer, admin = branch(database)
    officer = stage.bankers[0]
    with stage.at(officer) as desk:
        release.check(desk, the_match(desk), Fen.wan(120))
    with stage.at(admin) as desk:
        rights.give(desk, desk.get(User, officer.id), most=Fen.wan(100))
        rights.give(desk, desk.get(User, head.id), most=Fen.wan(200), heads=True)
    with stage.at(officer) as desk:
        release.check(desk, the_match(desk), Fen.wan(100))
        with pytest.raises(BeyondRight) as no:
            release.check(desk, the_match(desk), Fen.wan(100) + Fen(1))
        assert no.value.facts["most"] == Fen.wan(100)
    with stage.at(newcomer) as desk, pytest.raises(NoRight):
        release.check(desk, the_match(desk), Fen(1))


def test_the_head_alone_releases_and_never_beyond_the_heads_own_right(database):
    stage, head, newcomer, admin = branch(database)
    officer = stage.bankers[0]
    with stage.at(admin) as desk:
        rights.give(desk, desk.get(User, officer.id), most=Fen.wan(50))
        rights.give(desk, desk.get(User, head.id), most=Fen.wan(110), heads=True)
    for who, most in ((officer, 60), (newcomer, 60), (head, 111), (head, 0)):
        with stage.at(who) as desk, pytest.raises(NotTheHead):
            release.release(desk, the_match(desk), Fen.wan(most))
    with stage.at(head) as desk:
        release.release(desk, the_match(desk), Fen.wan(110))
    with stage.at(officer) as desk:
        release.check(desk, the_match(desk), Fen.wan(110))
        with pytest.raises(BeyondRight):
            release.check(desk, the_match(desk), Fen.wan(110) + Fen(1))


def test_a_right_is_given_by_ones_own_bank_alone_and_the_last_one_counts(database):
    stage, head, _, admin = branch(database)
    with writing(database) as session:
        foreign = a_user(session, Role.BANK_ADMIN, bank_id=a_bank(session).id).actor
    for other in (foreign, stage.officer, head):
        with stage.at(other) as desk, pytest.raises((NotFound, NotAllowed)):
            rights.give(desk, desk.get(User, head.id), most=None)
    with stage.at(admin) as desk:
        for most in (Fen.wan(10), None, Fen.wan(30)):
            rights.give(desk, desk.get(User, head.id), most=most)
        assert rights.of(desk, head.id).most == Fen.wan(30)
        assert sorted(given.number for given in desk.all(OfferRight)) == [1, 2, 3]
        assert {one.id for one in rights.holders(desk)} >= {head.id}
        with pytest.raises(NotAnOfficer):
            rights.give(desk, desk.get(User, admin.id), most=None)
