from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from financing.access import Role
from financing.forums.model import ForumSession
from reports.child import PRINTING
from reports.pdf import Press
from tests.financing.matching.stage import Stage, staged
from tests.makers import NOW, at
from tests.web.conftest import Browser, Site


@pytest.fixture
def stage(site: Site) -> Stage:
    site.clock.now = NOW
    stage = staged(site.database, banks=2)
    stage.proposed()
    for bank in range(2):
        stage.grant(bank)
    stage.send()
    return stage


def planned(officer: Browser, stage: Stage, **changes: object) -> object:
    form = {"title": "十一月对接会", "day": "2026-11-27", "starts": "09:30", "place": "企业服务中心", "rounds": "4",
            "minutes": "20", "banks": [str(bank.id) for bank in stage.banks], **changes}  # fmt: skip
    return officer.sends("/sessions/plan", form)


def key(stage: Stage) -> int:
    with at(stage.database, stage.officer) as desk:
        return desk.all(ForumSession)[0].id


def test_a_session_is_planned_seated_printed_opened_and_closed(site, stage):
    officer = site.person(Role.OFFICER)
    assert planned(officer, stage).status_code == 303
    page = f"/sessions/{key(stage)}"
    assert "还没有排定场次" in officer.get(page).text
    assert "开始对接会" not in officer.get(page).text
    assert officer.sends(f"{page}/seat", opened=page).status_code == 303
    assert stage.firm.name in officer.get(page).text
    pack = officer.get(f"{page}/pack")
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pack.content)).pages)
    assert "09:30" in text
    assert officer.sends(f"{page}/open", opened=page).status_code == 303
    assert officer.sends(f"{page}/close", opened=page).status_code == 303
    assert "已结束" in officer.get(page).text


def test_a_firm_and_a_bank_find_their_own_talks(site, stage):
    officer = site.person(Role.OFFICER)
    planned(officer, stage)
    page = f"/sessions/{key(stage)}"
    firm = site.person(Role.CLERK, firm_id=stage.firm.id)
    assert "十一月对接会" not in firm.get("/my-sessions").text
    officer.sends(f"{page}/seat", opened=page)
    bank = site.person(Role.BANKER, bank_id=stage.banks[0].id)
    for who in (firm, bank):
        assert "十一月对接会" in who.get("/my-sessions").text
        assert stage.banks[0].name in who.get(page).text
        assert who.get(f"{page}/pack").status_code == 404
    assert stage.banks[1].name not in bank.get(page).text


def test_the_officer_sees_what_would_move_and_confirms(site, stage):
    officer = site.person(Role.OFFICER)
    planned(officer, stage)
    page = f"/sessions/{key(stage)}"
    assert "临时调整场次" not in officer.get(page).text
    officer.sends(f"{page}/seat", opened=page)
    assert f"{page}/mend" in officer.get(page).text
    asked = f"{page}/mend?who=bank:{stage.banks[0].id}&first=1&last=4"
    told = officer.get(asked).text
    assert "1 场有改动，1 场不动" in told
    assert "排不下，取消" in told
    form = dict(re.findall(r'name="(who|first|last|past|seen)" value="([^"]*)"', told))
    assert officer.sends(f"{page}/mend", {**form, "seen": "0" * 64}, opened=asked).status_code == 409
    assert officer.sends(f"{page}/mend", form, opened=asked).status_code == 303
    assert officer.get(page).text.count(stage.firm.name) == 1
    assert officer.get(f"{page}/mend?who=bank:7").status_code == 422
    assert "谁不在" in officer.get(f"{page}/mend?who=drop").text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"wall_seconds": 0.001}, 503, "没能打印出来"),
        ({"memory_mib": 32}, 503, "没能打印出来"),
        (None, 503, "系统正忙"),
    ],
)
def test_a_pack_that_does_not_come_off_the_press_is_refused_in_one_sentence(quick_site, change, status, said):
    stage = staged(quick_site.database, banks=1)
    officer = quick_site.person(Role.OFFICER)
    planned(officer, stage)
    good, page = quick_site.app.state.press, f"/sessions/{key(stage)}"
    with Press(1, replace(PRINTING, **(change or {}))) as bad:
        if change is None:
            bad.close()
        quick_site.app.state.press = bad
        answer = officer.get(f"{page}/pack")
    assert (answer.status_code, answer.headers["retry-after"]) == (status, "3")
    assert said in answer.text
    quick_site.app.state.press = good
    assert officer.get(f"{page}/pack").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changes", "said"), [({"starts": "25:00"}, "starts"), ({"rounds": "0"}, "rounds"), ({"banks": []}, "banks")]
)
def test_a_plan_that_cannot_be_comes_back_with_what_was_typed(quick_site, changes, said):
    stage = staged(quick_site.database, banks=1)
    officer = quick_site.person(Role.OFFICER)
    answer = planned(officer, stage, **changes)
    assert answer.status_code == 422
    assert f'href="#field-{said}"' in answer.text
    assert "十一月对接会" in answer.text
