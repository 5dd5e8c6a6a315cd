"""The day of a session in the browser: invitations, the guests' list, the table, answer sheets, and the board as it streams."""

from __future__ import annotations

import http.client
import re
from contextlib import closing, contextmanager
from io import BytesIO
from zipfile import ZipFile

import pytest

from financing.access import SYSTEM, Role
from financing.forums import inviting, service
from financing.forums.day_model import Guest, RoundClock
from financing.forums.model import ForumSession, Talk
from financing.matching.model import Viewing
from financing.people.model import User
from reports.bundle import DIGESTS, INDEX
from tests.financing.forums.test_service import planned, seated
from tests.financing.matching.stage import Stage, staged
from tests.makers import NOW, at
from tests.served import over_http
from tests.web.conftest import Site
from web.live import MOST_EACH


@pytest.fixture
def stage(site: Site) -> Stage:
    site.clock.now = NOW
    stage = staged(site.database, banks=2)
    stage.proposed()
    for bank in range(2):
        stage.grant(bank)
    stage.send()
    return stage


@pytest.fixture
def held(stage: Stage) -> tuple[Stage, int]:
    session = planned(stage, banks=(0, 1))
    seated(stage, session)
    with stage.at(stage.officer) as desk:
        inviting.invite(desk, desk.get(ForumSession, session.id))
    with stage.at(stage.officer) as desk:
        service.open_session(desk, desk.get(ForumSession, session.id))
    return stage, session.id


def first(stage: Stage, kind, *where):
    with at(stage.database, stage.officer) as desk:
        return desk.all(kind, *where)[0]


def test_a_bank_answers_its_invitation_puts_it_into_a_calendar_and_is_checked_in_by_its_code(site, held):
    stage, session = held
    guest = first(stage, Guest, Guest.bank_id == stage.banks[0].id)
    bank, officer = site.person(Role.BANKER, bank_id=stage.banks[0].id), site.person(Role.OFFICER)
    page = f"/invites/{guest.id}"
    assert f'href="{page}"' in bank.get(f"/sessions/{session}").text
    assert guest.code in bank.get(page).text
    refused = bank.sends(f"{page}/answer", {"reply": "coming", "person": "李敏"}, opened=page)
    assert refused.status_code == 422 and 'href="#field-power"' in refused.text
    assert (
        bank.sends(f"{page}/answer", {"reply": "coming", "person": "李敏", "power": "500"}, opened=page).status_code
        == 303
    )
    file = bank.get(f"{page}/calendar")
    assert file.headers["content-type"].startswith("text/calendar") and b"DTSTART:20261127T013000Z" in file.content
    guests = f"/sessions/{session}/guests"
    assert f'value="{guest.code}"' in officer.get(f"{guests}?code={guest.code}").text
    assert officer.sends(f"/sessions/{session}/arrive", {"guest_code": guest.code}, opened=guests).status_code == 303
    shown = officer.get(guests).text
    assert "李敏" in shown and "09:30 到" in shown


def test_a_bank_records_at_its_table_and_the_office_types_the_other_sheet(site, held):
    stage, session = held
    talk = first(stage, Talk, Talk.bank_id == stage.banks[0].id)
    bank, officer = site.person(Role.BANKER, bank_id=stage.banks[0].id), site.person(Role.OFFICER)
    page = f"/talks/{talk.id}"
    assert f'href="{page}"' in bank.get(f"/sessions/{session}/board").text
    assert stage.firm.name in bank.get(page).text
    assert bank.sends(f"{page}/intent", {"said": "intends"}, opened=page).status_code == 422
    assert bank.sends(f"{page}/intent", {"said": "intends", "amount": "80"}, opened=page).status_code == 303
    sheets = f"/sessions/{session}/answers"
    code = re.search(r">(26-\d{4}-02)<", officer.get(sheets).text)[1]
    form = {"answer_code": code, "said": "not", "signed": "王强"}
    assert officer.sends(sheets, form).status_code == 303
    text = officer.get(sheets).text
    assert "王强" in text and "据纸质录入" in text
    wall = officer.get(f"/sessions/{session}/board").text
    assert "拟支持" in wall and stage.firm.name not in wall


