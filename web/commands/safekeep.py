"""Backup and restore on the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click
from rich.console import Console

from financing.db import Database
from financing.locked_file import KeyFile, Lock, Passphrase
from financing.settings import Settings
from web.commands.door import looked_at, opened

OUT = click.Path(dir_okay=False, path_type=Path)
IN = click.Path(exists=True, dir_okay=False, path_type=Path)
WORDS = click.option(
    "--passphrase",
    type=click.File("r"),
    help="用口令加密：写有口令的文件，- 为键盘输入 | lock by the passphrase in this file, - to type it",
)


@click.command()
@click.argument("out", type=OUT)
@WORDS
@click.option("--plain", is_flag=True, help="不加密 | do not lock it")
def backup(out: Path, passphrase: IO[str] | None, *, plain: bool) -> int:
    """备份数据库与上传材料到一个加密文件 | back the database and uploads up into one locked file.

    服务运行时也可执行；密钥文件 backup.key 请另存 | works beside a running server; keep backup.key apart.
    """
    from financing.safekeeping import backup as keep

    settings = Settings()
    lock = None if plain else _lock(settings, passphrase)
    with looked_at(settings) as database, Console(stderr=True).status("备份 | backing up") as status:
        told = lambda what: status.update(f"备份 | backing up {what}")  # noqa: E731  said at each table
        manifest = keep(database, settings.uploads, out, told, lock)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    click.echo(f"✓ {rows} 行，{len(manifest['uploads'])} 份材料 → {out}")
    if not plain and passphrase is None:
        click.echo(
            f"  密钥 | key: {settings.backup_key_file}（另存一份，没有它打不开 | keep a copy apart, nothing opens it else）"
        )
    return 0


@click.command()
@click.argument("source", type=IN)
@WORDS
@click.option("--key", type=IN, help="备份时的密钥文件 | the key file it was locked with")
def restore(source: Path, passphrase: IO[str] | None, key: Path | None) -> int:
    """从备份恢复到空数据库，并核对总数与日志链 | restore into an empty database; totals and journal are verified."""
    from financing.migrations import upgrade
    from financing.safekeeping import restore as bring_back

    settings = Settings()
    lock = _lock(settings, passphrase, key)
    with opened(settings, current=False) as database, Console(stderr=True).status("恢复 | restoring") as status:
        upgrade(settings.url)
        told = lambda what: status.update(f"恢复 | restoring {what}")  # noqa: E731  as above
        manifest = bring_back(database, settings.uploads, source, told, lock)
        gap = _gap(database, settings)
    click.echo(f"✓ 已恢复，日志 {manifest['head']['seq']} 条，链完整 | restored, the journal's chain holds")
    for line in gap:
        click.echo(line)
    return 0


@click.command()
@click.argument("source", type=IN, required=False)
@WORDS
@click.option("--key", type=IN, help="备份时的密钥文件 | the key file it was locked with")
def drill(source: Path | None, passphrase: IO[str] | None, key: Path | None) -> int:
    """恢复演练：把最新备份恢复到空处，逐项核对，写签名报告 | restore the newest backup into a clean place, verify, sign a report.

    不碰正在使用的数据库；服务每周自己做一次 | never touches the database in use; the service does one a week by itself.
    """
    from financing import drills
    from financing.proof.places import Folder, Signer

    settings = Settings()
    backups = Path(settings.backups or settings.data_dir / "drills")
    folder, signer = Folder(settings.checkpoint_folder), Signer(settings.checkpoint_key)
    folder.publish(signer.public)
    with drills.turn(backups) as ours, Console(stderr=True).status("恢复演练 | restore drill"):
        if not ours:
            click.echo("另一个进程正在演练 | another process is at it")
            return 0
        lock = _lock(settings, passphrase, key)
        into = settings.drill_database.replace("postgresql://", "postgresql+psycopg://", 1)
        said = drills.run(backups, lock, folder, signer, settings.data_dir, into, datetime.now(UTC), source)
    click.echo(
        f"✓ {said['backup']}：{said['rows']} 行，日志 {said['head']['seq']} 条，检查点 {said['checkpoints']} 个，"
        f"档案 {said['dossier'] or '—'}，{said['seconds']} 秒 | rows, records, checkpoints, a dossier, seconds"
    )
    return 0


def _lock(settings: Settings, passphrase: IO[str] | None, key: Path | None = None) -> Lock:
    if passphrase is not None:
        return Passphrase(passphrase.readline().rstrip("\r\n"), settings.suite)
    return KeyFile(key or settings.backup_key_file, settings.suite)


def _gap(database: Database, settings: Settings) -> list[str]:
    """What the newest checkpoint knows and this backup does not: from, to, how many, and of which acts."""
    from financing.proof.against import lost
    from financing.proof.places import Folder

    found = lost(database, Folder(settings.checkpoint_folder))
    if found is None:
        return []
    acts = "，".join(f"{act} {count}" for act, count in sorted(found.acts.items()))
    span = f"{found.first}–{found.last}（{found.count}）"
    return [
        f"! 比最近的检查点旧，缺日志 {span} | older than the newest checkpoint, records are missing: {span}",
        *([f"  {acts}"] if acts else []),
        "  用 yuanrong serve --reconcile 启动，缺失记入日志 | start with yuanrong serve --reconcile, on record",
    ]
