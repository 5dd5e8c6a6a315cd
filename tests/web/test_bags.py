"""A bank's dossiers in one archive, the copy for the vault, and consents that are taken back while a file is on its way."""

from __future__ import annotations

import socket
import zipfile
from contextlib import closing
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.journal import Entry
from financing.matching import service
from financing.matching.model import Consent, Dossier, Match, Viewing
from reports.bundle import DIGESTS, INDEX
from tests.financing.forums.test_service import grown, planned, seated
from tests.makers import NOW, at
from tests.reports.reading import reader, text
from tests.served import over_http
from tests.web.test_reading import no_room

SLOW = 536  # bytes of the smallest segment: such a line leaves nearly everything with the server


@pytest.fixture
def stage(site):
    site.clock.now = NOW
    return grown(site.database, needs=3)


def inside(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as bag:
        assert bag.testzip() is None
        return {name: bag.read(name) for name in bag.namelist()}


def listed(bag: dict[str, bytes]) -> list[tuple]:
    return list(openpyxl.load_workbook(BytesIO(bag[INDEX])).active.iter_rows(min_row=4, values_only=True))


def counted(database, kind, *where) -> int:
    with database.reader.begin() as connection:
        return connection.scalar(select(func.count()).select_from(kind).where(*where)) or 0


def withdrawn(site, need: int, bank: int) -> None:
    """The firm takes its consent to this bank back, as its signatory does on the page."""
    with at(site.database, SYSTEM, site.clock.now, write=False) as desk:
        match = desk.find(Match, Match.need_id == need, Match.bank_id == bank)
    signatory = Actor(1, Role.SIGNATORY, firm_id=match.firm_id, name="法定代表人")
    with at(site.database, signatory, site.clock.now) as desk:
        service.withdraw(desk, desk.get(Match, match.id))


def banker(site, stage, bank: int = 0):
    return site.person(Role.BANKER, f"banker{bank}", bank_id=stage.banks[bank].id)


def test_I11_a_bank_takes_all_that_waits_in_one_archive_each_copy_on_record_and_each_digest_right(site, stage):
    reads = banker(site, stage)
    assert 'href="/inbox/dossiers?part=1"' in reads.get("/inbox").text
    bag = inside(reads.get("/inbox/dossiers").content)
    papers = {name: content for name, content in bag.items() if name.endswith(".pdf")}
    assert len(papers) == 3 and set(bag) == {*papers, INDEX, DIGESTS}
    sums = dict(reversed(line.split("  ")) for line in bag[DIGESTS].decode().splitlines())
    assert sums == {name: sha256(content).hexdigest() for name, content in bag.items() if name != DIGESTS}
    for row in listed(bag):
        paper = papers[row[0]]
        assert row[9] == sha256(paper).hexdigest() and row[8] == len(reader(paper).pages)
        said = text(paper)
        assert row[1] in said and f"{stage.banks[0].name}·banker王" in said and f"No.{row[7]}" in said
    assert counted(site.database, Entry, Entry.act == Act.PRINT_DOSSIER.value) == 3
    assert counted(site.database, Viewing, Viewing.printed, Viewing.bank_id == stage.banks[0].id) == 3


def test_I19_a_bank_finds_in_its_archives_nothing_that_another_was_allowed(site, stage):
    withdrawn(site, stage.need.id, stage.banks[1].id)
    reads = banker(site, stage, 1)
    assert len([name for name in inside(reads.get("/inbox/dossiers").content) if name.endswith(".pdf")]) == 2
    assert set(inside(reads.get("/inbox/dossiers?part=2").content)) == {INDEX, DIGESTS}


def test_a_bank_takes_the_dossiers_of_a_session_in_the_order_of_its_rounds(site, stage):
    session = planned(stage)
    seated(stage, session)
    reads = banker(site, stage)
    assert f'href="/sessions/{session.id}/dossiers"' in reads.get(f"/sessions/{session.id}").text
    names = [name for name in inside(reads.get(f"/sessions/{session.id}/dossiers").content) if name.endswith(".pdf")]
    assert names == sorted(names) and len(names) == 3


def test_I11_with_the_journal_failing_no_archive_leaves(site, stage):
    reads = banker(site, stage)
    no_room(site.database)
    reads.client = type(reads.client)(
        site.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False, cookies=reads.client.cookies
    )
    answer = reads.get("/inbox/dossiers")
    assert answer.status_code >= 500 and not answer.content.startswith(b"PK")
    assert counted(site.database, Viewing) == 0


def test_I10_a_consent_withdrawn_before_its_dossier_is_pressed_leaves_it_out_and_the_index_tells_its_number_alone(
    site, stage
):
    reads, press, firm = banker(site, stage), site.app.state.press.one, stage.firm.name

    def while_the_first_is_pressed(job, *more):
        site.app.state.press.one = press
        withdrawn(site, stage.need.id, stage.banks[0].id)
        return press(job, *more)

    with at(site.database, SYSTEM, NOW, write=False) as desk:
        gone = desk.find(Dossier, Dossier.need_id == stage.need.id).number
    site.app.state.press.one = while_the_first_is_pressed
    bag = inside(reads.get("/inbox/dossiers").content)
    rows = {row[1]: row for row in listed(bag)}
    assert len(rows) == 3 and [number for number, row in rows.items() if not row[0]] == [gone]
    assert [value for value in rows[gone][:10] if value not in (None, "")] == [gone] and "撤回" in rows[gone][10]
    assert not any(gone in name for name in bag)
    assert not any(firm in str(value) for value in rows[gone])


def slow(port: int, sid: str, path: str) -> socket.socket:
    """A reader on a bad line that has asked for a file."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SLOW)
    line.settimeout(60)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nCookie: sid={sid}\r\n\r\n".encode())
    return line


def rest(line: socket.socket) -> bytes:
    """All that still comes, until the other side is through or cuts the line."""
    got = bytearray()
    try:
        while piece := line.recv(65_536):
            got += piece
            if got.endswith(b"\r\n0\r\n\r\n"):
                break
    except ConnectionResetError:
        pass
    return bytes(got)


@pytest.mark.parametrize("how", ["withdrawn", "expired", "not at all"])
def test_I10_a_consent_that_ends_in_the_middle_of_a_download_cuts_the_line_and_no_whole_file_arrives(site, stage, how):
    reads = banker(site, stage)
    with at(site.database, SYSTEM, NOW, write=False) as desk:
        until = desk.all(Consent, by=Consent.id)[0].valid_until
    with over_http(site.app) as port, closing(slow(port, reads.client.cookies["sid"], "/inbox/dossiers")) as line:
        begun = line.recv(4_096)
        assert begun.startswith(b"HTTP/1.1 200") and b"x-accel-buffering: no" in begun
        if how == "withdrawn":
            for need in needs(site):
                withdrawn(site, need, stage.banks[0].id)
        elif how == "expired":
            site.clock.now = until
        whole = begun + rest(line)
    end = b"PK\x05\x06"  # how every whole archive ends
    assert (end in whole, whole.endswith(b"\r\n0\r\n\r\n")) == ((True, True) if how == "not at all" else (False, False))
    assert counted(site.database, Viewing, Viewing.printed) == 3  # the attempt stays on record


def needs(site) -> list[int]:
    with at(site.database, SYSTEM, site.clock.now, write=False) as desk:
        return [dossier.need_id for dossier in desk.all(Dossier)]


def test_I10_after_the_cut_the_next_request_finds_nothing(site, stage):
    reads = banker(site, stage)
    with at(site.database, SYSTEM, NOW, write=False) as desk:
        dossier = desk.find(Dossier, Dossier.need_id == stage.need.id).id
    assert reads.get(f"/dossiers/{dossier}/pdf").status_code == 200
    withdrawn(site, stage.need.id, stage.banks[0].id)
    gone, never = reads.get(f"/dossiers/{dossier}/pdf"), reads.get("/dossiers/4503599627370497/pdf")
    assert (gone.status_code, never.status_code) == (404, 404)


def test_the_copy_for_the_vault_is_the_same_bytes_for_firm_and_zone_and_on_record(site, stage):
    firm = site.person(Role.SIGNATORY, firm_id=stage.firm.id)
    office = site.person(Role.OFFICER)
    with at(site.database, SYSTEM, NOW, write=False) as desk:
        dossier = desk.find(Dossier, Dossier.need_id == stage.need.id)
    page = f"/dossiers/{dossier.id}/archive"
    assert f'href="{page}"' in firm.get(f"/dossiers/{dossier.id}").text
    first, second = firm.get(page).content, office.get(page).content
    assert first == second
    assert reader(first).attachments["snapshot.json"] == [dossier.snapshot.encode()]
    assert sha256(reader(first).attachments["snapshot.json"][0]).hexdigest() == dossier.digest
    assert banker(site, stage).get(page).status_code == 404
    assert counted(site.database, Entry, Entry.act == Act.PRINT_DOSSIER.value) == 2
    assert f"{dossier.number} 存档件" in firm.get(f"/needs/{stage.need.id}/banks").text