def test_the_clock_is_turned_once_by_whoever_saw_it_as_it_stands(site, held):
    stage, session = held
    officer = site.person(Role.OFFICER)
    wall = f"/sessions/{session}/board"
    seen = re.search(r'name="version" value="(\d+)"', officer.get(wall).text)[1]
    assert officer.sends(f"/sessions/{session}/clock/start", {"version": seen}, opened=wall).status_code == 303
    assert officer.sends(f"/sessions/{session}/clock/next", {"version": seen}, opened=wall).status_code == 409
    assert first(stage, RoundClock).round == 1
    assert "第 1 轮，共 4 轮" in officer.get(wall).text


@contextmanager
def watching(port: int, session: int, cookie: str):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with closing(connection):
        connection.request("GET", f"/sessions/{session}/live", headers={"cookie": cookie, "host": "127.0.0.1:8000"})
        yield connection.getresponse()


def event(answer) -> tuple[str, str]:
    """The next event of a stream, by the rules of the standard; pings and retry words are passed over."""
    name, data = "", []
    for raw in iter(answer.readline, b""):
        word = raw.decode().rstrip("\r\n")
        if not word and (name or data):
            return name, "\n".join(data)
        field, _, value = word.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
    return "", ""


def test_a_stream_brings_the_board_then_every_change_and_ends_with_the_day(site, held):
    stage, session = held
    banker, officer = site.person(Role.BANKER, bank_id=stage.banks[0].id), site.person(Role.OFFICER)
    talk = first(stage, Talk, Talk.bank_id == stage.banks[0].id)
    cookie = f"sid={banker.client.cookies['sid']}"
    with over_http(site.app) as port, watching(port, session, cookie) as answer:
        assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, "text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        name, shown = event(answer)
        assert name == "board" and "拟支持" in shown and "said-intends" not in shown
        assert event(answer) == ("left", "1200 still")
        with stage.at(stage.officer) as desk:
            service.clock.start(desk, desk.find(RoundClock))
        assert "第 1 轮" in event(answer)[1]
        assert event(answer) == ("left", "1200 running")
        banker.sends(f"/talks/{talk.id}/intent", {"said": "intends", "amount": "80"}, opened=f"/talks/{talk.id}")
        assert re.search(r"<b>1</b><span>拟支持", event(answer)[1])
        assert site.app.state.boards.watching.total() == 1
        officer.sends(f"/sessions/{session}/close", opened=f"/sessions/{session}")
        told = [event(answer) for _ in range(4)]
        assert "已结束" in told[1][1] and told[-1] == ("", "")
    assert site.app.state.boards.watching.total() == 0


def test_an_account_has_only_so_many_streams_and_a_stranger_none(site, held):
    stage, session = held
    banker = site.person(Role.BANKER, bank_id=stage.banks[0].id)
    stranger = staged(site.database, banks=1)
    other = site.person(Role.BANKER, "stranger", bank_id=stranger.banks[0].id)
    assert other.get(f"/sessions/{session}/live").status_code == 404
    boards = site.app.state.boards
    with at(site.database, SYSTEM, write=False) as desk:
        account = desk.find(User, User.login == Role.BANKER.value).id
    boards.watching[account] = MOST_EACH
    assert banker.get(f"/sessions/{session}/live").status_code == 503


def test_I11_a_tables_archive_holds_the_pack_and_a_copy_of_each_dossier_that_its_firm_finds_on_record(quick_site):
    quick_site.clock.now = NOW
    stage = staged(quick_site.database, banks=2)
    stage.proposed()
    for bank in range(2):
        stage.grant(bank)
    dossier = stage.send()
    session = planned(stage, banks=(0, 1))
    seated(stage, session)
    officer = quick_site.person(Role.OFFICER)
    page = f"/sessions/{session.id}/tables/2"
    assert f'href="{page}"' in officer.get(f"/sessions/{session.id}").text
    with ZipFile(BytesIO(officer.get(page).content)) as bag:
        names = sorted(name for name in bag.namelist() if name.endswith(".pdf"))
        assert [name.partition("-")[2] for name in names] == [f"{dossier.number}.pdf", f"{session.number[7:]}.pdf"]
        assert all(bag.read(name).startswith(b"%PDF") for name in names)
    with at(stage.database, stage.signatory, write=False) as desk:
        (seen,) = desk.all(Viewing)
        assert (seen.bank_id, seen.printed, seen.copy_number) == (stage.banks[1].id, True, 1)
    stage.withdraw(1)
    with ZipFile(BytesIO(officer.get(page).content)) as bag:
        assert bag.namelist() == [f"{session.number}.pdf", INDEX, DIGESTS]
    assert officer.get(f"/sessions/{session.id}/tables/3").status_code == 404
