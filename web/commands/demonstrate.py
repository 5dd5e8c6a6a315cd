"""The demo zone on the command line: fill an empty database, say who can sign in."""

from __future__ import annotations

import os
import secrets
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from financing.access import Role
from financing.db import Database
from financing.settings import Settings
from web.commands.door import opened
from web.stage.folder import throw_away

if TYPE_CHECKING:
    from financing.matching.snapshot import Zone

NOTE = "demo-sign-ins.txt"


@click.command()
@click.option("--if-empty", is_flag=True, help="仅当数据库为空时填充 | only when the database is empty")
@click.option(
    "--firms",
    type=click.IntRange(1, 1_000_000),
    help="改为写入这么多家企业的大园区 | a big zone of so many firms instead",
)
@click.option(
    "--needs",
    type=click.IntRange(1, 3_000_000),
    help="大园区的需求数，默认企业数的三倍 | needs of it, three a firm by default",
)
def demo(*, if_empty: bool, firms: int | None, needs: int | None) -> int:
    """填充演示园区：64 家企业、8 家银行、两期对接会 | fill a demo zone.

    --firms N 写入测速用的大园区，分批提交，中断后同样的命令会接着写 | with --firms N a big zone to measure on, in
    batches; stopped, the same command goes on.

    演示账号的密码随机生成，写在数据目录的 demo-sign-ins.txt（仅本人可读）。
    """
    from financing.refusals import NotEmpty
    from web.stage.big.zone import unfinished

    settings = Settings()
    note = settings.data_dir / NOTE
    with opened(settings) as database:
        if firms or unfinished(database):
            _fill_big(database, note, firms, needs)
        elif _empty(database):
            note.unlink(missing_ok=True)
            _fill(database, settings, note)
        elif not if_empty:
            raise NotEmpty(table="account")
    if note.exists():
        click.echo(note.read_text(encoding="utf-8"), nl=False)
    return 0


def _empty(database: Database) -> bool:
    from financing.people.model import User

    with Session(database.reader) as session:
        return session.scalar(select(User.id).limit(1)) is None


def _fill_big(database: Database, note: Path, firms: int | None, needs: int | None) -> None:
    """Begin a big zone in an empty database, or go on with the one that is there as it was begun."""
    from rich.console import Console
    from rich.progress import Progress

    from financing.people.passwords import hashed
    from financing.refusals import NotEmpty
    from web.stage.big import zone
    from web.stage.big.cast import Plan

    plan = zone.unfinished(database)
    if plan is None:
        if not firms or not _empty(database):
            raise NotEmpty(table="account")
        plan = Plan(firms, needs or 3 * firms, zone.SEED, datetime.now(UTC).replace(minute=0, second=0, microsecond=0))
        zone.begin(database, plan)
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("大园区 | big zone", total=None)
        zone.go_on(database, plan, lambda done, total: progress.update(task, completed=done, total=total))
    password = secrets.token_urlsafe(12)
    zone.finish(database, hashed(password))
    _write_down(note, _sign_ins(database, password))


def _fill(database: Database, settings: Settings, note: Path) -> None:
    """Play the story on a throw-away database and move it over in one transaction: a demo zone is there whole or not at all."""
    from rich.console import Console
    from rich.progress import Progress

    from financing.desk import BEIJING
    from financing.migrations import upgrade
    from financing.people.passwords import hashed
    from financing.safekeeping import backup, restore
    from web.stage.demo import fill

    password = secrets.token_urlsafe(12)
    today = datetime.now(UTC).astimezone(BEIJING).date()
    with (
        throw_away("yuanrong-demo-") as folder,
        Progress(console=Console(stderr=True)) as progress,
    ):
        task = progress.add_task("演示园区 | demo zone", total=None)
        url = f"sqlite:///{folder}/stage.db"
        upgrade(url)
        with closing(Database(url, database.ring)) as stage:
            fill(
                stage,
                Path(folder, "uploads"),
                today,
                _zone(settings),
                hashed(password),
                lambda done, total: progress.update(task, completed=done, total=total),
            )
            _write_down(note, _sign_ins(stage, password))
            backup(stage, Path(folder, "uploads"), Path(folder, "zone.zip"))
        restore(database, settings.uploads, Path(folder, "zone.zip"))
    database.learn(many=True)


def _zone(settings: Settings) -> Zone:
    from financing.matching.snapshot import Zone

    return Zone(
        name=settings.zone_name, english=settings.zone_english, office="经开区企业服务中心", phone="0797-0000000"
    )


def _sign_ins(database: Database, password: str) -> str:
    """One account a role, and two officers: who visits a firm and who reviews it are two people."""
    from financing.people.model import User
    from financing.wording import name

    with Session(database.reader) as session:
        users = list(session.scalars(select(User).where(User.active).order_by(User.login)))
    shown: dict[Role, list[str]] = {}
    for user in users:
        shown.setdefault(user.role, []).append(user.login)
    lines = [
        f"  {login:<12} {name(role)} | {name(role, 'en')}"
        for role, logins in shown.items()
        for login in logins[: 2 if role is Role.OFFICER else 1]
    ]
    return "\n".join(
        ("演示账号（密码相同）| demo sign-ins, one password for all:", f"  密码 | password: {password}", *lines, "")
    )


def _write_down(note: Path, text: str) -> None:
    handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
