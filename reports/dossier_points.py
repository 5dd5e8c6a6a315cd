"""What is to be feared of a loan and what stands against it (风险点与缓释措施), said from the snapshot alone: no threshold, no judgement.

What the score fears most stands on the first page and is not said again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.diligence.rules import Result
from financing.matching.snapshot import Business, Guarantee, Partner, ScoreSheet, Snapshot, Visit
from financing.money import divide_half_up
from financing.words import _
from reports.charts import Words
from reports.typesetting import covers, tenth, told, wan

TOP = 3
WHOLE = 10**6


@dataclass(frozen=True, slots=True)
class Points:
    """Two lists of sentences; they stand side by side and are not matched one to one."""

    fears: Sequence[str]
    holds: Sequence[str]


def points(snapshot: Snapshot, say: Words, lang: str) -> Points:
    """The points in the language of the paper."""
    fears = (line for tell in FEARS for line in tell(snapshot, say, lang))
    holds = (line for tell in HOLDS for line in tell(snapshot, say, lang))
    return Points(list(fears), list(holds))


def _stale(s: Snapshot, say: Words, _lang: str) -> Iterator[str]:
    if isinstance(s.score, ScoreSheet):
        old = sum(line.origin is not None and line.origin.stale for line in s.score.lines)
        if old:
            yield say(_("评分中 {count} 项数据已旧")).format(count=old)
        unchecked = sum(veto.hit is None for veto in s.score.vetoes)
        if unchecked:
            yield say(_("{count} 项红线没有查询，请银行自行核实")).format(count=unchecked)


def _checks(s: Snapshot, say: Words, _lang: str) -> Iterator[str]:
    if isinstance(s.visit, Visit):
        for result, words in (
            (Result.DOUBTFUL, _("尽调有疑点 {count} 项")),
            (Result.UNSEEN, _("尽调未能查到 {count} 项")),
        ):
            if count := sum(one.result is result for one in s.visit.checks):
                yield say(words).format(count=count)


def _concentration(s: Snapshot, say: Words, _lang: str) -> Iterator[str]:
    if isinstance(s.business, Business):
        for side, words in (
            (s.business.customers, _("第一大客户占销售 {first} %，前 {count} 大占 {all} %")),
            (s.business.suppliers, _("第一大供应商占采购 {first} %，前 {count} 大占 {all} %")),
        ):
            if side:
                first, count = side[0].share, min(TOP, len(side))
                yield say(words).format(first=tenth(first), count=count, all=tenth(together(side[:TOP])))


def together(side: Sequence[Partner]) -> int:
    """The share of some partners together, in parts per million."""
    return sum(one.share for one in side)


def _strain(s: Snapshot, say: Words, lang: str) -> Iterator[str]:
    short = [case for case in s.plan.stress if not covers(case.cover)]
    if short:
        worst = min(short, key=lambda case: Decimal(case.cover))
        words = say(_("{count} 种情形下现金不够还款，最差：{case}，覆盖 {cover} 倍"))
        yield words.format(count=len(short), case=told(worst, lang), cover=worst.cover)


def _backing(s: Snapshot, say: Words, _lang: str) -> Iterator[str]:
    if not isinstance(s.guarantee, Guarantee):
        return
    part = divide_half_up(s.guarantee.amount * WHOLE, s.need.amount)
    words = say(_("{who} 增信 {amount} 万元，为本笔的 {part} %"))
    yield words.format(who=s.guarantee.guarantor, amount=wan(s.guarantee.amount), part=tenth(part))
    for count, words in ((len(s.guarantee.counter), _("反担保 {count} 项，见上表")),
                         (len(s.guarantee.conditions), _("放款前须落实的条件 {count} 项，见上表"))):  # fmt: skip
        if count:
            yield say(words).format(count=count)


def _covered(s: Snapshot, say: Words, lang: str) -> Iterator[str]:
    if s.plan.stress and covers(s.plan.stress[0].cover):
        first = s.plan.stress[0]
        yield say(_("{case}，现金覆盖 {cover} 倍")).format(case=told(first, lang), cover=first.cover)


Teller = Callable[[Snapshot, Words, str], Iterator[str]]
FEARS: tuple[Teller, ...] = (_stale, _checks, _concentration, _strain)
HOLDS: tuple[Teller, ...] = (_backing, _covered)
