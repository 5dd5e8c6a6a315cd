"""Scores held against outcomes on the command line: judge a score, learn a card."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.sheets import BOOK, today

if TYPE_CHECKING:
    from reports.fact_table import Columns
    from reports.outcomes import Matched
    from scoring.facts import Better
    from scoring.fit import Learned
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


@click.command()
@click.argument("table", type=BOOK)
@click.option("--outcome", required=True, help="结果列，如 是否违约 | column that says who failed")
@click.option("--out", type=FILE, required=True, help="评分表文件（.toml）| card to write")
@click.option("--items", default=12, show_default=True, type=click.IntRange(1, 60), help="最多几项 | most items")
@click.option("--full-marks", default=100, show_default=True, type=click.IntRange(10, 10_000), help="满分 | full marks")
@click.option("--sign", "signs", multiple=True, help="方向，如 毛利率=higher，可多次 | which way is good")
@click.option("--seed", default=0, show_default=True, help="分折种子 | seed of the folds")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="生效日期 | day it takes effect")
def fit(
    table: Path, outcome: str, out: Path, items: int, full_marks: int, signs: Sequence[str], seed: int, on: datetime | None
) -> int:  # fmt: skip
    """从结果学一张评分表，供委员会修改和审定 | learn a scorecard from outcomes.

    一行一家企业；列名与事实同名或同义时用已登记的方向，其余列由结果判断方向。学不到规律时不写文件。
    """
    from rich.console import Console

    from reports.fact_table import learning
    from reports.plain_table import read_tables
    from scoring.fit import fit as learn
    from scoring.fit_card import card_text

    if out.suffix != ".toml" or out.resolve() == table.resolve():
        raise click.BadParameter("写成 .toml 文件 | must be a .toml file", param_hint="--out")
    columns, bad = learning(read_tables(table), outcome, _signs(signs))
    _not_learned(columns)
    with Console(stderr=True).status(f"学习 {len(columns.traits)} 列 | learning"):
        learned = learn(columns.traits, bad, items=items, full_marks=full_marks, seed=seed)
    out.write_text(card_text(learned, on.date() if on else today()), encoding="utf-8")
    _learned(learned, out)
    return 0


def _signs(given: Sequence[str]) -> dict[str, Better]:
    found: dict[str, Better] = {}
    for one in given:
        column, _, way = one.rpartition("=")
        if not column or way not in {"higher", "lower"}:
            raise click.BadParameter(
                "写成 列名=higher 或 列名=lower | write COLUMN=higher or COLUMN=lower", param_hint="--sign"
            )
        found[column] = "higher" if way == "higher" else "lower"
    return found


def _not_learned(columns: Columns) -> None:
    for column, why in list(columns.left_out.items())[:NAMED]:
        _say(f"! 列“{column}”未用：{why} | column left out")
    if columns.without_outcome:
        _say(
            f"! {columns.without_outcome} 家没有结果，未计入 | {columns.without_outcome} rows without an outcome, left out"
        )


def _learned(learned: Learned, out: Path) -> None:
    measure = learned.measure
    for scale in learned.scales:
        way = "越高越好" if scale.cuts.better == "higher" else "越低越好"
        click.echo(f"  {scale.points[0]:>4} 分  {learned.traits[scale.column].fact.term}（{way}）")
    click.echo(
        f"✓ {len(learned.scales)} 项 → {out}；对未见过的企业 AUC {measure.auc:.3f}（{measure.low:.3f}–{measure.high:.3f}）"
        f" | {len(learned.scales)} items, AUC {measure.auc:.3f} on unseen firms"
    )


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
    from reports.child import UNHURRIED
    from reports.judging import judging, view
    from reports.pdf import Press

    with Press(1, UNHURRIED) as press:
        pdf.write_bytes(press.one(judging(view(found, measures))))
    _say(f"✓ 检验报告 | report → {pdf}")


def _say(text: str) -> None:
    click.echo(text, err=True)
