"""The list of charges leaves as a file and comes in again as it was; everybody reads it, and searches it on any day."""

from __future__ import annotations

from financing.access import Role
from financing.charges import examples
from financing.imports.rules import ImportKind
from tests.makers import a_user, at, writing
from tests.reports.test_importing import read, rows


def put(site) -> int:
    with writing(site.database) as session:
        officer = a_user(session, Role.OFFICER).actor
    with at(site.database, officer, site.clock.now) as desk:
        return examples.put(desk)


def test_what_leaves_as_a_file_comes_in_again(quick_site):
    count = put(quick_site)
    content = quick_site.person(Role.OFFICER).get("/charges?as=csv").content
    found = read(ImportKind.CHARGES, content, "清单.csv")
    assert (found.total, found.errors) == (count, 0)
    told = {(row["authority"], row["item"]): row for row in rows(found)}
    for one in examples.shipped():
        row = told[one.authority, one.item]
        assert (row["lower"], row["basis"], row["since"], row["nature"]) == (
            one.lower,
            one.basis,
            one.since.isoformat(),
            one.nature.value,
        )


def test_anybody_reads_the_list_of_any_day(quick_site):
    put(quick_site)
    visitor = quick_site.visitor()
    assert "融资担保费" in visitor.get("/charges").text
    assert "融资担保费" not in visitor.get("/charges?on=2025-01-01").text
    found = visitor.get("/charges?q=500").text
    assert ("再担保费" in found, "融资担保费" in found) == (True, False)
    assert visitor.get("/charges?on=yesterday&nature=nothing&page=-4").status_code == 200
