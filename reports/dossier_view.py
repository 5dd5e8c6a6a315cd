"""What a dossier's pages need beside the snapshot itself: charts, columns, sums, and facts sorted by whether they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from financing.diligence.rules import Result
from financing.matching.snapshot import (
    Absent,
    Business,
    Checked,
    Fact,
    Instalment,
    Month,
    Origin,
    Paper,
    Partner,
    ScoreSheet,
    Snapshot,
    Statements,
    Veto,
    Visit,
)
from financing.matching.snapshot import Firm as KnownFirm
from financing.words import _
from reports import charts
from reports.charts import Bar, Words
from reports.columns import Columns, Row, columns, split
from reports.dossier_points import Points, points
from reports.typesetting import because, fine, tenth, told, wan, words

YEAR = 12
HALF = 320
ONE_COLUMN = 8
DOUBT_FIRST = (Result.DOUBTFUL, Result.UNSEEN, Result.FINE)
GRAVITY = {True: 0, None: 1, False: 2}
#: The facts of a firm in the order of the page.
FIRM = {
    "name": _("企业名称"),
    "uscc": _("统一社会信用代码"),
    "industry": _("行业"),
    "size": _("划型"),
    "founded": _("成立日期"),
    "capital": _("注册资本（万元）"),
    "employees": _("职工（人）"),
    "address": _("地址"),
    "park": _("所在园区"),
    "representative": _("法定代表人"),
    "business": _("主营业务"),
}


@dataclass(frozen=True, slots=True)
class Trade:
    """The business section, drawn and set in columns; `year` is the last twelve months or as many as there are."""

    chart: Markup
    months: Columns[Row]
    customers: Markup
    suppliers: Markup
    year: Sequence[Month]

    @property
    def sales(self) -> int:
        """Invoiced sales of the year, in fen."""
        return sum(month.sales for month in self.year)


@dataclass(frozen=True, slots=True)
class Gates:
    """Red lines that share one outcome and one origin."""

    hit: bool | None
    origin: Origin | None
    lines: list[list[Veto]]
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template needs beside the snapshot itself."""

    known: list[tuple[str, str, Fact[object]]]
    lacking: list[tuple[str, list[str]]]
    business: Trade | None
    stated: bool
    blocks: Markup
    gates: list[Gates]
    instalments: Columns[Row]
    principal: int
    interest: int
    debt: int | None
    worst: str | None
    papers: list[list[Paper]]
    checks: list[tuple[Result, list[Checked]]]
    points: Points


def shown(snapshot: Snapshot, lang: str) -> Shown:
    """Draw and lay out what the snapshot holds as plain rows."""
    plan, debts, sheet = snapshot.plan.instalments, snapshot.firm.debts, snapshot.score
    return Shown(
        known=known(snapshot.firm, words(lang)),
        lacking=lacking(snapshot.firm, lang),
        business=trade(snapshot.business, words(lang)) if isinstance(snapshot.business, Business) else None,
        stated=isinstance(snapshot.statements, Statements),
        blocks=blocks(sheet, lang) if isinstance(sheet, ScoreSheet) else Markup(),
        gates=gates(sheet.vetoes) if isinstance(sheet, ScoreSheet) else [],
        instalments=instalments(plan, words(lang)),
        principal=sum(one.principal for one in plan),
        interest=sum(one.interest for one in plan),
        debt=None if isinstance(debts, Absent) else sum(one.balance for one in debts),
        worst=min((case.cover for case in snapshot.plan.stress), key=Decimal, default=None),
        papers=split(snapshot.papers, 1 if len(snapshot.papers) <= ONE_COLUMN else 2),
        checks=checks(snapshot.visit.checks) if isinstance(snapshot.visit, Visit) else [],
        points=points(snapshot, words(lang), lang),
    )


def checks(lines: Sequence[Checked]) -> list[tuple[Result, list[Checked]]]:
    """Checks by how they came out, what gave cause for doubt first."""
    found = {result: [one for one in lines if one.result is result] for result in DOUBT_FIRST}
    return [(result, those) for result, those in found.items() if those]


def instalments(plan: Sequence[Instalment], say: Words) -> Columns[Row]:
    """The repayment plan in columns, in 万元."""
    heads = (say(_("还款日")), say(_("本金")), say(_("利息")))
    return columns([(str(one.on), wan(one.principal), fine(one.interest)) for one in plan], heads)


def known(firm: KnownFirm, say: Words) -> list[tuple[str, str, Fact[object]]]:
    """The facts that are there: field, its name, the fact."""
    facts = ((field, say(term), getattr(firm, field)) for field, term in FIRM.items())
    return [(field, term, fact) for field, term, fact in facts if isinstance(fact, Fact)]


def lacking(firm: KnownFirm, lang: str) -> list[tuple[str, list[str]]]:
    """The facts that are not there: each reason with the names of those it holds for."""
    say, reasons = words(lang), dict[str, list[str]]()
    for field, term in FIRM.items():
        if isinstance(fact := getattr(firm, field), Absent):
            reasons.setdefault(because(fact, lang), []).append(say(term))
    return list(reasons.items())


def trade(business: Business, say: Words) -> Trade:
    """Months as a chart and in columns, partners as bars."""
    months, heads = business.months, (say(_("月份")), say(_("销售")), say(_("采购")))
    return Trade(
        chart=charts.monthly([(one.month, one.sales, one.purchases) for one in months], say),
        months=columns([(one.month, wan(one.sales), wan(one.purchases)) for one in months], heads),
        customers=shares(business.customers, say(_("主要客户（近 12 个月）"))),
        suppliers=shares(business.suppliers, say(_("主要供应商（近 12 个月）"))),
        year=months[-YEAR:],
    )


def shares(partners: Sequence[Partner], title: str) -> Markup:
    """Customers or suppliers by their share."""
    return charts.bars(
        [Bar(one.name, one.share, 0, f"{tenth(one.share)} %") for one in partners], title, letters=24, width=HALF
    )


def blocks(sheet: ScoreSheet, lang: str) -> Markup:
    """Points got of points possible in each block of the card."""
    rows = []
    for block in sheet.blocks:
        lines = [line for line in sheet.lines if line.block == block.key]
        got, most = sum(line.points for line in lines), sum(line.most for line in lines)
        rows.append(Bar(told(block, lang), got, most, f"{got} / {most}"))
    return charts.bars(rows, words(lang)(_("各部分得分")))


def gates(vetoes: Sequence[Veto]) -> list[Gates]:
    """Red lines of one outcome and one origin together, in two columns, those hit first."""
    grave = sorted(vetoes, key=lambda veto: (GRAVITY[veto.hit], str(veto.origin)))
    together = groupby(grave, key=lambda veto: (veto.hit, veto.origin))
    rows = [(hit, origin, list(lines)) for (hit, origin), lines in together]
    return [Gates(hit, origin, split(lines, 2), len(lines)) for hit, origin, lines in rows]
