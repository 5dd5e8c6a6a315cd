"""Upkeep that somebody at the machine does now and then: the words of the search anew, a year's arrangement of holidays."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from web.commands.door import opened

NOTICE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--rebuild", is_flag=True, required=True, help="全部重新生成 | make all of them anew")
def search(*, rebuild: bool) -> int:  # noqa: ARG001  said, so that nobody does it by a slip
    """重新生成检索词（停止服务后执行）| make the words by which firms, banks and sessions are found anew."""
    from financing import desk
    from financing.access import SYSTEM
    from financing.finding import rebuild as anew

    with opened() as database, desk.opened(database, SYSTEM, datetime.now(UTC)) as here:
        count = anew(here.session)
    click.echo(f"✓ {count:,} 个检索词 | words")
    return 0


@click.command()
@click.argument("notice", type=NOTICE)
@click.option("--year", type=click.IntRange(2020, 2100), required=True, help="年度 | the year it is about")
@click.option("--source", required=True, help="通知的名称和文号 | name and number of the notice")
@click.option("--why", default="年度安排 | yearly arrangement", show_default=True, help="理由 | the reason")
@click.option("--check", is_flag=True, help="只显示逐日差别 | only show what would change")
def holidays(notice: Path, year: int, source: str, why: str, *, check: bool) -> int:
    """导入年度放假安排（CSV：date,kind,name）| take over a year's arrangement of holidays.

    与页面“工作日历”的导入相同：已经开始的日子不变 | the same as on the page; days that have begun stay as they were.
    """
    from financing import desk
    from financing.access import SYSTEM
    from financing.dated import service
    from financing.dated.rules import read_days

    given = read_days(notice.read_text(encoding="utf-8-sig"))
    with opened() as database, desk.opened(database, SYSTEM, datetime.now(UTC), write=not check) as here:
        changes = service.whole_year(here, given, year) if check else service.set_year(here, given, year, why=why, source=source)  # fmt: skip
    changed = [one for one in changes if one.changes]
    for one in changed:
        click.echo(f"  {one.day} {'上班 | open' if one.open else '放假 | off'}")
    click.echo(
        f"✓ {year}: {len(changed)} 日{'（未写入）| days, nothing written' if check else '已导入 | days taken over'}"
    )
    return 0
