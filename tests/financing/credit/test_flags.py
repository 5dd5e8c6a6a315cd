from datetime import date

import pytest

from financing.access import Role
from financing.case_refusals import LookedAt
from financing.credit import flags, service
from financing.credit.model import RaisedFlag
from financing.desk import opened
from financing.journal import Entry
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers import service as papers
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.refusals import NotAllowed, NotFound
from tests.financing.credit.test_service import a_case, assess, frame, months, wan
from tests.makers import NOW, TODAY, a_firm, a_need, a_paper, a_user, at, writing

NEW = [
    ("E1", "out", f"N{n}", "N1", date(2026, month, 20), 500_000_000, 0, 500_000_000, False)
    for n, month in enumerate((8, 9, 10))
]


@pytest.fixture
def officer(database):
    with writing(database) as session:
        return a_user(session, Role.OFFICER).actor


def raised(database, actor, need):
    with at(database, actor) as desk:
        return {one.flag.code: one for one in flags.of(desk, need)}


def a_sudden_firm(database, officer):
    """Three years of even sales and a quarter of great ones to one new customer."""
    need = a_case(database, officer, invoices=frame(months(2023, 46, 123_456_789) + NEW))
    assess(database, officer, need)
    return need


def test_what_is_odd_is_kept_beside_the_score(database, officer):
    need = a_sudden_firm(database, officer)
    found = raised(database, officer, need)
    assert found.keys() == {"spike", "new_parties"}
    assert found["new_parties"].evidence[0][0] == "N1" and found["new_parties"].may_look


def test_a_score_is_the_same_with_and_without_flags(database, officer):
    need = a_case(database, officer, invoices=frame(months(2023, 46, 123_456_789)))
    before = assess(database, officer, need)
    assert raised(database, officer, need) == {}
    with writing(database) as session:
        a_firm(session, phone="13800000000", address="别处一号路九号")
    after = assess(database, officer, need)
    assert raised(database, officer, need).keys() == {"same_phone"}
    assert (after.sheet, after.facts, after.total, after.grade) == (
        before.sheet,
        before.facts,
        before.total,
        before.grade,
    )
    with at(database, officer) as desk:
        assert service.recompute(desk, after).as_json() == after.sheet


def test_the_same_oddity_is_kept_once_and_marked_when_it_is_gone(database, officer):
    need = a_sudden_firm(database, officer)
    assess(database, officer, need)
    assert len(raised(database, officer, need)) == 2
    with writing(database) as session:
        firm = session.get(Need, need).firm_id
        paper = a_paper(session, session.get(Firm, firm)).id
    even = [(*row[:2], f"M{n}", f"B{n % 10}", *row[4:]) for n, row in enumerate(months(2023, 46, 987_654_321))]
    with at(database, officer) as desk:
        papers.keep_invoices(desk, desk.get(Paper, paper), frame(even))
    assess(database, officer, need)
    gone = [one for one in raised(database, officer, need).values() if one.gone_at]
    assert {one.flag.code for one in gone} == {"spike", "new_parties"}


def test_a_flag_is_answered_once_by_name_and_the_journal_knows(database, officer):
    need = a_sudden_firm(database, officer)
    key = raised(database, officer, need)["spike"].id
    with at(database, officer) as desk:
        flags.look(desk, desk.get(RaisedFlag, key), "已核对三份合同与回款，交易属实")
    seen = raised(database, officer, need)["spike"]
    assert seen.looked_at == NOW and seen.reason.startswith("已核对") and not seen.may_look
    with at(database, officer) as desk, pytest.raises(LookedAt):
        flags.look(desk, desk.get(RaisedFlag, key), "再看一次")
    with writing(database) as session:
        line = session.query(Entry).filter_by(subject_id=key).one()
    assert line.body["facts"]["code"] == "spike" and "已核对" not in str(line.body)


@pytest.mark.parametrize("role", [Role.CLERK, Role.SIGNATORY, Role.BANKER, Role.LEADER])
def test_neither_the_firm_nor_a_bank_sees_a_flag(database, officer, role):
    need = a_sudden_firm(database, officer)
    key = raised(database, officer, need)["spike"].id
    with writing(database) as session:
        firm = session.get(Need, need).firm_id
        stranger = a_user(session, role, firm_id=firm if role in {Role.CLERK, Role.SIGNATORY} else None).actor
    with at(database, stranger) as desk:
        assert flags.of(desk, need) == ()
        with pytest.raises(NotFound):
            desk.get(RaisedFlag, key)


def test_the_auditor_reads_flags_and_answers_none(database, officer):
    need = a_sudden_firm(database, officer)
    with writing(database) as session:
        auditor = a_user(session, Role.AUDITOR).actor
    seen = raised(database, auditor, need)["spike"]
    assert not seen.may_look
    with pytest.raises(NotAllowed), opened(database, auditor, NOW) as desk:
        flags.look(desk, desk.get(RaisedFlag, seen.id), "看过")


def test_firms_that_share_a_phone_or_wording_are_named(database, officer):
    use = "采购一批原材料用于四季度已签订单的生产备货与周转"
    need = a_case(database, officer, invoices=frame(months(2023, 46, 123_456_789)), use=use)
    with writing(database) as session:
        twin = a_firm(session, name="邻厂", phone="13800000000", address="别处一号路九号")
        a_firm(session, name="外人", phone="13911112222", address="别处二号路九号")
        copier = a_firm(session, name="抄写", phone="13911113333", address="别处三号路九号")
        a_need(session, copier, use=use, state=NeedState.SUBMITTED, submitted_on=TODAY)
        code = twin.code
    assess(database, officer, need)
    found = raised(database, officer, need)
    assert found.keys() == {"same_phone", "same_text"}
    assert [one[0] for one in found["same_phone"].evidence] == [f"邻厂（{code}）"]
    assert found["same_text"].evidence[0][0].startswith("抄写")


def sold(number, buyer, day=date(2026, 5, 5), *, void=False):
    return ("E1", "out", number, buyer, day, 20_000_000, 0, 20_000_000, void)


def test_firms_that_invoice_in_a_circle_are_found_across_the_zone(database, officer):
    need = a_case(database, officer, invoices=frame(months(2023, 46, 123_456_789)))
    with writing(database) as session:
        first = session.get(Firm, session.get(Need, need).firm_id)
        ring = [first, *(a_firm(session, phone=f"139{n:08d}", address=f"外路{n}号九幢") for n in range(3))]
        keys = [(one.id, one.code, a_paper(session, one, kind=PaperKind.INVOICES).id) for one in ring]
    with at(database, officer) as desk:
        for n, (_, _, paper) in enumerate(keys):
            rows = [
                sold("S1", keys[(n + 1) % 3][1]),
                sold("S1", keys[(n + 1) % 3][1]),
                sold("S2", keys[3][1], void=True),
            ]
            papers.keep_invoices(desk, desk.get(Paper, paper), frame(rows if n < 3 else [sold("S9", "X" * 18)]))
    assess(database, officer, need)
    flag = raised(database, officer, need)["cycle"]
    assert flag.flag.facts == {"count": "2", "sum": "20.00"}
    (path, count, _), *rest = flag.evidence
    assert rest == [] and count == 3 and [code in path for _, code, _ in keys] == [True, True, True, False]


def test_statements_alone_raise_only_what_firms_share(database, officer):
    need = a_case(database, officer, statements=[{2025: wan({"assets": 100, "liabilities": 40})}])
    assess(database, officer, need)
    assert raised(database, officer, need) == {}
