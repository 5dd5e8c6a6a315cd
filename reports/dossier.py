"""The dossier (融资档案) on paper: at most eight pages that let a credit officer decide whether to look closer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

import segno
from markupsafe import Markup

from financing.matching.snapshot import Absent, Business, Guarantee, Paper, Partner, ScoreSheet, Snapshot, Statements
from financing.words import _
from reports import charts
from reports.charts import Bar, Words
from reports.pdf import Job
from reports.typesetting import SOURCE, moment, paper, tenth, told, wan, words

SIDE_BY_SIDE = 3
DIGEST_SHOWN = 12
MONTHS = 12
HALF = 320
ONE_COLUMN = 12
Row = tuple[str, str, str]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Copy:
    """One numbered copy for one officer of one bank; `address` is the public page that checks `code`."""

    bank: str
    officer: str
    at: datetime
    number: int
    code: str
    address: str

    @property
    def watermark(self) -> str:
        """What is written across every page, so that a photograph still names its reader."""
        return f"{self.bank} · {self.officer} · {moment(self.at)} · No. {self.number}"


@dataclass(frozen=True, slots=True)
class Trade:
    """The business section, drawn and set in columns."""

    chart: Markup
    months: list[list[Row]]
    customers: Markup
    suppliers: Markup


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template needs beside the snapshot itself."""

    business: Trade | None
    stated: bool
    blocks: Markup
    instalments: list[list[Row]]
    principal: int
    interest: int
    square: Markup | None
    year_sales: int
    debt: int | None
    worst: str | None
    papers: list[list[Paper]]


def dossier(snapshot: Snapshot, copy: Copy | None = None, lang: str = SOURCE) -> Job:
    """The printing job of a dossier: for a bank's officer (with watermark and code) or, without a copy, for the vault.

    The vault's paper is PDF/A-3u and carries the snapshot itself, so that it can be read back and checked.
    """
    html = paper(
        "dossier.html",
        lang,
        s=snapshot,
        copy=copy,
        view=shown(snapshot, copy, lang),
        granted=isinstance(snapshot.guarantee, Guarantee),
        scored=isinstance(snapshot.score, ScoreSheet),
        digest=snapshot.digest()[:DIGEST_SHOWN],
        rehearsal=snapshot.rehearsal,
    )
    if copy:
        return Job(html, f"{snapshot.digest()}-{copy.code}-{lang}")
    return Job(html, f"{snapshot.digest()}-{lang}", archive=True, attachments={"snapshot.json": snapshot.canonical()})


def shown(snapshot: Snapshot, copy: Copy | None, lang: str) -> Shown:
    """Draw and lay out what the snapshot holds as plain rows."""
    plan, debts = snapshot.plan.instalments, snapshot.firm.debts
    return Shown(
        business=trade(snapshot.business, words(lang)) if isinstance(snapshot.business, Business) else None,
        stated=isinstance(snapshot.statements, Statements),
        blocks=blocks(snapshot.score, lang) if isinstance(snapshot.score, ScoreSheet) else Markup(),
        instalments=columns([(str(one.on), wan(one.principal), wan(one.interest)) for one in plan]),
        principal=sum(one.principal for one in plan),
        interest=sum(one.interest for one in plan),
        square=square(f"{copy.address}?code={copy.code}") if copy else None,
        year_sales=year_sales(snapshot),
        debt=None if isinstance(debts, Absent) else sum(one.balance for one in debts),
        worst=min((case.cover for case in snapshot.plan.stress), key=Decimal, default=None),
        papers=columns(snapshot.papers, 1 if len(snapshot.papers) <= ONE_COLUMN else 2),
    )


def trade(business: Business, say: Words) -> Trade:
    """Months as a chart and three columns, partners as bars."""
    months = business.months
    return Trade(
        chart=charts.monthly([(one.month, one.sales, one.purchases) for one in months], say),
        months=columns([(one.month, wan(one.sales), wan(one.purchases)) for one in months]),
        customers=shares(business.customers, say(_("主要客户（近 12 个月）"))),
        suppliers=shares(business.suppliers, say(_("主要供应商（近 12 个月）"))),
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


def year_sales(snapshot: Snapshot) -> int:
    """Invoiced sales of the last twelve months, in fen; nothing when there are no invoices."""
    months = snapshot.business.months if isinstance(snapshot.business, Business) else ()
    return sum(one.sales for one in months[-MONTHS:])


def columns(rows: Sequence[Item], count: int = SIDE_BY_SIDE) -> list[list[Item]]:
    """The rows in so many columns read downwards, of equal length but the last."""
    height = max(1, -(-len(rows) // count))
    return [list(rows[start : start + height]) for start in range(0, len(rows), height)]


def square(text: str) -> Markup:
    """A QR code as inline SVG."""
    return Markup(segno.make(text, error="m").svg_inline(scale=2, border=1, omitsize=True))  # noqa: S704 (bars only)
