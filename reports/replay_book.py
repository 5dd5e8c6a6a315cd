"""A replay as a workbook (回放结果): figures, every firm, the rules that moved the points, grades before and after, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from financing.wording import name
from reports.sheets_out import Column, Kind, Sheet
from scoring.card_diff import differences
from scoring.losses import Chance, Loss, expected
from scoring.replay import Effect, Replay, Why
from scoring.replay_figures import effects, migration, missing, moved, sides, stability

WHOLE, WAN = Kind.WHOLE, Kind.WAN


def replay_book(
    replay: Replay, names: Mapping[str, str], chances: tuple[Mapping[str, Chance], ...], rates: str
) -> list[Sheet]:
    """Every sheet of the result; `chances` are the rates by grade under the old card and the new one, `rates` where from."""
    return [_figures(replay, chances, rates), _firms(replay, names), _moves(replay, names), _rules(replay), _grades(replay),
            _missing(replay), _differences(replay)]  # fmt: skip


def _figures(replay: Replay, chances: tuple[Mapping[str, Chance], ...], rates: str) -> Sheet:
    """Before and after in one table; counts and money stand in columns of their own."""
    firms, granted = replay.firms, sides(replay)
    losses: list[Loss] = [
        expected(firms[f"grade_{side}"], firms[f"sum_fen_{side}"], known)
        for side, known in zip(("old", "new"), chances, strict=True)
    ]
    counts: list[list[object]] = [
        ["企业", firms.height, firms.height, None, None],
        ["达到准入线", *(side.qualified for side in granted), None, None],
        ["资料不足", *(int(firms[f"insufficient_{side}"].sum()) for side in ("old", "new")), None, None],
    ]
    counts += [[name(effect), None, count, None, None] for effect, count in effects(replay).items()]
    money: list[list[object]] = [
        ["可担保金额合计", None, None, *(side.sum_fen for side in granted)],
        ["预计代偿", None, None, *(loss.expected_fen for loss in losses)],
        ["压力情形代偿", None, None, *(loss.stressed_fen for loss in losses)],
    ]
    columns = (
        Column("项目"),
        Column("现行", WHOLE, "家"),
        Column("改后", WHOLE, "家"),
        Column("现行金额", WAN, "万元"),
        Column("改后金额", WAN, "万元"),
    )
    notes = [
        f"现行：{replay.old.title}（{replay.old.since} 起，摘要 {replay.old.digest[:12]}）",
        f"改后：{replay.new.title}（{replay.new.since} 起，摘要 {replay.new.digest[:12]}）",
        f"总分分布变动（PSI）{stability(replay):.4f}", rates,
    ]  # fmt: skip
    return Sheet("汇总", columns, [*counts, *money], "；".join(notes))


def _firms(replay: Replay, names: Mapping[str, str]) -> Sheet:
    columns = (
        Column("企业代号"), Column("企业名称"), Column("影响"), Column("现行总分", WHOLE, "分"), Column("改后总分", WHOLE, "分"),
        Column("增减", WHOLE, "分"), Column("现行等级"), Column("改后等级"), Column("现行额度", WAN, "万元"), Column("改后额度", WAN, "万元"),
        Column("转变原因"), Column("触及红线"), Column("改后缺少的资料"), Column("其中现行评分表不要求的"),
    )  # fmt: skip
    vetoes = {veto.key: veto.says for veto in replay.new.veto}
    order = {effect.value: place for place, effect in enumerate(Effect)}
    rows = sorted(
        replay.firms.iter_rows(named=True), key=lambda row: (order[row["effect"]], -abs(row["change"]), row["firm"])
    )
    return Sheet("企业对照", columns, [
        [row["firm"], names.get(row["firm"], ""), name(Effect(row["effect"])), row["total_old"], row["total_new"], row["change"],
         row["grade_old"], row["grade_new"], row["sum_fen_old"], row["sum_fen_new"], "、".join(name(Why(word)) for word in row["why"]),
         "、".join(vetoes[key] for key in row["hits_new"]), _terms(replay, row["missing"]), _terms(replay, row["unasked"])]
        for row in rows
    ], "按影响排列；额度不超过申请金额，没有申请金额的按等级上限")  # fmt: skip


def _terms(replay: Replay, facts: list[str]) -> str:
    return "、".join(replay.new.facts[fact].term for fact in facts)


def _moves(replay: Replay, names: Mapping[str, str]) -> Sheet:
    """The marks each rule gave or took, firm by firm; a row adds up to the change of its total."""
    told = [one for one in moved(replay) if one.up or one.down]
    columns = (
        Column("企业代号"),
        Column("企业名称"),
        Column("增减合计", WHOLE, "分"),
        *(Column(one.says, WHOLE, "分") for one in told),
    )
    changed = zip(replay.moves.iter_rows(named=True), replay.firms["change"], strict=True)
    rows = [
        [row["firm"], names.get(row["firm"], ""), change, *(row[one.key] or None for one in told)]
        for row, change in changed if any(row[one.key] for one in told)
    ]  # fmt: skip
    return Sheet("得分变动", columns, rows, "每行各指标之和等于增减合计")


def _rules(replay: Replay) -> Sheet:
    columns = (
        Column("指标"), Column("现行满分", WHOLE, "分"), Column("改后满分", WHOLE, "分"), Column("加分", WHOLE, "家"),
        Column("减分", WHOLE, "家"), Column("加分合计", WHOLE, "分"), Column("减分合计", WHOLE, "分"),
    )  # fmt: skip
    rows = [[one.says, one.most_old, one.most_new, one.up, one.down, one.won, one.lost] for one in moved(replay)]
    return Sheet("指标作用", columns, rows)


def _grades(replay: Replay) -> Sheet:
    matrix = migration(replay)
    columns = (Column("现行等级＼改后等级"), *(Column(grade, WHOLE, "家") for grade in matrix.new))
    return Sheet("等级迁移", columns, [[was, *row] for was, row in zip(matrix.old, matrix.counts, strict=True)])


def _missing(replay: Replay) -> Sheet:
    rows = [[replay.new.facts[fact].term, count] for fact, count in missing(replay).items()]
    return Sheet("资料缺失", (Column("改后评分表要看的资料"), Column("缺少的企业", WHOLE, "家")), rows)


def _differences(replay: Replay) -> Sheet:
    return Sheet(
        "规则对照",
        (Column("位置"), Column("规则"), Column("键"), Column("现行"), Column("改后")),
        list(_changes(replay)),
    )


def _changes(replay: Replay) -> Iterator[list[object]]:
    for one in differences(replay.old, replay.new):
        place = ".".join(part for part in (one.part, one.key) if part)
        yield [place or "整卡", one.says, one.field or "整条规则", one.old if one.old is not None else "没有",
               one.new if one.new is not None else "没有"]  # fmt: skip
