"""Running the platform: serve it, bring its database up to date, do what is due, invite the first administrator."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from financing.db import Database
from financing.settings import Settings
from web.commands.door import opened

if TYPE_CHECKING:
    from financing.proof.places import Folder

#: Roles that belong to no firm and no bank; people of a firm or bank are invited on the site.
STAFF = ("admin", "officer", "member", "chair", "fund", "leader", "auditor")
#: Seconds after which a server process that was told to stop and does not is ended.
STOPPED_WITHIN = 20


@click.command()
@click.option(
    "--workers", type=click.IntRange(1, 64), help="服务进程数，多于 1 需要 PostgreSQL | processes; more need PostgreSQL"
)
@click.option(
    "--reconcile", is_flag=True, help="从较早的备份继续，缺失记入日志 | go on from an older backup, on record"
)
def serve(*, workers: int | None, reconcile: bool) -> int:
    """启动网站 | serve the site (YUANRONG_HOST, YUANRONG_PORT, YUANRONG_WORKERS)."""
    from granian import Granian
    from granian.constants import Interfaces

    from financing.secret_files import require_safe
    from web.app import create_app
    from web.asgi import HTTP
    from web.keeping import reserve

    settings = Settings(workers=workers) if workers else Settings()
    with opened(settings) as database:
        require_safe(settings)
        _whole(database, settings, reconcile=reconcile)
        reserve(settings)
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
    from financing.proof.places import Folder

    folder = Folder(settings.checkpoint_folder)
    if reconcile:
        _reconciled(database, settings, folder)
    else:
        against.require_whole(database, folder)
    _erased_stay_erased(database, settings)


def _reconciled(database: Database, settings: Settings, folder: Folder) -> None:
    from financing.proof import against
    from financing.proof.places import Signer

    lost = against.reconcile(database, folder, Signer(settings.checkpoint_key, settings.suite), datetime.now(UTC))
    click.echo(
        f"✓ 缺第 {lost.first} 至 {lost.last} 条，共 {lost.count} 条，已记入日志 | {lost.count} records are lost, on record"
    )


def _erased_stay_erased(database: Database, settings: Settings) -> None:
    """An older picture knows those who were erased since; they are erased again before anybody sees them."""
    from financing import desk
    from financing.access import SYSTEM
    from financing.personal import erased_list

    if not settings.erased_list.exists():
        return
    with desk.opened(database, SYSTEM, datetime.now(UTC)) as here:
        again = erased_list.erase_again(here, settings.erased_list)
    if again:
        click.echo(f"✓ 已删除的 {again} 个企业或账号随旧备份回来，已再次删除 | {again} erased before, erased again")


def _account(_context: click.Context, _param: click.Parameter, value: str) -> str:
    from financing.grants import NAME

    if value and not NAME.fullmatch(value):
        raise click.BadParameter("账号名只含小写字母、数字和下划线 | small letters, digits and _ only")
    return value


def _grant(database: Database, service: str) -> None:
    """What is written once is then beyond the service's rights, and not a trigger's matter alone."""
    from financing import grants

    if database.writer.dialect.name != "postgresql":
        raise click.UsageError("--service 只用于 PostgreSQL | for PostgreSQL only")
    with database.writer.begin() as connection:
        grants.give(connection, service)
    click.echo(
        f"✓ {service}：已授权；只增不改的表不能改、不能删 | has its rights; what is written once it can only add to"
    )


@click.command()
@click.option("--check", is_flag=True, help="只检查迁移与表是否一致 | only check that migrations and tables agree")
@click.option(
    "--service", default="", callback=_account, help="PostgreSQL：服务所用账号 | the account that the service runs as"
)
def migrate(*, check: bool, service: str) -> int:
    """更新数据库结构 | bring the database up to date."""
    from financing.migrations import drift, upgrade

    if not check:
        settings = Settings()
        with opened(settings, current=False) as database:
            upgrade(settings.url)
            database.learn()
            if service:
                _grant(database, service)
        click.echo("✓ 数据库已是最新 | the database is up to date")
        return 0
    differing = drift()
    for table, (history, code) in sorted(differing.items()):
        click.echo(f"✗ {table}\n  - {sorted(history)}\n  + {sorted(code)}", err=True)
    return 1 if differing else 0


@click.command()
@click.option("--role", type=click.Choice(STAFF), default="admin", show_default=True, help="角色 | role")
@click.option(
    "--remit",
    type=click.Choice(("accounts", "running")),
    default="accounts",
    show_default=True,
    help="管理员职责：安全管理或系统管理 | of an administrator: accounts, or running",
)
@click.option("--name", required=True, help="姓名 | name")
def invite(role: str, name: str, remit: str) -> int:
    """生成一次性邀请码（首位管理员）| make a one-time invitation, for the first administrator."""
    from financing import desk
    from financing.access import SYSTEM, Role
    from financing.people import rules, service
    from financing.roles import Remit

    settings = Settings()
    with opened(settings) as database, desk.opened(database, SYSTEM, datetime.now(UTC)) as here:
        code = service.invite(
            here, Role(role), name, within=rules.FIRST_FOR, remit=Remit(remit) if role == "admin" else None
        )
    minutes = rules.FIRST_FOR // timedelta(minutes=1)
    click.echo(f"✓ {minutes} 分钟内打开 | open within {minutes} minutes: {settings.site}/join?code={code}")
    return 0


@click.command()
def daily() -> int:
    """执行每日任务（可重复执行）| do the daily run; running it twice does no harm."""
    from web.jobs import run_daily
    from web.keeping import Keeper

    settings = Settings()
    with opened(settings) as database:
        done = run_daily(database, datetime.now(UTC))
        keeper = Keeper(database, settings)
        done["日志检查点 | checkpoints"] = keeper.step(datetime.now(UTC), new_day=True)
        done["备份 | backups"] = int(keeper.back_up(datetime.now(UTC)) is not None)
    for what, count in done.items():
        click.echo(f"✓ {what}: {count}")
    return 0


@click.command()
@click.option("--once", is_flag=True, help="处理完待办即退出 | stop when nothing is due")
def worker(*, once: bool) -> int:
    """处理待发事项、每日任务、导入、检查点和备份（PostgreSQL 可同时运行多个）| outbox, daily run, imports, checkpoints, backups; with PostgreSQL as many as you like."""
    from financing.secret_files import require_safe
    from web.background import Background, the_clock
    from web.strictness import seal_what_was_clear, watch_clocks

    settings = Settings()
    with opened(settings) as database:
        _whole(database, settings, reconcile=False)
        require_safe(settings)
        watch_clocks(database, the_clock)
        seal_what_was_clear(database, the_clock)
        background = Background(database, settings)
        if once:
            click.echo(f"✓ {background.once()}")
            return 0
        background.start()
        _until_told_to_stop()
        background.close()
    return 0


def _until_told_to_stop() -> None:
    """As an operator or the system stops a service: the step at hand is finished."""
    told = threading.Event()
    for way in (signal.SIGTERM, signal.SIGINT):
        signal.signal(way, lambda *_: told.set())
    told.wait()
