"""Workbooks on the command line: score one, rehearse the whole job on one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from financing.desk import BEIJING

if TYPE_CHECKING:
    from reports.intake_findings import Finding
    from scoring.card import Card

Firms = dict[str, tuple[str, Mapping[str, object]]]
TOML = ".toml"
INVOICES = "销项发票信息"
BOOK = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("book", type=BOOK)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="结果工作簿 | workbook to write"
)
@click.option(
    "--card",
    "card_name",
    default="invoices",
    show_default=True,
    help="评分表名称或 .toml 文件 | scorecard, or its file",
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="按哪一天有效的评分表 | card in force on")
def score(book: Path, out: Path, card_name: str, on: datetime | None) -> int:
    """给工作簿里的每家企业评分，不用数据库 | score every firm in a workbook, without any database.

    评分表给 .toml 文件时，也可以是一行一家企业、列名为事实的表（xlsx、csv、parquet）。
    """
    from reports.intake_faults import corrections
    from reports.scores import score_table
    from reports.sheets import write_book
    from scoring.score import sheet

    if out.resolve() == book.resolve():
        raise click.BadParameter("不能覆盖输入的工作簿 | must not be the workbook itself", param_hint="--out")
    day = on.date() if on else today()
    with Console(stderr=True).status("读取工作簿 | reading the workbook"):
        chosen = _card(card_name, day)
        firms, findings = _firms(book, chosen, day, plain=card_name.endswith(TOML))
    scored = {firm: sheet(chosen, known) for firm, (_, known) in firms.items()}
    table = score_table(chosen, scored, {firm: name for firm, (name, _) in firms.items()})
    write_book(out, [table, corrections(findings)] if any(one.firm for one in findings) else [table])
    click.echo(f"✓ {len(firms)} 家企业 → {out}")
    return 0


def _card(name: str, day: date) -> Card:
    """The card in force, or the one in a file."""
    from scoring.card import card, read

    return read(Path(name).read_bytes(), "own", name) if name.endswith(TOML) else card(name, day)


def _firms(book: Path, card: Card, day: date, *, plain: bool) -> tuple[Firms, tuple[Finding, ...]]:
    """Each firm's name and facts, and what was noticed while reading: from its invoices, or, for a card from a file, from a table of facts."""
    if plain:
        from reports.fact_table import known_firms
        from reports.plain_table import read_tables

        tables = read_tables(book)
        if not any(name == INVOICES for name in tables):
            return known_firms(tables, card), ()
    from reports.intake import read_invoices
    from reports.sheets import read_book
    from scoring.invoices import facts

    read = read_invoices(read_book(book), until=day)
    for finding in read.findings:
        click.echo(f"· {finding.sheet} {finding.mend()}", err=True)
    # the whole workbook covers the same days: a firm that fell silent before they ended is seen to have done so
    known = {row["firm"]: row for row in facts(read.invoices, read.last_day).iter_rows(named=True)}
    firms: Firms = {firm: (name, known.get(firm, {})) for firm, name in read.firms.select("firm", "name").iter_rows()}
    return firms, read.findings


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
