"""The keys of sealed fields: how many there are, and a new one."""

from __future__ import annotations

import click

from financing.settings import Settings
from web.commands.door import looked_at, opened


@click.group()
def keys() -> None:
    """加密密钥：查看、更换 | the keys of sealed fields: look at them, change them.

    密钥文件不在数据库和备份里，请另行保管 | the key file is in no database and no backup: keep it apart.
    """


@keys.command()
def show() -> int:
    """各密钥的编号和封存的内容数，不显示密钥 | the number of each key and how much it seals, never the key."""
    from financing.resealing import cells
    from financing.sealing import Ring

    settings = Settings()
    with looked_at(settings) as database:
        counted, numbers = cells(database), Ring(settings.key_file, settings.suite).numbers()
    click.echo(f"{settings.key_file}")
    for number in numbers:
        click.echo(f"  {number}  {counted[number]:,} 项 | cells{'  ← 现用 | in use' if number == numbers[-1] else ''}")
    missing = counted.keys() - set(numbers)
    for number in sorted(missing):
        click.echo(f"✗ {number}  {counted[number]:,} 项打不开，缺少密钥 | cannot be opened, the key is missing")
    return int(bool(missing))


@keys.command()
def rotate() -> int:
    """更换密钥并重新封存全部内容（SQLite 须先停止服务）| make a new key and seal everything anew (SQLite: stop the service first).

    旧密钥保留在文件里，用来打开以前的备份 | old keys stay in the file, they open earlier backups.
    """
    from financing.resealing import rotate as anew
    from financing.sealing import Ring

    settings = Settings()
    with opened(settings) as database:
        number, count = anew(database, Ring(settings.key_file, settings.suite))
    click.echo(f"✓ {number}：{count:,} 项 | cells")
    return 0
