"""The file of duty done (F51): unpacked, every digest counted again, the excerpt of the journal walked, and nothing foreign inside."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from financing import journal
from financing.access import Role
from financing.acts import Act
from financing.guarantees.model import Resolution
from financing.journal import Entry
from financing.matching import viewing
from financing.matching.model import Dossier, Viewing
from financing.papers import store
from financing.papers.rules import PaperKind
from tests.financing.offers.test_service import offered, sent
from tests.makers import NOW, a_firm, a_paper, a_scored_need, writing
from tests.reports.reading import text
from tests.web.conftest import OURS
from tests.web.test_bags import inside, withdrawn
from tests.web.test_guarantees import Zone

LATER = NOW + timedelta(hours=3)
SCAN = b"%PDF-1.7 licence of the firm"


def digests_hold(bag: dict[str, bytes]) -> None:
    sums = dict(reversed(line.split("  ")) for line in bag["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in bag.items() if name != "SHA256SUMS"}
    printed = re.sub(r"\s", "", text(bag["index.pdf"]))
    for name, content in bag.items():
        if name not in {"index.pdf", "SHA256SUMS"}:
            assert hashlib.sha256(content).hexdigest() in printed, name


def shown_lines(database, bag: dict[str, bytes]) -> list[dict]:
    """The bodies in the excerpt, after walking it by hand and holding its end against the whole journal."""
    opening, *rest = [json.loads(line) for line in bag["journal.jsonl"].decode().splitlines()]
    seq, link, bodies = opening["after"]["seq"], bytes.fromhex(opening["after"]["link"]), []
    for record in rest[:-1]:
        if "body" in record:
            plain = json.dumps(record["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            leaves = [hashlib.sha256(b"\0" + plain.encode()).digest()]
            bodies.append(record["body"])
        else:
            leaves = [bytes.fromhex(one) for one in record["sealed"]]
        for leaf in leaves:
            seq, link = seq + 1, hashlib.sha256(b"\1" + link + leaf).digest()
        assert "body" not in record or record["link"] == link.hex()
    assert rest[-1] == {"head": {"seq": seq, "link": link.hex()}}
    with writing(database) as session:
        assert session.get_one(Entry, seq).link == link.hex()
    return bodies


def checked_alone(bag: dict[str, bytes], folder) -> str:
    """What the checker inside the archive says of the excerpt beside it."""
    for name in ("journal_check.py", "journal.jsonl"):
        (folder / name).write_bytes(bag[name])
    run = [sys.executable, "-I", "journal_check.py", "journal.jsonl"]
    return subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True).stdout


def asks(browser, place: str, opened: str):
    """The form sent from whatever page, whether or not it offers the act."""
    return browser.client.post(place, data=browser.token(opened, "/sign-out"), headers=OURS, follow_redirects=False)


def taken(browser, place: str, opened: str) -> dict[str, bytes]:
    answer = asks(browser, place, opened)
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip", answer.text[:500]
    return inside(answer.content)


def test_F51_the_guarantors_file_holds_what_lay_before_the_committee_and_who_saw_it(quick_site, tmp_path):
    zone = Zone(quick_site)
    with store.keeping(quick_site.app.state.settings.uploads, SCAN) as kept, writing(quick_site.database) as session:
        firm = a_firm(session)
        need = a_scored_need(session, firm)
        paper = a_paper(
            session, firm, kind=PaperKind.LICENCE, media="application/pdf", sha256=kept.sha256, stored=kept.stored
        )
        stranger = a_paper(session, a_firm(session))
    sent_in = zone.officer.sends(f"/needs/{need.id}/case", {"opinion": "建议同意"}, opened=f"/needs/{need.id}/case")
    key = int(sent_in.headers["location"].split("?")[0].rsplit("/", 1)[1])
    case = SimpleNamespace(id=key)
    early = asks(zone.officer, f"/cases/{key}/duty", f"/cases/{key}")
    assert early.status_code == 409 and "还没有作出决定" in early.text
    zone.meeting(case)
    assert zone.officer.get(f"/papers/{paper.id}/file").content == SCAN
    for browser in zone.everybody:
        zone.vote(browser, case)
    assert zone.chair.sends(f"/cases/{key}/seal", opened=f"/cases/{key}").status_code == 303
    assert f'action="/cases/{key}/duty"' in zone.officer.get(f"/cases/{key}").text
    bag = taken(zone.officer, f"/cases/{key}/duty", f"/cases/{key}")
    digests_hold(bag)
    (sealed,) = zone.all(Resolution)
    assert hashlib.sha256(bag["resolution.json"]).hexdigest() == sealed.digest
    assert bag["papers/001-licence.pdf"] == SCAN and sum(name.startswith("papers/") for name in bag) == 1
    assert (
        json.loads(bag["assessment.json"])["need_id"] == need.id and str(stranger.id) not in bag["case.json"].decode()
    )
    lines = shown_lines(quick_site.database, bag)
    assert {"case.open", "case.table", "paper.open", "case.approve"} <= {one["act"] for one in lines}
    assert not {"case.vote", "case.take_file", "people.sign_in"} & {one["act"] for one in lines}
    assert all(one["of_bank"] is None and one["of_firm"] is None for one in lines)
    assert f"摘录 {len(lines)} 条，链完整" in checked_alone(bag, tmp_path)
    quick_site.clock.now += timedelta(minutes=5)
    zone.officer.get(f"/papers/{paper.id}/file")  # what is read later was not known then
    assert taken(zone.chair, f"/cases/{key}/duty", f"/cases/{key}") == bag
    with writing(quick_site.database) as session:
        assert len(session.scalars(select(Entry).where(Entry.act == Act.TAKE_CASE_FILE)).all()) == 2


def test_F51_a_banks_file_holds_what_its_own_people_read_and_answered_and_nothing_foreign(site, tmp_path):
    site.clock.now = LATER
    stage = sent(site.database, banks=2)
    with writing(site.database) as session:
        dossier = session.scalars(select(Dossier)).one()
    for banker in stage.bankers:
        with stage.at(banker) as desk:
            viewing.open_dossier(desk, desk.get(Dossier, dossier.id))
    made = [offered(stage, bank) for bank in (0, 1)]
    reads = site.person(Role.BANKER, "reader", bank_id=stage.banks[0].id)
    page = f"/dossiers/{dossier.id}"
    assert f'action="/offers/{made[0].id}/duty"' in reads.get(page).text
    assert asks(reads, f"/offers/{made[1].id}/duty", page).status_code == 404
    bag = taken(reads, f"/offers/{made[0].id}/duty", page)
    digests_hold(bag)
    (seen,) = json.loads(bag["viewings.json"])
    assert seen["user_id"] == stage.bankers[0].id and hashlib.sha256(bag["dossier.json"]).hexdigest() == seen["digest"]
    assert json.loads(bag["offer.json"])["id"] == made[0].id
    lines = shown_lines(site.database, bag)
    assert [one["act"] for one in lines] == ["dossier.open", "offer.make"]
    assert all(one["of_bank"] == stage.banks[0].id for one in lines)
    assert "摘录 2 条，链完整" in checked_alone(bag, tmp_path)
    foreign = [stage.banks[1].id, made[1].id, stage.bankers[1].id, stage.officer.id]
    whole = b"".join(content for name, content in bag.items() if name != "dossier.json").decode("utf-8", "ignore")
    assert not [key for key in foreign if str(key) in whole]
    assert stage.banks[1].name not in text(bag["index.pdf"])
    assert taken(reads, f"/offers/{made[0].id}/duty", page) == bag
    with writing(site.database) as session:
        told = session.scalars(select(Viewing).where(Viewing.at == LATER)).all()
        assert len(told) >= 2  # content that leaves is a reading, on record for the firm


def test_F51_once_a_consent_is_withdrawn_a_banks_file_holds_digests_and_no_content(quick_site):
    quick_site.clock.now = LATER
    stage = sent(quick_site.database, banks=1)
    with writing(quick_site.database) as session:
        dossier = session.scalars(select(Dossier)).one()
    with stage.at(stage.bankers[0]) as desk:
        viewing.open_dossier(desk, desk.get(Dossier, dossier.id))
    made = offered(stage, 0)
    withdrawn(quick_site, stage.need.id, stage.banks[0].id)
    bag = taken(quick_site.person(Role.BANKER, bank_id=stage.banks[0].id), f"/offers/{made.id}/duty", "/inbox")
    digests_hold(bag)
    assert "dossier.json" not in bag and len(json.loads(bag["viewings.json"])) == 1
    assert [one["act"] for one in shown_lines(quick_site.database, bag)] == ["dossier.open", "offer.make"]


@pytest.mark.parametrize("wanted", [(2, 5, 9), (1,), (10,), range(1, 11)])
def test_an_excerpt_of_a_journal_is_its_lines_and_the_digests_between(database, wanted):
    stage = sent(database, banks=2)
    offered(stage, 0)
    with writing(database) as session:
        assert journal.reached(session) >= 10
        lines = list(journal.excerpt(session, set(wanted)))
        bodies = {one.seq: one.body for one in session.scalars(select(Entry))}
    bag = {"journal.jsonl": "\n".join(lines).encode()}
    assert shown_lines(database, bag) == [bodies[seq] for seq in wanted]
