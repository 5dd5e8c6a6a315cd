"""The keys of the platform: where they lie, how many cells each seals, new ones, and taking away what nothing lies under."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from financing.settings import Settings
from web.commands.door import looked_at, opened


@click.group()
def keys() -> None:
    """密钥：清单、更换、清除 | keys: the inventory, new ones, taking old ones away.

    密钥文件不在数据库和备份里，请另行保管 | key files are in no database and no backup: keep them apart.
    """


@keys.command("list")
def list_() -> int:
    """各密钥文件和权限；各密钥的编号和封存的内容数，不显示密钥 | key files and who reads them; the number of each key and how much it seals."""
    from financing.resealing import cells
    from financing.sealing import Ring
    from financing.secret_files import inventory

    settings = Settings()
    for one in inventory(settings):
        click.echo(f"{one.path}  {one.mode or '—'}  {one.says}")
    with looked_at(settings) as database:
        ring = Ring(settings.key_file, settings.suite)
        counted, in_use = cells(database, settings.uploads), ring.keys.newest()
    for key in ring.keys.all():
        number, now = key.number.hex(), key in (in_use, ring.keys.marking()[-1])
        told = f"{counted[number]:,} 项 | cells" if key.purpose == "seal" else "检索标记 | marks"
        click.echo(f"  {number}  {key.suite.name}  {told}{'  ← 现用 | in use' if now else ''}")
    missing = counted.keys() - set(ring.numbers())
    for number in sorted(missing):
        click.echo(f"✗ {number}  {counted[number]:,} 项打不开，缺少密钥 | cannot be opened, the key is missing")
    return int(bool(missing))


@keys.command()
@click.option("--marks", is_flag=True, help="同时更换检索标记的密钥 | a new key of marks as well")
def rotate(*, marks: bool) -> int:
    """更换密钥并分批重新封存；中断后同样的命令接着做（SQLite 须先停止服务）| a new key, all sealed anew in batches; cut off, the same command goes on.

    PostgreSQL 上服务照常运行，请用表的所有者账号 | on PostgreSQL beside the service, by the account that owns the tables.
    旧密钥保留在文件里，用来打开以前的备份 | old keys stay in the file, they open earlier backups.
    """
    from rich.console import Console

    from financing import resealing
    from financing.sealing import Ring

    settings = Settings()
    with opened(settings) as database, Console(stderr=True).status("重新封存 | sealing anew") as status:
        ring = Ring(settings.key_file, settings.suite)
        left = resealing.old(database, ring, settings.uploads)
        number = ring.keys.newest().number.hex() if left else ring.rotate()
        count = 0
        for done in resealing.anew(database, ring, settings.uploads):
            count = done.cells
            status.update(f"重新封存 | sealing anew {done.cells:,} / {done.of:,}")
        marked = 0
        if marks:
            ring.keys.grow("mark")
            marked = resealing.mark_anew(database, ring)
            click.echo(f"✓ 检索标记 {marked:,} 行 | rows marked anew")
        resealing.on_record(database, datetime.now(UTC), number, count, marks=marked)
    click.echo(f"✓ {number}：{count:,} 项{'（接着上次）' if left else ''} | cells{' (gone on with)' if left else ''}")
    return 0


@keys.command()
@click.argument("number")
def drop(number: str) -> int:
    """清除一把什么都没有封存的旧密钥 | take away an old key that nothing lies under.

    清除后，更换之前的备份里用它封存的内容再也打不开 | what it sealed in backups from before can never be opened again.
    """
    from financing import resealing
    from financing.sealing import Ring

    settings = Settings()
    with opened(settings) as database:
        resealing.drop(database, Ring(settings.key_file, settings.suite), number, settings.uploads)
        resealing.on_record(database, datetime.now(UTC), number, 0, dropped=True)
    click.echo(f"✓ {number} 已清除 | taken away")
    return 0
