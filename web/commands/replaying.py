"""Two cards over one portfolio on the command line: what a draft would change, before anybody proposes it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from web.commands.sheets import BOOK, today

if TYPE_CHECKING:
    from scoring.card import Card

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("portfolio", type=BOOK)
@click.option("--card", "draft", type=BOOK, required=True, help="草案文件 | draft of a card (TOML)")
@click.option(
    "--against", default="", help="对照的评分表：文件，或 credit、invoices | card to compare with: a file or a name"
)
@click.option("--outcome", default="", help="结果列，如 是否代偿 | column that says who failed")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="按哪一天 | day of the comparison")
@click.option("--out", type=FILE, required=True, help="结果工作簿 | workbook to write")
def replay(portfolio: Path, draft: Path, against: str, outcome: str, on: datetime | None, out: Path) -> int:
    """用一批企业的数据对照两份评分表，不用数据库 | replay a draft card on a portfolio, without any database.

    PORTFOLIO 是一行一家企业的数据表（xlsx、csv、parquet，列名用事实的名称，金额列写明“万元”），或 yuanrong score 读取的发票工作簿。
    """
    from reports.portfolio import read_portfolio
    from reports.replay_book import replay_book
    from reports.sheets import write_book
    from scoring.losses import given, observed
    from scoring.replay import Effect
    from scoring.replay import replay as replayed
    from scoring.replay_figures import effects

    if out.resolve() in {portfolio.resolve(), draft.resolve(), Path(against).resolve()}:
        raise click.BadParameter("不能覆盖输入的文件 | must not be one of the inputs", param_hint="--out")
    day = on.date() if on else today()
    with Console(stderr=True).status("读取数据 | reading the portfolio") as status:
        firms = read_portfolio(portfolio, day, outcome)
        old, new = _card(against or firms.card, day), _file(draft)
        status.update("回放 | replaying")
        seen = replayed(old, new, firms.facts)
        rates = (given(day), given(day))
        source = "代偿按产品默认的各等级预计代偿率估算"
        if firms.bad is not None:
            bad = firms.facts.select("firm", bad=firms.bad).sort("firm")["bad"]
            rates = observed(old, seen.firms["grade_old"], bad), observed(new, seen.firms["grade_new"], bad)
            source = f"代偿按“{outcome}”列的实际结果估算，压力情形取 95% 置信上限（Wilson）"
        write_book(out, replay_book(seen, firms.names, rates, source))
    told = effects(seen)
    click.echo(
        f"✓ {seen.firms.height} 家企业：新达标 {told[Effect.IN]}，不再达标 {told[Effect.OUT]}，额度变动 {told[Effect.RAISED] + told[Effect.LOWERED]} → {out}"
    )
    return 0


def _card(named: str, day: date) -> Card:
    """A card by its file or, among those shipped, by its name."""
    from scoring.card import CARDS, card

    if Path(named).is_file():
        return _file(Path(named))
    known = sorted(folder.name for folder in CARDS.iterdir())
    if named not in known:
        raise click.BadParameter(
            f"没有这个文件，也没有这个名称的评分表；名称只有 {'、'.join(known)}", param_hint="--against"
        )
    return card(named, day)


def _file(path: Path) -> Card:
    from scoring.card import read

    return read(path.read_bytes(), "draft", path.name)
