"""Numbers are covered for whoever need not dial; more is shown for a reason, on record, once (C-46, note 3 of the matrix)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from financing import masks
from financing.access import Actor, Role
from financing.acts import Act
from financing.journal import Entry
from tests.makers import a_firm, writing

PHONE = "13812341234"


@pytest.mark.parametrize(
    ("shown", "cover", "number"),
    [
        ("138****1234", masks.phone, PHONE),
        ("****-***0101", masks.phone, "0797-0000101"),
        ("362***********1234", masks.identity, "362101199003071234"),
        ("***************7890", masks.account, "6222021234561237890"),
        ("******", masks.phone, "123456"),
        ("", masks.phone, ""),
    ],
)
def test_C46_what_is_left_of_a_number(shown, cover, number):
    assert cover(number) == shown


@given(st.text(alphabet="0123456789- X", max_size=30))
def test_C46_at_most_seven_signs_of_a_number_are_left_and_its_length(number):
    for cover in (masks.phone, masks.identity, masks.account):
        shown = cover(number)
        assert len(shown) == len(number)
        assert sum(sign.isdigit() for sign in shown) <= 7


def test_C46_who_dials():
    clear = {role for role in Role if masks.phone_for(Actor(1, role), PHONE) == PHONE}
    assert clear == {Role.VISITOR, Role.CLERK, Role.SIGNATORY, Role.OFFICER, Role.LEADER, Role.BANKER, Role.SYSTEM}


def test_C46_an_auditor_sees_the_ends_says_why_and_then_sees_the_number_once(quick_site):
    with writing(quick_site.database) as session:
        firm = a_firm(session, phone=PHONE)
    auditor, officer = quick_site.person(Role.AUDITOR), quick_site.person(Role.OFFICER)
    place = f"/firms/{firm.id}/contact"
    for path in (f"/firms/{firm.id}", f"/helping/firms/{firm.id}", place, "/firms", "/firms?as=csv"):
        page = auditor.get(path)
        assert page.status_code == 200 and PHONE not in page.text, path
    assert "138****1234" in auditor.get(f"/firms/{firm.id}").text
    assert PHONE in officer.get(f"/firms/{firm.id}").text and officer.get(place).status_code == 404
    assert PHONE not in auditor.sends(place, {"why": ""}).text  # a reason is asked for
    assert PHONE in auditor.sends(place, {"why": "核对回访抽样"}).text
    assert PHONE not in auditor.get(place).text
    with writing(quick_site.database) as session:
        (line,) = session.scalars(select(Entry).where(Entry.act == Act.SHOW_CONTACT)).all()
        assert (line.subject_id, line.firm_id) == (firm.id, firm.id)
        assert "committed" in line.body["facts"]["why"] and "回访" not in str(line.body)
