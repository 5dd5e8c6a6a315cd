"""The report of a score held against outcomes (评分检验报告): one view for the page and for the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from financing.words import _
from reports.curves import ks_chart, rate_chart, roc_chart
from reports.outcomes import Matched
from reports.pdf import Job
from reports.typesetting import SOURCE, paper, words
from scoring.judge import Measure
from scoring.judge_groups import Group, by_band, by_grade, inversions

MOST_CURVES, FEW = 4, 30


@dataclass(frozen=True, slots=True)
class Line:
    """One measure as the table shows it: AUC and its interval, KS, and how far the score is ahead, with its interval."""

    name: str
    auc: str
    span: str
    ks: str
    gini: str
    ahead: str = ""
    ahead_span: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One grade or band: firms, how many failed, the share and its bounds, in percent."""

    name: str
    firms: int
    bad: int
    rate: str
    bounds: str


@dataclass(frozen=True, slots=True)
class JudgingView:
    """Everything the report says. `wrong` names neighbouring grades in the wrong order; `few` when failures are few."""

    score: str
    key: str
    firms: int
    bad: int
    few: bool
    measures: Sequence[Line]
    grades: Sequence[Row]
    bands: Sequence[Row]
    wrong: Sequence[tuple[str, str]]
    without_outcome: Sequence[str]
    without_score: Sequence[str]
    roc: Markup
    ks: Markup
    grade_chart: Markup | None
    band_chart: Markup


def view(found: Matched, measures: Sequence[Measure], lang: str = SOURCE) -> JudgingView:
    """The report of a joined table and its measures."""
    say = words(lang)
    columns = {found.score: found.scores, **found.baselines}
    named = [(f"{one.name}  AUC {one.auc:.3f}", columns[one.name]) for one in measures[:MOST_CURVES]]
    grades = by_grade(found.grades, found.scores, found.bad) if found.grades else ()
    bands = by_band(found.scores, found.bad)
    return JudgingView(
        score=found.score,
        key=found.key,
        firms=len(found.firms),
        bad=int(found.bad.sum()),
        few=int(found.bad.sum()) < FEW,
        measures=[_line(one) for one in measures],
        grades=[_row(one) for one in grades],
        bands=[_row(one) for one in bands],
        wrong=inversions(grades),
        without_outcome=found.without_outcome,
        without_score=found.without_score,
        roc=roc_chart(named, found.bad, say),
        ks=ks_chart(found.scores, found.bad, say),
        grade_chart=rate_chart(grades, say(_("各等级违约率")), say) if grades else None,
        band_chart=rate_chart(bands, say(_("各分数段违约率")), say),
    )


def judging(report: JudgingView, zone: str = "", lang: str = SOURCE) -> Job:
    """The printing job of the report."""
    html = paper("judging.html", lang, r=report, zone=zone, rehearsal=False)
    return Job(html, sha256(html.encode()).hexdigest())


def _line(one: Measure) -> Line:
    ahead, low, high = one.difference or (0.0, 0.0, 0.0)
    return Line(
        name=one.name,
        auc=f"{one.auc:.3f}",
        span=f"{one.low:.3f}–{one.high:.3f}",
        ks=f"{one.ks:.3f}",
        gini=f"{one.gini:.3f}",
        ahead=f"{ahead:+.3f}" if one.difference else "",
        ahead_span=f"{low:+.3f} … {high:+.3f}" if one.difference else "",
        certain=one.difference is not None and (low > 0 or high < 0),
    )


def _row(one: Group) -> Row:
    low, high = one.bounds
    return Row(one.name, one.firms, one.bad, f"{100 * one.rate:.1f}", f"{100 * low:.1f}–{100 * high:.1f}")
