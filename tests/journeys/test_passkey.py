"""A passkey from the first to the last: set up before anything else opens, at the next sign-in, and before a weighty act; in a real
Chromium with an authenticator of its own (WebAuthn needs a name, so the site is asked for as localhost)."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

from tests.journeys.conftest import PASSWORD
from tests.journeys.person import NARROW, Person
from tests.served import Installation


def test_an_officer_signs_in_by_password_and_passkey(browser, migrated_file, tmp_path):
    file = tmp_path / "zone.db"
    shutil.copyfile(migrated_file, file)
    zone = Installation(tmp_path, f"sqlite:///{file}", SECOND_FACTOR="on")
    site = f"http://localhost:{zone.port}"
    zone.environment["YUANRONG_PUBLIC_URL"] = site
    link = zone.runs("invite", "--role", "admin", "--name", "陈管理").split("/join?code=")[1].split()[0]
    try:
        zone.start()
        person = Person.at(browser, site, NARROW)
        devtools = person.tab.context.new_cdp_session(person.tab)
        devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                   "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
        device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
        person.opens(f"/join?code={link}").fills("登录名", "chen").fills("密码", PASSWORD).presses("启用账号")
        person.fills("登录名", "chen").fills("密码", PASSWORD).presses("登录")
        assert person.tab.url.startswith(f"{site}/account/factor")
        person.fills("设备名称", "办公室电脑").presses("添加通行密钥")
        person.tab.get_by_role("heading", name="请保存备用码").wait_for()
        codes = person.tab.locator(".codes code").all_inner_texts()
        assert len(codes) == 10
        (kept,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
        assert kept["rpId"] == "localhost"
        person.opens("/account").presses("全部退出")
        # the next day: the password, then the passkey
        person.opens("/people").fills("登录名", "chen").fills("密码", PASSWORD).presses("登录")
        person.tab.get_by_role("heading", name="二次验证").wait_for()
        person.presses("使用通行密钥")
        person.tab.get_by_role("heading", name="用户").wait_for()
        # six minutes later an invitation asks again, and what was typed is kept
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("UPDATE login_session SET stepped_up_at = '2020-01-01T00:00:00.000000+00:00'")
        person.opens("/people/invite").fills("姓名", "李委员").chooses("角色", "评审委员").presses("邀请用户")
        person.tab.get_by_role("heading", name="请验证身份").wait_for()
        person.presses("使用通行密钥")
        person.tab.get_by_role("heading", name="邀请已生成").wait_for()
        assert "李委员" in person.tab.locator("main").inner_text()
        assert person.complaints == []
    finally:
        zone.stop()
    assert "Traceback" not in zone.said
