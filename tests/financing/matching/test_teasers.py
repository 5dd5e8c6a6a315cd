"""Teasers on a desk: kept once made, shown to the bank alone that was proposed, and gone once the firm consents."""

import pytest

from financing.access import Role
from financing.bank_refusals import AskedAlready
from financing.journal import Line
from financing.matching import teasers
from financing.matching.model import ConsentRequest, Match
from financing.needs.model import Need
from financing.parties.model import Firm
from financing.refusals import NotFound
from tests.financing.matching.stage import staged
from tests.makers import a_bank, a_firm, a_user, at, writing


def among(database, firms, **facts):
    """A need proposed to two banks in a zone with so many more firms like its own."""
    stage = staged(database, banks=2)
    with writing(database) as session:
        for _ in range(firms):
            a_firm(session, **facts)
    stage.proposed()
    return stage


def test_a_bank_sees_bands_of_what_is_proposed_to_it_and_no_name(database):
    stage = among(database, 6)
    with stage.at(stage.bankers[0]) as desk:
        (row,) = teasers.proposed(desk)
        assert desk.all(Match) == [] and desk.all(Need) == [] and desk.all(Firm) == []
    told = row.teaser
    assert (told.sections, told.sizes, told.guaranteed) == (("C",), ("small",), True)
    assert told.amount[0] < stage.need.amount.fen <= told.amount[1] and told.amount[1] > told.amount[0]
    assert stage.firm.name not in repr(row) and str(stage.need.amount.fen) not in repr(row)


def test_a_zone_of_too_few_firms_withholds_the_teaser(database):
    stage = among(database, 3)
    with stage.at(stage.bankers[0]) as desk:
        assert [row.teaser for row in teasers.proposed(desk)] == [None]


def test_a_teaser_stays_as_it_was_first_made_whatever_the_zone_becomes(database):
    stage = among(database, 6)
    with stage.at(stage.bankers[0]) as desk:
        before = teasers.proposed(desk)[0].teaser
    with writing(database) as session:
        for firm in session.query(Firm).filter(Firm.id != stage.firm.id):
            firm.industry, firm.size = "0111", "large"
    stage.proposed()
    for banker in stage.bankers:
        with stage.at(banker) as desk:
            assert teasers.proposed(desk)[0].teaser == before


def test_only_the_bank_proposed_to_sees_it_and_only_until_the_firm_consents(database):
    stage = among(database, 6)
    with writing(database) as session:
        stranger = a_user(session, Role.BANKER, bank_id=a_bank(session).id).actor
    with at(database, stranger) as desk:
        assert teasers.proposed(desk) == []
    stage.grant(0)
    with stage.at(stage.bankers[0]) as desk:
        assert teasers.proposed(desk) == []
    with stage.at(stage.bankers[1]) as desk:
        assert len(teasers.proposed(desk)) == 1


def test_the_firm_sees_who_asks_and_why_and_no_other_bank_does(database):
    stage = among(database, 6)
    with stage.at(stage.bankers[0]) as desk:
        (row,) = teasers.proposed(desk)
        teasers.ask(desk, row.id, why="贵企业行业与我行重点支持方向一致")
        assert isinstance(desk.lines[-1], Line)
    with stage.at(stage.signatory) as desk:
        (asked,) = desk.all(ConsentRequest)
        assert (asked.why, asked.asked_by, asked.bank_id) == (
            "贵企业行业与我行重点支持方向一致", stage.bankers[0].id, stage.banks[0].id,
        )  # fmt: skip
    with stage.at(stage.bankers[1]) as desk:
        assert desk.all(ConsentRequest) == []
        with pytest.raises(NotFound):
            teasers.ask(desk, row.id, why="别家的")
    with stage.at(stage.bankers[0]) as desk:
        assert teasers.one(desk, row.id).asked_at is not None
        with pytest.raises(AskedAlready):
            teasers.ask(desk, row.id, why="再问一次")


def test_nobody_asks_once_the_firm_has_consented(database):
    stage = among(database, 6)
    match = stage.grant(0)
    with stage.at(stage.bankers[0]) as desk, pytest.raises(NotFound):
        teasers.ask(desk, match.id, why="多此一举")
