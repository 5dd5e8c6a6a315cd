"""C-61: the page of health says what /health says, in words, with limits and what to do, to the administrator for running alone."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.health import alarms
from financing.people.model import User
from financing.roles import Remit
from financing.running_words import ALARMS
from financing.wording import lasted
from tests.makers import writing

#: A zone in which everything that can ring rings.
WORST = {
    "disk_percent": 95, "backup_seconds": None, "drill_seconds": 36 * 86_400, "drill_red_days": 35, "drill_failed": True, "replica": True,
    "replica_behind": None, "replica_seconds": 61, "unsealed_seconds": 7_201, "checkpoints_behind": 1, "checkpoint_seconds": 601,
    "outbox_seconds": 901, "outbox_failed": 1,
}  # fmt: skip


def test_C61_everything_that_rings_has_its_words_and_what_to_do():
    assert {*alarms(WORST, backed_up=True), *alarms(WORST | {"disk_percent": 80}, backed_up=True)} == set(ALARMS)
    assert not list(alarms(WORST | {"disk_percent": 79, "backup_seconds": 93_600, "drill_seconds": 35 * 86_400, "drill_failed": False, "replica": False,
                                    "replica_seconds": 60, "unsealed_seconds": 7_200, "checkpoint_seconds": 600, "outbox_seconds": 900, "outbox_failed": 0}, backed_up=True))  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(0, "0 秒", "0 s"), (119, "119 秒", "119 s"), (120, "2 分钟", "2 minutes"), (7_199, "119 分钟", "119 minutes"), (7_200, "2 小时", "2 hours"),
     (93_600, "26 小时", "26 hours"), (172_799, "47 小时", "47 hours"), (172_800, "2 天", "2 days"), (35 * 86_400, "35 天", "35 days")],
)  # fmt: skip
def test_C61_how_long_something_has_lasted_is_said_in_the_unit_that_says_it_best(seconds, zh, en):
    assert (lasted(seconds), lasted(seconds, "en")) == (zh, en)


def test_C61_who_runs_the_platform_sees_its_health_and_who_guards_accounts_does_not(site):
    runner = site.person(Role.ADMIN, remit=Remit.RUNNING)
    shown = runner.get("/running")
    said = site.visitor().get("/health").json()
    text = unescape(re.sub(r"<[^>]+>", " ", shown.text))
    assert shown.status_code == 200
    for words in (f"{said['disk_percent']} %", f"{said['seq']:,}", *(ALARMS[one][1] for one in said["alarms"])):
        assert words in text
    kept = {"sqlite": ("SQLite", said["mode"].upper(), "FULL"), "postgresql": ("PostgreSQL", "fsync", "18 / 18")}
    assert all(words in text for words in kept[said["database"]])
    english = runner.get("/running?lang=en").text
    assert "Since the last backup" in english
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"<[^>]+>", " ", english.split("<main")[1].split("</main")[0]))
    with writing(site.database) as session:
        session.scalars(select(User)).one().remit = Remit.ACCOUNTS
    assert runner.get("/running").status_code == 404
