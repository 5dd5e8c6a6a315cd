"""Backup and restore on the command line."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from financing.settings import Settings
from web.commands.door import looked_at, opened

OUT = click.Path(dir_okay=False, path_type=Path)
IN = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("out", type=OUT)
def backup(out: Path) -> int:
    """备份数据库与上传材料到一个文件 | back the database and uploads up into one file.

    服务运行时也可执行 | works beside a running server.
    """
    from financing.safekeeping import backup as keep

    settings = Settings()
    with looked_at(settings) as database, Console(stderr=True).status("备份 | backing up") as status:
        manifest = keep(database, settings.uploads, out, lambda what: status.update(f"备份 | backing up {what}"))
    rows = sum(table["rows"] for table in manifest["tables"].values())
    click.echo(f"✓ {rows} 行，{len(manifest['uploads'])} 份材料 → {out}")
    return 0


@click.command()
@click.argument("source", type=IN)
def restore(source: Path) -> int:
    """从备份恢复到空数据库，并核对总数与日志链 | restore into an empty database; totals and journal are verified."""
    from financing.migrations import upgrade
    from financing.safekeeping import restore as bring_back

    settings = Settings()
    with opened(settings, current=False) as database, Console(stderr=True).status("恢复 | restoring") as status:
        upgrade(settings.url)
        manifest = bring_back(
            database, settings.uploads, source, lambda what: status.update(f"恢复 | restoring {what}")
        )
    click.echo(f"✓ 已恢复，日志 {manifest['head']['seq']} 条，链完整 | restored, the journal's chain holds")
    return 0
