"""The journal on the command line: export it, check it."""

from __future__ import annotations

from pathlib import Path

import click

from financing.journal_check import Broken, check


@click.command("verify-journal")
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify_journal(export: Path) -> int:
    """核对导出的日志链 | check the chain of an exported journal.

    只用 Python 标准库即可另行核对 | the same check runs with the standard library alone:
    python financing/journal_check.py EXPORT
    """
    try:
        with export.open(encoding="utf-8") as file:
            seq, link = check(file)
    except (Broken, UnicodeDecodeError) as fault:
        click.echo(f"✗ {fault}", err=True)
        return 1
    click.echo(f"✓ {seq} 条，链完整 | {seq} records, the chain holds\n  {link}")
    return 0


@click.command("export-journal")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export_journal(out: Path) -> int:
    """导出日志链（JSON 行）| export the journal as JSON lines."""
    from sqlalchemy.orm import Session

    from financing import journal
    from web.commands.door import opened

    with opened() as database, Session(database.reader) as session, out.open("w", encoding="utf-8") as file:
        lines = journal.export(session, file)
    click.echo(f"✓ {lines - 1} 条 → {out}")
    return 0
