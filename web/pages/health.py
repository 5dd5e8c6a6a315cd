"""Whether the service answers and on what (健康检查): numbers and modes for a monitor, and the same with names for who runs it (C-61)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import litestar
from litestar import Controller
from litestar.response import Response
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from financing import health, row_walls, side_walls
from financing.access import may
from financing.acts import Act
from financing.db import assert_safe
from financing.refusals import NotFound
from financing.running_words import ALARMS
from financing.wording import lasted
from financing.words import _
from web.page import Answer, Page, get

#: One thread for the question alone, and the seconds within which a monitor is answered, whatever the database does (F-05).
PULSE, WITHIN = ThreadPoolExecutor(1, thread_name_prefix="health"), 3.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the page: what is measured, how it is now, from where on somebody is called, and which alarms ring."""

    label: str
    value: str
    limit: str
    alarms: Sequence[str]


class HealthPages(Controller):
    @litestar.get("/health", name="health")
    async def show(self, request: Page) -> Answer:
        """Well, or 503 with the alarm `database_slow` where the database does not answer in time."""
        asked = asyncio.get_running_loop().run_in_executor(PULSE, _said, request)
        try:
            return Response(await asyncio.wait_for(asked, WITHIN), status_code=200)
        except TimeoutError:
            name = request.app.state.database.reader.dialect.name
            return Response({"ok": False, "database": name, "alarms": ["database_slow"]}, status_code=503)

    @get("/running", name="running")
    def running(self, request: Page) -> Answer:
        if not may(request.actor, Act.SEND_AGAIN, None):  # whoever guards accounts runs nothing
            raise NotFound(kind="Health")
        found = _found(request)
        return request.show(
            "office/running.html",
            measures=list(_measures(found, request.lang)),
            alarms=found["alarms"],
            words=ALARMS,
            modes=_modes(request.app.state.database.reader),
        )


def _said(request: Page) -> dict[str, Any]:
    state = request.app.state
    reader = state.database.reader
    said = {
        "ok": True,
        "database": reader.dialect.name,
        "mode": _mode(reader),
        "second_factor": "on" if state.strict else "off",
    }
    return said | _found(request)


def _found(request: Page) -> dict[str, Any]:
    state = request.app.state
    with state.database.reader.connect() as connection, Session(connection) as session:
        return health.measured(session, state.settings, request.now, state.database.replica)


def _measures(found: Mapping[str, Any], lang: str) -> Sequence[Measure]:
    """Every number of `/health` in words."""

    def since(name: str) -> str:
        return "—" if found[name] is None else lasted(found[name], lang)

    def line(label: str, value: str, limit: str, *alarms: str) -> Measure:
        return Measure(label, value, limit, [one for one in alarms if one in found["alarms"]])

    replica = found["replica_behind"]
    return [
        line(_("磁盘已用"), f"{found['disk_percent']} %", f"{health.FILLING} %", "disk_filling", "disk_full"),
        line(_("距最近一次备份"), since("backup_seconds"), lasted(health.OLD_BACKUP, lang), "backup_old"),
        line(_("距最近一次成功的恢复演练"), since("drill_seconds"), lasted(found["drill_red_days"] * health.DAY, lang), "drill_old", "drill_failed"),
        line(_("距最近一个检查点"), since("checkpoint_seconds"), ""),
        line(_("最早一条未封存的日志已等"), since("unsealed_seconds"), lasted(health.OLD_LINE, lang), "checkpoint_old"),
        line(_("未送到检查点文件夹的检查点（个）"), f"{found['checkpoints_behind']:,}", "0", "checkpoint_not_outside"),
        line(_("最早一件待发事项已等"), since("outbox_seconds"), lasted(health.OLD_OUTBOX, lang), "outbox_old"),
        line(_("放弃的待发事项（件）"), f"{found['outbox_failed']:,}", "0", "outbox_failed"),
        *([line(_("只读副本落后的日志（条）"), "—" if replica is None else f"{replica:,}", "0", "replica_away", "replica_behind")] if found["replica"] else []),
        line(_("日志（条）"), f"{found['seq']:,}", ""),
        line(_("未封存的日志（条）"), f"{found['unsealed']:,}", ""),
    ]  # fmt: skip


def _mode(reader: Engine) -> str:
    with reader.connect() as connection:
        sqlite = reader.dialect.name == "sqlite"
        return str(connection.execute(text("PRAGMA journal_mode" if sqlite else "SHOW synchronous_commit")).scalar())


def _modes(reader: Engine) -> list[tuple[str, str]]:
    """The modes that durability rests on, read back at this moment, and on PostgreSQL how many tables stand behind walls of rows."""
    kept = assert_safe(reader)
    if reader.dialect.name == "sqlite":
        level = {"2": "FULL", "3": "EXTRA"}[kept["synchronous"]]
        return [(_("数据库"), "SQLite"), (_("日志模式"), _mode(reader).upper()), (_("同步级别"), level)]
    with reader.connect() as connection:
        walled = connection.scalar(text("SELECT count(*) FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"))
    return [
        (_("数据库"), "PostgreSQL"),
        *((_("同步级别") if name == "synchronous_commit" else name, value) for name, value in kept.items()),
        (_("行级安全守住的表"), f"{walled} / {len(side_walls.SIDED) + len(row_walls.GUARDED_ROWS)}"),
    ]
