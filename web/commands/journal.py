"""The journal on the command line: export it, check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from financing.journal_check import Broken, check


@click.command("verify-journal")
@click.argument("export", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify_journal(export: Path | None) -> int:
    """核对日志链：导出的文件；不给文件时核对数据库 | check the chain of an export, or of the database itself.

    服务运行时也可执行 | works beside a running server. 只用 Python 标准库即可另行核对 | the same check runs with the standard library alone:
    python financing/journal_check.py EXPORT
    """
    try:
        with _lines(export) as lines:
            seq, link = check(lines)
    except (Broken, UnicodeDecodeError) as fault:
        click.echo(f"✗ {fault}", err=True)
        return 1
    click.echo(f"✓ {seq} 条，链完整 | {seq} records, the chain holds\n  {link}")
    return 0


@click.command("export-journal")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export_journal(out: Path) -> int:
    """导出日志链（JSON 行）| export the journal as JSON lines."""
    part = out.with_name(f"{out.name}.part")
    with _lines(None) as lines, part.open("w", encoding="utf-8") as file:
        count = sum(bool(file.write(line + "\n")) for line in lines) - 1
    part.replace(out)
    click.echo(f"✓ {count} 条 | records → {out}")
    return 0


@contextmanager
def _lines(export: Path | None) -> Iterator[Iterable[str]]:
    """The journal line by line: from an export, else from the database."""
    if export is not None:
        with export.open(encoding="utf-8") as file:
            yield file
        return
    from sqlalchemy.orm import Session

    from financing import journal
    from web.commands.door import looked_at

    with looked_at() as database, Session(database.reader) as session:
        yield journal.exported(session)
