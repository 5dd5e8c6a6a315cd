"""Scorecards on the command line: check one, show one, compare two, print one for signature."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scoring.card import CARDS, Card, faults, read
from scoring.card import card as in_force
from scoring.card_effects import Change, How, effects
from scoring.card_text import asked, scales
from web.commands.sheets import today

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
WORDS = {How.ADDED: "新增 | added", How.REMOVED: "删去 | removed", How.CHANGED: "改动 | changed"}


@click.group()
def card() -> None:
    """评分卡：检查、查看、对照、打印 | scorecards: check, show, compare, print.

    卡可以写成文件路径，或卡名加生效日期，如 credit@2027-01-01；只写卡名取当天有效的一版 |
    a card is the path of a file, or a name with a day such as credit@2027-01-01; a name alone is the version in force today.
    """


@card.command("check")
@click.argument("files", type=FILES, nargs=-1, required=True)
def check(files: tuple[Path, ...]) -> int:
    """检查评分卡文件，逐条列出错误 | check card files and list every fault.

    没有错误返回 0，有错误返回 1 | exit code 0 without faults, 1 with any.
    """
    wrong = 0
    for file in files:
        found = faults(file)
        wrong += len(found)
        for fault in found:
            for language, place, should in (("zh", "全文", "应当"), ("en", "file", "should be")):
                problem, right = fault.told(language)
                click.echo(
                    f"{'✗' if language == 'zh' else ' '} {file.name} {fault.key or place}: {problem}; {should}: {right}",
                    err=True,
                )
        if not found:
            sound = read(file.read_bytes(), file.parent.name)
            click.echo(
                f"✓ {file.name} {sound.title} | {sound.english}: {len(sound.item)} 项指标 items, {len(sound.veto)} 条红线 red lines"
            )
            click.echo(f"  sha256 {sound.digest}")
    return 1 if wrong else 0


@card.command("show")
@click.argument("which", metavar="CARD")
@click.option("--on", type=DAY, default=None, help="按哪一天有效的版本 | version in force on")
def show(which: str, on: datetime | None) -> int:
    """在终端列出一张评分卡 | show a card as tables."""
    found, screen = _card(which, on.date() if on else today()), Console()
    screen.print(f"{found.title} | {found.english}", found.basis, sep="\n", highlight=False, markup=False)
    grades = "  ".join(
        f"{grade} ≥{least}" + (f" ({found.ceilings[grade]}万元)" if grade in found.ceilings else "")
        for grade, least in found.falling
    )
    screen.print(
        f"{found.since} 起 from · 满分 full {found.full_marks} · 准入 line {found.line} · 缺失上限 missing ≤ {found.missing_limit:%} · {grades}",
        highlight=False,
    )
    screen.print(_items(found), _vetoes(found))
    screen.print(f"sha256 {found.digest}", highlight=False)
    return 0


@card.command("diff")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
def diff(before: str, after: str) -> int:
    """对照两张评分卡：哪条规则变了，影响哪些企业 | compare two cards: which rules changed, and whom that touches."""
    found = effects(_card(before, today()), _card(after, today()))
    table = Table("键 | key", "变化 | change", "规则 | rule", "影响 | touched", title=f"{before} → {after}")
    for change in found:
        table.add_row(
            change.key, WORDS[change.how], escape(f"{change.says}\n{change.english}"), escape(_touched(change))
        )
    Console().print(table if found else "✓ 两张卡的规则相同 | the rules are the same")
    return 0


@card.command("print")
@click.argument("which")
@click.option("--on", type=DAY, default=None, help="按哪一天有效的版本 | version in force on")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="PDF 文件 | PDF to write")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 | language")
def print_(which: str, on: datetime | None, out: Path, lang: str) -> int:
    """打印一页供签署的评分卡 | print a card on one page, for signature."""
    from financing.settings import Settings
    from reports.card import card_paper
    from reports.child import UNHURRIED
    from reports.pdf import Press

    found, settings = _card(which, on.date() if on else today()), Settings()
    zone = settings.zone_name if lang == "zh" else settings.zone_english
    with Press(1, UNHURRIED) as press:
        out.write_bytes(press.one(card_paper(found, zone, lang)))
    click.echo(f"✓ {found.title} → {out}")
    return 0


def _card(which: str, on: date) -> Card:
    """A card by file, by name and day, or by name; a file may be a draft under any name."""
    if (file := Path(which)).is_file():
        return read(file.read_bytes(), file.parent.name, file.name)
    name, _, day = which.partition("@")
    if not (CARDS / name).is_dir() or not name:
        known = "、".join(sorted(folder.name for folder in CARDS.iterdir()))
        raise click.BadParameter(
            f"没有这个文件或评分卡：{which}；评分卡有 {known} | no such file or card; the cards are {known}"
        )
    try:
        return in_force(name, date.fromisoformat(day) if day else on)
    except ValueError as wrong:
        if hasattr(wrong, "facts"):
            raise
        raise click.BadParameter(f"日期写成 YYYY-MM-DD：{day} | write the day as YYYY-MM-DD") from None


def _items(found: Card) -> Table:
    table = Table("指标 | item", "分档 | bands", "缺失 | missing", "满分 | most")
    for block in found.block:
        table.add_row(
            f"[bold]{escape(block.says)} | {escape(block.english)}[/]",
            "",
            "",
            f"[bold]{block.weight}[/]",
            end_section=False,
        )
        for item in found.item:
            if item.block == block.key:
                name = escape(f"{item.says} | {item.english}")
                table.add_row(name, "\n".join(scales(item)), str(item.missing), str(item.most))
        table.add_section()
    return table


def _vetoes(found: Card) -> Table:
    table = Table("红线 | red line", "触及 | hit when", "依据 | basis")
    for veto in found.veto:
        table.add_row(*(escape(text) for text in (f"{veto.says} | {veto.english}", asked(veto), veto.basis)))
    return table


def _touched(change: Change) -> str:
    return "\n".join(f"{says} | {english}" if says != english else says for says, english in change.touched)
