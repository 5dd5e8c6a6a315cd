"""Scores held against outcomes on the command line: judge a score, learn a card."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.sheets import BOOK

if TYPE_CHECKING:
    from reports.outcomes import Matched
    from scoring.judge import Measure

FILE = click.Path(dir_okay=False, path_type=Path)
PLACES = 6
NAMED = 10


@click.command()
@click.argument("scores", type=BOOK)
@click.argument("outcomes", type=BOOK)
@click.option("--outcome", required=True, help="结果列，如 是否违约 | column that says who failed")
@click.option("--score", "score_column", default="", help="分数列；不写则按列名识别 | column of the score")
@click.option("--firm", default="", help="企业列；不写则按列名识别 | column that names the firm")
@click.option(
    "--baseline", "baselines", multiple=True, help="对照列，可多次；越低越好写 列名:lower | column to compare with"
)
@click.option("--pdf", type=FILE, default=None, help="另存检验报告 | also write a report")
@click.option("--seed", default=0, show_default=True, help="抽样种子 | seed of the samples")
def judge(
    scores: Path, outcomes: Path, outcome: str, score_column: str, firm: str, baselines: Sequence[str], pdf: Path | None, seed: int
) -> int:  # fmt: skip
    """用结果检验评分：AUC、KS 与对照 | how well a score told who failed, as one JSON object.

    分数越高风险越低。两份表可以是 xlsx、csv 或 parquet，按企业对应。
    """
    from reports.outcomes import matched
    from reports.plain_table import read_tables
    from scoring.judge import judge as measured

    if pdf is not None and pdf.resolve() in {scores.resolve(), outcomes.resolve()}:
        raise click.BadParameter("不能覆盖输入的文件 | must not be one of the inputs", param_hint="--pdf")
    found = matched(
        read_tables(scores), read_tables(outcomes), outcome, score=score_column, firm=firm, baselines=baselines
    )
    measures = measured(found.score, found.scores, found.bad, found.baselines, seed=seed)
    _left_out(found)
    if pdf is not None:
        _print(pdf, found, measures)
    click.echo(json.dumps(_told(found, measures), ensure_ascii=False))
    return 0


def _told(found: Matched, measures: Sequence[Measure]) -> dict[str, object]:
    mine, *others = measures
    return {
        "auc": round(mine.auc, PLACES),
        "auc_low": round(mine.low, PLACES),
        "auc_high": round(mine.high, PLACES),
        "ks": round(mine.ks, PLACES),
        "n": len(found.firms),
        "events": int(found.bad.sum()),
        "baselines": {
            other.name: {"auc": round(other.auc, PLACES)}
            | dict(
                zip(
                    ("difference", "difference_low", "difference_high"),
                    (round(part, PLACES) for part in other.difference or ()),
                    strict=True,
                )
            )
            for other in others
        },
    }


def _left_out(found: Matched) -> None:
    """Who could not be judged, by name; silence would make a sample look whole."""
    _say(f"· 按 {found.key} 对应 {len(found.firms)} 家，分数列“{found.score}” | {len(found.firms)} firms joined")
    for firms, zh, en in (
        (found.without_outcome, "有分数、没有结果", "have a score but no outcome"),
        (found.without_score, "在结果表中、没有分数", "have no score"),
    ):
        if firms:
            shown = "、".join(firms[:NAMED]) + ("…" if len(firms) > NAMED else "")
            _say(f"! {len(firms)} 家{zh}，未计入：{shown} | {len(firms)} firms {en}, left out")


def _print(pdf: Path, found: Matched, measures: Sequence[Measure]) -> None:
    from reports.judging import judging, view
    from reports.pdf import Press

    with Press(1) as press:
        pdf.write_bytes(press.one(judging(view(found, measures))))
    _say(f"✓ 检验报告 | report → {pdf}")


def _say(text: str) -> None:
    click.echo(text, err=True)
