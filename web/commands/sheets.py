"""Workbooks on the command line: score one, rehearse the whole job on one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from financing.desk import BEIJING

BOOK = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("book", type=BOOK)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="结果工作簿 | workbook to write"
)
@click.option("--card", "card_name", default="invoices", show_default=True, help="评分表 | scorecard")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="按哪一天有效的评分表 | card in force on")
def score(book: Path, out: Path, card_name: str, on: datetime | None) -> int:
    """给工作簿里的每家企业评分，不用数据库 | score every firm in a workbook, without any database."""
    from reports.intake import read_invoices
    from reports.scores import score_table
    from reports.sheets import read_book, write_book
    from scoring.card import card
    from scoring.invoices import facts
    from scoring.score import sheet

    if out.resolve() == book.resolve():
        raise click.BadParameter("不能覆盖输入的工作簿 | must not be the workbook itself", param_hint="--out")
    day = on.date() if on else today()
    with Console(stderr=True).status("读取工作簿 | reading the workbook"):
        read = read_invoices(read_book(book), until=day)
    chosen = card(card_name, day)
    known = {row["firm"]: row for row in facts(read.invoices).iter_rows(named=True)}
    names = dict(read.firms.select("firm", "name").iter_rows())
    write_book(out, [score_table(chosen, {firm: sheet(chosen, known.get(firm, {})) for firm in names}, names)])
    for finding in read.findings:
        click.echo(f"· {finding.sheet} {finding.mend()}", err=True)
    click.echo(f"✓ {len(names)} 家企业 → {out}")
    return 0


@click.command()
@click.argument("book", type=BOOK)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="结果目录 | folder to write"
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="演练日期 | day of the rehearsal")
def rehearse(book: Path, out: Path, on: datetime | None) -> int:
    """用一个工作簿演练全流程：评分、评审、对接、档案 | rehearse the whole job on a workbook.

    在一次性数据库上运行，所有文件都标明“演练”；同样的输入得到同样的文件。不给日期时，取最后一张发票和现行评分表生效之后的第一个工作日。
    """
    from web.stage.rehearsal import rehearse as run

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        told = run(book, out, on.date() if on else None, progress)
    for line in told:
        click.echo(line)
    return 0


def today() -> date:
    return datetime.now(UTC).astimezone(BEIJING).date()
