"""Running the platform: serve it, bring its database up to date, do what is due, invite the first administrator."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click

from financing.db import Database
from financing.settings import Settings
from web.commands.door import opened

#: Roles that belong to no firm and no bank; people of a firm or bank are invited on the site.
STAFF = ("admin", "officer", "member", "chair", "fund", "leader", "auditor")
#: Seconds after which a server process that was told to stop and does not is ended.
STOPPED_WITHIN = 20


@click.command()
@click.option(
    "--reconcile", is_flag=True, help="从较早的备份继续，缺失记入日志 | go on from an older backup, on record"
)
def serve(*, reconcile: bool) -> int:
    """启动网站 | serve the site (YUANRONG_HOST, YUANRONG_PORT, YUANRONG_WORKERS)."""
    from granian import Granian
    from granian.constants import Interfaces

    from web.app import create_app
    from web.asgi import HTTP

    settings = Settings()
    with opened(settings) as database:
        _whole(database, settings, reconcile=reconcile)
        create_app(database, settings)  # one clear sentence now, rather than a worker that dies
    click.echo(f"园融通已启动 | Yuanrongtong serves at {settings.site}")
    Granian(
        "web.asgi:application",
        factory=True,
        interface=Interfaces.ASGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        websockets=False,
        http1_settings=HTTP,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPED_WITHIN,
    ).serve()
    return 0


def _whole(database: Database, settings: Settings, *, reconcile: bool) -> None:
    """Nothing is served from a history that is older than the newest checkpoint, unless somebody says so openly."""
    from financing.proof import against
    from financing.proof.places import Folder, Signer

    folder = Folder(settings.checkpoint_folder)
    if not reconcile:
        against.require_whole(database, folder)
        return
    lost = against.reconcile(database, folder, Signer(settings.checkpoint_key), datetime.now(UTC))
    click.echo(
        f"✓ 缺第 {lost.first} 至 {lost.last} 条，共 {lost.count} 条，已记入日志 | {lost.count} records are lost, on record"
    )


@click.command()
@click.option("--check", is_flag=True, help="只检查迁移与表是否一致 | only check that migrations and tables agree")
def migrate(*, check: bool) -> int:
    """更新数据库结构 | bring the database up to date."""
    from financing.migrations import drift, upgrade

    if not check:
        settings = Settings()
        with opened(settings, current=False) as database:
            upgrade(settings.url)
            database.learn()
        click.echo("✓ 数据库已是最新 | the database is up to date")
        return 0
    differing = drift()
    for table, (history, code) in sorted(differing.items()):
        click.echo(f"✗ {table}\n  - {sorted(history)}\n  + {sorted(code)}", err=True)
    return 1 if differing else 0


@click.command()
@click.option("--role", type=click.Choice(STAFF), default="admin", show_default=True, help="角色 | role")
@click.option("--name", required=True, help="姓名 | name")
def invite(role: str, name: str) -> int:
    """生成一次性邀请码（首位管理员）| make a one-time invitation, for the first administrator."""
    from financing import desk
    from financing.access import SYSTEM, Role
    from financing.people import rules, service

    settings = Settings()
    with opened(settings) as database, desk.opened(database, SYSTEM, datetime.now(UTC)) as here:
        code = service.invite(here, Role(role), name)
    days = rules.INVITED_FOR.days
    click.echo(f"✓ {days} 天内打开 | open within {days} days: {settings.site}/join?code={code}")
    return 0


@click.command()
def daily() -> int:
    """执行每日任务（可重复执行）| do the daily run; running it twice does no harm."""
    from web.jobs import run_daily
    from web.keeping import Keeper

    settings = Settings()
    with opened(settings) as database:
        done = run_daily(database, datetime.now(UTC))
        done["日志检查点 | checkpoints"] = Keeper(database, settings).step(datetime.now(UTC), new_day=True)
    for what, count in done.items():
        click.echo(f"✓ {what}: {count}")
    return 0


@click.command()
@click.option("--once", is_flag=True, help="处理完待办即退出 | stop when nothing is due")
def worker(*, once: bool) -> int:
    """处理待发事项 | work off what is waiting in the outbox (PostgreSQL: as many workers as you like)."""
    from web.jobs import work_off
    from web.post.sending import Post, send_due

    settings = Settings()
    post = Post.of(settings)
    with opened(settings) as database:
        while True:
            done = work_off(database, datetime.now(UTC)) + send_due(database, post, lambda: datetime.now(UTC))
            click.echo(f"✓ {done}") if done else None
            if once:
                return 0
            time.sleep(2)
