"""Keys as an operator handles them: the inventory, a rotation, going over to the national suite, and a secret that others read (C-45)."""

from __future__ import annotations

import re
from contextlib import closing

from financing.access import Role
from financing.db import Database
from financing.people.factors import PLACE
from financing.sealing import Ring
from tests.makers import a_user, writing


def test_C45_keys_from_the_first_to_the_last(run, migrated, monkeypatch):
    with closing(Database(f"sqlite:///{migrated / 'var' / 'yuanrong.db'}")) as database, writing(database) as session:
        ring = Ring(migrated / "var" / "sealing.key")
        user = a_user(session, Role.OFFICER)
        user.second_factor = ring.seal(PLACE, user.id, b"secret")
    told = run("keys", "list")
    first = re.search(r"(\w{8})  international  1 项", told.out)[1]
    assert (told.code, "0600" in told.out) == (0, True)
    assert all(line not in told.out for line in ring.path.read_text().split())  # never a key
    done = run("keys", "rotate", "--marks")
    assert (done.code, "1 项 | cells" in done.out, "接着上次" in done.out) == (0, True, False)
    monkeypatch.setenv("YUANRONG_CIPHERS", "national")
    assert "接着上次" in run("keys", "rotate").out  # what lies under AES is sealed anew under SM4
    told = run("keys", "list").out
    assert len(re.findall(r"national  1 项", told)) == 1 and len(re.findall(r"international  0 项", told)) == 2
    assert run("keys", "drop", first).code == 0
    refused = run("keys", "drop", re.search(r"(\w{8})  national  1 项", told)[1])
    assert (refused.code, "不能清除" in refused.err) == (1, True)
    assert run("keys", "drop", first).code == 1
    assert run("journal", "verify").code == 0
    (migrated / "var" / "sealing.key").chmod(0o644)
    refused = run("serve")
    assert (refused.code, "chmod 600" in refused.err) == (1, True)
    monkeypatch.setenv("YUANRONG_CIPHERS", "none")
    assert run("keys", "list").code != 0
