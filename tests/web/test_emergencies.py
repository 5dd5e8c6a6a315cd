"""The pages of a reading in an emergency: asked, agreed to, read on record, told to the firm (T13)."""

from __future__ import annotations

from sqlalchemy import select

from financing.access import Role
from financing.emergencies.model import Emergency, EmergencyLook
from financing.papers import store
from financing.roles import Remit
from tests.makers import a_firm, a_need, a_paper, writing


def test_T13_asked_agreed_to_and_read_page_by_page(quick_site):
    with writing(quick_site.database) as session:
        firm = a_firm(session)
        need = a_need(session, firm)
        with store.keeping(quick_site.settings.uploads, b"an article") as kept:
            paper = a_paper(session, firm, sha256=kept.sha256, stored=kept.stored, size=kept.size, name="章程.pdf")
    admin, auditor = quick_site.person(Role.ADMIN, remit=Remit.RUNNING), quick_site.person(Role.AUDITOR)
    firms = quick_site.person(Role.SIGNATORY, firm_id=firm.id)
    admin.sends("/emergencies", {"firm_code": firm.code, "why": "核对导入"})
    with writing(quick_site.database) as session:
        asked = session.scalars(select(Emergency)).one()
    place = f"/emergencies/{asked.id}"
    assert admin.get(f"{place}/read").status_code == 409
    assert firms.get(place).status_code == 404
    auditor.sends(f"{place}/open", opened=place)
    for which, said in (
        ("needs", need.number),
        ("profile", firm.code),
        ("papers", "章程.pdf"),
        ("people", "signatory"),
        ("nonsense", firm.code),
    ):
        page = admin.get(f"{place}/read?which={which}")
        assert page.status_code == 200 and said in page.text, which
    assert admin.get(f"{place}/file?paper={paper.id}").content == b"an article"
    assert admin.get(f"{place}/file?paper=7").status_code == 404
    with writing(quick_site.database) as session:
        looks = [
            look.section
            for look in session.scalars(select(EmergencyLook).order_by(EmergencyLook.at, EmergencyLook.version))
        ]
    assert sorted(looks) == sorted(["needs", "profile", "papers", "people", "profile", "file"])
    assert firms.get(place).text.count("章程.pdf") == 1  # the firm sees what was read
    quick_site.clock.later(minutes=61)
    assert admin.get(f"{place}/read").status_code in {409, 303}
