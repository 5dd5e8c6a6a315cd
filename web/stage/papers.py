"""What a rehearsal hands over: scores, matches, timetable and funnel as files, dossiers and session pack as papers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rich.progress import Progress

from financing.access import Actor
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.forums import views as forums
from financing.forums.model import ForumSession
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import IN_FAVOUR, CaseState
from financing.matching import shelf
from financing.matching.model import Dossier, Match
from financing.matching.rules import Limit
from financing.matching.snapshot import Snapshot
from financing.needs.model import Need
from financing.parties.model import Bank, Product
from financing.wording import name
from reports.child import UNHURRIED
from reports.dossier import dossier
from reports.pdf import Job, Press
from reports.scores import score_table, verdict
from reports.session import session as session_pack
from reports.sheets import Column, Kind, Sheet, write_book
from scoring.card import cards
from scoring.match_words import LIMITS, WORDS
from scoring.sheet import Sheet as ScoreSheet
from web.session_pack import programme_of
from web.stage.mark import marked
from web.stage.road import Stage

MARK = (
    "演练：由演练生成，不作为任何决定的依据；公开名单与现场核验按“无不良记录”假定，行业与规模未提供的按小型企业假定。"
)


NO_TRADE = "工作簿没有行业代码，银行限定或不介入某些行业的产品无法匹配"


@dataclass(slots=True)
class Course:
    """How the rehearsal went for one firm of the workbook; `amount` in fen, `given` the facts of the firm it states."""

    firm: str
    name: str
    actor: Actor
    amount: int
    months: int = 12
    need_id: int = 0
    assessment: Assessment | None = None
    case: int | None = None
    given: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()
    matches: list[int] = field(default_factory=list)

    @property
    def sheet(self) -> ScoreSheet:
        return ScoreSheet.from_json(self.assessment.sheet if self.assessment else {})


def write_papers(
    stage: Stage, courses: Sequence[Course], session: int, day: date, out: Path, progress: Progress
) -> list[str]:
    """Write everything into the folder; lines that tell what came out."""
    with stage.desk(stage.cast.officer, stage.now) as here:
        outcomes = _outcomes(here, courses)
        seated = forums.one(here, here.get(ForumSession, session))
        jobs = dict(dossiers(here, courses))
        jobs["session.pdf"] = session_pack(
            programme_of(here, here.get(ForumSession, session), stage.zone.name, rehearsal=True)
        )
        write_book(out / "scores.xlsx", [_scores(courses)])
        write_book(
            out / "matches.xlsx", [_matches(here, courses), _unmatched(courses, outcomes), _left_out(here, courses)]
        )
        write_book(out / "timetable.xlsx", [_timetable(seated)])
    funnel = _funnel(courses, outcomes, seated.talks, day)
    _print(jobs, out, progress)
    text = json.dumps(funnel, ensure_ascii=False, indent=1, sort_keys=True)
    (out / "funnel.json").write_text(text + "\n", encoding="utf-8")
    return [f"✓ {step['says']}: {step['count']}" for step in funnel["steps"]] + [f"✓ {len(jobs) - 1} 份档案"]


def _print(jobs: dict[str, Job], out: Path, progress: Progress) -> None:
    task = progress.add_task("打印 | printing", total=len(jobs))
    with Press(limits=UNHURRIED) as press:
        for path, paper in zip(jobs, press.print(jobs.values(), lambda _: progress.advance(task)), strict=True):
            (out / path).write_bytes(paper)


def dossiers(here: Desk, courses: Iterable[Course]) -> Iterable[tuple[str, Job]]:
    """One dossier a firm, by its code in the workbook; the mark is part of the snapshot and so of its digest."""
    frozen = {row.need_id: row for row in here.all(Dossier)}
    for course in courses:
        if (row := frozen.get(course.need_id)) is not None:
            whole = Snapshot.model_validate_json(row.snapshot)
            yield f"dossiers/{course.firm}.pdf", dossier(marked(whole, course.given))


def _outcomes(here: Desk, courses: Iterable[Course]) -> dict[str, CaseState]:
    states = {case.id: case.state for case in here.all(GuaranteeCase)}
    return {course.firm: states[course.case] for course in courses if course.case is not None}


def _scores(courses: Sequence[Course]) -> Sheet:
    sheets = {course.firm: course.sheet for course in courses}
    used = next(iter(sheets.values()))
    card = next(version for version in cards(used.card) if version.digest == used.digest)
    return score_table(card, sheets, {course.firm: course.name for course in courses}, rehearsal=True)


def _matches(here: Desk, courses: Iterable[Course]) -> Sheet:
    banks = {bank.id: bank.name for bank in here.all(Bank)}
    products = {product.id: product.name for product in here.all(Product)}
    columns = (
        Column("企业代号"), Column("企业名称"), Column("金额", Kind.WAN, "万元"), Column("期限", Kind.WHOLE, "月"), Column("等级"),
        Column("得分", Kind.WHOLE, "分"), Column("顺位", Kind.WHOLE), Column("银行"), Column("产品"), Column("匹配分", Kind.WHOLE, "分"), Column("理由"),
    )  # fmt: skip
    rows = []
    for course in courses:
        found = here.all(Match, Match.need_id == course.need_id)
        for rank, match in enumerate(sorted(found, key=lambda m: (-m.fit, banks[m.bank_id])), 1):
            reasons = "；".join(WORDS[code][0] for code in match.reasons)
            grade = course.sheet.grade, course.sheet.total
            rows.append([course.firm, course.name, course.amount, course.months, *grade, rank, banks[match.bank_id],
                         products[match.product_id], match.fit, reasons])  # fmt: skip
    return Sheet("对接结果", columns, rows, MARK)


def _unmatched(courses: Iterable[Course], outcomes: dict[str, CaseState]) -> Sheet:
    columns = (
        Column("企业代号"),
        Column("企业名称"),
        Column("金额", Kind.WAN, "万元"),
        Column("得分", Kind.WHOLE, "分"),
        Column("结论"),
        Column("原因"),
    )
    rows = [
        [c.firm, c.name, c.amount, c.sheet.total, verdict(c.sheet), "；".join(c.refused) or name(outcomes[c.firm])]
        for c in courses
        if not c.matches
    ]
    return Sheet("未对接", columns, rows, MARK)


def _left_out(here: Desk, courses: Iterable[Course]) -> Sheet:
    """Why products of the banks were out of the question, and for how many of the needs that were matched."""
    columns = (
        Column("银行"),
        Column("产品"),
        Column("排除原因"),
        Column("需求数", Kind.WHOLE, "项"),
        Column("参加匹配的需求", Kind.WHOLE, "项"),
    )
    asked = [course for course in courses if course.case is not None]
    counts = Counter(
        (each.bank, each.product, _excluding(limit, course))
        for course in asked
        for each in shelf.excluded(here, here.get(Need, course.need_id))
        for limit in each.limits
    )
    rows = [[*key, count, len(asked)] for key, count in sorted(counts.items())]
    return Sheet("未入选银行", columns, rows, MARK)


def _excluding(limit: Limit, course: Course) -> str:
    """The limit in words; a trade that nobody gave is not the trade that the bank bars."""
    if limit in {Limit.SECTOR, Limit.NO_GO} and "industry" not in course.given:
        return NO_TRADE
    return LIMITS[limit][0]


def _timetable(seated: forums.SessionView) -> Sheet:
    columns = (
        Column("桌号", Kind.WHOLE),
        Column("银行"),
        *(Column(f"第{r.number}轮 {r.starts}", width=22) for r in seated.rounds),
    )
    rows = [[table.place, table.bank, *(cell.firm if cell else "" for cell in table.cells)] for table in seated.tables]
    return Sheet("洽谈安排", columns, rows, MARK)


def _funnel(courses: Sequence[Course], outcomes: dict[str, CaseState], talks: int, day: date) -> dict[str, Any]:
    """Each step with its count and sum in yuan, and why firms stopped."""
    approved = [c for c in courses if outcomes.get(c.firm) in IN_FAVOUR]
    steps = (
        ("registered", "企业", courses),
        ("qualified", "达到准入线", [c for c in courses if c.sheet.qualified]),
        ("opened", "立担保项目", [c for c in courses if c.case is not None]),
        ("approved", "同意担保（含附条件）", approved),
        ("matched", "对接到银行", [c for c in courses if c.matches]),
    )
    return {
        "rehearsal": MARK,
        "day": day.isoformat(),
        "steps": [
            {"step": key, "says": says, "count": len(those), "yuan": sum(c.amount for c in those) // 100}
            for key, says, those in steps
        ],
        "conditional": sum(state is CaseState.CONDITIONAL for state in outcomes.values()),
        "matches": sum(len(c.matches) for c in courses),
        "talks": talks,
        "stopped": dict(sorted(Counter(reason for c in courses for reason in c.refused).items())),
    }
